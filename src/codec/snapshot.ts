/**
 * Turns any value into plain data: own enumerable string members, read once, of ordinary objects and dense lists.
 * Getters and proxies may throw or lie, and objects may contain themselves; afterwards none of that is left.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Problem } from '../model/index.js'
import { at, type Place } from './Place.js'
import { depthLimit } from './scan.js'
import type { Sink } from './Sink.js'

// ---- model ----

/**
 * The size of input that is read at all: characters of text, and of strings in objects.
 *
 * @category model
 * @since 0.1.0
 */
export const sizeLimit = 20_000_000

/**
 * Objects may have so many members and items altogether.
 *
 * @category model
 * @since 0.1.0
 */
export const nodeLimit = 1_000_000

/**
 * Stands where a value could not be read, after a finding has said so.
 *
 * @category model
 * @since 0.1.0
 */
export const unreadable: unique symbol = Symbol('unreadable')

interface Reader {
  readonly sink: Sink
  /** Takes so many nodes and characters off the budget; false when it is used up. */
  readonly spend: (nodes: number, characters: number) => boolean
}

/** The objects that a value stands in, innermost first. */
interface Around {
  readonly value: object
  readonly depth: number
  readonly around: Around | undefined
}

// ---- constructors ----

/**
 * A copy of a value as plain data. Members whose value is `undefined` are left out, as JSON does; what is not JSON
 * otherwise (functions, symbols, bigints) stays for the decoder to refuse.
 *
 * **Errors** `InvalidType` where a read throws or an object contains itself, `TooDeep`, `TooLarge`.
 * **Cost** linear, up to the limits.
 *
 * @category constructors
 * @since 0.1.0
 */
export const snapshot =
  (sink: Sink) =>
  (input: unknown): unknown => {
    let [nodes, characters] = [nodeLimit, sizeLimit] // local mutation: what is left of the budget
    const spend = (n: number, c: number): boolean => {
      nodes -= n
      characters -= c
      return nodes >= 0 && characters >= 0
    }
    return copy({ sink, spend }, input, undefined, undefined)
  }

const refuse = (
  sink: Sink,
  place: Place | undefined,
  code: Problem.ProblemCode,
  message: string,
): unknown => {
  sink.add(place, Problem.problem(code, message))
  return unreadable
}

const attempt = <A>(read: () => A): E.Either<unknown, A> => E.tryCatch(read, (thrown) => thrown)

const throws = 'reading this value throws'

const large = `the input is too large: at most ${nodeLimit} values and ${sizeLimit} characters are read`

const isAround = (value: object, innermost: Around | undefined): boolean => {
  for (let here = innermost; here !== undefined; here = here.around) if (here.value === value) return true
  return false
}

/** Recursion ends at `depthLimit`. */
const copy = (
  reader: Reader,
  value: unknown,
  place: Place | undefined,
  around: Around | undefined,
): unknown => {
  const { sink } = reader
  if (typeof value === 'string')
    return reader.spend(0, value.length) ? value : refuse(sink, place, 'TooLarge', large)
  if (typeof value !== 'object' || value === null) return value
  if (isAround(value, around)) return refuse(sink, place, 'InvalidType', 'this object contains itself')
  if (around !== undefined && around.depth >= depthLimit)
    return refuse(sink, place, 'TooDeep', `the input is nested more than ${depthLimit} levels deep`)
  const list = attempt(() => Array.isArray(value))
  if (E.isLeft(list)) return refuse(sink, place, 'InvalidType', throws)
  const inside: Around = { value, depth: (around?.depth ?? 0) + 1, around }
  return list.right ? copyList(reader, value, place, inside) : copyRecord(reader, value, place, inside)
}

const copyList = (
  reader: Reader,
  value: object,
  place: Place | undefined,
  around: Around | undefined,
): unknown => {
  const length = attempt((): unknown => Reflect.get(value, 'length'))
  if (E.isLeft(length) || typeof length.right !== 'number' || !Number.isInteger(length.right))
    return refuse(reader.sink, place, 'InvalidType', throws)
  if (!reader.spend(length.right, 0)) return refuse(reader.sink, place, 'TooLarge', large)
  const items: unknown[] = [] // local mutation: stops early once there are too many findings
  for (let i = 0; i < length.right && !reader.sink.full(); i++)
    items.push(copyMember(reader, value, String(i), at(place, i), around))
  return items
}

const copyRecord = (
  reader: Reader,
  value: object,
  place: Place | undefined,
  around: Around | undefined,
): unknown => {
  const keys = attempt(() => Object.keys(value))
  if (E.isLeft(keys)) return refuse(reader.sink, place, 'InvalidType', throws)
  const length = keys.right.reduce((sum, key) => sum + key.length, 0)
  if (!reader.spend(keys.right.length, length)) return refuse(reader.sink, place, 'TooLarge', large)
  const members: (readonly [string, unknown])[] = [] // local mutation: stops early, as above
  for (const key of keys.right) {
    if (reader.sink.full()) break
    const member = copyMember(reader, value, key, at(place, key), around)
    if (member !== undefined) members.push([key, member])
  }
  return Object.fromEntries(members)
}

const copyMember = (
  reader: Reader,
  value: object,
  key: string,
  place: Place,
  around: Around | undefined,
): unknown => {
  const member = attempt((): unknown => Reflect.get(value, key))
  return E.isLeft(member)
    ? refuse(reader.sink, place, 'InvalidType', throws)
    : copy(reader, member.right, place, around)
}
