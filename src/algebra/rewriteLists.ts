/**
 * Lists of numbers, and how equal things are made once: what is equal is then the same, and is told apart by its number.
 *
 * @since 0.1.0
 */

// ---- model ----

/**
 * A list of values by their numbers, ascending, each once. A book has one list for equal ones.
 *
 * @category model
 * @since 0.1.0
 */
export interface List {
  readonly id: number
  readonly ids: readonly number[]
}

// ---- lists ----

/**
 * Is a value in a list?
 *
 * @category predicates
 * @since 0.1.0
 */
export const contains = ({ ids }: List, value: number): boolean => {
  let from = 0 // local mutation: from here to the next is where it may be
  let to = ids.length
  while (from < to) {
    const middle = (from + to) >>> 1
    const found = ids[middle] ?? value
    if (found === value) return true
    if (found < value) from = middle + 1
    else to = middle
  }
  return false
}

/**
 * Is one of some values in a list?
 *
 * @category predicates
 * @since 0.1.0
 */
export const containsAny = (list: List, values: readonly number[]): boolean => {
  for (const value of values) if (contains(list, value)) return true
  return false
}

/** Up to so many numbers are put in order one by one. */
const FEW = 16

/**
 * Numbers in order, each once.
 *
 * @category combinators
 * @since 0.1.0
 */
export const ascending = (ids: readonly number[]): readonly number[] => {
  if (isAscending(ids)) return ids
  return ids.length <= FEW ? inserted(ids) : sortedOnce(ids)
}

const isAscending = (ids: readonly number[]): boolean => {
  for (let i = 1; i < ids.length; i++) if ((ids[i] ?? 0) <= (ids[i - 1] ?? 0)) return false
  return true
}

const inserted = (ids: readonly number[]): readonly number[] => {
  const done: number[] = [] // local mutation: each number goes to its place
  for (const id of ids) {
    let at = done.length
    while ((done[at - 1] ?? id) > id) at--
    if (done[at - 1] === id) continue
    if (at === done.length) done.push(id)
    else done.splice(at, 0, id)
  }
  return done
}

const sortedOnce = (ids: readonly number[]): readonly number[] => {
  const done: number[] = [] // local mutation: one pass
  new Uint32Array(ids).sort().forEach((id) => {
    if (id !== done.at(-1)) done.push(id)
  })
  return done
}

/**
 * Numbers of several lists, in order, each once.
 *
 * @category combinators
 * @since 0.1.0
 */
export const unionOf = (lists: readonly (readonly number[])[]): readonly number[] => {
  const all: number[] = [] // local mutation: gathered list by list
  for (const list of lists) for (const id of list) all.push(id)
  return ascending(all)
}

// ---- one for all that are equal ----

/**
 * A kind of things of which one is made for all equal parts: those have the same hash, and `isOf` tells what is made of
 * them. What is made gets the next number.
 *
 * @category model
 * @since 0.1.0
 */
export interface Kind<Parts, A> {
  readonly hash: (parts: Parts) => number
  readonly isOf: (made: A, parts: Parts) => boolean
  readonly make: (parts: Parts, id: number) => A
}

/**
 * Finds what was made of equal parts before, else makes it; the numbers start at `first`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const once = <Parts, A>(kind: Kind<Parts, A>, first = 0): ((parts: Parts) => A) => {
  const byHash = new Map<number, A[]>() // local mutation: what has been made so far
  let next = first // local mutation: the number of what is made next
  return (parts) => {
    const hash = kind.hash(parts)
    const alike = byHash.get(hash)
    const found = alike && madeOf(kind, alike, parts)
    if (found !== undefined) return found
    const made = kind.make(parts, next++)
    if (alike === undefined) byHash.set(hash, [made])
    else alike.push(made)
    return made
  }
}

const madeOf = <Parts, A>({ isOf }: Kind<Parts, A>, alike: readonly A[], parts: Parts): A | undefined => {
  for (const made of alike) if (isOf(made, parts)) return made
  return undefined
}

/**
 * A hash and one number more.
 *
 * @category combinators
 * @since 0.1.0
 */
export const mixed = (hash: number, number: number): number =>
  Math.imul(hash ^ number, 0x01000193) ^ (hash >>> 15)

const hashIds = (ids: readonly number[]): number => {
  let hash = ids.length // local mutation: one pass
  for (const id of ids) hash = mixed(hash, id)
  return hash
}

const sameIds = (a: readonly number[], b: readonly number[]): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

const lists: Kind<readonly number[], List> = {
  hash: hashIds,
  isOf: ({ ids }, wanted) => sameIds(ids, wanted),
  make: (ids, id) => ({ id, ids }),
}

/**
 * Lists of numbers below a bound. Those of one number are at hand, since there are more of them than of all others.
 *
 * @category constructors
 * @since 0.1.0
 */
export const listMaker = (bound: number): ((ids: readonly number[]) => List) => {
  const singles = Array.from({ length: bound }, (_, id): List => ({ id, ids: [id] }))
  const longer = once(lists, bound)
  return (ids) => (ids.length === 1 ? singles[ids[0] ?? -1] : undefined) ?? longer(ids)
}
