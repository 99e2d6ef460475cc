/**
 * Which of the ways to take: as little as possible is asked of others, then the fewest policies, statements and actions
 * are touched, and of equals the caller's own policies come first.
 *
 * @since 0.1.0
 */
import type { Place } from '../Place.js'
import { sizeOf, type Edit } from './repairEdit.js'
import type { Addition, Way } from './repairNeeds.js'

// ---- model ----

/**
 * One way for each step, made into edits. `bypasses`: does one of them go round a policy that limits the caller?
 *
 * @category model
 * @since 0.1.0
 */
export interface Plan {
  readonly places: readonly Place[]
  readonly edits: readonly Edit[]
  readonly bypasses: boolean
}

type Places = ReadonlyMap<string, Place>

/**
 * How plans are made: the edits for additions, and whether the owners of caller and repository can make an edit.
 *
 * @category model
 * @since 0.1.0
 */
export interface Planner {
  readonly editsFor: (additions: readonly Addition[]) => readonly Edit[]
  readonly canMake: (edit: Edit) => boolean
}

// ---- evaluation ----

/**
 * The plans of which none touches all that another touches, the best first. Those that go round a policy come after all
 * that do not, and are there only if they touch something else.
 *
 * **Cost** at most one plan for each set of places; a caller and a repository have few.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const plansFor = (steps: readonly (readonly Way[])[], planner: Planner): readonly Plan[] => [
  ...leastPlans(
    steps.map((ways) => ways.filter((way) => !isBypass(way))),
    planner,
  ),
  ...leastPlans(steps, planner).filter(({ bypasses }) => bypasses),
]

const isBypass = (way: Way): boolean => way.some(({ bypasses }) => bypasses.length > 0)

const leastPlans = (steps: readonly (readonly Way[])[], planner: Planner): readonly Plan[] =>
  leastSets(steps)
    .map((places) => bestWithin(places, steps, planner))
    .sort(compare(planner))

const placesOf = (way: Way): Places => new Map(way.map(({ place }) => [JSON.stringify(place), place]))

const isWithin = (a: Places, b: Places): boolean => Array.from(a.keys()).every((key) => b.has(key))

/** The sets of places that have a way for each step and no place to spare. */
const leastSets = (steps: readonly (readonly Way[])[]): readonly Places[] =>
  steps.reduce<readonly Places[]>(
    (sets, ways) => minimal(sets.flatMap((set) => ways.map((way) => new Map([...set, ...placesOf(way)])))),
    [new Map()],
  )

const minimal = (sets: readonly Places[]): readonly Places[] =>
  sets.filter((set, i) =>
    sets.every((other, j) => !isWithin(other, set) || i === j || (other.size === set.size && i < j)),
  )

/** Where steps have more than one way within the places, each sort of way is tried as everybody's first choice. */
const bestWithin = (places: Places, steps: readonly (readonly Way[])[], planner: Planner): Plan => {
  const within = steps.map((ways) => ways.filter((way) => isWithin(placesOf(way), places)).sort(byEffort))
  const sorts = new Set(within.flatMap((ways) => (ways.length > 1 ? ways.map(sortOf) : [])))
  const planFor = (favourite: string | undefined): Plan => {
    const way = within.flatMap((ways) => ways.find((each) => sortOf(each) === favourite) ?? ways[0] ?? [])
    return {
      places: Array.from(places.values()),
      edits: planner.editsFor(way),
      bypasses: isBypass(way),
    }
  }
  const byCost = compare(planner)
  return Array.from(sorts, planFor).reduce(
    (best, plan) => (byCost(plan, best) < 0 ? plan : best),
    planFor(undefined),
  )
}

const sortOf = (way: Way): string => JSON.stringify(way.map(({ place, atLeast }) => [place, atLeast]))

// ---- order ----

/** The caller's own side first; a registry policy, which reaches every repository, last of what owners edit. */
const order: readonly Place['_tag'][] = [
  'IdentityPolicy',
  'SessionPolicy',
  'ResourcePolicy',
  'RegistryPolicy',
]

const rankOf = ({ _tag }: Place): number => (order.includes(_tag) ? order.indexOf(_tag) : order.length)

const byEffort = (a: Way, b: Way): number =>
  a.length - b.length || difference(ranks(a.map(({ place }) => place)), ranks(b.map(({ place }) => place)))

const ranks = (places: readonly Place[]): readonly number[] => places.map(rankOf).sort((a, b) => a - b)

const compare =
  (planner: Planner) =>
  (a: Plan, b: Plan): number =>
    difference(costOf(planner, a), costOf(planner, b))

const costOf = ({ canMake }: Planner, { places, edits }: Plan): readonly number[] => {
  const { statements, actions } = sizeOf(edits)
  const foreign = edits.filter((edit) => !canMake(edit)).length
  return [foreign, places.length, statements, actions, ...ranks(places)]
}

/** The first difference of two lists of numbers. */
const difference = (a: readonly number[], b: readonly number[]): number =>
  a.map((n, i) => n - (b[i] ?? 0)).find((n) => n !== 0) ?? 0
