/**
 * Why each policy of a grant is where it is, and what whoever attaches them should know.
 *
 * Source: the rules that each remark names.
 *
 * @since 0.1.0
 */
import type { Remark } from './Grant.js'
import type { Ask } from './grantAsks.js'
import * as Grantee from './Grantee.js'
import type { Wish } from './grantInput.js'
import { isEnforcedByV1, isOwnBusiness, type Post } from './grantPlaces.js'
import { callersPart } from './grantShare.js'
import type { Operation } from '../Operation.js'

// ---- constructors ----

const remark = (text: string, ...rules: readonly string[]): Remark => ({ text, rules })

/** Those whose question is answered yes. */
const holding = (asked: readonly (readonly [holds: boolean, remark: Remark])[]): readonly Remark[] =>
  asked.flatMap(([holds, it]) => (holds ? [it] : []))

/**
 * Why a policy is where it is.
 *
 * @category constructors
 * @since 0.1.0
 */
export const whyOf = ({ place, asks }: Post): readonly Remark[] => {
  switch (place._tag) {
    case 'IdentityPolicy':
      return whyIdentity(asks)
    case 'RegistryPolicy':
      return [...whyRegistry(asks), ...whyOwner(asks)]
    case 'VpcEndpointPolicy':
      return [
        remark(
          'The policy of an endpoint must let through the token and every action used; it grants nothing.',
          'EX-42',
          'VE-1',
        ),
      ]
    case 'ResourcePolicy':
      return whyOwner(asks)
  }
}

const isToken = ({ action }: Ask): boolean => action.endsWith(':GetAuthorizationToken')

const isOwn = ({ grantee, on }: Ask): boolean =>
  typeof on !== 'string' && Grantee.accountOf(grantee) === on.account

const isForeign = ({ grantee, on }: Ask): boolean =>
  typeof on !== 'string' &&
  grantee._tag !== 'Organization' &&
  grantee._tag !== 'Service' &&
  Grantee.accountOf(grantee) !== on.account

const isOf =
  (tag: Grantee.Grantee['_tag']) =>
  ({ grantee }: Ask): boolean =>
    grantee._tag === tag

const whyIdentity = (asks: readonly Ask[]): readonly Remark[] =>
  holding([
    [
      asks.some(isToken),
      remark('A token names no repository, so nothing but an identity policy can grant it.', 'EX-1', 'EX-2'),
    ],
    [asks.some(isOwn), remark('Within one account an identity policy is enough.', 'EX-37', 'SA-1')],
    [
      asks.some(isForeign),
      remark(
        'Another account owns the repository: both sides must allow, and this is the side of the caller.',
        'EX-37',
        'XA-1',
      ),
    ],
    [
      asks.some(isOf('Account')),
      remark(
        'An account takes no policy, and what is granted to it is up to its own: attach this to those who are to have it.',
        'PR-2',
        'XA-2',
      ),
    ],
    [
      asks.some(isOf('Organization')),
      remark(
        'To callers of other accounts a grant to everybody in the organization is half of what they need: this is the other half.',
        'XA-3',
      ),
    ],
  ])

const whyRegistry = (asks: readonly Ask[]): readonly Remark[] => {
  const asksFor = (name: string): boolean => asks.some(({ action }) => action === name)
  return holding([
    [
      asksFor('ecr:CreateRepository'),
      remark(
        'A repository that is yet to be made has no policy of its own, so the registry policy has to answer.',
        'EC-4',
        'EX-30',
      ),
    ],
    [
      asksFor('ecr:ReplicateImage'),
      remark(
        'Replication from another account is granted to that account by the registry policy of the destination.',
        'EC-5',
      ),
    ],
    [
      asks.some(
        ({ on, action }) => typeof on !== 'string' && on._tag === 'Scope' && !/Replicate/.test(action),
      ),
      remark(
        'A scope is open to repositories yet to come, and a repository policy speaks of one repository.',
        'EX-34',
        'EX-35',
      ),
    ],
  ])
}

const whyOwner = (asks: readonly Ask[]): readonly Remark[] =>
  holding([
    [
      asks.some((ask) => isForeign(ask) && !isOwnBusiness(ask)),
      remark(
        'The caller is of another account: both sides must allow, and this is the side of the owner.',
        'EX-37',
        'XA-1',
      ),
    ],
    [
      asks.some(isOf('Organization')),
      remark('Everybody is let in whose request shows that he belongs to the organization.', 'SA-5', 'PR-9'),
    ],
    [
      asks.some(isOf('Service')),
      remark('A service has no identity policy, so this alone decides.', 'EX-38', 'PR-7'),
    ],
    [
      asks.some(isOf('Service')),
      remark('The condition keeps others from making the service act for them.', 'EX-40'),
    ],
  ])

// ---- notes ----

/**
 * What else there is to know about the policies of a wish.
 *
 * @category constructors
 * @since 0.1.0
 */
export const notesOf = (wish: Wish, posts: readonly Post[], scope: 'V1' | 'V2' = 'V2'): readonly Remark[] => {
  const { operations, grantees } = wish
  const asks = posts.flatMap((post) => post.asks)
  const at = (...tags: readonly Post['place']['_tag'][]) =>
    posts.filter(({ place }) => tags.includes(place._tag))
  const atOwner = at('ResourcePolicy', 'RegistryPolicy').flatMap((post) => post.asks)
  const makes = atOwner.some(
    ({ action, grantee }) => action === 'ecr:CreateRepository' && grantee._tag !== 'Service',
  )
  return [
    ...holding([
      [posts.length === 0, remark('Pulling from ECR Public takes no permission.', 'EX-44')],
      [
        at('ResourcePolicy', 'RegistryPolicy', 'VpcEndpointPolicy').length > 0,
        remark(
          'Setting the policy of a repository, registry or endpoint replaces the one before: merge it with what is there.',
          'EX-56',
        ),
      ],
      [
        atOwner.some(isOf('Identity')),
        remark('ECR saves a policy only if the users and roles that it names exist.', 'EX-55'),
      ],
      [
        at('RegistryPolicy').some((post) => post.asks.some(({ action }) => !isEnforcedByV1(action))),
        remark('The registry has to have policy scope V2, the default today.', 'EC-6'),
      ],
      [
        makes && scope === 'V1',
        remark(
          'The repository policy is for repositories that ECR makes itself: put it into the creation template.',
          'EX-30',
          'EC-6',
        ),
      ],
      [
        grantees.some(({ value }) => value._tag === 'Organization'),
        remark(
          'AWS services bring no `aws:PrincipalOrgID`: grant to Lambda and others apart, with the accounts they act for.',
          'EX-39',
        ),
      ],
      [
        at('VpcEndpointPolicy').length > 0 &&
          asks.some(({ action }) => action === 'ecr:GetDownloadUrlForLayer'),
        remark(
          'Layers come from S3: where its endpoint is restricted, allow `s3:GetObject` on `prod-REGION-starport-layer-bucket` there.',
          'EC-8',
        ),
      ],
    ]),
    ...callersPart(wish),
    ...operations.flatMap(({ value }) => uncertainty(value)),
  ]
}

const uncertainty = ({ id, certainty, rules }: Operation): readonly Remark[] =>
  certainty === 'inferred' || certainty === 'observed'
    ? [remark(`What \`${id}\` takes is ${certainty}, not documented by AWS.`, ...rules)]
    : []
