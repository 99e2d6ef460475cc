/**
 * Conditions for `condition` and `addCondition`. `condition` takes every operator; the others are shorthands for the
 * ones that ECR policies use most.
 *
 * Source: CO-S1 to CO-R3, GR-12, GR-14.
 *
 * @since 0.1.0
 */
import type { Operator } from '../model/index.js'
import { toList, type ConditionDraft, type ConditionValue, type OneOrMore } from './Draft.js'

// ---- constructors ----

/**
 * A test of a context key under any operator, with qualifier and `IfExists` as IAM writes them.
 *
 * @example
 * import { Policy } from 'ecr-policy'
 *
 * Policy.condition('ForAnyValue:StringLikeIfExists', 'aws:TagKeys', ['team', 'cost*']).values // => ['team', 'cost*']
 *
 * @category constructors
 * @since 0.1.0
 */
export const condition = (
  operator: Operator.OperatorText,
  key: string,
  values: OneOrMore<ConditionValue>,
): ConditionDraft => ({ operator, key, values: toList(values).map(String) })

/**
 * The key has one of these values, letter case counting.
 *
 * @category constructors
 * @since 0.1.0
 */
export const stringEquals = (key: string, values: OneOrMore<string>): ConditionDraft =>
  condition('StringEquals', key, values)

/**
 * The key has none of these values; a missing key passes too (CO-4).
 *
 * @category constructors
 * @since 0.1.0
 */
export const stringNotEquals = (key: string, values: OneOrMore<string>): ConditionDraft =>
  condition('StringNotEquals', key, values)

/**
 * The key fits one of these patterns, in which `*` and `?` are wildcards.
 *
 * @category constructors
 * @since 0.1.0
 */
export const stringLike = (key: string, values: OneOrMore<string>): ConditionDraft =>
  condition('StringLike', key, values)

/**
 * The key is an ARN that fits one of these patterns, part by part (CO-R2).
 *
 * @category constructors
 * @since 0.1.0
 */
export const arnLike = (key: string, values: OneOrMore<string>): ConditionDraft =>
  condition('ArnLike', key, values)

/**
 * The key is an address in one of these CIDR blocks.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ipAddress = (key: string, values: OneOrMore<string>): ConditionDraft =>
  condition('IpAddress', key, values)

/**
 * The key is present and reads `true` or `false`, as given.
 *
 * @category constructors
 * @since 0.1.0
 */
export const bool = (key: string, value: boolean): ConditionDraft => condition('Bool', key, value)

/**
 * The caller belongs to one of these organizations: `StringEquals` on `aws:PrincipalOrgID`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const inOrganization = (ids: OneOrMore<string>): ConditionDraft =>
  condition('StringEquals', 'aws:PrincipalOrgID', ids)
