/**
 * fast-check arbitraries for every type of the model. Policies are drawn about a request, so that the two meet; small
 * universes, which `Tuning` sets, see to it that they meet often. Everything shrinks to the plainest of its sort.
 *
 * @since 0.1.0
 */
export * from './arbitrary.js'
export * from './arbitraryEcr.js'
