import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, parseOrThrow } from '../../../src/codec/document.js'
import { toJson } from '../../../src/model/DocumentJson.js'
import { canonical, hash } from '../../../src/algebra/canonical.js'
import { interchangeable } from '../../../src/algebra/compare.js'
import { intersect, intersectOrThrow, subtract, subtractOrThrow } from '../../../src/algebra/intersect.js'
import { merge, mergeAll, mergeAllOrThrow, mergeOrThrow, upgrade } from '../../../src/algebra/merge.js'
import type { Document } from '../../../src/model/index.js'
import { Simulator } from '../../../src/simulator/index.js'
import { arbitrary } from '../../../src/testing/index.js'

type Json = Readonly<Record<string, unknown>>

const repo = (name: string) => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`
const st = (Effect: string, Action: unknown, Resource: unknown, more: Json = {}): Json => ({
  Effect,
  Action,
  Resource,
  ...more,
})
const allow = (Action: unknown, Resource: unknown, more: Json = {}) => st('Allow', Action, Resource, more)
const when = (operator: string, key: string, values: unknown): Json => ({
  Condition: { [operator]: { [key]: values } },
})
const doc = (statements: readonly Json[], Version: string | undefined = '2012-10-17', Id?: string) =>
  parseOrThrow({
    ...(Version === '' ? {} : { Version }),
    ...(Id === undefined ? {} : { Id }),
    Statement: statements,
  })
const right = (result: E.Either<unknown, Document.Document | undefined>): Document.Document => {
  if (E.isLeft(result) || result.right === undefined) throw new Error(JSON.stringify(result))
  return result.right
}
const isSame = (a: Document.Document, b: Document.Document) => interchangeable(a, b)._tag === 'Yes'

describe('merge', () => {
  const a = doc([{ Sid: 'One', ...allow('ecr:PutImage', repo('a')) }])
  const b = doc([
    { Sid: 'One', ...allow('ecr:PutImage', repo('b')) },
    { Sid: 'One2', ...allow('ecr:ListImages', '*') },
  ])

  it('keeps all statements, and their Sids unique', () => {
    expect(right(merge(a, b)).statements.map(({ sid }) => sid)).toStrictEqual(['One', 'One3', 'One2'])
  })

  it('is the value of the twins that throw', () => {
    expect(mergeOrThrow(a, b)).toStrictEqual(right(merge(a, b)))
    expect(mergeAllOrThrow([a, b])).toStrictEqual(right(merge(a, b)))
    expect(mergeAllOrThrow([])).toBeUndefined()
    const all = doc([allow('ecr:*', '*')])
    expect(intersectOrThrow(all, a)).toStrictEqual(right(intersect(all, a)))
    expect(subtractOrThrow(b, a)).toStrictEqual(right(subtract(b, a)))
  })

  it('is refused by the twins with the reason', () => {
    const naming = doc([{ ...allow('ecr:*', '*'), Principal: '*' }])
    const refusal =
      'no answer: NotExpressible, statements with principals and statements without make no document'
    for (const twin of [mergeOrThrow, intersectOrThrow, subtractOrThrow])
      expect(() => twin(a, naming)).toThrow(refusal)
    expect(() => mergeAllOrThrow([a, naming])).toThrow(refusal)
  })

  it('nothing attached is no document, and one document stays as it is', () => {
    expect(mergeAll([])).toStrictEqual(E.right(undefined))
    expect(mergeAll([a])).toStrictEqual(E.right(a))
  })

  it.each([
    ['x', 'x', 'x'],
    ['x', undefined, 'x'],
    [undefined, 'x', 'x'],
    ['x', 'y', undefined],
  ])('of the Ids %s and %s it keeps %s', (left, other, id) => {
    expect(right(merge({ ...a, id: left }, { ...b, id: other })).id).toBe(id)
  })

  it('two old documents stay old', () => {
    expect(
      right(merge(doc([allow('ecr:*', '*')], ''), doc([allow('ecr:*', '*')], '2008-10-17'))).version,
    ).toBe('2008-10-17')
  })

  it.each<[string, Json]>([
    ['in a resource', allow('ecr:*', repo('${aws:username}/*'))],
    ['that looks like an escape', allow('ecr:*', repo('${*}'))],
    ['in a text', allow('ecr:*', '*', when('StringEquals', 'aws:PrincipalTag/a', 'x${aws:username}'))],
    ['in a pattern', allow('ecr:*', '*', when('StringLike', 'aws:PrincipalTag/a', '$${aws:username}*'))],
    ['in an ARN', allow('ecr:*', '*', when('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::${aws:username}*'))],
    [
      'in a truth, where it never counts',
      allow('ecr:*', '*', when('Bool', 'aws:SecureTransport', '${aws:username}')),
    ],
  ])('text of an old document %s means the same in the new version', (_, statement) => {
    const old = doc([statement], '2008-10-17')
    const newer = upgrade(old)
    expect(newer.version).toBe('2012-10-17')
    expect(isSame(old, newer)).toBe(true)
    expect(E.isRight(parse(toJson(newer)))).toBe(true)
    expect(isSame(right(merge(old, b)), right(merge(newer, b)))).toBe(true)
  })

  it('refuses what cannot be written in the newer version, and documents of different sorts', () => {
    const old = doc([allow('ecr:*', 'arn:aws:ecr:${x:111122223333:repository/a')], '2008-10-17')
    expect(merge(old, a)).toMatchObject({ _tag: 'Left', left: { reason: 'NotExpressible' } })
    const attached = doc([{ Effect: 'Allow', Principal: '*', Action: 'ecr:*' }])
    expect(merge(attached, a)).toMatchObject({ _tag: 'Left', left: { reason: 'NotExpressible' } })
  })

  it('is associative, commutative and idempotent', () => {
    const arbitraryDocument = arbitrary.document('identity', { services: ['ecr'] })
    fc.assert(
      fc.property(
        arbitraryDocument,
        arbitraryDocument,
        arbitraryDocument,
        arbitrary.request({ services: ['ecr'] }),
        (x, y, z, request) => {
          const says = (...documents: readonly Document.Document[]) => {
            const merged = mergeAll(documents)
            return E.isLeft(merged) || merged.right === undefined
              ? undefined
              : Simulator.meaning(merged.right)(request)
          }
          const both = merge(y, z)
          if (E.isLeft(both)) return says(x, y, z) === undefined
          expect(says(x, both.right)).toStrictEqual(says(x, y, z))
          expect(says(y, x)).toStrictEqual(says(x, y))
          expect(says(x, x)).toStrictEqual(says(x))
          return true
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('intersect', () => {
  it.each<[string, readonly Json[], readonly Json[], readonly Json[]]>([
    ['globs of actions', [allow('ecr:*Image', '*')], [allow('ecr:Get*', '*')], [allow('ecr:Get*Image', '*')]],
    [
      'globs that overlap',
      [allow('*', repo('a*'))],
      [allow('ecr:*', repo('*a'))],
      [allow('ecr:*', [repo('a'), repo('a*a')])],
    ],
    [
      'lists',
      [allow(['ecr:PutImage', 'ecr:ListImages'], '*')],
      [allow(['ecr:ListImages', 'ecr:BatchGetImage'], '*')],
      [allow('ecr:ListImages', '*')],
    ],
    [
      'conditions of different keys',
      [allow('ecr:*', '*', when('StringEquals', 'a:b', 'x'))],
      [allow('ecr:*', '*', when('Bool', 'aws:SecureTransport', 'true'))],
      [
        allow('ecr:*', '*', {
          Condition: { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'a:b': 'x' } },
        }),
      ],
    ],
    [
      'values of one key',
      [allow('ecr:*', '*', when('StringEquals', 'a:b', ['x', 'y']))],
      [allow('ecr:*', '*', when('StringEquals', 'a:b', ['y', 'z']))],
      [allow('ecr:*', '*', when('StringEquals', 'a:b', 'y'))],
    ],
    [
      'patterns of one key, by a second operator',
      [allow('ecr:*', '*', when('StringLike', 'a:b', 'x*'))],
      [allow('ecr:*', '*', when('StringLike', 'a:b', '*y'))],
      [
        allow('ecr:*', '*', {
          Condition: { StringLike: { 'a:b': 'x*' }, StringLikeIfExists: { 'a:b': '*y' } },
        }),
      ],
    ],
    [
      'a list and exceptions',
      [allow(['ecr:PutImage', 's3:GetObject'], '*')],
      [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }],
      [allow('ecr:PutImage', '*')],
    ],
    [
      'with the Denies of both',
      [allow('ecr:*', '*'), st('Deny', 'ecr:Put*', '*')],
      [allow('ecr:*', '*'), st('Deny', 'ecr:Get*', '*')],
      [allow('ecr:*', '*'), st('Deny', ['ecr:Get*', 'ecr:Put*'], '*')],
    ],
  ])('%s', (_, left, other, result) => {
    expect(toJson(right(intersect(doc(left), doc(other))))['Statement']).toStrictEqual(result)
    expect(toJson(right(intersect(doc(other), doc(left))))['Statement']).toHaveLength(result.length)
  })

  it('by principals', () => {
    const trust = (AWS: unknown) => doc([{ Effect: 'Allow', Principal: { AWS }, Action: 'ecr:*' }])
    const role = 'arn:aws:iam::111122223333:role/ci'
    expect(toJson(right(intersect(trust(['111122223333', '*']), trust(role))))['Statement']).toStrictEqual([
      { Effect: 'Allow', Principal: { AWS: role }, Action: 'ecr:*' },
    ])
  })

  it.each<[string, readonly Json[], readonly Json[]]>([
    ['nothing in common', [allow('ecr:PutImage', '*')], [allow('ecr:ListImages', '*')]],
    [
      'a pattern that an exception cuts',
      [allow('ecr:Get*', '*')],
      [{ Effect: 'Allow', NotAction: 'ecr:*Policy', Resource: '*' }],
    ],
  ])('says NotExpressible: %s', (_, left, other) => {
    expect(intersect(doc(left), doc(other))).toMatchObject({
      _tag: 'Left',
      left: { reason: 'NotExpressible' },
    })
  })
})

describe('subtract', () => {
  it.each<[string, readonly Json[], readonly Json[], readonly Json[]]>([
    [
      'whole values',
      [allow(['ecr:PutImage', 'ecr:ListImages'], '*')],
      [allow('ecr:Put*', '*')],
      [allow('ecr:ListImages', '*')],
    ],
    [
      'cells of a grid',
      [allow(['ecr:PutImage', 'ecr:ListImages'], [repo('a'), repo('b')])],
      [allow('ecr:PutImage', repo('a'))],
      [allow(['ecr:ListImages', 'ecr:PutImage'], repo('b')), allow('ecr:ListImages', repo('a'))],
    ],
    [
      'a part of a pattern, by a Deny',
      [allow('ecr:*', '*')],
      [allow('ecr:Put*', '*')],
      [allow('ecr:*', '*'), st('Deny', 'ecr:Put*', '*')],
    ],
    [
      'nothing that is denied there',
      [allow('ecr:PutImage', '*')],
      [allow('ecr:*', '*'), st('Deny', 'ecr:Put*', '*')],
      [allow('ecr:PutImage', '*')],
    ],
    [
      'what overlaps only',
      [allow('ecr:a*', '*')],
      [allow('ecr:*b', '*')],
      [allow('ecr:a*', '*'), st('Deny', 'ecr:*b', '*')],
    ],
  ])('%s', (_, left, other, result) => {
    expect(toJson(right(subtract(doc(left), doc(other))))['Statement']).toStrictEqual(result)
  })

  it.each<[string, readonly Json[], readonly Json[]]>([
    ['nothing is left', [allow('ecr:PutImage', '*')], [allow('ecr:*', '*')]],
    [
      'a Deny would take back what the right one denies',
      [allow('ecr:*', '*')],
      [allow('ecr:Put*', '*'), st('Deny', 'ecr:*Image', '*')],
    ],
  ])('says NotExpressible: %s', (_, left, other) => {
    expect(subtract(doc(left), doc(other))).toMatchObject({
      _tag: 'Left',
      left: { reason: 'NotExpressible' },
    })
  })

  it('a result allows exactly what it should, as does an intersection', () => {
    const arbitraryDocument = arbitrary.document('identity', { services: ['ecr'] })
    const seen = { right: 0, left: 0 }
    fc.assert(
      fc.property(
        arbitrary.request({ services: ['ecr'] }).chain((request) => {
          const near = arbitrary.document('identity', { services: ['ecr'], near: request })
          return fc.tuple(near, fc.oneof(near, arbitraryDocument), fc.constant(request))
        }),
        ([x, y, request]) => {
          const allows = (document: Document.Document) =>
            Simulator.meaning(document)(request)._tag === 'Grant'
          const results = [intersect(x, y, { budget: 3000 }), subtract(x, y, { budget: 3000 })] as const
          for (const [i, result] of results.entries()) {
            seen[E.isRight(result) ? 'right' : 'left']++
            if (E.isRight(result)) expect(allows(result.right)).toBe(allows(x) && allows(y) === (i === 0))
          }
        },
      ),
      { numRuns: 25 },
    )
    expect(seen.right).toBeGreaterThan(0)
  }, 60_000)
})

describe('canonical', () => {
  it.each<[string, readonly Json[], readonly Json[]]>([
    [
      'order, case and repetition',
      [allow(['ecr:Get*', 'ecr:PutImage'], '*')],
      [allow('ECR:putimage', '*'), { Sid: 'X', ...allow(['ecr:get*', 'ecr:GetX'], '*') }],
    ],
    [
      'how a grid is shared out',
      [allow(['ecr:PutImage', 'ecr:ListImages'], repo('a')), allow('ecr:PutImage', repo('b'))],
      [allow('ecr:PutImage', [repo('a'), repo('b')]), allow('ecr:ListImages', repo('a'))],
    ],
    [
      'what a Deny makes unreachable',
      [allow(['ecr:PutImage', 'ecr:ListImages'], '*'), st('Deny', 'ecr:Put*', '*')],
      [st('Deny', 'ecr:Put*', '*'), allow('ecr:ListImages', '*')],
    ],
    [
      'StringLike without wildcards',
      [allow('ecr:*', '*', when('StringLike', 'A:B', 'x'))],
      [allow('ecr:*', '*', when('StringEquals', 'a:b', 'x'))],
    ],
    ['the version, where no variable stands', [allow('ecr:*', '*')], [allow('ecr:*', '*')]],
  ])('is one for two: %s', (_, left, other) => {
    const [a, b] = [doc(left), doc(other, '')]
    expect(isSame(a, b)).toBe(true)
    expect(canonical(a)).toStrictEqual(canonical(b))
    expect(hash(a)).toStrictEqual(hash(b))
    expect(hash(a).reached).toBe(true)
    expect(isSame(a, canonical(a).document)).toBe(true)
  })

  it.each<[string, readonly Json[], readonly Json[]]>([
    ['another action', [allow('ecr:PutImage', '*')], [allow('ecr:ListImages', '*')]],
    ['another effect', [allow('ecr:PutImage', '*')], [st('Deny', 'ecr:PutImage', '*')]],
    [
      'a key',
      [allow('ecr:*', '*', when('StringEquals', 'a:b', 'x'))],
      [allow('ecr:*', '*', when('StringEquals', 'a:c', 'x'))],
    ],
  ])('is another for %s', (_, left, other) => {
    expect(hash(doc(left)).hash).not.toBe(hash(doc(other)).hash)
  })

  it.each<[string, Json]>([
    ['a question mark', allow('ecr:Get?', '*')],
    ['exceptions', { Effect: 'Allow', NotAction: 'ecr:*', Resource: '*' }],
    ['a negated test', allow('ecr:*', '*', when('StringNotEquals', 'a:b', 'x'))],
    ['a variable', allow('ecr:*', repo('${aws:username}'))],
  ])('is not reached with %s, and still interchangeable', (_, statement) => {
    const result = canonical(doc([statement]))
    expect(result.reached).toBe(false)
    expect(isSame(doc([statement]), result.document)).toBe(true)
  })
})
