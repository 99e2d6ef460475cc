/** Printing in canonical form, and the io-ts codec. */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import { documentCodec, parse, parseOrThrow } from '../../../src/codec/index.js'
import { stringify, toJson } from '../../../src/model/DocumentJson.js'
import * as Document from '../../../src/model/Document.js'
import { granting, identity, policy, resource, statement } from './support.js'

describe('the canonical form', () => {
  it('has elements in the order of the grammar', () => {
    const text = JSON.stringify({
      Statement: [
        {
          Condition: { Bool: { k: true } },
          NotResource: '*',
          NotAction: '*',
          Principal: '*',
          Effect: 'Deny',
          Sid: 'a',
        },
        { Resource: ['*'], Action: ['*', 'ecr:*'], NotPrincipal: { AWS: '111122223333' }, Effect: 'Deny' },
      ],
      Id: 'i',
      Version: '2008-10-17',
    })
    expect(stringify(parseOrThrow(text))).toBe(
      '{"Version":"2008-10-17","Id":"i","Statement":[' +
        '{"Sid":"a","Effect":"Deny","Principal":"*","NotAction":"*","NotResource":"*","Condition":{"Bool":{"k":"true"}}},' +
        '{"Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},"Action":["*","ecr:*"],"Resource":"*"}]}',
    )
  })

  it.each([
    ['everybody', { AWS: '*' }, '*'],
    ['everybody, in a list', { AWS: ['*'] }, '*'],
    [
      'types in their order',
      { CanonicalUser: 'c', Service: ['b.amazonaws.com', 'a.amazonaws.com'], AWS: ['111122223333'] },
      { AWS: '111122223333', Service: ['b.amazonaws.com', 'a.amazonaws.com'], CanonicalUser: 'c' },
    ],
    ['everybody and somebody', { AWS: ['*', '111122223333'] }, { AWS: ['*', '111122223333'] }],
    [
      'everybody and a service',
      { Service: 'a.amazonaws.com', AWS: '*' },
      { AWS: '*', Service: 'a.amazonaws.com' },
    ],
  ])('of a principal: %s', (_, written, printed) => {
    const [only] = [toJson(parseOrThrow(resource({ Principal: written })))['Statement']].flat()
    expect(JSON.stringify(only)).toBe(JSON.stringify({ ...granting, Principal: printed }))
  })

  it('of conditions: values in lists unless there is one, operators and keys in their order, no empty block', () => {
    const block = { StringEquals: { b: ['x', 'y'], a: ['z'] }, Bool: { k: false }, Null: { n: [] } }
    expect(JSON.stringify(toJson(parseOrThrow(identity({ Condition: block })))['Statement'])).toContain(
      '{"StringEquals":{"b":["x","y"],"a":"z"},"Bool":{"k":"false"},"Null":{"n":[]}}',
    )
    expect(JSON.stringify(toJson(parseOrThrow(identity({ Condition: {} }))))).not.toContain('Condition')
  })

  it('of a statement that came alone: a list', () => {
    expect(toJson(parseOrThrow({ Statement: statement }))).toStrictEqual({ Statement: [statement] })
  })
})

describe('documentCodec', () => {
  const codec = documentCodec('identity')

  it('decodes and encodes as parse and toJson do', () => {
    const decoded = codec.decode(policy(statement))
    expect(decoded).toStrictEqual(parse(policy(statement), 'identity'))
    expect(E.map(codec.encode)(decoded)).toStrictEqual(E.right(policy(statement)))
    expect(codec.name).toBe('Document<identity>')
  })

  it('keeps to its kind', () => {
    const document = parseOrThrow(policy(granting))
    expect(E.isLeft(codec.decode(policy(granting)))).toBe(true)
    expect(codec.is(document)).toBe(false)
    expect(documentCodec('resource').is(document)).toBe(true)
    expect([codec.is(undefined), codec.is({}), codec.is({ _tag: 'Document', statements: [] })]).toStrictEqual(
      [false, false, false],
    )
    expect(codec.is(Document.make(parseOrThrow(policy(statement), 'identity').statements))).toBe(true)
  })

  it('composes, with the way to the error as context', () => {
    const outer = t.type({ policies: t.array(codec) })
    const result = outer.decode({
      policies: [policy(statement), identity({ Condition: { Bool: { 'a/b': null } } })],
    })
    const errors = E.isLeft(result) ? result.left : []
    expect(errors.map(({ context }) => context.map(({ key }) => key).join(' '))).toStrictEqual([
      ' policies 1 Statement 0 Condition Bool a/b',
    ])
    expect(errors[0]?.message).toContain('a condition value is')
  })
})
