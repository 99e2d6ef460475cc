/**
 * Write, test and compare AWS IAM policies for Amazon ECR.
 *
 * One namespace per concept. To write policies start from `Policy`, to read them from `Document`, to ask about them from
 * `Ecr` and `Simulator`, to calculate with them from `Algebra`.
 *
 * @packageDocumentation
 */
export * as Action from './api/Action.js'
export * as Algebra from './api/Algebra.js'
export * as Arn from './api/Arn.js'
export * as Caller from './api/Caller.js'
export * as Condition from './api/Condition.js'
export * as Context from './api/Context.js'
export * as Document from './api/Document.js'
export * as Ecr from './api/Ecr.js'
export * as Environment from './api/Environment.js'
export * as Lint from './api/Lint.js'
export * as Policy from './api/Policy.js'
export * as Principal from './api/Principal.js'
export * as Problem from './api/Problem.js'
export * as Request from './api/Request.js'
export * as Resource from './api/Resource.js'
export * as Scenario from './api/Scenario.js'
export * as Simulator from './api/Simulator.js'
export * as Statement from './api/Statement.js'
export * as Variable from './api/Variable.js'
