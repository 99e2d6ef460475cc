/**
 * A context key as a finite partition: missing, one value of each class that the tests on it can tell apart, and, where
 * lists of values matter, one list of each footprint.
 *
 * Two lists whose elements lie in the same classes pass the same tests; a list's truth under `Any` and `All` is the
 * union and the intersection of its elements'. So the classes of lists are the closure of the elements' under pairs,
 * which is finite and exact.
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
import type { Sample } from './Dimension.js'

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
  /** A variable is compared in any letter case, which one letter that stands for its value cannot say. */
  readonly foldsVariable?: true
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
 * The classes of a key. `complete` false: there may be more (tests of several types on one key), so that nothing can be
 * proven by looking at all of these.
 *
 * @category model
 * @since 0.1.0
 */
export interface Points {
  readonly points: readonly Point[]
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

/** A list of values so far: tests that some, and that every element passes. */
interface Footprint {
  readonly some: Bits.Bits
  readonly every: Bits.Bits
  readonly sample: Sample
}

const bitsWhere = (tests: readonly Test[], holds: (test: Test, index: number) => boolean): Bits.Bits =>
  Bits.of(tests.flatMap((test, index) => (holds(test, index) ? [index] : [])))

const constant = ({ truth, listsOnly }: Test): boolean => truth.present === 'Always' && listsOnly !== true

const isValueTest = ({ truth }: Test): boolean => truth.present !== 'Always' && truth.present !== 'Never'

const closure = (
  singles: readonly Footprint[],
  counter: Budget.Counter,
): E.Either<Budget.BudgetExceeded, readonly Footprint[]> => {
  const found = new Map<string, Footprint>() // local mutation: work list and result in one
  const queue: Footprint[] = singles.map((one) => ({ ...one, sample: [...one.sample, ...one.sample] }))
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const key = `${Bits.key(next.some)}|${Bits.key(next.every)}`
    if (found.has(key)) continue
    found.set(key, next)
    if (!counter.spend(singles.length)) return E.left(Budget.exceeded(counter, 'lists of values of a key'))
    for (const one of singles)
      queue.push({
        some: Bits.or(next.some, one.some),
        every: Bits.and(next.every, one.every),
        sample: joined(next.sample, one.sample),
      })
  }
  return E.right(Array.from(found.values()))
}

/** One element of each class is enough; a doubled first element stands only while the list has no other. */
const joined = (sample: Sample, more: Sample): Sample => {
  const [first, second] = sample
  const shortened = sample.length === 2 && first === second ? sample.slice(1) : sample
  return Array.from(new Set([...shortened, ...more])).length > 1
    ? Array.from(new Set([...shortened, ...more]))
    : [...shortened, ...more]
}

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
 * **Cost** the number of classes; `BudgetExceeded` when the counter runs out.
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
  const passes = (region: Region, index: number, test: Test): boolean =>
    isValueTest(test) && (region.admitted[index] ?? false) !== test.truth.negated
  const missing: Point = { sets: bitsWhere(tests, ({ truth }) => truth.missing), sample: [] }
  const singles = found.right.regions.map((region) => {
    const passed = bitsWhere(tests, (test, index) => passes(region, index, test))
    return { passed, sample: [region.sample] }
  })
  const always = bitsWhere(tests, constant)
  const one = singles.map(({ passed, sample }): Point => ({ sets: Bits.or(passed, always), sample }))
  if (!hasLists) return E.right({ points: [missing, ...one], complete: found.right.complete })
  const footprints = closure(
    singles.map(({ passed, sample }) => ({ some: passed, every: passed, sample })),
    counter,
  )
  if (E.isLeft(footprints)) return footprints
  const lists = bitsWhere(tests, ({ listsOnly }) => listsOnly === true)
  const [anyTests, allTests] = (['Any', 'All'] as const).map((mode) =>
    bitsWhere(tests, ({ truth }) => truth.present === mode),
  )
  const many = footprints.right.map(({ some, every, sample }): Point => ({
    sets: Bits.or(
      Bits.or(always, lists),
      Bits.or(Bits.and(some, anyTests ?? Bits.empty), Bits.and(every, allTests ?? Bits.empty)),
    ),
    sample,
  }))
  return E.right({ points: [missing, ...one, ...many], complete: found.right.complete })
}
