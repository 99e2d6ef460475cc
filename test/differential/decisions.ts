/**
 * `oracle = plain simulator = compiled simulator`, on generated scenarios and on scenarios one edit away from them.
 */
import fc from 'fast-check'
import { parseScenarioOrThrow, scenarioToJson, type Scenario } from '../../src/codec/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { arbitrary } from '../../src/testing/index.js'
import { decide as decideByOracle, type Outcome, type ScenarioJson } from '../oracle/decide.js'
import { edits } from '../property/edits.js'
import { oddities, withEmptyKey } from './oddities.js'
import { coverageOf, touched, type Coverage } from './coverage.js'

export interface Disagreement {
  readonly answers: Readonly<Record<string, string>>
  readonly question: unknown
}

export interface DecisionReport {
  readonly decisions: number
  readonly outcomes: Readonly<Record<Outcome, number>>
  /** Counted on every fifth generated scenario and its oddities, which is `observed` decisions. */
  readonly observed: number
  readonly coverage: Coverage
  readonly disagreements: readonly Disagreement[]
}

/** Edits of each scenario, drawn evenly from all there are. */
const nearby = 8

/** One scenario of so many is looked at, rule by rule, and asked with its oddities. */
const observedOf = 5

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

const read = (json: ScenarioJson): readonly [Scenario, ScenarioJson] => [parseScenarioOrThrow(json), json]

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
  let observed = 0
  const ask = (scenario: Scenario, json: ScenarioJson): Outcome => {
    const answers = answersOf(scenario, json)
    if (new Set(Object.values(answers)).size > 1) disagreements.push({ answers, question: json })
    const outcome = answers.plain as Outcome
    outcomes[outcome] += 1
    return outcome
  }
  const askOdd = (scenario: Scenario): void => {
    for (const [each, json] of [...oddities(scenario).map(written), ...withEmptyKey(scenario).map(read)]) {
      touched(json, ask(each, json)).forEach((name) => names.set(name, (names.get(name) ?? 0) + 1))
      observed += 1
    }
  }
  fc.sample(arbitrary.scenario(), { seed, numRuns: size }).forEach((scenario, at) => {
    if (at % observedOf === 0) askOdd(scenario)
    else ask(...written(scenario))
    for (const edited of editsOf(scenario)) ask(...written(edited))
  })
  const decisions = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  return { decisions, outcomes, observed, coverage: coverageOf(names), disagreements }
}
