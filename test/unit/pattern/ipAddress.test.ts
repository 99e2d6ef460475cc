import { isIP } from 'node:net'

import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import ipaddr from 'ipaddr.js'
import { describe, expect, it } from 'vitest'

import * as Ip from '../../../src/pattern/IpAddress.js'

const reshow = (text: string): string | undefined =>
  pipe(Ip.parseAddress(text), O.map(Ip.show), O.toUndefined)
const reshowBlock = (text: string): string | undefined =>
  pipe(Ip.parseBlock(text), O.map(Ip.showBlock), O.toUndefined)
const lies = (block: string, address: string): boolean | undefined =>
  O.toUndefined(
    pipe(
      Ip.parseBlock(block),
      O.chain((within) => pipe(Ip.parseAddress(address), O.map(Ip.contains(within)))),
    ),
  )

describe('an address is read and shown in its canonical form', () => {
  it.each([
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['::', '::'],
    ['::1', '::1'],
    ['2001:DB8::00a1', '2001:db8::a1'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8'],
    ['1:0:3:4:5:6:7:8', '1:0:3:4:5:6:7:8'],
    ['1:0:0:4:0:0:0:8', '1:0:0:4::8'],
    ['1:0:0:4:5:0:0:8', '1::4:5:0:0:8'],
    ['::ffff:1.2.3.4', '::ffff:102:304'],
    ['::1.2.3.4', '::102:304'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
    ['ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ])('%s is %s', (text, shown) => {
    expect(reshow(text)).toBe(shown)
  })
})

describe('a text that is no address is not read', () => {
  it.each([
    '',
    ' ',
    ' 1.2.3.4',
    '1.2.3.4 ',
    '1.2.3.4\n',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.',
    '1.2.3.256',
    '1.2.3.04',
    '01.2.3.4',
    '0x1.2.3.4',
    '1.2.3.-4',
    '1.2.3.4:80',
    '16909060',
    '0',
    '010.0.0.1',
    '１.2.3.4',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '12345::',
    '::g',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:',
    '1:2:3:4::5:6:7:8',
    '[::1]',
    'fe80::1%eth0',
    'fe80::1%1',
    '::1.2.3',
    '::1.2.3.256',
    '::01.2.3.4',
    '::0x1.2.3.4',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '1:2:3:4:5:6:7:1.2.3.4',
    '::1/128',
    '1.2.3.4/32',
    '*',
    '0::0::0',
    `::${'0'.repeat(100)}1`,
  ])('%j', (text) => {
    expect(Ip.parseAddress(text)).toEqual(O.none)
  })
})

describe('a block is read, its host bits dropped', () => {
  it.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['203.0.113.7', '203.0.113.7/32'],
    ['203.0.113.7/31', '203.0.113.6/31'],
    ['1.2.3.4/0', '0.0.0.0/0'],
    ['::/0', '::/0'],
    ['2001:db8::1/32', '2001:db8::/32'],
    ['::ffff:0:0/96', '::ffff:0:0/96'],
    ['::ffff:1.2.3.4/120', '::ffff:102:300/120'],
    ['::1', '::1/128'],
  ])('%s is %s', (text, shown) => {
    expect(reshowBlock(text)).toBe(shown)
  })

  it.each([
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/+8',
    '10.0.0.0/8 ',
    '10.0.0.0/8/8',
    '10.0.0.0/255.0.0.0',
    '10.0.0/8',
    '/8',
    '10.0.0.0 /8',
    '::/129',
    '::/0128',
    '::/1e2',
    '::1%eth0/64',
    '',
    '10.0.0.0/00',
    '10.0.0.0/2147483648',
    '::/99999999999999999999',
  ])('%j is not read', (text) => {
    expect(Ip.parseBlock(text)).toEqual(O.none)
  })
})

describe('an address lies in a block of its own family only', () => {
  it.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/8', '9.255.255.255', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '1.2.3.4', false],
    ['::/0', 'ffff::', true],
    ['::ffff:0:0/96', '1.2.3.4', false],
    ['::ffff:0:0/96', '::ffff:1.2.3.4', true],
    ['1.2.3.4', '::ffff:1.2.3.4', false],
    ['2001:0db8::/32', '2001:DB8:0::1', true],
  ])('%s, %s: %s', (block, address, expected) => {
    expect(lies(block, address)).toBe(expected)
  })
})

const address: fc.Arbitrary<Ip.Address> = fc.oneof(
  fc.bigInt(0n, (1n << 32n) - 1n).map((value): Ip.Address => ({ family: 4, value })),
  // Groups that are often zero, so that runs of zeros of every kind occur.
  fc
    .array(fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
      minLength: 8,
      maxLength: 8,
    })
    .map((groups): Ip.Address => ({
      family: 6,
      value: groups.reduce((all, group) => (all << 16n) | BigInt(group), 0n),
    })),
)
const edit = fc.record({
  at: fc.nat(40),
  text: fc.constantFrom('', ':', '::', '.', '0', '1', 'f', 'g', '256', '00000', '%', '/', ' ', '1.2.3.4'),
})

describe('laws', () => {
  it('parseAddress ∘ show = some', () => {
    fc.assert(
      fc.property(address, (value) => {
        expect(Ip.parseAddress(Ip.show(value))).toEqual(O.some(value))
      }),
      { numRuns: 500 },
    )
  })

  it('the same texts are addresses, of the same family, as for the operating system', () => {
    const seen = { yes: 0, no: 0 }
    fc.assert(
      fc.property(address, fc.array(edit, { maxLength: 2 }), (value, edits) => {
        const text = edits.reduce((all, { at, text: inserted }) => {
          const place = at % (all.length + 1)
          return inserted === ''
            ? all.slice(0, place) + all.slice(place + 1)
            : all.slice(0, place) + inserted + all.slice(place)
        }, Ip.show(value))
        // The operating system takes a zone, this reader does not.
        const expected = text.includes('%') ? 0 : isIP(text)
        seen[expected === 0 ? 'no' : 'yes'] += 1
        expect(
          pipe(
            Ip.parseAddress(text),
            O.match(
              (): number => 0,
              ({ family }) => family,
            ),
          ),
        ).toBe(expected)
      }),
      { numRuns: 1000 },
    )
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(100)
  })

  it('blocks are equal just where they hold the same addresses', () => {
    const blocks = [
      '0.0.0.0/0',
      '0.0.0.0/1',
      '128.0.0.0/1',
      '::/0',
      '::/1',
      '::/96',
      '::/97',
      '8000::/1',
    ].flatMap((text) => O.toUndefined(Ip.parseBlock(text)) ?? [])
    expect(blocks).toHaveLength(8)
    for (const one of blocks)
      for (const other of blocks) expect(Ip.BlockEq.equals(one, { ...other })).toBe(one === other)
  })

  it('parseBlock ∘ showBlock = some, and a block holds the addresses that share its prefix', () => {
    fc.assert(
      fc.property(address, fc.nat(128), fc.nat(140), (value, length, flipped) => {
        const width = Ip.width(value.family)
        const prefix = Math.min(length, width)
        const block = Ip.blockOf(prefix)(value)
        const bit = Math.min(flipped, width - 1)
        const other: Ip.Address = {
          family: value.family,
          value: value.value ^ (1n << BigInt(width - 1 - bit)),
        }
        expect(O.getEq(Ip.BlockEq).equals(Ip.parseBlock(Ip.showBlock(block)), O.some(block))).toBe(true)
        expect(Ip.contains(block)(value)).toBe(true)
        expect(Ip.contains(block)(other)).toBe(bit >= prefix)
      }),
      { numRuns: 500 },
    )
  })

  it('a run of addresses that is no block shows both ends', () => {
    expect(Ip.showBlock({ family: 4, low: 1n, high: 2n })).toBe('0.0.0.1-0.0.0.2')
    expect(Ip.showBlock({ family: 6, low: 0n, high: 2n })).toBe('::-::2')
  })

  it('a prefix length outside the width is brought into it', () => {
    const one: Ip.Address = { family: 4, value: 7n }
    expect(Ip.blockOf(99)(one)).toEqual({ family: 4, low: 7n, high: 7n })
    expect(Ip.blockOf(-1)(one)).toEqual({ family: 4, low: 0n, high: (1n << 32n) - 1n })
  })
})

// All joins of up to `count` of these parts.
function* joins(parts: readonly string[], count: number, separator: string): Generator<string> {
  // local mutation: the words of one length more each time
  let words: readonly string[] = parts
  yield* words
  for (let length = 2; length <= count; length++) {
    words = words.flatMap((word) => parts.map((part) => word + separator + part))
    yield* words
  }
}

const byLibrary = (text: string): string | undefined =>
  ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text).toRFC5952String() : undefined

describe('an independent reader agrees on every text', () => {
  it.each<[string, readonly string[], number, string]>([
    ['of up to nine groups, present, zero or left out', ['', '0', 'a1'], 9, ':'],
    ['of up to nine letters', ['1', '0', ':'], 9, ''],
    ['with groups that are too long', ['', '00000', 'ffff', '12345'], 5, ':'],
  ])('%s', (_, parts, count, separator) => {
    const seen = { yes: 0, no: 0 }
    for (const text of joins(parts, count, separator)) {
      if (!text.includes(':')) continue
      const expected = byLibrary(text)
      seen[expected === undefined ? 'no' : 'yes'] += 1
      if (reshow(text) !== expected) expect([text, reshow(text)]).toStrictEqual([text, expected])
    }
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(10)
  })
})
