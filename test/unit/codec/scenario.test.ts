/** Scenarios: reading with pointers through to the policies, and printing. */
import { describe, expect, it } from 'vitest'
import { parseScenario, parseScenarioOrThrow, scenarioToJson } from '../../../src/codec/index.js'
import { empty } from '../../../src/model/Environment.js'
import decisions from '../../cases/decisions.json' with { type: 'json' }
import { granting, only, outline, policy, right, statement, without } from './support.js'

const request = {
  principal: 'arn:aws:iam::111122223333:role/node',
  action: 'ecr:BatchGetImage',
  resource: 'arn:aws:ecr:eu-west-1:444455556666:repository/app',
}
const rcp = { Effect: 'Deny', Principal: '*', Action: 'ecr:*', Resource: '*' }
const full = {
  request: {
    ...request,
    resourceAccount: '444455556666',
    context: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5'] },
  },
  identityPolicies: [policy(statement)],
  permissionsBoundary: policy(statement),
  sessionPolicies: [policy(statement)],
  resourcePolicy: policy(granting),
  registryPolicy: policy({ ...granting, Resource: '*' }),
  endpointPolicies: [policy(granting)],
  serviceControlPolicies: [[policy(statement)], []],
  resourceControlPolicies: [[policy(rcp)]],
  facts: {
    principalAccountIsManagement: true,
    resourceAccountIsManagement: true,
    principalIsServiceLinkedRole: true,
    registryPolicyScope: 'V1',
  },
  expect: 'Allowed',
}

describe('a scenario of only a request', () => {
  it('meets an empty environment', () => {
    const scenario = right(parseScenario({ request }))
    expect(scenario.environment).toStrictEqual(empty)
    expect(scenario.expect).toBeUndefined()
    expect(scenarioToJson(scenario)).toStrictEqual({ request })
  })
})

describe('every element of a scenario', () => {
  it('is read, and printed again', () => {
    expect(scenarioToJson(parseScenarioOrThrow(full))).toStrictEqual(full)
    expect(scenarioToJson(parseScenarioOrThrow(JSON.stringify(full, undefined, 1)))).toStrictEqual(full)
  })

  it('may have its policies as JSON text', () => {
    const embedded = { ...full, identityPolicies: full.identityPolicies.map((one) => JSON.stringify(one)) }
    expect(parseScenario(embedded)).toStrictEqual(parseScenario(full))
  })

  it('takes a boundary in a list, or an empty list of none', () => {
    expect(parseScenario({ ...full, permissionsBoundary: [policy(statement)] })).toStrictEqual(
      parseScenario(full),
    )
    expect(parseScenario({ ...full, permissionsBoundary: [] })).toStrictEqual(
      parseScenario(without(full, 'permissionsBoundary')),
    )
  })

  it('takes one context value without a list', () => {
    const context = { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }
    expect(parseScenario({ ...full, request: { ...full.request, context } })).toStrictEqual(
      parseScenario(full),
    )
  })

  it('keeps remarks for the reader out of it', () => {
    const remarks = { id: 1, topic: 'x', why: null, note: [], confidence: 'low', description: {} }
    expect(parseScenario({ ...full, ...remarks })).toStrictEqual(parseScenario(full))
  })

  it('tells no organization from one without levels', () => {
    expect(
      right(parseScenario({ request, serviceControlPolicies: [] })).environment.serviceControlPolicies,
    ).toStrictEqual([])
    expect(scenarioToJson(right(parseScenario({ request, serviceControlPolicies: [] })))).toStrictEqual({
      request,
      serviceControlPolicies: [],
    })
  })
})

describe('a fault in a scenario is located', () => {
  const bad = policy(statement, { ...statement, Action: ['ecr:*', 'x'] })
  it.each([
    ['not an object', 7, '', 'InvalidType'],
    ['no request', without(full, 'request'), '', 'MissingElement'],
    ['an unknown element', { ...full, identityPolicy: [] }, '/identityPolicy', 'UnknownElement'],
    [
      'an unknown part of a request',
      { request: { ...request, region: 'x' } },
      '/request/region',
      'UnknownElement',
    ],
    ['a request without an action', { request: without(request, 'action') }, '/request', 'MissingElement'],
    ['a caller', { request: { ...request, principal: 'node' } }, '/request/principal', 'InvalidCaller'],
    ['an action', { request: { ...request, action: 'ecr:*' } }, '/request/action', 'InvalidAction'],
    ['a resource', { request: { ...request, resource: 'app' } }, '/request/resource', 'InvalidArn'],
    [
      'an account',
      { request: { ...request, resourceAccount: '1' } },
      '/request/resourceAccount',
      'InvalidAccountId',
    ],
    ['the type of an action', { request: { ...request, action: 7 } }, '/request/action', 'InvalidType'],
    ['the context', { request: { ...request, context: [] } }, '/request/context', 'InvalidType'],
    ['a context value', { request: { ...request, context: { k: 7 } } }, '/request/context/k', 'InvalidType'],
    [
      'one of several',
      { request: { ...request, context: { k: ['a', 7] } } },
      '/request/context/k/1',
      'InvalidType',
    ],
    [
      'a key in two spellings',
      { request: { ...request, context: { k: '1', K: '2' } } },
      '/request/context/K',
      'DuplicateConditionKey',
    ],
    [
      'a key without a name',
      { request: { ...request, context: { '': '1' } } },
      '/request/context/',
      'InvalidConditionKey',
    ],
    ['an outcome', { request, expect: 'allowed' }, '/expect', 'InvalidType'],
    ['an unknown fact', { request, facts: { x: true } }, '/facts/x', 'UnknownElement'],
    [
      'a fact',
      { request, facts: { principalAccountIsManagement: 'true' } },
      '/facts/principalAccountIsManagement',
      'InvalidType',
    ],
    [
      'a scope',
      { request, facts: { registryPolicyScope: 'V3' } },
      '/facts/registryPolicyScope',
      'InvalidType',
    ],
    [
      'policies in no list',
      { request, identityPolicies: policy(statement) },
      '/identityPolicies',
      'InvalidType',
    ],
    [
      'a policy',
      { request, identityPolicies: [bad] },
      '/identityPolicies/0/Statement/1/Action/1',
      'InvalidAction',
    ],
    [
      'a policy as text',
      { request, identityPolicies: [JSON.stringify(bad)] },
      '/identityPolicies/0/Statement/1/Action/1',
      'InvalidAction',
    ],
    ['text that is no JSON', { request, resourcePolicy: '{' }, '/resourcePolicy', 'InvalidJson'],
    [
      'a policy of another kind',
      { request, identityPolicies: [policy(granting)] },
      '/identityPolicies/0/Statement/0',
      'MissingElement',
    ],
    [
      'two boundaries',
      { request, permissionsBoundary: [policy(statement), policy(statement)] },
      '/permissionsBoundary',
      'InvalidType',
    ],
    [
      'a level',
      { request, serviceControlPolicies: [policy(statement)] },
      '/serviceControlPolicies/0',
      'InvalidType',
    ],
    [
      'an RCP',
      { request, resourceControlPolicies: [[], [policy({ ...rcp, Effect: 'Allow' })]] },
      '/resourceControlPolicies/1/0/Statement/0/Effect',
      'InvalidEffect',
    ],
  ])('%s', (_, input, pointer, code) => {
    const found = outline(parseScenario(input))
    expect(found).toContainEqual([pointer, code])
    expect(outline(parseScenario(JSON.stringify(input)))).toContainEqual([pointer, code])
  })

  it('as a list, all at once', () => {
    const result = parseScenario({ request: {}, expect: 1, facts: [], identityPolicies: [{}, 1] })
    expect(outline(result).map(([pointer]) => pointer)).toStrictEqual([
      '/request',
      '/request',
      '/request',
      '/identityPolicies/0',
      '/identityPolicies/1',
      '/facts',
      '/expect',
    ])
  })

  it('by line and column of the text that holds it', () => {
    const inner = '{\n"Statement": 7 }'
    expect(only(parseScenario({ request, identityPolicies: [inner] }))).toMatchObject({ line: 2, column: 14 })
    const outer = `{"request":${JSON.stringify(request)},\n"identityPolicies":[${JSON.stringify(inner)}]}`
    expect(only(parseScenario(outer))).toMatchObject({ line: 2, column: 21 })
  })

  it('and parseScenarioOrThrow prints it', () => {
    expect(() => parseScenarioOrThrow({})).toThrow(
      'the scenario is not valid: 1 error\n  (whole input): a scenario needs `request`',
    )
  })
})

describe('policies in scenarios', () => {
  it('have no limit of size', () => {
    const large = policy(...Array.from({ length: 500 }, () => statement))
    expect(
      outline(
        parseScenario({ request, permissionsBoundary: large, sessionPolicies: [JSON.stringify(large)] }),
      ),
    ).toStrictEqual([])
  })
})

describe('the table of decisions', () => {
  it.each(decisions.map((one) => ({ id: one.id, one })))(
    '$id is read, and printed and read again',
    ({ one }) => {
      const scenario = right(parseScenario(one))
      expect(scenario.expect).toBe(one.expect)
      expect(parseScenario(scenarioToJson(scenario))).toStrictEqual(parseScenario(one))
    },
  )
})
