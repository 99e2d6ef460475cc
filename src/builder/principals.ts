/**
 * Principals for `principal` and `notPrincipal`. Each function writes the text that IAM wants; whether account ids and
 * names are well formed is checked when the policy is built.
 *
 * Source: PR-1, PR-2, PR-4, PR-5, PR-7, PR-9, PR-14.
 *
 * @since 0.1.0
 */
import type { Principal } from '../model/index.js'
import type { ArnOptions, PrincipalText } from './Draft.js'

// ---- constructors ----

const principal = (type: Principal.PrincipalType, text: string): PrincipalText => ({
  _tag: 'PrincipalText',
  type,
  text,
})

const arn = (service: 'iam' | 'sts', account: string, resource: string, options: ArnOptions): PrincipalText =>
  principal('AWS', `arn:${options.partition ?? 'aws'}:${service}::${account}:${resource}`)

/**
 * Everybody, unsigned callers included (PR-9).
 *
 * @category constructors
 * @since 0.1.0
 */
export const everyone: PrincipalText = /* @__PURE__ */ Object.freeze(principal('AWS', '*'))

/**
 * An account as a whole, by its 12-digit id; the account then decides which of its users and roles may (PR-2).
 *
 * @category constructors
 * @since 0.1.0
 */
export const account = (id: string): PrincipalText => principal('AWS', id)

/**
 * A role, and so every session of it (PR-4). `name` includes the path, as in `ci/deployer`.
 *
 * @example
 * import { Policy } from 'ecr-policy'
 *
 * Policy.role('111122223333', 'ci/deployer').text // => 'arn:aws:iam::111122223333:role/ci/deployer'
 *
 * @category constructors
 * @since 0.1.0
 */
export const role = (accountId: string, name: string, options: ArnOptions = {}): PrincipalText =>
  arn('iam', accountId, `role/${name}`, options)

/**
 * An IAM user. `name` includes the path.
 *
 * @category constructors
 * @since 0.1.0
 */
export const user = (accountId: string, name: string, options: ArnOptions = {}): PrincipalText =>
  arn('iam', accountId, `user/${name}`, options)

/**
 * One session of a role (PR-5). `roleName` is without path.
 *
 * @category constructors
 * @since 0.1.0
 */
export const session = (
  accountId: string,
  roleName: string,
  sessionName: string,
  options: ArnOptions = {},
): PrincipalText => arn('sts', accountId, `assumed-role/${roleName}/${sessionName}`, options)

/**
 * A session from GetFederationToken.
 *
 * @category constructors
 * @since 0.1.0
 */
export const federatedUser = (accountId: string, name: string, options: ArnOptions = {}): PrincipalText =>
  arn('sts', accountId, `federated-user/${name}`, options)

/**
 * An AWS service, by its host name, as in `lambda.amazonaws.com` (PR-7).
 *
 * @category constructors
 * @since 0.1.0
 */
export const service = (host: string): PrincipalText => principal('Service', host)

/**
 * An identity provider: the ARN of a SAML or OIDC provider, or the host name of a built-in one.
 *
 * @category constructors
 * @since 0.1.0
 */
export const identityProvider = (id: string): PrincipalText => principal('Federated', id)

/**
 * A canonical user id of Amazon S3 (PR-14).
 *
 * @category constructors
 * @since 0.1.0
 */
export const canonicalUser = (id: string): PrincipalText => principal('CanonicalUser', id)
