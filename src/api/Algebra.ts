/**
 * Policies as sets of requests: compared, merged and minimized by proof, never by sampling.
 *
 * @since 0.1.0
 */
export * from '../algebra/public.js'
