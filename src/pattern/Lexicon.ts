/**
 * A `Lexicon` is a sorted list of words, walked letter by letter, so that a search can tell whether it spells one of them.
 *
 * @since 0.1.0
 */

// ---- model ----

/**
 * Sorted words without repetition.
 *
 * @category model
 * @since 0.1.0
 */
export type Lexicon = ReadonlyArray<string>

/**
 * The words `from` up to `to`, which all start with the `depth` units read so far.
 *
 * @category model
 * @since 0.1.0
 */
export interface Cursor {
  readonly from: number
  readonly to: number
  readonly depth: number
}

// ---- constructors ----

/**
 * The lexicon of these words.
 *
 * @category constructors
 * @since 0.1.0
 */
export const lexicon = (words: Iterable<string>): Lexicon => [...new Set(words)].sort()

// The first index in [from, to) whose word passes a test that, once passed, is passed by all later words.
const firstIndex = (from: number, to: number, test: (index: number) => boolean): number => {
  let low = from // local mutation: binary search
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (test(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * The cursor at the words that start with `prefix`, `undefined` when there are none.
 *
 * **Cost** logarithmic in the words.
 *
 * @category destructors
 * @since 0.1.0
 */
export const seek = (words: Lexicon, within: Cursor, prefix: string): Cursor | undefined => {
  const word = (index: number): string => words[index] ?? ''
  const from = firstIndex(within.from, within.to, (index) => word(index) >= prefix)
  const to = firstIndex(from, within.to, (index) => !word(index).startsWith(prefix))
  return from < to ? { from, to, depth: prefix.length } : undefined
}

/**
 * The cursor before the first letter, `undefined` for no words.
 *
 * @category destructors
 * @since 0.1.0
 */
export const all = (words: Lexicon): Cursor | undefined =>
  words.length === 0 ? undefined : { from: 0, to: words.length, depth: 0 }

/**
 * The cursor after one more letter.
 *
 * @category destructors
 * @since 0.1.0
 */
export const step = (words: Lexicon, cursor: Cursor, code: number): Cursor | undefined =>
  seek(words, cursor, (words[cursor.from] ?? '').slice(0, cursor.depth) + String.fromCodePoint(code))

/**
 * The letters that some word goes on with.
 *
 * @category destructors
 * @since 0.1.0
 */
export const nextLetters = (words: Lexicon, cursor: Cursor): ReadonlyArray<number> => {
  const letters: Array<number> = [] // local mutation: one letter a jump
  let index = isWord(words, cursor) ? cursor.from + 1 : cursor.from
  while (index < cursor.to) {
    const code = (words[index] ?? '').codePointAt(cursor.depth) ?? 0
    letters.push(code)
    index = step(words, { ...cursor, from: index }, code)?.to ?? cursor.to
  }
  return letters
}

/**
 * Whether the letters read so far are a word.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isWord = (words: Lexicon, cursor: Cursor): boolean =>
  (words[cursor.from] ?? '').length === cursor.depth
