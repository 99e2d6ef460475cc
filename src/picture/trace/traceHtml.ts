/**
 * A decision as a page.
 *
 * @since 0.1.0
 */
import type { Simulator } from '../../simulator/index.js'
import { element, group, type Markup } from '../markup.js'
import { codeElement, definitions, grid, page, tag } from '../page.js'
import {
  markOf,
  marks,
  outcomes,
  traceView,
  type LayerView,
  type StatementView,
  type TraceView,
} from './traceView.js'

// ---- rendering ----

/**
 * A decision as a self-contained page in HTML that is well-formed XML too: the layers in order, each with a table of its
 * statements.
 *
 * @category rendering
 * @since 0.1.0
 */
export const traceHtml = (decision: Simulator.Decision): string => {
  const view = traceView(decision)
  const { words } = outcomes[view.outcome]
  return page(
    `${view.action} is ${words}`,
    element('h1', {}, codeElement(view.action), ' ', tag(outcomes[view.outcome], words)),
    traceBody(view),
  )
}

/**
 * The page of `traceHtml` below its headline.
 *
 * @category rendering
 * @since 0.1.0
 */
export const traceBody = ({ caller, resource, sentence, layers }: TraceView): Markup =>
  group([
    definitions([
      ['caller', caller],
      ['resource', resource],
      ['reason', sentence],
    ]),
    element('ol', { class: 'layers' }, ...layers.map(layerItem)),
  ])

const layerItem = ({ name, standing, says, stops, statements }: LayerView): Markup =>
  element(
    'li',
    { class: stops ? `layer stops ${marks[standing].tone}` : 'layer' },
    element(
      'header',
      {},
      element('h2', {}, name),
      tag(marks[standing], stops ? `${says} ◀ stops here` : says),
    ),
    ...(statements.length === 0
      ? []
      : [grid(`Statements of the ${name}`, ['Statement', 'Effect', 'Result'], statements.map(cellsOf))]),
  )

const cellsOf = (statement: StatementView): readonly Markup[] => [
  element('th', { scope: 'row' }, codeElement(statement.name)),
  element('td', {}, statement.effect),
  element('td', {}, statement.matches ? tag(markOf(statement), statement.says) : codeElement(statement.says)),
]
