import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { padded, shortened, widest, width, wrapped } from '../../../src/picture/width.js'
import { nastyText } from './nasty.js'

describe('width', () => {
  it.each([
    ['Latin letters take one column each', 'role/é', 6],
    ['Chinese letters take two', '漢字', 4],
    ['fullwidth letters take two', 'ｆ１', 4],
    ['Hangul syllables take two', '한', 2],
    ['pictographs take two', '😀', 2],
    ['combining marks take none', 'e\u0301', 1],
    ['the marks of the pictures take one', '✓✗○·–◀', 6],
  ])('%s', (_, text, columns) => {
    expect(width(text)).toBe(columns)
  })

  it('of a padded text is what was asked, or its own', () => {
    fc.assert(
      fc.property(
        nastyText,
        fc.nat(40),
        (text, columns) => width(padded(columns)(text)) === Math.max(columns, width(text)),
      ),
    )
  })

  it('of the widest is none less', () => {
    fc.assert(
      fc.property(fc.array(nastyText), (texts) => texts.every((text) => width(text) <= widest(texts))),
    )
  })
})

describe('wrapped', () => {
  it.each([
    ['a text that fits stays whole', 'a b c', ['a b c']],
    ['words stay together', 'the key is missing', ['the key is ', 'missing']],
    ['a long word breaks behind its marks', 'arn:aws:ecr:eu-west-1', ['arn:aws:', 'ecr:eu-', 'west-1']],
    ['a long part breaks anywhere', 'abcdefghijklmn', ['abcdefghij', 'klmn']],
    ['wide letters count twice', '漢漢漢漢漢漢', ['漢漢漢漢漢', '漢']],
  ])('%s', (_, text, lines) => {
    expect(wrapped(10)(text)).toStrictEqual(lines)
  })

  it('loses nothing', () => {
    fc.assert(
      fc.property(
        nastyText,
        fc.integer({ min: 2, max: 30 }),
        (text, columns) => wrapped(columns)(text).join('') === text,
      ),
    )
  })

  it('has no line that is too wide, a blank at its end aside', () => {
    fc.assert(
      fc.property(nastyText, fc.integer({ min: 2, max: 30 }), (text, columns) =>
        wrapped(columns)(text).every((line) => width(line.trimEnd()) <= columns),
      ),
    )
  })
})

describe('shortened', () => {
  it.each([
    ['a prefix ends behind a colon or a slash', ['x:role/ab', 'x:role/ac'], 'x:role/', ['ab', 'ac']],
    ['names that share nothing stay', ['a:b', 'c:d'], '', ['a:b', 'c:d']],
    ['no name becomes empty', ['a/', 'a/b'], '', ['a/', 'a/b']],
    ['one name keeps its last part', ['arn:aws:iam::1:role/a'], 'arn:aws:iam::1:role/', ['a']],
    ['nothing has no prefix', [], '', []],
  ])('%s', (_, names, prefix, short) => {
    expect(shortened(names)).toStrictEqual({ prefix, names: short })
  })

  it('gives names back with their prefix', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ':', '/'), minLength: 1 })),
        (names) => {
          const { prefix, names: short } = shortened(names)
          expect(short.map((name) => prefix + name)).toStrictEqual(names)
          expect(short).not.toContain('')
        },
      ),
    )
  })
})
