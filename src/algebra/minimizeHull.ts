/**
 * Joins that need a proof: two statements that differ in several slots become their hull, the one statement with all
 * values of both, where the statements of the document, all together, match the whole of it already.
 *
 * @since 0.1.0
 */
import { inOrder } from './minimizeSize.js'
import { together, type Item } from './minimizeSteps.js'
import {
  isClauseName,
  rowSlots,
  withList,
  type Book,
  type Clause,
  type Row,
  type RowSlot,
} from './rewriteBook.js'
import type { SlotName } from './rewriteForm.js'
import { contains, unionOf, type List } from './rewriteLists.js'
import { none, type Cell } from './rewriteMatch.js'
import type { Prover } from './rewriteProver.js'
import { standing, table, type Against } from './rewriteTable.js'

// ---- pairs of rows ----

/** An item, and what of it is looked at for every pair that it is in. */
interface Side {
  readonly item: Item
  readonly slots: readonly RowSlot[]
  readonly cell: Cell
}

const sideOf =
  (prover: Prover) =>
  (item: Item): Side => ({ item, slots: rowSlots(item.row), cell: cellOf(prover, item.row) })

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

// ---- corners ----

/** Corners of a hull that are looked at before it is made. */
const MOST_CORNERS = 1_000

const firstOf = (clause: Clause | undefined): number =>
  clause === undefined || clause.not ? none : (clause.list.ids[0] ?? none)

/** Some cell of a row. */
const cellOf = ({ judge }: Prover, row: Row): Cell => {
  const hasProbe = !row.action.not && row.resource?.not !== true && row.principal?.not !== true
  return {
    row,
    action: firstOf(row.action),
    principal: firstOf(row.principal),
    resource: firstOf(row.resource),
    probe: hasProbe ? judge.probe(row.tests) : undefined,
  }
}

/** The cell with another value in one slot. */
const cellWith = ({ book, judge }: Prover, cell: Cell, name: SlotName, value: number): Cell => {
  const { row, action, principal, resource, probe } = cell
  if (!isClauseName(name)) {
    const tested = withList(book, row, name, book.list([value]))
    return { row: tested, action, principal, resource, probe: probe && judge.probe(tested.tests) }
  }
  return {
    row,
    action: name === 'Action' ? value : action,
    principal: name === 'Principal' ? value : principal,
    resource: name === 'Resource' ? value : resource,
    probe,
  }
}

/** Has the hull a corner that surely nothing matches: a value of one row in one slot with one of the other in another? */
const surelyGains = (
  prover: Prover,
  against: Against,
  cell: Cell,
  differing: readonly Difference[],
): boolean => {
  let corners = 0 // local mutation: a bound on the work
  const isGain = (corner: Cell): boolean =>
    ++corners <= MOST_CORNERS &&
    standing(prover.judge, against, corner) === 'Escapes' &&
    !prover.mayBeEmpty(corner)
  return differing.some((one) =>
    one.ours.ids.some((x) => {
      if (corners > MOST_CORNERS || contains(one.theirs, x)) return false
      const edge = cellWith(prover, cell, one.name, x)
      return differing.some(
        (other) =>
          one !== other &&
          other.theirs.ids.some(
            (y) => !contains(other.ours, y) && isGain(cellWith(prover, edge, other.name, y)),
          ),
      )
    }),
  )
}

// ---- hulls ----

/** One row for two: all values of both, or for a list of exceptions those that both have. */
const hull = (book: Book, row: Row, differing: readonly Difference[]): Row | undefined =>
  differing.reduce<Row | undefined>((done, { name, additive, ours, theirs }) => {
    const ids = additive ? unionOf([ours.ids, theirs.ids]) : ours.ids.filter((id) => contains(theirs, id))
    const isNothing = !additive && (ids.length === 0 || theirs.ids.length === 0)
    return done === undefined || isNothing ? undefined : withList(book, done, name, book.list(ids))
  }, row)

/** The hull of two rows, if it is proven to gain nothing. */
const exactHull = (prover: Prover, against: Against, a: Side, b: Side): Row | undefined => {
  const differing = differences(a, b)
  if (differing.length === 0 || differing.length > MOST_DIFFERENCES) return undefined
  const isUnion = differing.every(({ additive }) => additive)
  if (isUnion && surelyGains(prover, against, a.cell, differing)) return undefined
  const wide = hull(prover.book, a.item.row, differing)
  if (wide === undefined || prover.covered(wide, against) === undefined) return undefined
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
  const state: (Side | undefined)[] = start.map(sideOf(prover)) // local mutation: items change place by place
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
      state[i] = sideOf(prover)(together(wide, [a.item, b.item], true))
      state[j] = undefined
      rows.join(i, j, wide)
    }
  return state.flatMap((side) => side?.item ?? [])
}
