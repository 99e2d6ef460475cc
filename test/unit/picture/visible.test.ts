import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { code, fenced, html, mermaid, visible } from '../../../src/picture/visible.js'
import { nasty, nastyText } from './nasty.js'

const numbered = (lead: '&#' | '#', text: string): string =>
  text.replace(lead === '#' ? /#(\d+);/gu : /&#(\d+);/gu, (_, its: string) =>
    String.fromCodePoint(Number(its)),
  )

/** What a reader of Markdown sees: the content of a code span or of a code element. */
const readCode = (markdown: string): string | undefined => {
  const span = /^`([^`|\\<>&\s]+(?: [^`|\\<>&\s]+)*)`$/u.exec(markdown)
  if (span !== null) return span[1]
  const element = /^<code>((?:[A-Za-z0-9 ]|&#\d+;)*)<\/code>$/u.exec(markdown)
  return element === null ? undefined : numbered('&#', element[1] ?? '')
}

describe('visible', () => {
  it.each([
    ['a text of letters stays as it is', 'arn:aws:ecr:*:1:repository/a b', 'arn:aws:ecr:*:1:repository/a b'],
    ['a line end becomes a number', 'a\r\nb', 'a\\u{d}\\u{a}b'],
    ['a change of direction becomes a number', 'a\u202eb', 'a\\u{202e}b'],
    ['an escape of the terminal becomes a number', '\u001b[31m', '\\u{1b}[31m'],
    ['a letter without width becomes a number', 'a\u200bb\u00ad', 'a\\u{200b}b\\u{ad}'],
    ['a lone surrogate becomes a number', '\ud800', '\\u{d800}'],
    ['a letter that is none becomes a number', '\ufffe', '\\u{fffe}'],
    ['a tag letter becomes a number', '\u{e0041}', '\\u{e0041}'],
    ['letters of any script stay', 'é漢😀', 'é漢😀'],
  ])('%s', (_, text, shown) => {
    expect(visible(text)).toBe(shown)
  })

  it('leaves nothing that acts', () => {
    fc.assert(fc.property(nastyText, (text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(visible(text))))
  })

  it('of what is visible is the same', () => {
    fc.assert(fc.property(nastyText, (text) => visible(visible(text)) === visible(text)))
  })
})

describe('each escape keeps its place', () => {
  it('html has no letter that XML reads, and reads back', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        expect(html(text)).not.toMatch(/[<>"']|&(?!#\d+;)/u)
        expect(numbered('&#', html(text))).toBe(visible(text))
      }),
    )
  })

  it('mermaid has no letter that Mermaid or the Markdown in it reads, and reads back', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        expect(mermaid(text)).toMatch(/^(?:[A-Za-z0-9 .,:/=-]|#\d+;)*$/u)
        expect(mermaid(text)).not.toMatch(/style|classDef|:\/\/|www\.|^ | $| {2}/u)
        expect(numbered('#', mermaid(text))).toBe(visible(text))
      }),
    )
  })

  it('code is one code span or one element, and reads back', () => {
    fc.assert(fc.property(nastyText, (text) => readCode(code(text)) === visible(text)))
  })

  it.each([
    ['a plain value', 'ecr:Get*', '`ecr:Get*`'],
    ['nothing', '', '<code></code>'],
    ['a pipe', 'a|b', '<code>a&#124;b</code>'],
    ['a backslash at the end', 'a\\', '<code>a&#92;</code>'],
    ['a blank at the end', 'a ', '<code>a&#32;</code>'],
    ['two blanks', 'a  b', '<code>a &#32;b</code>'],
  ])('code of %s', (_, text, markdown) => {
    expect(code(text)).toBe(markdown)
  })

  it('a fence is longer than any run of backticks inside, and the lines are as many as before', () => {
    fc.assert(
      fc.property(fc.array(nastyText, { maxLength: 4 }), (lines) => {
        const [open = '', ...rest] = fenced('diff', lines)
        const fence = open.replace('diff', '')
        expect(rest.at(-1)).toBe(fence)
        expect(rest.slice(0, -1)).toStrictEqual(lines.map(visible))
        expect(rest.slice(0, -1).some((line) => line.includes(fence))).toBe(false)
      }),
    )
  })

  it('the texts to test with need escaping', () => {
    expect(nasty.filter((text) => mermaid(text) === text && html(text) === text)).toStrictEqual([])
  })
})
