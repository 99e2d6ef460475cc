/** What those who write no types may give: every door says what is wrong, and where, instead of failing somewhere inside. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  Action,
  Arn,
  Caller,
  Condition,
  Principal,
  Request,
  Resource,
  type Problem,
} from '../../../src/model/index.js'

const untyped = (value: unknown): never => value as never
const refused = (
  result: E.Either<Problem.Problem, unknown>,
): readonly [string, string, string?] | undefined =>
  E.isRight(result)
    ? undefined
    : result.left.suggestion === undefined
      ? [result.left.code, result.left.message]
      : [result.left.code, result.left.message, result.left.suggestion]

const readers: readonly (readonly [
  name: string,
  read: (text: string) => E.Either<Problem.Problem, unknown>,
])[] = [
  ['a caller', Caller.parse],
  ['an action', Action.parse],
  ['an action pattern', Action.parsePattern],
  ['an ARN', Arn.parse],
  ['an account id', Arn.accountId],
  ['a resource', Resource.parsePattern],
  ['a principal', Principal.parse('AWS')],
  ['the name of a context key', Condition.parseKey],
]

describe('a reader of text refuses what is none', () => {
  it.each(readers)('%s', (what, read) => {
    expect(refused(read(untyped(undefined)))).toStrictEqual([
      'MissingElement',
      `${what} is to be text, and is missing`,
    ])
    expect(refused(read(untyped(111122223333)))).toStrictEqual([
      'InvalidType',
      `${what} is to be text, and is of type number`,
    ])
    expect(refused(read(untyped([])))?.[1]).toBe(`${what} is to be text, and is a list`)
    expect(refused(read(untyped(null)))?.[1]).toBe(`${what} is to be text, and is null`)
  })
})

describe('a request', () => {
  const right = {
    principal: 'arn:aws:iam::111122223333:role/node',
    action: 'ecr:BatchGetImage',
    resource: '*',
  }
  const made = (given: unknown) => refused(Request.make(untyped(given)))

  it('is made from a record', () => {
    expect(made(undefined)).toStrictEqual(['MissingElement', 'this is to be a request, and is missing'])
    expect(made(5)).toStrictEqual(['InvalidType', 'this is to be a request, and is of type number'])
    expect(() => Request.makeOrThrow(untyped(null))).toThrow('this is to be a request, and is null')
  })

  it.each([
    ['principal', 5, ['InvalidType', '`/principal` is to be text, and is of type number']],
    ['action', undefined, ['MissingElement', '`/action` is to be text, and is missing']],
    ['resource', null, ['InvalidType', '`/resource` is to be text, and is null']],
    ['resourceAccount', 5, ['InvalidType', '`/resourceAccount` is to be text, and is of type number']],
    ['context', 5, ['InvalidType', '`/context` is to be a record, and is of type number']],
    [
      'context',
      { 'aws:MultiFactorAuthPresent': true },
      [
        'InvalidType',
        '`/context/aws:MultiFactorAuthPresent` is to be text or a list of texts, and is of type boolean',
        "write `'true'`",
      ],
    ],
    ['context', { k: ['a', 5] }, ['InvalidType', '`/context/k/1` is to be text, and is of type number']],
    ['contxt', {}, ['UnknownElement', '`/contxt` is no part of a request', 'did you mean `context`?']],
  ])('%s %j', (part, value, wanted) => {
    expect(made({ ...right, [part]: value })).toStrictEqual(wanted)
  })

  it('takes what its types say', () => {
    const context = { 'aws:SourceIp': '203.0.113.7', 'aws:TagKeys': ['a', 'b'] }
    const request = Request.makeOrThrow({ ...right, resourceAccount: undefined, context })
    expect(request.context.map(({ values }) => values)).toStrictEqual([['203.0.113.7'], ['a', 'b']])
    expect(Request.makeOrThrow({ ...right, context: request.context }).context).toBe(request.context)
  })
})
