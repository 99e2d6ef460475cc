import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'

import * as D from '../../../src/pattern/Decimal.js'
import * as I from '../../../src/pattern/Instant.js'

const seconds = (text: string): string | undefined =>
  pipe(
    I.parse(text),
    O.map(({ epochSeconds }) => D.show(epochSeconds)),
    O.toUndefined,
  )
const reshow = (text: string): string | undefined => pipe(I.parse(text), O.map(I.show), O.toUndefined)

describe('an instant is read exactly', () => {
  it.each([
    ['1970', '1970-01-01T00:00:00Z'],
    ['2024-02', '2024-02-01T00:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['2000-02-29', '2000-02-29T00:00:00Z'],
    ['2024-02-29T23:59Z', '2024-02-29T23:59:00Z'],
    ['2024-03-01T00:30+01:00', '2024-02-29T23:30:00Z'],
    ['2023-12-31T23:30:15-01:00', '2024-01-01T00:30:15Z'],
    ['2024-01-01T00:00:00+23:59', '2023-12-31T00:01:00Z'],
    ['2024-01-01T00:00:00-00:00', '2024-01-01T00:00:00Z'],
    ['2024-01-01T00:00:00.0Z', '2024-01-01T00:00:00Z'],
    ['2024-01-01T00:00:00.500Z', '2024-01-01T00:00:00.5Z'],
    ['2024-01-01T00:00:00.00000000000000000001Z', '2024-01-01T00:00:00.00000000000000000001Z'],
    ['1969-12-31T23:59:59.25Z', '1969-12-31T23:59:59.25Z'],
    ['0000', '0000-01-01T00:00:00Z'],
    ['0000-02-29', '0000-02-29T00:00:00Z'],
    ['0099-12-31', '0099-12-31T00:00:00Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['9999-12-31T23:59:59-00:01', '253402300859'],
    ['0000-01-01T00:00+00:01', '-62167219260'],
    ['0', '1970-01-01T00:00:00Z'],
    ['-0', '1970-01-01T00:00:00Z'],
    ['-1', '1969-12-31T23:59:59Z'],
    ['-0.5', '1969-12-31T23:59:59.5Z'],
    ['+1970', '1970-01-01T00:32:50Z'],
    ['1970.0', '1970-01-01T00:32:50Z'],
    ['01970', '1970-01-01T00:32:50Z'],
    ['999', '1970-01-01T00:16:39Z'],
    ['1700000000', '2023-11-14T22:13:20Z'],
    ['1700000000.125', '2023-11-14T22:13:20.125Z'],
    ['20240229', '1970-08-23T06:17:09Z'],
    ['253402300800', '253402300800'],
  ])('%s is %s', (text, shown) => {
    expect(reshow(text)).toBe(shown)
  })

  it.each([
    ['1970', '0'],
    ['1970-01-02', '86400'],
    ['2001-09-09T01:46:40Z', '1000000000'],
    ['0000', '-62167219200'],
    ['0001', '-62135596800'],
    ['1969-12-31T23:59:59.75Z', '-0.25'],
  ])('%s is %s seconds from the epoch', (text, expected) => {
    expect(seconds(text)).toBe(expected)
  })
})

describe('a text that is no instant is not read', () => {
  it.each(
    [
      '',
      ' 2024',
      '2024 ',
      '2024\n',
      '2024-',
      '2024-1',
      '2024-00',
      '2024-13',
      '2024-01-00',
      '2024-01-32',
      '2024-04-31',
      '2023-02-29',
      '1900-02-29',
      '2100-02-29',
      '2024-02-30',
      '2024-01-01T',
      '2024-01-01T00Z',
      '2024-01-01T00:00',
      '2024-01-01T00:00:00',
      '2024-01-01T24:00Z',
      '2024-01-01T23:60Z',
      '2024-01-01T23:59:60Z',
      '2024-01-01T00:00:00.Z',
      '2024-01-01T00:00.5Z',
      '2024-01-01t00:00Z',
      '2024-01-01T00:00z',
      '2024-01-01 00:00Z',
      '2024-01-01T00:00+0100',
      '2024-01-01T00:00+01',
      '2024-01-01T00:00+1:00',
      '2024-01-01T00:00+24:00',
      '2024-01-01T00:00+00:60',
      '2024-01-01Z',
      '20240229T000000Z',
      '2024-W01',
      '2024-001',
      '-2024-01-01',
      '+12024-01-01',
      '12024-01-01',
      '1e3',
      '1.7e9',
      '0x10',
      '.5',
      '5.',
      'now',
      'Infinity',
      '2024-01-01T00:00:00,5Z',
      '２０２４',
      '9'.repeat(1001),
      `2024-01-01T00:00:00.${'1'.repeat(1000)}Z`,
    ].filter((text) => text !== '24'),
  )('%j', (text) => {
    expect(I.parse(text)).toEqual(O.none)
  })

  it('texts of more than a thousand characters are refused', () => {
    expect(I.parse('9'.repeat(1001))).toEqual(O.none)
    expect(I.parse(`2024-01-01T00:00:00.${'1'.repeat(1000)}Z`)).toEqual(O.none)
  })
})

// Whole seconds of the years 0000 to 9999, often near a day's or the epoch's edge.
const wholeSecond = fc.oneof(
  fc.integer({ min: -62_167_219_200, max: 253_402_300_799 }),
  fc
    .integer({ min: -719_528, max: 2_932_895 })
    .chain((day) => fc.integer({ min: -2, max: 2 }).map((near) => (day + 1) * 86_400 + near)),
)
const fraction = fc.oneof(fc.constant(''), fc.stringMatching(/^[0-9]{1,30}$/))
const offset = fc.record({ sign: fc.constantFrom(1, -1), hours: fc.nat(23), minutes: fc.nat(59) })
const instant: fc.Arbitrary<I.Instant> = fc.tuple(wholeSecond, fraction).map(([whole, digits]) =>
  pipe(
    D.parse(`${String(whole)}${digits === '' ? '' : `.${digits}`}`),
    O.getOrElse(() => D.zero),
    I.fromEpochSeconds,
  ),
)
const pad = (value: number): string => String(value).padStart(2, '0')

describe('laws', () => {
  it('parse ∘ show = some', () => {
    fc.assert(fc.property(instant, (value) => O.getEq(I.Eq).equals(I.parse(I.show(value)), O.some(value))))
  })

  it('parse ∘ show = some also where the date spelling would be too long', () => {
    const value = O.getOrElse(() => D.zero)(D.parse(`-1700000000.${'7'.repeat(980)}`))
    expect(I.parse(I.show(I.fromEpochSeconds(value)))).toEqual(O.some(I.fromEpochSeconds(value)))
  })

  it('a date-time with offset is the local clock minus the offset', () => {
    fc.assert(
      fc.property(wholeSecond, fraction, offset, (whole, digits, { sign, hours, minutes }) => {
        const local = new Date(whole * 1000).toISOString().slice(0, 19)
        const text = `${local}${digits === '' ? '' : `.${digits}`}${sign < 0 ? '-' : '+'}${pad(hours)}:${pad(minutes)}`
        const start = D.fromBigInt(BigInt(whole - sign * (hours * 3600 + minutes * 60)))
        const part = O.getOrElse(() => D.zero)(D.parse(`0.${digits === '' ? '0' : digits}`))
        return seconds(text) === D.show(pipe(start, D.add(part)))
      }),
      { numRuns: 500 },
    )
  })

  it('a day exists exactly when the calendar has it, in every year of a cycle', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1583, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, day) => {
          const date = new Date(Date.UTC(year, month - 1, day))
          const exists =
            date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
          return O.isSome(I.parse(`${String(year)}-${pad(month)}-${pad(day)}`)) === exists
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('Ord is the order of epoch seconds, and the canonical date spellings of whole seconds sort the same way', () => {
    fc.assert(
      fc.property(wholeSecond, wholeSecond, (first, second) => {
        const [left, right] = [first, second].map((whole) => I.fromEpochSeconds(D.fromBigInt(BigInt(whole))))
        if (left === undefined || right === undefined) return false
        return (
          I.Ord.compare(left, right) === Math.sign(first - second) &&
          I.Show.show(left) < I.Show.show(right) === first < second &&
          I.Ord.equals(left, right) === (first === second)
        )
      }),
    )
  })
})
