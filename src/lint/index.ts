/**
 * Findings about documents, fixes for them, and what rules of a service are made of.
 *
 * @since 0.1.0
 */
export * as Lint from './public.js'
export * as Parts from './parts.js'
export * as Patterns from './patterns.js'
export * as Place from './place.js'
export { unsupportedKey } from './conditions.js'
export type { KeyCatalogue } from './conditions.js'
export { replacing } from './Fix.js'
export { fixWith } from './lint.js'
export { isOpaque, restricted, silenced } from './Prover.js'
export type { Prover } from './Prover.js'
export { ofStatements, run } from './Rule.js'
export type { Placed, Rule, StatementCheck, Subject } from './Rule.js'
