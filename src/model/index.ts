/**
 * The domain model: data, smart constructors and instances, one module per concept.
 *
 * @since 0.1.0
 */
export * as Action from './Action.js'
export * as Arn from './Arn.js'
export * as Caller from './Caller.js'
export * as Condition from './Condition.js'
export * as Context from './Context.js'
export * as Document from './Document.js'
export * as DocumentJson from './DocumentJson.js'
export * as Environment from './Environment.js'
export * as Operand from './Operand.js'
export * as Operator from './Operator.js'
export * as PolicyKind from './PolicyKind.js'
export * as Principal from './Principal.js'
export * as Problem from './Problem.js'
export * as Quota from './Quota.js'
export * as Request from './Request.js'
export * as Resource from './Resource.js'
export * as Statement from './Statement.js'
export * as Variable from './Variable.js'
export * as Version from './Version.js'
export type { Brand } from './Brand.js'
export { ecrActions, type EcrAction } from './data/ecrActions.js'
export { nearest } from './nearest.js'
export { getOrThrow } from './orThrow.js'
export { bounded } from './segment.js'
