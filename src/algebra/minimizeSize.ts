/**
 * How much there is of a document under way: the order of rows, and their characters as canonical JSON.
 *
 * @since 0.1.0
 */
import { Groups } from '../pattern/index.js'
import { Operator, Principal } from '../model/index.js'
import { sidText, type Item } from './minimizeSteps.js'
import type { Book, Clause, Row, Test } from './rewriteBook.js'
import { compareText } from './rewriteForm.js'
import type { List } from './rewriteLists.js'

// ---- order ----

/** By the first place where two lists differ, else the shorter one first. */
const lexicographic = <A>(
  a: readonly A[],
  b: readonly A[],
  compare: (one: A, other: A) => number,
): number => {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [one, other] = [a[i], b[i]]
    const difference = one === undefined || other === undefined ? 0 : compare(one, other)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

const compareLists = (a: List, b: List): number => lexicographic(a.ids, b.ids, (one, other) => one - other)

const compareClauses = (a: Clause | undefined, b: Clause | undefined): number => {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return Number(a.not) - Number(b.not) || compareLists(a.list, b.list)
}

const compareTests = (a: Test, b: Test): number => compareText(a.name, b.name) || compareLists(a.list, b.list)

/**
 * An order of rows that depends on their texts only.
 *
 * @category instances
 * @since 0.1.0
 */
export const compareRows = (a: Row, b: Row): number =>
  compareText(a.effect, b.effect) ||
  compareClauses(a.principal, b.principal) ||
  compareClauses(a.action, b.action) ||
  compareClauses(a.resource, b.resource) ||
  lexicographic(a.tests.all, b.tests.all, compareTests)

/**
 * Items by row, then by Sid.
 *
 * @category instances
 * @since 0.1.0
 */
export const compareItems = (a: Item, b: Item): number =>
  compareRows(a.row, b.row) || compareText(sidText(a.sid) ?? '', sidText(b.sid) ?? '')

/**
 * Items in that order.
 *
 * @category combinators
 * @since 0.1.0
 */
export const inOrder = (items: readonly Item[]): readonly Item[] => [...items].sort(compareItems)

// ---- characters ----

const quoted = (text: string): number => JSON.stringify(text).length

/** A list of one prints as its entry. */
const listed = (costs: readonly number[]): number => {
  let sum = costs.length === 1 ? 0 : 1 + Math.max(1, costs.length) // local mutation: brackets and commas, then each value
  for (const cost of costs) sum += cost
  return sum
}

const principalSize = (book: Book, { list }: Clause): number => {
  const entries = book.principals.values(list.ids)
  if (entries.length === 1 && entries[0]?._tag === 'Everyone') return 3
  const types = Principal.principalTypes.flatMap((type) => {
    const costs = entries.flatMap((entry) =>
      Principal.typeOf(entry) === type ? [quoted(Principal.show(entry))] : [],
    )
    return costs.length === 0 ? [] : [quoted(type) + 1 + listed(costs)]
  })
  return types.reduce((sum, each) => sum + each, types.length + 1)
}

const testsSize = (book: Book, { tests }: Row): number => {
  const groups = Array.from(
    Groups.by(tests.all, ({ operator }) => Operator.show(operator)),
    ([name, group]) =>
      group.reduce(
        (sum, { key, list }) => sum + quoted(key) + 1 + listed(list.ids.map(book.values.cost)),
        quoted(name) + 2 + group.length,
      ),
  )
  return groups.reduce((sum, each) => sum + each, groups.length + 1)
}

/**
 * A function that tells the characters of a row as compact canonical JSON.
 *
 * @category destructors
 * @since 0.1.0
 */
export const sizes = (book: Book): ((row: Row) => number) => {
  const known: (number | undefined)[] = [] // local mutation: rows measured so far
  const make = (row: Row): number => {
    const parts = [
      11 + row.effect.length, // "Effect":"..."
      clauseSize('Principal', row.principal, (clause) => principalSize(book, clause)),
      clauseSize('Action', row.action, ({ list }) => listed(list.ids.map(book.actions.cost))),
      clauseSize('Resource', row.resource, ({ list }) => listed(list.ids.map(book.resources.cost))),
      row.tests.all.length === 0 ? 0 : 12 + testsSize(book, row), // "Condition":...
    ].filter((part) => part > 0)
    return parts.reduce((sum, part) => sum + part, parts.length + 1)
  }
  return (row) => (known[row.id] ??= make(row))
}

const clauseSize = (name: string, clause: Clause | undefined, size: (clause: Clause) => number): number =>
  clause === undefined ? 0 : name.length + (clause.not ? 6 : 3) + size(clause)

/**
 * How much there is, to be made less: statements, characters, and the rows themselves as a tie-break.
 *
 * @category model
 * @since 0.1.0
 */
export interface Measure {
  readonly statements: number
  readonly characters: number
  readonly items: readonly Item[]
}

/**
 * The measure of some items. A Sid counts where it can stay.
 *
 * @category destructors
 * @since 0.1.0
 */
export const measuring = (sizeOf: (row: Row) => number) => {
  const itemSize = ({ row, sid }: Item): number => {
    const text = sidText(sid)
    return sizeOf(row) + (text === undefined ? 0 : quoted(text) + 7)
  }
  return (items: readonly Item[]): Measure => ({
    statements: items.length,
    characters: items.reduce((sum, item) => sum + itemSize(item), 0),
    items,
  })
}

/**
 * Fewer statements, else fewer characters, else the rows that come first.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isBetter = (a: Measure, b: Measure): boolean =>
  a.statements !== b.statements
    ? a.statements < b.statements
    : a.characters !== b.characters
      ? a.characters < b.characters
      : isEarlier(a.items, b.items)

const isEarlier = (a: readonly Item[], b: readonly Item[]): boolean =>
  lexicographic(inOrder(a), inOrder(b), compareItems) < 0
