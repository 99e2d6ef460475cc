/**
 * A question about requests, put in boxes: is there a request in all of some boxes and in none of others? Variables are
 * taken case by case, so that what remains is exact; where a variable's value matters, a proof treats it as one opaque
 * letter under side conditions that make that sound, and a refutation tries values.
 *
 * Source: VA-1 to VA-11.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Document, Request, Variable } from '../model/index.js'
import { Condition, Problem } from '../model/index.js'
import { Bits, Budget, StringSet } from '../pattern/index.js'
import { everything, intersect, type Box } from './Box.js'
import * as callerText from './callerText.js'
import { uncovered, type Cover, type Point } from './cover.js'
import { digitBoxes, strangeLetters } from './digits.js'
import { guardsOf, isOf } from './guards.js'
import * as resourceText from './resourceText.js'
import { undecided, type Undecided } from './Undecided.js'
import { opaqueLetter, usesOpaqueLetters } from './opaque.js'
import { open, place, type Closed, type Universe } from './Universe.js'
import { candidates, hasDefaults, variablesOf, type Assignment, type VariableCase } from './variables.js'
import { caseBox } from './variableCases.js'
import { requests } from './witness.js'
import { actionsOf, faultOf, type World } from './World.js'

// ---- model ----

/**
 * Is some request in every box of `inside` and in no box of `outside`?
 *
 * `refined`: where dimensions depend on each other in a way that boxes do not say, further boxes for `inside`, as
 * alternatives that have every request of the obligation among them. They are asked one by one where the obligation as
 * it stands is not proven and what was found is no request.
 *
 * @category model
 * @since 0.1.0
 */
export interface Obligation {
  readonly inside: readonly Box[]
  readonly outside: readonly Box[]
  readonly refined?: readonly (readonly Box[])[]
}

/**
 * Is there, dimension by dimension, a value in all of these boxes? To be asked only while obligations are taken one by
 * one, since before that not all sets are known. Where it cannot be told the answer is true.
 *
 * @category model
 * @since 0.1.0
 */
export type Inhabited = (boxes: readonly Box[]) => boolean

/**
 * A question: the documents that it is about, how it becomes obligations over boxes, and the test that a request found
 * must pass to count. Obligations are alternatives: one request that meets any of them is an answer. They may be made
 * one by one, as long as every box is asked for before the first.
 *
 * @category model
 * @since 0.1.0
 */
export interface Question {
  readonly documents: readonly Document.Document[]
  readonly obligations: (
    universe: Universe,
    lookup: Variable.Lookup,
    inhabited: Inhabited,
    counter: Budget.Counter,
  ) => Iterable<Obligation>
  readonly confirms: (request: Request.Request) => boolean
  readonly world: World
  readonly listed?: ReadonlySet<string>
}

/**
 * No such request exists; or here is one, confirmed; or no answer.
 *
 * @category model
 * @since 0.1.0
 */
export type Answer =
  | { readonly _tag: 'None'; readonly spent: number }
  | { readonly _tag: 'Found'; readonly request: Request.Request; readonly spent: number }
  | Undecided

// ---- asking ----

/** Steps after which an obligation that has alternatives is left to them: each of those is often far easier. */
const FIRST_TRY = 10_000

/** More variables than this are not taken case by case. */
const MOST_VARIABLES = 4

/** Values tried for each variable when a difference is looked for. */
const MOST_CANDIDATES = 24

/**
 * Answers a question within a number of steps.
 *
 * **Cost** see `uncovered`, times the cases of the variables: two or three for each.
 *
 * @category analysis
 * @since 0.1.0
 */
export const ask = (question: Question, limit: number): Answer => {
  const counter = Budget.start(limit)
  const variables = variablesOf(question.documents).map(Condition.foldKey)
  if (variables.length === 0) return askWith(question, new Map(), counter)
  if (usesOpaqueLetters(question.documents))
    return undecided('PolicyVariable', 'variables beside letters of a private plane', counter.spent())
  return (
    askVerbatim(question, variables, counter) ??
    refuteLikely(question, variables, counter) ??
    askCases(question, variables, counter)
  )
}

const askCases = (question: Question, variables: readonly string[], counter: Budget.Counter): Answer => {
  if (variables.length > MOST_VARIABLES)
    return undecided(
      'PolicyVariable',
      `more than ${MOST_VARIABLES} variables: ${variables.join(', ')}`,
      counter.spent(),
    )
  let doubt: Undecided | undefined // local mutation: the first case that could not be decided
  for (const assignment of assignments(variables)) {
    const answer = askCase(question, assignment, counter)
    if (answer._tag === 'Found') return answer
    if (answer._tag === 'Undecided') doubt ??= answer
  }
  return doubt ?? { _tag: 'None', spent: counter.spent() }
}

/**
 * Elements with the same variables in the same words are the same sets, whatever the values are and whether there are
 * any: what follows from that alone is proven for all cases at once. Not where a variable has a default, which counts in
 * one case only and is no part of what is compared here.
 */
const askVerbatim = (
  question: Question,
  variables: readonly string[],
  counter: Budget.Counter,
): Answer | undefined => {
  if (hasDefaults(question.documents)) return undefined
  const all = new Map(variables.map((key) => [key, { _tag: 'Opaque' } as const]))
  const answer = askWith(question, all, counter, true)
  return answer._tag === 'None' ? answer : undefined
}

/** Most differences show with any values at all, so that one try saves the cases. */
const refuteLikely = (
  question: Question,
  variables: readonly string[],
  counter: Budget.Counter,
): Answer | undefined => {
  const values = new Map(
    variables.map((key, i) => [key, { _tag: 'Value', value: likelyValue(key, i) } as const]),
  )
  const answer = askWith(question, values, counter)
  return answer._tag === 'Found' ? answer : undefined
}

const likelyValue = (key: string, i: number): string =>
  key.endsWith('account') ? '111122223333' : key.endsWith('region') ? 'us-east-1' : `example${i + 1}`

const cases: readonly VariableCase[] = [{ _tag: 'Missing' }, { _tag: 'Opaque' }, { _tag: 'Multivalued' }]

const assignments = (variables: readonly string[]): readonly Assignment[] =>
  variables.reduce<readonly Assignment[]>(
    (done, variable) =>
      done.flatMap((assignment) => cases.map((each) => new Map([...assignment, [variable, each]]))),
    [new Map()],
  )

const askCase = (question: Question, assignment: Assignment, counter: Budget.Counter): Answer => {
  const opaque = Array.from(assignment).flatMap(([key, each]) => (each._tag === 'Opaque' ? [key] : []))
  const answer = askWith(question, assignment, counter)
  if (opaque.length === 0 || answer._tag === 'None') return answer
  const tried = refute(question, assignment, opaque, counter)
  return tried ?? undecided('PolicyVariable', `depends on the value of ${opaque.join(', ')}`, counter.spent())
}

/** V2 of the theory: with values in place of variables the question is exact, and what it finds is real. */
const refute = (
  question: Question,
  assignment: Assignment,
  opaque: readonly string[],
  counter: Budget.Counter,
): Answer | undefined => {
  const values = candidates(question.documents, opaque.length > 1 ? 6 : MOST_CANDIDATES)
  const tries = opaque.reduce<readonly Assignment[]>(
    (done, key) =>
      done.flatMap((each) =>
        values.map((value) => new Map([...each, [key, { _tag: 'Value', value } as const]])),
      ),
    [assignment],
  )
  for (const each of tries.slice(0, 256)) {
    const answer = askWith(question, each, counter)
    if (answer._tag === 'Found') return answer
    if (answer._tag === 'Undecided' && answer.reason === 'Budget') return answer
  }
  return undefined
}

/** Times that a question is asked again with fewer letters in accounts. */
const MOST_ROUNDS = 6

/** Steps that it costs to ask again, for each statement beyond the first few, which are read in no time. */
const AGAIN = 20
const FEW = 16

/**
 * What it costs to put a question about these documents once more, whatever the answer: a question that is asked once is
 * not charged for it, one that is asked over and over is.
 *
 * @category destructors
 * @since 0.1.0
 */
export const askingAgain = (documents: readonly Document.Document[]): number =>
  AGAIN * Math.max(0, documents.reduce((sum, { statements }) => sum + statements.length, 0) - FEW)

/** A difference that no request shows may be due to letters in accounts: it is then looked for without them. */
const askWith = (
  question: Question,
  assignment: Assignment,
  counter: Budget.Counter,
  isVerbatim = false,
): Answer => {
  const barred = new Set<string>() // local mutation: letters that accounts may not have, round by round
  for (let round = 1; ; round++) {
    const isAgain = assignment.size > 0 || round > 1
    if (isAgain && !counter.spend(askingAgain(question.documents)))
      return undecided('Budget', 'cases', counter.spent())
    const before = Array.from(barred)
    const note = (letters: readonly string[]): void => {
      for (const letter of letters) barred.add(letter)
    }
    const answer = askOnce({ question, assignment, isVerbatim, barred: before, note }, counter)
    const isStrange = answer._tag === 'Undecided' && answer.reason === 'Unconfirmed'
    if (!isStrange || barred.size === before.length || round === MOST_ROUNDS) return answer
  }
}

/** One way to ask a question: a case of its variables, and what is known of accounts. */
interface Asking {
  readonly question: Question
  readonly assignment: Assignment
  readonly isVerbatim: boolean
  readonly barred: readonly string[]
  /** Told the letters in accounts of points that no request shows. */
  readonly note: (letters: readonly string[]) => void
}

const askOnce = (asking: Asking, counter: Budget.Counter): Answer => {
  const { question, assignment, isVerbatim } = asking
  const fault = faultOf(question.world)
  if (fault !== undefined)
    return undecided('InvalidWorld', `the world lists what is no action: ${Problem.show(fault)}`, 0)
  const universe = open()
  const isOpaque = Array.from(assignment.values()).some(({ _tag }) => _tag === 'Opaque')
  let space: Closed | undefined = undefined // local mutation: known once every set has been asked for
  const inhabited = inhabitedIn(universe, isOpaque, isVerbatim, () => space, counter)
  const obligations = question.obligations(universe, lookupOf(assignment), inhabited, counter)
  const cases = isVerbatim ? [] : Array.from(assignment, ([key, each]) => caseBox(universe, key, each))
  const linked = linkedAlternatives(universe, question.documents)
  const fixed = [...cases, ...digitBoxes(universe, asking.barred)]
  const guards = guardsOf(question.world, universe, keysOf(question.documents))
  const closed = universe.close({ actions: actionsOf(question.world), listed: question.listed }, counter)
  if (E.isLeft(closed)) return undecided('Budget', Budget.show(closed.left), counter.spent())
  space = closed.right
  const meet = (inside: readonly Box[], outside: readonly Box[], steps: Budget.Counter): Answer => {
    const sound = isOpaque ? opaqueSound(universe, { inside, outside }, isVerbatim) : { inside, outside }
    const cover = uncovered(closed.right.dimensions, sound.inside, sound.outside, steps)
    return conclude(asking, closed.right, isOpaque, cover, steps)
  }
  const first = (inside: readonly Box[], outside: readonly Box[]): Answer => {
    const steps = Budget.start(FIRST_TRY)
    const answer = meet(inside, outside, steps)
    return counter.spend(steps.spent()) ? answer : undecided('Budget', 'cover', counter.spent())
  }
  const answerTo = ({ inside, outside, refined: own = linked }: Obligation): Answer => {
    const refined = both(own, guards)
    const whole = [...inside, ...fixed]
    return refined === undefined
      ? meet(whole, outside, counter)
      : refine(first(whole, outside), refined, (more) => meet([...whole, ...more], outside, counter))
  }
  let doubt: Undecided | undefined // local mutation: the first obligation that could not be decided
  for (const obligation of obligations) {
    const answer = answerTo(obligation)
    if (answer._tag === 'Found' || isBudget(answer)) return { ...answer, spent: counter.spent() }
    if (answer._tag === 'Undecided') doubt ??= answer
  }
  if (!counter.spend(0)) return undecided('Budget', 'obligations', counter.spent())
  if (doubt !== undefined) return doubt
  return closed.right.searchedComplete()
    ? { _tag: 'None', spent: counter.spent() }
    : undecided('MixedTypes', 'one key is tested as several types', counter.spent())
}

/** Alternatives of either sort, taken together; undefined where there are none. */
const both = (
  one: readonly (readonly Box[])[] | undefined,
  other: readonly (readonly Box[])[] | undefined,
): readonly (readonly Box[])[] | undefined =>
  one === undefined || other === undefined
    ? (one ?? other)
    : one.flatMap((boxes) => other.map((more) => [...boxes, ...more]))

const keysOf = (documents: readonly Document.Document[]): readonly string[] =>
  Array.from(
    new Set(
      documents.flatMap(({ statements }) =>
        statements.flatMap(({ conditions }) => conditions.map(({ key }) => Condition.foldKey(key))),
      ),
    ),
  )

/**
 * Where the owner of a resource is asked for: a request without resource whose owner is not known comes from a caller
 * without an account, which boxes alone do not say.
 */
const linkedAlternatives = (
  universe: Universe,
  documents: readonly Document.Document[],
): readonly (readonly Box[])[] | undefined =>
  keysOf(documents).includes('aws:resourceaccount')
    ? [
        [universe.resources(StringSet.negate(resourceText.ownerless))],
        [universe.callers(StringSet.negate(callerText.affiliated))],
      ]
    : undefined

const isBudget = (answer: Answer): boolean => answer._tag === 'Undecided' && answer.reason === 'Budget'

/** An answer that leaves doubt, made again from its alternatives. */
const refine = (
  answer: Answer,
  refined: readonly (readonly Box[])[],
  meet: (more: readonly Box[]) => Answer,
): Answer => {
  if (answer._tag !== 'Undecided') return answer
  let doubt: Answer | undefined // local mutation: the first alternative that could not be decided
  for (const more of refined) {
    const next = meet(more)
    if (next._tag === 'Found' || isBudget(next)) return next
    if (next._tag === 'Undecided') doubt ??= next
  }
  return doubt ?? { _tag: 'None', spent: answer.spent }
}

/** Answers are remembered by dimension and sets: the same few pairs are asked over and over. */
const inhabitedIn = (
  universe: Universe,
  isOpaque: boolean,
  isVerbatim: boolean,
  space: () => Closed | undefined,
  counter: Budget.Counter,
): Inhabited => {
  const known = new Map<string, boolean>() // local mutation: grows with the questions
  const within = (dimension: number, sets: readonly number[]): boolean => {
    const must = Array.from(new Set(sets)).sort((a, b) => a - b)
    const key = `${dimension}/${must.join()}`
    const before = known.get(key)
    if (before !== undefined) return before
    const found = space()?.dimensions[dimension]?.search(
      { must, live: Bits.empty, prune: () => false, visit: () => true },
      counter,
    )
    const answer = found === undefined || E.isLeft(found) || found.right
    known.set(key, answer)
    return answer
  }
  return (boxes) => {
    const { inside } = isOpaque
      ? opaqueSound(universe, { inside: boxes, outside: [] }, isVerbatim)
      : { inside: boxes }
    return Array.from(inside.reduce(intersect, everything).sets).every(([dimension, sets]) =>
      within(dimension, sets),
    )
  }
}

const conclude = (
  { question, note }: Asking,
  closed: Closed,
  isOpaque: boolean,
  cover: Cover,
  counter: Budget.Counter,
): Answer => {
  if (E.isLeft(cover)) return undecided('Budget', Budget.show(cover.left), counter.spent())
  if (cover.right === 'Covered') return { _tag: 'None', spent: counter.spent() }
  if (isOpaque) return undecided('PolicyVariable', 'no proof for every value', counter.spent())
  const request = confirmed(question, closed, cover.right)
  if (request !== undefined) return { _tag: 'Found', request, spent: counter.spent() }
  note(strangeLetters(cover.right))
  return undecided('Unconfirmed', 'the difference found is not one that a request can show', counter.spent())
}

const confirmed = (question: Question, closed: Closed, point: Point): Request.Request | undefined => {
  for (const request of requests(point, closed.keys))
    if (isOf(question.world)(request) && question.confirms(request)) return request
  return undefined
}

// ---- variables ----

const lookupOf =
  (assignment: Assignment): Variable.Lookup =>
  (key) => {
    const names = Array.from(assignment.keys())
    const folded = Condition.foldKey(key)
    const found = assignment.get(folded)
    if (found === undefined || found._tag === 'Missing') return { _tag: 'Missing' }
    if (found._tag === 'Multivalued') return { _tag: 'Multivalued' }
    return {
      _tag: 'Value',
      value: found._tag === 'Value' ? found.value : opaqueLetter(names.indexOf(folded)),
    }
  }

/**
 * V1 of the theory: `a ⊆ n₁ ∪ …` with a variable as one letter ξ proves it for every value, if on each dimension where `a`
 * speaks of ξ it has a single constraint, a union of globs that reads ξ letter by letter (not in any case), and so has
 * every `n`, none of whose wildcards counts letters (`*` may read ξ as a whole; globs of resources that do count are left
 * out). Where that is not so, `a` is made wider
 * by leaving the constraint out, or the `n` is left out: both keep a proof sound. An `n` that speaks of ξ where `a` does
 * not is left out, too: the values there are real ones, and ξ is none of them. What an `n` asks of a dimension in the
 * same words as `a` holds of all of `a`, whatever the words, and is not asked again.
 */
const opaqueSound = (
  universe: Universe,
  { inside, outside }: Obligation,
  isVerbatim: boolean,
): Obligation => {
  const whole = inside.reduce(intersect, everything)
  const dimensions = new Set([...inside, ...outside].flatMap((box) => Array.from(box.sets.keys())))
  return Array.from(dimensions).reduce<Obligation>(
    (obligation, dimension) => soundIn(universe, dimension, obligation, isVerbatim),
    {
      inside,
      outside: outside.map((box) => beyond(box, whole)),
    },
  )
}

/** A box without the constraints that the other box has as well. */
const beyond = (box: Box, other: Box): Box =>
  Array.from(box.sets).reduce(
    (left, [dimension]) =>
      without(left, dimension, (set) => other.sets.get(dimension)?.includes(set) === true),
    box,
  )

const soundIn = (
  universe: Universe,
  dimension: number,
  { inside, outside }: Obligation,
  isVerbatim: boolean,
): Obligation => {
  const trait = (set: number) => universe.trait(dimension, set)
  const speaks = (box: Box): boolean => (box.sets.get(dimension) ?? []).some((set) => trait(set).opaque)
  const asserted = Array.from(new Set(inside.flatMap((box) => box.sets.get(dimension) ?? [])))
  const constraints = asserted.filter((set) => !isTrivial(universe, dimension, set))
  const [only] = constraints
  const isSingle = constraints.length === 1 && only !== undefined && trait(only).opaque
  if (isVerbatim || !isSingle || !trait(only).positive || !trait(only).faithful)
    return {
      inside: inside.map((box) => without(box, dimension, (set) => trait(set).opaque)),
      outside: outside.filter((box) => !speaks(box)),
    }
  const blind = (box: Box): Box =>
    replaced(box, dimension, (set) => universe.blindPart(dimension, set) ?? set)
  const admissible = (box: Box): boolean =>
    (box.sets.get(dimension) ?? []).every((set) => trait(set).positive && trait(set).blind)
  return { inside, outside: outside.map(blind).filter(admissible) }
}

/** That a key is present says nothing of its value. */
const isTrivial = (universe: Universe, dimension: number, set: number): boolean =>
  dimension >= place.firstKey && universe.isPresence(dimension, set)

const replaced = (box: Box, dimension: number, by: (set: number) => number): Box => {
  const sets = box.sets.get(dimension)
  return sets === undefined || sets.every((set) => by(set) === set)
    ? box
    : { sets: new Map([...box.sets, [dimension, sets.map(by)]]) }
}

const without = (box: Box, dimension: number, drop: (set: number) => boolean): Box => {
  const kept = (box.sets.get(dimension) ?? []).filter((set) => !drop(set))
  const sets = new Map(box.sets) // local mutation: a copy
  if (kept.length === 0) sets.delete(dimension)
  else sets.set(dimension, kept)
  return { sets }
}
