/** What a document means to a request by itself, and what a key's values are to a variable. */
import { describe, expect, it } from 'vitest'
import { parseOrThrow, parseScenarioOrThrow } from '../../../src/codec/index.js'
import { resolution } from '../../../src/simulator/match.js'
import { Simulator } from '../../../src/simulator/index.js'
import { callers, iam, own } from './support.js'

const { request } = parseScenarioOrThrow({
  request: { principal: callers.user, action: 'ecr:BatchGetImage', resource: own },
})

describe('the values of a key', () => {
  it('are one value to a variable, missing, or too many (VA-9)', () => {
    expect(resolution(undefined)).toStrictEqual({ _tag: 'Missing' })
    expect(resolution([])).toStrictEqual({ _tag: 'Missing' })
    expect(resolution(['a'])).toStrictEqual({ _tag: 'Value', value: 'a' })
    expect(resolution(['a', 'b'])).toStrictEqual({ _tag: 'Multivalued' })
  })
})

describe('the meaning of a document', () => {
  const documentOf = (statements: readonly object[]) =>
    parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'ecr-repository')
  /** Without a boundary, and with one: the same when made ready for many requests. */
  const meaning = (...statements: readonly object[]) => {
    const document = documentOf(statements)
    const found = [Simulator.meaning(document)(request), Simulator.meaning(document, true)(request)]
    expect([
      Simulator.compileMeaning(document)(request),
      Simulator.compileMeaning(document, true)(request),
    ]).toEqual(found)
    return found
  }
  const allow = (principal: object) => ({ Effect: 'Allow', Action: 'ecr:*', ...principal })
  const deny = { Effect: 'Deny', Action: 'ecr:BatchGetImage', Principal: '*' }
  const grant = (strength: string): unknown => ({ _tag: 'Grant', strength })

  it('is Deny where one denies, whatever is granted', () => {
    expect(meaning(allow({ Principal: '*' }), deny)).toEqual([{ _tag: 'Deny' }, { _tag: 'Deny' }])
  })
  it('is silence where none matches', () => {
    const silent = { _tag: 'Silent' }
    expect(meaning(allow({ Principal: { AWS: `${iam}:user/bob` } }))).toEqual([silent, silent])
    expect(meaning({ ...deny, Action: 'ecr:PutImage' })).toEqual([silent, silent])
  })
  it('is the strongest grant', () => {
    const [account, alice] = [
      allow({ Principal: { AWS: '111122223333' } }),
      allow({ Principal: { AWS: callers.user } }),
    ]
    expect(meaning(account)).toEqual([grant('Account'), grant('Account')])
    expect(meaning(account, alice)).toEqual([grant('Direct'), grant('Direct')])
    expect(meaning(alice, account)).toEqual([grant('Direct'), grant('Direct')])
  })
  it('PR-11: of a Deny with NotPrincipal strikes the listed too, but only where a boundary is set', () => {
    const spared = { Effect: 'Deny', Action: 'ecr:*', NotPrincipal: { AWS: ['111122223333', callers.user] } }
    expect(meaning(spared)).toEqual([{ _tag: 'Silent' }, { _tag: 'Deny' }])
  })
})
