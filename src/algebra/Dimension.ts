/**
 * A `Dimension` is one of the things in which requests differ: caller, action, resource, or a context key. The search
 * over boxes asks it which combinations of sets some value lies in.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Bits, Budget, type Glob, SignatureSearch, type StringSet } from '../pattern/index.js'
import {
  quickSet,
  sample as sampleOf,
  surelyApart,
  surelyWithin,
  type Filling,
  type QuickSet,
} from './quickSet.js'

// ---- model ----

/**
 * A value of a dimension: one text for caller, action and resource; for a context key its values, none when it is
 * missing.
 *
 * @category model
 * @since 0.1.0
 */
export type Sample = readonly string[]

/**
 * One query: see `SignatureSearch.Query`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Query {
  readonly must: readonly number[]
  readonly live: Bits.Bits
  readonly prune: (lower: Bits.Bits) => boolean
  readonly visit: (signature: Bits.Bits, sample: Sample) => boolean
}

/**
 * How a set stands to those that a value must lie in: it surely holds all such values, it surely holds none, or neither
 * is sure.
 *
 * @category model
 * @since 0.1.0
 */
export type Relation = 'Inside' | 'Apart' | 'Open'

/**
 * Sets of a dimension by number, and the search over the combinations of them that some value has. Of two
 * combinations of which one is inside the other, only the smaller one need be visited.
 *
 * @category model
 * @since 0.1.0
 */
export interface Dimension {
  readonly name: string
  readonly relation: (must: readonly number[], set: number) => Relation
  readonly search: (query: Query, counter: Budget.Counter) => E.Either<Budget.BudgetExceeded, boolean>
}

// ---- dimensions of texts ----

/** What is known of a dimension of texts before any automaton is built. */
interface Texts {
  readonly sets: readonly QuickSet[]
  readonly inWorld: (word: string) => boolean
  readonly ordinary: Ordinary
}

/**
 * What is common in a dimension: some words, for sets that say little, and texts for the wildcards of others.
 *
 * @category model
 * @since 0.1.0
 */
export interface Ordinary {
  readonly words: readonly string[]
  readonly fillings: readonly Filling[]
}

/**
 * A dimension of texts: sets of strings within a universe, without the words in `excluded`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ofStrings = (
  name: string,
  sets: readonly StringSet.StringSet[],
  universe: StringSet.StringSet,
  ordinary: Ordinary,
  excluded?: StringSet.StringSet,
): Dimension => {
  const outside = excluded === undefined ? [] : [quickSet(excluded)]
  const world = quickSet(universe)
  const texts: Texts = {
    sets: sets.map(quickSet),
    inWorld: (word) => world.has(word) && !outside.some(({ has }) => has(word)),
    ordinary,
  }
  let thorough: Dimension['search'] | undefined // local mutation: made when first asked, since few questions need it
  return {
    name,
    relation: remembered((must, set) => relationOf(texts, must, set)),
    search: (query, counter) => {
      const quick = searchQuickly(texts, query, counter)
      if (quick === 'Exceeded') return E.left(Budget.exceeded(counter, name))
      if (quick !== 'Open') return E.right(quick === 'Stopped')
      thorough ??= searchThoroughly(sets, universe, excluded)
      return thorough(query, counter)
    },
  }
}

const remembered = (relation: Dimension['relation']): Dimension['relation'] => {
  const known = new Map<string, Relation>() // local mutation: grows with the questions
  return (must, set) => {
    if (must.length === 0) return 'Open'
    if (must.includes(set)) return 'Inside'
    const key = `${must.join()}/${set}`
    const before = known.get(key)
    if (before !== undefined) return before
    const found = relation(must, set)
    known.set(key, found)
    return found
  }
}

const relationOf = ({ sets }: Texts, must: readonly number[], set: number): Relation => {
  const wanted = sets[set]
  if (wanted === undefined) return 'Open'
  const given = must.flatMap((each) => sets[each] ?? [])
  if (given.some((each) => surelyWithin(each, wanted))) return 'Inside'
  return given.some((each) => surelyApart(each, wanted)) ? 'Apart' : 'Open'
}

type Quick = 'Stopped' | 'Exhausted' | 'Exceeded' | 'Open'

/** The set to go through: of those that are no complements the one with the fewest members. */
const driverOf = (sets: readonly QuickSet[]): QuickSet | undefined =>
  sets
    .filter(({ set }) => !set.complement)
    .reduce<QuickSet | undefined>(
      (least, each) => (least === undefined || size(each) < size(least) ? each : least),
      undefined,
    )

const size = ({ set }: QuickSet): number => set.globs.length * 4 + set.literals.length

/**
 * Goes through the listed words of a set one by one, and through each of its globs at once, where some word of the glob
 * lies in no more sets than all of its words surely do: then that word stands for the whole glob. Of a glob that is not
 * that simple a few words are tried, each for itself: they may be what is looked for, and if not, the answer is `Open`.
 */
const searchQuickly = (texts: Texts, query: Query, counter: Budget.Counter): Quick => {
  const must = query.must.flatMap((each) => texts.sets[each] ?? [])
  const trial = trialOf(texts, query, must)
  const driver = driverOf(must)
  if (driver === undefined) return searchWorld(texts, query, trial)
  for (const word of driver.set.literals) {
    if (!counter.spend(1)) return 'Exceeded'
    if (trial.offer(word)) return 'Stopped'
  }
  let isOpen = false // local mutation: whether some glob is not that simple
  for (const glob of driver.set.globs) {
    if (!counter.spend(1)) return 'Exceeded'
    if (must.some((each) => each !== driver && each.misses(glob))) continue
    const quick = searchGlob(glob, texts.ordinary, query, trial)
    if (quick === 'Stopped') return quick
    isOpen ||= quick === 'Open'
  }
  return isOpen ? 'Open' : 'Exhausted'
}

const searchGlob = (
  glob: Glob.Glob,
  { fillings }: Ordinary,
  { prune }: Query,
  { fits, signatureOf, certainOf, offer }: Trial,
): Quick => {
  const certain = certainOf(glob)
  if (prune(certain)) return 'Exhausted'
  const isWhole = (word: string): boolean => Bits.equals(signatureOf(word), certain) && fits(word)
  const whole = fillings.find((filling) => isWhole(sampleOf(glob, filling)))
  const tried = whole === undefined ? fillings : [whole]
  if (tried.some((filling) => offer(sampleOf(glob, filling)))) return 'Stopped'
  return whole === undefined ? 'Open' : 'Exhausted'
}

/**
 * What a query asks of words: which of them count, which sets hold them, and whether one is what is looked for. Of words
 * in the same sets one is offered.
 */
interface Trial {
  readonly fits: (word: string) => boolean
  readonly signatureOf: (word: string) => Bits.Bits
  /** The sets that surely hold all of a glob. */
  readonly certainOf: (glob: Glob.Glob) => Bits.Bits
  readonly offer: (word: string) => boolean
}

const trialOf = (texts: Texts, query: Query, must: readonly QuickSet[]): Trial => {
  const live = Bits.toArray(query.live).flatMap((each) => {
    const found = texts.sets[each]
    return found === undefined ? [] : [[each, found] as const]
  })
  const seen = new Set<string>() // local mutation: signatures visited
  const fits = (word: string): boolean => texts.inWorld(word) && must.every(({ has }) => has(word))
  const signatureOf = (word: string): Bits.Bits =>
    Bits.of(live.flatMap(([each, { has }]) => (has(word) ? [each] : [])))
  return {
    fits,
    signatureOf,
    certainOf: (glob) => Bits.of(live.flatMap(([each, { includes }]) => (includes(glob) ? [each] : []))),
    offer: (word) => {
      const signature = signatureOf(word)
      const key = Bits.key(signature)
      if (seen.has(key) || !fits(word)) return false
      seen.add(key)
      return !query.prune(signature) && query.visit(signature, [word])
    },
  }
}

/** Where nothing is given: a word that is in no set at all stands for every word. Failing that, some are tried. */
const searchWorld = ({ ordinary }: Texts, { live }: Query, { fits, signatureOf, offer }: Trial): Quick => {
  const word = ordinary.words.find(
    (each) => fits(each) && (Bits.isEmpty(live) || Bits.isEmpty(signatureOf(each))),
  )
  if (word === undefined) return ordinary.words.some(offer) ? 'Stopped' : 'Open'
  return offer(word) ? 'Stopped' : 'Exhausted'
}

const searchThoroughly = (
  sets: readonly StringSet.StringSet[],
  universe: StringSet.StringSet,
  excluded: StringSet.StringSet | undefined,
): Dimension['search'] => {
  const all = excluded === undefined ? sets : [...sets, { ...excluded, complement: !excluded.complement }]
  const always = excluded === undefined ? [] : [sets.length]
  const compiled = SignatureSearch.compile(all, universe)
  return ({ must, live, prune, visit }, counter) =>
    compiled.search(
      {
        must: [...must, ...always],
        live,
        prune,
        visit: (signature, sample) => visit(signature, [sample]),
        smallest: true,
      },
      counter,
    )
}

// ---- dimensions of classes ----

/**
 * The classes of values of a dimension, each with the sets it lies in and one value of the class; and more, found one by
 * one, for what is left of `live` when all sets of `must` hold.
 *
 * @category model
 * @since 0.1.0
 */
export interface Classes {
  readonly points: readonly { readonly sets: Bits.Bits; readonly sample: Sample }[]
  readonly more: Dimension['search']
  readonly hasMore: boolean
}

/**
 * A dimension with finitely many classes of values, made when first asked.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ofPoints = (
  name: string,
  make: (counter: Budget.Counter) => E.Either<Budget.BudgetExceeded, Classes>,
): Dimension => {
  let made: Classes | undefined // local mutation: made when first asked
  return {
    name,
    relation: remembered((must, set) =>
      made === undefined || made.hasMore ? 'Open' : relationOfPoints(made, Bits.of(must), set),
    ),
    search: (query, counter) => {
      const found = made === undefined ? make(counter) : E.right(made)
      if (E.isLeft(found)) return found
      made = found.right
      return searchPoints(name, made, query, counter)
    },
  }
}

const relationOfPoints = ({ points }: Classes, required: Bits.Bits, set: number): Relation => {
  const given = points.filter(({ sets }) => Bits.isSubset(required, sets))
  if (given.every(({ sets }) => Bits.has(sets, set))) return 'Inside'
  return given.some(({ sets }) => Bits.has(sets, set)) ? 'Open' : 'Apart'
}

const searchPoints = (
  name: string,
  { points, more }: Classes,
  query: Query,
  counter: Budget.Counter,
): E.Either<Budget.BudgetExceeded, boolean> => {
  const required = Bits.of(query.must)
  const seen = new Set<string>() // local mutation: signatures visited
  const visit: Query['visit'] = (signature, sample) => {
    const key = Bits.key(signature)
    if (seen.has(key)) return false
    seen.add(key)
    return !query.prune(signature) && query.visit(signature, sample)
  }
  for (const { sets, sample } of points) {
    if (!counter.spend(1)) return E.left(Budget.exceeded(counter, name))
    if (Bits.isSubset(required, sets) && visit(Bits.and(sets, query.live), sample)) return E.right(true)
  }
  return more({ ...query, visit }, counter)
}
