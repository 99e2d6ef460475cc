/**
 * Proofs for rewriting: does a row match nothing but what others match, at least as directly?
 *
 * Texts settle most questions. What they leave open is put to the search, with only those statements that can have a
 * part in the proof: fewer statements cover less, so that leaving some out can cost a proof and never make a wrong one.
 *
 * @since 0.1.0
 */
import type { Document, Statement } from '../model/index.js'
import { Strength } from '../simulator/index.js'
import { boundable, hitsMoreWithBoundary } from './boundary.js'
import { ask, type Obligation } from './question.js'
import type { Book, Clause, Row, Test } from './rewriteBook.js'
import { keep, slots } from './rewriteForm.js'
import { containsAny } from './rewriteLists.js'
import { judge as judgeOf, none, type Cell, type Judge } from './rewriteMatch.js'
import type { Space } from './rewriteSpace.js'
import { beside, everyCell, standing, type Against, type Standing } from './rewriteTable.js'
import type { Universe } from './Universe.js'
import type { World } from './World.js'

// ---- model ----

/**
 * The rule by which something is covered.
 *
 * - `Included`: each piece of it lies within a single other statement, as their texts show: patterns that include one
 *   another, and conditions that say no less.
 * - `Searched`: several statements together cover it; the decision procedure found no request that escapes them.
 *
 * @category model
 * @since 0.1.0
 */
export type Rule = 'Included' | 'Searched'

/**
 * A proof: the places of the rows that it rests on, and its rule.
 *
 * @category model
 * @since 0.1.0
 */
export interface Cover {
  readonly by: ReadonlySet<number>
  readonly rule: Rule
}

/**
 * Proves within a budget; `spent` and `isExhausted` tell how it went. What the search answered is remembered.
 *
 * @category model
 * @since 0.1.0
 */
export interface Prover {
  readonly book: Book
  readonly judge: Judge
  /** Do the others, all together, match whatever the row matches, and as directly? With `losing`, whatever fails that test. */
  readonly covered: (row: Row, against: Against, losing?: Test) => Cover | undefined
  /** The same without any search: `Open` is what only a search can tell. */
  readonly included: (row: Row, against: Against) => Cover | 'Open' | 'Escapes'
  /** May a cell match nothing at all, as far as can be told at a glance? */
  readonly mayBeEmpty: (cell: Cell) => boolean
  readonly spent: () => number
  readonly isExhausted: () => boolean
}

/** Counted for each question put to the search and each statement in it, so that a budget bounds time as well. */
const PRICE = 10

/** Steps for one question: what takes more is not worth it for one value or one statement less. */
const MOST_STEPS = 4_000

/** Statements in one question. */
const MOST_STATEMENTS = 80

/** Cells looked at for one row. */
const MOST_CELLS = 200_000

// ---- constructors ----

/**
 * A prover for rows of a book of a document.
 *
 * @category constructors
 * @since 0.1.0
 */
export const prover = (document: Document.Document, book: Book, world: World, limit: number): Prover => {
  const judge = judgeOf(book)
  const asked = searching(document, book, world, limit)
  const nonEmpty = new Set<string>() // local mutation: kinds of cells that are known to match something
  const possiblyEmpty = (cell: Cell): boolean => world._tag !== 'WellFormed' || mayBeEmpty(book, cell)
  const isEmpty = (cell: Cell): boolean => {
    if (!possiblyEmpty(cell)) return false
    const kind = `${cell.row.tests.id} ${cell.principal}`
    if (nonEmpty.has(kind)) return false
    const empty = asked.search(alone(book, cell), [])
    if (!empty) nonEmpty.add(kind)
    return empty
  }
  const settled =
    (against: Against): Settle =>
    (cell, found) => {
      // Where actions are listed, the word of a pattern that escapes need not be one of them: that takes the search.
      if (found === 'Escapes' && world._tag === 'WellFormed') return isEmpty(cell) ? new Set() : undefined
      const near = neighbours(book, cell, against)
      const rows = near.map(([, row]) => row)
      return asked.search(alone(book, cell), rows) ? new Set(near.map(([place]) => place)) : undefined
    }
  return {
    book,
    judge,
    covered: (row, against, losing) => proof(judge, row, against, settled(against), losing),
    included: (row, against) => {
      const left: Standing[] = [] // local mutation: the first cell that no text settles
      const cover = proof(judge, row, against, (cell, found) => {
        left.push(possiblyEmpty(cell) ? 'Open' : found)
        return undefined
      })
      return cover ?? (left.includes('Escapes') ? 'Escapes' : 'Open')
    },
    mayBeEmpty: possiblyEmpty,
    spent: asked.spent,
    isExhausted: asked.isExhausted,
  }
}

/** What becomes of a cell that no single row covers: the places of rows that cover it all together, or no proof. */
type Settle = (cell: Cell, found: Standing) => ReadonlySet<number> | undefined

/** Goes through the cells of a row until one is not covered. */
const proof = (
  judge: Judge,
  row: Row,
  against: Against,
  settle: Settle,
  losing?: Test,
): Cover | undefined => {
  const by = new Set<number>() // local mutation: gathered cell by cell
  let rule: Rule = 'Included' // local mutation: until a search is needed
  let count = 0 // local mutation: a bound on the work
  const holds = (cell: Cell): boolean => {
    if (++count > MOST_CELLS) return false
    const found = standing(judge, against, cell)
    if (typeof found === 'number') {
      by.add(found)
      return true
    }
    rule = 'Searched'
    const places = settle(cell, found)
    for (const place of places ?? []) by.add(place)
    return places !== undefined
  }
  return everyCell(judge, row, losing, holds) ? { by, rule } : undefined
}

/** A cell as a row of its own. */
const alone = (book: Book, { row, action, principal, resource }: Cell): Row => {
  const only = <A extends Clause | undefined>(clause: A, value: number) =>
    value === none || clause === undefined ? clause : { ...clause, list: book.list([value]) }
  return book.row({
    ...row,
    action: only(row.action, action),
    principal: only(row.principal, principal),
    resource: only(row.resource, resource),
  })
}

/** Entries that match nobody (PR-14, U-21), and tests whose values were not looked at. */
const mayBeEmpty = (book: Book, { principal, probe }: Cell): boolean => {
  const [entry] = book.principals.values([principal])
  return (
    entry?._tag === 'CanonicalUser' ||
    entry?._tag === 'UniqueId' ||
    probe === undefined ||
    probe.unknown.size > 0
  )
}

// ---- the search ----

interface Searching {
  readonly search: (row: Row, relevant: readonly Row[]) => boolean
  readonly spent: () => number
  readonly isExhausted: () => boolean
}

const searching = (document: Document.Document, book: Book, world: World, limit: number): Searching => {
  const answers = new Map<string, boolean>() // local mutation: what the search has answered
  let [spent, exhausted] = [0, false] // local mutation: the budget
  return {
    search: (row, relevant) => {
      const question = [row, ...relevant].map(({ id }) => id).join()
      const known = answers.get(question)
      if (known !== undefined) return known
      if (spent >= limit) {
        exhausted = true
        return false
      }
      const [statement, ...others] = [book.write(row), ...relevant.map(book.write)]
      const answer = ask(
        {
          documents: [{ ...document, statements: [statement, ...others] }],
          obligations: obligations(document, statement, others),
          confirms: () => true,
          world,
        },
        Math.min(limit - spent, MOST_STEPS),
      )
      spent += answer.spent + PRICE + relevant.length
      exhausted ||= answer._tag === 'Undecided' && answer.reason === 'Budget' && spent >= limit
      answers.set(question, answer._tag === 'None')
      return answer._tag === 'None'
    },
    spent: () => spent,
    isExhausted: () => exhausted,
  }
}

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

const mayMeet = <A extends string>(
  space: Space<A>,
  value: number,
  clause: Clause | undefined,
  fold: (text: string) => string,
): boolean => {
  const [text] = space.values([value])
  if (text === undefined || clause === undefined || clause.not) return true
  return (
    containsAny(clause.list, space.hit(value)) ||
    space.values(clause.list.ids).some((other) => mayOverlap(fold(text), fold(other)))
  )
}

/** Rows that can have a request in common with a cell, by the beginnings of their patterns. */
const neighbours = (
  book: Book,
  cell: Cell,
  { table, skip, more }: Against,
): readonly (readonly [number, Row])[] =>
  [...more.map((row) => [beside, row] as const), ...table.rows()]
    .filter(
      ([place, row]) =>
        (place === beside || place !== skip) &&
        (row.effect === 'Deny' || cell.row.effect === 'Allow') &&
        mayMeet(book.actions, cell.action, row.action, (text) => text.toLowerCase()) &&
        mayMeet(book.resources, cell.resource, row.resource, (text) => text),
    )
    .slice(0, MOST_STATEMENTS)

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

// ---- cells of statements ----

/**
 * The statement cut into single values of its additive slots, as far as that makes at most so many pieces.
 *
 * @category destructors
 * @since 0.1.0
 */
export const cells = (statement: Statement.Statement, most = 256): readonly Statement.Statement[] =>
  slots(statement).reduce<readonly Statement.Statement[]>(
    (pieces, { name, additive, values }) => {
      if (!additive || values.length < 2 || pieces.length * values.length > most) return pieces
      return pieces.flatMap((piece) =>
        values.flatMap((value) => keep(name, (each) => each === value)(piece) ?? []),
      )
    },
    [statement],
  )
