/**
 * The joining half of minimization. Two statements that differ in the values of one additive slot only are together one
 * statement with the values of both: that is exact by construction, since statements are boxes. What needs a proof is in
 * `minimizeHull`.
 *
 * Statements equal but for one slot are found by looking up what they have in common.
 *
 * @since 0.1.0
 */
import { Groups } from '../pattern/index.js'
import { isBetter, type Measure } from './minimizeSize.js'
import { together, type Item } from './minimizeSteps.js'
import { isClauseName, rowSlots, slotList, withList, type Book, type Row } from './rewriteBook.js'
import { perKey } from './remember.js'
import { compareText, type SlotName } from './rewriteForm.js'
import { unionOf } from './rewriteLists.js'

// ---- exact by construction ----

type Kind = 'Action' | 'Resource' | 'Principal' | 'Condition'

const isAdditive = ({ principal, action, resource, tests }: Row, name: SlotName): boolean => {
  if (!isClauseName(name)) return tests.all.some((test) => test.name === name && test.additive)
  const clause = name === 'Action' ? action : name === 'Resource' ? resource : principal
  return clause !== undefined && !clause.not
}

/** The row without values in a slot: one and the same for all rows that differ there at most. */
const without = (book: Book, name: SlotName, row: Row): Row => withList(book, row, name, book.list([]))

const listOf = (row: Row, name: SlotName): readonly number[] => slotList(row, name)?.ids ?? []

const mergeGroup = (book: Book, name: SlotName, group: Groups.Group<Item>): Item => {
  if (group.length === 1) return group[0]
  const list = book.list(unionOf(group.map(({ row }) => listOf(row, name))))
  return together(withList(book, group[0].row, name, list), group)
}

/** Items equal but for one additive slot become one. */
const mergeSlot = (book: Book, name: SlotName, items: readonly Item[]): readonly Item[] => {
  const groups = Groups.by<Item, Item | Row>(items, (item) =>
    isAdditive(item.row, name) ? without(book, name, item.row) : item,
  )
  if (groups.size === items.length) return items
  return Array.from(groups.values(), (group) => mergeGroup(book, name, group))
}

const kindsOf = (items: readonly Item[]): readonly Kind[] =>
  (['Action', 'Resource', 'Principal', 'Condition'] as const).filter((kind) =>
    items.some(({ row }) => (kind === 'Condition' ? row.tests.all.length > 0 : isAdditive(row, kind))),
  )

/** The slots of a kind that items have. */
const namesOf = (items: readonly Item[], kind: Kind): readonly SlotName[] =>
  kind === 'Condition'
    ? Array.from(new Set(items.flatMap(({ row }) => row.tests.all.map(({ name }) => name)))).sort(compareText)
    : [kind]

const mergeKind =
  (book: Book, kind: Kind) =>
  (items: readonly Item[]): readonly Item[] =>
    namesOf(items, kind).reduce((done, name) => mergeSlot(book, name, done), items)

/** Merges the slots of a kind; what it makes of the same items is remembered, since many ways begin alike. */
type Merge = (kind: Kind) => (items: readonly Item[]) => readonly Item[]

const merging = (book: Book): Merge => perKey((kind: Kind) => mergeKind(book, kind))

/**
 * Merges kind by kind, round after round, until nothing merges. Every merge leaves fewer statements, so that there is an
 * end; and a kind of one slot has nothing left to merge right after its turn.
 */
const mergeAll =
  (merge: Merge, order: readonly Kind[]) =>
  (items: readonly Item[]): readonly Item[] => {
    let now = items // local mutation: until nothing merges
    let settled = 0 // local mutation: how many kinds in a row had nothing to merge
    for (let turn = 0; settled < order.length; turn = (turn + 1) % order.length) {
      const kind = order[turn] ?? 'Action'
      const next = merge(kind)(now)
      settled = next === now ? settled + 1 : kind === 'Condition' ? 0 : 1
      now = next
    }
    return now
  }

/**
 * Equal statements, Sids aside, as one.
 *
 * @category combinators
 * @since 0.1.0
 */
export const equalOnce = (items: readonly Item[]): readonly Item[] =>
  Array.from(Groups.by(items, ({ row }) => row).values(), (group) =>
    group.length === 1 ? group[0] : together(group[0].row, group),
  )

// ---- shared out anew ----

/** Pieces that few statements are taken apart into when another way of sharing them out is looked for. */
const FEW_PIECES = 600

/** The same for many statements, for which fewer ways are tried. */
const MANY_PIECES = 20_000

/** A row for each value of its additive slots of a kind. */
const partsOf = (book: Book, row: Row, kind: Kind): readonly Row[] => {
  let parts: readonly Row[] = [row] // local mutation: taken apart slot by slot
  for (const { name, additive, list } of rowSlots(row))
    if (additive && list.ids.length > 1 && isOf(kind, name))
      parts = parts.flatMap((part) => list.ids.map((id) => withList(book, part, name, book.list([id]))))
  return parts
}

const explode = (
  book: Book,
  items: readonly Item[],
  kind: Kind,
  most: number,
): readonly Item[] | undefined => {
  const pieces: Item[] = [] // local mutation: piece by piece, up to a bound
  for (const item of items) {
    const parts = partsOf(book, item.row, kind)
    if (pieces.length + parts.length > most) return undefined
    for (const row of parts) pieces.push(parts.length === 1 ? item : { ...item, row })
  }
  return equalOnce(pieces)
}

const isOf = (kind: Kind, name: SlotName): boolean =>
  kind === 'Condition' ? !isClauseName(name) : kind === name

const orders: readonly (readonly Kind[])[] = [
  ['Action', 'Resource', 'Principal', 'Condition'],
  ['Resource', 'Action', 'Principal', 'Condition'],
  ['Principal', 'Action', 'Resource', 'Condition'],
  ['Principal', 'Resource', 'Action', 'Condition'],
  ['Action', 'Principal', 'Resource', 'Condition'],
  ['Resource', 'Principal', 'Action', 'Condition'],
  ['Condition', 'Action', 'Resource', 'Principal'],
  ['Condition', 'Resource', 'Action', 'Principal'],
  ['Condition', 'Principal', 'Resource', 'Action'],
]

const explosions: readonly (readonly Kind[])[] = [
  [],
  ['Action'],
  ['Resource'],
  ['Principal'],
  ['Condition'],
  ['Action', 'Resource'],
  ['Action', 'Principal'],
  ['Resource', 'Principal'],
  ['Action', 'Resource', 'Principal', 'Condition'],
]

/** What is taken apart, and in which order it is put together again. */
interface Way {
  readonly apart: readonly Kind[]
  readonly order: readonly Kind[]
}

const [actionsFirst = [], resourcesFirst = []] = orders

/** The ways that differ for statements of some kinds of slots. */
const fewWays = (kinds: readonly Kind[]): readonly Way[] => {
  const among = (all: readonly (readonly Kind[])[]): readonly (readonly Kind[])[] =>
    Array.from(
      new Map(
        all
          .map((each) => each.filter((kind) => kinds.includes(kind)))
          .map((each) => [each.join(), each] as const),
      ).values(),
    )
  return among(explosions).flatMap((apart) => among(orders).map((order) => ({ apart, order })))
}

/** Elements are put together last that were taken apart, once everything else about their values is known. */
const manyWays: readonly Way[] = [
  {
    apart: ['Action'],
    order: ['Resource', 'Principal', 'Action', 'Condition'],
  },
  {
    apart: ['Resource'],
    order: ['Action', 'Principal', 'Resource', 'Condition'],
  },
  {
    apart: ['Principal'],
    order: ['Action', 'Resource', 'Principal', 'Condition'],
  },
]

/** Values in all lists beyond which only few ways are tried. */
const MANY_VALUES = 150

const valuesOf = ({ row }: Item): number => rowSlots(row).reduce((sum, { list }) => sum + list.ids.length, 0)

const isMany = (items: readonly Item[]): boolean =>
  items.length > MANY || items.reduce((sum, item) => sum + valuesOf(item), 0) > MANY_VALUES

/**
 * Beyond so many statements, only few ways are tried.
 *
 * @category model
 * @since 0.1.0
 */
export const MANY = 60

type Measuring = (items: readonly Item[]) => Measure

const better = (measure: Measuring, best: Measure, found: readonly Item[]): Measure => {
  if (found.length > best.statements) return best
  const size = measure(found)
  return isBetter(size, best) ? size : best
}

const best = (
  book: Book,
  merge: Merge,
  measure: Measuring,
  ways: readonly Way[],
  most: number,
  start: Measure,
): Measure => {
  const starts = new Map<string, readonly Item[] | undefined>() // local mutation: what was taken apart
  const startOf = (apart: readonly Kind[]): readonly Item[] | undefined => {
    const [last] = apart.slice(-1)
    if (last === undefined) return start.items
    const key = apart.join()
    if (starts.has(key)) return starts.get(key)
    const before = startOf(apart.slice(0, -1))
    const pieces = before && explode(book, before, last, most)
    starts.set(key, pieces?.length === before?.length ? undefined : pieces)
    return starts.get(key)
  }
  return ways.reduce<Measure>((least, { apart, order }) => {
    const pieces = startOf(apart)
    return pieces === undefined ? least : better(measure, least, mergeAll(merge, order)(pieces))
  }, start)
}

/**
 * The best of several ways of merging: by which element first, and whether statements are first taken apart. Many
 * statements are merged first, since what is taken apart after that is the same and far less.
 *
 * @category combinators
 * @since 0.1.0
 */
export const mergeStatements =
  (book: Book, measure: Measuring) =>
  (items: readonly Item[]): readonly Item[] => {
    const merge = merging(book)
    const start = measure(items)
    if (!isMany(items)) return best(book, merge, measure, fewWays(kindsOf(items)), FEW_PIECES, start).items
    const merged = [actionsFirst, resourcesFirst].reduce<Measure>(
      (least, order) => better(measure, least, mergeAll(merge, order)(items)),
      start,
    )
    return best(book, merge, measure, manyWays, MANY_PIECES, merged).items
  }
