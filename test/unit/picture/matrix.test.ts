import { describe, expect, it } from 'vitest'
import { Matrix as Fleet } from '../../../src/ecr/index.js'
import { width } from '../../../src/picture/width.js'
import { Matrix } from '../../../src/pictures.js'
import { fleet, guarded, matrix } from './subjects.js'
import { elementsOf, readXml, textOf } from './xml.js'

const large = fleet(['a', 'b', 'c', 'd'], 50)
const each = { grouped: false } as const

/** The cells of the text that say what is allowed, row by row. */
const board = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n\n')[1]!
    .split('\n')
    .slice(1)
    .map((line) => line.split(/ {2,}/u).slice(1))

describe('a matrix as text', () => {
  it('says of each caller and repository what the matrix says', () => {
    const expected = matrix.principals.map((_, row) =>
      matrix.repositories.map((_, column) =>
        [...Fleet.cells(matrix)]
          .filter((cell) => cell.row === row && cell.column === column)
          .map(({ operation, allowed }) => (allowed ? operation : '·'))
          .join(' '),
      ),
    )
    const drawn = Matrix.toText(matrix, each)
      .split('\n')
      .slice(3, 11)
      .map((line) => [...line.matchAll(/(pull|·) +(push|·)/gu)].map(([, pull, push]) => `${pull} ${push}`))
    expect(drawn).toStrictEqual(expected)
  })

  it('has one row for callers who may do the same, and one column for repositories open to the same', () => {
    expect(board(Matrix.toText(large))).toHaveLength(4)
    expect(Matrix.toText(large)).toContain('a-1, a-2, a-3 and 47 more')
    expect(Matrix.toText(large)).not.toContain('Left out')
  })

  it('begins its columns at the same place in every row', () => {
    const lines = Matrix.toText(matrix, each).split('\n').slice(2, 11)
    const starts = lines.map((line) => width(/^(?:.*?)(?= {2,}(?:1 |pull|·))/u.exec(line)?.[0] ?? ''))
    const firsts = lines.map((line, i) => line.slice(starts[i]).search(/\S/u) + (starts[i] ?? 0))
    expect(new Set(firsts).size).toBe(1)
  })

  it('counts what it leaves out', () => {
    const text = Matrix.toText(large, each)
    expect(text).toContain('Left out: 140 rows with 140 callers.')
    expect(text).toContain('Left out: 188 columns with 188 repositories.')
    expect(Matrix.toText(large, { rows: 1, columns: 3 })).toContain('Left out: 3 rows with 150 callers.')
    expect(Matrix.toText(large, { rows: 1, columns: 3 })).toContain(
      'Left out: 1 column with 50 repositories.',
    )
  })

  it('names as many of a group as it is told', () => {
    expect(Matrix.toText(large, { names: 1 })).toContain('a-1 and 49 more')
    expect(Matrix.toText(large, { names: 50 })).toContain('a-49, a-50  ')
  })
})

describe('a Deny is told from an Allow that is not there', () => {
  const cellsOf = (draw: (name: string) => string): readonly string[] => ['builder', 'reader'].map(draw)

  it('in text, with a legend', () => {
    const [title = ''] = Matrix.toText(guarded).split('\n')
    expect(title).toContain('(· nothing allows it, ✗ a Deny forbids it)')
    expect(board(Matrix.toText(guarded))).toStrictEqual([['pull ✗'], ['pull ·']])
  })

  it('in Markdown, with a legend', () => {
    const lines = Matrix.toMarkdown(guarded).split('\n')
    expect(lines[0]).toContain('✗ a Deny forbids it')
    const drawn = cellsOf((name) => lines.find((line) => line.startsWith(`| \`${name}`)) ?? '')
    expect(drawn[0]).toContain('✓ pull, ✗ push')
    expect(drawn[1]).toContain('✓ pull')
    expect(drawn[1]).not.toContain('push')
  })

  it('in Mermaid, on the arrow', () => {
    expect(Matrix.toMermaid(guarded)).toContain('caller1 -->|"pull, ✗ push"| repository1')
    expect(Matrix.toMermaid(guarded)).toContain('caller2 -->|"pull"| repository1')
  })

  it('in HTML, with a legend', () => {
    const elements = elementsOf(readXml(Matrix.toHtml(guarded)))
    expect(elements.filter(({ name }) => name === 'p').map(textOf)).toContain(
      '✓ is allowed ✗ a Deny forbids it – nothing allows all else',
    )
    expect(elements.filter(({ name }) => name === 'td').map((cell) => textOf(cell).trim())).toStrictEqual([
      '✓ pull ✗ push',
      '✓ pull',
    ])
  })

  it('in SVG, with a legend and in the description', () => {
    const elements = elementsOf(readXml(Matrix.toSvg(guarded)))
    const texts = elements.filter(({ name }) => name === 'text').map(textOf)
    expect(texts).toContain('✓ is allowed, ✗ a Deny forbids it, – nothing allows it')
    expect(texts.filter((text) => /^(?:✓|✗|–)(?: pu|$)/u.test(text))).toStrictEqual([
      '✓ pull',
      '✗ push',
      '✓ pull',
      '–',
    ])
    expect(elements.filter(({ name }) => name === 'desc').map(textOf)[0]).toContain(
      'builder: pull app, base, denied push app, base; reader: pull app, base',
    )
  })

  it('and keeps callers apart who read the same but for it', () => {
    expect(Fleet.toTable(guarded).rows.map(({ cells }) => cells[0])).toStrictEqual([['pull'], ['pull']])
    expect(board(Matrix.toText(guarded))).toHaveLength(2)
  })
})

describe('a matrix in other formats', () => {
  it.each([
    ['Markdown', Matrix.toMarkdown],
    ['Mermaid', Matrix.toMermaid],
    ['SVG', Matrix.toSvg],
    ['HTML', Matrix.toHtml],
  ])('%s counts what it leaves out', (_, draw) => {
    expect(draw(large, { rows: 1, columns: 3 })).toContain('Left out: 3 rows with 150 callers.')
    expect(draw(large, { rows: 1, columns: 3 })).toContain('Left out: 1 column with 50 repositories.')
  })

  it('HTML has every cell, and heads for rows and columns', () => {
    const elements = elementsOf(readXml(Matrix.toHtml(fleet(['a', 'b'], 10), each)))
    const heads = (scope: string) => elements.filter(({ attributes }) => attributes['scope'] === scope)
    expect(heads('row').length).toBe(20)
    expect(heads('col').length).toBe(21)
    const cells = elements.filter(({ name }) => name === 'td').map(textOf)
    expect(cells.length).toBe(400)
    expect(cells.filter((cell) => cell.includes('push')).length).toBe(2 * 10 * 10)
  })

  it('HTML has the names of all, those over the limit behind a fold', () => {
    const text = textOf(readXml(Matrix.toHtml(large)))
    for (const name of ['a-1', 'a-50', 'd/service-50']) expect(text).toContain(name)
  })

  it('Mermaid has no more arrows than Mermaid reads', () => {
    expect(Matrix.toMermaid(large, each).match(/[=-]+>/gu)?.length).toBeLessThanOrEqual(500)
  })
})
