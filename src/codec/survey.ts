/**
 * What a text tells at a glance, by native searches: enough to know of nearly every valid policy that `JSON.parse` has
 * kept nothing to itself.
 *
 * @since 0.1.0
 */

const QUOTE = 0x22
const COLON = 0x3a
const BLANK = 0x20
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

// ---- predicates ----

/**
 * No escape and no character beyond U+00FF, so that every string of the text is fine as it stands.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isPlain = (text: string): boolean => !text.includes('\\') && !/[\u0100-\uffff]/.test(text)

/**
 * May some number of the text have more digits than a binary number surely holds, or an exponent? Every decimal of
 * fifteen digits survives the way through a binary number. May be wrong with a yes, as strings are looked at too.
 *
 * @category predicates
 * @since 0.1.0
 */
export const mayHaveLongNumbers = (text: string): boolean => /[\s:,[](?:[-\d.]{16}|[-\d.]+[eE])/.test(text)

/**
 * Is the text, if it is JSON, nested too deep to be parsed at all? `JSON.parse` takes a microsecond and more for each level, so a
 * text that consists of brackets would keep it for long; with few brackets the depth may as well be found afterwards.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isDeep = (limit: number, text: string): boolean =>
  hasMany('[', text) || hasMany('{', text) ? depth(text) > limit : false

/** So many levels are parsed in some 20 ms. */
const many = 16_384

const hasMany = (bracket: string, text: string): boolean => {
  let left = many // local mutation: countdown
  for (let i = text.indexOf(bracket); i !== -1 && left > 0; i = text.indexOf(bracket, i + 1)) left--
  return left === 0
}

const depth = (text: string): number => {
  let [deepest, level] = [0, 0] // local mutation: one pass
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = closingQuote(text, i + 1)
    else level += nesting(code)
    if (level > deepest) deepest = level
  }
  return deepest
}

const nesting = (code: number): number => {
  if (code === OPEN_BRACE || code === OPEN_BRACKET) return 1
  return code === CLOSE_BRACE || code === CLOSE_BRACKET ? -1 : 0
}

// ---- destructors ----

/**
 * At least the number of members that the objects of a JSON text have: more than the parsed value has means that a
 * key may stand twice. It is the exact number unless a string holds what looks like the end of a member name.
 *
 * @category destructors
 * @since 0.1.0
 */
export const countColons = (text: string): number => {
  let count = 0 // local mutation: sum
  for (let i = text.indexOf(':'); i !== -1; i = text.indexOf(':', i + 1)) if (endsName(text, i)) count++
  return count
}

/** Before the colon stands a quote; and after it no other colon, with which no value begins (but `"::1"` does). */
const endsName = (text: string, colon: number): boolean => {
  let i = colon - 1 // local mutation: cursor
  while (text.charCodeAt(i) <= BLANK) i--
  return text.charCodeAt(i) === QUOTE && text.charCodeAt(colon + 1) !== COLON
}

/**
 * The white space between the tokens of a JSON text, in characters.
 *
 * @category destructors
 * @since 0.1.0
 */
export const countBlanks = (text: string): number => {
  let blanks = 0 // local mutation: one pass
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = closingQuote(text, i + 1)
    else if (code <= BLANK) blanks++
  }
  return blanks
}

/** Where the string ends that begins before `from`. */
const closingQuote = (text: string, from: number): number => {
  let i = text.indexOf('"', from) // local mutation: cursor
  while (i !== -1 && isEscaped(text, from, i)) i = text.indexOf('"', i + 1)
  return i === -1 ? text.length : i
}

const isEscaped = (text: string, from: number, quote: number): boolean => {
  let i = quote // local mutation: cursor
  while (i > from && text[i - 1] === '\\') i--
  return (quote - i) % 2 === 1
}
