/** What those who write no types may give: every door says what is wrong, and where, instead of failing somewhere inside. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  Action,
  Arn,
  Caller,
  Condition,
  Given,
  Principal,
  Request,
  Resource,
  Problem,
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

describe('a part is faulty, and where', () => {
  const { context, listOf, mapOf, oneOf, optional, recordOf, text, textOr } = Given
  const tagged = textOr('a `Repository`', 'Repository', 'Public')
  const named = recordOf('a team', { name: text, size: optional(oneOf(true, 'many')) })
  it.each<readonly [string, Given.Fault, unknown, string | undefined]>([
    ['text', text, '', undefined],
    ['no text', text, 5, 'InvalidType: `/at` is to be text, and is of type number'],
    ['text for text or a record', tagged, 'app', undefined],
    ['such a record', tagged, { _tag: 'Public' }, undefined],
    [
      'another record',
      tagged,
      { _tag: 'Text' },
      'InvalidType: `/at` is to be text or a `Repository`, and is of type object',
    ],
    ['a list', tagged, ['Public'], 'InvalidType: `/at` is to be text or a `Repository`, and is a list'],
    ['one of them', oneOf('a', true), true, undefined],
    [
      'none of them',
      oneOf('a', true),
      'true',
      'InvalidType: `/at` is to be one of `a`, `true`, and is of type string',
    ],
    ['nothing, where it may be missing', optional(text), undefined, undefined],
    ['nothing, where it may not', text, undefined, 'MissingElement: `/at` is to be text, and is missing'],
    ['null, where it may be missing', optional(text), null, 'InvalidType: `/at` is to be text, and is null'],
    ['a list of texts', listOf(text), ['a', 'b'], undefined],
    [
      'the first that is none',
      listOf(text),
      ['a', 5, null],
      'InvalidType: `/at/1` is to be text, and is of type number',
    ],
    ['no list', listOf(text), 'a', 'InvalidType: `/at` is to be a list, and is of type string'],
    ['a map of texts', mapOf(text), { a: 'b' }, undefined],
    [
      'a value under an odd name',
      mapOf(text),
      { 'a~b/c': 5 },
      'InvalidType: `/at/a~0b~1c` is to be text, and is of type number',
    ],
    ['a Map', mapOf(text), new Map(), 'InvalidType: `/at` is to be a record, and is of type object'],
    ['a Set', mapOf(text), new Set(), 'InvalidType: `/at` is to be a record, and is of type object'],
    ['a date', mapOf(text), new Date(0), 'InvalidType: `/at` is to be a record, and is of type object'],
    ['a record', named, { name: 'a' }, undefined],
    ['a record that lacks a part', named, {}, 'MissingElement: `/at/name` is to be text, and is missing'],
    [
      'a record with a wrong part',
      named,
      { name: 'a', size: 1 },
      'InvalidType: `/at/size` is to be one of `true`, `many`, and is of type number',
    ],
    [
      'a record with a strange part',
      named,
      { nam: 'a' },
      'UnknownElement: `/at/nam` is no part of a team (did you mean `name`?)',
    ],
    [
      'a part that all objects have',
      named,
      { name: 'a', constructor: 1 },
      'UnknownElement: `/at/constructor` is no part of a team',
    ],
    ['no record', named, null, 'InvalidType: `/at` is to be a team, and is null'],
    ['a context as it is kept', context, [{ name: 'k', values: ['a'] }], undefined],
    [
      'a key without values',
      context,
      [{ name: 'k' }],
      'MissingElement: `/at/0/values` is to be a list, and is missing',
    ],
    [
      'a key that is none',
      context,
      ['k'],
      'InvalidType: `/at/0` is to be a key with its values, and is of type string',
    ],
    [
      'a value of a number',
      context,
      { k: 5 },
      "InvalidType: `/at/k` is to be text or a list of texts, and is of type number (write `'5'`)",
    ],
    [
      'a value of null',
      context,
      { k: null },
      'InvalidType: `/at/k` is to be text or a list of texts, and is null',
    ],
  ])('%s', (_, fault, given, wanted) => {
    const found = fault(given, '/at')
    expect(found && `${found.code}: ${Problem.show(found)}`).toBe(wanted)
  })
})
