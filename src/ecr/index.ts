/**
 * What only ECR knows: repositories and image addresses, operations and the actions they take, and whether a caller
 * can pull or push.
 *
 * @since 0.1.0
 */
export * as ImageReference from './ImageReference.js'
export * as Region from './Region.js'
export * as RegistryHost from './RegistryHost.js'
export * as Repository from './Repository.js'
export * as RepositoryName from './RepositoryName.js'
export { access, accessOrThrow, within } from './Access.js'
export type { Access, AccessInput } from './Access.js'
export { can } from './can.js'
export { actions } from './data/actions.js'
export { operations } from './data/operations.js'
export { publicActions } from './data/publicActions.js'
export type { Certainty, Need, On, Operation, OperationId, RequiredOn } from './Operation.js'
export { canPull, canPush } from './pullPush.js'
export type { PullOptions, PushOptions } from './pullPush.js'
export { renderFindings, review } from './review.js'
export type { Finding, FindingId, Promised, ReviewOptions, Severity } from './reviewFinding.js'
export type { Held, TargetOf, Targets } from './Target.js'
export { explain } from './Verdict.js'
export type { Denied, Missing, Step, Verdict } from './Verdict.js'
