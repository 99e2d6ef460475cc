/**
 * `oracle = plain simulator = compiled simulator`, on generated scenarios and on scenarios one edit away from them.
 */
import fc from 'fast-check'
import { scenarioToJson, type Scenario } from '../../src/codec/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { arbitrary } from '../../src/testing/index.js'
import { decide as decideByOracle, type Outcome, type ScenarioJson } from '../oracle/decide.js'
import { edits } from '../property/edits.js'
import { oddities } from './oddities.js'
import { coverageOf, touched, type Coverage } from './coverage.js'

export interface Disagreement {
  readonly answers: Readonly<Record<string, string>>
  readonly question: unknown
}

export interface DecisionReport {
  readonly decisions: number
  readonly outcomes: Readonly<Record<Outcome, number>>
  /** Counted on the generated scenarios and on their oddities, not on the edits. */
  readonly coverage: Coverage
  readonly disagreements: readonly Disagreement[]
}

/** Edits of each scenario, drawn evenly from all there are. */
const nearby = 8

const evenly = <A>(from: readonly A[], most: number): readonly A[] =>
  from.filter((_, i) => Math.floor((i * most) / from.length) !== Math.floor(((i - 1) * most) / from.length))

const editsOf = ({ environment, request, expect }: Scenario): readonly Scenario[] =>
  evenly(edits(environment), nearby).map((edited) => ({ environment: edited, request, expect }))

const orError = (decide: () => string): string => {
  try {
    return decide()
  } catch (error) {
    return String(error)
  }
}

const written = (scenario: Scenario): readonly [Scenario, ScenarioJson] => [
  scenario,
  scenarioToJson(scenario) as unknown as ScenarioJson,
]

const answersOf = ({ environment, request }: Scenario, json: ScenarioJson) => ({
  oracle: orError(() => decideByOracle(json)),
  plain: orError(() => Simulator.decide(environment, request).outcome),
  compiled: orError(() => Simulator.compile(environment).outcome(request)),
})

/** The decisions that come of `size` generated scenarios, the same for the same seed. */
export const decisionBatch = (seed: number, size: number): DecisionReport => {
  const outcomes = { Allowed: 0, ImplicitlyDenied: 0, ExplicitlyDenied: 0 }
  const names = new Map<string, number>()
  const disagreements: Disagreement[] = []
  const ask = (scenario: Scenario, json: ScenarioJson): Outcome => {
    const answers = answersOf(scenario, json)
    if (new Set(Object.values(answers)).size > 1) disagreements.push({ answers, question: json })
    const outcome = answers.plain as Outcome
    outcomes[outcome] += 1
    return outcome
  }
  for (const scenario of fc.sample(arbitrary.scenario(), { seed, numRuns: size })) {
    for (const [each, json] of [scenario, ...oddities(scenario)].map(written))
      touched(json, ask(each, json)).forEach((name) => names.set(name, (names.get(name) ?? 0) + 1))
    for (const [each, json] of editsOf(scenario).map(written)) ask(each, json)
  }
  const decisions = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  return { decisions, outcomes, coverage: coverageOf(names), disagreements }
}
