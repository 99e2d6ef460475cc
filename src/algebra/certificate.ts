/**
 * A certificate for "`left` is no broader than `right`", or for "each may stand for the other": a proof by cases that can
 * be checked without this library. Each case supposes of one element of one statement that it holds or that it fails, or
 * of a variable's key how many values it has; it ends where every element of a covering statement holds, or where
 * nothing can be as supposed. That the cases are all there are is plain from their form, so what a checker has to decide
 * is but whether some globs and their complements have a word in common.
 *
 * Not certified: what depends on how a key that follows from the caller spells a variable's value; that who asks for a
 * resource without owner has no account; questions of several types on one key. For environments see
 * `certificateEnvironment`.
 *
 * @since 0.1.0
 */
import type { Document } from '../model/index.js'
import { Frozen } from '../pattern/index.js'
import { Strength } from '../simulator/index.js'
import { hitsMoreWithBoundary } from './boundary.js'
import { certify, withCertificate, type Prover, type Proven, type Undertaking } from './certificateProofs.js'
import { sourcesOf, type Source, type Task } from './certificateSearch.js'
import type { Proof } from './certificateSteps.js'
import { interchangeable, isNoBroader } from './compare.js'
import type { Options } from './Verdict.js'

// ---- what has to be proven ----

const withEffect = (sources: readonly Source[], effect: 'Allow' | 'Deny'): readonly Source[] =>
  sources.filter(({ line }) => line.statement.effect === effect)

const forAll = { atLeast: 'Account', boundary: false } as const

/** As `isNoBroader` has it. */
const noBroader = (left: Document.Document, right: Document.Document): readonly Task[] => {
  const [own, theirs] = [sourcesOf('left', left), sourcesOf('right', right)]
  const denies = withEffect(own, 'Deny')
  const outside = [...denies, ...withEffect(theirs, 'Allow')]
  return withEffect(own, 'Allow').flatMap((allow) => [
    { inside: [allow], outside, ...forAll },
    ...withEffect(theirs, 'Deny').map((deny) => ({ inside: [allow, deny], outside: denies, ...forAll })),
  ])
}

type Side = readonly ['left' | 'right', Document.Document]

/** As `interchangeable` has it, of the first side towards the second. */
const noDifferent = (one: Side, other: Side): readonly Task[] => {
  const documents = [one[1], other[1]]
  const denies = withEffect(sourcesOf(...one), 'Deny')
  const theirs = withEffect(sourcesOf(...other), 'Deny')
  const hasPrincipals = documents.some(({ statements }) =>
    statements.some(({ _tag }) => _tag === 'ResourceStatement'),
  )
  const hitsMore = documents.some(({ statements }) => statements.some(hitsMoreWithBoundary))
  const strengths = hasPrincipals ? Strength.strengths : (['Account'] as const)
  return [
    ...(hitsMore ? [false, true] : [false]).flatMap((boundary) =>
      denies.map((deny): Task => ({ inside: [deny], outside: theirs, atLeast: 'Account', boundary })),
    ),
    ...strengths.flatMap((atLeast) => {
      const outside = [...denies, ...withEffect(sourcesOf(...other, atLeast), 'Allow')]
      return withEffect(sourcesOf(...one, atLeast), 'Allow').map((allow): Task => ({
        inside: [allow],
        outside,
        atLeast,
        boundary: false,
      }))
    }),
  ]
}

/** Every task by itself: each of them has to have its proof. */
const undertaking = (
  claim: Undertaking['claim'],
  documents: readonly Document.Document[],
  tasks: readonly Task[],
): Undertaking => ({
  claim,
  documents,
  sources: Array.from(new Set(tasks.flatMap(({ inside, outside }) => [...inside, ...outside]))),
  prove: (prover) => allOf(tasks, prover),
})

const allOf = (tasks: readonly Task[], prover: Prover): readonly Proof[] | undefined => {
  const proofs = tasks.map(prover)
  const found = proofs.filter((proof) => proof !== undefined)
  return found.length === proofs.length ? found : undefined
}

// ---- operations ----

/**
 * Does `left` allow nothing that `right` does not? As `isNoBroader`, with a certificate for a Yes.
 *
 * **Cost** as `isNoBroader`, and again for the certificate, which has its own budget of the same size.
 *
 * @example
 * import { Algebra, Document } from 'ecr-policy'
 *
 * const allow = (Action: string) =>
 *   Document.parseOrThrow({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } })
 * const { verdict, certificate } = Algebra.prove(allow('ecr:GetImage'), allow('ecr:Get*'))
 * verdict._tag // => 'Yes'
 *
 * @category analysis
 * @since 0.1.0
 */
export const prove = (left: Document.Document, right: Document.Document, options: Options = {}): Proven =>
  proveNoBroader(Frozen.own(left), Frozen.own(right), options)

const proveNoBroader = (left: Document.Document, right: Document.Document, options: Options): Proven =>
  withCertificate(isNoBroader(left, right, options), () =>
    certify(undertaking('NoBroader', [left, right], noBroader(left, right)), options),
  )

/**
 * Do both documents mean the same for every request? As `interchangeable`, with a certificate for a Yes.
 *
 * **Cost** as `interchangeable`, and again for the certificate, which has its own budget of the same size.
 *
 * @example
 * import { Algebra, Document } from 'ecr-policy'
 *
 * const allow = (Action: readonly string[]) =>
 *   Document.parseOrThrow({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } })
 * const { verdict } = Algebra.proveInterchangeable(allow(['ecr:Get*', 'ecr:GetImage']), allow(['ecr:Get*']))
 * verdict._tag // => 'Yes'
 *
 * @category analysis
 * @since 0.1.0
 */
export const proveInterchangeable = (
  left: Document.Document,
  right: Document.Document,
  options: Options = {},
): Proven => proveSame(Frozen.own(left), Frozen.own(right), options)

const proveSame = (left: Document.Document, right: Document.Document, options: Options): Proven =>
  withCertificate(interchangeable(left, right, options), () =>
    certify(
      undertaking(
        'Interchangeable',
        [left, right],
        [...noDifferent(['left', left], ['right', right]), ...noDifferent(['right', right], ['left', left])],
      ),
      options,
    ),
  )
