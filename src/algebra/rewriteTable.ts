/**
 * Rows at places, found by the values that they list: for a cell, only the rows that list something that may match its
 * action, or its resource or principal, whichever are fewer, are looked at.
 *
 * @since 0.1.0
 */
import { withList, type Book, type Clause, type Row, type Test } from './rewriteBook.js'
import { unionOf } from './rewriteLists.js'
import { covers, meets, none, type Cell, type Judge, type Probe } from './rewriteMatch.js'
import { perId, type Space } from './rewriteSpace.js'

// ---- model ----

/**
 * Rows at places, to be changed place by place.
 *
 * - `at`: the rows now, by place.
 * - `narrow`: puts a row that lists no more than the one before it, or takes it away.
 * - `join`: puts one row for those at two places, which lists no more than both. It is found at either, and is one of
 *   `rows` at the first.
 * - `near`: places of rows that may match a cell, perhaps with others, ascending.
 * - `rows`: all rows, with their places.
 *
 * @category model
 * @since 0.1.0
 */
export interface Table {
  readonly at: readonly (Row | undefined)[]
  readonly narrow: (place: number, row: Row | undefined) => void
  readonly join: (place: number, other: number, row: Row) => void
  readonly near: (cell: Cell) => readonly number[]
  readonly rows: () => readonly (readonly [number, Row])[]
}

/**
 * How a cell stands to rows: the place of one that covers it; `Open` when some may match it but none covers it by
 * itself; `Escapes` when a request of it is in none of them.
 *
 * @category model
 * @since 0.1.0
 */
export type Standing = number | 'Open' | 'Escapes'

/**
 * The place of a row that stands beside those of the table.
 *
 * @category model
 * @since 0.1.0
 */
export const beside = -1

// ---- postings ----

/** Which places list a value, and which may mean it without listing it. */
interface Postings {
  readonly byValue: readonly (readonly number[] | undefined)[]
  readonly others: readonly number[]
}

const postings = (size: number, clauses: readonly (Clause | undefined)[]): Postings => {
  const byValue = new Array<number[] | undefined>(size).fill(undefined) // local mutation: one pass, as is the next
  const others: number[] = []
  clauses.forEach((clause, place) => {
    if (clause === undefined || clause.not) others.push(place)
    else
      for (const value of clause.list.ids) {
        const known = byValue[value]
        if (known === undefined) byValue[value] = [place]
        else known.push(place)
      }
  })
  return { byValue, others }
}

/** The places of rows that list one of some values, and of rows without a list of what they mean. */
const placesOf = ({ byValue, others }: Postings, values: readonly number[]): readonly number[] => {
  const lists = others.length === 0 ? [] : [others] // local mutation: those that hold a place
  for (const value of values) {
    const places = byValue[value]
    if (places !== undefined) lists.push(places)
  }
  return lists.length === 1 ? (lists[0] ?? []) : unionOf(lists)
}

/** The places of rows that may match a value: `hit` tells what may match it. */
const nearBy = (
  { size, hit }: Pick<Space<unknown>, 'size' | 'hit'>,
  clauses: readonly (Clause | undefined)[],
): ((value: number) => readonly number[]) => {
  const all = postings(size, clauses)
  return perId(size, (value) => placesOf(all, hit(value)))
}

// ---- constructors ----

/**
 * A table of rows, each at its place in the list.
 *
 * @category constructors
 * @since 0.1.0
 */
export const table = (book: Book, start: readonly Row[]): Table => {
  const state: (Row | undefined)[] = [...start] // local mutation: the rows now
  const all = start.map((_, place) => place)
  const homes = [...all] // local mutation: where the row of each place is counted
  const byAction = nearBy(
    book.actions,
    start.map(({ action }) => action),
  )
  const byResource = nearBy(
    book.resources,
    start.map(({ resource }) => resource),
  )
  return {
    at: state,
    narrow: (place, row) => {
      state[place] = row
    },
    join: (place, other, row) => {
      for (const each of all)
        if (homes[each] === place || homes[each] === other) {
          homes[each] = place
          state[each] = row
        }
    },
    near: ({ action, resource }) => {
      const acting = action === none ? all : byAction(action)
      if (resource === none) return acting
      const meant = byResource(resource)
      return meant.length < acting.length ? meant : acting
    },
    rows: () =>
      state.flatMap((row, place) =>
        row === undefined || homes[place] !== place ? [] : [[place, row] as const],
      ),
  }
}

// ---- standing ----

/**
 * Which rows may stand against a cell: those of the table but the one at `skip`, and `more`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Against {
  readonly table: Table
  readonly skip: number | undefined
  readonly more: readonly Row[]
}

/** A Deny is covered by Denies only; an Allow by Allows, and by Denies since what is denied need not be allowed. */
const mayCover = (row: Row, cell: Cell): boolean => row.effect === 'Deny' || cell.row.effect === 'Allow'

/**
 * How a cell stands to rows.
 *
 * **Cost** the rows that may match it.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const standing = (judge: Judge, { table: rows, skip, more }: Against, cell: Cell): Standing => {
  let isOpen = false // local mutation: whether some row may match
  for (const row of more) {
    if (!mayCover(row, cell) || !meets(judge, row, cell)) continue
    if (covers(judge, row, cell)) return beside
    isOpen = true
  }
  for (const place of rows.near(cell)) {
    const row = place === skip ? undefined : rows.at[place]
    if (row === undefined || !mayCover(row, cell) || !meets(judge, row, cell)) continue
    if (covers(judge, row, cell)) return place
    isOpen = true
  }
  return isOpen ? 'Open' : 'Escapes'
}

// ---- cells ----

/** Condition values are taken one by one as long as that makes so few rows. */
const MOST_BLOCKS = 64

const oneByOne = (book: Book, row: Row): readonly Row[] =>
  row.tests.all.reduce<readonly Row[]>(
    (rows, { name, additive, list }) =>
      !additive || list.ids.length < 2 || rows.length * list.ids.length > MOST_BLOCKS
        ? rows
        : rows.flatMap((each) => list.ids.map((id) => withList(book, each, name, book.list([id])))),
    [row],
  )

const anyValue: readonly number[] = [none]

const singles = (clause: Clause | undefined): readonly number[] =>
  clause === undefined || clause.not ? anyValue : clause.list.ids

const everyCellOf = (row: Row, probe: Probe | undefined, holds: (cell: Cell) => boolean): boolean => {
  for (const action of singles(row.action))
    for (const principal of singles(row.principal))
      for (const resource of singles(row.resource))
        if (!holds({ row, action, principal, resource, probe })) return false
  return true
}

/**
 * Does a predicate hold for every cell of a row? Stops at the first for which it does not. With `losing`, the requests
 * at hand are those that fail that test.
 *
 * @category predicates
 * @since 0.1.0
 */
export const everyCell = (
  { book, probe }: Judge,
  row: Row,
  losing: Test | undefined,
  holds: (cell: Cell) => boolean,
): boolean => {
  const hasProbe = !row.action.not && row.resource?.not !== true && row.principal?.not !== true
  return oneByOne(book, row).every((block) =>
    everyCellOf(block, hasProbe ? probe(block.tests, losing) : undefined, holds),
  )
}
