/**
 * A `Plan` is Terraform's JSON, a plan or a state, as a list of resources with their values and what was written of them.
 * Values that are known after apply only are holes.
 *
 * @since 0.1.0
 */
import { isList, isRecord, member } from '../../codec/index.js'
import { clean, hole } from '../Hole.js'
import { at as pointerTo } from '../pointer.js'
import { field, items, members, text, type Located } from '../read.js'

// ---- model ----

/**
 * One instance of a resource or data source. `module` is the address of its module, empty for the root; `address` its
 * whole address; `expressions` what the configuration says of its arguments, undefined in a state.
 *
 * @category model
 * @since 0.1.0
 */
export interface Instance {
  readonly address: string
  readonly module: string
  readonly mode: 'data' | 'managed'
  readonly type: string
  readonly values: Located
  readonly expressions: Located | undefined
}

/**
 * All instances, by address, and the configuration of each module by its path of names.
 *
 * @category model
 * @since 0.1.0
 */
export interface Plan {
  readonly instances: ReadonlyMap<string, Instance>
  readonly modules: ReadonlyMap<string, Located>
  readonly root: Located
}

// ---- constructors ----

/**
 * Is this a plan or a state?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isPlan = (root: Located): boolean => trees(root).some(({ value }) => isRecord(value))

const trees = (root: Located): readonly Located[] =>
  [field('planned_values')(root), field('values')(field('prior_state')(root)), field('values')(root)].map(
    field('root_module'),
  )

/**
 * Reads a plan or a state. What was read before the plan was made counts where the plan itself does not tell.
 *
 * @category constructors
 * @since 0.1.0
 */
export const plan = (root: Located): Plan => {
  const modules = new Map(configurations(field('root_module')(field('configuration')(root)), ''))
  const unknown = new Map(
    items(field('resource_changes')(root)).map((one) => [
      text('address')(one) ?? '',
      field('after_unknown')(field('change')(one)).value,
    ]),
  )
  const [planned, prior, state] = trees(root).map((tree) => instancesOf(tree, '', modules, unknown))
  const before = (prior ?? []).filter(({ mode }) => mode === 'data')
  const all = [...before, ...(state ?? []), ...(planned ?? [])]
  return { root, modules, instances: new Map(all.map((one) => [one.address, one])) }
}

/** Recursion is bounded: the input was read by the codec, and each level of modules is two of its own. */
const configurations = (module: Located, path: string): readonly (readonly [string, Located])[] => [
  [path, module],
  ...members(field('module_calls')(module)).flatMap((call) =>
    configurations(field('module')(call), path === '' ? call.name : `${path}.${call.name}`),
  ),
]

const instancesOf = (
  module: Located,
  address: string,
  modules: ReadonlyMap<string, Located>,
  unknown: ReadonlyMap<string, unknown>,
): readonly Instance[] => [
  ...items(field('resources')(module)).map((one) => instanceOf(one, address, modules, unknown)),
  ...items(field('child_modules')(module)).flatMap((child) =>
    instancesOf(child, text('address')(child) ?? address, modules, unknown),
  ),
]

const instanceOf = (
  one: Located,
  module: string,
  modules: ReadonlyMap<string, Located>,
  unknown: ReadonlyMap<string, unknown>,
): Instance => {
  const address = text('address')(one) ?? ''
  const values = field('values')(one)
  const configured = items(field('resources')(modules.get(pathOf(module)) ?? nowhere)).find(
    (written) => inModule(module, text('address')(written) ?? '') === withoutIndex(address, module),
  )
  return {
    address,
    module,
    mode: text('mode')(one) === 'data' ? 'data' : 'managed',
    type: text('type')(one) ?? '',
    values: { value: withHoles(values.value ?? {}, unknown.get(address), address), pointer: values.pointer },
    expressions: configured === undefined ? undefined : field('expressions')(configured),
  }
}

const nowhere: Located = { value: undefined, pointer: '' }

/**
 * The names of the modules in an address: `module.a["x"].module.b` is `a.b`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const pathOf = (module: string): string =>
  module
    .replaceAll(/\[[^\]]*\]/gu, '')
    .split('.')
    .filter((_, i) => i % 2 === 1)
    .join('.')

/**
 * An address in a module.
 *
 * @category constructors
 * @since 0.1.0
 */
export const inModule = (module: string, address: string): string =>
  module === '' ? address : `${module}.${address}`

const withoutIndex = (address: string, module: string): string => {
  const own = module === '' ? address : address.slice(module.length + 1)
  return inModule(module, own.replace(/\[[^\]]*\]$/u, ''))
}

/** Values with a hole for each that `unknown` marks. */
const withHoles = (value: unknown, unknown: unknown, name: string): unknown => {
  if (unknown === true) return hole('KnownAfterApply', name)
  if (typeof value === 'string') return clean(value)
  if (isList(value) || isList(unknown)) {
    const [values, marks] = [isList(value) ? value : [], isList(unknown) ? unknown : []]
    const length = Math.max(values.length, marks.length)
    return Array.from({ length }, (_, i) => withHoles(values[i], marks[i], pointerTo(name, i)))
  }
  if (!isRecord(value) && !isRecord(unknown)) return value
  const [values, marks] = [isRecord(value) ? value : {}, isRecord(unknown) ? unknown : {}]
  return Object.fromEntries(
    Array.from(new Set([...Object.keys(values), ...Object.keys(marks)]), (key) => [
      key,
      withHoles(member(values, key), member(marks, key), `${name}.${key}`),
    ]),
  )
}
