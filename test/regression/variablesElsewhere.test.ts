/**
 * Variables that have nothing to do with a difference, more of them than are taken case by case, or wildcards that count
 * letters beside them, once made an answer Undecided; so did blanks in the names of actions.
 */
import { describe, expect, it } from 'vitest'
import { isNoBroader } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/index.js'

const identity = (...statements: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'identity')

const home = (service: string, key: string) => ({
  Effect: 'Allow',
  Action: `${service}:Get*`,
  Resource: `arn:aws:${service}:::\${${key}}/*`,
})

const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => home(name, `aws:PrincipalTag/${name}`))
const put = { Effect: 'Allow', Action: 's3:PutObject', Resource: '*' }

const inOneStatement = (...resources: readonly string[]) =>
  identity({ Effect: 'Allow', Action: 's3:GetObject', Resource: resources })

describe('variables bear only on what they stand in', () => {
  it('six of them elsewhere leave a proof', () => {
    expect(isNoBroader(identity(...six, put), identity(put, ...six))._tag).toBe('Yes')
    expect(isNoBroader(identity(...six), identity(put, ...six))._tag).toBe('Yes')
  })

  it('and a refutation', () => {
    expect(isNoBroader(identity(put, ...six), identity(...six))._tag).toBe('No')
  })

  it('more than four of them in the difference itself are refuted with values', () => {
    const all = six.map((_, i) => `arn:aws:s3:::\${aws:PrincipalTag/t${i}}/*`)
    expect(isNoBroader(inOneStatement(...all), inOneStatement(...all.slice(1)))._tag).toBe('No')
  })

  it('a pattern that counts letters is no help, and no hindrance to the others beside it', () => {
    const few = inOneStatement('arn:aws:s3:::x-${aws:RequestedRegion}/*')
    const many = inOneStatement(
      'arn:aws:s3:::x-${aws:RequestedRegion}/*',
      'arn:aws:s3:::x-${aws:RequestedRegion}?/*',
    )
    expect(isNoBroader(few, many)._tag).toBe('Yes')
    expect(isNoBroader(many, few)._tag).toBe('No')
  })
})

describe('which keys have lists is a matter of the whole question (U-30)', () => {
  const allow = (condition: object) => ({ ...put, Condition: condition })
  const split = [
    allow({ StringEquals: { 'v:k': 'a' } }),
    allow({ StringNotEquals: { 'v:k': 'a' } }),
    allow({ Null: { 'v:k': 'true' } }),
  ]
  const lists = {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: '*',
    Condition: { 'ForAnyValue:StringEquals': { 'v:k': 'b' } },
  }

  it('so a statement that both documents have may bring them in for the others', () => {
    expect(isNoBroader(identity(put), identity(...split))._tag).toBe('Yes')
    expect(isNoBroader(identity(put, lists), identity(...split, lists))._tag).toBe('No')
  })
})

describe('a blank in the name of an action (U-31)', () => {
  const named = (action: string) => identity({ Effect: 'Allow', Action: action, Resource: '*' })

  it('makes it the name of none', () => {
    expect(isNoBroader(named('lambda:ListFunctions '), named('s3:GetObject'))._tag).toBe('Yes')
    expect(isNoBroader(named('lambda:List*'), named('lambda:List* '))._tag).toBe('No')
  })
})
