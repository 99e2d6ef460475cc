/**
 * A decision as aligned text.
 *
 * @since 0.1.0
 */
import type { Simulator } from '../../simulator/index.js'
import { painter, type TextOptions } from '../ansi.js'
import { visible } from '../visible.js'
import { padded, widest } from '../width.js'
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
 * A decision as aligned text: caller, resource and AWS's sentence, then each layer with its statements, numbered by policy
 * and place, as in `1.2 Pull`.
 *
 * @example
 * import { Environment, Request, Simulator } from 'ecr-policy'
 *
 * const request = Request.makeOrThrow({
 *   principal: 'arn:aws:iam::111122223333:role/node',
 *   action: 'ecr:GetAuthorizationToken',
 *   resource: '*',
 * })
 * traceText(Simulator.decide(Environment.empty, request)).split('\n').at(-1)
 * // => '○ identity-based policy  must allow, and no Allow counts [DE-1]  ◀ stops here'
 *
 * @category rendering
 * @since 0.1.0
 */
export const traceText = (decision: Simulator.Decision, options: TextOptions = {}): string =>
  traceLines(traceView(decision), options).join('\n')

/**
 * The lines of `traceText`.
 *
 * @category rendering
 * @since 0.1.0
 */
export const traceLines = (view: TraceView, options: TextOptions): readonly string[] => {
  const paint = painter(options)
  const { letter, tone, words } = outcomes[view.outcome]
  const fact = (name: string, text: string): string =>
    `  ${paint('faint', padded(8)(name))}  ${visible(text)}`
  const names = padded(widest(view.layers.map(({ name }) => name)))
  return [
    `${paint(tone, `${letter} ${visible(view.action)}`)}  ${paint('strong', words)}`,
    fact('caller', view.caller),
    fact('resource', view.resource),
    fact('reason', view.sentence),
    '',
    ...view.layers.flatMap((layer) => layerLines(layer, names, options)),
  ]
}

const layerLines = (
  { name, standing, says, stops, statements }: LayerView,
  inColumn: (name: string) => string,
  options: TextOptions,
): readonly string[] => {
  const paint = painter(options)
  const { letter, tone } = marks[standing]
  const places = padded(widest(statements.map((statement) => visible(statement.name))))
  return [
    `${paint(tone, letter)} ${paint('strong', inColumn(name))}  ${paint(tone, says)}${stops ? `  ${paint(tone, '◀ stops here')}` : ''}`,
    ...statements.map((statement) => statementLine(statement, places, options)),
  ]
}

const statementLine = (
  statement: StatementView,
  inColumn: (name: string) => string,
  options: TextOptions,
): string => {
  const paint = painter(options)
  const { letter, tone } = markOf(statement)
  const place = inColumn(visible(statement.name))
  return `    ${paint(tone, `${letter} ${padded(5)(statement.effect)}`)}  ${place}  ${paint('faint', visible(statement.says))}`
}
