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
 * whole address; `expressions` what the configuration says of its arguments, undefined in a state; `region` that of its
 * provider, where the configuration has it as a constant.
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
  readonly region: string | undefined
}

/**
 * All instances, by address, and the configuration of each module by its path of names. `isPlain`: whatever refers to
 * attributes is nothing but them.
 *
 * @category model
 * @since 0.1.0
 */
export interface Plan {
  readonly instances: ReadonlyMap<string, Instance>
  readonly modules: ReadonlyMap<string, Located>
  readonly root: Located
  readonly isPlain: boolean
}

/**
 * What is said about a plan or state from outside.
 *
 * @category model
 * @since 0.1.0
 */
export interface PlanOptions {
  /** What arguments will be that are known after apply only, by `ADDRESS.ARGUMENT`. */
  readonly values?: Readonly<Record<string, string>> | undefined
  /**
   * Take each argument that is known after apply, and refers to attributes of resources, to be just these attributes. A
   * plan does not tell `"${a.b.arn}"` from `"${a.b.arn}/*"`: say so only of a configuration that is written that way.
   */
  readonly plainReferences?: boolean | undefined
}

interface Context {
  readonly root: Located
  readonly modules: ReadonlyMap<string, Located>
  readonly unknown: ReadonlyMap<string, unknown>
  readonly values: Readonly<Record<string, string>>
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
 * Reads a plan or a state. What was read before the plan was made counts where the plan itself does not tell; what is
 * forgotten rather than destroyed stays as it was.
 *
 * @category constructors
 * @since 0.1.0
 */
export const plan = (root: Located, { values = {}, plainReferences = false }: PlanOptions = {}): Plan => {
  const modules = new Map(configurations(field('root_module')(field('configuration')(root)), ''))
  const changes = items(field('resource_changes')(root)).filter((one) => text('deposed')(one) === undefined)
  const unknown = new Map(
    changes.map((one) => [text('address')(one) ?? '', field('after_unknown')(field('change')(one)).value]),
  )
  const context = { root, modules, unknown, values }
  const [planned, prior, state] = trees(root).map((tree) => instancesOf(context, tree, ''))
  const before = (prior ?? []).filter(({ mode }) => mode === 'data')
  const all = [...before, ...changes.flatMap(forgotten(context)), ...(state ?? []), ...(planned ?? [])]
  return { root, modules, isPlain: plainReferences, instances: new Map(all.map((one) => [one.address, one])) }
}

/** Terraform lets go of it, and AWS keeps it. */
const forgotten =
  (context: Context) =>
  (one: Located): readonly Instance[] => {
    const change = field('change')(one)
    return items(field('actions')(change)).some(({ value }) => value === 'forget')
      ? [instanceOf(context, one, text('module_address')(one) ?? '', field('before')(change))]
      : []
  }

/** Recursion is bounded: the input was read by the codec, and each level of modules is two of its own. */
const configurations = (module: Located, path: string): readonly (readonly [string, Located])[] => [
  [path, module],
  ...members(field('module_calls')(module)).flatMap((call) =>
    configurations(field('module')(call), path === '' ? call.name : `${path}.${call.name}`),
  ),
]

const instancesOf = (context: Context, module: Located, address: string): readonly Instance[] => [
  ...items(field('resources')(module)).map((one) => instanceOf(context, one, address, field('values')(one))),
  ...items(field('child_modules')(module)).flatMap((child) =>
    instancesOf(context, child, text('address')(child) ?? address),
  ),
]

const instanceOf = (context: Context, one: Located, module: string, values: Located): Instance => {
  const written = text('address')(one) ?? ''
  const deposed = text('deposed_key')(one)
  const address = deposed === undefined ? written : `${written} (deposed object ${deposed})`
  const configured = items(field('resources')(context.modules.get(pathOf(module)) ?? nowhere)).find(
    (each) => inModule(module, text('address')(each) ?? '') === withoutIndex(written, module),
  )
  const whole = withHoles(values.value ?? {}, context.unknown.get(written), address)
  return {
    address,
    module,
    mode: text('mode')(one) === 'data' ? 'data' : 'managed',
    type: text('type')(one) ?? '',
    values: { value: told(context.values, whole, address), pointer: values.pointer },
    expressions: configured === undefined ? undefined : field('expressions')(configured),
    region: configured === undefined ? undefined : regionOf(context.root, configured),
  }
}

const told = (values: Readonly<Record<string, string>>, whole: unknown, address: string): unknown => {
  const own = Object.entries(values).flatMap(([key, value]) =>
    key.startsWith(`${address}.`) ? [[key.slice(address.length + 1), clean(value)] as const] : [],
  )
  return isRecord(whole) && own.length > 0 ? { ...whole, ...Object.fromEntries(own) } : whole
}

const regionOf = (root: Located, configured: Located): string | undefined => {
  const providers = field('provider_config')(field('configuration')(root))
  const provider = field(text('provider_config_key')(configured) ?? '')(providers)
  return text('constant_value')(field('region')(field('expressions')(provider)))
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
