/**
 * The smallest document that means the same: fewest statements, then fewest characters, as far as the budget reaches.
 *
 * Every removal and every join that is not exact by construction has a proof of its own, and the result as a whole is
 * proven interchangeable with the input: Denies bind other documents' grants and how directly an Allow names its caller
 * counts, so Denies are kept as a set of their own, and Allows at every strength.
 *
 * Laws: 1. `interchangeable(minimize(d).document, d)`  2. idempotent  3. the order of statements and values of the input
 * is of no consequence  4. never more statements nor more characters than the input has
 *
 * @since 0.1.0
 */
import { withStatements, type Document, type Statement } from '../model/index.js'
import { Frozen } from '../pattern/index.js'
import { mergeHulls } from './minimizeHull.js'
import { equalOnce, MANY, mergeStatements } from './minimizeMerge.js'
import { prove } from './minimizeProof.js'
import { removeParts, removeStatements } from './minimizeReduce.js'
import { inOrder, isBetter, measuring, sizes, type Measure } from './minimizeSize.js'
import {
  inputsOf,
  showStep,
  sidText,
  type Item,
  type State,
  type StatementRef,
  type Step,
} from './minimizeSteps.js'
import { writeWildcards } from './minimizeWildcards.js'
import { book as bookOf, type Book } from './rewriteBook.js'
import { compareText, keyOf, normalize } from './rewriteForm.js'
import { prover as proverOf, type Prover } from './rewriteProver.js'
import type { Undecided } from './Undecided.js'
import { standardBudget, type Options } from './Verdict.js'
import { wellFormed, type World } from './World.js'

// ---- model ----

/**
 * - `budget`: steps for finding the result, and as many again for its proof.
 * - `world`: with a catalogue, what is proven is proven for its actions.
 * - `wildcards`: also write wildcards that were not there; needs a catalogue. They will match actions that AWS adds.
 *
 * @category model
 * @since 0.1.0
 */
export interface MinimizeOptions extends Options {
  readonly wildcards?: boolean
}

/**
 * A document and what became of it: of the sort of the one that was given, so that it can stand where that did.
 *
 * - `steps`: what was done to which statements of the input, in order; `render` prints them.
 * - `status`: `Proven`, or why there is no proof; then the document is the input, in canonical order.
 * - `stoppedEarly`: the budget ran out, and a larger one may find a smaller document.
 *
 * @category model
 * @since 0.1.0
 */
export interface Minimized<D extends Document.Document = Document.Document> {
  readonly document: D
  readonly steps: readonly Step[]
  readonly status: 'Proven' | Undecided
  readonly stoppedEarly: boolean
  readonly spent: number
  readonly world: string
}

export type { StatementRef, Step }

/** Steps for the search for rewritings, unless given. */
const rewritingBudget = 50_000

// ---- rounds ----

const then = (state: State, next: (items: readonly Item[]) => State): State => {
  const done = next(state.items)
  return { items: done.items, steps: [...state.steps, ...done.steps] }
}

/** Do some items have the same rows as others, in whatever order? */
const sameRows = (items: readonly Item[], others: readonly Item[]): boolean => {
  if (items.length !== others.length) return false
  const [rows, wanted] = [items, others].map((each) => Uint32Array.from(each, ({ row }) => row.id).sort())
  return rows?.every((id, i) => id === wanted?.[i]) === true
}

/** What a stage has left as it is, it leaves as it is the next time. */
const once = (stage: (items: readonly Item[]) => State): ((items: readonly Item[]) => State) => {
  let unchanged: readonly Item[] = [] // local mutation: the last items that the stage could do nothing about
  return (items) => {
    if (sameRows(items, unchanged)) return plain(items)
    const done = stage(items)
    if (sameRows(items, done.items)) unchanged = items
    return done
  }
}

const plain = (items: readonly Item[]): State => ({ items, steps: [] })

/** With the commas between statements. */
const charactersOf = ({ characters, statements }: Measure): number => characters + statements - 1

/** Makes a state smaller step by step, until a round gains nothing; never one of more characters than at the start. */
const rounds = (prover: Prover, start: readonly Item[], ref: (origin: number) => StatementRef): State => {
  const sizeOf = sizes(prover.book)
  const measure = measuring(sizeOf)
  const merged = once((now) => plain(mergeStatements(prover.book, measure)(inOrder(now))))
  const closed = once((now) => (now.length > MANY ? plain(now) : plain(mergeHulls(prover, now))))
  const fewer = once((now) => removeStatements(prover, sizeOf, inOrder(now), ref))
  const reduced = once((now) => removeParts(prover, inOrder(now), ref))
  const round = (items: readonly Item[]): State =>
    [...(items.length > MANY ? [] : [fewer]), merged, closed, fewer, reduced, merged].reduce(
      then,
      plain(items),
    )
  const most = charactersOf(measure(start))
  let best: State = plain(inOrder(equalOnce(start))) // local mutation: until a round gains nothing, as is the next
  let least = measure(best.items)
  for (;;) {
    const next = round(best.items)
    const size = measure(next.items)
    if (!isBetter(size, least) || charactersOf(size) > most) return best
    best = { items: next.items, steps: [...best.steps, ...next.steps] }
    least = size
  }
}

// ---- statements and back ----

/** A statement as it is to be, and what went into it. */
interface Written {
  readonly statement: Statement.Statement
  readonly inputs: readonly number[]
  readonly isHull: boolean
}

/**
 * The items as statements in canonical order, with the Sids that they are to have.
 *
 * A Sid stays while its statement is told apart from all others: a statement that was merged with statements of another
 * Sid has none, and a statement that was shared out gives its Sid to the first of its parts.
 */
const written = (book: Book, items: readonly Item[]): readonly Written[] => {
  const given = new Set<number>() // local mutation: input statements whose Sid has been given away
  return items
    .map((item) => ({ item, statement: book.write(item.row) }))
    .map((each) => ({ ...each, key: keyOf(each.statement) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ item, statement }) => {
      const inputs = inputsOf(item.origin)
      const isFirst = inputs.every((input) => !given.has(input))
      for (const input of inputs) given.add(input)
      return {
        inputs,
        isHull: item.isHull,
        statement: { ...statement, sid: isFirst ? sidText(item.sid) : undefined },
      }
    })
}

const itemsOf = (book: Book, statements: readonly Statement.Statement[]): readonly Item[] =>
  statements.map((statement, index) => ({
    row: book.read(statement),
    origin: { _tag: 'Input', index },
    sid: statement.sid === undefined || statement.sid === '' ? undefined : { text: statement.sid },
    isHull: false,
  }))

/** Merges, told once at the end: the statements that more than one of the input went into. */
const mergesOf = (all: readonly Written[], ref: (origin: number) => StatementRef): readonly Step[] =>
  all.flatMap(({ inputs, isHull }) =>
    inputs.length > 1
      ? [{ _tag: 'Merged' as const, statements: inputs.map(ref), rule: isHull ? 'Hull' : 'Union' }]
      : [],
  )

interface Found {
  readonly written: readonly Written[]
  readonly steps: readonly Step[]
  readonly prover: Prover
  readonly ref: (index: number) => StatementRef
}

/** One for each statement, since many steps name the same ones. */
const references = ({ statements }: Document.Document): ((index: number) => StatementRef) => {
  const all = statements.map(({ sid }, index): StatementRef => ({ index, sid }))
  return (index) => all[index] ?? { index, sid: undefined }
}

const find = (document: Document.Document, budget: number): Found => {
  const book = bookOf(document.statements, document.version)
  const prover = proverOf(document, book, wellFormed, budget)
  const ref = references(document)
  const { items, steps } = rounds(prover, itemsOf(book, document.statements), ref)
  const all = written(book, items)
  return { written: all, steps: [...steps, ...mergesOf(all, ref)], prover, ref }
}

// ---- minimize ----

/**
 * The smallest document found that is interchangeable with this one.
 *
 * Subsumed actions, resources, principals, condition values, conditions and whole statements go; so do Allows that Denies
 * make unreachable. Statements are merged where that is exact. No wildcard is written that was not there, unless
 * `wildcards` is set in a catalogue's world.
 *
 * **Details** version and id are kept. A Sid is kept while its statement is not merged with one of another Sid. Statements
 * and values come in canonical order.
 * **Cost** near linear in statements as they are written; bounded by the budget.
 *
 * @category combinators
 * @since 0.1.0
 */
export const minimize = <D extends Document.Document>(
  document: D,
  options: MinimizeOptions = {},
): Minimized<D> => Frozen.deep(minimized(Frozen.own(document), options))

const minimized = <D extends Document.Document>(document: D, options: MinimizeOptions): Minimized<D> => {
  const world: World = options.world ?? wellFormed
  const { written: all, steps, prover, ref } = find(document, options.budget ?? rewritingBudget)
  const plainly = all.map(({ statement }) => statement)
  const { statements, steps: more } =
    options.wildcards === true && world._tag === 'Catalogue'
      ? writeWildcards(
          world.actions,
          plainly,
          all.map(({ inputs }) => inputs.map(ref)),
        )
      : { statements: plainly, steps: [] }
  const result = withStatements(document, statements)
  const book =
    more.length === 0 ? prover.book : bookOf([...document.statements, ...result.statements], document.version)
  const status = prove(document, result, book, { world, budget: options.budget ?? standardBudget })
  const isKept = status === 'Proven'
  return {
    document: isKept ? result : withStatements(document, canonicalOrder(document)),
    steps: isKept ? [...steps, ...more] : [],
    status,
    stoppedEarly: prover.isExhausted(),
    spent: prover.spent(),
    world: world.name,
  }
}

const canonicalOrder = (document: Document.Document): readonly Statement.Statement[] =>
  normalize(document)
    .map((statement) => ({ statement, key: keyOf(statement) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ statement }) => statement)

/**
 * What was done, a line each.
 *
 * @category rendering
 * @since 0.1.0
 */
export const renderMinimized = ({ steps, status, world }: Minimized): string =>
  [
    ...steps.map(showStep),
    status === 'Proven'
      ? `proven interchangeable with the input (${world})`
      : `not proven, so the input stands: ${status.reason}, ${status.detail}`,
  ].join('\n')
