/** What is made ready of a request: its caller's name, its context, and what of it decides the flow. */
import { describe, expect, it } from 'vitest'
import { parseScenarioOrThrow } from '../../../src/codec/index.js'
import { Caller, Principal, Request } from '../../../src/model/index.js'
import { callerName, entryName, prepareRequest } from '../../../src/simulator/compileRequest.js'
import { callers, iam, own, sts } from './support.js'

const asking = (principal: string, more: object = {}): Request.Request =>
  parseScenarioOrThrow({ request: { principal, action: 'ecr:BatchGetImage', resource: own, ...more } })
    .request

describe('the name by which entries are looked up', () => {
  it.each([
    [callers.root, '111122223333'],
    [callers.user, '111122223333/alice'],
    [`${iam}:user/path/alice`, '111122223333/alice'],
    [callers.role, '111122223333/node'],
    [callers.session, '111122223333/node'],
    [callers.federated, '111122223333/alice'],
    [callers.service, 'lambda.amazonaws.com'],
    [callers.provider, 'accounts.google.com'],
    ['anonymous', 'anonymous'],
  ])('of the caller %s is %s', (text, name) => {
    expect(callerName(Caller.parseOrThrow(text))).toBe(name)
    expect(prepareRequest(asking(text)).identity().name).toBe(name)
  })

  it.each([
    ['AWS', '111122223333', '111122223333'],
    ['AWS', callers.root, '111122223333'],
    ['AWS', callers.user, '111122223333/alice'],
    ['AWS', callers.role, '111122223333/node'],
    ['AWS', callers.session, '111122223333/node'],
    ['AWS', callers.federated, '111122223333/alice'],
    ['Service', callers.service, 'lambda.amazonaws.com'],
    ['Federated', callers.provider, 'accounts.google.com'],
    ['AWS', '*', undefined],
    ['AWS', 'AIDACKCEVSQ6C2EXAMPLE', undefined],
    ['CanonicalUser', '79a59df900b949e5', undefined],
  ] as const)('of the entry %s %s is %s', (type, text, name) => {
    expect(entryName(Principal.parseOrThrow(type)(text))).toBe(name)
  })

  it.each([
    ['the same role by a path', `${iam}:role/path/node`, '111122223333/node'],
    ['another role', `${iam}:role/other`, undefined],
    ['no ARN', 'node', undefined],
  ])('is unknown where aws:PrincipalArn tells of another role: %s', (_title, arn, name) => {
    expect(
      prepareRequest(asking(callers.session, { context: { 'aws:PrincipalArn': arn } })).identity().name,
    ).toBe(name)
  })
})

describe('a request made ready', () => {
  const request = asking(callers.user, {
    context: { 'aws:PrincipalArn': `${iam}:user/bob`, 'aws:TagKeys': ['a', 'b'], 'aws:RequestTag/A': 'x' },
  })

  it('gives the values of each key of its whole context, and of no other', () => {
    const { values } = prepareRequest(request)
    const whole = Request.fullContext(request)
    expect(whole.length).toBeGreaterThan(5)
    for (const { name, values: given } of whole) expect(values(name.toLowerCase())).toEqual(given)
    expect([values('aws:sourceip'), values('constructor'), values('__proto__')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('gives the owner of the resource where one is known', () => {
    const owner = (principal: string, more: object) =>
      prepareRequest(asking(principal, more)).values('aws:resourceaccount')
    expect(owner(callers.anonymous, {})).toEqual(['111122223333'])
    expect(owner(callers.user, { resource: '*' })).toEqual(['111122223333'])
    expect(owner(callers.anonymous, { resource: '*' })).toBeUndefined()
    expect(owner(callers.user, { resourceAccount: '444455556666' })).toEqual(['444455556666'])
    expect(owner(callers.user, { context: { 'aws:ResourceAccount': '555566667777' } })).toEqual([
      '555566667777',
    ])
  })

  it('is the same when it is asked for again', () => {
    expect(prepareRequest(request)).toBe(prepareRequest(request))
    expect(prepareRequest({ ...request })).not.toBe(prepareRequest(request))
  })

  it('goes the same way as another exactly when their traits are the same', () => {
    const way = (principal: string, more: object = {}): string => prepareRequest(asking(principal, more)).way
    const linked = `${iam}:role/aws-service-role/ecr.amazonaws.com/node`
    const ways = [
      way(callers.user),
      way(callers.root),
      way(callers.session),
      way(linked),
      way(callers.federated),
      way(callers.service),
      way(callers.user, { action: 'ecr:PutImage' }),
      way(callers.user, { resource: '*' }),
      way(callers.user, { resource: own.replace('111122223333', '444455556666') }),
      way(callers.user, { resource: own.replace('aws', 'aws-cn') }),
      way(callers.user, { resource: `${iam}:role/node` }),
      way(callers.user, { resource: 'arn:aws:kms:eu-west-1:111122223333:key/1' }),
    ]
    expect(new Set(ways).size).toBe(ways.length)
    expect(way(`${iam}:user/bob`, { action: 'ECR:batchgetimage' })).toBe(way(callers.user))
    expect(way(`${sts}:assumed-role/other/i-2`)).toBe(way(callers.session))
    expect(way(callers.anonymous)).toBe(way(callers.service))
  })
})
