/**
 * `Bytes` is a string of bytes, held as its one strict base64 spelling.
 *
 * Laws: 1. `parse(show(b)) = some(b)`   2. `===` is equality of the bytes, because the reader accepts one spelling only
 * 3. `fromOctets(toOctets(b)) = b`
 * Source: RFC 4648 section 4, with the strictness that its section 3.5 allows.
 *
 * @since 0.1.0
 */
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import type * as Ord_ from 'fp-ts/lib/Ord.js'

// ---- model ----

declare const brand: unique symbol

/**
 * A string of bytes. Structural equality (`===`) is equality of the bytes.
 *
 * @category model
 * @since 0.1.0
 */
export type Bytes = string & { readonly [brand]: 'Bytes' }

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

// eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the one place where the brand is given
const unsafe = (base64: string): Bytes => base64 as Bytes

// A last group of two characters carries 8 of 12 bits, one of three characters 16 of 18.
const spareBits = (padding: number): number => (padding === 2 ? 0b1111 : padding === 1 ? 0b11 : 0)

// ---- constructors ----

/**
 * Reads base64: standard alphabet, full padding, no white space, spare bits zero; `none` for anything else.
 *
 * **Details** the empty text reads as no bytes.
 * **Cost** linear in the length of the text.
 * **Source** docs/semantics.md CO-Y1, U-3.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): O.Option<Bytes> => {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const body = text.slice(0, text.length - padding)
  // Searching for one foreign character never backtracks, however long the text.
  if (text.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(body)) return O.none
  const last = alphabet.indexOf(body.slice(-1))
  return (last & spareBits(padding)) === 0 ? O.some(unsafe(text)) : O.none
}

/**
 * The bytes with these values; each number is taken modulo 256.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromOctets = (octets: readonly number[]): Bytes => {
  // local mutation: output characters
  const out: string[] = []
  for (let at = 0; at < octets.length; at += 3) {
    const [first = 0, second = 0, third = 0] = octets.slice(at, at + 3)
    const group = ((first & 255) << 16) | ((second & 255) << 8) | (third & 255)
    const present = Math.min(3, octets.length - at) + 1
    for (let place = 0; place < 4; place += 1) {
      out.push(place < present ? alphabet.charAt((group >> (18 - 6 * place)) & 63) : '=')
    }
  }
  return unsafe(out.join(''))
}

// ---- destructors ----

/**
 * The base64 spelling.
 *
 * @category destructors
 * @since 0.1.0
 */
export const show = (bytes: Bytes): string => bytes

/**
 * The values of the bytes, each 0 to 255.
 *
 * @category destructors
 * @since 0.1.0
 */
export const toOctets = (bytes: Bytes): readonly number[] => {
  // local mutation: bit buffer and output
  const out: number[] = []
  let buffer = 0
  let bits = 0
  for (const character of bytes) {
    if (character === '=') break
    buffer = ((buffer << 6) | alphabet.indexOf(character)) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      out.push((buffer >> bits) & 255)
    }
  }
  return out
}

// ---- instances ----

/**
 * Equality of the bytes.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Bytes> = { equals: (first, second) => first === second }

/**
 * A total order, that of the base64 spellings: fit for sorting, without further meaning.
 *
 * @category instances
 * @since 0.1.0
 */
export const Ord: Ord_.Ord<Bytes> = {
  equals: Eq.equals,
  compare: (first, second) => (first === second ? 0 : first < second ? -1 : 1),
}
