/**
 * Environments compared as sets of requests, the whole decision at once: who may do what in one and not in the other.
 *
 * Of requests in one situation, an environment allows those that no Deny matches and that some combination of Allows
 * reaches, as the simulator's formula has it. So `left` allows something that `right` does not exactly when, in some
 * situation, one Allow for each part of a combination of `left` reaches, outside all Denies of `left`, a request that
 * either a Deny of `right` matches or no Allow of `right` in some obstacle of `right`'s formula.
 *
 * @since 0.1.0
 */
import type { Document, Environment, Request, Variable } from '../model/index.js'
import { Simulator } from '../simulator/index.js'
import { accountsOf, refinement } from './accounts.js'
import { everything, intersect, type Box } from './Box.js'
import type { Comparison, Options, Verdict } from './compare.js'
import { standardBudget } from './compare.js'
import { obstacles, textOf, ways, type Atom, type Combinations } from './environmentFormula.js'
import { ask, type Answer, type Inhabited, type Obligation } from './question.js'
import { boxes as boxesOfCell, cells, type Cell } from './situations.js'
import { wellFormedActions, type Universe } from './Universe.js'
import { actionsOf, wellFormed } from './World.js'

// ---- one environment in one situation ----

/**
 * The layers that an environment looks at in a situation, and what it demands of them.
 *
 * @category model
 * @since 0.1.0
 */
export interface Plan {
  readonly layers: readonly Simulator.Layer[]
  readonly ways: Combinations
  readonly obstacles: Combinations
  readonly hasBoundary: boolean
  readonly key: string
}

/**
 * The plan of an environment for a situation. Plans with equal keys of one environment are equal.
 *
 * @category constructors
 * @since 0.1.0
 */
export const planOf = (environment: Environment.Environment, situation: Simulator.Situation): Plan => {
  const layers = Simulator.layers(situation, environment).filter(({ documents }) => documents.length > 0)
  const formula = Simulator.requirement(situation, environment)
  const sufficient = ways(formula)
  const hasBoundary =
    environment.permissionsBoundary !== undefined &&
    situation.caller !== 'RootUser' &&
    situation.caller !== 'Unaffiliated' // PR-8, PR-11
  const key = JSON.stringify([
    hasBoundary,
    layers.map(({ id, allows, accountMeansRoot }) => [id.type, id.level, allows, accountMeansRoot]),
    sufficient.map((atoms) => atoms.map(textOf).sort()).sort(),
  ])
  return { layers, ways: sufficient, obstacles: obstacles(formula), hasBoundary, key }
}

/**
 * Every document of an environment.
 *
 * @category destructors
 * @since 0.1.0
 */
export const documentsOf = (environment: Environment.Environment): readonly Document.Document[] => [
  ...environment.identityPolicies,
  ...maybe(environment.permissionsBoundary),
  ...environment.sessionPolicies,
  ...maybe(environment.resourcePolicy),
  ...maybe(environment.registryPolicy),
  ...environment.endpointPolicies,
  ...(environment.serviceControlPolicies ?? []).flat(),
  ...environment.resourceControlPolicies.flat(),
]

const maybe = <A>(value: A | undefined): readonly A[] => (value === undefined ? [] : [value])

/** What a plan's statements come to as boxes. */
interface Boxed {
  readonly denies: readonly Box[]
  readonly allows: (atom: Atom) => readonly Box[]
}

const boxed = (universe: Universe, lookup: Variable.Lookup, { layers, hasBoundary }: Plan): Boxed => {
  const of = (
    { documents, accountMeansRoot }: Simulator.Layer,
    effect: 'Allow' | 'Deny',
    atLeast: Atom['atLeast'],
  ): readonly Box[] =>
    documents.flatMap(({ statements, version }) =>
      statements
        .filter((statement) => statement.effect === effect)
        .map((statement) =>
          universe.box(statement, version, atLeast, { lookup, boundary: hasBoundary, accountMeansRoot }),
        ),
    )
  return {
    denies: layers.flatMap((layer) => of(layer, 'Deny', 'Account')),
    allows: ({ layer: { type, level }, atLeast }) =>
      layers
        .filter(({ id, allows }) => allows && id.type === type && id.level === level)
        .flatMap((layer) => of(layer, 'Allow', atLeast)),
  }
}

// ---- obligations ----

/** A cell with everything that is asked about it, all boxes made. */
interface Prepared {
  readonly base: readonly (readonly Box[])[]
  readonly refined: Obligation['refined']
  readonly ways: readonly (readonly (readonly Box[])[])[]
  readonly denies: readonly Box[]
  readonly obstacles: readonly (readonly Box[])[]
  readonly limits: readonly Box[]
}

/** Does the outer box, read set by set, surely hold the inner one? */
const includes = (outer: Box, inner: Box): boolean =>
  Array.from(outer.sets).every(([dimension, sets]) => {
    const found = inner.sets.get(dimension)
    return found !== undefined && sets.every((set) => found.includes(set))
  })

const isSureCover = (inside: readonly Box[], outside: readonly Box[]): boolean => {
  const inner = inside.reduce(intersect, everything)
  return outside.some((box) => includes(box, inner))
}

/** One box of each list, where the boxes taken together may have a request. */
function* choices(
  lists: readonly (readonly Box[])[],
  base: readonly Box[],
  inhabited: Inhabited,
): Generator<readonly Box[]> {
  const taken: Box[] = [] // local mutation: the boxes chosen so far, one a list
  const next: number[] = [0] // local mutation: for each list opened, the box to try next
  while (next.length > 0) {
    const depth = next.length - 1
    const list = lists[depth]
    const box = list?.[next[depth] ?? 0]
    if (list === undefined) yield [...base, ...taken]
    if (box === undefined) {
      next.pop()
      taken.pop()
      continue
    }
    next[depth] = (next[depth] ?? 0) + 1
    if (!inhabited([...base, ...taken, box])) continue
    taken.push(box)
    next.push(0)
  }
}

function* obligationsOf(prepared: readonly Prepared[], inhabited: Inhabited): Generator<Obligation> {
  for (const { base, refined, ways: alternatives, denies, obstacles: lacks, limits } of prepared)
    for (const room of base)
      for (const lists of alternatives)
        for (const inside of choices(lists, room, inhabited)) {
          if (isSureCover(inside, denies)) continue
          const one = (more: readonly Box[], outside: readonly Box[]): readonly Obligation[] =>
            isSureCover([...inside, ...more], outside)
              ? []
              : [
                  {
                    inside: [...inside, ...more],
                    outside,
                    ...(refined === undefined ? {} : { refined }),
                  },
                ]
          for (const lack of lacks) yield* one([], [...denies, ...lack])
          for (const limit of limits) if (inhabited([...inside, limit])) yield* one([limit], denies)
        }
}

const prepare = (
  universe: Universe,
  lookup: Variable.Lookup,
  [left, right]: readonly [Plan, Plan],
  cell: Cell,
  refine: ReturnType<typeof refinement>,
): Prepared => {
  const [ours, theirs] = [boxed(universe, lookup, left), boxed(universe, lookup, right)]
  return {
    base: boxesOfCell(universe, cell),
    refined: refine(cell.relations),
    ways: left.ways.map((atoms) => atoms.map(ours.allows)),
    denies: unique(ours.denies),
    obstacles: right.obstacles.map((atoms) => unique(atoms.flatMap(theirs.allows))),
    limits: unique(theirs.denies),
  }
}

/** Each box once: the same policy often stands in several places. */
const unique = (boxes: readonly Box[]): readonly Box[] =>
  Array.from(new Map(boxes.map((box) => [JSON.stringify(Array.from(box.sets)), box])).values())

// ---- questions ----

const allowedIn =
  (environment: Environment.Environment) =>
  (request: Request.Request): boolean =>
    Simulator.isAllowed(Simulator.decide(environment, request))

/** Does the plan of `right` allow whatever that of `left` does, word by word? */
const isSame = (left: Environment.Environment, right: Environment.Environment): boolean =>
  left === right || JSON.stringify(left) === JSON.stringify(right)

const difference = (
  left: Environment.Environment,
  right: Environment.Environment,
  options: Options,
): Answer => {
  if (isSame(left, right)) return { _tag: 'None', spent: 0 }
  const documents = [...documentsOf(left), ...documentsOf(right)]
  const accounts = accountsOf(documents)
  const plans = new Map<string, readonly [Plan, Plan]>() // local mutation: by key, filled as cells are made
  const found = cells([left, right], ([ours, theirs]) => {
    if (ours === undefined || theirs === undefined) return undefined
    const own = planOf(left, ours)
    if (own.ways.length === 0) return undefined
    const other = planOf(right, theirs)
    const key = `${own.key}/${other.key}`
    plans.set(key, [own, other])
    return key
  })
  const answer = ask(
    {
      documents,
      obligations: (universe, lookup, inhabited) => {
        const refine = refinement(universe, accounts)
        const prepared = found.flatMap(({ cell, signature }) => {
          const pair = plans.get(signature)
          return pair === undefined ? [] : [prepare(universe, lookup, pair, cell, refine)]
        })
        return obligationsOf(prepared, inhabited)
      },
      confirms: (request) => allowedIn(left)(request) && !allowedIn(right)(request),
      actions: actionsOf(options.world ?? wellFormed) ?? wellFormedActions,
    },
    options.budget ?? standardBudget,
  )
  return answer._tag === 'Undecided' && answer.reason === 'Unconfirmed' && accounts.cut !== undefined
    ? { ...answer, detail: `"${accounts.cut}" may tell accounts apart by their digits` }
    : answer
}

/**
 * Does `left` allow nothing that `right` does not? The whole decision counts: every layer, every kind of caller, within
 * an account and across accounts.
 *
 * **Cost** see `Algebra.isNoBroader`, times the combinations of one Allow for each layer that must allow.
 *
 * @category analysis
 * @since 0.1.0
 */
export const isEnvironmentNoBroader = (
  left: Environment.Environment,
  right: Environment.Environment,
  options: Options = {},
): Verdict => {
  const answer = difference(left, right, options)
  const world = (options.world ?? wellFormed).name
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
 * How `left` stands to `right` by what each allows, as whole environments.
 *
 * @example
 * import { Algebra, Document, Environment } from 'ecr-policy'
 *
 * const pull = Document.parseOrThrow(
 *   { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: '*' } },
 *   'identity',
 * )
 * const before = Environment.make({ identityPolicies: [pull] })
 * const after = Environment.make({ identityPolicies: [pull], permissionsBoundary: pull })
 * Algebra.compareEnvironments(before, after).relation // => 'Equivalent'
 *
 * @category analysis
 * @since 0.1.0
 */
export const compareEnvironments = (
  left: Environment.Environment,
  right: Environment.Environment,
  options: Options = {},
): Comparison => {
  const forth = isEnvironmentNoBroader(left, right, options)
  const back = isEnvironmentNoBroader(right, left, options)
  const { world } = forth
  if (forth._tag === 'Undecided') return { relation: 'Undecided', undecided: forth, world }
  if (back._tag === 'Undecided') return { relation: 'Undecided', undecided: back, world }
  if (forth._tag === 'Yes')
    return back._tag === 'Yes'
      ? { relation: 'Equivalent', world }
      : { relation: 'Narrower', onlyRight: back.witness, world }
  return back._tag === 'Yes'
    ? { relation: 'Broader', onlyLeft: forth.witness, world }
    : { relation: 'Incomparable', onlyLeft: forth.witness, onlyRight: back.witness, world }
}
