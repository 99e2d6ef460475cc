import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'

import * as D from '../../../src/pattern/Decimal.js'
import * as I from '../../../src/pattern/Instant.js'
import * as In from '../../../src/pattern/Intervals.js'
import { unionAll } from '../../../src/pattern/SetAlgebra.js'
import { decimals, instants } from '../../../src/pattern/ValueSet.js'
import { setAlgebraLaws } from '../../laws/setAlgebra.js'
import type { Known } from '../../laws/setAlgebra.js'

const decimal = (text: string): D.Decimal => O.getOrElse(() => D.zero)(D.parse(text))
const { algebra } = decimals

// Ends lie on the whole numbers -3 to 3; halves lie between any two and beyond them all.
const halves = Array.from({ length: 17 }, (_, index) => (index - 8) / 2)

const atomsOver = <V>(
  of: (value: number) => V,
  number: (value: V) => number,
): fc.Arbitrary<Known<In.Intervals<V>, V>> =>
  fc.record({ at: fc.integer({ min: -3, max: 3 }), shape: fc.nat(4) }).map(({ at, shape }) => {
    const value = of(at)
    const all: readonly Known<In.Intervals<V>, V>[] = [
      { set: In.lessThan(value), has: (other) => number(other) < at },
      { set: In.atMost(value), has: (other) => number(other) <= at },
      { set: In.greaterThan(value), has: (other) => number(other) > at },
      { set: In.atLeast(value), has: (other) => number(other) >= at },
    ]
    return all[shape] ?? { set: In.point(value), has: (other) => number(other) === at }
  })

setAlgebraLaws({
  name: 'unions of intervals of numbers',
  algebra,
  atoms: atomsOver((value) => decimal(String(value)), Number),
  probes: halves.map((value) => decimal(String(value))),
  canonical: true,
})

const instantAt = (value: number): I.Instant => I.fromEpochSeconds(decimal(String(value)))
setAlgebraLaws({
  name: 'unions of intervals of instants',
  algebra: instants.algebra,
  atoms: atomsOver(instantAt, ({ epochSeconds }) => Number(epochSeconds)),
  probes: halves.map(instantAt),
  canonical: true,
})

const or = (...sets: readonly In.Intervals<D.Decimal>[]): In.Intervals<D.Decimal> => unionAll(algebra)(sets)
const { lessThan, atMost, greaterThan, atLeast, point } = In
const [one, two, three] = [decimal('1'), decimal('2'), decimal('3')]

describe('the normal form', () => {
  it.each([
    ['touching ends merge when one of them is closed', or(atMost(one), greaterThan(one)), '(-∞, +∞)'],
    ['touching open ends leave a hole', or(lessThan(one), greaterThan(one)), '(-∞, 1) ∪ (1, +∞)'],
    ['a point fills the hole', or(lessThan(one), point(one), greaterThan(one)), '(-∞, +∞)'],
    ['what lies between meets', algebra.intersect(atLeast(one))(lessThan(two)), '[1, 2)'],
    ['two ways to say a point', algebra.intersect(atLeast(one))(atMost(decimal('1.0'))), '[1, 1]'],
    ['nothing lies between', algebra.intersect(greaterThan(two))(lessThan(one)), '∅'],
    ['open at both ends of one value is empty', algebra.intersect(greaterThan(one))(lessThan(one)), '∅'],
    [
      'pieces are ascending',
      or(point(three), greaterThan(decimal('10')), point(one)),
      '[1, 1] ∪ [3, 3] ∪ (10, +∞)',
    ],
  ])('%s', (_, set, shown) => {
    expect(In.show(D.show)(set)).toBe(shown)
  })
})

describe('the witness is simple', () => {
  const between = (low: string, high: string): In.Intervals<D.Decimal> =>
    algebra.intersect(lessThan(decimal(high)))(greaterThan(decimal(low)))
  it.each([
    ['everything', In.full, '0'],
    ['below 10', lessThan(decimal('10')), '9'],
    ['at most 10', atMost(decimal('10')), '10'],
    ['above 10.5', greaterThan(decimal('10.5')), '11'],
    ['at least 10.5', atLeast(decimal('10.5')), '10.5'],
    ['not 5', algebra.complement(point(decimal('5'))), '4'],
    ['between 1 and 2', between('1', '2'), '1.1'],
    ['between 1.5 and 3', between('1.5', '3'), '2'],
    [
      'between 1 and 1.0000000000000000000000001',
      between('1', '1.0000000000000000000000001'),
      '1.00000000000000000000000001',
    ],
  ])('%s', (_, set, shown) => {
    expect(algebra.witness(set)).toEqual(O.some(shown))
  })

  it('a moment after a date is the next second', () => {
    const after = In.greaterThan(O.getOrElse(() => instantAt(0))(I.parse('2024-02-29T23:59:59Z')))
    expect(pipe(instants.algebra.witness(after), O.map(I.show))).toEqual(O.some('2024-03-01T00:00:00Z'))
  })
})

describe('where no readable number lies, the set is empty', () => {
  const largest = decimal('9'.repeat(1000))
  const smallest = decimal(`0.${'0'.repeat(997)}1`)
  it('above the largest readable number there is none', () => {
    expect(algebra.isEmpty(greaterThan(largest))).toBe(true)
    expect(algebra.equals(atLeast(largest))(point(largest))).toBe(true)
    expect(algebra.witness(or(greaterThan(largest), lessThan(largest)))).toEqual(
      O.some(`${'9'.repeat(999)}8`),
    )
  })
  it('between zero and the smallest readable number there is none', () => {
    const gap = algebra.intersect(lessThan(smallest))(greaterThan(D.zero))
    expect(algebra.isEmpty(gap)).toBe(true)
    expect(algebra.regions([gap]).map(({ signature }) => signature)).toEqual([[false]])
    expect(algebra.isEmpty(algebra.intersect(lessThan(one))(greaterThan(D.zero)))).toBe(false)
  })
})

describe('cost', () => {
  it('two thousand points have as many regions, one more for the rest', () => {
    const points = Array.from({ length: 2000 }, (_, index) => point(D.fromBigInt(BigInt(index))))
    expect(algebra.regions(points)).toHaveLength(2001)
  })
  it('fifty thousand points are joined', () => {
    const points = Array.from({ length: 50_000 }, (_, index) =>
      point(D.fromBigInt(BigInt((index * 7919) % 50_000))),
    )
    expect(or(...points).cuts).toHaveLength(100_000)
  })
})
