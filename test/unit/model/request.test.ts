import { describe, expect, it } from 'vitest'
import { Context, Environment, PolicyKind, Request, Version } from '../../../src/model/index.js'
import { refusal } from './support.js'

const iam = 'arn:aws:iam::111122223333'
const sts = 'arn:aws:sts::111122223333'
const app = 'arn:aws:ecr:eu-west-1:444455556666:repository/app'

const request = (principal: string, more: Partial<Request.RequestInput> = {}): Request.Request =>
  Request.makeOrThrow({ principal, action: 'ecr:BatchGetImage', resource: app, ...more })

describe('a request holds caller, action, resource and what is known around them (RC-1)', () => {
  it('read from texts', () => {
    const made = request(`${iam}:user/alice`, { context: { 'aws:SourceIp': '203.0.113.7' } })
    expect([
      made.principal._tag,
      made.action,
      Request.resourceText(made),
      Context.show(made.context),
    ]).toStrictEqual(['User', 'ecr:BatchGetImage', app, '{"aws:SourceIp":["203.0.113.7"]}'])
  })

  it.each([
    [{ principal: 'nobody' }, 'InvalidCaller'],
    [{ action: 'ecr:*' }, 'InvalidAction'],
    [{ resource: 'app' }, 'InvalidArn'],
    [{ resourceAccount: '4444' }, 'InvalidAccountId'],
    [{ principal: 'nobody', action: '*', resource: 'app' }, 'InvalidCaller'],
  ])('%j is refused: %s', (wrong, code) => {
    const input = { principal: `${iam}:user/alice`, action: 'ecr:BatchGetImage', resource: app, ...wrong }
    expect(refusal(Request.make(input)).startsWith(`${code}: `)).toBe(true)
    expect(() => Request.makeOrThrow(input)).toThrow()
  })
})

describe('the account that owns the resource', () => {
  it.each([
    ['the one of the ARN', { resource: app }, '444455556666'],
    [
      'the one that is given, before that of the ARN',
      { resource: app, resourceAccount: '777788889999' },
      '777788889999',
    ],
    [
      'the one that is given, where the ARN has none',
      { resource: 'arn:aws:s3:::b', resourceAccount: '777788889999' },
      '777788889999',
    ],
    ['none, where nothing tells', { resource: 'arn:aws:s3:::b' }, undefined],
    ['none, where AWS itself owns it', { resource: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, undefined],
    ['the caller’s, where there is no resource', { resource: '*' }, '111122223333'],
    [
      'none, where there is neither resource nor account',
      { resource: '*', principal: 'lambda.amazonaws.com' },
      undefined,
    ],
  ])('is %s', (_title, more, expected) => {
    const made = request(`${iam}:user/alice`, more)
    expect(Request.ownerAccount(made)).toBe(expected)
    expect(Context.get('aws:ResourceAccount')(Request.fullContext(made))).toEqual(
      expected === undefined ? undefined : [expected],
    )
  })
})

describe('keys that follow from the caller (RC-5, RC-6)', () => {
  const own = (arn: string, type: string, more: object = {}): object => ({
    'aws:PrincipalAccount': ['111122223333'],
    'aws:PrincipalArn': [arn],
    'aws:PrincipalIsAWSService': ['false'],
    'aws:PrincipalType': [type],
    'aws:ResourceAccount': ['444455556666'],
    ...more,
  })
  const owner = { 'aws:ResourceAccount': ['444455556666'] }

  it.each([
    ['111122223333', own(`${iam}:root`, 'Account', { 'aws:userid': ['111122223333'] })],
    [`${iam}:user/a/alice`, own(`${iam}:user/a/alice`, 'User', { 'aws:username': ['alice'] })],
    [`${iam}:role/a/node`, own(`${iam}:role/a/node`, 'AssumedRole')],
    [`${sts}:assumed-role/node/i-1`, own(`${iam}:role/node`, 'AssumedRole')],
    [
      `${sts}:federated-user/bob`,
      own(`${sts}:federated-user/bob`, 'FederatedUser', { 'aws:userid': ['111122223333:bob'] }),
    ],
    [
      'lambda.amazonaws.com',
      {
        ...owner,
        'aws:PrincipalIsAWSService': ['true'],
        'aws:PrincipalServiceName': ['lambda.amazonaws.com'],
      },
    ],
    ['anonymous', { ...owner, 'aws:PrincipalType': ['Anonymous'] }],
    ['accounts.google.com', owner],
    [`${iam}:saml-provider/corp`, owner],
  ])('of %s', (principal, expected) => {
    const full = Request.fullContext(request(principal))
    expect(Object.fromEntries(full.map(({ name, values }) => [name, values]))).toStrictEqual(expected)
  })

  it('give way to what the request says, whatever its spelling', () => {
    const given = request(`${sts}:assumed-role/node/i-1`, {
      context: { 'AWS:principalarn': `${iam}:role/a/node` },
    })
    expect(Request.principalArn(given)).toStrictEqual([`${iam}:role/a/node`])
    expect(Request.fullContext(given).filter(({ name }) => /principalarn/iu.test(name)).length).toBe(1)
    expect(Request.principalArn(request('anonymous'))).toStrictEqual([])
  })

  it('are derived also where the request gives the key with no values (U-1)', () => {
    const given = request(`${iam}:user/alice`, { context: { 'aws:username': [] } })
    expect(Context.get('aws:username')(Request.fullContext(given))).toStrictEqual(['alice'])
  })
})

describe('equality of requests', () => {
  const base = request(`${iam}:user/alice`)
  it.each([
    ['the letter case of the action', { action: 'ECR:batchgetimage' }, true],
    ['another action', { action: 'ecr:PutImage' }, false],
    ['another resource', { resource: '*' }, false],
    ['an owner', { resourceAccount: '444455556666' }, false],
    ['a key', { context: { k: 'v' } }, false],
  ])('%s: %s %s', (_title, more, expected) => {
    expect(Request.Eq.equals(base, request(`${iam}:user/alice`, more))).toBe(expected)
  })

  it('another caller', () => {
    expect(Request.Eq.equals(base, request(`${iam}:user/bob`))).toBe(false)
  })
})

describe('an environment', () => {
  it('of nothing given is empty, and each fact has its common value', () => {
    expect(Environment.make({})).toStrictEqual(Environment.empty)
    expect(Environment.make({ facts: { principalIsServiceLinkedRole: true } }).facts).toStrictEqual({
      ...Environment.commonFacts,
      principalIsServiceLinkedRole: true,
    })
    expect(Environment.make({ sessionPolicies: [] }).serviceControlPolicies).toBeUndefined()
  })
})

describe('kinds and versions', () => {
  it('every kind is one of the two sorts, and only of one (GR-15)', () => {
    expect(PolicyKind.policyKinds.length).toBe(15)
    expect(PolicyKind.policyKinds.filter(PolicyKind.isResourceKind)).toStrictEqual([
      ...PolicyKind.resourceKinds,
    ])
  })

  it.each([
    ['2012-10-17', true],
    ['2008-10-17', true],
    ['2012-10-18', false],
    ['', false],
  ])('%j is a version: %s (GR-7)', (text, expected) => {
    expect(Version.isVersion(text)).toBe(expected)
  })
})
