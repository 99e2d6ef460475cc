/** How long a policy may be (SZ-1 to SZ-8), and that white space and order are free (GR-3). */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { parse } from '../../../src/codec/index.js'
import type { PolicyKind } from '../../../src/model/index.js'

const deny = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: '*' }
const { Principal: _, ...denyOwn } = deny

const statementOf = (kind: PolicyKind.PolicyKind): object => {
  if (kind === 'trust') return { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }
  if (kind === 'ecr-repository' || kind === 'ecr-registry') return { ...deny, Action: 'ecr:*' }
  return kind === 'rcp' || kind === 'endpoint' ? deny : denyOwn
}

/** A policy of exactly so many characters, by a condition value of the length that is left. */
const ofLength = (kind: PolicyKind.PolicyKind, characters: number): string => {
  const text = (value: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ ...statementOf(kind), Condition: { StringEquals: { 'aws:username': value } } }],
    })
  return text('x'.repeat(characters - text('').length))
}

const accepted = (text: string, kind: PolicyKind.PolicyKind): boolean => E.isRight(parse(text, kind))

describe('a policy may have so many characters and not one more', () => {
  it.each([
    ['SZ-1', 'managed', 6144],
    ['SZ-1', 'inline-user', 2048],
    ['SZ-1', 'inline-role', 10_240],
    ['SZ-1', 'inline-group', 5120],
    ['SZ-3', 'session', 2048],
    ['SZ-4', 'trust', 2048],
    ['SZ-5', 'scp', 10_240],
    ['SZ-6', 'rcp', 5120],
    ['SZ-7', 'ecr-repository', 10_240],
    ['SZ-7', 'ecr-registry', 10_240],
    ['SZ-8', 'endpoint', 20_480],
  ] as const)('%s: %s, %i', (_rule, kind, limit) => {
    expect(ofLength(kind, limit).length).toBe(limit)
    expect([accepted(ofLength(kind, limit), kind), accepted(ofLength(kind, limit + 1), kind)]).toStrictEqual([
      true,
      false,
    ])
  })

  it.each([
    ['SZ-2', 'managed', 6144, true],
    ['SZ-2', 'trust', 2048, true],
    ['SZ-3', 'session', 2048, false],
    ['SZ-5', 'scp', 10_240, false],
    ['SZ-6', 'rcp', 5120, false],
    ['SZ-8', 'endpoint', 20_480, false],
  ] as const)(
    '%s: space between the tokens of a %s of %i characters is free: %s',
    (_rule, kind, limit, isFree) => {
      expect(accepted(` ${ofLength(kind, limit)}\n\t`, kind)).toBe(isFree)
    },
  )
})

describe('GR-3', () => {
  it('elements come in any order, with white space between the tokens', () => {
    const [one, two] = [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}',
      ' {\n\t"Statement" : [ { "Resource" : "*" , "Action" : "ecr:*" ,\r\n "Effect" : "Allow" } ] , "Version" : "2012-10-17" } ',
    ].map((text) => parse(text, 'identity'))
    expect(E.isRight(one!)).toBe(true)
    expect(two).toStrictEqual(one)
  })
})
