/** Which rules of docs/semantics.md a decision exercised, and with which outcome. */
import type { Outcome, ScenarioJson } from '../oracle/decide.js'
import { readCaller } from '../oracle/principals.js'
import { ownerOf } from '../oracle/statements.js'
import { documentsOf } from './observations.js'
import { decisionRules } from './rules/ofDecisions.js'
import { actionRules, resourceRules } from './rules/ofPatterns.js'
import { entryRules, statementRules } from './rules/ofStatements.js'
import { testRules } from './rules/ofTests.js'
import type { Rule } from './rules/rule.js'

/** How many scenarios exercised a rule with either outcome. */
export interface Counts {
  readonly holds: number
  readonly fails: number
}

export type Coverage = Readonly<Record<string, Counts>>

/** Every rule that is counted on decisions, and what is counted. */
export const countedRules: ReadonlyMap<string, string> = new Map(
  [decisionRules, statementRules, entryRules, actionRules, resourceRules, testRules].flatMap((rules) =>
    rules.map(({ id, counted }) => [id, counted] as const),
  ),
)

/** `SM-R5 holds`, `SM-R5 fails`: each at most once, however many observations say so. */
const touches = <A>(rules: readonly Rule<A>[], observed: readonly A[]): readonly string[] =>
  rules.flatMap(({ id, observe }) => {
    const found = new Set(observed.map(observe))
    return [...(found.has(true) ? [`${id} holds`] : []), ...(found.has(false) ? [`${id} fails`] : [])]
  })

export const touched = (scenario: ScenarioJson, outcome: Outcome): readonly string[] => {
  const documents = documentsOf(scenario)
  const statements = documents.flatMap((each) => each.statements)
  const caller = readCaller(scenario.request.principal)
  const decided = { scenario, outcome, caller, owner: ownerOf(scenario.request, caller), documents }
  return [
    ...touches(decisionRules, [decided]),
    ...touches(statementRules, statements),
    ...touches(
      entryRules,
      statements.flatMap(({ entries }) => entries),
    ),
    ...touches(
      actionRules,
      statements.flatMap(({ actions }) => actions),
    ),
    ...touches(
      resourceRules,
      statements.flatMap(({ resources }) => resources),
    ),
    ...touches(
      testRules,
      statements.flatMap(({ tests }) => tests),
    ),
  ]
}

export const coverageOf = (names: ReadonlyMap<string, number>): Coverage =>
  Object.fromEntries(
    Array.from(countedRules.keys(), (id) => [
      id,
      { holds: names.get(`${id} holds`) ?? 0, fails: names.get(`${id} fails`) ?? 0 },
    ]),
  )
