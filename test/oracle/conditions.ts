/** Oracle, part 3: conditions. One operator, one key, its policy values and its request values at a time. */
import { keptForText } from './kept.js'
import { arnTokensMatch, expandGlob, expandLiteral, lower, tokensMatch } from './patterns.js'
import type { Lookup } from './patterns.js'
import { compareDecimals, inBlock, readBytes, readDate, readDecimal } from './readers.js'
import type { Decimal } from './readers.js'

type Test = (policy: string, value: string, lookup: Lookup, version?: string) => boolean

const ordered =
  (read: (text: string) => Decimal | undefined, holds: (sign: number) => boolean): Test =>
  (policy, value) => {
    const [operand, given] = [read(policy), read(value)]
    return operand !== undefined && given !== undefined && holds(compareDecimals(given, operand)) // U-3, U-6
  }

const stringEquals: Test = (p, v, lookup, version) => expandLiteral(p, lookup, version) === v // CO-S1

const stringEqualsIgnoreCase: Test = (p, v, lookup, version) => {
  const text = expandLiteral(p, lookup, version)
  return text !== undefined && lower(text) === lower(v) // CO-S2
}

const stringLike: Test = (p, v, lookup, version) => {
  const tokens = expandGlob(p, lookup, version)
  return tokens !== undefined && tokensMatch(tokens, v) // CO-S3, VA-7
}

const arn: Test = (p, v, lookup, version) => {
  const tokens = expandGlob(p, lookup, version)
  return tokens !== undefined && arnTokensMatch(tokens, v) // CO-R1, CO-R2, VA-7
}

const bool: Test = (p, v) => p.toLowerCase() === v.toLowerCase() && /^(true|false)$/i.test(p) // CO-B1, U-6, U-23

const binary: Test = (p, v) => readBytes(p) !== undefined && readBytes(p) === readBytes(v) // CO-Y1

const less = (sign: number): boolean => sign < 0
const atMost = (sign: number): boolean => sign <= 0
const equal = (sign: number): boolean => sign === 0
const atLeast = (sign: number): boolean => sign >= 0
const greater = (sign: number): boolean => sign > 0

const POSITIVE = new Map<string, Test>([
  ['StringEquals', stringEquals],
  ['StringEqualsIgnoreCase', stringEqualsIgnoreCase],
  ['StringLike', stringLike],
  ['NumericEquals', ordered(readDecimal, equal)], // CO-N1, CO-N2
  ['NumericLessThan', ordered(readDecimal, less)],
  ['NumericLessThanEquals', ordered(readDecimal, atMost)],
  ['NumericGreaterThan', ordered(readDecimal, greater)],
  ['NumericGreaterThanEquals', ordered(readDecimal, atLeast)],
  ['DateEquals', ordered(readDate, equal)], // CO-D1
  ['DateLessThan', ordered(readDate, less)],
  ['DateLessThanEquals', ordered(readDate, atMost)],
  ['DateGreaterThan', ordered(readDate, greater)],
  ['DateGreaterThanEquals', ordered(readDate, atLeast)],
  ['Bool', bool],
  ['BinaryEquals', binary],
  ['IpAddress', (p, v) => inBlock(p, v)], // CO-P1
  ['ArnEquals', arn],
  ['ArnLike', arn],
])

/** CO-3, CO-4: each negated operator is the NOR of its positive one. */
const NEGATED = new Map([
  ['StringNotEquals', 'StringEquals'],
  ['StringNotEqualsIgnoreCase', 'StringEqualsIgnoreCase'],
  ['StringNotLike', 'StringLike'],
  ['NumericNotEquals', 'NumericEquals'],
  ['DateNotEquals', 'DateEquals'],
  ['NotIpAddress', 'IpAddress'],
  ['ArnNotEquals', 'ArnEquals'],
  ['ArnNotLike', 'ArnLike'],
])

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/

const partsOf = keptForText((operator) => OPERATOR.exec(operator) ?? [])

/** Does `operator: { key: policyValues }` hold when the request gives `given` for the key? */
export const conditionHolds = (
  operator: string,
  _key: string,
  policyValues: readonly string[],
  given: readonly string[] | undefined,
  lookup: Lookup = () => undefined,
  version?: string,
): boolean => {
  const [, qualifier, base = '', ifExists] = partsOf(operator)
  const values = given ?? [] // U-1
  const present = values.length > 0
  if (base === 'Null' && ifExists !== undefined) throw new Error(`no such operator: ${operator}`) // CO-U2, GR-14
  if (base === 'Null' && qualifier === 'ForAllValues') return true // CO-U2
  if (base === 'Null' && qualifier === 'ForAnyValue') return false // CO-U2
  if (base === 'Null') return policyValues.some((p) => p.toLowerCase() === (present ? 'false' : 'true')) // CO-U1, U-23
  const negated = NEGATED.has(base)
  const test = POSITIVE.get(NEGATED.get(base) ?? base)
  if (test === undefined) throw new Error(`no such operator: ${operator}`) // GR-14
  if (!present && ifExists !== undefined) return qualifier !== 'ForAnyValue' // CO-I1, CO-I2, CO-M6/U-5
  if (!present && qualifier === 'ForAllValues') return true // CO-M4
  if (!present && qualifier === 'ForAnyValue') return false // CO-M2
  if (!present) return negated // CO-4
  if (policyValues.length === 0) return false // CO-M7, U-4
  const one = (value: string): boolean =>
    policyValues.some((p) => test(p, value, lookup, version)) !== negated // CO-2, CO-3, CO-M5
  if (qualifier === 'ForAllValues') return values.every(one) // CO-M3
  if (qualifier === 'ForAnyValue') return values.some(one) // CO-M1
  return values.length === 1 && values.every(one) // U-2
}
