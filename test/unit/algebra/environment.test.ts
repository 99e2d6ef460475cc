import { describe, expect, it } from 'vitest'
import { compareEnvironments, isEnvironmentNoBroader } from '../../../src/algebra/environment.js'
import { disjoint, grantsBeyond, isPublic } from '../../../src/algebra/isPublic.js'
import { residual, showResidual } from '../../../src/algebra/residual.js'
import { showNeed } from '../../../src/algebra/residualNeeds.js'
import { parseOrThrow, parseScenarioOrThrow } from '../../../src/codec/index.js'
import {
  Action,
  Arn,
  Caller,
  Context,
  Principal,
  Resource,
  type Environment,
} from '../../../src/model/index.js'
import { Simulator } from '../../../src/simulator/index.js'
import type { PolicyJson, StatementJson } from '../../oracle/decide.js'
import type { EnvironmentJson } from '../../property/environmentPairs.js'

const HERE = '111122223333'
const THERE = '444455556666'
const ROLE = `arn:aws:iam::${HERE}:role/node`
const SESSION = `arn:aws:sts::${HERE}:assumed-role/node/s1`
const USER = `arn:aws:iam::${HERE}:user/alice`
const REPOSITORY = `arn:aws:ecr:eu-west-1:${HERE}:repository/app`
const KEY = `arn:aws:kms:eu-west-1:${HERE}:key/k1`

const policy = (...Statement: readonly StatementJson[]): PolicyJson => ({ Version: '2012-10-17', Statement })
const may = (Action: string, Resource = '*', Condition?: StatementJson['Condition']): StatementJson => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
})
const mayNot = (Action: string, Condition?: StatementJson['Condition']): StatementJson => ({
  ...may(Action, '*', Condition),
  Effect: 'Deny',
})
const grants = (
  Principal: StatementJson['Principal'],
  Action: string,
  Condition?: StatementJson['Condition'],
): PolicyJson => policy({ ...may(Action, '*', Condition), ...(Principal === undefined ? {} : { Principal }) })

const full = policy(may('*'))
const pull = policy(may('ecr:BatchGetImage'))
const get = policy(may('s3:GetObject'))
const open = grants('*', '*')

const env = (json: EnvironmentJson): Environment.Environment =>
  parseScenarioOrThrow({
    ...json,
    request: { principal: USER, action: 'ecr:BatchGetImage', resource: REPOSITORY },
  }).environment

/** Left, right, and how left stands to right. */
const table: readonly (readonly [string, EnvironmentJson, EnvironmentJson, string])[] = [
  ['nothing is nothing', {}, {}, 'Equivalent'],
  [
    'an identity policy said twice',
    { identityPolicies: [pull] },
    { identityPolicies: [pull, pull] },
    'Equivalent',
  ],
  ['an identity policy more', { identityPolicies: [pull] }, { identityPolicies: [pull, get] }, 'Narrower'],
  [
    'an SCP that allows all',
    { identityPolicies: [pull] },
    { identityPolicies: [pull], serviceControlPolicies: [[full]] },
    'Equivalent',
  ],
  [
    'an SCP that allows less',
    { identityPolicies: [pull], serviceControlPolicies: [[full]] },
    { identityPolicies: [pull], serviceControlPolicies: [[full], [get]] },
    'Broader',
  ],
  [
    'an SCP in the management account',
    { identityPolicies: [pull], facts: { principalAccountIsManagement: true } },
    {
      identityPolicies: [pull],
      serviceControlPolicies: [[get]],
      facts: { principalAccountIsManagement: true },
    },
    'Equivalent',
  ],
  [
    'a Deny in an SCP that an identity policy has too',
    { identityPolicies: [policy(may('*'), mayNot('ecr:*'))], serviceControlPolicies: [[full]] },
    {
      identityPolicies: [policy(may('*'), mayNot('ecr:*'))],
      serviceControlPolicies: [[policy(may('*'), mayNot('ecr:*'))]],
    },
    'Broader',
  ],
  [
    'a boundary taken away',
    { identityPolicies: [full], permissionsBoundary: pull },
    { identityPolicies: [full] },
    'Narrower',
  ],
  [
    'a boundary beside its like',
    { identityPolicies: [pull] },
    { identityPolicies: [pull], permissionsBoundary: pull },
    'Equivalent',
  ],
  [
    'SA-6: the account named, boundary silent',
    { identityPolicies: [pull], permissionsBoundary: get, resourcePolicy: grants({ AWS: HERE }, 'ecr:*') },
    { identityPolicies: [pull], permissionsBoundary: get },
    'Broader',
  ],
  [
    'SA-3: the role named, boundary silent',
    { permissionsBoundary: get, resourcePolicy: grants({ AWS: ROLE }, 'ecr:*') },
    { permissionsBoundary: get },
    'Equivalent',
  ],
  ['SA-3: the role named, no boundary', { resourcePolicy: grants({ AWS: ROLE }, 'ecr:*') }, {}, 'Broader'],
  [
    'SA-4: the session named, boundary silent',
    { permissionsBoundary: get, resourcePolicy: grants({ AWS: SESSION }, 'ecr:*') },
    { permissionsBoundary: get },
    'Broader',
  ],
  [
    'SA-4: the session named under a session policy',
    { sessionPolicies: [get], resourcePolicy: grants({ AWS: SESSION }, 'ecr:*') },
    { sessionPolicies: [get] },
    'Broader',
  ],
  [
    'SA-3: the role named under a session policy',
    { sessionPolicies: [get], resourcePolicy: grants({ AWS: ROLE }, 'ecr:*') },
    { sessionPolicies: [get] },
    'Equivalent',
  ],
  [
    'SA-5: the user named, boundary silent',
    { permissionsBoundary: get, resourcePolicy: grants({ AWS: USER }, 'ecr:*') },
    { permissionsBoundary: get },
    'Broader',
  ],
  [
    'an explicit Deny beats a direct grant',
    {
      permissionsBoundary: policy(may('*'), mayNot('ecr:*')),
      resourcePolicy: grants({ AWS: USER }, 'ecr:*'),
    },
    { permissionsBoundary: policy(may('*'), mayNot('ecr:*')) },
    'Equivalent',
  ],
  [
    'a repository opened to an organization',
    { resourcePolicy: grants({ AWS: THERE }, 'ecr:BatchGetImage') },
    {
      resourcePolicy: policy(
        { ...may('ecr:BatchGetImage'), Principal: { AWS: THERE } },
        {
          ...may('ecr:BatchGetImage', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
          Principal: '*',
        },
      ),
    },
    'Narrower',
  ],
  [
    'XA-1: a grant across accounts to callers who have nothing of their own',
    {
      resourcePolicy: grants({ AWS: THERE }, 'ecr:BatchGetImage', {
        StringNotEquals: { 'aws:ResourceAccount': THERE },
      }),
    },
    {},
    'Broader',
  ],
  [
    'XA-1: the same without the root user',
    {
      resourcePolicy: grants({ AWS: THERE }, 'ecr:BatchGetImage', {
        StringNotEquals: { 'aws:ResourceAccount': THERE, 'aws:PrincipalType': 'Account' },
      }),
    },
    {},
    'Equivalent',
  ],
  [
    'XA-1: both halves',
    {
      identityPolicies: [pull],
      resourcePolicy: grants({ AWS: THERE }, 'ecr:BatchGetImage', {
        StringNotEquals: { 'aws:ResourceAccount': THERE, 'aws:PrincipalType': 'Account' },
      }),
    },
    { identityPolicies: [pull] },
    'Broader',
  ],
  [
    'VE-1: an endpoint policy that allows all',
    { identityPolicies: [pull] },
    { identityPolicies: [pull], endpointPolicies: [open] },
    'Equivalent',
  ],
  [
    'VE-1: an endpoint policy that allows other things',
    { identityPolicies: [pull] },
    { identityPolicies: [pull], endpointPolicies: [grants('*', 's3:*')] },
    'Broader',
  ],
  [
    'U-22: an account at a gateway endpoint is its root user',
    { identityPolicies: [get], endpointPolicies: [grants({ AWS: HERE }, 's3:*')] },
    { endpointPolicies: [grants({ AWS: HERE }, 's3:*')] },
    'Equivalent',
  ],
  [
    'RP-1: an RCP denies',
    { identityPolicies: [pull] },
    {
      identityPolicies: [pull],
      resourceControlPolicies: [[policy({ ...mayNot('ecr:*'), Principal: '*' })]],
    },
    'Broader',
  ],
  [
    'RP-5: service-linked roles are free of RCPs, by fact',
    { identityPolicies: [pull], facts: { principalIsServiceLinkedRole: true } },
    {
      identityPolicies: [pull],
      facts: { principalIsServiceLinkedRole: true },
      resourceControlPolicies: [[policy({ ...mayNot('ecr:*'), Principal: '*' })]],
    },
    'Equivalent',
  ],
  [
    'EC-6: a registry policy of scope V1 does not speak of pulling',
    { registryPolicy: grantsOn('ecr:BatchGetImage'), facts: { registryPolicyScope: 'V1' } },
    { facts: { registryPolicyScope: 'V1' } },
    'Equivalent',
  ],
  ['EC-6: of scope V2 it does', { registryPolicy: grantsOn('ecr:BatchGetImage') }, {}, 'Broader'],
  [
    'KM-1: identity policies alone open no key',
    { identityPolicies: [policy(may('kms:Decrypt', KEY))] },
    { identityPolicies: [policy(may('ecr:*', KEY))] },
    'Equivalent',
  ],
  [
    'KM-1: with a key policy that delegates they do',
    {
      identityPolicies: [policy(may('kms:Decrypt', KEY))],
      resourcePolicy: grants({ AWS: `arn:aws:iam::${HERE}:root` }, 'kms:*'),
    },
    {
      identityPolicies: [policy(may('ecr:*', KEY))],
      resourcePolicy: grants({ AWS: `arn:aws:iam::${HERE}:root` }, 'kms:*'),
    },
    'Broader',
  ],
  [
    'ST-2: a role is not assumed by identity policies alone',
    { identityPolicies: [policy(may('sts:AssumeRole', ROLE))] },
    {},
    'Equivalent',
  ],
]

function grantsOn(action: string): PolicyJson {
  return policy({
    Effect: 'Allow',
    Principal: { AWS: USER },
    Action: action,
    Resource: `arn:aws:ecr:eu-west-1:${HERE}:repository/*`,
  })
}

const found = (left: EnvironmentJson, right: EnvironmentJson) => compareEnvironments(env(left), env(right))

describe('compareEnvironments', () => {
  it.each(table)('%s', (_, left, right, relation) => {
    expect(found(left, right).relation).toBe(relation)
    const turned = relation === 'Narrower' ? 'Broader' : relation === 'Broader' ? 'Narrower' : relation
    expect(found(right, left).relation).toBe(turned)
  })

  it('finds witnesses that the simulator confirms, on both sides', () => {
    const [left, right] = [env({ identityPolicies: [pull] }), env({ identityPolicies: [get] })]
    const answer = compareEnvironments(left, right)
    if (answer.relation !== 'Incomparable') throw new Error(answer.relation)
    const allows = (its: Environment.Environment) =>
      Simulator.isAllowed(Simulator.decide(its, answer.onlyLeft))
    expect([allows(left), allows(right)]).toEqual([true, false])
    expect(answer.onlyRight.action.toLowerCase()).toBe('s3:getobject')
  })

  it('decides by accounts where only their digits tell them apart, or says that it cannot', () => {
    const half = (account: string) =>
      env({
        identityPolicies: [policy(may('*', '*', { StringLike: { 'aws:PrincipalAccount': account } }))],
      })
    expect(isEnvironmentNoBroader(half('1111*'), half('11*'))._tag).toBe('Yes')
    expect(isEnvironmentNoBroader(half('11*'), half('1111*'))._tag).toBe('No')
  })

  it('takes an account for itself wherever it is named', () => {
    const cross = (owner: string) =>
      env({
        identityPolicies: [full],
        resourcePolicy: policy({
          ...may('ecr:*', 'arn:aws:ecr:*:*:*', {
            StringEquals: { 'aws:ResourceAccount': owner, 'aws:PrincipalAccount': HERE },
          }),
          Principal: { AWS: HERE },
        }),
      })
    expect(compareEnvironments(cross(HERE), env({ identityPolicies: [full] })).relation).toBe('Equivalent')
    expect(compareEnvironments(cross(THERE), env({ identityPolicies: [full] })).relation).toBe('Broader')
  })

  it('reads a Deny with NotPrincipal as each caller has a boundary or not (PR-8, PR-11)', () => {
    const held = (...more: readonly StatementJson[]) =>
      env({
        identityPolicies: [full],
        permissionsBoundary: full,
        resourcePolicy: policy(
          { ...may('*'), Principal: '*' },
          { Effect: 'Deny', NotPrincipal: { AWS: [HERE, USER] }, Action: '*', Resource: '*' },
          ...more,
        ),
      })
    const denied = (type: string): StatementJson => ({
      ...mayNot('*', { StringEquals: { 'aws:PrincipalType': type } }),
      Principal: '*',
    })
    expect(compareEnvironments(held(), held(denied('Account')))).toMatchObject({
      relation: 'Broader',
      onlyLeft: { principal: { _tag: 'RootUser', account: HERE } },
    })
    expect(compareEnvironments(held(), held({ ...denied('User'), Resource: REPOSITORY })).relation).toBe(
      'Equivalent',
    )
  })

  it('gives no answer beyond its budget', () => {
    const answer = compareEnvironments(env({ identityPolicies: [pull] }), env({ identityPolicies: [get] }), {
      budget: 1,
    })
    expect(answer).toMatchObject({ relation: 'Undecided', undecided: { reason: 'Budget' } })
  })

  it('bears hundreds of SCP levels', () => {
    const deep = env({
      identityPolicies: [pull],
      serviceControlPolicies: Array.from({ length: 300 }, () => [full]),
    })
    expect(isEnvironmentNoBroader(deep, env({ identityPolicies: [pull] }))._tag).toBe('Yes')
  })
})

describe('residual', () => {
  const caller = Caller.parseOrThrow(ROLE)
  const request = {
    principal: caller,
    action: Action.parseOrThrow('ecr:BatchGetImage'),
    resource: Arn.parseOrThrow(REPOSITORY),
  }
  const say = (json: EnvironmentJson, given: Parameters<typeof residual>[1] = request): string =>
    showResidual(residual(env(json), given))

  it('names the conditions that are left', () => {
    const json: EnvironmentJson = {
      resourcePolicy: grants('*', 'ecr:BatchGetImage', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
      endpointPolicies: [grants('*', '*', { Null: { 'aws:SourceVpce': 'false' } })],
    }
    expect(say(json)).toBe(
      'allowed if and only if aws:SourceVpce is present and aws:PrincipalOrgID StringEquals o-1',
    )
  })

  it.each<readonly [string, EnvironmentJson, string]>([
    ['nothing left', { identityPolicies: [pull] }, 'allowed, whatever the rest of the request'],
    ['nothing helps', { identityPolicies: [get] }, 'never allowed'],
    [
      'a Deny is turned round',
      { identityPolicies: [policy(may('*'), mayNot('*', { Bool: { 'aws:SecureTransport': 'false' } }))] },
      'allowed if and only if not (aws:SecureTransport Bool false)',
    ],
    [
      'alternatives',
      {
        identityPolicies: [
          policy(
            may('*', '*', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }),
            may('*', '*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
          ),
        ],
      },
      [
        'allowed if and only if one of these holds:',
        '  - aws:SourceVpce StringEquals vpce-1',
        '  - aws:SourceIp IpAddress 203.0.113.0/24',
      ].join('\n'),
    ],
    [
      'a need within another one goes',
      {
        identityPolicies: [policy(may('*', '*', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }))],
        permissionsBoundary: policy(may('*', '*', { StringLike: { 'aws:SourceVpce': 'vpce-*' } })),
      },
      'allowed if and only if aws:SourceVpce StringEquals vpce-1',
    ],
    [
      'alternatives that nothing meets go',
      {
        identityPolicies: [policy(may('*', '*', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }))],
        permissionsBoundary: policy(may('*', '*', { StringEquals: { 'aws:SourceVpce': 'vpce-2' } })),
      },
      'never allowed',
    ],
  ])('%s', (_, json, text) => {
    expect(say(json)).toBe(text)
  })

  it('tells a key that is known to be missing from one that is not known', () => {
    const json = { identityPolicies: [policy(may('*', '*', { Null: { 'aws:SourceVpce': 'true' } }))] }
    expect(say(json)).toBe('allowed if and only if aws:SourceVpce is absent')
    expect(say(json, { ...request, absent: ['AWS:SourceVpce'] })).toBe(
      'allowed, whatever the rest of the request',
    )
    expect(say(json, { ...request, context: Context.make({ 'aws:SourceVpce': 'vpce-1' }) })).toBe(
      'never allowed',
    )
  })

  it.each([
    ...['aws:PrincipalArn', 'aws:PrincipalAccount', 'aws:PrincipalType', 'aws:PrincipalIsAWSService'].map(
      (key) => [key, 'there'] as const,
    ),
    ...['aws:username', 'aws:PrincipalServiceName'].map((key) => [key, 'missing'] as const),
    ['aws:ResourceAccount', 'there'] as const,
  ])('knows with the caller and the resource that %s is %s (RC-5, RC-6)', (key, state) => {
    const json = { identityPolicies: [policy(may('*', '*', { Null: { [key]: 'false' } }))] }
    expect(say(json)).toBe(state === 'there' ? 'allowed, whatever the rest of the request' : 'never allowed')
  })

  it('knows whose an ARN is from itself, and whose `*` is from the caller (RC-6)', () => {
    const json = { identityPolicies: [policy(may('*', '*', { Null: { 'aws:ResourceAccount': 'false' } }))] }
    const { principal, action, resource } = request
    expect(say(json, { action, resource })).not.toContain('aws:ResourceAccount')
    expect(say(json, { action, principal, resource: '*' })).not.toContain('aws:ResourceAccount')
    expect(say(json, { action, resource: '*' })).toContain('aws:ResourceAccount')
  })

  it('says nothing of what may be anything', () => {
    const json = { identityPolicies: [policy(may('*', '*', { StringEquals: { 'v:a': ['${v:b}', 'c'] } }))] }
    const text = say(json, { principal: caller })
    expect(text).toContain('v:a StringEquals ${v:b} or c')
    expect(text).not.toMatch(/(Action|Resource|Principal) is/)
  })

  it('speaks of the resource where it is not known', () => {
    const { principal, action } = request
    expect(say({ identityPolicies: [policy(may('ecr:*', REPOSITORY))] }, { principal, action })).toContain(
      `Resource is ${REPOSITORY}`,
    )
  })
})

describe('documents', () => {
  const document = (json: PolicyJson) => parseOrThrow(json)

  it('disjoint: no request is allowed by both', () => {
    expect(disjoint(document(pull), document(get))._tag).toBe('Yes')
    const both = disjoint(document(pull), document(policy(may('ecr:*', REPOSITORY))))
    expect(both).toMatchObject({ _tag: 'No', witness: { resource: { text: REPOSITORY } } })
    expect(disjoint(document(pull), document(policy(may('*'), mayNot('ecr:Batch*'))))._tag).toBe('Yes')
  })

  it.each<readonly [string, PolicyJson, string, readonly string[] | undefined]>([
    ['open to all', grants('*', 'ecr:*'), 'Everyone', ['Action is ecr:*']],
    ['one account', grants({ AWS: THERE }, 'ecr:*'), 'Private', undefined],
    [
      'an organization is any account, on a condition',
      grants('*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1', 'aws:PrincipalType': 'User' } }),
      'AnyAccount',
      ['aws:PrincipalOrgID StringEquals o-1', 'aws:PrincipalType StringEquals User'],
    ],
    [
      'everybody of one account',
      grants('*', '*', { StringEquals: { 'aws:PrincipalAccount': HERE } }),
      'Private',
      undefined,
    ],
    [
      'a Deny shuts it',
      policy(
        { ...may('ecr:*'), Principal: '*' },
        { ...mayNot('*', { StringNotEquals: { 'aws:PrincipalAccount': HERE } }), Principal: '*' },
      ),
      'Private',
      undefined,
    ],
    ['a service is not the public', grants({ Service: 'lambda.amazonaws.com' }, '*'), 'Private', undefined],
  ])('isPublic: %s', (_, json, audience, needs) => {
    const answer = isPublic(document(json))
    expect(answer._tag === 'Public' ? answer.audience : answer._tag).toBe(audience)
    if (answer._tag === 'Public')
      expect(answer.conditions?.map((each) => each.map(showNeed))).toEqual([needs])
  })

  it('grantsBeyond: what lies outside of principals, actions and resources', () => {
    const its = document(grants({ AWS: [ROLE, USER] }, 'ecr:*'))
    const principals = [Principal.parseOrThrow('AWS')(HERE)] as const
    const repositories = [Resource.parsePatternOrThrow('arn:aws:ecr:*:*:repository/*')] as const
    expect(grantsBeyond(its, { principals })._tag).toBe('Nothing')
    expect(grantsBeyond(its, { principals: [Principal.parseOrThrow('AWS')(USER)] })).toMatchObject({
      _tag: 'Something',
      witness: { principal: { _tag: 'RoleSession', role: 'node' } },
    })
    expect(grantsBeyond(its, { resources: repositories })._tag).toBe('Something')
  })
})

describe('environments of many layers with many statements each', () => {
  const keys = ['a', 'b', 'c', 'd', 'e', 'f']
  const tagged = (Effect: 'Allow' | 'Deny', key: string, count: number): readonly StatementJson[] =>
    Array.from({ length: count }, (_, i) => ({
      ...may('*', '*', { StringEquals: { [`aws:PrincipalTag/${key}`]: `v${i}` } }),
      Effect,
    }))
  const [a, b, c, ...levels] = keys.map((key) => policy(...tagged('Allow', key, 25))) as [
    PolicyJson,
    PolicyJson,
    PolicyJson,
    ...PolicyJson[],
  ]
  const limited: EnvironmentJson = {
    identityPolicies: [a, policy(...tagged('Deny', 'a', 24))],
    permissionsBoundary: b,
    sessionPolicies: [c],
    serviceControlPolicies: levels.map((level) => [level]),
  }

  it('are decided without going through the 244 million ways to take one Allow of each layer', () => {
    const other = policy(
      ...tagged('Allow', 'b', 25),
      mayNot('*', { StringEquals: { 'aws:PrincipalTag/b': 'x' } }),
    )
    const verdict = isEnvironmentNoBroader(
      env(limited),
      env({ ...limited, sessionPolicies: [], permissionsBoundary: other }),
    )
    expect(verdict._tag).toBe('No')
    expect(verdict._tag === 'No' ? verdict.spent : Infinity).toBeLessThan(20_000)
  })

  it('are no broader than the same with an Allow more, which takes no step to see', () => {
    const wider = env({ ...limited, identityPolicies: [...(limited.identityPolicies ?? []), get] })
    expect(isEnvironmentNoBroader(env(limited), wider, { budget: 0 })._tag).toBe('Yes')
  })
})
