/**
 * A decision as a drawing.
 *
 * @since 0.1.0
 */
import type { Simulator } from '../../simulator/index.js'
import { group, type Markup } from '../markup.js'
import { element } from '../markup.js'
import { badge, drawing, label, measure, panel, paragraph } from '../svg.js'
import {
  markOf,
  marks,
  outcomes,
  traceView,
  type LayerView,
  type StatementView,
  type TraceView,
} from './traceView.js'

// ---- model ----

/** A part of the drawing and the height that it takes. */
interface Part {
  readonly drawn: Markup
  readonly height: number
}

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
  const { words } = outcomes[view.outcome]
  const head = headPart(view, margin)
  const top = margin + head.height + gap
  const layers = stacked(view.layers.map((layer) => (y: number) => layerPart(layer, y)), top)
  const end = top + layers.height
  const tail = outcomePart(view, end)
  return drawing(
    {
      width: WIDTH,
      height: end + tail.height + margin,
      title: `${view.action} is ${words}`,
      description: [
        view.sentence,
        ...view.layers.map(({ name, says }) => `${name}: ${says}`),
      ].join('; '),
    },
    [
      element('line', { x1: rail, y1: top - gap, x2: rail, y2: end, class: 'rail' }),
      head.drawn,
      layers.drawn,
      tail.drawn,
    ],
  )
}

/** Parts one below the other; each is told where it begins. */
const stacked = (parts: readonly ((y: number) => Part)[], top: number): Part => {
  const done = parts.reduce<{ readonly drawn: readonly Markup[]; readonly y: number }>(
    ({ drawn, y }, make) => {
      const part = make(y)
      return { drawn: [...drawn, part.drawn], y: y + part.height + gap }
    },
    { drawn: [], y: top },
  )
  return { drawn: group(done.drawn), height: done.y - top }
}

const headPart = ({ action, caller, resource }: TraceView, y: number): Part => {
  const x = margin + 16
  const name = paragraph(action, { x, y: y + 28, within: WIDTH - 2 * margin - 32, className: 'code strong' })
  const facts = [
    ['by', caller],
    ['on', resource],
  ] as const
  const lines = facts.map(([word, text]) => (at: number): Part => {
    const its = paragraph(text, { x: x + 32, y: at, within: WIDTH - 2 * margin - 64 })
    return { drawn: group([label(word, { x, y: at, className: 'soft' }), its.drawn]), height: its.height - gap }
  })
  const rest = stacked(lines, y + 28 + name.height + 4)
  const height = 28 + name.height + rest.height + 4
  return {
    drawn: group([panel(margin, y, WIDTH - 2 * margin, height), name.drawn, rest.drawn]),
    height,
  }
}

const layerPart = ({ name, standing, says, stops, statements }: LayerView, y: number): Part => {
  const mark = marks[standing]
  const rows = stacked(
    statements.map((statement) => (at: number) => statementPart(statement, at)),
    y + 54,
  )
  const height = statements.length === 0 ? 38 : 38 + rows.height + 6
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
    height: Math.max(place.height, says.height) - gap + 4,
  }
}

const outcomePart = ({ outcome, sentence }: TraceView, y: number): Part => {
  const { letter, tone, words } = outcomes[outcome]
  const why = paragraph(sentence, { x: left + 16, y: y + 24 + line + 4, within: inner - 32 })
  const height = 24 + why.height + line
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
