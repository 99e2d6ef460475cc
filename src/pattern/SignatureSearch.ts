/**
 * Which combinations of string sets have a common word: the question that a search over boxes asks of one dimension.
 *
 * The signature of a word is the set of sets, among those that are live, that contain it. Of the very many conceivable
 * signatures only those that some word has are visited.
 *
 * Laws: 1. every signature visited is that of its sample, and the sample lies in all of `must` and in the universe
 * 2. every signature that such a word has is visited once, unless `prune` or `smallest` spares it.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as Bits from './Bits.js'
import * as Budget from './Budget.js'
import * as Core from './Space.js'
import type { StringSet } from './StringSet.js'

// ---- model ----

/**
 * One query: the signatures over `live` of the words that lie in every set of `must`.
 *
 * - `prune(lower)`: true spares all signatures that include `lower`; it must then be true of every larger set, too.
 * - `visit(signature, sample)`: true ends the search.
 * - `smallest`: true if a signature need not be visited when one inside it was: allows much stronger pruning, for callers to
 *   whom fewer sets are always more interesting.
 *
 * @category model
 * @since 0.1.0
 */
export interface Query {
  readonly must: ReadonlyArray<number>
  readonly live: Bits.Bits
  readonly prune: (lower: Bits.Bits) => boolean
  readonly visit: (signature: Bits.Bits, sample: string) => boolean
  readonly smallest?: boolean
}

/**
 * A family of string sets, complements included, within a universe.
 *
 * @category model
 * @since 0.1.0
 */
export interface Space {
  readonly size: number
  /** The sets that contain the word. */
  readonly member: (word: string) => Bits.Bits
  /** Whether the word lies in the universe. */
  readonly inUniverse: (word: string) => boolean
  /** Visits signatures until `visit` says stop (then `true`) or all are seen (then `false`). */
  readonly search: (query: Query, counter: Budget.Counter) => E.Either<Budget.BudgetExceeded, boolean>
}

// ---- constructors ----

/**
 * The space of these sets; a set is named by its place in the list. Every word must lie in the universe, if there is one.
 *
 * **Cost** linear in the letters of all globs and strings, but for sorting. To be built once and asked often.
 *
 * @category constructors
 * @since 0.1.0
 */
export const compile = (sets: ReadonlyArray<StringSet>, universe?: StringSet): Space => {
  const core = Core.space(universe === undefined ? sets : [...sets, universe])
  const flipped = Bits.of(core.sets.flatMap((set, index) => (set.complement ? [index] : [])))
  const within = universe === undefined ? [] : [sets.length]
  const every = Bits.below(sets.length)
  const holding = (word: string): Bits.Bits => Bits.xor(core.holding(word), flipped)
  return {
    size: sets.length,
    member: (word) => Bits.and(holding(word), every),
    inUniverse: (word) => within.every((index) => Bits.has(holding(word), index)),
    search: (query, counter) => search(core, flipped, within, query, counter),
  }
}

// ---- the search ----

// The set to go through: one of `must` that is no complement, with the fewest globs; the universe only if there is no other.
const driverOf = (
  core: Core.Space,
  must: ReadonlyArray<number>,
  within: ReadonlyArray<number>,
): number | undefined => {
  const cost = (index: number): number => {
    const set = core.sets[index]
    if (set === undefined || set.complement) return Infinity
    return set.globs.length * 64 + set.literals.length + (within.includes(index) ? 2 ** 40 : 0)
  }
  const best = must.reduce<number | undefined>(
    (least, index) => (least === undefined || cost(index) < cost(least) ? index : least),
    undefined,
  )
  return best === undefined || cost(best) === Infinity ? undefined : best
}

const preferenceOf = (
  required: Bits.Bits,
  live: Bits.Bits,
  flipped: Bits.Bits,
): Core.Question['preference'] => {
  const free = Bits.andNot(live, required)
  return {
    inside: Bits.or(Bits.andNot(required, flipped), Bits.and(free, flipped)),
    outside: Bits.or(Bits.and(required, flipped), Bits.andNot(free, flipped)),
  }
}

const search = (
  core: Core.Space,
  flipped: Bits.Bits,
  within: ReadonlyArray<number>,
  query: Query,
  counter: Budget.Counter,
): E.Either<Budget.BudgetExceeded, boolean> => {
  const must = [...query.must, ...within]
  const required = Bits.of(must)
  const [included, avoided] = [Bits.andNot(required, flipped), Bits.and(required, flipped)]
  const [plain, complements] = [Bits.andNot(query.live, flipped), Bits.and(query.live, flipped)]
  const seen = new Set<string>() // local mutation: the signatures visited
  const fits = (certain: Bits.Bits, possible: Bits.Bits): boolean =>
    Bits.isSubset(included, possible) && !Bits.intersects(avoided, certain)
  const question: Core.Question = {
    driver: driverOf(core, must, within),
    relevant: Bits.or(required, query.live),
    preference: query.smallest === true ? preferenceOf(required, query.live, flipped) : undefined,
    tooLong: () => Infinity,
    dead: (certain, possible) =>
      !fits(certain, possible) ||
      query.prune(Bits.or(Bits.and(certain, plain), Bits.andNot(complements, possible))),
    accept: (sets, word) => {
      const signature = Bits.and(Bits.xor(sets, flipped), query.live)
      const key = Bits.key(signature)
      if (!fits(sets, sets) || seen.has(key)) return false
      seen.add(key)
      return !query.prune(signature) && query.visit(signature, word())
    },
  }
  const outcome = core.ask(question, counter)
  return outcome === 'Exceeded'
    ? E.left(Budget.exceeded(counter, 'signature search'))
    : E.right(outcome === 'Stopped')
}
