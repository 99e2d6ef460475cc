/**
 * What a permissions boundary on the caller changes in a document's meaning: a Deny with NotPrincipal then hits him,
 * listed or not (PR-11).
 *
 * @since 0.1.0
 */
import type { Statement } from '../model/index.js'
import { Glob, StringSet } from '../pattern/index.js'

/**
 * Callers on whom a permissions boundary can be set (PR-8), as words of `callerText`.
 *
 * @category model
 * @since 0.1.0
 */
export const boundable: StringSet.StringSet = StringSet.stringSet(
  ['user:*', 'role:*', 'fed:*'].map(Glob.parse),
)

/**
 * Does a statement say more of callers with a permissions boundary?
 *
 * @category predicates
 * @since 0.1.0
 */
export const hitsMoreWithBoundary = (statement: Statement.Statement): boolean =>
  statement._tag === 'ResourceStatement' &&
  statement.effect === 'Deny' &&
  statement.principal._tag === 'NotPrincipal'
