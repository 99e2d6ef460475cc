/**
 * The kinds of AWS policy documents, and which of them name principals.
 *
 * Source: GR-15, SC-11, RP-10, VE-4, ST-5.
 *
 * @since 0.1.0
 */
import type { Document } from './Document.js'
import type { IdentityStatement, ResourceStatement } from './Statement.js'
import { Frozen } from '../pattern/index.js'

/**
 * Kinds whose statements have no principal: they are attached to the caller or to his account.
 *
 * @category model
 * @since 0.1.0
 */
export const identityKinds: readonly [
  'identity',
  'managed',
  'inline-user',
  'inline-role',
  'inline-group',
  'boundary',
  'session',
  'scp',
] = /* @__PURE__ */ Frozen.deep([
  'identity',
  'managed',
  'inline-user',
  'inline-role',
  'inline-group',
  'boundary',
  'session',
  'scp',
])

/**
 * Kinds whose statements name principals: they are attached to a resource, an endpoint or a role.
 *
 * @category model
 * @since 0.1.0
 */
export const resourceKinds: readonly [
  'rcp',
  'trust',
  'endpoint',
  'resource',
  's3-bucket',
  'ecr-repository',
  'ecr-registry',
] = /* @__PURE__ */ Frozen.deep([
  'rcp',
  'trust',
  'endpoint',
  'resource',
  's3-bucket',
  'ecr-repository',
  'ecr-registry',
])

/**
 * A kind whose statements have no principal.
 *
 * @category model
 * @since 0.1.0
 */
export type IdentityKind = (typeof identityKinds)[number]

/**
 * A kind whose statements name principals.
 *
 * @category model
 * @since 0.1.0
 */
export type ResourceKind = (typeof resourceKinds)[number]

/**
 * What sort of policy a document is. `identity` and `resource` are the general kinds, without size limit.
 *
 * @category model
 * @since 0.1.0
 */
export type PolicyKind = IdentityKind | ResourceKind

/**
 * Every kind.
 *
 * @category model
 * @since 0.1.0
 */
export const policyKinds: readonly [...typeof identityKinds, ...typeof resourceKinds] =
  /* @__PURE__ */ Frozen.deep([...identityKinds, ...resourceKinds])

/**
 * The type of a document of a kind.
 *
 * @category model
 * @since 0.1.0
 */
export type DocumentOf<K extends PolicyKind> = K extends IdentityKind
  ? Document<IdentityStatement>
  : Document<ResourceStatement>

/**
 * Do statements of this kind name principals?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isResourceKind = (kind: PolicyKind): kind is ResourceKind =>
  resourceKinds.some((known) => known === kind)
