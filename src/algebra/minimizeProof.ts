/**
 * The proof that a minimized document is interchangeable with its input, made from the two alone: no step of the rewriting
 * is taken on trust.
 *
 * Law: each statement of one that the other covers by its Denies, or by all its statements if it is an Allow, both ways
 * round, makes the two interchangeable; see docs/semantics.md on what documents mean (DE-1 to DE-3).
 *
 * @since 0.1.0
 */
import type { Document, Statement } from '../model/index.js'
import { interchangeable } from './compare.js'
import type { Book, Row } from './rewriteBook.js'
import { prover as proverOf, type Prover } from './rewriteProver.js'
import { table } from './rewriteTable.js'
import { undecided, type Undecided } from './Undecided.js'
import type { Options } from './Verdict.js'
import { wellFormed } from './World.js'

/** Up to so many statements, the question is put as a whole where texts do not settle it. */
const FEW = 24

type Covers = (rows: readonly Row[], others: readonly Row[]) => boolean

/** By texts alone: every piece of a row lies in a single row of the other document. */
const byTexts =
  (prover: Prover): Covers =>
  (rows, others) => {
    const known = new Set(others)
    const against = { table: table(prover.book, others), skip: undefined, more: [] }
    return rows.every((row) => known.has(row) || typeof prover.included(row, against) === 'object')
  }

/** With searches for what texts leave open. */
const bySearch =
  (prover: Prover): Covers =>
  (rows, others) => {
    const against = { table: table(prover.book, others), skip: undefined, more: [] }
    return rows.every((row) => prover.covered(row, against) !== undefined)
  }

const bothWays = (covers: Covers, left: readonly Row[], right: readonly Row[]): boolean =>
  covers(left, right) && covers(right, left)

/**
 * Is the output interchangeable with the input? `book` has the values of both.
 *
 * **Cost** near linear where texts settle it.
 *
 * @category analysis
 * @since 0.1.0
 */
export const prove = (
  input: Document.Document,
  output: Document.Document,
  book: Book,
  { budget, world = wellFormed }: Options & { readonly budget: number },
): 'Proven' | Undecided => {
  const prover = proverOf(input, book, world, budget)
  const read = (statements: readonly Statement.Statement[]) => statements.map(book.read)
  const [before, after] = [read(input.statements), read(output.statements)]
  if (bothWays(byTexts(prover), before, after)) return 'Proven'
  if (input.statements.length <= FEW) {
    const verdict = interchangeable(input, output, { world, budget })
    if (verdict._tag === 'Yes') return 'Proven'
    if (verdict._tag === 'No') return undecided('Unconfirmed', 'a rewriting was not exact', verdict.spent)
    if (verdict.reason === 'Budget') return verdict
  }
  return bothWays(bySearch(prover), before, after)
    ? 'Proven'
    : undecided('Budget', 'the result as a whole could not be proven', prover.spent())
}
