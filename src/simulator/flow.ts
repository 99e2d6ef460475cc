/**
 * The decision flow as data: for each situation, which layers are looked at and one formula over them that must hold.
 * The evaluator, the explanation and the algebra read this formula; none of them knows the rules of AWS besides it.
 *
 * A request is denied explicitly when a Deny statement of any layer looked at matches (DE-3); otherwise it is allowed
 * exactly when the formula holds. Formulas are monotone: more Allows never make one false.
 *
 * Source: sections "Decision core" to "Limiting policies" of docs/semantics.md.
 *
 * @since 0.1.0
 */
import { Action, Caller, Context, Request, type Environment } from '../model/index.js'
import type { Layer, LayerId, PolicyType } from './Layer.js'
import type { Strength } from './Strength.js'

// ---- model ----

/**
 * A monotone formula over layers.
 *
 * - `Allows`: some Allow of the layer matches, naming the caller at least this directly.
 * - `All` of nothing holds, `Any` of nothing does not. Where an `Any` fails, its first branch that an Allow could help names the reason.
 * - `rule`: the rule of docs/semantics.md that demands it.
 *
 * @category model
 * @since 0.1.0
 */
export type Formula =
  | { readonly _tag: 'All'; readonly of: readonly Formula[] }
  | { readonly _tag: 'Any'; readonly of: readonly Formula[] }
  | { readonly _tag: 'Allows'; readonly layer: LayerId; readonly atLeast: Strength; readonly rule: string }
  | { readonly _tag: 'RootUser'; readonly rule: string }
  | { readonly _tag: 'Never'; readonly why: Impossible; readonly rule: string }

/**
 * Why no Allow could help. `OtherAccount`, `OtherRegion`: the caller is a service that does this within one account, or one
 * Region, only; `Unsigned`: unsigned requests are not served. Requests do not tell that, operations of ECR do.
 *
 * @category model
 * @since 0.1.0
 */
export type Impossible =
  | 'OtherPartition'
  | 'NoIdentitySide'
  | 'NoResourceToGrant'
  | 'NoSessionPolicy'
  | 'OtherAccount'
  | 'OtherRegion'
  | 'Unsigned'

/**
 * What of a request decides which flow applies to it.
 *
 * - `caller`: `Unaffiliated` are services, identity providers and anonymous callers (PR-7, ST-4).
 * - `relation`: of the caller's account to the resource's.
 * - `resourcePolicy`: `Sufficient` for ordinary services; `KeyPolicy` and `TrustPolicy` must themselves allow
 *   (KM-1, ST-2); `None` for an action without resource (U-13).
 * - `bySCP`, `byRCP`: whether such policies bind this caller, resource and action.
 *
 * @category model
 * @since 0.1.0
 */
export interface Situation {
  readonly caller: 'RootUser' | 'User' | 'RoleSession' | 'FederatedUser' | 'Unaffiliated'
  readonly relation: 'SameAccount' | 'CrossAccount' | 'CrossPartition'
  readonly resourcePolicy: 'Sufficient' | 'KeyPolicy' | 'TrustPolicy' | 'None'
  readonly registryPolicy: 'Consulted' | 'DenyOnly' | 'None'
  readonly bySCP: boolean
  readonly byRCP: boolean
  readonly gatewayEndpoint: boolean
}

/**
 * Which layers there are, and what must hold of them.
 *
 * @category model
 * @since 0.1.0
 */
export interface Flow {
  readonly situation: Situation
  readonly layers: readonly Layer[]
  readonly requires: Formula
}

// ---- what of a request counts ----

/**
 * All that the flow looks at in a request: what `situationOf` tells apart, and nothing besides.
 *
 * - `serviceLinked`: the caller is a session of a service-linked role, by its path, or by its name where the path is
 *   not known (SC-6).
 * - `action`: letter case removed.
 * - `resource`: `Key` and `Role` by ARN, `None` for an action without resource.
 *
 * @category model
 * @since 0.1.0
 */
export interface Traits {
  readonly caller: Situation['caller']
  readonly serviceLinked: boolean
  readonly relation: Situation['relation']
  readonly action: string
  readonly resource: 'None' | 'Key' | 'Role' | 'Other'
}

/** EC-6, U-14: what a registry policy of scope V1 is looked at for. */
const scopeV1 = ['ecr:replicateimage', 'ecr:batchimportupstreamimage', 'ecr:createrepository'] as const

/** RP-6: an action that no RCP has effect on. */
const retireGrant = 'kms:retiregrant'

/** U-17: services that no RCP has effect on. */
const withoutRCP = ['iam', 'ec2', 'lambda'] as const

/** U-22: services that are reached through gateway endpoints. */
const withGateway = ['s3', 'dynamodb'] as const

interface Telling {
  readonly actions: readonly string[]
  readonly services: readonly string[]
  readonly key: { readonly service: string }
  readonly role: { readonly service: string; readonly prefix: string }
  readonly serviceLinked: { readonly name: string; readonly path: string }
}

/**
 * What of actions, resources and role sessions the flow tells apart, as data: two actions of which neither is listed,
 * and whose services are not listed or are the same, are alike to it.
 *
 * @category model
 * @since 0.1.0
 */
export const telling: Telling = {
  actions: [...scopeV1, retireGrant],
  services: ['ecr', 'sts', ...withoutRCP, ...withGateway],
  key: { service: 'kms' },
  role: { service: 'iam', prefix: 'role/' },
  serviceLinked: { name: 'AWSServiceRoleFor', path: '/aws-service-role/' },
}

/**
 * What of a request decides its situation.
 *
 * @category destructors
 * @since 0.1.0
 */
export const traits = (request: Request.Request): Traits => ({
  caller: Caller.hasAccount(request.principal) ? request.principal._tag : 'Unaffiliated',
  serviceLinked: isServiceLinked(request),
  relation: relation(request),
  action: Action.fold(request.action),
  resource: resourceKind(request),
})

const relation = (request: Request.Request): Situation['relation'] => {
  const { principal, resource } = request
  if (!Caller.hasAccount(principal) || resource === '*') return 'SameAccount' // U-13: the caller's own account is asked
  if (resource.partition !== principal.partition) return 'CrossPartition' // XA-6
  return Request.ownerAccount(request) === principal.account ? 'SameAccount' : 'CrossAccount'
}

const resourceKind = ({ resource }: Request.Request): Traits['resource'] => {
  if (resource === '*') return 'None'
  if (resource.service === telling.key.service) return 'Key'
  return resource.service === telling.role.service && resource.resource.startsWith(telling.role.prefix)
    ? 'Role'
    : 'Other'
}

/** SC-6: told by the path of the role, or by its name where the path is not known. */
const isServiceLinked = (request: Request.Request): boolean => {
  const { principal, context } = request
  if (principal._tag !== 'RoleSession') return false
  const given = Context.get('aws:PrincipalArn')(context)
  if (given !== undefined) return given.some((arn) => arn.includes(`:role${telling.serviceLinked.path}`))
  return principal.path === undefined
    ? principal.role.startsWith(telling.serviceLinked.name)
    : principal.path.startsWith(telling.serviceLinked.path)
}

// ---- constructors ----

/**
 * The situation of a request in an environment.
 *
 * @category constructors
 * @since 0.1.0
 */
export const situation = (environment: Environment.Environment, request: Request.Request): Situation =>
  situationOf(environment.facts, traits(request))

/**
 * The situation of requests with these traits.
 *
 * @category constructors
 * @since 0.1.0
 */
export const situationOf = (facts: Environment.Facts, its: Traits): Situation => {
  const service = its.action.slice(0, Math.max(0, its.action.indexOf(':')))
  const free = facts.principalIsServiceLinkedRole || its.serviceLinked
  return {
    caller: its.caller,
    relation: its.relation,
    resourcePolicy: resourcePolicyRole(its, service),
    registryPolicy: registryPolicyRole(facts, its, service),
    bySCP: its.caller !== 'Unaffiliated' && !facts.principalAccountIsManagement && !free,
    byRCP: !facts.resourceAccountIsManagement && !free && rcpHasEffect(its, service),
    gatewayEndpoint: includes(withGateway, service),
  }
}

const includes = (list: readonly string[], text: string): boolean => list.includes(text)

const resourcePolicyRole = ({ resource }: Traits, service: string): Situation['resourcePolicy'] => {
  switch (resource) {
    case 'None':
      return 'None'
    case 'Key':
      return 'KeyPolicy'
    case 'Role':
      return service === 'sts' ? 'TrustPolicy' : 'Sufficient'
    case 'Other':
      return 'Sufficient'
  }
}

const registryPolicyRole = (
  facts: Environment.Facts,
  { action, resource }: Traits,
  service: string,
): Situation['registryPolicy'] => {
  if (service !== 'ecr') return 'None'
  if (facts.registryPolicyScope === 'V1' && !includes(scopeV1, action)) return 'None'
  return resource === 'None' ? 'DenyOnly' : 'Consulted' // U-13
}

const rcpHasEffect = ({ action }: Traits, service: string): boolean =>
  !includes(withoutRCP, service) && action !== retireGrant // U-17, RP-6

/**
 * The flow for a request in an environment.
 *
 * @category constructors
 * @since 0.1.0
 */
export const flow = (environment: Environment.Environment, request: Request.Request): Flow => {
  const its = situation(environment, request)
  return { situation: its, layers: layers(its, environment), requires: requirement(its, environment) }
}

// ---- evaluation ----

const id = (type: PolicyType, level = 0): LayerId => ({ type, level })

/**
 * The layers that are looked at, in the order in which AWS reports them (DE-4).
 *
 * @category evaluation
 * @since 0.1.0
 */
export const layers = (its: Situation, environment: Environment.Environment): readonly Layer[] => [
  ...(its.byRCP
    ? environment.resourceControlPolicies.map((documents, level) =>
        layer(id('ResourceControlPolicy', level), documents, false),
      )
    : []),
  ...(its.bySCP
    ? (environment.serviceControlPolicies ?? []).map((documents, level) =>
        layer(id('ServiceControlPolicy', level), documents),
      )
    : []),
  { ...layer(id('VpcEndpointPolicy'), environment.endpointPolicies), accountMeansRoot: its.gatewayEndpoint },
  ...(its.resourcePolicy === 'None' ? [] : [layer(id('ResourcePolicy'), maybe(environment.resourcePolicy))]),
  ...(its.registryPolicy === 'None'
    ? []
    : [layer(id('RegistryPolicy'), maybe(environment.registryPolicy), its.registryPolicy === 'Consulted')]),
  ...(its.caller === 'Unaffiliated' || its.caller === 'RootUser'
    ? []
    : [
        layer(id('IdentityPolicy'), environment.identityPolicies),
        layer(id('PermissionsBoundary'), maybe(environment.permissionsBoundary)),
        layer(id('SessionPolicy'), environment.sessionPolicies),
      ]),
]

const layer = (layerId: LayerId, documents: Layer['documents'], allows = true): Layer => ({
  id: layerId,
  documents,
  allows,
  accountMeansRoot: false,
})

const maybe = <A>(document: A | undefined): readonly A[] => (document === undefined ? [] : [document])

/**
 * What must hold for a request of this situation to be allowed, no Deny matching.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const requirement = (its: Situation, environment: Environment.Environment): Formula =>
  all([...guards(its, environment), decisive(its, environment)])

const all = (of: readonly Formula[]): Formula => ({ _tag: 'All', of })
const any = (of: readonly Formula[]): Formula => ({ _tag: 'Any', of })

const allows = (layerId: LayerId, rule: string, atLeast: Strength = 'Account'): Formula => ({
  _tag: 'Allows',
  layer: layerId,
  atLeast,
  rule,
})

/** The Allow part of RCPs is implied on every level (RP-1), so that they guard by Deny alone. */
const guards = (its: Situation, environment: Environment.Environment): readonly Formula[] => [
  ...(its.bySCP
    ? (environment.serviceControlPolicies ?? []).map((_, level) =>
        allows(id('ServiceControlPolicy', level), 'SC-1'),
      )
    : []),
  ...(environment.endpointPolicies.length > 0 ? [allows(id('VpcEndpointPolicy'), 'VE-1')] : []),
]

const decisive = (its: Situation, environment: Environment.Environment): Formula => {
  if (its.caller === 'Unaffiliated') return granted(its, 'Account', 'PR-7')
  const side = callerSide(its, environment)
  switch (its.relation) {
    case 'CrossPartition':
      return { _tag: 'Never', why: 'OtherPartition', rule: 'XA-6' }
    case 'CrossAccount':
      return all([side, granted(its, 'Account', 'XA-1')])
    case 'SameAccount':
      return withinAccount(its, environment, side)
  }
}

const withinAccount = (its: Situation, environment: Environment.Environment, side: Formula): Formula => {
  const limited = [...limits(its, environment), ...federation(its, environment)] // SA-7, SE-3
  switch (its.resourcePolicy) {
    case 'None':
      return side
    case 'Sufficient':
      return any([side, granted(its, 'Direct', 'SA-5'), all([granted(its, 'Entity', 'SA-3'), ...limited])])
    case 'KeyPolicy':
      return withRequiredPolicy(its, 'KM-1', side, limited)
    case 'TrustPolicy':
      return withRequiredPolicy(its, 'ST-2', side, limited)
  }
}

/** KM-1, ST-1, ST-2: the resource's own policy must allow, be it only by delegating to the account. */
const withRequiredPolicy = (
  its: Situation,
  rule: 'KM-1' | 'ST-2',
  side: Formula,
  limited: readonly Formula[],
): Formula =>
  any([
    all([granted(its, 'Account', rule), side]),
    granted(its, 'Direct', rule),
    all([granted(its, 'Entity', rule), ...limited]),
  ])

/** A grant of the resource's side: the resource policy or the registry policy, whichever names the caller (U-14). */
const granted = (its: Situation, atLeast: Strength, rule: string): Formula => {
  const places = [
    ...(its.resourcePolicy === 'None' ? [] : [id('ResourcePolicy')]),
    ...(its.registryPolicy === 'Consulted' ? [id('RegistryPolicy')] : []),
  ]
  return places.length === 0
    ? { _tag: 'Never', why: 'NoResourceToGrant', rule: 'U-13' }
    : any(places.map((place) => allows(place, rule, atLeast)))
}

/** The caller's own side: identity policies within boundary and session policies (PR-8, PB-1, SE-1). */
const callerSide = (its: Situation, environment: Environment.Environment): Formula =>
  its.caller === 'RootUser'
    ? { _tag: 'RootUser', rule: 'PR-8' }
    : all([
        allows(id('IdentityPolicy'), 'DE-1'),
        ...limits(its, environment),
        ...federation(its, environment),
      ])

/** Boundary and session policies, each only where one is set. */
const limits = (its: Situation, environment: Environment.Environment): readonly Formula[] =>
  its.caller === 'RootUser'
    ? []
    : [
        ...(environment.permissionsBoundary === undefined ? [] : [allows(id('PermissionsBoundary'), 'PB-1')]),
        ...(environment.sessionPolicies.length === 0 ? [] : [allows(id('SessionPolicy'), 'SE-1')]),
      ]

/** SE-3: a federated user without session policy has nothing of the user's permissions. */
const federation = (its: Situation, environment: Environment.Environment): readonly Formula[] =>
  its.caller === 'FederatedUser' && environment.sessionPolicies.length === 0
    ? [{ _tag: 'Never', why: 'NoSessionPolicy', rule: 'SE-3' }]
    : []
