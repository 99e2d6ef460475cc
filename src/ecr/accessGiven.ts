/**
 * What is wrong with the input of an access, if anything is: types rule it out, and those who write none are told.
 *
 * @since 0.1.0
 */
import { Given } from '../model/index.js'

const { documentOf, listOf, oneOf, optional, recordOf, textOr } = Given

type Parts = Readonly<Record<string, Given.Fault>>

// ---- parts ----

/**
 * A fact that holds or does not.
 *
 * @category errors
 * @since 0.1.0
 */
export const flag: Given.Fault = optional(oneOf(true, false))

/**
 * Policies by level.
 *
 * @category errors
 * @since 0.1.0
 */
export const levels = (kind: 'scp' | 'rcp'): Given.Fault => optional(listOf(listOf(documentOf(kind))))

/**
 * What a caller has.
 *
 * @category errors
 * @since 0.1.0
 */
export const callerParts: Parts = {
  principal: textOr(
    'a `Caller`',
    ...['RootUser', 'User', 'RoleSession', 'FederatedUser', 'Service', 'IdentityProvider', 'Anonymous'],
  ),
  identityPolicies: optional(listOf(documentOf('identity'))),
  permissionsBoundary: optional(documentOf('boundary')),
  sessionPolicies: optional(listOf(documentOf('session'))),
  context: optional(Given.context),
}

/**
 * What the owner of a repository has.
 *
 * @category errors
 * @since 0.1.0
 */
export const ownerParts: Parts = {
  resourcePolicy: optional(documentOf('ecr-repository')),
  registryPolicy: optional(documentOf('ecr-registry')),
  resourceControlPolicies: levels('rcp'),
}

/**
 * The policies of an endpoint.
 *
 * @category errors
 * @since 0.1.0
 */
export const endpointPolicies: Given.Fault = optional(listOf(documentOf('endpoint')))
/**
 * How much of a registry policy is enforced.
 *
 * @category errors
 * @since 0.1.0
 */
export const registryPolicyScope: Given.Fault = optional(oneOf('V1', 'V2'))

// ---- the whole ----

/**
 * What is wrong with the input of an access.
 *
 * @category errors
 * @since 0.1.0
 */
export const accessFault: Given.Fault = /* @__PURE__ */ recordOf('an access', {
  ...callerParts,
  ...ownerParts,
  _tag: optional(oneOf('Environment')),
  endpointPolicies,
  serviceControlPolicies: levels('scp'),
  facts: optional(
    recordOf('the facts', {
      principalAccountIsManagement: flag,
      resourceAccountIsManagement: flag,
      principalIsServiceLinkedRole: flag,
      registryPolicyScope,
    }),
  ),
})
