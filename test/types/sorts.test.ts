import type * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { Algebra, Document, Ecr, Environment, Lint, Policy } from '../../src/index.js'

const login = Policy.identityOrThrow([Policy.allow({ action: 'ecr:GetAuthorizationToken', resource: '*' })])
const list = Policy.identityOrThrow([Policy.allow({ action: 'ecr:ListImages', resource: '*' })])
const owner = Policy.account('111122223333')
const open = Policy.resourceOrThrow([Policy.allow({ principal: owner, action: 'ecr:BatchGetImage' })])
const found: Document.Document = login
const either = [login, open][0] ?? login
const [grant] = Ecr.grantOrThrow({
  operations: 'pull',
  principals: 'arn:aws:iam::111122223333:role/node',
  repositories: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
}).policies

describe('what is made of a document is of its sort', () => {
  it('minimize and canonical', () => {
    expectTypeOf(Algebra.minimize(login)).toEqualTypeOf<Algebra.Minimized<Document.IdentityDocument>>()
    expectTypeOf(Algebra.minimize(open).document).toEqualTypeOf<Document.ResourceDocument>()
    expectTypeOf(Algebra.minimize(found).document).toEqualTypeOf<Document.Document>()
    expectTypeOf(Algebra.canonical(login).document).toEqualTypeOf<Document.IdentityDocument>()
    expectTypeOf(Algebra.canonical(open).document).toEqualTypeOf<Document.ResourceDocument>()
  })

  it('fit, alone and in a pipe', () => {
    expectTypeOf(Algebra.fit('managed')(login)).toEqualTypeOf<Algebra.Fit<Document.IdentityDocument>>()
    expectTypeOf(pipe(open, Algebra.fit('resource'))).toEqualTypeOf<Algebra.Fit<Document.ResourceDocument>>()
    const fitted = Algebra.fit('managed')(login)
    const identityPolicies = fitted._tag === 'Fits' ? fitted.documents : []
    expect(Environment.make({ identityPolicies }).identityPolicies).toHaveLength(1)
  })

  it('fix, apply and upgrade', () => {
    expectTypeOf(Ecr.fix(login, 'identity').document).toEqualTypeOf<Document.IdentityDocument>()
    expectTypeOf(Lint.fix(open, 'resource').document).toEqualTypeOf<Document.ResourceDocument>()
    expectTypeOf(Lint.apply).returns.toBeCallableWith(login)
    expectTypeOf(Algebra.upgrade(login)).toEqualTypeOf<Document.IdentityDocument>()
  })

  it('merge, intersect and subtract, also where they throw', () => {
    type Made = E.Either<Algebra.Undecided, Document.IdentityDocument>
    expectTypeOf(Algebra.merge(login, list)).toEqualTypeOf<Made>()
    expectTypeOf(Algebra.intersect(login, list)).toEqualTypeOf<Made>()
    expectTypeOf(Algebra.subtract(login, list)).toEqualTypeOf<Made>()
    expectTypeOf(Algebra.mergeOrThrow(open, open)).toEqualTypeOf<Document.ResourceDocument>()
    expectTypeOf(Algebra.mergeAllOrThrow([login, list])).toEqualTypeOf<Document.IdentityDocument>()
  })

  it('nothing at all may come of a list that may be empty', () => {
    const some: readonly Document.IdentityDocument[] = [login]
    expectTypeOf(Algebra.mergeAllOrThrow(some)).toEqualTypeOf<Document.IdentityDocument | undefined>()
    expectTypeOf(Algebra.mergeAll(some)).toEqualTypeOf<
      E.Either<Algebra.Undecided, Document.IdentityDocument | undefined>
    >()
  })

  it('so that it can stand where the document did', () => {
    const environment = Environment.make({
      identityPolicies: [Algebra.minimize(login).document, Ecr.fix(list, 'identity').document],
      resourcePolicy: Algebra.minimize(open).document,
    })
    expect(environment.identityPolicies).toHaveLength(2)
    // @ts-expect-error -- a policy that names principals is no identity policy
    expect(Environment.make({ identityPolicies: [Algebra.minimize(open).document] })).toBeDefined()
  })

  it('a document of either sort is taken as well', () => {
    expectTypeOf(Algebra.minimize(either).document).toEqualTypeOf<
      Document.IdentityDocument | Document.ResourceDocument
    >()
    expect(grant === undefined ? 0 : Algebra.minimize(grant.document).document.statements.length).toBe(2)
  })
})

describe('what a parsed document is', () => {
  it('is known by its kind', () => {
    const json = Document.toJson(login)
    expectTypeOf(Document.parseOrThrow(json, 'identity')).toEqualTypeOf<Document.IdentityDocument>()
    expectTypeOf(Document.parseOrThrow(json, 'scp')).toEqualTypeOf<Document.IdentityDocument>()
    expectTypeOf<Document.DocumentOf<'ecr-repository'>>().toEqualTypeOf<Document.ResourceDocument>()
    expectTypeOf(Document.parseOrThrow(json)).toEqualTypeOf<Document.Document>()
  })

  it('or is asked of the document', () => {
    expectTypeOf(Document.isIdentity).guards.toEqualTypeOf<Document.IdentityDocument>()
    expectTypeOf(Document.isResource).guards.toEqualTypeOf<Document.ResourceDocument>()
  })
})

describe('an access', () => {
  it('is made from another one', () => {
    const access = Ecr.accessOrThrow({
      principal: 'arn:aws:iam::111122223333:role/node',
      identityPolicies: [login],
      context: { 'aws:SourceIp': '203.0.113.7' },
    })
    const inManagement = Ecr.accessOrThrow({ ...access, facts: { principalAccountIsManagement: true } })
    expect(inManagement).toStrictEqual({
      ...access,
      facts: { ...access.facts, principalAccountIsManagement: true },
    })
  })
})
