/**
 * A matrix as a Mermaid flowchart.
 *
 * @since 0.1.0
 */
import type { AccessMatrix } from '../../ecr/index.js'
import { flowchart, type Arrow, type Node } from '../mermaidChart.js'
import { mermaid } from '../visible.js'
import { matrixView, named, standingSo, type MatrixOptions, type RowView } from './matrixView.js'

/** Mermaid refuses a chart of more than 500 arrows. */
const limits = { rows: 20, columns: 20, names: 3 }

// ---- rendering ----

/**
 * A matrix as a Mermaid flowchart: groups of callers, and arrows to the groups of repositories on which they may do
 * something; a heavy arrow stands for all operations. What a Deny forbids is on the arrow after a cross, and on a dotted one where
 * nothing is allowed. 20 rows and 20 columns unless told otherwise.
 *
 * @category rendering
 * @since 0.1.0
 */
export const matrixMermaid = (matrix: AccessMatrix, options: MatrixOptions = {}): string => {
  const { operations, columns, rows, callers, repositories, notes } = matrixView(matrix, options, limits)
  const lines = (prefix: string, names: readonly string[]): readonly string[] => {
    const { shown, rest } = named(names, options.names ?? limits.names)
    return [...shown.map((name) => mermaid(prefix + name)), ...(rest === undefined ? [] : [rest])]
  }
  const nodes: readonly Node[] = [
    ...rows.map(({ names }, i): Node => ({
      name: `caller${i + 1}`,
      shape: 'round',
      tone: 'faint',
      lines: lines(callers, names),
    })),
    ...columns.map((names, i): Node => ({
      name: `repository${i + 1}`,
      shape: 'box',
      tone: 'good',
      lines: lines(repositories, names),
    })),
    ...notes.map((note, i): Node => ({
      name: `note${i + 1}`,
      shape: 'hexagon',
      tone: 'open',
      lines: [note],
    })),
  ]
  return flowchart('LR', nodes, rows.flatMap(arrowsOf(operations)))
}

const arrowsOf =
  (operations: readonly string[]) =>
  ({ cells }: RowView, row: number): readonly Arrow[] =>
    cells.flatMap((cell, column): readonly Arrow[] => {
      const held = standingSo(operations, cell, 'Allowed')
      const denied = standingSo(operations, cell, 'Denied').map((operation) => `✗ ${operation}`)
      return held.length + denied.length === 0
        ? []
        : [
            {
              from: `caller${row + 1}`,
              to: `repository${column + 1}`,
              kind: held.length === operations.length ? 'heavy' : held.length > 0 ? 'plain' : 'dotted',
              label: [...held, ...denied].join(', '),
            },
          ]
    })
