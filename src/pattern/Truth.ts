/**
 * A truth value read from text: `true` or `false`, in any mixture of cases.
 *
 * @since 0.1.0
 */
import * as O from 'fp-ts/lib/Option.js'

// ---- constructors ----

/**
 * Reads `true` or `false`, case-insensitively; `none` for every other text, `1`, `yes` and padded spellings included.
 *
 * **Source** docs/semantics.md CO-B1, U-3.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): O.Option<boolean> => {
  // Only five characters can spell a truth value; the test on the length keeps long texts cheap.
  const folded = text.length > 5 ? '' : text.toLowerCase()
  return folded === 'true' ? O.some(true) : folded === 'false' ? O.some(false) : O.none
}

// ---- destructors ----

/**
 * `true` or `false`, in lower case.
 *
 * @category destructors
 * @since 0.1.0
 */
export const show = (value: boolean): string => (value ? 'true' : 'false')
