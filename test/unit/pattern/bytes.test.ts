import { Buffer } from 'node:buffer'

import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'

import * as B from '../../../src/pattern/Bytes.js'
import * as Truth from '../../../src/pattern/Truth.js'

const octets = (text: string): readonly number[] | undefined =>
  pipe(B.parse(text), O.map(B.toOctets), O.toUndefined)

describe('base64 is read strictly', () => {
  it.each([
    ['', []],
    ['AA==', [0]],
    ['/w==', [255]],
    ['+/8=', [251, 255]],
    ['QmFzZTY0', [66, 97, 115, 101, 54, 52]],
    ['AAAA', [0, 0, 0]],
  ])('%j', (text, expected) => {
    expect(octets(text)).toEqual(expected)
  })

  it.each([
    '=',
    '==',
    '===',
    '====',
    'A',
    'AA',
    'AAA',
    'A===',
    'AA=',
    'AA=A',
    'AB==',
    'AC==',
    'AE==',
    'AI==',
    'AAC=',
    'AAB=',
    'AA==AA==',
    'AAAA=',
    ' AA==',
    'AA==\n',
    'A A=',
    '-_8=',
    'ÄA==',
    'AA==A',
    'AAAAA===',
    'AAA=====',
    'AA\u0000=',
  ])('%j is refused', (text) => {
    expect(B.parse(text)).toEqual(O.none)
  })

  it('four million characters are read without overflow', () => {
    expect(O.isSome(B.parse('Ab0/'.repeat(1_000_000)))).toBe(true)
    expect(O.isSome(B.parse(`${'Ab0/'.repeat(1_000_000)}A=A=`))).toBe(false)
  })
})

const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 12 })

describe('laws of bytes', () => {
  it('fromOctets spells as Buffer does, and toOctets undoes it', () => {
    fc.assert(
      fc.property(bytes, (values) => {
        const made = B.fromOctets(values)
        expect(B.show(made)).toBe(Buffer.from(values).toString('base64'))
        expect(B.toOctets(made)).toEqual(values)
        expect(B.parse(B.show(made))).toEqual(O.some(made))
      }),
    )
  })

  it('a text is read exactly when it is the spelling of the bytes that a lenient reader finds', () => {
    const seen = { yes: 0, no: 0 }
    fc.assert(
      fc.property(
        bytes,
        fc.nat(15),
        fc.constantFrom('', 'A', 'B', '=', '==', '-', ' '),
        (values, at, inserted) => {
          const whole = Buffer.from(values).toString('base64')
          const text = whole.slice(0, at) + inserted + whole.slice(at)
          const strict = Buffer.from(text, 'base64').toString('base64') === text
          seen[strict ? 'yes' : 'no'] += 1
          expect(O.isSome(B.parse(text))).toBe(strict)
        },
      ),
      { numRuns: 500 },
    )
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(50)
  })

  it('numbers are taken modulo 256', () => {
    expect(B.fromOctets([256, -1, 511])).toBe(B.fromOctets([0, 255, 255]))
  })

  it('Ord is total and agrees with Eq', () => {
    fc.assert(
      fc.property(bytes, bytes, (first, second) => {
        const [left, right] = [B.fromOctets(first), B.fromOctets(second)]
        return (
          B.Ord.compare(left, right) + B.Ord.compare(right, left) === 0 &&
          (B.Ord.compare(left, right) === 0) === B.Eq.equals(left, right) &&
          B.Eq.equals(left, right) === (JSON.stringify(first) === JSON.stringify(second))
        )
      }),
    )
  })
})

describe('a truth value is read in any case', () => {
  it.each([
    ['true', true],
    ['TRUE', true],
    ['tRuE', true],
    ['false', false],
    ['False', false],
  ])('%s', (text, expected) => {
    expect(Truth.parse(text)).toEqual(O.some(expected))
    expect(Truth.parse(Truth.show(expected))).toEqual(O.some(expected))
  })

  it.each([
    '',
    ' true',
    'true ',
    'true\n',
    't',
    'yes',
    '1',
    '0',
    'truе',
    'falſe',
    'untrue',
    'falsey',
    '${x}',
  ])('%j is refused', (text) => {
    expect(Truth.parse(text)).toEqual(O.none)
  })
})
