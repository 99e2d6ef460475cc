/** A residual is an answer within its budget, or says that there is none. */
import { describe, expect, it } from 'vitest'
import { meets, residual, showResidual, type PartialRequest } from '../../../src/algebra/residual.js'
import { isPublic } from '../../../src/algebra/isPublic.js'
import { parseOrThrow } from '../../../src/codec/document.js'
import { Action, Arn, Caller, Environment, Request } from '../../../src/model/index.js'

const statements = (effect: string, key: string, length: number, more: object = {}) =>
  Array.from({ length }, (_, i) => ({
    Effect: effect,
    Action: '*',
    Resource: '*',
    ...more,
    Condition: { StringEquals: { [`v:${key}${i}`]: 'x' }, StringLike: { [`v:${key}${i}y`]: 'y*' } },
  }))
const identity = (all: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement: all }, 'identity')
const resource = (all: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement: all }, 'resource')
const principal = Caller.parseOrThrow('arn:aws:iam::111122223333:role/node')

describe('what is left', () => {
  const environment = Environment.make({
    identityPolicies: [identity([...statements('Allow', 'a', 2), ...statements('Deny', 'b', 1)])],
    permissionsBoundary: identity(statements('Allow', 'c', 2)),
  })
  it.each([1, 5, 20])('is not told within %i steps', (budget) => {
    expect(residual(environment, { principal }, { budget })).toMatchObject({
      _tag: 'Undecided',
      reason: 'Budget',
    })
  })
  it('is not told without Denies either, where the Allows of layers are too many to combine', () => {
    const limited = Environment.make({
      identityPolicies: [identity(statements('Allow', 'a', 3))],
      permissionsBoundary: identity(statements('Allow', 'c', 3)),
    })
    const found = residual(limited, { principal }, { budget: 5 })
    expect(showResidual(found)).toBe('undecided: too many alternatives')
  })
  it('is told within many, way by way', () => {
    const found = residual(environment, { principal })
    expect(found._tag === 'When' && found.alternatives.length).toBe(32)
  })
})

describe('the conditions of a public grant', () => {
  const everybody = { Principal: '*' }
  const open = resource([...statements('Allow', 'a', 2, everybody), ...statements('Deny', 'b', 1, everybody)])
  it('are told, Deny by Deny', () => {
    const answer = isPublic(open)
    expect(answer._tag === 'Public' && answer.conditions?.length).toBe(4)
  })
  it('are left out where they are too many to tell, though the grant is public', () => {
    const many = resource([
      ...statements('Allow', 'a', 3, everybody),
      ...statements('Deny', 'b', 2, everybody),
    ])
    expect(isPublic(many, { budget: 40 })).toMatchObject({ _tag: 'Public', conditions: undefined })
    expect(isPublic(many)).toMatchObject({ _tag: 'Public', conditions: { length: 12 } })
  })
})

const allowing = (Condition: object, more: object = {}) =>
  Environment.make({
    identityPolicies: [identity([{ Effect: 'Allow', Action: '*', Resource: '*', Condition, ...more }])],
  })

describe('a known caller', () => {
  const account = '111122223333'
  const action = Action.parseOrThrow('ecr:GetAuthorizationToken')
  const all = { Effect: 'Allow', Action: '*', Resource: '*' }
  /** What is left where all but this value is denied. */
  const say = (caller: string, key: string, value: string): string => {
    const denied = { ...all, Effect: 'Deny', Condition: { StringNotEquals: { [key]: value } } }
    const environment = Environment.make({
      identityPolicies: [identity([all])],
      sessionPolicies: [identity([all])],
      serviceControlPolicies: [[identity([all, denied])]],
    })
    return showResidual(
      residual(environment, { principal: Caller.parseOrThrow(caller), action, resource: '*' }),
    )
  }
  const role = `arn:aws:iam::${account}:role/node`
  const user = `arn:aws:iam::${account}:user/alice`
  const federated = `arn:aws:sts::${account}:federated-user/bob`

  it.each([
    [role, 'aws:PrincipalArn', role],
    [user, 'aws:PrincipalAccount', account],
    [role, 'aws:PrincipalType', 'AssumedRole'],
    [user, 'aws:PrincipalIsAWSService', 'false'],
    [user, 'aws:username', 'alice'],
    [`arn:aws:iam::${account}:root`, 'aws:userid', account],
    [federated, 'aws:userid', `${account}:bob`],
  ])('%s has the %s %s', (caller, key, value) => {
    expect(say(caller, key, value)).toBe('allowed, whatever the rest of the request')
    expect(say(caller, key, 'other')).toBe('never allowed')
  })

  it('who is a user or the session of a role has a user id that is not known', () => {
    for (const caller of [user, role])
      expect(say(caller, 'aws:userid', 'x')).toBe('allowed if and only if not (aws:userid StringNotEquals x)')
  })
})

describe('an element of a statement is left', () => {
  const named = { Principal: { AWS: 'arn:aws:iam::111122223333:user/alice' } }
  const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
  const environment = Environment.make({
    resourcePolicy: resource([{ Effect: 'Allow', ...named, Action: 'ecr:Put*', Resource: repository }]),
  })
  const known = {
    principal: Caller.parseOrThrow('arn:aws:iam::111122223333:user/alice'),
    action: Action.parseOrThrow('ecr:PutImage'),
    resource: Arn.parseOrThrow(repository),
  }
  it.each<[string, PartialRequest, readonly string[]]>([
    ['but where all is known', known, []],
    ['where the caller is not known', { action: known.action, resource: known.resource }, ['Principal']],
    ['where the action is not known', { principal: known.principal, resource: known.resource }, ['Action']],
    ['where the resource is not known', { principal: known.principal, action: known.action }, ['Resource']],
  ])('%s', (_, given, elements) => {
    const text = showResidual(residual(environment, given))
    expect(['Principal', 'Action', 'Resource'].filter((each) => text.includes(`${each} is`))).toEqual(
      elements,
    )
  })
})

describe('what is left of a situation', () => {
  const say = (environment: Environment.Environment, given: PartialRequest = { principal }): string =>
    showResidual(residual(environment, given))

  it('is told where the rules differ by action and resource, kinds of both in words', () => {
    const rest = 'ec2:* or lambda:* or s3:* or dynamodb:* or kms:retiregrant'
    const ecr = 'ecr:* or ecr:replicateimage or ecr:batchimportupstreamimage or ecr:createrepository'
    expect(say(allowing({}))).toBe(
      [
        'allowed if and only if one of these holds:',
        `  - the action is any other or sts:* or iam:* or ${rest} and the resource is of kind Other and caller and resource are of SameAccount`,
        `  - the action is ${ecr} and the resource is of kind Other or Role and caller and resource are of SameAccount`,
        '  - the resource is of kind None',
        `  - the action is any other or iam:* or ${rest} and the resource is of kind Role and caller and resource are of SameAccount`,
      ].join('\n'),
    )
  })

  it('keeps a need that only some of its actions have by themselves (U-17)', () => {
    const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }
    const environment = Environment.make({
      identityPolicies: [identity([{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }])],
      resourceControlPolicies: [[parseOrThrow({ Version: '2012-10-17', Statement: deny }, 'rcp')]],
    })
    const lines = say(environment)
      .split('\n')
      .filter((line) => line.includes('kms:retiregrant'))
    expect(lines.map((line) => line.endsWith(' and Action is kms:*'))).toEqual([true, true])
  })

  it('is told of callers', () => {
    const action = Action.parseOrThrow('ecr:GetAuthorizationToken')
    expect(say(allowing({}), { action, resource: '*' })).toBe(
      [
        'allowed if and only if one of these holds:',
        '  - the caller is of kind User or RoleSession or ServiceLinkedRole',
        '  - the caller is of kind RootUser',
      ].join('\n'),
    )
  })
})

describe('a request meets a residual', () => {
  const request = (key: string) =>
    Request.makeOrThrow({
      principal: 'arn:aws:iam::111122223333:role/node',
      action: 'ecr:GetAuthorizationToken',
      resource: '*',
      context: { 'v:a': key },
    })
  const said = (environment: Environment.Environment, budget?: number) =>
    meets(residual(environment, { principal }, budget === undefined ? {} : { budget }))

  it('just if one of its alternatives holds, always or never, or nobody knows', () => {
    const when = said(allowing({ StringEquals: { 'v:a': 'x' } }))
    expect([when(request('x')), when(request('y'))]).toEqual([true, false])
    const known = residual(allowing({}), {
      principal,
      action: Action.parseOrThrow('ecr:GetAuthorizationToken'),
      resource: '*',
    })
    expect([known._tag, meets(known)(request('x'))]).toEqual(['Always', true])
    expect(said(Environment.empty)(request('x'))).toBe(false)
    expect(said(allowing({ StringEquals: { 'v:a': 'x' } }), 0)(request('x'))).toBeUndefined()
  })
})
