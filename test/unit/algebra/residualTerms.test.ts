/** Alternatives of needs, as words: `a` must hold, `!a` must not. */
import { describe, expect, it } from 'vitest'
import { opposite, subjectOf, type ElementNeed, type Need } from '../../../src/algebra/residualNeeds.js'
import { absorbed, simplified, term, without, type Term } from '../../../src/algebra/residualTerms.js'
import { parseOrThrow } from '../../../src/codec/document.js'
import { Budget } from '../../../src/pattern/index.js'

/** The need that the repository's name begins so. */
const need = (name: string): ElementNeed => {
  const Resource = `arn:aws:ecr:eu-west-1:111122223333:repository/${name.replace('!', '')}*`
  const { statements } = parseOrThrow({ Statement: { Effect: 'Allow', Action: '*', Resource } }, 'identity')
  const made: ElementNeed = {
    _tag: 'Element',
    element: 'Resource',
    holds: true,
    part: statements[0],
    version: undefined,
    atLeast: 'Account',
    hasBoundary: false,
    accountMeansRoot: false,
  }
  return name.startsWith('!') ? opposite(made) : made
}

const users: Need = { _tag: 'Among', of: 'callers', kinds: ['User'] }
const needsOf = (text: string): readonly Need[] =>
  text === '' ? [] : text.split(' ').map((name) => (name === 'users' ? users : need(name)))

const termOf = (text: string): Term => {
  const made = term(needsOf(text))
  if (made === undefined) throw new Error(`${text} is a contradiction`)
  return made
}

const nameOf = (each: Need): string => {
  if (each._tag === 'Among') return 'users'
  const [, name = ''] = /repository\/(.*)\*/.exec(JSON.stringify(each.part)) ?? []
  return `${each.holds ? '' : '!'}${name}`
}
const textOf = (one: Term): string => Array.from(one.values(), nameOf).join(' ')
const texts = (terms: readonly Term[]): readonly string[] => terms.map(textOf)

describe('a term', () => {
  it('holds each need once, under its subject', () => {
    const made = termOf('a b users a')
    expect(textOf(made)).toBe('a b users')
    expect(Array.from(made.keys())).toEqual(needsOf('a b users').map(subjectOf))
  })
  it('is none of opposites', () => {
    expect(term(needsOf('a b !a'))).toBeUndefined()
    expect(term(needsOf('!a a'))).toBeUndefined()
    expect(textOf(termOf('!a b'))).toBe('!a b')
  })
})

describe('a term without needs', () => {
  const lacking = (from: string, ...names: readonly string[]): readonly string[] =>
    texts(without(names.map(need))(termOf(from)))
  it('is a term for each need that may fail', () => {
    expect(lacking('a', 'b')).toEqual(['a !b'])
    expect(lacking('a', 'b', 'c')).toEqual(['a !b', 'a !c'])
    expect(lacking('users', '!b')).toEqual(['users b'])
  })
  it('is the term itself where one fails already, and none where all hold', () => {
    expect(lacking('a !b', 'b', 'c')).toEqual(['a !b'])
    expect(lacking('a b', 'a', 'b')).toEqual([])
    expect(lacking('a', 'a', 'b')).toEqual(['a !b'])
  })
})

describe('absorbed', () => {
  const kept = (...terms: readonly string[]): readonly string[] => texts(absorbed(terms.map(termOf)))
  it('leaves out what lies within another term, and all but the first of equals', () => {
    expect(kept('a b', 'a')).toEqual(['a'])
    expect(kept('a', 'a b')).toEqual(['a'])
    expect(kept('a b', 'b a', 'c')).toEqual(['a b', 'c'])
    expect(kept('a', '', 'b')).toEqual([''])
  })
  it('keeps what does not', () => {
    expect(kept('a b', 'a !b', 'users')).toEqual(['a b', 'a !b', 'users'])
    expect(kept('a b', 'b c')).toEqual(['a b', 'b c'])
  })
})

describe('simplified', () => {
  const short = (...terms: readonly string[]): readonly string[] =>
    texts(simplified(terms.map(termOf), () => [], Budget.start(20_000)))
  it('joins terms that differ in one need and its opposite', () => {
    expect(short('a b', 'a !b')).toEqual(['a'])
    expect(short('users b', 'users !b')).toEqual(['users'])
    expect(short('a', '!a')).toEqual([''])
    expect(short('c', 'users !a', 'users a')).toEqual(['c', 'users'])
    expect(short('!a !b', 'a !b')).toEqual(['!a !b', 'a'])
  })
  it('leaves out needs that others imply, and terms that nothing meets', () => {
    expect(short('a ab')).toEqual(['ab'])
    expect(short('!a !ab')).toEqual(['!a'])
    expect(short('a b', 'c')).toEqual(['c'])
    expect(short('!a ab', 'c')).toEqual(['c'])
  })
  it('keeps terms that differ in more, and needs of their own', () => {
    expect(short('ab !abc', 'c !cd')).toEqual(['ab !abc', 'c !cd'])
    expect(short('a users', 'b')).toEqual(['a users', 'b'])
  })
})
