/**
 * A `World` is the set of requests that an answer speaks of. It is chosen by name and part of every answer.
 *
 * In every world the keys that follow from caller and resource do follow from them, a role session's path and name are
 * known, and a key has several values only where AWS lists it so or a test of the question has a set qualifier (U-30).
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Action, type Problem } from '../model/index.js'
import { Frozen, Glob, Remember, StringSet } from '../pattern/index.js'

// ---- model ----

/**
 * What requests for an action look like.
 *
 * - `resources`: ARN patterns, without variables; `*` stands for a request without a resource.
 * - `keys`: condition keys that its requests may carry beside the global `aws:` ones. `${...}` at the end stands for any
 *   text. Of the global ones, the keys of tags (`aws:RequestTag/`, `aws:ResourceTag/`, `aws:TagKeys`) have to be listed.
 *
 * @category model
 * @since 0.1.0
 */
export interface TypedAction {
  readonly action: string
  readonly resources: readonly string[]
  readonly keys: readonly string[]
}

/**
 * - `WellFormed`: any well-formed action and ARN, so that an answer stays true when AWS adds actions. The default.
 * - `Catalogue`: only the actions of a list with its date, for questions about today's AWS.
 * - `Typed`: those, on resources of their own types, with keys that they support.
 *
 * @category model
 * @since 0.1.0
 */
export type World =
  | { readonly _tag: 'WellFormed'; readonly name: 'WellFormed' }
  | { readonly _tag: 'Catalogue'; readonly name: `Catalogue ${string}`; readonly actions: readonly string[] }
  | { readonly _tag: 'Typed'; readonly name: `Typed ${string}`; readonly actions: readonly TypedAction[] }

// ---- constructors ----

/**
 * Any well-formed request.
 *
 * @category constructors
 * @since 0.1.0
 */
export const wellFormed: World = /* @__PURE__ */ Frozen.deep({ _tag: 'WellFormed', name: 'WellFormed' })

/**
 * Requests for the listed actions only; `version` names the list, by date. Each is the name of one action, without wildcards:
 * questions in a world that lists anything else are `Undecided`, as `InvalidWorld`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const catalogue = (version: string, actions: readonly string[]): World =>
  Frozen.deep<World>({ _tag: 'Catalogue', name: `Catalogue ${version}`, actions: [...actions] })

/**
 * Requests for the listed actions, on resources and with keys that they take; `version` names the list, by date. What
 * is listed as a resource and is no pattern of resources stands for none; actions are as those of `catalogue`.
 *
 * @example
 * import { Algebra, Document } from 'ecr-policy'
 *
 * const today = Algebra.typed('example', [
 *   { action: 'ecr:PutImage', resources: ['arn:*:ecr:*:*:repository/*'], keys: [] },
 * ])
 * const on = (Resource: string) =>
 *   Document.parseOrThrow({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ecr:PutImage', Resource } })
 * Algebra.compare(on('*'), on('arn:*:ecr:*:*:repository/*')).relation // => 'Broader'
 * Algebra.compare(on('*'), on('arn:*:ecr:*:*:repository/*'), { world: today }).relation // => 'Equivalent'
 *
 * @category constructors
 * @since 0.1.0
 */
export const typed = (version: string, actions: readonly TypedAction[]): World =>
  Frozen.deep<World>({
    _tag: 'Typed',
    name: `Typed ${version}`,
    actions: actions.map(({ action, resources, keys }) => ({
      action,
      resources: [...resources],
      keys: [...keys],
    })),
  })

// ---- destructors ----

/**
 * What is wrong with a world: it lists something that is not the name of one action, so that no request is for it. An
 * answer in such a world would be true of nothing.
 *
 * @category errors
 * @since 0.1.0
 */
export const faultOf: (world: World) => Problem.Problem | undefined = Remember.ofGiven((world) => {
  if (world._tag === 'WellFormed') return undefined
  const listed = world._tag === 'Typed' ? world.actions.map(({ action }) => action) : world.actions
  const refused = listed.map(Action.parse).find(E.isLeft)
  return refused?.left
})

const anyWellFormed: StringSet.StringSet = StringSet.stringSet([
  Glob.concat([[Glob.oneWithin, Glob.runWithin], Glob.literal(':'), [Glob.oneWithin, Glob.runWithin]]),
])

/**
 * The actions of a world, letter case removed.
 *
 * @category destructors
 * @since 0.1.0
 */
export const actionsOf: (world: World) => StringSet.StringSet = Remember.ofGiven((world) => {
  switch (world._tag) {
    case 'WellFormed':
      return anyWellFormed
    case 'Catalogue':
      return StringSet.ofLiterals(world.actions.map((action) => action.toLowerCase()))
    case 'Typed':
      return StringSet.ofLiterals(world.actions.map(({ action }) => action.toLowerCase()))
  }
})
