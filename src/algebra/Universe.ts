/**
 * A `Universe` collects the sets that the statements of a question speak of, dimension by dimension, and is then closed
 * into dimensions that can be searched. Statements become boxes over it.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  Action,
  Condition,
  type Document,
  Operand,
  Operator,
  type Principal,
  Resource,
  type Statement,
  type Variable,
  type Version,
} from '../model/index.js'
import { Bits, type Budget, Glob, StringSet } from '../pattern/index.js'
import type { Strength } from '../simulator/index.js'
import type { Box } from './Box.js'
import * as callerText from './callerText.js'
import * as Dimension from './Dimension.js'
import { points, type Test } from './keyPoints.js'
import { numbering, ofValue, perKey, type Numbering } from './remember.js'
import * as resourceText from './resourceText.js'

// ---- model ----

/**
 * How statements are read: the values of variables, and what the layer says of principals.
 *
 * @category model
 * @since 0.1.0
 */
export interface Reading {
  readonly lookup: Variable.Lookup
  readonly boundary: boolean
  readonly accountMeansRoot: boolean
}

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
 * - `opaque`: it speaks of the letter that stands for a variable's value.
 * - `positive`: it is a union of globs, not a complement.
 * - `faithful`: that letter stands for the value as it is, not for all its spellings in any case.
 * - `blind`: it may read that letter only as a whole, since no wildcard of it counts letters or stops at a separator.
 *
 * @category model
 * @since 0.1.0
 */
export interface Trait {
  readonly opaque: boolean
  readonly positive: boolean
  readonly faithful: boolean
  readonly blind: boolean
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
  /** Does a set of a key ask only that the key be present? */
  readonly isPresence: (dimension: number, set: number) => boolean
  readonly close: (
    world: { readonly actions: StringSet.StringSet },
    counter: Budget.Counter,
  ) => E.Either<Budget.BudgetExceeded, Closed>
}

/**
 * The places of the dimensions that every question has; keys follow in order of first appearance.
 *
 * @category model
 * @since 0.1.0
 */
export const place = { action: 0, caller: 1, resource: 2, firstKey: 3 } as const

/**
 * Actions of the default world: any well-formed one, letter case removed.
 *
 * @category model
 * @since 0.1.0
 */
export const wellFormedActions: StringSet.StringSet = StringSet.stringSet([
  Glob.concat([[Glob.oneWithin, Glob.runWithin], Glob.literal(':'), [Glob.oneWithin, Glob.runWithin]]),
])

const ordinaryActions: Dimension.Ordinary = {
  words: ['ecr:batchgetimage', 's3:getobject', 'ec2:describeinstances', 'example:example', 'x:x'],
  fillings: [['example'], ['zq0'], ['']],
}

/** Keys that AWS lists as multivalued; others have lists only where a test with a set qualifier asks for it. */
const multivalued: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'aws:vpceorgpaths',
])

// ---- collecting ----

const textOfSet = ofValue(
  ({ literals, globs, complement }: StringSet.StringSet): string =>
    `${complement ? '-' : '+'}${literals.join('\n')}\n\n${globs.map(Glob.show).join('\n')}`,
)

const textOfTest = ofValue((test: Test): string =>
  JSON.stringify(test, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)),
)

interface KeyTests {
  readonly name: string
  readonly index: number
  readonly tests: Numbering<Test>
}

const everyString = StringSet.stringSet([Glob.all])

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
  const stringBox = (dimension: 0 | 1 | 2, set: StringSet.StringSet): Box =>
    set === everyString || isEverything(set)
      ? { sets: new Map() }
      : constraint(dimension, [strings[dimension].of(set)])
  const conditionBox = (
    condition: Condition.Condition,
    version: Version.Version | undefined,
    reading: Reading,
  ): Box => {
    const test = plainTestOf(version)(condition) ?? testOf(condition, version, reading.lookup)
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
        : [
            stringBox(
              place.caller,
              principalSet([statement.effect, atLeast, reading.boundary, reading.accountMeansRoot].join('/'))(
                statement.principal,
              ),
            ),
          ]),
      stringBox(
        place.resource,
        plainResourceSet(version)(statement.resource) ??
          resourceSet(statement.resource, version, reading.lookup),
      ),
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

const keyDimension = (name: string, tests: readonly Test[], told: Told): Dimension.Dimension => {
  const lists =
    multivalued.has(name) || tests.some(({ truth }) => truth.present === 'Any' || truth.present === 'All')
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
  world: { readonly actions: StringSet.StringSet },
  counter: Budget.Counter,
): Closed => {
  const closedKeys = Array.from(keys, ([name, { tests }]) => keyDimension(name, tests.all(), told))
  const searchAll = (): void => {
    for (const { search } of closedKeys)
      search({ must: [], live: Bits.empty, prune: () => false, visit: () => true }, counter)
  }
  const { universe, ordinary, malformed } = callerText
  return {
    dimensions: [
      Dimension.ofStrings('action', strings[place.action].all(), world.actions, ordinaryActions),
      Dimension.ofStrings('caller', strings[place.caller].all(), universe, ordinary, malformed),
      Dimension.ofStrings(
        'resource',
        strings[place.resource].all(),
        resourceText.universe,
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

const isEverything = ({ globs, literals, complement }: StringSet.StringSet): boolean =>
  complement
    ? globs.length === 0 && literals.length === 0
    : globs.some((glob) => glob.length === 1 && glob[0]?._tag === 'Run')

const stringPlace = (dimension: number): 0 | 1 | 2 => (dimension === 0 ? 0 : dimension === 1 ? 1 : 2)

/**
 * The letter that stands for the value of a variable: a private one, which no policy has reason to use.
 *
 * @category constructors
 * @since 0.1.0
 */
export const opaqueLetter = (variable: number): string => String.fromCodePoint(OPAQUE + variable)

const OPAQUE = 0xf0000

/**
 * Do the documents themselves use such letters where a variable may stand?
 *
 * @category predicates
 * @since 0.1.0
 */
export const usesOpaqueLetters = (documents: readonly Document.Document[]): boolean =>
  documents.some(({ statements }) =>
    statements.some(
      ({ resource, conditions }) =>
        (resource._tag !== 'Attached' && resource.patterns.some(isOpaque)) ||
        conditions.some(({ values }) => values.some(isOpaque)),
    ),
  )

const opaqueLetters = /[\u{f0000}-\u{10ffff}]/u

const isOpaque = (text: string): boolean => opaqueLetters.test(text)

const globTrait = (
  glob: Glob.Glob,
  stopsAnywhere: boolean,
): { readonly opaque: boolean; readonly blind: boolean } => {
  const firstRun = glob.findIndex(({ _tag }) => _tag === 'Run')
  return {
    opaque: glob.some((token) => token._tag === 'Text' && isOpaque(token.text)),
    blind: glob.every(
      ({ _tag }, i) =>
        _tag === 'Text' ||
        _tag === 'Run' ||
        (_tag === 'RunWithin' && !stopsAnywhere && (firstRun === -1 || i < firstRun)),
    ),
  }
}

/** In resources a bounded run before the first free one ends before any variable may stand (VA-1). */
const traitOfStrings = (
  { globs, literals, complement }: StringSet.StringSet,
  stopsAnywhere: boolean,
): Trait => {
  const traits = globs.map((glob) => globTrait(glob, stopsAnywhere))
  return {
    opaque: literals.some(isOpaque) || traits.some(({ opaque }) => opaque),
    positive: !complement,
    faithful: true,
    blind: traits.every(({ blind }) => blind),
  }
}

const resourceTrait = ofValue((set: StringSet.StringSet) => traitOfStrings(set, false))
const textTrait = ofValue((set: StringSet.StringSet) => traitOfStrings(set, true))

const traitOfTest = (test: Test | undefined): Trait => (test === undefined ? plainTrait : testTrait(test))

const plainTrait: Trait = { opaque: false, positive: false, faithful: true, blind: true }

const testTrait = ofValue((test: Test): Trait => {
  const globs = test.operands.flatMap((operand) => (operand._tag === 'Strings' ? [operand.glob] : []))
  const traits = globs.map((glob) => globTrait(glob, true))
  const isPlain = !test.truth.negated && test.truth.present !== 'All' && !test.truth.missing
  return {
    opaque: traits.some(({ opaque }) => opaque),
    positive: isPlain,
    faithful: test.foldsVariable !== true,
    blind:
      traits.every(({ blind }) => blind) &&
      test.operands.every(({ _tag }) => _tag === 'Strings' || _tag === 'Nothing'),
  }
})

const merge = (a: Box, b: Box): Box => {
  const sets = new Map(a.sets) // local mutation: a copy
  for (const [dimension, more] of b.sets)
    sets.set(
      dimension,
      Array.from(new Set([...(sets.get(dimension) ?? []), ...more])).sort((x, y) => x - y),
    )
  return { sets }
}

// ---- statements as sets ----

const isPattern = (text: string): boolean => text.includes('*') || text.includes('?')

const actionSet = ofValue(({ _tag, patterns }: Action.ActionClause): StringSet.StringSet => {
  const folded = patterns.map((pattern) => Action.fold(pattern))
  return {
    literals: Array.from(new Set(folded.filter((text) => !isPattern(text)))),
    globs: StringSet.stringSet(folded.filter(isPattern).map(Glob.parse)).globs,
    complement: _tag === 'NotAction',
  }
})

/** The sets of keys that follow from caller or resource, which is a short list. */
const followingSet = perKey(
  (folded) =>
    ({ truth, operands }: Test) =>
      folded === 'aws:resourceaccount'
        ? resourceText.ownerSet(truth, operands)
        : callerText.derivedSet(folded, truth, operands),
)

const noLookup: Variable.Lookup = () => ({ _tag: 'Missing' })

const variableMark = '${'

/** The test of a condition without variables; undefined for one with. */
const plainTestOf = (
  (versions) => (version: Version.Version | undefined) =>
    versions(version ?? '')
)(
  perKey(
    (version) =>
      (condition: Condition.Condition): Test | undefined =>
        condition.values.some((value) => value.includes(variableMark))
          ? undefined
          : testOf(
              condition,
              version === '2012-10-17' || version === '2008-10-17' ? version : undefined,
              noLookup,
            ),
  ),
)

const principalSet = perKey((text) => (clause: Principal.PrincipalClause) => {
  const [effect, atLeast, boundary, accountMeansRoot] = text.split('/')
  return callerText.clauseSet(
    clause,
    effect === 'Deny' ? 'Deny' : 'Allow',
    atLeast === 'Direct' || atLeast === 'Entity' ? atLeast : 'Account',
    { boundary: boundary === 'true', accountMeansRoot: accountMeansRoot === 'true' },
  )
})

const resourceSet = (
  clause: Resource.ResourceClause,
  version: Version.Version | undefined,
  lookup: Variable.Lookup,
): StringSet.StringSet => {
  if (clause._tag === 'Attached') return resourceText.withResource
  if (clause._tag === 'Resource' && clause.patterns.some((pattern) => pattern === '*')) return everyString
  const globs = clause.patterns.flatMap((pattern) => {
    const glob = Resource.glob(version, lookup)(pattern)
    return glob === undefined ? [] : [resourceText.matching(glob)]
  })
  return StringSet.stringSet(globs, clause._tag === 'NotResource')
}

/** The set of an element without variables; undefined for one with. */
const plainResourceSet = (
  (versions) => (version: Version.Version | undefined) =>
    versions(version ?? '')
)(
  perKey(
    (version) =>
      (clause: Resource.ResourceClause): StringSet.StringSet | undefined =>
        clause._tag !== 'Attached' && clause.patterns.some((pattern) => pattern.includes(variableMark))
          ? undefined
          : resourceSet(
              clause,
              version === '2012-10-17' || version === '2008-10-17' ? version : undefined,
              noLookup,
            ),
  ),
)

/**
 * A condition as a test of its key.
 *
 * @category destructors
 * @since 0.1.0
 */
export const testOf = (
  { operator, values }: Condition.Condition,
  version: Version.Version | undefined,
  lookup: Variable.Lookup,
): Test => {
  const truth = Operator.truth(operator, values)
  const { comparison } = Operator.operators[operator.name]
  if (truth.present === 'Always' || truth.present === 'Never') return { truth, operands: [] }
  const test: Test = { truth, operands: values.map(Operand.read(comparison, version, lookup)) }
  const folds = comparison.type === 'String' && comparison.ignoreCase
  return folds && isOpaqueTest(test) ? { ...test, foldsVariable: true } : test
}

const isOpaqueTest = ({ operands }: Test): boolean =>
  operands.some((operand) => operand._tag === 'Strings' && globTrait(operand.glob, true).opaque)
