/**
 * Rows at places, found by the values that they list: for a cell, only the rows that list something that may match its
 * action, or its resource or principal, whichever are fewer, are looked at.
 *
 * @since 0.1.0
 */
import { withList, type Book, type Clause, type Row, type Test } from './rewriteBook.js'
import { none, type Cell, type Judge } from './rewriteMatch.js'

// ---- model ----

/**
 * Rows at places, to be changed place by place.
 *
 * - `narrow`: puts a row that lists no more than the one before it, or takes it away.
 * - `widen`: puts any row.
 * - `near`: places of rows that may match a cell, perhaps with others, ascending.
 * - `rows`: all rows, with their places.
 *
 * @category model
 * @since 0.1.0
 */
export interface Table {
  readonly at: (place: number) => Row | undefined
  readonly narrow: (place: number, row: Row | undefined) => void
  readonly widen: (place: number, row: Row) => void
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

interface Postings {
  readonly add: (clause: Clause | undefined, place: number) => void
  /** The places of rows that list what may match a value, and of rows without a list of what they mean. */
  readonly near: (value: number) => readonly number[]
}

/** `hit`: the values that may match one. What is found for a value is remembered until a row is added. */
const postings = (hit: (value: number) => readonly number[]): Postings => {
  const byValue = new Map<number, number[]>() // local mutation: grows with the rows
  const others: number[] = [] // local mutation: likewise
  const found = new Map<number, readonly number[]>() // local mutation: emptied when a row is added
  const find = (value: number): readonly number[] => {
    const places = new Set(others) // local mutation: gathered value by value
    for (const each of hit(value)) for (const place of byValue.get(each) ?? []) places.add(place)
    return Array.from(places).sort((a, b) => a - b)
  }
  return {
    add: (clause, place) => {
      found.clear()
      if (clause === undefined || clause.not) others.push(place)
      else
        for (const value of clause.list.ids) {
          const known = byValue.get(value)
          if (known === undefined) byValue.set(value, [place])
          else known.push(place)
        }
    },
    near: (value) => {
      const places = found.get(value) ?? find(value)
      found.set(value, places)
      return places
    },
  }
}

// ---- constructors ----

/**
 * A table of rows, each at its place in the list.
 *
 * @category constructors
 * @since 0.1.0
 */
export const table = (book: Book, start: readonly Row[]): Table => {
  const state: (Row | undefined)[] = [] // local mutation: the rows now
  const [actions, resources] = [postings(book.actions.hit), postings(book.resources.hit)]
  const widen = (place: number, row: Row): void => {
    state[place] = row
    actions.add(row.action, place)
    resources.add(row.resource, place)
  }
  start.forEach((row, place) => widen(place, row))
  const all = start.map((_, place) => place)
  return {
    at: (place) => state[place],
    widen,
    narrow: (place, row) => {
      state[place] = row
    },
    near: ({ action, resource }) => {
      const byAction = action === none ? all : actions.near(action)
      if (resource === none) return byAction
      const byResource = resources.near(resource)
      return byResource.length < byAction.length ? byResource : byAction
    },
    rows: () => state.flatMap((row, place) => (row === undefined ? [] : [[place, row] as const])),
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
export const standing =
  (judge: Judge) =>
  ({ table: rows, skip, more }: Against) =>
  (cell: Cell): Standing => {
    let open = false // local mutation: whether some row may match
    const isCovering = (row: Row): boolean => {
      if (!mayCover(row, cell) || !judge.meets(row, cell)) return false
      open = true
      return judge.covers(row, cell)
    }
    if (more.some(isCovering)) return beside
    for (const place of rows.near(cell)) {
      const row = place === skip ? undefined : rows.at(place)
      if (row !== undefined && isCovering(row)) return place
    }
    return openOr(open)
  }

const openOr = (open: boolean): Standing => (open ? 'Open' : 'Escapes')

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

/**
 * Does a predicate hold for every cell of a row? Stops at the first for which it does not.
 *
 * @category predicates
 * @since 0.1.0
 */
export const everyCell =
  (book: Book, judge: Judge, against?: Test) =>
  (row: Row, holds: (cell: Cell) => boolean): boolean =>
    oneByOne(book, row).every((block) => {
      const hasProbe = !row.action.not && row.resource?.not !== true && row.principal?.not !== true
      const probe = hasProbe ? judge.probe(block.tests, against) : undefined
      return singles(row.action).every((action) =>
        singles(row.principal).every((principal) =>
          singles(row.resource).every((resource) =>
            holds({ row: block, action, principal, resource, probe }),
          ),
        ),
      )
    })
