/**
 * What an argument that is known after apply only refers to: the configuration names it. An argument that refers to one
 * attribute of one resource is taken to have its value.
 *
 * @since 0.1.0
 */
import { isList, isRecord, member } from '../../codec/index.js'
import { hasHole, isHole } from '../Hole.js'
import { field, items, type Located } from '../read.js'
import { inModule, pathOf, type Instance, type Plan } from './Plan.js'

// ---- model ----

/**
 * Gives the value of an attribute, with what follows from other values filled in.
 *
 * @category model
 * @since 0.1.0
 */
export type Attribute = (instance: Instance, name: string) => unknown

/** Modules within modules, outputs of outputs: no further than this. */
const HOPS = 32

// ---- destructors ----

/**
 * The value of an argument: what is planned, or, where that is known after apply only, what it refers to; of a list, what
 * all of its entries refer to.
 *
 * @category destructors
 * @since 0.1.0
 */
export const argument =
  (plan: Plan, attribute: Attribute) =>
  (instance: Instance, name: string): Located => {
    const { values, expressions, module } = instance
    const planned = field(name)(values)
    if (expressions === undefined) return planned
    return { ...planned, value: settled(plan, attribute, module, planned.value, field(name)(expressions)) }
  }

/**
 * A value with holes, filled in from what the expression refers to.
 *
 * @category destructors
 * @since 0.1.0
 */
export const settled = (
  plan: Plan,
  attribute: Attribute,
  module: string,
  value: unknown,
  expression: Located,
): unknown => {
  const isVague = isHole(value) || (isList(value) && value.some(isHole))
  if (!isVague) return value
  const targets = targetsOf(plan, attribute, module, expression, 0)
  if (targets === undefined) return value
  if (isList(value)) {
    const known = value.filter((item) => !isHole(item))
    return value.length - known.length === targets.length ? [...known, ...targets] : value
  }
  return targets.length === 1 ? targets[0] : targets
}

/** The values that an expression refers to; undefined unless each is an attribute of one instance. */
const targetsOf = (
  plan: Plan,
  attribute: Attribute,
  module: string,
  expression: Located,
  hops: number,
): readonly unknown[] | undefined => {
  const references = items(field('references')(expression)).flatMap(({ value }) =>
    typeof value === 'string' ? [value] : [],
  )
  const whole = references.filter((one) => !references.some((other) => isWithin(other, one)))
  const found = whole.map((reference) => target(plan, attribute, module, reference, hops + 1))
  return whole.length === 0 || hops > HOPS || found.includes(undefined) ? undefined : found.flat()
}

/** Terraform lists each reference with all that it begins with. */
const isWithin = (longer: string, shorter: string): boolean =>
  longer.startsWith(`${shorter}.`) || longer.startsWith(`${shorter}[`)

const target = (
  plan: Plan,
  attribute: Attribute,
  module: string,
  reference: string,
  hops: number,
): readonly unknown[] | undefined => {
  const [first = '', second = '', third = ''] = reference.split('.')
  if (first === 'var') return ofCaller(plan, attribute, module, second, hops)
  if (first === 'module') return ofOutput(plan, attribute, inModule(module, `module.${second}`), third, hops)
  return ofResource(plan, attribute, module, reference)
}

const ofCaller = (
  plan: Plan,
  attribute: Attribute,
  module: string,
  variable: string,
  hops: number,
): readonly unknown[] | undefined => {
  const [, parent = '', name = ''] = /^(?:(.*)\.)?module\.([^.[]+)(?:\[[^\]]*\])?$/u.exec(module) ?? []
  const call = field(name)(
    field('module_calls')(plan.modules.get(pathOf(parent)) ?? { value: {}, pointer: '' }),
  )
  const expression = field(variable)(field('expressions')(call))
  const constant = field('constant_value')(expression).value
  if (typeof constant === 'string') return [constant]
  return name === '' ? undefined : targetsOf(plan, attribute, parent, expression, hops)
}

const ofOutput = (
  plan: Plan,
  attribute: Attribute,
  module: string,
  output: string,
  hops: number,
): readonly unknown[] | undefined => {
  const configured = plan.modules.get(pathOf(module))
  if (configured === undefined) return undefined
  const expression = field('expression')(field(output)(field('outputs')(configured)))
  return targetsOf(plan, attribute, module, expression, hops)
}

const ofResource = (
  plan: Plan,
  attribute: Attribute,
  module: string,
  reference: string,
): readonly unknown[] | undefined => {
  const found = /^((?:data\.)?[\w-]+\.[\w-]+(?:\[[^\]]*\])?)\.([\w-]+)$/u.exec(reference)
  const [, own = '', name = ''] = found ?? []
  const address = inModule(module, own)
  const instance = plan.instances.get(address) ?? onlyOne(plan, address)
  if (instance === undefined || name === '') return undefined
  const value = attribute(instance, name)
  return value === undefined ? undefined : [value]
}

/** Without an index, a resource that has several instances is not told. */
const onlyOne = (plan: Plan, address: string): Instance | undefined => {
  const all = Array.from(plan.instances.values()).filter((one) => one.address.startsWith(`${address}[`))
  return all.length === 1 ? all[0] : undefined
}

/**
 * The first text without holes among some.
 *
 * @category destructors
 * @since 0.1.0
 */
export const firstKnown = (values: readonly unknown[]): string | undefined =>
  values.find((value): value is string => typeof value === 'string' && value !== '' && !hasHole(value))

/**
 * A constant that the configuration gives.
 *
 * @category destructors
 * @since 0.1.0
 */
export const constant = (expression: Located): unknown =>
  isRecord(expression.value) ? member(expression.value, 'constant_value') : undefined
