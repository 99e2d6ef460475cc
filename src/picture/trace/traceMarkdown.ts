/**
 * A decision as Markdown.
 *
 * @since 0.1.0
 */
import type { Simulator } from '../../simulator/index.js'
import { table } from '../markdown.js'
import { code } from '../visible.js'
import { markOf, marks, outcomes, traceView, type LayerView, type TraceView } from './traceView.js'

// ---- rendering ----

/**
 * A decision as Markdown: a headline, caller and resource, and a table with a row for each layer and each of its
 * statements.
 *
 * @category rendering
 * @since 0.1.0
 */
export const traceMarkdown = (decision: Simulator.Decision): string => {
  const view = traceView(decision)
  const { letter, words } = outcomes[view.outcome]
  return [
    `**${letter} ${code(view.action)} is ${words}**`,
    '',
    `- caller: ${code(view.caller)}`,
    `- resource: ${code(view.resource)}`,
    '',
    ...traceTable(view),
  ].join('\n')
}

/**
 * The table of `traceMarkdown`.
 *
 * @category rendering
 * @since 0.1.0
 */
export const traceTable = ({ layers, sentence }: TraceView): readonly string[] => [
  ...table(['', 'layer', 'statement', 'what came of it'], layers.flatMap(rowsOf)),
  '',
  `Reason: ${code(sentence)}`,
]

const rowsOf = ({ name, standing, says, stops, statements }: LayerView): readonly (readonly string[])[] => [
  [marks[standing].letter, `**${name}**`, '', `**${says}**${stops ? ' ← stops here' : ''}`],
  ...statements.map((statement) => [
    '',
    '',
    `${markOf(statement).letter} ${statement.effect} ${code(statement.name)}`,
    statement.matches ? statement.says : code(statement.says),
  ]),
]
