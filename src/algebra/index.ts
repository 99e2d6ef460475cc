/**
 * Documents and environments as sets of requests.
 *
 * @since 0.1.0
 */
export * as Algebra from './public.js'
