/**
 * What an operation works on. Most work on one repository; copies and pushes under a signing rule on more than one
 * thing, each with policies of its own.
 *
 * @since 0.1.0
 */
import type { Arn, Document } from '../model/index.js'
import type { Access } from './Access.js'
import type { On, OperationId, RequiredOn } from './Operation.js'
import type { PublicRepository, Repository } from './Repository.js'

// ---- model ----

/**
 * A repository with its own policies and tags. They take the place of those in the access: what is left out is absent.
 *
 * @category model
 * @since 0.1.0
 */
export interface Held<R extends Repository | PublicRepository = Repository> {
  readonly repository: R
  readonly resourcePolicy?: Document.ResourceDocument | undefined
  readonly registryPolicy?: Document.ResourceDocument | undefined
  readonly resourceControlPolicies?: readonly (readonly Document.ResourceDocument[])[] | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/**
 * Everything that an operation may work on, by what it is to the operation.
 *
 * @category model
 * @since 0.1.0
 */
export interface Targets {
  readonly repository?: Held
  readonly source?: Held
  readonly destination?: Held
  readonly publicRepository?: Held<PublicRepository>
  readonly signingProfile?: Arn.Arn
}

interface KeyOf {
  readonly repository: 'repository'
  readonly 'repository/*': 'repository'
  readonly 'source-repository': 'source'
  readonly 'destination-repository': 'destination'
  readonly 'public-repository': 'publicRepository'
  readonly 'signing-profile': 'signingProfile'
}

type KeysOf<Ons> = Ons extends keyof KeyOf ? KeyOf[Ons] : never

/**
 * What an operation wants to be told, from its data: a repository where it works on one alone (its policies are those
 * of the access), or a record.
 *
 * @category model
 * @since 0.1.0
 */
export type TargetOf<Id extends OperationId> = OfKeys<KeysOf<RequiredOn<Id>>>

type OfKeys<K extends keyof Targets> = readonly [K] extends readonly [never]
  ? Repository | PublicRepository
  : Required<Pick<Targets, K>> | Alone<K>

type Alone<K extends keyof Targets> = readonly [K] extends readonly ['repository'] | readonly ['destination']
  ? Repository
  : readonly [K] extends readonly ['publicRepository']
    ? PublicRepository
    : never

// ---- refinements ----

const isLone = (given: Repository | PublicRepository | Targets): given is Repository | PublicRepository =>
  Object.hasOwn(given, '_tag')

// ---- constructors ----

/**
 * A target as a record: a lone repository is taken with the policies of the access.
 *
 * @category constructors
 * @since 0.1.0
 */
export const targets =
  ({ resourcePolicy, registryPolicy, resourceControlPolicies }: Access) =>
  (given: Repository | PublicRepository | Targets): Targets => {
    if (!isLone(given)) return given
    const policies = { resourcePolicy, registryPolicy, resourceControlPolicies }
    if (given._tag === 'PublicRepository') return { publicRepository: { repository: given, ...policies } }
    const held: Held = { repository: given, ...policies }
    return { repository: held, destination: held }
  }

// ---- destructors ----

/**
 * The repository that an action is asked on, if it is asked on one.
 *
 * @category destructors
 * @since 0.1.0
 */
export const heldFor =
  (on: On) =>
  (given: Targets): Held | Held<PublicRepository> | undefined => {
    switch (on) {
      case 'repository':
      case 'repository/*':
        return given.repository
      case 'source-repository':
        return given.source
      case 'destination-repository':
        return given.destination
      case 'public-repository':
        return given.publicRepository
      case '*':
      case 'cache-repository':
      case 'signing-profile':
      default: // the service-linked roles, of which there is no list
        return undefined
    }
  }

/**
 * The repository that an operation is mainly about: the one it writes to, where there are two.
 *
 * @category destructors
 * @since 0.1.0
 */
export const main = (given: Targets): Held | Held<PublicRepository> | undefined =>
  given.repository ?? given.destination ?? given.publicRepository ?? given.source
