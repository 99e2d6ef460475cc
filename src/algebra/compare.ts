/**
 * Documents compared as sets of requests, by proof or by witness.
 *
 * `left` is no broader than `right` exactly when no Allow of `left` reaches, outside `left`'s Denies, a request that
 * `right` does not allow: (1) each Allow of `left` lies within `left`'s Denies and `right`'s Allows; (2) where it meets a
 * Deny of `right` it lies within `left`'s Denies.
 *
 * @since 0.1.0
 */
import type { Document, Request, Variable } from '../model/index.js'
import type { StringSet } from '../pattern/index.js'
import { Simulator, Strength } from '../simulator/index.js'
import { boundable, hitsMoreWithBoundary } from './boundary.js'
import { ask, type Obligation } from './question.js'
import { wellFormedActions, type Universe } from './Universe.js'
import { allows, boxesOf, comparisonOf, standardBudget, toVerdict } from './Verdict.js'
import type { Comparison, Options, Verdict } from './Verdict.js'
import { actionsOf, wellFormed } from './World.js'

// ---- questions ----

const put = (
  documents: readonly Document.Document[],
  options: Options,
  obligations: (universe: Universe, lookup: Variable.Lookup) => readonly Obligation[],
  confirms: (request: Request.Request) => boolean,
): Verdict => {
  const world = options.world ?? wellFormed
  const actions: StringSet.StringSet = actionsOf(world) ?? wellFormedActions
  return toVerdict(
    ask({ documents, obligations, confirms, actions }, options.budget ?? standardBudget),
    world.name,
  )
}

/**
 * Does `left` allow nothing that `right` does not?
 *
 * @category analysis
 * @since 0.1.0
 */
export const isNoBroader = (
  left: Document.Document,
  right: Document.Document,
  options: Options = {},
): Verdict =>
  put(
    [left, right],
    options,
    (universe, lookup) => {
      const [allows, denies] = [
        boxesOf(universe, lookup, left, 'Allow'),
        boxesOf(universe, lookup, left, 'Deny'),
      ]
      const [theirs, limits] = [
        boxesOf(universe, lookup, right, 'Allow'),
        boxesOf(universe, lookup, right, 'Deny'),
      ]
      return allows.flatMap((allow) => [
        { inside: [allow], outside: [...denies, ...theirs] },
        ...limits.map((limit) => ({ inside: [allow, limit], outside: denies })),
      ])
    },
    (request) => allows(left)(request) && !allows(right)(request),
  )

/**
 * How `left` stands to `right` by what each allows.
 *
 * @example
 * import { Algebra, Document } from 'ecr-policy'
 *
 * const pull = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: { Effect: 'Allow', Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], Resource: '*' },
 * })
 * const read = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: { Effect: 'Allow', Action: ['ecr:BatchGet*', 'ecr:Get*'], Resource: '*' },
 * })
 * Algebra.compare(pull, read).relation // => 'Narrower'
 *
 * @category analysis
 * @since 0.1.0
 */
export const compare = (
  left: Document.Document,
  right: Document.Document,
  options: Options = {},
): Comparison => {
  return comparisonOf(isNoBroader(left, right, options), isNoBroader(right, left, options))
}

/**
 * Do both documents mean the same for every request, so that one may stand for the other anywhere? Denies count by
 * themselves, since they bind what other documents grant, and so does how directly an Allow names the caller.
 *
 * @category analysis
 * @since 0.1.0
 */
export const interchangeable = (
  left: Document.Document,
  right: Document.Document,
  options: Options = {},
): Verdict =>
  put(
    [left, right],
    options,
    (universe, lookup) => [
      ...differences(universe, lookup, left, right),
      ...differences(universe, lookup, right, left),
    ],
    (request) => [false, true].some((hasBoundary) => differ(left, right, hasBoundary)(request)),
  )

const differ =
  (left: Document.Document, right: Document.Document, hasBoundary: boolean) =>
  (request: Request.Request): boolean => {
    const [a, b] = [left, right].map((document) => Simulator.meaning(document, hasBoundary)(request))
    return a?._tag !== b?._tag || (a?._tag === 'Grant' && b?._tag === 'Grant' && a.strength !== b.strength)
  }

const differences = (
  universe: Universe,
  lookup: Variable.Lookup,
  left: Document.Document,
  right: Document.Document,
): readonly Obligation[] => {
  const denies = boxesOf(universe, lookup, left, 'Deny')
  const theirs = boxesOf(universe, lookup, right, 'Deny')
  const strengths = [left, right].some(({ statements }) =>
    statements.some(({ _tag }) => _tag === 'ResourceStatement'),
  )
    ? Strength.strengths
    : (['Account'] as const)
  return [
    ...denies.map((deny) => ({ inside: [deny], outside: theirs })),
    ...underBoundary(universe, lookup, left, right),
    ...strengths.flatMap((strength) => {
      const covering = [...denies, ...boxesOf(universe, lookup, right, 'Allow', strength)]
      return boxesOf(universe, lookup, left, 'Allow', strength).map((allow) => ({
        inside: [allow],
        outside: covering,
      }))
    }),
  ]
}

/**
 * PR-11: a Deny with NotPrincipal hits every caller with a permissions boundary, so that two such Denies that are one
 * for other callers need not be for these. Allows need no second look: under more Denies they differ in no more.
 */
const underBoundary = (
  universe: Universe,
  lookup: Variable.Lookup,
  left: Document.Document,
  right: Document.Document,
): readonly Obligation[] => {
  if (![left, right].some(({ statements }) => statements.some(hitsMoreWithBoundary))) return []
  const [denies, theirs] = [left, right].map((document) =>
    boxesOf(universe, lookup, document, 'Deny', 'Account', true),
  )
  const callers = universe.callers(boundable)
  return (denies ?? []).map((deny) => ({ inside: [deny, callers], outside: theirs ?? [] }))
}
