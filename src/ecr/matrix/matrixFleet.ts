/**
 * A `Fleet`: many callers and many repositories with everything that bears on them, each document held once. It is plain
 * data, so that parts of it can be sent elsewhere.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Arn, Caller, Context, Environment, type Document, type Problem } from '../../model/index.js'
import { within, type Access } from '../Access.js'
import { parse, parsePublic, type PublicRepository, type Repository } from '../Repository.js'
import { canBring } from '../requestContext.js'
import type { Held, Targets } from '../Target.js'

// ---- model ----

/**
 * A caller with the policies attached to him. `context`: what is known of his requests. SCPs are told by account.
 *
 * @category model
 * @since 0.1.0
 */
export interface MatrixPrincipal {
  readonly principal: string | Caller.Caller
  readonly identityPolicies?: readonly Document.IdentityDocument[] | undefined
  readonly permissionsBoundary?: Document.IdentityDocument | undefined
  readonly sessionPolicies?: readonly Document.IdentityDocument[] | undefined
  readonly context?: Context.ContextInput | undefined
  readonly facts?: Partial<Pick<Environment.Facts, 'principalIsServiceLinkedRole'>> | undefined
}

/**
 * A repository (ARN, image address or value) with its own policies and tags. `registryPolicy` is that of its registry;
 * `resourceControlPolicies`, where given, take the place of those of its account.
 *
 * @category model
 * @since 0.1.0
 */
export interface MatrixRepository {
  readonly repository: string | Repository | PublicRepository
  readonly resourcePolicy?: Document.ResourceDocument | undefined
  readonly registryPolicy?: Document.ResourceDocument | undefined
  readonly resourceControlPolicies?: readonly (readonly Document.ResourceDocument[])[] | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/**
 * What an account's organization says of it. SCPs bind its callers, RCPs its repositories, both by level, root first;
 * without SCPs it is in no organization (SC-1). `isManagement`: SC-5, RP-6.
 *
 * @category model
 * @since 0.1.0
 */
export interface MatrixAccount {
  readonly serviceControlPolicies?: readonly (readonly Document.IdentityDocument[])[] | undefined
  readonly resourceControlPolicies?: readonly (readonly Document.ResourceDocument[])[] | undefined
  readonly isManagement?: boolean | undefined
  readonly registryPolicyScope?: Environment.Facts['registryPolicyScope'] | undefined
}

/**
 * What a fleet is made from. `accounts` is by account id; `endpointPolicies` are those that all calls go through.
 *
 * @category model
 * @since 0.1.0
 */
export interface FleetInput {
  readonly principals: readonly MatrixPrincipal[]
  readonly repositories: readonly MatrixRepository[]
  readonly accounts?: Readonly<Record<string, MatrixAccount>> | undefined
  readonly endpointPolicies?: readonly Document.ResourceDocument[] | undefined
}

type CallerFacts = Pick<Environment.Facts, 'principalAccountIsManagement' | 'principalIsServiceLinkedRole'>
type OwnerFacts = Pick<Environment.Facts, 'resourceAccountIsManagement' | 'registryPolicyScope'>

/**
 * A caller of a fleet; policies are places in the fleet's list of documents.
 *
 * @category model
 * @since 0.1.0
 */
export interface FleetPrincipal {
  readonly caller: Caller.Caller
  readonly context: Context.Context
  readonly identityPolicies: readonly number[]
  readonly permissionsBoundary?: number
  readonly sessionPolicies: readonly number[]
  readonly serviceControlPolicies?: readonly (readonly number[])[]
  readonly facts: CallerFacts
}

/**
 * A repository of a fleet; policies are places in the fleet's list of documents.
 *
 * @category model
 * @since 0.1.0
 */
export interface FleetRepository {
  readonly repository: Repository | PublicRepository
  readonly resourcePolicy?: number
  readonly registryPolicy?: number
  readonly resourceControlPolicies: readonly (readonly number[])[]
  readonly tags: Readonly<Record<string, string>>
  readonly facts: OwnerFacts
}

/**
 * Callers, repositories and documents: those without principals in `identity`, those with principals in `resource`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Fleet {
  readonly principals: readonly FleetPrincipal[]
  readonly repositories: readonly FleetRepository[]
  readonly endpointPolicies: readonly number[]
  readonly identity: readonly Document.IdentityDocument[]
  readonly resource: readonly Document.ResourceDocument[]
}

// ---- documents, each once ----

interface Shelf<D> {
  readonly place: (document: D) => number
  readonly all: readonly D[]
}

/** Documents that are equal by value share a place. */
const shelf = <D extends object>(): Shelf<D> => {
  const known = new Map<D, number>() // local mutation: grows as documents come, as do the next two
  const byText = new Map<string, number>()
  const all: D[] = []
  const add = (document: D): number => {
    const text = JSON.stringify(document)
    const place = byText.get(text) ?? all.length
    if (place === all.length) all.push(document)
    byText.set(text, place)
    known.set(document, place)
    return place
  }
  return { place: (document) => known.get(document) ?? add(document), all }
}

// ---- constructors ----

interface Shelves {
  readonly identity: Shelf<Document.IdentityDocument>
  readonly resource: Shelf<Document.ResourceDocument>
}

type Accounts = ReadonlyMap<string, MatrixAccount>

/**
 * Reads a fleet.
 *
 * **Errors** the first of `InvalidAccountId`, `InvalidCaller`, and those of `Repository.parse`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fleet = (input: FleetInput): E.Either<Problem.Problem, Fleet> => {
  const accounts: Accounts = new Map(Object.entries(input.accounts ?? {}))
  const shelves: Shelves = { identity: shelf(), resource: shelf() }
  const wrong = Array.from(accounts.keys(), Arn.accountId).find(E.isLeft)
  if (wrong !== undefined) return wrong
  const principals = every(input.principals, principalOf(accounts, shelves))
  if (E.isLeft(principals)) return principals
  const repositories = every(input.repositories, repositoryOf(accounts, shelves))
  if (E.isLeft(repositories)) return repositories
  return E.right({
    principals: principals.right,
    repositories: repositories.right,
    endpointPolicies: (input.endpointPolicies ?? []).map(shelves.resource.place),
    identity: shelves.identity.all,
    resource: shelves.resource.all,
  })
}

/** In a loop, since a fleet may be long and the first problem ends it. */
const every = <A, B>(
  items: readonly A[],
  read: (item: A) => E.Either<Problem.Problem, B>,
): E.Either<Problem.Problem, readonly B[]> => {
  const all: B[] = [] // local mutation: built once
  for (const item of items) {
    const one = read(item)
    if (E.isLeft(one)) return one
    all.push(one.right)
  }
  return E.right(all)
}

const principalOf =
  (accounts: Accounts, { identity }: Shelves) =>
  (given: MatrixPrincipal): E.Either<Problem.Problem, FleetPrincipal> => {
    const { principal, permissionsBoundary: boundary } = given
    const read = typeof principal === 'string' ? Caller.parse(principal) : E.right(principal)
    if (E.isLeft(read)) return read
    const caller = read.right
    const account = (Caller.hasAccount(caller) ? accounts.get(caller.account) : undefined) ?? {}
    const levels = account.serviceControlPolicies?.map((level) => level.map(identity.place))
    return E.right({
      caller,
      context: contextOf(caller, given),
      identityPolicies: (given.identityPolicies ?? []).map(identity.place),
      ...(boundary === undefined ? {} : { permissionsBoundary: identity.place(boundary) }),
      sessionPolicies: (given.sessionPolicies ?? []).map(identity.place),
      ...(levels === undefined ? {} : { serviceControlPolicies: levels }),
      facts: callerFacts(account, given.facts),
    })
  }

/** Callers are told apart by what they can have alone. */
const contextOf = (caller: Caller.Caller, { context = {} }: MatrixPrincipal): Context.Context => {
  const isHis = canBring(caller)
  return Context.fromEntries(
    Context.make(context).flatMap(({ name, values }) =>
      isHis(name.toLowerCase()) ? [[name, values] as const] : [],
    ),
  )
}

const callerFacts = ({ isManagement }: MatrixAccount, facts: MatrixPrincipal['facts']): CallerFacts => ({
  principalAccountIsManagement: isManagement ?? false,
  principalIsServiceLinkedRole: facts?.principalIsServiceLinkedRole ?? false,
})

const repositoryOf =
  (accounts: Accounts, { resource }: Shelves) =>
  (given: MatrixRepository): E.Either<Problem.Problem, FleetRepository> => {
    const { resourcePolicy, registryPolicy, tags = {} } = given
    const read = readRepository(given.repository)
    if (E.isLeft(read)) return read
    const repository = read.right
    const account = accounts.get(repository.account) ?? {}
    const levels = given.resourceControlPolicies ?? account.resourceControlPolicies ?? []
    return E.right({
      repository,
      ...(resourcePolicy === undefined ? {} : { resourcePolicy: resource.place(resourcePolicy) }),
      ...(registryPolicy === undefined ? {} : { registryPolicy: resource.place(registryPolicy) }),
      resourceControlPolicies: levels.map((level) => level.map(resource.place)),
      tags,
      facts: ownerFacts(account),
    })
  }

const ownerFacts = ({ isManagement, registryPolicyScope }: MatrixAccount): OwnerFacts => ({
  resourceAccountIsManagement: isManagement ?? false,
  registryPolicyScope: registryPolicyScope ?? Environment.commonFacts.registryPolicyScope,
})

/**
 * A repository, private or public, from its text.
 *
 * @category constructors
 * @since 0.1.0
 */
export const readRepository = (
  given: string | Repository | PublicRepository,
): E.Either<Problem.Problem, Repository | PublicRepository> => {
  if (typeof given !== 'string') return E.right(given)
  return /^arn:[^:]*:ecr-public:/.test(given) ? parsePublic(given) : parse(given)
}

// ---- destructors ----

/**
 * Documents by their places.
 *
 * @category destructors
 * @since 0.1.0
 */
export const documentsAt =
  <D>(all: readonly D[]) =>
  (places: readonly number[]): readonly D[] =>
    places.flatMap((place) => all[place] ?? [])

const documentAt = <D>(all: readonly D[], place: number | undefined): D | undefined =>
  place === undefined ? undefined : all[place]

/**
 * A caller of a fleet before a repository of it: what `judge` is asked with.
 *
 * @category destructors
 * @since 0.1.0
 */
export const accessTo = (
  { identity, resource, endpointPolicies }: Fleet,
  principal: FleetPrincipal,
  { facts }: Pick<FleetRepository, 'facts'>,
): Access =>
  within(
    Environment.make({
      identityPolicies: documentsAt(identity)(principal.identityPolicies),
      permissionsBoundary: documentAt(identity, principal.permissionsBoundary),
      sessionPolicies: documentsAt(identity)(principal.sessionPolicies),
      serviceControlPolicies: principal.serviceControlPolicies?.map(documentsAt(identity)),
      endpointPolicies: documentsAt(resource)(endpointPolicies),
      facts: { ...principal.facts, ...facts },
    }),
    principal.context,
  )(principal.caller)

/**
 * A repository of a fleet with its policies.
 *
 * @category destructors
 * @since 0.1.0
 */
export const targetsAt = (
  { resource }: Pick<Fleet, 'resource'>,
  { repository, resourcePolicy, registryPolicy, resourceControlPolicies, tags }: FleetRepository,
): Targets => {
  const policies = {
    resourcePolicy: documentAt(resource, resourcePolicy),
    registryPolicy: documentAt(resource, registryPolicy),
    resourceControlPolicies: resourceControlPolicies.map(documentsAt(resource)),
    tags,
  }
  if (repository._tag === 'PublicRepository') return { publicRepository: { repository, ...policies } }
  const held: Held = { repository, ...policies }
  return { repository: held, destination: held }
}
