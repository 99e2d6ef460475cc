/**
 * A whole account, as the API tells of it, becomes an inventory.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { plain } from '../../codec/index.js'
import { Arn } from '../../model/index.js'
import { identity, resource, unknownIdentity, unknownResource, type BoundedIdentity } from '../Bounded.js'
import {
  concat,
  type Found,
  type FoundManaged,
  type FoundRepository,
  type Holder,
  type HolderType,
  type ManagedRef,
} from '../Found.js'
import { fromErrors, gap, isSome, orThrow, type Gap, type Gaps } from '../Gap.js'
import type { Inventory } from '../Inventory.js'
import { link, unknownTags, type LinkOptions } from '../link.js'
import { field, isObject, items, text, wrong, wrongList, type Located } from '../read.js'
import { decoded } from './document.js'
import type { AccountShape } from './shapes.js'

// ---- codecs ----

/**
 * The inventory of an account: each role and user with inline and managed policies, those of groups, and the boundary;
 * each repository that ECR told of. A repository that DescribeRepositories lists without an answer of
 * GetRepositoryPolicy has a policy that is not known.
 *
 * **Errors** `InvalidInput`, when the input is not of that shape. All else that is not known is in the inventory's gaps.
 * **Cost** linear in the input.
 *
 * @example
 * import { Inventory, Sdk } from 'ecr-policy/interop'
 *
 * const inventory = Sdk.accountOrThrow({
 *   details: {
 *     RoleDetailList: [
 *       {
 *         RoleName: 'node',
 *         Arn: 'arn:aws:iam::111122223333:role/node',
 *         AttachedManagedPolicies: [
 *           { PolicyArn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly' },
 *         ],
 *       },
 *     ],
 *   },
 *   regions: [
 *     { region: 'eu-west-1', repositoryPolicies: [{ registryId: '111122223333', repositoryName: 'app' }] },
 *   ],
 * })
 * const answer = Inventory.canPull({ principal: 'node', repository: 'app' })(inventory)
 * answer._tag === 'Right' && answer.right._tag === 'Known' && answer.right.verdict.allowed // => true
 *
 * @category codecs
 * @since 0.1.0
 */
export const account = (input: AccountShape, options: LinkOptions = {}): E.Either<Gaps, Inventory> => {
  const read = plain(input)
  if (E.isLeft(read)) return E.left(fromErrors('InvalidInput', '', 'the account')(read.left))
  const root: Located = { value: read.right, pointer: '' }
  const details = field('details')(root)
  const pages = Array.isArray(details.value) ? items(details) : [details]
  const regions = field('regions')(root)
  const faults = [
    ...wrongList(regions, 'regions'),
    ...(pages.length === 0 ? [wrong(details, 'details', 'one page or more')] : []),
    ...pages.flatMap(faultsOfPage),
  ]
  return isSome(faults)
    ? E.left(faults)
    : E.right(
        link(options)(concat([...pages.map(pageOf), truncated(pages), ...items(regions).map(regionOf)])),
      )
}

/**
 * The inventory of an account, or throws.
 *
 * @category codecs
 * @since 0.1.0
 */
export const accountOrThrow = (input: AccountShape, options: LinkOptions = {}): Inventory =>
  orThrow(account(input, options))

const lists = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies']

/** A page says of something, if only that there is nothing; the answer of another call would pass for an empty account. */
const isPage = (page: Located): boolean =>
  isObject(page) && [...lists, 'IsTruncated'].some((name) => field(name)(page).value !== undefined)

const faultsOfPage = (page: Located): readonly Gap[] =>
  isPage(page)
    ? lists.flatMap((name) => wrongList(field(name)(page), name))
    : [wrong(page, 'details', 'an answer of GetAccountAuthorizationDetails')]

/** Only the last page may say that there is more. */
const truncated = (pages: readonly Located[]): Partial<Found> => {
  const last = pages.at(-1)
  return {
    beside:
      last !== undefined && field('IsTruncated')(last).value === true
        ? [
            gap(
              'Truncated',
              field('IsTruncated')(last).pointer,
              'IsTruncated',
              'there are further pages: users, roles, groups and policies are missing',
              'ask for the next page with `Marker`, and give all pages as a list',
            ),
          ]
        : [],
  }
}

const pageOf = (page: Located): Partial<Found> => ({
  holders: [
    ...items(field('RoleDetailList')(page)).map(holderOf('Role')),
    ...items(field('UserDetailList')(page)).map(holderOf('User')),
    ...items(field('GroupDetailList')(page)).map(holderOf('Group')),
  ],
  managed: items(field('Policies')(page)).map(managedOf),
})

// ---- users, roles and groups ----

const inlineKinds = { Role: 'inline-role', User: 'inline-user', Group: 'inline-group' } as const

const holderOf =
  (type: HolderType) =>
  (one: Located): Holder => {
    const arn = text('Arn')(one)
    const name = text(`${type}Name`)(one) ?? arn ?? ''
    const owner = ownerOf(arn)
    const boundary = field('PermissionsBoundary')(one)
    const trust = field('AssumeRolePolicyDocument')(one)
    const lost = [
      ...wrongList(field(`${type}PolicyList`)(one), `${type}PolicyList`),
      ...wrongList(field('AttachedManagedPolicies')(one), 'AttachedManagedPolicies'),
      ...(type === 'User' ? wrongList(field('GroupList')(one), 'GroupList') : []),
      ...(arn === undefined ? [wrong(field('Arn')(one), name, 'an ARN')] : []),
    ]
    return {
      type,
      account: owner,
      name,
      id: arn ?? name,
      arn,
      pointer: one.pointer,
      inline: [
        ...items(field(`${type}PolicyList`)(one)).map(inlineOf(type)),
        ...lost.map((why) => unknownIdentity(name, why)),
      ],
      managed: items(field('AttachedManagedPolicies')(one)).map(refOf('PolicyArn')),
      boundary: boundary.value === undefined ? undefined : refOf('PermissionsBoundaryArn')(boundary),
      groups: items(field('GroupList')(one)).map(({ value, pointer }) => ({
        type: 'Group',
        account: owner,
        name: typeof value === 'string' ? value : '',
        pointer,
      })),
      trust:
        trust.value === undefined
          ? undefined
          : resource('trust')({ name, pointer: trust.pointer, json: decoded(trust.value) }),
      tags: { known: tagsOf(field('Tags')(one)), gaps: wrongList(field('Tags')(one), 'Tags') },
      gaps: [],
    }
  }

const ownerOf = (arn: string | undefined): string => {
  const read = arn === undefined ? undefined : Arn.parse(arn)
  return read !== undefined && E.isRight(read) ? read.right.account : ''
}

const inlineOf =
  (type: HolderType) =>
  (one: Located): BoundedIdentity => {
    const { value, pointer } = field('PolicyDocument')(one)
    return identity(inlineKinds[type])({ name: text('PolicyName')(one) ?? '', pointer, json: decoded(value) })
  }

const refOf =
  (name: string) =>
  (one: Located): ManagedRef => ({ arn: text(name)(one) ?? '', pointer: field(name)(one).pointer })

const tagsOf = (tags: Located): Readonly<Record<string, string>> =>
  Object.fromEntries(
    items(tags).flatMap((tag) => {
      const key = text('Key')(tag)
      return key === undefined ? [] : [[key, text('Value')(tag) ?? ''] as const]
    }),
  )

/** The version in force; IAM keeps up to five. */
const managedOf = (one: Located): FoundManaged => {
  const name = text('PolicyName')(one) ?? text('Arn')(one) ?? ''
  const versions = items(field('PolicyVersionList')(one))
  const inForce = text('DefaultVersionId')(one)
  const version =
    versions.find((each) => field('IsDefaultVersion')(each).value === true) ??
    versions.find((each) => inForce !== undefined && text('VersionId')(each) === inForce)
  const { value, pointer } = field('Document')(version ?? { value: undefined, pointer: one.pointer })
  return {
    arn: text('Arn')(one) ?? '',
    policy:
      version === undefined
        ? unknownIdentity(
            name,
            gap(
              'UnknownManagedPolicy',
              one.pointer,
              name,
              `the default version of \`${name}\` is not in the input`,
            ),
          )
        : identity('identity')({ name, pointer, json: decoded(value) }),
  }
}

// ---- repositories ----

const regionOf = (one: Located): Partial<Found> => {
  const region = text('region')(one) ?? ''
  const registry = field('registryPolicy')(one)
  const pages = items(field('repositories')(one))
  const described = pages.flatMap((page) => items(field('repositories')(page))).map(describedOf(region))
  const policies = items(field('repositoryPolicies')(one)).map((policy) =>
    policyOf(region, policy, described),
  )
  const isAsked = ({ account: owner, name }: FoundRepository): boolean =>
    policies.some((policy) => policy.account === owner && policy.repository === name)
  return {
    repositories: described,
    repositoryPolicies: [...policies, ...described.filter((each) => !isAsked(each)).map(notAsked)],
    registryPolicies: registry.value === undefined ? [] : [registryOf(region, registry)],
    beside: pages
      .slice(-1)
      .filter((page) => text('nextToken')(page) !== undefined)
      .map((page) =>
        gap(
          'Truncated',
          page.pointer,
          'nextToken',
          `there are further repositories in ${region}`,
          'ask with `nextToken`',
        ),
      ),
  }
}

const describedOf =
  (region: string) =>
  (one: Located): FoundRepository => {
    const name = text('repositoryName')(one) ?? ''
    return {
      id: text('repositoryArn')(one) ?? name,
      account: text('registryId')(one) ?? ownerOf(text('repositoryArn')(one)),
      region,
      name,
      pointer: one.pointer,
      tags: { known: {}, gaps: [unknownTags(name, one.pointer)] },
      gaps: [],
    }
  }

/** An answer that does not say its registry is that of the repository of its name, where there is one only. */
const policyOf = (
  region: string,
  one: Located,
  described: readonly FoundRepository[],
): Found['repositoryPolicies'][number] => {
  const name = text('repositoryName')(one) ?? ''
  const { value, pointer } = field('policyText')(one)
  const [owner, ...others] = described.filter((each) => each.name === name)
  return {
    account: text('registryId')(one) ?? (others.length === 0 ? owner?.account : undefined) ?? '',
    region,
    repository: name,
    pointer: one.pointer,
    policy: value === undefined ? undefined : resource('ecr-repository')({ name, pointer, json: value }),
  }
}

const notAsked = ({ id, account: owner, region, name, pointer }: FoundRepository) => ({
  account: owner,
  region,
  repository: name,
  pointer,
  policy: unknownResource(
    id,
    gap(
      'UnknownRepositoryPolicy',
      pointer,
      id,
      `the policy of repository \`${id}\` is not in the input`,
      'ask GetRepositoryPolicy, and give its answer, or one without `policyText` when there is no policy',
    ),
  ),
})

const registryOf = (region: string, one: Located): Found['registryPolicies'][number] => {
  const { value, pointer } = field('policyText')(one)
  const owner = text('registryId')(one) ?? ''
  return {
    account: owner,
    region,
    policy: resource('ecr-registry')({ name: `registry ${owner} in ${region}`, pointer, json: value }),
  }
}
