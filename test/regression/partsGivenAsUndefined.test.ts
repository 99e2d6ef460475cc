/** What reaches constructors without types, or from types that allow undefined. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { Algebra, Context, Document, Ecr, Environment, Request } from '../../src/index.js'

const principal = 'arn:aws:iam::111122223333:role/ci'
const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'

/** Past the types, as a program without them would call. */
const untyped = (make: unknown): ((given: unknown) => unknown) => make as (given: unknown) => unknown

describe('parts of an access', () => {
  it('given as undefined are left out', () => {
    const parts = ['identityPolicies', 'sessionPolicies', 'endpointPolicies', 'resourceControlPolicies']
    const given = Object.fromEntries(parts.map((part) => [part, undefined]))
    expect(untyped(Environment.make)(given)).toEqual(Environment.make({}))
    const access = untyped(Ecr.accessOrThrow)({ principal, ...given })
    expect(Ecr.canPull(access as Ecr.Access, Ecr.Repository.parseOrThrow(repository)).allowed).toBe(false)
  })

  it('that are no statements are refused', () => {
    const policies = [{ _tag: 'Document', statements: [null] }]
    expect(untyped(Ecr.access)({ principal, identityPolicies: policies })).toMatchObject({ _tag: 'Left' })
  })
})

describe('a request', () => {
  const make = (context: unknown) =>
    untyped(Request.make)({ principal, action: 'ecr:BatchGetImage', resource: repository, context })

  it.each([new Map([['aws:x', '1']]), new Set(['aws:x']), new Date(0)])(
    'whose context has no names is refused: %s',
    (context) => {
      expect(make(context)).toMatchObject({ _tag: 'Left' })
    },
  )

  it('does not have a key that is given as undefined', () => {
    const context = untyped(Context.make)({ 'aws:SourceIp': undefined, 'aws:userid': 'AIDA' })
    expect(context).toStrictEqual(Context.make({ 'aws:userid': 'AIDA' }))
  })

  it('names the place of what is wrong by a JSON pointer', () => {
    expect(JSON.stringify(make({ 'aws:RequestTag/a~b': 5 }))).toContain('/context/aws:RequestTag~1a~0b')
  })
})

describe('a resource of fewer than six segments (U-10)', () => {
  const allow = (Resource: string) =>
    Document.parseOrThrow(
      { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ecr:PutImage', Resource } },
      'identity',
    )

  it.each(['arn:aws:ecr:eu-west-1', 'arn:aws:ecr'])('%s is a pattern to intersect', (short) => {
    for (const both of [
      Algebra.intersect(allow(short), allow(repository)),
      Algebra.intersect(allow(repository), allow(short)),
    ]) {
      if (E.isLeft(both)) throw new Error(both.left.detail)
      expect(Algebra.interchangeable(both.right, allow(repository))._tag).toBe('Yes')
    }
  })

  it('and to subtract', () => {
    expect(Algebra.subtract(allow('arn:aws:ecr:eu-west-1'), allow(repository))).toMatchObject({
      _tag: 'Right',
    })
  })
})
