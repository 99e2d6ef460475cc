/**
 * What is wrong with the input of an access, if anything is: types rule it out, and those who write none are told.
 *
 * @since 0.1.0
 */
import { Given, PolicyKind, Problem, type Document } from '../model/index.js'

const { listOf, oneOf, optional, recordOf, textOr } = Given

type Parts = Readonly<Record<string, Given.Fault>>

// ---- parts ----

const isDocument = (given: unknown): given is Document.Document =>
  Given.isRecord(given) && given['_tag'] === 'Document' && Given.isList(given['statements'])

/** Of what is no document with principals, or no document without, as the kind has it. */
const documentOf = (kind: PolicyKind.PolicyKind): Given.Fault => {
  const tag = PolicyKind.isResourceKind(kind) ? 'ResourceStatement' : 'IdentityStatement'
  const wanted = tag === 'IdentityStatement' ? 'a document without principals' : 'a document with principals'
  return (given, at) => {
    if (!isDocument(given))
      return Given.wrongAt(at, 'a `Document`', given, `read it with \`Document.parse(policy, '${kind}')\``)
    return given.statements.every((statement) => Given.isRecord(statement) && statement['_tag'] === tag)
      ? undefined
      : Problem.problem('InvalidKind', `${Problem.quote(at)} is to be ${wanted}, and is not`)
  }
}

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
