/** What both evaluators say of a scenario: the simulator first, then the oracle. */
import { parseScenarioOrThrow } from '../../src/codec/index.js'
import { decide } from '../../src/simulator/decide.js'
import { decide as decideByOracle } from '../oracle/decide.js'
import type { ScenarioJson } from '../oracle/decide.js'

export const decided = (scenario: object): readonly [string, string] => {
  const { environment, request } = parseScenarioOrThrow(scenario)
  return [decide(environment, request).outcome, decideByOracle(scenario as ScenarioJson)]
}
