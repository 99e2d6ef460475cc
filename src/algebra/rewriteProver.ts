/**
 * Proofs for rewriting: does a statement match nothing but what others match, at least as directly?
 *
 * Texts settle most questions. What they leave open is put to the search, with only those statements that can have a
 * part in the proof: fewer statements cover less, so that leaving some out can cost a proof and never make a wrong one.
 *
 * @since 0.1.0
 */
import type { Document, Statement } from '../model/index.js'
import { Strength } from '../simulator/index.js'
import { boundable, hitsMoreWithBoundary } from './boundary.js'
import { mayMatch, probe, reader, surelyCovers, type Probe, type Reader } from './rewriteCover.js'
import { ask, type Obligation } from './question.js'
import { keep, keyOf, slots } from './rewriteForm.js'
import { wellFormedActions, type Universe } from './Universe.js'
import { actionsOf, type World } from './World.js'

// ---- model ----

/**
 * Proves within a budget; `spent` and `isExhausted` tell how it went. What the search answered is remembered.
 *
 * @category model
 * @since 0.1.0
 */
export interface Prover {
  readonly reader: Reader
  /** Do the others, all together, match whatever the statement matches, and as directly? */
  readonly covered: (statement: Statement.Statement, others: Others) => boolean
  /** The statements that such a proof rests on, none that surely has no part in it. */
  readonly reasons: (statement: Statement.Statement, others: Others) => readonly Statement.Statement[]
  readonly spent: () => number
  readonly isExhausted: () => boolean
}

/**
 * Statements that may cover, and a quick way to those that may matter for an action.
 *
 * @category model
 * @since 0.1.0
 */
export interface Others {
  readonly all: () => readonly Statement.Statement[]
  readonly about: (action: string) => readonly Statement.Statement[]
}

/** Counted for each question put to the search, so that a budget bounds time as well. */
const PRICE = 10

/** Steps for one question: what takes more is not worth it for one value or one statement less. */
const MOST_STEPS = 4_000

/** Cells into which a statement is cut before it is put to the search. */
const MOST_CELLS = 256

// ---- constructors ----

/**
 * Which statements, by number, match an action; each action is looked for once.
 *
 * @category constructors
 * @since 0.1.0
 */
export const byAction = (
  read: Reader,
  all: readonly Statement.Statement[],
): ((action: string) => readonly number[]) => {
  const known = new Map<string, readonly number[]>() // local mutation: by action asked for
  return (action) => {
    const found =
      known.get(action) ??
      all.flatMap((statement, i) =>
        statement.action.patterns.some((pattern) => read.action(pattern).matches(action)) ===
        (statement.action._tag === 'Action')
          ? [i]
          : [],
      )
    known.set(action, found)
    return found
  }
}

/**
 * Just these statements.
 *
 * @category constructors
 * @since 0.1.0
 */
export const others = (all: readonly Statement.Statement[]): Others => ({ all: () => all, about: () => all })

/**
 * A prover for statements of a document's version.
 *
 * @category constructors
 * @since 0.1.0
 */
export const prover = (document: Document.Document, world: World, limit: number): Prover => {
  const read = reader(document.version)
  const covers = surelyCovers(read)
  const meets = mayMatch(read)
  const sample = probe(read)
  const answers = new Map<string, boolean>() // local mutation: what the search has answered
  let [spent, exhausted] = [0, false] // local mutation: the budget
  const search = (statement: Statement.Statement, relevant: readonly Statement.Statement[]): boolean => {
    const question = [statement, ...relevant].map((each) => keyOf(each)).join('\n')
    const known = answers.get(question)
    if (known !== undefined) return known
    if (spent >= limit) {
      exhausted = true
      return false
    }
    const answer = ask(
      {
        documents: [{ ...document, statements: [statement, ...relevant] }],
        obligations: obligations(document, statement, relevant),
        confirms: () => true,
        actions: actionsOf(world) ?? wellFormedActions,
      },
      Math.min(limit - spent, MOST_STEPS),
    )
    spent += answer.spent + PRICE
    exhausted ||= answer._tag === 'Undecided' && answer.reason === 'Budget' && spent >= limit
    answers.set(question, answer._tag === 'None')
    return answer._tag === 'None'
  }
  const cellCovered = (cell: Statement.Statement, with_: Others): boolean => {
    const point = sample(cell)
    const near = point === undefined ? with_.all() : with_.about(point.action)
    const relevant = point === undefined ? near : near.filter((each) => meets(each, cell.effect, point))
    if (point !== undefined && relevant.length === 0 && world._tag === 'WellFormed')
      return mayBeEmpty(point) && search(cell, [])
    if (relevant.some((each) => covers(each, cell))) return true
    return search(cell, neighbours(read, cell, with_.all()))
  }
  return {
    reader: read,
    covered: (statement, with_) => cells(statement).every((cell) => cellCovered(cell, with_)),
    reasons: (statement, with_) => {
      const found = cells(statement).flatMap((cell) => {
        const point = sample(cell)
        const near = point === undefined ? with_.all() : with_.about(point.action)
        const one = near.find((each) => covers(each, cell))
        return one === undefined ? neighbours(read, cell, near) : [one]
      })
      return Array.from(new Set(found))
    },
    spent: () => spent,
    isExhausted: () => exhausted,
  }
}

// ---- cells ----

/**
 * The statement cut into single values of its additive slots, as far as that makes few enough pieces.
 *
 * @category destructors
 * @since 0.1.0
 */
export const cells = (statement: Statement.Statement, most = MOST_CELLS): readonly Statement.Statement[] =>
  slots(statement).reduce<readonly Statement.Statement[]>(
    (pieces, { name, additive, values }) => {
      if (!additive || values.length < 2 || pieces.length * values.length > most) return pieces
      return pieces.flatMap((piece) =>
        values.flatMap((value) => keep(name, (each) => each === value)(piece) ?? []),
      )
    },
    [statement],
  )

/** Entries that match nobody (PR-14, U-21), and tests whose values were not looked at. */
const mayBeEmpty = ({ principal, unknown }: Probe): boolean =>
  principal?._tag === 'CanonicalUser' || principal?._tag === 'UniqueId' || unknown.size > 0

// ---- the search ----

const prefix = (text: string): string => {
  const end = Array.from('*?$').reduce((least, mark) => {
    const at = text.indexOf(mark)
    return at === -1 ? least : Math.min(least, at)
  }, text.length)
  return text.slice(0, end)
}

const mayOverlap = (a: string, b: string): boolean => {
  const [x, y] = [prefix(a), prefix(b)]
  return x.startsWith(y) || y.startsWith(x)
}

/** Statements that can have a request in common with this one, by the beginnings of their patterns. */
const neighbours = (
  read: Reader,
  { action, resource }: Statement.Statement,
  all: readonly Statement.Statement[],
): readonly Statement.Statement[] =>
  all.filter(
    (each) =>
      (action._tag === 'NotAction' ||
        each.action._tag === 'NotAction' ||
        action.patterns.some((a) =>
          each.action.patterns.some(
            (b) =>
              read.action(a).matches(read.action(b).sample) || mayOverlap(a.toLowerCase(), b.toLowerCase()),
          ),
        )) &&
      (resource._tag !== 'Resource' ||
        each.resource._tag !== 'Resource' ||
        resource.patterns.some((a) =>
          each.resource._tag === 'Resource' ? each.resource.patterns.some((b) => mayOverlap(a, b)) : false,
        )),
  )

const obligations =
  (document: Document.Document, statement: Statement.Statement, relevant: readonly Statement.Statement[]) =>
  (universe: Universe, lookup: Parameters<Universe['box']>[3]['lookup']): readonly Obligation[] => {
    const strengths =
      statement._tag === 'ResourceStatement' && statement.effect === 'Allow'
        ? Strength.strengths
        : (['Account'] as const)
    const covering = relevant.filter(({ effect }) => effect === 'Deny' || statement.effect === 'Allow')
    const obligation = (strength: Strength.Strength, boundary: boolean): Obligation => {
      const reading = { lookup, boundary, accountMeansRoot: false }
      const box = universe.box(statement, document.version, strength, reading)
      return {
        inside: boundary ? [box, universe.callers(boundable)] : [box],
        outside: covering.map((each) =>
          universe.box(each, document.version, each.effect === 'Deny' ? 'Account' : strength, reading),
        ),
      }
    }
    return [
      ...strengths.map((strength) => obligation(strength, false)),
      ...(hitsMoreWithBoundary(statement) ? [obligation('Account', true)] : []),
    ]
  }
