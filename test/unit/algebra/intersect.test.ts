/** What two documents have in common, element by element. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { intersect, subtract } from '../../../src/algebra/intersect.js'
import { parseOrThrow } from '../../../src/codec/document.js'
import { toJson } from '../../../src/model/DocumentJson.js'

const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/a'
const common = (kind: 'identity' | 'ecr-repository', base: object, left: object, right: object): unknown => {
  const document = (fields: object) =>
    parseOrThrow({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...base, ...fields } }, kind)
  const found = intersect(document(left), document(right))
  return E.isRight(found) ? toJson(found.right)['Statement'] : found.left
}

describe('everything and a list of exceptions have all but the exceptions in common', () => {
  it('of actions', () => {
    const base = { Resource: '*' }
    const expected = [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }]
    expect(common('identity', base, { Action: '*' }, { NotAction: 's3:*' })).toEqual(expected)
    expect(common('identity', base, { NotAction: 's3:*' }, { Action: '*' })).toEqual(expected)
  })
  it('of resources', () => {
    const base = { Action: 'ecr:*' }
    const expected = [{ Effect: 'Allow', Action: 'ecr:*', NotResource: repository }]
    expect(common('identity', base, { Resource: '*' }, { NotResource: repository })).toEqual(expected)
    expect(common('identity', base, { NotResource: repository }, { Resource: '*' })).toEqual(expected)
  })
})

describe('nothing is said of what a variable has in common with a pattern', () => {
  const of = (name: string): object => ({ Resource: `arn:aws:ecr:eu-west-1:111122223333:repository/${name}` })
  it.each([
    ['${v:a}', 'a*'],
    ['${v:a}/x', '?/x'],
    ['a*', '${v:a}'],
  ])('%s and %s', (one, other) => {
    expect(common('identity', { Action: 'ecr:*' }, of(one), of(other))).toMatchObject({
      _tag: 'Undecided',
      reason: 'NotExpressible',
    })
  })
})

describe('two tests of one key', () => {
  const tested = (operator: string, one: readonly string[], other: readonly string[]): unknown => {
    const test = (values: readonly string[]) => ({ Condition: { [operator]: { 'v:a': values } } })
    const found = common('identity', { Action: 'ecr:*', Resource: '*' }, test(one), test(other))
    return Array.isArray(found) ? (found as readonly { readonly Condition?: unknown }[])[0]?.Condition : found
  }
  it.each([
    ['the texts of both', 'StringEquals', ['a', 'b'], ['b', 'c'], { StringEquals: { 'v:a': 'b' } }],
    [
      'the exceptions of both',
      'StringNotLike',
      ['a', 'b*'],
      ['c'],
      { StringNotLike: { 'v:a': ['a', 'b*', 'c'] } },
    ],
    ['the same, once', 'StringLike', ['a*', 'b'], ['b', 'a*'], { StringLike: { 'v:a': ['a*', 'b'] } }],
    [
      'both tests, where a pattern may take in another text',
      'StringLike',
      ['a*', 'b*'],
      ['a*', '?c'],
      { StringLike: { 'v:a': ['a*', 'b*'] }, StringLikeIfExists: { 'v:a': ['?c', 'a*'] } },
    ],
    [
      'all that letters of either case are',
      'StringEqualsIgnoreCase',
      ['a', 'b'],
      ['a', 'B'],
      { StringEqualsIgnoreCase: { 'v:a': ['a', 'b'] } },
    ],
  ])('have in common %s', (_name, operator, one, other, expected) => {
    expect(tested(operator, one, other)).toEqual(expected)
  })
})

describe('two principals have in common', () => {
  const iam = 'arn:aws:iam::111122223333'
  const sts = 'arn:aws:sts::111122223333'
  it.each([
    ['the federated user of a user', `${iam}:user/a`, `${sts}:federated-user/a`, `${sts}:federated-user/a`],
    ['the user of an account', '111122223333', `${iam}:user/a`, `${iam}:user/a`],
    ['anyone of all', '*', `${iam}:user/a`, `${iam}:user/a`],
  ])('%s', (_name, one, other, expected) => {
    const base = { Action: 'ecr:PutImage' }
    const result = [{ Effect: 'Allow', Principal: { AWS: expected }, Action: 'ecr:PutImage' }]
    const named = (AWS: string): object => ({ Principal: { AWS } })
    expect(common('ecr-repository', base, named(one), named(other))).toEqual(result)
    expect(common('ecr-repository', base, named(other), named(one))).toEqual(result)
  })

  it.each([
    ['a role and the session of another', `${iam}:role/a`, `${sts}:assumed-role/b/s`],
    ['a user and the federated user of another', `${iam}:user/a`, `${sts}:federated-user/b`],
  ])('nothing, where they are %s', (_name, one, other) => {
    const named = (AWS: string): object => ({ Principal: { AWS } })
    expect(common('ecr-repository', { Action: 'ecr:PutImage' }, named(one), named(other))).toMatchObject({
      detail: 'nothing is allowed by both, and a document has at least one statement',
    })
  })

  it.each([
    [
      'nothing that is proven of a role and its session, whose path nobody tells',
      'a',
      'the result takes a set of requests that one document cannot tell from others',
    ],
    [
      'nothing of a role and the session of another',
      'b',
      'nothing is allowed by both, and a document has at least one statement',
    ],
  ])('%s', (_, name, detail) => {
    const base = { Action: 'ecr:PutImage' }
    const role = { Principal: { AWS: `${iam}:role/${name}` } }
    const session = { Principal: { AWS: `${sts}:assumed-role/a/s` } }
    const refusal = { _tag: 'Undecided', reason: 'NotExpressible', detail }
    expect(common('ecr-repository', base, role, session)).toMatchObject(refusal)
    expect(common('ecr-repository', base, session, role)).toMatchObject(refusal)
  })
})

/** The fields of what two statements have in common, or the reason why nothing says it. */
const inBoth = (
  kind: 'identity' | 'resource',
  base: object,
  left: object,
  right: object,
  combine: typeof intersect = intersect,
  options: { readonly budget?: number } = {},
): unknown => {
  const [a, b] = [left, right].map((fields) =>
    parseOrThrow({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...base, ...fields } }, kind),
  )
  const found = a && b && combine(a, b, options)
  if (found === undefined || E.isLeft(found)) return found?.left.reason
  const statements = toJson(found.right)['Statement'] as readonly Readonly<Record<string, unknown>>[]
  return statements.map((statement) =>
    Object.fromEntries(
      Object.entries(statement).filter(([key]) => key !== 'Effect' && !Object.hasOwn(base, key)),
    ),
  )
}
const name = (text: string): string => `arn:aws:ecr:eu-west-1:111122223333:repository/${text}`

describe('two lists of actions have in common', () => {
  it.each<[string, object, object, unknown]>([
    ['one list, where the other has all', { Action: '*' }, { Action: 'ecr:Get*' }, { Action: 'ecr:Get*' }],
    [
      'what both patterns match',
      { Action: 'ecr:Get*' },
      { Action: 'ecr:*Image' },
      { Action: 'ecr:Get*Image' },
    ],
    [
      'services apart from names',
      { Action: 'e*:Get*' },
      { Action: '*r:*Image' },
      { Action: 'e*r:Get*Image' },
    ],
    ['the narrower pattern', { Action: 'ecr:Get?' }, { Action: 'ecr:?et*' }, { Action: 'ecr:Get?' }],
    [
      'the narrower one in any letter case',
      { Action: 'ECR:GET*' },
      { Action: 'ecr:GetImage*' },
      { Action: 'ecr:GetImage*' },
    ],
    [
      'names one by one',
      { Action: ['ecr:GetA', 'ecr:GetB', 's3:X'] },
      { Action: ['ecr:GetB', 's3:*', 'ecr:GetC'] },
      { Action: ['ecr:GetB', 's3:X'] },
    ],
    [
      'all but the exceptions of both',
      { NotAction: 's3:*' },
      { NotAction: ['ecr:Put*', 's3:*'] },
      { NotAction: ['ecr:Put*', 's3:*'] },
    ],
    [
      'those that are no exception',
      { Action: ['ecr:GetA', 's3:GetA'] },
      { NotAction: 's3:*' },
      { Action: 'ecr:GetA' },
    ],
  ])('%s', (_, left, right, expected) => {
    expect(inBoth('identity', { Resource: '*' }, left, right)).toEqual([expected])
    expect(inBoth('identity', { Resource: '*' }, right, left)).toEqual([expected])
  })

  it.each<[string, object, object]>([
    ['nothing, where no name is in both', { Action: 'ecr:A' }, { Action: 'ecr:B' }],
    ['nothing, where all are exceptions', { Action: 's3:*' }, { NotAction: 's3:*' }],
    [
      'nothing that one list can say, where a pattern has exceptions',
      { NotAction: 's3:G*' },
      { Action: ['ecr:GetA', 's3:*'] },
    ],
  ])('%s', (_, left, right) => {
    expect(inBoth('identity', { Resource: '*' }, left, right)).toBe('NotExpressible')
    expect(inBoth('identity', { Resource: '*' }, right, left)).toBe('NotExpressible')
  })
})

describe('two lists of resources have in common', () => {
  it.each<[string, object, object, unknown]>([
    [
      'one list, where the other has all',
      { Resource: '*' },
      { Resource: name('a*') },
      { Resource: name('a*') },
    ],
    [
      'what both patterns match',
      { Resource: name('a*') },
      { Resource: name('*b') },
      { Resource: name('a*b') },
    ],
    ['the narrower pattern', { Resource: name('ab*') }, { Resource: name('a*') }, { Resource: name('ab*') }],
    [
      'a name of a short pattern (U-10)',
      { Resource: 'arn:aws:ecr:*' },
      { Resource: name('a') },
      { Resource: name('a') },
    ],
    [
      'letters in the place of a wildcard',
      { Resource: name('?a') },
      { Resource: name('b*') },
      { Resource: name('ba') },
    ],
    [
      'names one by one',
      { Resource: [name('a'), name('b')] },
      { Resource: [name('b'), name('c*')] },
      { Resource: name('b') },
    ],
    [
      'one with a variable, if it is the same',
      { Resource: name('${aws:username}') },
      { Resource: name('${aws:username}') },
      { Resource: name('${aws:username}') },
    ],
    [
      'all but the exceptions of both',
      { NotResource: name('a') },
      { NotResource: name('b*') },
      { NotResource: [name('a'), name('b*')] },
    ],
    [
      'those that are no exception',
      { Resource: [name('a'), name('b')] },
      { NotResource: name('b') },
      { Resource: name('a') },
    ],
  ])('%s', (_, left, right, expected) => {
    expect(inBoth('identity', { Action: 'ecr:*' }, left, right)).toEqual([expected])
    expect(inBoth('identity', { Action: 'ecr:*' }, right, left)).toEqual([expected])
  })

  it.each<[string, object, object]>([
    ['nothing, where no name is in both', { Resource: name('a') }, { Resource: name('b') }],
    [
      'nothing that one list can say, where a pattern has exceptions',
      { NotResource: name('b1') },
      { Resource: name('b*') },
    ],
  ])('%s', (_, left, right) => {
    expect(inBoth('identity', { Action: 'ecr:*' }, left, right)).toBe('NotExpressible')
    expect(inBoth('identity', { Action: 'ecr:*' }, right, left)).toBe('NotExpressible')
  })
})

describe('the resource that a policy is attached to has in common', () => {
  const base = { Principal: '*', Action: 'ecr:*' }
  it.each<[string, object, object]>([
    ['with any resource itself', { Resource: '*' }, {}],
    ['with a name that name', { Resource: name('a') }, { Resource: name('a') }],
    ['with itself itself', {}, {}],
  ])('%s', (_, other, expected) => {
    expect(inBoth('resource', base, {}, other)).toEqual([expected])
    expect(inBoth('resource', base, other, {})).toEqual([expected])
  })
})

describe('two conditions have in common', () => {
  it.each<[string, object, object, object]>([
    [
      'both of them',
      { StringEquals: { 'v:a': 'x' } },
      { StringEquals: { 'v:b': 'y' } },
      { StringEquals: { 'v:a': 'x', 'v:b': 'y' } },
    ],
    [
      'both patterns of one key, by another name of the test',
      { ArnEquals: { 'aws:SourceArn': name('a*') } },
      { ArnEquals: { 'aws:SourceArn': name('*b') } },
      { ArnEquals: { 'aws:SourceArn': name('a*') }, ArnLike: { 'aws:SourceArn': name('*b') } },
    ],
    [
      'the exceptions of both',
      { ArnNotLike: { 'aws:SourceArn': name('a*') } },
      { ArnNotLike: { 'aws:SourceArn': name('*b') } },
      { ArnNotLike: { 'aws:SourceArn': [name('*b'), name('a*')] } },
    ],
    [
      'both lists, where some value will do',
      { 'ForAnyValue:StringEquals': { 'v:a': ['x', 'y'] } },
      { 'ForAnyValue:StringEquals': { 'v:a': ['y', 'z'] } },
      { 'ForAnyValue:StringEquals': { 'v:a': ['x', 'y'] }, 'ForAnyValue:StringLike': { 'v:a': ['y', 'z'] } },
    ],
    [
      'the values of both, where all are asked for',
      { 'ForAllValues:StringEquals': { 'v:a': ['x', 'y'] } },
      { 'ForAllValues:StringEquals': { 'v:a': ['y', 'z'] } },
      { 'ForAllValues:StringEquals': { 'v:a': 'y' } },
    ],
    [
      'the values of both, whatever case the key is in',
      { StringEquals: { 'V:A': ['x', 'y'] } },
      { StringEquals: { 'v:a': 'y' } },
      { StringEquals: { 'V:A': 'y' } },
    ],
    [
      'both, where they have no value in common',
      { StringEquals: { 'v:a': 'x' } },
      { StringEquals: { 'v:a': 'y' } },
      { StringEquals: { 'v:a': 'x' }, StringLike: { 'v:a': 'y' } },
    ],
    [
      'both, where a value may be another one',
      { StringEquals: { 'v:a': ['x', 'y'] } },
      { StringEquals: { 'v:a': ['y', '${aws:username}'] } },
      { StringEquals: { 'v:a': ['x', 'y'] }, StringLike: { 'v:a': ['${aws:username}', 'y'] } },
    ],
    [
      'texts that are no patterns',
      { StringLike: { 'v:a': ['x', 'y'] } },
      { StringLike: { 'v:a': ['y', 'z'] } },
      { StringLike: { 'v:a': 'y' } },
    ],
    [
      'a star, where it is a text',
      { StringEquals: { 'v:a': ['x', '*'] } },
      { StringEquals: { 'v:a': ['*', 'z'] } },
      { StringEquals: { 'v:a': '*' } },
    ],
    [
      'both, where one text is in both and a pattern besides',
      { StringLike: { 'v:a': ['*', 'x'] } },
      { StringLike: { 'v:a': ['x', '?'] } },
      { StringLike: { 'v:a': '*' }, StringLikeIfExists: { 'v:a': '?' } },
    ],
    ['the same one', { Null: { 'v:n': 'true' } }, { Null: { 'v:n': 'true' } }, { Null: { 'v:n': 'true' } }],
  ])('%s', (_, left, right, expected) => {
    const base = { Action: 'ecr:*', Resource: '*' }
    expect(inBoth('identity', base, { Condition: left }, { Condition: right })).toEqual([
      { Condition: expected },
    ])
  })

  it('nothing that is written twice for one key and has no other name', () => {
    const [left, right] = ['true', 'false'].map((value) => ({ Condition: { Null: { 'v:n': value } } }))
    expect(inBoth('identity', { Action: 'ecr:*', Resource: '*' }, left ?? {}, right ?? {})).toBe(
      'NotExpressible',
    )
  })
})

describe('two lists of principals have in common', () => {
  const user = (text: string): string => `arn:aws:iam::111122223333:user/${text}`
  it.each<[string, object, object, unknown]>([
    [
      'all but an exception',
      { Principal: '*' },
      { NotPrincipal: { AWS: user('a') } },
      { NotPrincipal: { AWS: user('a') } },
    ],
    [
      'all but the exceptions of both',
      { NotPrincipal: { AWS: user('a') } },
      { NotPrincipal: { AWS: user('b') } },
      { NotPrincipal: { AWS: [user('a'), user('b')] } },
    ],
    [
      'those in both',
      { Principal: { AWS: [user('a'), user('b')] } },
      { Principal: { AWS: user('b') } },
      { Principal: { AWS: user('b') } },
    ],
    [
      'a service in both',
      { Principal: { Service: 'ecs.amazonaws.com' } },
      { Principal: { Service: ['ecs.amazonaws.com', 'lambda.amazonaws.com'] } },
      { Principal: { Service: 'ecs.amazonaws.com' } },
    ],
  ])('%s', (_, left, right, expected) => {
    expect(inBoth('resource', { Action: 'ecr:*', Resource: '*' }, left, right)).toEqual([expected])
    expect(inBoth('resource', { Action: 'ecr:*', Resource: '*' }, right, left)).toEqual([expected])
  })

  it.each<[string, object, object]>([
    [
      'nobody of two accounts',
      { Principal: { AWS: '111122223333' } },
      { Principal: { AWS: '444455556666' } },
    ],
    [
      'nobody of two names',
      { Principal: { AWS: user('a') } },
      { Principal: { AWS: 'arn:aws:sts::111122223333:federated-user/b' } },
    ],
    [
      'nobody that one list can say, where another has exceptions',
      { Principal: { AWS: user('a') } },
      { NotPrincipal: { AWS: user('b') } },
    ],
  ])('%s', (_, left, right) => {
    expect(inBoth('resource', { Action: 'ecr:*', Resource: '*' }, left, right)).toBe('NotExpressible')
    expect(inBoth('resource', { Action: 'ecr:*', Resource: '*' }, right, left)).toBe('NotExpressible')
  })
})

describe('one document without another', () => {
  const without = (left: object, right: object, budget?: number): unknown =>
    inBoth('identity', { Resource: '*' }, left, right, subtract, budget === undefined ? {} : { budget })
  it.each<[string, object, object, unknown]>([
    [
      'has the names that are left',
      { Action: ['ecr:GetA', 'ecr:GetB'] },
      { Action: 'ecr:GetB' },
      [{ Action: 'ecr:GetA' }],
    ],
    [
      'denies what is part of a pattern',
      { Action: 'ecr:*' },
      { Action: 'ecr:Get*' },
      [{ Action: 'ecr:*' }, { Action: 'ecr:Get*' }],
    ],
    [
      'is as it was where they have nothing in common',
      { Action: 'ecr:GetA' },
      { Action: 's3:*' },
      [{ Action: 'ecr:GetA' }],
    ],
    ['is nothing, which no document says', { Action: 'ecr:GetA' }, { Action: 'ecr:*' }, 'NotExpressible'],
  ])('%s', (_, left, right, expected) => {
    expect(without(left, right)).toEqual(expected)
  })
  it('is not told within a few steps', () => {
    expect([0, 30].map((budget) => without({ Action: 'ecr:*' }, { Action: 'ecr:Get*' }, budget))).toEqual([
      'Budget',
      'Budget',
    ])
    expect(
      [0, 30].map((budget) =>
        inBoth('identity', { Resource: '*' }, { Action: 'ecr:Get*' }, { Action: 'ecr:*Image' }, intersect, {
          budget,
        }),
      ),
    ).toEqual(['Budget', 'Budget'])
  })

  it('nor with many exceptions', () => {
    const many = (start: string, count: number): readonly string[] =>
      Array.from({ length: count }, (_, i) => `s:${start}${i}`)
    const common = (budget: number): unknown =>
      inBoth(
        'identity',
        { Resource: '*' },
        { Action: many('a', 50) },
        { NotAction: ['s:a*', ...many('b', 200)] },
        intersect,
        { budget },
      )
    expect([2_000, 20_000].map(common)).toEqual(['Budget', 'NotExpressible'])
  })
})
