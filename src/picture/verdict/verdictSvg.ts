/**
 * A verdict as a drawing.
 *
 * @since 0.1.0
 */
import type { Verdict } from '../../ecr/index.js'
import { element, group, type Markup } from '../markup.js'
import {
  badge,
  drawing,
  factPart,
  label,
  measure,
  panel,
  paragraph,
  stacked,
  tallest,
  type Part,
} from '../svg.js'
import { marks, outcomes, type LayerView } from '../trace/traceView.js'
import { verdictView, type StepView, type VerdictView } from './verdictView.js'

// ---- measures ----

const { margin, line } = measure
const ROW = 44
const CELL = 132
const OUTCOME = 210
const ACTIONS = 340

const innerWidth = (layers: number): number => ACTIONS + layers * CELL + OUTCOME

// ---- rendering ----

/**
 * A verdict as a drawing in SVG: a board of actions by layers, with the outcome of each at the end of its row.
 *
 * @category rendering
 * @since 0.1.0
 */
export const verdictSvg = (verdict: Verdict): string => {
  const view = verdictView(verdict)
  const inner = innerWidth(view.layers.length)
  const head = headPart(view, inner)
  const top = margin + head.height + 12
  const board = boardPart(view, top, inner)
  return drawing(
    {
      width: inner + 2 * margin,
      height: top + board.height + margin,
      title: `${view.operation}: ${view.answer}`,
      description: view.steps
        .map(({ trace }) => `${trace.action} is ${outcomes[trace.outcome].words}`)
        .join('; '),
    },
    [head.drawn, board.drawn],
  )
}

const headPart = (view: VerdictView, inner: number): Part => {
  const [x, within] = [margin + 44, inner - 60]
  const facts = [
    ['by', view.caller],
    ...(view.repository === undefined ? [] : [['on', view.repository] as const]),
  ] as const
  const lines = stacked(3)(
    margin + 51,
    facts.map(
      ([word, text]) =>
        (y: number) =>
          factPart(word, text, { x, y, within }),
    ),
  )
  const height = 48 + lines.height
  return {
    drawn: group([
      panel(margin, margin, inner, height, `card ${view.mark.tone}`),
      badge(margin + 22, margin + 23, view.mark),
      label(`${view.operation}: ${view.answer}`, { x, y: margin + 29, className: `title ${view.mark.tone}` }),
      lines.drawn,
    ]),
    height,
  }
}

const boardPart = (view: VerdictView, top: number, inner: number): Part => {
  if (view.steps.length === 0) return { drawn: group([]), height: 0 }
  const titles = view.layers.map((name, i) =>
    paragraph(name, { x: cellLeft(i), y: top + 24, within: CELL - 12, className: 'code soft' }),
  )
  const head = tallest(titles, line) + 18
  const height = head + view.steps.length * ROW
  return {
    drawn: group([
      panel(margin, top, inner, height),
      label('action', { x: margin + 16, y: top + 24, className: 'soft' }),
      ...titles.map(({ drawn }) => drawn),
      label('outcome', { x: cellLeft(view.layers.length) + 8, y: top + 24, className: 'soft' }),
      ...view.steps.map((step, i) => row(step, top + head + i * ROW, inner)),
    ]),
    height,
  }
}

const cellLeft = (place: number): number => margin + ACTIONS + place * CELL

const row = ({ trace, cells }: StepView, y: number, inner: number): Markup => {
  const { letter, tone } = outcomes[trace.outcome]
  const x = cellLeft(cells.length) + 8
  return group([
    element('line', { x1: margin, y1: y, x2: margin + inner, y2: y, class: 'rail thin' }),
    label(trace.action, { x: margin + 16, y: y + 27, className: 'code strong' }),
    ...cells.flatMap((layer, i) => (layer === undefined ? [] : [cell(layer, cellLeft(i), y)])),
    badge(x + 12, y + ROW / 2, { letter, tone }),
    label(endings[trace.outcome], { x: x + 32, y: y + 27, className: `${tone} strong` }),
  ])
}

const endings: Readonly<Record<StepView['trace']['outcome'], string>> = {
  Allowed: 'allowed',
  ImplicitlyDenied: 'nothing allows it',
  ExplicitlyDenied: 'a statement denies it',
}

const cell = ({ standing }: LayerView, x: number, y: number): Markup => {
  const { letter, tone } = marks[standing]
  return group([
    badge(x + 12, y + ROW / 2, { letter, tone }),
    label(words[standing], { x: x + 30, y: y + 27, className: tone }),
  ])
}

const words: Readonly<Record<LayerView['standing'], string>> = {
  Denies: 'denies',
  Lacks: 'must allow',
  Grants: 'allows',
  Silent: 'silent',
  Absent: 'none',
}
