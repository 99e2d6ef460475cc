/**
 * Internet addresses of both families, and blocks of them (`10.0.0.0/8`, `2001:db8::/32`).
 *
 * Laws: 1. `parseAddress(show(a)) = some(a)`   2. `parseBlock(a)` is the block of `a` alone
 * 3. the families never meet: `::ffff:1.2.3.4` is an IPv6 address and lies in no IPv4 block
 * Source: RFC 4291 section 2.2 (reading), RFC 5952 section 4 (printing), RFC 4632 section 3.1 (blocks).
 *
 * @since 0.1.0
 */
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'

// ---- model ----

/**
 * The two kinds of address; no address belongs to both.
 *
 * @category model
 * @since 0.1.0
 */
export type Family = 4 | 6

/**
 * One address: its family and its bits read as a whole number (32 bits for family 4, 128 for family 6).
 *
 * @category model
 * @since 0.1.0
 */
export interface Address {
  readonly family: Family
  readonly value: bigint
}

/**
 * A run of addresses of one family, both ends included; as read by `parseBlock` a power of two of them, aligned.
 *
 * @category model
 * @since 0.1.0
 */
export interface Block {
  readonly family: Family
  readonly low: bigint
  readonly high: bigint
}

/**
 * The number of bits of an address.
 *
 * @category model
 * @since 0.1.0
 */
export const width = (family: Family): number => (family === 4 ? 32 : 128)

// ---- constructors ----

const join = (parts: readonly number[], bits: bigint): bigint =>
  parts.reduce((value, part) => (value << bits) | BigInt(part), 0n)

// Without leading zeros: some readers take `010` as octal, so such a text has no one meaning.
const isOctet = (text: string): boolean => /^(?:0|[1-9][0-9]{0,2})$/.test(text) && Number(text) <= 255

const parseFour = (text: string): O.Option<Address> => {
  const parts = text.split('.')
  return parts.length === 4 && parts.every(isOctet)
    ? O.some({ family: 4, value: join(parts.map(Number), 8n) })
    : O.none
}

const isGroup = (text: string): boolean => /^[0-9A-Fa-f]{1,4}$/.test(text)

// A dotted end, as in `::ffff:1.2.3.4`, stands for the last two groups.
const withoutDottedEnd = (text: string): O.Option<string> => {
  const start = text.lastIndexOf(':') + 1
  const end = text.slice(start)
  return end.includes('.')
    ? pipe(
        parseFour(end),
        O.map(
          ({ value }) =>
            `${text.slice(0, start)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`,
        ),
      )
    : O.some(text)
}

const groupsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(':'))

// `::`, at most once, stands for one or more groups of zeros.
const withAllGroups = (text: string): readonly string[] => {
  const [head = '', tail, ...more] = text.split('::')
  if (tail === undefined || more.length > 0) return groupsOf(text)
  const [first, last] = [groupsOf(head), groupsOf(tail)]
  return [
    ...first,
    ...Array.from({ length: Math.max(1, 8 - first.length - last.length) }, () => '0'),
    ...last,
  ]
}

const parseSix = (text: string): O.Option<Address> =>
  pipe(
    withoutDottedEnd(text),
    O.map(withAllGroups),
    O.filter((groups) => groups.length === 8 && groups.every(isGroup)),
    O.map((groups) => ({
      family: 6,
      value: join(
        groups.map((group) => parseInt(group, 16)),
        16n,
      ),
    })),
  )

// The longest IPv6 spelling: six groups and a dotted end.
const maximumLength = 45

/**
 * Reads an address: four decimal parts without leading zeros, or any standard IPv6 form without a zone.
 *
 * **Details** `none` for anything else. An IPv4-mapped IPv6 address stays an IPv6 address.
 * **Source** docs/semantics.md CO-P1, CO-P3, U-3.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parseAddress = (text: string): O.Option<Address> =>
  text.length > maximumLength ? O.none : text.includes(':') ? parseSix(text) : parseFour(text)

/**
 * The block of the addresses that agree with this one in their first `length` bits.
 *
 * **Details** `length` is brought into 0 to `width(family)`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const blockOf =
  (length: number) =>
  ({ family, value }: Address): Block => {
    const host = BigInt(width(family) - Math.max(0, Math.min(width(family), Math.trunc(length))))
    const low = (value >> host) << host
    return { family, low, high: low | ((1n << host) - 1n) }
  }

/**
 * Reads a block: an address, or an address and a prefix length (`10.0.0.0/8`).
 *
 * **Details** a lone address is the block of itself; bits of the address beyond the prefix are ignored. `none` for a
 * length with leading zeros or a sign, or beyond the width of the family.
 * **Source** docs/semantics.md CO-P1, CO-P2, U-3.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parseBlock = (text: string): O.Option<Block> => {
  const slash = text.indexOf('/')
  const suffix = slash < 0 ? undefined : text.slice(slash + 1)
  return pipe(
    parseAddress(slash < 0 ? text : text.slice(0, slash)),
    O.chain((address) =>
      suffix === undefined
        ? O.some(blockOf(width(address.family))(address))
        : /^(?:0|[1-9][0-9]{0,2})$/.test(suffix) && Number(suffix) <= width(address.family)
          ? O.some(blockOf(Number(suffix))(address))
          : O.none,
    ),
  )
}

// ---- predicates ----

/**
 * Whether the address lies in the block; `contains(block)(address)`.
 *
 * @category predicates
 * @since 0.1.0
 */
export const contains =
  (block: Block) =>
  (address: Address): boolean =>
    block.family === address.family && block.low <= address.value && address.value <= block.high

// ---- rendering ----

const split = (value: bigint, count: number, bits: number): readonly number[] =>
  Array.from({ length: count }, (_, index) =>
    Number((value >> BigInt(bits * (count - 1 - index))) & ((1n << BigInt(bits)) - 1n)),
  )

// The leftmost of the longest runs of zeros shrinks to `::`, unless it is a single one (RFC 5952 section 4.2).
const showGroups = (groups: readonly string[]): string => {
  const zerosFrom = (start: number): number => {
    const end = groups.findIndex((group, index) => index >= start && group !== '0')
    return (end < 0 ? groups.length : end) - start
  }
  const start = groups.reduce((best, _, index) => (zerosFrom(index) > zerosFrom(best) ? index : best), 0)
  return zerosFrom(start) < 2
    ? groups.join(':')
    : `${groups.slice(0, start).join(':')}::${groups.slice(start + zerosFrom(start)).join(':')}`
}

/**
 * The canonical spelling of an address; IPv6 in hexadecimal groups throughout, also where IPv4 is embedded.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = ({ family, value }: Address): string =>
  family === 4
    ? split(value, 4, 8).join('.')
    : showGroups(split(value, 8, 16).map((group) => group.toString(16)))

/**
 * The canonical spelling of a block: `address/length`, the length also where it is the full width.
 *
 * **Details** a run that is not an aligned power of two has no such spelling and shows as `low-high`.
 *
 * @category rendering
 * @since 0.1.0
 */
export const showBlock = (block: Block): string => {
  const low: Address = { family: block.family, value: block.low }
  const host = (block.high - block.low).toString(2).replace(/^0$/, '').length
  const aligned = blockOf(width(block.family) - host)(low)
  return BlockEq.equals(aligned, block)
    ? `${show(low)}/${String(width(block.family) - host)}`
    : `${show(low)}-${show({ family: block.family, value: block.high })}`
}

// ---- instances ----

/**
 * Equality of blocks: the same addresses.
 *
 * @category instances
 * @since 0.1.0
 */
export const BlockEq: Eq_.Eq<Block> = {
  equals: (first, second) =>
    first.family === second.family && first.low === second.low && first.high === second.high,
}
