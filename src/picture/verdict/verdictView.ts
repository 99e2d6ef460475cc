/**
 * What a picture of a verdict shows: the actions of an operation by the layers that have a say in them.
 *
 * @since 0.1.0
 */
import { Repository, type Verdict } from '../../ecr/index.js'
import { Caller } from '../../model/index.js'
import type { Mark } from '../mark.js'
import { marks, traceView, type LayerView, type TraceView } from '../trace/traceView.js'

// ---- model ----

/**
 * A verdict to be drawn. `layers`: the names of all layers of all steps, in order; a step has a view of each that was
 * looked at for it.
 *
 * @category model
 * @since 0.1.0
 */
export interface VerdictView {
  readonly operation: string
  readonly caller: string
  readonly repository: string | undefined
  readonly answer: string
  readonly mark: Mark
  readonly layers: readonly string[]
  readonly steps: readonly StepView[]
}

/**
 * An action, and its layers by place in `layers` of the verdict.
 *
 * @category model
 * @since 0.1.0
 */
export interface StepView {
  readonly trace: TraceView
  readonly cells: readonly (LayerView | undefined)[]
}

// ---- constructors ----

/**
 * What to draw of a verdict.
 *
 * @category constructors
 * @since 0.1.0
 */
export const verdictView = (verdict: Verdict): VerdictView => {
  const traces = verdict.steps.map(({ decision }) => traceView(decision))
  const layers = traces.reduce<readonly string[]>((all, trace) => merged(all, namesOf(trace)), [])
  return {
    operation: verdict.operation,
    caller: Caller.show(verdict.principal),
    repository: verdict.repository === undefined ? undefined : Repository.show(verdict.repository),
    ...answerOf(verdict),
    layers,
    steps: traces.map((trace) => ({
      trace,
      cells: layers.map((name) => trace.layers.find((layer) => layer.name === name)),
    })),
  }
}

const namesOf = ({ layers }: TraceView): readonly string[] => layers.map(({ name }) => name)

/** Two lists in one that keeps the order of both, which do not contradict each other. */
const merged = (a: readonly string[], b: readonly string[]): readonly string[] =>
  b.reduce<readonly string[]>((all, name, i) => {
    if (all.includes(name)) return all
    const before = b
      .slice(0, i)
      .map((one) => all.indexOf(one))
      .reduce((last, place) => Math.max(last, place), -1)
    return [...all.slice(0, before + 1), name, ...all.slice(before + 1)]
  }, a)

const answerOf = ({ allowed, steps, missing, denied }: Verdict): Pick<VerdictView, 'answer' | 'mark'> => {
  if (allowed) return { answer: 'allowed', mark: marks.Grants }
  const mark = denied.length > 0 ? marks.Denies : marks.Lacks
  return steps.length === 0
    ? { answer: 'not allowed, as nothing could be asked', mark }
    : { answer: `denied (${missing.length + denied.length} of ${steps.length} actions)`, mark }
}
