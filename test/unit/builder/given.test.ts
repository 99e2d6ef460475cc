/** What a policy is built from by those who write no types. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { allow, identity, identityOrThrow, resource, resourceOrThrow } from '../../../src/builder/index.js'

const untyped = (value: unknown): never => value as never
const token = allow({ action: 'ecr:GetAuthorizationToken', resource: '*' })
const named = allow({ principal: '111122223333', action: 'ecr:BatchGetImage' })

describe('a policy is built from a list of statements', () => {
  it('one without a list is told to be put into one', () => {
    expect(() => identityOrThrow(untyped(token))).toThrow(
      'the policy is not valid: 1 error\n  /Statement: a policy is built from a list of statements, and this is of type object (put the statement into a list: `[statement]`) [InvalidType]',
    )
    expect(() => resourceOrThrow(untyped(named))).toThrow('put the statement into a list: `[statement]`')
  })

  it.each([
    [
      undefined,
      '/Statement',
      'MissingElement',
      'a policy is built from a list of statements, and this is missing',
    ],
    [null, '/Statement', 'InvalidType', 'a policy is built from a list of statements, and this is null'],
    [
      { statements: 5 },
      '/Statement',
      'InvalidType',
      'a policy is built from a list of statements, and this is of type number',
    ],
    [
      [token, 5],
      '/Statement/1',
      'InvalidType',
      'a statement is what `Policy.allow` or `Policy.deny` gives, and this is of type number',
    ],
    [
      [{ Effect: 'Allow' }],
      '/Statement/0',
      'InvalidType',
      'a statement is what `Policy.allow` or `Policy.deny` gives, and this is of type object',
    ],
  ])('%j', (given, pointer, code, message) => {
    const built = identity(untyped(given))
    expect(
      E.isLeft(built) && built.left.map((each) => [each.pointer, each.code, each.message]),
    ).toStrictEqual([[pointer, code, message]])
  })

  it('a principal is not dropped in silence, and one that is wanted is asked for', () => {
    const dropped = identity(untyped([token, named]))
    expect(E.isLeft(dropped) && dropped.left[0]).toStrictEqual({
      pointer: '/Statement/1',
      code: 'InvalidKind',
      message: 'this policy is one without principals, and this statement is not',
      suggestion: 'leave out `principal`, or build it with `Policy.resource`',
    })
    const wanting = resource(untyped([token]))
    expect(E.isLeft(wanting) && wanting.left[0].suggestion).toBe(
      'say `principal`, or build it with `Policy.identity`',
    )
  })
})
