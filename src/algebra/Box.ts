/**
 * A `Box` is the set of requests that a statement matches: a conjunction of sets, some for each dimension.
 *
 * @since 0.1.0
 */

/**
 * `sets[d]` are the numbers of the sets of dimension `d` that a request's value must all lie in; none: no constraint.
 *
 * @category model
 * @since 0.1.0
 */
export interface Box {
  readonly sets: ReadonlyMap<number, readonly number[]>
}

/**
 * The box of all requests.
 *
 * @category constructors
 * @since 0.1.0
 */
export const everything: Box = { sets: new Map() }

/**
 * The requests in both boxes.
 *
 * @category combinators
 * @since 0.1.0
 */
export const intersect = (a: Box, b: Box): Box => {
  const sets = new Map(a.sets) // local mutation: a copy
  for (const [dimension, more] of b.sets) sets.set(dimension, [...(sets.get(dimension) ?? []), ...more])
  return { sets }
}
