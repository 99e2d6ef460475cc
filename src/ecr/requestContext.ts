/**
 * What is known of each request that an operation makes: the keys that ECR supplies, and of those given with the access
 * the ones that belong to this request.
 *
 * Requests carry, unless the access says otherwise, `aws:RequestedRegion` (the repository's Region; us-east-1 for ECR
 * Public) and `aws:SecureTransport` `true`, as registries and the API are reached over TLS only. Those of a service carry
 * `aws:SourceAccount` and `aws:SourceArn` besides.
 *
 * Source: EX-25, EX-26, EX-39, EX-43, EX-45, RC-6, U-26, U-33.
 *
 * @since 0.1.0
 */
import { Caller, Context, type Arn } from '../model/index.js'
import type { Access } from './Access.js'
import type { Need } from './Operation.js'
import type { PublicRepository } from './Repository.js'
import { sourceKeys } from './serviceSource.js'
import type { Held } from './Target.js'

// ---- model ----

/**
 * The repository for whose sake a request is made, if there is one.
 *
 * @category model
 * @since 0.1.0
 */
export type Anchor = Held | Held<PublicRepository> | undefined

// ---- destructors ----

/**
 * The caller, if he has an account.
 *
 * @category destructors
 * @since 0.1.0
 */
export const ownAccount = ({ principal }: Access): Caller.AccountCaller | undefined =>
  Caller.hasAccount(principal) ? principal : undefined

/**
 * The Region of a repository; undefined for ECR Public, which has none.
 *
 * @category destructors
 * @since 0.1.0
 */
export const regionOf = (anchor: Anchor): string | undefined =>
  anchor?.repository._tag === 'Repository' ? anchor.repository.region : undefined

// ---- predicates ----

/**
 * Is the action asked on a repository, or on all of a registry?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isOnRepository = ({ on }: Need): boolean =>
  on !== '*' && on !== 'signing-profile' && !on.startsWith('role/')

/**
 * Is the anchor's registry asked? Always for a repository of it; else only if it is the caller's own (XA-5).
 *
 * @category predicates
 * @since 0.1.0
 */
export const isOfRegistry = (access: Access, anchor: Anchor, need: Need): boolean =>
  isOnRepository(need) || (anchor !== undefined && anchor.repository.account === ownAccount(access)?.account)

/** EX-25, EX-26: no resource, a resource of another sort, or a repository that is not there yet has no such tags. */
const hasTags = (need: Need): boolean =>
  isOnRepository(need) && need.on !== 'repository/*' && need.action !== 'ecr:CreateRepository'

// ---- evaluation ----

/**
 * The context of one request.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const contextFor = (
  required: readonly Need[],
  access: Access,
  anchor: Anchor,
  need: Need,
): Context.Context => {
  const tags = Object.entries(anchor?.tags ?? {}).flatMap(([key, value]) => [
    [`aws:ResourceTag/${key}`, value] as const,
    [`${prefixOf(need)}:ResourceTag/${key}`, value] as const,
  ])
  const belongs = isAbout(required, access, anchor, need)
  const given = access.context
    .filter(({ name }) => belongs(name.toLowerCase()))
    .map(({ name, values }) => [name, values] as const)
  const sources =
    anchor === undefined || isShared(required, need) ? [] : sourceKeys(access, anchor.repository, need)
  return Context.fromEntries([
    ...defaults(anchor, need),
    ...sources,
    ...given,
    ...(hasTags(need) ? tags : []),
  ])
}

const prefixOf = ({ action }: Need): string => action.slice(0, action.indexOf(':'))

/** RC-6: which keys of a request of a service come from the service, and not from the caller beside it. */
const ofService: readonly string[] = [
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]

const ofEveryone: readonly string[] = [
  'aws:currenttime',
  'aws:epochtime',
  'aws:requestedregion',
  'aws:securetransport',
]

/**
 * Does a key, in lower case, tell of the VPC that a request comes from, or of the endpoint that it comes through (EX-43)?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isOfVpc = (key: string): boolean => /^aws:(source)?vpc/.test(key)

/** RC-6: keys, in lower case, of those only who have an account; of the principal's all but those that tell of a service. */
const ofAccounts = /^aws:(principal(?!isaws|service)|userid$|tokenissuetime$|multifactorauth)/

/**
 * Can a caller have this key, in lower case? Services and others without an account have none that tell of one, and the name of
 * a user users alone (EX-39, RC-6).
 *
 * @category predicates
 * @since 0.1.0
 */
export const canBring =
  (caller: Caller.Caller) =>
  (key: string): boolean =>
    key === 'aws:username' ? caller._tag === 'User' : Caller.hasAccount(caller) || !ofAccounts.test(key)

/** Does a key of the access, in lower case, belong to this request? */
const isAbout =
  (required: readonly Need[], access: Access, anchor: Anchor, need: Need) =>
  (name: string): boolean => {
    if (!canBring(access.principal)(name)) return false
    if (/^(aws|ecr|ecr-public):resourcetag\//.test(name)) return hasTags(need)
    if (name.startsWith('aws:resource')) return isOfRegistry(access, anchor, need)
    if (need.outsideVpc === true && isOfVpc(name)) return false
    if (name.startsWith('aws:requesttag/') || name === 'aws:tagkeys') return takesTags(need)
    if (need.by !== undefined && !isService(access.principal, need.by))
      return ofService.includes(name) || ofEveryone.includes(name)
    return !(isShared(required, need) && ofService.includes(name))
  }

/** Does the caller ask this himself, in an operation that a service takes part in? */
const isShared = (required: readonly Need[], need: Need): boolean =>
  need.by === undefined && required.some(({ by }) => by !== undefined)

/** EC-7, EX-26. */
const takesTags = ({ action }: Need): boolean => action === 'ecr:CreateRepository'

const isService = (caller: Caller.Caller, host: string): boolean =>
  caller._tag === 'Service' && caller.host === host

type Pair = readonly [string, string]

const defaults = (anchor: Anchor, need: Need): readonly Pair[] => {
  const region = requestedRegion(anchor, need)
  const role = /^role\/aws-service-role\/([^/]+)\//.exec(need.on)?.[1]
  return [
    ['aws:SecureTransport', 'true'],
    ...(region === undefined ? [] : [['aws:RequestedRegion', region] as const]),
    ...(role === undefined ? [] : [['iam:AWSServiceName', role] as const]),
  ]
}

/** Where IAM, which has no Region of its own, is asked. */
const homeOfIam = new Map<Arn.Partition, string>([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
])

/** The registry of the anchor is where a managed signing rule finds its profile. */
const requestedRegion = (anchor: Anchor, need: Need): string | undefined => {
  const prefix = prefixOf(need)
  if (prefix === 'ecr-public' || prefix === 'sts') return 'us-east-1' // EX-45
  if (prefix === 'iam') return anchor === undefined ? undefined : homeOfIam.get(anchor.repository.partition)
  return regionOf(anchor)
}
