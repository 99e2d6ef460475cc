/**
 * A `Decision` says what became of a request, why, and what every statement had to do with it. It is plain data: it can
 * be stored as JSON and compared, and what is read back is deeply equal to what was stored.
 *
 * @since 0.1.0
 */
import type { Request, Statement } from '../model/index.js'
import type { Impossible, Situation } from './flow.js'
import type { PolicyType, StatementRef } from './Layer.js'
import type { Mismatch } from './match.js'
import type { Strength } from './Strength.js'

// ---- model ----

/**
 * Allowed, or denied because nothing allows (DE-1), or denied by a statement (DE-3).
 *
 * @category model
 * @since 0.1.0
 */
export type Outcome = 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied'

/**
 * One or more statements.
 *
 * @category model
 * @since 0.1.0
 */
export type StatementRefs = readonly [StatementRef, ...(readonly StatementRef[])]

/**
 * A layer without a matching Allow. `rule` is the rule that demands one.
 *
 * @category model
 * @since 0.1.0
 */
export interface Lack {
  readonly policyType: PolicyType
  readonly level: number
  readonly atLeast: Strength
  readonly rule: string
}

/**
 * Why a request was decided as it was, in AWS's terms.
 *
 * - `AllowedBy`: the statements that together allow it.
 * - `RootUser`: the root user in its own account needs no Allow (PR-8).
 * - `NoAllow`: no policy of this type allows the action; `lacking` are all the layers that stand in the way on the
 *   path that AWS reports, `policyType` the one that it names.
 * - `Impossible`: no Allow could help: another partition, no policy that could grant, no session policy, or a service that
 *   does not go so far.
 * - `DeniedBy`: every Deny that matched, those first that AWS reports first (DE-4); `policyType` is the first one's.
 *
 * @category model
 * @since 0.1.0
 */
export type Reason =
  | { readonly _tag: 'AllowedBy'; readonly statements: StatementRefs }
  | { readonly _tag: 'RootUser'; readonly rule: string }
  | {
      readonly _tag: 'NoAllow'
      readonly policyType: PolicyType
      readonly level: number
      readonly rule: string
      readonly lacking: readonly Lack[]
    }
  | { readonly _tag: 'Impossible'; readonly why: Impossible; readonly rule: string }
  | { readonly _tag: 'DeniedBy'; readonly policyType: PolicyType; readonly statements: StatementRefs }

/**
 * What came of one statement. A matched Allow in a layer whose Allows do not count is still shown as matched.
 *
 * @category model
 * @since 0.1.0
 */
export type StatementTrace = {
  readonly ref: StatementRef
  readonly effect: Statement.Effect
} & (
  | { readonly _tag: 'Matched'; readonly strength: Strength }
  | { readonly _tag: 'Unmatched'; readonly mismatch: Mismatch }
)

/**
 * The answer to one request. `trace` has every statement of every layer looked at, in the order of the layers.
 *
 * @category model
 * @since 0.1.0
 */
export interface Decision {
  readonly _tag: 'Decision'
  readonly outcome: Outcome
  readonly reason: Reason
  readonly trace: readonly StatementTrace[]
  readonly situation: Situation
  readonly request: Request.Request
}

// ---- predicates ----

/**
 * Is the request allowed?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isAllowed = ({ outcome }: Decision): boolean => outcome === 'Allowed'
