/**
 * The making of certificates: spaces in which cases are refuted, the proofs that are found there, and what is said where
 * there is none.
 *
 * @since 0.1.0
 */
import { Condition, Operator, type Document } from '../model/index.js'
import { Budget } from '../pattern/index.js'
import { proofOf, type RefuteIn, type Source, type Task } from './certificateSearch.js'
import { isFollowing, spaceOf, type Ground, type Known, type Space } from './certificateSpace.js'
import type { Certificate, Proof } from './certificateSteps.js'
import { groupsIn } from './guards.js'
import { usesOpaqueLetters } from './opaque.js'
import { literalKey } from './regionElement.js'
import { undecided, type Undecided } from './Undecided.js'
import { variablesOf } from './variables.js'
import { standardBudget, type Options, type Verdict } from './Verdict.js'
import { wellFormed } from './World.js'

// ---- model ----

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

/**
 * What a certificate is to prove of some documents: the sources that tasks are made of, and the tasks, each of which it
 * gives to a prover. Undefined where one has no proof.
 *
 * @category model
 * @since 0.1.0
 */
export interface Undertaking {
  readonly claim: Certificate['claim']
  readonly documents: readonly Document.Document[]
  readonly sources: readonly Source[]
  readonly prove: (prover: Prover) => readonly Proof[] | undefined
}

/**
 * A proof of one task, if there is one by cases.
 *
 * @category model
 * @since 0.1.0
 */
export type Prover = (task: Task) => Proof | undefined

// ---- certificates ----

/**
 * A verdict, for a Yes with what `make` makes.
 *
 * @category constructors
 * @since 0.1.0
 */
export const withCertificate = (verdict: Verdict, make: () => Certificate | Undecided): Proven => ({
  verdict,
  certificate: verdict._tag === 'Yes' ? make() : undefined,
})

/**
 * A certificate, or why there is none.
 *
 * **Cost** see `proofOf`, for each task; the budget is one for all.
 *
 * @category analysis
 * @since 0.1.0
 */
export const certify = (
  undertaking: Undertaking,
  { world = wellFormed, budget = standardBudget }: Options,
): Certificate | Undecided => {
  const { claim, documents, sources } = undertaking
  const counter = Budget.start(budget)
  if (variablesOf(documents).length > 0 && usesOpaqueLetters(documents))
    return undecided('PolicyVariable', 'variables beside letters of a private plane', 0)
  const parts = partsOf(sources)
  const ground = { parts, world, listed: listedIn(documents), counter }
  const attempt =
    attemptOn({ ...ground, unread: new Set() }, undertaking) ??
    attemptOn({ ...ground, unread: mixedIn(parts) }, undertaking)
  if (attempt === undefined)
    return undecided('MixedTypes', 'one key is tested as several types', counter.spent())
  if (attempt.proofs !== undefined) return { claim, world: world.name, proofs: attempt.proofs }
  return counter.spent() >= budget
    ? undecided('Budget', 'certificate', counter.spent())
    : undecided('NotExpressible', 'a part of the proof is not one by cases of elements', counter.spent())
}

/** Steps that it costs to look at a statement, besides those of searches. */
const GLANCE = 10

/** What came of it; undefined where nothing is proven, as a key's classes could not be told. */
const attemptOn = (
  ground: Ground,
  { prove }: Undertaking,
): { readonly proofs: readonly Proof[] | undefined } | undefined => {
  const { refuteIn, isSound } = spacesOver(ground)
  const groups = groupsIn(ground.world)
  const proofs = prove((task) =>
    ground.counter.spend(GLANCE * (task.inside.length + task.outside.length))
      ? proofOf(task, refuteIn(task.boundary), groups)
      : undefined,
  )
  return isSound() ? { proofs } : undefined
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

const partsOf = (sources: readonly Source[]): Ground['parts'] => {
  const parts = sources.flatMap(({ elements }) => elements.map(({ part }) => part))
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
