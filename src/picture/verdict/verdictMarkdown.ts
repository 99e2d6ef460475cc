/**
 * A verdict as Markdown.
 *
 * @since 0.1.0
 */
import type { Verdict } from '../../ecr/index.js'
import { details, table } from '../markdown.js'
import { traceTable } from '../trace/traceMarkdown.js'
import { marks, outcomes } from '../trace/traceView.js'
import { code, html } from '../visible.js'
import { verdictView, type StepView, type VerdictView } from './verdictView.js'

// ---- rendering ----

/**
 * A verdict as Markdown: the answer, a table of actions by layers, and behind a fold the trace of each action that is
 * refused.
 *
 * @category rendering
 * @since 0.1.0
 */
export const verdictMarkdown = (verdict: Verdict): string => {
  const view = verdictView(verdict)
  return [
    `**${view.mark.letter} ${code(view.operation)}: ${view.answer}**`,
    '',
    `- caller: ${code(view.caller)}`,
    ...(view.repository === undefined ? [] : [`- repository: ${code(view.repository)}`]),
    ...(view.steps.length === 0 ? [] : ['', ...board(view)]),
    ...view.steps.filter(({ trace }) => trace.outcome !== 'Allowed').flatMap(folded),
  ].join('\n')
}

const board = ({ layers, steps }: VerdictView): readonly string[] =>
  table(
    ['action', ...layers, 'outcome'],
    steps.map(({ trace, cells }) => [
      code(trace.action),
      ...cells.map((layer) => (layer === undefined ? '' : `${marks[layer.standing].letter} ${layer.says}`)),
      `**${outcomes[trace.outcome].letter} ${outcomes[trace.outcome].words}**`,
    ]),
  )

/** The summary of a fold is HTML already, in which Markdown is not read. */
const folded = ({ trace }: StepView): readonly string[] => [
  '',
  ...details(`Why <code>${html(trace.action)}</code> is refused`, traceTable(trace)),
]
