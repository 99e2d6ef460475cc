/**
 * JSON to model and back: reading with every error located, canonical printing, scenarios.
 *
 * @since 0.1.0
 */
export { documentCodec, fromUrlEncoded, parse, parseOrThrow } from './document.js'
export { isList, isRecord, member, type UnknownRecord } from './Json.js'
export { plain } from './plain.js'
export { renderErrors, type PolicyError, type PolicyErrors } from './PolicyError.js'
export type { Scenario } from './Scenario.js'
export { parseScenario, parseScenarioOrThrow, scenarioToJson } from './scenarioCodec.js'
