/**
 * The answers that comparing gives, of documents and of environments alike.
 *
 * @since 0.1.0
 */
import type { Document, Request, Statement, Variable } from '../model/index.js'
import { Simulator, type Strength } from '../simulator/index.js'
import type { Box } from './Box.js'
import type { Answer } from './question.js'
import type { Undecided } from './Undecided.js'
import type { Universe } from './Universe.js'
import { wellFormed, type World } from './World.js'

// ---- model ----

/**
 * What an operation may spend, and which requests it speaks of.
 *
 * - `budget`: steps, a count that does not depend on the machine; 2,000,000 unless given.
 * - `world`: `WellFormed` unless given.
 * - `narrower`: worlds within that one, widest first. Where something does not hold, the answer names the first of them in
 *   which it does: what tells the documents apart is then no request that is made today.
 *
 * @category model
 * @since 0.1.0
 */
export interface Options {
  readonly budget?: number
  readonly world?: World
  readonly narrower?: readonly World[]
}

/**
 * How two documents stand to one another by what each allows. `Narrower`: left allows strictly less. A witness is there
 * exactly where the relation implies one: `onlyLeft` is allowed by left alone, `onlyRight` by right alone. `narrower`: the
 * first of the narrower worlds asked about in which another relation is proven.
 *
 * @category model
 * @since 0.1.0
 */
export type Comparison = Relation & {
  readonly world: string
  readonly narrower?: { readonly world: string; readonly relation: Relation['relation'] }
}

type Relation =
  | { readonly relation: 'Equivalent' }
  | { readonly relation: 'Narrower'; readonly onlyRight: Request.Request }
  | { readonly relation: 'Broader'; readonly onlyLeft: Request.Request }
  | {
      readonly relation: 'Incomparable'
      readonly onlyLeft: Request.Request
      readonly onlyRight: Request.Request
    }
  | { readonly relation: 'Undecided'; readonly undecided: Undecided }

/**
 * Yes, proven; or no, with a request that shows it; or no answer. `holdsIn`: the first of the narrower worlds asked about in
 * which the answer is yes.
 *
 * @category model
 * @since 0.1.0
 */
export type Verdict =
  | { readonly _tag: 'Yes'; readonly world: string; readonly spent: number }
  | {
      readonly _tag: 'No'
      readonly witness: Request.Request
      readonly world: string
      readonly holdsIn?: string
      readonly spent: number
    }
  | (Undecided & { readonly world: string })

/**
 * The steps that an operation takes unless told otherwise.
 *
 * @category model
 * @since 0.1.0
 */
export const standardBudget = 2_000_000

// ---- constructors ----

/**
 * An answer about a difference as a verdict: `Yes` when there is none.
 *
 * @category constructors
 * @since 0.1.0
 */
export const toVerdict = (answer: Answer, world: string): Verdict => {
  switch (answer._tag) {
    case 'None':
      return { _tag: 'Yes', world, spent: answer.spent }
    case 'Found':
      return { _tag: 'No', witness: answer.request, world, spent: answer.spent }
    case 'Undecided':
      return { ...answer, world }
  }
}

/**
 * The answer in the world asked for; where it is no, with the first narrower world in which it is yes.
 *
 * @category constructors
 * @since 0.1.0
 */
export const inWorlds = (verdictIn: (world: World) => Verdict, options: Options): Verdict => {
  const verdict = verdictIn(options.world ?? wellFormed)
  if (verdict._tag !== 'No') return verdict
  const narrower = options.narrower?.find((world) => verdictIn(world)._tag === 'Yes')
  return narrower === undefined ? verdict : { ...verdict, holdsIn: narrower.name }
}

/**
 * How left stands to right: `forth` says whether left is no broader than right, `back` whether right is no broader than
 * left.
 *
 * @category constructors
 * @since 0.1.0
 */
export const compareBy = (
  forth: (options: Options) => Verdict,
  back: (options: Options) => Verdict,
  { narrower = [], ...options }: Options,
): Comparison => {
  const relationIn = (world: World): Relation =>
    relationOf(forth({ ...options, world }), back({ ...options, world }))
  const world = options.world ?? wellFormed
  const relation = relationIn(world)
  for (const each of narrower) {
    const inEach = relationIn(each).relation
    if (inEach !== 'Undecided' && inEach !== relation.relation)
      return { ...relation, world: world.name, narrower: { world: each.name, relation: inEach } }
  }
  return { ...relation, world: world.name }
}

const relationOf = (forth: Verdict, back: Verdict): Relation => {
  if (forth._tag === 'Undecided') return { relation: 'Undecided', undecided: forth }
  if (back._tag === 'Undecided') return { relation: 'Undecided', undecided: back }
  if (forth._tag === 'Yes')
    return back._tag === 'Yes'
      ? { relation: 'Equivalent' }
      : { relation: 'Narrower', onlyRight: back.witness }
  return back._tag === 'Yes'
    ? { relation: 'Broader', onlyLeft: forth.witness }
    : { relation: 'Incomparable', onlyLeft: forth.witness, onlyRight: back.witness }
}

// ---- documents in questions ----

/**
 * The boxes of a document's statements of one effect, for callers `boundary` says, outside gateway endpoints.
 *
 * @category destructors
 * @since 0.1.0
 */
export const boxesOf = (
  universe: Universe,
  lookup: Variable.Lookup,
  document: Document.Document,
  effect: Statement.Effect,
  atLeast: Strength.Strength = 'Account',
  boundary = false,
): readonly Box[] =>
  document.statements
    .filter((statement) => statement.effect === effect)
    .map((statement) =>
      universe.box(statement, document.version, atLeast, { lookup, boundary, accountMeansRoot: false }),
    )

/**
 * Does the document allow the request?
 *
 * @category predicates
 * @since 0.1.0
 */
export const allows =
  (document: Document.Document) =>
  (request: Request.Request): boolean =>
    Simulator.compileMeaning(document)(request)._tag === 'Grant'
