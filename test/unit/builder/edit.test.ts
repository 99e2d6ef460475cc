import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as Policy from '../../../src/builder/index.js'
import { Document } from '../../../src/model/index.js'

const first = Policy.allow({ sid: 'first', action: 'ecr:GetAuthorizationToken', resource: '*' })
const second = Policy.allow({ sid: 'second', action: 'ecr:ListImages', resource: '*' })
const document = Policy.identityOrThrow([first, second])
const repository = Policy.resourceOrThrow([Policy.allow({ principal: '*', action: 'ecr:BatchGetImage' })])

const sids = (edited: Policy.DocumentDraft): readonly (string | undefined)[] =>
  edited.statements.map((s) => s.sid)

describe('editing a document', () => {
  it('addStatement puts a statement at the end', () => {
    const third = Policy.deny({ sid: 'third', action: 'ecr:PutImage', resource: '*' })
    const edited = pipe(document, Policy.addStatement(third), Policy.identityOrThrow)
    expect(sids(edited)).toStrictEqual(['first', 'second', 'third'])
    expect(sids(document)).toStrictEqual(['first', 'second'])
    const draft = Policy.allow({ principal: Policy.account('111122223333'), action: 'ecr:ListImages' })
    expect(pipe(repository, Policy.addStatement(draft), Policy.resourceOrThrow).statements).toHaveLength(2)
  })

  it('a statement of one document can be added to another', () => {
    const other = Policy.identityOrThrow([second])
    expect(sids(pipe(other, Policy.addStatement(document.statements[0])))).toStrictEqual(['second', 'first'])
    expect(sids(Policy.identityOrThrow([...document.statements, { ...first, sid: 'x' }]))).toHaveLength(3)
  })

  it('an edited document is checked when it is built, like any other', () => {
    const result = pipe(document, Policy.addStatement(first), Policy.identity)
    expect(E.isLeft(result) && result.left.map(({ pointer, code }) => [pointer, code])).toStrictEqual([
      ['/Statement/2/Sid', 'DuplicateSid'],
    ])
  })

  it('mapStatements goes through every statement, with its index', () => {
    const edited = pipe(
      document,
      Policy.mapStatements((statement, i) => Policy.withSid(`s${i.toString()}`)(statement)),
      Policy.identityOrThrow,
    )
    expect(sids(edited)).toStrictEqual(['s0', 's1'])
    expect(sids(pipe(document, Policy.mapStatements(Policy.withoutSid)))).toStrictEqual([
      undefined,
      undefined,
    ])
  })

  it('filterStatements keeps what it is told to keep, and an empty rest cannot be built', () => {
    const edited = pipe(
      document,
      Policy.filterStatements(({ sid }) => sid !== 'first'),
    )
    expect(sids(edited)).toStrictEqual(['second'])
    expect(
      sids(
        pipe(
          document,
          Policy.filterStatements((_, i) => i === 0),
        ),
      ),
    ).toStrictEqual(['first'])
    expect(
      E.isLeft(
        pipe(
          document,
          Policy.filterStatements(() => false),
          Policy.identity,
        ),
      ),
    ).toBe(true)
  })

  it('setVersion and withId replace what was there', () => {
    const edited = pipe(
      document,
      Policy.setVersion('2008-10-17'),
      Policy.withId('a'),
      Policy.withId('b'),
      Policy.identityOrThrow,
    )
    expect([edited.version, edited.id]).toStrictEqual(['2008-10-17', 'b'])
    expect(pipe(edited, Policy.setVersion(undefined), Policy.identityOrThrow).version).toBeUndefined()
    expect(edited.statements).toStrictEqual(document.statements)
  })

  it('mapping with the identity and keeping everything change nothing', () => {
    const edited = pipe(
      document,
      Policy.mapStatements((statement) => statement),
      Policy.filterStatements(() => true),
      Policy.identityOrThrow,
    )
    expect(Document.Eq.equals(edited, document)).toBe(true)
  })
})

describe('editing a statement', () => {
  it('withSid and withoutSid touch nothing but the sid', () => {
    expect(Policy.withSid('x')(first)).toStrictEqual({ ...first, sid: 'x' })
    expect(pipe(first, Policy.withSid('x'), Policy.withoutSid)).toStrictEqual(Policy.withoutSid(first))
    expect(first.sid).toBe('first')
  })

  it('addCondition puts conditions behind those that are there', () => {
    const edited = pipe(
      first,
      Policy.addCondition(Policy.inOrganization('o-1')),
      Policy.addCondition({ Bool: { 'aws:SecureTransport': true } }),
    )
    expect(edited.conditions.map((c) => [c.operator, c.key])).toStrictEqual([
      ['StringEquals', 'aws:PrincipalOrgID'],
      ['Bool', 'aws:SecureTransport'],
    ])
    expect(first.conditions).toStrictEqual([])
  })

  it('addCondition on every statement of a built document', () => {
    const edited = pipe(
      repository,
      Policy.mapStatements(Policy.addCondition(Policy.inOrganization('o-1'))),
      Policy.resourceOrThrow,
    )
    expect(edited.statements[0].conditions).toHaveLength(1)
    expect(repository.statements[0].conditions).toHaveLength(0)
  })

  it('a condition that is there already is refused, not merged', () => {
    const twice = pipe(
      first,
      Policy.addCondition(Policy.inOrganization('o-1')),
      Policy.addCondition(Policy.inOrganization('o-2')),
    )
    const result = Policy.identity([twice])
    expect(E.isLeft(result) && result.left.map(({ pointer, code }) => [pointer, code])).toStrictEqual([
      ['/Statement/0/Condition/StringEquals/aws:PrincipalOrgID', 'DuplicateConditionKey'],
    ])
  })
})
