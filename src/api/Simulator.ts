/**
 * The simulator decides one request against one environment: Allowed, ImplicitlyDenied or ExplicitlyDenied, with the
 * reason in AWS's own terms and a trace of every statement.
 *
 * @since 0.1.0
 */
export * from '../simulator/public.js'
