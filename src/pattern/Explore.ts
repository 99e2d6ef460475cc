/**
 * The search behind every question about languages: breadth first through the words of one glob, the driver, following all
 * globs of a trie at once.
 *
 * The automaton is made deterministic place by place, only where the search goes. A place is what matters of the past: the
 * places in the driver, the nodes of the trie, the sets that contain every continuation (`settled`), and whether the letters
 * read may still become an excluded word. Three rules keep it small:
 * 1. nodes that lead to settled or irrelevant sets only are dropped;
 * 2. a node is dropped for a later unbounded run that all its globs pass through, since that run matches no less;
 * 3. if the caller wants words in few sets only, a place that is no better than an earlier one is dropped (antichain pruning,
 *    after De Wulf, Doyen, Henzinger and Raskin, 2006).
 *
 * @since 0.1.0
 */
/* eslint-disable functional/prefer-readonly-type -- work lists are passed between the functions of one pass and never leave it */
import { alphabet } from './Alphabet.js'
import * as Bits from './Bits.js'
import type { Counter } from './Budget.js'
import * as Lexicon from './Lexicon.js'
import * as Trie from './Trie.js'
import { gapKind, stepPlaces, unitKind } from './Units.js'
import type { Units } from './Units.js'

// ---- model ----

/**
 * Which sets the caller would rather have words in, and which rather not. A set may be in both: then neither is preferred.
 *
 * @category model
 * @since 0.1.0
 */
export interface Preference {
  readonly inside: Bits.Bits
  readonly outside: Bits.Bits
}

/**
 * One search: through the words of `driver` that are not in `excluded`.
 *
 * - `certain`: sets known to contain the driver as a whole; `relevant`: the sets whose membership is asked for.
 * - `dead(certain, possible)`: true drops a place whose words lie in all of `certain` and in no set outside `possible`.
 * - `accept(sets, word)`: called for each accepting place; true ends the search.
 * - `tooLong()`: words of this many letters or more are not looked for.
 *
 * @category model
 * @since 0.1.0
 */
export interface Probe {
  readonly trie: Trie.Trie
  readonly gatherer: Trie.Gatherer
  readonly driver: Units
  readonly certain: Bits.Bits
  readonly relevant: Bits.Bits
  readonly excluded: Lexicon.Lexicon
  readonly preference: Preference | undefined
  readonly dead: (certain: Bits.Bits, possible: Bits.Bits) => boolean
  readonly accept: (sets: Bits.Bits, word: () => string) => boolean
  readonly tooLong: () => number
}

/**
 * How a search ended: `accept` said stop, all was seen, or the budget ran out.
 *
 * @category model
 * @since 0.1.0
 */
export type Outcome = 'Stopped' | 'Exhausted' | 'Exceeded'

interface Place {
  readonly places: ReadonlyArray<number>
  readonly nodes: ReadonlyArray<number>
  readonly settled: Bits.Bits
  readonly possible: Bits.Bits
  readonly cursor: Lexicon.Cursor | undefined
  readonly afterHigh: boolean
  readonly length: number
  readonly before: number
  readonly letter: number
}

// ---- the rules on nodes ----

const leadsBeyond = (probe: Probe, relevant: Bits.Bits, settled: Bits.Bits, node: number): boolean => {
  const { width, reach } = probe.trie
  for (let i = 0; i < width; i++) {
    if (((reach[node * width + i] ?? 0) & (relevant[i] ?? 0) & ~(settled[i] ?? 0)) !== 0) return true
  }
  return false
}

const settle = (
  probe: Probe,
  relevant: Bits.Bits,
  nodes: ReadonlyArray<number>,
  settled: Bits.Bits,
): Bits.Bits => {
  const { width, accept, loop } = probe.trie
  let result = settled // local mutation: copied on the first change
  for (const node of nodes) {
    if (loop[node] !== gapKind.any) continue
    let fresh = false
    for (let i = 0; i < width; i++)
      fresh ||= ((accept[node * width + i] ?? 0) & (relevant[i] ?? 0) & ~(result[i] ?? 0)) !== 0
    if (fresh) result = Bits.or(result, Bits.and(accept.subarray(node * width, (node + 1) * width), relevant))
  }
  return result
}

const prune = (
  probe: Probe,
  relevant: Bits.Bits,
  settled: Bits.Bits,
  nodes: ReadonlyArray<number>,
): ReadonlyArray<number> => nodes.filter((node) => leadsBeyond(probe, relevant, settled, node))

const possibleSets = (
  probe: Probe,
  settled: Bits.Bits,
  nodes: ReadonlyArray<number>,
  from: Uint32Array,
): Bits.Bits => {
  const { width } = probe.trie
  const sets = new Uint32Array(width) // local mutation: a union
  for (let i = 0; i < width; i++) {
    let word = (probe.certain[i] ?? 0) | (settled[i] ?? 0)
    for (const node of nodes) word |= (from[node * width + i] ?? 0) & (probe.relevant[i] ?? 0)
    sets[i] = word
  }
  return sets
}

// ---- keys ----

const encode = (numbers: ReadonlyArray<number>): string => {
  let text = String.fromCharCode(numbers.length & 0xffff, numbers.length >>> 16) // local mutation: appended to
  for (const each of numbers) text += String.fromCharCode(each & 0xffff, each >>> 16)
  return text
}

// What two places must share to be one, but for the cursor.
const keyOf = (place: Place): string =>
  (place.afterHigh ? '+' : '-') + encode(place.places) + encode(place.nodes) + Bits.key(place.settled)

const cursorKey = ({ from, to, depth }: Lexicon.Cursor): string => `${from},${to},${depth}`

// ---- letters ----

const isWild = (driver: Units, place: number): boolean =>
  driver.gaps[place] !== gapKind.none || (driver.kinds[place] ?? 0) >= unitKind.any

const lettersFrom = (probe: Probe, place: Place): ReadonlyArray<number> => {
  const { driver, trie } = probe
  const found = alphabet()
  const wild = place.places.some((each) => isWild(driver, each))
  for (const each of place.places) {
    if (driver.gaps[each] === gapKind.within || driver.kinds[each] === unitKind.within) found.separator()
    if (driver.kinds[each] === unitKind.exact) found.exact(driver.codes[each] ?? 0)
    if (driver.kinds[each] === unitKind.folded) found.folded(driver.codes[each] ?? 0)
  }
  const folding = place.places.some((each) => driver.kinds[each] === unitKind.folded)
  if (wild || folding) {
    for (const node of place.nodes) namedBy(trie, node, found)
    if (place.cursor !== undefined) Lexicon.nextLetters(probe.excluded, place.cursor).forEach(found.exact)
  }
  return found.letters(wild)
}

const namedBy = (trie: Trie.Trie, node: number, found: ReturnType<typeof alphabet>): void => {
  if (trie.loop[node] === gapKind.within || trie.within[node] !== -1) found.separator()
  for (let i = trie.exactFrom[node] ?? 0; i < (trie.exactFrom[node + 1] ?? 0); i++)
    found.exact(trie.exactCodes[i] ?? 0)
  for (let i = trie.foldedFrom[node] ?? 0; i < (trie.foldedFrom[node + 1] ?? 0); i++)
    found.folded(trie.foldedCodes[i] ?? 0)
}

const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff
const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff

// ---- steps ----

const advance = (probe: Probe, place: Place, code: number, before: number): Place | undefined => {
  // A high and a low surrogate side by side are one letter, so no word has them as two.
  if (place.afterHigh && isLow(code)) return undefined
  const places = stepPlaces(probe.driver, place.places, code)
  if (places.length === 0) return undefined
  const reached = Trie.step(probe.trie, probe.gatherer, place.nodes, code)
  const settled = settle(probe, probe.relevant, reached, place.settled)
  const nodes = prune(probe, probe.relevant, settled, reached)
  return {
    places,
    nodes,
    settled,
    possible: possibleSets(probe, settled, nodes, probe.trie.reach),
    cursor: place.cursor === undefined ? undefined : Lexicon.step(probe.excluded, place.cursor, code),
    afterHigh: isHigh(code),
    length: place.length + 1,
    before,
    letter: code,
  }
}

const origin = (probe: Probe): Place => {
  const reached = Trie.start(probe.gatherer)
  const settled = settle(probe, probe.relevant, reached, Bits.empty)
  const nodes = prune(probe, probe.relevant, settled, reached)
  const possible = possibleSets(probe, settled, nodes, probe.trie.reach)
  const cursor = Lexicon.all(probe.excluded)
  return { places: [0], nodes, settled, possible, cursor, afterHigh: false, length: 0, before: -1, letter: 0 }
}

const spell = (found: ReadonlyArray<Place>, last: Place): string => {
  const letters: Array<string> = [] // local mutation: from the last letter back
  for (
    let place: Place | undefined = last;
    place !== undefined && place.length > 0;
    place = found[place.before]
  )
    letters.push(String.fromCodePoint(place.letter))
  return letters.reverse().join('')
}

// ---- antichain ----

// Whether some node of `among` matches no less than `node`.
const isSimulated = (trie: Trie.Trie, node: number, among: ReadonlyArray<number>): boolean =>
  among.some(
    (other) =>
      other === node ||
      (trie.loop[other] === gapKind.any && other > node && (trie.top[other] ?? other) <= node),
  )

const simulates = (probe: Probe, wanted: Bits.Bits, less: Place, more: Place): boolean => {
  const open = Bits.and(wanted, probe.relevant)
  return (
    Bits.isSubset(Bits.and(less.settled, open), more.settled) &&
    less.nodes.every(
      (node) => !leadsBeyond(probe, open, more.settled, node) || isSimulated(probe.trie, node, more.nodes),
    )
  )
}

// Whether every word from `worse` can be matched by one from `better` that the caller likes no less.
const isNoBetter = (probe: Probe, preference: Preference, worse: Place, better: Place): boolean => {
  if (better.afterHigh && !worse.afterHigh) return false
  if (
    better.cursor !== undefined &&
    (worse.cursor === undefined || cursorKey(better.cursor) !== cursorKey(worse.cursor))
  )
    return false
  const covered = worse.places.every((place) =>
    better.places.some(
      (other) => other === place || (other > place && probe.driver.gaps[other] === gapKind.any),
    ),
  )
  return (
    covered &&
    simulates(probe, preference.outside, better, worse) &&
    simulates(probe, preference.inside, worse, better)
  )
}

const frontLimit = 256

// ---- the search ----

const isAccepting = (probe: Probe, place: Place): boolean =>
  place.places[place.places.length - 1] === probe.driver.kinds.length &&
  (place.cursor === undefined || !Lexicon.isWord(probe.excluded, place.cursor))

const isDead = (probe: Probe, place: Place, before: Place | undefined): boolean =>
  (before === undefined ||
    !Bits.equals(place.possible, before.possible) ||
    !Bits.equals(place.settled, before.settled)) &&
  probe.dead(Bits.or(probe.certain, place.settled), place.possible)

// Letters that leave no choice are read at once: they need no place of their own.
const skipForced = (probe: Probe, place: Place, counter: Counter, found: Array<Place>): Place | undefined => {
  const { driver } = probe
  let current: Place | undefined = place // local mutation: walks along
  while (current !== undefined) {
    const at: number = current.places.length === 1 ? (current.places[0] ?? 0) : driver.kinds.length
    if (at >= driver.kinds.length || driver.kinds[at] !== unitKind.exact || driver.gaps[at] !== gapKind.none)
      break
    found.push(current)
    counter.spend(1 + (current.nodes.length >>> 3))
    current = advance(probe, current, driver.codes[at] ?? 0, found.length - 1)
  }
  return current
}

// eslint-disable-next-line complexity -- one loop; what it decides stands in `offer` and `isIdle`
const search = (probe: Probe, counter: Counter): Outcome => {
  const found: Array<Place> = [] // local mutation: the queue, also the tree of words
  const seen = new Map<string, number>() // the length at which a place was first met
  const front: Array<Place> = []
  const offer = (place: Place, before: Place | undefined): boolean => {
    const key = keyOf(place)
    const full = place.cursor === undefined ? key : cursorKey(place.cursor) + key
    if (seen.has(full)) return false
    seen.set(full, place.length)
    if (isDead(probe, place, before)) return false
    found.push(place)
    return (
      isAccepting(probe, place) &&
      probe.accept(possibleSets(probe, place.settled, place.nodes, probe.trie.accept), () =>
        spell(found, place),
      )
    )
  }
  // A place past all excluded words offers all that the same place on the way to one does, unless it was met later.
  const isIdle = (place: Place): boolean =>
    (place.cursor !== undefined && (seen.get(keyOf(place)) ?? Infinity) <= place.length) ||
    (probe.preference !== undefined && isBeaten(probe, probe.preference, front, place, counter))
  const first = skipForced(probe, origin(probe), counter, found)
  if (first === undefined || first.length >= probe.tooLong()) return 'Exhausted'
  let at = found.length
  if (offer(first, undefined)) return 'Stopped'
  for (; at < found.length; at++) {
    const place = found[at]
    if (place === undefined || isIdle(place)) continue
    if (!counter.spend(1 + (place.nodes.length >>> 3))) return 'Exceeded'
    if (place.length + 1 >= probe.tooLong()) continue
    if (front.length < frontLimit) front.push(place)
    for (const code of lettersFrom(probe, place)) {
      const next = advance(probe, place, code, at)
      if (!counter.spend(1 + (place.nodes.length >>> 3))) return 'Exceeded'
      if (next !== undefined && offer(next, place)) return 'Stopped'
    }
  }
  return 'Exhausted'
}

const isBeaten = (
  probe: Probe,
  preference: Preference,
  front: ReadonlyArray<Place>,
  place: Place,
  counter: Counter,
): boolean => {
  counter.spend(front.length >>> 4)
  return front.some((better) => isNoBetter(probe, preference, place, better))
}

/**
 * Searches the words of the driver, shortest first and readable letters first, until `accept` says stop.
 *
 * Every combination of relevant sets that some word of the driver lies in is offered to `accept`, but for those below a dead
 * place, and, with a preference, but for those no better than one offered. **Cost** counted in places and nodes.
 *
 * @category analysis
 * @since 0.1.0
 */
export const explore = (probe: Probe, counter: Counter): Outcome => search(probe, counter)
