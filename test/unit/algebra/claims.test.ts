/** What of a comparison can be told from the text of statements, and what is asked of the rest. */
import { describe, expect, it } from 'vitest'
import { against, piecesOf, unmatched, type Claim } from '../../../src/algebra/claims.js'
import { isNoBroader } from '../../../src/algebra/compare.js'
import { wellFormed } from '../../../src/algebra/World.js'
import { parseOrThrow } from '../../../src/codec/index.js'
import type { Document } from '../../../src/model/index.js'
import { StringSet } from '../../../src/pattern/index.js'

const policy = (...statements: readonly object[]): Document.Document =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements })
const may = (Action: string | readonly string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
})
const mayNot = (Action: string | readonly string[], more: object = {}) => ({
  ...may(Action, more),
  Effect: 'Deny',
})
/** The answer where no step may be taken. */
const toldAtOnce = (left: Document.Document, right: Document.Document): string =>
  isNoBroader(left, right, { budget: 0 })._tag

describe('the pieces of which no other has the text', () => {
  const older = (...statements: readonly object[]): Document.Document =>
    parseOrThrow({ Version: '2008-10-17', Statement: statements })
  const grant = (principal: unknown) =>
    parseOrThrow({ Statement: { Effect: 'Allow', Principal: principal, Action: 's:a' } }, 'resource')
  const one = policy(may('s:a'))

  it.each([
    ['another action', one, policy(may('s:b'))],
    ['another resource', one, policy(may('s:a', { Resource: 'arn:aws:s:::a' }))],
    ['a condition', one, policy(may('s:a', { Condition: { Bool: { 'v:b': 'true' } } }))],
    ['other principals', grant('*'), grant({ AWS: '111122223333' })],
    ['another language', one, older(may('s:a'))],
  ])('are those with %s', (_, left, right) => {
    const pieces = piecesOf(left, 'Allow')
    expect(unmatched(pieces, piecesOf(right, 'Allow'))).toEqual(pieces)
  })

  it('are those that are read in another way', () => {
    const pieces = piecesOf(one, 'Allow')
    expect(unmatched(pieces, piecesOf(one, 'Allow', 'Direct'))).toEqual(pieces)
    expect(unmatched(pieces, piecesOf(one, 'Allow', 'Account', true))).toEqual(pieces)
  })

  it('are none where only the Sid differs, whatever else has the text', () => {
    const others = [policy(may('s:b'), may('s:a', { Sid: 'x' })), older(may('s:a'))]
    const pieces = others.flatMap((document) => piecesOf(document, 'Allow'))
    expect(unmatched(piecesOf(one, 'Allow'), pieces)).toEqual([])
    expect(unmatched(piecesOf(one, 'Allow'), pieces.slice().reverse())).toEqual([])
  })
})

describe('what costs no step', () => {
  const lists = [
    ['s:a*', 's:*b'],
    ['a*', '*b'],
    ['c', '*d'],
  ] as const
  const testing = (order: 1 | -1): object => {
    const [actions, some, others] = lists.map((list) => (order === 1 ? list : list.slice().reverse()))
    return may(actions ?? [], {
      Condition: { StringLike: { 'v:k': some }, StringNotLike: { 'v:m': others } },
    })
  }
  const tested = testing(1)
  const mixed = { Condition: { StringLike: { 'v:n': '1*' }, NumericLessThan: { 'v:n': '5' } } }
  it.each([
    ['a statement that stands in both', policy(tested, may('s:b')), policy(may('s:b'), tested)],
    ['a Deny of another service', policy(may('s:*')), policy(may('s:*'), mayNot('t:*'))],
    ['a Deny of other actions', policy(may('s:Get*')), policy(may('s:Get*'), mayNot('s:Put*'))],
    [
      'a Deny with variables that stands in both',
      policy(may('s:a'), mayNot('s:*', { Resource: 'arn:aws:s:::${aws:username}' })),
      policy(may('s:a'), mayNot('s:*', { Resource: 'arn:aws:s:::${aws:username}' })),
    ],
    [
      'a Deny with tests of several types on one key that stands in both',
      policy(may('s:a'), mayNot('s:*', mixed)),
      policy(may('s:*'), mayNot('s:*', mixed)),
    ],
  ])('is %s', (_, left, right) => {
    expect(toldAtOnce(left, right)).toBe('Yes')
  })

  it('is not a statement that stands there in other words', () => {
    expect(toldAtOnce(policy(tested), policy(testing(-1)))).toBe('Undecided')
  })
})

describe('statements that bear on a claim', () => {
  it.each([
    ['those of its services', may(['s:a', 't:a']), [may(['t:*', 'u:a']), may('s:*')]],
    ['those of any service', may('ecr:a'), [may(['s:a', 'e*:a'])]],
    ['those of services like one another', may(['ec?:a', 's:a']), [may('ec*:a'), may('s*:a')]],
    ['those of all actions but some', may('ecr:a'), [{ ...may('x'), Action: undefined, NotAction: 's:*' }]],
    ['those in other letters', may('ECR:a'), [may('ecr:*')]],
  ])('are %s', (_, left, rights) => {
    expect(isNoBroader(policy(left), policy(...rights))._tag).toBe('Yes')
  })

  it('are still there where the variables of others do not count', () => {
    const home = 'arn:aws:s:::${aws:username}'
    const [left, right] = [
      policy(may('s:Get*', { Resource: home }), may('s:PutA')),
      policy(may('s:*', { Resource: home }), may('s:Put*')),
    ]
    expect(isNoBroader(left, right)._tag).toBe('Yes')
    expect(isNoBroader(right, left)._tag).toBe('No')
  })
})

describe('against', () => {
  const [all, some] = [policy(may('*')), policy(may('s:*'))]
  const claim: Claim = { inside: piecesOf(all, 'Allow'), outside: piecesOf(some, 'Allow') }
  const terms = { documents: [all, some], confirms: () => true, world: wellFormed }

  it('finds a request against any of the claims', () => {
    const kept: Claim = { inside: piecesOf(some, 'Allow'), outside: piecesOf(all, 'Allow') }
    expect(against([kept, claim], terms, 20_000)._tag).toBe('Found')
    expect(against([kept], terms, 20_000)._tag).toBe('None')
  })

  it('takes a claim as kept where one of several inner pieces stands outside', () => {
    const inside = [all, some].flatMap((document) => piecesOf(document, 'Allow'))
    expect(against([{ ...claim, inside }], terms, 0)._tag).toBe('None')
  })

  it('is about the callers that the claim is about', () => {
    const callers = StringSet.ofLiterals(['anonymous:'])
    const answer = against([{ ...claim, callers }], terms, 20_000)
    expect(answer).toMatchObject({ _tag: 'Found', request: { principal: { _tag: 'Anonymous' } } })
  })

  it('names the first doubt where nothing is found, with the steps of all', () => {
    const unconfirmed = { ...terms, confirms: () => false }
    const answer = against([claim], unconfirmed, 20_000)
    expect(answer).toMatchObject({ _tag: 'Undecided', reason: 'Unconfirmed' })
    expect(answer.spent).toBeGreaterThan(0)
  })
})
