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
  let [plain, longNumbers] = [true, false]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      for (i++; i < text.length; i++) {
        const inner = text.charCodeAt(i)
        if (inner === QUOTE) break
        if (inner > 0xff) plain = false
        else if (inner === BACKSLASH) {
          plain = false
          i++
        }
      }
      continue
    }
    number = isNumberPart(code) ? number + 1 : 0
    if (number > SAFE_NUMBER || (number > 1 && (code | 0x20) === 0x65)) longNumbers = true
    if (code <= 0x20) blanks++
    else if (code === 0x3a) members++
    else if (code === 0x7b || code === 0x5b) depth = Math.max(depth, ++level)
    else if (code === 0x7d || code === 0x5d) level--
  }
  return { members, blanks, depth, plain, longNumbers }
}

/** Digits, sign, point, and the `e` of an exponent (in `true` and `false` it stands first and so for none). */
const isNumberPart = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x2d || code === 0x2b || (code | 0x20) === 0x65
