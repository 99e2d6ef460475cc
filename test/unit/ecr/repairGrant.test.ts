/** How a repair names a caller and a resource: as narrowly as a statement can that still grants as strongly as it has to. */
import { describe, expect, it } from 'vitest'
import { grants, kindOf, narrowest, roleOf, statementOf } from '../../../src/ecr/repair/repairGrant.js'
import type { Place } from '../../../src/ecr/Place.js'
import { Caller, Condition, DocumentJson, Request } from '../../../src/model/index.js'
import type { Strength } from '../../../src/simulator/index.js'

const here = '111122223333'
const app = `arn:aws:ecr:eu-west-1:${here}:repository/app`
const node = `arn:aws:iam::${here}:role/node`
const session = `arn:aws:sts::${here}:assumed-role/node/i-0abc`

const identity: Place = { _tag: 'IdentityPolicy', principal: node }
const repository: Place = { _tag: 'ResourcePolicy', repository: app }
const registry: Place = { _tag: 'RegistryPolicy', account: here, region: 'eu-west-1' }

interface Asked {
  readonly principal?: string
  readonly resource?: string
  readonly action?: string
  readonly context?: Readonly<Record<string, string | readonly string[]>>
  /** How strong the grant has to be; default `Account`. */
  readonly atLeast?: Strength.Strength
}

const ask = ({ principal = node, resource = app, action = 'ecr:BatchGetImage', context = {} }: Asked) =>
  Request.makeOrThrow({ principal, action, resource, context })

/** The statement without what all of them have. */
const written = (place: Place, asked: Asked) => {
  const request = ask(asked)
  const terms = narrowest(place, request, asked.atLeast ?? 'Account')
  if (terms === undefined) return undefined
  const {
    Effect: _,
    Action: __,
    ...rest
  } = DocumentJson.statementToJson(statementOf(terms, [request.action]))
  return rest
}

const is = (arn: string) => ({ ArnEquals: { 'aws:PrincipalArn': arn } })

type Row = readonly [string, Asked, object | undefined]

describe('a repository policy names', () => {
  it.each<Row>([
    ['a role', {}, { Principal: { AWS: node } }],
    ['the role of a session', { principal: session }, { Principal: { AWS: node } }],
    [
      'a role by the ARN that the request gives',
      { principal: session, context: { 'aws:PrincipalArn': node.replace('node', 'team/node') } },
      { Principal: { AWS: node.replace('node', 'team/node') } },
    ],
    [
      'a role by the key with its ARN, where its name is not strong enough (SA-5)',
      { principal: session, atLeast: 'Direct' },
      { Principal: '*', Condition: is(node) },
    ],
    [
      'a session by itself, where its role is not told',
      { principal: session, context: { 'aws:PrincipalArn': [node, `${node}s`] }, atLeast: 'Direct' },
      { Principal: { AWS: session } },
    ],
    [
      'a user',
      { principal: node.replace('role/', 'user/') },
      { Principal: { AWS: node.replace('role/', 'user/') } },
    ],
    [
      'a federated user',
      { principal: `arn:aws:sts::${here}:federated-user/bob` },
      { Principal: { AWS: `arn:aws:sts::${here}:federated-user/bob` } },
    ],
    [
      'a root user, and not his account with him',
      { principal: `arn:aws:iam::${here}:root` },
      { Principal: { AWS: `arn:aws:iam::${here}:root` }, Condition: is(`arn:aws:iam::${here}:root`) },
    ],
    [
      'a service by its source',
      { principal: 'lambda.amazonaws.com', context: { 'aws:SourceAccount': here } },
      {
        Principal: { Service: 'lambda.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': here } },
      },
    ],
    ['no service without source', { principal: 'lambda.amazonaws.com' }, undefined],
    ['a provider', { principal: 'accounts.google.com' }, { Principal: { Federated: 'accounts.google.com' } }],
    ['nobody', { principal: 'anonymous' }, undefined],
    [
      'of a replication the account',
      { action: 'ecr:ReplicateImage' },
      { Principal: { AWS: `arn:aws:iam::${here}:root` } },
    ],
  ])('%s', (_, asked, expected) => {
    expect(written(repository, asked)).toEqual(expected)
  })
})

describe('a policy names', () => {
  it.each<readonly [string, Place, Asked, object | undefined]>([
    ['the repository', identity, {}, { Resource: app }],
    ['no caller, where it is attached to one', identity, { principal: session }, { Resource: app }],
    ['everything where there is no resource', identity, { resource: '*' }, { Resource: '*' }],
    [
      'all repositories where all are asked for (EX-15)',
      identity,
      { resource: app.replace('app', '*') },
      { Resource: app.replace('app', '*') },
    ],
    [
      'no resource that a pattern would mistake',
      identity,
      { resource: app.replace('app', 'a*b') },
      undefined,
    ],
    ['no resource with a variable', identity, { resource: app.replace('app', '${x}') }, undefined],
    ['the caller too in a registry policy', registry, {}, { Principal: { AWS: node }, Resource: app }],
    [
      'whatever its repository is called',
      repository,
      { resource: app.replace('app', 'a*b') },
      { Principal: { AWS: node } },
    ],
    [
      'the caller too in an endpoint policy',
      { _tag: 'VpcEndpointPolicy' },
      {},
      { Principal: { AWS: node }, Resource: app },
    ],
    ['no caller in an SCP', { _tag: 'ServiceControlPolicy', level: 0 }, {}, { Resource: app }],
  ])('%s', (_, place, asked, expected) => {
    expect(written(place, asked)).toEqual(expected)
  })

  it('of a role that IAM Identity Center made, its usual path', () => {
    const name = 'AWSReservedSSO_Admin_0123456789abcdef'
    const reserved = Caller.parseOrThrow(`arn:aws:sts::${here}:assumed-role/${name}/bob`)
    expect(reserved._tag === 'RoleSession' && roleOf(reserved)).toBe(
      `arn:aws:iam::${here}:role/aws-reserved/sso.amazonaws.com/${name}`,
    )
    const plain = Caller.parseOrThrow(session)
    expect(plain._tag === 'RoleSession' && roleOf(plain)).toBe(node)
    const region = `arn:aws:iam::${here}:role/aws-reserved/sso.amazonaws.com/eu-west-1/${name}`
    const known = Caller.parseOrThrow(region)
    expect(known._tag === 'RoleSession' && roleOf(known)).toBe(region)
  })
})

it('a statement grants what it matches, as strongly as it does', () => {
  const request = ask({})
  const account = statementOf({ principal: undefined, resource: undefined, conditions: Condition.none }, [
    request.action,
  ])
  const isEnough = (atLeast: Strength.Strength) => grants(request, atLeast, '2012-10-17')(account)
  expect(isEnough('Account')).toBe(true)
  expect(grants(ask({ action: 'ecr:PutImage' }), 'Account', '2012-10-17')(account)).toBe(false)
})

it('the kind of each place', () => {
  const tags = [
    ...['IdentityPolicy', 'PermissionsBoundary', 'SessionPolicy', 'ResourcePolicy', 'RegistryPolicy'],
    ...['VpcEndpointPolicy', 'ServiceControlPolicy', 'ResourceControlPolicy'],
  ] as readonly Place['_tag'][]
  expect(tags.map((_tag) => kindOf({ _tag } as Place))).toEqual([
    ...['managed', 'boundary', 'session', 'ecr-repository', 'ecr-registry', 'endpoint', 'scp', 'rcp'],
  ])
})
