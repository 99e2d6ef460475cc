/**
 * Statements. One attached to a caller has no principal and must name its resources; one attached to a resource must
 * name principals and may leave the resource out. The two are different types, so neither can stand where the other
 * belongs (GR-15).
 *
 * @since 0.1.0
 */
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import * as Action from './Action.js'
import type { ActionClause } from './Action.js'
import * as Condition from './Condition.js'
import type { ConditionBlock } from './Condition.js'
import * as Principal from './Principal.js'
import type { PrincipalClause } from './Principal.js'
import type { ListedResources, ResourceClause } from './Resource.js'
import { Frozen } from '../pattern/index.js'

// ---- model ----

/**
 * What a matching statement does (GR-9).
 *
 * @category model
 * @since 0.1.0
 */
export type Effect = 'Allow' | 'Deny'

interface Common {
  readonly sid: string | undefined
  readonly effect: Effect
  readonly action: ActionClause
  readonly conditions: ConditionBlock
}

/**
 * A statement of a policy without principals: identity policy, boundary, session policy, SCP.
 *
 * @category model
 * @since 0.1.0
 */
export interface IdentityStatement extends Common {
  readonly _tag: 'IdentityStatement'
  readonly resource: ListedResources
}

/**
 * A statement of a policy that names principals: resource policy, trust policy, endpoint policy, RCP.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceStatement extends Common {
  readonly _tag: 'ResourceStatement'
  readonly principal: PrincipalClause
  readonly resource: ResourceClause
}

/**
 * A statement of either sort.
 *
 * @category model
 * @since 0.1.0
 */
export type Statement = IdentityStatement | ResourceStatement

// ---- constructors ----

/**
 * A statement without principals.
 *
 * @category constructors
 * @since 0.1.0
 */
export const identity = (fields: Omit<IdentityStatement, '_tag'>): IdentityStatement =>
  Object.freeze<IdentityStatement>({
    _tag: 'IdentityStatement',
    sid: fields.sid,
    effect: fields.effect,
    action: fields.action,
    resource: fields.resource,
    conditions: fields.conditions,
  })

/**
 * A statement that names principals.
 *
 * @category constructors
 * @since 0.1.0
 */
export const resource = (fields: Omit<ResourceStatement, '_tag'>): ResourceStatement =>
  Object.freeze<ResourceStatement>({
    _tag: 'ResourceStatement',
    sid: fields.sid,
    effect: fields.effect,
    principal: fields.principal,
    action: fields.action,
    resource: fields.resource,
    conditions: fields.conditions,
  })

// ---- destructors ----

/**
 * Which sort it is, folded away.
 *
 * @category destructors
 * @since 0.1.0
 */
export const fold =
  <A>(onIdentity: (statement: IdentityStatement) => A, onResource: (statement: ResourceStatement) => A) =>
  (statement: Statement): A =>
    statement._tag === 'IdentityStatement' ? onIdentity(statement) : onResource(statement)

// ---- instances ----

const sameList =
  <A>(equals: (a: A, b: A) => boolean) =>
  (a: readonly A[], b: readonly A[]): boolean =>
    a.length === b.length && a.every((x, i) => b[i] !== undefined && equals(x, b[i]))

const sameText = sameList<string>((a, b) => a === b)

const sameResource = (a: ResourceClause, b: ResourceClause): boolean =>
  a._tag === 'Attached' || b._tag === 'Attached'
    ? a._tag === b._tag
    : a._tag === b._tag && sameText(a.patterns, b.patterns)

const samePrincipal = (a: Statement, b: Statement): boolean =>
  a._tag === 'ResourceStatement' && b._tag === 'ResourceStatement'
    ? a.principal._tag === b.principal._tag &&
      sameList(Principal.Eq.equals)(a.principal.principals, b.principal.principals)
    : a._tag === b._tag

/**
 * Equal when they say the same in the same order; letter case of actions and key names aside.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Statement> = /* @__PURE__ */ Frozen.deep({
  equals: (a, b) =>
    a.sid === b.sid &&
    a.effect === b.effect &&
    samePrincipal(a, b) &&
    a.action._tag === b.action._tag &&
    sameText(a.action.patterns.map(Action.fold), b.action.patterns.map(Action.fold)) &&
    sameResource(a.resource, b.resource) &&
    sameList(Condition.Eq.equals)(a.conditions, b.conditions),
})
