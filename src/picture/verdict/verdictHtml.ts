/**
 * A verdict as a page.
 *
 * @since 0.1.0
 */
import type { Verdict } from '../../ecr/index.js'
import { element, type Markup } from '../markup.js'
import { codeElement, definitions, grid, page, tag } from '../page.js'
import { traceBody } from '../trace/traceHtml.js'
import { marks, outcomes } from '../trace/traceView.js'
import { verdictView, type StepView, type VerdictView } from './verdictView.js'

// ---- rendering ----

/**
 * A verdict as a self-contained page in HTML that is well-formed XML too: a table of actions by layers, and the trace of
 * each action, unfolded where it is refused.
 *
 * @category rendering
 * @since 0.1.0
 */
export const verdictHtml = (verdict: Verdict): string => {
  const view = verdictView(verdict)
  return page(
    `${view.operation}: ${view.answer}`,
    element('h1', {}, codeElement(view.operation), ' ', tag(view.mark, view.answer)),
    definitions([
      ['caller', view.caller],
      ...(view.repository === undefined ? [] : [['repository', view.repository] as const]),
    ]),
    ...(view.steps.length === 0 ? [] : [board(view)]),
    ...view.steps.map(folded),
  )
}

const board = ({ layers, steps }: VerdictView): Markup =>
  grid(
    'Actions by layers of policies',
    ['Action', ...layers, 'Outcome'],
    steps.map(({ trace, cells }) => [
      element('th', { scope: 'row' }, codeElement(trace.action)),
      ...cells.map((layer) =>
        layer === undefined
          ? element('td', {}, 'not looked at')
          : element('td', {}, tag(marks[layer.standing], layer.says)),
      ),
      element('td', {}, tag(outcomes[trace.outcome], outcomes[trace.outcome].words)),
    ]),
  )

const folded = ({ trace }: StepView): Markup =>
  element(
    'details',
    { class: 'step', ...(trace.outcome === 'Allowed' ? {} : { open: 'open' }) },
    element(
      'summary',
      {},
      codeElement(trace.action),
      ' ',
      tag(outcomes[trace.outcome], outcomes[trace.outcome].words),
    ),
    traceBody(trace),
  )
