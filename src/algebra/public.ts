/**
 * Policies as sets of requests: compared, merged and minimized by proof, never by sampling.
 *
 * @since 0.1.0
 */
export { compare, interchangeable, isNoBroader, standardBudget } from './compare.js'
export type { Comparison, Options, Verdict } from './compare.js'
export type { Undecided, UndecidedReason } from './Undecided.js'
export { catalogue, wellFormed } from './World.js'
export type { World } from './World.js'
