/**
 * A `Universe` collects the sets that the statements of a question speak of, dimension by dimension, and is then closed
 * into dimensions that can be searched. Statements become boxes over it.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Condition, Operand, type Statement, type Version } from '../model/index.js'
import { Bits, type Budget, Glob, StringSet } from '../pattern/index.js'
import type { Strength } from '../simulator/index.js'
import type { Box } from './Box.js'
import * as callerText from './callerText.js'
import * as Dimension from './Dimension.js'
import { points, type Test } from './keyPoints.js'
import { isOpaqueTest, partlyBlind, resourceTrait, textTrait, traitOfTest, type Trait } from './opaque.js'
import { numbering, ofValue, type Numbering } from './remember.js'
import * as resourceText from './resourceText.js'
import {
  actionSet,
  callerSet,
  everyString,
  followingSet,
  resourceSet,
  testOf,
  type Reading,
} from './statementSets.js'

// ---- model ----

/**
 * Dimensions in order of search, and where each came from.
 *
 * `complete` false: what is proven over these dimensions is not proven, since a key's classes could not all be told.
 * `searchedComplete`, to be asked after the search, is the same for the keys that were searched, and costs nothing.
 *
 * @category model
 * @since 0.1.0
 */
export interface Closed {
  readonly dimensions: readonly Dimension.Dimension[]
  readonly keys: readonly string[]
  readonly complete: boolean
  readonly searchedComplete: () => boolean
}

/**
 * What is known of requests beforehand: the actions there are, and keys, folded, that may have several values beside
 * those that AWS lists so or a test with a set qualifier names.
 *
 * @category model
 * @since 0.1.0
 */
export interface Surroundings {
  readonly actions: StringSet.StringSet
  readonly listed?: ReadonlySet<string> | undefined
}

/**
 * Collects sets. `box` gives the box of a statement at a strength, undefined for one that matches nothing for sure.
 *
 * @category model
 * @since 0.1.0
 */
export interface Universe {
  readonly box: (
    statement: Statement.Statement,
    version: Version.Version | undefined,
    atLeast: Strength.Strength,
    reading: Reading,
  ) => Box
  readonly actions: (set: StringSet.StringSet) => Box
  readonly callers: (set: StringSet.StringSet) => Box
  readonly resources: (set: StringSet.StringSet) => Box
  readonly key: (name: string, test: Test) => Box
  /** What is known of a set by number, for the side conditions of proofs with opaque variables. */
  readonly trait: (dimension: number, set: number) => Trait
  /** The globs of a set of resources that read the letter of a variable only as a whole, where not all of them do. */
  readonly blindPart: (dimension: number, set: number) => number | undefined
  /** Does a set of a key ask only that the key be present? */
  readonly isPresence: (dimension: number, set: number) => boolean
  readonly close: (world: Surroundings, counter: Budget.Counter) => E.Either<Budget.BudgetExceeded, Closed>
}

/**
 * The places of the dimensions that every question has; keys follow in order of first appearance.
 *
 * @category model
 * @since 0.1.0
 */
export const place = { action: 0, caller: 1, resource: 2, firstKey: 3 } as const

const ordinaryActions: Dimension.Ordinary = {
  words: ['ecr:batchgetimage', 's3:getobject', 'ec2:describeinstances', 'example:example', 'x:x'],
  fillings: [['example'], ['zq0'], ['']],
}

// ---- collecting ----

/** Different for different sets, whatever letters are in them. */
const textOfSet = ofValue(({ literals, globs, complement }: StringSet.StringSet): string =>
  JSON.stringify([complement, literals, globs.map(Glob.show)]),
)

const textOfTest = ofValue((test: Test): string =>
  JSON.stringify(test, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)),
)

interface KeyTests {
  readonly name: string
  readonly index: number
  readonly tests: Numbering<Test>
}

const constraint = (dimension: number, sets: readonly number[]): Box => ({
  sets: new Map([[dimension, sets]]),
})

/** Keys in order of first appearance, each with the tests on it by number. */
interface NamedKeys {
  readonly all: ReadonlyMap<string, KeyTests>
  readonly box: (name: string, test: Test) => Box
  readonly testAt: (dimension: number, set: number) => Test | undefined
}

const namedKeys = (): NamedKeys => {
  const all = new Map<string, KeyTests>() // local mutation: grows as keys are named
  const listed: KeyTests[] = [] // local mutation: the same, by number
  return {
    all,
    box: (name, test) => {
      const folded = Condition.foldKey(name)
      const before = all.get(folded)
      const known = before ?? { name, index: all.size, tests: numbering(textOfTest) }
      if (before === undefined) {
        all.set(folded, known)
        listed.push(known)
      }
      return constraint(place.firstKey + known.index, [known.tests.of(test)])
    },
    testAt: (dimension, set) => listed[dimension - place.firstKey]?.tests.all()[set],
  }
}

/** Sets of texts as constraints, and for sets of resources the part that may stand beside a variable. */
const collector = (strings: Strings) => {
  const blindParts = new Map<number, number>() // local mutation: grows with the sets of resources
  const stringBox = (dimension: 0 | 1 | 2, set: StringSet.StringSet): Box => {
    if (set === everyString || isEverything(set)) return { sets: new Map() }
    const number = strings[dimension].of(set)
    const part = dimension === place.resource ? partlyBlind(set) : undefined
    if (part !== undefined) blindParts.set(number, strings[dimension].of(part))
    return constraint(dimension, [number])
  }
  const blindPart = (dimension: number, set: number): number | undefined =>
    dimension === place.resource ? blindParts.get(set) : undefined
  return { stringBox, blindPart }
}

/**
 * An empty collection. It changes as boxes are asked for, and is meant to live inside one question.
 *
 * @category constructors
 * @since 0.1.0
 */
export const open = (): Universe => {
  const strings = [numbering(textOfSet), numbering(textOfSet), numbering(textOfSet)] as const
  const keys = namedKeys()
  const told = telling()
  const { stringBox, blindPart } = collector(strings)
  const conditionBox = (
    condition: Condition.Condition,
    version: Version.Version | undefined,
    reading: Reading,
  ): Box => {
    const test = testOf(version, reading.lookup)(condition)
    const folded = Condition.foldKey(condition.key)
    const follows = callerText.isDerived(folded) || folded === 'aws:resourceaccount'
    // A variable's value may be spread over several fields of a caller, so that its letter cannot be carried back to
    // them: the key then stands by itself, which leaves more requests than there are and keeps proofs sound.
    if (!follows || isOpaqueTest(test)) return keys.box(condition.key, test)
    const isOwner = folded === 'aws:resourceaccount'
    const set = followingSet(folded)(test)
    if (set === undefined) told.doubt()
    return stringBox(isOwner ? place.resource : place.caller, set ?? everyString)
  }
  const box: Universe['box'] = (statement, version, atLeast, reading) =>
    [
      stringBox(place.action, actionSet(statement.action)),
      ...(statement._tag === 'IdentityStatement'
        ? []
        : [stringBox(place.caller, callerSet(statement, atLeast, reading))]),
      stringBox(place.resource, resourceSet(version, reading.lookup)(statement.resource)),
      ...statement.conditions.map((condition) => conditionBox(condition, version, reading)),
    ].reduce(merge)
  const close: Universe['close'] = (world, counter) =>
    E.right(closedOver(strings, keys.all, told, world, counter))
  return {
    box,
    actions: (set) => stringBox(place.action, set),
    callers: (set) => stringBox(place.caller, set),
    resources: (set) => stringBox(place.resource, set),
    key: keys.box,
    trait: (dimension, set) => {
      const found = dimension < place.firstKey ? strings[stringPlace(dimension)].all()[set] : undefined
      if (found !== undefined) return (dimension === place.resource ? resourceTrait : textTrait)(found)
      return traitOfTest(keys.testAt(dimension, set))
    },
    blindPart,
    isPresence: (dimension, set) => isPresenceTest(keys.testAt(dimension, set)),
    close,
  }
}

const isPresenceTest = (test: Test | undefined): boolean =>
  test?.truth.present === 'Always' && !test.truth.missing

/** Whether every class of values could be told so far. */
interface Told {
  readonly isComplete: () => boolean
  readonly doubt: () => void
}

const telling = (): Told => {
  let complete = true // local mutation: false for good once something cannot be told
  return {
    isComplete: () => complete,
    doubt: () => {
      complete = false
    },
  }
}

type Strings = readonly [
  Numbering<StringSet.StringSet>,
  Numbering<StringSet.StringSet>,
  Numbering<StringSet.StringSet>,
]

const keyDimension = (
  name: string,
  tests: readonly Test[],
  told: Told,
  listed: Surroundings['listed'],
): Dimension.Dimension => {
  const lists =
    Condition.multivaluedKeys.has(name) ||
    listed?.has(name) === true ||
    tests.some(({ truth }) => truth.present === 'Any' || truth.present === 'All')
  return Dimension.ofPoints(name, (counter) => {
    const found = points(tests, lists, Operand.admits, counter)
    if (E.isRight(found) && !found.right.complete) told.doubt()
    return found
  })
}

const closedOver = (
  strings: Strings,
  keys: ReadonlyMap<string, KeyTests>,
  told: Told,
  world: Surroundings,
  counter: Budget.Counter,
): Closed => {
  const closedKeys = Array.from(keys, ([name, { tests }]) =>
    keyDimension(name, tests.all(), told, world.listed),
  )
  const searchAll = (): void => {
    for (const { search } of closedKeys)
      search({ must: [], live: Bits.empty, prune: () => false, visit: () => true }, counter)
  }
  const { universe, ordinary, malformed } = callerText
  const actions = strings[place.action].all()
  return {
    dimensions: [
      Dimension.ofStrings('action', actions, world.actions, ordinaryActions, blanks(actions)),
      Dimension.ofStrings('caller', strings[place.caller].all(), universe(), ordinary, malformed()),
      Dimension.ofStrings(
        'resource',
        strings[place.resource].all(),
        resourceText.universe(),
        resourceText.ordinary,
      ),
      ...closedKeys,
    ],
    keys: Array.from(keys.values(), ({ name }) => name),
    get complete() {
      searchAll()
      return told.isComplete()
    },
    searchedComplete: told.isComplete,
  }
}

const blank = StringSet.stringSet([Glob.parse('* *')])

/** No action has a blank in its name, though a pattern may (U-31): to be said only where one has. */
const blanks = (sets: readonly StringSet.StringSet[]): StringSet.StringSet | undefined =>
  sets.some(hasBlank) ? blank : undefined

const hasBlank = ofValue(({ literals, globs }: StringSet.StringSet): boolean =>
  [
    ...literals,
    ...globs.flatMap((glob) => glob.flatMap((token) => (token._tag === 'Text' ? [token.text] : []))),
  ].some((text) => text.includes(' ')),
)

const isEverything = ({ globs, literals, complement }: StringSet.StringSet): boolean =>
  complement
    ? globs.length === 0 && literals.length === 0
    : globs.some((glob) => glob.length === 1 && glob[0]?._tag === 'Run')

const stringPlace = (dimension: number): 0 | 1 | 2 => (dimension === 0 ? 0 : dimension === 1 ? 1 : 2)

const merge = (a: Box, b: Box): Box => {
  const sets = new Map(a.sets) // local mutation: a copy
  for (const [dimension, more] of b.sets)
    sets.set(
      dimension,
      Array.from(new Set([...(sets.get(dimension) ?? []), ...more])).sort((x, y) => x - y),
    )
  return { sets }
}
