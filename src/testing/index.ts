/**
 * What `ecr-policy/testing` gives to tests: arbitraries for fast-check.
 *
 * @since 0.1.0
 */
export * as arbitrary from './arbitrary.js'
