/**
 * A verdict as aligned text.
 *
 * @since 0.1.0
 */
import type { Verdict } from '../../ecr/index.js'
import { painter, type TextOptions } from '../ansi.js'
import { traceLines } from '../trace/traceText.js'
import { marks, outcomes } from '../trace/traceView.js'
import { visible } from '../visible.js'
import { padded, widest } from '../width.js'
import { verdictView, type VerdictView } from './verdictView.js'

// ---- rendering ----

/**
 * A verdict as aligned text: the answer, a table of actions by layers, and the trace of each action that is refused.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * const nobody = Ecr.accessOrThrow({ principal: 'arn:aws:iam::111122223333:role/node' })
 * const app = Ecr.Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app')
 * verdictText(Ecr.canPull(nobody, app)).split('\n')[0] // => '○ pull-tag  denied (3 of 3 actions)'
 *
 * @category rendering
 * @since 0.1.0
 */
export const verdictText = (verdict: Verdict, options: TextOptions = {}): string => {
  const view = verdictView(verdict)
  const refused = view.steps.filter(({ trace }) => trace.outcome !== 'Allowed')
  return [
    ...headLines(view, options),
    ...(view.steps.length === 0 ? [] : ['', ...boardLines(view, options)]),
    ...refused.flatMap(({ trace }) => ['', ...traceLines(trace, options)]),
  ].join('\n')
}

const headLines = (view: VerdictView, options: TextOptions): readonly string[] => {
  const paint = painter(options)
  const { letter, tone } = view.mark
  const fact = (name: string, text: string): string =>
    `  ${paint('faint', padded(10)(name))}  ${visible(text)}`
  return [
    `${paint(tone, `${letter} ${visible(view.operation)}`)}  ${paint('strong', view.answer)}`,
    fact('caller', view.caller),
    ...(view.repository === undefined ? [] : [fact('repository', view.repository)]),
  ]
}

/** Layers as columns, by number, since their names are long; the names stand below. */
const boardLines = (view: VerdictView, options: TextOptions): readonly string[] => {
  const paint = painter(options)
  const actions = view.steps.map(({ trace }) => visible(trace.action))
  const inColumn = padded(widest(actions))
  const places = view.layers.map((_, i) => String(i + 1))
  const cell = padded(widest(places))
  return [
    paint('faint', ['', inColumn(''), ...places.map(cell)].join('  ').trimEnd()),
    ...view.steps.map(({ trace, cells }, i) => {
      const { letter, tone, words } = outcomes[trace.outcome]
      const marked = cells.map((layer) =>
        layer === undefined
          ? cell('')
          : paint(marks[layer.standing].tone, cell(marks[layer.standing].letter)),
      )
      return ['', inColumn(actions[i] ?? ''), ...marked, paint(tone, `${letter} ${words}`)].join('  ')
    }),
    '',
    ...view.layers.map((name, i) => `  ${cell(String(i + 1))}  ${name}`),
  ]
}
