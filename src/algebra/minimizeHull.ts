/**
 * Joins that need a proof: two statements that differ in several slots become their hull, the one statement with all
 * values of both, where the statements of the document, all together, match the whole of it already.
 *
 * @since 0.1.0
 */
import { inOrder } from './minimizeSize.js'
import { together, type Item } from './minimizeSteps.js'
import { rowSlots, withList, type Book, type Row, type RowSlot } from './rewriteBook.js'
import type { SlotName } from './rewriteForm.js'
import { contains, unionOf, type List } from './rewriteLists.js'
import type { Prover } from './rewriteProver.js'
import { everyCell, standing, table, type Against } from './rewriteTable.js'

// ---- pairs of rows ----

/** An item, and what of it is looked at for every pair that it is in. */
interface Side {
  readonly item: Item
  readonly slots: readonly RowSlot[]
}

const sideOf = (item: Item): Side => ({ item, slots: rowSlots(item.row) })

/** A slot in which two rows of the same make differ, with the list of either. */
interface Difference {
  readonly name: SlotName
  readonly additive: boolean
  readonly ours: List
  readonly theirs: List
}

/** More than so many differences, and a hull is not looked at. */
const MOST_DIFFERENCES = 3

/** The slots in which two rows differ; none for rows of another make. */
const differences = (a: Side, b: Side): readonly Difference[] => {
  if (a.item.row.effect !== b.item.row.effect || a.slots.length !== b.slots.length) return []
  const found: Difference[] = [] // local mutation: one pass
  for (const [i, { name, additive, list }] of a.slots.entries()) {
    const other = b.slots[i]
    if (other?.name !== name || other.additive !== additive) return []
    if (other.list.id !== list.id) found.push({ name, additive, ours: list, theirs: other.list })
  }
  return found
}

// ---- hulls ----

/** One row for two: all values of both, or for a list of exceptions those that both have. */
const hull = (book: Book, row: Row, differing: readonly Difference[]): Row | undefined =>
  differing.reduce<Row | undefined>((done, { name, additive, ours, theirs }) => {
    const ids = additive ? unionOf([ours.ids, theirs.ids]) : ours.ids.filter((id) => contains(theirs, id))
    const isNothing = !additive && (ids.length === 0 || theirs.ids.length === 0)
    return done === undefined || isNothing ? undefined : withList(book, done, name, book.list(ids))
  }, row)

/** Has a row a cell that surely nothing matches? */
const surelyGains = ({ judge, mayBeEmpty }: Prover, against: Against, row: Row): boolean =>
  !everyCell(
    judge,
    row,
    undefined,
    (cell) => standing(judge, against, cell) !== 'Escapes' || mayBeEmpty(cell),
  )

/** The hull of two rows, if it is proven to gain nothing. */
const exactHull = (prover: Prover, against: Against, a: Side, b: Side): Row | undefined => {
  const differing = differences(a, b)
  if (differing.length === 0 || differing.length > MOST_DIFFERENCES) return undefined
  const wide = hull(prover.book, a.item.row, differing)
  if (wide === undefined || surelyGains(prover, against, wide) || prover.covered(wide, against) === undefined)
    return undefined
  const within = { table: table(prover.book, [wide]), skip: undefined, more: [] }
  return [a, b].every(({ item }) => prover.covered(item.row, within) !== undefined) ? wide : undefined
}

/**
 * Two statements become their hull where the statements of the document, all together, are proven to match the whole of
 * it already.
 *
 * **Cost** the pairs of statements, a few lookups for each of those that are not joined.
 *
 * @category combinators
 * @since 0.1.0
 */
export const mergeHulls = (prover: Prover, items: readonly Item[]): readonly Item[] => {
  const start = inOrder(items)
  const state: (Side | undefined)[] = start.map(sideOf) // local mutation: items change place by place
  const rows = table(
    prover.book,
    start.map(({ row }) => row),
  )
  const against: Against = { table: rows, skip: undefined, more: [] }
  for (let i = 0; i < state.length; i++)
    for (let j = i + 1; j < state.length; j++) {
      const [a, b] = [state[i], state[j]]
      if (a === undefined) break
      if (b === undefined) continue
      const wide = exactHull(prover, against, a, b)
      if (wide === undefined) continue
      state[i] = sideOf(together(wide, [a.item, b.item], true))
      state[j] = undefined
      rows.join(i, j, wide)
    }
  return state.flatMap((side) => side?.item ?? [])
}
