/**
 * What only ECR knows: repositories and image addresses, operations and the actions they take, and whether a caller
 * can pull or push.
 *
 * @since 0.1.0
 */

/**
 * Addresses of images, with tag or digest, in private registries and in ECR Public.
 *
 * @category model
 */
export * as ImageReference from './ImageReference.js'
/**
 * What an access matrix is asked: who can do what in a whole fleet, by classes, and in parts for several threads.
 *
 * @category analysis
 */
export * as Matrix from './matrix/matrix.js'
/**
 * Where a policy is attached.
 *
 * @category model
 */
export * as Place from './Place.js'
/**
 * Names of Regions, their partitions and the endings of their registry hosts.
 *
 * @category model
 */
export * as Region from './Region.js'
/**
 * Host names of registries.
 *
 * @category model
 */
export * as RegistryHost from './RegistryHost.js'
/**
 * Repositories, private and public: their ARNs and addresses.
 *
 * @category model
 */
export * as Repository from './Repository.js'
/**
 * Names of repositories.
 *
 * @category model
 */
export * as RepositoryName from './RepositoryName.js'
export { catalogueWorld, typedWorld } from './worlds.js'
export { access, accessOrThrow, within } from './Access.js'
export type { Access, AccessInput } from './Access.js'
export { can } from './can.js'
export {
  actionFacts,
  actionNames,
  actionsOfLevel,
  actionsWithKey,
  dependenciesOf,
  expand,
  findAction,
  isAction,
  meant,
  resourcelessActions,
} from './catalogue/catalogue.js'
export type {
  AccessLevel,
  ActionOfLevel,
  CataloguedAction,
  CataloguedKey,
  Dependency,
  FactsOf,
  Meant,
  PublicAction,
  ResourcelessAction,
} from './catalogue/catalogue.js'
export { compile } from './compiled.js'
export type { CompiledAccess } from './compiled.js'
export { actions } from './data/actions.js'
export { catalogueDate, conditionKeys, resourceTypes } from './data/catalogue.js'
export { dependencies } from './data/dependencies.js'
export { causes as failureCauses } from './data/failures.js'
export type { FailureId } from './data/failures.js'
export { httpRoutes } from './data/httpRoutes.js'
/**
 * The managed policies of AWS that bear on ECR, dated; each is loaded only where it is named.
 *
 * @category model
 */
export * as Managed from './data/managed.js'
export { operations } from './data/operations.js'
export { publicActions } from './data/publicActions.js'
export { wrongNames } from './data/wrongNames.js'
export { diagnose, renderDiagnosis } from './diagnose/diagnose.js'
export type { Diagnosis, LikelyCause } from './diagnose/diagnose.js'
export type { Refusal } from './diagnose/diagnoseSentence.js'
export { failures } from './diagnose/failure.js'
export type { Failure } from './diagnose/failure.js'
export type { Cause } from './diagnose/failureCause.js'
export { explainGrant } from './grant/Grant.js'
export type { CallerPlace, Grant, GrantedPolicy, NamingPlace, Remark } from './grant/Grant.js'
export type { GranteeInput, ServiceInput } from './grant/Grantee.js'
export { show as showGrantErrors } from './grant/GrantError.js'
export type { GrantError, GrantErrorCode, GrantErrors } from './grant/GrantError.js'
export { grant, grantOrThrow } from './grant/grantFor.js'
export type { GrantInput, GrantOperation } from './grant/grantInput.js'
export type { GrantTargetInput } from './grant/GrantTarget.js'
export { actionsForRoute } from './catalogue/HttpRoute.js'
export type {
  HttpRoute,
  HttpRouteId,
  RoutedRequest,
  RouteNeed,
  UnknownRequest,
} from './catalogue/HttpRoute.js'
export { fix, lint, lintRules } from './lint/lint.js'
export type { EcrRuleId, LintOptions, Promised, RuleId } from './lint/lintRule.js'
export {
  findManagedPolicy,
  isManagedPolicyName,
  managedPolicy,
  managedPolicyNames,
} from './catalogue/managedPolicies.js'
export type { ManagedPolicyName } from './catalogue/managedPolicies.js'
export type { ManagedPolicy } from './catalogue/ManagedPolicy.js'
export { accessMatrix, accessMatrixOrThrow } from './matrix/matrixCore.js'
export type { AccessMatrix, MatrixInput } from './matrix/matrixCore.js'
export type { MatrixAccount, MatrixPrincipal, MatrixRepository } from './matrix/matrixFleet.js'
export type { MatrixOperation } from './matrix/matrixQuestion.js'
export { shortNames } from './named.js'
export type { IdOf, OperationName, TargetOfName } from './named.js'
export type { Certainty, Need, On, Operation, OperationId, RequiredOn } from './Operation.js'
export { canPull, canPush } from './pullPush.js'
export type { PullOptions, PushOptions } from './pullPush.js'
export { repair } from './repair/repair.js'
export type { Obstacle, Repair, RepairOptions } from './repair/repair.js'
export type { Edit } from './repair/repairEdit.js'
export type { Hopeless } from './repair/repairNeeds.js'
export { renderRepair } from './repair/repairText.js'
export type { Held, TargetOf, Targets } from './Target.js'
export { explain, mendOf } from './Verdict.js'
export type { Denied, Missing, Step, Verdict } from './Verdict.js'
