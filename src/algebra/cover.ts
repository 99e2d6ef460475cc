/**
 * The one question of the algebra: is an intersection of boxes covered by a union of boxes? Answered with proof, or by a
 * point that is in all of the former and none of the latter.
 *
 * Dimension by dimension, the search asks which combinations of the boxes' sets some value lies in, and goes on with the
 * boxes that are still alive. A combination is dropped as soon as the boxes that are sure to be alive cover the rest by
 * themselves: that is sound since more boxes cover more, and it keeps unions of many boxes cheap. Results are remembered
 * by dimension and boxes alive.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Bits, Budget } from '../pattern/index.js'
import { everything, intersect, type Box } from './Box.js'
import type { Dimension, Sample } from './Dimension.js'

// ---- model ----

/**
 * A point outside the cover: a value for each dimension that was asked, by place.
 *
 * @category model
 * @since 0.1.0
 */
export type Point = ReadonlyMap<number, Sample>

/**
 * Covered, or a point that is not; `Left` when the budget ran out first.
 *
 * @category model
 * @since 0.1.0
 */
export type Cover = E.Either<Budget.BudgetExceeded, Point | 'Covered'>

// ---- the search ----

interface Search {
  readonly dimensions: readonly Dimension[]
  readonly inside: Box
  readonly outside: readonly Box[]
  readonly last: readonly number[]
  readonly counter: Budget.Counter
  // eslint-disable-next-line functional/prefer-readonly-type -- the memory of one search, which it fills
  readonly known: Map<string, Cover>
}

const none: readonly number[] = []

const setsIn = (box: Box, dimension: number): readonly number[] => box.sets.get(dimension) ?? none

/** The last dimension in which a box says something, -1 for a box of everything. */
const lastOf = (box: Box): number =>
  Array.from(box.sets.keys()).reduce((last, dimension) => Math.max(last, dimension), -1)

/**
 * Looks for a point that is in all of `inside` and in none of `outside`.
 *
 * **Cost** counted by `counter`; coNP-complete in general, and near linear for policies as they are written.
 *
 * @category analysis
 * @since 0.1.0
 */
export const uncovered = (
  dimensions: readonly Dimension[],
  inside: readonly Box[],
  outside: readonly Box[],
  counter: Budget.Counter,
): Cover => {
  const box = inside.reduce(intersect, everything)
  const left = remaining(dimensions, box, outside)
  if (left === 'Covered') return E.right('Covered')
  const search: Search = {
    dimensions,
    inside: box,
    outside: left,
    last: left.map(lastOf),
    counter,
    known: new Map(),
  }
  return from(search, 0, Bits.below(left.length))
}

/**
 * What is left to ask of the outer boxes: without those that surely miss the inner box in some dimension, and without
 * what they ask that surely holds of all of the inner box. One of which nothing is left covers it.
 */
const remaining = (
  dimensions: readonly Dimension[],
  inside: Box,
  outside: readonly Box[],
): readonly Box[] | 'Covered' => {
  const found: Box[] = [] // local mutation: filled until one covers
  for (const box of outside) {
    const left = leftOf(dimensions, inside, box)
    if (left === undefined) continue
    if (left.sets.size === 0) return 'Covered'
    found.push(left)
  }
  return found
}

const leftOf = (dimensions: readonly Dimension[], inside: Box, box: Box): Box | undefined => {
  const left = new Map<number, readonly number[]>() // local mutation: the constraints that are kept
  for (const [dimension, sets] of box.sets) {
    const must = setsIn(inside, dimension)
    const relations = sets.map((set) => dimensions[dimension]?.relation(must, set) ?? 'Open')
    if (relations.includes('Apart')) return undefined
    const open = sets.filter((_, i) => relations[i] === 'Open')
    if (open.length > 0) left.set(dimension, open)
  }
  return { sets: left }
}

const from = (search: Search, dimension: number, alive: Bits.Bits): Cover => {
  const members = Bits.toArray(alive)
  if (members.some((box) => (search.last[box] ?? -1) < dimension)) return E.right('Covered')
  if (dimension >= search.dimensions.length) return E.right(new Map())
  const must = setsIn(search.inside, dimension)
  const live = members.flatMap((box) => setsIn(search.outside[box] ?? { sets: new Map() }, dimension))
  if (must.length === 0 && live.length === 0) return from(search, dimension + 1, alive)
  const key = `${dimension}/${Bits.key(alive)}`
  const known = search.known.get(key)
  if (known !== undefined) return known
  const answer = through(search, dimension, members, must, live)
  search.known.set(key, answer) // local mutation: remembered for this search
  return answer
}

const through = (
  search: Search,
  dimension: number,
  members: readonly number[],
  must: readonly number[],
  live: readonly number[],
): Cover => {
  const { dimensions, counter } = search
  let result: Cover = E.right('Covered') // local mutation: set by the visitor
  const survivors = (signature: Bits.Bits): Bits.Bits =>
    Bits.of(
      members.filter((box) =>
        setsIn(search.outside[box] ?? { sets: new Map() }, dimension).every((set) =>
          Bits.has(signature, set),
        ),
      ),
    )
  const rest = (signature: Bits.Bits): Cover => from(search, dimension + 1, survivors(signature))
  const outcome = dimensions[dimension]?.search(
    {
      must,
      live: Bits.of(live),
      prune: (lower) => {
        const cover = rest(lower)
        return E.isRight(cover) && cover.right === 'Covered'
      },
      visit: (signature, sample) => {
        const cover = rest(signature)
        if (E.isRight(cover) && cover.right === 'Covered') return false
        result = E.map((point: Point | 'Covered') =>
          point === 'Covered' ? point : new Map([...point, [dimension, sample]]),
        )(cover)
        return true
      },
    },
    counter,
  )
  if (!counter.spend(1)) return E.left(Budget.exceeded(counter, 'cover'))
  return outcome !== undefined && E.isLeft(outcome) ? outcome : result
}
