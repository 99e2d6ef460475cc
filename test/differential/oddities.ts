/** What generated scenarios seldom have: keys in capitals, wildcards in their values, variables where none is replaced. */
import { Context } from '../../src/model/index.js'
import type { Condition, Document, Statement } from '../../src/model/index.js'
import type { Scenario } from '../../src/codec/index.js'

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

const withVariable = <S extends Statement.Statement>(document: Document.Document<S>): Document.Document<S> => {
  const changed = (statement: S): S => ({
    ...statement,
    // Keys and operators stay, so the block stays well-formed.
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

/** Each oddity once. */
export const oddities = (scenario: Scenario): readonly Scenario[] => [
  inCapitals(scenario),
  withWildcards(scenario),
  withVariables(scenario),
]
