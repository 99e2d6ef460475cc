/** What two documents have in common, element by element. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { intersect } from '../../../src/algebra/intersect.js'
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

  it('nothing that is proven of a role and its session, whose path nobody tells', () => {
    const base = { Action: 'ecr:PutImage' }
    const [role, session] = [`${iam}:role/a`, `${sts}:assumed-role/a/s`]
    expect(
      common('ecr-repository', base, { Principal: { AWS: role } }, { Principal: { AWS: session } }),
    ).toMatchObject({ _tag: 'Undecided', reason: 'NotExpressible' })
  })
})
