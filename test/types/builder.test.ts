import { describe, expect, expectTypeOf, it } from 'vitest'
import type * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as Policy from '../../src/builder/index.js'
import type { Action, Document, EcrAction } from '../../src/model/index.js'

const text: string = ['ecr', 'ListImages'].join(':')
const account = Policy.account('111122223333')

describe('the sort of a statement is known to the compiler', () => {
  it('without a principal it is an identity statement, with one a resource statement', () => {
    expectTypeOf(Policy.allow({ action: 'ecr:*', resource: '*' })).toEqualTypeOf<Policy.IdentityDraft>()
    expectTypeOf(Policy.deny({ notAction: 'ecr:*', notResource: '*' })).toEqualTypeOf<Policy.IdentityDraft>()
    expectTypeOf(Policy.allow({ principal: account, action: '*' })).toEqualTypeOf<Policy.ResourceDraft>()
    expectTypeOf(Policy.allow({ principal: [], action: '*' })).toEqualTypeOf<Policy.ResourceDraft>()
    const notPrincipal: readonly string[] = ['111122223333']
    expectTypeOf(
      Policy.deny({ notPrincipal, action: '*', resource: '*' }),
    ).toEqualTypeOf<Policy.ResourceDraft>()
  })

  it('building gives a document of that sort', () => {
    expectTypeOf(Policy.identity).returns.toEqualTypeOf<
      E.Either<Policy.BuildErrors, Document.IdentityDocument>
    >()
    expectTypeOf(Policy.identityOrThrow).returns.toEqualTypeOf<Document.IdentityDocument>()
    expectTypeOf(Policy.resource).returns.toEqualTypeOf<
      E.Either<Policy.BuildErrors, Document.ResourceDocument>
    >()
    expectTypeOf(Policy.resourceOrThrow).returns.toEqualTypeOf<Document.ResourceDocument>()
  })

  it('every document and statement is a draft, and an edited one is no document until it is built', () => {
    expectTypeOf<Document.IdentityDocument>().toExtend<Policy.DocumentDraft<Policy.IdentityDraft>>()
    expectTypeOf<Document.ResourceDocument>().toExtend<Policy.DocumentDraft<Policy.ResourceDraft>>()
    expectTypeOf<Policy.DocumentDraft<Policy.IdentityDraft>>().not.toExtend<Document.IdentityDocument>()
    const document = Policy.identityOrThrow([Policy.allow({ action: 'ecr:*', resource: '*' })])
    expectTypeOf(pipe(document, Policy.mapStatements(Policy.withSid('a')))).toEqualTypeOf<
      Policy.DocumentDraft<Policy.IdentityDraft>
    >()
    expectTypeOf(pipe(document.statements[0], Policy.withoutSid)).toEqualTypeOf<Policy.IdentityDraft>()
  })
})

describe('what compiles', () => {
  it('actions of ECR, of other services, with wildcards, and texts that were marked', () => {
    const names: readonly EcrAction[] = ['ecr:PutImage']
    const others: readonly ('s3:GetObject' | 'sts:AssumeRole')[] = ['s3:GetObject']
    const marked = [text].map(Policy.action)
    const lists = [
      Policy.allow({
        action: ['ecr:PutImage', 's3:GetObject', 'ecr:Get*', 'ecr:?utImage', '*'],
        resource: '*',
      }),
      Policy.allow({ action: names, resource: '*' }),
      Policy.allow({ action: others, resource: '*' }),
      Policy.allow({ action: marked, resource: '*' }),
      Policy.allow({ action: Policy.action(text), resource: '*' }),
      Policy.allow({ action: [...names, ...others, ...marked, 'ecr:Get*'], resource: '*' }),
      Policy.allow({ action: Policy.actions(['ecr:PutImage', 's3:GetObject']), resource: '*' }),
    ]
    expect(lists.map(({ action }) => action.patterns.length)).toStrictEqual([5, 1, 1, 1, 1, 4, 2])
    expectTypeOf<Policy.ActionEntry<Action.ActionPattern>>().toEqualTypeOf<Action.ActionPattern>()
  })

  it('optional elements given as undefined', () => {
    const [statement] = Policy.identityOrThrow([
      Policy.allow({ action: 'ecr:*', resource: '*', sid: undefined, condition: undefined }),
    ]).statements
    expect([statement.sid, statement.conditions]).toStrictEqual([undefined, []])
  })
})

/** Never run: these lines are there for the compiler to refuse. */
export const refused = (): readonly unknown[] => [
  // @ts-expect-error -- an ECR action that does not exist
  Policy.allow({ action: 'ecr:DescribeImage', resource: '*' }),
  // @ts-expect-error -- one such among others
  Policy.allow({ action: ['ecr:PutImage', 'ecr:DescribeImage'], resource: '*' }),
  // @ts-expect-error -- one such in a shared list
  Policy.actions(['ecr:PutImage', 'ecr:DescribeImage']),
  // @ts-expect-error -- an action without its service
  Policy.allow({ action: 'PutImage', resource: '*' }),
  // @ts-expect-error -- text that nobody checked
  Policy.allow({ action: text, resource: '*' }),
  // @ts-expect-error -- a list of such text
  Policy.allow({ action: [text], resource: '*' }),
  // @ts-expect-error -- Action and NotAction together
  Policy.allow({ action: 'ecr:PutImage', notAction: 'ecr:ListImages', resource: '*' }),
  // @ts-expect-error -- neither Action nor NotAction
  Policy.allow({ resource: '*' }),
  // @ts-expect-error -- Resource and NotResource together
  Policy.allow({ action: 'ecr:PutImage', resource: '*', notResource: '*' }),
  // @ts-expect-error -- Principal and NotPrincipal together
  Policy.allow({ action: 'ecr:PutImage', principal: '*', notPrincipal: '*' }),
  // @ts-expect-error -- neither resource nor principal
  Policy.allow({ action: 'ecr:PutImage' }),
  // @ts-expect-error -- an element that does not exist
  Policy.allow({ action: 'ecr:PutImage', resource: '*', effect: 'Deny' }),
  // @ts-expect-error -- a principal that may be missing
  Policy.allow({ action: 'ecr:PutImage', resource: '*', principal: undefined }),
  // @ts-expect-error -- an operator that does not exist
  Policy.allow({ action: 'ecr:PutImage', resource: '*', condition: { StringEqual: { k: 'v' } } }),
  // @ts-expect-error -- Null takes no IfExists
  Policy.condition('NullIfExists', 'aws:username', true),
  // @ts-expect-error -- a condition value is text, number or boolean
  Policy.condition('StringEquals', 'aws:username', null),
  // @ts-expect-error -- a principal in an identity policy
  Policy.identity([Policy.allow({ principal: account, action: 'ecr:PutImage', resource: '*' })]),
  // @ts-expect-error -- a NotPrincipal in an identity policy
  Policy.identity([Policy.deny({ notPrincipal: account, action: 'ecr:PutImage', resource: '*' })]),
  // @ts-expect-error -- a resource policy whose statement lacks a principal
  Policy.resource([Policy.allow({ action: 'ecr:PutImage', resource: '*' })]),
  // @ts-expect-error -- a statement without an effect
  Policy.identity([{ action: 'ecr:PutImage', resource: '*' }]),
  // @ts-expect-error -- a partition that does not exist
  Policy.role('111122223333', 'node', { partition: 'aws-mars' }),
  // @ts-expect-error -- a version that does not exist
  Policy.setVersion('2012-10-71'),
  // @ts-expect-error -- a resource statement added to an identity policy
  Policy.addStatement(Policy.allow({ principal: account, action: 'ecr:*' }))(identity()),
]

const identity = (): Document.IdentityDocument =>
  Policy.identityOrThrow([Policy.allow({ action: 'ecr:*', resource: '*' })])

/** Never run: drafts are read-only. */
export const unwritable = (draft: Policy.IdentityDraft, document: Policy.DocumentDraft): void => {
  // @ts-expect-error -- a field of a draft
  draft.effect = 'Deny'
  // @ts-expect-error -- an entry of a list in a draft
  draft.action.patterns[0] = 'ecr:*'
  // @ts-expect-error -- the list of statements
  document.statements.push(draft)
}
