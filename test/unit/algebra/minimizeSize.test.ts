/** What a statement under way will measure as JSON, without writing it. */
import { describe, expect, it } from 'vitest'
import { compareRows, isBetter, measuring, sizes } from '../../../src/algebra/minimizeSize.js'
import type { Item } from '../../../src/algebra/minimizeSteps.js'
import { book as bookOf } from '../../../src/algebra/rewriteBook.js'
import { statementText } from '../../../src/algebra/rewriteForm.js'
import { parseOrThrow } from '../../../src/codec/index.js'

type Json = Readonly<Record<string, unknown>>

const repo = (name: string) => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`
const [one, many] = [repo('a'), [repo('a'), repo('b"\\é')]]
const when = (Condition: Json): Json => ({ Principal: '*', Action: 'ecr:PutImage', Resource: '*', Condition })

const statements: readonly (readonly [string, Json])[] = [
  ['one value each', { Principal: '*', Action: 'ecr:PutImage', Resource: one }],
  ['a Deny', { Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage', Resource: one }],
  ['lists', { Principal: '*', Action: ['ecr:PutImage', 'ecr:GetImage'], Resource: many }],
  ['exceptions', { NotPrincipal: { AWS: '*' }, NotAction: ['ecr:PutImage', 's3:*'], NotResource: many }],
  ['no resource', { Principal: '*', Action: 'ecr:PutImage' }],
  ['a principal', { Principal: { AWS: '111122223333' }, Action: 'ecr:PutImage' }],
  ['principals', { Principal: { AWS: ['111122223333', '444455556666'] }, Action: 'ecr:PutImage' }],
  [
    'principals of several types',
    { Principal: { AWS: ['111122223333', '*'], Service: 'ecr.amazonaws.com' }, Action: 'ecr:PutImage' },
  ],
  ['a condition', when({ StringEquals: { 'v:a': 'x' } })],
  ['values of a condition', when({ StringEquals: { 'v:a': ['x', 'y"'] } })],
  ['no values of a condition', when({ StringEquals: { 'v:a': [] } })],
  ['keys of one operator', when({ StringEquals: { 'v:a': 'x', 'v:bc': ['y', 'z'] } })],
  ['operators', when({ StringEquals: { 'v:a': 'x' }, 'ForAnyValue:StringLikeIfExists': { 'v:a': 'x' } })],
]
const { statements: read } = parseOrThrow({
  Version: '2012-10-17',
  Statement: statements.map(([, fields]) => ({ Effect: 'Allow', ...fields })),
})
const book = bookOf(read, '2012-10-17')
const rows = read.map(book.read)

describe('the characters of a statement are those of its JSON', () => {
  it.each(statements.map(([name], i) => [name, i] as const))('with %s', (_, i) => {
    const row = rows[i]!
    expect(sizes(book)(row)).toBe(statementText(book.write(row)).length)
  })

  it('and of its Sid where it stays', () => {
    const item: Item = {
      row: rows[0]!,
      origin: { _tag: 'Input', index: 0 },
      sid: { text: 'A"' },
      isHull: false,
    }
    const measure = measuring(sizes(book))
    expect(measure([item]).characters).toBe(statementText({ ...read[0], sid: 'A"' }).length)
    const plain = statementText(read[0]).length
    expect(
      measure([
        { ...item, sid: 'several' },
        { ...item, sid: undefined },
      ]).characters,
    ).toBe(2 * plain)
  })
})

describe('the order of statements', () => {
  it('tells all apart, one way round, whatever their order was', () => {
    const sorted = [...rows].sort(compareRows)
    expect([...rows].reverse().sort(compareRows)).toEqual(sorted)
    for (const [i, row] of sorted.entries())
      expect(sorted.map((other) => Math.sign(compareRows(row, other)))).toEqual(
        sorted.map((_, j) => Math.sign(i - j)),
      )
  })

  it('puts fewer statements first, then fewer characters, then the rows that come first', () => {
    const [first, second] = [...rows].sort(compareRows)
    const items = [second!, first!].map((row): Item => ({
      row,
      origin: { _tag: 'Input', index: 0 },
      sid: undefined,
      isHull: false,
    }))
    const [a, b] = [
      { statements: 1, characters: 9, items },
      { statements: 2, characters: 1, items },
    ]
    expect([isBetter(a, b), isBetter(b, a), isBetter(a, a)]).toEqual([true, false, false])
    const less = { ...a, characters: 8 }
    expect([isBetter(less, a), isBetter(a, less)]).toEqual([true, false])
    const [late, early] = [items.slice(0, 1), items.slice(1)].map((each) => ({ ...a, items: each }))
    expect([isBetter(early!, late!), isBetter(late!, early!)]).toEqual([true, false])
  })
})
