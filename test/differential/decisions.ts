/**
 * `oracle = plain simulator = compiled simulator`, on generated scenarios, on environments one edit away from them, and on
 * many requests near each.
 */
import fc from 'fast-check'
import { parseScenarioOrThrow, scenarioToJson, type Scenario } from '../../src/codec/index.js'
import type { Environment } from '../../src/model/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { arbitrary } from '../../src/testing/index.js'
import { decide as decideByOracle, type Outcome, type ScenarioJson } from '../oracle/decide.js'
import type { RequestJson } from '../oracle/statements.js'
import { edits } from '../property/edits.js'
import { dice } from '../property/smallUniverse.js'
import { coverageOf, touched, type Coverage } from './coverage.js'
import { hash } from './hash.js'
import { nearby, pick, type Asked, type Dice } from './nearby.js'
import { oddities, withEmptyKey } from './oddities.js'

export interface Disagreement {
  readonly answers: Readonly<Record<string, string>>
  readonly question: unknown
}

/** Of a batch; a question is an environment with a request, and none is asked twice in a batch. */
export interface DecisionReport {
  /** Questions that oracle, simulator and compiled simulator have all answered. */
  readonly decisions: number
  readonly outcomes: Readonly<Record<Outcome, number>>
  /** Environments that were asked, generated and edited. */
  readonly environments: number
  /** How many of the questions differ in what became of some statement, or in the environment. */
  readonly ways: number
  /** The numbers of some of the questions, one in `sampledOf`: batches with the same question show it here that often. */
  readonly sample: readonly number[]
  /** Decisions that were looked at, rule by rule. */
  readonly observed: number
  readonly coverage: Coverage
  readonly disagreements: readonly Disagreement[]
}

/**
 * Requests that are drawn for each scenario, all asked of its environment and so many of each edit of it. Where something is
 * allowed there is more to lose, and outcomes come out more evenly.
 */
const drawnFor = {
  Allowed: { original: 60, edited: 30 },
  ImplicitlyDenied: { original: 24, edited: 10 },
  ExplicitlyDenied: { original: 45, edited: 22 },
} as const

/**
 * How closely to look: edits of each environment; one scenario of so many is asked with its oddities too, and of one in so
 * many a decision is looked at, rule by rule.
 */
export interface Plan {
  readonly edits: number
  readonly oddOf: number
  readonly observedOf: number
}

const usual: Plan = { edits: 5, oddOf: 32, observedOf: 2 }

/** One environment of so many is asked so often that the compiled one answers by the index it makes then. */
const repetitive = { oneOf: 12, requests: 240 } as const

const sampledOf = 1_024

const orError = (decide: () => string): string => {
  try {
    return decide()
  } catch (error) {
    return String(error)
  }
}

const emptyOutcomes = { Allowed: 0, ImplicitlyDenied: 0, ExplicitlyDenied: 0 }

const isOutcome = (text: string): text is Outcome => Object.hasOwn(emptyOutcomes, text)

const toJson = (scenario: Scenario): ScenarioJson => scenarioToJson(scenario) as unknown as ScenarioJson

/** What became of each statement, in short. */
const wayOf = ({ trace, outcome }: ReturnType<typeof Simulator.decide>): string =>
  trace
    .map((each) => {
      if (each._tag === 'Matched') return each.strength
      const { mismatch } = each
      return mismatch.element === 'Condition' ? `${mismatch.operator} ${mismatch.key}` : mismatch.element
    })
    .concat(outcome)
    .join('\n')

/** An environment, ready to be asked by all three. */
interface Met {
  readonly environment: Environment.Environment
  readonly json: Omit<ScenarioJson, 'request'>
  readonly number: number
}

const met = (environment: Environment.Environment, scenario: Scenario): Met => {
  const { request: _, ...json } = toJson({ ...scenario, environment })
  return { environment, json, number: hash(JSON.stringify(json)) }
}

const asked = (scenario: Scenario): Asked => {
  const { request: json } = toJson(scenario)
  return { request: scenario.request, json, number: hash(JSON.stringify(json)) }
}

const numberOf = (where: Met, request: number): number => hash(`${String(where.number)} ${String(request)}`)

/** The questions of a batch, counted. */
const counting = () => {
  const outcomes = { ...emptyOutcomes }
  const questions = new Map<number, Outcome>()
  const [environments, ways] = [new Set<number>(), new Set<number>()]
  const names = new Map<string, number>()
  const disagreements: Disagreement[] = []
  const looked = new Set<number>()
  const ask = (where: Met, { request, json, number }: Asked): Outcome | undefined => {
    const question = numberOf(where, number)
    const known = questions.get(question)
    if (known !== undefined) return known
    const scenario = { ...where.json, request: json }
    let way = ''
    const answers = {
      oracle: orError(() => decideByOracle(scenario)),
      plain: orError(() => {
        const decision = Simulator.decide(where.environment, request)
        way = wayOf(decision)
        return decision.outcome
      }),
      compiled: orError(() => Simulator.compile(where.environment).outcome(request)),
    }
    const { oracle, plain, compiled } = answers
    if (!isOutcome(oracle) || plain !== oracle || compiled !== oracle) {
      disagreements.push({ answers, question: scenario })
      return undefined
    }
    questions.set(question, oracle)
    environments.add(where.number)
    ways.add(hash(`${String(where.number)} ${way}`))
    outcomes[oracle] += 1
    return oracle
  }
  const observe = (where: Met, what: Asked): void => {
    const outcome = ask(where, what)
    const question = numberOf(where, what.number)
    if (outcome === undefined || looked.has(question)) return
    looked.add(question)
    for (const name of touched({ ...where.json, request: what.json }, outcome))
      names.set(name, (names.get(name) ?? 0) + 1)
  }
  const report = (): DecisionReport => ({
    decisions: questions.size,
    outcomes,
    environments: environments.size,
    ways: ways.size,
    sample: Array.from(questions.keys()).filter((question) => question % sampledOf === 0),
    observed: looked.size,
    coverage: coverageOf(names),
    disagreements,
  })
  return { ask, observe, report }
}

type Counting = ReturnType<typeof counting>

// ---- batches ----

interface Batch {
  readonly count: Counting
  readonly roll: Dice
  readonly others: readonly RequestJson[]
  readonly plan: Plan
}

/** Requests with one outcome. */
type Group = readonly Asked[]

const askAll = ({ ask }: Counting, where: Met, requests: readonly Asked[]): readonly Group[] => {
  const groups = new Map<Outcome | undefined, Asked[]>()
  for (const each of requests) {
    const outcome = ask(where, each)
    groups.set(outcome, [...(groups.get(outcome) ?? []), each])
  }
  return Array.from(groups.values())
}

/** As often what was allowed elsewhere as what was denied there, of either sort. */
const askSome = ({ count, roll }: Batch, where: Met, groups: readonly Group[], most: number): void => {
  for (let time = 0; time < most; time += 1) count.ask(where, pick(roll, pick(roll, groups)))
}

/** The oddities of a scenario, and its JSON with an emptied key as the library reads that. */
const askOdd = ({ observe }: Counting, scenario: Scenario): void => {
  const odd = [...oddities(scenario), ...withEmptyKey(scenario).map(parseScenarioOrThrow)]
  for (const each of odd) observe(met(each.environment, each), asked(each))
}

/** A scenario, at its place in the batch, with requests and environments near it. */
const askNear = (batch: Batch, scenario: Scenario, at: number): void => {
  const { count, roll, others, plan } = batch
  const [where, own] = [met(scenario.environment, scenario), asked(scenario)]
  const drawn = drawnFor[count.ask(where, own) ?? 'ImplicitlyDenied']
  const isRepetitive = at % repetitive.oneOf === 0
  const sources = { scenario: { ...where.json, request: own.json }, others }
  const most = isRepetitive ? repetitive.requests : drawn.original
  const requests = [own, ...nearby(roll, sources, most, isRepetitive)]
  if (at % plan.oddOf === 0) askOdd(count, scenario)
  if (at % plan.observedOf === 0) count.observe(where, pick(roll, requests))
  const groups = askAll(count, where, requests)
  const all = edits(scenario.environment)
  for (let edit = 0; edit < plan.edits && all.length > 0; edit += 1)
    askSome(batch, met(pick(roll, all), scenario), groups, drawn.edited)
}

/** The decisions that come of `size` generated scenarios, the same for the same seed. */
export const decisionBatch = (seed: number, size: number, plan = usual): DecisionReport => {
  const scenarios = fc.sample(arbitrary.scenario(), { seed, numRuns: size })
  const others = scenarios.map((each) => asked(each).json)
  const batch: Batch = { count: counting(), roll: dice(seed), others, plan }
  scenarios.forEach((scenario, at) => {
    askNear(batch, scenario, at)
  })
  return batch.count.report()
}
