/**
 * JSON pointers to the parts of a document, as `Document.toJson` prints it.
 *
 * @since 0.1.0
 */
import { Operator, Principal, type Condition, type Statement } from '../model/index.js'

// ---- destructors ----

/**
 * The pointer to a statement.
 *
 * @category destructors
 * @since 0.1.0
 */
export const statementAt = (index: number): string => `/Statement/${index}`

/**
 * The pointer to an element of a statement: `member('Action')(at)`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const member =
  (key: string) =>
  (pointer: string): string =>
    `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`

/**
 * The pointer to an entry of a list; a list of one is printed as its entry and has no index.
 *
 * @category destructors
 * @since 0.1.0
 */
export const entry =
  (list: readonly unknown[], index: number) =>
  (pointer: string): string =>
    list.length === 1 ? pointer : `${pointer}/${index}`

/**
 * The pointer to an entry of the statement's Action or NotAction.
 *
 * @category destructors
 * @since 0.1.0
 */
export const actionAt = (index: number, { action }: Statement.Statement, i: number): string =>
  entry(action.patterns, i)(member(action._tag)(statementAt(index)))

/**
 * The pointer to an entry of the statement's Resource or NotResource, or to the statement that has neither.
 *
 * @category destructors
 * @since 0.1.0
 */
export const resourceAt = (index: number, { resource }: Statement.Statement, i: number): string =>
  resource._tag === 'Attached'
    ? statementAt(index)
    : entry(resource.patterns, i)(member(resource._tag)(statementAt(index)))

/**
 * The pointer to an entry of a principal clause, from the index of its statement.
 *
 * @category destructors
 * @since 0.1.0
 */
export const principalAt = (
  index: number,
  { _tag, principals }: Principal.PrincipalClause,
  i: number,
): string => {
  const clause = member(_tag)(statementAt(index))
  const wanted = principals[i]
  if (wanted === undefined || (principals.length === 1 && wanted._tag === 'Everyone')) return clause
  const isAlike = (other: Principal.Principal): boolean =>
    Principal.typeOf(other) === Principal.typeOf(wanted)
  const before = principals.slice(0, i).filter(isAlike)
  return entry(principals.filter(isAlike), before.length)(member(Principal.typeOf(wanted))(clause))
}

/**
 * The pointer to a test of a key.
 *
 * @category destructors
 * @since 0.1.0
 */
export const conditionAt = (index: number, { operator, key }: Condition.Condition): string =>
  member(key)(member(Operator.show(operator))(member('Condition')(statementAt(index))))

/**
 * The pointer to a value of a test.
 *
 * @category destructors
 * @since 0.1.0
 */
export const valueAt = (index: number, condition: Condition.Condition, i: number): string =>
  entry(condition.values, i)(conditionAt(index, condition))
