import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEnvironmentNoBroader } from '../../src/algebra/environment.js'
import { meets, residual, type PartialRequest } from '../../src/algebra/residual.js'
import { parseScenarioOrThrow, scenarioToJson } from '../../src/codec/index.js'
import { Context, Environment, type Request } from '../../src/model/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { decide, type ScenarioJson } from '../oracle/decide.js'
import { environment, pair, requests, type EnvironmentJson } from './environmentPairs.js'

const parsed: readonly Request.Request[] = requests.map(
  (request) => parseScenarioOrThrow({ request }).request,
)

const read = (json: EnvironmentJson): Environment.Environment =>
  parseScenarioOrThrow({ ...json, request: requests[0] }).environment

const toJson = (request: Request.Request): ScenarioJson['request'] =>
  scenarioToJson({ request, environment: Environment.empty, expect: undefined })[
    'request'
  ] as unknown as ScenarioJson['request']

const allowed = (environment: Environment.Environment, request: Request.Request): boolean =>
  Simulator.isAllowed(Simulator.decide(environment, request))

describe('isEnvironmentNoBroader, on pairs of small environments', () => {
  const answers = fc
    .sample(pair, { numRuns: 90, seed: 20_261 })
    .map(([a, b]) => ({ a, b, left: read(a), right: read(b) }))
    .map((one) => ({ ...one, verdict: isEnvironmentNoBroader(one.left, one.right) }))
  const share = (tag: string): number =>
    answers.filter(({ verdict }) => verdict._tag === tag).length / answers.length

  it('is sound: simulator and oracle allow each witness on the left and not on the right', () => {
    for (const { a, b, left, right, verdict } of answers) {
      if (verdict._tag !== 'No') continue
      expect(allowed(left, verdict.witness) && !allowed(right, verdict.witness)).toBe(true)
      const request = toJson(verdict.witness)
      expect([decide({ ...a, request }), decide({ ...b, request }) === 'Allowed']).toEqual(['Allowed', false])
    }
  })

  it('is complete: where some request of the small universe separates, the answer is not Yes', () => {
    for (const { left, right, verdict } of answers)
      if (verdict._tag === 'Yes')
        expect(parsed.find((request) => allowed(left, request) && !allowed(right, request))).toBeUndefined()
  })

  it('answers either way often, and always', () => {
    expect(share('No')).toBeGreaterThanOrEqual(0.1)
    expect(share('Yes')).toBeGreaterThanOrEqual(0.1)
    expect(share('Undecided')).toBe(0)
  })
})

describe('residual', () => {
  const partial = fc
    .tuple(fc.constantFrom(...parsed), fc.constantFrom(0, 1, 2, 3, 4, 5), fc.boolean())
    .map(([request, hidden, withContext]) => ({ request, hidden, withContext }))

  const part = (request: Request.Request, hidden: number, withContext: boolean): PartialRequest => ({
    ...(hidden === 1 || hidden === 4 ? {} : { principal: request.principal }),
    ...(hidden === 2 || hidden === 5 ? {} : { action: request.action }),
    ...(hidden === 3 || hidden === 4 || hidden === 5 ? {} : { resource: request.resource }),
    ...(withContext && request.context.length > 0 ? { context: request.context } : {}),
  })

  const completes = (known: PartialRequest, request: Request.Request): boolean =>
    (known.principal === undefined || known.principal === request.principal) &&
    (known.action === undefined || known.action === request.action) &&
    (known.resource === undefined || known.resource === request.resource) &&
    (known.context ?? Context.empty).every(
      ({ name, values }) => JSON.stringify(Context.get(name)(request.context)) === JSON.stringify(values),
    )

  it('is met by exactly the completions that are allowed', () => {
    fc.assert(
      fc.property(environment, partial, (json, { request, hidden, withContext }) => {
        const [its, known] = [read(json), part(request, hidden, withContext)]
        const found = residual(its, known)
        return parsed
          .filter((each) => completes(known, each))
          .every((each) => meets(found)(each) === allowed(its, each))
      }),
      { numRuns: 80, seed: 7 },
    )
  })
})
