/**
 * A `Domain` is a type of values that are written as text: how they are read and shown, and the algebra of their sets.
 *
 * A `ValueSet` is a set of texts that a domain can tell apart: those that read as a value in some set, with or without
 * all the texts that cannot be read. What compares texts by their values sees them exactly so.
 *
 * Laws: 1. `parse(show(v)) = some(v)` for every value that some text reads as   2. `parse(unreadable) = none`
 * 3. those of `SetAlgebra` for `texts(domain)`, with `isEmpty(s)` exactly when no text at all lies in s
 *
 * @since 0.1.0
 */
import * as Boolean_ from 'fp-ts/lib/boolean.js'
import { flow, pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'

import * as B from './Bytes.js'
import * as D from './Decimal.js'
import * as F from './FiniteSet.js'
import * as I from './Instant.js'
import * as In from './Intervals.js'
import * as Ip from './IpAddress.js'
import * as Is from './IpSet.js'
import * as S from './SetAlgebra.js'
import * as Truth from './Truth.js'

// ---- model ----

/**
 * Values `V` that are written as text, and the algebra of their sets `S`. `unreadable` is a text that is no value.
 *
 * @category model
 * @since 0.1.0
 */
export interface Domain<S, V> {
  readonly parse: (text: string) => O.Option<V>
  readonly show: (value: V) => string
  readonly unreadable: string
  readonly algebra: S.SetAlgebra<S, V>
}

/**
 * A set of texts: those that read as a value in `readable`, and, if `unreadable`, every text that cannot be read.
 *
 * @category model
 * @since 0.1.0
 */
export interface ValueSet<S> {
  readonly readable: S
  readonly unreadable: boolean
}

// ---- constructors ----

/**
 * The texts that read as a value in the set.
 *
 * @category constructors
 * @since 0.1.0
 */
export const reading = <S>(readable: S): ValueSet<S> => ({ readable, unreadable: false })

// The choices of `Decimal` have the shortest spelling in their stretch: where that is too long to be read, no text
// reads as a value in the stretch, which is then empty.
const readable: (value: O.Option<D.Decimal>) => O.Option<D.Decimal> = O.filter(
  (value) => D.show(value).length <= D.maximumLength,
)

const denseDecimals: In.Dense<D.Decimal> = {
  ...D.Ord,
  origin: D.zero,
  above: (value) => readable(O.some(D.above(value))),
  below: (value) => readable(O.some(D.below(value))),
  between: (low, high) => readable(D.between(low, high)),
}

const denseInstants: In.Dense<I.Instant> = {
  ...I.Ord,
  origin: I.fromEpochSeconds(D.zero),
  above: ({ epochSeconds }) => pipe(denseDecimals.above(epochSeconds), O.map(I.fromEpochSeconds)),
  below: ({ epochSeconds }) => pipe(denseDecimals.below(epochSeconds), O.map(I.fromEpochSeconds)),
  between: (low, high) =>
    pipe(denseDecimals.between(low.epochSeconds, high.epochSeconds), O.map(I.fromEpochSeconds)),
}

// The bytes of the least number whose byte string is not excluded; one of the first n + 1 is free of n exclusions.
const freshBytes = (excluded: readonly B.Bytes[]): B.Bytes => {
  const taken = new Set(excluded)
  const bytesOf = (value: number): B.Bytes =>
    B.fromOctets(value < 256 ? [value] : [value >> 16, value >> 8, value])
  // local mutation: counts up to the first free number
  let value = 0
  while (taken.has(bytesOf(value))) value += 1
  return bytesOf(value)
}

const unreadable = 'unreadable'

// ---- instances ----

/**
 * Numbers, exact.
 *
 * @category instances
 * @since 0.1.0
 */
export const decimals: Domain<In.Intervals<D.Decimal>, D.Decimal> = {
  parse: D.parse,
  show: D.show,
  unreadable,
  algebra: In.algebra(denseDecimals),
}

/**
 * Dates and epoch seconds, exact.
 *
 * @category instances
 * @since 0.1.0
 */
export const instants: Domain<In.Intervals<I.Instant>, I.Instant> = {
  parse: I.parse,
  show: I.show,
  unreadable,
  algebra: In.algebra(denseInstants),
}

/**
 * Internet addresses of both families.
 *
 * @category instances
 * @since 0.1.0
 */
export const addresses: Domain<Is.IpSet, Ip.Address> = {
  parse: Ip.parseAddress,
  show: Ip.show,
  unreadable,
  algebra: Is.algebra,
}

/**
 * Byte strings in base64.
 *
 * @category instances
 * @since 0.1.0
 */
export const byteStrings: Domain<F.FiniteSet<B.Bytes>, B.Bytes> = {
  parse: B.parse,
  show: B.show,
  unreadable,
  algebra: F.algebra(B.Ord, { _tag: 'Endless', fresh: freshBytes }),
}

/**
 * `true` and `false`; any other text is unreadable.
 *
 * @category instances
 * @since 0.1.0
 */
export const truths: Domain<F.FiniteSet<boolean>, boolean> = {
  parse: Truth.parse,
  show: Truth.show,
  unreadable,
  algebra: F.algebra(Boolean_.Ord, { _tag: 'Listed', values: [false, true] }),
}

const mintermsOf =
  <S, V>({ algebra }: Domain<S, V>) =>
  (sets: readonly ValueSet<S>[]): readonly S.Minterm<ValueSet<S>>[] => {
    const signature = sets.map((set) => set.unreadable)
    const isOurs = (other: readonly boolean[]): boolean =>
      other.every((bit, index) => bit === signature[index])
    const found = algebra.regions(sets.map((set) => set.readable)).map((region) => ({
      signature: region.signature,
      set: { readable: region.set, unreadable: isOurs(region.signature) },
    }))
    return found.some(({ set }) => set.unreadable)
      ? found
      : [...found, { signature, set: { readable: algebra.empty, unreadable: true } }]
  }

/**
 * The Boolean algebra of the sets of texts that a domain can tell apart.
 *
 * **Details** `of(text)` is the set of all texts that read alike. A witness is the canonical spelling of a value if
 * there is one, else the domain's `unreadable` text.
 *
 * @category instances
 * @since 0.1.0
 */
export const texts = <S, V>(domain: Domain<S, V>): S.SetAlgebra<ValueSet<S>, string> => {
  const { algebra, parse } = domain
  const allUnreadable: ValueSet<S> = { readable: algebra.empty, unreadable: true }
  return S.make<ValueSet<S>, string>({
    empty: reading(algebra.empty),
    full: { readable: algebra.full, unreadable: true },
    of: flow(
      parse,
      O.match(
        () => allUnreadable,
        (value) => reading(algebra.of(value)),
      ),
    ),
    union: (second) => (first) => ({
      readable: algebra.union(second.readable)(first.readable),
      unreadable: first.unreadable || second.unreadable,
    }),
    intersect: (second) => (first) => ({
      readable: algebra.intersect(second.readable)(first.readable),
      unreadable: first.unreadable && second.unreadable,
    }),
    complement: (set) => ({ readable: algebra.complement(set.readable), unreadable: !set.unreadable }),
    contains: flow(
      parse,
      O.match(
        () => (set: ValueSet<S>) => set.unreadable,
        (value) => (set: ValueSet<S>) => algebra.contains(value)(set.readable),
      ),
    ),
    witness: (set) =>
      pipe(
        algebra.witness(set.readable),
        O.map(domain.show),
        O.alt(() => (set.unreadable ? O.some(domain.unreadable) : O.none)),
      ),
    minterms: mintermsOf(domain),
  })
}
