/**
 * Typed, immutable construction of policies.
 *
 * @since 0.1.0
 */
export { show as showErrors, type BuildError, type BuildErrors } from './BuildError.js'
export {
  action,
  actions,
  allow,
  deny,
  type ActionEntry,
  type ActionText,
  type ArnOptions,
  type ConditionDraft,
  type ConditionInput,
  type ConditionMap,
  type ConditionValue,
  type DocumentDraft,
  type IdentityDraft,
  type OneOrMore,
  type PrincipalEntry,
  type PrincipalText,
  type ResourceDraft,
  type StatementDraft,
  type StatementFields,
} from './Draft.js'
export { identity, identityOrThrow, resource, resourceOrThrow } from './build.js'
export * from './conditions.js'
export * from './edit.js'
export * from './principals.js'
export * from './texts.js'
