/**
 * `Condition`: JSON to model.
 *
 * Source: GR-12, GR-14, CO-2, CO-5, CO-6, CO-B2, VA-10.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Condition, Operator, Problem, type Variable } from '../model/index.js'
import { accept, wrongType } from './elements.js'
import { isList, isRecord, nameOf } from './Json.js'
import { at, type Place } from './Place.js'
import type { Input } from './read.js'

type ReadTemplate = (text: string) => E.Either<Problem.Problem, Variable.Template>

const unknownOperator = (text: string): Problem.Problem => {
  const refusal = Operator.unknown(text)
  return text.endsWith('NullIfExists') ? { ...refusal, suggestion: NULL_HINT } : refusal
}

const NULL_HINT = '`Null` is about missing keys already and takes no `IfExists`' // GR-14

/**
 * The tests of one element; whatever could not be read is left out after it was reported.
 *
 * **Errors** `InvalidConditionOperator`, `InvalidConditionKey`, `DuplicateConditionKey`, `InvalidConditionValue`,
 * `InvalidVariable`, `InvalidType`.
 *
 * @category codecs
 * @since 0.1.0
 */
export const decodeConditions = (
  input: Input,
  template: ReadTemplate,
  value: unknown,
  place: Place,
): Condition.ConditionBlock | undefined => {
  if (!isRecord(value)) return wrongType(input, place, '`Condition`', 'an object', value)
  const conditions: Condition.Condition[] = [] // local mutation: one pass
  for (const name of Object.keys(value)) {
    if (input.sink.full()) break
    for (const condition of decodeOperator(input, template, name, value[name], at(place, name)))
      conditions.push(condition)
  }
  const block = Condition.block(conditions)
  return E.isRight(block) ? block.right : undefined
}

const decodeOperator = (
  input: Input,
  template: ReadTemplate,
  name: string,
  value: unknown,
  place: Place,
): readonly Condition.Condition[] => {
  const operator = Operator.parse(name)
  if (operator === undefined) input.sink.add(place, unknownOperator(name))
  if (!isRecord(value)) {
    wrongType(input, place, Problem.quote(name), 'an object of context keys', value)
    return []
  }
  const keys = Object.keys(value)
  const repeated = keys.length > 1 ? repeatedKeys(keys) : none
  const conditions: Condition.Condition[] = [] // local mutation: one pass
  for (const key of keys) {
    if (input.sink.full()) break
    const here = at(place, key)
    const other = repeated.get(key)
    if (other !== undefined) input.sink.add(here, sameKey(key, other))
    const isKey = Condition.isKey(key)
    if (!isKey) accept(input, () => here, Condition.parseKey(key))
    const values = decodeValues(input, template, operator, value[key], here)
    if (operator !== undefined && isKey && other === undefined)
      conditions.push(Object.freeze({ operator, key, values }))
  }
  return conditions
}

type Repeated = ReadonlyMap<string, string>

const none: Repeated = new Map()

/** The keys that differ from one before in letter case only (CO-5), each with the last such one. */
const repeatedKeys = (keys: readonly string[]): Repeated => {
  const [seen, repeated] = [new Map<string, string>(), new Map<string, string>()] // local mutation: one pass
  for (const key of keys) {
    const other = seen.get(Condition.foldKey(key))
    if (other !== undefined) repeated.set(key, other)
    seen.set(Condition.foldKey(key), key)
  }
  return repeated
}

const sameKey = (key: string, other: string): Problem.Problem =>
  Problem.problem(
    'DuplicateConditionKey',
    `${Problem.quote(key)} and ${Problem.quote(other)} are the same context key; letter case does not count`,
    'put all values in one list',
  )

const decodeValues = (
  input: Input,
  template: ReadTemplate,
  operator: Operator.ConditionOperator | undefined,
  value: unknown,
  place: Place,
): readonly string[] => {
  if (isPlainText(value)) return Object.freeze([value])
  if (!isList(value)) {
    const text = decodeValue(input, template, value, () => place)
    return Object.freeze(text === undefined ? [] : [text])
  }
  if (operator?.name === 'Bool' && value.length > 1)
    input.sink.add(
      place,
      Problem.problem('InvalidConditionValue', '`Bool` takes a single value', 'leave one of them'), // CO-B2
    )
  return Object.freeze(value.every(isPlainText) ? value : decodeList(input, template, value, place))
}

/** A text without variables stands for itself. */
const isPlainText = (value: unknown): value is string => typeof value === 'string' && !value.includes('${')

const decodeList = (
  input: Input,
  template: ReadTemplate,
  list: readonly unknown[],
  place: Place,
): readonly string[] => {
  const texts: string[] = [] // local mutation: one pass
  for (let i = 0; i < list.length && !input.sink.full(); i++) {
    const text = decodeValue(input, template, list[i], () => at(place, i))
    if (text !== undefined) texts.push(text)
  }
  return texts
}

const decodeValue = (
  input: Input,
  template: ReadTemplate,
  value: unknown,
  place: () => Place,
): string | undefined => {
  if (typeof value === 'string')
    return value.includes('${') && accept(input, place, template(value)) === undefined ? undefined : value
  if (typeof value === 'boolean') return String(value)
  const text = typeof value === 'number' ? input.number(value, place) : undefined
  if (text === undefined) input.sink.add(place(), noValue(value))
  return text
}

const noValue = (value: unknown): Problem.Problem =>
  typeof value === 'number'
    ? Problem.problem('InvalidConditionValue', `${value} is not a number of JSON`)
    : Problem.problem(
        'InvalidType',
        `a condition value is a string, a number or a boolean, or a list of these, not ${nameOf(value)}`,
      )
