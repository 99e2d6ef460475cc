/**
 * Where each ask has to be answered: within one account by an identity policy alone; between accounts on both sides;
 * for services and organizations at the resource; and all of a caller's requests at his endpoint, if there is one.
 *
 * Source: EC-4, EC-5, EC-6, EX-30, EX-34, EX-37, EX-38, EX-42, SA-6, XA-1, XA-2.
 *
 * @since 0.1.0
 */
import type { PolicyKind } from '../../model/index.js'
import type { CallerPlace, NamingPlace } from './Grant.js'
import { grantError, unless, type Checked, type GrantError } from './GrantError.js'
import { resourceText, takesIn, type Ask } from './grantAsks.js'
import * as Grantee from './Grantee.js'
import type { GrantInput } from './grantInput.js'
import * as GrantTarget from './GrantTarget.js'

// ---- model ----

/**
 * One policy to be: its place and kind, and the asks that it answers.
 *
 * @category model
 * @since 0.1.0
 */
export type Post = CallerPost | NamingPost

/**
 * A policy on the caller's side.
 *
 * @category model
 * @since 0.1.0
 */
export interface CallerPost extends CallerSpot {
  readonly asks: readonly Ask[]
}

/**
 * A policy that names principals.
 *
 * @category model
 * @since 0.1.0
 */
export interface NamingPost extends NamingSpot {
  readonly asks: readonly Ask[]
}

interface CallerSpot {
  readonly _tag: 'Caller'
  readonly place: CallerPlace
  readonly kind: PolicyKind.IdentityKind
}

interface NamingSpot {
  readonly _tag: 'Naming'
  readonly place: NamingPlace
  readonly kind: PolicyKind.ResourceKind
}

type Options = Pick<GrantInput, 'endpoint' | 'registryPolicyScope' | 'identityPolicies'>

// ---- predicates ----

/**
 * Is it the business of the owner alone? The service-linked role that replicates has a policy of its own, and comes
 * through no endpoint (EC-5).
 *
 * @category predicates
 * @since 0.1.0
 */
export const isOwnBusiness = ({ operations }: Ask): boolean =>
  operations.every((id) => id === 'replication-cross-account')

const isByCaller = (ask: Ask): boolean => ask.grantee._tag !== 'Service' && !isOwnBusiness(ask)

/** Does the owner of the target have to allow? Within one account the caller's side is enough (EX-37). */
const isForOwner = ({ grantee, on }: Ask): boolean =>
  typeof on !== 'string' && Grantee.accountOf(grantee) !== on.account

/**
 * Is a registry policy looked at for this action under V1? (EC-6)
 *
 * @category predicates
 * @since 0.1.0
 */
export const isEnforcedByV1 = (action: string): boolean =>
  ['ecr:ReplicateImage', 'ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'].includes(action)

const keyOf = (ask: Ask): string => `${Grantee.show(ask.grantee)} ${resourceText(ask)}`

/** By whom which repositories may have to be made. */
const makings = (asks: readonly Ask[]): ReadonlySet<string> =>
  new Set(asks.filter((ask) => ask.action === 'ecr:CreateRepository' && !isOwnBusiness(ask)).map(keyOf))

/**
 * Is it the registry policy, not the repository's, that has to answer? For what no repository policy is asked about
 * (EX-30, EC-5), for scopes, and where the repository may have to be made, which until then has no policy.
 */
const isForRegistry =
  (made: ReadonlySet<string>, { registryPolicyScope }: Options) =>
  (ask: Ask): boolean => {
    const { action, on } = ask
    if (action === 'ecr:CreateRepository' || action === 'ecr:ReplicateImage') return true
    if (typeof on !== 'string' && on._tag === 'Scope') return true
    return made.has(keyOf(ask)) && (registryPolicyScope !== 'V1' || isEnforcedByV1(action))
  }

// ---- constructors ----

/**
 * The policies that answer all asks, each for one place.
 *
 * **Errors** `UnsuitableTarget` for a scope that no policy of its owner can open: on ECR Public, or under V1.
 *
 * @category constructors
 * @since 0.1.0
 */
export const postsOf =
  (options: Options) =>
  (asks: readonly Ask[]): Checked<readonly Post[]> => {
    const forOwner = asks.filter(isForOwner)
    const [forRepository, forRegistry] = parted(isForRegistry(makings(asks), options))(forOwner)
    const posts = [
      ...posted(asks.filter(isByCaller), identityPlace(options)),
      ...posted(forRepository, repositoryPlace).map(withoutDelegates),
      ...posted(forRegistry, registryPlace).map(withoutDelegates),
      ...(options.endpoint === true ? endpointPosts(asks).map(withoutDelegates) : []),
    ]
    return unless(closedScopes(forRegistry, options))(posts)
  }

const parted =
  <T>(isSecond: (entry: T) => boolean) =>
  (all: readonly T[]): readonly [readonly T[], readonly T[]] => [
    all.filter((entry) => !isSecond(entry)),
    all.filter(isSecond),
  ]

const posted = <S extends CallerSpot | NamingSpot>(
  asks: readonly Ask[],
  spotOf: (ask: Ask) => S,
): readonly (S & { readonly asks: readonly Ask[] })[] => {
  const posts = new Map<string, { readonly spot: S; readonly asks: Ask[] }>() // local mutation: asks by place, in order
  for (const ask of asks) {
    const spot = spotOf(ask)
    const key = JSON.stringify(spot.place)
    const post = posts.get(key) ?? { spot, asks: [] }
    post.asks.push(ask)
    posts.set(key, post)
  }
  return Array.from(posts.entries())
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { spot, asks: its }]) => ({ ...spot, asks: its }))
}

/** Where the principal is an account, its users and roles need no entry of their own (PR-2). */
const withoutDelegates = (post: NamingPost): NamingPost => {
  const ofAccounts = post.asks.filter(({ grantee }) => grantee._tag === 'Account')
  return {
    ...post,
    asks: post.asks.filter(
      (ask) =>
        ask.grantee._tag !== 'Identity' ||
        !ofAccounts.some(
          (other) =>
            Grantee.accountOf(other.grantee) === Grantee.accountOf(ask.grantee) && takesIn(other)(ask),
        ),
    ),
  }
}

// ---- the places ----

const identityPlace =
  ({ identityPolicies }: Options) =>
  ({ grantee }: Ask): CallerSpot => ({
    _tag: 'Caller',
    place: { _tag: 'IdentityPolicy', principal: Grantee.show(grantee) },
    kind:
      identityPolicies !== 'inline'
        ? 'managed'
        : grantee._tag === 'Identity' && grantee.sort === 'User'
          ? 'inline-user'
          : 'inline-role',
  })

const repositoryPlace = (ask: Ask): NamingSpot => ({
  _tag: 'Naming',
  place: { _tag: 'ResourcePolicy', repository: resourceText(ask) },
  kind: typeof ask.on !== 'string' && GrantTarget.isPublic(ask.on) ? 'resource' : 'ecr-repository',
})

const registryPlace = ({ on }: Ask): NamingSpot => ({
  _tag: 'Naming',
  place: {
    _tag: 'RegistryPolicy',
    account: typeof on === 'string' ? '' : on.account,
    region: typeof on === 'string' ? '' : (on.region ?? ''),
  },
  kind: 'ecr-registry',
})

/** An endpoint is of one Region, and a token is fetched in each (EX-50). */
const endpointPosts = (asks: readonly Ask[]): readonly NamingPost[] => {
  const through = asks.filter((ask) => isByCaller(ask) && ask.action.startsWith('ecr:'))
  const regions = Array.from(
    new Set(through.flatMap(({ on }) => (typeof on === 'string' ? [] : (on.region ?? [])))),
  ).sort()
  const everywhere = (region: string | undefined): NamingPost => ({
    _tag: 'Naming',
    place: { _tag: 'VpcEndpointPolicy', ...(region === undefined ? {} : { region }) },
    kind: 'endpoint',
    asks: through.filter(({ on }) => typeof on === 'string' || on.region === region),
  })
  if (through.length === 0) return []
  return regions.length === 0 ? [everywhere(undefined)] : regions.map(everywhere)
}

// ---- what nobody can open ----

const closedScopes = (
  forRegistry: readonly Ask[],
  { registryPolicyScope }: Options,
): readonly GrantError[] => {
  const closed = forRegistry.flatMap((ask) => {
    if (typeof ask.on === 'string') return []
    if (GrantTarget.isPublic(ask.on))
      return `\`${resourceText(ask)}\` cannot be opened to others as a whole: ECR Public has policies of single repositories only`
    return registryPolicyScope === 'V1' && !isEnforcedByV1(ask.action)
      ? `\`${resourceText(ask)}\` cannot be opened to others as a whole: under scope V1 a registry policy is not asked about \`${ask.action}\``
      : []
  })
  return Array.from(new Set(closed), (message) =>
    grantError('/repositories', 'UnsuitableTarget', message, 'name the repositories one by one'),
  )
}
