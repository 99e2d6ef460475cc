/**
 * A certificate for "`left` is no broader than `right`": a proof by cases that can be checked without this library. Each
 * case supposes of one element of one statement that it holds or that it fails; it ends where every element of a covering
 * statement holds, or where no value can be as supposed. That the cases are all there are is plain from their form, so
 * what a checker has to decide is but whether some globs and their complements have a word in common.
 *
 * Not certified: documents with policy variables, questions of several types on one key, `interchangeable`.
 *
 * @since 0.1.0
 */
import { Condition, Operator, type Document } from '../model/index.js'
import type { Box } from './Box.js'
import * as callerText from './callerText.js'
import { isNoBroader } from './compare.js'
import { standardBudget, type Options, type Verdict } from './Verdict.js'
import { ask, type Inhabited } from './question.js'
import {
  conjunctionBoxes,
  linesOf,
  literalKey,
  literalsOf,
  type Element,
  type Line,
  type Literal,
} from './regionElement.js'
import { undecided, type Undecided } from './Undecided.js'
import { variablesOf } from './variables.js'
import { wellFormed } from './World.js'

// ---- model ----

/**
 * A statement of one of the two documents, by place.
 *
 * @category model
 * @since 0.1.0
 */
export interface StatementRef {
  readonly of: 'left' | 'right'
  readonly statement: number
}

/**
 * A step of a proof.
 *
 * - `Split`: either the element of the statement holds, and step `holds` goes on; or it fails, and `fails` does.
 *   `element` is `Action`, `Resource` or `Principal` (also for `NotAction` and its like: whatever stands there), or
 *   operator and key of a condition with a space between.
 * - `Covered`: all elements of the statement hold.
 * - `Empty`: no value of `subject` (`Action`, `Resource`, `Principal`, or a folded key) is as was supposed.
 *
 * @category model
 * @since 0.1.0
 */
export type Step =
  | {
      readonly _tag: 'Split'
      readonly on: StatementRef
      readonly element: string
      readonly holds: number
      readonly fails: number
    }
  | { readonly _tag: 'Covered'; readonly by: StatementRef }
  | { readonly _tag: 'Empty'; readonly subject: string }

/**
 * A proof that what is in all of `inside` is in one of `outside`. It begins with step 0.
 *
 * @category model
 * @since 0.1.0
 */
export interface Proof {
  readonly inside: readonly StatementRef[]
  readonly outside: readonly StatementRef[]
  readonly steps: readonly Step[]
}

/**
 * Proofs that `left` is no broader than `right`: one for each Allow of left, within left's Denies and right's Allows;
 * and one for each Allow of left with each Deny of right, within left's Denies.
 *
 * @category model
 * @since 0.1.0
 */
export interface Certificate {
  readonly claim: 'NoBroader'
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

// ---- statements and their elements ----

interface Named {
  readonly ref: StatementRef
  readonly element: string
  readonly literal: Literal
}

interface Source {
  readonly ref: StatementRef
  readonly line: Line
  readonly elements: readonly Named[]
}

const nameOf = (element: Element): string => {
  switch (element._tag) {
    case 'Attached':
      return 'Resource'
    case 'Spared':
      return 'Principal'
    case 'Condition':
      return `${Operator.show(element.condition.operator)} ${element.condition.key}`
    case 'Action':
    case 'Resource':
    case 'Principal':
      return element._tag
  }
}

/** What two elements share exactly when one may contradict the other. */
const subjectOf = (element: Element): string => {
  if (element._tag !== 'Condition') return nameOf(element)
  const key = Condition.foldKey(element.condition.key)
  if (callerText.isDerived(key)) return 'Principal'
  return key === 'aws:resourceaccount' ? 'Resource' : key
}

const sourcesOf = (of: 'left' | 'right', document: Document.Document): readonly Source[] =>
  linesOf(document).map((line, statement) => {
    const ref = { of, statement }
    return {
      ref,
      line,
      elements: literalsOf(line).map((literal) => ({ ref, element: nameOf(literal.element), literal })),
    }
  })

// ---- proofs ----

/** Steps in a whole certificate; more are of no use to anybody. */
const MOST_STEPS = 50_000

interface Task {
  readonly inside: readonly Source[]
  readonly outside: readonly Source[]
}

const tasksOf = (left: readonly Source[], right: readonly Source[]): readonly Task[] => {
  const of = (sources: readonly Source[], effect: 'Allow' | 'Deny'): readonly Source[] =>
    sources.filter(({ line }) => line.statement.effect === effect)
  return of(left, 'Allow').flatMap((allow) => [
    { inside: [allow], outside: [...of(left, 'Deny'), ...of(right, 'Allow')] },
    ...of(right, 'Deny').map((deny) => ({ inside: [allow, deny], outside: of(left, 'Deny') })),
  ])
}

type Possible = (literals: readonly Literal[]) => boolean

interface State {
  readonly place: number
  readonly path: readonly Literal[]
  readonly alive: readonly Source[]
}

const turned = ({ element, holds }: Literal): Literal => ({ element, holds: !holds })

/** The subject on which the path contradicts itself. */
const conflict = (path: readonly Literal[], possible: Possible): string | undefined =>
  Array.from(new Set(path.map(({ element }) => subjectOf(element)))).find(
    (subject) => !possible(path.filter(({ element }) => subjectOf(element) === subject)),
  )

/** The elements of a statement that may fail where the path holds. */
const openElements = (path: readonly Literal[], source: Source, possible: Possible): number =>
  source.elements.filter(({ literal }) => possible([...path, turned(literal)])).length

/** The statement that leaves the fewest cases; undefined when none meets the path. */
const nextSource = (path: readonly Literal[], alive: readonly Source[], possible: Possible) => {
  let best: { readonly source: Source; readonly open: number } | undefined // local mutation: the best so far
  for (const source of alive) {
    if (!possible([...path, ...source.elements.map(({ literal }) => literal)])) continue
    const open = openElements(path, source, possible)
    if (best === undefined || open < best.open) best = { source, open }
    if (open === 0) break
  }
  return best?.source
}

const proofOf = ({ inside, outside }: Task, possible: Possible, most: number): Proof | undefined => {
  const steps: (Step | undefined)[] = [undefined] // local mutation: filled in as cases are worked off
  const open: State[] = [
    {
      place: 0,
      path: inside.flatMap(({ elements }) => elements.map(({ literal }) => literal)),
      alive: outside,
    },
  ]
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const subject = conflict(state.path, possible)
    if (subject !== undefined) {
      steps[state.place] = { _tag: 'Empty', subject }
      continue
    }
    const source = nextSource(state.path, state.alive, possible)
    if (source === undefined || steps.length > most) return undefined
    const { filled, cases } = split(state, source, steps.length)
    for (const [place, step] of filled) steps[place] = step
    for (const next of cases) {
      steps[next.place] ??= undefined
      open.push(next)
    }
  }
  return {
    inside: inside.map(({ ref }) => ref),
    outside: outside.map(({ ref }) => ref),
    steps: steps.filter((step) => step !== undefined),
  }
}

/** One split for each element that the path does not suppose yet; where all hold the statement covers. */
const split = (
  { place, path, alive }: State,
  source: Source,
  free: number,
): { readonly filled: readonly (readonly [number, Step])[]; readonly cases: readonly State[] } => {
  const supposed = new Set(path.map(literalKey))
  const rest = alive.filter((other) => other !== source)
  const asked = source.elements.filter(({ literal }) => !supposed.has(literalKey(literal)))
  const placeOf = (i: number): number => (i === 0 ? place : free + 2 * (i - 1))
  const literals = asked.map(({ literal }) => literal)
  return {
    filled: [
      ...asked.map(({ ref, element }, i): readonly [number, Step] => [
        placeOf(i),
        { _tag: 'Split', on: ref, element, holds: placeOf(i + 1), fails: placeOf(i + 1) + 1 },
      ]),
      [placeOf(asked.length), { _tag: 'Covered', by: source.ref }],
    ],
    cases: asked.map(({ literal }, i) => ({
      place: placeOf(i + 1) + 1,
      path: [...path, ...literals.slice(0, i), turned(literal)],
      alive: rest,
    })),
  }
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
export const prove = (left: Document.Document, right: Document.Document, options: Options = {}): Proven => {
  const verdict = isNoBroader(left, right, options)
  return {
    verdict,
    certificate: verdict._tag === 'Yes' ? certify(left, right, options) : undefined,
  }
}

const certify = (
  left: Document.Document,
  right: Document.Document,
  options: Options,
): Certificate | Undecided => {
  const world = options.world ?? wellFormed
  const variables = variablesOf([left, right])
  if (variables.length > 0)
    return undecided('NotExpressible', 'proofs about policy variables have no certificate', 0)
  const [before, after] = [sourcesOf('left', left), sourcesOf('right', right)]
  const tasks = tasksOf(before, after)
  const literals = [...before, ...after].flatMap(({ elements }) => elements.map(({ literal }) => literal))
  let proofs: readonly (Proof | undefined)[] = [] // local mutation: made while the question is open
  const answer = ask(
    {
      documents: [left, right],
      world,
      confirms: () => false,
      obligations: (universe, lookup, inhabited) => {
        const boxes = new Map(
          literals
            .flatMap((literal) => [literal, turned(literal)])
            .map((literal) => [literalKey(literal), conjunctionBoxes(universe, lookup)([literal])] as const),
        )
        const possible = possibleIn(boxes, inhabited)
        return lazily(() => {
          proofs = tasks.map((task) => proofOf(task, possible, MOST_STEPS))
        })
      },
    },
    options.budget ?? standardBudget,
  )
  if (answer._tag === 'Undecided') return answer
  const done = proofs.filter((proof) => proof !== undefined)
  return done.length < tasks.length
    ? undecided('Budget', 'the certificate would be too long', answer.spent)
    : { claim: 'NoBroader', world: world.name, proofs: done }
}

/** No obligations, after something was done when they were first looked for. */
function* lazily(action: () => void): Iterable<never> {
  action()
}

const possibleIn =
  (boxes: ReadonlyMap<string, readonly Box[]>, inhabited: Inhabited): Possible =>
  (literals) => {
    const choices = literals.map((literal) => boxes.get(literalKey(literal)) ?? [])
    const all = choices.reduce<readonly (readonly Box[])[]>(
      (found, each) => found.flatMap((taken) => each.map((box) => [...taken, box])),
      [[]],
    )
    return all.some(inhabited)
  }
