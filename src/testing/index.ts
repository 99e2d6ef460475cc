/**
 * What `ecr-policy/testing` gives to tests: matchers for `expect`, and arbitraries for fast-check.
 *
 * @since 0.1.0
 */
export * as arbitrary from './arbitraries.js'
export { matchers } from './matchers.js'
export type {
  FindingOptions,
  Matcher,
  MatcherContext,
  MatcherResult,
  MatcherUtils,
  PolicyLike,
  PolicyMatchers,
  RepositoryLike,
  RequestLike,
} from './matchers.js'
