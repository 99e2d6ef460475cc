/**
 * Conditions and variables, read before the request is known as far as they can be. What an operator holds of is
 * `Operator.truth` and what a value stands for is `Operand.read`, as for the plain evaluator.
 *
 * @since 0.1.0
 */
import { Condition, Operand, Operator, type Variable, type Version } from '../model/index.js'
import { Glob, Remember } from '../pattern/index.js'
import { fileAll, type Filed } from './compileGlob.js'
import type { PreparedRequest } from './compileRequest.js'
import { resolution } from './match.js'

// ---- variables ----

/**
 * What was read from a text, or how to read it in a request.
 *
 * @category model
 * @since 0.1.0
 */
export type Reading<A> =
  | { readonly _tag: 'Fixed'; readonly value: A }
  | { readonly _tag: 'Varying'; readonly value: (request: PreparedRequest) => A }

/**
 * What is read from a policy's text: once if no variable bears on it, otherwise anew when their values have changed.
 *
 * `read` may ask for no other variables than those it asks for when each has a value.
 *
 * @category combinators
 * @since 0.1.0
 */
export const reading = <A>(text: string, read: (lookup: Variable.Lookup) => A): Reading<A> => {
  const keys = text.includes('${') ? variablesOf(read) : []
  if (keys.length === 0) return { _tag: 'Fixed', value: read(() => missing) }
  const folded = keys.map(Condition.foldKey)
  const made = Remember.last(sameValues, (found: readonly Values[]) =>
    read((key) => resolution(found[keys.indexOf(key)])),
  )
  return { _tag: 'Varying', value: ({ values }) => made(folded.map(values)) }
}

type Values = readonly string[] | undefined

const missing: Variable.Resolution = { _tag: 'Missing' }

const variablesOf = (read: (lookup: Variable.Lookup) => unknown): readonly string[] => {
  const keys = new Set<string>() // local mutation: filled as `read` asks
  read((key) => {
    keys.add(key)
    return { _tag: 'Value', value: '' }
  })
  return Array.from(keys)
}

const sameValues = (a: readonly Values[], b: readonly Values[]): boolean =>
  a.every((one, i) => {
    const other = b[i]
    return one === other || (one?.length === 1 && other?.length === 1 && one[0] === other[0])
  })

// ---- conditions ----

/**
 * The test of one condition.
 *
 * @category constructors
 * @since 0.1.0
 */
export const conditionTest =
  (version: Version.Version | undefined) =>
  (condition: Condition.Condition): ((request: PreparedRequest) => boolean) => {
    const truth = Operator.truth(condition.operator, condition.values)
    const key = Condition.foldKey(condition.key)
    const admits = admission(version, condition)
    const present = quantified(truth)
    return (request) => {
      const actual = request.values(key)
      return actual === undefined ? truth.missing : present(actual, admits, request)
    }
  }

type Admits = (value: string, request: PreparedRequest) => boolean
type Present = (actual: readonly string[], admits: Admits, request: PreparedRequest) => boolean

const quantified = ({ present, negated }: Operator.Truth): Present => {
  switch (present) {
    case 'Always':
      return () => true
    case 'Never':
      return () => false
    case 'One':
      return (actual, admits, request) =>
        actual.length === 1 && actual[0] !== undefined && admits(actual[0], request) !== negated // U-2
    case 'Any':
      return (actual, admits, request) => actual.some((value) => admits(value, request) !== negated)
    case 'All':
      return (actual, admits, request) => actual.every((value) => admits(value, request) !== negated)
  }
}

/** Does some policy value stand for the request's? */
const admission = (
  version: Version.Version | undefined,
  { operator, values }: Condition.Condition,
): Admits => {
  const { comparison } = Operator.operators[operator.name]
  const readings = values.map((text) =>
    reading(text, (lookup) => Operand.read(comparison, version, lookup)(text)),
  )
  const fixed = ofAny(readings.flatMap((one) => (one._tag === 'Fixed' ? [one.value] : [])))
  const varying = readings.flatMap((one) => (one._tag === 'Varying' ? [one.value] : []))
  if (varying.length === 0) return fixed
  return (value, lookup) => fixed(value) || varying.some((operand) => Operand.admits(operand(lookup))(value))
}

/** Callers, addresses and the like come again and again: what is more than a lookup is done once for the same value. */
const ofAny = (operands: readonly Operand.Operand[]): ((value: string) => boolean) => {
  const strings = operands.flatMap((one): readonly Filed<undefined>[] =>
    one._tag === 'Strings' ? [{ glob: one.glob, item: undefined }] : [],
  )
  const others = operands.flatMap((one) => (one._tag === 'Strings' ? [] : [Operand.admits(one)]))
  const files = fileAll(strings)
  const test = (value: string): boolean =>
    files(value, taken, undefined, undefined) || others.some((admits) => admits(value))
  return operands.every((one) => one._tag === 'Strings' && Glob.isLiteral(one.glob))
    ? test
    : Remember.last(sameText, test)
}

const sameText = (a: string, b: string): boolean => a === b

const taken = (): boolean => true
