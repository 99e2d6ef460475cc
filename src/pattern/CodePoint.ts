/**
 * Code points, the letters of every language here, and their simple case folding.
 *
 * A lone surrogate is one letter of its own. Folding is per code point and never changes the number of letters:
 * `fold(c)` is the lower case of `c` where that is a single code point, else `c` itself.
 *
 * Laws: 1. `fold(fold(c)) === fold(c)`   2. `d` is in `caseVariants(fold(c))` iff `fold(d) === fold(c)`
 *
 * @since 0.1.0
 */

/**
 * The separator that bounded wildcards never match.
 *
 * @category constructors
 * @since 0.1.0
 */
export const separator = ':'

/**
 * The code point of `separator`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const separatorCode = 0x3a

const foldBeyondAscii = (code: number): number => {
  const lower = String.fromCodePoint(code).toLowerCase()
  const folded = lower.codePointAt(0)
  return folded !== undefined && lower.length === widthOf(folded) ? folded : code
}

/**
 * The number of UTF-16 units of a code point: 1 or 2.
 *
 * @category destructors
 * @since 0.1.0
 */
export const widthOf = (code: number): number => (code > 0xffff ? 2 : 1)

/**
 * The code point that stands for all case variants of `code`.
 *
 * @category combinators
 * @since 0.1.0
 */
export const fold = (code: number): number => {
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? code + 0x20 : code
  return foldBeyondAscii(code)
}

/**
 * The code points of a text, lone surrogates one by one.
 *
 * @category destructors
 * @since 0.1.0
 */
export const codePoints = (text: string): ReadonlyArray<number> => {
  const codes: Array<number> = [] // local mutation: built once, left to right
  for (let i = 0; i < text.length;) {
    const code = text.codePointAt(i) ?? 0
    codes.push(code)
    i += widthOf(code)
  }
  return codes
}

/**
 * Whether every unit of the text is below U+0080.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isAscii = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false
  return true
}

/**
 * Whether a text holds a surrogate, paired or lone, so that its units are not its letters.
 *
 * @category predicates
 * @since 0.1.0
 */
export const hasSurrogates = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (isSurrogate(text.charCodeAt(i))) return true
  return false
}

/**
 * Whether a code is a surrogate: never part of well-formed Unicode on its own.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff

/**
 * The text with every code point folded; as many code points as before.
 *
 * @category combinators
 * @since 0.1.0
 */
export const foldText = (text: string): string =>
  isAscii(text)
    ? text.toLowerCase()
    : codePoints(text)
        .map((code) => String.fromCodePoint(fold(code)))
        .join('')

// Letters whose upper case does not lead back to a second capital: Kelvin, Ångström, capital theta symbol, Ohm, capital ß.
const secondCapitals: ReadonlyMap<number, number> = new Map([
  [0x6b, 0x212a],
  [0xe5, 0x212b],
  [0x3b8, 0x3f4],
  [0x3c9, 0x2126],
  [0xdf, 0x1e9e],
])

const computeVariants = (folded: number): ReadonlyArray<number> => {
  const upper = String.fromCodePoint(folded).toUpperCase().codePointAt(0) ?? folded
  // The title-case digraphs lie one below their small letter, the Greek letters with prosgegrammeni eight or nine above.
  const candidates = [folded, upper, secondCapitals.get(folded) ?? folded, folded - 1, folded + 8, folded + 9]
  const variants = candidates.filter((code) => code <= 0x10ffff && fold(code) === folded)
  return [...new Set(variants)]
}

const asciiVariants: ReadonlyArray<ReadonlyArray<number>> = Array.from({ length: 0x80 }, (_, code) =>
  computeVariants(code),
)

/**
 * All code points that fold to `folded`, itself first: one for digits and punctuation, two for most letters.
 *
 * @category destructors
 * @since 0.1.0
 */
export const caseVariants = (folded: number): ReadonlyArray<number> =>
  asciiVariants[folded] ?? computeVariants(folded)

/**
 * How many letters a text has: code points, a lone surrogate being one.
 *
 * @category destructors
 * @since 0.1.0
 */
export const count = (text: string): number => {
  let pairs = 0 // local mutation: sum
  for (let i = 0; i < text.length - 1; i++)
    if (text.charCodeAt(i) >= 0xd800 && (text.codePointAt(i) ?? 0) > 0xffff) pairs++
  return text.length - pairs
}
