/**
 * Questions to the catalogue of actions: what AWS published of `ecr` and `ecr-public` on `catalogueDate`.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { Action, nearest, type EcrAction } from '../../model/index.js'
import { Glob } from '../../pattern/index.js'
import { actions } from '../data/actions.js'
import { dependencies } from '../data/dependencies.js'
import { publicActions } from '../data/publicActions.js'
import { wrongNames } from '../data/wrongNames.js'
import type { Certainty } from '../Operation.js'

// ---- model ----

/**
 * The name of an action of ECR Public.
 *
 * @category model
 * @since 0.1.0
 */
export type PublicAction = keyof typeof publicActions

/**
 * The name of an action of either service.
 *
 * @category model
 * @since 0.1.0
 */
export type CataloguedAction = EcrAction | PublicAction

/**
 * How AWS classes an action. Of an action with two levels, the more specific one.
 *
 * @category model
 * @since 0.1.0
 */
export type AccessLevel = 'List' | 'Read' | 'Tagging' | 'Write' | 'Permissions management'

/**
 * A key that conditions on some action may test. `${TagKey}` stands for any tag.
 *
 * @category model
 * @since 0.1.0
 */
export type CataloguedKey = FactsOf<CataloguedAction>['conditionKeys'][number]

/**
 * What the catalogue has of an action, as literals.
 *
 * @category model
 * @since 0.1.0
 */
export type FactsOf<A extends CataloguedAction> = A extends EcrAction
  ? (typeof actions)[A]
  : A extends PublicAction
    ? (typeof publicActions)[A]
    : never

type Those<Facts> = {
  readonly [A in CataloguedAction]: FactsOf<A> extends Facts ? A : never
}[CataloguedAction]

/**
 * The actions of an access level.
 *
 * @category model
 * @since 0.1.0
 */
export type ActionOfLevel<Level extends AccessLevel> = Those<{ readonly accessLevel: Level }>

/**
 * The actions that have no resource, and so match under `*` only (EC-1).
 *
 * @category model
 * @since 0.1.0
 */
export type ResourcelessAction = Those<{ readonly resourceless: true }>

/**
 * What an action takes beside itself: all of `needs`, always or as `when` says.
 *
 * - `on` is `*`, a sort of resource, or `role/...` and `secret/...` with the path, or its beginning, written out.
 *
 * @category model
 * @since 0.1.0
 */
export interface Dependency {
  readonly action: string
  readonly when?: string
  readonly needs: readonly { readonly action: string; readonly on: string }[]
  readonly because: string
  readonly certainty: Certainty
  readonly rules: readonly string[]
}

// ---- refinements ----

const isPrivate = (text: string): text is EcrAction => Object.hasOwn(actions, text)

const isPublic = (text: string): text is PublicAction => Object.hasOwn(publicActions, text)

/**
 * Is this an action, spelt as AWS spells it? `findAction` overlooks letter case.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * Ecr.isAction('ecr:BatchGetImage') // => true
 * Ecr.isAction('ecr-public:BatchGetImage') // => false
 *
 * @category refinements
 * @since 0.1.0
 */
export const isAction = (text: string): text is CataloguedAction => isPrivate(text) || isPublic(text)

// ---- destructors ----

/**
 * The names of all actions: those of `ecr`, then those of `ecr-public`, each by name.
 *
 * @category destructors
 * @since 0.1.0
 */
export const actionNames = (): readonly CataloguedAction[] =>
  [...Object.keys(actions), ...Object.keys(publicActions)].filter(isAction)

/**
 * What the catalogue has of an action: access levels, resources, condition keys, and for `ecr` where it is granted.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * Ecr.actionFacts('ecr:DescribeImages').accessLevel // => 'List'
 * Ecr.actionFacts('ecr:GetAuthorizationToken').resourceless // => true
 *
 * @category destructors
 * @since 0.1.0
 */
export function actionFacts<A extends CataloguedAction>(action: A): FactsOf<A>
export function actionFacts(action: CataloguedAction): FactsOf<CataloguedAction> {
  return isPrivate(action) ? actions[action] : publicActions[action]
}

/**
 * The action that a text names, letter case aside (SM-A1), in AWS's spelling.
 *
 * @category destructors
 * @since 0.1.0
 */
export const findAction = (text: string): O.Option<CataloguedAction> => {
  const wanted = text.toLowerCase()
  return O.fromNullable(actionNames().find((action) => action.toLowerCase() === wanted))
}

// ---- analysis ----

/**
 * The actions of an access level, of both services.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * Ecr.actionsOfLevel('Tagging').length // => 4
 *
 * @category analysis
 * @since 0.1.0
 */
export const actionsOfLevel = <Level extends AccessLevel>(level: Level): readonly ActionOfLevel<Level>[] =>
  actionNames().filter((action): action is ActionOfLevel<Level> => actionFacts(action).accessLevel === level)

/**
 * The actions that have no resource (EC-1): a statement for them says `*`.
 *
 * @category analysis
 * @since 0.1.0
 */
export const resourcelessActions = (): readonly ResourcelessAction[] =>
  actionNames().filter((action): action is ResourcelessAction => actionFacts(action).resourceless)

/**
 * The actions whose requests may carry a condition key of the services themselves. The keys that AWS knows on every
 * request (`aws:SourceIp` and the like) are not among them.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * Ecr.actionsWithKey('ecr:AccountSetting') // => ['ecr:GetAccountSetting', 'ecr:PutAccountSetting']
 *
 * @category analysis
 * @since 0.1.0
 */
export const actionsWithKey = (key: CataloguedKey): readonly CataloguedAction[] =>
  actionNames().filter((action) => {
    const keys: readonly string[] = actionFacts(action).conditionKeys
    return keys.includes(key)
  })

/**
 * The actions of the catalogue that a pattern stands for; none for a text that is no pattern, or that stands for
 * actions of other services only. Actions that AWS adds after `catalogueDate` are not among them.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * Ecr.expand('ecr:Batch*Image') // => ['ecr:BatchDeleteImage', 'ecr:BatchGetImage', 'ecr:BatchImportUpstreamImage']
 * Ecr.expand('ecr:PullImage') // => []
 *
 * @category analysis
 * @since 0.1.0
 */
export const expand = (pattern: string): readonly CataloguedAction[] => {
  const read = Action.parsePattern(pattern)
  if (E.isLeft(read)) return []
  const fits = Glob.matches(Glob.parse(Action.fold(read.right))) // SM-A1, SM-A2
  return actionNames().filter((action) => fits(action.toLowerCase()))
}

/**
 * What a name that no action has was meant to be: what is known of it, or else the nearest name of its service. `why`
 * says more, where there is more to say; `actions` is empty where nothing comes near or no permission exists.
 *
 * @category model
 * @since 0.1.0
 */
export interface Meant {
  readonly actions: readonly CataloguedAction[]
  readonly why: string | undefined
}

interface WrongName {
  readonly meant: readonly CataloguedAction[]
  readonly why?: string
}

const knownWrong = (text: string): WrongName | undefined => {
  const wanted = text.toLowerCase()
  const known: readonly (readonly [string, WrongName])[] = Object.entries(wrongNames)
  return known.find(([name]) => name.toLowerCase() === wanted)?.[1]
}

const nearestName = (text: string): CataloguedAction | undefined =>
  text.toLowerCase().startsWith('ecr-public:')
    ? nearest(actionNames().filter(isPublic))(text)
    : Action.nearestEcrAction(text)

/**
 * The actions that someone means who writes this; an action's own name, in any letter case, is what it says. Names
 * that documents and programs are known to get wrong come first, then spelling.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * Ecr.meant('ecr:PullImage').actions // => ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
 * Ecr.meant('ecr:BatchGetImages').actions // => ['ecr:BatchGetImage']
 * Ecr.meant('ecr-public:BatchGetImage').why // => 'IAM does not decide pulls from ECR Public'
 *
 * @category analysis
 * @since 0.1.0
 */
export const meant = (text: string): Meant => {
  const action = O.toUndefined(findAction(text))
  const known = knownWrong(text)
  if (action === undefined && known !== undefined) return { actions: known.meant, why: known.why }
  const near = action ?? nearestName(text)
  return { actions: near === undefined ? [] : [near], why: undefined }
}

/**
 * What an action takes beside itself, in practice: AWS's data lists nothing for ECR. Letter case aside; other services'
 * actions that lead to ECR (`lambda:CreateFunction`) are known too.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * Ecr.dependenciesOf('ecr:DeleteRepository').map(({ needs }) => needs[0]?.action) // => ['kms:RetireGrant']
 *
 * @category analysis
 * @since 0.1.0
 */
export const dependenciesOf = (action: string): readonly Dependency[] => {
  const wanted = action.toLowerCase()
  const all: readonly Dependency[] = dependencies
  return all.filter((dependency) => dependency.action.toLowerCase() === wanted)
}
