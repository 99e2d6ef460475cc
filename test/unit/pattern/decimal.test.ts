import Big from 'big.js'
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'

import * as D from '../../../src/pattern/Decimal.js'

const read = (text: string): string | undefined => pipe(D.parse(text), O.map(D.show), O.toUndefined)

// An exact twin: units of 10^-places.
interface Scaled {
  readonly units: bigint
  readonly places: number
}
const plain = ({ units, places }: Scaled): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0')
  const cut = digits.length - places
  return `${units < 0n ? '-' : ''}${digits.slice(0, cut)}${places > 0 ? `.${digits.slice(cut)}` : ''}`
}
const atPlaces = (places: number, scaled: Scaled): bigint =>
  scaled.units * 10n ** BigInt(places - scaled.places)
const compareScaled = (first: Scaled, second: Scaled): number => {
  const places = Math.max(first.places, second.places)
  const [left, right] = [atPlaces(places, first), atPlaces(places, second)]
  return left < right ? -1 : left > right ? 1 : 0
}
// Small units and places, so that equal and neighbouring values are common; now and then a huge one.
const scaled: fc.Arbitrary<Scaled> = fc.record({
  units: fc.oneof({ weight: 4, arbitrary: fc.bigInt(-120n, 120n) }, fc.bigInt(-(10n ** 60n), 10n ** 60n)),
  places: fc.integer({ min: 0, max: 4 }),
})
const decimal = scaled.map((value) => O.getOrElse(() => D.zero)(D.parse(plain(value))))

describe('a number is read exactly', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['-0.00e5', '0'],
    ['+1', '1'],
    ['1.0', '1'],
    ['007', '7'],
    ['00.500', '0.5'],
    ['1e3', '1000'],
    ['1E+3', '1000'],
    ['12.5e-2', '0.125'],
    ['-1.5e3', '-1500'],
    ['1e-7', '0.0000001'],
    ['1e21', `1${'0'.repeat(21)}`],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
    ['9007199254740993', '9007199254740993'],
    ['1e0000000000003', '1000'],
  ])('%s reads as a number', (text, shown) => {
    expect(read(text)).toBe(shown)
  })
})

describe('a text that is not a bounded plain number is not read', () => {
  it.each([
    '',
    ' ',
    ' 1',
    '1 ',
    '1\n',
    '1 000',
    '1,000',
    '1_000',
    '.5',
    '5.',
    '.',
    '-',
    '+',
    '--1',
    '+-1',
    '1e',
    'e5',
    '1e1.5',
    '1e+',
    '0x10',
    '0b1',
    '0o7',
    '1n',
    'NaN',
    'Infinity',
    '-Infinity',
    '١',
    '１',
    '1.2.3',
    '−1',
    'constructor',
    '1e1001',
    '1e-1001',
    '1e999999999',
    '0e1001',
    '1e1000',
    '1e-999',
  ])('%j', (text) => {
    expect(D.parse(text)).toEqual(O.none)
  })

  it('a thousand characters are read, in text and in plain spelling; one more is refused', () => {
    expect(read('9'.repeat(1000))).toBe('9'.repeat(1000))
    expect(read('1e999')).toBe(`1${'0'.repeat(999)}`)
    expect(read('1e-998')).toBe(`0.${'0'.repeat(997)}1`)
    expect(read('9'.repeat(1001))).toBe(undefined)
    expect(read('0'.repeat(1001))).toBe(undefined)
    expect(read('1e1000')).toBe(undefined)
    expect(read('1e-999')).toBe(undefined)
    expect(read(`1e${'9'.repeat(400)}`)).toBe(undefined)
  })

  it('a million digits are refused at once', () => {
    expect(D.parse('9'.repeat(1_000_000))).toEqual(O.none)
  })
})

describe('laws', () => {
  it('parse ∘ show = some', () => {
    fc.assert(fc.property(decimal, (value) => read(D.show(value)) === value))
  })

  it('two spellings read alike exactly when the numbers are equal, and compare is the numeric order', () => {
    const seen = { less: 0, equal: 0, greater: 0 }
    fc.assert(
      fc.property(scaled, scaled, fc.boolean(), (first, other, same) => {
        const second = same ? { units: first.units * 10n, places: first.places + 1 } : other
        const [left, right] = [
          O.getOrElse(() => D.zero)(D.parse(plain(first))),
          O.getOrElse(() => D.zero)(D.parse(plain(second))),
        ]
        const expected = compareScaled(first, second)
        seen[expected < 0 ? 'less' : expected > 0 ? 'greater' : 'equal'] += 1
        expect(D.compare(left, right)).toBe(expected)
        expect(D.Ord.compare(left, right)).toBe(expected)
        expect(D.Eq.equals(left, right)).toBe(expected === 0)
      }),
      { numRuns: 500 },
    )
    expect(Math.min(seen.less, seen.equal, seen.greater)).toBeGreaterThan(50)
  })

  it('the plain spelling of a scaled whole number is read without loss', () => {
    fc.assert(
      fc.property(scaled, (value) => {
        const shown = read(plain(value)) ?? ''
        const places = shown.split('.')[1]?.length ?? 0
        const units = BigInt(shown.replace('.', ''))
        expect(compareScaled({ units, places }, value)).toBe(0)
        expect(shown).toMatch(/^(?:0|-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?)$/)
      }),
    )
  })

  it('below(a) < a < above(a), and both are whole and as near as can be', () => {
    fc.assert(
      fc.property(scaled, (value) => {
        const exact = O.getOrElse(() => D.zero)(D.parse(plain(value)))
        const [under, over] = [BigInt(D.below(exact)), BigInt(D.above(exact))]
        expect(compareScaled({ units: under, places: 0 }, value)).toBe(-1)
        expect(compareScaled({ units: over, places: 0 }, value)).toBe(1)
        expect(compareScaled({ units: under + 1n, places: 0 }, value)).not.toBe(-1)
        expect(compareScaled({ units: over - 1n, places: 0 }, value)).not.toBe(1)
      }),
    )
  })

  it('a < between(a, b) < b, exactly when a < b', () => {
    fc.assert(
      fc.property(decimal, decimal, (first, second) => {
        const found = D.between(first, second)
        return D.compare(first, second) < 0
          ? O.isSome(found) && D.compare(first, found.value) < 0 && D.compare(found.value, second) < 0
          : O.isNone(found)
      }),
      { numRuns: 500 },
    )
  })

  it('add is exact', () => {
    fc.assert(
      fc.property(scaled, scaled, (first, second) => {
        const places = Math.max(first.places, second.places)
        const sum = plain({ units: atPlaces(places, first) + atPlaces(places, second), places })
        const [left, right] = [
          O.getOrElse(() => D.zero)(D.parse(plain(first))),
          O.getOrElse(() => D.zero)(D.parse(plain(second))),
        ]
        return pipe(left, D.add(right)) === read(sum)
      }),
    )
  })
})

describe('between chooses the simplest decimal', () => {
  it.each([
    ['-3', '5', '0'],
    ['3', '1000', '4'],
    ['-1000', '-3', '-4'],
    ['0', '1', '0.1'],
    ['-1', '0', '-0.1'],
    ['1', '2', '1.1'],
    ['1.1', '1.2', '1.11'],
    ['0.99', '1', '0.991'],
    ['0', '0.001', '0.0001'],
    ['1.5', '3.5', '2'],
  ])('between %s and %s lies %s', (low, high, expected) => {
    const decimals = [low, high].map((text) => O.getOrElse(() => D.zero)(D.parse(text)))
    expect(D.between(decimals[0] ?? D.zero, decimals[1] ?? D.zero)).toEqual(O.some(expected))
  })

  it('two neighbours of 999 digits are parted quickly', () => {
    const low = O.getOrElse(() => D.zero)(D.parse(`0.${'0'.repeat(997)}1`))
    const high = O.getOrElse(() => D.zero)(D.parse(`0.${'0'.repeat(997)}2`))
    expect(D.between(low, high)).toEqual(O.some(`0.${'0'.repeat(997)}11`))
  })
})

describe('an independent library of decimals agrees', () => {
  const digits = fc.string({ unit: fc.constantFrom('0', '0', '1', '5', '9'), minLength: 1, maxLength: 12 })
  const text = fc
    .tuple(
      fc.constantFrom('', '-', '+'),
      digits,
      fc.option(digits, { nil: undefined }),
      fc.option(fc.integer({ min: -30, max: 30 }), { nil: undefined }),
    )
    .map(
      ([sign, whole, fraction, exponent]) =>
        sign +
        whole +
        (fraction === undefined ? '' : `.${fraction}`) +
        (exponent === undefined ? '' : `e${String(exponent)}`),
    )
  const byLibrary = (number: string): Big => new Big(number.replace('+', ''))
  const ours = (number: string): D.Decimal => O.getOrElse(() => D.zero)(D.parse(number))

  it('on what a text reads as, and on the next whole numbers', () => {
    fc.assert(
      fc.property(text, (number) => {
        const exact = byLibrary(number)
        const whole = exact.round(0, 0)
        const floor = whole.gt(exact) ? whole.minus(1) : whole
        expect(read(number)).toBe(exact.toFixed())
        expect(D.floor(ours(number)).toString()).toBe(floor.toFixed())
      }),
      { numRuns: 1000 },
    )
  })

  it('on order and sums', () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const [left, right] = [byLibrary(first), byLibrary(second)]
        expect(D.compare(ours(first), ours(second))).toBe(left.cmp(right))
        expect(pipe(ours(first), D.add(ours(second)))).toBe(left.plus(right).toFixed())
      }),
      { numRuns: 1000 },
    )
  })
})
