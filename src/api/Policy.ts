/**
 * Typed construction of policies.
 *
 * @since 0.1.0
 */
export * from '../builder/index.js'
