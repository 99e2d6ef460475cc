/**
 * What the resources of a plan or state say of users, roles, groups, policies and repositories.
 *
 * @since 0.1.0
 */
import { isRecord } from '../../codec/index.js'
import { Region } from '../../ecr/index.js'
import { identity, resource, unknownResource, type BoundedIdentity } from '../Bounded.js'
import type { Attachment, Found, Holder, HolderName, HolderType, ManagedRef, Tags } from '../Found.js'
import { hasHole, hole, isHole, locate } from '../Hole.js'
import { holeGap } from '../holeGap.js'
import type { LinkOptions } from '../link.js'
import { field, items, members, text, type Located } from '../read.js'
import type { Instance, Plan, PlanOptions } from './Plan.js'
import { documentOf } from './policyDocument.js'
import { argument, constant, firstKnown, type Attribute } from './references.js'
import { incomplete, notRead } from './unread.js'

// ---- model ----

/**
 * What is given about a deployment, where plan or state do not tell. The partition follows from the Region.
 *
 * @category model
 * @since 0.1.0
 */
export interface TerraformOptions extends LinkOptions, PlanOptions {
  readonly accountId?: string | undefined
  readonly region?: string | undefined
  readonly partition?: string | undefined
  /** Addresses of resources that hold policies which are not read, and do not bear on any question. */
  readonly ignore?: readonly string[] | undefined
}

interface Where {
  readonly account: string
  readonly region: string
  readonly partition: string
}

interface Reading {
  readonly plan: Plan
  readonly where: Where
  readonly accounts: ReadonlyMap<string, readonly string[]>
  readonly value: (instance: Instance, name: string) => Located
}

type Reader = (reading: Reading, one: Instance) => Partial<Found>

// ---- where ----

/**
 * Account and Region: those given, or, when a plan has one provider of AWS only, those that it was made with.
 */
const whereOf = (plan: Plan, options: TerraformOptions): Where => {
  const unknown = (name: string): string => hole('UnresolvedReference', name)
  const all = Array.from(plan.instances.values())
  const told = (type: string, names: readonly string[]): readonly unknown[] =>
    hasOneProvider(plan)
      ? all
          .filter((one) => one.type === type)
          .flatMap(({ values }) => names.map((name) => field(name)(values).value))
      : []
  const provider = field('aws')(field('provider_config')(field('configuration')(plan.root)))
  const written = hasOneProvider(plan) ? constant(field('region')(field('expressions')(provider))) : undefined
  const region = options.region ?? firstKnown([written, ...told('aws_region', ['region', 'name', 'id'])])
  const account = options.accountId ?? firstKnown(told('aws_caller_identity', ['account_id']))
  const partition =
    options.partition ??
    (region !== undefined && Region.isRegion(region) ? Region.partitionOf(region) : undefined)
  return {
    account: account ?? unknown('accountId'),
    region: region ?? unknown('region'),
    partition: partition ?? unknown('partition'),
  }
}

const hasOneProvider = (plan: Plan): boolean => {
  const configured = field('provider_config')(field('configuration')(plan.root)).value
  return (
    isRecord(configured) &&
    Object.keys(configured).filter((name) => /(^|[.:])aws(\.|$)/u.test(name)).length === 1
  )
}

// ---- attributes ----

const arnTypes: ReadonlyMap<string, string> = new Map([
  ['aws_iam_role', 'role'],
  ['aws_iam_user', 'user'],
  ['aws_iam_group', 'group'],
  ['aws_iam_policy', 'policy'],
])

/** What `id` stands for. */
const idOf: ReadonlyMap<string, string> = new Map([
  ['aws_iam_role', 'name'],
  ['aws_iam_user', 'name'],
  ['aws_iam_group', 'name'],
  ['aws_iam_policy', 'arn'],
  ['aws_ecr_repository', 'name'],
])

/** An attribute with what follows from others: ARNs from names, ids, JSON of policy documents. */
const attributeOf =
  (plan: Plan, where: Where): Attribute =>
  (instance, name) => {
    const { type, values, mode } = instance
    const value = field(name)(values).value
    if (value !== undefined && !isHole(value)) return value
    if (name === 'id' && idOf.has(type)) return attributeOf(plan, where)(instance, idOf.get(type) ?? '')
    if (mode === 'managed') return name === 'arn' ? (arnOf(where, instance) ?? value) : value
    return isDocument(type, name) ? (documentOf(plan, attributeOf(plan, where), instance) ?? value) : value
  }

const isDocument = (type: string, name: string): boolean =>
  type === 'aws_iam_policy_document' && (name === 'json' || name === 'minified_json')

const arnOf = ({ account, region, partition }: Where, one: Instance): string | undefined => {
  const { type, values } = one
  const name = text('name')(values)
  const inIam = arnTypes.get(type)
  if (name === undefined) return undefined
  if (inIam !== undefined)
    return `arn:${partition}:iam::${account}:${inIam}${text('path')(values) ?? '/'}${name}`
  if (type !== 'aws_ecr_repository') return undefined
  return `arn:${partition}:ecr:${ownRegion(one) ?? region}:${account}:repository/${name}`
}

/** The Region of the resource itself, or else of its provider. */
const ownRegion = ({ values, region }: Instance): string | undefined => text('region')(values) ?? region

// ---- constructors ----

/**
 * All pieces of a plan or state.
 *
 * @category constructors
 * @since 0.1.0
 */
export const collect = (plan: Plan, options: TerraformOptions): readonly Partial<Found>[] => {
  const where = whereOf(plan, options)
  const attribute = attributeOf(plan, where)
  const settle = argument(plan, attribute)
  const value: Reading['value'] = (instance, name) => {
    const settled = settle(instance, name)
    return name === 'arn' || name === 'id' ? { ...settled, value: attribute(instance, name) } : settled
  }
  const all = Array.from(plan.instances.values())
  const reading = { plan, where, accounts: accountsOf(all, where, attribute), value }
  const isIgnored = ({ address }: Instance): boolean => (options.ignore ?? []).includes(address)
  return [
    { hiding: incomplete(plan) },
    ...all.flatMap((one) => {
      const reader = readers.get(one.mode === 'data' ? `data.${one.type}` : one.type)
      return reader === undefined || isIgnored(one) ? [] : [reader(reading, one)]
    }),
  ]
}

const textOf = ({ value }: Located): string => (typeof value === 'string' ? value : '')

const entries = (located: Located): readonly Located[] =>
  typeof located.value === 'string' ? [located] : items(located)

const refOf = ({ value, pointer }: Located): ManagedRef => ({ arn: textOf({ value, pointer }), pointer })

const inlineKinds = { Role: 'inline-role', User: 'inline-user', Group: 'inline-group' } as const

/** Arguments that a provider fills in where they are not written mean nothing before apply. */
const isWritten = ({ expressions }: Instance, name: string): boolean =>
  expressions === undefined || field(name)(expressions).value !== undefined

const written = ({ value }: Reading, one: Instance, name: string): Located => {
  const located = value(one, name)
  return isHole(located.value) && !isWritten(one, name) ? { ...located, value: undefined } : located
}

// ---- users, roles and groups ----

const holder =
  (type: HolderType): Reader =>
  (reading, one) => {
    const { where, value } = reading
    const name = value(one, 'name')
    const arn = textOf(value(one, 'arn'))
    const boundary = written(reading, one, 'permissions_boundary')
    const trust = value(one, 'assume_role_policy')
    const found: Holder = {
      type,
      account: accountIn(arn, where),
      name: textOf(name),
      id: one.address,
      arn: arn === '' || hasHole(arn) ? undefined : arn,
      pointer: one.values.pointer,
      inline: entries(written(reading, one, 'inline_policy')).flatMap((policy) =>
        inlineOf(type, policy, one.address),
      ),
      managed: entries(written(reading, one, 'managed_policy_arns')).map(refOf),
      boundary: textOf(boundary) === '' ? undefined : refOf(boundary),
      groups: [],
      trust:
        type !== 'Role' || trust.value === undefined
          ? undefined
          : resource('trust')({ name: one.address, pointer: trust.pointer, json: trust.value }),
      tags: tagsOf(reading, one),
      gaps: [],
    }
    return { holders: [found] }
  }

const accountIn = (arn: string, { account }: Where): string => {
  const own = arn.split(':')[4]
  return own === undefined || own === '' ? account : own
}

/** An empty block, which is how a role says that it has no inline policy, is none. */
const inlineOf = (type: HolderType, policy: Located, name: string): readonly BoundedIdentity[] => {
  const { value, pointer } = typeof policy.value === 'string' ? policy : field('policy')(policy)
  return value === undefined || value === ''
    ? []
    : [identity(inlineKinds[type])({ name: text('name')(policy) ?? name, pointer, json: value })]
}

/** Where tags are known after apply, those of the provider may be what is not known of them. */
const tagsOf = ({ plan }: Reading, one: Instance): Tags => {
  const all = field('tags_all')(one.values)
  const tags = all.value === undefined || isHole(all.value) ? field('tags')(one.values) : all
  const isUnwritten = isHole(tags.value) && !isWritten(one, 'tags')
  const ofProvider = isHole(all.value) && hasDefaultTags(plan) ? locate(all.value, all.pointer) : []
  const known = isRecord(tags.value)
    ? Object.entries(tags.value).flatMap(([key, value]) =>
        typeof value === 'string' && !hasHole(value) ? [[key, value] as const] : [],
      )
    : []
  return {
    known: Object.fromEntries(known),
    gaps: [...(isUnwritten ? [] : locate(tags.value, tags.pointer)), ...ofProvider].map(holeGap),
  }
}

const hasDefaultTags = ({ root }: Plan): boolean =>
  members(field('provider_config')(field('configuration')(root))).some(
    (provider) => field('default_tags')(field('expressions')(provider)).value !== undefined,
  )

// ---- policies ----

/** An attachment does not say its account; it is that of the holder of its name, where there is one only. */
const named = ({ where, accounts }: Reading, type: HolderType, { value }: Located): HolderName => {
  const name = typeof value === 'string' ? value : ''
  const [own, ...others] = accounts.get(`${type} ${name}`) ?? []
  return { type, account: own !== undefined && others.length === 0 ? own : where.account, name }
}

/** The accounts of all holders of a name. */
const accountsOf = (
  all: readonly Instance[],
  where: Where,
  attribute: Attribute,
): ReadonlyMap<string, readonly string[]> => {
  const accounts = new Map<string, readonly string[]>() // local mutation: grows holder by holder
  for (const one of all) {
    const type = one.mode === 'managed' ? holderTypes.get(one.type) : undefined
    const name = text('name')(one.values)
    if (type === undefined || name === undefined) continue
    const arn = attribute(one, 'arn')
    const key = `${type} ${name}`
    accounts.set(key, [...(accounts.get(key) ?? []), accountIn(typeof arn === 'string' ? arn : '', where)])
  }
  return accounts
}

const holderTypes: ReadonlyMap<string, HolderType> = new Map([
  ['aws_iam_role', 'Role'],
  ['aws_iam_user', 'User'],
  ['aws_iam_group', 'Group'],
])

/** What was read of a policy before the plan is no longer so when the plan makes it anew. */
const readPolicy: Reader = (reading, one) => {
  const arn = textOf(reading.value(one, 'arn'))
  const isMade = Array.from(reading.plan.instances.values()).some(
    (each) =>
      each.type === 'aws_iam_policy' && each.mode === 'managed' && reading.value(each, 'arn').value === arn,
  )
  return isMade ? {} : managedPolicy(reading, one)
}

const managedPolicy: Reader = ({ value }, one) => {
  const { value: json, pointer } = value(one, 'policy')
  return {
    managed: [
      {
        arn: textOf(value(one, 'arn')),
        policy: identity('managed')({ name: one.address, pointer, json }),
      },
    ],
  }
}

const policyOf =
  (type: HolderType): Reader =>
  (reading, one) => {
    const to = reading.value(one, type.toLowerCase())
    const { value: json, pointer } = reading.value(one, 'policy')
    return {
      attachments: [
        {
          to: named(reading, type, to),
          pointer: to.pointer,
          policy: identity(inlineKinds[type])({ name: one.address, pointer, json }),
        },
      ],
    }
  }

const attached = (
  reading: Reading,
  type: HolderType,
  targets: Located,
  policies: Located,
): readonly Attachment[] =>
  entries(targets).flatMap((to) =>
    entries(policies).map((policy) => ({
      to: named(reading, type, to),
      pointer: to.pointer,
      policy: refOf(policy),
    })),
  )

const attachment =
  (type: HolderType, target: string, policy: string): Reader =>
  (reading, one) => ({
    attachments: attached(reading, type, reading.value(one, target), reading.value(one, policy)),
  })

const attachmentToMany: Reader = (reading, one) => ({
  attachments: (['Role', 'User', 'Group'] as const).flatMap((type) =>
    attached(reading, type, reading.value(one, `${type.toLowerCase()}s`), reading.value(one, 'policy_arn')),
  ),
})

const membership =
  (users: string, groups: string): Reader =>
  (reading, one) => ({
    memberships: entries(reading.value(one, users)).flatMap((user) =>
      entries(reading.value(one, groups)).map((group) => ({
        user: named(reading, 'User', user),
        group: named(reading, 'Group', group),
        pointer: group.pointer,
        gaps: [],
      })),
    ),
  })

// ---- ECR ----

const placeOf = ({ where }: Reading, one: Instance, registry: string | undefined) => ({
  account: registry ?? where.account,
  region: ownRegion(one) ?? where.region,
})

const known = (value: string | undefined): string | undefined =>
  value === undefined || hasHole(value) ? undefined : value

/** A repository's Region is that of its ARN, once it has one. */
const repository: Reader = (reading, one) => {
  const arn = known(text('arn')(one.values))?.split(':') ?? []
  const place = placeOf(reading, one, arn[4] ?? known(text('registry_id')(one.values)))
  return {
    repositories: [
      {
        ...place,
        region: arn[3] ?? place.region,
        id: one.address,
        name: textOf(reading.value(one, 'name')),
        pointer: one.values.pointer,
        tags: tagsOf(reading, one),
        gaps: [],
      },
    ],
  }
}

/** The policy may not say its Region; it is that of the repository of its name, where there is one only. */
const repositoryPolicy: Reader = (reading, one) => {
  const name = textOf(reading.value(one, 'repository'))
  const owners = Array.from(reading.plan.instances.values())
    .filter(({ type, mode }) => type === 'aws_ecr_repository' && mode === 'managed')
    .flatMap((each) => repository(reading, each).repositories ?? [])
    .filter((each) => each.name === name)
  const [owner, ...others] = owners
  const its = placeOf(reading, one, known(text('registry_id')(one.values)))
  const isTold = others.length === 0 || ownRegion(one) !== undefined
  const place = isTold ? its : { ...its, region: hole('UnresolvedReference', `${one.address}.region`) }
  const { account, region } = owner !== undefined && others.length === 0 ? owner : place
  const { value: json, pointer } = reading.value(one, 'policy')
  return {
    repositoryPolicies: [
      {
        account,
        region,
        repository: name,
        pointer,
        policy: resource('ecr-repository')({ name: one.address, pointer, json }),
      },
    ],
  }
}

const registryPolicy: Reader = (reading, one) => {
  const { value: json, pointer } = reading.value(one, 'policy')
  return {
    registryPolicies: [
      {
        ...placeOf(reading, one, known(text('registry_id')(one.values))),
        policy: resource('ecr-registry')({ name: one.address, pointer, json }),
      },
    ],
  }
}

const beside =
  (why: string): Reader =>
  (_, one) => ({ beside: [notRead(one, why)] })

const hidden =
  (why: string): Reader =>
  (_, one) => ({ hiding: [notRead(one, why)] })

const otherRegistryPolicy: Reader = (reading, one) => ({
  registryPolicies: [
    {
      ...placeOf(reading, one, undefined),
      policy: unknownResource(one.address, notRead(one, otherProvider)),
    },
  ],
})

const otherProvider = 'resources of the provider `awscc` are not read'

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['aws_iam_role', holder('Role')],
  ['aws_iam_user', holder('User')],
  ['aws_iam_group', holder('Group')],
  ['aws_iam_policy', managedPolicy],
  ['data.aws_iam_policy', readPolicy],
  ['aws_iam_role_policy', policyOf('Role')],
  ['aws_iam_user_policy', policyOf('User')],
  ['aws_iam_group_policy', policyOf('Group')],
  ['aws_iam_role_policy_attachment', attachment('Role', 'role', 'policy_arn')],
  ['aws_iam_user_policy_attachment', attachment('User', 'user', 'policy_arn')],
  ['aws_iam_group_policy_attachment', attachment('Group', 'group', 'policy_arn')],
  ['aws_iam_role_policy_attachments_exclusive', attachment('Role', 'role_name', 'policy_arns')],
  ['aws_iam_user_policy_attachments_exclusive', attachment('User', 'user_name', 'policy_arns')],
  ['aws_iam_group_policy_attachments_exclusive', attachment('Group', 'group_name', 'policy_arns')],
  ['aws_iam_policy_attachment', attachmentToMany],
  ['aws_iam_user_group_membership', membership('user', 'groups')],
  ['aws_iam_group_membership', membership('users', 'group')],
  ['aws_ecr_repository', repository],
  ['aws_ecr_repository_policy', repositoryPolicy],
  ['aws_ecr_registry_policy', registryPolicy],
  ['aws_ecr_repository_creation_template', beside('it is for repositories that are yet to come')],
  ['aws_ecrpublic_repository', beside('ECR Public is not read')],
  ['aws_cloudformation_stack', hidden('its template is not read')],
  ['aws_cloudformation_stack_set', hidden('its template is not read')],
  ['aws_cloudcontrolapi_resource', hidden('what it makes is not read')],
  ['awscc_iam_role', beside(otherProvider)],
  ['awscc_iam_user', beside(otherProvider)],
  ['awscc_iam_group', hidden(otherProvider)],
  ['awscc_iam_managed_policy', hidden(otherProvider)],
  ['awscc_iam_role_policy', hidden(otherProvider)],
  ['awscc_iam_user_policy', hidden(otherProvider)],
  ['awscc_iam_group_policy', hidden(otherProvider)],
  ['awscc_ecr_repository', beside(otherProvider)],
  ['awscc_ecr_registry_policy', otherRegistryPolicy],
  ['aws_organizations_policy', beside('which accounts it binds is not worked out')],
  ['aws_ssoadmin_permission_set', beside('the roles that it makes are not read')],
])
