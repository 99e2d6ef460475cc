/**
 * Pasted text made ready to be searched: escapes undone, colours, frames, tags and what logs put before each line removed,
 * and all white space taken out, so that a phrase is found however its lines were broken.
 *
 * @since 0.1.0
 */

// ---- model ----

/**
 * A text without white space. `folded` is `squeezed` with ASCII letters in lower case, of the same length. `gaps[i]`
 * tells what stood before the character `i`: nothing, blanks, or blanks with a line break.
 *
 * @category model
 * @since 0.1.0
 */
export interface Squeezed {
  readonly squeezed: string
  readonly folded: string
  readonly gaps: readonly Gap[]
}

/**
 * What stood between two characters.
 *
 * @category model
 * @since 0.1.0
 */
export type Gap = 0 | 1 | 2

const none = 0
const blank = 1
const lineBreak = 2

// ---- constructors ----

/**
 * Makes a text ready.
 *
 * **Cost** linear in the text.
 *
 * @category constructors
 * @since 0.1.0
 */
export const squeeze = (text: string): Squeezed => {
  const plain = withoutPrefixes(withoutTags(withoutColours(unescaped(text))))
  const kept: string[] = [] // local mutation: one pass
  const gaps: Gap[] = [] // local mutation: one pass
  let gap: Gap = lineBreak // local mutation: what was skipped since the last character kept
  for (const char of plain) {
    if (isInvisible(char)) continue // first, as `\s` takes one of them for a blank
    if (isLineBreak(char)) gap = lineBreak
    else if (isBlank(char)) gap = gap === lineBreak ? lineBreak : blank
    else {
      const letter = quotes.get(char) ?? char
      kept.push(letter)
      gaps.push(gap)
      if (letter.length > 1) gaps.push(none)
      gap = none
    }
  }
  const squeezed = kept.join('')
  return { squeezed, folded: foldAscii(squeezed), gaps }
}

const foldAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

const isLineBreak = (char: string): boolean => /[\n\r\u0085\u2028\u2029]/.test(char)

/** Frames that Terraform and others draw count as blanks. */
const isBlank = (char: string): boolean => /[\s\u0000-\u001f\u007f\u2500-\u257f]/.test(char)

const isInvisible = (char: string): boolean => /[\u00ad\u200b-\u200f\u2060\ufeff]/.test(char)

const quotes = new Map([
  ['\u2018', "'"],
  ['\u2019', "'"],
  ['\u201c', '"'],
  ['\u201d', '"'],
])

// ---- escapes ----

const entities = new Map([
  ['&quot;', '"'],
  ['&#34;', '"'],
  ['&#39;', "'"],
  ['&apos;', "'"],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
])

/** Escapes of JSON and of shells, however often they were applied, and the entities of HTML. */
const unescaped = (text: string): string =>
  text
    .replace(/&(?:quot|#34|#39|apos|lt|gt|amp);/g, (entity) => entities.get(entity) ?? entity)
    .replace(/\\+/g, '\\') // first, so that what follows need not look ahead of a long run
    .replace(/\\(?:u([0-9A-Fa-f]{4})|x1[Bb]|033|[nrt"'/]|e(?=\[))/g, (whole, code: string | undefined) =>
      code === undefined ? escapeOf(whole) : String.fromCharCode(Number.parseInt(code, 16)),
    )

const escapeOf = (whole: string): string => {
  const last = whole.slice(-1)
  if (whole.endsWith('x1b') || whole.endsWith('x1B') || whole.endsWith('033') || last === 'e') return '\u001b'
  return last === 'n' || last === 'r' ? '\n' : last === 't' ? ' ' : last
}

/** Control sequences of terminals, also where the escape character was written as `^[`. */
const withoutColours = (text: string): string =>
  text.replace(/(?:\u001b\[|\u009b|\^\[\[)[0-9;:?]{0,32}[A-Za-z]/g, '')

// ---- tags and prefixes ----

/** The tags of HTML in which people paste messages; other words in angle brackets stay, and so does XML. */
const withoutTags = (text: string): string =>
  text
    .replace(/<\/?(?:a|b|code|em|font|i|kbd|mark|samp|span|strong|tt|u)(?: [^<>]{0,200})?>/g, '')
    .replace(/<\/?(?:br|dd|div|dt|li|p|pre|td|th|tr)(?: [^<>]{0,200})?\/?>/g, '\n')

/** What stands before each line of a log: a time, the name of a container with a bar, a bar, the number of a build step. */
const withoutPrefixes = (text: string): string =>
  text
    .replace(
      /^[ \t]{0,64}\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?[ \t]/gm,
      '',
    )
    .replace(/^[ \t]{0,64}(?:[\w.-]{1,64}[ \t]{1,64})?\|(?![|\w])/gm, '')
    .replace(/^#\d{1,5} (?:\d{1,5}\.\d{1,3} )?/gm, '')

// ---- destructors ----

/**
 * The end of the word that starts at `from`: up to a blank, a quote, a bracket or what else no name has.
 *
 * @category destructors
 * @since 0.1.0
 */
export const wordEnd = ({ squeezed, gaps }: Squeezed, from: number, limit: number = longestName): number => {
  let end = from // local mutation: one pass, of bounded length
  while (end < squeezed.length && end - from < limit && isWordPart(squeezed.charAt(end))) {
    if (end > from && gaps[end] !== none) break
    end += 1
  }
  return end
}

/** Longer than any ARN. */
const longestName = 2048

const isWordPart = (char: string): boolean => /[A-Za-z0-9:/._*+=,@?#%~-]/.test(char)

/**
 * The name between two places: all of it, if nothing but line breaks divides it, else its first word without
 * punctuation at the end. Quotes around it are no part of it.
 *
 * @category destructors
 * @since 0.1.0
 */
export const nameBetween = (text: Squeezed, from: number, to: number): string => {
  const { start, end } = unquoted(text, from, to)
  return isJoined(text, start, end) ? text.squeezed.slice(start, end) : wordAt(text, start)
}

/**
 * Is what stands between two places one name, quotes around it aside?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isName = (text: Squeezed, from: number, to: number): boolean => {
  const { start, end } = unquoted(text, from, to)
  return isJoined(text, start, end)
}

/**
 * The word that starts at a place, without punctuation at its end.
 *
 * @category destructors
 * @since 0.1.0
 */
export const wordAt = (text: Squeezed, from: number): string =>
  trimmed(text.squeezed.slice(from, wordEnd(text, from)))

const unquoted = (
  { squeezed }: Squeezed,
  from: number,
  to: number,
): { readonly start: number; readonly end: number } => ({
  start: isQuote(squeezed.charAt(from)) ? from + 1 : from,
  end: isQuote(squeezed.charAt(to - 1)) ? to - 1 : to,
})

const isQuote = (char: string): boolean => /["'`]/.test(char)

const isJoined = ({ squeezed, gaps }: Squeezed, from: number, to: number): boolean => {
  if (to - from > longestName) return false
  for (let i = from; i < to; i += 1)
    if ((i > from && gaps[i] === blank) || isQuote(squeezed.charAt(i))) return false
  return true
}

const trimmed = (name: string): string => {
  let end = name.length // local mutation: one pass
  while (/[.,:;?]/.test(name.charAt(end - 1))) end -= 1
  return name.slice(0, end)
}

/**
 * Every place at which a phrase stands, in order.
 *
 * @category destructors
 * @since 0.1.0
 */
export const placesOf = (phrase: string, folded: string): readonly number[] => {
  const found: number[] = [] // local mutation: one pass
  for (let at = folded.indexOf(phrase); at !== -1; at = folded.indexOf(phrase, at + phrase.length))
    found.push(at)
  return found
}

// ---- predicates ----

/**
 * Is a phrase that stands at a place whole there: not a piece of a longer word or number?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isWhole = (text: Squeezed, phrase: string, at: number): boolean =>
  !touches(text, at, /[a-z0-9]/) && !touches(text, at + phrase.length, /[a-z0-9]/)

/**
 * Is a phrase that stands at a place spoken there, and not part of a name: of a role, a repository, a host?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isSpoken = (text: Squeezed, phrase: string, at: number): boolean =>
  !touches(text, at, /[a-z0-9_./@-]/) && !touches(text, at + phrase.length, /[a-z0-9_/@-]/)

/** Do letters of one word, or of one name, meet at a place? */
const touches = ({ folded, gaps }: Squeezed, at: number, joining: RegExp): boolean =>
  gaps[at] === none && joining.test(folded.charAt(at - 1)) && joining.test(folded.charAt(at))

/**
 * Does a phrase stand whole between two places?
 *
 * @category predicates
 * @since 0.1.0
 */
export const hasWhole = (text: Squeezed, phrase: string, from: number, to: number): boolean =>
  placesOf(phrase, text.folded.slice(Math.max(0, from), to)).some((place) =>
    isWhole(text, phrase, Math.max(0, from) + place),
  )
