/** Statements cut and packed; what counts as room is here the letters of their JSON. */
import { describe, expect, it } from 'vitest'
import { chunks, cut, fill, type Piece } from '../../../src/algebra/fitPieces.js'
import { parseOrThrow } from '../../../src/codec/document.js'
import type { Statement } from '../../../src/model/index.js'

const statementOf = (fields: object): Statement.Statement =>
  parseOrThrow(
    { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: ['ecr:*'], Resource: ['*'], ...fields } },
    'identity',
  ).statements[0]

/** One for each letter of a resource, ten for anything else. */
const sizeOf = ({ resource }: Statement.Statement): number =>
  10 + (resource._tag === 'Attached' ? 0 : resource.patterns.reduce((sum, { length }) => sum + length, 0))
const pieceOf = (fields: object): Piece => {
  const statement = statementOf(fields)
  return { statement, size: sizeOf(statement) }
}
const listOf = ({ statement: { resource } }: Piece): string =>
  resource._tag === 'Attached' ? '' : resource.patterns.join(' ')

const Resource = ['arn:aws:s3:::a', 'arn:aws:s3:::b', 'arn:aws:s3:::c', 'arn:aws:s3:::d', 'arn:aws:s3:::e']
const letters = (piece: Piece): string => listOf(piece).replaceAll('arn:aws:s3:::', '')

describe('cut', () => {
  it.each([
    [24, 'a', 'b c d e'],
    [37, 'a', 'b c d e'],
    [38, 'a b', 'c d e'],
    [52, 'a b c', 'd e'],
    [79, 'a b c d', 'e'],
  ])('cuts as much as there is room for in %i: %s, and %s', (room, head, tail) => {
    const found = cut(sizeOf, room)(pieceOf({ Sid: 'S', Resource }))
    expect(found?.map(letters)).toEqual([head, tail])
    expect(found?.map(({ size }) => size)).toEqual(found?.map(({ statement }) => sizeOf(statement)))
    expect(found?.map(({ statement }) => statement.sid)).toEqual(['S', undefined])
  })
  it('cuts nothing where not even one value has room, where all have, and where there is one', () => {
    expect(cut(sizeOf, 23)(pieceOf({ Resource }))).toBeUndefined()
    expect(cut(sizeOf, 80)(pieceOf({ Resource }))).toBeUndefined()
    expect(cut(sizeOf, 24)(pieceOf({ Resource: [Resource[0]] }))).toBeUndefined()
  })
  it('cuts the longest of the lists that are unions, and no exceptions', () => {
    const actions = ['ecr:BatchGetImage', 'ecr:BatchDeleteImage', 'ecr:GetDownloadUrlForLayer']
    const byAction = cut(() => 1, 1)(pieceOf({ Action: actions, Resource: Resource.slice(0, 2) }))
    expect(byAction).toBeUndefined()
    const [head, tail] =
      cut(
        ({ action }) => action.patterns.length,
        2,
      )(pieceOf({ Action: actions, Resource: Resource.slice(0, 2) })) ?? []
    expect([head, tail].map((piece) => piece?.statement.action.patterns)).toEqual([
      actions.slice(0, 2),
      actions.slice(2),
    ])
    expect(cut(sizeOf, 24)(pieceOf({ Resource: undefined, NotResource: Resource }))).toBeUndefined()
  })
})

describe('chunks', () => {
  it('is the statement itself where it has room', () => {
    const piece = pieceOf({ Sid: 'S', Resource })
    expect(chunks(sizeOf, 80)(piece)).toEqual([piece])
  })
  it.each([
    [79, ['a b c d', 'e']],
    [52, ['a b c', 'd e']],
    [38, ['a b', 'c d', 'e']],
    [24, ['a', 'b', 'c', 'd', 'e']],
  ])('of room %i are %j', (room, expected) => {
    expect(chunks(sizeOf, room)(pieceOf({ Resource }))?.map(letters)).toEqual(expected)
  })
  it('are none where no cut helps', () => {
    expect(chunks(sizeOf, 23)(pieceOf({ Resource }))).toBeUndefined()
    expect(chunks(sizeOf, 24)(pieceOf({ Resource: undefined, NotResource: Resource }))).toBeUndefined()
  })
  it('are cut by the next list where one value of the longest is too much', () => {
    const size = ({ action, resource }: Statement.Statement): number =>
      action.patterns.length * 10 + (resource._tag === 'Attached' ? 0 : resource.patterns.length)
    const two = statementOf({ Action: ['ecr:PutImage', 'ecr:BatchGetImage'], Resource: Resource.slice(0, 3) })
    const found = chunks(size, 11)({ statement: two, size: size(two) })
    expect(found?.map((piece) => `${piece.statement.action.patterns.join()} ${letters(piece)}`)).toEqual([
      'ecr:PutImage a',
      'ecr:BatchGetImage a',
      'ecr:PutImage b',
      'ecr:PutImage c',
      'ecr:BatchGetImage b',
      'ecr:BatchGetImage c',
    ])
  })
})

describe('fill', () => {
  const of = (...sizes: readonly number[]): readonly Piece[] =>
    sizes.map((size) => ({ statement: statementOf({}), size }))
  const filled = (capacity: number, enough: number, ...sizes: readonly number[]) =>
    fill(sizeOf, capacity, enough)(of(...sizes)).map((part) => part.map(({ size }) => size))

  it('has the small beside the large, with a comma between', () => {
    expect(filled(9, 2, 2, 2, 6, 6)).toEqual([
      [6, 2],
      [6, 2],
    ])
    expect(filled(8, 9, 2, 2, 6, 6)).toEqual([[6], [6], [2, 2]])
  })
  it('cuts where that saves a part, and only if there are too many', () => {
    const three = [pieceOf({ Resource: Resource.slice(0, 3) }), pieceOf({ Resource: Resource.slice(3) })]
    const parts = (capacity: number, enough: number) =>
      fill(sizeOf, capacity, enough)([...three, ...three]).map((part) => part.map(letters))
    expect(parts(120, 4)).toEqual([
      ['a b c', 'a b c'],
      ['d e', 'd e'],
    ])
    expect(parts(100, 3)).toEqual([
      ['a b c', 'd e'],
      ['a b c', 'd e'],
    ])
    expect(parts(66, 4)).toEqual([['a b c'], ['a b c'], ['d e'], ['d e']])
    expect(parts(66, 3).flat().length).toBeGreaterThanOrEqual(4)
  })
})
