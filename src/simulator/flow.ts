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
import { Action, Caller, Request, type Environment } from '../model/index.js'
import type { Layer, LayerId, PolicyType } from './Layer.js'
import type { Strength } from './Strength.js'

// ---- model ----

/**
 * A monotone formula over layers.
 *
 * - `Allows`: some Allow of the layer matches, naming the caller at least this directly.
 * - `All` of nothing holds, `Any` of nothing does not. Where an `Any` fails, its first branch names the reason.
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
 * Why no Allow could help.
 *
 * @category model
 * @since 0.1.0
 */
export type Impossible = 'OtherPartition' | 'NoIdentitySide' | 'NoResourceToGrant' | 'NoSessionPolicy'

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

// ---- constructors ----

/**
 * The situation of a request in an environment.
 *
 * @category constructors
 * @since 0.1.0
 */
export const situation = (environment: Environment.Environment, request: Request.Request): Situation => ({
  caller: Caller.hasAccount(request.principal) ? request.principal._tag : 'Unaffiliated',
  relation: relation(request),
  resourcePolicy: resourcePolicyRole(request),
  registryPolicy: registryPolicyRole(environment, request),
  bySCP:
    Caller.hasAccount(request.principal) &&
    !environment.facts.principalAccountIsManagement &&
    !isServiceLinked(environment, request),
  byRCP:
    !environment.facts.resourceAccountIsManagement &&
    !isServiceLinked(environment, request) &&
    rcpHasEffect(request),
  gatewayEndpoint: ['s3', 'dynamodb'].includes(Action.service(request.action)),
})

const relation = (request: Request.Request): Situation['relation'] => {
  const { principal, resource } = request
  if (!Caller.hasAccount(principal) || resource === '*') return 'SameAccount' // U-13: the caller's own account is asked
  if (resource.partition !== principal.partition) return 'CrossPartition' // XA-6
  return Request.ownerAccount(request) === principal.account ? 'SameAccount' : 'CrossAccount'
}

const resourcePolicyRole = ({ action, resource }: Request.Request): Situation['resourcePolicy'] => {
  if (resource === '*') return 'None'
  if (resource.service === 'kms') return 'KeyPolicy'
  const isRole = resource.service === 'iam' && resource.resource.startsWith('role/')
  return isRole && Action.service(action) === 'sts' ? 'TrustPolicy' : 'Sufficient'
}

/** EC-6, U-14: what a registry policy of scope V1 is looked at for. */
const scopeV1 = ['ecr:replicateimage', 'ecr:batchimportupstreamimage', 'ecr:createrepository']

const registryPolicyRole = (
  { facts }: Environment.Environment,
  { action, resource }: Request.Request,
): Situation['registryPolicy'] => {
  if (Action.service(action) !== 'ecr') return 'None'
  if (facts.registryPolicyScope === 'V1' && !scopeV1.includes(Action.fold(action))) return 'None'
  return resource === '*' ? 'DenyOnly' : 'Consulted' // U-13
}

/** SC-6: told by the fact, by the path of the role, or by its name where the path is not known. */
const isServiceLinked = ({ facts }: Environment.Environment, request: Request.Request): boolean => {
  if (facts.principalIsServiceLinkedRole) return true
  if (request.principal._tag !== 'RoleSession') return false
  const arns = Request.principalArn(request)
  return (
    request.principal.role.startsWith('AWSServiceRoleFor') ||
    arns.some((arn) => arn.includes(':role/aws-service-role/'))
  )
}

const rcpHasEffect = ({ action }: Request.Request): boolean =>
  !['iam', 'ec2', 'lambda'].includes(Action.service(action)) && Action.fold(action) !== 'kms:retiregrant' // U-17, RP-6

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
