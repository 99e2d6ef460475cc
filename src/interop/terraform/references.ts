/**
 * What an argument that is known after apply only refers to: the configuration names it, but not what is made of it:
 * `"${a.b.name}"` and `"${a.b.name}-x"` have the same references. So a reference is followed only where an argument has
 * to be the name or ARN of another resource, and refers to one of that sort.
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

interface Seeking {
  readonly plan: Plan
  readonly attribute: Attribute
  /** Is this attribute what the argument has to be? */
  readonly accepts: (type: string, name: string) => boolean
}

const linking =
  (type: string, ...names: readonly string[]): Seeking['accepts'] =>
  (itsType, name) =>
    itsType === type && names.includes(name)

const toRole = linking('aws_iam_role', 'name', 'id')
const toUser = linking('aws_iam_user', 'name', 'id')
const toGroup = linking('aws_iam_group', 'name', 'id')
const toPolicy = linking('aws_iam_policy', 'arn', 'id')

/** Arguments that are the name or ARN of another resource, and what they are of it. */
const links: ReadonlyMap<string, Seeking['accepts']> = new Map([
  ['role', toRole],
  ['role_name', toRole],
  ['roles', toRole],
  ['user', toUser],
  ['user_name', toUser],
  ['users', toUser],
  ['group', toGroup],
  ['group_name', toGroup],
  ['groups', toGroup],
  ['policy_arn', toPolicy],
  ['policy_arns', toPolicy],
  ['managed_policy_arns', toPolicy],
  ['permissions_boundary', toPolicy],
  ['repository', linking('aws_ecr_repository', 'name', 'id')],
])

const listArguments: readonly string[] = ['roles', 'users', 'groups', 'policy_arns', 'managed_policy_arns']

// ---- destructors ----

/**
 * The value of an argument: what is planned, or, where that is known after apply only and has to be the name or ARN of
 * another resource, that of the one that it refers to.
 *
 * @category destructors
 * @since 0.1.0
 */
export const argument =
  (plan: Plan, attribute: Attribute) =>
  (instance: Instance, name: string): Located => {
    const { values, expressions, module } = instance
    const planned = field(name)(values)
    const accepts = links.get(name)
    if (expressions === undefined) return planned
    const expression = field(name)(expressions)
    const value =
      plan.isPlain || accepts === undefined
        ? settled(plan, attribute, module, planned.value, expression)
        : linked(
            { plan, attribute, accepts },
            module,
            planned.value,
            expression,
            listArguments.includes(name),
          )
    return { ...planned, value }
  }

/** Beside those that a list refers to it may have others, of which the configuration keeps no trace. */
const linked = (
  seeking: Seeking,
  module: string,
  value: unknown,
  expression: Located,
  isMany: boolean,
): unknown => {
  const targets = isVague(value) ? targetsOf(seeking, module, expression, 0) : undefined
  if (targets === undefined) return value
  if (isList(value)) return filled(value, targets)
  if (isMany) return [...targets, value]
  return targets.length === 1 ? targets[0] : value
}

/** A list with what its holes refer to, where there are as many. */
const filled = (value: readonly unknown[], targets: readonly unknown[]): readonly unknown[] => {
  const known = value.filter((item) => !isHole(item))
  const others = targets.filter((target) => !known.includes(target))
  return value.length - known.length === others.length ? [...known, ...others] : value
}

const isVague = (value: unknown): boolean => isHole(value) || (isList(value) && value.some(isHole))

/**
 * A value with holes, filled in from what the expression refers to, if that is taken to be all that it has.
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
  const seeking = { plan, attribute, accepts: () => true }
  const targets = plan.isPlain && isVague(value) ? targetsOf(seeking, module, expression, 0) : undefined
  if (targets === undefined) return value
  if (isList(value)) return filled(value, targets)
  return targets.length === 1 ? targets[0] : targets
}

/** The values that an expression refers to; undefined unless each is an attribute of one instance. */
const targetsOf = (
  seeking: Seeking,
  module: string,
  expression: Located,
  hops: number,
): readonly unknown[] | undefined => {
  const references = items(field('references')(expression)).flatMap(({ value }) =>
    typeof value === 'string' ? [value] : [],
  )
  const whole = references.filter((one) => !references.some((other) => isWithin(other, one)))
  const found = hops > HOPS ? [undefined] : whole.map((one) => target(seeking, module, one, hops + 1))
  return whole.length === 0 || found.includes(undefined) ? undefined : found.flat()
}

/** Terraform lists each reference with all that it begins with. */
const isWithin = (longer: string, shorter: string): boolean =>
  longer.startsWith(`${shorter}.`) || longer.startsWith(`${shorter}[`)

const target = (
  seeking: Seeking,
  module: string,
  reference: string,
  hops: number,
): readonly unknown[] | undefined => {
  const [first = '', second = '', third = ''] = reference.split('.')
  if (first === 'var') return ofCaller(seeking, module, second, hops)
  if (first === 'module') return ofOutput(seeking, inModule(module, `module.${second}`), third, hops)
  return ofResource(seeking, module, reference)
}

const ofCaller = (
  seeking: Seeking,
  module: string,
  variable: string,
  hops: number,
): readonly unknown[] | undefined => {
  const [, parent = '', name = ''] = /^(?:(.*)\.)?module\.([^.[]+)(?:\[[^\]]*\])?$/u.exec(module) ?? []
  const call = field(name)(
    field('module_calls')(seeking.plan.modules.get(pathOf(parent)) ?? { value: {}, pointer: '' }),
  )
  const expression = field(variable)(field('expressions')(call))
  const constant = field('constant_value')(expression).value
  if (typeof constant === 'string') return [constant]
  return name === '' ? undefined : targetsOf(seeking, parent, expression, hops)
}

const ofOutput = (
  seeking: Seeking,
  module: string,
  output: string,
  hops: number,
): readonly unknown[] | undefined => {
  const configured = seeking.plan.modules.get(pathOf(module))
  if (configured === undefined) return undefined
  const expression = field('expression')(field(output)(field('outputs')(configured)))
  return targetsOf(seeking, module, expression, hops)
}

const ofResource = (
  { plan, attribute, accepts }: Seeking,
  module: string,
  reference: string,
): readonly unknown[] | undefined => {
  const found = /^((?:data\.)?[\w-]+\.[\w-]+(?:\[[^\]]*\])?)\.([\w-]+)$/u.exec(reference)
  const [, own = '', name = ''] = found ?? []
  const address = inModule(module, own)
  const instance = plan.instances.get(address) ?? onlyOne(plan, address)
  if (instance === undefined || !accepts(instance.type, name)) return undefined
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
