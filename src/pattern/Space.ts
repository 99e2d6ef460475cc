/**
 * A `Space` holds a family of string sets in one automaton, so that questions about any of them share the work of building it.
 *
 * Listed strings are kept in a hash table and a sorted list, outside the automaton: ten thousand of them cost no state.
 *
 * @since 0.1.0
 */
import * as Bits from './Bits.js'
import type { Counter } from './Budget.js'
import { codePoints, widthOf } from './CodePoint.js'
import { explore } from './Explore.js'
import type { Outcome, Preference } from './Explore.js'
import * as Glob from './Glob.js'
import * as Lexicon from './Lexicon.js'
import type { StringSet } from './StringSet.js'
import * as Trie from './Trie.js'
import { gapKind, unitKind } from './Units.js'
import type { Units } from './Units.js'

// ---- model ----

/**
 * One search through the words of a union of globs and strings: see `Explore.Probe` for `dead`, `accept` and `tooLong`.
 *
 * All sets are meant without their complement flag. `accept` gets the relevant sets that hold the word.
 *
 * @category model
 * @since 0.1.0
 */
export interface Question {
  /** The set whose members are gone through, `undefined` for all strings. */
  readonly driver: number | undefined
  readonly relevant: Bits.Bits
  readonly preference: Preference | undefined
  readonly dead: (certain: Bits.Bits, possible: Bits.Bits) => boolean
  readonly accept: (sets: Bits.Bits, word: () => string) => boolean
  readonly tooLong: () => number
}

/**
 * A family of string sets, ready for questions.
 *
 * @category model
 * @since 0.1.0
 */
export interface Space {
  readonly size: number
  readonly sets: ReadonlyArray<StringSet>
  /** The sets (without their complement flag) that hold the word. */
  readonly holding: (word: string) => Bits.Bits
  /** Goes through the words of the driver until `accept` says stop. */
  readonly ask: (question: Question, counter: Counter) => Outcome
}

// What one pass of a driver's own units through the trie shows: the sets that contain all of it, and those it may meet.
interface Survey {
  readonly units: Units
  readonly matches: (word: string) => boolean
  readonly prefix: string
  readonly certain: Bits.Bits
  readonly possible: Bits.Bits
  readonly sample: string
}

// ---- the survey of one driver ----

const rowsOf = (trie: Trie.Trie, nodes: ReadonlyArray<number>, column: Uint32Array): Bits.Bits => {
  const sets = new Uint32Array(trie.width) // local mutation: a union
  for (const node of nodes) {
    for (let i = 0; i < trie.width; i++) sets[i] = (sets[i] ?? 0) | (column[node * trie.width + i] ?? 0)
  }
  return sets
}

// One run at the end of its globs: whatever follows, nothing changes.
const isSettled = (trie: Trie.Trie, nodes: ReadonlyArray<number>): boolean => {
  const node = nodes[0] ?? 0
  return nodes.length === 1 && trie.loop[node] === gapKind.any && trie.last[node] === node
}

const certainSets = (trie: Trie.Trie, into: Trie.Gatherer, units: Units): Bits.Bits => {
  let nodes = Trie.start(into) // local mutation: walks along
  for (let i = 0; i <= units.kinds.length && nodes.length > 0; i++) {
    nodes = Trie.skipSurely(trie, nodes, units.gaps[i] ?? gapKind.none)
    if (i < units.kinds.length)
      nodes = Trie.stepSurely(trie, into, nodes, units.kinds[i] ?? 0, units.codes[i] ?? 0)
  }
  return rowsOf(trie, nodes, trie.accept)
}

const possibleSets = (trie: Trie.Trie, into: Trie.Gatherer, units: Units): Bits.Bits => {
  let nodes = Trie.start(into) // local mutation: walks along the letters before the first wildcard
  for (let i = 0; i < units.kinds.length; i++) {
    if (units.gaps[i] !== gapKind.none || (units.kinds[i] ?? 0) >= unitKind.any) break
    nodes = Trie.stepPossibly(trie, into, nodes, units.kinds[i] ?? 0, units.codes[i] ?? 0)
  }
  return rowsOf(trie, nodes, trie.reach)
}

const sampleOf = (units: Units): string =>
  units.kinds
    .map((kind, i) => (kind >= unitKind.any ? 'a' : String.fromCodePoint(units.codes[i] ?? 0)))
    .join('')

const survey = (trie: Trie.Trie, into: Trie.Gatherer, glob: Glob.Glob): Survey => {
  const units = Glob.units(glob)
  return {
    units,
    matches: Glob.compile(glob),
    prefix: Glob.literalPrefix(glob),
    certain: certainSets(trie, into, units),
    possible: possibleSets(trie, into, units),
    sample: sampleOf(units),
  }
}

// ---- constructors ----

const entriesOf = (sets: ReadonlyArray<StringSet>): ReadonlyArray<Trie.Entry> =>
  sets.flatMap((set, tag) => set.globs.map((glob) => ({ units: Glob.units(glob), tag })))

const listedBy = (sets: ReadonlyArray<StringSet>): ReadonlyMap<string, ReadonlyArray<number>> => {
  const listed = new Map<string, Array<number>>() // local mutation: an index, built once
  sets.forEach((set, tag) => {
    for (const word of set.literals) {
      const tags = listed.get(word)
      if (tags === undefined) listed.set(word, [tag])
      else tags.push(tag)
    }
  })
  return listed
}

const memoize = <K, V>(compute: (key: K) => V): ((key: K) => V) => {
  const known = new Map<K, V>() // local mutation: remembers results, which never change
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const value = compute(key)
    known.set(key, value)
    return value
  }
}

/**
 * The space of these sets; a set is named by its place in the list.
 *
 * **Cost** linear in the letters of all globs and strings, but for sorting.
 *
 * @category constructors
 * @since 0.1.0
 */
export const space = (sets: ReadonlyArray<StringSet>): Space => {
  const trie = Trie.build(entriesOf(sets), sets.length)
  const gatherer = Trie.gatherer(trie)
  const listed = listedBy(sets)
  const lexicon = Lexicon.lexicon(listed.keys())
  const surveyOf = memoize((glob: Glob.Glob) => survey(trie, gatherer, glob))
  const listing = memoize((word: string) => Bits.of(listed.get(word) ?? []))
  const matching = (word: string): Bits.Bits => {
    let nodes = Trie.start(gatherer) // local mutation: walks along
    let at = 0
    while (at < word.length && nodes.length > 0 && !isSettled(trie, nodes)) {
      const code = word.codePointAt(at) ?? 0
      at += widthOf(code)
      nodes = Trie.step(trie, gatherer, nodes, code)
    }
    return rowsOf(trie, nodes, trie.accept)
  }
  const holdingListed = memoize((word: string) => Bits.or(matching(word), listing(word)))
  const holding = (word: string): Bits.Bits => (listed.has(word) ? holdingListed(word) : matching(word))
  const world: World = { trie, gatherer, listing, lexicon, holding }
  const ask = (question: Question, counter: Counter): Outcome => {
    const set = question.driver === undefined ? undefined : sets[question.driver]
    const words = askWords(world, question, set?.literals ?? [], counter)
    if (words !== 'Exhausted') return words
    for (const glob of set === undefined ? [Glob.all] : set.globs) {
      const outcome = askGlob(world, question, surveyOf(glob), counter)
      if (outcome !== 'Exhausted') return outcome
    }
    return 'Exhausted'
  }
  return { size: sets.length, sets, holding, ask }
}

interface World {
  readonly trie: Trie.Trie
  readonly gatherer: Trie.Gatherer
  readonly listing: (word: string) => Bits.Bits
  readonly lexicon: Lexicon.Lexicon
  readonly holding: (word: string) => Bits.Bits
}

// ---- the search ----

const lengthOf = (word: string): number => codePoints(word).length

const askWords = (
  world: World,
  question: Question,
  words: ReadonlyArray<string>,
  counter: Counter,
): Outcome => {
  for (const word of words) {
    if (!counter.spend(1)) return 'Exceeded'
    if (lengthOf(word) >= question.tooLong()) continue
    const sets = Bits.and(world.holding(word), question.relevant)
    if (!question.dead(sets, sets) && question.accept(sets, () => word)) return 'Stopped'
  }
  return 'Exhausted'
}

// The relevant listed strings among the driver's words.
const listedIn = (world: World, question: Question, driver: Survey): ReadonlyArray<string> => {
  const whole = Lexicon.all(world.lexicon)
  const range = whole === undefined ? undefined : Lexicon.seek(world.lexicon, whole, driver.prefix)
  if (range === undefined) return []
  return world.lexicon
    .slice(range.from, range.to)
    .filter((word) => Bits.intersects(world.listing(word), question.relevant) && driver.matches(word))
}

const askGlob = (world: World, question: Question, driver: Survey, counter: Counter): Outcome => {
  if (!counter.spend(1)) return 'Exceeded'
  const certain = Bits.and(driver.certain, question.relevant)
  const listed = listedIn(world, question, driver)
  const outcome = askWords(world, question, listed, counter)
  if (outcome !== 'Exhausted') return outcome
  const possible = Bits.or(Bits.and(driver.possible, question.relevant), certain)
  if (driver.units.kinds.length >= question.tooLong() || question.dead(certain, possible)) return 'Exhausted'
  const isSample = isGoodSample(driver, listed)
  if (isSample && question.accept(sampleSets(world, question, driver), () => driver.sample)) return 'Stopped'
  if (isSample && Bits.isSubset(possible, certain)) return 'Exhausted'
  return explore(
    {
      trie: world.trie,
      gatherer: world.gatherer,
      driver: driver.units,
      certain,
      relevant: Bits.andNot(question.relevant, certain),
      excluded: listed,
      preference: question.preference,
      dead: question.dead,
      accept: question.accept,
      tooLong: question.tooLong,
    },
    counter,
  )
}

const sampleSets = (world: World, question: Question, driver: Survey): Bits.Bits =>
  Bits.and(world.holding(driver.sample), question.relevant)

// Surrogates may fuse across an empty run, so the shortest word is tried before it is trusted.
const isGoodSample = (driver: Survey, listed: ReadonlyArray<string>): boolean =>
  driver.matches(driver.sample) && !listed.includes(driver.sample)
