/**
 * A `World` is the set of requests that an answer speaks of. It is chosen by name and part of every answer.
 *
 * In every world the keys that follow from caller and resource do follow from them, a role session's path and name are
 * known, and a key has several values only where AWS lists it so or a test of the question has a set qualifier (U-30).
 *
 * @since 0.1.0
 */
import { Glob, StringSet } from '../pattern/index.js'

/**
 * - `WellFormed`: any well-formed action and ARN, so that an answer stays true when AWS adds actions. The default.
 * - `Catalogue`: only the actions of a list with its date, for questions about today's AWS.
 *
 * @category model
 * @since 0.1.0
 */
export type World =
  | { readonly _tag: 'WellFormed'; readonly name: 'WellFormed' }
  | { readonly _tag: 'Catalogue'; readonly name: `Catalogue ${string}`; readonly actions: readonly string[] }

/**
 * Any well-formed request.
 *
 * @category constructors
 * @since 0.1.0
 */
export const wellFormed: World = { _tag: 'WellFormed', name: 'WellFormed' }

/**
 * Requests for the listed actions only; `version` names the list, by date.
 *
 * @category constructors
 * @since 0.1.0
 */
export const catalogue = (version: string, actions: readonly string[]): World => ({
  _tag: 'Catalogue',
  name: `Catalogue ${version}`,
  actions,
})

/**
 * The actions of a world, letter case removed; undefined when any is.
 *
 * @category destructors
 * @since 0.1.0
 */
export const actionsOf = (world: World): StringSet.StringSet | undefined =>
  world._tag === 'WellFormed'
    ? undefined
    : StringSet.stringSet(world.actions.map((action) => Glob.literal(action.toLowerCase())))
