/**
 * Statements that look alike but for what a variable may be: missing, several values, a default, a letter, a wildcard, an
 * account. Whatever a rewriting makes of them, every request is to be answered as before, to the oracle as well.
 */
import { describe, expect, it } from 'vitest'
import { minimize } from '../../src/algebra/minimize.js'
import { parseOrThrow } from '../../src/codec/document.js'
import { toJson } from '../../src/model/DocumentJson.js'
import { matchDocument, type PolicyJson } from '../oracle/decide.js'

const others = Array.from({ length: 25 }, (_, i) => ({
  Effect: 'Allow',
  Action: `q:a${i}`,
  Resource: `arn:aws:q${i}:::x`,
  Condition: { StringEquals: { [`q:k${i}`]: 'x' } },
}))

const allow = (element: object) => ({ Effect: 'Allow', Action: 's3:GetObject', ...element })
const on = (...patterns: readonly string[]) => allow({ Resource: patterns })
const notOn = (...patterns: readonly string[]) => allow({ NotResource: patterns })
const when = (operator: string, key: string, ...values: readonly string[]) =>
  allow({ Resource: '*', Condition: { [operator]: { [key]: values } } })

const bucket = (name: string) => `arn:aws:s3:::${name}`
const mark = ['a', 'A', '*', '?', '', '${v:t}', '111122223333']
const contexts = [undefined, ...mark.map((text) => [text]), ['a', 'b']].flatMap((tag) =>
  [undefined, ...mark.map((text) => [text])].map((key) => ({
    ...(tag === undefined ? {} : { 'v:t': tag }),
    ...(key === undefined ? {} : { 'v:k': key }),
  })),
)
const requests = ['arn:aws:iam::111122223333:user/a'].flatMap((principal) =>
  [...mark, 'xx'].flatMap((name) =>
    contexts.map((context) => ({ principal, action: 's3:GetObject', resource: bucket(name), context })),
  ),
)

const pairs: readonly (readonly [string, string, readonly object[]])[] = [
  ['a value that NotResource spares', '2012-10-17', [on(bucket('a')), notOn(bucket('${v:t}'))]],
  ['a value that both spare', '2012-10-17', [notOn(bucket('?')), notOn(bucket('${v:t}'))]],
  [
    'a value with spellings',
    '2012-10-17',
    ['StringEquals', 'StringEqualsIgnoreCase'].map((o) => when(o, 'v:k', '${v:t}')),
  ],
  [
    'a value excluded in any case',
    '2012-10-17',
    ['StringNotEquals', 'StringNotEqualsIgnoreCase'].map((o) => when(o, 'v:k', '${v:t}')),
  ],
  [
    'an account',
    '2012-10-17',
    [
      when('StringEquals', 'aws:PrincipalAccount', '${v:t}'),
      when('StringEquals', 'aws:PrincipalAccount', '444455556666'),
    ],
  ],
  [
    'an owner',
    '2012-10-17',
    [when('StringEquals', 'aws:ResourceAccount', '${v:t}'), when('Null', 'v:t', 'true')],
  ],
  ['a default', '2012-10-17', [on(bucket("${v:t, 'a'}")), on(bucket('${v:t}')), on(bucket('b'))]],
  ['a default in an exception', '2012-10-17', [notOn(bucket("${v:t, 'a'}")), notOn(bucket('${v:t}'))]],
  ['one letter that counts', '2012-10-17', [on(bucket('?')), on(bucket('${v:t}'))]],
  ['escaped wildcards', '2012-10-17', [on(bucket('${*}')), on(bucket('${?}')), on(bucket('$'))]],
  ['wildcards excepted', '2012-10-17', [notOn(bucket('*')), notOn(bucket('${*}'))]],
  [
    'negation under ForAllValues',
    '2012-10-17',
    [
      when('ForAllValues:StringNotEquals', 'v:k', 'a', '${v:t}'),
      when('ForAllValues:StringNotEquals', 'v:k', 'a'),
    ],
  ],
  [
    'negation with IfExists',
    '2012-10-17',
    [when('StringNotEqualsIfExists', 'v:k', '${v:t}'), when('StringNotEquals', 'v:k', '${v:t}', 'a')],
  ],
  [
    'a value beside none',
    '2012-10-17',
    [when('StringNotLike', 'v:k', '${v:t}'), when('StringLikeIfExists', 'v:k', '${v:t}*')],
  ],
  [
    'no variable in an old document',
    '2008-10-17',
    [on(bucket('${v:t}')), on(bucket('a'), bucket('$?v:t?')), notOn(bucket('${*}'))],
  ],
  ['an old exception', '2008-10-17', [notOn(bucket('${v:t}')), notOn(bucket('${v:?}'))]],
]

describe('a rewriting with variables means the same in every request', () => {
  it.each(pairs)('%s', (_, version, statements) => {
    const meant = (document: PolicyJson) => requests.map((request) => matchDocument(document, request))
    for (const more of [[], others]) {
      const input = { Version: version, Statement: [...statements, ...more] } as PolicyJson
      const result = minimize(parseOrThrow(input))
      expect(result.status).toBe('Proven')
      expect(meant(toJson(result.document) as unknown as PolicyJson)).toStrictEqual(meant(input))
    }
  })
})
