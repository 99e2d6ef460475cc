/**
 * What patterns match, for one text at a time: a quick look before a proof is asked for.
 *
 * @since 0.1.0
 */
import { Action, Resource, type Statement, type Version } from '../model/index.js'
import { Glob } from '../pattern/index.js'

// ---- predicates ----

/**
 * Does an action pattern fit an action? (SM-A1, SM-A2)
 *
 * @category predicates
 * @since 0.1.0
 */
export const fits = (pattern: Action.ActionPattern): ((action: string) => boolean) => {
  const matches = Glob.matches(Glob.parse(Action.fold(pattern)))
  return (action) => matches(action.toLowerCase())
}

/**
 * Is a statement about this action? (SM-A5)
 *
 * @category predicates
 * @since 0.1.0
 */
export const isAbout =
  ({ action: clause }: Statement.Statement) =>
  (action: string): boolean =>
    clause.patterns.some((pattern) => fits(pattern)(action)) === (clause._tag === 'Action')

/**
 * Does a resource pattern fit a text? Variables in the pattern stand for themselves.
 *
 * @category predicates
 * @since 0.1.0
 */
export const fitsResource = (pattern: string): ((text: string) => boolean) => {
  const glob = Resource.glob(undefined, () => ({ _tag: 'Missing' }))(pattern)
  return (text) => glob !== undefined && Glob.matches(glob)(text)
}

/**
 * Is a statement about the resource with this text? One without resources is about any but the lone `*` (SM-R9).
 *
 * @category predicates
 * @since 0.1.0
 */
export const isOnResource =
  ({ resource: clause }: Statement.Statement) =>
  (text: string): boolean =>
    clause._tag === 'Attached'
      ? text !== '*'
      : clause.patterns.some((pattern) => fitsResource(pattern)(text)) === (clause._tag === 'Resource')

/**
 * Are policy variables read in documents of this version? (VA-6)
 *
 * @category predicates
 * @since 0.1.0
 */
export const hasVariables = (version: Version.Version | undefined): boolean => version === '2012-10-17'

/** What stands between `${` and `}`. */
const bracesOf = (text: string): readonly string[] =>
  text
    .split('${')
    .slice(1)
    .map((piece) => piece.split('}', 1)[0] ?? '')

/** Where a tool for deployments looks names up, in the same spelling as that of a policy variable. */
const lookedUp = ['self', 'env', 'opt', 'sls']

/** `aws:username`, `aws:PrincipalTag/team, 'none'`, and `*`, `?`, `$` for the letters themselves (VA-1, VA-8). */
const isVariableName = (name: string): boolean =>
  ['*', '?', '$'].includes(name) || (/^[^:]+:[^:]/.test(name) && !lookedUp.includes(name.split(':')[0] ?? ''))

/**
 * Has a text a `${...}` that no policy variable is, such as `${AWS::Region}` or `${var.account}`: what a tool was to fill in?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isTemplate = (text: string): boolean => bracesOf(text).some((name) => !isVariableName(name))
