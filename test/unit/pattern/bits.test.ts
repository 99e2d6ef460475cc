import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Bits from '../../../src/pattern/Bits.js'
import { booleanAlgebra } from '../../laws/booleanAlgebra.js'

const size = 70
const members = fc.uniqueArray(fc.nat(size - 1), { maxLength: 12 })
const bits = members.map(Bits.of)
const one = Bits.below(size)

describe('Bits', () => {
  it('holds the numbers that it was made of', () => {
    expect(Bits.toArray(Bits.of([64, 3, 31, 32]))).toStrictEqual([3, 31, 32, 64])
    expect([3, 4, 64, 640].map((each) => Bits.has(Bits.of([64, 3]), each))).toStrictEqual([
      true,
      false,
      true,
      false,
    ])
    expect(Bits.toArray(Bits.set(Bits.of([3]), 40))).toStrictEqual([3, 40])
    expect(Bits.toArray(Bits.empty)).toStrictEqual([])
  })
  it.each([0, 1, 31, 32, 33, 64])('has %i numbers below that', (count) => {
    expect(Bits.toArray(Bits.below(count))).toStrictEqual(Array.from({ length: count }, (_, i) => i))
  })
  it('compares sets of different widths', () => {
    const [narrow, wide] = [Bits.of([1]), Bits.and(Bits.of([1, 90]), Bits.below(91))]
    expect(Bits.isSubset(narrow, wide)).toBe(true)
    expect(Bits.isSubset(wide, narrow)).toBe(false)
    expect(Bits.equals(Bits.andNot(wide, Bits.of([90])), narrow)).toBe(true)
    expect(Bits.intersects(wide, Bits.of([90]))).toBe(true)
    expect(Bits.intersects(narrow, Bits.of([90]))).toBe(false)
  })
})

describe('laws of Bits', () => {
  booleanAlgebra(
    'Bits',
    {
      equals: Bits.equals,
      meet: Bits.and,
      join: Bits.or,
      complement: (of) => Bits.andNot(one, of),
      zero: Bits.empty,
      one,
    },
    bits,
  )
  it('equalSetsHaveEqualKeys, and different sets different keys', () => {
    fc.assert(
      fc.property(bits, bits, (left, right) => {
        const padded = Bits.andNot(Bits.or(left, Bits.of([200])), Bits.of([200]))
        expect(Bits.key(padded)).toBe(Bits.key(left))
        expect(Bits.key(left) === Bits.key(right)).toBe(Bits.equals(left, right))
      }),
    )
  })
  it('operationsAreThoseOfSets', () => {
    fc.assert(
      fc.property(members, members, (left, right) => {
        const [x, y] = [Bits.of(left), Bits.of(right)]
        const sorted = (list: ReadonlyArray<number>) => [...new Set(list)].sort((a, b) => a - b)
        expect(Bits.toArray(Bits.and(x, y))).toStrictEqual(
          sorted(left.filter((each) => right.includes(each))),
        )
        expect(Bits.toArray(Bits.or(x, y))).toStrictEqual(sorted([...left, ...right]))
        expect(Bits.toArray(Bits.andNot(x, y))).toStrictEqual(
          sorted(left.filter((each) => !right.includes(each))),
        )
        expect(Bits.toArray(Bits.xor(x, y))).toStrictEqual(
          Bits.toArray(Bits.andNot(Bits.or(x, y), Bits.and(x, y))),
        )
        expect(Bits.intersects(x, y)).toBe(left.some((each) => right.includes(each)))
        expect(Bits.isEmpty(x)).toBe(left.length === 0)
      }),
    )
  })
})
