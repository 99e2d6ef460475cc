/**
 * An `Inventory` is what an input tells of users, roles and repositories: each with its policies, and with what is not
 * known of them. All sources come down to it.
 *
 * @since 0.1.0
 */
import type { Repository } from '../ecr/index.js'
import type { BoundedIdentity, BoundedResource } from './Bounded.js'
import type { Tags } from './Found.js'
import type { Gap } from './Gap.js'

// ---- model ----

/**
 * A role or a user.
 *
 * - `id`: what the input calls it: the logical id, the address or the ARN.
 * - `arn`: undefined when it is not known, which a gap says.
 * - `identityPolicies`: inline, managed and, of a user, those of his groups.
 * - `trustPolicy`: who may assume the role; no permission of its own.
 * - `tags`: those that are known, and why others are not.
 *
 * @category model
 * @since 0.1.0
 */
export interface InventoryPrincipal {
  readonly type: 'Role' | 'User'
  readonly id: string
  readonly name: string
  readonly arn: string | undefined
  readonly pointer: string
  readonly identityPolicies: readonly BoundedIdentity[]
  readonly permissionsBoundary: BoundedIdentity | undefined
  readonly trustPolicy: BoundedResource | undefined
  readonly tags: Tags
  readonly gaps: readonly Gap[]
}

/**
 * A repository. `repository` is undefined when its ARN is not known, `policy` when it has none.
 *
 * @category model
 * @since 0.1.0
 */
export interface InventoryRepository {
  readonly id: string
  readonly name: string
  readonly repository: Repository.Repository | undefined
  readonly pointer: string
  readonly policy: BoundedResource | undefined
  readonly tags: Tags
  readonly gaps: readonly Gap[]
}

/**
 * A registry that the input has a policy of.
 *
 * @category model
 * @since 0.1.0
 */
export interface InventoryRegistry {
  readonly account: string
  readonly region: string
  readonly policy: BoundedResource
}

/**
 * All that was found. `gaps` has every gap: those of the principals, repositories and registries, and those of parts that
 * belong to none of them.
 *
 * @category model
 * @since 0.1.0
 */
export interface Inventory {
  readonly _tag: 'Inventory'
  readonly principals: readonly InventoryPrincipal[]
  readonly repositories: readonly InventoryRepository[]
  readonly registries: readonly InventoryRegistry[]
  readonly gaps: readonly Gap[]
}
