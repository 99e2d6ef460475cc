/**
 * `Simulator.decide(environment, request).outcome === oracle.decide(scenarioToJson({ environment, request }))`
 *
 * Two evaluators that share no code, on requests drawn near their policies. An ordinary run makes 20,000 scenarios from
 * fixed seeds; with ECR_POLICY_DEEP=1 a million from a random seed, or from ECR_POLICY_SEED.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scenarioToJson, type Scenario } from '../../src/codec/index.js'
import { decide } from '../../src/simulator/decide.js'
import { arbitrary } from '../../src/testing/index.js'
import { decide as decideByOracle } from '../oracle/decide.js'
import type { Outcome, ScenarioJson } from '../oracle/decide.js'
import { touched, wanted } from './corners.js'
import { edits } from './edits.js'

const deep = process.env['ECR_POLICY_DEEP'] === '1'
const given = process.env['ECR_POLICY_SEED']
const [batches, size] = deep ? [50, 20_000] : [5, 2_000]
const start = given !== undefined ? Number(given) : deep ? Math.floor(Math.random() * 2 ** 31) : 20_240_601
const sampled = deep ? 10 : 1

const ours = ({ environment, request }: Scenario): Outcome => decide(environment, request).outcome

const theirs = (scenario: Scenario): string => {
  try {
    return decideByOracle(scenarioToJson(scenario) as unknown as ScenarioJson)
  } catch (error) {
    return String(error)
  }
}

const outcomes = new Map<string, number>()
const reached = new Map<string, number>()
const near = { scenarios: 0, flipping: 0, edits: 0 }

const count = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

/** Throws with the smallest disagreeing scenario and both answers. */
const agree = (seed: number, numRuns: number, agrees: (scenario: Scenario) => boolean): void => {
  const { counterexample } = fc.check(fc.property(arbitrary.scenario(), agrees), { seed, numRuns })
  const [found] = counterexample ?? []
  if (found === undefined) return
  const answers = `simulator: ${ours(found)}, oracle: ${theirs(found)}, seed: ${seed}`
  throw new Error(`the evaluators disagree (${answers}) on\n${JSON.stringify(scenarioToJson(found))}`)
}

describe('simulator and oracle', () => {
  it.each(Array.from({ length: batches }, (_, i) => (start + i * 7919) % 2 ** 31))(
    'agree on every scenario of seed %i',
    (seed) => {
      let run = 0
      agree(seed, size, (scenario) => {
        const outcome = ours(scenario)
        count(outcomes, outcome)
        if (run++ % sampled === 0) touched(scenario).forEach((corner) => count(reached, corner))
        return outcome === theirs(scenario)
      })
      expect(run).toBe(size)
    },
    600_000,
  )

  it('agree on every environment one edit away, and often the edit decides', () => {
    agree(start, deep ? 2_000 : 150, (scenario) => {
      const before = ours(scenario)
      const edited = edits(scenario.environment).map((environment) => ({ ...scenario, environment }))
      near.scenarios += 1
      near.edits += edited.length
      const after = edited.map(ours)
      if (after.some((outcome) => outcome !== before)) near.flipping += 1
      return edited.every((one, i) => after[i] === theirs(one))
    })
    expect(near.flipping / near.scenarios).toBeGreaterThan(0.6)
    expect(near.edits / near.scenarios).toBeGreaterThan(10)
  }, 600_000)
})

describe('the generated scenarios', () => {
  const total = batches * size

  it.each(['Allowed', 'ImplicitlyDenied', 'ExplicitlyDenied'])('are %s in at least a fifth', (outcome) => {
    expect((outcomes.get(outcome) ?? 0) / total).toBeGreaterThan(0.2)
  })

  it.each(wanted)('touch the corner: %s', (corner) => {
    expect(reached.get(corner) ?? 0).toBeGreaterThanOrEqual(20)
  })

  it('touch every corner often enough to be counted', () => {
    if (process.env['ECR_POLICY_STATISTICS'] === '1')
      console.info({ start, outcomes, near, reached: [...reached].sort(([, a], [, b]) => a - b) })
    expect(wanted.length).toBeGreaterThan(120)
  })
})
