/** Words that stand for callers have the keys of those callers. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  clauseSet,
  derivedSet,
  isDerived,
  malformed,
  toCaller,
  universe,
} from '../../../src/algebra/callerText.js'
import { testOf } from '../../../src/algebra/statementSets.js'
import { parseOrThrow } from '../../../src/codec/document.js'
import { Caller, Context, type Request } from '../../../src/model/index.js'
import { StringSet } from '../../../src/pattern/index.js'
import { Simulator, Strength } from '../../../src/simulator/index.js'

const words = [
  'root:aws:111122223333',
  'root:aws-cn:444455556666',
  'user:aws:111122223333:/:alice',
  'user:aws:444455556666:/team/:alice',
  'role:aws:111122223333:/:node:run',
  'role:aws-us-gov:111122223333:/aws-service-role/x.amazonaws.com/:node:run',
  'fed:aws:111122223333:bob',
  'service:lambda.amazonaws.com',
  'service:ecs-tasks.amazonaws.com',
  'provider:accounts.google.com',
  'provider:arn:aws:iam::111122223333:saml-provider/a',
  'anonymous:',
]
const keys = [
  ...['aws:PrincipalArn', 'aws:PrincipalAccount', 'aws:username', 'aws:PrincipalType'],
  ...['aws:PrincipalIsAWSService', 'aws:PrincipalServiceName'],
]
const values = [
  ...['111122223333', 'alice', 'bob', 'User', 'Account', 'AssumedRole', 'FederatedUser', 'Anonymous', 'true'],
  ...['false', 'lambda.amazonaws.com', 'arn:aws:iam::111122223333:root', 'arn:aws-cn:iam::444455556666:root'],
  ...['arn:aws:iam::111122223333:user/alice', 'arn:aws:iam::444455556666:user/team/alice'],
  ...['arn:aws:iam::111122223333:role/node', 'arn:aws:sts::111122223333:federated-user/bob', '', '*', 'a*'],
  ...['*s*', '*:user/*', '????????????', '*333*', '*/node', 'arn:aws*:*:role/*'],
]

const requestOf = (principal: Caller.Caller): Request.Request => ({
  _tag: 'Request',
  principal,
  action: 'ecr:PutImage' as Request.Request['action'],
  resource: '*',
  resourceAccount: undefined,
  context: Context.empty,
})
const conditionOf = (operator: string, key: string, value: string) => {
  const document = parseOrThrow(
    {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Resource: '*',
        Condition: { [operator]: { [key]: value } },
      },
    },
    'resource',
  )
  return { document, condition: document.statements[0].conditions[0]! }
}

describe('a word is among the callers of whom a test holds just if it holds of its caller', () => {
  it.each(keys)('of %s', (key) => {
    expect(isDerived(key.toLowerCase())).toBe(true)
    for (const [operator, ...tested] of [
      ['Null', 'true', 'false'],
      ['StringLike', ...values],
      ['StringNotLike', ...values],
      ['StringLikeIfExists', ...values],
      ['StringEquals', ...values],
      ['ForAnyValue:StringNotLike', ...values],
    ] as const)
      for (const value of tested) {
        const { document, condition } = conditionOf(operator, key, value)
        const { truth, operands } = testOf('2012-10-17', () => ({ _tag: 'Missing' }))(condition)
        const set = derivedSet(key.toLowerCase(), truth, operands)
        expect(
          set === undefined ? [] : words.filter(StringSet.contains(set)),
          `${operator} ${value}`,
        ).toEqual(
          words.filter((word) => Simulator.meaning(document)(requestOf(toCaller(word)))._tag === 'Grant'),
        )
      }
  })
})

describe('a word is among those whom a list names just if its caller is named', () => {
  const iam = 'arn:aws:iam::111122223333'
  const sts = 'arn:aws:sts::111122223333'
  const lists: readonly unknown[] = [
    '*',
    ...['111122223333', `${iam}:root`, `${iam}:user/alice`, `${iam}:role/node`, 'AIDAJQABLZS4A3QDU576Q'].map(
      (AWS) => ({ AWS }),
    ),
    ...[
      `${sts}:assumed-role/node/run`,
      `${sts}:federated-user/bob`,
      'arn:aws:iam::444455556666:user/team/alice',
    ].map((AWS) => ({ AWS })),
    { AWS: ['111122223333', `${iam}:user/alice`] },
    { AWS: ['111122223333', `${iam}:role/node`, `${sts}:federated-user/bob`] },
    { Service: 'lambda.amazonaws.com' },
    { Service: 'ecs-tasks.amazonaws.com', Federated: 'accounts.google.com' },
    { Federated: `${iam}:saml-provider/a` },
  ]
  const documentOf = (Effect: string, clause: object) =>
    parseOrThrow(
      { Version: '2012-10-17', Statement: { Effect, Action: '*', Resource: '*', ...clause } },
      'resource',
    )

  it.each(
    ['Allow', 'Deny'].flatMap((effect) =>
      ['Principal', 'NotPrincipal'].flatMap((element) =>
        [false, true].map((boundary) => [effect, element, boundary] as const),
      ),
    ),
  )('in %s with %s, with a boundary: %s', (effect, element, boundary) => {
    for (const list of lists) {
      const document = documentOf(effect, { [element]: list })
      const [statement] = document.statements
      if (statement._tag !== 'ResourceStatement') throw new Error('a statement without callers')
      for (const least of effect === 'Deny' ? (['Account'] as const) : Strength.strengths) {
        const options = { boundary, accountMeansRoot: false }
        const set = clauseSet(statement.principal, statement.effect, least, options)
        const named = words.filter((word) => {
          const found = Simulator.meaning(document, boundary)(requestOf(toCaller(word)))
          return found._tag === 'Deny' || (found._tag === 'Grant' && Strength.atLeast(least)(found.strength))
        })
        expect(words.filter(StringSet.contains(set)), `${JSON.stringify(list)} ${least}`).toEqual(named)
      }
    }
  })
})

describe('the caller of a word', () => {
  it('is told by it, and reads as itself', () => {
    for (const word of words) {
      const read = Caller.parse(Caller.show(toCaller(word)))
      expect(E.isRight(read) && read.right._tag).toBe(toCaller(word)._tag)
      expect(StringSet.contains(universe())(word) && !StringSet.contains(malformed())(word)).toBe(true)
    }
    expect(new Set(words.map((word) => JSON.stringify(toCaller(word)))).size).toBe(words.length)
  })
  it('has the digits of his account, and others in place of letters', () => {
    const account = (text: string, fill?: string) => {
      const caller = toCaller(`root:aws:${text}`, fill)
      return caller._tag === 'RootUser' ? caller.account : undefined
    }
    expect(account('012345678900')).toBe('012345678900')
    expect(account('0a9b/;_.0120', '7')).toBe('079777770120')
    expect(account('xxxxxxxxxxxx')).toBe('999999999999')
  })
  it.each([
    'user:aws:111122223333://:alice',
    'user:aws:111122223333:/:a/b',
    'role:aws:111122223333:/:a/b:run',
    'role:aws:111122223333:/:a:r/n',
    'role:aws:111122223333:/a//b/:a:run',
    'fed:aws:111122223333:a/b',
    'service:a/b.amazonaws.com',
    'service:cognito-identity.amazonaws.com',
  ])('is not any of %s', (word) => {
    expect(StringSet.contains(malformed())(word)).toBe(true)
  })
  it.each([
    'user:aws:11112222333:/:alice',
    'user:aws:111122223333:alice:a',
    'service:x.example',
    'provider:',
    'x:',
  ])('is no caller of %s', (word) => {
    expect(StringSet.contains(universe())(word)).toBe(false)
  })
})
