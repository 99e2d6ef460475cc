/**
 * What the documents of each kind may hold, as far as generators must know.
 *
 * Source: GR-13, GR-15, RP-10, ST-5, SC-11.
 *
 * @since 0.1.0
 */
import type { PolicyKind } from '../model/index.js'

// ---- model ----

/**
 * The room that a kind of policy leaves.
 *
 * - `principal`: `Everyone` means exactly `"*"`.
 * - `actions`: `Prefixed` means with the service written out.
 *
 * @category model
 * @since 0.1.0
 */
export interface Shape {
  readonly principal: 'Forbidden' | 'Any' | 'NoNotPrincipal' | 'Everyone'
  readonly actions: 'Any' | 'Sts' | 'Ecr' | 'Prefixed'
  readonly notAction: boolean
  readonly resource: 'Required' | 'Optional' | 'Forbidden'
  readonly denyOnly: boolean
  readonly latestVersion: boolean
}

const identity: Shape = {
  principal: 'Forbidden',
  actions: 'Any',
  notAction: true,
  resource: 'Required',
  denyOnly: false,
  latestVersion: false,
}

const resource: Shape = { ...identity, principal: 'Any', resource: 'Optional' }

const shapes: Readonly<Record<PolicyKind.PolicyKind, Shape>> = {
  identity,
  managed: { ...identity, latestVersion: true },
  'inline-user': identity,
  'inline-role': identity,
  'inline-group': identity,
  boundary: identity,
  session: identity,
  scp: identity,
  rcp: {
    principal: 'Everyone',
    actions: 'Prefixed',
    notAction: false,
    resource: 'Required',
    denyOnly: true,
    latestVersion: true,
  },
  trust: { ...resource, principal: 'NoNotPrincipal', actions: 'Sts', resource: 'Forbidden' },
  endpoint: resource,
  resource,
  's3-bucket': { ...resource, resource: 'Required' },
  'ecr-repository': { ...resource, actions: 'Ecr' },
  'ecr-registry': { ...resource, actions: 'Ecr', resource: 'Required' },
}

// ---- destructors ----

/**
 * The shape of a kind.
 *
 * @category destructors
 * @since 0.1.0
 */
export const shapeOf = (kind: PolicyKind.PolicyKind): Shape => shapes[kind]
