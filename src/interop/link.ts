/**
 * Puts the pieces that a source found together: policies to those that they are attached to, users to their groups,
 * repositories to their policies.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { findManagedPolicy, Repository } from '../ecr/index.js'
import type { Document } from '../model/index.js'
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
import { hasHole, holesIn, show } from './Hole.js'
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
  /** What may be attached to any holder of the type. */
  readonly perhapsAttached: (type: HolderName['type']) => readonly BoundedIdentity[]
  readonly group: (name: HolderName) => Holder | undefined
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
  (found: Found): Inventory => {
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
  const holders = new Map(found.holders.map((holder) => [keyOf(holder), holder]))
  const isKnown = ({ to }: Attachment): boolean => holders.has(keyOf(to))
  const attachments = grouped(found.attachments, ({ to }) => keyOf(to))
  const memberships = grouped(found.memberships, ({ user }) => keyOf(user))
  const managed = managedBy(found, options)
  const isVague = vagueness(found.holders)
  const vague = found.attachments.filter((one) => !isKnown(one) && isVague(one.to))
  return {
    managed,
    attachedTo: (holder) => attachments.get(keyOf(holder)) ?? [],
    perhapsAttached: (type) =>
      vague
        .filter(({ to }) => to.type === type)
        .map((one) => possibly(...vagueGaps(one))(policyOf(managed)(one))),
    group: (name) => holders.get(keyOf(name)),
    memberships: (user) => [
      ...(memberships.get(keyOf(user)) ?? []),
      ...found.memberships
        .filter((one) => user.type === 'User' && isVague(one.user) && !holders.has(keyOf(one.user)))
        .map(perhaps),
    ],
    hidden: found.hiding.map((one) => unknownIdentity(one.subject, one)),
  }
}

/** May this be somebody else than the one of just that name and account? An account that is not known may be any. */
const vagueness = (holders: readonly Holder[]): ((to: HolderName) => boolean) => {
  const names = new Set(holders.map(({ type, name }) => JSON.stringify([type, name])))
  return ({ type, account, name }) =>
    hasHole(name) || (hasHole(account) && names.has(JSON.stringify([type, name])))
}

const vagueGaps = ({ to, pointer }: Attachment): readonly Gap[] =>
  holesIn(`${to.account}${to.name}`).map((one) => holeGap({ ...one, pointer }))

/** Attachments to what the input does not have. */
const outside = ({ holders, attachments }: Found): readonly Gap[] => {
  const names = new Set(holders.map(keyOf))
  const isVague = vagueness(holders)
  return attachments
    .filter(({ to }) => !names.has(keyOf(to)))
    .flatMap((one) => {
      const { to, pointer } = one
      if (isVague(to)) return vagueGaps(one)
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
  const own = new Map(found.managed.map(({ arn, policy }) => [arn, policy]))
  return (ref) => own.get(ref.arn) ?? elsewhere(ref, managedPolicies)
}

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
  ...index.perhapsAttached(holder.type),
]

/** A membership that is not certain makes the group's policies uncertain. */
const policiesOfGroup = (index: Index, { group, pointer, gaps }: Membership): readonly BoundedIdentity[] => {
  const holder = index.group(group)
  const doubts = [...gaps, ...(holder?.gaps ?? [])]
  const policies =
    holder === undefined
      ? [unknownIdentity(show(group.name), unknownGroup(show(group.name), pointer))]
      : policiesOf(index, holder)
  return isSome(doubts) ? policies.map(possibly(...doubts)) : policies
}

const unknownGroup = (name: string, pointer: string): Gap =>
  gap(
    'UnknownGroup',
    pointer,
    name,
    `group \`${name}\` is not in the input: what it may do is not known`,
    'read it together with the input that has it',
  )

/** Of a user who is not known, anybody may be meant. */
const perhaps = (one: Membership): Membership => ({
  ...one,
  gaps: [
    ...one.gaps,
    ...holesIn(`${one.user.account}${one.user.name}`).map((hole) =>
      holeGap({ ...hole, pointer: one.pointer }),
    ),
  ],
})

// ---- repositories ----

const placeOf = (account: string, region: string, name: string): string =>
  JSON.stringify([account, region, name])

const repositoriesOf = (found: Found): readonly InventoryRepository[] => {
  const policies = grouped(found.repositoryPolicies, (one) =>
    placeOf(one.account, one.region, one.repository),
  )
  const hidden = found.hiding
  const vague = found.repositoryPolicies.filter(({ repository }) => hasHole(repository))
  const own = new Set(found.repositories.map((one) => placeOf(one.account, one.region, one.name)))
  const loose = found.repositoryPolicies.filter(
    (one) => !own.has(placeOf(one.account, one.region, one.repository)),
  )
  const perhaps = vague.filter((one) => loose.includes(one))
  return [...found.repositories, ...loose.filter((one) => !perhaps.includes(one)).map(policyAlone)].map(
    (one) =>
      repositoryOf(one, policies.get(placeOf(one.account, one.region, one.name)) ?? [], perhaps, hidden),
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
      holesIn(one.repository).map((hole) => holeGap({ ...hole, pointer: one.pointer })),
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
