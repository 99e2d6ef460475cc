/**
 * Statements and documents about a request.
 *
 * @since 0.1.0
 */
import * as fc from 'fast-check'
import {
  Frozen,
  Principal,
  Request,
  Statement,
  type Document,
  type PolicyKind,
  type Version,
} from '../model/index.js'
import { orElse, read, tape, weighted, type Choices, type NonEmpty, type Tape } from './Choices.js'
import { principalClause } from './callers.js'
import { block, condition } from './conditions.js'
import { actionClause, listedResources, resourceClause } from './elements.js'
import { shapeOf, type Shape } from './shapes.js'
import type { World } from './Tuning.js'
import type { Known } from './variables.js'

// ---- model ----

/**
 * The request that a policy is written about, with its full context.
 *
 * @category model
 * @since 0.1.0
 */
export interface Target {
  readonly request: Request.Request
  readonly known: Known
}

/**
 * What a document is to do about the request: allow it, deny it, or just fail to say anything.
 *
 * @category model
 * @since 0.1.0
 */
export type Stance = 'Allow' | 'Deny' | 'Silent'

/**
 * Tapes for one statement.
 *
 * @category model
 * @since 0.1.0
 */
export interface StatementTapes {
  readonly elements: Tape
  readonly conditions: readonly Tape[]
}

/**
 * Tapes for one document.
 *
 * @category model
 * @since 0.1.0
 */
export interface DocumentTapes {
  readonly frame: Tape
  readonly statements: readonly StatementTapes[]
}

type Element = 'Action' | 'Resource' | 'Principal' | 'Condition'

interface Plan {
  readonly effect: Statement.Effect
  readonly off: Element | undefined
}

// ---- constructors ----

/**
 * What a request gives to write policies about.
 *
 * @category constructors
 * @since 0.1.0
 */
export const target = (request: Request.Request): Target => ({ request, known: Request.fullContext(request) })

/**
 * Tapes for one statement.
 *
 * @category constructors
 * @since 0.1.0
 */
export const statementTapes: fc.Arbitrary<StatementTapes> = fc.noBias(
  fc.record({ elements: tape(56), conditions: fc.array(tape(30), { maxLength: 2 }) }),
)

/**
 * Tapes for one document of at most three statements.
 *
 * @category constructors
 * @since 0.1.0
 */
export const documentTapes: fc.Arbitrary<DocumentTapes> = fc.noBias(
  fc.record({ frame: tape(4), statements: fc.array(statementTapes, { minLength: 1, maxLength: 3 }) }),
)

const offElement = (choices: Choices, shape: Shape, conditions: number): Element => {
  const elements: NonEmpty<Element> = [
    'Action',
    ...(shape.resource === 'Forbidden' ? [] : (['Resource'] as const)),
    ...(shape.principal === 'Any' || shape.principal === 'NoNotPrincipal' ? (['Principal'] as const) : []),
    ...(conditions > 0 ? (['Condition', 'Condition'] as const) : []),
  ]
  return choices.one(elements)
}

const planOf = (choices: Choices, shape: Shape, stance: Stance, index: number, conditions: number): Plan => {
  const off = offElement(choices, shape, conditions)
  const first = index === 0
  if (shape.denyOnly) return { effect: 'Deny', off: first && stance === 'Deny' ? undefined : off }
  if (first)
    return { effect: stance === 'Deny' ? 'Deny' : 'Allow', off: stance === 'Silent' ? off : undefined }
  return weighted<Plan>(choices, [
    [0, () => ({ effect: 'Deny', off })],
    [25, () => ({ effect: 'Allow', off })],
    [25, () => ({ effect: 'Allow', off: stance === 'Silent' ? off : undefined })],
  ])
}

const conditionsOf = (
  choices: Choices,
  world: World,
  { known }: Target,
  { conditions }: StatementTapes,
  off: Element | undefined,
): Statement.Statement['conditions'] => {
  const wanted = off === 'Condition' || choices.chance(world.conditions) ? conditions : []
  return block(
    wanted.map((numbers, i) => condition(read(numbers), world, known, !(off === 'Condition' && i === 0))),
  )
}

/**
 * A statement of a policy without principals.
 *
 * @category constructors
 * @since 0.1.0
 */
export const identityStatement = (
  world: World,
  shape: Shape,
  about: Target,
  tapes: StatementTapes,
  stance: Stance,
  index: number,
): Statement.IdentityStatement => {
  const choices = read(tapes.elements)
  const { effect, off } = planOf(
    choices,
    shape,
    stance,
    index,
    world.conditions > 0 ? tapes.conditions.length : 0,
  )
  return Statement.identity({
    sid: sid(choices, index),
    effect,
    action: actionClause(choices, world, shape, about.request.action, off !== 'Action'),
    resource: listedResources(choices, world, about.request, about.known, off !== 'Resource'),
    conditions: conditionsOf(choices, world, about, tapes, off),
  })
}

/**
 * A statement of a policy with principals.
 *
 * @category constructors
 * @since 0.1.0
 */
export const resourceStatement = (
  world: World,
  shape: Shape,
  about: Target,
  tapes: StatementTapes,
  stance: Stance,
  index: number,
): Statement.ResourceStatement => {
  const choices = read(tapes.elements)
  const { effect, off } = planOf(
    choices,
    shape,
    stance,
    index,
    world.conditions > 0 ? tapes.conditions.length : 0,
  )
  return Statement.resource({
    sid: sid(choices, index),
    effect,
    principal: principals(choices, world, shape, about, off !== 'Principal'),
    action: actionClause(choices, world, shape, about.request.action, off !== 'Action'),
    resource: resourceClause(choices, world, shape, about.request, about.known, off !== 'Resource'),
    conditions: conditionsOf(choices, world, about, tapes, off),
  })
}

const sid = (choices: Choices, index: number): string | undefined =>
  choices.chance(0.1) ? `S${index + 1}` : undefined

const principals = (
  choices: Choices,
  world: World,
  shape: Shape,
  { request }: Target,
  hit: boolean,
): Principal.PrincipalClause =>
  shape.principal === 'Everyone'
    ? { _tag: 'Principal', principals: Principal.list([Principal.everyone]) }
    : principalClause(
        choices,
        shape.principal === 'NoNotPrincipal' ? { ...world, negations: 0 } : world,
        request.principal,
        hit,
      )

const version = (choices: Choices, shape: Shape): Version.Version | undefined =>
  shape.latestVersion
    ? '2012-10-17'
    : weighted<Version.Version | undefined>(choices, [
        [0, () => '2012-10-17'],
        [10, () => '2008-10-17'],
        [10, () => undefined],
      ])

type Maker<S> = (
  world: World,
  shape: Shape,
  about: Target,
  tapes: StatementTapes,
  stance: Stance,
  index: number,
) => S

const documentOf =
  <S extends Statement.Statement>(make: Maker<S>, shape: Shape) =>
  (world: World, about: Target, tapes: DocumentTapes, stance: Stance): Document.Document<S> => {
    const choices = read(tapes.frame)
    return Frozen.deep<Document.Document<S>>({
      _tag: 'Document',
      version: version(choices, shape),
      id: undefined,
      statements: mapIndexed(orElse(tapes.statements, [noTapes]), (statement, index) =>
        make(world, shape, about, statement, stance, index),
      ),
    })
  }

const noTapes: StatementTapes = { elements: [], conditions: [] }

const mapIndexed = <A, B>([first, ...rest]: NonEmpty<A>, f: (item: A, index: number) => B): NonEmpty<B> => [
  f(first, 0),
  ...rest.map((item, i) => f(item, i + 1)),
]

/**
 * A document of a kind without principals.
 *
 * @category constructors
 * @since 0.1.0
 */
export const identityDocument = (
  kind: PolicyKind.IdentityKind,
): ReturnType<typeof documentOf<Statement.IdentityStatement>> => documentOf(identityStatement, shapeOf(kind))

/**
 * A document of a kind with principals.
 *
 * @category constructors
 * @since 0.1.0
 */
export const resourceDocument = (
  kind: PolicyKind.ResourceKind,
): ReturnType<typeof documentOf<Statement.ResourceStatement>> => documentOf(resourceStatement, shapeOf(kind))
