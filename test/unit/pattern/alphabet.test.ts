import { describe, expect, it } from 'vitest'
import { alphabet, rank } from '../../../src/pattern/Alphabet.js'
import { codePoints } from '../../../src/pattern/CodePoint.js'

const textOf = (codes: ReadonlyArray<number>): string =>
  codes.map((code) => String.fromCodePoint(code)).join('')

describe('the letters to try', () => {
  it('are those that edges name, readable ones first, then other print, controls and surrogates', () => {
    const named = alphabet()
    codePoints('\ud800\u0007é~:-9Az\u007f').forEach(named.exact)
    expect(named.letters(false)).toStrictEqual(codePoints('z9A-:~é\u0007\u007f\ud800'))
  })
  it('have one more for all letters that no edge names', () => {
    const named = alphabet()
    codePoints('ac').forEach(named.exact)
    expect(textOf(named.letters(true))).toBe('abc')
    named.folded(0x62)
    expect(textOf(named.letters(true))).toBe('abcd')
  })
  it('have one for a letter in any case, unless an edge tells its spellings apart', () => {
    const named = alphabet()
    named.folded(0x6b)
    expect(textOf(named.letters(false))).toBe('k')
    named.exact(0x4b)
    expect(textOf(named.letters(false))).toBe('kK\u212a')
  })
  it('have the separator if an edge tells it apart', () => {
    const named = alphabet()
    named.separator()
    expect(textOf(named.letters(true))).toBe('a:')
  })
  it('go on beyond the readable ones, past controls and surrogates', () => {
    const named = alphabet()
    for (let code = 0x20; code < 0xe000; code++) {
      if (code !== 0x7f && code !== 0xa1) named.exact(code)
    }
    expect(named.letters(true)[0]).toBe(0x61)
    expect(named.letters(true)).toContain(0xa1)
    named.exact(0xa1)
    expect(named.letters(true)).toContain(0xe000)
  })
})

describe('rank', () => {
  it('is one order of all letters', () => {
    const ordered = codePoints('az09AZ-_./:@+=, !~\u00a0\u{1f600}\u0000\u001f\u007f\u009f\udc00\udfff')
    expect([...ordered].sort((x, y) => rank(x) - rank(y))).toStrictEqual(ordered)
    expect(new Set(ordered.map(rank)).size).toBe(ordered.length)
  })
})
