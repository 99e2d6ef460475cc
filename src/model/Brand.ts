/**
 * Nominal types over plain values: a `Brand<string, 'AccountId'>` is a string that only its smart constructor
 * makes. Each brand has one such constructor, the only place where the cast stands.
 *
 * @since 0.1.0
 */

declare const brand: unique symbol

/**
 * `A`, marked with a name that no other type shares.
 *
 * @category model
 * @since 0.1.0
 */
export type Brand<A, Name extends string> = A & { readonly [brand]: Name }
