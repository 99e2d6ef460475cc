/**
 * What each kind of policy asks for beyond the common grammar, as one table.
 *
 * Source: GR-4 to GR-17, SZ-1 to SZ-8, SC-8, SC-11, RP-10, VE-4, ST-5, EC-3, U-18, U-19, U-20.
 *
 * @since 0.1.0
 */
import { Quota, type PolicyKind } from '../model/index.js'

// ---- model ----

/**
 * The rules of a kind.
 *
 * - `principal`: `Everyone` wants exactly `"*"` (RP-10).
 * - `actions`: whose actions may be listed: any service's; STS's only; ECR's only (`*` and wildcard prefixes that can
 *   match it included); or any, but with the service written out.
 * - `latestVersion`: Version is required and is 2012-10-17.
 * - `strictText`: characters up to U+00FF (U-18), and Sids of letters and digits, each once (U-20).
 * - `limit`: the characters allowed, from the table of quotas.
 *
 * @category model
 * @since 0.1.0
 */
export interface Grammar {
  readonly kind: PolicyKind.PolicyKind
  readonly principal: 'Forbidden' | 'Required' | 'Everyone'
  readonly notPrincipal: boolean
  readonly actions: 'Any' | 'Sts' | 'Ecr' | 'Prefixed'
  readonly notAction: boolean
  readonly resource: 'Required' | 'Optional' | 'Forbidden'
  readonly denyOnly: boolean
  readonly latestVersion: boolean
  readonly strictText: boolean
  readonly limit: Quota.Quota | undefined
}

type Rules = Omit<Grammar, 'kind' | 'limit'>

const identity: Rules = {
  principal: 'Forbidden',
  notPrincipal: false,
  actions: 'Any',
  notAction: true,
  resource: 'Required',
  denyOnly: false,
  latestVersion: false,
  strictText: true,
}

const resource: Rules = {
  ...identity,
  principal: 'Required',
  notPrincipal: true,
  resource: 'Optional',
  strictText: false,
}

const rules: Readonly<Record<PolicyKind.PolicyKind, Rules>> = {
  identity,
  managed: { ...identity, latestVersion: true },
  'inline-user': identity,
  'inline-role': identity,
  'inline-group': identity,
  boundary: identity,
  session: identity,
  scp: identity,
  rcp: {
    ...resource,
    principal: 'Everyone',
    notPrincipal: false,
    actions: 'Prefixed',
    notAction: false,
    resource: 'Required',
    denyOnly: true,
    latestVersion: true,
    strictText: true,
  },
  trust: {
    ...resource,
    notPrincipal: false,
    actions: 'Sts',
    resource: 'Forbidden',
    strictText: true,
  },
  endpoint: resource,
  resource,
  's3-bucket': { ...resource, resource: 'Required' },
  'ecr-repository': { ...resource, actions: 'Ecr' },
  'ecr-registry': { ...resource, actions: 'Ecr', resource: 'Required' },
}

// ---- destructors ----

/**
 * The rules of a kind.
 *
 * @category destructors
 * @since 0.1.0
 */
export const grammarOf = (kind: PolicyKind.PolicyKind): Grammar => ({
  kind,
  ...rules[kind],
  limit: Quota.of(kind),
})
