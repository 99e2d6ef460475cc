/**
 * Puts the pieces that a source found together: policies to those that they are attached to, users to their groups,
 * repositories to their policies.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { findManagedPolicy, Repository } from '../ecr/index.js'
import { type Document, Frozen } from '../model/index.js'
import {
  absence,
  known,
  possibly,
  unknownIdentity,
  unknownResource,
  unlessAbsent,
  type BoundedIdentity,
  type BoundedResource,
} from './Bounded.js'
import type {
  Attachment,
  Found,
  FoundRepository,
  FoundRepositoryPolicy,
  Holder,
  HolderName,
  ManagedRef,
  Membership,
} from './Found.js'
import { distinct, gap, isSome, type Gap } from './Gap.js'
import { hasHole, holesIn, mayEqual, show } from './Hole.js'
import { holeGap } from './holeGap.js'
import type { Inventory, InventoryPrincipal, InventoryRepository } from './Inventory.js'

// ---- model ----

/**
 * Managed policies that the input refers to and does not have, by ARN. Those of AWS that `Ecr.managedPolicyNames` lists
 * need not be given.
 *
 * @category model
 * @since 0.1.0
 */
export interface LinkOptions {
  readonly managedPolicies?: Readonly<Record<string, Document.IdentityDocument>> | undefined
}

/** The pieces by name, so that each is looked for once. */
interface Index {
  readonly managed: (ref: ManagedRef) => BoundedIdentity
  readonly attachedTo: (holder: HolderName) => readonly Attachment[]
  /** What may be attached to a holder, as far as is known. */
  readonly perhapsAttached: (holder: HolderName) => readonly BoundedIdentity[]
  readonly groups: (name: HolderName) => readonly Holder[]
  readonly memberships: (user: HolderName) => readonly Membership[]
  readonly hidden: readonly BoundedIdentity[]
}

// ---- constructors ----

/**
 * The inventory of what was found.
 *
 * **Cost** linear in the pieces and in the attachments between them.
 *
 * @category constructors
 * @since 0.1.0
 */
export const link =
  (options: LinkOptions) =>
  (found: Found): Inventory =>
    Frozen.deep(linked(Frozen.own({ managedPolicies: options.managedPolicies }), found))

const linked = (options: LinkOptions, found: Found): Inventory => {
  const index = indexOf(found, options)
  const principals = found.holders.flatMap((holder) => principalOf(index, holder))
  const repositories = repositoriesOf(found)
  const inventory = {
    _tag: 'Inventory',
    principals,
    repositories,
    registries: found.registryPolicies,
  } as const
  return {
    ...inventory,
    gaps: distinct([
      ...found.hiding,
      ...found.beside,
      ...outside(found),
      ...principals.flatMap(({ gaps, trustPolicy }) => [...gaps, ...(trustPolicy?.gaps ?? [])]),
      ...repositories.flatMap(({ gaps }) => gaps),
      ...found.repositoryPolicies.flatMap(({ policy }) => policy?.gaps ?? []),
      ...found.registryPolicies.flatMap(({ policy }) => policy.gaps),
      ...found.managed.flatMap(({ policy }) => policy.gaps),
    ]),
  }
}

const keyOf = ({ type, account, name }: HolderName): string => JSON.stringify([type, account, name])

const grouped = <A>(items: readonly A[], key: (item: A) => string): ReadonlyMap<string, readonly A[]> => {
  const groups = new Map<string, A[]>() // local mutation: grows item by item
  for (const item of items) {
    const group = groups.get(key(item))
    if (group === undefined) groups.set(key(item), [item])
    else group.push(item)
  }
  return groups
}

const indexOf = (found: Found, options: LinkOptions): Index => {
  const holders = grouped(found.holders, keyOf)
  const attachments = grouped(found.attachments, ({ to }) => keyOf(to))
  const memberships = grouped(found.memberships, ({ user }) => keyOf(user))
  const managed = managedBy(found, options)
  const attachedPerhaps = others(found.attachments, ({ to }) => to, holders)
  const memberPerhaps = others(found.memberships, ({ user }) => user, holders)
  return {
    managed,
    attachedTo: (holder) => attachments.get(keyOf(holder)) ?? [],
    perhapsAttached: (holder) =>
      attachedPerhaps(holder).map((one) =>
        possibly(...vagueGaps(one.to, holder, one.pointer))(policyOf(managed)(one)),
      ),
    groups: (name) => holders.get(keyOf(name)) ?? [],
    memberships: (user) => [
      ...(memberships.get(keyOf(user)) ?? []),
      ...memberPerhaps(user).map((one) => ({
        ...one,
        gaps: [...one.gaps, ...vagueGaps(one.user, user, one.pointer)],
      })),
    ],
    hidden: found.hiding.map((one) => unknownIdentity(one.subject, one)),
  }
}

const isVagueName = ({ account, name }: HolderName): boolean => hasHole(account) || hasHole(name)

/** What is said of somebody who is not in the input by that name, and may be a holder all the same. */
const others = <A>(
  items: readonly A[],
  nameOf: (item: A) => HolderName,
  holders: ReadonlyMap<string, readonly Holder[]>,
): ((holder: HolderName) => readonly A[]) => {
  const loose = items.filter((item) => !holders.has(keyOf(nameOf(item))))
  const vague = loose.filter((item) => isVagueName(nameOf(item)))
  return (holder) =>
    (isVagueName(holder) ? loose : vague).filter((item) => {
      const { type, account, name } = nameOf(item)
      return type === holder.type && mayEqual(name, holder.name) && mayEqual(account, holder.account)
    })
}

/** May this be somebody else than the one of just that name and account? An account that is not known may be any. */
const vagueness = (holders: readonly Holder[]): ((to: HolderName) => boolean) => {
  const names = new Set(holders.map(({ type, name }) => JSON.stringify([type, name])))
  return ({ type, account, name }) =>
    hasHole(name) || (hasHole(account) && names.has(JSON.stringify([type, name])))
}

const vagueGaps = (one: HolderName, other: HolderName, pointer: string): readonly Gap[] =>
  holesIn(`${one.account}${one.name}${other.account}${other.name}`).map((hole) =>
    holeGap({ ...hole, pointer }),
  )

/** Attachments to what the input does not have. */
const outside = ({ holders, attachments }: Found): readonly Gap[] => {
  const names = new Set(holders.map(keyOf))
  const isVague = vagueness(holders)
  return attachments
    .filter(({ to }) => !names.has(keyOf(to)))
    .flatMap((one) => {
      const { to, pointer } = one
      if (isVague(to)) return vagueGaps(to, to, pointer)
      const what = `${to.type.toLowerCase()} \`${to.name}\``
      return gap(
        'OutsideOfInput',
        pointer,
        to.name,
        `this policy is attached to ${what}, which is not in the input: what else ${what} may do is not known`,
        'read it together with the input that has it',
      )
    })
}

// ---- managed policies ----

const managedBy = (found: Found, { managedPolicies = {} }: LinkOptions): Index['managed'] => {
  const own = grouped(found.managed, ({ arn }) => arn)
  return (ref) => {
    const [first, ...more] = ref.arn === '' ? [] : (own.get(ref.arn) ?? [])
    if (first === undefined) return elsewhere(ref, managedPolicies)
    return more.every((one) => isSame(one.policy, first.policy))
      ? first.policy
      : unknownIdentity(ref.arn, twice(ref, more.length + 1))
  }
}

const isSame = (one: BoundedIdentity, other: BoundedIdentity): boolean =>
  JSON.stringify([one.least, one.most]) === JSON.stringify([other.least, other.most])

const twice = ({ arn, pointer }: ManagedRef, times: number): Gap =>
  gap(
    'Ambiguous',
    pointer,
    arn,
    `the managed policy \`${arn}\` is in the input ${times} times, and not the same`,
  )

const elsewhere = (
  { arn, pointer }: ManagedRef,
  given: NonNullable<LinkOptions['managedPolicies']>,
): BoundedIdentity => {
  const document = Object.hasOwn(given, arn) ? given[arn] : undefined
  if (document !== undefined) return known(arn, pointer, document)
  const published = arn.startsWith('arn:') ? findManagedPolicy(arn) : O.none
  if (O.isSome(published)) return known(arn, pointer, published.value.document)
  const [hole, ...more] = holesIn(arn)
  return hole === undefined
    ? unknownIdentity(arn, unknownManaged(arn, pointer))
    : unknownIdentity(
        show(arn),
        holeGap({ ...hole, pointer }),
        ...more.map((one) => holeGap({ ...one, pointer })),
      )
}

const unknownManaged = (arn: string, pointer: string): Gap =>
  gap(
    'UnknownManagedPolicy',
    pointer,
    arn,
    `what the managed policy \`${arn}\` says is not in the input`,
    'give it in `managedPolicies`',
  )

const policyOf =
  (managed: Index['managed']) =>
  ({ policy }: Attachment): BoundedIdentity =>
    isRef(policy) ? managed(policy) : policy

const isRef = (policy: Attachment['policy']): policy is ManagedRef => Object.hasOwn(policy, 'arn')

// ---- users and roles ----

const principalOf = (index: Index, holder: Holder): readonly InventoryPrincipal[] => {
  const { type, id, name, arn, pointer, boundary, trust, tags } = holder
  if (type === 'Group') return []
  const [first, ...rest] = holder.gaps
  const identityPolicies = [
    ...policiesOf(index, holder),
    ...holder.groups.flatMap((group) =>
      policiesOfGroup(index, { user: holder, group, pointer: group.pointer, gaps: [] }),
    ),
    ...index.memberships(holder).flatMap((one) => policiesOfGroup(index, one)),
    ...index.hidden,
    ...(first === undefined ? [] : [absence(first, ...rest)]),
  ]
  const permissionsBoundary = boundary === undefined ? undefined : index.managed(boundary)
  const gaps = [
    ...[...identityPolicies, ...(permissionsBoundary === undefined ? [] : [permissionsBoundary])].flatMap(
      (policy) => policy.gaps,
    ),
    ...(arn === undefined ? [nameless(holder)] : []),
  ]
  return [
    {
      type,
      id,
      name: show(name),
      arn,
      pointer,
      identityPolicies,
      permissionsBoundary,
      trustPolicy: trust,
      tags,
      gaps: distinct(gaps),
    },
  ]
}

const nameless = ({ type, id, pointer }: Holder): Gap =>
  gap(
    'UnknownName',
    pointer,
    id,
    `the ARN of ${type.toLowerCase()} \`${id}\` is not known`,
    "give account, partition and name; a resource without a name takes its logical id with `names: 'logical'`",
  )

const policiesOf = (index: Index, holder: Holder): readonly BoundedIdentity[] => [
  ...holder.inline,
  ...holder.managed.map(index.managed),
  ...index.attachedTo(holder).map(policyOf(index.managed)),
  ...index.perhapsAttached(holder),
]

/** A membership that is not certain makes the group's policies uncertain. */
const policiesOfGroup = (index: Index, { group, pointer, gaps }: Membership): readonly BoundedIdentity[] => {
  const [holder, ...more] = index.groups(group)
  const doubts = [...gaps, ...(holder?.gaps ?? [])]
  const policies =
    holder === undefined || more.length > 0
      ? [unknownIdentity(show(group.name), unknownGroup(show(group.name), pointer, more.length + 1))]
      : policiesOf(index, holder)
  return isSome(doubts) ? policies.map(possibly(...doubts)) : policies
}

const unknownGroup = (name: string, pointer: string, times: number): Gap =>
  times > 1
    ? gap('Ambiguous', pointer, name, `group \`${name}\` is in the input ${times} times`)
    : gap(
        'UnknownGroup',
        pointer,
        name,
        `group \`${name}\` is not in the input: what it may do is not known`,
        'read it together with the input that has it',
      )

// ---- repositories ----

const placeOf = (account: string, region: string, name: string): string =>
  JSON.stringify([account, region, name])

const isVaguePolicy = ({ account, region, repository }: FoundRepositoryPolicy): boolean =>
  hasHole(`${account}${region}${repository}`)

const mayBeOf =
  ({ account, region, name }: FoundRepository) =>
  (policy: FoundRepositoryPolicy): boolean =>
    mayEqual(policy.account, account) && mayEqual(policy.region, region) && mayEqual(policy.repository, name)

const repositoriesOf = (found: Found): readonly InventoryRepository[] => {
  const placeOfPolicy = (one: FoundRepositoryPolicy): string =>
    placeOf(one.account, one.region, one.repository)
  const policies = grouped(found.repositoryPolicies, placeOfPolicy)
  const own = new Set(found.repositories.map((one) => placeOf(one.account, one.region, one.name)))
  const loose = found.repositoryPolicies.filter((one) => !own.has(placeOfPolicy(one)))
  const vague = loose.filter(isVaguePolicy)
  const alone = loose.filter(
    (one) =>
      !vague.includes(one) ||
      !(hasHole(one.repository) || found.repositories.some((each) => mayBeOf(each)(one))),
  )
  return [...found.repositories, ...alone.map(policyAlone)].map((one) =>
    repositoryOf(
      one,
      policies.get(placeOf(one.account, one.region, one.name)) ?? [],
      vague.filter((policy) => !alone.includes(policy) && mayBeOf(one)(policy)),
      found.hiding,
    ),
  )
}

const policyAlone = ({ account, region, repository, pointer }: FoundRepositoryPolicy): FoundRepository => ({
  id: show(repository),
  account,
  region,
  name: repository,
  pointer,
  tags: { known: {}, gaps: [unknownTags(show(repository), pointer)] },
  gaps: [],
})

const repositoryOf = (
  one: FoundRepository,
  own: readonly FoundRepositoryPolicy[],
  perhaps: readonly FoundRepositoryPolicy[],
  hiding: readonly Gap[],
): InventoryRepository => {
  const { id, account, region, name, pointer, tags } = one
  const repository = E.getOrElseW(() => undefined)(Repository.make({ account, region, name }))
  const policy = unlessAbsent(policyAmong(one, own, perhaps, hiding), one.gaps)
  const place = repository === undefined ? [placeless(one)] : []
  return {
    id,
    name: show(name),
    repository,
    pointer,
    policy,
    tags,
    gaps: distinct([...(policy?.gaps ?? []), ...place]),
  }
}

/** ECR keeps one policy for a repository: where two are found, or one may be elsewhere, it is not known which. */
const policyAmong = (
  { id, pointer }: FoundRepository,
  own: readonly FoundRepositoryPolicy[],
  perhaps: readonly FoundRepositoryPolicy[],
  hiding: readonly Gap[],
): BoundedResource | undefined => {
  const doubts = [
    ...hiding,
    ...perhaps.flatMap((one) =>
      holesIn(`${one.account}${one.region}${one.repository}`).map((hole) =>
        holeGap({ ...hole, pointer: one.pointer }),
      ),
    ),
    ...(own.length < 2
      ? []
      : [
          gap(
            'Ambiguous',
            pointer,
            id,
            `${own.length} policies of repository \`${id}\` are in the input, and ECR keeps one`,
          ),
        ]),
  ]
  const [first, ...rest] = doubts
  return first === undefined ? own[0]?.policy : unknownResource(id, first, ...rest)
}

const placeless = ({ id, account, region, name, pointer }: FoundRepository): Gap => {
  const text = `${account} ${region} ${name}`
  const why = hasHole(text)
    ? `: ${holesIn(text)
        .map((hole) => `\`${hole.name}\``)
        .join(', ')}`
    : ''
  return gap(
    'UnknownName',
    pointer,
    id,
    `the ARN of repository \`${id}\` is not known${why}`,
    "give account, Region and name; a resource without a name takes its logical id with `names: 'logical'`",
  )
}

/**
 * Nothing is known of the tags of a repository.
 *
 * @category errors
 * @since 0.1.0
 */
export const unknownTags = (repository: string, pointer: string): Gap =>
  gap(
    'UnknownTags',
    pointer,
    repository,
    `the tags of repository \`${repository}\` are not in the input, and a policy asks for them`,
    'give them in `context`, as `aws:ResourceTag/KEY`',
  )
