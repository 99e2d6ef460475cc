/**
 * Documents compared as sets of requests, by proof or by witness.
 *
 * `left` is no broader than `right` exactly when no Allow of `left` reaches, outside `left`'s Denies, a request that
 * `right` does not allow: (1) each Allow of `left` lies within `left`'s Denies and `right`'s Allows; (2) where it meets a
 * Deny of `right` it lies within `left`'s Denies.
 *
 * @since 0.1.0
 */
import type { Document, Request } from '../model/index.js'
import { Frozen } from '../pattern/index.js'
import { Simulator, Strength } from '../simulator/index.js'
import { boundable, hitsMoreWithBoundary } from './boundary.js'
import { against, piecesOf, unmatched, type Claim } from './claims.js'
import { allows, compareBy, inWorlds, standardBudget, toVerdict } from './Verdict.js'
import type { Comparison, Options, Verdict } from './Verdict.js'

// ---- questions ----

/** Yes when the claims hold, no with a request against one of them. */
const claim = (
  documents: readonly Document.Document[],
  claims: readonly Claim[],
  confirms: (request: Request.Request) => boolean,
  options: Options,
): Verdict =>
  inWorlds(
    (world) =>
      toVerdict(
        against(claims, { documents, confirms, world }, options.budget ?? standardBudget),
        world.name,
      ),
    options,
  )

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
): Verdict => noBroader(Frozen.own(left), Frozen.own(right), options)

const noBroader = (left: Document.Document, right: Document.Document, options: Options): Verdict => {
  const [own, ownLimits] = [piecesOf(left, 'Allow'), piecesOf(left, 'Deny')]
  const limits = unmatched(piecesOf(right, 'Deny'), ownLimits)
  const outside = [...ownLimits, ...piecesOf(right, 'Allow')]
  return claim(
    [left, right],
    own.flatMap((allow) => [
      { inside: [allow], outside },
      ...limits.map((limit) => ({ inside: [allow, limit], outside: ownLimits })),
    ]),
    (request) => allows(left)(request) && !allows(right)(request),
    options,
  )
}

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
  const [ours, theirs] = [Frozen.own(left), Frozen.own(right)]
  return compareBy(
    (inWorld) => noBroader(ours, theirs, inWorld),
    (inWorld) => noBroader(theirs, ours, inWorld),
    options,
  )
}

/**
 * Do both documents mean the same for every request, so that one may stand for the other anywhere? Denies count by
 * themselves, since they bind what other documents grant, and so does how directly an Allow names the caller.
 *
 * Which keys may have lists of values is read off the two documents and AWS's list (U-30): beside a third document that
 * tests another key with `ForAnyValue` or `ForAllValues` the two can still differ, on a request with a list for that key.
 *
 * @category analysis
 * @since 0.1.0
 */
export const interchangeable = (
  left: Document.Document,
  right: Document.Document,
  options: Options = {},
): Verdict => sameMeaning(Frozen.own(left), Frozen.own(right), options)

const sameMeaning = (left: Document.Document, right: Document.Document, options: Options): Verdict =>
  claim(
    [left, right],
    [...differences(left, right), ...differences(right, left)],
    (request) => [false, true].some((hasBoundary) => differ(left, right, hasBoundary)(request)),
    options,
  )

const differ =
  (left: Document.Document, right: Document.Document, hasBoundary: boolean) =>
  (request: Request.Request): boolean => {
    const [a, b] = [left, right].map((document) => Simulator.compileMeaning(document, hasBoundary)(request))
    return a?._tag !== b?._tag || (a?._tag === 'Grant' && b?._tag === 'Grant' && a.strength !== b.strength)
  }

const differences = (left: Document.Document, right: Document.Document): readonly Claim[] => {
  const denies = piecesOf(left, 'Deny')
  const theirs = piecesOf(right, 'Deny')
  const strengths = [left, right].some(({ statements }) =>
    statements.some(({ _tag }) => _tag === 'ResourceStatement'),
  )
    ? Strength.strengths
    : (['Account'] as const)
  return [
    ...denies.map((deny) => ({ inside: [deny], outside: theirs })),
    ...underBoundary(left, right),
    ...strengths.flatMap((strength) => {
      const outside = [...denies, ...piecesOf(right, 'Allow', strength)]
      return piecesOf(left, 'Allow', strength).map((allow) => ({ inside: [allow], outside }))
    }),
  ]
}

/**
 * PR-11: a Deny with NotPrincipal hits every caller with a permissions boundary, so that two such Denies that are one
 * for other callers need not be for these. Allows need no second look: under more Denies they differ in no more.
 */
const underBoundary = (left: Document.Document, right: Document.Document): readonly Claim[] => {
  if (![left, right].some(({ statements }) => statements.some(hitsMoreWithBoundary))) return []
  const outside = piecesOf(right, 'Deny', 'Account', true)
  return piecesOf(left, 'Deny', 'Account', true).map((deny) => ({
    inside: [deny],
    outside,
    callers: boundable,
  }))
}
