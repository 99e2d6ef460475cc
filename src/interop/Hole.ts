/**
 * A `Hole` stands in a text for a piece that is not known. It is text itself, so that texts with holes are joined, split
 * and compared like others: two equal holes stand for the same piece. It begins and ends with a character of Unicode's
 * private use area, which stands in no policy; `clean` turns such characters of an input into a hole of their own.
 *
 * Laws: 1. `holesIn(hole(h))` is `[h]`  2. `fill(f)(text)` is `text` when there is no hole in it
 *
 * @since 0.1.0
 */
import { isList, isRecord } from '../codec/index.js'
import type { GapCode } from './Gap.js'
import { at } from './pointer.js'

// ---- model ----

/**
 * Why a piece is not known, and what it is called.
 *
 * @category model
 * @since 0.1.0
 */
export type HoleCode = Extract<
  GapCode,
  'InvalidInput' | 'KnownAfterApply' | 'UnknownName' | 'UnresolvedReference' | 'UnresolvedToken'
>

/**
 * A piece that is not known.
 *
 * @category model
 * @since 0.1.0
 */
export interface Hole {
  readonly code: HoleCode
  readonly name: string
}

/**
 * A hole and where it stands.
 *
 * @category model
 * @since 0.1.0
 */
export interface LocatedHole extends Hole {
  readonly pointer: string
}

const OPEN = '\u{E000}'
const CLOSE = '\u{E001}'
const pattern = /\u{E000}([^\u{E000}\u{E001}]*)\u{E001}/gu

const codes: readonly HoleCode[] = [
  'InvalidInput',
  'KnownAfterApply',
  'UnknownName',
  'UnresolvedReference',
  'UnresolvedToken',
]

// ---- constructors ----

/**
 * The text of a hole.
 *
 * @category constructors
 * @since 0.1.0
 */
export const hole = (code: HoleCode, name: string): string =>
  `${OPEN}${code} ${name.replaceAll(/[\u{E000}\u{E001}]/gu, '')}${CLOSE}`

/**
 * A text in which the characters that mark holes have become holes.
 *
 * @category combinators
 * @since 0.1.0
 */
export const clean = (text: string): string =>
  text.replaceAll(/[\u{E000}\u{E001}]/gu, hole('InvalidInput', 'private use character'))

// ---- predicates ----

/**
 * Is some piece of this text not known?
 *
 * @category predicates
 * @since 0.1.0
 */
export const hasHole = (text: string): boolean => text.includes(OPEN)

/**
 * Is nothing of this text known?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isHole = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith(OPEN) && value.indexOf(CLOSE) === value.length - 1

/**
 * May two texts be the same, whatever stands in their holes? Of two that both have holes, they are taken to be.
 *
 * @category predicates
 * @since 0.1.0
 */
export const mayEqual = (left: string, right: string): boolean => {
  if (!hasHole(left) && !hasHole(right)) return left === right
  if (hasHole(left) && hasHole(right)) return true
  const [vague, text] = hasHole(left) ? [left, right] : [right, left]
  const [first = '', ...rest] = vague.replaceAll(pattern, OPEN).split(OPEN)
  const last = rest.at(-1) ?? ''
  let from = first.length // local mutation: how far the text is matched
  for (const piece of rest.slice(0, -1)) {
    const found = text.indexOf(piece, from)
    if (found < 0) return false
    from = found + piece.length
  }
  return text.startsWith(first) && text.endsWith(last) && from + last.length <= text.length
}

// ---- destructors ----

const holeOf = (inner: string): Hole => {
  const code = codes.find((known) => inner.startsWith(`${known} `))
  return { code: code ?? 'InvalidInput', name: inner.slice(inner.indexOf(' ') + 1) }
}

/**
 * The holes of a text, in order.
 *
 * @category destructors
 * @since 0.1.0
 */
export const holesIn = (text: string): readonly Hole[] =>
  hasHole(text) ? Array.from(text.matchAll(pattern), ([, inner = '']) => holeOf(inner)) : []

/**
 * A text with something in place of each hole.
 *
 * @category combinators
 * @since 0.1.0
 */
export const fill =
  (by: (one: Hole) => string) =>
  (text: string): string =>
    hasHole(text) ? text.replaceAll(pattern, (_, inner: string) => by(holeOf(inner))) : text

/**
 * A text for people: each hole as `${name}`.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show: (text: string) => string = fill(({ name }) => `\${${name}}`)

/**
 * All holes of a value, keys of objects included, each with its place. The value is plain data of bounded depth.
 *
 * @category destructors
 * @since 0.1.0
 */
export const locate = (value: unknown, pointer: string): readonly LocatedHole[] => {
  if (typeof value === 'string') return holesIn(value).map((one) => ({ ...one, pointer }))
  if (isList(value)) return value.flatMap((item, i) => locate(item, at(pointer, i)))
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const here = at(pointer, show(key))
    return [...holesIn(key).map((one) => ({ ...one, pointer: here })), ...locate(item, here)]
  })
}
