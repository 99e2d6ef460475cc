/**
 * A matrix as Markdown.
 *
 * @since 0.1.0
 */
import type { AccessMatrix } from '../../ecr/index.js'
import { table } from '../markdown.js'
import { code } from '../visible.js'
import { inLine, matrixView, under, type MatrixOptions } from './matrixView.js'

const limits = { rows: 60, columns: 12, names: 3 }

// ---- rendering ----

/**
 * A matrix as a table in Markdown; a dash stands for a cell in which nothing is allowed. 60 rows and 12 columns unless told
 * otherwise.
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
    `**${title}: ${operations.join(', ')}** (– nothing is allowed)`,
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
  (allowed: readonly boolean[]): string => {
    const marked = operations.filter((_, i) => allowed[i] === true).map((operation) => `✓ ${operation}`)
    return marked.length === 0 ? '–' : marked.join(', ')
  }
