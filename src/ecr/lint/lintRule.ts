/**
 * What the rules of Amazon ECR may be told, and what they are.
 *
 * @since 0.1.0
 */
import type { Lint, Rule as PlainRule } from '../../lint/index.js'
import type { Document } from '../../model/index.js'
import type { OperationId } from '../Operation.js'

// ---- model ----

/**
 * Which rule of Amazon ECR speaks. An id never changes its meaning; new ones may be added.
 *
 * @category model
 * @since 0.1.0
 */
export type EcrRuleId =
  | 'unknown-action'
  | 'unsupported-key'
  | 'resource-on-account-action'
  | 'no-effect-in-repository-policy'
  | 'resource-in-repository-policy'
  | 'foreign-resource'
  | 'not-a-repository'
  | 'prefix-without-repository'
  | 'all-repositories'
  | 'wrong-place'
  | 'half-missing'
  | 'token-under-tags'
  | 'token-from-elsewhere'
  | 'token-denied-by-tags'
  | 'function-elsewhere'
  | 'partial-pull'
  | 'partial-push'
  | 'push-without-manifest'
  | 'broken-promise'
  | 'more-than-a-pull'

/**
 * Every rule that `Ecr.lint` runs.
 *
 * @category model
 * @since 0.1.0
 */
export type RuleId = Lint.RuleId | EcrRuleId

/**
 * A thing that the name or the description of a policy may say it is for. `pull-through`: a pull through a cache rule,
 * the first of an image (EX-17).
 *
 * @category model
 * @since 0.1.0
 */
export type Promised = 'pull' | 'push' | 'delete' | 'pull-through'

/**
 * What a run may be told beside the document. What is left out is not looked at.
 *
 * - `owner`: the account of the repositories. `principal`: the ARN of the caller. `partition`, `region`: of the
 *   repositories. `repositories`: names of repositories that there are.
 * - `otherSide`: what is attached to the other side of a call across accounts: the caller's identity policies beside a
 *   repository or registry policy, and the other way round.
 * - `promises`: what the name or the description of the policy says it allows.
 * - `operations`: what the policy is for. What such an operation does without, nobody misses.
 *
 * @category model
 * @since 0.1.0
 */
export interface LintOptions extends Lint.Options<RuleId> {
  readonly principal?: string | undefined
  readonly partition?: string | undefined
  readonly region?: string | undefined
  readonly repositories?: readonly string[] | undefined
  readonly otherSide?: readonly Document.Document[] | undefined
  readonly promises?: readonly Promised[] | undefined
  readonly operations?: readonly OperationId[] | undefined
}

/**
 * A rule of Amazon ECR.
 *
 * @category model
 * @since 0.1.0
 */
export type EcrRule = PlainRule<EcrRuleId, LintOptions>
