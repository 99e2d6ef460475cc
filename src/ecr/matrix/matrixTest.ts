/**
 * A `Test` is one element of a statement that may come out differently for different callers or repositories, and what
 * it reads of them. Two callers alike in what a test reads come out of it alike, whatever the repository, and the other
 * way round.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  Action,
  Condition,
  getOrThrow,
  Principal,
  Problem,
  Resource,
  Statement,
  Variable,
  type Version,
} from '../../model/index.js'
import { Glob } from '../../pattern/index.js'
import { Simulator } from '../../simulator/index.js'

// ---- model ----

/**
 * A request made ready.
 *
 * @category model
 * @since 0.1.0
 */
export type Probe = ReturnType<typeof Simulator.prepare>

/**
 * What came out of a test, and in the end of a statement: 0 for no match, else how directly it names the caller, which is
 * most directly where it names nobody. A statement comes out as the least of its tests.
 *
 * @category model
 * @since 0.1.0
 */
export type Rank = 0 | 1 | 2 | 3

/**
 * The rank of a strength; none is 0.
 *
 * @category destructors
 * @since 0.1.0
 */
export const rankOf = (strength: Simulator.Strength | undefined): Rank =>
  strength === undefined ? 0 : ranks[strength]

const ranks = { Account: 1, Entity: 2, Direct: 3 } as const

/**
 * - `key`: equal for tests that are the same.
 * - `keys`: the context keys that it reads, folded. `readsCaller`, `readsResource`: what it reads besides.
 * - `value`: what comes out for a request.
 * - `ofResource`: what comes out for the text of a resource, where the keys are known to be as looked up.
 *
 * @category model
 * @since 0.1.0
 */
export interface Test {
  readonly key: string
  readonly keys: readonly string[]
  readonly readsCaller: boolean
  readonly readsResource: boolean
  readonly value: (probe: Probe) => Rank
  readonly ofResource?: (lookup: Variable.Lookup) => (text: string) => Rank
}

// ---- constructors ----

/**
 * The tests of a statement. A matching action is taken for granted.
 *
 * @category constructors
 * @since 0.1.0
 */
export const testsOf =
  (version: Version.Version | undefined) =>
  (statement: Statement.Statement): readonly Test[] => [
    ...principalTest(statement),
    ...resourceTest(version, statement.resource),
    ...statement.conditions.map(conditionTest(version)),
  ]

const anyAction: Action.ActionClause = {
  _tag: 'Action',
  patterns: [Action.parsePatternOrThrow('*')],
}

const blank = {
  sid: undefined,
  effect: 'Allow',
  action: anyAction,
  resource: { _tag: 'Resource', patterns: [Resource.parsePatternOrThrow('*')] },
  conditions: Condition.none,
} as const

/** What becomes of a part of a statement. No service of ECR is reached by a gateway endpoint (U-22). */
const outcome =
  (version: Version.Version | undefined, part: Statement.Statement) =>
  (probe: Probe): Rank => {
    const match = Simulator.matchStatement(probe, version, false)(part)
    return rankOf(match._tag === 'Matched' ? match.strength : undefined)
  }

const principalTest = (statement: Statement.Statement): readonly Test[] => {
  if (statement._tag === 'IdentityStatement') return []
  const { principal, effect } = statement
  if (principal._tag === 'Principal' && principal.principals.some(({ _tag }) => _tag === 'Everyone'))
    return [] // it names everybody directly
  return [
    {
      key: JSON.stringify([effect, principal]),
      keys: [],
      readsCaller: true,
      readsResource: false,
      value: outcome(undefined, Statement.resource({ ...blank, effect, principal })),
    },
  ]
}

const resourceTest = (
  version: Version.Version | undefined,
  clause: Resource.ResourceClause,
): readonly Test[] => {
  if (clause._tag === 'Attached') return [] // SM-R9: whether there is a resource is the question's to say
  const keys = keysIn(version, clause.patterns)
  const part = Statement.resource({ ...blank, principal: everybody, resource: clause })
  return [
    {
      key: JSON.stringify([version, clause]),
      keys,
      readsCaller: false,
      readsResource: true,
      value: outcome(version, part),
      ofResource: lists(version, clause),
    },
  ]
}

const everybody: Principal.PrincipalClause = {
  _tag: 'Principal',
  principals: Principal.list([Principal.everyone]),
}

/** A clause read once for many resources. */
const lists =
  (version: Version.Version | undefined, { _tag, patterns }: Resource.ListedResources) =>
  (lookup: Variable.Lookup): ((text: string) => Rank) => {
    const globs = patterns.map(Resource.glob(version, lookup)).filter((glob) => glob !== undefined) // U-7
    const literals = new Set(globs.map(Glob.literalText))
    const others = globs.filter((glob) => !Glob.isLiteral(glob)).map(Glob.compile)
    const isListed = (text: string): boolean => literals.has(text) || others.some((fits) => fits(text))
    return (text) => (isListed(text) === (_tag === 'Resource') ? 3 : 0)
  }

const conditionTest =
  (version: Version.Version | undefined) =>
  (condition: Condition.Condition): Test => ({
    key: JSON.stringify([version, condition]),
    keys: [Condition.foldKey(condition.key), ...keysIn(version, condition.values)],
    readsCaller: false,
    readsResource: false,
    value: outcome(version, Statement.identity({ ...blank, conditions: blockOf(condition) })),
  })

const blockOf = (condition: Condition.Condition): Condition.ConditionBlock =>
  getOrThrow(Problem.show)(Condition.block([condition])) // one condition is always a block

/** The keys of the variables in texts, folded. */
const keysIn = (version: Version.Version | undefined, texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => {
    const template = text.includes('${') ? Variable.parse(version)(text) : E.right([])
    return E.isLeft(template)
      ? []
      : template.right.flatMap((piece) => (piece._tag === 'Variable' ? [Condition.foldKey(piece.key)] : []))
  })
