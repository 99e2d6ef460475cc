/**
 * A scenario is one question as plain data: a request, the policies it meets, and perhaps the outcome expected. It is
 * the door for tools and for tests written as tables.
 *
 * @since 0.1.0
 */
import { parseScenario, parseScenarioOrThrow, type PolicyErrors, scenarioToJson } from '../codec/index.js'
import type { Scenario as Model } from '../codec/index.js'
import type { JsonObject } from '../model/DocumentJson.js'
import { Simulator } from '../simulator/index.js'
import type * as E from 'fp-ts/lib/Either.js'

/**
 * A request in an environment; `expect` is undefined when the scenario does not say what should come out.
 *
 * @category model
 * @since 0.1.0
 */
export type Scenario = Model

/**
 * Reads a scenario from JSON, every error located.
 *
 * @category codecs
 * @since 0.1.0
 */
export const parse: (input: unknown) => E.Either<PolicyErrors, Scenario> = parseScenario

/**
 * Reads a scenario from JSON, or throws one error that lists everything wrong with it.
 *
 * @category codecs
 * @since 0.1.0
 */
export const parseOrThrow: (input: unknown) => Scenario = parseScenarioOrThrow

/**
 * A scenario as JSON that reads back as itself.
 *
 * @category codecs
 * @since 0.1.0
 */
export const toJson: (scenario: Scenario) => JsonObject = scenarioToJson

/**
 * Decides a scenario's request in its environment.
 *
 * @example
 * import { Scenario } from 'ecr-policy'
 *
 * const scenario = Scenario.parseOrThrow({
 *   request: {
 *     principal: 'arn:aws:iam::111122223333:role/node',
 *     action: 'ecr:BatchGetImage',
 *     resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
 *   },
 *   identityPolicies: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ecr:Batch*', Resource: '*' } }],
 * })
 * Scenario.run(scenario).outcome // => 'Allowed'
 *
 * @category evaluation
 * @since 0.1.0
 */
export const run = ({ environment, request }: Scenario): Simulator.Decision =>
  Simulator.decide(environment, request)
