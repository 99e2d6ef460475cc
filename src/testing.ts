/**
 * What tests of policies want: fast-check arbitraries for every type of the model, which reach the hard corners.
 *
 * fast-check is an optional peer dependency: the main entry point does not load it.
 *
 * @module ecr-policy/testing
 */
export * from './testing/index.js'
