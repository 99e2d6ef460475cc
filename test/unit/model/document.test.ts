import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/index.js'
import { Context, Document, withStatements } from '../../../src/model/index.js'

const may = { Effect: 'Allow', Action: 'ecr:*' }
const identity = parseOrThrow({ Id: 'i', Statement: { ...may, Resource: '*' } }, 'identity')
const resource = parseOrThrow({ Statement: { ...may, Principal: '*' } }, 'ecr-repository')
const mixed: Document.Document = {
  ...identity,
  statements: [identity.statements[0], resource.statements[0]],
}

describe('the sort of a document', () => {
  it.each([
    ['without principals', identity, [true, false]],
    ['with principals', resource, [false, true]],
    ['with both, made by hand', mixed, [false, false]],
  ] as const)('%s', (_, document, sorts) => {
    expect([Document.isIdentity(document), Document.isResource(document)]).toEqual(sorts)
  })
})

describe('withStatements', () => {
  const [statement] = identity.statements
  const denied = { ...statement, effect: 'Deny' } as const

  it('puts statements of the same sort in the place of the others', () => {
    expect(withStatements(identity, [denied, statement])).toEqual({
      ...identity,
      statements: [denied, statement],
    })
  })

  it('leaves the document as it is when there are none, or when one is of another sort', () => {
    expect(withStatements(identity, [])).toBe(identity)
    expect(withStatements(identity, [denied, resource.statements[0]])).toBe(identity)
    expect(withStatements(mixed, resource.statements).statements).toEqual(resource.statements)
  })
})

describe('Context.make', () => {
  it('leaves a context as it is', () => {
    const context = Context.make({ 'aws:SourceIp': '203.0.113.7', 'aws:TagKeys': ['a', 'b'] })
    expect(Context.make(context)).toBe(context)
  })
})
