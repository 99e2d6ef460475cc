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
import { Frozen, type Budget } from '../pattern/index.js'
import { Simulator } from '../simulator/index.js'
import { accountsOf, refinement } from './accounts.js'
import { everything, intersect, type Box } from './Box.js'
import { formulaText, obstacles, ways, type Atom } from './environmentFormula.js'
import { ask, type Answer, type Inhabited, type Obligation } from './question.js'
import { boxes as boxesOfCell, cells, type Cell } from './situations.js'
import { place, type Universe } from './Universe.js'
import { compareBy, inWorlds, standardBudget, toVerdict } from './Verdict.js'
import type { Comparison, Options, Verdict } from './Verdict.js'
import { wellFormed } from './World.js'

// ---- one environment in one situation ----

/**
 * The layers that an environment looks at in a situation, and what it demands of them.
 *
 * @category model
 * @since 0.1.0
 */
export interface Plan {
  readonly layers: readonly Simulator.Layer[]
  readonly requires: Simulator.Formula
  readonly hasBoundary: boolean
  /** Plans with equal keys, of one environment, are equal. */
  readonly key: string
}

/**
 * The plan of an environment for a situation.
 *
 * @category constructors
 * @since 0.1.0
 */
export const planOf = (environment: Environment.Environment, situation: Simulator.Situation): Plan => {
  const layers = Simulator.layers(situation, environment).filter(({ documents }) => documents.length > 0)
  const requires = Simulator.requirement(situation, environment)
  const hasBoundary =
    environment.permissionsBoundary !== undefined &&
    situation.caller !== 'RootUser' &&
    situation.caller !== 'Unaffiliated' // PR-8, PR-11
  const looked = layers.map(
    ({ id, allows, accountMeansRoot }) => `${id.type}${id.level}${allows}${accountMeansRoot}`,
  )
  return {
    layers,
    requires,
    hasBoundary,
    key: `${hasBoundary};${looked.join()};${formulaText(requires)}`,
  }
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

/** The statements of an environment's layers as boxes. */
interface Boxed {
  readonly denies: (plan: Plan) => readonly Box[]
  readonly allows: (plan: Plan) => (atom: Atom) => readonly Box[]
}

/** Each layer is read once for each way of reading it: plans share most of their layers. */
const boxed = (universe: Universe, lookup: Variable.Lookup): Boxed => {
  const known = new Map<string, readonly Box[]>() // local mutation: boxes by layer and reading
  const of = (
    { id, documents, accountMeansRoot }: Simulator.Layer,
    boundary: boolean,
    effect: 'Allow' | 'Deny',
    atLeast: Atom['atLeast'],
  ): readonly Box[] => {
    const key = `${id.type}${id.level} ${accountMeansRoot} ${effect === 'Deny' && boundary} ${effect} ${atLeast}`
    const before = known.get(key)
    if (before !== undefined) return before
    const made = documents.flatMap(({ statements, version }) =>
      statements
        .filter((statement) => statement.effect === effect)
        .map((statement) =>
          universe.box(statement, version, atLeast, { lookup, boundary, accountMeansRoot }),
        ),
    )
    const boxes = unique(made)
    known.set(key, boxes)
    return boxes
  }
  return {
    denies: ({ layers, hasBoundary }) =>
      unique(layers.flatMap((layer) => of(layer, hasBoundary, 'Deny', 'Account'))),
    allows:
      ({ layers, hasBoundary }) =>
      ({ layer: { type, level }, atLeast }) =>
        layers
          .filter(({ id, allows }) => allows && id.type === type && id.level === level)
          .flatMap((layer) => of(layer, hasBoundary, 'Allow', atLeast)),
  }
}

/** Each box once: the same policy often stands in several places. */
const unique = (boxes: readonly Box[]): readonly Box[] =>
  Array.from(new Map(boxes.map((box) => [JSON.stringify(Array.from(box.sets)), box])).values())

// ---- obligations ----

/**
 * What is asked of one way of being allowed on the left: whatever is in one box of each list, and in `within`, is in one
 * of `outside`.
 */
interface Demand {
  readonly lists: readonly (readonly Box[])[]
  readonly within: readonly Box[]
  readonly outside: readonly Box[]
}

/** A cell with everything that is asked about it, all boxes made. */
interface Prepared {
  readonly base: readonly (readonly Box[])[]
  readonly refined: Obligation['refined']
  readonly demands: readonly Demand[]
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

/** One box of each list, where no part is idle; as many as the steps suffice for. */
function* choices(
  lists: readonly (readonly Box[])[],
  base: readonly Box[],
  isIdle: (boxes: readonly Box[]) => boolean,
  counter: Budget.Counter,
): Generator<readonly Box[]> {
  const taken: Box[] = [] // local mutation: the boxes chosen so far, one a list
  const next: number[] = [0] // local mutation: for each list opened, the box to try next
  while (next.length > 0 && counter.spend(1)) {
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
    if (isIdle([...base, ...taken, box])) continue
    taken.push(box)
    next.push(0)
  }
}

/** Actions are told apart most easily, and tell most apart. */
const actionsAlone = ({ sets }: Box): Box => {
  const actions = sets.get(place.action)
  return actions === undefined ? everything : { sets: new Map([[place.action, actions]]) }
}

function* obligationsOf(
  prepared: readonly Prepared[],
  inhabited: Inhabited,
  counter: Budget.Counter,
): Generator<Obligation> {
  for (const { base, refined, demands } of prepared)
    for (const demand of demands)
      for (const room of base)
        for (const inside of asked(demand, room, inhabited, counter))
          yield { inside, outside: demand.outside, ...(refined === undefined ? {} : { refined }) }
}

/** The choices that have to be covered: of each list only boxes that have something in common with what is given. */
function* asked(
  { lists, within, outside }: Demand,
  room: readonly Box[],
  inhabited: Inhabited,
  counter: Budget.Counter,
): Generator<readonly Box[]> {
  const given = [...room, ...within]
  const open = lists.map((list) => list.filter((box) => inhabited([...given, box])))
  const isIdle = (boxes: readonly Box[]): boolean =>
    !inhabited(boxes.map(actionsAlone)) || isSureCover(boxes, outside)
  if (open.some((list) => list.length === 0)) return
  const shortestFirst = open.slice().sort((a, b) => a.length - b.length)
  for (const inside of choices(shortestFirst, given, isIdle, counter)) if (inhabited(inside)) yield inside
}

/** A demand without the boxes that are surely covered; none where that leaves nothing to choose from. */
const demand = (
  lists: readonly (readonly Box[])[],
  within: readonly Box[],
  outside: readonly Box[],
): readonly Demand[] => {
  const open = lists.map((list) => list.filter((box) => !outside.some((other) => includes(other, box))))
  return open.some((list) => list.length === 0) ? [] : [{ lists: open, within, outside }]
}

const prepare = (
  universe: Universe,
  [ours, theirs]: readonly [Boxed, Boxed],
  [left, right]: readonly [Plan, Plan],
  cell: Cell,
  refine: ReturnType<typeof refinement>,
): readonly Prepared[] => {
  const denies = ours.denies(left)
  const limits = theirs.denies(right).filter((limit) => !denies.some((deny) => includes(deny, limit)))
  const lacks = obstacles(right.requires).map((atoms) => unique(atoms.flatMap(theirs.allows(right))))
  const demands = ways(left.requires).flatMap((atoms) => {
    const lists = atoms.map(ours.allows(left))
    return [
      ...lacks.flatMap((lack) => demand(lists, [], [...denies, ...lack])),
      ...limits.flatMap((limit) => demand(lists, [limit], denies)),
    ]
  })
  return demands.length === 0
    ? []
    : [{ base: boxesOfCell(universe, cell), refined: refine(cell.relations), demands }]
}

// ---- questions ----

const allowedIn =
  (environment: Environment.Environment) =>
  (request: Request.Request): boolean =>
    Simulator.isAllowed(Simulator.decide(environment, request))

const textsOf = ({ layers }: Plan): string => JSON.stringify(layers.map(({ documents }) => documents))

/** Plans of the two environments by cell, those left out that cannot differ or that never allow on the left. */
const plansOf = (
  left: Environment.Environment,
  right: Environment.Environment,
): readonly { readonly cell: Cell; readonly pair: readonly [Plan, Plan] }[] => {
  const plans = new Map<string, readonly [Plan, Plan]>() // local mutation: by key, filled as cells are made
  const idle = new Set<string>() // local mutation: keys of pairs of plans that leave nothing to ask
  const found = cells([left, right], ([ours, theirs]) => {
    if (ours === undefined || theirs === undefined) return undefined
    const pair = [planOf(left, ours), planOf(right, theirs)] as const
    const key = `${pair[0].key}/${pair[1].key}`
    if (!plans.has(key) && leavesNothing(pair)) idle.add(key)
    plans.set(key, pair)
    return idle.has(key) ? undefined : key
  })
  return found.flatMap(({ cell, signature }) => {
    const pair = plans.get(signature)
    return pair === undefined ? [] : [{ cell, pair }]
  })
}

/**
 * The plans of two environments, in every situation where the left one may allow; pairs of equal keys once.
 *
 * @category destructors
 * @since 0.1.0
 */
export const planPairs = (
  left: Environment.Environment,
  right: Environment.Environment,
): readonly (readonly [Plan, Plan])[] => {
  const plans = new Map<string, readonly [Plan, Plan]>() // local mutation: by key, filled as situations are met
  cells([left, right], ([ours, theirs]) => {
    if (ours === undefined || theirs === undefined) return undefined
    const pair = [planOf(left, ours), planOf(right, theirs)] as const
    if (ways(pair[0].requires).length > 0) plans.set(`${pair[0].key}/${pair[1].key}`, pair)
    return undefined
  })
  return Array.from(plans.values())
}

const leavesNothing = ([ours, theirs]: readonly [Plan, Plan]): boolean =>
  ways(ours.requires).length === 0 || (ours.key === theirs.key && textsOf(ours) === textsOf(theirs))

const difference = (
  left: Environment.Environment,
  right: Environment.Environment,
  options: Options,
): Answer => {
  const plans = plansOf(left, right)
  if (plans.length === 0) return { _tag: 'None', spent: 0 }
  const documents = [...documentsOf(left), ...documentsOf(right)]
  const accounts = accountsOf(documents)
  const answer = ask(
    {
      documents,
      obligations: (universe, lookup, inhabited, counter) => {
        const refine = refinement(universe, accounts)
        const sides = [boxed(universe, lookup), boxed(universe, lookup)] as const
        const prepared = plans.flatMap(({ cell, pair }) => prepare(universe, sides, pair, cell, refine))
        return obligationsOf(prepared, inhabited, counter)
      },
      confirms: (request) => allowedIn(left)(request) && !allowedIn(right)(request),
      world: options.world ?? wellFormed,
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
  const [ours, theirs] = [Frozen.own(left), Frozen.own(right)]
  return inWorlds((world) => toVerdict(difference(ours, theirs, { ...options, world }), world.name), options)
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
  const [ours, theirs] = [Frozen.own(left), Frozen.own(right)]
  return compareBy(
    (inWorld) => isEnvironmentNoBroader(ours, theirs, inWorld),
    (inWorld) => isEnvironmentNoBroader(theirs, ours, inWorld),
    options,
  )
}
