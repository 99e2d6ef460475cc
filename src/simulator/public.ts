/**
 * The simulator decides one request against one environment: Allowed, ImplicitlyDenied or ExplicitlyDenied, with the
 * reason in AWS's own terms and a trace of every statement.
 *
 * @since 0.1.0
 */
export { compile } from './Compiled.js'
export type { Compiled } from './Compiled.js'
export { prepareRequest } from './compileRequest.js'
export type { PreparedRequest } from './compileRequest.js'
export { decide } from './decide.js'
export { isAllowed } from './Decision.js'
export type { Decision, Lack, Outcome, Reason, StatementRefs, StatementTrace } from './Decision.js'
export { explain, sentence, showMismatch, showTrace } from './explain.js'
export { flow, layers, requirement, situation, situationOf, telling, traits } from './flow.js'
export type { Flow, Formula, Impossible, Situation, Traits } from './flow.js'
export { messageName, showRef } from './Layer.js'
export type { Layer, LayerId, PolicyType, StatementRef } from './Layer.js'
export { matchStatement, prepare } from './match.js'
export type { Mismatch } from './match.js'
export { compileMeaning } from './compileMeaning.js'
export { meaning } from './meaning.js'
export type { Meaning } from './meaning.js'
export type { Strength } from './Strength.js'
