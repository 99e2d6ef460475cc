/**
 * Action and Resource elements about a request.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Action, getOrThrow, Problem, Resource, type Request } from '../model/index.js'
import { several, weighted, type Choices, type NonEmpty } from './Choices.js'
import { matching, missing, recased, starred } from './nearText.js'
import { actions, resourceText } from './requests.js'
import type { Shape } from './shapes.js'
import type { World } from './Tuning.js'
import { withVariable, type Known } from './variables.js'

// ---- constructors ----

const serviceOf = (text: string): string => text.slice(0, text.indexOf(':'))

/** May a pattern stand in a policy of this shape? */
const admits = ({ actions }: Shape, pattern: string): boolean => {
  const service = serviceOf(pattern).toLowerCase()
  switch (actions) {
    case 'Any':
      return true
    case 'Sts':
      return service === 'sts'
    case 'Ecr':
      return service === 'ecr' || pattern === '*'
    case 'Prefixed':
      return pattern !== '*' && !/[*?]/.test(service)
  }
}

const otherAction = (choices: Choices, world: World, shape: Shape): string => {
  if (shape.actions === 'Sts') return choices.one(actions.sts)
  return choices.one(actions[shape.actions === 'Ecr' ? 'ecr' : choices.one(world.services)])
}

/** A pattern wider than the text it is about, in worlds that have wildcards. */
const widening =
  ({ wildcards }: World) =>
  (pattern: string, text: string): string =>
    wildcards > 0 ? pattern : text

/**
 * An action pattern that, in a `hit`, matches the action.
 *
 * @category constructors
 * @since 0.1.0
 */
export const actionPattern = (
  choices: Choices,
  world: World,
  shape: Shape,
  action: string,
  hit: boolean,
): Action.ActionPattern => {
  const wide = widening(world)
  const name = action.indexOf(':') + 1
  const least = choices.chance(0.08) ? 0 : name
  const text = hit
    ? weighted(choices, [
        [0, () => matching(choices, action, world.wildcards, least)],
        [10, () => wide('*', action)],
        [8, () => wide(`${serviceOf(action)}:*`, action)],
        [12, () => recased(choices, action)],
      ])
    : choices.chance(0.4)
      ? otherAction(choices, world, shape)
      : missing(choices, action, world.wildcards, least)
  const read = Action.parsePattern(admits(shape, text) ? text : '')
  return E.isRight(read) ? read.right : plainAction(otherAction(choices, world, shape))
}

const fallbackAction = getOrThrow(Problem.show)(Action.parsePattern('sts:AssumeRole'))

const plainAction = (text: string): Action.ActionPattern =>
  E.getOrElse(() => fallbackAction)(Action.parsePattern(text))

/**
 * An `Action` or `NotAction` element that, in a `hit`, mostly applies to the action.
 *
 * @category constructors
 * @since 0.1.0
 */
export const actionClause = (
  choices: Choices,
  world: World,
  shape: Shape,
  action: string,
  hit: boolean,
): Action.ActionClause => {
  const negated = shape.notAction && choices.chance(world.negations)
  const patterns = several(choices, 3, (index) =>
    actionPattern(choices, world, shape, action, index === 0 && hit !== negated),
  )
  return { _tag: negated ? 'NotAction' : 'Action', patterns }
}

/** The place after the n-th colon. */
const after = (text: string, colons: number): number =>
  text
    .split(':')
    .slice(0, colons)
    .reduce((sum, part) => sum + part.length + 1, 0)

/** A resource pattern that leaves out the last parts of its ARN, and so covers all that begins so (SM-R5, SM-R10). */
const short = (choices: Choices, text: string): string => {
  const parts = text.split(':').slice(0, choices.one([5, 4, 3]))
  return parts.join(':') + (parts.length > 3 && choices.chance(0.6) ? ':*' : '')
}

/** Patterns that match the text, by every way that a Resource element knows. */
const covering = (choices: Choices, world: World, text: string, known: Known): string => {
  const wide = widening(world)
  const resource = after(text, 5)
  const least = choices.chance(0.3) ? after(text, 3) : resource
  if (choices.chance(world.variables)) {
    const written = withVariable(choices, text, true, known, resource)
    return choices.chance(0.3) ? wide(widened(choices, written), written) : written
  }
  return weighted(choices, [
    [0, () => matching(choices, text, world.wildcards, least)],
    [15, () => wide('*', text)],
    [7, () => wide(short(choices, text), text)],
    [8, () => wide(widened(choices, text), text)],
    [10, () => wide(folded(choices, text), text)],
  ])
}

/** One of the first five parts widened. */
const widened = (choices: Choices, text: string): string => {
  const parts = text.split(':')
  const at = choices.one([3, 4, 1])
  const to = choices.one(['*', '?*', `${parts[at]?.slice(0, 2) ?? ''}*`])
  return parts.map((part, i) => (i === at && part !== '' ? to : part)).join(':')
}

/** A `*` that ends its segment in the place of several segments, where the resource has colons to spare (SM-R5). */
const folded = (choices: Choices, text: string): string => {
  const parts = text.split(':')
  const spare = parts.length - 6
  if (spare < 1) return starred(choices, text, after(text, 5))
  const at = choices.one([4, 3])
  const head = choices.chance(0.3) ? (parts[at]?.slice(0, 2) ?? '') : ''
  return [...parts.slice(0, at), `${head}*`, ...parts.slice(at + 1 + spare)].join(':')
}

const elsewhere = (choices: Choices, world: World, text: string, known: Known): string => {
  const wide = widening(world)
  const resource = after(text, 5)
  if (choices.chance(world.variables)) return withVariable(choices, text, false, known, resource)
  const account = choices.one(world.accounts)
  return weighted(choices, [
    [0, () => missing(choices, text, world.wildcards, choices.chance(0.3) ? after(text, 3) : resource)],
    [20, () => resourceText(choices, world, choices.one(world.services), 'aws', account)],
    [10, () => text.replace(/:\d{12}:/, `:${account}:`)],
    [5, () => text.replace('arn:aws:', 'arn:aws-cn:')],
    [8, () => wide(short(choices, missing(choices, text, 0, after(text, 3))), `${text}/`)],
    [5, () => wide(`${text}/*`, `${text}/`)],
  ])
}

/**
 * A resource pattern that, in a `hit`, mostly matches the request's resource.
 *
 * @category constructors
 * @since 0.1.0
 */
export const resourcePattern = (
  choices: Choices,
  world: World,
  { resource }: Pick<Request.Request, 'resource'>,
  known: Known,
  hit: boolean,
): Resource.ResourcePattern => {
  const exact =
    resource === '*' ? resourceText(choices, world, 'ecr', 'aws', world.accounts[0]) : resource.text
  const text =
    hit && resource === '*'
      ? '*'
      : hit
        ? covering(choices, world, exact, known)
        : elsewhere(choices, world, exact, known)
  return readPattern(text, hit ? '*' : 'arn:aws:ecr:eu-west-1:999999999999:repository/none')
}

const readPattern = (text: string, otherwise: string): Resource.ResourcePattern =>
  E.getOrElse(() => Resource.parsePatternOrThrow(otherwise))(Resource.parsePattern(text))

/**
 * A `Resource` or `NotResource` element, or none, that in a `hit` mostly applies to the request.
 *
 * @category constructors
 * @since 0.1.0
 */
export const listedResources = (
  choices: Choices,
  world: World,
  request: Pick<Request.Request, 'resource'>,
  known: Known,
  hit: boolean,
): Resource.ListedResources => {
  const negated = choices.chance(world.negations)
  const patterns: NonEmpty<Resource.ResourcePattern> = several(choices, 3, (index) =>
    resourcePattern(choices, world, request, known, index === 0 && hit !== negated),
  )
  return { _tag: negated ? 'NotResource' : 'Resource', patterns }
}

/**
 * The same for policies that are attached to a resource.
 *
 * @category constructors
 * @since 0.1.0
 */
export const resourceClause = (
  choices: Choices,
  world: World,
  shape: Shape,
  request: Pick<Request.Request, 'resource'>,
  known: Known,
  hit: boolean,
): Resource.ResourceClause =>
  shape.resource === 'Forbidden' || (shape.resource === 'Optional' && hit && choices.chance(0.4))
    ? Resource.attached
    : listedResources(choices, world, request, known, hit)
