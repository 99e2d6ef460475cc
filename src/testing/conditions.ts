/**
 * Conditions about a request: such that they mostly hold in it, or mostly do not.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Condition, Operator } from '../model/index.js'
import { orElse, several, weighted, type Choices, type NonEmpty } from './Choices.js'
import { derivedKeys, keyOf, keys, type Key, type ValueType } from './keys.js'
import { operand } from './operands.js'
import { spelled } from './requests.js'
import type { World } from './Tuning.js'
import type { Known } from './variables.js'

// ---- constructors ----

const family: Readonly<Record<ValueType, NonEmpty<Operator.OperatorName>>> = {
  String: [
    'StringEquals',
    'StringLike',
    'StringNotEquals',
    'StringNotLike',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
  ],
  Arn: ['ArnLike', 'ArnEquals', 'ArnNotEquals', 'ArnNotLike', 'StringLike', 'StringEquals'],
  Numeric: [
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
  Date: [
    'DateEquals',
    'DateNotEquals',
    'DateLessThan',
    'DateLessThanEquals',
    'DateGreaterThan',
    'DateGreaterThanEquals',
  ],
  Bool: ['Bool'],
  Binary: ['BinaryEquals'],
  IpAddress: ['IpAddress', 'NotIpAddress'],
}

const everyOperator: NonEmpty<Operator.OperatorName> = ['Null', ...Object.values(family).flat()]

const operatorName = (choices: Choices, { type }: Key): Operator.OperatorName =>
  weighted(choices, [
    [0, () => choices.one(family[type])],
    [8, () => 'Null' as const],
    [10, () => choices.one(everyOperator)],
  ])

const operatorOf = (choices: Choices, key: Key, several: boolean): Operator.ConditionOperator => {
  const name = operatorName(choices, key)
  const qualified = choices.chance(several ? 0.75 : 0.12)
  const qualifier = qualified ? choices.one(['ForAnyValue', 'ForAllValues'] as const) : ('None' as const)
  return name === 'Null'
    ? { name, qualifier, ifExists: false }
    : { name, qualifier, ifExists: choices.chance(0.18) }
}

/** A key of the request, mostly; else one that may be missing. */
const keyName = (choices: Choices, known: Known): string => {
  const [first, ...rest] = known
  if (first !== undefined && choices.chance(0.72)) return choices.one([first, ...rest]).name
  return choices.one(choices.chance(0.3) ? derivedKeys : keys).name
}

/**
 * A condition that, in a `hit`, mostly holds in a request of which `known` is the full context.
 *
 * @category constructors
 * @since 0.1.0
 */
export const condition = (
  choices: Choices,
  world: World,
  known: Known,
  hit: boolean,
): Condition.Condition | undefined => {
  const name = keyName(choices, known)
  const key = keyOf(name)
  const actual = known.find((entry) => Condition.foldKey(entry.name) === Condition.foldKey(name))?.values
  const operator = operatorOf(choices, key, (actual?.length ?? 0) > 1)
  const read = Condition.parseKey(spelled(choices, name))
  return E.isLeft(read)
    ? undefined
    : { operator, key: read.right, values: values(choices, world, operator, key, actual, hit, known) }
}

const values = (
  choices: Choices,
  world: World,
  operator: Operator.ConditionOperator,
  key: Key,
  actual: readonly string[] | undefined,
  hit: boolean,
  known: Known,
): readonly string[] => {
  if (choices.chance(0.03)) return []
  const { comparison, negated } = Operator.operators[operator.name]
  const present = orElse(actual ?? [], [choices.one(key.values)])
  const listed = operator.name === 'Null' ? hit === (actual !== undefined) : hit !== negated
  const all = operator.qualifier === 'ForAllValues'
  const most = operator.name === 'Bool' ? 1 : 3 // CO-B2
  return several(choices, most, (index) => {
    const about = all ? (present[index] ?? present[0]) : choices.one(present)
    return operand(choices, world, comparison, key, about, listed && (all || index === 0), known)
  })
}

/**
 * Conditions as a block; a repeated operator and key is left out.
 *
 * @category constructors
 * @since 0.1.0
 */
export const block = (conditions: readonly (Condition.Condition | undefined)[]): Condition.ConditionBlock => {
  const found = conditions.flatMap((one) => (one === undefined ? [] : [one]))
  const distinct = found.filter((one, i) => !found.slice(0, i).some((before) => samePlace(before, one)))
  return E.getOrElse(() => Condition.none)(Condition.block(distinct))
}

const samePlace = (a: Condition.Condition, b: Condition.Condition): boolean =>
  Operator.show(a.operator) === Operator.show(b.operator) &&
  Condition.foldKey(a.key) === Condition.foldKey(b.key)
