/**
 * Condition values near the values of a request: such that a comparison holds, or just fails.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Variable, type Operator } from '../model/index.js'
import { weighted, type Choices } from './Choices.js'
import { hardValues, type Key } from './keys.js'
import { matching, misspelt, missing, recased } from './nearText.js'
import type { World } from './Tuning.js'
import { withVariable, type Known } from './variables.js'

// ---- constructors ----

/**
 * A value for a comparison with `actual`: in a `hit` one that the comparison mostly holds for.
 *
 * @category constructors
 * @since 0.1.0
 */
export const operand = (
  choices: Choices,
  world: World,
  comparison: Operator.Comparison,
  key: Key,
  actual: string,
  hit: boolean,
  known: Known,
): string => lawful(rawOperand(choices, world, comparison, key, actual, hit, known))

/** U-18: policies of some kinds hold no character beyond U+00FF. VA-10: a mutilated variable is an error. */
const lawful = (written: string): string => {
  const latin = written.replace(/[^\u0000-\u00ff]/g, 'k')
  return E.isRight(Variable.parse('2012-10-17')(latin)) ? latin : latin.replaceAll('${', '$')
}

const rawOperand = (
  choices: Choices,
  world: World,
  comparison: Operator.Comparison,
  key: Key,
  actual: string,
  hit: boolean,
  known: Known,
): string => {
  if (choices.chance(0.08)) return choices.one(hardValues[typeOf(comparison, key)])
  if (!hit && choices.chance(0.4)) return choices.one(key.values)
  switch (comparison.type) {
    case 'String':
      return text(choices, world, comparison, actual, hit, known)
    case 'Arn':
      return arn(choices, world, actual, hit, known)
    case 'Numeric':
      return number(choices, comparison.relation, actual, hit)
    case 'Date':
      return date(choices, comparison.relation, actual, hit)
    case 'IpAddress':
      return block(choices, actual, hit)
    case 'Bool':
      return truth(choices, actual, hit)
    case 'Binary':
      return hit ? actual : `${actual.slice(0, -4)}YWJk`
    case 'Null':
      return choices.one(hit ? ['false', 'False'] : ['true', 'TRUE'])
  }
}

const typeOf = (comparison: Operator.Comparison, key: Key): Key['type'] =>
  comparison.type === 'Null' ? 'Bool' : comparison.type === 'String' ? key.type : comparison.type

const text = (
  choices: Choices,
  world: World,
  { pattern, ignoreCase }: Extract<Operator.Comparison, { readonly type: 'String' }>,
  actual: string,
  hit: boolean,
  known: Known,
): string => {
  if (choices.chance(world.variables)) return withVariable(choices, actual, hit, known, 0)
  if (!hit) return pattern ? missing(choices, actual, world.wildcards) : misspelt(choices, actual)
  if (ignoreCase && choices.chance(0.5)) return recased(choices, actual)
  return pattern ? matching(choices, actual, world.wildcards) : actual
}

/** From the place after the fourth character on, so that the literal `arn:` mostly stays. */
const arn = (choices: Choices, world: World, actual: string, hit: boolean, known: Known): string => {
  if (choices.chance(world.variables)) return withVariable(choices, actual, hit, known, 0)
  return hit ? matching(choices, actual, world.wildcards, 4) : missing(choices, actual, world.wildcards, 4)
}

/** How far the operand stands from the value for a relation to hold: below, at or above it. */
const distance = (choices: Choices, relation: Operator.Relation, hit: boolean): number => {
  switch (relation) {
    case 'Equals':
      return hit ? 0 : choices.one([1, -1])
    case 'LessThan':
      return hit ? 1 : choices.one([0, -1])
    case 'LessThanEquals':
      return hit ? choices.one([0, 1]) : -1
    case 'GreaterThan':
      return hit ? -1 : choices.one([0, 1])
    case 'GreaterThanEquals':
      return hit ? choices.one([0, -1]) : 1
  }
}

const number = (choices: Choices, relation: Operator.Relation, actual: string, hit: boolean): string => {
  const value = Number(actual) + distance(choices, relation, hit)
  if (!Number.isFinite(value)) return choices.one(hardValues.Numeric)
  const plain = String(value)
  return weighted(choices, [
    [0, () => plain],
    [8, () => (plain.includes('.') ? `${plain}0` : `${plain}.0`)],
    [6, () => plain.replace(/^-?/, (sign) => `${sign}00`)],
    [5, () => `${plain}e0`],
  ])
}

/** The time zones in which an instant is written; minutes east of Greenwich. */
const zones = [0, 120, -330] as const

const date = (choices: Choices, relation: Operator.Relation, actual: string, hit: boolean): string => {
  const seconds = /^\d{5,12}$/.test(actual) ? Number(actual) : Date.parse(actual) / 1000
  if (!Number.isFinite(seconds)) return choices.one(hardValues.Date)
  const wanted = seconds + distance(choices, relation, hit)
  if (choices.chance(0.2)) return String(wanted)
  const zone = choices.one(zones)
  const local = new Date((wanted + zone * 60) * 1000).toISOString().slice(0, 19)
  const fraction = choices.chance(0.15) ? '.000' : ''
  return `${local}${fraction}${zone === 0 ? 'Z' : offset(zone)}`
}

const offset = (minutes: number): string => {
  const [sign, size] = minutes < 0 ? ['-', -minutes] : ['+', minutes]
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

const block = (choices: Choices, actual: string, hit: boolean): string => {
  const six = actual.includes(':')
  if (!hit)
    return choices.one(
      six ? ['203.0.113.0/24', '2001:db8:1::/48', '0.0.0.0/0'] : ['10.0.0.0/8', '::/0', '203.0.114.0/24'],
    )
  const prefix = choices.one(six ? [128, 64, 32, 0, 127] : [32, 24, 8, 0, 31])
  return prefix === 32 && choices.chance(0.5) ? actual : `${actual}/${prefix}`
}

const truth = (choices: Choices, actual: string, hit: boolean): string => {
  const value = hit === (actual.toLowerCase() === 'true') ? 'true' : 'false'
  return choices.chance(0.15) ? recased(choices, value) : value
}
