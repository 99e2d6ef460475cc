/**
 * Principals as policies name them, and the elements `Principal` and `NotPrincipal`.
 *
 * `"*"` and `{"AWS": "*"}` are one and the same (PR-9). A root ARN and a bare account id both mean the account as a
 * whole (PR-2); the model keeps which one was written.
 *
 * Laws: 1. `parse(type)(show(p))` is `p`  2. `typeOf(p)` is the key under which `p` is printed
 * Source: PR-1, PR-2, PR-9, PR-13, PR-14, PR-15, GR-16, GR-17.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import type * as Ord_ from 'fp-ts/lib/Ord.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type * as Show_ from 'fp-ts/lib/Show.js'
import * as Arn from './Arn.js'
import type { AccountId, Partition } from './Arn.js'
import type { Brand } from './Brand.js'
import { isText, notText } from './Given.js'
import { orderedBy } from './orderedBy.js'
import { getOrThrow } from './orThrow.js'
import { problem, quote, show as showProblem, type Problem } from './Problem.js'
import { Frozen } from '../pattern/index.js'

// ---- model ----

/**
 * The keys of a principal map, in the order in which they are printed.
 *
 * @category model
 * @since 0.1.0
 */
export const principalTypes: readonly ['AWS', 'Service', 'Federated', 'CanonicalUser'] =
  /* @__PURE__ */ Frozen.deep(['AWS', 'Service', 'Federated', 'CanonicalUser'])

/**
 * A key of a principal map.
 *
 * @category model
 * @since 0.1.0
 */
export type PrincipalType = (typeof principalTypes)[number]

/**
 * Everybody, unsigned callers included (PR-9, U-12).
 *
 * @category model
 * @since 0.1.0
 */
export interface Everyone {
  readonly _tag: 'Everyone'
}

/**
 * An account as a whole; `partition` is undefined when a bare account id was written.
 *
 * @category model
 * @since 0.1.0
 */
export interface Account {
  readonly _tag: 'Account'
  readonly partition: Partition | undefined
  readonly account: AccountId
}

/**
 * An IAM user, or an IAM role (and so its sessions, PR-4). `path` begins and ends with a slash.
 *
 * @category model
 * @since 0.1.0
 */
export interface UserOrRole {
  readonly _tag: 'User' | 'Role'
  readonly partition: Partition
  readonly account: AccountId
  readonly path: string
  readonly name: string
}

/**
 * One session of a role (PR-5), by role name without path.
 *
 * @category model
 * @since 0.1.0
 */
export interface AssumedRoleSession {
  readonly _tag: 'AssumedRoleSession'
  readonly partition: Partition
  readonly account: AccountId
  readonly role: string
  readonly session: string
}

/**
 * A session from GetFederationToken.
 *
 * @category model
 * @since 0.1.0
 */
export interface FederatedUser {
  readonly _tag: 'FederatedUser'
  readonly partition: Partition
  readonly account: AccountId
  readonly name: string
}

/**
 * An AWS service, by its host name (PR-7).
 *
 * @category model
 * @since 0.1.0
 */
export interface Service {
  readonly _tag: 'Service'
  readonly host: string
}

/**
 * An identity provider: a SAML or OIDC provider's ARN, or the host name of a built-in one (ST-4).
 *
 * @category model
 * @since 0.1.0
 */
export interface IdentityProvider {
  readonly _tag: 'IdentityProvider'
  readonly id: string
}

/**
 * A canonical user id of S3 (PR-14), or a unique id that AWS shows for a deleted user or role (U-21).
 *
 * @category model
 * @since 0.1.0
 */
export interface OpaqueId {
  readonly _tag: 'CanonicalUser' | 'UniqueId'
  readonly id: string
}

/**
 * One entry of a `Principal` or `NotPrincipal` element.
 *
 * @category model
 * @since 0.1.0
 */
export type Principal =
  Everyone | Account | UserOrRole | AssumedRoleSession | FederatedUser | Service | IdentityProvider | OpaqueId

/**
 * Entries in printing order: by type, each type in the order in which it was written.
 *
 * @category model
 * @since 0.1.0
 */
export type PrincipalList = Brand<ReadonlyNonEmptyArray<Principal>, 'PrincipalList'>

/**
 * The elements `Principal` and `NotPrincipal`: one or the other, never both (GR-15).
 *
 * @category model
 * @since 0.1.0
 */
export interface PrincipalClause {
  readonly _tag: 'Principal' | 'NotPrincipal'
  readonly principals: PrincipalList
}

// ---- constructors ----

/**
 * Everybody.
 *
 * @category constructors
 * @since 0.1.0
 */
export const everyone: Principal = /* @__PURE__ */ Frozen.deep({ _tag: 'Everyone' })

/**
 * Puts entries into printing order.
 *
 * @category constructors
 * @since 0.1.0
 */
export const list = (principals: readonly [Principal, ...(readonly Principal[])]): PrincipalList => {
  const ordered = isOrdered(principals)
    ? [...principals]
    : principalTypes.flatMap((type) => principals.filter((p) => typeOf(p) === type))
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the constructor of the brand; every entry has a type
  return Object.freeze<readonly Principal[]>(ordered) as PrincipalList
}

const isOrdered = (principals: readonly Principal[]): boolean => {
  let last = 0 // local mutation: one pass
  for (const principal of principals) {
    const rank = principalTypes.indexOf(typeOf(principal))
    if (rank < last) return false
    last = rank
  }
  return true
}

/**
 * Reads one entry of a principal map.
 *
 * **Errors** `InvalidPrincipal`: not of this type, a wildcard inside (GR-17), a group (PR-13), another service's ARN, a
 * name or path with a character that IAM gives to none.
 *
 * @example
 * import { Principal } from 'ecr-policy'
 *
 * Principal.parseOrThrow('AWS')('111122223333')._tag // => 'Account'
 * Principal.parseOrThrow('Service')('lambda.amazonaws.com')._tag // => 'Service'
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse =
  (type: PrincipalType) =>
  (text: string): E.Either<Problem, Principal> => {
    if (!isText(text)) return E.left(notText('a principal', text))
    const read = readEntry(type, text)
    if (E.isRight(read)) Object.freeze(read.right)
    return read
  }

const readEntry = (type: PrincipalType, text: string): E.Either<Problem, Principal> => {
  switch (type) {
    case 'AWS':
      return parseAws(text)
    case 'Service':
      return isHost(text)
        ? E.right({ _tag: 'Service', host: text })
        : refuse(text, `a service is named by its host, as in \`lambda.amazonaws.com\`${wildcardHint(text)}`)
    case 'Federated':
      return isProvider(text)
        ? E.right({ _tag: 'IdentityProvider', id: text })
        : refuse(
            text,
            `an identity provider is a SAML or OIDC provider ARN or a host name${wildcardHint(text)}`,
          )
    case 'CanonicalUser':
      return /^[0-9a-zA-Z]+$/.test(text)
        ? E.right({ _tag: 'CanonicalUser', id: text })
        : refuse(text, 'a canonical user id is letters and digits')
  }
}

/**
 * Reads one entry of a principal map, or throws.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parseOrThrow =
  (type: PrincipalType) =>
  (text: string): Principal =>
    getOrThrow(showProblem)(parse(type)(text))

const wildcardHint = (text: string): string =>
  text.includes('*') || text.includes('?') ? '; a principal takes no partial wildcard' : ''

const refuse = (text: string, why: string, hint?: string): E.Either<Problem, never> =>
  E.left(problem('InvalidPrincipal', `${quote(text)} is not a principal: ${why}`, hint))

/** A host name of two or more labels, lower or upper case, as service principals are written. */
const host = /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/

const isHost = (text: string): boolean => host.test(text)

const isProvider = (text: string): boolean => {
  if (!text.startsWith('arn:')) return isHost(text)
  const arn = Arn.parse(text)
  return (
    E.isRight(arn) &&
    arn.right.service === 'iam' &&
    Arn.isAccountId(arn.right.account) &&
    /^(saml-provider|oidc-provider)\/[^*?]+$/.test(arn.right.resource)
  )
}

const uniqueId = /^A[A-Z0-9]{15,127}$/

/** What nearly every principal looks like: an account, or a user or role without a path. */
const common = /^arn:aws:iam::([0-9]{12}):(?:root|(user|role)\/([A-Za-z0-9+=,.@_-]+))$/

const parseCommon = (text: string): Principal | undefined => {
  const [, account, kind, name] = common.exec(text) ?? []
  if (account === undefined || !Arn.isAccountId(account)) return undefined
  return name === undefined
    ? { _tag: 'Account', partition: 'aws', account }
    : { _tag: kind === 'user' ? 'User' : 'Role', partition: 'aws', account, path: '/', name }
}

const parseAws = (text: string): E.Either<Problem, Principal> => {
  if (text === '*') return E.right(everyone)
  const known = parseCommon(text)
  if (known !== undefined) return E.right(known)
  if (Arn.isAccountId(text)) return E.right({ _tag: 'Account', partition: undefined, account: text })
  if (uniqueId.test(text)) return E.right({ _tag: 'UniqueId', id: text })
  if (text.includes('*') || text.includes('?'))
    return refuse(
      text,
      'a principal takes no partial wildcard',
      'use `*` with a condition on `aws:PrincipalArn`',
    )
  const arn = Arn.parse(text)
  if (E.isLeft(arn))
    return refuse(text, 'it is neither `*`, an account id nor an IAM or STS ARN', placeholderHint(text))
  return parseAwsArn(arn.right)
}

const placeholderHint = (text: string): string | undefined =>
  /[<>{}]|x{3}|REPLACE|account/i.test(text)
    ? 'it looks like a placeholder: put the real ARN in its place'
    : undefined

const parseAwsArn = (arn: Arn.Arn): E.Either<Problem, Principal> => {
  const { account, resource, service, text } = arn
  if (!Arn.isAccountId(account) || arn.region !== '')
    return refuse(text, 'an AWS principal is an IAM or STS ARN with an account and no region')
  const [kind, ...names] = resource.split('/')
  if (names.includes('')) return refuse(text, 'its resource has an empty part')
  const odd = oddName(service, names)
  if (odd !== undefined) return refuse(text, odd, variableHint(text) ?? placeholderHint(text))
  switch (service) {
    case 'iam':
      return parseIam(arn, account, kind, names)
    case 'sts':
      return parseSession(arn, account, kind, names)
    default:
      return refuse(text, 'an AWS principal is an ARN of IAM or STS')
  }
}

/** Names of users, roles and sessions share one alphabet; the path of a user or role takes all visible ASCII. */
const oddName = (service: string, names: readonly string[]): string | undefined => {
  const onPath = service === 'iam' ? names.length - 1 : 0
  for (let i = 0; i < onPath; i++)
    if (!visible.test(names[i] ?? '')) return 'its path has a character other than visible ASCII'
  for (let i = Math.max(0, onPath); i < names.length; i++)
    if (!nameLike.test(names[i] ?? '')) return 'a name has letters, digits and the characters `+=,.@_-` only'
  return undefined
}

const visible = /^[!-~]+$/
const nameLike = /^[A-Za-z0-9+=,.@_-]+$/

/** VA-2. */
const variableHint = (text: string): string | undefined =>
  text.includes('${') ? 'policy variables have no meaning in a principal' : undefined

const parseIam = (
  { partition, resource, text }: Arn.Arn,
  account: AccountId,
  kind: string | undefined,
  names: readonly string[],
): E.Either<Problem, Principal> => {
  const name = names[names.length - 1]
  if (resource === 'root') return E.right({ _tag: 'Account', partition, account })
  if (kind === 'group') return refuse(text, 'a group cannot be a principal')
  if (name === undefined || (kind !== 'user' && kind !== 'role'))
    return refuse(text, 'of IAM, only root, users and roles can be principals')
  const path = names.length === 1 ? '/' : `/${names.slice(0, -1).join('/')}/`
  return E.right({ _tag: kind === 'user' ? 'User' : 'Role', partition, account, path, name })
}

const parseSession = (
  { partition, text }: Arn.Arn,
  account: AccountId,
  kind: string | undefined,
  names: readonly string[],
): E.Either<Problem, Principal> => {
  const [first, second, ...more] = names
  if (kind === 'assumed-role' && first !== undefined && second !== undefined && more.length === 0)
    return E.right({ _tag: 'AssumedRoleSession', partition, account, role: first, session: second })
  if (kind === 'federated-user' && first !== undefined && second === undefined)
    return E.right({ _tag: 'FederatedUser', partition, account, name: first })
  return refuse(text, 'of STS, only `assumed-role/ROLE/SESSION` and `federated-user/NAME` can be principals')
}

// ---- destructors ----

/**
 * The account and partition that an entry names, if it does; the partition is undefined for a bare account id.
 *
 * @category destructors
 * @since 0.1.0
 */
export const accountOf = (
  principal: Principal,
): { readonly account: AccountId; readonly partition: Partition | undefined } | undefined => {
  switch (principal._tag) {
    case 'Account':
    case 'User':
    case 'Role':
    case 'AssumedRoleSession':
    case 'FederatedUser':
      return { account: principal.account, partition: principal.partition }
    case 'Everyone':
    case 'Service':
    case 'IdentityProvider':
    case 'CanonicalUser':
    case 'UniqueId':
      return undefined
  }
}

/**
 * The key under which an entry stands in a principal map.
 *
 * @category destructors
 * @since 0.1.0
 */
export const typeOf = (principal: Principal): PrincipalType => {
  switch (principal._tag) {
    case 'Service':
      return 'Service'
    case 'IdentityProvider':
      return 'Federated'
    case 'CanonicalUser':
      return 'CanonicalUser'
    case 'Everyone':
    case 'Account':
    case 'User':
    case 'Role':
    case 'AssumedRoleSession':
    case 'FederatedUser':
    case 'UniqueId':
      return 'AWS'
  }
}

// ---- rendering ----

/**
 * An entry as policies write it.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (principal: Principal): string => {
  switch (principal._tag) {
    case 'Everyone':
      return '*'
    case 'Account':
      return principal.partition === undefined
        ? principal.account
        : `arn:${principal.partition}:iam::${principal.account}:root`
    case 'User':
    case 'Role':
      return `arn:${principal.partition}:iam::${principal.account}:${principal._tag.toLowerCase()}${principal.path}${principal.name}`
    case 'AssumedRoleSession':
      return `arn:${principal.partition}:sts::${principal.account}:assumed-role/${principal.role}/${principal.session}`
    case 'FederatedUser':
      return `arn:${principal.partition}:sts::${principal.account}:federated-user/${principal.name}`
    case 'Service':
      return principal.host
    case 'IdentityProvider':
    case 'CanonicalUser':
    case 'UniqueId':
      return principal.id
  }
}

// ---- instances ----

/**
 * Equal when they are written alike under the same type.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Principal> = /* @__PURE__ */ Frozen.deep({
  equals: (a, b) => typeOf(a) === typeOf(b) && show(a) === show(b),
})

/**
 * By type in printing order, then by text; consistent with `Eq`.
 *
 * @category instances
 * @since 0.1.0
 */
export const Ord: Ord_.Ord<Principal> = /* @__PURE__ */ orderedBy(
  (principal: Principal) => `${principalTypes.indexOf(typeOf(principal))} ${show(principal)}`,
)

/**
 * The text, without its type.
 *
 * @category instances
 * @since 0.1.0
 */
export const Show: Show_.Show<Principal> = /* @__PURE__ */ Frozen.deep({ show })
