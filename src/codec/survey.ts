/**
 * A first look at JSON text: one cheap pass that checks nothing and counts what `JSON.parse` does not tell.
 *
 * @since 0.1.0
 */

// ---- model ----

/**
 * What the first look found.
 *
 * - `members`: so many members of objects; more than the parsed value has means that a key stands twice.
 * - `blanks`: characters of white space between tokens.
 * - `depth`: the deepest nesting.
 * - `plain`: no escape and no character beyond U+00FF, so that every string is fine as it stands.
 * - `longNumbers`: some number has an exponent or more digits than a binary number surely holds.
 *
 * Counts mean something for valid JSON only.
 *
 * @category model
 * @since 0.1.0
 */
export interface Survey {
  readonly members: number
  readonly blanks: number
  readonly depth: number
  readonly plain: boolean
  readonly longNumbers: boolean
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

/** Every decimal of fifteen digits survives the way through a binary number; a point and a sign add two characters. */
const SAFE_NUMBER = 15

// ---- constructors ----

/**
 * Takes a first look at a text.
 *
 * **Cost** one pass, no allocation.
 *
 * @category constructors
 * @since 0.1.0
 */
export const survey = (text: string): Survey => {
  // local mutation: the hot loop of the codec
  let [members, blanks, depth, level, number] = [0, 0, 0, 0, 0]
  let plain = true
  let longNumbers = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      const end = closingQuote(text, i + 1)
      plain = plain && end >= 0
      i = end < 0 ? ~end : end
      continue
    }
    number = isNumberPart(code) ? number + 1 : 0
    longNumbers = longNumbers || isLong(number, code)
    if (code <= 0x20) blanks++
    else if (code === 0x3a) members++
    else level += nesting(code)
    if (level > depth) depth = level
  }
  return { members, blanks, depth, plain, longNumbers }
}

const nesting = (code: number): number => {
  if (code === OPEN_BRACE || code === OPEN_BRACKET) return 1
  return code === CLOSE_BRACE || code === CLOSE_BRACKET ? -1 : 0
}

/** `code` is part `number` of what may be a number: is it one too many, or an exponent? */
const isLong = (number: number, code: number): boolean =>
  number > SAFE_NUMBER || (number > 1 && (code | 0x20) === 0x65)

/** Digits, sign, point, and the `e` of an exponent (in `true` and `false` it stands first and so for none). */
const isNumberPart = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x2d || code === 0x2b || (code | 0x20) === 0x65

/** Where a string ends that begins before `from`; `~end` when it is not plain. */
const closingQuote = (text: string, from: number): number => {
  let i = from // local mutation: the hottest loop
  let plain = true
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) break
    if (code === BACKSLASH) i++
    plain = plain && code <= 0xff && code !== BACKSLASH
  }
  return plain ? i : ~i
}
