import { describe, expect, it } from 'vitest'
import { Caller } from '../../../src/model/index.js'
import { answer, refusal } from './support.js'

const iam = 'arn:aws:iam::111122223333'
const sts = 'arn:aws:sts::111122223333'
const home = { partition: 'aws', account: '111122223333' }

describe('a caller is read from one text', () => {
  it.each([
    ['111122223333', { _tag: 'RootUser', ...home }],
    [`${iam}:root`, { _tag: 'RootUser', ...home }],
    [`${iam}:user/a/alice`, { _tag: 'User', ...home, path: '/a/', name: 'alice' }],
    [`${iam}:role/a/node`, { _tag: 'RoleSession', ...home, path: '/a/', role: 'node' }],
    [`${sts}:assumed-role/node/i-1`, { _tag: 'RoleSession', ...home, role: 'node', session: 'i-1' }],
    [`${sts}:federated-user/alice`, { _tag: 'FederatedUser', ...home, name: 'alice' }],
    ['lambda.amazonaws.com', { _tag: 'Service', host: 'lambda.amazonaws.com' }],
    ['ec2.amazonaws.com.cn', { _tag: 'Service', host: 'ec2.amazonaws.com.cn' }],
    ['accounts.google.com', { _tag: 'IdentityProvider', id: 'accounts.google.com' }],
    ['www.amazon.com', { _tag: 'IdentityProvider', id: 'www.amazon.com' }],
    ['cognito-identity.amazonaws.com', { _tag: 'IdentityProvider', id: 'cognito-identity.amazonaws.com' }],
    [
      'token.actions.githubusercontent.com',
      { _tag: 'IdentityProvider', id: 'token.actions.githubusercontent.com' },
    ],
    [`${iam}:saml-provider/corp`, { _tag: 'IdentityProvider', id: `${iam}:saml-provider/corp` }],
    ['anonymous', { _tag: 'Anonymous' }],
  ])('%s (SA-10, PR-7, PR-8, ST-4)', (text, expected) => {
    expect(answer(Caller.parse(text), (caller) => caller)).toEqual(expected)
  })

  it.each([
    '*',
    '',
    'AIDACKCEVSQ6C2EXAMPLE',
    `${iam}:group/devs`,
    'arn:aws:s3:::bucket',
    'alice',
    'Anonymous',
  ])('%s makes no requests', (text) => {
    expect(refusal(Caller.parse(text))).toMatch(
      /^InvalidCaller: .* cannot make a request: a caller is a user, /u,
    )
  })

  it('and keeps the hint that its principal had', () => {
    expect(refusal(Caller.parse(`${iam}:role/*`))).toMatch(
      /use `\*` with a condition on `aws:PrincipalArn`\)$/u,
    )
  })
})

describe('the ARN of a role', () => {
  it.each([
    [`${iam}:role/a/b/node`, `${iam}:role/a/b/node`],
    [`${sts}:assumed-role/node/i-1`, `${iam}:role/node`],
  ])('of %s is %s (RC-5, U-11)', (text, arn) => {
    const caller = Caller.parseOrThrow(text)
    expect(caller._tag === 'RoleSession' && Caller.roleArn(caller)).toBe(arn)
  })
})

describe('equality of callers', () => {
  const known = Caller.parseOrThrow(`${iam}:role/node`)
  it('tells a session whose path is known from one whose path is not', () => {
    const unknown = { ...known, path: undefined } as Caller.Caller
    expect([Caller.Eq.equals(known, unknown), Caller.show(known) === Caller.show(unknown)]).toStrictEqual([
      false,
      true,
    ])
  })

  it('takes a field that is absent and one that is undefined for the same', () => {
    const { path: _, ...bare } = known as Caller.RoleSession
    expect(Caller.Eq.equals(bare, { ...bare, path: undefined })).toBe(true)
  })

  it('who has an account', () => {
    const texts = [
      '111122223333',
      `${iam}:role/x`,
      'lambda.amazonaws.com',
      'accounts.google.com',
      'anonymous',
    ]
    expect(texts.map((text) => Caller.hasAccount(Caller.parseOrThrow(text)))).toStrictEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
