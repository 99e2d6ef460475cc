/**
 * AWS's managed policies by name. The functions here carry all of them; a constant of `Managed` carries itself.
 *
 * @since 0.1.0
 */
import * as O from 'fp-ts/lib/Option.js'
import { Arn } from '../../model/index.js'
import * as Managed from '../data/managed.js'
import type { ManagedPolicy } from './ManagedPolicy.js'

// ---- model ----

/**
 * The name of an AWS managed policy that bears on container images.
 *
 * @category model
 * @since 0.1.0
 */
export type ManagedPolicyName = keyof typeof Managed

// ---- refinements ----

/**
 * Is this the name of one of them? Letter case counts.
 *
 * @category refinements
 * @since 0.1.0
 */
export const isManagedPolicyName = (text: string): text is ManagedPolicyName => Object.hasOwn(Managed, text)

// ---- destructors ----

/**
 * The names of them all.
 *
 * @category destructors
 * @since 0.1.0
 */
export const managedPolicyNames = (): readonly ManagedPolicyName[] =>
  Object.keys(Managed).filter(isManagedPolicyName)

/**
 * The managed policy of that name. Who uses few of them takes the constants, `Managed.NAME`, which bundlers can tell
 * apart.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * const { version, document } = Ecr.managedPolicy('AmazonEC2ContainerRegistryPullOnly')
 * version // => 'v1'
 * const node = Ecr.accessOrThrow({
 *   principal: 'arn:aws:iam::111122223333:role/node',
 *   identityPolicies: [document],
 * })
 * Ecr.canPull(node, Ecr.Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app')).allowed // => true
 *
 * @category destructors
 * @since 0.1.0
 */
export const managedPolicy = <Name extends ManagedPolicyName>(name: Name): (typeof Managed)[Name] =>
  Managed[name]

/**
 * The managed policy of that name or ARN, of any partition, as listings of attached policies give them; none, when it
 * is not among these.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 * import * as O from 'fp-ts/lib/Option.js'
 *
 * O.isSome(Ecr.findManagedPolicy('arn:aws-cn:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly')) // => true
 * O.isSome(Ecr.findManagedPolicy('ReadOnlyAccess')) // => false
 *
 * @category destructors
 * @since 0.1.0
 */
export const findManagedPolicy = (text: string): O.Option<ManagedPolicy<ManagedPolicyName>> => {
  const name = text.slice(text.lastIndexOf('/') + 1)
  if (!isManagedPolicyName(name)) return O.none
  const policy: ManagedPolicy<ManagedPolicyName> = Managed[name]
  const partition = text.split(':')[1] ?? ''
  return text === name || (Arn.isPartition(partition) && text === policy.arn.replace('aws', partition))
    ? O.some(policy)
    : O.none
}
