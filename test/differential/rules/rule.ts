/** How a rule of docs/semantics.md is counted. */

/**
 * `true`: the rule bears on what is observed, and holds; `false`: it bears on it, and does not hold; `undefined`: it has
 * nothing to say of it.
 */
export type Polarity = boolean | undefined

/** `counted` tells in words what is counted on either side of the slash. */
export interface Rule<A> {
  readonly id: string
  readonly counted: string
  readonly observe: (observed: A) => Polarity
}

/** A rule that bears on what `concerns` picks, with the polarity that `holds` tells. */
export const ruleOn =
  <A>(holdsOf: (observed: A) => boolean) =>
  (
    id: string,
    counted: string,
    concerns: (observed: A) => boolean,
    holds: (observed: A) => boolean = holdsOf,
  ): Rule<A> => ({
    id,
    counted,
    observe: (observed) => (concerns(observed) ? holds(observed) : undefined),
  })
