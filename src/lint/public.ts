/**
 * Findings about documents that AWS accepts and that do not do what they seem to, and fixes for them.
 *
 * @since 0.1.0
 */
export { render } from './Finding.js'
export type { Finding, Remark, Severity } from './Finding.js'
export { apply } from './Fix.js'
export type { Edit, Effect, Fix } from './Fix.js'
export { fix, lint, rules } from './lint.js'
export type { Fixed, FixOptions, RuleId } from './lint.js'
export type { Options, Rule } from './Rule.js'
