/**
 * A matrix as aligned text.
 *
 * @since 0.1.0
 */
import type { AccessMatrix } from '../../ecr/index.js'
import { painter, type TextOptions } from '../ansi.js'
import { visible } from '../visible.js'
import { padded, widest } from '../width.js'
import {
  inLine,
  matrixView,
  under,
  type CellView,
  type MatrixOptions,
  type MatrixView,
} from './matrixView.js'

const limits = { rows: 60, columns: 12, names: 3 }

// ---- rendering ----

/**
 * A matrix as aligned text: a row for each group of callers, a numbered column for each group of repositories, and in each
 * cell the operations that are allowed. A cross stands for one that a Deny forbids, a dot for one that nothing allows. 60 rows
 * and 12 columns unless told otherwise.
 *
 * @example
 * import { Document, Ecr } from 'ecr-policy'
 *
 * const pull = Document.parseOrThrow(
 *   {
 *     Version: '2012-10-17',
 *     Statement: [
 *       { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
 *       { Effect: 'Allow', Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], Resource: '*' },
 *     ],
 *   },
 *   'identity',
 * )
 * const matrix = Ecr.accessMatrixOrThrow({
 *   principals: [{ principal: 'arn:aws:iam::111122223333:role/node', identityPolicies: [pull] }],
 *   repositories: [{ repository: 'arn:aws:ecr:eu-west-1:111122223333:repository/app' }],
 *   operations: ['pull', 'push'],
 * })
 * matrixText(matrix).split('\n')[3] // => 'node                                           pull ·'
 *
 * @category rendering
 * @since 0.1.0
 */
export const matrixText = (matrix: AccessMatrix, options: MatrixOptions & TextOptions = {}): string => {
  const view = matrixView(matrix, options, limits)
  const names = inLine(options.names ?? limits.names, visible)
  return [
    painter(options)(
      'strong',
      `${view.title}: ${view.operations.join(', ')} (· nothing allows it, ✗ a Deny forbids it)`,
    ),
    '',
    ...board(view, names, options),
    '',
    ...columnKey(view, names),
    ...view.notes,
  ].join('\n')
}

type Names = (names: readonly string[]) => string

const board = (view: MatrixView, names: Names, options: TextOptions): readonly string[] => {
  const title = under(visible)('callers', view.callers)
  const labels = view.rows.map((row) => names(row.names))
  const inColumn = padded(widest([title, ...labels]))
  const cell = padded(view.operations.join(' ').length)
  const line = (cells: readonly string[]): string => cells.join('  ').trimEnd()
  return [
    line([inColumn(title), ...view.columns.map((_, i) => cell(String(i + 1)))]),
    ...view.rows.map(({ cells }, i) =>
      line([inColumn(labels[i] ?? ''), ...cells.map((cell) => cellText(view.operations, cell, options))]),
    ),
  ]
}

const cellText = (operations: readonly string[], cell: CellView, options: TextOptions): string => {
  const paint = painter(options)
  return operations
    .map((operation, i) => {
      const inPlace = padded(operation.length)
      if (cell[i] === 'Allowed') return paint('good', operation)
      return cell[i] === 'Denied' ? paint('bad', inPlace('✗')) : paint('faint', inPlace('·'))
    })
    .join(' ')
}

const columnKey = ({ columns, repositories }: MatrixView, names: Names): readonly string[] => {
  const place = padded(String(columns.length).length)
  return [
    under(visible)('repositories', repositories),
    ...columns.map((column, i) => `  ${place(String(i + 1))}  ${names(column)}`),
  ]
}
