import { describe, expect, it } from 'vitest'
import * as CodePoint from '../../../src/pattern/CodePoint.js'

describe('CodePoint', () => {
  it('splits a text into letters, lone surrogates one by one', () => {
    expect(CodePoint.codePoints('a\u{1f600}\ud800b\udc00')).toStrictEqual([
      0x61, 0x1f600, 0xd800, 0x62, 0xdc00,
    ])
  })
  it('has one letter for a separator', () => {
    expect(CodePoint.codePoints(CodePoint.separator)).toStrictEqual([CodePoint.separatorCode])
    expect(CodePoint.separator).toBe(':')
  })
  it('counts letters: a pair is one, and so is each half without the other', () => {
    expect(
      ['', 'aé', '\u{10000}b\u{10ffff}', 'a\ud800', '\udc00\ud800', '\ud800\ud800\udc00'].map(
        CodePoint.count,
      ),
    ).toStrictEqual([0, 2, 3, 2, 2, 2])
  })
  it('knows plain ASCII, and texts with surrogates', () => {
    expect(['', 'az~\u007f', '\u0080', 'aé'].map(CodePoint.isAscii)).toStrictEqual([true, true, false, false])
    expect(
      ['', 'aé\ud7ff\ue000', 'a\u{1f600}', '\udc00', 'a\ud800'].map(CodePoint.hasSurrogates),
    ).toStrictEqual([false, false, true, true, true])
    expect([0xd7ff, 0xd800, 0xdfff, 0xe000].map(CodePoint.isSurrogate)).toStrictEqual([
      false,
      true,
      true,
      false,
    ])
  })
  it('folds a letter only to a single letter', () => {
    expect(CodePoint.foldText('ABC-İ-\u{10400}')).toBe('abc-İ-\u{10428}')
  })
  it('caseVariantsAreExactlyTheLettersThatFoldAlike, over all of Unicode', () => {
    const classes = new Map<number, Array<number>>()
    for (let code = 0; code <= 0x10ffff; code++) {
      const folded = CodePoint.fold(code)
      if (folded !== code) classes.set(folded, [...(classes.get(folded) ?? [folded]), code])
    }
    const wrong: Array<number> = []
    for (let code = 0; code <= 0x10ffff; code++) {
      if (CodePoint.fold(code) !== code) continue // the classes are named by their folded letter
      const expected = classes.get(code) ?? [code]
      const actual = [...CodePoint.caseVariants(code)].sort((x, y) => x - y)
      if (actual.join() !== [...expected].sort((x, y) => x - y).join()) wrong.push(code)
    }
    expect(wrong).toStrictEqual([])
    expect(classes.size).toBeGreaterThan(1000)
  })
  it('foldingTwiceIsFoldingOnce', () => {
    const wrong: Array<number> = []
    for (let code = 0; code <= 0x10ffff; code++) {
      if (CodePoint.fold(CodePoint.fold(code)) !== CodePoint.fold(code)) wrong.push(code)
    }
    expect(wrong).toStrictEqual([])
  })
})
