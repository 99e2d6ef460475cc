/**
 * Conditions and their operators.
 *
 * @since 0.1.0
 */
export * from '../model/Condition.js'
export type { ConditionOperator, OperatorName, OperatorText, SetQualifier } from '../model/Operator.js'
