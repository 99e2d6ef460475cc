/**
 * A `Scenario` is one question as plain data: a request, the environment it meets, and perhaps the outcome expected.
 *
 * @since 0.1.0
 */
import type { Environment, Request } from '../model/index.js'

// ---- model ----

/**
 * How a request ends.
 *
 * @category model
 * @since 0.1.0
 */
export type Outcome = (typeof outcomes)[number]

/**
 * Every outcome.
 *
 * @category model
 * @since 0.1.0
 */
export const outcomes = ['Allowed', 'ImplicitlyDenied', 'ExplicitlyDenied'] as const

/**
 * A request in an environment; `expect` is undefined when the scenario does not say what should come out.
 *
 * @category model
 * @since 0.1.0
 */
export interface Scenario {
  readonly request: Request.Request
  readonly environment: Environment.Environment
  readonly expect: Outcome | undefined
}
