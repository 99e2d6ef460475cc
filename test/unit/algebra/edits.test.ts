/** Which statements of two documents belong together, and what was done to each. */
import { describe, expect, it } from 'vitest'
import { changesBetween, inverse, undoing, undone, type Change } from '../../../src/algebra/edits.js'
import { linesOf } from '../../../src/algebra/regionElement.js'
import { parseOrThrow } from '../../../src/codec/document.js'
import type { Document } from '../../../src/model/index.js'

const statement = (fields: object): object => ({
  Effect: 'Allow',
  Action: ['ecr:A', 'ecr:B'],
  Resource: ['*'],
  ...fields,
})
const document = (...statements: readonly object[]): Document.Document =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'identity')

const textOf = (change: Change): string => {
  switch (change._tag) {
    case 'Version':
      return `version ${String(change.before)} to ${String(change.after)}`
    case 'Added':
      return `added ${change.after + 1}`
    case 'Removed':
      return `removed ${change.before + 1}`
    case 'Changed':
      return [
        `${change.before + 1} to ${change.after + 1}`,
        ...change.changes.map(
          ({ element, added, removed }) => `${element} +${added.join()} -${removed.join()}`,
        ),
      ].join('; ')
  }
}
const told = (left: Document.Document, right: Document.Document): readonly string[] =>
  changesBetween(left, right).map(textOf)

const one = statement({})
const condition = (values: readonly string[]): object => ({
  Condition: { StringEquals: { 'aws:username': values } },
})

describe('the change of a statement', () => {
  it.each<[string, object, readonly string[]]>([
    ['nothing', {}, []],
    ['values that were put in', { Action: ['ecr:A', 'ecr:B', 'ecr:C'] }, ['1 to 1; Action +ecr:C -']],
    ['values that were taken out', { Action: ['ecr:A'] }, ['1 to 1; Action + -ecr:B']],
    ['values in the place of others', { Action: ['ecr:A', 'ecr:C'] }, ['1 to 1; Action +ecr:C -ecr:B']],
    ['another effect', { Effect: 'Deny' }, ['1 to 1; Effect +Deny -Allow']],
    ['a new condition', condition(['a']), ['1 to 1; Condition/StringEquals/aws:username +a -']],
    ['a new condition without values', condition([]), ['1 to 1; Condition/StringEquals/aws:username + -']],
  ])('is %s', (_name, fields, expected) => {
    expect(told(document(statement({ Sid: 'S' })), document(statement({ Sid: 'S', ...fields })))).toEqual(
      expected,
    )
  })
})

describe('statements belong together', () => {
  const other = statement({ Action: ['s3:A'], Resource: ['arn:aws:s3:::a'], Effect: 'Deny' })
  it('when they are the same, wherever they stand', () => {
    expect(told(document(one, other), document(other, one))).toEqual([])
  })
  it('when they have the same Sid, however little else', () => {
    const left = document({ ...one, Sid: 'S' }, { ...other, Sid: 'T' })
    const right = document({ ...other, Sid: 'S', Action: ['s3:B'] })
    expect(told(left, right)).toEqual([
      '1 to 1; Effect +Deny -Allow; Action +s3:B -ecr:A,ecr:B; Resource +arn:aws:s3:::a -*',
      'removed 2',
    ])
  })
  it('when they are most alike, the most alike first', () => {
    const left = document(statement({ Action: ['ecr:A', 'ecr:B', 'ecr:C'] }))
    const right = document(
      statement({ Action: ['ecr:A', 'ecr:X', 'ecr:Y'] }),
      statement({ Action: ['ecr:A', 'ecr:B'] }),
    )
    expect(told(left, right)).toEqual(['added 1', '1 to 2; Action + -ecr:C'])
  })
  it('and not when they have too little in common', () => {
    expect(told(document(one), document(other))).toEqual(['added 1', 'removed 1'])
  })
})

describe('the edits of a document', () => {
  it('name another version first', () => {
    const left = parseOrThrow({ Statement: one }, 'identity')
    expect(told(left, document(one))).toEqual(['version undefined to 2012-10-17'])
  })

  const left = document({ ...one, Sid: 'S' }, statement({ Effect: 'Deny', Action: ['s3:A'] }))
  const right = document(statement({ Action: ['kms:A'], Resource: ['arn:aws:kms:::a'] }), {
    ...one,
    Sid: 'S',
    Effect: 'Deny',
  })
  const changes = changesBetween(left, right)

  it('can be undone one by one', () => {
    const [was, is] = [left.statements, right.statements]
    expect(changes.map(textOf)).toEqual(['added 1', '1 to 2; Effect +Deny -Allow', 'removed 2'])
    expect(
      changes.map((change) =>
        undone(undoing(change, left, right), linesOf(right)).map((line) => line.statement),
      ),
    ).toEqual([[is[1]], [is[0], was[0]], [is[0], is[1], was[1]]])
    const [old, now] = [parseOrThrow({ Statement: one }, 'identity'), document(one)]
    const [version] = changesBetween(old, now)
    const lines = version && undone(undoing(version, old, now), linesOf(now))
    expect(lines?.map((line) => line.version)).toEqual([undefined])
  })

  it('have inverses, at the places of the other document', () => {
    const places = (all: readonly Change[]) =>
      all.map((change) => [
        change._tag,
        'before' in change && change.before,
        'after' in change && change.after,
      ])
    expect(places(changes.map(inverse))).toEqual([
      ['Removed', 0, false],
      ['Changed', 1, 0],
      ['Added', false, 1],
    ])
  })
})
