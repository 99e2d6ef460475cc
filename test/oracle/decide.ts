/** Oracle, part 6: the decision over all policies that bear on one request. */
import { keptForRecord } from './kept.js'
import { hasAccount, readCaller } from './principals.js'
import type { Caller } from './principals.js'
import { asList, givenContext, matchDocument, ownerOf } from './statements.js'
import type { Meaning, PolicyJson, RequestJson, Surroundings } from './statements.js'

export { arnLike, globMatches, resourceMatches } from './patterns.js'
export { conditionHolds } from './conditions.js'
export { matchDocument } from './statements.js'
export type { PolicyJson, RequestJson, StatementJson } from './statements.js'

export type Outcome = 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied'

export type ScenarioJson = {
  readonly request: RequestJson
  readonly identityPolicies?: readonly PolicyJson[]
  readonly permissionsBoundary?: PolicyJson | readonly PolicyJson[]
  readonly sessionPolicies?: readonly PolicyJson[]
  readonly resourcePolicy?: PolicyJson
  readonly registryPolicy?: PolicyJson
  readonly endpointPolicies?: readonly PolicyJson[]
  readonly serviceControlPolicies?: readonly (readonly PolicyJson[])[]
  readonly resourceControlPolicies?: readonly (readonly PolicyJson[])[]
  readonly facts?: {
    readonly principalAccountIsManagement?: boolean
    readonly resourceAccountIsManagement?: boolean
    readonly principalIsServiceLinkedRole?: boolean
    readonly registryPolicyScope?: 'V1' | 'V2'
  }
}

const isGrant = (meaning: Meaning): boolean => typeof meaning === 'object'

/** SC-6: by fact, by path, or by name. */
export const isServiceLinkedRole = (s: ScenarioJson): boolean => {
  const caller = readCaller(s.request.principal)
  if (s.facts?.principalIsServiceLinkedRole === true) return true
  if (caller.kind !== 'Session') return false
  const given = givenContext(s.request)('aws:PrincipalArn')?.[0]
  const arn = given ?? (s.request.principal.includes(':role/') ? s.request.principal : undefined)
  return arn === undefined
    ? (caller.name ?? '').startsWith('AWSServiceRoleFor') // a session ARN alone tells no path
    : /^arn:[^:]*:iam::[^:]*:role\/aws-service-role\//.test(arn)
}

const V1_ACTIONS = ['ecr:replicateimage', 'ecr:batchimportupstreamimage', 'ecr:createrepository'] // EC-6

const registryPolicies = (s: ScenarioJson): readonly PolicyJson[] => {
  const action = s.request.action.toLowerCase()
  const inScope =
    s.facts?.registryPolicyScope === 'V1' ? V1_ACTIONS.includes(action) : action.startsWith('ecr:')
  return inScope ? asList(s.registryPolicy) : [] // EC-6, U-14
}

/** KM-1, ST-2: where identity policies alone never suffice. */
const resourcePolicyMustAllow = ({ action, resource }: RequestJson): boolean => {
  const [, , service, , , name = ''] = resource.split(':')
  const trust = service === 'iam' && name.startsWith('role/') && action.toLowerCase().startsWith('sts:')
  return service === 'kms' || trust
}

/** RP-6, RP-11, U-17: the customer's RCPs that bind this request. */
const bindingRcps = (s: ScenarioJson): readonly PolicyJson[] => {
  const action = s.request.action.toLowerCase()
  if (s.facts?.resourceAccountIsManagement === true) return [] // RP-6
  if (isServiceLinkedRole(s)) return [] // RP-5
  if (/^(iam|ec2|lambda):/.test(action) || action === 'kms:retiregrant') return [] // RP-6, RP-11, U-17
  return (s.resourceControlPolicies ?? []).flat()
}

/** SC-4, SC-5, SC-6, SC-9: the SCP levels that bind this caller. */
const bindingScps = (s: ScenarioJson, caller: Caller): readonly (readonly PolicyJson[])[] =>
  !hasAccount(caller) || s.facts?.principalAccountIsManagement === true || isServiceLinkedRole(s)
    ? []
    : (s.serviceControlPolicies ?? [])

/** What a policy says of the request, in its surroundings. */
export type Reader = (policy: PolicyJson, around: Surroundings) => Meaning

/** One action, one resource. */
export const decide = (s: ScenarioJson): Outcome =>
  decideBy(s, (policy, around) => matchDocument(policy, s.request, around))

/** The same, whatever the policies say: what of them is asked, and what follows from the answers. */
export const decideBy = (s: ScenarioJson, read: Reader): Outcome => {
  const { request } = s
  const caller = readCaller(request.principal)
  const owned = hasAccount(caller) && caller.kind !== 'Root' // PR-7, PR-8: nobody else has policies of his own
  const identity = owned ? asList(s.identityPolicies) : []
  const boundary = owned ? asList(s.permissionsBoundary) : []
  const session = owned ? asList(s.sessionPolicies) : []
  const onResource = request.resource === '*' ? [] : asList(s.resourcePolicy) // U-13
  const onRegistry = registryPolicies(s)
  const endpoint = asList(s.endpointPolicies)
  const scps = bindingScps(s, caller)
  const gateway = /^(s3|dynamodb):/i.test(request.action) // U-22
  const boundarySet = boundary.length > 0

  const meaning = keptForRecord((p: PolicyJson): Meaning => read(p, { boundarySet }))
  const atEndpoint = keptForRecord((p: PolicyJson): Meaning => read(p, { boundarySet, gateway }))
  const allows = (policies: readonly PolicyJson[]): boolean => policies.some((p) => isGrant(meaning(p))) // DE-2

  const everywhere = [identity, boundary, session, onResource, onRegistry, scps.flat(), bindingRcps(s)].flat()
  if (everywhere.some((p) => meaning(p) === 'Deny')) return 'ExplicitlyDenied' // DE-3, SC-2, RP-1, SA-9
  if (endpoint.some((p) => atEndpoint(p) === 'Deny')) return 'ExplicitlyDenied' // DE-3, VE-1

  if (!scps.every(allows)) return 'ImplicitlyDenied' // SC-1, SC-7
  if (endpoint.length > 0 && !endpoint.some((p) => isGrant(atEndpoint(p)))) return 'ImplicitlyDenied' // VE-1, VE-2

  const granting = request.resource === '*' ? [] : [...onResource, ...onRegistry] // U-13, U-14
  const grants = granting.map(meaning).flatMap((m) => (typeof m === 'object' ? [m.grant] : []))
  if (!hasAccount(caller)) return grants.length > 0 ? 'Allowed' : 'ImplicitlyDenied' // PR-7, PR-9, ST-4

  const partition = request.resource === '*' ? caller.partition : request.resource.split(':')[1]
  if (partition !== caller.partition) return 'ImplicitlyDenied' // XA-6

  const boundaryOk = !boundarySet || allows(boundary) // PB-1
  const sessionOk = session.length > 0 ? allows(session) : caller.kind !== 'FederatedUser' // SE-1, SE-3
  const side = caller.kind === 'Root' || (allows(identity) && boundaryOk && sessionOk) // PR-8, SC-10
  const direct = grants.includes('Direct') // SA-2, SA-4, SA-5, SA-8
  const entity = grants.includes('Entity') && boundaryOk && sessionOk // SA-3, SA-7

  const allowed =
    request.resource !== '*' && ownerOf(request, caller) !== caller.account // U-13: no resource, no other side
      ? side && grants.length > 0 // XA-1, XA-2, XA-3, XA-4
      : resourcePolicyMustAllow(request)
        ? direct || entity || (side && grants.length > 0) // KM-1, ST-1, ST-2
        : direct || entity || side // SA-1, SA-6
  return allowed ? 'Allowed' : 'ImplicitlyDenied' // DE-1, DE-5
}
