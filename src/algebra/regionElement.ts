/**
 * Elements of statements by themselves, each a set of requests that may hold or fail: what regions and certificates are
 * put together from. A statement is the conjunction of its elements.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  Action,
  Condition,
  getOrThrow,
  Operator,
  Principal,
  Problem,
  Resource,
  Statement,
  type Document,
  type Request,
  type Variable,
  type Version,
} from '../model/index.js'
import { Frozen, Glob, Remember, StringSet } from '../pattern/index.js'
import { Simulator, type Strength } from '../simulator/index.js'
import { everything, intersect, type Box } from './Box.js'
import * as callerText from './callerText.js'
import type { Test } from './keyPoints.js'
import { isOpaqueTest } from './opaque.js'
import * as resourceText from './resourceText.js'
import { testOf } from './statementSets.js'
import type { Universe } from './Universe.js'

// ---- model ----

/**
 * A statement with the version of the document that it stands in, which says whether its variables are any.
 *
 * @category model
 * @since 0.1.0
 */
export interface Line {
  readonly statement: Statement.Statement
  readonly version: Version.Version | undefined
}

/**
 * Requests for an action that one of the patterns matches.
 *
 * @category model
 * @since 0.1.0
 */
export interface ActionElement {
  readonly _tag: 'Action'
  readonly patterns: readonly Action.ActionPattern[]
}

/**
 * `Resource`: requests on a resource that one of the patterns matches. `Attached`: requests on any resource at all, as a
 * policy without Resource means them (SM-R9).
 *
 * @category model
 * @since 0.1.0
 */
export type ResourceElement =
  | {
      readonly _tag: 'Resource'
      readonly patterns: readonly Resource.ResourcePattern[]
      readonly version: Version.Version | undefined
    }
  | { readonly _tag: 'Attached' }

/**
 * `Principal`: requests by callers that an entry names. `Spared`: requests by callers that a Deny with NotPrincipal of
 * these entries spares (U-15).
 *
 * @category model
 * @since 0.1.0
 */
export interface PrincipalElement {
  readonly _tag: 'Principal' | 'Spared'
  readonly principals: readonly Principal.Principal[]
}

/**
 * Requests of which the condition is true.
 *
 * @category model
 * @since 0.1.0
 */
export interface ConditionElement {
  readonly _tag: 'Condition'
  readonly condition: Condition.Condition
  readonly version: Version.Version | undefined
}

/**
 * A set of requests as one element of a policy tells it, in the policy's own texts.
 *
 * @category model
 * @since 0.1.0
 */
export type Element = ActionElement | ResourceElement | PrincipalElement | ConditionElement

/**
 * The requests in an element, or those outside it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Literal {
  readonly element: Element
  readonly holds: boolean
}

// ---- constructors ----

/**
 * The statements of a document as lines.
 *
 * @category constructors
 * @since 0.1.0
 */
export const linesOf = ({ statements, version }: Document.Document): readonly Line[] =>
  statements.map((statement) => ({ statement, version }))

/**
 * A document of one line, for what asks for documents.
 *
 * @category destructors
 * @since 0.1.0
 */
export const documentOf = ({ statement, version }: Line): Document.Document => ({
  _tag: 'Document',
  version,
  id: undefined,
  statements: [statement],
})

/**
 * The elements of a statement: a request matches it exactly when all of these are as they say.
 *
 * @category constructors
 * @since 0.1.0
 */
export const literalsOf = ({ statement, version }: Line): readonly Literal[] => [
  {
    element: { _tag: 'Action', patterns: statement.action.patterns },
    holds: statement.action._tag === 'Action',
  },
  statement.resource._tag === 'Attached'
    ? { element: { _tag: 'Attached' }, holds: true }
    : {
        element: { _tag: 'Resource', patterns: statement.resource.patterns, version },
        holds: statement.resource._tag === 'Resource',
      },
  ...(statement._tag === 'IdentityStatement' ? [] : [principalLiteral(statement)]),
  ...statement.conditions.map((condition): Literal => ({
    element: { _tag: 'Condition', condition, version },
    holds: true,
  })),
]

/** U-15, U-16: NotPrincipal is a complement in an Allow, and something of its own in a Deny. */
const principalLiteral = ({ effect, principal }: Statement.ResourceStatement): Literal => ({
  element: {
    _tag: principal._tag === 'NotPrincipal' && effect === 'Deny' ? 'Spared' : 'Principal',
    principals: principal.principals,
  },
  holds: principal._tag === 'Principal',
})

// ---- destructors ----

/**
 * The element of which the values are listed one by one, so that it is the union of what each value is; undefined where
 * values count only together.
 *
 * @category destructors
 * @since 0.1.0
 */
export const alternatives = (element: Element): readonly Element[] | undefined => {
  switch (element._tag) {
    case 'Action':
      return element.patterns.map((pattern) => ({ ...element, patterns: [pattern] }))
    case 'Resource':
      return element.patterns.map((pattern) => ({ ...element, patterns: [pattern] }))
    case 'Principal':
      return element.principals.map((principal) => ({ ...element, principals: [principal] }))
    case 'Condition':
      return isUnion(element.condition)
        ? element.condition.values.map((value) => ({
            ...element,
            condition: { ...element.condition, values: [value] },
          }))
        : undefined
    case 'Attached':
    case 'Spared':
      return undefined
  }
}

/** CO-2, CO-3, CO-M1: a test that one listed value is enough for. */
const isUnion = ({ operator }: Condition.Condition): boolean =>
  operator.name !== 'Null' &&
  operator.qualifier !== 'ForAllValues' &&
  !Operator.operators[operator.name].negated

/**
 * The element with only those of its values whose place a predicate holds for.
 *
 * @category combinators
 * @since 0.1.0
 */
export const keepValues =
  (holds: (place: number) => boolean) =>
  (element: Element): Element => {
    const kept = <A>(values: readonly A[]): readonly A[] => values.filter((_, place) => holds(place))
    switch (element._tag) {
      case 'Action':
        return { ...element, patterns: kept(element.patterns) }
      case 'Resource':
        return { ...element, patterns: kept(element.patterns) }
      case 'Principal':
      case 'Spared':
        return { ...element, principals: kept(element.principals) }
      case 'Condition':
        return { ...element, condition: { ...element.condition, values: kept(element.condition.values) } }
      case 'Attached':
        return element
    }
  }

/**
 * What an element speaks of: `Action`, `Resource`, `Principal`, or the folded key of a condition.
 *
 * @category destructors
 * @since 0.1.0
 */
export const subjectOf = (element: Element): string => {
  switch (element._tag) {
    case 'Action':
      return 'Action'
    case 'Resource':
    case 'Attached':
      return 'Resource'
    case 'Principal':
    case 'Spared':
      return 'Principal'
    case 'Condition':
      return `Condition ${Condition.foldKey(element.condition.key)}`
  }
}

/**
 * A text that two literals share exactly when they are the same.
 *
 * @category destructors
 * @since 0.1.0
 */
export const literalKey: (literal: Literal) => string = Remember.ofValue((literal) => JSON.stringify(literal))

// ---- one element as a statement ----

const anyAction = getOrThrow(Problem.show)(Action.parsePattern('*'))
const anyResource = Resource.parsePatternOrThrow('*')

const any = /* @__PURE__ */ Frozen.deep({
  sid: undefined,
  effect: 'Allow',
  action: { _tag: 'Action', patterns: [anyAction] },
  resource: { _tag: 'Resource', patterns: [anyResource] },
  conditions: Condition.none,
} as const)

const identityAny = Statement.identity(any)

const resourceAny = Statement.resource({
  ...any,
  principal: { _tag: 'Principal', principals: Principal.list([Principal.everyone]) },
})

/** A statement that matches the literal's requests and no others, undefined where there is none. */
const statementOf = ({ element, holds }: Literal): Statement.Statement | undefined => {
  switch (element._tag) {
    case 'Action': {
      const [first, ...rest] = element.patterns
      const _tag = holds ? 'Action' : 'NotAction'
      return first && { ...identityAny, action: { _tag, patterns: [first, ...rest] } }
    }
    case 'Resource': {
      const [first, ...rest] = element.patterns
      const _tag = holds ? 'Resource' : 'NotResource'
      return first && { ...identityAny, resource: { _tag, patterns: [first, ...rest] } }
    }
    case 'Attached':
      return holds ? { ...resourceAny, resource: Resource.attached } : undefined
    case 'Principal':
      return naming('Allow', holds ? 'Principal' : 'NotPrincipal', element.principals)
    case 'Spared':
      return holds ? undefined : naming('Deny', 'NotPrincipal', element.principals)
    case 'Condition': {
      const block = Condition.block([element.condition])
      return holds && E.isRight(block) ? { ...identityAny, conditions: block.right } : undefined
    }
  }
}

const naming = (
  effect: Statement.Effect,
  _tag: 'Principal' | 'NotPrincipal',
  entries: readonly Principal.Principal[],
): Statement.Statement | undefined => {
  const principals = listOf(entries)
  return principals && { ...resourceAny, effect, principal: { _tag, principals } }
}

const listOf = ([first, ...rest]: readonly Principal.Principal[]): Principal.PrincipalList | undefined =>
  first && Principal.list([first, ...rest])

const versionOf = (element: Element): Version.Version | undefined =>
  element._tag === 'Resource' || element._tag === 'Condition' ? element.version : undefined

/** A search asks about one request with every line. */
const prepared = Remember.ofGiven((request: Request.Request) => Simulator.prepare(request, false))

/**
 * Is the request as the literal says?
 *
 * @category evaluation
 * @since 0.1.0
 */
export const agrees =
  ({ element, holds }: Literal) =>
  (request: Request.Request): boolean => {
    const version = versionOf(element)
    const positive = statementOf({ element, holds: true })
    const negative = statementOf({ element, holds: false })
    const statement = positive ?? negative
    if (statement === undefined) return !holds
    const matched = Simulator.matchStatement(prepared(request), version, false)(statement)
    return (matched._tag === 'Matched') === ((positive === undefined) !== holds)
  }

/**
 * Does the request match the line's statement?
 *
 * @category evaluation
 * @since 0.1.0
 */
export const matchesLine =
  ({ statement, version }: Line) =>
  (request: Request.Request): boolean =>
    Simulator.matchStatement(prepared(request), version, false)(statement)._tag === 'Matched'

/**
 * Do these lines together allow the request?
 *
 * @category evaluation
 * @since 0.1.0
 */
export const allows =
  (lines: readonly Line[]) =>
  (request: Request.Request): boolean => {
    const matched = lines.filter((line) => matchesLine(line)(request))
    return matched.length > 0 && matched.every(({ statement }) => statement.effect === 'Allow')
  }

// ---- boxes ----

const plainly = (lookup: Variable.Lookup) => ({ lookup, boundary: false, accountMeansRoot: false })

/**
 * The box of a line's statement.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const lineBox =
  (universe: Universe, lookup: Variable.Lookup, atLeast: Strength.Strength = 'Account') =>
  ({ statement, version }: Line): Box =>
    universe.box(statement, version, atLeast, plainly(lookup))

/**
 * The boxes whose union is the literal: one, but for the complement of a test that no list of values passes, which is
 * two.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const literalBoxes =
  (universe: Universe, lookup: Variable.Lookup) =>
  (literal: Literal): readonly Box[] => {
    const { element, holds } = literal
    const statement = statementOf(literal)
    if (statement !== undefined)
      return [universe.box(statement, versionOf(element), 'Account', plainly(lookup))]
    switch (element._tag) {
      case 'Attached':
        return [universe.resources(StringSet.negate(resourceText.withResource))]
      case 'Spared':
        return [universe.callers(StringSet.negate(notSpared(element.principals, lookup)))]
      case 'Condition':
        return failing(universe, element, lookup)
      case 'Action':
      case 'Resource':
      case 'Principal':
        return holds ? [] : [everything]
    }
  }

const notSpared = (entries: readonly Principal.Principal[], lookup: Variable.Lookup): StringSet.StringSet => {
  const principals = listOf(entries)
  return principals === undefined
    ? StringSet.stringSet([Glob.all])
    : callerText.clauseSet({ _tag: 'NotPrincipal', principals }, 'Deny', 'Account', plainly(lookup))
}

/** Holds of lists of values and of nothing else. */
const listsTest: Test = {
  truth: { missing: false, present: 'Never', negated: false },
  operands: [],
  listsOnly: true,
}

const opposite = { One: 'One', Any: 'All', All: 'Any', Always: 'Never', Never: 'Always' } as const

const failing = (
  universe: Universe,
  { condition, version }: ConditionElement,
  lookup: Variable.Lookup,
): readonly Box[] => {
  const own = testOf(version, lookup)(condition)
  const { truth, operands } = own
  const key = Condition.foldKey(condition.key)
  if (!isOpaqueTest(own) && (callerText.isDerived(key) || key === 'aws:resourceaccount')) {
    const isOwner = key === 'aws:resourceaccount'
    const set = isOwner ? resourceText.ownerSet(truth, operands) : callerText.derivedSet(key, truth, operands)
    // Without a set there is no telling; the condition's own box marks the question as one that cannot be proven.
    if (set === undefined) return literalBoxes(universe, lookup)(holding({ condition, version }))
    return [isOwner ? universe.resources(StringSet.negate(set)) : universe.callers(StringSet.negate(set))]
  }
  const test: Test = {
    ...own,
    truth: { missing: !truth.missing, present: opposite[truth.present], negated: !truth.negated },
  }
  return truth.present === 'One'
    ? [universe.key(condition.key, test), universe.key(condition.key, listsTest)]
    : [universe.key(condition.key, test)]
}

const holding = (element: Omit<ConditionElement, '_tag'>): Literal => ({
  element: { _tag: 'Condition', ...element },
  holds: true,
})

/**
 * The boxes whose union is the conjunction of literals.
 *
 * **Cost** doubles with each complement of a plain condition on a key that may have several values.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const conjunctionBoxes =
  (universe: Universe, lookup: Variable.Lookup) =>
  (literals: readonly Literal[]): readonly Box[] =>
    literals
      .map(literalBoxes(universe, lookup))
      .reduce<readonly Box[]>(
        (boxes, choices) => boxes.flatMap((box) => choices.map((choice) => intersect(box, choice))),
        [everything],
      )
