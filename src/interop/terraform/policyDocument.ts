/**
 * The data source `aws_iam_policy_document`, where Terraform has not yet put its JSON together.
 *
 * @since 0.1.0
 */
import { isList, isRecord, member } from '../../codec/index.js'
import { isHole } from '../Hole.js'
import { field, items, type Located } from '../read.js'
import type { Instance, Plan } from './Plan.js'
import { settled, type Attribute } from './references.js'

/**
 * The policy that the data source's blocks say, as JSON with holes. Undefined where it takes in other documents, or a
 * block is not known as a whole.
 *
 * @category codecs
 * @since 0.1.0
 */
export const documentOf = (plan: Plan, attribute: Attribute, instance: Instance): unknown => {
  const { values, expressions, module } = instance
  const sources = ['source_policy_documents', 'override_policy_documents', 'source_json', 'override_json']
  const takesOthers = sources.some((name) => !isNothing(field(name)(values).value))
  const blocks = field('statement')(values)
  if (takesOthers || !isList(blocks.value) || blocks.value.some(isHole)) return undefined
  const written = expressions === undefined ? [] : items(field('statement')(expressions))
  // A dynamic block stands once in the configuration, and as often as it will in the plan.
  const isAligned = written.length === blocks.value.length
  const version = field('version')(values).value
  return {
    Version: isNothing(version) ? '2012-10-17' : version,
    ...optional('Id', field('policy_id')(values).value),
    Statement: items(blocks).map((block, i) =>
      statementOf((name) => {
        const planned = field(name)(block).value
        const expression = isAligned ? written[i] : undefined
        return expression === undefined
          ? planned
          : settled(plan, attribute, module, planned, field(name)(expression))
      }, block),
    ),
  }
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (isList(value) && value.length === 0)

const optional = (name: string, value: unknown): Readonly<Record<string, unknown>> =>
  isNothing(value) ? {} : { [name]: value }

const statementOf = (value: (name: string) => unknown, block: Located): unknown => ({
  ...optional('Sid', value('sid')),
  Effect: isNothing(value('effect')) ? 'Allow' : value('effect'),
  ...optional('Principal', principalsOf(field('principals')(block))),
  ...optional('NotPrincipal', principalsOf(field('not_principals')(block))),
  ...optional('Action', value('actions')),
  ...optional('NotAction', value('not_actions')),
  ...optional('Resource', variables(value('resources'))),
  ...optional('NotResource', variables(value('not_resources'))),
  ...optional('Condition', conditionsOf(field('condition')(block))),
})

/** Terraform writes policy variables as `&{...}`, since `${...}` is its own. */
const variables = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replaceAll('&{', '${')
  return isList(value) ? value.map(variables) : value
}

const listOf = (value: unknown): readonly unknown[] => (isList(value) ? value : [value])

const principalsOf = (blocks: Located): unknown => {
  if (isHole(blocks.value)) return blocks.value
  const all = items(blocks).map((block) => ({
    type: String(field('type')(block).value),
    identifiers: listOf(variables(field('identifiers')(block).value)),
  }))
  if (all.some(({ type }) => type === '*')) return '*'
  return all.length === 0
    ? undefined
    : Object.fromEntries(
        Array.from(new Set(all.map(({ type }) => type)), (type) => [
          type,
          all.filter((one) => one.type === type).flatMap(({ identifiers }) => identifiers),
        ]),
      )
}

const conditionsOf = (blocks: Located): unknown => {
  if (isHole(blocks.value)) return blocks.value
  const block = new Map<string, Map<string, readonly unknown[]>>() // local mutation: grows test by test
  for (const one of items(blocks)) {
    if (!isRecord(one.value)) return one.value
    const [test, variable] = [String(member(one.value, 'test')), String(member(one.value, 'variable'))]
    const keys = block.get(test) ?? new Map<string, readonly unknown[]>()
    keys.set(variable, [...(keys.get(variable) ?? []), ...listOf(variables(member(one.value, 'values')))])
    block.set(test, keys)
  }
  return block.size === 0
    ? undefined
    : Object.fromEntries(Array.from(block, ([test, keys]) => [test, Object.fromEntries(keys)]))
}
