/**
 * Statements cut and packed into a given room.
 *
 * @since 0.1.0
 */
import type { Statement } from '../model/index.js'
import { keep, slots, type Slot } from './rewriteForm.js'

// ---- model ----

/**
 * A statement and its characters.
 *
 * @category model
 * @since 0.1.0
 */
export interface Piece {
  readonly statement: Statement.Statement
  readonly size: number
}

type SizeOf = (statement: Statement.Statement) => number

// ---- cutting ----

const characters = ({ values }: Slot): number => values.reduce((sum, value) => sum + value.length, 0)

/** The list that holds the most characters, of those that are unions of their values. */
const longestList = (statement: Statement.Statement): Slot | undefined =>
  slots(statement)
    .filter(({ additive, values }) => additive && values.length > 1)
    .reduce<Slot | undefined>(
      (longest, slot) => (longest !== undefined && characters(longest) >= characters(slot) ? longest : slot),
      undefined,
    )

const withValues = (
  statement: Statement.Statement,
  slot: Slot,
  from: number,
  to: number,
): Statement.Statement | undefined => {
  const chosen = new Set(slot.values.slice(from, to))
  return keep(slot.name, (value) => chosen.has(value))(statement)
}

/** As many values from one on as make a statement of at most `room` characters, found by halving. */
const mostValues = (
  sizeOf: SizeOf,
  statement: Statement.Statement,
  slot: Slot,
  from: number,
  room: number,
): number => {
  let [fits, fails] = [0, slot.values.length - from + 1] // local mutation: what is known to fit, and not to
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2)
    const part = withValues(statement, slot, from, from + middle)
    if (part !== undefined && sizeOf(part) <= room) fits = middle
    else fails = middle
  }
  return fits
}

const nameless = (statement: Statement.Statement): Statement.Statement => ({ ...statement, sid: undefined })

/**
 * A piece of at most `room` characters cut off a statement, and what is left of it; undefined where not even one value of
 * its longest list has room.
 *
 * @category combinators
 * @since 0.1.0
 */
export const cut =
  (sizeOf: SizeOf, room: number) =>
  ({ statement }: Piece): readonly [Piece, Piece] | undefined => {
    const slot = longestList(statement)
    if (slot === undefined) return undefined
    const count = mostValues(sizeOf, statement, slot, 0, room)
    const head = withValues(statement, slot, 0, count)
    const tail = withValues(nameless(statement), slot, count, slot.values.length)
    if (count === 0 || head === undefined || tail === undefined) return undefined
    return [
      { statement: head, size: sizeOf(head) },
      { statement: tail, size: sizeOf(tail) },
    ]
  }

/** One value of the longest list by itself, and the rest, so that the other lists can be cut for each. */
const cutOne = (sizeOf: SizeOf, { statement }: Piece): readonly [Piece, Piece] | undefined => {
  const slot = longestList(statement)
  const head = slot && withValues(statement, slot, 0, 1)
  const tail = slot && withValues(nameless(statement), slot, 1, slot.values.length)
  return head === undefined || tail === undefined
    ? undefined
    : [
        { statement: head, size: sizeOf(head) },
        { statement: tail, size: sizeOf(tail) },
      ]
}

/**
 * The statement in pieces of at most `room` characters each: itself where it has room, otherwise cut by its longest list,
 * and where a single value of that is too much, by the next; undefined where no cut helps.
 *
 * @category combinators
 * @since 0.1.0
 */
export const chunks =
  (sizeOf: SizeOf, room: number) =>
  (piece: Piece): readonly Piece[] | undefined => {
    const done: Piece[] = [] // local mutation: pieces that have room
    const left: Piece[] = [piece] // local mutation: pieces still to be cut, the next one last
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if (next.size <= room) {
        done.push(next)
        continue
      }
      const parts = cut(sizeOf, room)(next) ?? cutOne(sizeOf, next)
      if (parts === undefined) return undefined
      left.push(parts[1], parts[0])
    }
    return done
  }

// ---- packing ----

type Part = readonly Piece[]

/** With the commas between statements. */
const filled = (part: Part): number => part.reduce((sum, { size }) => sum + size, part.length - 1)

/** Each piece, the largest first, into the first part that has room for it. */
const packed = (capacity: number, pieces: readonly Piece[]): readonly Part[] => {
  const parts: Piece[][] = [] // local mutation: parts grow as pieces are put in, as do their sizes
  const sizes: number[] = []
  for (const piece of [...pieces].sort((a, b) => b.size - a.size)) {
    const place = sizes.findIndex((size) => size + 1 + piece.size <= capacity)
    const part = parts[place]
    if (part === undefined) {
      parts.push([piece])
      sizes.push(piece.size)
      continue
    }
    part.push(piece)
    sizes[place] = (sizes[place] ?? 0) + 1 + piece.size
  }
  return parts
}

/** Pieces one after the other, each part filled to the brim by cutting the piece that has no room left. */
const poured = (sizeOf: SizeOf, capacity: number, pieces: readonly Piece[]): readonly Part[] => {
  const parts: Piece[][] = [] // local mutation: the last part is being filled
  const left = [...pieces].reverse() // local mutation: the next piece last
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const part = parts.at(-1)
    const room = part === undefined ? -1 : capacity - filled(part) - 1
    if (part !== undefined && next.size <= room) {
      part.push(next)
      continue
    }
    const halves = part === undefined ? undefined : cut(sizeOf, room)(next)
    if (halves === undefined) parts.push([next])
    else {
      part?.push(halves[0])
      left.push(halves[1])
    }
  }
  return parts
}

/**
 * The pieces shared out over as few parts of a capacity as either way of packing finds: whole where that takes at most
 * `enough` parts, otherwise cut where it saves a part.
 *
 * @category combinators
 * @since 0.1.0
 */
export const fill =
  (sizeOf: SizeOf, capacity: number, enough: number) =>
  (pieces: readonly Piece[]): readonly Part[] => {
    const whole = packed(capacity, pieces)
    if (whole.length <= enough) return whole
    const cutUp = poured(sizeOf, capacity, pieces)
    return cutUp.length < whole.length ? cutUp : whole
  }
