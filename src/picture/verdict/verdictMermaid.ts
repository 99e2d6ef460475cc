/**
 * A verdict as a Mermaid flowchart.
 *
 * @since 0.1.0
 */
import type { Verdict } from '../../ecr/index.js'
import { flowchart, type Arrow, type Node } from '../mermaidChart.js'
import { outcomes } from '../trace/traceView.js'
import { mermaid } from '../visible.js'
import { verdictView, type StepView } from './verdictView.js'

// ---- rendering ----

/**
 * A verdict as a Mermaid flowchart: the operation, its actions, and where each of them ends.
 *
 * @category rendering
 * @since 0.1.0
 */
export const verdictMermaid = (verdict: Verdict): string => {
  const view = verdictView(verdict)
  const where = view.repository === undefined ? [] : [`on ${mermaid(view.repository)}`]
  const operation: Node = {
    name: 'operation',
    shape: 'round',
    tone: view.mark.tone,
    lines: [
      `${view.mark.letter} ${mermaid(view.operation)}: ${view.answer}`,
      `by ${mermaid(view.caller)}`,
      ...where,
    ],
  }
  return flowchart('LR', [operation, ...view.steps.flatMap(nodesOf)], view.steps.flatMap(arrowsOf))
}

const nodesOf = ({ trace, cells }: StepView, place: number): readonly Node[] => {
  const { letter, tone, words } = outcomes[trace.outcome]
  const stop = cells.find((layer) => layer?.stops)
  return [
    { name: `action${place + 1}`, shape: 'box', tone, lines: [`${letter} ${mermaid(trace.action)}`] },
    {
      name: `end${place + 1}`,
      shape: 'hexagon',
      tone,
      lines: [`${letter} ${words}`, ...(stop === undefined ? [] : [`${stop.name}: ${mermaid(stop.says)}`])],
    },
  ]
}

const arrowsOf = (_: StepView, place: number): readonly Arrow[] => [
  { from: 'operation', to: `action${place + 1}`, kind: 'plain' },
  { from: `action${place + 1}`, to: `end${place + 1}`, kind: 'heavy' },
]
