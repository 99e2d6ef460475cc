/**
 * A `Place` is where a policy is attached: what a person who writes one has to know beside its text.
 *
 * Source: EX-1, EX-30, EX-39, EX-42.
 *
 * @since 0.1.0
 */
import { Simulator } from '../simulator/index.js'

// ---- model ----

/**
 * Where a policy is attached.
 *
 * - `principal`: the ARN of the IAM user or role it is attached to (of a session: the role's). The id of an account or an
 *   organization stands for each user and role in it that is to have the policy.
 * - `repository`: the ARN of the repository. `registry`: the account and Region of a private registry.
 * - `level`: of the organization, 0 being the root. `region`: of the endpoint, where that is known.
 *
 * @category model
 * @since 0.1.0
 */
export type Place =
  | { readonly _tag: 'IdentityPolicy'; readonly principal: string }
  | { readonly _tag: 'PermissionsBoundary'; readonly principal: string }
  | { readonly _tag: 'SessionPolicy'; readonly principal: string }
  | { readonly _tag: 'ResourcePolicy'; readonly repository: string }
  | { readonly _tag: 'RegistryPolicy'; readonly account: string; readonly region: string }
  | { readonly _tag: 'VpcEndpointPolicy'; readonly region?: string }
  | { readonly _tag: 'ServiceControlPolicy'; readonly level: number }
  | { readonly _tag: 'ResourceControlPolicy'; readonly level: number }

// ---- rendering ----

/**
 * A place for people, as AWS calls it.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (place: Place): string => {
  switch (place._tag) {
    case 'IdentityPolicy':
    case 'PermissionsBoundary':
    case 'SessionPolicy':
      return `${Simulator.messageName(place._tag)} of ${holder(place.principal)}`
    case 'ResourcePolicy':
      return `repository policy of ${place.repository}`
    case 'RegistryPolicy':
      return `registry policy of account ${place.account} in ${place.region}`
    case 'VpcEndpointPolicy':
      return `${Simulator.messageName(place._tag)}${place.region === undefined ? '' : ` in ${place.region}`}`
    case 'ServiceControlPolicy':
    case 'ResourceControlPolicy':
      return `${Simulator.messageName(place._tag)} at level ${place.level + 1}`
  }
}

const holder = (principal: string): string => {
  if (principal.startsWith('o-')) return `each user and role of organization ${principal} that is to have it`
  return /^[0-9]+$/.test(principal)
    ? `each user and role of account ${principal} that is to have it`
    : principal
}
