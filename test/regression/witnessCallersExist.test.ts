/** Witnesses named callers that no request can have, such as a service called `a.a`; and owners of nothing were left out. */
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { interchangeable, isNoBroader } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { Caller } from '../../src/model/index.js'

const resource = (...statements: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'resource')

it('a service found as witness is one that can call', () => {
  const deny = { Effect: 'Deny', Principal: '*', Action: 's:a' }
  const verdict = interchangeable(
    resource({ ...deny, Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } }),
    resource({ ...deny, Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } } }),
  )
  expect(verdict._tag).toBe('No')
  if (verdict._tag === 'No')
    expect(E.isRight(Caller.parse(Caller.show(verdict.witness.principal)))).toBe(true)
})

it('a request without resource of a caller without account has no owner', () => {
  const unowned = {
    Effect: 'Allow',
    Principal: '*',
    Action: 's:a',
    Condition: { Null: { 'aws:ResourceAccount': 'true' } },
  }
  const verdict = isNoBroader(resource({ ...unowned, Resource: '*' }), resource(unowned))
  expect(verdict._tag).toBe('No')
  if (verdict._tag === 'No')
    expect([verdict.witness.resource, Caller.hasAccount(verdict.witness.principal)]).toEqual(['*', false])
})
