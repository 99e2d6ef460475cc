/**
 * The removing half of minimization: statements, values and conditions that change nothing, each with a proof.
 *
 * @since 0.1.0
 */
import { Groups } from '../pattern/index.js'
import { compareItems } from './minimizeSize.js'
import { inputsOf, type Item, type State, type StatementRef, type Step } from './minimizeSteps.js'
import {
  elementName,
  rowSlots,
  spaceOf,
  withList,
  type Book,
  type Clause,
  type Row,
  type RowSlot,
} from './rewriteBook.js'
import { compareText, type SlotName } from './rewriteForm.js'
import { ascending, contains, unionOf } from './rewriteLists.js'
import type { Cover, Prover } from './rewriteProver.js'
import { beside, table, type Against, type Table } from './rewriteTable.js'

// ---- the items while some are removed ----

/** What is at hand while items are reduced. `ref`: an input statement by its place. */
interface Desk {
  readonly prover: Prover
  readonly table: Table
  readonly item: (place: number) => Item | undefined
  readonly put: (place: number, row: Row | undefined) => void
  readonly refs: (cover: Cover, place: number) => readonly StatementRef[]
  readonly origins: (place: number) => readonly StatementRef[]
  readonly items: () => readonly Item[]
}

const desk = (prover: Prover, start: readonly Item[], ref: (origin: number) => StatementRef): Desk => {
  const state: (Item | undefined)[] = [...start] // local mutation: items change place by place
  const rows = table(
    prover.book,
    start.map(({ row }) => row),
  )
  const inputsAt = (place: number): readonly number[] => {
    const item = start[place]
    return item === undefined ? [] : inputsOf(item.origin)
  }
  const known = new Map<string, readonly StatementRef[]>() // local mutation: found so far
  const refsOf = (places: readonly number[]): readonly StatementRef[] => {
    const key = places.join()
    const found = known.get(key) ?? unionOf(places.map(inputsAt)).map(ref)
    known.set(key, found)
    return found
  }
  return {
    prover,
    table: rows,
    item: (place) => state[place],
    put: (place, row) => {
      const before = state[place]
      state[place] = row === undefined || before === undefined ? undefined : { ...before, row }
      rows.narrow(place, row)
    },
    refs: ({ by }, place) => refsOf(ascending(Array.from(by, (other) => (other === beside ? place : other)))),
    origins: (place) => refsOf([place]),
    items: () => state.flatMap((item) => item ?? []),
  }
}

const without = (rows: Table, place: number, ...more: readonly Row[]): Against => ({
  table: rows,
  skip: place,
  more,
})

// ---- statements ----

/**
 * Without the statements that others cover, the longest first, so that of two that stand for one another the shorter one
 * stays.
 *
 * @category combinators
 * @since 0.1.0
 */
export const removeStatements = (
  prover: Prover,
  sizeOf: (row: Row) => number,
  items: readonly Item[],
  ref: (origin: number) => StatementRef,
): State => {
  const at = desk(prover, items, ref)
  const steps: Step[] = [] // local mutation: one for each removal
  const longestFirst = items
    .map((item, place) => ({ item, place, size: sizeOf(item.row) }))
    .sort((a, b) => b.size - a.size || compareItems(b.item, a.item))
  for (const { item, place } of longestFirst) {
    // A document has at least one statement, even one that matches nothing.
    if (steps.length === items.length - 1) continue
    const cover = prover.covered(item.row, without(at.table, place))
    if (cover === undefined) continue
    steps.push({
      _tag: 'RemovedStatement',
      statements: at.origins(place),
      by: at.refs(cover, place),
      rule: cover.rule,
    })
    at.put(place, undefined)
  }
  return { items: at.items(), steps }
}

// ---- conditions ----

const removeConditions = ({ prover, table: rows, ...at }: Desk, place: number): readonly Step[] => {
  const steps: Step[] = [] // local mutation: one for each removal
  for (const test of at.item(place)?.row.tests.all ?? []) {
    const row = at.item(place)?.row
    if (row === undefined) break
    const tests = prover.book.tests(row.tests.all.filter(({ name }) => name !== test.name))
    const wider = prover.book.row({ ...row, tests })
    const cover = prover.covered(wider, { table: rows, skip: undefined, more: [] }, test)
    if (cover === undefined) continue
    const slot = rowSlots(row).find(({ name }) => name === test.name)
    steps.push({
      _tag: 'RemovedCondition',
      statements: at.origins(place),
      element: slot === undefined ? '' : elementName(row, slot),
      by: at.refs(cover, place),
      rule: cover.rule,
    })
    at.put(place, wider)
  }
  return steps
}

// ---- values ----

interface Removal {
  readonly value: number
  readonly cover: Cover
}

/** Of the values that stay, those that matter to one that may go: of patterns only the ones that may match it. */
const staying = (book: Book, name: SlotName, left: ReadonlySet<number>, value: number): readonly number[] =>
  name === 'Action' || name === 'Resource'
    ? spaceOf(book, name)
        .hit(value)
        .filter((each) => left.has(each))
    : Array.from(left)

/**
 * Values of an additive slot that others cover, by texts. While they are looked for, the row stands beside the others
 * with the values not yet removed.
 */
const includedElsewhere = (
  { prover, table: rows }: Desk,
  place: number,
  row: Row,
  { name }: RowSlot,
  order: readonly number[],
): { readonly removed: readonly Removal[]; readonly open: readonly number[] } => {
  const { book } = prover
  const left = new Set(order) // local mutation: the values that stay, as are the next two
  const removed: Removal[] = []
  const open: number[] = []
  for (const value of order) {
    if (left.size === 1) break
    left.delete(value)
    const rest = withList(book, row, name, book.list(ascending(staying(book, name, left, value))))
    const piece = withList(book, row, name, book.list([value]))
    const cover = prover.included(piece, without(rows, place, rest))
    if (typeof cover === 'object') removed.push({ value, cover })
    else left.add(value)
    if (cover === 'Open') open.push(value)
  }
  return { removed, open }
}

const sorted = (ids: Iterable<number>): readonly number[] => ascending(Array.from(ids))

/** The same with searches, for the values that texts leave open. */
const coveredElsewhere = (
  { prover, table: rows }: Desk,
  place: number,
  row: Row,
  slot: RowSlot,
  start: ReadonlySet<number>,
  open: readonly number[],
): readonly Removal[] => {
  const { book } = prover
  const left = new Set(start) // local mutation: the values that stay
  return open.flatMap((value) => {
    if (left.size === 1) return []
    const rest = withList(book, row, slot.name, book.list(sorted(left).filter((each) => each !== value)))
    const piece = withList(book, row, slot.name, book.list([value]))
    const cover = prover.covered(piece, without(rows, place, rest))
    if (cover !== undefined) left.delete(value)
    return cover === undefined ? [] : [{ value, cover }]
  })
}

const fromAdditive = (
  at: Desk,
  place: number,
  row: Row,
  slot: RowSlot,
  order: readonly number[],
): readonly Removal[] => {
  const { removed, open } = includedElsewhere(at, place, row, slot, order)
  if (open.length === 0) return removed
  const gone = new Set(removed.map(({ value }) => value))
  const start = new Set(order.filter((value) => !gone.has(value)))
  return [...removed, ...coveredElsewhere(at, place, row, slot, start, open)]
}

/** Values that take away, or that hold only together: with and without one the row must be the same beside the others. */
const fromExceptions = (
  { prover, table: rows }: Desk,
  place: number,
  row: Row,
  slot: RowSlot,
  order: readonly number[],
): readonly Removal[] => {
  const { book } = prover
  let now = row // local mutation: the row with the values that stay
  const left = new Set(order) // local mutation: those values
  return order.flatMap((value) => {
    if (left.size === 1 || isSurelyNeeded(prover, rows, place, now, slot, value)) return []
    const rest = withList(book, now, slot.name, book.list(sorted(left).filter((each) => each !== value)))
    const cover = prover.covered(rest, without(rows, place, now))
    if (cover === undefined || prover.covered(now, without(rows, place, rest)) === undefined) return []
    left.delete(value)
    now = rest
    return [{ value, cover }]
  })
}

/** An exception is needed if something of it is in no other exception and in no other row. */
const isSurelyNeeded = (
  prover: Prover,
  rows: Table,
  place: number,
  row: Row,
  { name, list }: RowSlot,
  value: number,
): boolean => {
  if (name !== 'Action' && name !== 'Resource') return false
  const { book } = prover
  const hit = spaceOf(book, name).hit(value)
  if (hit.some((other) => other !== value && contains(list, other))) return false
  const only: Clause = { not: false, list: book.list([value]) }
  const piece = book.row(name === 'Action' ? { ...row, action: only } : { ...row, resource: only })
  return prover.included(piece, without(rows, place)) === 'Escapes'
}

const removeFromSlot = (at: Desk, place: number, name: string): readonly Step[] => {
  const { book } = at.prover
  const row = at.item(place)?.row
  const slot = row && rowSlots(row).find((each) => each.name === name)
  if (row === undefined || slot === undefined || slot.list.ids.length < 2) return []
  const { text } = spaceOf(book, slot.name)
  const longestFirst = [...slot.list.ids].sort(
    (a, b) => text(b).length - text(a).length || compareText(text(b), text(a)),
  )
  const from = slot.additive ? fromAdditive : fromExceptions
  const removed = from(at, place, row, slot, longestFirst)
  if (removed.length === 0) return []
  const gone = new Set(removed.map(({ value }) => value))
  at.put(place, withList(book, row, name, book.list(slot.list.ids.filter((value) => !gone.has(value)))))
  return byCover(removed).map((group) => ({
    _tag: 'RemovedValues',
    statements: at.origins(place),
    element: elementName(row, slot),
    values: group.map(({ value }) => text(value)),
    by: at.refs(group[0].cover, place),
    rule: group[0].cover.rule,
  }))
}

/** What goes for the same reason, together. */
const byCover = (removed: readonly Removal[]): readonly Groups.Group<Removal>[] =>
  Array.from(Groups.by(removed, ({ cover }) => `${cover.rule} ${sorted(cover.by).join()}`).values())

/**
 * Without the conditions and values that change nothing.
 *
 * @category combinators
 * @since 0.1.0
 */
export const removeParts = (
  prover: Prover,
  items: readonly Item[],
  ref: (origin: number) => StatementRef,
): State => {
  const at = desk(prover, items, ref)
  const conditions = items.flatMap((_, place) => removeConditions(at, place))
  const values = items.flatMap(({ row }, place) =>
    rowSlots(row).flatMap(({ name }) => removeFromSlot(at, place, name)),
  )
  return { items: at.items(), steps: [...conditions, ...values] }
}
