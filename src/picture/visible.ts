/**
 * Text of policies made fit to be shown. Whatever a policy says is shown as letters and never acts: not on a terminal, not
 * in a page, not in a diagram and not in a comment.
 *
 * Each function here is for one place. `html` is for XML and HTML (and with it SVG), `mermaid` for a quoted label, `code`
 * and `fenced` for Markdown; all of them go through `visible` first.
 *
 * @since 0.1.0
 */

// ---- letters ----

/**
 * A text with every letter that cannot be seen, or that acts on its neighbours, written as a number: control and format
 * characters (changes of direction among them), line ends, lone surrogates, and letters for private use.
 *
 * @example
 * visible('a\u202eb\n') // => 'a\\u{202e}b\\u{a}'
 *
 * @category rendering
 * @since 0.1.0
 */
export const visible = (text: string): string => (allPlain.test(text) ? text : text.replace(hidden, escaped))

/** Most texts are; asking first makes large pictures several times faster. */
const allPlain = /^[ -~]*$/u

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}\p{NChar}]/gu

const escaped = (char: string): string => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`

// ---- XML and HTML ----

/**
 * Text for an element or a quoted attribute.
 *
 * @category rendering
 * @since 0.1.0
 */
export const html = (text: string): string => visible(text).replace(/[&<>"']/g, numbered('&#'))

const numbered =
  (lead: string) =>
  (char: string): string =>
    `${lead}${char.codePointAt(0) ?? 0};`

// ---- Mermaid ----

/**
 * Text for a label in double quotes. Besides letters, digits and the marks that ARNs are full of, all is written as a
 * number, so that neither Mermaid nor the Markdown in its labels finds anything to read. `style` and `classDef` lose their first
 * letter to a number too, since Mermaid takes away a semicolon on a line that has them, whatever they stand in.
 *
 * @category rendering
 * @since 0.1.0
 */
export const mermaid = (text: string): string =>
  visible(text)
    .replace(/[^A-Za-z0-9 .,:/=-]|(?<=\/)\/|(?<=www)\.|s(?=tyle)|c(?=lassDef)/gu, numbered('#'))
    .replace(/^ | $|(?<= ) /g, numbered('#'))

// ---- Markdown ----

/**
 * Text as code in a line of Markdown, be it a cell of a table: in backticks where that is safe in every dialect, and
 * otherwise as an element with each mark written as a number.
 *
 * @example
 * code('ecr:Get*') // => '`ecr:Get*`'
 * code('a`|b') // => '<code>a&#96;&#124;b</code>'
 *
 * @category rendering
 * @since 0.1.0
 */
export const code = (text: string): string => {
  const shown = visible(text)
  return /^[^`|\\<>&\s]+(?: [^`|\\<>&\s]+)*$/u.test(shown)
    ? `\`${shown}\``
    : `<code>${shown.replace(/[^A-Za-z0-9 ]|^ | $|(?<= ) /gu, numbered('&#'))}</code>`
}

/**
 * Lines as a block of code in Markdown, fenced by more backticks than any of them has in a row.
 *
 * @category rendering
 * @since 0.1.0
 */
export const fenced = (language: string, lines: readonly string[]): readonly string[] => {
  const shown = lines.map(visible)
  const longest = shown
    .flatMap((line) => line.match(/`+/g) ?? [])
    .reduce((most, run) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, ...shown, fence]
}
