/**
 * What a minimization did, statement by statement, and the state it works on.
 *
 * @since 0.1.0
 */
import type { Row } from './rewriteBook.js'
import { ofValue } from './remember.js'
import { ascending } from './rewriteLists.js'
import type { Rule } from './rewriteProver.js'

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
 * One thing done, and why. `by`: the statements on which its proof rests; `rule`: what kind of proof it is.
 *
 * - `RemovedStatement`: everything that it matches is matched by others, at least as directly, or denied.
 * - `RemovedValues`: the same, of single values of one element.
 * - `RemovedCondition`: what the condition excluded is matched by others all the same.
 * - `Merged`: several statements became one, or shared out what they match anew. `Union`: a statement is the union of
 *   what it is with each value of a list, so that statements equal but for the list are one; `Hull`: the one statement
 *   matches more than the merged ones, but nothing that the others do not match.
 * - `Wildcards`: in a world of known actions, patterns that stand for the listed ones and no other.
 *
 * The rules are `Included`, each piece lies within one other statement by its text, and `Searched`, the decision procedure
 * found nothing that escapes the others taken together.
 *
 * @category model
 * @since 0.1.0
 */
export type Step =
  | {
      readonly _tag: 'RemovedStatement'
      readonly statements: readonly StatementRef[]
      readonly by: readonly StatementRef[]
      readonly rule: Rule
    }
  | {
      readonly _tag: 'RemovedValues'
      readonly statements: readonly StatementRef[]
      readonly element: string
      readonly values: readonly string[]
      readonly by: readonly StatementRef[]
      readonly rule: Rule
    }
  | {
      readonly _tag: 'RemovedCondition'
      readonly statements: readonly StatementRef[]
      readonly element: string
      readonly by: readonly StatementRef[]
      readonly rule: Rule
    }
  | {
      readonly _tag: 'Merged'
      readonly statements: readonly StatementRef[]
      readonly rule: 'Union' | 'Hull'
    }
  | {
      readonly _tag: 'Wildcards'
      readonly statements: readonly StatementRef[]
      readonly patterns: readonly string[]
      readonly values: readonly string[]
    }

/**
 * Where a statement under way comes from: one statement of the input, by its place, or several origins.
 *
 * Origins are shared by the pieces of a statement and gathered only when they are asked for, so that taking thousands of
 * pieces apart and together costs no more than the pieces.
 *
 * @category model
 * @since 0.1.0
 */
export type Origin =
  | { readonly _tag: 'Input'; readonly index: number }
  | { readonly _tag: 'Several'; readonly parts: readonly Origin[] }

/**
 * A statement under way: what it is now, and what went into it. `sid`: the one Sid that all of these have who have any,
 * or `several`. `isHull`: it has been joined with another by a proof.
 *
 * @category model
 * @since 0.1.0
 */
export interface Item {
  readonly row: Row
  readonly origin: Origin
  readonly sid: Sid
  readonly isHull: boolean
}

/**
 * The Sids of what became one statement: none, one, or more.
 *
 * @category model
 * @since 0.1.0
 */
export type Sid = { readonly text: string } | 'several' | undefined

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

const bothSids = (a: Sid, b: Sid): Sid => {
  if (a === undefined || b === undefined) return a ?? b
  return a !== 'several' && b !== 'several' && a.text === b.text ? a : 'several'
}

/**
 * What several items become as one: all they came from.
 *
 * @category combinators
 * @since 0.1.0
 */
export const together = (row: Row, items: readonly Item[], isHull = false): Item => ({
  row,
  origin: { _tag: 'Several', parts: Array.from(new Set(items.map(({ origin }) => origin))) },
  sid: items.reduce<Sid>((sid, item) => bothSids(sid, item.sid), undefined),
  isHull: isHull || items.some((item) => item.isHull),
})

/**
 * The places of the input statements that are behind an origin, ascending, each once. Found once for each origin.
 *
 * @category destructors
 * @since 0.1.0
 */
export const inputsOf = (origin: Origin): readonly number[] =>
  origin._tag === 'Input' ? [origin.index] : inputsOfSeveral(origin)

const inputsOfSeveral = ofValue((origin: Origin & { readonly _tag: 'Several' }): readonly number[] => {
  const opened = new Set<Origin>() // local mutation: filled as origins are opened, as are the next two
  const found: number[] = []
  const waiting: Origin[] = [origin]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next._tag === 'Input') found.push(next.index)
    else if (!opened.has(next)) {
      opened.add(next)
      for (const part of next.parts) waiting.push(part)
    }
  }
  return ascending(found)
})

/**
 * The text of a Sid that can stay.
 *
 * @category destructors
 * @since 0.1.0
 */
export const sidText = (sid: Sid): string | undefined =>
  sid === undefined || sid === 'several' ? undefined : sid.text

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
