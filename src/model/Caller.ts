/**
 * A `Caller` is who makes a request, as opposed to a `Principal`, which is what a policy names.
 *
 * A role never calls, its sessions do: a role ARN given as caller is a session of it whose name is not known (SA-10).
 *
 * Source: RC-5, RC-6, SA-10, SC-6, PR-7, PR-8, ST-4.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import type * as Ord_ from 'fp-ts/lib/Ord.js'
import type * as Show_ from 'fp-ts/lib/Show.js'
import type { AccountId, Partition } from './Arn.js'
import { isText, notText } from './Given.js'
import { orderedBy } from './orderedBy.js'
import { getOrThrow } from './orThrow.js'
import * as Principal from './Principal.js'
import { problem, quote, show as showProblem, type Problem } from './Problem.js'
import { Frozen } from '../pattern/index.js'

// ---- model ----

/**
 * The root user of an account.
 *
 * @category model
 * @since 0.1.0
 */
export interface RootUser {
  readonly _tag: 'RootUser'
  readonly partition: Partition
  readonly account: AccountId
}

/**
 * An IAM user. `path` begins and ends with a slash.
 *
 * @category model
 * @since 0.1.0
 */
export interface User {
  readonly _tag: 'User'
  readonly partition: Partition
  readonly account: AccountId
  readonly path: string
  readonly name: string
}

/**
 * A session of a role. `path` is undefined when only a session ARN was given (it carries none), `session` when only a
 * role ARN was given.
 *
 * @category model
 * @since 0.1.0
 */
export interface RoleSession {
  readonly _tag: 'RoleSession'
  readonly partition: Partition
  readonly account: AccountId
  readonly path?: string | undefined
  readonly role: string
  readonly session?: string | undefined
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
 * An AWS service calling on its own behalf.
 *
 * @category model
 * @since 0.1.0
 */
export interface ServiceCaller {
  readonly _tag: 'Service'
  readonly host: string
}

/**
 * Somebody vouched for by an identity provider, who has no AWS identity yet.
 *
 * @category model
 * @since 0.1.0
 */
export interface ProviderCaller {
  readonly _tag: 'IdentityProvider'
  readonly id: string
}

/**
 * An unsigned request.
 *
 * @category model
 * @since 0.1.0
 */
export interface Anonymous {
  readonly _tag: 'Anonymous'
}

/**
 * A caller with an account, to whom identity-side policies apply.
 *
 * @category model
 * @since 0.1.0
 */
export type AccountCaller = RootUser | User | RoleSession | FederatedUser

/**
 * Who makes a request.
 *
 * @category model
 * @since 0.1.0
 */
export type Caller = AccountCaller | ServiceCaller | ProviderCaller | Anonymous

// ---- constructors ----

/** Identity providers whose host names end as those of services do. */
const providersLikeServices: readonly string[] = ['cognito-identity.amazonaws.com', 'www.amazon.com']

/**
 * Reads a caller: an IAM or STS ARN, a bare account id (its root user), a service's host name, an identity provider's
 * ARN or host name, or `anonymous`.
 *
 * **Errors** `InvalidCaller`.
 *
 * @example
 * import { Caller } from 'ecr-policy'
 *
 * Caller.parseOrThrow('arn:aws:iam::111122223333:role/node')._tag // => 'RoleSession'
 * Caller.parseOrThrow('lambda.amazonaws.com')._tag // => 'Service'
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): E.Either<Problem, Caller> => {
  if (!isText(text)) return E.left(notText('a caller', text))
  if (text === 'anonymous') return E.right(anonymous)
  if (/:(saml|oidc)-provider\//.test(text) || providersLikeServices.includes(text))
    return fromPrincipal(text, 'Federated')
  if (!text.startsWith('arn:') && text.includes('.'))
    return fromPrincipal(text, isServiceHost(text) ? 'Service' : 'Federated')
  return fromPrincipal(text, 'AWS')
}

const anonymous: Caller = /* @__PURE__ */ Frozen.deep({ _tag: 'Anonymous' })

const isServiceHost = (text: string): boolean =>
  ['.amazonaws.com', '.amazonaws.com.cn', '.amazon.com', '.amazonaws.eu', '.aws.internal'].some((suffix) =>
    text.endsWith(suffix),
  )

/**
 * Reads a caller, or throws.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parseOrThrow = (text: string): Caller => getOrThrow(showProblem)(parse(text))

const fromPrincipal = (text: string, type: Principal.PrincipalType): E.Either<Problem, Caller> => {
  const principal = Principal.parse(type)(text)
  const caller = E.isLeft(principal) ? undefined : callerOf(principal.right)
  return caller === undefined
    ? E.left(
        problem(
          'InvalidCaller',
          `${quote(text)} cannot make a request: a caller is a user, a role or a session of it, a root user, a federated user, a service, an identity provider or \`anonymous\``,
          E.isLeft(principal) ? principal.left.suggestion : undefined,
        ),
      )
    : E.right(Object.freeze(caller))
}

const callerOf = (principal: Principal.Principal): Caller | undefined => {
  switch (principal._tag) {
    case 'Account':
      return { _tag: 'RootUser', partition: principal.partition ?? 'aws', account: principal.account }
    case 'User':
      return { ...principal, _tag: 'User' }
    case 'Role': {
      const { partition, account, path, name } = principal
      return { _tag: 'RoleSession', partition, account, path, role: name, session: undefined }
    }
    case 'AssumedRoleSession':
      return { ...principal, _tag: 'RoleSession', path: undefined }
    case 'FederatedUser':
    case 'Service':
    case 'IdentityProvider':
      return principal
    case 'Everyone':
    case 'CanonicalUser':
    case 'UniqueId':
      return undefined
  }
}

// ---- refinements ----

/**
 * Does the caller belong to an account?
 *
 * @category refinements
 * @since 0.1.0
 */
export const hasAccount = (caller: Caller): caller is AccountCaller => {
  switch (caller._tag) {
    case 'RootUser':
    case 'User':
    case 'RoleSession':
    case 'FederatedUser':
      return true
    case 'Service':
    case 'IdentityProvider':
    case 'Anonymous':
      return false
  }
}

// ---- rendering ----

/**
 * A caller as AWS's error messages name it. A session of unknown name is named by its role's ARN.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (caller: Caller): string => {
  switch (caller._tag) {
    case 'RootUser':
      return `arn:${caller.partition}:iam::${caller.account}:root`
    case 'User':
      return `arn:${caller.partition}:iam::${caller.account}:user${caller.path}${caller.name}`
    case 'RoleSession':
      return caller.session === undefined
        ? roleArn(caller)
        : `arn:${caller.partition}:sts::${caller.account}:assumed-role/${caller.role}/${caller.session}`
    case 'FederatedUser':
      return `arn:${caller.partition}:sts::${caller.account}:federated-user/${caller.name}`
    case 'Service':
      return caller.host
    case 'IdentityProvider':
      return caller.id
    case 'Anonymous':
      return 'anonymous'
  }
}

/**
 * The ARN of a session's role; with an unknown path, as if it had none (U-11).
 *
 * @category rendering
 * @since 0.1.0
 */
export const roleArn = ({ partition, account, path, role }: RoleSession): string =>
  `arn:${partition}:iam::${account}:role${path ?? '/'}${role}`

// ---- instances ----

/** All that makes one caller another than the next; the path of a session has no place in its ARN. */
const identity = (caller: Caller): string =>
  caller._tag === 'RoleSession'
    ? `${caller._tag} ${roleArn({ ...caller, path: caller.path ?? ' ' })} ${caller.session ?? ' '}`
    : `${caller._tag} ${show(caller)}`

/**
 * Equal when all that is known of them is: a session whose path is known is not equal to one whose path is not.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Caller> = /* @__PURE__ */ Frozen.deep({
  equals: (a, b) => identity(a) === identity(b),
})

/**
 * By form, then by name; consistent with `Eq`.
 *
 * @category instances
 * @since 0.1.0
 */
export const Ord: Ord_.Ord<Caller> = /* @__PURE__ */ orderedBy(identity)

/**
 * The name that `show` gives. Sessions that differ in their role's path only are shown alike.
 *
 * @category instances
 * @since 0.1.0
 */
export const Show: Show_.Show<Caller> = /* @__PURE__ */ Frozen.deep({ show })
