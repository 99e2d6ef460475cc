/**
 * An `IpSet` is a set of internet addresses of both families, exact down to the single address.
 *
 * The addresses lie on one line, those of family 4 first, and the set is held as the positions where membership flips.
 *
 * Laws: 1. those of `SetAlgebra`   2. the form is canonical: structural equality is set equality
 * 3. the union of `toBlocks(s)` is `s`, and no shorter list of blocks has that union
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import type * as Ord_ from 'fp-ts/lib/Ord.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'

import * as C from './CutSet.js'
import * as Ip from './IpAddress.js'
import * as S from './SetAlgebra.js'
import * as Remember from './Remember.js'

// ---- model ----

/**
 * A set of addresses. Positions: `value` for family 4, 2^32 + `value` for family 6.
 *
 * INVARIANT: every cut lies strictly between position 0 and the end of the line.
 *
 * @category model
 * @since 0.1.0
 */
export type IpSet = C.CutSet<bigint>

const border = 1n << 32n
const end = border + (1n << 128n)

const ord: Ord_.Ord<bigint> = {
  equals: (first, second) => first === second,
  compare: (first, second) => (first < second ? -1 : first > second ? 1 : 0),
}

const position = (family: Ip.Family, value: bigint): bigint => (family === 4 ? value : border + value)

const addressAt = (at: bigint): Ip.Address =>
  at < border ? { family: 4, value: at } : { family: 6, value: at - border }

// ---- constructors ----

/**
 * The addresses of a block.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromBlock = ({ family, low, high }: Ip.Block): IpSet => {
  const [from, to] = [position(family, low), position(family, high) + 1n]
  return { initial: from === 0n, cuts: [from, to].filter((cut) => cut > 0n && cut < end) }
}

// ---- destructors ----

// The largest aligned blocks that fit, from the low end: greedy is minimal, because aligned blocks nest or are disjoint.
const blocksOf = (family: Ip.Family, from: bigint, to: bigint): readonly Ip.Block[] => {
  // local mutation: the low end moves up block by block, at most twice the width of the family
  const blocks: Ip.Block[] = []
  let low = from
  while (low < to) {
    let size = 1n
    while (low % (size * 2n) === 0n && low + size * 2n <= to) size *= 2n
    blocks.push({ family, low, high: low + size - 1n })
    low += size
  }
  return blocks
}

/**
 * The shortest list of blocks whose union is the set, family 4 first, ascending.
 *
 * **Cost** at most 2·32 blocks for each stretch of family 4, 2·128 for family 6.
 *
 * @category destructors
 * @since 0.1.0
 */
export const toBlocks = (set: IpSet): readonly Ip.Block[] =>
  C.spans(set).flatMap(({ from = 0n, to = end }) => [
    ...blocksOf(4, from, to < border ? to : border),
    ...blocksOf(6, from > border ? from - border : 0n, to - border),
  ])

// ---- instances ----

const containsAfter = C.containsAfter(ord)

const contains =
  ({ family, value }: Ip.Address) =>
  (set: IpSet): boolean =>
    containsAfter(position(family, value))(set)

// Addresses set aside for documentation (RFC 5737, RFC 3849) read better than the first of a large set.
const preferred: () => readonly Ip.Address[] = Remember.once(() =>
  RA.compact(['203.0.113.1', '2001:db8::1'].map(Ip.parseAddress)),
)

const witness = (set: IpSet): O.Option<Ip.Address> =>
  pipe(
    preferred(),
    RA.findFirst((address) => contains(address)(set)),
    O.alt(() =>
      pipe(
        RA.head(C.spans(set)),
        O.map(({ from = 0n }) => addressAt(from)),
      ),
    ),
  )

/**
 * The Boolean algebra of sets of addresses.
 *
 * **Details** the witness is an address set aside for documentation if the set has one, else its first address.
 * **Cost** binary operations O(n + m) comparisons, `contains` O(log n), `regions` O(n log n) for n ends altogether.
 *
 * @category instances
 * @since 0.1.0
 */
export const algebra: S.SetAlgebra<IpSet, Ip.Address> = S.make<IpSet, Ip.Address>({
  empty: C.empty,
  full: C.full,
  of: (address) => fromBlock(Ip.blockOf(Ip.width(address.family))(address)),
  union: C.combine(ord, (first, second) => first || second),
  intersect: C.combine(ord, (first, second) => first && second),
  complement: C.complement,
  contains,
  witness,
  minterms: C.minterms(ord),
})
