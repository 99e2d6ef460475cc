/**
 * Identity providers that give tokens to everybody, so that a trust policy has to say whose it takes (U-35).
 *
 * @since 0.1.0
 */
import type { Principal } from '../model/index.js'

/**
 * - `claim`: what in its tokens tells one customer from another.
 * - `stranger`: the claims, as a pattern, of a customer of whom nobody has heard: whatever branch, pipeline or stage it is.
 *
 * @category model
 * @since 0.1.0
 */
export interface SharedIssuer {
  readonly host: string
  readonly claim: 'sub' | 'aud'
  readonly stranger: string
}

const issuers: readonly SharedIssuer[] = [
  {
    host: 'token.actions.githubusercontent.com',
    claim: 'sub',
    stranger: 'repo:stranger-00/*',
  },
  {
    host: 'gitlab.com',
    claim: 'sub',
    stranger: 'project_path:stranger-00/*',
  },
  {
    host: 'app.terraform.io',
    claim: 'sub',
    stranger: 'organization:stranger-00:*',
  },
  {
    host: 'agent.buildkite.com',
    claim: 'sub',
    stranger: 'organization:stranger-00:*',
  },
  { host: 'oidc.codefresh.io', claim: 'sub', stranger: 'account:stranger-00:*' },
  {
    host: 'cognito-identity.amazonaws.com',
    claim: 'aud',
    stranger: 'us-east-1:00000000-0000-0000-0000-000000000000',
  },
]

/**
 * The shared provider that a principal names, by its ARN in some account or by its host.
 *
 * @category destructors
 * @since 0.1.0
 */
export const sharedIssuer = (principal: Principal.Principal): SharedIssuer | undefined => {
  if (principal._tag !== 'IdentityProvider') return undefined
  const name = principal.id.replace(/^arn:.*?:oidc-provider\//, '')
  return issuers.find(({ host }) => host === name)
}
