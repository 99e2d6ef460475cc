import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import * as Glob from '../../../src/pattern/Glob.js'
import * as Language from '../../../src/pattern/Language.js'
import { stringSet } from '../../../src/pattern/StringSet.js'
import { oddGlob, oddLetters, words } from '../../arbitrary/glob.js'
import { twin, twinOf } from '../../arbitrary/language.js'
import { booleanAlgebra } from '../../laws/booleanAlgebra.js'

const of = (...patterns: ReadonlyArray<string>): Language.Language =>
  Language.fromGlobs(patterns.map(Glob.parse))
const folded = (...patterns: ReadonlyArray<string>): Language.Language =>
  Language.fromGlobs(patterns.map(Glob.parseIgnoreCase))
const within = Language.fromGlob([Glob.runWithin])

const plainLetters = Array.from('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./')

const right = <A>(answer: Language.Answer<A>): A => {
  if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left))
  return answer.right
}

describe('Language', () => {
  it.each<readonly [string, Language.Language, Language.Language, boolean]>([
    ['a pattern is within itself', of('a*b?c'), of('a*b?c'), true],
    ['a prefix is within a shorter one', of('ab*'), of('a*'), true],
    ['a prefix is not within a longer one', of('a*'), of('ab*'), false],
    ['the empty string needs a member', of('*'), of('?*'), false],
    ['the empty string and the others are all', of('*'), of('', '?*'), true],
    ['an infix is within its parts', of('*ab*cd*'), of('*b*d*'), true],
    ['a finite set is within a pattern', of('ab', 'ac'), of('a?'), true],
    ['a pattern is not within a finite set', of('a?'), of('ab', 'ac'), false],
    ['a union covers what no part of it does', of('a*'), of('a', 'a?', 'a??*'), true],
    ['a bounded run is within an unbounded one', within, of('*'), true],
    ['an unbounded run is not within a bounded one', of('*'), within, false],
    ['bounded, or with a separator, is all', of('*'), Language.union(within, of('*:*')), true],
    ['any case is not one case', folded('ab'), of('ab'), false],
    ['all spellings are any case', folded('ab'), of('ab', 'Ab', 'aB', 'AB'), true],
    ['the Kelvin sign is a k in any case', folded('k'), of('k', 'K'), false],
    ['all three letters k', folded('k'), of('k', 'K', '\u212a'), true],
    ['any case is within a pattern', folded('ab*'), of('??*'), true],
    ['nothing is within anything', Language.none, of('a'), true],
    ['all is within all', Language.all, of('*'), true],
    ['a pair is one letter', of('\u{1f600}'), of('?'), true],
    ['two surrogates never lie side by side', of('\ud83d*\ude00'), of('\ud83d?*\ude00'), true],
    ['nor do the first of both', of('\ud800*\udc00'), of('\ud800?*\udc00'), true],
    ['nor the last of both', of('\udbff*\udfff'), of('\udbff?*\udfff'), true],
    ['but two of one half may', of('\ud83d*\udbff'), of('\ud83d?*\udbff'), false],
  ])('%s', (_name, left, other, expected) => {
    expect(Language.isSubset(left, other)).toStrictEqual(E.right(expected))
  })

  it.each<readonly [string, Language.Language, O.Option<string>]>([
    ['the shortest of a pattern', of('x*y?'), O.some('xya')],
    ['the shortest of several', of('abcd*', 'xyz', '*q?'), O.some('qa')],
    ['the empty string', of('*'), O.some('')],
    ['a readable letter that is not excluded', Language.difference(of('?*'), of('a*', 'b*')), O.some('c')],
    ['not a listed word', Language.difference(of('?'), of('a', 'b', 'c')), O.some('d')],
    [
      'past all plain letters, yet no separator',
      Language.difference(Language.fromGlob([Glob.oneWithin]), Language.fromStrings(plainLetters)),
      O.some('@'),
    ],
    [
      'past all plain letters in a run, yet no separator',
      Language.difference(
        Language.fromGlob([...Glob.literal('x'), Glob.runWithin, ...Glob.literal('y')]),
        Language.fromStrings(['', ...plainLetters].map((letter) => `x${letter}y`)),
      ),
      O.some('x@y'),
    ],
    ['one spelling of a word in any case', Language.intersection(folded('ab'), of('A?')), O.some('Ab')],
    ['past a case class', Language.difference(of('?'), folded('a', 'b')), O.some('c')],
    [
      'within the bounds',
      Language.difference(of('a*'), Language.fromGlob([...Glob.literal('a'), Glob.runWithin])),
      O.some('a:'),
    ],
    ['none of nothing', Language.intersection(of('a*'), of('b*')), O.none],
    ['none left of a finite set', Language.difference(of('a', 'b'), of('?')), O.none],
    [
      'the shortest though a listed word lies on the way',
      Language.difference(
        Language.union(
          of(':'),
          Language.intersection(Language.fromGlob([Glob.runWithin, ...Glob.literal(':a')]), of('*')),
        ),
        of(':'),
      ),
      O.some(':a'),
    ],
    [
      'a lone high surrogate, then a letter',
      Language.difference(of('\ud83d?*'), of('\ud83d', '\ud83da*')),
      O.some('\ud83db'),
    ],
    ['a single word', Language.difference(of('a', 'b'), of('a')), O.some('b')],
  ])('the witness is %s', (_name, language, expected) => {
    expect(Language.witness(language)).toStrictEqual(E.right(expected))
  })

  it('keeps to the universe', () => {
    const universe = of('x:*')
    expect(Language.isSubset(of('*'), of('x*'))).toStrictEqual(E.right(false))
    expect(Language.isSubset(of('*'), of('x*'), { universe })).toStrictEqual(E.right(true))
    expect(Language.witness(of('*'), { universe })).toStrictEqual(E.right(O.some('x:')))
    expect(Language.intersects(of('y*'), of('*'), { universe })).toStrictEqual(E.right(false))
  })
  it('reads a set of strings with its complement flag', () => {
    const set = stringSet([Glob.parse('a*'), Glob.literal('b')], true)
    expect(['a', 'ab', 'b', 'c', ''].map(Language.member(Language.fromStringSet(set)))).toStrictEqual([
      false,
      false,
      false,
      true,
      true,
    ])
  })
  it('flattens unions of unions, and intersections of intersections', () => {
    const [a, b, c] = [of('a*'), of('b*'), of('c*')]
    const members = [a, b, c]
    expect(Language.unionAll([Language.unionAll([a, b]), c])).toStrictEqual({ _tag: 'Union', members })
    expect(Language.unionAll([a, Language.none, Language.unionAll([b, c])])).toStrictEqual({
      _tag: 'Union',
      members,
    })
    expect(Language.intersectionAll([a, Language.intersectionAll([b, c])])).toStrictEqual({
      _tag: 'Intersection',
      members,
    })
    expect(Language.unionAll([Language.none, a])).toBe(a)
    expect(Language.intersectionAll([a, Language.all])).toBe(a)
    expect(Language.unionAll([Language.intersectionAll([a, b])])).toStrictEqual({
      _tag: 'Intersection',
      members: [a, b],
    })
  })
  it('answers within its budget or says that it could not', () => {
    const hard = Language.difference(
      of(`*a${'?'.repeat(14)}`),
      of(`*b${'?'.repeat(14)}`, '*a?a*', '*b??b*', '*a??b?*'),
    )
    const answer = Language.isEmpty(hard, { budget: { limit: 3 } })
    expect(E.isLeft(answer) && answer.left._tag).toBe('BudgetExceeded')
  })
  it('nests ten thousand levels deep', () => {
    const [everything, other] = [of('*'), of('b')]
    let language = of('a*')
    for (let i = 0; i < 10_000; i++) {
      language = Language.complement(
        Language.union(Language.complement(Language.intersection(language, everything)), other),
      )
    }
    expect(Language.member(language)('ab')).toBe(true)
    expect(Language.isSubset(of('ab'), language)).toStrictEqual(E.right(true))
  })
})

const algebra = fc.noShrink(twin).map(({ language }) => language)
booleanAlgebra(
  'Language',
  {
    equals: (left, other) => right(Language.equals(left, other)),
    meet: Language.intersection,
    join: Language.union,
    complement: Language.complement,
    zero: Language.none,
    one: Language.all,
  },
  algebra,
  60,
)

describe('laws of Language', () => {
  const universe = words(5)
  it('membershipAgreesWithTheNaiveTwin', () => {
    fc.assert(
      fc.property(twin, fc.nat(universe.length - 1), ({ language, has }, at) => {
        const word = universe[at] ?? ''
        return Language.member(language)(word) === has(word)
      }),
      { numRuns: 500 },
    )
  })
  it('subsetAgreesWithBruteForce, and both answers are frequent', () => {
    const seen = { yes: 0, no: 0 }
    const related = fc.tuple(twin, twin, fc.nat(3)).map(([left, other, how]) => {
      if (how === 0) return [left, other] as const
      const joined = {
        language: Language.union(left.language, other.language),
        has: (word: string) => left.has(word) || other.has(word),
      }
      return how === 1
        ? ([left, joined] as const)
        : how === 2
          ? ([joined, left] as const)
          : ([joined, other] as const)
    })
    fc.assert(
      fc.property(related, ([left, other]) => {
        const found = right(Language.witness(Language.difference(left.language, other.language)))
        const shortest = universe.find((word) => left.has(word) && !other.has(word))
        const verdict = right(Language.isSubset(left.language, other.language))
        seen[verdict ? 'yes' : 'no']++
        expect(verdict).toBe(O.isNone(found))
        if (O.isNone(found)) return shortest === undefined
        expect(left.has(found.value) && !other.has(found.value)).toBe(true)
        return shortest === undefined ? [...found.value].length > 5 : shortest.length === found.value.length
      }),
      { numRuns: 200 },
    )
    expect(seen.yes).toBeGreaterThan(20)
    expect(seen.no).toBeGreaterThan(20)
  })
  it('subsetAgreesWithBruteForce, over surrogates and letters with three cases', () => {
    const odd = words(3, [...oddLetters, 'K', 'z'])
    const seen = { yes: 0, no: 0 }
    fc.assert(
      fc.property(twinOf(oddGlob(3)), twinOf(oddGlob(3)), (left, other) => {
        const found = right(Language.witness(Language.difference(left.language, other.language)))
        const shortest = odd.find((word) => left.has(word) && !other.has(word))
        seen[O.isNone(found) ? 'yes' : 'no']++
        if (O.isNone(found)) return shortest === undefined
        expect(left.has(found.value) && !other.has(found.value)).toBe(true)
        return shortest === undefined || [...found.value].length <= [...shortest].length
      }),
      { numRuns: 400 },
    )
    expect(seen.yes).toBeGreaterThan(40)
    expect(seen.no).toBeGreaterThan(40)
  })
  it('intersectsAgreesWithBruteForce', () => {
    fc.assert(
      fc.property(twin, twin, (left, other) => {
        const [first, second] = [left.language, other.language]
        const common = right(Language.witness(Language.intersection(first, second)))
        expect(right(Language.intersects(first, second))).toBe(O.isSome(common))
        return O.isSome(common)
          ? left.has(common.value) && other.has(common.value)
          : !universe.some((word) => left.has(word) && other.has(word))
      }),
      { numRuns: 200 },
    )
  })
})
