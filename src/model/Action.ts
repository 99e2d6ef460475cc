/**
 * Actions. An `Action` names one operation of one service (`ecr:BatchGetImage`); an `ActionPattern` is what a
 * policy writes: an action with `*` and `?` wildcards, or `*` alone. Letter case never counts (SM-A1).
 *
 * Laws: 1. `show(parsePattern(s)) = s` for every `s` that parses  2. `fold` is idempotent
 * Source: SM-A1, SM-A2, SM-A3, SM-A4, GR-11.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import type * as Ord_ from 'fp-ts/lib/Ord.js'
import type * as Show_ from 'fp-ts/lib/Show.js'
import { Frozen, Glob } from '../pattern/index.js'
import type { Brand } from './Brand.js'
import { ecrActions, type EcrAction } from './data/ecrActions.js'
import { isText, notText } from './Given.js'
import { nearest } from './nearest.js'
import { orderedBy } from './orderedBy.js'
import { getOrThrow } from './orThrow.js'
import { problem, quote, show as showProblem, type Problem } from './Problem.js'

// ---- model ----

/**
 * One operation of one service, as a request names it: `service:Name`, without wildcards.
 *
 * @category model
 * @since 0.1.0
 */
export type Action = Brand<string, 'Action'>

/**
 * What an `Action` or `NotAction` element lists.
 *
 * @category model
 * @since 0.1.0
 */
export type ActionPattern = Brand<string, 'ActionPattern'>

/**
 * The type-level check of an action literal: any name of another service, any ECR pattern with a wildcard, but of
 * ECR's own actions only those that exist. The compiler then offers the nearest name.
 *
 * @category model
 * @since 0.1.0
 */
export type CheckedAction<A extends string> = A extends EcrAction | '*'
  ? A
  : A extends `ecr:${infer Name}`
    ? Name extends `${string}*${string}` | `${string}?${string}`
      ? A
      : EcrAction
    : A extends `${string}:${string}`
      ? A
      : EcrAction

/**
 * The elements `Action` and `NotAction`: one or the other, never both (GR-11).
 *
 * @category model
 * @since 0.1.0
 */
export interface ActionClause {
  readonly _tag: 'Action' | 'NotAction'
  readonly patterns: readonly [ActionPattern, ...(readonly ActionPattern[])]
}

export type { EcrAction }

// Fixed expressions, read from left to right once. No service's prefix has a `_`.
const singleAction = /^[a-z0-9-]+:[a-z0-9_-]+$/i
const actionPattern = /^(?:\*|[a-z0-9*?-]+:[a-z0-9_*? -]+)$/i

// ---- refinements ----

/**
 * Is this the name of one action? Says what `parse` says, without a reason.
 *
 * @category refinements
 * @since 0.1.0
 */
export const isAction = (text: string): text is Action => singleAction.test(text)

/**
 * Is this an action pattern? Says what `parsePattern` says, without a reason.
 *
 * @category refinements
 * @since 0.1.0
 */
export const isPattern = (text: string): text is ActionPattern => actionPattern.test(text)

// ---- constructors ----

/**
 * Reads the name of one action.
 *
 * **Errors** `InvalidAction`: no service prefix, more than one colon, a wildcard, or a character that no action has.
 *
 * @example
 * import { Action } from 'ecr-policy'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * E.isRight(Action.parse('ecr:BatchGetImage')) // => true
 * E.isRight(Action.parse('ecr:Get*')) // => false
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): E.Either<Problem, Action> => {
  if (!isText(text)) return E.left(notText('an action', text))
  return isAction(text) ? E.right(text) : E.left(refusal(text, 'an action'))
}

/**
 * Reads the name of one action, or throws.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parseOrThrow = (text: string): Action => getOrThrow(showProblem)(parse(text))

/**
 * Reads an action pattern: `*`, or `service:name` with wildcards anywhere (SM-A4). A blank in the name is read as it is
 * (U-31): there is no such action, so the pattern matches none.
 *
 * **Errors** `InvalidAction`; `InvalidVariable` for a `${...}`, which actions do not take (VA-2).
 *
 * @example
 * import { Action } from 'ecr-policy'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * E.isRight(Action.parsePattern('ecr:Get*')) // => true
 * E.isRight(Action.parsePattern('BatchGetImage')) // => false
 *
 * @category constructors
 * @since 0.1.0
 */
export const parsePattern = (text: string): E.Either<Problem, ActionPattern> => {
  if (!isText(text)) return E.left(notText('an action pattern', text))
  if (isPattern(text)) return E.right(text)
  return E.left(
    text.includes('${')
      ? problem('InvalidVariable', `policy variables have no meaning in an action: ${quote(text)}`)
      : refusal(text, 'an action pattern'),
  )
}

/**
 * Reads an action pattern, or throws.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parsePatternOrThrow = (text: string): ActionPattern =>
  getOrThrow(showProblem)(parsePattern(text))

const refusal = (text: string, what: string): Problem => {
  const bare = text.includes(':') ? text : `ecr:${text}`
  const near = nearestEcrAction(bare)
  const hint =
    near ?? (text.includes(':') ? undefined : 'write the service before the name, as in `ecr:BatchGetImage`')
  return problem(
    'InvalidAction',
    `${quote(text)} is not ${what}: it reads \`service:Name\`${what === 'an action' ? '' : ', or `*`'}`,
    near === undefined ? hint : `did you mean \`${near}\`?`,
  )
}

/**
 * The pattern of one ECR action. There is nothing to check, and so no reason for a refusal to carry along.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ofEcr = (name: EcrAction): ActionPattern =>
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the compiler knows the names
  name as string as ActionPattern

/**
 * The ECR action whose name comes nearest to a misspelt one, if any comes near.
 *
 * @category analysis
 * @since 0.1.0
 */
export const nearestEcrAction = (text: string): EcrAction | undefined => nearest(ecrActions)(text)

// ---- destructors ----

/**
 * An action or pattern with letter case removed: what is compared (SM-A1). ASCII only: no action has another letter.
 *
 * @category destructors
 * @since 0.1.0
 */
export const fold = (text: Action | ActionPattern): string => text.toLowerCase()

/**
 * Does a pattern match a folded action? (SM-A1, SM-A2)
 *
 * @category predicates
 * @since 0.1.0
 */
export const fits = (pattern: ActionPattern): ((folded: string) => boolean) => {
  const own = fold(pattern)
  const wild = own.search(/[*?]/)
  if (wild === -1) return (folded) => folded === own
  const start = own.slice(0, wild) // most actions do not even begin so
  return (folded) => folded.startsWith(start) && Glob.matches(Glob.parse(own))(folded)
}

/**
 * The service prefix of an action, in lower case.
 *
 * @category destructors
 * @since 0.1.0
 */
export const service = (action: Action): string => action.slice(0, action.indexOf(':')).toLowerCase()

// ---- rendering ----

/**
 * The text of an action or pattern, as it was written.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (action: Action | ActionPattern): string => action

// ---- instances ----

/**
 * Actions and patterns, equal but for letter case (SM-A1).
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Action | ActionPattern> = /* @__PURE__ */ Frozen.deep({
  equals: (a, b) => fold(a) === fold(b),
})

/**
 * By text, letter case aside; consistent with `Eq`.
 *
 * @category instances
 * @since 0.1.0
 */
export const Ord: Ord_.Ord<Action | ActionPattern> = /* @__PURE__ */ orderedBy(fold)

/**
 * The text, as it was written.
 *
 * @category instances
 * @since 0.1.0
 */
export const Show: Show_.Show<Action | ActionPattern> = /* @__PURE__ */ Frozen.deep({ show })
