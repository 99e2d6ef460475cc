/**
 * What a source finds, piece by piece and not yet put together: a policy here, its attachment there. Names are texts
 * that may have holes; two are the same thing when their texts are equal.
 *
 * @since 0.1.0
 */
import type { BoundedIdentity, BoundedResource } from './Bounded.js'
import type { Gap } from './Gap.js'

// ---- model ----

/**
 * What identity policies are attached to.
 *
 * @category model
 * @since 0.1.0
 */
export type HolderType = 'Role' | 'User' | 'Group'

/**
 * A user, role or group by name, which is unique in its account.
 *
 * @category model
 * @since 0.1.0
 */
export interface HolderName {
  readonly type: HolderType
  readonly account: string
  readonly name: string
}

/**
 * A managed policy by its ARN, and where that is said.
 *
 * @category model
 * @since 0.1.0
 */
export interface ManagedRef {
  readonly arn: string
  readonly pointer: string
}

/**
 * A user, role or group. `inline` are the policies that stand in it, `managed` those that it names; `groups` a user's.
 *
 * @category model
 * @since 0.1.0
 */
export interface Holder extends HolderName {
  readonly id: string
  readonly arn: string | undefined
  readonly pointer: string
  readonly inline: readonly BoundedIdentity[]
  readonly managed: readonly ManagedRef[]
  readonly boundary: ManagedRef | undefined
  readonly groups: readonly (HolderName & { readonly pointer: string })[]
  readonly trust: BoundedResource | undefined
  readonly tags: Tags
  /** Whether it exists is not known, or something of it is not. */
  readonly gaps: readonly Gap[]
}

/**
 * Tags: those that are known, and why others are not.
 *
 * @category model
 * @since 0.1.0
 */
export interface Tags {
  readonly known: Readonly<Record<string, string>>
  readonly gaps: readonly Gap[]
}

/**
 * A user's membership of a group, said beside both.
 *
 * @category model
 * @since 0.1.0
 */
export interface Membership {
  readonly user: HolderName
  readonly group: HolderName
  readonly pointer: string
  readonly gaps: readonly Gap[]
}

/**
 * An identity policy that says from its side what it is attached to: a policy of its own, or a managed one by ARN.
 *
 * @category model
 * @since 0.1.0
 */
export interface Attachment {
  readonly to: HolderName
  readonly pointer: string
  readonly policy: BoundedIdentity | ManagedRef
}

/**
 * A repository by account, Region and name. `gaps`: whether it exists is not known.
 *
 * @category model
 * @since 0.1.0
 */
export interface FoundRepository {
  readonly id: string
  readonly account: string
  readonly region: string
  readonly name: string
  readonly pointer: string
  readonly tags: Tags
  readonly gaps: readonly Gap[]
}

/**
 * A policy of a repository, found beside it.
 *
 * @category model
 * @since 0.1.0
 */
export interface FoundRepositoryPolicy {
  readonly account: string
  readonly region: string
  readonly repository: string
  readonly pointer: string
  readonly policy: BoundedResource | undefined
}

/**
 * A registry's policy.
 *
 * @category model
 * @since 0.1.0
 */
export interface FoundRegistryPolicy {
  readonly account: string
  readonly region: string
  readonly policy: BoundedResource
}

/**
 * A managed policy that the input has.
 *
 * @category model
 * @since 0.1.0
 */
export interface FoundManaged {
  readonly arn: string
  readonly policy: BoundedIdentity
}

/**
 * All pieces. `hiding` are gaps behind which any policy at all may be; `beside` are those that bear on no question asked
 * of an inventory.
 *
 * @category model
 * @since 0.1.0
 */
export interface Found {
  readonly holders: readonly Holder[]
  readonly managed: readonly FoundManaged[]
  readonly attachments: readonly Attachment[]
  readonly memberships: readonly Membership[]
  readonly repositories: readonly FoundRepository[]
  readonly repositoryPolicies: readonly FoundRepositoryPolicy[]
  readonly registryPolicies: readonly FoundRegistryPolicy[]
  readonly hiding: readonly Gap[]
  readonly beside: readonly Gap[]
}

// ---- constructors ----

/**
 * Nothing was found.
 *
 * @category constructors
 * @since 0.1.0
 */
export const nothing: Found = {
  holders: [],
  managed: [],
  attachments: [],
  memberships: [],
  repositories: [],
  repositoryPolicies: [],
  registryPolicies: [],
  hiding: [],
  beside: [],
}

/**
 * What several readers found, in order.
 *
 * @category combinators
 * @since 0.1.0
 */
export const concat = (all: readonly Partial<Found>[]): Found => ({
  holders: all.flatMap(({ holders = [] }) => holders),
  managed: all.flatMap(({ managed = [] }) => managed),
  attachments: all.flatMap(({ attachments = [] }) => attachments),
  memberships: all.flatMap(({ memberships = [] }) => memberships),
  repositories: all.flatMap(({ repositories = [] }) => repositories),
  repositoryPolicies: all.flatMap(({ repositoryPolicies = [] }) => repositoryPolicies),
  registryPolicies: all.flatMap(({ registryPolicies = [] }) => registryPolicies),
  hiding: all.flatMap(({ hiding = [] }) => hiding),
  beside: all.flatMap(({ beside = [] }) => beside),
})
