/**
 * Worlds of requests to ECR, for the algebra: today's actions, on the resources and with the keys that AWS publishes for
 * them. What is proven in the default world holds in these too; what is proven here may end when AWS adds an action.
 *
 * Source: EC-1, EC-7.
 *
 * @since 0.1.0
 */
import { Algebra } from '../algebra/index.js'
import { actionNames } from './catalogue/catalogue.js'
import { actions } from './data/actions.js'
import { catalogueDate, resourceTypes } from './data/catalogue.js'
import { publicActions } from './data/publicActions.js'

// ---- constructors ----

/**
 * Requests for an action of `ecr` or `ecr-public` that the catalogue has.
 *
 * @category constructors
 * @since 0.1.0
 */
export const catalogueWorld = (): Algebra.World => Algebra.catalogue(`ecr ${catalogueDate}`, actionNames())

/**
 * Those on resources of the action's own types, or on none where it takes none, with the keys that it supports.
 *
 * @example
 * import { Algebra, Document, Ecr } from 'ecr-policy'
 *
 * const pull = (Resource: string) =>
 *   Document.parseOrThrow({
 *     Version: '2012-10-17',
 *     Statement: { Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource },
 *   })
 * const [any, repositories] = [pull('*'), pull('arn:aws*:ecr:*:*:repository/*')]
 * Algebra.compare(any, repositories, { narrower: [Ecr.typedWorld()] }).narrower?.relation // => 'Equivalent'
 *
 * @category constructors
 * @since 0.1.0
 */
export const typedWorld = (): Algebra.World =>
  Algebra.typed(`ecr ${catalogueDate}`, [
    ...typedOf(actions, resourceTypes.ecr),
    ...typedOf(publicActions, resourceTypes['ecr-public']),
  ])

interface Facts {
  readonly resourceTypes: readonly string[]
  readonly resourceRequired: boolean
  readonly conditionKeys: readonly string[]
}

const typedOf = (
  facts: Readonly<Record<string, Facts>>,
  types: Readonly<Record<string, { readonly arn: string }>>,
): readonly Algebra.TypedAction[] =>
  Object.entries(facts).map(([action, { resourceTypes: own, resourceRequired, conditionKeys }]) => ({
    action,
    resources: [
      ...Object.entries(types).flatMap(([type, { arn }]) => (own.includes(type) ? [patternOf(arn)] : [])),
      ...(resourceRequired ? [] : ['*']),
    ],
    keys: conditionKeys,
  }))

/** The form of an ARN as a pattern: any text for each of its parts. */
const patternOf = (arn: string): string => arn.replace(/\$\{[A-Za-z]+\}/g, '*')
