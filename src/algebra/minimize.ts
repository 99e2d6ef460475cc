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
import type { Document, Statement } from '../model/index.js'
import { interchangeable } from './compare.js'
import { standardBudget, type Options } from './Verdict.js'
import { mergeHulls, mergeStatements } from './minimizeMerge.js'
import { removeParts, removeStatements } from './minimizeReduce.js'
import {
  isBetter,
  measure,
  settle,
  showStep,
  type Item,
  type State,
  type StatementRef,
  type Step,
} from './minimizeSteps.js'
import { writeWildcards } from './minimizeWildcards.js'
import { documentText, keyOf, normalize } from './rewriteForm.js'
import { byAction, prover as proverOf, type Prover } from './rewriteProver.js'
import { undecided, type Undecided } from './Undecided.js'
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
 * A document and what became of it.
 *
 * - `steps`: what was done to which statements of the input, in order; `render` prints them.
 * - `status`: `Proven`, or why there is no proof; then the document is the input, in canonical order.
 * - `stoppedEarly`: the budget ran out, and a larger one may find a smaller document.
 *
 * @category model
 * @since 0.1.0
 */
export interface Minimized {
  readonly document: Document.Document
  readonly steps: readonly Step[]
  readonly status: 'Proven' | Undecided
  readonly stoppedEarly: boolean
  readonly spent: number
  readonly world: string
}

export type { StatementRef, Step }

/** Steps for the search for rewritings, unless given. */
const rewritingBudget = 50_000

/** Beyond so many statements, the proof of the whole goes statement by statement. */
const MANY = 24

// ---- rounds ----

const then = (state: State, next: (items: readonly Item[]) => State): State => {
  const done = next(state.items)
  return { items: done.items, steps: [...state.steps, ...done.steps] }
}

const plain = (items: readonly Item[]): State => ({ items, steps: [] })

const ordered = (state: State): State => ({ ...state, items: settle(state.items) })

const round = (
  prover: Prover,
  items: readonly Item[],
  ref: (origin: number) => StatementRef,
  catalogue: readonly string[] | undefined,
): State => {
  const fewer = (now: readonly Item[]): State => removeStatements(prover, settle(now), ref)
  const joined = then(
    then(fewer(items), (now) => plain(mergeStatements(now))),
    (now) => plain(mergeHulls(prover, settle(now))),
  )
  const reduced = then(then(joined, fewer), (now) => removeParts(prover, settle(now), ref))
  const merged = then(reduced, (now) => plain(mergeStatements(now)))
  return ordered(
    catalogue === undefined ? merged : then(merged, (now) => writeWildcards(catalogue, now, ref)),
  )
}

const rounds = (
  prover: Prover,
  start: readonly Item[],
  ref: (origin: number) => StatementRef,
  catalogue: readonly string[] | undefined,
): State => {
  let best: State = { items: settle(start), steps: [] } // local mutation: until a round gains nothing
  for (;;) {
    const next = round(prover, best.items, ref, catalogue)
    if (!isBetter(measure(next.items), measure(best.items))) return best
    best = { items: next.items, steps: [...best.steps, ...next.steps] }
  }
}

// ---- the proof of the whole ----

const effectOf = (statements: readonly Statement.Statement[], effect: Statement.Effect) =>
  statements.filter((statement) => statement.effect === effect)

/** Each statement that the other document has not word for word lies within what that one says, and the other way round. */
const sameByParts = (
  prover: Prover,
  left: readonly Statement.Statement[],
  right: readonly Statement.Statement[],
): boolean => {
  const known = new Set(right.map((statement) => keyOf(statement)))
  const denies = effectOf(right, 'Deny')
  return ([denies, right] as const).every((covering, i) => {
    const near = byAction(prover.reader, covering)
    const about = (action: string): readonly Statement.Statement[] =>
      near(action).flatMap((place) => covering[place] ?? [])
    return effectOf(left, i === 0 ? 'Deny' : 'Allow').every(
      (statement) => known.has(keyOf(statement)) || prover.covered(statement, { all: () => covering, about }),
    )
  })
}

const isSameText = (left: readonly Statement.Statement[], right: readonly Statement.Statement[]): boolean => {
  const [a, b] = [left, right].map((statements) => new Set(statements.map((each) => keyOf(each))))
  return a !== undefined && b !== undefined && a.size === b.size && Array.from(a).every((key) => b.has(key))
}

const prove = (
  prover: Prover,
  input: Document.Document,
  output: Document.Document,
  options: Options,
): 'Proven' | Undecided => {
  const [before, after] = [normalize(input), normalize(output)]
  if (isSameText(before, after)) return 'Proven'
  if (input.statements.length <= MANY) {
    const verdict = interchangeable(input, output, options)
    if (verdict._tag === 'Yes') return 'Proven'
    if (verdict._tag === 'No') return undecided('Unconfirmed', 'a rewriting was not exact', verdict.spent)
    if (verdict.reason === 'Budget') return verdict
  }
  return sameByParts(prover, before, after) && sameByParts(prover, after, before)
    ? 'Proven'
    : undecided('Budget', 'the result as a whole could not be proven', prover.spent())
}

// ---- minimize ----

const withStatements = (document: Document.Document, items: readonly Item[]): Document.Document => {
  const [first, ...rest] = items.map(({ statement }) => statement)
  return first === undefined ? document : { ...document, statements: [first, ...rest] }
}

/** Merges, told once at the end: the statements that more than one of the input went into. */
const mergesOf = (items: readonly Item[], ref: (origin: number) => StatementRef): readonly Step[] =>
  items.flatMap(({ origins }) =>
    origins.length > 1 ? [{ _tag: 'Merged' as const, statements: origins.map(ref) }] : [],
  )

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
export const minimize = (document: Document.Document, options: MinimizeOptions = {}): Minimized => {
  const world: World = options.world ?? wellFormed
  const prover = proverOf(document, wellFormed, options.budget ?? rewritingBudget)
  const ref = (index: number): StatementRef => ({ index, sid: document.statements[index]?.sid })
  const start = normalize(document).map((statement, index) => ({
    statement,
    origins: [index],
    sids: statement.sid === undefined || statement.sid === '' ? [] : [statement.sid],
  }))
  const catalogue = options.wildcards === true && world._tag === 'Catalogue' ? world.actions : undefined
  const found = rounds(prover, start, ref, catalogue)
  const result = withStatements(document, found.items)
  const untouched = withStatements(document, settle(start))
  const status = prove(
    catalogue === undefined ? prover : proverOf(document, world, options.budget ?? standardBudget),
    document,
    result,
    options,
  )
  const isKept = status === 'Proven' && documentText(result).length <= documentText(document).length
  return {
    document: isKept ? result : untouched,
    steps: isKept ? [...found.steps, ...mergesOf(found.items, ref)] : [],
    status,
    stoppedEarly: prover.isExhausted(),
    spent: prover.spent(),
    world: world.name,
  }
}

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
