/**
 * The answers of AWS's API, in the shapes of the AWS SDK for JavaScript v3: single policies, and whole accounts.
 *
 * @since 0.1.0
 */
export { account, accountOrThrow } from './account.js'
export {
  fromPolicyDocument,
  fromPolicyVersion,
  fromRegistryPolicy,
  fromRepositoryPolicy,
  toSetRepositoryPolicy,
} from './document.js'
export type {
  AccountShape,
  AttachedPolicyShape,
  AuthorizationDetailsShape,
  BoundaryShape,
  GroupDetailShape,
  ManagedPolicyDetailShape,
  PolicyDetailShape,
  PolicyVersionShape,
  RegionShape,
  RegistryPolicyShape,
  RepositoriesShape,
  RepositoryPolicyShape,
  RoleDetailShape,
  TagShape,
  UserDetailShape,
} from './shapes.js'
