/**
 * Questions to an inventory. An answer takes into account all that is not known: it is given only when it comes out the
 * same whatever that turns out to be, and otherwise says what it would take.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  access as makeAccess,
  canPull as pull,
  canPush as push,
  Repository,
  type Access,
  type AccessInput,
  type PullOptions,
  type PushOptions,
  type Verdict,
} from '../ecr/index.js'
import { Arn, Context, Given, type Document } from '../model/index.js'
import { known, possibly, unknownIdentity, unknownResource, type BoundedResource } from './Bounded.js'
import { distinct, gap, isSome, orThrow, type Gap, type Gaps } from './Gap.js'
import { hasHole, holesIn, mayEqual } from './Hole.js'
import { holeGap } from './holeGap.js'
import type { Tags } from './Found.js'
import type { Inventory, InventoryPrincipal, InventoryRepository } from './Inventory.js'
import { unknownTags } from './link.js'
import { identityInDoubt, resourceInDoubt, tagDoubts, type TagDoubts } from './tagDoubts.js'

// ---- model ----

/**
 * Who asks for what, and what the input cannot tell.
 *
 * - `principal`: id, ARN or name of a role or user of the inventory; `arn` where the inventory does not know it.
 * - `repository`: id, ARN, address or name of a repository of the inventory, or any other repository.
 * - `resourcePolicy`, `registryPolicy`: of the repository and its registry, in place of the inventory's; `'None'` when
 *   there is none. The rest is as for `Ecr.access`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Question extends Pick<
  AccessInput,
  | 'context'
  | 'facts'
  | 'sessionPolicies'
  | 'endpointPolicies'
  | 'serviceControlPolicies'
  | 'resourceControlPolicies'
> {
  readonly principal: string
  readonly arn?: string | undefined
  readonly repository: string | Repository.Repository
  readonly resourcePolicy?: Document.ResourceDocument | 'None' | undefined
  readonly registryPolicy?: Document.ResourceDocument | 'None' | undefined
}

/**
 * Policies that neither input nor question tell of, and that are taken to be absent: AWS may have them all the same.
 *
 * @category model
 * @since 0.1.0
 */
export type Assumption = 'RegistryPolicy' | 'ResourceControlPolicies' | 'ServiceControlPolicies'

/**
 * The access that is asked about, between two: what is allowed in `least` is allowed, what is not allowed in `most` is
 * not. Without gaps both are the same.
 *
 * @category model
 * @since 0.1.0
 */
export interface Bounds {
  readonly repository: Repository.Repository
  readonly least: Access
  readonly most: Access
  readonly gaps: readonly Gap[]
  readonly assumed: readonly Assumption[]
}

/**
 * `Known`: the verdict holds whatever the gaps turn out to be. `Unknown`: they decide; `atWorst` is not allowed, `atBest`
 * is.
 *
 * @category model
 * @since 0.1.0
 */
export type Answer =
  | {
      readonly _tag: 'Known'
      readonly verdict: Verdict
      readonly gaps: readonly Gap[]
      readonly assumed: readonly Assumption[]
    }
  | {
      readonly _tag: 'Unknown'
      readonly atWorst: Verdict
      readonly atBest: Verdict
      readonly gaps: Gaps
      readonly assumed: readonly Assumption[]
    }

// ---- looking up ----

const refuse = (code: 'Ambiguous' | 'NotFound', subject: string, message: string, suggestion?: string) =>
  E.left<Gaps>([gap(code, '', subject, message, suggestion)])

/** The one thing of that name: by id first, then by ARN, then by name. */
const findOne = <A extends { readonly id: string; readonly name: string }>(
  what: string,
  items: readonly A[],
  text: string,
  arnOf: (item: A) => string | undefined,
): E.Either<Gaps, A> => {
  const ways = [
    (item: A) => item.id === text,
    (item: A) => arnOf(item) === text,
    (item: A) => item.name === text,
  ]
  const found = ways.map((way) => items.filter(way)).find(({ length }) => length > 0) ?? []
  const [first, ...others] = found
  if (first === undefined)
    return refuse(
      'NotFound',
      text,
      `there is no ${what} \`${text}\` in the input`,
      items.length === 0 ? undefined : `it has ${listed(items.map(({ id }) => id))}`,
    )
  return others.length === 0
    ? E.right(first)
    : refuse(
        'Ambiguous',
        text,
        `${found.length} things are called \`${text}\``,
        `say which: ${listed(found.map((item) => arnOf(item) ?? item.id))}`,
      )
}

const SHOWN = 10

const listed = (names: readonly string[]): string =>
  `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}`

const arnOfRepository = ({ repository }: InventoryRepository): string | undefined =>
  repository === undefined ? undefined : Repository.show(repository)

/**
 * The role or user of that id, ARN or name.
 *
 * **Errors** `NotFound`, `Ambiguous`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const findPrincipal =
  (text: string) =>
  ({ principals }: Inventory): E.Either<Gaps, InventoryPrincipal> =>
    findOne('role or user', principals, text, ({ arn }) => arn)

/**
 * The repository of that id, ARN, address or name.
 *
 * **Errors** `NotFound`, `Ambiguous`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const findRepository =
  (text: string) =>
  ({ repositories }: Inventory): E.Either<Gaps, InventoryRepository> => {
    const read = Repository.parse(text)
    const arn = E.isRight(read) ? Repository.show(read.right) : text
    return findOne('repository', repositories, arn, arnOfRepository)
  }

// ---- evaluation ----

interface Asked {
  readonly repository: Repository.Repository
  readonly policy: BoundedResource | undefined
  readonly tags: Tags
}

const repositoryAsked = (
  inventory: Inventory,
  { repository, resourcePolicy }: Question,
): E.Either<Gaps, Asked> => {
  const text = typeof repository === 'string' ? repository : Repository.show(repository)
  const found = findRepository(text)(inventory)
  const given = (
    its: Repository.Repository,
    policy: BoundedResource | undefined,
    tags: Tags,
  ): E.Either<Gaps, Asked> => E.right({ repository: its, policy: givenOr(resourcePolicy, policy), tags })
  if (E.isRight(found))
    return found.right.repository === undefined
      ? E.left(isSome(found.right.gaps) ? found.right.gaps : [outsideRepository(text)])
      : given(found.right.repository, found.right.policy, found.right.tags)
  const read = Repository.parse(text)
  return E.isLeft(read)
    ? found
    : given(read.right, unknownResource(text, outsideRepository(Repository.show(read.right))), {
        known: {},
        gaps: [unknownTags(text, '')],
      })
}

const outsideRepository = (arn: string): Gap =>
  gap(
    'UnknownRepositoryPolicy',
    '',
    arn,
    `the policy of repository \`${arn}\` is not in the input`,
    "give it as `resourcePolicy`, or `'None'` when it has none",
  )

const givenOr = (
  given: Document.ResourceDocument | 'None' | undefined,
  found: BoundedResource | undefined,
): BoundedResource | undefined => {
  if (given === undefined) return found
  return given === 'None' ? undefined : known('given', '', given)
}

/**
 * What is known of an access: two that it lies between.
 *
 * **Errors** `NotFound`, `Ambiguous`, `UnknownName` (of principal or repository), `InvalidInput` (an `arn` that is none).
 *
 * @category evaluation
 * @since 0.1.0
 */
export const bounds =
  (question: Question) =>
  (inventory: Inventory): E.Either<Gaps, Bounds> => {
    const fault = questionFault(question, '')
    if (fault !== undefined)
      return E.left([gap('InvalidInput', '', 'the question', fault.message, fault.suggestion)])
    const principal = principalAsked(question)(inventory)
    if (E.isLeft(principal)) return principal
    const asked = repositoryAsked(inventory, question)
    if (E.isLeft(asked)) return asked
    const arn = question.arn ?? principal.right.arn
    if (arn === undefined)
      return E.left(
        nameGaps(principal.right) ?? [
          gap('UnknownName', principal.right.pointer, principal.right.id, 'its ARN is not known'),
        ],
      )
    return between(inventory, question, { ...principal.right, arn }, asked.right)
  }

/** What types rule out, for those who write none. Policies and the rest are looked at where the access is made. */
const questionFault: Given.Fault = (question, at) =>
  Given.isRecord(question)
    ? (Given.text(question['principal'], `${at}/principal`) ??
      Given.textOr('a `Repository`', 'Repository')(question['repository'], `${at}/repository`))
    : Given.notARecord('a question', question)

/** Of a caller from outside the input nothing is known, but who has his policies can ask all the same. */
const principalAsked =
  ({ principal }: Question) =>
  (inventory: Inventory): E.Either<Gaps, InventoryPrincipal> => {
    const found = findPrincipal(principal)(inventory)
    if (E.isRight(found) || found.left[0].code !== 'NotFound' || E.isLeft(Arn.parse(principal))) return found
    const { pointer, subject, message, suggestion } = found.left[0]
    const mend =
      'who is outside of it is asked about by `Ecr.canPull` and the like, from his policies and those of the repository'
    return E.left([
      gap('NotFound', pointer, subject, message, suggestion === undefined ? mend : `${suggestion}; ${mend}`),
    ])
  }

const nameGaps = ({ gaps, id }: InventoryPrincipal): Gaps | undefined => {
  const names = gaps.filter(({ code, subject }) => code === 'UnknownName' && subject === id)
  return isSome(names) ? names : undefined
}

const between = (
  inventory: Inventory,
  question: Question,
  principal: InventoryPrincipal & { readonly arn: string },
  asked: Asked,
): E.Either<Gaps, Bounds> => {
  const registryPolicy = givenOr(question.registryPolicy, registryOf(inventory, asked.repository))
  const context = contextOf(question, principal.tags, asked.tags)
  const whole = { question, principal, asked, registryPolicy, context }
  const doubts = tagDoubts(documentsOf(whole), context, principal.tags, asked.tags)
  const side = accessAt(whole, doubts)
  const [least, most] = [makeAccess(side('least')), makeAccess(side('most'))]
  if (E.isLeft(least)) return E.left([gap('InvalidInput', '', principal.arn, least.left.message)])
  if (E.isLeft(most)) return E.left([gap('InvalidInput', '', principal.arn, most.left.message)])
  return E.right({
    repository: asked.repository,
    least: least.right,
    most: most.right,
    gaps: distinct([
      ...principal.gaps.filter(({ code, subject }) => code !== 'UnknownName' || subject !== principal.id),
      ...(asked.policy?.gaps ?? []),
      ...(registryPolicy?.gaps ?? []),
      ...doubts.gaps,
    ]),
    assumed: assumptions(question, registryPolicy !== undefined),
  })
}

interface Whole {
  readonly question: Question
  readonly principal: InventoryPrincipal & { readonly arn: string }
  readonly asked: Asked
  readonly registryPolicy: BoundedResource | undefined
  readonly context: Context.Context
}

/** What the question says counts before what the inventory knows. */
const contextOf = ({ context = {} }: Question, principal: Tags, repository: Tags): Context.Context =>
  Context.fromEntries([
    ...Object.entries(tagContext('aws:PrincipalTag', principal)),
    ...Object.entries(resourceTags(repository)),
    ...Context.make(context).map(({ name, values }) => [name, values] as const),
  ])

/** All documents that may ask for tags. */
const documentsOf = ({
  question,
  principal,
  asked,
  registryPolicy,
}: Whole): readonly (Document.Document | undefined)[] => [
  ...[...principal.identityPolicies, principal.permissionsBoundary, asked.policy, registryPolicy].flatMap(
    (policy) => [policy?.least, policy?.most],
  ),
  ...(question.sessionPolicies ?? []),
  ...(question.endpointPolicies ?? []),
  ...(question.serviceControlPolicies ?? []).flat(),
  ...(question.resourceControlPolicies ?? []).flat(),
]

const accessAt =
  ({ question, principal, asked, registryPolicy, context }: Whole, doubts: TagDoubts) =>
  (side: 'least' | 'most'): AccessInput => {
    const ofIdentity = identityInDoubt(doubts)
    const { identityPolicies, permissionsBoundary, pointer } = principal
    return {
      ...outer(question, doubts, side),
      ...policiesAt(side)({
        identityPolicies: identityPolicies.map(ofIdentity),
        permissionsBoundary: permissionsBoundary === undefined ? undefined : ofIdentity(permissionsBoundary),
        pointer,
      }),
      principal: principal.arn,
      context,
      resourcePolicy: at(side, asked.policy, resourceInDoubt(doubts, 'ecr-repository')),
      registryPolicy: at(side, registryPolicy, resourceInDoubt(doubts, 'ecr-registry')),
    }
  }

/**
 * A side of a policy that names principals, if there is one, after it went through something.
 *
 * @category destructors
 * @since 0.1.0
 */
export const at = (
  side: 'least' | 'most',
  policy: BoundedResource | undefined,
  through: (policy: BoundedResource) => BoundedResource,
): Document.ResourceDocument | undefined => (policy === undefined ? undefined : through(policy)[side])

/**
 * The tags of a repository as a context. EX-25: they stand under two keys.
 *
 * @category destructors
 * @since 0.1.0
 */
export const resourceTags = (tags: Tags): Readonly<Record<string, string>> => ({
  ...tagContext('aws:ResourceTag', tags),
  ...tagContext('ecr:ResourceTag', tags),
})

/**
 * Tags as a context.
 *
 * @category destructors
 * @since 0.1.0
 */
export const tagContext = (prefix: string, { known: tags }: Tags): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]))

/** What lies outside the inventory. Of such a policy something has to be left: without a statement it allows nothing. */
const outer = (
  {
    facts,
    sessionPolicies = [],
    endpointPolicies = [],
    serviceControlPolicies,
    resourceControlPolicies = [],
  }: Question,
  doubts: TagDoubts,
  side: 'least' | 'most',
) => {
  const nothing = gap('InvalidPolicy', '', '', '')
  const ofIdentity = (document: Document.IdentityDocument): readonly Document.IdentityDocument[] => {
    const bounded = identityInDoubt(doubts)(known('', '', document))
    return [bounded[side] ?? unknownIdentity('', nothing).least].flatMap((one) => one ?? [])
  }
  const ofResource = (document: Document.ResourceDocument): readonly Document.ResourceDocument[] => {
    const bounded = resourceInDoubt(doubts, 'resource')(known('', '', document))
    return [bounded[side] ?? unknownResource('', nothing).least].flatMap((one) => one ?? [])
  }
  return {
    facts,
    sessionPolicies: sessionPolicies.flatMap(ofIdentity),
    endpointPolicies: endpointPolicies.flatMap(ofResource),
    serviceControlPolicies: serviceControlPolicies?.map((level) => level.flatMap(ofIdentity)),
    resourceControlPolicies: resourceControlPolicies.map((level) => level.flatMap(ofResource)),
  }
}

interface Attached {
  readonly identityPolicies: readonly Document.IdentityDocument[]
  readonly permissionsBoundary: Document.IdentityDocument | undefined
}

/**
 * A side of a caller's policies. A boundary that allows nothing for sure is still one: without a statement left, it denies
 * everything.
 *
 * @category destructors
 * @since 0.1.0
 */
export const policiesAt =
  (side: 'least' | 'most') =>
  ({
    identityPolicies,
    permissionsBoundary,
    pointer,
  }: Pick<InventoryPrincipal, 'identityPolicies' | 'permissionsBoundary' | 'pointer'>): Attached => ({
    identityPolicies: identityPolicies.flatMap((policy) => policy[side] ?? []),
    permissionsBoundary:
      permissionsBoundary !== undefined && side === 'least'
        ? (permissionsBoundary.least ?? unknownIdentity('', gap('InvalidPolicy', pointer, '', '')).least)
        : permissionsBoundary?.most,
  })

const assumptions = (question: Question, hasRegistryPolicy: boolean): readonly Assumption[] => [
  ...(hasRegistryPolicy || question.registryPolicy !== undefined ? [] : (['RegistryPolicy'] as const)),
  ...(question.resourceControlPolicies === undefined ? (['ResourceControlPolicies'] as const) : []),
  ...(question.serviceControlPolicies === undefined ? (['ServiceControlPolicies'] as const) : []),
]

/**
 * The access, when nothing that bears on it is unknown: for `Ecr.can`, `Ecr.diagnose` and all else that takes one.
 *
 * **Errors** those of `bounds`, and every gap that bears on it.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const access =
  (question: Question) =>
  (inventory: Inventory): E.Either<Gaps, Access> => {
    const found = bounds(question)(inventory)
    if (E.isLeft(found)) return found
    const { gaps, least } = found.right
    return isSome(gaps) ? E.left(gaps) : E.right(least)
  }

/**
 * The access, or throws one error that lists what is not known.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const accessOrThrow =
  (question: Question) =>
  (inventory: Inventory): Access =>
    orThrow(access(question)(inventory))

/**
 * An answer to any question of which more permissions never make less: `Ecr.canPull`, `Ecr.canPush`, `Ecr.can`.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const answer =
  (judge: (access: Access, repository: Repository.Repository) => Verdict) =>
  ({ repository, least, most, gaps, assumed }: Bounds): Answer => {
    const [atWorst, atBest] = [judge(least, repository), judge(most, repository)]
    if (atWorst.allowed) return { _tag: 'Known', verdict: atWorst, gaps, assumed }
    return atBest.allowed && isSome(gaps)
      ? { _tag: 'Unknown', atWorst, atBest, gaps, assumed }
      : { _tag: 'Known', verdict: atBest, gaps, assumed }
  }

/**
 * May this role or user of the inventory pull?
 *
 * **Errors** those of `bounds`.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const canPull =
  (question: Question, options?: PullOptions) =>
  (inventory: Inventory): E.Either<Gaps, Answer> =>
    E.map(answer((one, repository) => pull(one, repository, options)))(bounds(question)(inventory))

/**
 * May this role or user of the inventory push?
 *
 * **Errors** those of `bounds`.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const canPush =
  (question: Question, options?: PushOptions) =>
  (inventory: Inventory): E.Either<Gaps, Answer> =>
    E.map(answer((one, repository) => push(one, repository, options)))(bounds(question)(inventory))

// ---- registries ----

/**
 * The policy of a repository's registry; a registry has one, so that of several that may be its, none is known.
 *
 * @category destructors
 * @since 0.1.0
 */
export const registryOf = (
  { registries }: Inventory,
  { account, region }: Repository.Repository,
): BoundedResource | undefined => {
  const found = registries.filter((one) => mayEqual(one.account, account) && mayEqual(one.region, region))
  const own = found.filter((one) => !hasHole(`${one.account}${one.region}`))
  const [first, ...others] = own.length > 0 ? own : found
  if (first === undefined) return undefined
  const { policy } = first
  if (others.length > 0)
    return unknownResource(
      policy.name,
      gap(
        'Ambiguous',
        policy.pointer,
        policy.name,
        `${others.length + 1} policies may be that of the registry`,
      ),
    )
  const holes = holesIn(`${first.account}${first.region}`)
  return holes.length === 0
    ? policy
    : possibly(...holes.map((hole) => holeGap({ ...hole, pointer: policy.pointer })))(policy)
}
