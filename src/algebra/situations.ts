/**
 * Situations as sets of requests: the simulator's flow asks a few things of a request, and each answer to them is a box
 * over caller, action and resource. No rule is repeated here; what an answer leads to is asked of the flow.
 *
 * Source: `Simulator.telling`, `Simulator.situationOf`.
 *
 * @since 0.1.0
 */
import type { Environment } from '../model/index.js'
import { Frozen, Glob, Remember, StringSet } from '../pattern/index.js'
import { Simulator } from '../simulator/index.js'
import type { Box } from './Box.js'
import type { Universe } from './Universe.js'

// ---- model ----

/**
 * A kind of caller that flows tell apart.
 *
 * @category model
 * @since 0.1.0
 */
export type CallerClass = Simulator.Situation['caller'] | 'ServiceLinkedRole'

/**
 * How caller and resource stand to each other; `Free` where no flow asks: a caller without account, or no resource.
 *
 * @category model
 * @since 0.1.0
 */
export type Relation = Simulator.Situation['relation'] | 'Free'

/**
 * A set of requests that are alike to the environments of a question: any of `callers` with any of `actions` on any of
 * `resources`, in any of `relations`. `actions` are folded actions, `SERVICE:` for the rest of a service and `:` for
 * the rest of all.
 *
 * @category model
 * @since 0.1.0
 */
export interface Cell {
  readonly callers: readonly CallerClass[]
  readonly actions: readonly string[]
  readonly resources: readonly Simulator.Traits['resource'][]
  readonly relations: readonly Relation[]
}

// ---- classes ----

/**
 * Every kind of caller.
 *
 * @category model
 * @since 0.1.0
 */
export const callerClasses: readonly CallerClass[] = /* @__PURE__ */ Frozen.deep([
  'User',
  'RoleSession',
  'ServiceLinkedRole',
  'FederatedUser',
  'RootUser',
  'Unaffiliated',
])

/**
 * Every class of actions.
 *
 * @category model
 * @since 0.1.0
 */
export const actionClasses: readonly string[] = /* @__PURE__ */ Frozen.deep([
  ':',
  ...Simulator.telling.services.map((service) => `${service}:`),
  ...Simulator.telling.actions,
])

/**
 * Every class of resources.
 *
 * @category model
 * @since 0.1.0
 */
export const resourceClasses: readonly Simulator.Traits['resource'][] = /* @__PURE__ */ Frozen.deep([
  'Other',
  'None',
  'Role',
  'Key',
])

/**
 * The class of a folded action.
 *
 * @category destructors
 * @since 0.1.0
 */
export const actionClass = (action: string): string => {
  if (actionClasses.includes(action)) return action
  const service = action.slice(0, action.indexOf(':') + 1)
  return actionClasses.includes(service) ? service : ':'
}

/**
 * The class of a caller of these traits.
 *
 * @category destructors
 * @since 0.1.0
 */
export const callerClass = ({ caller, serviceLinked }: Simulator.Traits): CallerClass =>
  serviceLinked ? 'ServiceLinkedRole' : caller

/**
 * How caller and resource of these traits stand to each other.
 *
 * @category destructors
 * @since 0.1.0
 */
export const relationOf = ({ caller, resource, relation }: Simulator.Traits): Relation =>
  caller === 'Unaffiliated' || resource === 'None' ? 'Free' : relation

const related: readonly Simulator.Situation['relation'][] = /* @__PURE__ */ Frozen.deep([
  'SameAccount',
  'CrossAccount',
  'CrossPartition',
])

/** The finest cells, each with the traits of a request in it; the name of a class will do for an action in it. */
const finest: () => readonly { readonly cell: Cell; readonly example: Simulator.Traits }[] = Remember.once(
  () =>
    callerClasses.flatMap((caller) =>
      resourceClasses.flatMap((resource) =>
        (caller === 'Unaffiliated' || resource === 'None' ? (['Free'] as const) : related).flatMap(
          (relation) =>
            actionClasses.map((action) => ({
              cell: { callers: [caller], actions: [action], resources: [resource], relations: [relation] },
              example: {
                caller: caller === 'ServiceLinkedRole' ? ('RoleSession' as const) : caller,
                serviceLinked: caller === 'ServiceLinkedRole',
                relation: relation === 'Free' ? ('SameAccount' as const) : relation,
                action,
                resource,
              },
            })),
        ),
      ),
    ),
)

/**
 * The cell of all requests.
 *
 * @category model
 * @since 0.1.0
 */
export const everything: Cell = {
  callers: callerClasses,
  actions: actionClasses,
  resources: resourceClasses,
  relations: ['Free', ...related],
}

// ---- cells ----

const textOf = ({ caller, relation, resourcePolicy, registryPolicy, ...its }: Simulator.Situation): string =>
  `${caller} ${relation} ${resourcePolicy} ${registryPolicy} ${its.bySCP} ${its.byRCP} ${its.gatewayEndpoint}`

/**
 * A cell and what was said of it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Signed {
  readonly cell: Cell
  readonly signature: string
}

/**
 * All requests in cells, as few as can be had by joining those of which `signature` says the same; cells for which it
 * is undefined are left out. `signature` is asked once for each combination of situations, one an environment.
 *
 * @category constructors
 * @since 0.1.0
 */
export const cells = (
  environments: readonly Environment.Environment[],
  signature: (situations: readonly Simulator.Situation[]) => string | undefined,
): readonly Signed[] => {
  const known = new Map<string, string | undefined>() // local mutation: signatures by situations
  const signed = finest().flatMap(({ cell, example }): readonly Signed[] => {
    const situations = environments.map(({ facts }) => Simulator.situationOf(facts, example))
    const key = JSON.stringify(situations.map(textOf))
    if (!known.has(key)) known.set(key, signature(situations))
    const own = known.get(key)
    return own === undefined ? [] : [{ cell, signature: own }]
  })
  return joins.reduce(joinedBy, signed)
}

/** Which dimension is joined, and what must be the same for that. */
interface Join {
  readonly rest: (cell: Cell) => string
  readonly unite: (cell: Cell, others: readonly Cell[]) => Cell
}

const joins: readonly Join[] = [
  {
    rest: ({ callers, resources, relations }) => `${callers.join()}/${resources.join()}/${relations.join()}`,
    unite: (cell, all) => ({ ...cell, actions: all.flatMap(({ actions }) => actions) }),
  },
  {
    rest: ({ callers, actions, relations }) => `${callers.join()}/${actions.join()}/${relations.join()}`,
    unite: (cell, all) => ({ ...cell, resources: all.flatMap(({ resources }) => resources) }),
  },
  {
    rest: ({ callers, actions, resources }) => `${callers.join()}/${actions.join()}/${resources.join()}`,
    unite: (cell, all) => ({ ...cell, relations: all.flatMap(({ relations }) => relations) }),
  },
  {
    rest: ({ actions, resources, relations }) => `${actions.join()}/${resources.join()}/${relations.join()}`,
    unite: (cell, all) => ({ ...cell, callers: all.flatMap(({ callers }) => callers) }),
  },
]

const joinedBy = (all: readonly Signed[], { rest, unite }: Join): readonly Signed[] => {
  const groups = new Map<string, Signed[]>() // local mutation: grouped in order of appearance
  for (const signed of all) {
    const key = `${signed.signature}//${rest(signed.cell)}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [signed])
    else group.push(signed)
  }
  return Array.from(groups.values()).flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            signature: first.signature,
            cell: unite(
              first.cell,
              [first, ...others].map(({ cell }) => cell),
            ),
          },
        ],
  )
}

// ---- cells as boxes ----

/**
 * The boxes of a cell, one or two, whose union is the cell but for how caller and resource stand to each other.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const boxes = (universe: Universe, cell: Cell): readonly (readonly Box[])[] => {
  const others = [
    ...callerSets(cell.callers).map(universe.callers),
    ...resourceSets(cell.resources).map(universe.resources),
  ]
  return actionSets(cell.actions).map((sets) => [...sets.map(universe.actions), ...others])
}

const text = Glob.literal
const within = Glob.normalize([Glob.runWithin])
const colon = text(':')
const starting = (prefix: string): Glob.Glob => Glob.concat([text(prefix), Glob.all])

/** Fields of words: see `callerText`. Words tell every role's path, so its name does not count (SC-6). */
const serviceLinked: readonly Glob.Glob[] = [
  Glob.concat([
    ...[text('role:'), within, colon, within, colon],
    ...[text(Simulator.telling.serviceLinked.path), Glob.all],
  ]),
]

const shapes: Readonly<Record<CallerClass, readonly Glob.Glob[]>> = {
  User: [starting('user:')],
  RoleSession: [starting('role:')],
  ServiceLinkedRole: serviceLinked,
  FederatedUser: [starting('fed:')],
  RootUser: [starting('root:')],
  Unaffiliated: [starting('service:'), starting('provider:'), text('anonymous:')],
}

const callerSets = (callers: readonly CallerClass[]): readonly StringSet.StringSet[] => {
  if (callers.length === callerClasses.length) return []
  const excludesLinked = callers.includes('RoleSession') && !callers.includes('ServiceLinkedRole')
  const affiliated = callers.length === callerClasses.length - 1 && !callers.includes('Unaffiliated')
  return [
    ...(affiliated
      ? [StringSet.stringSet(shapes.Unaffiliated, true)]
      : [StringSet.stringSet(callers.flatMap((each) => shapes[each]))]),
    ...(excludesLinked ? [StringSet.stringSet(serviceLinked, true)] : []),
  ]
}

const resourceShapes = {
  None: Glob.concat([within, text(':*')]),
  Key: ofService(Simulator.telling.key.service, Glob.all),
  Role: ofService(Simulator.telling.role.service, starting(Simulator.telling.role.prefix)),
} as const

function ofService(service: string, name: Glob.Glob): Glob.Glob {
  const head = [within, text(':arn:'), within, text(`:${service}:`), within, colon, within, colon]
  return Glob.concat([...head, name])
}

const resourceSets = (resources: Cell['resources']): readonly StringSet.StringSet[] => {
  const isOther = resources.includes('Other')
  const listed = (['None', 'Key', 'Role'] as const).filter((each) => resources.includes(each) !== isOther)
  const globs = listed.map((each) => resourceShapes[each])
  return isOther && globs.length === 0 ? [] : [StringSet.stringSet(globs, isOther)]
}

/** Listed actions whose service is not all in the cell are a box of their own. */
const actionSets = (actions: Cell['actions']): readonly (readonly StringSet.StringSet[])[] => {
  const has = (name: string): boolean => actions.includes(name)
  const isAll = actions.length === actionClasses.length
  if (isAll) return [[]]
  const serviceOf = (action: string): string => actionClass(`${action.slice(0, action.indexOf(':'))}:`)
  const listed = Simulator.telling.actions
  const alone = listed.filter((action) => has(action) && !has(serviceOf(action)))
  const missing = listed.filter((action) => !has(action) && has(serviceOf(action)))
  const services = Simulator.telling.services.map((service) => `${service}:`)
  const rest = has(':')
    ? [
        StringSet.stringSet(
          [...services.filter((each) => !has(each)).map(starting), ...missing.map(text)],
          true,
        ),
      ]
    : [
        StringSet.stringSet(services.filter(has).map(starting)),
        ...(missing.length === 0 ? [] : [StringSet.ofLiterals(missing.map(String))].map(StringSet.negate)),
      ]
  return [
    ...(alone.length === 0 ? [] : [[StringSet.ofLiterals(alone)]]),
    ...(has(':') || services.some(has) ? [rest] : []),
  ]
}
