/**
 * What generated scenarios seldom have: keys in capitals, wildcards in their values, variables where none is replaced, a
 * fact of the other truth, a request without resource, a service as caller.
 */
import { Caller, Context } from '../../src/model/index.js'
import type { Condition, Document, Environment, Request, Statement } from '../../src/model/index.js'
import { scenarioToJson, type Scenario } from '../../src/codec/index.js'
import type { ScenarioJson } from '../oracle/decide.js'

const withKeys = (
  scenario: Scenario,
  change: (entry: Context.Entry) => readonly [string, readonly string[]],
): Scenario => {
  const context = Context.fromEntries(scenario.request.context.map(change))
  return { ...scenario, request: { ...scenario.request, context } }
}

const inCapitals = (scenario: Scenario): Scenario =>
  withKeys(scenario, ({ name, values }) => [name.toUpperCase(), values])

const withWildcards = (scenario: Scenario): Scenario =>
  withKeys(scenario, ({ name, values }) => [name, values.map((value) => `${value.slice(0, -1)}*`)])

const withVariable = <S extends Statement.Statement>(
  document: Document.Document<S>,
): Document.Document<S> => {
  const changed = (statement: S): S => ({
    ...statement,
    // Keys and operators stay, and with them what makes a block.
    conditions: statement.conditions.map((condition) => ({
      ...condition,
      values: [...condition.values, '${aws:username}'],
    })) as readonly Condition.Condition[] as Condition.ConditionBlock,
  })
  const [first, ...rest] = document.statements
  return { ...document, statements: [changed(first), ...rest.map(changed)] }
}

const withVariables = ({ environment, ...scenario }: Scenario): Scenario => ({
  ...scenario,
  environment: { ...environment, identityPolicies: environment.identityPolicies.map(withVariable) },
})

const withFact = ({ environment, ...scenario }: Scenario, facts: Partial<Environment.Facts>): Scenario => ({
  ...scenario,
  environment: { ...environment, facts: { ...environment.facts, ...facts } },
})

const withRequest = ({ request, ...scenario }: Scenario, change: Partial<Request.Request>): Scenario => ({
  ...scenario,
  request: { ...request, ...change },
})

const service = Caller.parseOrThrow('lambda.amazonaws.com')

/** The scenario as it is, and with each oddity once. */
export const oddities = (scenario: Scenario): readonly Scenario[] => [
  scenario,
  inCapitals(scenario),
  withWildcards(scenario),
  withVariables(scenario),
  withFact(scenario, { resourceAccountIsManagement: true }),
  withFact(scenario, { principalIsServiceLinkedRole: true }),
  withRequest(scenario, { resource: '*' }),
  withRequest(scenario, { principal: service }),
]

/** The scenario with its first context key emptied (U-1), as JSON: the library keeps no such key. */
export const withEmptyKey = (scenario: Scenario): readonly ScenarioJson[] => {
  const json = scenarioToJson(scenario) as unknown as ScenarioJson
  const [name] = Object.keys(json.request.context ?? {})
  if (name === undefined) return []
  const context = Object.fromEntries(
    Object.entries(json.request.context ?? {}).map(([key, values]) => [key, key === name ? [] : values]),
  )
  return [{ ...json, request: { ...json.request, context } }]
}
