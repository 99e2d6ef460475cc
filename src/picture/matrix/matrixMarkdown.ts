/**
 * A matrix as Markdown.
 *
 * @since 0.1.0
 */
import type { AccessMatrix } from '../../ecr/index.js'
import { table } from '../markdown.js'
import { code } from '../visible.js'
import { inLine, matrixView, under, type CellView, type MatrixOptions } from './matrixView.js'

const limits = { rows: 60, columns: 12, names: 3 }

// ---- rendering ----

/**
 * A matrix as a table in Markdown: what is allowed, what a Deny forbids, and a dash where there is neither. 60 rows and 12
 * columns unless told otherwise.
 *
 * @category rendering
 * @since 0.1.0
 */
export const matrixMarkdown = (matrix: AccessMatrix, options: MatrixOptions = {}): string => {
  const { title, operations, callers, repositories, columns, rows, notes } = matrixView(
    matrix,
    options,
    limits,
  )
  const names = inLine(options.names ?? limits.names, code)
  return [
    `**${title}: ${operations.join(', ')}** (✓ is allowed, ✗ a Deny forbids it, all else nothing allows)`,
    '',
    ...[under(code)('callers', callers), under(code)('repositories', repositories)].map(
      (line) => `- ${line}`,
    ),
    '',
    ...table(
      ['', ...columns.map(names)],
      rows.map((row) => [names(row.names), ...row.cells.map(cellOf(operations))]),
    ),
    ...notes.flatMap((note) => ['', note]),
  ].join('\n')
}

const cellOf =
  (operations: readonly string[]) =>
  (cell: CellView): string => {
    const marked = operations.flatMap((operation, i) => {
      if (cell[i] === 'Silent') return []
      return [`${cell[i] === 'Allowed' ? '✓' : '✗'} ${operation}`]
    })
    return marked.length === 0 ? '–' : marked.join(', ')
  }
