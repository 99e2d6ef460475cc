/** Whatever a policy says is shown and does nothing, in every picture and every format. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visible } from '../../../src/picture/visible.js'
import { Diff, Matrix, Trace, Verdict } from '../../../src/pictures.js'
import { nastyText } from './nasty.js'
import { denied, diff, marker, matrixWithText, unallowed, verdict, withText } from './subjects.js'
import { elementsOf, readXml, textOf, type Element } from './xml.js'

type Drawing = readonly [name: string, draw: (text: string) => string]

const runs = { numRuns: 30 }

// ---- XML ----

const markup: readonly Drawing[] = [
  ['a trace in SVG', (text) => Trace.toSvg(withText(unallowed, text))],
  ['a trace in HTML', (text) => Trace.toHtml(withText(denied, text))],
  ['a verdict in SVG', (text) => Verdict.toSvg(withText(verdict, text))],
  ['a verdict in HTML', (text) => Verdict.toHtml(withText(verdict, text))],
  ['a matrix in SVG', (text) => Matrix.toSvg(matrixWithText(text))],
  ['a matrix in HTML', (text) => Matrix.toHtml(matrixWithText(text))],
]

/** Elements and attributes with what text cannot change: neither breaks of lines nor places. */
const shape = (root: Element): ReadonlySet<string> =>
  new Set(elementsOf(root).map(({ name, attributes }) => [name, ...Object.keys(attributes)].join(' ')))

/** Text of the drawing itself, lines joined; of titles and descriptions only where there is no other. */
const said = (root: Element): string =>
  elementsOf(root)
    .filter(({ name }) => ['text', 'code'].includes(name))
    .map(textOf)
    .join('')

describe('pictures in XML', () => {
  it.each(markup)('%s is well-formed whatever the text, and has no element more for it', (_, draw) => {
    const harmless = shape(readXml(draw('x')))
    fc.assert(
      fc.property(nastyText, (text) => {
        const root = readXml(draw(text))
        expect([...shape(root)].filter((one) => !harmless.has(one) && one !== 'wbr')).toStrictEqual([])
      }),
      runs,
    )
  })

  it.each(markup.filter(([name]) => !name.startsWith('a verdict in SVG')))(
    '%s shows the whole text',
    (_, draw) => {
      fc.assert(
        fc.property(nastyText, (text) => said(readXml(draw(text))).includes(visible(text))),
        runs,
      )
    },
  )

  it.each(markup)('%s has no script, link or address of another file', (_, draw) => {
    const elements = elementsOf(readXml(draw('x')))
    expect(
      elements.filter(({ name }) => ['script', 'a', 'img', 'image', 'link', 'use'].includes(name)),
    ).toStrictEqual([])
    expect(
      elements
        .flatMap(({ attributes }) => Object.keys(attributes))
        .filter((name) => /^on|href|src/u.test(name)),
    ).toStrictEqual([])
    expect(draw('x')).not.toMatch(/url\(|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg")/u)
  })
})

// ---- Markdown ----

const markdown: readonly Drawing[] = [
  ['a trace', (text) => Trace.toMarkdown(withText(unallowed, text))],
  ['a verdict', (text) => Verdict.toMarkdown(withText(verdict, text))],
  ['a matrix', (text) => Matrix.toMarkdown(matrixWithText(text))],
  ['a difference', (text) => Diff.toMarkdown(withText(diff, text))],
]

/** How a line begins, and for a row of a table its number of cells: what a reader takes the line for. */
const kindOf = (line: string): string =>
  line.startsWith('|')
    ? `row of ${line.replace(/\\\|/gu, '').split('|').length}`
    : (/^(?:<\/?[a-z]+>|[-+~] ?|`{3,}|\*\*)/u.exec(line)?.[0] ?? 'text')

const kinds = (page: string): readonly string[] =>
  page.split('\n').map((line) => kindOf(line).replace(/^`+$/u, 'fence'))

describe('pictures in Markdown', () => {
  it.each(markdown)('%s has the same lines and cells whatever the text', (_, draw) => {
    const harmless = kinds(draw('x'))
    fc.assert(
      fc.property(nastyText, (text) => {
        expect(kinds(draw(text))).toStrictEqual(harmless)
      }),
      runs,
    )
  })

  it.each(markdown)('%s has no element but its own outside of code', (_, draw) => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const [before = '', , after = ''] = draw(text).split(/^(`{3,})diff$[\s\S]*^\1$/mu)
        const outside = `${before}${after}`.replace(/`[^`\n]+`/gu, '')
        expect(outside.replace(/<\/?(?:details|summary|code|br)>/gu, '')).not.toMatch(/[<>`\\]|&(?!#\d+;)/u)
      }),
      runs,
    )
  })
})

// ---- Mermaid ----

const mermaid: readonly Drawing[] = [
  ['a trace', (text) => Trace.toMermaid(withText(denied, text))],
  ['a verdict', (text) => Verdict.toMermaid(withText(verdict, text))],
  ['a matrix', (text) => Matrix.toMermaid(matrixWithText(text))],
]

const label = String.raw`"(?:[A-Za-z0-9 .,:/=()✓✗○·–-]|#\d+;|<br/>)*"`
const statements = [
  'flowchart (?:TD|LR)',
  String.raw`\w+(?:\[${label}\]|\(\[${label}\]\)|\{\{${label}\}\})`,
  String.raw`\w+ (?:-->|==>|-\.->)(?:\|${label}\|)? \w+`,
  String.raw`classDef \w+ fill:#\w+,stroke:#\w+,color:#\w+`,
  String.raw`class \w+(?:,\w+)* \w+`,
]
const line = new RegExp(`^ *(?:${statements.join('|')})$`, 'u')

describe('pictures in Mermaid', () => {
  it.each(mermaid)('%s has the same lines whatever the text, each of them a statement', (_, draw) => {
    const harmless = draw('x').split('\n').length
    fc.assert(
      fc.property(nastyText, (text) => {
        const lines = draw(text).split('\n')
        expect(lines).toHaveLength(harmless)
        expect(lines.filter((one) => !line.test(one))).toStrictEqual([])
      }),
      runs,
    )
  })
})

// ---- text ----

const plain: readonly Drawing[] = [
  ['a trace', (text) => Trace.toText(withText(unallowed, text), { colour: true })],
  ['a verdict', (text) => Verdict.toText(withText(verdict, text), { colour: true })],
  ['a matrix', (text) => Matrix.toText(matrixWithText(text), { colour: true })],
  ['a difference', (text) => Diff.toText(withText(diff, text), { colour: true })],
]

const colours = /\u001b\[\d+m/gu

describe('pictures in text', () => {
  it.each(plain)('%s has the same number of lines and colours whatever the text', (_, draw) => {
    const counts = (page: string): readonly number[] => [
      page.split('\n').length,
      page.match(colours)?.length ?? 0,
    ]
    const harmless = counts(draw('x'))
    fc.assert(
      fc.property(nastyText, (text) => {
        expect(counts(draw(text))).toStrictEqual(harmless)
      }),
      runs,
    )
  })

  it.each(plain)('%s has no letter that acts but its own line ends and colours', (_, draw) => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const letters = draw(text).replace(colours, '').replaceAll('\n', '')
        expect(letters).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      }),
      runs,
    )
  })
})

describe('the subjects', () => {
  it('do hold the marker that other texts are put in place of', () => {
    for (const subject of [unallowed, denied, verdict, diff])
      expect(JSON.stringify(subject)).toContain(marker)
  })
})
