/**
 * From draft to document. Everything that the compiler could not check is checked here, all at once: every problem is
 * reported, each with its place.
 *
 * Laws: 1. `identity(document)` equals `document` for a document that it built itself (and so `resource`)
 *       2. statements come out in the order in which they went in
 * Source: GR-4, GR-10, GR-15, U-20.
 *
 * @since 0.1.0
 */
import { sequenceS } from 'fp-ts/lib/Apply.js'
import * as E from 'fp-ts/lib/Either.js'
import * as NEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { Document, Frozen, getOrThrow, Given, Problem, Statement } from '../model/index.js'
import {
  at,
  below,
  collect,
  refuse,
  show,
  type BuildError,
  type BuildErrors,
  type Checked,
} from './BuildError.js'
import type { DocumentDraft, IdentityDraft, ResourceDraft, StatementDraft } from './Draft.js'
import * as leaves from './leaves.js'
import type { Surroundings } from './leaves.js'

const struct = sequenceS(E.getApplicativeValidation(NEA.getSemigroup<BuildError>()))

// ---- constructors ----

/**
 * A document of version 2012-10-17, not yet checked.
 *
 * @category constructors
 * @since 0.1.0
 */
export const draft = <D extends StatementDraft>(statements: readonly D[]): DocumentDraft<D> => ({
  _tag: 'Document',
  version: '2012-10-17',
  id: undefined,
  statements: [...statements],
})

/**
 * Builds a policy without principals: identity policy, boundary, session policy, SCP. Takes its statements, or a
 * document that was edited.
 *
 * **Errors** every problem of every text, statement by statement, and last `DuplicateSid`; also `InvalidSid` (GR-10)
 * and `EmptyList`.
 * **Cost** linear in the text.
 *
 * @example
 * import { Policy } from 'ecr-policy'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * E.isRight(Policy.identity([Policy.allow({ action: 'ecr:GetAuthorizationToken', resource: '*' })])) // => true
 * E.isRight(Policy.identity([Policy.allow({ action: 'ecr:BatchGetImage', resource: 'app' })])) // => false
 *
 * @category constructors
 * @since 0.1.0
 */
export const identity = (
  input: readonly IdentityDraft[] | DocumentDraft<IdentityDraft>,
): Checked<Document.IdentityDocument> => build('IdentityStatement', identityStatement, input)

/**
 * Builds a policy without principals, or throws one error that lists every problem.
 *
 * @example
 * import { Policy } from 'ecr-policy'
 *
 * Policy.identityOrThrow([Policy.allow({ action: 'ecr:GetAuthorizationToken', resource: '*' })]).version // => '2012-10-17'
 *
 * @category constructors
 * @since 0.1.0
 */
export const identityOrThrow = (
  input: readonly IdentityDraft[] | DocumentDraft<IdentityDraft>,
): Document.IdentityDocument => getOrThrow(show)(identity(input))

/**
 * Builds a policy that names principals: repository, registry, bucket, trust or endpoint policy, RCP. Takes its
 * statements, or a document that was edited.
 *
 * Rules that hold for some of these kinds only (sizes, a trust policy's lack of resources) are not checked here.
 *
 * **Errors** every problem of every text, statement by statement; also `EmptyList`.
 * **Cost** linear in the text.
 *
 * @category constructors
 * @since 0.1.0
 */
export const resource = (
  input: readonly ResourceDraft[] | DocumentDraft<ResourceDraft>,
): Checked<Document.ResourceDocument> => build('ResourceStatement', resourceStatement, input)

/**
 * Builds a policy that names principals, or throws one error that lists every problem.
 *
 * @example
 * import { Policy } from 'ecr-policy'
 *
 * const owner = Policy.account('111122223333')
 * Policy.resourceOrThrow([Policy.allow({ principal: owner, action: 'ecr:BatchGetImage' })]).statements.length // => 1
 *
 * @category constructors
 * @since 0.1.0
 */
export const resourceOrThrow = (
  input: readonly ResourceDraft[] | DocumentDraft<ResourceDraft>,
): Document.ResourceDocument => getOrThrow(show)(resource(input))

const isStatements = <D extends StatementDraft>(
  input: readonly D[] | DocumentDraft<D>,
): input is readonly D[] => Array.isArray(input)

const mends: Readonly<Record<StatementDraft['_tag'], string>> = {
  IdentityStatement: 'leave out `principal`, or build it with `Policy.resource`',
  ResourceStatement: 'say `principal`, or build it with `Policy.identity`',
}

/** What types rule out, for those who write none: a statement without a list, or one of the other sort. */
const faultIn = (sort: StatementDraft['_tag'], statements: unknown): BuildErrors | undefined => {
  if (!Given.isList(statements))
    return oneFault('/Statement', {
      code: statements === undefined ? 'MissingElement' : 'InvalidType',
      message: `a policy is built from a list of statements, and this is ${Given.sortOf(statements)}`,
      suggestion: Given.isRecord(statements) ? 'put the statement into a list: `[statement]`' : undefined,
    })
  const place = statements.findIndex((each) => !Given.isRecord(each) || each['_tag'] !== sort)
  if (place === -1) return undefined
  const tag = Given.isRecord(statements[place]) ? statements[place]['_tag'] : undefined
  return oneFault(
    below('/Statement', place),
    tag === 'IdentityStatement' || tag === 'ResourceStatement'
      ? {
          code: 'InvalidKind',
          message: `this policy is one ${sort === 'IdentityStatement' ? 'without' : 'with'} principals, and this statement is not`,
          suggestion: mends[sort],
        }
      : {
          code: 'InvalidType',
          message: `a statement is what \`Policy.allow\` or \`Policy.deny\` gives, and this is ${Given.sortOf(statements[place])}`,
          suggestion: 'JSON is read by `Document.parse`',
        },
  )
}

const oneFault = (pointer: string, fault: Problem.Problem): BuildErrors => [{ pointer, ...fault }]

const isWhole = (given: unknown): given is Readonly<Record<string, unknown>> =>
  Given.isRecord(given) && Object.hasOwn(given, 'statements')

const build = <D extends StatementDraft, S extends Statement.Statement>(
  sort: D['_tag'],
  read: (around: Surroundings) => (path: string) => (statement: D) => Checked<S>,
  input: readonly D[] | DocumentDraft<D>,
): Checked<Document.Document<S>> => {
  const given: unknown = input
  const fault = faultIn(sort, isWhole(given) ? given['statements'] : given)
  if (fault !== undefined) return E.left(fault)
  const { version, id, statements } = isStatements(input) ? draft(input) : input
  const around = { sort, version }
  const fields = struct({
    id: id === undefined ? E.right(undefined) : leaves.text(around)('/Id')(id),
    statements: leaves.listOf(read(around))('/Statement')(statements),
    sids: sort === 'IdentityStatement' ? uniqueSids(statements) : E.right([]),
  })
  return E.isLeft(fields)
    ? fields
    : E.right(Frozen.deep({ ...Document.make(fields.right.statements), version, id: fields.right.id }))
}

// ---- statements ----

const identityStatement =
  (around: Surroundings) =>
  (path: string) =>
  (statement: IdentityDraft): Checked<Statement.IdentityStatement> => {
    const fields = struct({
      ...common(around, path, statement),
      resource: listedResources(around, path, statement.resource),
    })
    return E.isLeft(fields)
      ? fields
      : E.right(Statement.identity({ ...fields.right, effect: statement.effect }))
  }

const resourceStatement =
  (around: Surroundings) =>
  (path: string) =>
  (statement: ResourceDraft): Checked<Statement.ResourceStatement> => {
    const { principal, resource: resources } = statement
    const fields = struct({
      ...common(around, path, statement),
      principals: leaves.principals(around)(below(path, principal._tag))(principal.principals),
      resource:
        resources._tag === 'Attached'
          ? E.right({ _tag: 'Attached' as const })
          : listedResources(around, path, resources),
    })
    if (E.isLeft(fields)) return fields
    const { principals, ...rest } = fields.right
    return E.right(
      Statement.resource({
        ...rest,
        effect: statement.effect,
        principal: { _tag: principal._tag, principals },
      }),
    )
  }

const common = (around: Surroundings, path: string, statement: StatementDraft) => ({
  sid: sidOf(around, path, statement.sid),
  action: clause(statement.action._tag, leaves.listOf(leaves.action), path, statement.action.patterns),
  conditions: leaves.conditions(around)(below(path, 'Condition'))(statement.conditions),
})

const listedResources = (around: Surroundings, path: string, resources: IdentityDraft['resource']) =>
  clause(resources._tag, leaves.listOf(leaves.resource(around)), path, resources.patterns)

const clause = <Tag extends string, P>(
  tag: Tag,
  read: (path: string) => (patterns: readonly string[]) => Checked<P>,
  path: string,
  patterns: readonly string[],
): Checked<{ readonly _tag: Tag; readonly patterns: P }> => {
  const result = read(below(path, tag))(patterns)
  return E.isLeft(result) ? result : E.right({ _tag: tag, patterns: result.right })
}

const sidOf = (around: Surroundings, path: string, sid: string | undefined): Checked<string | undefined> => {
  if (sid === undefined) return E.right(undefined)
  const here = below(path, 'Sid')
  if (around.sort === 'ResourceStatement') return leaves.text(around)(here)(sid)
  return at(here)(
    /^[A-Za-z0-9]*$/.test(sid)
      ? E.right(sid)
      : E.left(
          Problem.problem(
            'InvalidSid',
            `${Problem.quote(sid)} is not a Sid: IAM takes letters A to Z and digits only`,
            /[A-Za-z0-9]/.test(sid) ? `write \`${sid.replace(/[^A-Za-z0-9]/g, '')}\`` : undefined,
          ),
        ),
  )
}

/** U-20: in IAM a Sid stands once, the empty one aside. */
const uniqueSids = (statements: readonly StatementDraft[]): Checked<readonly never[]> => {
  const seen = new Set<string>() // local mutation: one pass
  return collect(
    statements.flatMap(({ sid }, i) => {
      if (sid === undefined || sid === '') return []
      if (!seen.has(sid)) {
        seen.add(sid)
        return []
      }
      const place = below(below('/Statement', i), 'Sid')
      return [refuse(place, Problem.problem('DuplicateSid', `the Sid ${Problem.quote(sid)} stands twice`))]
    }),
  )
}
