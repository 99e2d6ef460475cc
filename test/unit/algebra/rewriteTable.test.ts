/** Rows at places: which may match a cell, and what becomes of them when two are put together or one goes. */
import { describe, expect, it } from 'vitest'
import { book as bookOf, type Row } from '../../../src/algebra/rewriteBook.js'
import { judge as judgeOf, type Cell } from '../../../src/algebra/rewriteMatch.js'
import { everyCell, standing, table } from '../../../src/algebra/rewriteTable.js'
import { parseOrThrow } from '../../../src/codec/index.js'

type Json = Readonly<Record<string, unknown>>

const allow = (Action: string | readonly string[], name: string): Json => ({
  Effect: 'Allow',
  Action,
  Resource: `arn:aws:s3:::${name}`,
})
const { statements, version } = parseOrThrow({
  Version: '2012-10-17',
  Statement: [
    allow('s3:GetA', 'a'),
    allow('s3:GetB', 'a'),
    allow('s3:Get*', 'b'),
    allow(['s3:GetA', 's3:GetB'], 'a'),
    { Effect: 'Allow', NotAction: 's3:Put*', Resource: 'arn:aws:s3:::a*' },
  ],
})
const book = bookOf(statements, version)
const judge = judgeOf(book)
const [a, b, other, both, rest] = statements.map(book.read) as unknown as readonly [Row, Row, Row, Row, Row]

const cellsOf = (row: Row): readonly Cell[] => {
  const found: Cell[] = [] // local mutation: cell by cell
  everyCell(judge, row, undefined, (cell) => found.push(cell) > 0)
  return found
}

describe('a table', () => {
  it('finds the rows that may match a cell, by its action or its resource', () => {
    const rows = table(book, [a, b, other, rest])
    expect(cellsOf(both).map(rows.near)).toEqual([
      [0, 2, 3],
      [1, 2, 3],
    ])
    expect(cellsOf(rest).map(rows.near)).toEqual([[3]])
  })

  it('has one row for two that are put together, at either place, and again', () => {
    const rows = table(book, [a, other, b, rest])
    rows.join(0, 2, both)
    expect(rows.at).toEqual([both, other, both, rest])
    expect(rows.rows()).toEqual([
      [0, both],
      [1, other],
      [3, rest],
    ])
    expect(
      cellsOf(b).map((cell) => standing(judge, { table: rows, skip: undefined, more: [] }, cell)),
    ).toEqual([2])
    rows.join(0, 3, rest)
    expect(rows.at).toEqual([rest, other, rest, rest])
    expect(rows.rows()).toEqual([
      [0, rest],
      [1, other],
    ])
  })

  it('has a row less where one is taken away', () => {
    const rows = table(book, [a, b, other])
    rows.narrow(1, undefined)
    expect(rows.rows()).toEqual([
      [0, a],
      [2, other],
    ])
    const against = { table: rows, skip: undefined, more: [] }
    expect(cellsOf(b).map((cell) => standing(judge, against, cell))).toEqual(['Escapes'])
    expect(cellsOf(b).map((cell) => standing(judge, { ...against, more: [both] }, cell))).toEqual([-1])
    expect(cellsOf(a).map((cell) => standing(judge, { ...against, skip: 0 }, cell))).toEqual(['Escapes'])
  })
})
