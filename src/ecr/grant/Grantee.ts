/**
 * A `Grantee` is whom something is granted to: a user or role, all of an account, all of an organization, or a service
 * that acts for somebody.
 *
 * Source: EX-38, EX-39, EX-40, EX-57, PR-2, PR-5, PR-13, XA-2.
 *
 * @since 0.1.0
 */
import { sequenceS } from 'fp-ts/lib/Apply.js'
import * as E from 'fp-ts/lib/Either.js'
import * as NEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { OneOrMore } from '../../builder/index.js'
import { Arn, nearest, Principal, Problem } from '../../model/index.js'
import { imageServices, roleServices, rolesOfImageServices } from '../data/services.js'
import {
  applicative,
  at,
  collect,
  grantError,
  placedTexts,
  text,
  unless,
  wrongType,
  type Checked,
  type GrantError,
} from './GrantError.js'
import type { GrantTarget } from './GrantTarget.js'

// ---- model ----

/**
 * Whom something is granted to. `Identity`: a user or a role, by ARN. `Service`: `sources` are on whose behalf it acts.
 *
 * @category model
 * @since 0.1.0
 */
export type Grantee =
  | {
      readonly _tag: 'Identity'
      readonly sort: 'User' | 'Role'
      readonly partition: Arn.Partition
      readonly account: Arn.AccountId
      readonly arn: string
    }
  | {
      readonly _tag: 'Account'
      readonly partition: Arn.Partition | undefined
      readonly account: Arn.AccountId
    }
  | { readonly _tag: 'Organization'; readonly id: string }
  | ServiceGrantee

/**
 * A service. No sources at all: it acts for the account that owns the repository.
 *
 * @category model
 * @since 0.1.0
 */
export interface ServiceGrantee {
  readonly _tag: 'Service'
  readonly host: string
  readonly sourceArns: readonly string[]
  readonly sourceAccounts: readonly string[]
}

/**
 * A service and on whose behalf it may act: things by ARN (wildcards allowed), all things of accounts, or both demanded.
 *
 * @category model
 * @since 0.1.0
 */
export interface ServiceInput {
  readonly service: string
  readonly sourceArns?: OneOrMore<string>
  readonly sourceAccounts?: OneOrMore<string>
}

/**
 * How a grantee is written: the ARN of a user or role, an account id (or the ARN of its root), an organization id
 * (`o-a1b2c3d4e5`), a service's host (`lambda.amazonaws.com`: acting for the repository's own account), or a service
 * with sources.
 *
 * @category model
 * @since 0.1.0
 */
export type GranteeInput = string | ServiceInput

// ---- constructors ----

/**
 * Reads a grantee; `pointer` is its place.
 *
 * **Errors** `InvalidPrincipal`, `UnsuitablePrincipal`, `InvalidArn`, `InvalidAccountId`, `MissingSource`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse =
  (pointer: string) =>
  (input: unknown): Checked<Grantee> => {
    if (isRecord(input)) return parseService(pointer, `${pointer}/service`, input)
    if (typeof input !== 'string')
      return E.left([wrongType(pointer, input, 'the text of a principal, or a service with its sources')])
    if (/^o-[a-z0-9]{10,32}$/.test(input)) return E.right({ _tag: 'Organization', id: input })
    if (isHost(input)) return parseService(pointer, pointer, { service: input })
    const principal = at(pointer)(Principal.parse('AWS')(input))
    if (E.isRight(principal)) return at(pointer)(fromPrincipal(input, principal.right))
    const meant = /[:/]/.test(input) ? undefined : nearest(hosts)(input)
    return meant === undefined
      ? principal
      : E.mapLeft(NEA.map(suggesting(`did you mean \`${meant}\`?`)))(principal)
  }

const suggesting =
  (suggestion: string) =>
  (error: GrantError): GrantError => ({ ...error, suggestion })

const isHost = (text: string): boolean => /\.amazonaws\.com(?:\.cn)?$/.test(text)

const isRecord = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

const unsuitable = (message: string, suggestion?: string): E.Either<Omit<GrantError, 'pointer'>, never> =>
  E.left({ code: 'UnsuitablePrincipal', message, suggestion })

const fromPrincipal = (
  text: string,
  principal: Principal.Principal,
): E.Either<Omit<GrantError, 'pointer'>, Grantee> => {
  switch (principal._tag) {
    case 'User':
    case 'Role':
      return principal.path.startsWith('/aws-service-role/')
        ? unsuitable(
            `${Problem.quote(text)} is a service-linked role: its policy is AWS's and takes no other`,
            'to replicate into another account, ask for the account id',
          )
        : E.right({
            _tag: 'Identity',
            sort: principal._tag,
            partition: principal.partition,
            account: principal.account,
            arn: text,
          })
    case 'Account':
      return E.right({ _tag: 'Account', partition: principal.partition, account: principal.account })
    case 'AssumedRoleSession':
      return unsuitable(
        `${Problem.quote(text)} is one session of a role: policies are attached to the role, and the next session has another name`,
        `give the role's ARN, \`arn:${principal.partition}:iam::${principal.account}:role/${principal.role}\`, with its path if it has one`,
      )
    case 'FederatedUser':
      return unsuitable(
        `${Problem.quote(text)} is a federated user, to whom no policy can be attached`,
        'give the ARN of the IAM user behind it',
      )
    case 'Everyone':
      return unsuitable(
        '`*` is everybody in AWS',
        'name roles, accounts, or your organization by its id (`o-...`)',
      )
    case 'Service':
    case 'IdentityProvider':
    case 'CanonicalUser':
    case 'UniqueId':
      return unsuitable(`${Problem.quote(text)} is nothing that ECR could be told to let in`)
  }
}

const parseService = (
  pointer: string,
  hostPointer: string,
  input: Readonly<Record<string, unknown>>,
): Checked<Grantee> => {
  const given = (key: string): unknown => (Object.hasOwn(input, key) ? input[key] : undefined)
  const texts = sequenceS(applicative)({
    host: text(hostPointer, 'the host of a service')(given('service')),
    arns: placedTexts(`${pointer}/sourceArns`, 'an ARN')(given('sourceArns')),
    accounts: placedTexts(`${pointer}/sourceAccounts`, 'an account id')(given('sourceAccounts')),
  })
  if (E.isLeft(texts)) return texts
  const { host, arns, accounts } = texts.right
  const read = collect<unknown>([
    serviceHost(hostPointer, host, arns.length + accounts.length > 0),
    ...arns.map(([place, arn]) => sourceArn(place, arn, accounts.length > 0)),
    ...accounts.map(([place, id]) => at(place)(Arn.accountId(id))),
  ])
  return E.map(() => ({
    _tag: 'Service' as const,
    host,
    sourceArns: sorted(arns.map(([, arn]) => arn)),
    sourceAccounts: sorted(accounts.map(([, id]) => id)),
  }))(read)
}

/**
 * EX-38, EX-57: the host of a service that fetches images in its own name. Of others nothing is known, and so it has to be
 * said on whose behalf they act.
 */
const serviceHost = (pointer: string, host: string, hasSources: boolean): Checked<string> => {
  const principal = at(pointer)(Principal.parse('Service')(host))
  if (E.isLeft(principal) || Object.hasOwn(imageServices, host)) return E.map(() => host)(principal)
  const role = roleFor(host)
  if (role !== undefined)
    return at(pointer)(
      unsuitable(
        `${Problem.quote(host)} fetches no images in its own name: it assumes a role for that`,
        `give ${role}`,
      ),
    )
  const meant = hosts[labels.indexOf(nearest(labels)(labelOf(host)) ?? '')]
  if (meant !== undefined || !hasSources)
    return at(pointer)(
      unsuitable(
        `${Problem.quote(host)} is no service that is known to fetch images in its own name`,
        meant === undefined
          ? 'give the role that it assumes, or `sourceAccounts` as well if it does'
          : `did you mean \`${meant}\`?`,
      ),
    )
  return E.right(host)
}

const hosts: readonly string[] = [...Object.keys(imageServices), ...Object.keys(roleServices)]

const labelOf = (host: string): string => host.replace(/\.amazonaws\.com(?:\.cn)?$/, '')

const labels: readonly string[] = hosts.map(labelOf)

/** In China the hosts of some services end in `.cn`. */
const roleFor = (host: string): string | undefined => {
  const plain = `${labelOf(host)}.amazonaws.com`
  return Object.entries(roleServices).find(([name]) => name === plain)?.[1]
}

/** EX-40: an ARN that leaves the account open wants the account beside it. */
const sourceArn = (pointer: string, given: string, hasAccounts: boolean): Checked<string> => {
  const [prefix, , , , account = '', resource] = Arn.segments(given)
  const errors =
    prefix !== 'arn' || resource === undefined
      ? [grantError(pointer, 'InvalidArn', `${Problem.quote(given)} is not an ARN`)]
      : Arn.isAccountId(account) || hasAccounts
        ? []
        : [
            grantError(
              pointer,
              'MissingSource',
              `${Problem.quote(given)} leaves open whose it is, so that anybody's would do`,
              'write the account into it, or give `sourceAccounts` as well',
            ),
          ]
  return unless(errors)(given)
}

const sorted = (texts: readonly string[]): readonly string[] => Array.from(new Set(texts)).sort()

/**
 * What is known of a service that fetches images in its own name.
 *
 * @category model
 * @since 0.1.0
 */
export type ImageService = (typeof imageServices)[keyof typeof imageServices]

/**
 * What is known of the service of this host, if it fetches images in its own name.
 *
 * @category destructors
 * @since 0.1.0
 */
export const imageService = (host: string): ImageService | undefined =>
  Object.entries(imageServices).find(([name]) => name === host)?.[1]

/**
 * The role that does for a service what it does not in its own name.
 *
 * @category destructors
 * @since 0.1.0
 */
export const ownRole = (host: string): string =>
  Object.entries(rolesOfImageServices).find(([name]) => name === host)?.[1] ??
  'the role that the service assumes'

/**
 * A service as it comes to a target: sources that are accounts become ARNs of the target's Region where it is known
 * what their ARNs look like, and no sources become the owner's account.
 *
 * @category combinators
 * @since 0.1.0
 */
export const serviceAt =
  (service: ServiceGrantee) =>
  ({ partition, region, account }: GrantTarget): ServiceGrantee => {
    if (service.sourceArns.length > 0) return service
    const accounts = service.sourceAccounts.length > 0 ? service.sourceAccounts : [account]
    const known = imageService(service.host)
    if (known === undefined || region === undefined) return { ...service, sourceAccounts: accounts }
    const [name, resource] = known.source
    return {
      ...service,
      sourceArns: accounts.map((id) => `arn:${partition}:${name}:${region}:${id}:${resource}`),
      sourceAccounts: known.account ? accounts : [],
    }
  }

// ---- destructors ----

/**
 * The account of a grantee that has one.
 *
 * @category destructors
 * @since 0.1.0
 */
export const accountOf = (grantee: Grantee): Arn.AccountId | undefined =>
  grantee._tag === 'Identity' || grantee._tag === 'Account' ? grantee.account : undefined

/**
 * The partition of a grantee, where it is told.
 *
 * @category destructors
 * @since 0.1.0
 */
export const partitionOf = (grantee: Grantee): Arn.Partition | undefined =>
  grantee._tag === 'Identity' || grantee._tag === 'Account' ? grantee.partition : undefined

// ---- rendering ----

/**
 * A grantee in one text, by which it is told from every other.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (grantee: Grantee): string => {
  switch (grantee._tag) {
    case 'Identity':
      return grantee.arn
    case 'Account':
      return grantee.account
    case 'Organization':
      return grantee.id
    case 'Service': {
      const sources = [...grantee.sourceArns, ...grantee.sourceAccounts]
      return sources.length === 0 ? grantee.host : `${grantee.host} for ${sources.join(', ')}`
    }
  }
}
