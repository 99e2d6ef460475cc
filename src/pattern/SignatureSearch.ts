/**
 * Which combinations of string sets have a common word: the question that a search over boxes asks of one dimension.
 *
 * The signature of a word is the set of sets, among those that are live, that contain it. Of the very many conceivable
 * signatures only those that some word has are visited.
 *
 * A set and its complement are one atom here, so that what is worked out of the one is not worked out of the other again.
 *
 * Laws: 1. every signature visited is that of its sample, and the sample lies in all of `must` and in the universe
 * 2. every signature that such a word has is visited once, unless `prune` or `smallest` spares it.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as Bits from './Bits.js'
import * as Budget from './Budget.js'
import type { Outcome } from './Explore.js'
import { show } from './Glob.js'
import { ofValue } from './Remember.js'
import * as Core from './Space.js'
import { negate } from './StringSet.js'
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

// ---- atoms ----

/**
 * The sets of a family as atoms: sets without complement flag, each once. `atomOf[i]` is the atom of set `i`, which is its
 * complement where `flipped` has `i`.
 */
interface Atoms {
  readonly sets: ReadonlyArray<StringSet>
  readonly atomOf: ReadonlyArray<number>
  readonly flipped: Bits.Bits
}

const contentOf = ofValue(({ literals, globs }: StringSet): string =>
  JSON.stringify([[...literals].sort(), globs.map(show).sort()]),
)

const atomsOf = (sets: ReadonlyArray<StringSet>): Atoms => {
  const numbers = new Map<string, number>() // local mutation: atoms are numbered as they are met
  const found: Array<StringSet> = []
  const atomOf = sets.map((set) => {
    const content = contentOf(set)
    const number = numbers.get(content) ?? found.length
    if (number === found.length) found.push(set.complement ? negate(set) : set)
    numbers.set(content, number)
    return number
  })
  return { sets: found, atomOf, flipped: Bits.of(sets.flatMap((set, i) => (set.complement ? [i] : []))) }
}

/** The sets that hold the words which lie in these atoms and in no others. */
const setsIn = ({ sets, atomOf, flipped }: Atoms, atoms: Bits.Bits): Bits.Bits =>
  Bits.xor(
    sets.length === atomOf.length
      ? atoms
      : Bits.of(atomOf.flatMap((atom, i) => (Bits.has(atoms, atom) ? [i] : []))),
    flipped,
  )

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
  const atoms = atomsOf(universe === undefined ? sets : [...sets, universe])
  const core = Core.space(atoms.sets)
  const within = universe === undefined ? [] : [sets.length]
  const every = Bits.below(sets.length)
  const holding = (word: string): Bits.Bits => setsIn(atoms, core.holding(word))
  return {
    size: sets.length,
    member: (word) => Bits.and(holding(word), every),
    inUniverse: (word) => within.every((index) => Bits.has(holding(word), index)),
    search: (query, counter) => search({ core, atoms, within }, query, counter),
  }
}

// ---- cases ----

interface Family {
  readonly core: Core.Space
  readonly atoms: Atoms
  readonly within: ReadonlyArray<number>
}

/** Words are asked for that lie in all of the atoms `inside` and in none of `outside`. */
interface Case {
  readonly inside: Bits.Bits
  readonly outside: Bits.Bits
}

const entering = (atom: number, { inside, outside }: Case): Case => ({
  inside: Bits.set(inside, atom),
  outside,
})
const leaving = (atom: number, { inside, outside }: Case): Case => ({
  inside,
  outside: Bits.set(outside, atom),
})

const isOpen = (atom: number, { inside, outside }: Case): boolean =>
  !Bits.has(inside, atom) && !Bits.has(outside, atom)

/** More atoms than this are not told apart beforehand where that doubles the cases. */
const mostDoubled = 4

/** The atoms that a query asks for, plainly and as complements. */
interface Live {
  readonly plain: ReadonlySet<number>
  readonly complements: ReadonlySet<number>
  readonly smallest: boolean
}

/**
 * The query case by case. Where a set and its complement are both live, every word is in one of them, which the search would
 * find only by following the set to the end of each word: so its words and the others are taken apart beforehand. Where
 * there is no set to go through, the live ones are gone through one by one: complements, since what they leave out is such a
 * set, and the others where words of all signatures are wanted.
 */
const casesOf = (
  { core, atoms, within }: Family,
  whole: Case,
  { plain, complements, smallest }: Live,
): ReadonlyArray<Case> => {
  const both = [...complements].filter((atom) => plain.has(atom) && isOpen(atom, whole))
  const doubled = both
    .slice(0, mostDoubled)
    .reduce<ReadonlyArray<Case>>(
      (done, atom) => done.flatMap((each) => [entering(atom, each), leaving(atom, each)]),
      [whole],
    )
  const universe = within.map((index) => atoms.atomOf[index])
  const drivers = [...complements, ...(smallest ? [] : plain)].filter(
    (atom) => (core.sets[atom]?.globs.length ?? 0) > 0,
  )
  return doubled.flatMap((each) => {
    const driver = driverOf(core, each.inside, universe)
    return driver !== undefined && !universe.includes(driver) ? [each] : oneByOne(each, drivers)
  })
}

/** For each atom the words that lie in it and in none before, then those that lie in none. */
const oneByOne = (whole: Case, drivers: ReadonlyArray<number>): ReadonlyArray<Case> => {
  const found: Array<Case> = [] // local mutation: one case an atom
  let rest = whole
  for (const atom of drivers) {
    if (!isOpen(atom, rest)) continue
    found.push(entering(atom, rest))
    rest = leaving(atom, rest)
  }
  return [...found, rest]
}

/** The atom to go through: the one with the fewest globs; the universe only if there is no other. */
const driverOf = (
  core: Core.Space,
  inside: Bits.Bits,
  universe: ReadonlyArray<number | undefined>,
): number | undefined => {
  const cost = (atom: number): number => {
    const set = core.sets[atom]
    return set === undefined
      ? Infinity
      : set.globs.length * 64 + set.literals.length + (universe.includes(atom) ? 2 ** 40 : 0)
  }
  return Bits.toArray(inside).reduce<number | undefined>(
    (least, atom) => (least === undefined || cost(atom) < cost(least) ? atom : least),
    undefined,
  )
}

// ---- the search ----

const atomsAt = ({ atomOf }: Atoms, sets: ReadonlyArray<number>): ReadonlySet<number> =>
  new Set(sets.flatMap((index) => atomOf[index] ?? []))

const search = (
  family: Family,
  query: Query,
  counter: Budget.Counter,
): E.Either<Budget.BudgetExceeded, boolean> => {
  const { atoms, within } = family
  const isFlipped = (index: number): boolean => Bits.has(atoms.flipped, index)
  const must = [...query.must, ...within]
  const whole: Case = {
    inside: Bits.of(
      atomsAt(
        atoms,
        must.filter((index) => !isFlipped(index)),
      ),
    ),
    outside: Bits.of(atomsAt(atoms, must.filter(isFlipped))),
  }
  if (Bits.intersects(whole.inside, whole.outside)) return E.right(false)
  const named = Bits.toArray(query.live)
  const live: Live = {
    plain: atomsAt(
      atoms,
      named.filter((index) => !isFlipped(index)),
    ),
    complements: atomsAt(atoms, named.filter(isFlipped)),
    smallest: query.smallest === true,
  }
  const seen = visited()
  for (const each of casesOf(family, whole, live)) {
    const outcome = searchCase({ family, query, live, seen }, each, counter)
    if (outcome === 'Exceeded') return E.left(Budget.exceeded(counter, 'signature search'))
    if (outcome === 'Stopped') return E.right(true)
  }
  return E.right(false)
}

/** What the cases of one query share. */
interface Asked {
  readonly family: Family
  readonly query: Query
  readonly live: Live
  readonly seen: Visited
}

const preferenceOf = (
  { inside, outside }: Case,
  plain: Bits.Bits,
  complements: Bits.Bits,
): Core.Question['preference'] => {
  const open = (live: Bits.Bits): Bits.Bits => Bits.andNot(live, Bits.or(inside, outside))
  return { inside: Bits.or(inside, open(complements)), outside: Bits.or(outside, open(plain)) }
}

/** The signatures that were visited, as atoms. */
interface Visited {
  /** Notes a signature: is it a new one? */
  readonly note: (signature: Bits.Bits) => boolean
  /** Has every signature been visited that has all of `certain` and, beyond that, nothing but what is `open`? */
  readonly hasAll: (certain: Bits.Bits, open: Bits.Bits) => boolean
}

/** With so many atoms open, it is looked up whether all their combinations have been visited. */
const fewOpen = 3

const visited = (): Visited => {
  const seen = new Set<string>() // local mutation: filled as signatures are visited
  return {
    note: (signature) => {
      const before = seen.size
      seen.add(Bits.key(signature))
      return seen.size > before
    },
    hasAll: (certain, open) => {
      const atoms = Bits.toArray(open)
      return (
        atoms.length <= fewOpen &&
        seen.size >= 2 ** atoms.length &&
        combinations(certain, atoms).every((each) => seen.has(Bits.key(each)))
      )
    },
  }
}

const combinations = (certain: Bits.Bits, open: ReadonlyArray<number>): ReadonlyArray<Bits.Bits> =>
  open.reduce<ReadonlyArray<Bits.Bits>>(
    (done, atom) => done.flatMap((each) => [each, Bits.set(each, atom)]),
    [certain],
  )

const searchCase = (
  { family, query, live: { plain, complements, smallest }, seen }: Asked,
  asked: Case,
  counter: Budget.Counter,
): Outcome => {
  const { core, atoms, within } = family
  const { inside, outside } = asked
  const [wanted, unwanted] = [Bits.of(plain), Bits.of(complements)]
  const live = Bits.or(wanted, unwanted)
  const signatureOf = (held: Bits.Bits): Bits.Bits => Bits.and(setsIn(atoms, held), query.live)
  /** The live sets that hold all words between the two. */
  const lowerOf = (certain: Bits.Bits, possible: Bits.Bits): Bits.Bits =>
    Bits.or(Bits.andNot(signatureOf(certain), atoms.flipped), Bits.and(signatureOf(possible), atoms.flipped))
  const fits = (certain: Bits.Bits, possible: Bits.Bits): boolean =>
    Bits.isSubset(inside, possible) && !Bits.intersects(outside, certain)
  return core.ask(
    {
      driver: driverOf(
        core,
        inside,
        within.map((index) => atoms.atomOf[index]),
      ),
      relevant: Bits.or(live, Bits.or(inside, outside)),
      preference: smallest ? preferenceOf(asked, wanted, unwanted) : undefined,
      tooLong: () => Infinity,
      dead: (certain, possible) => {
        if (!fits(certain, possible)) return true
        const [least, most] = [Bits.or(certain, inside), Bits.andNot(possible, outside)]
        const [held, open] = [Bits.and(least, live), Bits.andNot(Bits.and(most, live), least)]
        return seen.hasAll(held, open) || query.prune(lowerOf(least, most))
      },
      accept: (held, word) => {
        if (!fits(held, held) || !seen.note(Bits.and(held, live))) return false
        const signature = signatureOf(held)
        return !query.prune(signature) && query.visit(signature, word())
      },
    },
    counter,
  )
}
