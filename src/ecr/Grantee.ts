/**
 * A `Grantee` is whom something is granted to: a user or role, all of an account, all of an organization, or a service
 * that acts for somebody.
 *
 * Source: EX-38, EX-39, EX-40, PR-2, PR-5, PR-13, XA-2.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { OneOrMore } from '../builder/index.js'
import { Arn, Principal, Problem } from '../model/index.js'
import { at, collect, grantError, placed, unless, type Checked, type GrantError } from './GrantError.js'
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
  (input: GranteeInput): Checked<Grantee> => {
    if (typeof input !== 'string') return parseService(pointer, `${pointer}/service`, input)
    if (/^o-[a-z0-9]{10,32}$/.test(input)) return E.right({ _tag: 'Organization', id: input })
    if (input.endsWith('.amazonaws.com') || input.endsWith('.amazonaws.com.cn'))
      return parseService(pointer, pointer, { service: input })
    const principal = at(pointer)(Principal.parse('AWS')(input))
    return E.isLeft(principal) ? principal : at(pointer)(fromPrincipal(input, principal.right))
  }

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

const parseService = (pointer: string, hostPointer: string, input: ServiceInput): Checked<Grantee> => {
  const arns = placed(`${pointer}/sourceArns`)(input.sourceArns)
  const accounts = placed(`${pointer}/sourceAccounts`)(input.sourceAccounts)
  const read = collect<unknown>([
    at(hostPointer)(Principal.parse('Service')(input.service)),
    ...arns.map(([place, arn]) => sourceArn(place, arn, accounts.length > 0)),
    ...accounts.map(([place, id]) => at(place)(Arn.accountId(id))),
  ])
  return E.isLeft(read)
    ? read
    : E.right({
        _tag: 'Service',
        host: input.service,
        sourceArns: sorted(arns.map(([, arn]) => arn)),
        sourceAccounts: sorted(accounts.map(([, id]) => id)),
      })
}

/** EX-40: an ARN that leaves the account open wants the account beside it. */
const sourceArn = (pointer: string, text: string, hasAccounts: boolean): Checked<string> => {
  const [prefix, , , , account = '', resource] = Arn.segments(text)
  const errors =
    prefix !== 'arn' || resource === undefined
      ? [grantError(pointer, 'InvalidArn', `${Problem.quote(text)} is not an ARN`)]
      : Arn.isAccountId(account) || hasAccounts
        ? []
        : [
            grantError(
              pointer,
              'MissingSource',
              `${Problem.quote(text)} leaves open whose it is, so that anybody's would do`,
              'write the account into it, or give `sourceAccounts` as well',
            ),
          ]
  return unless(errors)(text)
}

const sorted = (texts: readonly string[]): readonly string[] => Array.from(new Set(texts)).sort()

/** What of a service pulls images: the part of its ARN that follows the account. */
const sourceForms: ReadonlyMap<string, readonly [service: string, resource: string]> = new Map([
  ['lambda.amazonaws.com', ['lambda', 'function:*']],
  ['codebuild.amazonaws.com', ['codebuild', 'project/*']],
])

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
    const form = sourceForms.get(service.host)
    if (form === undefined || region === undefined) return { ...service, sourceAccounts: accounts }
    const [name, resource] = form
    return {
      ...service,
      sourceArns: accounts.map((id) => `arn:${partition}:${name}:${region}:${id}:${resource}`),
      sourceAccounts: [],
    }
  }

/**
 * One service for each of its sources, which together let in what the one did. Sources that are demanded both stay.
 *
 * @category combinators
 * @since 0.1.0
 */
export const sourcesApart = (service: ServiceGrantee): readonly ServiceGrantee[] => {
  const { sourceArns, sourceAccounts } = service
  if (sourceArns.length > 0 && sourceAccounts.length > 0) return [service]
  return sourceArns.length > 0
    ? sourceArns.map((arn) => ({ ...service, sourceArns: [arn] }))
    : sourceAccounts.map((id) => ({ ...service, sourceAccounts: [id] }))
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
