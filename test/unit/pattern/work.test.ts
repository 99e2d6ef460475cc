/**
 * What a search costs and what it finds first. Answers alone do not show whether a shortcut is still taken, steps do; they do not
 * depend on the machine. Whoever makes a search better lowers the numbers here.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import * as Bits from '../../../src/pattern/Bits.js'
import * as Budget from '../../../src/pattern/Budget.js'
import { search } from '../../../src/pattern/emptiness.js'
import * as Glob from '../../../src/pattern/Glob.js'
import * as Language from '../../../src/pattern/Language.js'
import { compile } from '../../../src/pattern/SignatureSearch.js'
import { negate, ofLiterals, stringSet, type StringSet } from '../../../src/pattern/StringSet.js'

const sets = (...patterns: ReadonlyArray<string>): StringSet => stringSet(patterns.map(Glob.parse))
const of = (...patterns: ReadonlyArray<string>): Language.Language =>
  Language.fromGlobs(patterns.map(Glob.parse))
const but = (left: Language.Language, ...patterns: ReadonlyArray<string>): Language.Language =>
  Language.difference(left, of(...patterns))

const segments = Language.fromGlob([
  ...Glob.literal('arn:'),
  Glob.runWithin,
  ...Glob.literal(':'),
  Glob.runWithin,
  ...Glob.literal(':x'),
])
const anyCase = Language.fromGlob(Glob.parseIgnoreCase('*Repo*'))
const cycle = Language.intersectionAll([of('*a*b*'), of('*b*c*'), of('*c*a*')])

/** Eight patterns that end so. */
const ends = (end: string): ReadonlyArray<string> => Array.from('abcdefgh', (letter) => letter + end)

type Found = readonly [string | undefined, number]
const none = (steps: number): Found => [undefined, steps]

describe('the first member that a search finds, and its steps', () => {
  it.each<[string, Language.Language, Found, Found]>([
    ['letters in turn', but(of('*a*b*c*'), '*ab*', '*bc*', '*c?'), ['acbac', 39], ['acbac', 36]],
    [
      'two names',
      but(of('team-*/app-*'), 'team-a*', '*-b*', '*/app-?', '*/app-?c*'),
      ['team-/app-', 33],
      ['team-/app-', 2],
    ],
    ['a cycle of letters', but(cycle, '*aa*', '*abc*'), ['bcab', 77], ['bcab', 69]],
    ['almost everything', but(of('*'), '', '?', '??', '*a', '*b', 'c*', '*:*'), ['aac', 34], ['aac', 28]],
    ['any case', but(anyCase, '*repo*', '*REPO*', 'R*'), ['repO', 41], ['repO', 38]],
    [
      'within segments',
      but(Language.union(segments, of('arn:a:b:y')), 'arn:?:*', 'arn:*:?:x', 'arn:::x'),
      ['arn:ba::x', 48],
      ['arn:ba::x', 44],
    ],
    ['single letters', but(of('x?y?z*'), 'xa*', '*z', '*zz*', '*a?'), ['xbyaza', 24], ['xbyaza', 19]],
    [
      'many patterns',
      but(of('a*', 'b*', 'c*', 'abc', 'bcd', 'cde'), 'a?*', 'b??*', 'c*d*', 'c*e*', 'abc', 'a', 'b'),
      ['c', 22],
      ['ba', 17],
    ],
    [
      'a letter six from the end',
      but(of('*a??????'), '*b??????', '*a?a*', '*b??b*', '*a??b?*'),
      ['aabcaab', 316],
      ['aabcaab', 237],
    ],
    ['one of two', but(of('*a*', '*b*'), '*a*', '*c*', 'b', 'b?*', '?b'), ['dbb', 26], ['dbb', 22]],
    [
      'a letter of two units',
      but(of('*\u{1f600}*'), '*a*', '*\u{1f600}', '\u{1f600}*'),
      ['b\u{1f600}b', 15],
      ['b\u{1f600}b', 13],
    ],
    [
      'beside listed words',
      but(Language.intersection(of('repo-*', 'repo-a'), of('*-a*')), 'repo-a', '*b', '*-aa*'),
      ['repo-ac', 42],
      ['repo-ac', 35],
    ],
    ['nothing, as each pattern is in another', but(of('a*b*c', 'x?y', 'ab'), 'a*', '*?y'), none(1), none(1)],
    ['nothing, a pattern and a word', but(of('a?c*', 'abc'), 'a*', 'b'), none(1), none(1)],
    [
      'some listed words, one by one, whatever the patterns beside them',
      Language.intersection(of('*a*b*', '*c'), of(...ends('x'), 'xab')),
      ['xab', 9],
      ['xab', 9],
    ],
    ['a word that is listed', Language.intersection(of('a*'), of('abc', '*d', 'x*')), ['ad', 9], ['abc', 2]],
    [
      'the first of several parts',
      Language.unionAll([but(of('b*'), 'b'), but(of('a*'), 'a'), but(of('c*'), 'c')]),
      ['ba', 17],
      ['ba', 6],
    ],
    [
      'a choice of a pattern and all but another',
      Language.intersection(Language.union(of('a*'), Language.complement(of('*b'))), of('?b', 'c?')),
      ['ab', 7],
      ['ab', 1],
    ],
    [
      'two patterns of many runs',
      Language.intersection(of(`${'*a'.repeat(12)}*c`), of(`${'*b'.repeat(12)}*c`)),
      ['aaaaaaaaaaaabbbbbbbbbbbbc', 1893],
      ['aaaaaaaaaaaabbbbbbbbbbbbc', 1856],
    ],
    [
      'any case in any case',
      Language.intersection(anyCase, Language.fromGlob(Glob.parseIgnoreCase('x*R?P*'))),
      ['xrepo', 34],
      ['xrepo', 31],
    ],
    [
      'nothing, as no beginning is another',
      Language.intersection(of('ab*', 'ac?'), of('ad*', 'x?*')),
      none(2),
      none(2),
    ],
    [
      'nothing, as no beginning in any case is another',
      Language.intersection(Language.fromGlobs(['ab*', 'ac?*'].map(Glob.parseIgnoreCase)), of('aD*', 'X?*')),
      none(2),
      none(2),
    ],
    [
      'nothing, by two sets side by side',
      Language.difference(of('a?', 'b?'), Language.union(of('a*'), of('b*'))),
      none(1),
      none(1),
    ],
    ['nothing, by one set after another', but(but(of('a?', 'b?'), 'a*'), 'b*'), none(1), none(1)],
    ['nothing within segments', but(segments, 'arn:*:*:x'), none(1), none(1)],
    ['nothing, of eight patterns in eight', but(of(...ends('?')), ...ends('*')), none(1), none(1)],
    ['nothing, of nine patterns in eight', but(of(...ends('?'), 'a?b'), ...ends('*')), none(9), none(9)],
    ['nothing, of eight patterns in nine', but(of(...ends('?')), ...ends('*'), 'x*'), none(8), none(8)],
    ['nothing, by several patterns together', but(of('?*'), 'a*', '?', '??*'), none(7), none(7)],
    ['nothing, by several ends', but(of('*a*a*'), '*a', '*a?', '*a??*'), none(14), none(14)],
    [
      'nothing, as no end is another',
      Language.intersection(of('*a', '*b'), of('*c', '*d')),
      none(50),
      none(50),
    ],
  ])('%s', (_name, language, shortest, any) => {
    const asked = (mode: 'shortest' | 'any'): unknown => {
      const counter = Budget.start(Budget.standard.limit)
      const found = search(language, mode, counter)
      return [E.isRight(found) && O.toUndefined(found.right), counter.spent()]
    }
    expect(asked('shortest')).toStrictEqual(shortest)
    expect(asked('any')).toStrictEqual(any)
  })
})

describe('the signatures that a search visits, in turn, and its steps', () => {
  const [first, last] = [sets('a*'), sets('*b')]
  const letters = [first, last, sets('*a*'), sets('?'), sets('?b*')]
  const pairs = [...['*', '*a*', '*b*', '*c*'].map((each) => sets(each)), sets('*ab*', '*bc*')]
  const words = [...pairs, ofLiterals(['abc', 'cab'])]
  const teams = [
    ...[sets('team-*'), negate(sets('team-a*')), sets('*/x', '*/y'), sets('team-?/*')],
    ofLiterals(['team-b/x', 'team-c']),
  ]
  it.each<[ReadonlyArray<StringSet>, ReadonlyArray<number>, boolean, number, string]>([
    [letters, [0], false, 22, '023 a|02 aa|0124 ab|012 aab|024 aba'],
    [letters, [0], true, 10, '023 a|02 aa|0124 ab|012 aab'],
    [
      words,
      [0],
      false,
      110,
      '012345 abc|0 |01 a|02 b|03 c|0124 ab|013 ac|012 ba|0234 bc|023 cb|0123 acb|01234 bca',
    ],
    [words, [0], true, 28, '012345 abc|0 |01 a|02 b|03 c|0124 ab|013 ac|012 ba|0234 bc|023 cb'],
    [[first, negate(first), last], [0], false, 8, '0 a|02 ab'],
    [[first, last], [], false, 10, '0 a|01 ab|1 b| '],
    [[first, last], [], true, 11, ' |0 a|1 b|01 ab'],
    [[negate(first), last], [], false, 10, ' a|1 ab|01 b|0 '],
    [[negate(first), last], [], true, 13, ' a|1 ab|0 |01 b'],
    [[negate(first), negate(last), first], [], true, 10, '12 a|2 ab|0 b|01 '],
    [[first, sets('*b????')], [0], false, 98, '0 a|01 abaaaa'],
    [[first, sets('*b????'), sets('?????')], [0], false, 146, '0 a|02 aaaaa|01 abaaaa'],
    [[sets('a*c'), sets('*bc'), last], [0, 1], false, 18, '01 abc'],
    [[sets('*bc'), sets('a*c'), last], [0, 1], false, 21, '01 abc'],
    [
      [sets('*a*'), sets('*b*'), sets('*c*'), sets('*d*')],
      [],
      false,
      166,
      '0 a|01 ab|02 ac|03 ad|012 abc|013 abd|023 acd|0123 abcd|1 b|12 bc|13 bd|123 bcd|2 c|23 cd|3 d| ',
    ],
    [teams, [0, 1], false, 47, '01234 team-b/x|014 team-c|01 team-|013 team-d/|012 team-/x|0123 team-d/x'],
    [teams, [0, 1], true, 20, '01234 team-b/x|014 team-c|01 team-|013 team-d/'],
  ])('of family %#', (family, must, smallest, steps, visited) => {
    const counter = Budget.start(Budget.standard.limit)
    const found: string[] = []
    const visit = (signature: Bits.Bits, sample: string): boolean => {
      found.push(`${Bits.toArray(signature).join('')} ${sample}`)
      return false
    }
    const live = Bits.below(family.length)
    compile(family).search({ must, live, prune: () => false, visit, smallest }, counter)
    expect(found.join('|')).toBe(visited)
    expect(counter.spent()).toBe(steps)
  })
})
