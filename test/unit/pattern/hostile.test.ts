/** Inputs made to be hard: each must end in an answer or in `BudgetExceeded`, within counted work. */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import * as Bits from '../../../src/pattern/Bits.js'
import * as Budget from '../../../src/pattern/Budget.js'
import { search } from '../../../src/pattern/emptiness.js'
import * as Glob from '../../../src/pattern/Glob.js'
import * as Language from '../../../src/pattern/Language.js'
import { compile } from '../../../src/pattern/SignatureSearch.js'
import { ofLiterals, stringSet } from '../../../src/pattern/StringSet.js'

const of = (...patterns: ReadonlyArray<string>): Language.Language =>
  Language.fromGlobs(patterns.map(Glob.parse))
const times = <A>(count: number, make: (index: number) => A): ReadonlyArray<A> =>
  Array.from({ length: count }, (_, i) => make(i))

const emptiness = (language: Language.Language, limit = 200_000) => {
  const counter = Budget.start(limit)
  const result = search(language, 'any', counter)
  return { empty: E.map(O.isNone)(result), spent: counter.spent() }
}

const outside = (left: Language.Language, right: Language.Language, limit?: number) =>
  emptiness(Language.difference(left, right), limit)

describe('hostile languages', () => {
  const literals = times(10_000, (i) => `arn:part:kind:place:owner:repository/x${i}`)

  it('ten thousand literals cost one step each, and no automaton', () => {
    const { empty, spent } = outside(of(...literals), of(...literals, 'q*'))
    expect(empty).toStrictEqual(E.right(true))
    expect(spent).toBeLessThanOrEqual(10_001)
  })
  it('a glob is not exhausted by ten thousand literals', () => {
    const { empty, spent } = outside(of('arn:*x*'), of(...literals))
    expect(empty).toStrictEqual(E.right(false))
    expect(spent).toBeLessThan(11_000)
  })
  it('a finite glob is exhausted by its words', () => {
    const digits = times(10, String)
    const words = digits.flatMap((tens) => digits.map((ones) => `x${tens}${ones}`))
    const known = Language.difference(of('x??'), of('x*'))
    expect(emptiness(known).empty).toStrictEqual(E.right(true))
    expect(outside(of(...words), of('x??')).empty).toStrictEqual(E.right(true))
    expect(outside(of('x??'), of(...words)).empty).toStrictEqual(E.right(false))
  })
  it('seven patterns with seven runs each have a common word', () => {
    const letters = [...'abcdefg']
    const rotations = letters.map((_, i) =>
      of(`*${[...letters.slice(i), ...letters.slice(0, i)].join('*')}*`),
    )
    const { empty, spent } = emptiness(Language.intersectionAll(rotations))
    expect(empty).toStrictEqual(E.right(false))
    expect(spent).toBeLessThan(60_000)
  })
  it('two hundred patterns with many runs include themselves', () => {
    const patterns = times(200, (i) => `*a${i % 10}*b${i % 7}*c${i % 13}*d${i}*`)
    const { empty, spent } = outside(of(...patterns), of(...[...patterns].reverse(), 'x'))
    expect(empty).toStrictEqual(E.right(true))
    expect(spent).toBeLessThan(1_000)
  })
  it('a thousand patterns against a thousand wider ones', () => {
    const narrow = times(1_000, (i) => `arn:part:*:*:repository/x${i}/*`)
    const wide = times(1_000, (i) => `arn:part:*:*:repository/x${i}*`)
    expect(outside(of(...narrow), of(...wide))).toStrictEqual({ empty: E.right(true), spent: 1_000 })
    expect(outside(of(...wide), of(...narrow)).empty).toStrictEqual(E.right(false))
  })
  it('a union of many runs that no single pattern covers', () => {
    const kinds = times(7, (i) => `arn:part:*:*:kind${i}/*-prod-*-v*`)
    const right = Language.union(of(...kinds), of('arn:part:*:*:?*'))
    const { empty, spent } = outside(of('arn:part:*:*:*/*-prod-*'), right)
    expect(empty).toStrictEqual(E.right(true))
    expect(spent).toBeLessThan(5_000)
  })
  it('windows that force exponentially many places stop at the budget', () => {
    const window = '?'.repeat(14)
    const parts = [`*a${window}`, `${window}?*b${window}*`].map((each) => of(each))
    const avoided = [`*a${window}a*`, `*b${window}b*`, '*aa*'].map((each) => Language.complement(of(each)))
    const { empty, spent } = emptiness(Language.intersectionAll([...parts, ...avoided]), 20_000)
    expect(empty).toStrictEqual(
      E.left({ _tag: 'BudgetExceeded', limit: 20_000, spent, during: 'the search for a member' }),
    )
    expect(spent).toBeLessThan(21_000)
  })
  it('one pattern of thirty thousand letters and ten thousand runs', () => {
    const long = 'ab*'.repeat(10_000)
    expect(outside(of(long), of(`${long}c`)).empty).toStrictEqual(E.right(false))
    expect(outside(of(long), of('a*', long)).empty).toStrictEqual(E.right(true))
  })
})

describe('hostile spaces', () => {
  const everything = stringSet([Glob.all])

  it('the smallest signature of two hundred patterns is found at once', () => {
    const patterns = times(200, (i) => stringSet([Glob.parse(`*a${i % 10}*b${i % 7}*c${i}*`)]))
    const counter = Budget.start(1_000)
    const result = compile([everything, ...patterns]).search(
      { must: [0], live: Bits.below(201), prune: () => false, visit: () => false, smallest: true },
      counter,
    )
    expect(result).toStrictEqual(E.right(false))
  })
  it('all signatures of them are too many', () => {
    const patterns = times(30, (i) => stringSet([Glob.parse(`*a${i}*b${i}*`)]))
    const counter = Budget.start(5_000)
    const result = compile([everything, ...patterns]).search(
      { must: [0], live: Bits.below(31), prune: () => false, visit: () => false },
      counter,
    )
    expect(E.isLeft(result)).toBe(true)
  })
  it('pruning what is covered keeps them few', () => {
    const patterns = times(30, (i) => stringSet([Glob.parse(`*w${i}w*`)]))
    const counter = Budget.start(50_000)
    const query = {
      must: [0],
      live: Bits.below(31),
      prune: (lower: Bits.Bits) => Bits.toArray(lower).length > 1,
      visit: () => false,
    }
    expect(compile([everything, ...patterns]).search(query, counter)).toStrictEqual(E.right(false))
  })
  it('ten thousand literals in a thousand sets are visited by signature', () => {
    const sets = times(1_000, (i) => ofLiterals(times(10, (j) => `word-${i}-${j}`)))
    const counter = Budget.start(50_000)
    const seen: Array<number> = []
    const visit = (signature: Bits.Bits): boolean => {
      seen.push(Bits.toArray(signature).length)
      return false
    }
    const space = compile([everything, ...sets])
    const result = space.search({ must: [0], live: Bits.below(1_001), prune: () => false, visit }, counter)
    expect(result).toStrictEqual(E.right(false))
    expect(seen).toHaveLength(1_001)
  })
})
