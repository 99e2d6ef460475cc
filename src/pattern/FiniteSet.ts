/**
 * A `FiniteSet` lists finitely many values and says whether it holds them or all others.
 *
 * Laws: 1. those of `SetAlgebra`   2. the form is canonical: structural equality is set equality
 *
 * @since 0.1.0
 */
import * as O from 'fp-ts/lib/Option.js'
import type * as Ord_ from 'fp-ts/lib/Ord.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'

import * as S from './SetAlgebra.js'

// ---- model ----

/**
 * Exactly the listed values (`Finite`), or every value but the listed ones (`Cofinite`).
 *
 * INVARIANT: `values` is strictly ascending; over a finite universe the tag is always `Finite`.
 *
 * @category model
 * @since 0.1.0
 */
export interface FiniteSet<V> {
  readonly _tag: 'Finite' | 'Cofinite'
  readonly values: readonly V[]
}

/**
 * The values there are: all of them listed, or endlessly many, with a way to find one that is not among given ones.
 *
 * @category model
 * @since 0.1.0
 */
export type Universe<V> =
  | { readonly _tag: 'Listed'; readonly values: readonly V[] }
  | { readonly _tag: 'Endless'; readonly fresh: (excluded: readonly V[]) => V }

// ---- constructors ----

const sorted =
  <V>(ord: Ord_.Ord<V>) =>
  (values: readonly V[]): readonly V[] => {
    const ascending = RA.sort(ord)(values)
    return ascending.filter((value, index) => {
      const previous = ascending[index - 1]
      return previous === undefined || !ord.equals(previous, value)
    })
  }

/**
 * Exactly these values; order and repetition do not matter.
 *
 * @category constructors
 * @since 0.1.0
 */
export const finite =
  <V>(ord: Ord_.Ord<V>) =>
  (values: readonly V[]): FiniteSet<V> => ({ _tag: 'Finite', values: sorted(ord)(values) })

// ---- predicates ----

const elsewhere = <V>(set: FiniteSet<V>): boolean => set._tag === 'Cofinite'

const contains =
  <V>(ord: Ord_.Ord<V>) =>
  (value: V) =>
  (set: FiniteSet<V>): boolean => {
    // local mutation: binary search for the first listed value that is not below `value`
    let low = 0
    let high = set.values.length
    while (low < high) {
      const middle = (low + high) >> 1
      const probe = set.values[middle]
      if (probe !== undefined && ord.compare(probe, value) < 0) low = middle + 1
      else high = middle
    }
    const found = set.values[low]
    return (found !== undefined && ord.equals(found, value)) !== elsewhere(set)
  }

// ---- combinators ----

const combine =
  <V>(ord: Ord_.Ord<V>, op: (first: boolean, second: boolean) => boolean) =>
  (second: FiniteSet<V>) =>
  (first: FiniteSet<V>): FiniteSet<V> => {
    // local mutation: one merging pass over both lists; a value stays listed where it differs from the rest
    const values: V[] = []
    const rest = op(elsewhere(first), elsewhere(second))
    let [at, to] = [0, 0]
    for (;;) {
      const [left, right] = [first.values[at], second.values[to]]
      const value =
        left === undefined ? right : right === undefined || ord.compare(left, right) <= 0 ? left : right
      if (value === undefined) return { _tag: rest ? 'Cofinite' : 'Finite', values }
      const [inLeft, inRight] = [
        left !== undefined && ord.equals(left, value),
        right !== undefined && ord.equals(right, value),
      ]
      at += inLeft ? 1 : 0
      to += inRight ? 1 : 0
      if (op(inLeft !== elsewhere(first), inRight !== elsewhere(second)) !== rest) values.push(value)
    }
  }

// One minterm for each signature met among the listed values, and one for the rest.
const minterms =
  <V>(ord: Ord_.Ord<V>) =>
  (sets: readonly FiniteSet<V>[]): readonly S.Minterm<FiniteSet<V>>[] => {
    // local mutation: the entries are sorted in place; the values of each signature are collected in ascending order
    const rest = sets.reduce((mask, set, index) => (elsewhere(set) ? mask | (1n << BigInt(index)) : mask), 0n)
    const listed = sorted(ord)(sets.flatMap(({ values }) => values))
    const lists = sets.flatMap(({ values }, index) =>
      values.map((value) => ({ value, bit: 1n << BigInt(index) })),
    )
    lists.sort((first, second) => ord.compare(first.value, second.value))
    const found = new Map<bigint, V[]>()
    let at = 0
    for (const value of listed) {
      let mask = rest
      for (let next = lists[at]; next !== undefined && ord.equals(next.value, value); next = lists[at]) {
        mask ^= next.bit
        at += 1
      }
      const group = found.get(mask) ?? []
      group.push(value)
      found.set(mask, group)
    }
    const signature = (mask: bigint): readonly boolean[] =>
      sets.map((_, index) => ((mask >> BigInt(index)) & 1n) === 1n)
    return [
      ...[...found].map(([mask, values]) => ({
        signature: signature(mask),
        set: { _tag: 'Finite' as const, values },
      })),
      { signature: signature(rest), set: { _tag: 'Cofinite', values: listed } },
    ]
  }

// ---- instances ----

/**
 * The Boolean algebra of finite and cofinite sets over an order.
 *
 * **Details** the witness is the least listed value, or for a cofinite set the fresh value that the universe supplies.
 * **Cost** binary operations O(n + m) comparisons, `contains` O(log n), `regions` O(n log n) for n listed values.
 *
 * @category instances
 * @since 0.1.0
 */
export const algebra = <V>(ord: Ord_.Ord<V>, universe: Universe<V>): S.SetAlgebra<FiniteSet<V>, V> => {
  const empty: FiniteSet<V> = { _tag: 'Finite', values: [] }
  const full: FiniteSet<V> =
    universe._tag === 'Endless' ? { _tag: 'Cofinite', values: [] } : finite(ord)(universe.values)
  const intersect = combine(ord, (first, second) => first && second)
  // Over a listed universe everything stays `Finite`, for what is not listed does not exist.
  const within: (set: FiniteSet<V>) => FiniteSet<V> =
    universe._tag === 'Endless' ? (set) => set : intersect(full)
  return S.make<FiniteSet<V>, V>({
    empty,
    full,
    of: (value) => within({ _tag: 'Finite', values: [value] }),
    union: combine(ord, (first, second) => first || second),
    intersect,
    complement: ({ _tag, values }) => within({ _tag: _tag === 'Finite' ? 'Cofinite' : 'Finite', values }),
    contains: contains(ord),
    witness: ({ _tag, values }) =>
      _tag === 'Finite' || universe._tag === 'Listed' ? RA.head(values) : O.some(universe.fresh(values)),
    minterms: (sets) => minterms(ord)(sets).map(({ signature, set }) => ({ signature, set: within(set) })),
  })
}
