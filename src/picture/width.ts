/**
 * How wide text is on a terminal, and how long names are made short without losing anything.
 *
 * A letter takes one column; combining marks take none; letters that Unicode calls wide or fullwidth, and the common
 * pictographs, take two. Letters of ambiguous width count as one.
 *
 * @since 0.1.0
 */

// ---- width ----

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u

/**
 * The columns that a text takes.
 *
 * @category destructors
 * @since 0.1.0
 */
export const width = (text: string): number => Array.from(text).reduce((sum, char) => sum + widthOf(char), 0)

const widthOf = (char: string): number => (/[\p{Mn}\p{Me}]/u.test(char) ? 0 : wide.test(char) ? 2 : 1)

/**
 * The text with blanks behind it, as wide as asked.
 *
 * @category combinators
 * @since 0.1.0
 */
export const padded =
  (columns: number) =>
  (text: string): string =>
    text + ' '.repeat(Math.max(0, columns - width(text)))

/**
 * The columns of the widest text.
 *
 * @category destructors
 * @since 0.1.0
 */
export const widest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, width(text)), 0)

// ---- breaking ----

/**
 * A text in lines no wider than asked, broken behind a blank, words that are too long by themselves behind one of
 * `: / , -`, and parts that still are anywhere. Put together again the lines are the text.
 *
 * @category combinators
 * @since 0.1.0
 */
export const wrapped =
  (columns: number) =>
  (text: string): readonly string[] => {
    const lines: string[] = [] // local mutation: the lines so far, and the line that grows, with its width
    let line = ''
    let used = 0
    for (const piece of piecesOf(text, columns)) {
      const its = width(piece)
      if (used > 0 && used + width(piece.trimEnd()) > columns) {
        lines.push(line)
        line = ''
        used = 0
      }
      line += piece
      used += its
    }
    return [...lines, line]
  }

const piecesOf = (text: string, columns: number): readonly string[] =>
  [/[^ ]* ?/gu, /[^:/,-]*[:/,-]?/gu, /./gsu].reduce<readonly string[]>(
    (pieces, finer) =>
      pieces.flatMap((piece) => (width(piece.trimEnd()) <= columns ? [piece] : (piece.match(finer) ?? []))),
    [text],
  )

// ---- names ----

/**
 * Names without the part that all of them begin with, which ends at a colon or a slash.
 *
 * @category model
 * @since 0.1.0
 */
export interface Shortened {
  readonly prefix: string
  readonly names: readonly string[]
}

/**
 * Names made short; `prefix` and a name together are what was given. No name is left empty.
 *
 * @example
 * shortened(['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/b'])
 * // => { prefix: 'arn:aws:iam::111122223333:role/', names: ['a', 'b'] }
 *
 * @category combinators
 * @since 0.1.0
 */
export const shortened = (all: readonly string[]): Shortened => {
  const [first = '', ...rest] = all
  const common = rest.reduce((most, name) => inCommon(first, name, most), first.length)
  const shortest = all.reduce((least, name) => Math.min(least, name.length), common + 1)
  const shared = first.slice(0, Math.min(common, shortest - 1))
  const prefix = shared.slice(0, Math.max(shared.lastIndexOf(':'), shared.lastIndexOf('/')) + 1)
  return { prefix, names: all.map((name) => name.slice(prefix.length)) }
}

/** How much of two texts is the same from the start, up to a length. */
const inCommon = (a: string, b: string, most: number): number => {
  let end = 0 // local mutation: a count
  while (end < most && a[end] === b[end]) end += 1
  return end
}
