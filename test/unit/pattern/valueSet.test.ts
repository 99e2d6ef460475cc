import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import * as N from 'fp-ts/lib/number.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { describe, expect, it } from 'vitest'

import * as B from '../../../src/pattern/Bytes.js'
import type * as D from '../../../src/pattern/Decimal.js'
import * as F from '../../../src/pattern/FiniteSet.js'
import * as In from '../../../src/pattern/Intervals.js'
import * as Ip from '../../../src/pattern/IpAddress.js'
import * as Is from '../../../src/pattern/IpSet.js'
import { make, unionAll } from '../../../src/pattern/SetAlgebra.js'
import * as V from '../../../src/pattern/ValueSet.js'
import { setAlgebraLaws } from '../../laws/setAlgebra.js'
import type { Known } from '../../laws/setAlgebra.js'

// ---- finite and cofinite sets ----

const finiteAtoms = <T>(
  values: readonly T[],
  set: (chosen: readonly T[]) => F.FiniteSet<T>,
): fc.Arbitrary<Known<F.FiniteSet<T>, T>> =>
  fc.subarray([...values]).map((chosen) => ({ set: set(chosen), has: (value) => chosen.includes(value) }))

const small = [0, 1, 2, 3, 4]
setAlgebraLaws({
  name: 'finite and cofinite sets over an endless universe',
  algebra: F.algebra(N.Ord, {
    _tag: 'Endless',
    fresh: (excluded) => excluded.reduce((most, value) => Math.max(most, value), 98) + 1,
  }),
  atoms: finiteAtoms(small, F.finite(N.Ord)),
  probes: [...small, 99],
  canonical: true,
})
setAlgebraLaws({
  name: 'sets over a listed universe',
  algebra: F.algebra(N.Ord, { _tag: 'Listed', values: small }),
  atoms: finiteAtoms(small, F.finite(N.Ord)),
  probes: small,
  canonical: true,
})

const someBytes = [[], [0], [1], [2], [0, 0]].map(B.fromOctets)
setAlgebraLaws({
  name: 'sets of byte strings',
  algebra: V.byteStrings.algebra,
  atoms: finiteAtoms(someBytes, F.finite(B.Ord)),
  probes: [...someBytes, B.fromOctets([77])],
  canonical: true,
})

describe('the form of a finite set', () => {
  it('is sorted and free of repetitions', () => {
    expect(F.finite(N.Ord)([3, 1, 3, 2, 1])).toEqual({ _tag: 'Finite', values: [1, 2, 3] })
  })
  it('over true and false, all but true is false', () => {
    const { algebra } = V.truths
    expect(algebra.complement(algebra.of(true))).toEqual(algebra.of(false))
    expect(algebra.union(algebra.of(false))(algebra.of(true))).toEqual(algebra.full)
  })
  it('a fresh byte string is found among any number of exclusions', () => {
    const taken = Array.from({ length: 300 }, (_, index) => B.fromOctets([index]))
    const more = Array.from({ length: 10 }, (_, index) => B.fromOctets([0, 1, index]))
    const { algebra } = V.byteStrings
    const rest = algebra.complement(F.finite(B.Ord)([...taken, ...more]))
    expect(pipe(algebra.witness(rest), O.map(B.toOctets))).toEqual(O.some([0, 1, 10]))
  })
})

// ---- sets of addresses ----

// Blocks at both ends of both families; everything else behaves as one of the addresses in the middle.
const zones: readonly Ip.Address[] = [
  { family: 4, value: 0n },
  { family: 4, value: (1n << 32n) - 8n },
  { family: 6, value: 0n },
  { family: 6, value: (1n << 128n) - 8n },
]
const nearEnds = zones.flatMap(({ family, value }) =>
  Array.from({ length: 8 }, (_, index): Ip.Address => ({ family, value: value + BigInt(index) })),
)
const ipProbes: readonly Ip.Address[] = [
  ...nearEnds,
  { family: 4, value: 0xcb007101n },
  { family: 6, value: 1n << 100n },
]
const blocks = fc
  .record({ address: fc.constantFrom(...nearEnds), host: fc.constantFrom(0, 0, 1, 2, 3, 128) })
  .map(({ address, host }) => Ip.blockOf(Ip.width(address.family) - host)(address))

setAlgebraLaws({
  name: 'sets of addresses',
  algebra: Is.algebra,
  atoms: fc.oneof(
    blocks.map((block) => ({ set: Is.fromBlock(block), has: Ip.contains(block) })),
    fc.array(blocks, { maxLength: 4 }).map((all) => ({
      set: unionAll(Is.algebra)(all.map(Is.fromBlock)),
      has: (address: Ip.Address) => all.some((block) => Ip.contains(block)(address)),
    })),
  ),
  probes: ipProbes,
  canonical: true,
})

const ipSet = (...texts: readonly string[]): Is.IpSet =>
  unionAll(Is.algebra)(RA.compact(texts.map(Ip.parseBlock)).map(Is.fromBlock))
const shown = (set: Is.IpSet): readonly string[] => Is.toBlocks(set).map(Ip.showBlock)

describe('the blocks of a set of addresses', () => {
  it.each([
    ['none', ipSet(), []],
    ['both halves make a whole', ipSet('0.0.0.0/1', '128.0.0.0/1'), ['0.0.0.0/0']],
    ['the families do not merge', ipSet('0.0.0.0/0', '::/0'), ['0.0.0.0/0', '::/0']],
    ['nor at their border', ipSet('255.255.255.255', '::'), ['255.255.255.255/32', '::/128']],
    ['a block swallows its parts', ipSet('10.1.2.3', '10.0.0.0/8', '10.128.0.0/9'), ['10.0.0.0/8']],
    [
      'a misaligned run needs several',
      ipSet('10.0.0.1', '10.0.0.2/31', '10.0.0.4'),
      ['10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/32'],
    ],
    [
      'all but one address of eight',
      Is.algebra.difference(ipSet('10.0.0.5'))(ipSet('10.0.0.0/29')),
      ['10.0.0.0/30', '10.0.0.4/32', '10.0.0.6/31'],
    ],
    ['mapped addresses are of family 6', ipSet('::ffff:0:0/96', '1.2.3.4'), ['1.2.3.4/32', '::ffff:0:0/96']],
  ])('%s', (_, set, expected) => {
    expect(shown(set)).toEqual(expected)
  })

  it('everything but one address of family 6 takes 128 blocks of family 6', () => {
    const set = Is.algebra.complement(ipSet('::1', '0.0.0.0/0'))
    expect(shown(set)).toHaveLength(128)
  })

  it('the union of the blocks is the set, and no two of them could be one', () => {
    fc.assert(
      fc.property(fc.array(blocks, { maxLength: 6 }), fc.boolean(), (all, negated) => {
        const union = unionAll(Is.algebra)(all.map(Is.fromBlock))
        const set = negated ? Is.algebra.complement(union) : union
        const found = Is.toBlocks(set)
        expect(unionAll(Is.algebra)(found.map(Is.fromBlock))).toEqual(set)
        found.forEach((block) => {
          expect(pipe(Ip.parseBlock(Ip.showBlock(block)), O.isSome)).toBe(true)
          // The next wider aligned block around it is not wholly inside, so every cover needs a block here.
          const host = (block.high - block.low).toString(2).replace(/^0$/, '').length
          const wider = Ip.blockOf(Ip.width(block.family) - host - 1)({
            family: block.family,
            value: block.low,
          })
          expect(host === Ip.width(block.family) || !Is.algebra.isSubset(set)(Is.fromBlock(wider))).toBe(true)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('a witness of a large set is an address for documentation', () => {
    const { complement, full, witness } = Is.algebra
    const read = (set: Is.IpSet): O.Option<string> => pipe(witness(set), O.map(Ip.show))
    expect(read(full)).toEqual(O.some('203.0.113.1'))
    expect(read(complement(ipSet('0.0.0.0/0')))).toEqual(O.some('2001:db8::1'))
    expect(read(ipSet('10.1.0.0/16'))).toEqual(O.some('10.1.0.0'))
    expect(read(complement(ipSet('0.0.0.0/0', '2001:db8::/32')))).toEqual(O.some('::'))
  })

  it('the regions of two thousand hosts are found', () => {
    const hosts = Array.from({ length: 2000 }, (_, index) =>
      Is.algebra.of({ family: 4, value: BigInt(index * 3) }),
    )
    expect(Is.algebra.regions(hosts)).toHaveLength(2001)
  })
})

// ---- texts ----

const textAtoms = <S, T>(
  domain: V.Domain<S, T>,
  sets: fc.Arbitrary<S>,
): fc.Arbitrary<Known<V.ValueSet<S>, string>> =>
  fc.record({ readable: sets, unreadable: fc.boolean() }).map((set) => ({
    set,
    has: (text) =>
      pipe(
        domain.parse(text),
        O.match(
          () => set.unreadable,
          (value) => domain.algebra.contains(value)(set.readable),
        ),
      ),
  }))

const numberSets: fc.Arbitrary<In.Intervals<D.Decimal>> = fc
  .record({
    text: fc.constantFrom('0', '1'),
    make: fc.constantFrom<(value: D.Decimal) => In.Intervals<D.Decimal>>(
      In.lessThan,
      In.atMost,
      In.atLeast,
      In.point,
    ),
  })
  .map(({ text, make: interval }) =>
    pipe(
      V.decimals.parse(text),
      O.match(
        () => In.empty,
        (value) => interval(value),
      ),
    ),
  )

setAlgebraLaws({
  name: 'texts told apart by numbers',
  algebra: V.texts(V.decimals),
  atoms: textAtoms(V.decimals, numberSets),
  probes: ['-1', '0', '-0.0', '0.5', '1', '1e0', '2', 'one', ''],
  canonical: true,
})
setAlgebraLaws({
  name: 'texts told apart by truth values',
  algebra: V.texts(V.truths),
  atoms: textAtoms(
    V.truths,
    fc.constantFrom(
      V.truths.algebra.empty,
      V.truths.algebra.of(true),
      V.truths.algebra.of(false),
      V.truths.algebra.full,
    ),
  ),
  probes: ['true', 'TRUE', 'false', 'False', 'yes', ''],
  canonical: true,
})

describe('the texts of a domain', () => {
  it('none of the unreadable texts can be read', () => {
    const { decimals, instants, addresses, byteStrings, truths } = V
    const all = [decimals, instants, addresses, byteStrings, truths]
    expect(all.map(({ parse, unreadable }) => parse(unreadable))).toEqual(all.map(() => O.none))
  })

  it('spellings of one value cannot be told apart', () => {
    expect(V.texts(V.instants).of('2024-01-01T01:00+01:00')).toEqual(V.texts(V.instants).of('1704067200'))
    expect(V.texts(V.addresses).of('2001:DB8::')).toEqual(V.texts(V.addresses).of('2001:db8:0:0::0'))
    expect(V.texts(V.addresses).of('1.2.3.4')).not.toEqual(V.texts(V.addresses).of('::ffff:1.2.3.4'))
  })

  it('a witness is unreadable only where nothing readable is left', () => {
    const algebra = V.texts(V.truths)
    expect(algebra.witness(algebra.full)).toEqual(O.some('false'))
    expect(algebra.witness(algebra.complement(V.reading(V.truths.algebra.full)))).toEqual(
      O.some('unreadable'),
    )
    expect(algebra.witness(algebra.empty)).toEqual(O.none)
  })

  it('the regions of true and not true are three when unreadable texts stand apart', () => {
    const algebra = V.texts(V.truths)
    const isTrue = algebra.of('true')
    const isFalse = algebra.of('false')
    expect(algebra.regions([isTrue, isFalse]).map(({ signature, sample }) => [signature, sample])).toEqual([
      [[false, true], 'false'],
      [[true, false], 'true'],
      [[false, false], 'unreadable'],
    ])
  })
})

// ---- refinement ----

// Without `minterms` of its own a representation gets the general refinement: the same laws must hold.
const masks = (mask: number) =>
  make<number, number>({
    empty: 0,
    full: mask,
    of: (bit) => 1 << bit,
    union: (second) => (first) => first | second,
    intersect: (second) => (first) => first & second,
    complement: (set) => mask & ~set,
    contains: (bit) => (set) => ((set >> bit) & 1) === 1,
    witness: (set) => (set === 0 ? O.none : O.some(31 - Math.clz32(set))),
  })
const mask = 0b11111
setAlgebraLaws({
  name: 'bit masks, with regions found by refinement,',
  algebra: masks(mask),
  atoms: fc.nat(mask).map((set) => ({ set, has: (bit: number) => ((set >> bit) & 1) === 1 })),
  probes: small,
  canonical: true,
})

it('refinement goes on with what has members only: 24 sets apart take no 16,777,216 steps', () => {
  const { of, regions } = masks(2 ** 24 - 1)
  expect(regions(Array.from({ length: 24 }, (_, bit) => of(bit)))).toHaveLength(24)
})
