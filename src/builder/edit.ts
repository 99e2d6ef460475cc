/**
 * Editing. Every function here takes a draft last and gives a new draft; documents and statements are drafts, so that
 * an existing policy is edited as it stands and then built again:
 *
 * `pipe(document, addStatement(...), mapStatements(withoutSid), identityOrThrow)`
 *
 * Laws: 1. `filterStatements(() => true)` and `mapStatements((s) => s)` change nothing
 *       2. `withoutSid` after `withSid(x)` is `withoutSid`
 *       3. the last of two `setVersion`, `withId` or `withSid` wins
 *
 * @since 0.1.0
 */
import type { Version } from '../model/index.js'
import {
  conditions,
  type ConditionInput,
  type DocumentDraft,
  type DraftOf,
  type IdentityDraft,
  type ResourceDraft,
  type StatementDraft,
} from './Draft.js'

// ---- combinators: documents ----

/**
 * Puts a statement at the end.
 *
 * @category combinators
 * @since 0.1.0
 */
export function addStatement(
  statement: IdentityDraft,
): (document: DocumentDraft<IdentityDraft>) => DocumentDraft<IdentityDraft>
export function addStatement(
  statement: ResourceDraft,
): (document: DocumentDraft<ResourceDraft>) => DocumentDraft<ResourceDraft>
export function addStatement<D extends StatementDraft>(statement: D) {
  return (document: DocumentDraft<D>): DocumentDraft<D> => ({
    ...document,
    statements: [...document.statements, statement],
  })
}

/**
 * Replaces every statement by what `f` makes of it; `index` counts from zero.
 *
 * @category combinators
 * @since 0.1.0
 */
export const mapStatements =
  <D extends StatementDraft, E extends StatementDraft>(f: (statement: D, index: number) => E) =>
  (document: DocumentDraft<D>): DocumentDraft<E> => ({
    ...document,
    statements: document.statements.map((statement, index) => f(statement, index)),
  })

/**
 * Keeps the statements that `keep` is true of. A document without statements cannot be built.
 *
 * @category combinators
 * @since 0.1.0
 */
export const filterStatements =
  <D extends StatementDraft>(keep: (statement: D, index: number) => boolean) =>
  (document: DocumentDraft<D>): DocumentDraft<D> => ({
    ...document,
    statements: document.statements.filter((statement, index) => keep(statement, index)),
  })

/**
 * Gives the document a version, or none. This changes the meaning of policy variables (VA-6), so the document is
 * checked anew when it is built.
 *
 * @category combinators
 * @since 0.1.0
 */
export const setVersion =
  (version: Version.Version | undefined) =>
  <D extends StatementDraft>(document: DocumentDraft<D>): DocumentDraft<D> => ({ ...document, version })

/**
 * Gives the document an id.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withId =
  (id: string) =>
  <D extends StatementDraft>(document: DocumentDraft<D>): DocumentDraft<D> => ({ ...document, id })

// ---- combinators: statements ----

/**
 * Gives a statement a Sid.
 *
 * @category combinators
 * @since 0.1.0
 */
export function withSid(sid: string): <D extends StatementDraft>(statement: D) => DraftOf<D>
export function withSid(sid: string) {
  return (statement: StatementDraft): StatementDraft => ({ ...statement, sid })
}

/**
 * Takes a statement's Sid away.
 *
 * @category combinators
 * @since 0.1.0
 */
export function withoutSid<D extends StatementDraft>(statement: D): DraftOf<D>
export function withoutSid(statement: StatementDraft): StatementDraft {
  return { ...statement, sid: undefined }
}

/**
 * Adds conditions, all of which must hold beside those that are there. A key that already stands under the same
 * operator is refused when the policy is built, not merged.
 *
 * @category combinators
 * @since 0.1.0
 */
export function addCondition(input: ConditionInput): <D extends StatementDraft>(statement: D) => DraftOf<D>
export function addCondition(input: ConditionInput) {
  return (statement: StatementDraft): StatementDraft => ({
    ...statement,
    conditions: [...statement.conditions, ...conditions(input)],
  })
}
