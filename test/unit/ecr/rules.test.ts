/** Rules of ECR that need no more than one decision, or the catalogue of operations, to be seen at work. */
import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { parse } from '../../../src/codec/index.js'
import { accessOrThrow, canPull, operations, Repository, type OperationId } from '../../../src/ecr/index.js'
import { allow, callers, decide, foreign, grant, own, refuse } from '../simulator/support.js'
import { doc, granting, identity } from './documents.js'

const upload = [
  'BatchCheckLayerAvailability',
  'InitiateLayerUpload',
  'UploadLayerPart',
  'CompleteLayerUpload',
  'PutImage',
]
const login = 'GetAuthorizationToken'

describe('the actions that an operation takes', () => {
  it.each([
    ['EX-1', 'docker-login', [login]],
    ['EX-11', 'push-index', [login, 'BatchGetImage', 'PutImage']],
    ['EX-18', 'push-mount', [login, 'BatchCheckLayerAvailability', 'InitiateLayerUpload', 'PutImage']],
    ['EX-19', 'create-on-push', [login, ...upload, 'BatchGetImage', 'CreateRepository']],
    ['EX-22', 'tag-list', [login, 'ListImages']],
    ['EX-22', 'manifest-head', [login, 'BatchGetImage']],
    ['EX-22', 'delete-image-http', [login, 'BatchDeleteImage']],
    ['EX-24', 'referrers', [login, 'BatchGetImage']],
    ['EX-46', 'public-push', [login, 'GetServiceBearerToken', ...upload]],
  ] as readonly (readonly [string, OperationId, readonly string[]])[])('%s: %s', (rule, id, actions) => {
    const { required, rules } = operations[id]
    expect(required.map(({ action }) => action.slice(action.indexOf(':') + 1)).sort()).toStrictEqual(
      [...actions].sort(),
    )
    expect(rules).toContain(rule)
  })

  it('EC-2: the published lists hold all that is strictly needed', () => {
    const published = [login, 'BatchGetImage', 'GetDownloadUrlForLayer', ...upload]
    const needed = (['pull-tag', 'pull-warm', 'push', 'push-legacy'] as const).flatMap((id) =>
      operations[id].required.map(({ action }) => action.slice('ecr:'.length)),
    )
    expect(needed.filter((action) => !published.includes(action))).toStrictEqual([])
  })
})

describe('one decision', () => {
  const outcome = (request: object, policies: object): string => decide(request, policies).outcome
  const lambda = { principal: callers.service }
  const tagged = {
    identityPolicies: [allow('ecr:*', { Condition: { StringEquals: { 'ecr:ResourceTag/team': 'a' } } })],
  }
  const onCreate = {
    identityPolicies: [allow('ecr:*', { Condition: { StringEquals: { 'aws:RequestTag/team': 'a' } } })],
  }
  const under = (Resource: string) => ({ identityPolicies: [allow('ecr:*', { Resource })] })
  const registry = (Resource: string) => ({ registryPolicy: refuse('*', { Resource }) })
  const only = { identityPolicies: [allow('ecr:*')] }
  const inVpc = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }
  it.each([
    ['EC-7', { context: { 'ecr:ResourceTag/team': 'a' } }, tagged, 'Allowed'],
    ['EC-7', { context: { 'ecr:ResourceTag/team': 'b' } }, tagged, 'ImplicitlyDenied'],
    [
      'EX-26',
      { action: 'ecr:CreateRepository', context: { 'aws:RequestTag/team': 'a' } },
      onCreate,
      'Allowed',
    ],
    [
      'EX-26',
      { action: 'ecr:CreateRepository', context: { 'aws:RequestTag/team': 'a' } },
      tagged,
      'ImplicitlyDenied',
    ],
    ['EX-27', {}, under(`${own}/*`), 'ImplicitlyDenied'],
    ['EX-27', { resource: `${own}2` }, under(`${own}*`), 'Allowed'],
    ['EX-28', {}, { resourcePolicy: grant('*', { Resource: '*' }) }, 'Allowed'],
    ['EX-34', {}, { registryPolicy: grant('*', { Resource: own }) }, 'Allowed'],
    ['EX-34', {}, { registryPolicy: grant('*', { Resource: foreign }) }, 'ImplicitlyDenied'],
    ['EX-35', {}, { ...only, registryPolicy: grant('*', { Resource: foreign }) }, 'Allowed'],
    ['EX-35', {}, { ...only, ...registry(own) }, 'ExplicitlyDenied'],
    ['EX-36', {}, { ...only, ...registry('*'), facts: { registryPolicyScope: 'V1' } }, 'Allowed'],
    [
      'EX-36',
      { action: 'ecr:ReplicateImage' },
      { ...only, ...registry('*'), facts: { registryPolicyScope: 'V1' } },
      'ExplicitlyDenied',
    ],
    ['EX-38', lambda, { resourcePolicy: grant({ Service: callers.service }) }, 'Allowed'],
    ['EX-38', lambda, { registryPolicy: grant({ Service: callers.service }, { Resource: '*' }) }, 'Allowed'],
    [
      'EX-38',
      lambda,
      { resourcePolicy: grant({ Service: callers.service }), resourceControlPolicies: [[refuse('*')]] },
      'ExplicitlyDenied',
    ],
    [
      'EX-43',
      { action: 'ecr:GetAuthorizationToken', resource: '*' },
      { identityPolicies: [allow('ecr:*', { Condition: inVpc })] },
      'ImplicitlyDenied',
    ],
    [
      'EX-43',
      { context: { 'aws:SourceVpce': 'vpce-1' } },
      { identityPolicies: [allow('ecr:*', { Condition: inVpc })] },
      'Allowed',
    ],
    ['EX-48', {}, { ...only, resourceControlPolicies: [[refuse('*')]] }, 'ExplicitlyDenied'],
    [
      'EX-48, EX-47',
      { action: 'ecr-public:PutImage', resource: 'arn:aws:ecr-public::111122223333:repository/app' },
      {
        identityPolicies: [allow('ecr-public:*')],
        resourceControlPolicies: [[refuse('*', { Action: 'ecr-public:*' })]],
      },
      'ExplicitlyDenied',
    ],
  ])('%s: %j under %j is %s', (_rule, request, policies, expected) => {
    expect(outcome(request, policies)).toBe(expected)
  })

  it.each([
    ['EX-34', { Principal: '*' }, false],
    ['EX-34', { Resource: own }, false],
    ['EX-34', { Principal: '*', Resource: own }, true],
  ])('%s: a registry policy with %j is well formed: %s', (_rule, fields, expected) => {
    const statement = { Effect: 'Allow', Action: 'ecr:ReplicateImage', ...fields }
    expect(E.isRight(parse({ Version: '2012-10-17', Statement: [statement] }, 'ecr-registry'))).toBe(expected)
  })
})

describe('what is taken for granted when an operation is judged', () => {
  const principal = 'arn:aws:iam::111122223333:role/node'
  const [home, away] = [own, foreign].map((text) => Repository.parseOrThrow(text)) as [
    Repository.Repository,
    Repository.Repository,
  ]
  const everything = doc(identity('Allow', ['ecr:*'], ['*']))
  const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
  const noLogin = doc(granting('Deny', [principal], ['ecr:GetAuthorizationToken'], { resources: ['*'] }))

  it('U-25: the owner’s registry policy has no say in the login of a caller from elsewhere', () => {
    const policies = { principal, identityPolicies: [everything], registryPolicy: noLogin }
    const granted = doc(granting('Allow', [principal], pull))
    expect(canPull(accessOrThrow({ ...policies, resourcePolicy: granted }), away).allowed).toBe(true)
    expect(canPull(accessOrThrow(policies), home).denied.map(({ action }) => action)).toStrictEqual([
      'ecr:GetAuthorizationToken',
    ])
  })

  it('U-26: requests come over TLS and to the Region of the repository, unless it is said otherwise', () => {
    const given = (key: string, value: string) =>
      doc(identity('Allow', ['ecr:*'], ['*'], ['StringEquals', key, value]))
    const may = (key: string, value: string, context: Readonly<Record<string, string>> = {}): boolean =>
      canPull(
        accessOrThrow({
          principal,
          identityPolicies: [given(key, value)],
          context,
        }),
        home,
      ).allowed
    expect(may('aws:SecureTransport', 'true')).toBe(true)
    expect(may('aws:RequestedRegion', 'eu-west-1')).toBe(true)
    expect(may('aws:RequestedRegion', 'us-east-1')).toBe(false)
    expect(may('aws:SecureTransport', 'true', { 'aws:SecureTransport': 'false' })).toBe(false)
    expect(
      decide(
        {},
        { identityPolicies: [allow('ecr:*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })] },
      ).outcome,
    ).toBe('ImplicitlyDenied')
  })
})

describe('ARNs of ECR Public', () => {
  it('EX-47: have no Region', () => {
    const text = 'arn:aws:ecr-public::111122223333:repository/app'
    expect(E.isRight(Repository.parsePublic(text))).toBe(true)
    expect(E.isRight(Repository.parsePublic(text.replace('public::', 'public:us-east-1:')))).toBe(false)
  })
})
