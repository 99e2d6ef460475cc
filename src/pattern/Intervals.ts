/**
 * An `Intervals` is a finite union of intervals over a dense order, with ends that are open, closed or absent.
 *
 * Laws: 1. those of `SetAlgebra`   2. the form is canonical: intervals that overlap or touch are merged, so that over a
 * dense order without ends structural equality is set equality
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import type * as Ord_ from 'fp-ts/lib/Ord.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'

import * as C from './CutSet.js'
import * as S from './SetAlgebra.js'

// ---- model ----

/**
 * A gap in the order: just before a value, or just after it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Cut<V> {
  readonly value: V
  readonly side: 'Before' | 'After'
}

/**
 * A finite union of intervals, held as the cuts at which membership flips.
 *
 * @category model
 * @since 0.1.0
 */
export type Intervals<V> = C.CutSet<Cut<V>>

/**
 * An order together with the choice of a value above one, below one, and strictly between two.
 *
 * **Details** in a dense order without ends the choices always succeed (`between` for ascending arguments). They may
 * refuse where the domain has no value at all in that stretch; such a stretch then counts as empty.
 *
 * @category model
 * @since 0.1.0
 */
export interface Dense<V> extends Ord_.Ord<V> {
  readonly origin: V
  readonly above: (value: V) => O.Option<V>
  readonly below: (value: V) => O.Option<V>
  readonly between: (low: V, high: V) => O.Option<V>
}

// ---- constructors ----

const before = <V>(value: V): Cut<V> => ({ value, side: 'Before' })
const after = <V>(value: V): Cut<V> => ({ value, side: 'After' })

/**
 * No value.
 *
 * @category constructors
 * @since 0.1.0
 */
export const empty: Intervals<never> = C.empty

/**
 * Every value.
 *
 * @category constructors
 * @since 0.1.0
 */
export const full: Intervals<never> = C.full

/**
 * The values below the given one.
 *
 * @category constructors
 * @since 0.1.0
 */
export const lessThan = <V>(value: V): Intervals<V> => ({ initial: true, cuts: [before(value)] })

/**
 * The given value and those below it.
 *
 * @category constructors
 * @since 0.1.0
 */
export const atMost = <V>(value: V): Intervals<V> => ({ initial: true, cuts: [after(value)] })

/**
 * The values above the given one.
 *
 * @category constructors
 * @since 0.1.0
 */
export const greaterThan = <V>(value: V): Intervals<V> => ({ initial: false, cuts: [after(value)] })

/**
 * The given value and those above it.
 *
 * @category constructors
 * @since 0.1.0
 */
export const atLeast = <V>(value: V): Intervals<V> => ({ initial: false, cuts: [before(value)] })

/**
 * The given value alone.
 *
 * @category constructors
 * @since 0.1.0
 */
export const point = <V>(value: V): Intervals<V> => ({ initial: false, cuts: [before(value), after(value)] })

// ---- instances ----

const cutOrd = <V>(ord: Ord_.Ord<V>): Ord_.Ord<Cut<V>> => ({
  equals: (first, second) => first.side === second.side && ord.equals(first.value, second.value),
  compare: (first, second) => {
    const order = ord.compare(first.value, second.value)
    return order !== 0 || first.side === second.side ? order : first.side === 'Before' ? -1 : 1
  },
})

// An end that belongs to the span, else a value inside it.
const sampleOf =
  <V>(dense: Dense<V>) =>
  ({ from, to }: C.Span<Cut<V>>): O.Option<V> => {
    if (from?.side === 'Before') return O.some(from.value)
    if (to?.side === 'After') return O.some(to.value)
    if (from === undefined) return to === undefined ? O.some(dense.origin) : dense.below(to.value)
    return to === undefined ? dense.above(from.value) : dense.between(from.value, to.value)
  }

/**
 * The Boolean algebra of the unions of intervals over an order.
 *
 * **Details** the witness comes from the lowest interval that has one: a closed end, else what `dense` chooses inside.
 * **Cost** binary operations O(n + m) comparisons, `contains` O(log n), `regions` O(n log n) for n ends altogether.
 *
 * @category instances
 * @since 0.1.0
 */
export const algebra = <V>(dense: Dense<V>): S.SetAlgebra<Intervals<V>, V> => {
  const ord = cutOrd(dense)
  const containsAfter = C.containsAfter(ord)
  return S.make<Intervals<V>, V>({
    empty,
    full,
    of: point,
    union: C.combine(ord, (first, second) => first || second),
    intersect: C.combine(ord, (first, second) => first && second),
    complement: C.complement,
    contains: (value) => containsAfter(before(value)),
    witness: (set) => pipe(C.spans(set), RA.findFirstMap(sampleOf(dense))),
    minterms: C.minterms(ord),
  })
}

// ---- rendering ----

/**
 * The intervals in mathematical notation: `(-∞, 1) ∪ [2, 2] ∪ (3, +∞)`, or `∅`.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show =
  <V>(showValue: (value: V) => string) =>
  (set: Intervals<V>): string => {
    const low = (cut: Cut<V> | undefined): string =>
      cut === undefined ? '(-∞' : `${cut.side === 'Before' ? '[' : '('}${showValue(cut.value)}`
    const high = (cut: Cut<V> | undefined): string =>
      cut === undefined ? '+∞)' : `${showValue(cut.value)}${cut.side === 'After' ? ']' : ')'}`
    const spans = C.spans(set).map(({ from, to }) => `${low(from)}, ${high(to)}`)
    return spans.length === 0 ? '∅' : spans.join(' ∪ ')
  }
