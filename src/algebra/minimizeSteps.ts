/**
 * What a minimization did, statement by statement, and the state it works on.
 *
 * @since 0.1.0
 */
import type { Statement } from '../model/index.js'
import { compareText, keyOf, statementText } from './rewriteForm.js'

// ---- model ----

/**
 * A statement of the input: its place, from 0, and its Sid.
 *
 * @category model
 * @since 0.1.0
 */
export interface StatementRef {
  readonly index: number
  readonly sid: string | undefined
}

/**
 * One thing done, and why. `by`: the statements on which its proof rests.
 *
 * - `RemovedStatement`: everything that it matches is matched by others, at least as directly, or denied.
 * - `RemovedValues`: the same, of single values of one element.
 * - `RemovedCondition`: what the condition excluded is matched by others all the same.
 * - `Merged`: several statements became one, or shared out what they match anew.
 * - `Wildcards`: in a world of known actions, patterns that stand for the listed ones and no other.
 *
 * @category model
 * @since 0.1.0
 */
export type Step =
  | {
      readonly _tag: 'RemovedStatement'
      readonly statements: readonly StatementRef[]
      readonly by: readonly StatementRef[]
    }
  | {
      readonly _tag: 'RemovedValues'
      readonly statements: readonly StatementRef[]
      readonly element: string
      readonly values: readonly string[]
      readonly by: readonly StatementRef[]
    }
  | {
      readonly _tag: 'RemovedCondition'
      readonly statements: readonly StatementRef[]
      readonly element: string
      readonly by: readonly StatementRef[]
    }
  | { readonly _tag: 'Merged'; readonly statements: readonly StatementRef[] }
  | {
      readonly _tag: 'Wildcards'
      readonly statements: readonly StatementRef[]
      readonly patterns: readonly string[]
      readonly values: readonly string[]
    }

/**
 * A statement under way: what it is now, the places of the input statements that went into it, and their Sids.
 *
 * @category model
 * @since 0.1.0
 */
export interface Item {
  readonly statement: Statement.Statement
  readonly origins: readonly number[]
  readonly sids: readonly string[]
}

/**
 * Statements under way, and what was done to them since the last state.
 *
 * @category model
 * @since 0.1.0
 */
export interface State {
  readonly items: readonly Item[]
  readonly steps: readonly Step[]
}

// ---- items ----

/**
 * The items in canonical order, with the Sids that they are to have.
 *
 * A Sid stays while its statement is told apart from all others: a statement that was merged with statements of another
 * Sid has none, and a statement that was shared out gives its Sid to the first of its parts.
 *
 * @category combinators
 * @since 0.1.0
 */
export const settle = (items: readonly Item[]): readonly Item[] => {
  const given = new Set<number>() // local mutation: input statements whose Sid has been given away
  return Array.from(items, (item) => ({ item, key: keyOf(item.statement) }))
    .sort((a, b) => compareText(a.key, b.key) || compareText(a.item.sids.join(), b.item.sids.join()))
    .map(({ item }) => {
      const [sid, ...more] = item.sids
      const isFirst = item.origins.every((origin) => !given.has(origin))
      for (const origin of item.origins) given.add(origin)
      return {
        ...item,
        statement: { ...item.statement, sid: more.length === 0 && isFirst ? sid : undefined },
      }
    })
}

/**
 * How much there is of it, to be made less: statements, characters, and the text itself as a tie-break.
 *
 * @category destructors
 * @since 0.1.0
 */
export const measure = (items: readonly Item[]): readonly [number, number, string] => {
  const text = settle(items)
    .map(({ statement }) => statementText(statement))
    .join()
  return [items.length, text.length, text]
}

/**
 * Fewer statements, else fewer characters, else the lesser text.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isBetter = (
  [a, b, c]: readonly [number, number, string],
  [x, y, z]: readonly [number, number, string],
): boolean => a < x || (a === x && (b < y || (b === y && compareText(c, z) < 0)))

/**
 * What several items become as one: all they came from, and every Sid.
 *
 * @category combinators
 * @since 0.1.0
 */
export const together = (statement: Statement.Statement, items: readonly Item[]): Item => ({
  statement,
  origins: Array.from(new Set(items.flatMap(({ origins }) => origins))).sort((a, b) => a - b),
  sids: Array.from(new Set(items.flatMap(({ sids }) => sids))).sort(compareText),
})

// ---- rendering ----

const showRef = ({ index, sid }: StatementRef): string =>
  sid === undefined || sid === '' ? `statement ${index + 1}` : `statement ${index + 1} (${sid})`

const showRefs = (refs: readonly StatementRef[]): string => refs.map(showRef).join(', ')

const because = (by: readonly StatementRef[]): string =>
  by.length === 0 ? 'it matches no request' : `covered by ${showRefs(by)}`

/**
 * One step as a line of English.
 *
 * @category rendering
 * @since 0.1.0
 */
export const showStep = (step: Step): string => {
  const what = showRefs(step.statements)
  switch (step._tag) {
    case 'RemovedStatement':
      return `removed ${what}: ${because(step.by)}`
    case 'RemovedValues':
      return `removed ${step.values.join(', ')} from ${step.element} of ${what}: ${because(step.by)}`
    case 'RemovedCondition':
      return `removed ${step.element} of ${what}: what it excluded is ${because(step.by)}`
    case 'Merged':
      return `merged ${what}`
    case 'Wildcards':
      return `wrote ${step.values.join(', ')} of ${what} as ${step.patterns.join(', ')}`
  }
}
