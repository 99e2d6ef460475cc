/**
 * A `CutSet` is a subset of a line, held as the places where membership changes.
 *
 * Laws: 1. the form is canonical: two cut sets with the same members in a line where any two cuts have a member between
 * them are structurally equal   2. `combine(op)` is `op` at every point
 *
 * @since 0.1.0
 */
import type * as Ord_ from 'fp-ts/lib/Ord.js'

import type { Minterm } from './SetAlgebra.js'

// ---- model ----

/**
 * Membership before the first cut, and the cuts at which it flips.
 *
 * INVARIANT: `cuts` is strictly ascending.
 *
 * @category model
 * @since 0.1.0
 */
export interface CutSet<C> {
  readonly initial: boolean
  readonly cuts: readonly C[]
}

/**
 * A stretch of the line that lies in a set, from one cut to the next; `undefined` where it never begins or ends.
 *
 * @category model
 * @since 0.1.0
 */
export interface Span<C> {
  readonly from: C | undefined
  readonly to: C | undefined
}

// ---- constructors ----

/**
 * No point.
 *
 * @category constructors
 * @since 0.1.0
 */
export const empty: CutSet<never> = { initial: false, cuts: [] }

/**
 * Every point.
 *
 * @category constructors
 * @since 0.1.0
 */
export const full: CutSet<never> = { initial: true, cuts: [] }

// ---- destructors ----

/**
 * The stretches of the set, ascending; no two of them touch.
 *
 * @category destructors
 * @since 0.1.0
 */
export const spans = <C>({ initial, cuts }: CutSet<C>): readonly Span<C>[] => {
  const bounds: readonly (C | undefined)[] = initial ? [undefined, ...cuts] : cuts
  return bounds.flatMap((from, index) => (index % 2 === 0 ? [{ from, to: bounds[index + 1] }] : []))
}

// ---- predicates ----

/**
 * Whether the point just after `cut` belongs to the set.
 *
 * **Cost** O(log n) comparisons for n cuts.
 *
 * @category predicates
 * @since 0.1.0
 */
export const containsAfter =
  <C>(ord: Ord_.Ord<C>) =>
  (cut: C) =>
  ({ initial, cuts }: CutSet<C>): boolean => {
    // local mutation: binary search for the number of cuts at or before `cut`
    let low = 0
    let high = cuts.length
    while (low < high) {
      const middle = (low + high) >> 1
      const probe = cuts[middle]
      if (probe !== undefined && ord.compare(probe, cut) <= 0) low = middle + 1
      else high = middle
    }
    return initial !== (low % 2 === 1)
  }

// ---- combinators ----

/**
 * The points outside the set.
 *
 * @category combinators
 * @since 0.1.0
 */
export const complement = <C>({ initial, cuts }: CutSet<C>): CutSet<C> => ({ initial: !initial, cuts })

/**
 * The points where `op` of the memberships in the two sets is true.
 *
 * **Cost** O(n + m) comparisons.
 *
 * @category combinators
 * @since 0.1.0
 */
export const combine =
  <C>(ord: Ord_.Ord<C>, op: (first: boolean, second: boolean) => boolean) =>
  (second: CutSet<C>) =>
  (first: CutSet<C>): CutSet<C> => {
    // local mutation: one merging pass over both lists of cuts
    const cuts: C[] = []
    const initial = op(first.initial, second.initial)
    let [at, to, inFirst, inSecond, inside] = [0, 0, first.initial, second.initial, initial]
    for (;;) {
      const [left, right] = [first.cuts[at], second.cuts[to]]
      const cut = left ?? right
      if (cut === undefined) return { initial, cuts }
      const order = left === undefined ? 1 : right === undefined ? -1 : ord.compare(left, right)
      if (order <= 0) [at, inFirst] = [at + 1, !inFirst]
      if (order >= 0) [to, inSecond] = [to + 1, !inSecond]
      if (op(inFirst, inSecond) !== inside) {
        inside = !inside
        cuts.push(order > 0 ? (right ?? cut) : cut)
      }
    }
  }

/**
 * The minterms of a list of sets, in the order in which they first appear along the line.
 *
 * **Cost** O(n log n) comparisons for n cuts altogether; at most n + 1 minterms.
 *
 * @category combinators
 * @since 0.1.0
 */
export const minterms =
  <C>(ord: Ord_.Ord<C>) =>
  (sets: readonly CutSet<C>[]): readonly Minterm<CutSet<C>>[] => {
    // local mutation: the list of flips is sorted in place; the signature is a bit mask, swept along the line; every change of it closes one minterm's
    // stretch and opens another's
    const flips = sets
      .flatMap(({ cuts }, index) => cuts.map((cut) => ({ cut, bit: 1n << BigInt(index) })))
      .sort((first, second) => ord.compare(first.cut, second.cut))
    let mask = sets.reduce((all, { initial }, index) => (initial ? all | (1n << BigInt(index)) : all), 0n)
    const found = new Map<bigint, { readonly initial: boolean; readonly cuts: C[] }>()
    found.set(mask, { initial: true, cuts: [] })
    for (let at = 0; at < flips.length;) {
      const here = flips[at]
      if (here === undefined) break
      found.get(mask)?.cuts.push(here.cut)
      for (
        let flip: typeof here | undefined = here;
        flip !== undefined && ord.equals(flip.cut, here.cut);
        flip = flips[at]
      ) {
        mask ^= flip.bit
        at += 1
      }
      const open = found.get(mask) ?? { initial: false, cuts: [] }
      open.cuts.push(here.cut)
      found.set(mask, open)
    }
    return [...found].map(([key, set]) => ({
      signature: sets.map((_, index) => ((key >> BigInt(index)) & 1n) === 1n),
      set,
    }))
  }
