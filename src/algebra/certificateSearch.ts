/**
 * The search for proofs: cases are split by the elements of the statement that leaves the fewest of them, until each
 * is covered or empty.
 *
 * @since 0.1.0
 */
import type { Strength } from '../simulator/index.js'
import { nameOf, turned, variablesIn, type Known, type Part, type Refute } from './certificateSpace.js'
import type { Ending, PolicyRef, Proof, StatementRef, Step } from './certificateSteps.js'
import type { Group } from './guards.js'
import { linesOf, literalKey, literalsOf, type Line } from './regionElement.js'
import type { Document } from '../model/index.js'
import type { VariableCase } from './variables.js'

// ---- model ----

/**
 * An element of a statement by place, as a part that holds where the statement matches.
 *
 * @category model
 * @since 0.1.0
 */
export interface Named {
  readonly ref: StatementRef
  readonly element: string
  readonly part: Part
}

/**
 * A statement of one of the documents, in elements.
 *
 * @category model
 * @since 0.1.0
 */
export interface Source {
  readonly ref: StatementRef
  readonly line: Line
  readonly elements: readonly Named[]
}

/**
 * What is to be proven: see `Proof`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Task {
  readonly inside: readonly Source[]
  readonly outside: readonly Source[]
  readonly atLeast: Strength.Strength
  readonly boundary: boolean
}

/**
 * Refutation within a case of the variables and of the actions' types.
 *
 * @category model
 * @since 0.1.0
 */
export type RefuteIn = (known: Known) => Refute

// ---- constructors ----

/**
 * The statements of a document, where Allows are read as granting at least so directly; of a document that stands in
 * an environment, with its place there.
 *
 * @category constructors
 * @since 0.1.0
 */
export const sourcesOf = (
  of: 'left' | 'right',
  document: Document.Document,
  atLeast: Strength.Strength = 'Account',
  place?: Omit<PolicyRef, 'atLeast'>,
): readonly Source[] =>
  linesOf(document).map((line, statement) => {
    const ref: StatementRef = {
      of,
      ...(place === undefined ? {} : { policy: { ...place, atLeast } }),
      statement,
    }
    return {
      ref,
      line,
      elements: literalsOf(line).map((literal) => ({
        ref,
        element: nameOf(literal.element),
        part: { ...literal, atLeast: isGraded(line, literal.element._tag) ? atLeast : 'Account' },
      })),
    }
  })

/** U-16: only what a Principal of an Allow names is named more or less directly. */
const isGraded = ({ statement }: Line, element: string): boolean =>
  element === 'Principal' &&
  statement.effect === 'Allow' &&
  statement._tag === 'ResourceStatement' &&
  statement.principal._tag === 'Principal'

const partsOf = (sources: readonly Source[]): readonly Part[] =>
  sources.flatMap(({ elements }) => elements.map(({ part }) => part))

// ---- proofs ----

/** Steps in a whole proof; more are of no use to anybody. */
const MOST_STEPS = 50_000

/** More variables than this are not taken case by case. */
const MOST_VARIABLES = 4

interface State {
  readonly place: number
  readonly path: readonly Part[]
  readonly alive: readonly Source[]
  readonly known: Known
  readonly pending: readonly Question[]
}

/** What a proof asks before it looks at elements: a variable's key, or the types of the action. */
type Question =
  | { readonly _tag: 'Variable'; readonly key: string }
  | { readonly _tag: 'Types'; readonly groups: readonly Group[] }

const nothing: Known = { assignment: new Map(), group: undefined }

/**
 * A proof, first from the texts with variables as they stand, then by cases of the variables; where the world has
 * `groups` of actions, then by these as well.
 *
 * **Cost** grows with the number of cases, which may double with each element; it is bounded by the budget of `refuteIn`
 * and by the length of a proof that anybody would read.
 *
 * @category analysis
 * @since 0.1.0
 */
export const proofOf = (task: Task, refuteIn: RefuteIn, groups: readonly Group[] = []): Proof | undefined => {
  const refute = refuteIn(nothing)
  const inside = partsOf(task.inside)
  const meeting = task.outside.filter((source) => refute([...inside, ...partsOf([source])]) === undefined)
  const variables = new Set([...inside, ...partsOf(meeting)].flatMap(({ element }) => variablesIn(element)))
  const byVariables = Array.from(variables, (key): Question => ({ _tag: 'Variable', key }))
  const plans: readonly (readonly Question[])[] =
    variables.size === 0 || variables.size > MOST_VARIABLES ? [[]] : [[], byVariables]
  const typed = groups.length === 0 ? [] : plans.map((plan) => [{ _tag: 'Types', groups } as const, ...plan])
  for (const plan of [...plans, ...typed]) {
    const found = search(task, meeting, refuteIn, plan)
    if (found !== undefined) return found
  }
  return undefined
}

const search = (
  task: Task,
  meeting: readonly Source[],
  refuteIn: RefuteIn,
  pending: readonly Question[],
): Proof | undefined => {
  const steps: (Step | undefined)[] = [undefined] // local mutation: filled in as cases are worked off
  const open: State[] = [{ place: 0, path: partsOf(task.inside), alive: meeting, known: nothing, pending }]
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const next = advance(state, refuteIn(state.known), steps.length)
    if (next === undefined || steps.length > MOST_STEPS) return undefined
    for (const { place } of next.cases) steps[place] = undefined
    for (const [place, step] of next.filled) steps[place] = step
    for (const each of next.cases) open.push(each)
  }
  return {
    inside: task.inside.map(({ ref }) => ref),
    outside: task.outside.map(({ ref }) => ref),
    atLeast: task.atLeast,
    boundary: task.boundary,
    steps: steps.filter((step) => step !== undefined),
  }
}

/** Steps by place, and the cases that are left. */
interface Advance {
  readonly filled: readonly (readonly [number, Step])[]
  readonly cases: readonly State[]
}

const advance = (state: State, refute: Refute, free: number): Advance | undefined => {
  const ending: Ending | undefined = refute(state.path)
  if (ending !== undefined) return { filled: [[state.place, ending]], cases: [] }
  const [question, ...pending] = state.pending
  if (question?._tag === 'Variable') return byVariable({ ...state, pending }, question.key, free)
  if (question?._tag === 'Types') return byTypes({ ...state, pending }, question.groups, free)
  const source = nextSource(state.path, state.alive, refute)
  return source && bySource(state, source, free)
}

const byVariable = (state: State, key: string, free: number): Advance => {
  const to = (place: number, _tag: Exclude<VariableCase['_tag'], 'Value'>): State => ({
    ...state,
    place,
    known: { ...state.known, assignment: new Map([...state.known.assignment, [key, { _tag }]]) },
  })
  const [missing, value, several] = [free, free + 1, free + 2]
  return {
    filled: [[state.place, { _tag: 'Cases', key, missing, value, several }]],
    cases: [to(missing, 'Missing'), to(value, 'Opaque'), to(several, 'Multivalued')],
  }
}

/** One case for each group. */
const byTypes = (state: State, groups: readonly Group[], free: number): Advance => ({
  filled: [
    [state.place, { _tag: 'Types', cases: groups.map(({ actions }, i) => ({ actions, next: free + i })) }],
  ],
  cases: groups.map((group, i) => ({ ...state, place: free + i, known: { ...state.known, group } })),
})

/** One split for each element that the path does not suppose yet; where all hold the statement covers. */
const bySource = ({ place, path, alive, ...state }: State, source: Source, free: number): Advance => {
  const supposed = new Set(path.map(literalKey))
  const rest = alive.filter((other) => other !== source)
  const asked = source.elements.filter(({ part }) => !supposed.has(literalKey(part)))
  const placeOf = (i: number): number => (i === 0 ? place : free + 2 * (i - 1))
  const parts = asked.map(({ part }) => part)
  return {
    filled: [
      ...asked.map(({ ref, element }, i): readonly [number, Step] => [
        placeOf(i),
        { _tag: 'Split', on: ref, element, holds: placeOf(i + 1), fails: placeOf(i + 1) + 1 },
      ]),
      [placeOf(asked.length), { _tag: 'Covered', by: source.ref }],
    ],
    cases: asked.map(({ part }, i) => ({
      ...state,
      place: placeOf(i + 1) + 1,
      path: [...path, ...parts.slice(0, i), turned(part)],
      alive: rest,
    })),
  }
}

// ---- which statement is next ----

/** The elements of a statement that may fail where the path holds. */
const openElements = (path: readonly Part[], source: Source, refute: Refute): number =>
  source.elements.filter(({ part }) => refute([...path, turned(part)]) === undefined).length

/** The statement that leaves the fewest cases; undefined when none meets the path. */
const nextSource = (path: readonly Part[], alive: readonly Source[], refute: Refute): Source | undefined => {
  let best: { readonly source: Source; readonly open: number } | undefined // local mutation: the best so far
  for (const source of alive) {
    if (refute([...path, ...partsOf([source])]) !== undefined) continue
    const open = openElements(path, source, refute)
    if (best === undefined || open < best.open) best = { source, open }
    if (open === 0) break
  }
  return best?.source
}
