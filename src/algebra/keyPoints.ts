/**
 * A context key as a finite partition: missing, one value of each class that the tests on it can tell apart, and, where
 * lists of values matter, lists of such values.
 *
 * Two lists whose elements lie in the same classes pass the same tests. What is asked of a list comes to a conjunction of
 * "some element is in this class" and "all elements are in those", which is easy to meet or refute.
 *
 * Source: CO-2 to CO-M7, U-1 to U-5.
 *
 * @since 0.1.0
 */
import * as Boolean_ from 'fp-ts/lib/boolean.js'
import * as E from 'fp-ts/lib/Either.js'
import type { Operand, Operator } from '../model/index.js'
import {
  Bits,
  Budget,
  Bytes,
  FiniteSet,
  Intervals,
  IpSet,
  SignatureSearch,
  StringSet,
  ValueSet,
} from '../pattern/index.js'
import type { Dimension, Sample } from './Dimension.js'

// ---- model ----

/**
 * One test of the key: its truth table, and its policy values as sets.
 *
 * @category model
 * @since 0.1.0
 */
export interface Test {
  readonly truth: Operator.Truth
  readonly operands: readonly Operand.Operand[]
  /** Holds of lists of two or more values and of nothing else, whatever `truth` says. */
  readonly listsOnly?: true
  /** It speaks of a variable in a way that one letter, standing for its value, cannot say: in any letter case, say. */
  readonly unfaithful?: true
}

/**
 * Passed by requests without the key, and by no others.
 *
 * @category constructors
 * @since 0.1.0
 */
export const missingTest: Test = {
  truth: { missing: true, present: 'Never', negated: false },
  operands: [],
}

/**
 * A class of values: which tests hold of it (by number), and one value.
 *
 * @category model
 * @since 0.1.0
 */
export interface Point {
  readonly sets: Bits.Bits
  readonly sample: Sample
}

/**
 * The classes of a key: those of missing and single values listed, those of lists found by `more` (not `hasMore`: there
 * are no lists). `complete` false: there may be others (tests of several types on one key), so that nothing can be proven
 * by looking at all of these.
 *
 * @category model
 * @since 0.1.0
 */
export interface Points {
  readonly points: readonly Point[]
  readonly more: Dimension['search']
  readonly hasMore: boolean
  readonly complete: boolean
}

/** A class of single values: for each test, whether some policy value admits it. */
interface Region {
  readonly admitted: readonly boolean[]
  readonly sample: string
}

// ---- regions of single values ----

type Kind = Operand.Operand['_tag']

const kindsOf = (tests: readonly Test[]): ReadonlySet<Kind> =>
  new Set(
    tests.flatMap(({ operands }) => operands.map(({ _tag }) => _tag)).filter((kind) => kind !== 'Nothing'),
  )

const stringSetOf = ({ operands }: Test): StringSet.StringSet =>
  StringSet.stringSet(operands.flatMap((operand) => (operand._tag === 'Strings' ? [operand.glob] : [])))

const stringRegions = (
  tests: readonly Test[],
  counter: Budget.Counter,
): E.Either<Budget.BudgetExceeded, readonly Region[]> => {
  const space = SignatureSearch.compile(tests.map(stringSetOf))
  const found: Region[] = [] // local mutation: gathered by the visitor
  const outcome = space.search(
    {
      must: [],
      live: Bits.below(tests.length),
      prune: () => false,
      visit: (signature, sample) => {
        found.push({ admitted: tests.map((_, i) => Bits.has(signature, i)), sample })
        return !counter.spend(1)
      },
    },
    counter,
  )
  if (E.isLeft(outcome)) return outcome
  return outcome.right ? E.left(Budget.exceeded(counter, 'values of a key')) : E.right(found)
}

const typedRegions = <S, V>(
  domain: ValueSet.Domain<S, V>,
  tests: readonly Test[],
  setOf: (operand: Operand.Operand) => S,
): readonly Region[] => {
  const algebra = ValueSet.texts(domain)
  const sets = tests.map(({ operands }) =>
    ValueSet.reading(
      operands.map(setOf).reduce<S>((a, b) => domain.algebra.union(b)(a), domain.algebra.empty),
    ),
  )
  return algebra.regions(sets).map(({ signature, sample }) => ({ admitted: signature, sample }))
}

const ordered = <V>(relation: Operator.Relation, bound: V): Intervals.Intervals<V> => {
  switch (relation) {
    case 'Equals':
      return Intervals.point(bound)
    case 'LessThan':
      return Intervals.lessThan(bound)
    case 'LessThanEquals':
      return Intervals.atMost(bound)
    case 'GreaterThan':
      return Intervals.greaterThan(bound)
    case 'GreaterThanEquals':
      return Intervals.atLeast(bound)
  }
}

const regionsOfKind = (kind: Kind, tests: readonly Test[]): readonly Region[] => {
  switch (kind) {
    case 'Numbers':
      return typedRegions(ValueSet.decimals, tests, (o) =>
        o._tag === 'Numbers' ? ordered(o.relation, o.bound) : Intervals.empty,
      )
    case 'Instants':
      return typedRegions(ValueSet.instants, tests, (o) =>
        o._tag === 'Instants' ? ordered(o.relation, o.bound) : Intervals.empty,
      )
    case 'Addresses':
      return typedRegions(ValueSet.addresses, tests, (o) =>
        o._tag === 'Addresses' ? IpSet.fromBlock(o.block) : IpSet.algebra.empty,
      )
    case 'Truths':
      return typedRegions(ValueSet.truths, tests, (o) =>
        FiniteSet.finite(Boolean_.Ord)(o._tag === 'Truths' ? [o.value] : []),
      )
    case 'Octets':
      return typedRegions(ValueSet.byteStrings, tests, (o) =>
        FiniteSet.finite(Bytes.Ord)(o._tag === 'Octets' ? [o.value] : []),
      )
    case 'Strings':
    case 'Nothing':
      return []
  }
}

/** Spellings of one value that differ as text, for keys that are tested both as text and as a value. */
const respell = (sample: string): readonly string[] => [
  sample,
  `0${sample}`,
  `${sample}.0`,
  `+${sample}`,
  sample.toUpperCase(),
  `${sample}/0`,
]

const mixedRegions = (
  kinds: ReadonlySet<Kind>,
  tests: readonly Test[],
  admits: (operand: Operand.Operand) => (value: string) => boolean,
): { readonly regions: readonly Region[]; readonly complete: boolean } => {
  const strings = tests.map(stringSetOf)
  const literals = new Set(strings.flatMap((set) => set.literals))
  const typed = Array.from(kinds).filter((kind) => kind !== 'Strings')
  const free = typed.flatMap((kind) =>
    regionsOfKind(kind, tests).map(({ sample, admitted }) => ({
      admitted,
      spelling: respell(sample).find(
        (text) =>
          !literals.has(text) &&
          tests.every((test, i) => typedAdmits(test, text, admits) === (admitted[i] ?? false)),
      ),
    })),
  )
  const complete =
    typed.length === 1 &&
    strings.every(({ globs }) => globs.length === 0) &&
    free.every(({ spelling }) => spelling !== undefined)
  const samples = [...literals, ...free.flatMap(({ spelling }) => (spelling === undefined ? [] : [spelling]))]
  const regions = samples.map((sample) => ({
    sample,
    admitted: tests.map(({ operands }) => operands.some((operand) => admits(operand)(sample))),
  }))
  return { regions, complete }
}

const typedAdmits = (
  { operands }: Test,
  text: string,
  admits: (operand: Operand.Operand) => (value: string) => boolean,
): boolean => operands.some((operand) => operand._tag !== 'Strings' && admits(operand)(text))

// ---- points ----

const bitsWhere = (tests: readonly Test[], holds: (test: Test, index: number) => boolean): Bits.Bits =>
  Bits.of(tests.flatMap((test, index) => (holds(test, index) ? [index] : [])))

const constant = ({ truth, listsOnly }: Test): boolean => truth.present === 'Always' && listsOnly !== true

const isValueTest = ({ truth }: Test): boolean => truth.present !== 'Always' && truth.present !== 'Never'

const regionsOf = (
  tests: readonly Test[],
  admits: (operand: Operand.Operand) => (value: string) => boolean,
  counter: Budget.Counter,
): E.Either<Budget.BudgetExceeded, { readonly regions: readonly Region[]; readonly complete: boolean }> => {
  const kinds = kindsOf(tests)
  const [only] = kinds
  if (only === undefined || (kinds.size === 1 && only === 'Strings'))
    return E.map((regions: readonly Region[]) => ({ regions, complete: true }))(stringRegions(tests, counter))
  if (kinds.size === 1) return E.right({ regions: regionsOfKind(only, tests), complete: true })
  return E.right(mixedRegions(kinds, tests, admits))
}

/**
 * The classes of a key under these tests. `hasLists`: the key may have several values.
 *
 * **Cost** the number of classes of single values; `BudgetExceeded` when the counter runs out.
 *
 * @category analysis
 * @since 0.1.0
 */
export const points = (
  tests: readonly Test[],
  hasLists: boolean,
  admits: (operand: Operand.Operand) => (value: string) => boolean,
  counter: Budget.Counter,
): E.Either<Budget.BudgetExceeded, Points> => {
  const found = regionsOf(tests, admits, counter)
  if (E.isLeft(found)) return found
  const { regions, complete } = found.right
  const passes = (region: Region, index: number, test: Test): boolean =>
    isValueTest(test) && (region.admitted[index] ?? false) !== test.truth.negated
  const always = bitsWhere(tests, constant)
  const missing: Point = { sets: bitsWhere(tests, ({ truth }) => truth.missing), sample: [] }
  const one = regions.map((region): Point => ({
    sets: Bits.or(
      bitsWhere(tests, (test, index) => passes(region, index, test)),
      always,
    ),
    sample: [region.sample],
  }))
  if (!hasLists) return E.right({ points: [missing, ...one], complete, more: nothingMore, hasMore: false })
  const lists: ListTests = {
    samples: regions.map(({ sample }) => sample),
    passed: tests.map((test, index) =>
      Bits.of(regions.flatMap((region, i) => (passes(region, index, test) ? [i] : []))),
    ),
    mode: tests.map(modeOf),
  }
  return E.right({ points: [missing, ...one], complete, more: searchLists(lists), hasMore: true })
}

const nothingMore: Dimension['search'] = () => E.right(false)

// ---- lists ----

/** What a test is about a list of several values: some pass, all pass, or the same for all lists. */
type Mode = 'Any' | 'All' | 'True' | 'False'

const modeOf = ({ truth, listsOnly }: Test): Mode => {
  if (listsOnly === true || truth.present === 'Always') return 'True'
  return truth.present === 'Any' || truth.present === 'All' ? truth.present : 'False' // U-2
}

/** `passed[t]`: the classes of single values that pass test `t`. */
interface ListTests {
  readonly samples: readonly string[]
  readonly passed: readonly Bits.Bits[]
  readonly mode: readonly Mode[]
}

/** Lists that are asked for: all elements from `allowed`, and one from each of `wanted`. */
interface Demand {
  readonly allowed: Bits.Bits
  readonly wanted: readonly Bits.Bits[]
}

const isPossible = ({ allowed, wanted }: Demand): boolean =>
  !Bits.isEmpty(allowed) && wanted.every((each) => Bits.intersects(each, allowed))

/** That a test holds of a list, or does not: `∃U` wants one of U, `∀U` allows U only, and not the one is the other of ¬U. */
const demand = (
  { passed, mode, samples }: ListTests,
  test: number,
  holds: boolean,
  before: Demand,
): Demand => {
  const own = passed[test] ?? Bits.empty
  const pass = holds ? own : Bits.andNot(Bits.below(samples.length), own)
  return (mode[test] === 'Any') === holds
    ? { ...before, wanted: [...before.wanted, pass] }
    : { ...before, allowed: Bits.and(before.allowed, pass) }
}

const listOf = ({ allowed, wanted }: Demand): readonly number[] => {
  const chosen = wanted.flatMap((each) => Bits.toArray(Bits.and(each, allowed)).slice(0, 1))
  return chosen.length > 0 ? Array.from(new Set(chosen)) : Bits.toArray(allowed).slice(0, 1)
}

/** The tests of `live` that hold of a list with one element or more of each of these classes. */
const signatureOf = (
  { passed, mode }: ListTests,
  live: readonly number[],
  classes: readonly number[],
): Bits.Bits =>
  Bits.of(
    live.filter((test) => {
      const passes = (each: number): boolean => Bits.has(passed[test] ?? Bits.empty, each)
      if (mode[test] === 'Any') return classes.some(passes)
      return mode[test] === 'All' ? classes.every(passes) : mode[test] === 'True'
    }),
  )

/**
 * Lists of two and more values, found as conjunctions of demands are met, without listing the classes of lists: for each
 * live test in turn the search first asks that it fail, and only where that is at odds with the failing of others lets it
 * be. So all combinations of tests that fail together are met, the greatest first.
 *
 * **Cost** exponential only in the number of tests that are at odds.
 */
const searchLists =
  (lists: ListTests): Dimension['search'] =>
  ({ must, live, prune, visit }, counter) => {
    const start = must
      .filter((test) => lists.mode[test] === 'Any' || lists.mode[test] === 'All')
      .reduce<Demand>((so, test) => demand(lists, test, true, so), {
        allowed: Bits.below(lists.samples.length),
        wanted: [],
      })
    if (must.some((test) => lists.mode[test] === 'False') || !isPossible(start)) return E.right(false)
    const alive = Bits.toArray(live)
    const open = alive.filter((test) => lists.mode[test] === 'Any' || lists.mode[test] === 'All')
    const stack: (readonly [number, Demand])[] = [[0, start]] // local mutation: demands to be taken up
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [at, so] = next
      if (!counter.spend(1)) return E.left(Budget.exceeded(counter, 'lists of values of a key'))
      const rest = open.slice(at)
      const [test] = rest
      const together = rest.reduce((each, other) => demand(lists, other, false, each), so)
      if (test === undefined || isPossible(together)) {
        const classes = listOf(together)
        const signature = signatureOf(lists, alive, classes)
        const values = classes.flatMap((each) => lists.samples[each] ?? [])
        if (!prune(signature) && visit(signature, values.length === 1 ? [...values, ...values] : values))
          return E.right(true)
        continue
      }
      const failing = demand(lists, test, false, so)
      stack.push([at + 1, so])
      if (isPossible(failing)) stack.push([at + 1, failing])
    }
    return E.right(false)
  }
