/**
 * Nominal types over plain values: a `Brand<string, 'AccountId'>` is a string that only its smart constructor
 * makes. Each brand has one such constructor, the only place where the cast stands.
 *
 * The mark is a property by name and not by unique symbol, so that the types of the package's two entry points, whose
 * declarations are separate files, are the same types. No value has it.
 *
 * @since 0.1.0
 */

/**
 * `A`, marked with a name that no other type shares.
 *
 * @category model
 * @since 0.1.0
 */
export type Brand<A, Name extends string> = A & { readonly '~brand': Name }
