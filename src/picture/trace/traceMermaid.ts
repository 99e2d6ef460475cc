/**
 * A decision as a Mermaid flowchart.
 *
 * @since 0.1.0
 */
import type { Simulator } from '../../simulator/index.js'
import { flowchart, type Arrow, type Node } from '../mermaidChart.js'
import { mermaid } from '../visible.js'
import { markOf, marks, outcomes, traceView, type LayerView } from './traceView.js'

// ---- rendering ----

/**
 * A decision as a Mermaid flowchart: from the request through the layers to the outcome. A box has the statements that
 * match, and counts those that do not.
 *
 * @category rendering
 * @since 0.1.0
 */
export const traceMermaid = (decision: Simulator.Decision): string => {
  const view = traceView(decision)
  const { letter, tone, words } = outcomes[view.outcome]
  return flowchart(
    'TD',
    [
      {
        name: 'request',
        shape: 'round',
        tone: 'faint',
        lines: [mermaid(view.action), `by ${mermaid(view.caller)}`, `on ${mermaid(view.resource)}`],
      },
      ...view.layers.map(layerNode),
      { name: 'outcome', shape: 'hexagon', tone, lines: [`${letter} ${words}`] },
    ],
    arrowsOf(view.layers),
  )
}

const nameOf = (place: number): string => `layer${place + 1}`

const layerNode = ({ name, standing, says, statements }: LayerView, place: number): Node => {
  const others = statements.filter(({ matches }) => !matches).length
  return {
    name: nameOf(place),
    shape: 'box',
    tone: marks[standing].tone,
    lines: [
      `${marks[standing].letter} ${name}`,
      mermaid(says),
      ...statements
        .filter(({ matches }) => matches)
        .map((statement) => `${markOf(statement).letter} ${statement.effect} ${mermaid(statement.name)}`),
      ...(others === 0 ? [] : [`${others} without a match`]),
    ],
  }
}

/** Layers behind the one that stops the request are looked at, and change nothing: dotted arrows lead to them. */
const arrowsOf = (layers: readonly LayerView[]): readonly Arrow[] => {
  const stop = layers.findIndex(({ stops }) => stops)
  const last = stop === -1 ? layers.length - 1 : stop
  const names = ['request', ...layers.map((_, place) => nameOf(place))]
  const chain = names.slice(1).map((to, i): Arrow => ({
    from: names[i] ?? 'request',
    to,
    kind: i > last ? 'dotted' : 'plain',
  }))
  const end = { from: names[last + 1] ?? 'request', to: 'outcome', kind: 'heavy' as const }
  return [...chain, stop === -1 ? end : { ...end, label: 'stops here' }]
}
