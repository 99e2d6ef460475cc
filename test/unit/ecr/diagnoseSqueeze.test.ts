/** A message as it is looked through: without blanks, escapes, colours and tags, whatever it was pasted from. */
import { describe, expect, it } from 'vitest'
import {
  hasWhole,
  isName,
  isSpoken,
  isWhole,
  nameBetween,
  placesOf,
  squeeze,
  wordAt,
  wordEnd,
} from '../../../src/ecr/diagnose/diagnoseText.js'

/** What is kept, with `_` for blanks and `|` for line breaks that were skipped before a character. */
const shown = (text: string): string => {
  const { squeezed, gaps } = squeeze(text)
  return Array.from(squeezed, (char, i) => `${['', '_', '|'][gaps[i] ?? 0] ?? ''}${char}`).join('')
}

describe('a text', () => {
  it.each([
    ['a b\tc\u00a0d', '|a_b_c_d'],
    ['a \n b\rc\u0085d\u2028e\u2029f', '|a|b|c|d|e|f'],
    ['a\u0000b\u001fc\u007fd', '|a_b_c_d'],
    ['a─b╿c', '|a_b_c'],
    ['a\u00adb\u200bc\u200fd\u2060e\ufefff', '|abcdef'],
    ['‘a’ “b”', `|'a'_"b"`],
    ['&quot;a&#34;&#39;b&apos;&amp;c', `|"a"'b'&c`],
    ['&lt;repository&gt; &nbsp;', '|<repository>_&nbsp;'],
    ['a\\nb\\rc\\td', '|a|b|c_d'],
    [String.raw`\"a\"\'b\'\/c`, `|"a"'b'/c`],
    [String.raw`\\\\u0041\u00e9`, '|Aé'],
    [String.raw`\q\e`, String.raw`|\q\e`],
  ])('%j is read as %s', (text, kept) => {
    expect(shown(text)).toBe(kept)
  })

  it.each([
    '\u001b[',
    '\u009b',
    '^[[',
    String.raw`\x1b[`,
    String.raw`\x1B[`,
    String.raw`\033[`,
    String.raw`\e[`,
  ])('has no colours that begin with %j', (escape) => {
    expect(shown(`a${escape}1;31mb${escape}0mc${escape}?25hd`)).toBe('|abcd')
  })

  it.each([
    ['<b>a</b> <code class="x y">b</code>', '|a_b'],
    ['<p>a<br/>b</p><div id="x">c</div>', '|a|b|c'],
    ['<repository> <name>', '|<repository>_<name>'],
  ])('%s has no tags: %s', (text, kept) => {
    expect(shown(text)).toBe(kept)
  })

  it.each([
    '2026-01-02T03:04:05Z a',
    '  [2026-01-02 03:04:05,123+01:00] a',
    '2026-01-02 03:04:05.123456789-0500\ta',
    'app-1  | a',
    ' | a',
    '2026-01-02T03:04:05Z app_1.x | a',
    '#12 a',
    '#12 0.345 a',
  ])('%j has nothing before its lines', (line) => {
    expect(shown(line)).toBe('|a')
    expect(shown(`b\n${line}`)).toBe('|b|a')
  })

  it.each([
    ['at 2026-01-02T03:04:05Z a', '|at_2026-01-02T03:04:05Z_a'],
    ['see #12 a', '|see_#12_a'],
    ['a b | c', '|a_b_|_c'],
    ['a || b', '|a_||_b'],
    ['a |b', '|a_|b'],
  ])('%j keeps what stands elsewhere', (text, kept) => {
    expect(shown(text)).toBe(kept)
  })

  it('keeps its letters, and has them in lower case beside', () => {
    expect(squeeze('ÀB cD')).toEqual({ squeezed: 'ÀBcD', folded: 'Àbcd', gaps: [2, 0, 1, 0] })
    expect(squeeze('a🚫 b').gaps).toEqual([2, 0, 0, 1])
  })
})

describe('a name in a text', () => {
  const text = squeeze('see arn:aws:x/y, then "a\nb" and \'c d\' or `e`.')
  const at = (phrase: string): number => text.squeezed.indexOf(phrase)

  it('ends at a blank, a line break or a sign that no name has', () => {
    expect(text.squeezed.slice(0, wordEnd(text, 0))).toBe('see')
    expect(wordAt(text, at('arn:'))).toBe('arn:aws:x/y')
    expect(wordEnd(text, at('arn:'), 5) - at('arn:')).toBe(5)
    expect(wordAt(squeeze('a?;'), 0)).toBe('a')
    expect(wordAt(squeeze('(a)'), 0)).toBe('')
    expect(wordAt(squeeze('a.:,?'), 0)).toBe('a')
  })

  it('is whole again over a line break, and has no blank within', () => {
    const quoted = (from: string, to: string): readonly [number, number] => [at(from), at(to)]
    expect(nameBetween(text, ...quoted('"a', 'and'))).toBe('ab')
    expect(isName(text, ...quoted('"a', 'and'))).toBe(true)
    expect(nameBetween(text, ...quoted("'c", 'or'))).toBe('c')
    expect(isName(text, ...quoted("'c", 'or'))).toBe(false)
    expect(nameBetween(text, at('`e'), at('`.') + 1)).toBe('e')
    expect(isName(text, at('see'), at('then'))).toBe(false)
    expect(isName(squeeze('x"y'), 0, 3)).toBe(false)
  })

  it('has 2,048 characters at most', () => {
    const long = squeeze('x'.repeat(2049))
    expect([isName(long, 0, 2048), isName(long, 0, 2049)]).toEqual([true, false])
    expect(wordAt(long, 0)).toHaveLength(2048)
    expect(nameBetween(long, 0, 2049)).toHaveLength(2048)
  })
})

describe('a phrase in a text', () => {
  const places = (text: string, phrase: string, is: typeof isWhole): readonly boolean[] => {
    const ready = squeeze(text)
    return placesOf(phrase, ready.folded).map((at) => is(ready, phrase, at))
  }

  it('is found wherever it stands, over blanks and in any letter case', () => {
    expect(placesOf('aa', squeeze('A a AA aaa b aa').folded)).toEqual([0, 2, 4, 8])
    expect(placesOf('x', 'abc')).toEqual([])
  })

  it('is whole where no letter or digit of the same word touches it', () => {
    expect(places('push x-push push/x push1 1push xpush pushx x push x', 'push', isWhole)).toEqual([
      ...[true, true, true],
      ...[false, false, false, false],
      true,
    ])
  })

  it('is spoken where it is no part of a name either', () => {
    expect(
      places('push push. x-push a/push push/x x.push x@push push@x push_x push-x _push', 'push', isSpoken),
    ).toEqual([true, true, ...Array<boolean>(9).fill(false)])
  })

  it('is looked for within a window only, to whose ends it may reach', () => {
    const text = squeeze('push and pull')
    const has = (phrase: string, from: number, to: number) => hasWhole(text, phrase, from, to)
    expect([has('push', -5, 4), has('push', 0, 3), has('push', 1, 11)]).toEqual([true, false, false])
    expect([has('pull', 7, 11), has('pull', 7, 10), has('pull', 8, 11), has('pull', 0, 99)]).toEqual([
      ...[true, false],
      ...[false, true],
    ])
    expect(hasWhole(squeeze('repush it and push it'), 'push', 0, 99)).toBe(true)
    expect(hasWhole(squeeze('repush it'), 'push', 0, 99)).toBe(false)
    expect(hasWhole(squeeze('x repush it'), 'push', 3, 99)).toBe(false)
  })
})
