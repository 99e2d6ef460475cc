/**
 * Tables and foldable parts of Markdown. The texts that come in are Markdown already: text of policies goes through `code`
 * first.
 *
 * @since 0.1.0
 */
import { padded, widest } from './width.js'

// ---- rendering ----

/** Above this a column is not padded any more: its lines are long enough. */
const PADDED = 60

/**
 * A table, aligned for those who read the source.
 *
 * @category rendering
 * @since 0.1.0
 */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => {
  const columns = head.map((title, i) =>
    Math.max(3, Math.min(PADDED, widest([title, ...rows.map((row) => row[i] ?? '')]))),
  )
  const line = (cells: readonly string[]): string =>
    `| ${columns.map((columns, i) => padded(columns)(cells[i] ?? '')).join(' | ')} |`
  return [line(head), line(columns.map((columns) => '-'.repeat(columns))), ...rows.map(line)]
}

/**
 * Lines that unfold by a click on a summary.
 *
 * @category rendering
 * @since 0.1.0
 */
export const details = (summary: string, lines: readonly string[]): readonly string[] => [
  '<details>',
  `<summary>${summary}</summary>`,
  '',
  ...lines,
  '',
  '</details>',
]
