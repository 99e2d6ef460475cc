/**
 * The requests that some statements allow and others do not, as a list of regions: a request is found that no region has
 * yet, and made general: the region is the Allow that it comes from, without one element of each statement that it
 * escapes. So every region is as large as its words allow, and their union is the difference, exactly.
 *
 * @since 0.1.0
 */
import type { Document, Request, Variable } from '../model/index.js'
import { everything, type Box } from './Box.js'
import { ask, askingAgain, type Answer, type Obligation } from './question.js'
import { isInRegion, literalsIn, shapeOf, type Region } from './region.js'
import {
  agrees,
  allows,
  conjunctionBoxes,
  documentOf,
  lineBox,
  literalKey,
  literalsOf,
  matchesLine,
  type Line,
  type Literal,
} from './regionElement.js'
import { mayHold, simplify, type Means } from './regionSimplify.js'
import { undecided, type Undecided } from './Undecided.js'
import type { Universe } from './Universe.js'
import type { World } from './World.js'

// ---- model ----

/**
 * Which requests are looked for: those that `allowed` allows (undefined: any) and `refused` does not (undefined: any),
 * within a conjunction and in none of others.
 *
 * @category model
 * @since 0.1.0
 */
export interface Wanted {
  readonly allowed: readonly Line[] | undefined
  readonly refused: readonly Line[] | undefined
  readonly within: readonly Literal[]
  readonly outside: readonly (readonly Literal[])[]
}

/**
 * The regions found, and whether they are all.
 *
 * @category model
 * @since 0.1.0
 */
export interface Found {
  readonly regions: readonly Region[]
  readonly status: 'Complete' | { readonly more: true } | Undecided
}

// ---- constructors ----

/**
 * Means for questions about these lines, with a number of steps for all of them together.
 *
 * @category constructors
 * @since 0.1.0
 */
export const meansFor = (lines: readonly Line[], world: World, budget: number): Means => {
  let spent = 0 // local mutation: one count for many questions
  const documents: readonly Document.Document[] = lines.map(documentOf)
  return {
    documents,
    world,
    left: () => Math.max(0, budget - spent),
    spend: (steps) => {
      spent += steps
    },
  }
}

// ---- asking ----

/**
 * One request of those wanted, confirmed by the simulator; or that there is none.
 *
 * @category analysis
 * @since 0.1.0
 */
export const findOne = (means: Means, wanted: Wanted): Answer => {
  if (means.left() === 0) return undecided('Budget', 'no steps are left', 0)
  const answer = ask(
    {
      documents: means.documents,
      world: means.world,
      obligations: (universe, lookup) => obligations(universe, lookup, wanted),
      confirms: isWanted(wanted),
    },
    means.left(),
  )
  means.spend(answer.spent + askingAgain(means.documents))
  return answer
}

const isWanted =
  ({ allowed, refused, within, outside }: Wanted) =>
  (request: Request.Request): boolean =>
    (allowed === undefined || allows(allowed)(request)) &&
    (refused === undefined || !allows(refused)(request)) &&
    within.every((literal) => agrees(literal)(request)) &&
    !outside.some((literals) => literals.every((literal) => agrees(literal)(request)))

/** What is allowed by the one and refused by the other: by no Allow, or by a Deny (DE-1 to DE-3). */
const obligations = (
  universe: Universe,
  lookup: Variable.Lookup,
  { allowed, refused, within, outside }: Wanted,
): readonly Obligation[] => {
  const boxes = (lines: readonly Line[] | undefined, effect: 'Allow' | 'Deny'): readonly Box[] =>
    (lines ?? []).filter(({ statement }) => statement.effect === effect).map(lineBox(universe, lookup))
  const conjunction = conjunctionBoxes(universe, lookup)
  const avoided = [...boxes(allowed, 'Deny'), ...outside.flatMap(conjunction)]
  const given = allowed === undefined ? [everything] : boxes(allowed, 'Allow')
  const [theirs, limits] = [boxes(refused, 'Allow'), boxes(refused, 'Deny')]
  return conjunction(within).flatMap((part) =>
    given.flatMap((allow) => [
      { inside: [part, allow], outside: [...avoided, ...theirs] },
      ...limits.map((limit) => ({ inside: [part, allow, limit], outside: avoided })),
    ]),
  )
}

// ---- the search ----

/**
 * All requests that `allowed` allows and `refused` does not, as at most `limit` regions, none of which is covered by the
 * others.
 *
 * @category analysis
 * @since 0.1.0
 */
export const regionsOf = (
  means: Means,
  allowed: readonly Line[],
  refused: readonly Line[],
  limit: number,
): Found => {
  const regions: Region[] = [] // local mutation: grows until nothing is left
  for (;;) {
    const answer = findOne(means, { allowed, refused, within: [], outside: regions.map(literalsIn) })
    if (answer._tag === 'Undecided')
      return { regions: irredundant(means, allowed, refused, regions), status: answer }
    if (answer._tag === 'None' || regions.length >= limit) {
      const status = answer._tag === 'None' ? 'Complete' : ({ more: true } as const)
      return { regions: irredundant(means, allowed, refused, regions), status }
    }
    const region = generalize(means, allowed, refused, answer.request)
    if (region === undefined)
      return {
        regions,
        status: undecided('Unconfirmed', 'a request found is in no region', answer.spent),
      }
    regions.push(region)
  }
}

const matching = (
  lines: readonly Line[],
  effect: 'Allow' | 'Deny',
  request: Request.Request,
): Line | undefined => lines.find((line) => line.statement.effect === effect && matchesLine(line)(request))

const generalize = (
  means: Means,
  allowed: readonly Line[],
  refused: readonly Line[],
  witness: Request.Request,
): Region | undefined => {
  const source = matching(allowed, 'Allow', witness)
  if (source === undefined) return undefined
  const isGranted = matching(refused, 'Allow', witness) !== undefined
  const limit = isGranted ? matching(refused, 'Deny', witness) : undefined
  const base = [...literalsOf(source), ...(limit === undefined ? [] : literalsOf(limit))]
  const avoided = [
    ...allowed.filter(({ statement }) => statement.effect === 'Deny'),
    ...(limit === undefined ? refused.filter(({ statement }) => statement.effect === 'Allow') : []),
  ]
  const conjunction = simplify(means, [...base, ...escapes(means, base, avoided, witness)])
  return {
    ...shapeOf(conjunction),
    allowedBy: allowed.indexOf(source),
    deniedBy: limit === undefined ? undefined : refused.indexOf(limit),
    witness,
  }
}

/**
 * For each statement to be avoided one element in which the witness escapes it, as few in all as a greedy choice finds:
 * statements without a choice come first, an element that is already there is taken again, then the order of elements
 * decides.
 */
const escapes = (
  means: Means,
  base: readonly Literal[],
  avoided: readonly Line[],
  witness: Request.Request,
): readonly Literal[] => {
  const statements = avoided.map(literalsOf)
  const meets = mayHold(
    means,
    statements.map((literals) => [...base, ...literals]),
  )
  const choices = statements
    .filter((_, place) => meets[place] !== false)
    .map((literals) => literals.filter((literal) => !agrees(literal)(witness)).map(turned))
    .sort((a, b) => a.length - b.length)
  return choices.reduce<readonly Literal[]>((taken, ways) => {
    const keys = new Set([...base, ...taken].map(literalKey))
    const [first] = ways
    return first === undefined || ways.some((way) => keys.has(literalKey(way))) ? taken : [...taken, first]
  }, [])
}

const turned = ({ element, holds }: Literal): Literal => ({ element, holds: !holds })

/** Without the regions that the others cover, each of the rest with a witness that no other has. */
const irredundant = (
  means: Means,
  allowed: readonly Line[],
  refused: readonly Line[],
  regions: readonly Region[],
): readonly Region[] =>
  regions.reduce<readonly Region[]>((kept, region) => {
    const others = kept.filter((other) => other !== region)
    const isOwn = !others.some((other) => isInRegion(other)(region.witness))
    if (isOwn) return kept
    const answer = findOne(means, {
      allowed,
      refused,
      within: literalsIn(region),
      outside: others.map(literalsIn),
    })
    if (answer._tag === 'None') return others
    return answer._tag === 'Found'
      ? kept.map((each) => (each === region ? { ...region, witness: answer.request } : each))
      : kept
  }, regions)
