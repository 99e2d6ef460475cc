/**
 * `Condition`: JSON to model.
 *
 * Source: GR-12, GR-14, CO-2, CO-5, CO-6, CO-B2, VA-10.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Condition, Operator, Problem, Variable, type Version } from '../model/index.js'
import { accept, remembering, wrongType } from './elements.js'
import { isList, isRecord, nameOf } from './Json.js'
import { at, type Place } from './Place.js'
import type { Input } from './read.js'

/**
 * How the texts of a `Condition` are read in one document.
 *
 * @category model
 * @since 0.1.0
 */
export interface ConditionReaders {
  readonly operator: (text: string) => E.Either<Problem.Problem, Operator.ConditionOperator>
  readonly key: (text: string) => E.Either<Problem.Problem, Condition.ConditionKey>
  readonly template: (text: string) => E.Either<Problem.Problem, Variable.Template>
}

/**
 * The readers for documents of a version.
 *
 * @category constructors
 * @since 0.1.0
 */
export const conditionReaders = (version: Version.Version | undefined): ConditionReaders => ({
  operator: remembering(readOperator),
  key: remembering(Condition.parseKey),
  template: Variable.parse(version),
})

const readOperator = (text: string): E.Either<Problem.Problem, Operator.ConditionOperator> => {
  const operator = Operator.parse(text)
  if (operator !== undefined) return E.right(operator)
  const refusal = Operator.unknown(text)
  return E.left(text.endsWith('NullIfExists') ? { ...refusal, suggestion: NULL_HINT } : refusal)
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
  readers: ConditionReaders,
  value: unknown,
  place: Place,
): Condition.ConditionBlock | undefined => {
  if (!isRecord(value)) return wrongType(input, place, '`Condition`', 'an object', value)
  const conditions: Condition.Condition[] = [] // local mutation: one pass
  for (const name of Object.keys(value)) {
    if (input.sink.full()) break
    for (const condition of decodeOperator(input, readers, name, value[name], at(place, name)))
      conditions.push(condition)
  }
  const block = Condition.block(conditions)
  return E.isRight(block) ? block.right : undefined
}

const decodeOperator = (
  input: Input,
  readers: ConditionReaders,
  name: string,
  value: unknown,
  place: Place,
): readonly Condition.Condition[] => {
  const operator = accept(input, () => place, readers.operator(name))
  if (!isRecord(value)) {
    wrongType(input, place, Problem.quote(name), 'an object of context keys', value)
    return []
  }
  const conditions: Condition.Condition[] = [] // local mutation: one pass
  const keys = Object.keys(value)
  const seen = new Map<string, string>() // local mutation: names without letter case (CO-5)
  for (const key of keys) {
    if (input.sink.full()) break
    const here = at(place, key)
    const other = keys.length === 1 ? undefined : seen.get(Condition.foldKey(key))
    if (other !== undefined) input.sink.add(here, sameKey(key, other))
    if (keys.length > 1) seen.set(Condition.foldKey(key), key)
    const read = accept(input, () => here, readers.key(key))
    const values = decodeValues(input, readers, operator, value[key], here)
    if (operator !== undefined && read !== undefined && other === undefined)
      conditions.push({ operator, key: read, values })
  }
  return conditions
}

const sameKey = (key: string, other: string): Problem.Problem =>
  Problem.problem(
    'DuplicateConditionKey',
    `${Problem.quote(key)} and ${Problem.quote(other)} are the same context key; letter case does not count`,
    'put all values in one list',
  )

const decodeValues = (
  input: Input,
  readers: ConditionReaders,
  operator: Operator.ConditionOperator | undefined,
  value: unknown,
  place: Place,
): readonly string[] => {
  if (!isList(value)) {
    const text = decodeValue(input, readers, value, () => place)
    return text === undefined ? [] : [text]
  }
  if (operator?.name === 'Bool' && value.length > 1)
    input.sink.add(
      place,
      Problem.problem('InvalidConditionValue', '`Bool` takes a single value', 'leave one of them'), // CO-B2
    )
  const texts: string[] = [] // local mutation: one pass
  for (let i = 0; i < value.length && !input.sink.full(); i++) {
    const text = decodeValue(input, readers, value[i], () => at(place, i))
    if (text !== undefined) texts.push(text)
  }
  return texts
}

const decodeValue = (
  input: Input,
  readers: ConditionReaders,
  value: unknown,
  place: () => Place,
): string | undefined => {
  if (typeof value === 'string')
    return value.includes('${') && accept(input, place, readers.template(value)) === undefined
      ? undefined
      : value
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
