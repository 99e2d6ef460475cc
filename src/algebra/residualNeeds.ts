/**
 * Needs: single elements of statements, or their opposites, as what remains to be seen of a request of which only a part
 * is known. A need is read by the simulator like any statement that has no other element.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  Action,
  Condition,
  Operator,
  Principal,
  Resource,
  Statement,
  type Request,
  type Version,
} from '../model/index.js'
import { Simulator, Strength } from '../simulator/index.js'
import { actionClass, callerClass, relationOf, type Cell } from './situations.js'
import type { Box } from './Box.js'
import type { Universe } from './Universe.js'
import { Frozen } from '../pattern/index.js'

// ---- model ----

/**
 * Something that must hold of a request, or with `holds` false must not.
 *
 * - `Element`: one element of a statement; `part` is a statement of this element alone.
 * - `Among`: caller, action, resource or their relation is of one of these kinds; never negated.
 *
 * @category model
 * @since 0.1.0
 */
export type Need = ElementNeed | AmongNeed

/**
 * One element of a statement. `atLeast`: how directly the caller must be named at least.
 *
 * @category model
 * @since 0.1.0
 */
export interface ElementNeed {
  readonly _tag: 'Element'
  readonly element: 'Principal' | 'Action' | 'Resource' | 'Condition'
  readonly holds: boolean
  readonly part: Statement.Statement
  readonly version: Version.Version | undefined
  readonly atLeast: Strength.Strength
  readonly hasBoundary: boolean
  readonly accountMeansRoot: boolean
}

/**
 * A part of a situation: see `Cell`.
 *
 * @category model
 * @since 0.1.0
 */
export interface AmongNeed {
  readonly _tag: 'Among'
  readonly of: 'callers' | 'actions' | 'resources' | 'relations'
  readonly kinds: readonly string[]
}

/**
 * How statements of a layer are read, see `Layer`; `hasBoundary`: PR-11.
 *
 * @category model
 * @since 0.1.0
 */
export interface LayerReading {
  readonly version: Version.Version | undefined
  readonly atLeast: Strength.Strength
  readonly hasBoundary: boolean
  readonly accountMeansRoot: boolean
}

// ---- constructors ----

const blockOf = (condition: Condition.Condition): Condition.ConditionBlock =>
  E.getOrElse(() => Condition.none)(Condition.block([condition])) // one condition is always a block

const anyAction: Action.ActionClause = /* @__PURE__ */ Frozen.deep({
  _tag: 'Action',
  patterns: [Action.parsePatternOrThrow('*')],
})
const anyResource: Resource.ListedResources = /* @__PURE__ */ Frozen.deep({
  _tag: 'Resource',
  patterns: [Resource.parsePatternOrThrow('*')],
})

/**
 * The elements of a statement as needs: all of them together are what the statement matches.
 *
 * @category destructors
 * @since 0.1.0
 */
export const needsOf = (statement: Statement.Statement, reading: LayerReading): readonly ElementNeed[] => {
  const blank = {
    sid: undefined,
    effect: statement.effect,
    action: anyAction,
    resource: anyResource,
    conditions: Condition.none,
  }
  const need = (element: ElementNeed['element'], part: Statement.Statement): ElementNeed => ({
    _tag: 'Element',
    element,
    holds: true,
    part,
    ...reading,
  })
  const conditions = statement.conditions.map((condition) =>
    need('Condition', Statement.identity({ ...blank, conditions: blockOf(condition) })),
  )
  const everybody: Principal.PrincipalClause = {
    _tag: 'Principal',
    principals: Principal.list([Principal.everyone]),
  }
  return [
    ...(statement._tag === 'IdentityStatement' ||
    (statement.principal._tag === 'Principal' &&
      statement.principal.principals.some(({ _tag }) => _tag === 'Everyone'))
      ? []
      : [need('Principal', Statement.resource({ ...blank, principal: statement.principal }))]),
    ...(statement.action._tag === 'Action' && statement.action.patterns.some((pattern) => pattern === '*')
      ? []
      : [need('Action', Statement.identity({ ...blank, action: statement.action }))]),
    ...(statement.resource._tag === 'Resource' &&
    statement.resource.patterns.some((pattern) => pattern === '*')
      ? []
      : [
          need(
            'Resource',
            Statement.resource({ ...blank, principal: everybody, resource: statement.resource }),
          ),
        ]),
    ...conditions,
  ]
}

/**
 * The opposite of a need.
 *
 * @category combinators
 * @since 0.1.0
 */
export const opposite = (need: ElementNeed): ElementNeed => ({ ...need, holds: !need.holds })

/**
 * What of a cell is not given by parts of requests that are known.
 *
 * @category destructors
 * @since 0.1.0
 */
export const needsOfCell = (cell: Cell, all: Cell): readonly AmongNeed[] => {
  const isFree = cell.relations.includes('Free') // as the caller or the resource has it
  const kindsOf = isFree ? { ...cell, relations: all.relations } : cell
  return (['callers', 'actions', 'resources', 'relations'] as const).flatMap((of) =>
    all[of].length === kindsOf[of].length ? [] : [{ _tag: 'Among' as const, of, kinds: kindsOf[of] }],
  )
}

// ---- evaluation ----

/**
 * Does a need hold of a request?
 *
 * @category evaluation
 * @since 0.1.0
 */
export const holdsOf =
  (request: Request.Request) =>
  (need: Need): boolean => {
    if (need._tag === 'Among') return need.kinds.includes(kindOf(need.of, Simulator.traits(request)))
    const prepared = Simulator.prepare(request, need.hasBoundary)
    const match = Simulator.matchStatement(prepared, need.version, need.accountMeansRoot)(need.part)
    return (match._tag === 'Matched' && Strength.atLeast(need.atLeast)(match.strength)) === need.holds
  }

const kindOf = (of: AmongNeed['of'], its: Simulator.Traits): string => {
  switch (of) {
    case 'callers':
      return callerClass(its)
    case 'actions':
      return actionClass(its.action)
    case 'resources':
      return its.resource
    case 'relations':
      return relationOf(its)
  }
}

/**
 * The box of a need's element, whether it is to hold or not.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const boxOf =
  (universe: Universe) =>
  ({ part, version, atLeast, hasBoundary, accountMeansRoot }: ElementNeed): Box =>
    universe.box(part, version, atLeast, {
      lookup: () => ({ _tag: 'Missing' }),
      boundary: hasBoundary,
      accountMeansRoot,
    })

// ---- instances ----

/**
 * A text by which needs are told apart; opposites have the same.
 *
 * @category destructors
 * @since 0.1.0
 */
export const subjectOf = (need: Need): string =>
  need._tag === 'Among'
    ? `${need.of} ${need.kinds.join()}`
    : JSON.stringify([
        need.element,
        need.part,
        need.version,
        need.element === 'Principal' ? [need.atLeast, need.hasBoundary, need.accountMeansRoot] : [],
      ])

// ---- rendering ----

const listed = (values: readonly string[]): string => values.join(' or ')

const kinds: Readonly<Record<AmongNeed['of'], string>> = {
  callers: 'the caller is of kind',
  actions: 'the action is',
  resources: 'the resource is of kind',
  relations: 'caller and resource are of',
}

/**
 * A need in words.
 *
 * @category rendering
 * @since 0.1.0
 */
export const showNeed = (need: Need): string => {
  if (need._tag === 'Among')
    return `${kinds[need.of]} ${listed(need.kinds.map((kind) => (kind === ':' ? 'any other' : kind.endsWith(':') ? `${kind}*` : kind)))}`
  const text = elementText(need)
  return need.holds ? text : `not (${text})`
}

const elementText = ({ element, part, atLeast }: ElementNeed): string => {
  switch (element) {
    case 'Principal': {
      if (part._tag === 'IdentityStatement') return 'anybody'
      const direct = atLeast === 'Account' ? '' : ', named himself'
      return `${part.principal._tag} is ${listed(part.principal.principals.map(Principal.show))}${direct}`
    }
    case 'Action':
      return `${part.action._tag} is ${listed(part.action.patterns)}`
    case 'Resource':
      return part.resource._tag === 'Attached'
        ? 'there is a resource'
        : `${part.resource._tag} is ${listed(part.resource.patterns)}`
    case 'Condition':
      return part.conditions.map(conditionText).join(' and ')
  }
}

const conditionText = ({ operator, key, values }: Condition.Condition): string => {
  const isNull = operator.name === 'Null' && values.length === 1
  if (isNull && values[0] === 'true') return `${key} is absent`
  if (isNull && values[0] === 'false') return `${key} is present`
  return `${key} ${Operator.show(operator)} ${listed(values)}`
}
