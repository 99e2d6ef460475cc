/**
 * A `Region` is a set of requests as a person would tell it: these actions on these resources by these callers under
 * these conditions, but for those. Each list stands in the words of the policies that it comes from.
 *
 * @since 0.1.0
 */
import type { Request } from '../model/index.js'
import {
  agrees,
  type ActionElement,
  type ConditionElement,
  type Element,
  type Literal,
  type PrincipalElement,
  type ResourceElement,
} from './regionElement.js'

// ---- model ----

/**
 * The requests that are in every element of `include` and in none of `exclude`. Where `include` is empty, any request is.
 *
 * @category model
 * @since 0.1.0
 */
export interface Sides<L extends Element> {
  readonly include: readonly L[]
  readonly exclude: readonly L[]
}

/**
 * A conjunction of elements, subject by subject.
 *
 * @category model
 * @since 0.1.0
 */
export interface Shape {
  readonly actions: Sides<ActionElement>
  readonly principals: Sides<PrincipalElement>
  readonly resources: Sides<ResourceElement>
  readonly conditions: Sides<ConditionElement>
}

/**
 * A set of requests that changed hands.
 *
 * - `allowedBy`: the place of the Allow, among the statements of the document that allows these requests.
 * - `deniedBy`: where the other document refuses them by a Deny although it has an Allow for them, the place of the Deny.
 * - `witness`: one of the requests, in no other region of its list.
 *
 * @category model
 * @since 0.1.0
 */
export interface Region extends Shape {
  readonly allowedBy: number
  readonly deniedBy: number | undefined
  readonly witness: Request.Request
}

// ---- constructors ----

/**
 * The shape of a conjunction.
 *
 * @category constructors
 * @since 0.1.0
 */
export const shapeOf = (literals: readonly Literal[]): Shape => {
  const sides = <L extends Element>(pick: (element: Element) => L | undefined): Sides<L> => {
    const chosen = (holds: boolean): readonly L[] =>
      literals.flatMap((literal) => {
        const element = literal.holds === holds ? pick(literal.element) : undefined
        return element === undefined ? [] : [element]
      })
    return { include: chosen(true), exclude: chosen(false) }
  }
  return {
    actions: sides((element) => (element._tag === 'Action' ? element : undefined)),
    principals: sides((element) =>
      element._tag === 'Principal' || element._tag === 'Spared' ? element : undefined,
    ),
    resources: sides((element) =>
      element._tag === 'Resource' || element._tag === 'Attached' ? element : undefined,
    ),
    conditions: sides((element) => (element._tag === 'Condition' ? element : undefined)),
  }
}

// ---- destructors ----

/**
 * The conjunction that a shape is.
 *
 * @category destructors
 * @since 0.1.0
 */
export const literalsIn = ({ actions, principals, resources, conditions }: Shape): readonly Literal[] =>
  [actions, principals, resources, conditions].flatMap(({ include, exclude }) => [
    ...include.map((element) => ({ element, holds: true })),
    ...exclude.map((element) => ({ element, holds: false })),
  ])

// ---- predicates ----

/**
 * Is the request in the region?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isInRegion =
  (shape: Shape) =>
  (request: Request.Request): boolean =>
    literalsIn(shape).every((literal) => agrees(literal)(request))
