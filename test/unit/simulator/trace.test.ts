/** What a decision tells of each statement, and how it is told to people. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseScenarioOrThrow } from '../../../src/codec/index.js'
import { Environment } from '../../../src/model/index.js'
import { Simulator } from '../../../src/simulator/index.js'
import { arbitrary } from '../../../src/testing/index.js'
import { allow, callers, decide, deny, foreign, grant, iam, own, refuse, silent, sts } from './support.js'

const statement = (fields: object): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...fields }],
})

describe('the first element that does not match is named, with why (SM-1)', () => {
  const resource = { Resource: '*' }
  it.each([
    [
      { Action: 's3:*', Resource: foreign },
      { element: 'Action', action: 'ecr:BatchGetImage', patterns: ['s3:*'] },
    ],
    [
      { NotAction: ['ecr:Batch*', 's3:*'], ...resource },
      { element: 'NotAction', action: 'ecr:BatchGetImage', patterns: ['ecr:Batch*', 's3:*'] },
    ],
    [
      { Action: 'ecr:*', Resource: foreign },
      { element: 'Resource', resource: own, patterns: [foreign] },
    ],
    [
      { Action: 'ecr:*', NotResource: own },
      { element: 'NotResource', resource: own, patterns: [own] },
    ],
    [
      { Action: 'ecr:*', ...resource, Condition: { StringEquals: { 'AWS:username': ['bob', 'carol'] } } },
      {
        element: 'Condition',
        operator: 'StringEquals',
        key: 'AWS:username',
        values: ['bob', 'carol'],
        actual: ['alice'],
      },
    ],
    [
      { Action: 'ecr:*', ...resource, Condition: { 'ForAnyValue:StringLikeIfExists': { k: '*' } } },
      { element: 'Condition', operator: 'ForAnyValue:StringLikeIfExists', key: 'k', values: ['*'] },
    ],
    [
      {
        Action: 'ecr:*',
        ...resource,
        Condition: { StringEquals: { 'aws:username': 'alice' }, Null: { k: false } },
      },
      { element: 'Condition', operator: 'Null', key: 'k', values: ['false'] },
    ],
  ])('%j', (fields, mismatch) => {
    const [entry] = decide({}, { identityPolicies: [statement(fields)] }).trace
    expect(entry).toStrictEqual({
      _tag: 'Unmatched',
      effect: 'Allow',
      ref: { policyType: 'IdentityPolicy', level: 0, document: 0, statement: 0 },
      mismatch,
    })
  })

  it.each([
    [
      { Principal: { AWS: `${iam}:user/bob` }, Action: 's3:*' },
      { element: 'Principal', caller: callers.user },
    ],
    [
      { NotPrincipal: { AWS: callers.user }, Action: 's3:*' },
      { element: 'NotPrincipal', caller: callers.user },
    ],
  ])('%j', (fields, mismatch) => {
    const [entry] = decide({}, { resourcePolicy: statement(fields) }).trace
    expect(entry).toMatchObject({ _tag: 'Unmatched', mismatch })
  })

  it('SM-R9: without Resource the attached one is meant, of which a request without resource has none', () => {
    const request = { action: 'ecr:GetAuthorizationToken', resource: '*' }
    const [entry] = decide(request, {
      endpointPolicies: [grant('*', { Resource: '*' })],
      registryPolicy: refuse('*', { Resource: foreign }),
    }).trace.slice(-1)
    expect(entry).toMatchObject({ mismatch: { element: 'Resource', resource: '*', patterns: [foreign] } })
  })
})

describe('the trace', () => {
  it('has every statement of every layer looked at, in the order of the layers, each with its place', () => {
    const twice = {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'One', Effect: 'Allow', Action: 'ecr:*', Resource: '*' },
        { Effect: 'Deny', Action: 's3:*', Resource: '*' },
      ],
    }
    const { trace } = decide(
      {},
      { serviceControlPolicies: [[allow()], [silent, allow()]], identityPolicies: [silent, twice] },
    )
    expect(trace.map(Simulator.showTrace)).toStrictEqual([
      'service control policy 1 of level 1, statement 1: Allow matches',
      'service control policy 1 of level 2, statement 1: Allow does not match: its Action does not list ecr:BatchGetImage',
      'service control policy 2 of level 2, statement 1: Allow matches',
      'identity-based policy 1, statement 1: Allow does not match: its Action does not list ecr:BatchGetImage',
      'identity-based policy 2, statement 1 (One): Allow matches',
      'identity-based policy 2, statement 2: Deny does not match: its Action does not list ecr:BatchGetImage',
    ])
  })

  it.each([
    [{ AWS: '111122223333' }, 'Account'],
    [{ AWS: `${iam}:role/node` }, 'Entity'],
    [{ AWS: `${sts}:assumed-role/node/i-1` }, 'Direct'],
    [{ AWS: ['111122223333', `${sts}:assumed-role/node/i-1`, `${iam}:role/node`] }, 'Direct'],
  ])('says how directly %j names a session: %s', (principal, strength) => {
    const [entry] = decide({ principal: callers.session }, { resourcePolicy: grant(principal) }).trace
    expect(entry).toMatchObject({ _tag: 'Matched', strength })
  })
})

describe('why a statement does not match, in words', () => {
  it.each([
    [{ element: 'Principal', caller: 'x' }, 'its Principal does not name x'],
    [{ element: 'NotPrincipal', caller: 'x' }, 'its NotPrincipal names x'],
    [{ element: 'Action', action: 'a:B', patterns: [] }, 'its Action does not list a:B'],
    [{ element: 'NotAction', action: 'a:B', patterns: [] }, 'its NotAction lists a:B'],
    [
      { element: 'Resource', resource: '*', patterns: [] },
      'the action has no resource, so no policy attached to one applies',
    ],
    [{ element: 'Resource', resource: own, patterns: [foreign] }, `its Resource does not cover ${own}`],
    [{ element: 'NotResource', resource: own, patterns: [own] }, `its NotResource covers ${own}`],
    [
      { element: 'Condition', operator: 'Bool', key: 'k', values: ['true'] },
      'Bool k wants true, and the key is missing',
    ],
    [
      { element: 'Condition', operator: 'StringLike', key: 'k', values: ['a', 'b'], actual: ['c', 'd'] },
      'StringLike k wants a or b, and the key is c or d',
    ],
    [
      { element: 'Condition', operator: 'StringLike', key: 'k', values: [], actual: ['c\n'] },
      'StringLike k wants (no value), and the key is c\\u000a',
    ],
  ] as readonly (readonly [Simulator.Mismatch, string])[])('%j', (mismatch, words) => {
    expect(Simulator.showMismatch(mismatch)).toBe(words)
  })
})

describe('a denial reads as AWS words it (DE-5, EX-41)', () => {
  const user = `User: ${callers.user} is not authorized to perform: ecr:BatchGetImage on resource: `
  it.each([
    [
      'no identity-based policy',
      { resource: own },
      {},
      `${user}${own} because no identity-based policy allows the ecr:BatchGetImage action`,
    ],
    [
      'no permissions boundary',
      {},
      { identityPolicies: [allow()], permissionsBoundary: silent },
      `${user}${own} because no permissions boundary allows the ecr:BatchGetImage action`,
    ],
    [
      'no session policy',
      {},
      { identityPolicies: [allow()], sessionPolicies: [silent] },
      `${user}${own} because no session policy allows the ecr:BatchGetImage action`,
    ],
    [
      'no resource-based policy',
      { resource: foreign },
      { identityPolicies: [allow()] },
      `${user}${foreign} because no resource-based policy allows the ecr:BatchGetImage action`,
    ],
    [
      'no SCP',
      {},
      { serviceControlPolicies: [[silent]] },
      `${user}${own} because no service control policy allows the ecr:BatchGetImage action`,
    ],
    [
      'no endpoint policy',
      {},
      { endpointPolicies: [refuse('*', { Action: 's3:*' })] },
      `${user}${own} because no VPC endpoint policy allows the ecr:BatchGetImage action`,
    ],
    [
      'a Deny of the caller',
      {},
      { identityPolicies: [deny()] },
      `${user}${own} with an explicit deny in an identity-based policy`,
    ],
    [
      'a Deny of a boundary',
      {},
      { permissionsBoundary: deny() },
      `${user}${own} with an explicit deny in a permissions boundary`,
    ],
    [
      'a Deny of an SCP',
      {},
      { serviceControlPolicies: [[deny()]] },
      `${user}${own} with an explicit deny in a service control policy`,
    ],
    [
      'a Deny of an RCP',
      {},
      { resourceControlPolicies: [[refuse('*')]] },
      `${user}${own} with an explicit deny in a resource control policy`,
    ],
    [
      'a Deny of an endpoint',
      {},
      { endpointPolicies: [refuse('*')] },
      `${user}${own} with an explicit deny in a VPC endpoint policy`,
    ],
    [
      'a Deny of a registry policy',
      {},
      { registryPolicy: refuse('*') },
      `${user}${own} with an explicit deny in a resource-based policy`,
    ],
  ])('%s', (_title, request, policies, words) => {
    expect(Simulator.sentence(decide(request, policies))).toBe(words)
  })

  const assume = { action: 'sts:AssumeRole', resource: `${iam}:role/target` }
  const trust = (Effect: string) => ({
    resourcePolicy: { Statement: { Effect, Principal: '*', Action: 'sts:AssumeRole' } },
  })
  it.each([
    ['no trust policy', {}, 'because no role trust policy allows the sts:AssumeRole action'],
    ['a Deny of a trust policy', trust('Deny'), 'with an explicit deny in the role trust policy'],
  ])('%s', (_title, policies, words) => {
    expect(Simulator.sentence(decide(assume, policies))).toBe(
      `User: ${callers.user} is not authorized to perform: sts:AssumeRole on resource: ${iam}:role/target ${words}`,
    )
  })

  it('and what no Allow could help says so', () => {
    const resource = 'arn:aws-cn:ecr:cn-north-1:444455556666:repository/app'
    expect(Simulator.sentence(decide({ resource }))).toBe(
      `${user}${resource} because the resource is in another partition [XA-6]`,
    )
    expect(Simulator.sentence(decide({ principal: callers.federated, resource: foreign }))).toContain(
      'because a federated user has no identity permissions without a session policy [SE-3]',
    )
    expect(
      Simulator.sentence(
        decide({ principal: callers.service, action: 'ecr:GetAuthorizationToken', resource: '*' }),
      ),
    ).toContain('because the action has no resource whose policy could grant it [U-13]')
  })

  it('an allowed request says by what', () => {
    const policies = { identityPolicies: [allow('ecr:*', { Sid: 'Pull' })], resourcePolicy: grant('*') }
    expect(Simulator.sentence(decide({ resource: foreign }, policies))).toBe(
      `${callers.user} may perform ecr:BatchGetImage on ${foreign}: identity-based policy 1, statement 1 (Pull); resource-based policy, statement 1`,
    )
    const unnamed = { identityPolicies: [allow('ecr:*', { Sid: '' })] }
    expect(Simulator.sentence(decide({}, unnamed))).toMatch(/: identity-based policy 1, statement 1$/)
    expect(Simulator.sentence(decide({ principal: callers.root }))).toBe(
      `${callers.root} may perform ecr:BatchGetImage on ${own}: the root user needs no policy in its own account [PR-8]`,
    )
  })
})

describe('explain', () => {
  it('tells outcome, all that is lacking, and every statement, a line each', () => {
    const policies = {
      identityPolicies: [silent],
      serviceControlPolicies: [[allow('*')], [silent]],
      resourcePolicy: refuse({ AWS: `${iam}:user/bob` }, { Sid: 'two\nlines' }),
    }
    expect(Simulator.explain(decide({ resource: foreign }, policies))).toBe(
      [
        `ImplicitlyDenied: User: ${callers.user} is not authorized to perform: ecr:BatchGetImage on resource: ${foreign} because no service control policy allows the ecr:BatchGetImage action`,
        '  lacking: an Allow in a service control policy of level 2 [SC-1]',
        '  lacking: an Allow in an identity-based policy [DE-1]',
        '  lacking: an Allow in a resource-based policy [XA-1]',
        '  service control policy 1 of level 1, statement 1: Allow matches',
        '  service control policy 1 of level 2, statement 1: Allow does not match: its Action does not list ecr:BatchGetImage',
        `  resource-based policy, statement 1 (two\\u000alines): Deny does not match: its Principal does not name ${callers.user}`,
        '  identity-based policy 1, statement 1: Allow does not match: its Action does not list ecr:BatchGetImage',
      ].join('\n'),
    )
  })

  it('tells of the root user no more than that', () => {
    const [head, ...trace] = Simulator.explain(
      decide({ principal: callers.root }, { resourcePolicy: refuse('*', { Action: 's3:*' }) }),
    ).split('\n')
    expect(head).toMatch(/^Allowed: /)
    expect(trace).toStrictEqual([
      '  resource-based policy, statement 1: Deny does not match: its Action does not list ecr:BatchGetImage',
    ])
  })

  it('tells every statement that denies', () => {
    const text = Simulator.explain(
      decide({}, { identityPolicies: [allow(), deny()], registryPolicy: refuse('*', { Sid: 'No' }) }),
    )
    expect(text.split('\n').slice(1, 3)).toStrictEqual([
      '  denied by: registry policy, statement 1 (No)',
      '  denied by: identity-based policy 2, statement 1',
    ])
  })
})

describe('a decision', () => {
  it.each([
    ...Object.values(callers),
    `${iam}:role/path/node`,
    `${iam}:role/aws-service-role/ecr.amazonaws.com/node`,
  ])('tells the request as %s made it', (principal) => {
    const asked = { principal, action: 'ecr:BatchGetImage', resource: own, resourceAccount: '111122223333' }
    const { request } = parseScenarioOrThrow({ request: asked })
    expect(Simulator.decide(Environment.empty, request).request).toEqual(request)
  })

  it('is the same after it was stored as JSON', () => {
    fc.assert(
      fc.property(arbitrary.scenario(), ({ environment, request }) => {
        const decision = Simulator.decide(environment, request)
        expect(JSON.parse(JSON.stringify(decision))).toStrictEqual(decision)
      }),
      { numRuns: 300 },
    )
  })

  it('is allowed when its outcome is', () => {
    expect([decide({ principal: callers.root }), decide({})].map(Simulator.isAllowed)).toStrictEqual([
      true,
      false,
    ])
  })
})
