/**
 * `Simulator.compile(environment).outcome(request) === Simulator.decide(environment, request).outcome`
 *
 * The same of the oracle; with documents that other environments hold too; with requests made ready beforehand. An
 * ordinary run makes 6,000 scenarios from fixed seeds; with ECR_POLICY_DEEP=1 half a million from a random seed.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scenarioToJson, type Scenario } from '../../src/codec/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { arbitrary } from '../../src/testing/index.js'
import { decide as decideByOracle, type ScenarioJson } from '../oracle/decide.js'
import { touched, wanted } from './corners.js'
import { edits } from './edits.js'

const { compile, decide, prepareRequest } = Simulator

const deep = process.env['ECR_POLICY_DEEP'] === '1'
const [batches, size] = deep ? [25, 20_000] : [4, 1_500]
const start = deep ? Math.floor(Math.random() * 2 ** 31) : 20_261_122
const sampled = deep ? 10 : 2

const plain = ({ environment, request }: Scenario): Simulator.Outcome => decide(environment, request).outcome
const compiled = ({ environment, request }: Scenario): Simulator.Outcome =>
  compile(environment).outcome(request)
const oracle = (scenario: Scenario): string =>
  decideByOracle(scenarioToJson(scenario) as unknown as ScenarioJson)

const outcomes = new Map<string, number>()
const reached = new Map<string, number>()

const count = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

/** Throws with the smallest disagreeing scenario and all answers. */
const agree = (seed: number, numRuns: number, agrees: (scenario: Scenario) => boolean): void => {
  const { counterexample } = fc.check(fc.property(arbitrary.scenario(), agrees), { seed, numRuns })
  const [found] = counterexample ?? []
  if (found === undefined) return
  const answers = `compiled: ${compiled(found)}, plain: ${plain(found)}, oracle: ${oracle(found)}`
  throw new Error(`no agreement (${answers}, seed: ${seed}) on\n${JSON.stringify(scenarioToJson(found))}`)
}

describe('a compiled environment', () => {
  it.each(Array.from({ length: batches }, (_, i) => (start + i * 7919) % 2 ** 31))(
    'decides as the plain simulator and the oracle do, every scenario of seed %i',
    (seed) => {
      let run = 0
      agree(seed, size, (scenario) => {
        const outcome = compiled(scenario)
        count(outcomes, outcome)
        if (run++ % sampled === 0) touched(scenario).forEach((corner) => count(reached, corner))
        return outcome === plain(scenario) && outcome === oracle(scenario)
      })
      expect(run).toBe(size)
    },
    600_000,
  )

  it('decides as the plain simulator does when documents are shared and one policy has changed', () => {
    agree(start, deep ? 5_000 : 200, (scenario) =>
      [scenario.environment, ...edits(scenario.environment)]
        .map((environment) => ({ ...scenario, environment }))
        .every((each) => compiled(each) === plain(each)),
    )
  }, 600_000)

  it('decides many requests one after the other as if each were the first', () => {
    const several = fc.array(arbitrary.scenario(), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(several, (scenarios) =>
        scenarios.every(({ environment }) => {
          const { outcome } = compile(environment)
          return [...scenarios, ...scenarios].every(
            ({ request }) =>
              outcome(request) === decide(environment, request).outcome &&
              outcome(prepareRequest(request)) === outcome({ ...request }),
          )
        }),
      ),
      { seed: start, numRuns: deep ? 20_000 : 300 },
    )
  }, 600_000)

  it('decides as the plain simulator does once it is asked so often that an index of all policies is made', () => {
    const often = 64
    const several = fc.array(arbitrary.scenario(), { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(several, ([first, ...more]) => {
        if (first === undefined) return false
        const { environment, request } = first
        const { outcome } = compile(environment)
        const { principal, action } = request
        for (let asked = 0; asked < often; asked++) outcome(request)
        return [request, ...more.map((one) => ({ ...one.request, principal, action }))].every(
          (each) => outcome(each) === decide(environment, each).outcome,
        )
      }),
      { seed: start, numRuns: deep ? 20_000 : 500 },
    )
  }, 600_000)

  it('explains itself as the plain simulator does', () => {
    agree(start, deep ? 5_000 : 100, ({ environment, request }) => {
      expect(compile(environment).decide(request)).toStrictEqual(decide(environment, request))
      return true
    })
  })
})

describe('the generated scenarios', () => {
  it.each(['Allowed', 'ImplicitlyDenied', 'ExplicitlyDenied'])('are %s in at least a fifth', (outcome) => {
    expect((outcomes.get(outcome) ?? 0) / (batches * size)).toBeGreaterThan(0.2)
  })

  it.each(wanted)('touch the corner: %s', (corner) => {
    expect(reached.get(corner) ?? 0).toBeGreaterThan(0)
  })
})
