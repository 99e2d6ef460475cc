/**
 * An `Environment` is all the policies that bear on a caller and a resource: a function from requests to decisions.
 *
 * @since 0.1.0
 */
import type { IdentityDocument, ResourceDocument } from './Document.js'
import { Frozen } from '../pattern/index.js'

// ---- model ----

/**
 * What is known of accounts and caller besides policies. Each fact defaults to the common case.
 *
 * @category model
 * @since 0.1.0
 */
export interface Facts {
  /** The caller's account manages its organization: SCPs do not bind it (SC-5). */
  readonly principalAccountIsManagement: boolean
  /** The resource's account manages its organization: RCPs do not bind it (RP-6). */
  readonly resourceAccountIsManagement: boolean
  /** The caller is a service-linked role, which neither SCPs nor RCPs bind (SC-6, RP-5); otherwise told by its name and path. */
  readonly principalIsServiceLinkedRole: boolean
  /** How much of the registry policy ECR enforces: `V2`, everything, is today's default (EC-6). */
  readonly registryPolicyScope: 'V1' | 'V2'
}

/**
 * All policies that bear on a caller and a resource.
 *
 * - SCPs by level, root first, of the caller's account; undefined: no organization (SC-1). An empty level blocks all.
 * - RCPs by level of the resource owner's account, without RCPFullAWSAccess, which is implied (RP-1).
 * - An empty list of session policies means that none was passed (SE-3).
 * - `endpointPolicies`: those of the VPC endpoint that the call goes through; empty: default or no endpoint (VE-1).
 *
 * @category model
 * @since 0.1.0
 */
export interface Environment {
  readonly _tag: 'Environment'
  readonly identityPolicies: readonly IdentityDocument[]
  readonly permissionsBoundary: IdentityDocument | undefined
  readonly sessionPolicies: readonly IdentityDocument[]
  readonly resourcePolicy: ResourceDocument | undefined
  readonly registryPolicy: ResourceDocument | undefined
  readonly endpointPolicies: readonly ResourceDocument[]
  readonly serviceControlPolicies: readonly (readonly IdentityDocument[])[] | undefined
  readonly resourceControlPolicies: readonly (readonly ResourceDocument[])[]
  readonly facts: Facts
}

// ---- constructors ----

/**
 * The facts of the common case.
 *
 * @category constructors
 * @since 0.1.0
 */
export const commonFacts: Facts = /* @__PURE__ */ Frozen.deep({
  principalAccountIsManagement: false,
  resourceAccountIsManagement: false,
  principalIsServiceLinkedRole: false,
  registryPolicyScope: 'V2',
})

/**
 * No policy at all.
 *
 * @category constructors
 * @since 0.1.0
 */
export const empty: Environment = /* @__PURE__ */ Frozen.deep({
  _tag: 'Environment',
  identityPolicies: [],
  permissionsBoundary: undefined,
  sessionPolicies: [],
  resourcePolicy: undefined,
  registryPolicy: undefined,
  endpointPolicies: [],
  serviceControlPolicies: undefined,
  resourceControlPolicies: [],
  facts: commonFacts,
})

/**
 * An environment of the given policies; what is left out is absent.
 *
 * @example
 * import { Environment } from 'ecr-policy'
 *
 * Environment.make({ facts: { principalAccountIsManagement: true } }).facts.registryPolicyScope // => 'V2'
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (
  given: Partial<Omit<Environment, '_tag' | 'facts'>> & { readonly facts?: Partial<Facts> | undefined },
): Environment =>
  Object.freeze<Environment>({
    _tag: 'Environment',
    identityPolicies: listed(given.identityPolicies),
    permissionsBoundary: given.permissionsBoundary,
    sessionPolicies: listed(given.sessionPolicies),
    resourcePolicy: given.resourcePolicy,
    registryPolicy: given.registryPolicy,
    endpointPolicies: listed(given.endpointPolicies),
    serviceControlPolicies: given.serviceControlPolicies && listed(given.serviceControlPolicies.map(listed)),
    resourceControlPolicies: listed(given.resourceControlPolicies?.map(listed)),
    facts: factsOf(given.facts),
  })

const listed = <A>(list: readonly A[] = []): readonly A[] => Object.freeze(list.slice())

const factsOf = (given: Partial<Facts> = {}): Facts =>
  Object.freeze<Facts>({
    principalAccountIsManagement:
      given.principalAccountIsManagement ?? commonFacts.principalAccountIsManagement,
    resourceAccountIsManagement: given.resourceAccountIsManagement ?? commonFacts.resourceAccountIsManagement,
    principalIsServiceLinkedRole:
      given.principalIsServiceLinkedRole ?? commonFacts.principalIsServiceLinkedRole,
    registryPolicyScope: given.registryPolicyScope ?? commonFacts.registryPolicyScope,
  })
