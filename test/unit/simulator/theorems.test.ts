/** Theorems about every environment and every request: what adding, dropping and shuffling policies can do. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../../src/codec/index.js'
import { Environment, Request, type Document, type Statement } from '../../../src/model/index.js'
import { Simulator } from '../../../src/simulator/index.js'
import { arbitrary } from '../../../src/testing/index.js'
import * as support from './support.js'

type Edit = (document: Document.Document) => Document.Document

const edited = (edit: Edit, environment: Environment.Environment): Environment.Environment => {
  const one = <D extends Document.Document>(document: D): D => edit(document) as D
  const all = <D extends Document.Document>(documents: readonly D[]): readonly D[] => documents.map(one)
  const perhaps = <D extends Document.Document>(document: D | undefined) => document && one(document)
  return {
    ...environment,
    identityPolicies: all(environment.identityPolicies),
    permissionsBoundary: perhaps(environment.permissionsBoundary),
    sessionPolicies: all(environment.sessionPolicies),
    resourcePolicy: perhaps(environment.resourcePolicy),
    registryPolicy: perhaps(environment.registryPolicy),
    endpointPolicies: all(environment.endpointPolicies),
    serviceControlPolicies: environment.serviceControlPolicies?.map(all),
    resourceControlPolicies: environment.resourceControlPolicies.map(all),
  }
}

const reversed = <A>(items: readonly A[]): readonly A[] => [...items].reverse()

const outcome = (
  { environment, request }: Scenario,
  change: (of: Environment.Environment) => Environment.Environment = (same) => same,
) => Simulator.decide(change(environment), request).outcome

const theorem = (name: string, holds: (scenario: Scenario) => boolean): void => {
  it(name, () => fc.assert(fc.property(arbitrary.scenario(), holds), { numRuns: 400 }))
}

/** A statement of the same sort that means the opposite. */
const turned =
  (effect: Statement.Effect): Edit =>
  (document) => {
    const [first] = document.statements
    return {
      ...document,
      statements: [
        ...document.statements,
        { ...first, effect },
      ] as unknown as Document.Document['statements'],
    }
  }

const unchanged =
  (change: (of: Environment.Environment) => Environment.Environment) => (scenario: Scenario) =>
    outcome(scenario, change) === outcome(scenario)

/** Whoever is allowed with the change is allowed without it. */
const grantsNothing =
  (change: (of: Environment.Environment) => Environment.Environment) => (scenario: Scenario) =>
    outcome(scenario, change) !== 'Allowed' || outcome(scenario) === 'Allowed'

describe('of every environment and request', () => {
  theorem('defaultIsImplicitDeny', ({ request }) => {
    const { outcome: found, reason } = Simulator.decide(Environment.empty, request)
    return found === 'ImplicitlyDenied' || (found === 'Allowed' && reason._tag === 'RootUser')
  })

  theorem('explicitDenyTrumpsAllow', ({ environment, request }) => {
    const { outcome: found, trace } = Simulator.decide(environment, request)
    const isDenied = trace.some((entry) => entry._tag === 'Matched' && entry.effect === 'Deny')
    return (found === 'ExplicitlyDenied') === isDenied
  })

  theorem(
    'orderOfStatementsIsIrrelevant',
    unchanged((environment) =>
      edited(
        (document) => ({
          ...document,
          statements: reversed(document.statements) as Document.Document['statements'],
        }),
        environment,
      ),
    ),
  )

  theorem(
    'orderOfPoliciesIsIrrelevant',
    unchanged((environment) => ({
      ...environment,
      identityPolicies: reversed(environment.identityPolicies),
      sessionPolicies: reversed(environment.sessionPolicies),
      endpointPolicies: reversed(environment.endpointPolicies),
      serviceControlPolicies:
        environment.serviceControlPolicies && reversed(environment.serviceControlPolicies.map(reversed)),
      resourceControlPolicies: reversed(environment.resourceControlPolicies.map(reversed)),
    })),
  )

  theorem(
    'duplicatingAStatementChangesNothing',
    unchanged((environment) =>
      edited(
        (document) => ({
          ...document,
          statements: [
            ...document.statements,
            ...document.statements,
          ] as unknown as Document.Document['statements'],
        }),
        environment,
      ),
    ),
  )

  theorem(
    'sidAndIdSayNothing',
    unchanged((environment) =>
      edited(
        (document) => ({
          ...document,
          id: 'x',
          statements: document.statements.map((statement) => ({
            ...statement,
            sid: undefined,
          })) as unknown as Document.Document['statements'],
        }),
        environment,
      ),
    ),
  )

  theorem('addingAllowNeverDenies', (scenario) => {
    const [before, after] = [
      outcome(scenario),
      outcome(scenario, (environment) => edited(turned('Allow'), environment)),
    ]
    return before === after || (before === 'ImplicitlyDenied' && after === 'Allowed')
  })

  theorem('addingDenyNeverAllows', (scenario) => {
    const [before, after] = [
      outcome(scenario),
      outcome(scenario, (environment) => edited(turned('Deny'), environment)),
    ]
    return before === after || after === 'ExplicitlyDenied'
  })

  it('scpNeverGrants (SC-3)', () => {
    fc.assert(
      fc.property(
        arbitrary.scenario(),
        fc.array(arbitrary.document('scp'), { maxLength: 2 }),
        (scenario, level) =>
          grantsNothing((environment) => ({
            ...environment,
            serviceControlPolicies: [...(environment.serviceControlPolicies ?? []), level],
          }))(scenario),
      ),
    )
  })

  it('rcpNeverGrants (RP-7)', () => {
    fc.assert(
      fc.property(arbitrary.scenario(), arbitrary.document('rcp'), (scenario, rcp) =>
        grantsNothing((environment) => ({
          ...environment,
          resourceControlPolicies: [...environment.resourceControlPolicies, [rcp]],
        }))(scenario),
      ),
    )
  })

  it('boundaryNeverGrants (PB-1)', () => {
    fc.assert(
      fc.property(
        arbitrary.scenario(),
        arbitrary.document('boundary'),
        ({ environment, request }, permissionsBoundary) =>
          grantsNothing((without) => ({ ...without, permissionsBoundary }))({
            environment: { ...environment, permissionsBoundary: undefined },
            request,
            expect: undefined,
          }),
      ),
    )
  })

  it('sessionPolicyNeverGrants, save to a federated user (SE-1, SE-3)', () => {
    fc.assert(
      fc.property(
        arbitrary.scenario(),
        arbitrary.document('session'),
        ({ environment, request }, session) =>
          request.principal._tag === 'FederatedUser' ||
          grantsNothing((without) => ({ ...without, sessionPolicies: [session] }))({
            environment: { ...environment, sessionPolicies: [] },
            request,
            expect: undefined,
          }),
      ),
    )
  })

  it('endpointPolicyNeverGrants (VE-1)', () => {
    fc.assert(
      fc.property(
        arbitrary.scenario(),
        arbitrary.document('endpoint'),
        ({ environment, request }, endpoint) =>
          grantsNothing((without) => ({ ...without, endpointPolicies: [endpoint] }))({
            environment: { ...environment, endpointPolicies: [] },
            request,
            expect: undefined,
          }),
      ),
    )
  })

  it('each theorem is about allowed and denied requests alike', () => {
    const outcomes = fc
      .sample(arbitrary.scenario(), { numRuns: 400, seed: 5 })
      .map((scenario) => outcome(scenario))
    for (const each of ['Allowed', 'ImplicitlyDenied', 'ExplicitlyDenied'] as const)
      expect(outcomes.filter((found) => found === each).length).toBeGreaterThan(60)
  })
})

describe('the reason', () => {
  theorem('ofAnAllowedRequestNamesMatchingAllowsOnly', ({ environment, request }) => {
    const { reason, trace } = Simulator.decide(environment, request)
    if (reason._tag !== 'AllowedBy') return true
    return reason.statements.every((ref) =>
      trace.some((entry) => entry.ref === ref && entry._tag === 'Matched' && entry.effect === 'Allow'),
    )
  })

  theorem('ofAnImplicitDenyNamesLayersWithoutAMatchingAllow', ({ environment, request }) => {
    const { reason, trace } = Simulator.decide(environment, request)
    if (reason._tag !== 'NoAllow') return true
    return reason.lacking.every(
      ({ policyType, level, atLeast }) =>
        !trace.some(
          ({ ref, effect, ...entry }) =>
            ref.policyType === policyType &&
            ref.level === level &&
            effect === 'Allow' &&
            entry._tag === 'Matched' &&
            (atLeast === 'Account' || entry.strength === 'Direct'),
        ),
    )
  })
})

describe('the meaning of one document', () => {
  const asked = Request.makeOrThrow({
    principal: support.callers.user,
    action: 'ecr:BatchGetImage',
    resource: support.own,
  })

  it('is the decision on a user who has that identity policy and no other', () => {
    const expected = { Deny: 'ExplicitlyDenied', Grant: 'Allowed', Silent: 'ImplicitlyDenied' } as const
    const seen = new Set<string>()
    fc.assert(
      fc.property(arbitrary.document('identity', { near: asked }), (document) => {
        const { _tag } = Simulator.meaning(document)(asked)
        seen.add(_tag)
        return (
          Simulator.decide(Environment.make({ identityPolicies: [document] }), asked).outcome ===
          expected[_tag]
        )
      }),
      { numRuns: 300 },
    )
    expect(seen.size).toBe(3)
  })

  it.each([
    [[support.grant('*')], 'Direct'],
    [[support.grant({ AWS: '111122223333' })], 'Account'],
    [[support.grant({ AWS: ['111122223333', support.callers.user] })], 'Direct'],
  ])('grants as strongly as its strongest Allow: %j', ([policy], strength) => {
    const { trace } = support.decide({}, { resourcePolicy: policy! })
    expect(trace[0]).toMatchObject({ _tag: 'Matched', strength })
  })
})
