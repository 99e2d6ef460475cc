/**
 * A decision as a drawing.
 *
 * @since 0.1.0
 */
import type { Simulator } from '../../simulator/index.js'
import { element, group } from '../markup.js'
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
import {
  markOf,
  marks,
  outcomes,
  traceView,
  type LayerView,
  type StatementView,
  type TraceView,
} from './traceView.js'

// ---- measures ----

const WIDTH = 880
const { line, margin } = measure
const rail = margin + 12
const left = margin + 40
const inner = WIDTH - left - margin
const gap = 12

// ---- rendering ----

/**
 * A decision as a drawing in SVG: the request, then its way down through the layers, then the outcome. Texts are broken into
 * lines and never cut off.
 *
 * @category rendering
 * @since 0.1.0
 */
export const traceSvg = (decision: Simulator.Decision): string => {
  const view = traceView(decision)
  const head = headPart(view, margin)
  const top = margin + head.height + gap
  const layers = stacked(gap)(
    top,
    view.layers.map((layer) => (y: number) => layerPart(layer, y)),
  )
  const end = top + (view.layers.length === 0 ? 0 : layers.height + gap)
  const tail = outcomePart(view, end)
  return drawing(
    {
      width: WIDTH,
      height: end + tail.height + margin,
      title: `${view.action} is ${outcomes[view.outcome].words}`,
      description: [view.sentence, ...view.layers.map(({ name, says }) => `${name}: ${says}`)].join('; '),
    },
    [
      element('line', { x1: rail, y1: top - gap, x2: rail, y2: end + gap, class: 'rail' }),
      head.drawn,
      layers.drawn,
      tail.drawn,
    ],
  )
}

const headPart = ({ action, caller, resource }: TraceView, y: number): Part => {
  const x = margin + 16
  const within = WIDTH - 2 * margin - 32
  const parts = stacked(4)(y + 28, [
    (at) => paragraph(action, { x, y: at, within, className: 'code strong' }),
    (at) => factPart('by', caller, { x, y: at, within }),
    (at) => factPart('on', resource, { x, y: at, within }),
  ])
  const height = 28 + parts.height
  return { drawn: group([panel(margin, y, WIDTH - 2 * margin, height), parts.drawn]), height }
}

const layerPart = ({ name, standing, says, stops, statements }: LayerView, y: number): Part => {
  const mark = marks[standing]
  const rows = stacked(4)(
    y + 54,
    statements.map((statement) => (at: number) => statementPart(statement, at)),
  )
  const height = 38 + (statements.length === 0 ? 0 : rows.height + 10)
  return {
    drawn: group([
      panel(left, y, inner, height, stops ? `card ${mark.tone}` : 'panel'),
      badge(rail, y + 19, mark),
      label(name, { x: left + 16, y: y + 24, className: 'strong' }),
      label(`${says}${stops ? ' ◀ stops here' : ''}`, {
        x: left + inner - 16,
        y: y + 24,
        className: `${mark.tone} strong`,
        anchor: 'end',
      }),
      rows.drawn,
    ]),
    height,
  }
}

const statementPart = (statement: StatementView, y: number): Part => {
  const { letter, tone } = markOf(statement)
  const x = left + 16
  const place = paragraph(statement.name, { x: x + 72, y, within: 168 })
  const says = paragraph(statement.says, {
    x: x + 252,
    y,
    within: inner - 252 - 32,
    className: statement.matches ? `code ${tone}` : 'code soft',
  })
  return {
    drawn: group([
      label(letter, { x, y, className: `sign ${tone}` }),
      label(statement.effect, { x: x + 22, y, className: tone }),
      place.drawn,
      says.drawn,
    ]),
    height: tallest([place, says], line),
  }
}

const outcomePart = ({ outcome, sentence }: TraceView, y: number): Part => {
  const { letter, tone, words } = outcomes[outcome]
  const why = paragraph(sentence, { x: left + 16, y: y + 24 + line + 4, within: inner - 32 })
  const height = 24 + line + why.height
  return {
    drawn: group([
      panel(left, y, inner, height, `card ${tone}`),
      badge(rail, y + 19, { letter, tone }),
      label(words, { x: left + 16, y: y + 24, className: `${tone} strong` }),
      why.drawn,
    ]),
    height,
  }
}
