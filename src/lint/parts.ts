/**
 * Statements with one part taken out or put in another's place, for fixes.
 *
 * @since 0.1.0
 */
import { Condition, Operator, Principal, type Action, type Resource, type Statement } from '../model/index.js'
import * as E from 'fp-ts/lib/Either.js'

/** A list without its entry `i`; undefined when nothing is left. */
const dropped = <A>(list: readonly A[], i: number): readonly [A, ...(readonly A[])] | undefined => {
  const [first, ...rest] = list.filter((_, j) => j !== i)
  return first === undefined ? undefined : [first, ...rest]
}

// ---- combinators ----

/**
 * The statement with other entries in its Action or NotAction; undefined for an empty list.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withActions =
  (patterns: readonly Action.ActionPattern[]) =>
  (statement: Statement.Statement): Statement.Statement | undefined => {
    const [first, ...rest] = patterns
    return first === undefined
      ? undefined
      : { ...statement, action: { ...statement.action, patterns: [first, ...rest] } }
  }

/**
 * The statement without an entry of its Action or NotAction.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withoutAction =
  (i: number) =>
  (statement: Statement.Statement): Statement.Statement | undefined =>
    withActions(dropped(statement.action.patterns, i) ?? [])(statement)

/**
 * The statement with other entries in its Resource or NotResource; undefined where it has neither, or for an empty list.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withResources =
  (patterns: readonly Resource.ResourcePattern[]) =>
  (statement: Statement.Statement): Statement.Statement | undefined => {
    const [first, ...rest] = patterns
    const { resource } = statement
    return first === undefined || resource._tag === 'Attached'
      ? undefined
      : { ...statement, resource: { ...resource, patterns: [first, ...rest] } }
  }

/**
 * The statement without an entry of its Resource or NotResource.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withoutResource =
  (i: number) =>
  (statement: Statement.Statement): Statement.Statement | undefined =>
    statement.resource._tag === 'Attached'
      ? undefined
      : withResources(dropped(statement.resource.patterns, i) ?? [])(statement)

/**
 * The statement with other entries in its Principal or NotPrincipal; undefined where it has neither, or for an empty list.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withPrincipals =
  (principals: readonly Principal.Principal[]) =>
  (statement: Statement.Statement): Statement.Statement | undefined => {
    const [first, ...rest] = principals
    return first === undefined || statement._tag === 'IdentityStatement'
      ? undefined
      : { ...statement, principal: { ...statement.principal, principals: Principal.list([first, ...rest]) } }
  }

/**
 * The statement without an entry of its Principal or NotPrincipal.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withoutPrincipal =
  (i: number) =>
  (statement: Statement.Statement): Statement.Statement | undefined =>
    statement._tag === 'IdentityStatement'
      ? undefined
      : withPrincipals(dropped(statement.principal.principals, i) ?? [])(statement)

/** A test is known in its statement by operator and key (CO-5). */
const isSameTest =
  (one: Condition.Condition) =>
  (other: Condition.Condition): boolean =>
    Operator.Eq.equals(one.operator, other.operator) &&
    Condition.foldKey(one.key) === Condition.foldKey(other.key)

/**
 * The statement with another test, or none, in the place of one; undefined where the other is there already.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withCondition =
  (old: Condition.Condition, by: Condition.Condition | undefined) =>
  (statement: Statement.Statement): Statement.Statement | undefined => {
    const isOld = isSameTest(old)
    const conditions = Condition.block(
      statement.conditions.flatMap((each) => (!isOld(each) ? [each] : by === undefined ? [] : [by])),
    )
    return E.isLeft(conditions) ? undefined : { ...statement, conditions: conditions.right }
  }

/**
 * The statement without a value of one of its tests; undefined for the only value.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withoutValue =
  (condition: Condition.Condition, i: number) =>
  (statement: Statement.Statement): Statement.Statement | undefined => {
    const now = statement.conditions.find(isSameTest(condition))
    const values = now === undefined ? undefined : dropped(now.values, i)
    return now === undefined || values === undefined
      ? undefined
      : withCondition(now, { ...now, values })(statement)
  }

// ---- predicates ----

/**
 * Do values that fit make the test hold, rather than fail, and does a missing key fail it?
 *
 * @category predicates
 * @since 0.1.0
 */
export const demands = ({ operator, values }: Condition.Condition): boolean => {
  const { missing, negated } = Operator.truth(operator, values)
  return !missing && !negated
}

/**
 * Is the test about one of these keys, given in lower case (RC-4)?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isOnKey =
  (keys: readonly string[]) =>
  ({ key }: Condition.Condition): boolean =>
    keys.includes(Condition.foldKey(key))

// ---- rendering ----

/**
 * Names for a message: in backticks, with commas.
 *
 * @category rendering
 * @since 0.1.0
 */
export const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')
