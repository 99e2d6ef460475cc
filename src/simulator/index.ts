/**
 * One request against one environment: matching, conditions, the decision flow, and its explanation.
 *
 * @since 0.1.0
 */
export * as Strength from './Strength.js'
export * as Simulator from './public.js'
