/**
 * A certificate for "`left` is no broader than `right`", or for "each may stand for the other": a proof by cases that can
 * be checked without this library. Each case supposes of one element of one statement that it holds or that it fails, or
 * of a variable's key how many values it has; it ends where every element of a covering statement holds, or where
 * nothing can be as supposed. That the cases are all there are is plain from their form, so what a checker has to decide
 * is but whether some globs and their complements have a word in common.
 *
 * Not certified: comparisons of environments; what depends on how a key that follows from the caller spells a variable's
 * value; that who asks for a resource without owner has no account; questions of several types on one key.
 *
 * @since 0.1.0
 */
import { Condition, Operator, type Document } from '../model/index.js'
import { Budget } from '../pattern/index.js'
import { Strength } from '../simulator/index.js'
import { hitsMoreWithBoundary } from './boundary.js'
import { interchangeable, isNoBroader } from './compare.js'
import { proofOf, sourcesOf, type RefuteIn, type Source, type Task } from './certificateSearch.js'
import { isFollowing, spaceOf, type Ground, type Known, type Space } from './certificateSpace.js'
import type { Proof } from './certificateSteps.js'
import { usesOpaqueLetters } from './opaque.js'
import { groupsIn } from './guards.js'
import { literalKey } from './regionElement.js'
import { undecided, type Undecided } from './Undecided.js'
import { variablesOf } from './variables.js'
import { standardBudget, type Options, type Verdict } from './Verdict.js'
import { wellFormed } from './World.js'

// ---- model ----

/**
 * Proofs of all that a claim comes to, statement by statement.
 *
 * - `NoBroader`, that `left` allows nothing that `right` does not: each Allow of left within left's Denies and right's
 *   Allows; and each Allow of left with each Deny of right, within left's Denies.
 * - `Interchangeable`, of each side towards the other: each Deny within the other's Denies; where there is a Deny with
 *   NotPrincipal, the same under a permissions boundary; and each Allow within its own Denies and the other's Allows, at
 *   every strength where a statement has a principal, else at `Account`.
 *
 * `world` names the requests that it speaks of. Who checks it has to have their list: the actions of a catalogue, or of a
 * typed world with their resources and keys.
 *
 * @category model
 * @since 0.1.0
 */
export interface Certificate {
  readonly claim: 'NoBroader' | 'Interchangeable'
  readonly world: string
  readonly proofs: readonly Proof[]
}

/**
 * A verdict, and for a Yes its certificate, or why there is none.
 *
 * @category model
 * @since 0.1.0
 */
export interface Proven {
  readonly verdict: Verdict
  readonly certificate: Certificate | Undecided | undefined
}

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

// ---- operations ----

/**
 * Does `left` allow nothing that `right` does not? As `isNoBroader`, with a certificate for a Yes.
 *
 * **Cost** as `isNoBroader`, and again for the certificate, which has its own budget of the same size.
 *
 * There is none for environments: `compareEnvironments` answers without.
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
  withCertificate(isNoBroader(left, right, options), () =>
    certify('NoBroader', [left, right], noBroader(left, right), options),
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
): Proven =>
  withCertificate(interchangeable(left, right, options), () =>
    certify(
      'Interchangeable',
      [left, right],
      [...noDifferent(['left', left], ['right', right]), ...noDifferent(['right', right], ['left', left])],
      options,
    ),
  )

const withCertificate = (verdict: Verdict, make: () => Certificate | Undecided): Proven => ({
  verdict,
  certificate: verdict._tag === 'Yes' ? make() : undefined,
})

const certify = (
  claim: Certificate['claim'],
  documents: readonly Document.Document[],
  tasks: readonly Task[],
  { world = wellFormed, budget = standardBudget }: Options,
): Certificate | Undecided => {
  const counter = Budget.start(budget)
  if (variablesOf(documents).length > 0 && usesOpaqueLetters(documents))
    return undecided('PolicyVariable', 'variables beside letters of a private plane', 0)
  const parts = partsOf(tasks)
  const ground = { parts, world, listed: listedIn(documents), counter }
  const proofs =
    proofsOn({ ...ground, unread: new Set() }, tasks) ??
    proofsOn({ ...ground, unread: mixedIn(parts) }, tasks)
  if (proofs === undefined)
    return undecided('MixedTypes', 'one key is tested as several types', counter.spent())
  const done = proofs.filter((proof) => proof !== undefined)
  if (done.length === proofs.length) return { claim, world: world.name, proofs: done }
  return counter.spent() >= budget
    ? undecided('Budget', 'certificate', counter.spent())
    : undecided('NotExpressible', 'a part of the proof is not one by cases of elements', counter.spent())
}

/** A proof for each task where there is one; undefined where nothing is proven, as a key's classes could not be told. */
const proofsOn = (ground: Ground, tasks: readonly Task[]): readonly (Proof | undefined)[] | undefined => {
  const { refuteIn, isSound } = spacesOver(ground)
  const groups = groupsIn(ground.world)
  const proofs = tasks.map((task) => proofOf(task, refuteIn(task.boundary), groups))
  return isSound() ? proofs : undefined
}

/** The keys that are tested as several types, and those that follow from others and are no texts. */
const mixedIn = (parts: Ground['parts']): ReadonlySet<string> => {
  const types = new Map<string, Set<string>>() // local mutation: gathered once
  for (const { element } of parts) {
    if (element._tag !== 'Condition') continue
    const { type } = Operator.operators[element.condition.operator.name].comparison
    const key = Condition.foldKey(element.condition.key)
    const base = [...(types.get(key) ?? []), ...(type === 'Null' ? [] : [type === 'Arn' ? 'String' : type])]
    types.set(key, new Set(isFollowing(key) ? [...base, 'String'] : base))
  }
  return new Set(Array.from(types).flatMap(([key, found]) => (found.size > 1 ? [key] : [])))
}

const partsOf = (tasks: readonly Task[]): Ground['parts'] => {
  const sources = new Set(tasks.flatMap(({ inside, outside }) => [...inside, ...outside]))
  const parts = Array.from(sources).flatMap(({ elements }) => elements.map(({ part }) => part))
  return Array.from(new Map(parts.map((part) => [literalKey(part), part])).values())
}

/** U-30: keys that a test with a set qualifier names may have several values. */
const listedIn = (documents: readonly Document.Document[]): ReadonlySet<string> =>
  new Set(
    documents.flatMap(({ statements }) =>
      statements.flatMap(({ conditions }) =>
        conditions
          .filter(({ operator }) => operator.qualifier !== 'None')
          .map(({ key }) => Condition.foldKey(key)),
      ),
    ),
  )

/** Each space is made when it is first needed, and once. */
const spacesOver = (ground: Ground) => {
  const known = new Map<string, Space | undefined>() // local mutation: grows as cases are met
  const spaceIn = (supposed: Known, boundary: boolean) => {
    const key = JSON.stringify([boundary, supposed.group?.actions, ...supposed.assignment])
    if (!known.has(key)) known.set(key, spaceOf(ground, supposed, boundary))
    return known.get(key)
  }
  return {
    refuteIn:
      (boundary: boolean): RefuteIn =>
      (supposed) =>
        spaceIn(supposed, boundary)?.refute ?? (() => undefined),
    isSound: () => Array.from(known.values()).every((space) => space?.isSound() !== false),
  }
}
