import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Glob from '../../../src/pattern/Glob.js'
import * as Arb from '../../arbitrary/glob.js'
import { naiveMatches } from '../../laws/naiveGlob.js'

const { run, one, runWithin, oneWithin } = Glob
const text = (value: string): Glob.Token => ({ _tag: 'Text', text: value, ignoreCase: false })
const anyCase = (value: string): Glob.Token => ({ _tag: 'Text', text: value, ignoreCase: true })

describe('Glob', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'anything\n:', true],
    ['a*', 'a', true],
    ['a*', 'ba', false],
    ['*a', 'ba', true],
    ['*a', 'ab', false],
    ['*a*', 'bab', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a?', 'a\u{1f600}', true],
    ['a??', 'a\u{1f600}', false],
    ['?', '\ud83d', true],
    ['*\ude00', '\u{1f600}', false],
    ['\ud83d*', '\u{1f600}', false],
    ['*\u{1f600}*', 'x\u{1f600}', true],
    ['a.b', 'axb', false],
    ['[a]', 'a', false],
    ['*a*b*c', 'xxaxbxbxc', true],
    ['*a*b*c', 'xxaxcxb', false],
    ['*ab', 'aab', true],
    ['a*a', 'a', false],
  ])('%j matches %j: %s', (pattern, word, expected) => {
    expect(Glob.matches(Glob.parse(pattern))(word)).toBe(expected)
  })

  it.each([
    ['ABC', 'abc', true],
    ['ab*', 'ABx', true],
    ['*ab', 'xAB', true],
    ['*ab*', 'xABx', true],
    ['a?c*d', 'AXCxD', true],
    ['K', '\u212a', true],
    ['ß', '\u1e9e', true],
    ['İ', 'i', false],
    ['\u{10400}*', '\u{10428}x', true],
  ])('in any case, %j matches %j: %s', (pattern, word, expected) => {
    expect(Glob.matches(Glob.parseIgnoreCase(pattern))(word)).toBe(expected)
  })

  it.each<readonly [string, ReadonlyArray<Glob.Token>, string, boolean]>([
    ['a bounded run stops at the separator', [runWithin], 'a:b', false],
    ['a bounded run may be empty', [text('x:'), runWithin, text(':y')], 'x::y', true],
    ['a bounded single is not the separator', [oneWithin], ':', false],
    ['the leftmost fit may be the wrong one', [runWithin, one, runWithin, text('b')], 'x:yb', true],
    [
      'thirty letters of one kind come before five of another',
      [runWithin, text('a'.repeat(30) + 'b'.repeat(5))],
      'abbbbb',
      false,
    ],
    [
      'and when they do, both are read',
      [runWithin, text('a'.repeat(30) + 'b'.repeat(5))],
      `x${'a'.repeat(30)}bbbbb`,
      true,
    ],
    ['an unbounded run lets a later stretch fit', [run, text('a'), runWithin, text('b')], 'a:ab', true],
    ['bounded between unbounded runs', [run, text('a'), runWithin, text('b'), run], 'a:b:axb:', true],
    [
      'bounded between unbounded runs, nowhere',
      [run, text('a'), runWithin, text('b'), run],
      'a:b:a:b',
      false,
    ],
  ])('%s', (_name, tokens, word, expected) => {
    expect(Glob.matches(Glob.normalize(tokens))(word)).toBe(expected)
  })

  it.each<readonly [ReadonlyArray<Glob.Token>, string]>([
    [[run, run], '*'],
    [[run, one, run, one], '??*'],
    [[text('a'), text(''), text('b')], 'ab'],
    [[text('a'), text('\u{1f600}')], 'a\u{1f600}'],
    [[anyCase('A'), anyCase('B')], '<ab>'],
    [[anyCase('A\ud801'), anyCase('\udc00B')], '<a\u{10428}b>'],
    [[runWithin, run], '*'],
    [[run, runWithin], '*'],
    [[runWithin, one, one, run], '??*'],
    [[runWithin, one, runWithin, one, run], '??*'],
    [[run, one, runWithin], '?*'],
    [[runWithin, oneWithin, runWithin], '[?][*]'],
    [[run, oneWithin, runWithin], '*[?]'],
    [[runWithin, one], '[*]?'],
    [[run, oneWithin], '*[?]'],
    [[text('*?\\[<\n')], '\\*\\?\\\\\\[\\<\\u{a}'],
    [[anyCase('Ab1')], '<ab1>'],
    [[anyCase('1:2')], '1:2'],
  ])('the normal form of %j prints as %s', (tokens, expected) => {
    expect(Glob.show(Glob.normalize(tokens))).toBe(expected)
  })

  it('tells literals from patterns', () => {
    expect(Glob.literalText(Glob.parse('a:b'))).toBe('a:b')
    expect(Glob.literalText(Glob.parse('a*'))).toBeUndefined()
    expect(Glob.literalText(Glob.literal('a*'))).toBe('a*')
    expect(Glob.literalText(Glob.literalIgnoreCase('a'))).toBeUndefined()
    expect(Glob.literalText(Glob.literalIgnoreCase('1'))).toBe('1')
    expect(Glob.literalText(Glob.empty)).toBe('')
    expect([Glob.literal(''), Glob.literalIgnoreCase(''), Glob.parse('')]).toStrictEqual([[], [], []])
    expect(Glob.literalPrefix(Glob.parse('ab?c*'))).toBe('ab')
  })

  it.each([
    ['*a*a*a*b', 'a'.repeat(100_000)],
    [`${'*a'.repeat(50)}*b`, 'a'.repeat(20_000)],
    ['*a????????????', 'ab'.repeat(50_000)],
  ])('%s fails on a long text without back-tracking', (pattern, long) => {
    const started = performance.now()
    expect(Glob.matches(Glob.parse(pattern))(long)).toBe(false)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
  it('bounded runs do not back-track either', () => {
    const tokens = Array.from({ length: 12 }, () => [runWithin, text('a'), one]).flat()
    expect(Glob.matches(Glob.normalize([...tokens, text('b')]))('a'.repeat(100_000))).toBe(false)
  })
  it.each([31, 32, 33, 64, 65])(
    'bounded runs begin at the beginning, also with %d letters before them',
    (letters) => {
      const glob = Glob.normalize([text('a'.repeat(letters)), runWithin, text('b')])
      expect(Glob.matches(glob)(`${'a'.repeat(letters)}xb`)).toBe(true)
      expect(Glob.matches(glob)(`${'a'.repeat(letters - 1)}xb`)).toBe(false)
      expect(Glob.matches(glob)('xb')).toBe(false)
      expect(Glob.matches(glob)('b')).toBe(false)
    },
  )
  it('parses and prints a long pattern', () => {
    const long = 'a*'.repeat(50_000)
    expect(Glob.show(Glob.parse(long))).toBe(long)
  })
})

describe('laws of Glob', () => {
  it('matchingAgreesWithTheNaiveMatcher, and both answers are frequent', () => {
    const seen = { yes: 0, no: 0 }
    fc.assert(
      fc.property(Arb.tokens(6), Arb.word(7), (tokens, word) => {
        const expected = naiveMatches(tokens)(word)
        if (expected) seen.yes++
        else seen.no++
        return Glob.matches(Glob.normalize(tokens))(word) === expected
      }),
      { numRuns: 5_000 },
    )
    expect(seen.yes).toBeGreaterThan(500)
    expect(seen.no).toBeGreaterThan(500)
  })
  it('matchingAgreesWithTheNaiveMatcher, over surrogates and letters with three cases', () => {
    const odd = fc
      .array(fc.constantFrom(...Arb.oddLetters, 'K'), { maxLength: 4 })
      .map((letters) => letters.join(''))
    fc.assert(
      fc.property(Arb.oddGlob(4), odd, (glob, word) => Glob.matches(glob)(word) === naiveMatches(glob)(word)),
      { numRuns: 3_000 },
    )
  })
  it('normalizingTwiceIsNormalizingOnce', () => {
    fc.assert(
      fc.property(Arb.tokens(8), (tokens) => {
        expect(Glob.normalize(Glob.normalize(tokens))).toStrictEqual(Glob.normalize(tokens))
      }),
      { numRuns: 5_000 },
    )
  })
  it('aLiteralMatchesItselfOnly', () => {
    const unit = fc.string({ unit: 'binary', maxLength: 5 })
    fc.assert(
      fc.property(unit, unit, (left, right) => {
        expect(Glob.matches(Glob.literal(left))(left)).toBe(true)
        expect(Glob.matches(Glob.literal(left))(right)).toBe(left === right)
      }),
    )
  })
  it('differentNormalFormsPrintDifferently', () => {
    fc.assert(
      fc.property(Arb.glob(4), Arb.glob(4), (left, right) => {
        const same = JSON.stringify(left) === JSON.stringify(right)
        expect(Glob.sameTokens(left, right)).toBe(same)
      }),
      { numRuns: 1_000 },
    )
  })
})
