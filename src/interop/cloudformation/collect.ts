/**
 * What the resources of a template say of users, roles, groups, policies and repositories.
 *
 * @since 0.1.0
 */
import { isList, isRecord } from '../../codec/index.js'
import { identity, possibly, resource, unlessAbsent, type BoundedIdentity } from '../Bounded.js'
import type { Attachment, Found, Holder, HolderName, HolderType, ManagedRef, Tags } from '../Found.js'
import { gap, isSome, type Gap } from '../Gap.js'
import { hasHole, locate, show } from '../Hole.js'
import { holeGap } from '../holeGap.js'
import { field, items, type Located } from '../read.js'
import { named, typeOf } from './named.js'
import { holds, resolve } from './resolve.js'
import { pseudo, type Scope } from './Scope.js'

// ---- model ----

/** A resource that exists, or may: its properties, with intrinsic functions worked out. */
interface Resource {
  readonly its: Scope
  readonly id: string
  readonly written: Located
  readonly properties: Located
  readonly gaps: readonly Gap[]
}

type Reader = (one: Resource) => Partial<Found>

// ---- constructors ----

/**
 * All pieces that a template has.
 *
 * @category constructors
 * @since 0.1.0
 */
export const collect = (its: Scope): readonly Partial<Found>[] => [
  { hiding: macros(its) },
  ...Array.from(its.section('Resources'), ([id, written]) => readResource(its, id, written)),
]

const readResource = (its: Scope, id: string, written: Located): Partial<Found> => {
  if ((its.options.ignore ?? []).includes(id)) return {}
  if (id.startsWith('Fn::')) return { hiding: [notRead(written, id, 'what it makes is not worked out')] }
  const type = typeOf(written)
  const reader = type.endsWith('::MODULE')
    ? hidden('the resources of a module are elsewhere')
    : readers.get(type)
  const condition = field('Condition')(written)
  const truth = typeof condition.value === 'string' ? holds(its, condition.value) : true
  if (reader === undefined || truth === false) return {}
  const properties = field('Properties')(written)
  const read = reader({
    its,
    id,
    written,
    properties: { value: resolve(its, properties.value), pointer: properties.pointer },
    gaps: truth === undefined ? [mayBeAbsent(condition, id)] : [],
  })
  return isWhole(written) && isWhole(properties)
    ? read
    : {
        ...read,
        hiding: [...(read.hiding ?? []), notRead(written, id, 'what a macro adds to it is not known')],
      }
}

/** A macro, or a loop, in the place of members stands for members that are not known. */
const isWhole = ({ value }: Located): boolean =>
  value === undefined || (isRecord(value) && !Object.keys(value).some((name) => name.startsWith('Fn::')))

const mayBeAbsent = ({ value, pointer }: Located, id: string): Gap =>
  gap(
    'UnknownCondition',
    pointer,
    id,
    `whether \`${id}\` exists depends on condition \`${String(value)}\`, which is not known`,
    'give the parameters that it asks for',
  )

const notRead = ({ pointer }: Located, id: string, why: string): Gap =>
  gap('NotRead', pointer, id, `\`${id}\` may hold policies: ${why}`, 'name it in `ignore` when it does not')

/** Macros that leave the resources of IAM and ECR as they are. */
const harmless = [
  'AWS::CodeDeployBlueGreen',
  'AWS::LanguageExtensions',
  'AWS::SecretsManager-2020-07-23',
  'AWS::SecretsManager-2024-09-16',
  'AWS::Serverless-2016-10-31',
]

const macros = (its: Scope): readonly Gap[] => {
  const written = field('Transform')(its.root)
  const all = [...(isList(written.value) ? items(written) : [written]), field('Fn::Transform')(its.root)]
  return all
    .filter(({ value }) => value !== undefined && !harmless.some((name) => name === value))
    .filter(({ value }) => !(its.options.ignore ?? []).some((name) => name === value))
    .map((one) =>
      notRead(
        one,
        typeof one.value === 'string' ? one.value : 'Transform',
        'a macro rewrites the template before it is deployed',
      ),
    )
}

// ---- users, roles and groups ----

const account = ({ its }: Resource): string => pseudo(its, 'AWS::AccountId')

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  return value === undefined ? '' : JSON.stringify(value)
}

/** The entries of a list; a hole in its place is one entry of which nothing is known. */
const entries = (located: Located): readonly Located[] =>
  typeof located.value === 'string' ? [located] : items(located)

const inlineKinds = { Role: 'inline-role', User: 'inline-user', Group: 'inline-group' } as const

const documentOf = (
  kind: 'managed' | 'inline-role' | 'inline-user' | 'inline-group',
  one: Located,
  name: string,
) => {
  const { value, pointer } = typeof one.value === 'string' ? one : field('PolicyDocument')(one)
  return identity(kind)({ name, pointer, json: value })
}

const refOf = ({ value, pointer }: Located): ManagedRef => ({ arn: textOf(value), pointer })

const holder =
  (type: HolderType): Reader =>
  (one) => {
    const { its, id, written, properties, gaps } = one
    const { name, arn } = named(resolve)(its, id, written) ?? { name: id, arn: undefined }
    const boundary = field('PermissionsBoundary')(properties)
    const trust = field('AssumeRolePolicyDocument')(properties)
    const found: Holder = {
      type,
      account: account(one),
      name,
      id: idOf(its, id),
      arn: arn === undefined || hasHole(arn) ? undefined : arn,
      pointer: written.pointer,
      inline: entries(field('Policies')(properties)).map((policy) =>
        documentOf(inlineKinds[type], policy, textOf(field('PolicyName')(policy).value ?? id)),
      ),
      managed: entries(field('ManagedPolicyArns')(properties)).map(refOf),
      boundary: boundary.value === undefined ? undefined : refOf(boundary),
      groups: entries(field('Groups')(properties)).map(({ value, pointer }) => ({
        type: 'Group',
        account: account(one),
        name: textOf(value),
        pointer,
      })),
      trust:
        trust.value === undefined
          ? undefined
          : resource('trust')({ name, pointer: trust.pointer, json: trust.value }),
      tags: tagsOf(field('Tags')(properties)),
      gaps,
    }
    return { holders: [found] }
  }

/** In one of several templates a logical id is not enough. */
const idOf = ({ options: { stack } }: Scope, id: string): string =>
  stack === undefined ? id : `${stack}/${id}`

const tagsOf = (tags: Located): Tags => {
  const vague = locate(tags.value, tags.pointer)
  const known = items(tags).flatMap((tag) => {
    const [key, value] = [field('Key')(tag).value, field('Value')(tag).value]
    return typeof key === 'string' && locate(tag.value, '').length === 0
      ? [[key, textOf(value ?? '')] as const]
      : []
  })
  return { known: Object.fromEntries(known), gaps: vague.map(holeGap) }
}

// ---- policies that say what they are attached to ----

const targets = (one: Resource): readonly (HolderName & { readonly pointer: string })[] =>
  (['Role', 'User', 'Group'] as const).flatMap((type) =>
    entries(field(`${type}s`)(one.properties)).map(({ value, pointer }) => ({
      type,
      account: account(one),
      name: textOf(value),
      pointer,
    })),
  )

const attached = (
  one: Resource,
  to: readonly (HolderName & { readonly pointer: string })[],
  policy: BoundedIdentity,
): readonly Attachment[] =>
  to.map(({ pointer, ...holderName }) => ({
    to: holderName,
    pointer,
    policy: isSome(one.gaps) ? possibly(...one.gaps)(policy) : policy,
  }))

/** `AWS::IAM::Policy` puts an inline policy into each user, role and group that it lists. */
const inlinePolicy: Reader = (one) => {
  const name = show(textOf(field('PolicyName')(one.properties).value ?? one.id))
  return {
    attachments: targets(one).flatMap((to) =>
      attached(one, [to], documentOf(inlineKinds[to.type], one.properties, name)),
    ),
  }
}

const managedPolicy: Reader = (one) => {
  const { its, id, written, properties } = one
  const { arn } = named(resolve)(its, id, written) ?? { arn: id }
  const policy = documentOf('managed', properties, idOf(its, id))
  const held = isSome(one.gaps) ? possibly(...one.gaps)(policy) : policy
  return { managed: [{ arn, policy: held }], attachments: attached(one, targets(one), policy) }
}

/** `AWS::IAM::RolePolicy` and its like belong to one holder. */
const policyOf =
  (type: HolderType): Reader =>
  (one) => {
    const { value, pointer } = field(`${type}Name`)(one.properties)
    const name = textOf(field('PolicyName')(one.properties).value ?? one.id)
    const to = { type, account: account(one), name: textOf(value), pointer }
    return { attachments: attached(one, [to], documentOf(inlineKinds[type], one.properties, name)) }
  }

const userToGroup: Reader = (one) => {
  const group: HolderName = {
    type: 'Group',
    account: account(one),
    name: textOf(field('GroupName')(one.properties).value),
  }
  return {
    memberships: entries(field('Users')(one.properties)).map(({ value, pointer }) => ({
      user: { type: 'User', account: account(one), name: textOf(value) },
      group,
      pointer,
      gaps: one.gaps,
    })),
  }
}

// ---- ECR ----

const repository: Reader = (one) => {
  const { its, id, written, properties, gaps } = one
  const { name, arn } = named(resolve)(its, id, written) ?? { name: id, arn: '' }
  const [, , , region = '', owner = ''] = arn.split(':')
  const place = hasHole(arn)
    ? { account: account(one), region: pseudo(its, 'AWS::Region') }
    : { account: owner, region }
  const text = field('RepositoryPolicyText')(properties)
  const policy =
    text.value === undefined
      ? undefined
      : resource('ecr-repository')({ name, pointer: text.pointer, json: text.value })
  return {
    repositories: [
      {
        ...place,
        id: idOf(its, id),
        name,
        pointer: written.pointer,
        tags: tagsOf(field('Tags')(properties)),
        gaps,
      },
    ],
    repositoryPolicies: [{ ...place, repository: name, pointer: text.pointer, policy }],
  }
}

const registryPolicy: Reader = (one) => {
  const { its, id, properties, gaps } = one
  const text = field('PolicyText')(properties)
  const policy = resource('ecr-registry')({ name: idOf(its, id), pointer: text.pointer, json: text.value })
  return {
    registryPolicies: [
      {
        account: account(one),
        region: pseudo(its, 'AWS::Region'),
        policy: isSome(gaps) ? (unlessAbsent(possibly(...gaps)(policy), gaps) ?? policy) : policy,
      },
    ],
  }
}

// ---- the rest ----

const hidden =
  (why: string): Reader =>
  ({ id, written }) => ({ hiding: [notRead(written, id, why)] })

const beside =
  (why: string): Reader =>
  ({ id, written }) => ({ beside: [notRead(written, id, why)] })

const ownRole = 'the roles that it makes are not read'

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['AWS::IAM::Role', holder('Role')],
  ['AWS::IAM::User', holder('User')],
  ['AWS::IAM::Group', holder('Group')],
  ['AWS::IAM::Policy', inlinePolicy],
  ['AWS::IAM::ManagedPolicy', managedPolicy],
  ['AWS::IAM::RolePolicy', policyOf('Role')],
  ['AWS::IAM::UserPolicy', policyOf('User')],
  ['AWS::IAM::GroupPolicy', policyOf('Group')],
  ['AWS::IAM::UserToGroupAddition', userToGroup],
  ['AWS::ECR::Repository', repository],
  ['AWS::ECR::RegistryPolicy', registryPolicy],
  ['AWS::ECR::RepositoryCreationTemplate', beside('it is for repositories that are yet to come')],
  ['AWS::ECR::PublicRepository', beside('ECR Public is not read')],
  ['AWS::CloudFormation::Stack', hidden('the template of a nested stack is elsewhere')],
  ['AWS::CloudFormation::StackSet', hidden('the template of its stacks is elsewhere')],
  ['AWS::Serverless::Application', hidden('the template of a nested application is elsewhere')],
  ['AWS::ServiceCatalog::CloudFormationProvisionedProduct', hidden('the template of a product is elsewhere')],
  ['AWS::Serverless::Connector', beside('the policies that it makes are not read')],
  ['AWS::Organizations::Policy', beside('which accounts it binds is not worked out')],
  ['AWS::SSO::PermissionSet', beside(ownRole)],
  ['AWS::Serverless::Function', beside(ownRole)],
  ['AWS::Serverless::StateMachine', beside(ownRole)],
])
