/** The whole truth table: every operator, qualifier and suffix, on keys that are missing, have one value, or several. */
import { describe, expect, it } from 'vitest'
import { Operator } from '../../../src/model/index.js'
import { allow, decide } from './support.js'

/** An operator's plain name, a policy value, and two request values: the first in that relation to it, the second not. */
const samples = [
  ['String', 'StringEquals', 'StringNotEquals', 'a', 'a', 'b'],
  ['String', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'a', 'A', 'b'],
  ['String', 'StringLike', 'StringNotLike', 'a*', 'ab', 'b'],
  ['Numeric', 'NumericEquals', 'NumericNotEquals', '10', '10.0', '11'],
  ['Numeric', 'NumericLessThan', undefined, '10', '9', '10'],
  ['Numeric', 'NumericLessThanEquals', undefined, '10', '10', '11'],
  ['Numeric', 'NumericGreaterThan', undefined, '10', '11', '10'],
  ['Numeric', 'NumericGreaterThanEquals', undefined, '10', '10', '9'],
  ['Date', 'DateEquals', 'DateNotEquals', '2024', '2024-01-01', '2025'],
  ['Date', 'DateLessThan', undefined, '2024', '2023', '2024'],
  ['Date', 'DateLessThanEquals', undefined, '2024', '2024', '2025'],
  ['Date', 'DateGreaterThan', undefined, '2024', '2025', '2024'],
  ['Date', 'DateGreaterThanEquals', undefined, '2024', '2024', '2023'],
  ['Bool', 'Bool', undefined, 'true', 'true', 'false'],
  ['Binary', 'BinaryEquals', undefined, 'QUJD', 'QUJD', 'QUJE'],
  ['IpAddress', 'IpAddress', 'NotIpAddress', '10.0.0.0/8', '10.1.2.3', '11.1.2.3'],
  ['Arn', 'ArnEquals', 'ArnNotEquals', 'arn:aws:s3:::b*', 'arn:aws:s3:::bc', 'arn:aws:s3:::c'],
  ['Arn', 'ArnLike', 'ArnNotLike', 'arn:aws:s3:::b*', 'arn:aws:s3:::bc', 'arn:aws:s3:::c'],
] as const

/** Does the condition hold? `hit` and `miss` stand for request values; `many`: hit and miss, `hits`, `misses`: two of a sort. */
const states = ['missing', 'empty', 'hit', 'miss', 'many', 'hits', 'misses'] as const
const rows = [
  // rules, form, then a mark for each state, for the positive operators and for the negated ones
  ['CO-4, U-1, U-2', '', '..+....', '++.+...'],
  ['CO-I1, CO-I2, U-2', 'IfExists', '+++....', '++.+...'],
  ['CO-M1, CO-M2', 'ForAnyValue:', '..+.++.', '...++.+'],
  ['CO-M6, U-5', 'ForAnyValue:IfExists', '..+.++.', '...++.+'],
  ['CO-M3, CO-M4, CO-M5', 'ForAllValues:', '+++..+.', '++.+..+'],
  ['CO-M6', 'ForAllValues:IfExists', '+++..+.', '++.+..+'],
] as const

const valuesOf = (
  hit: string,
  miss: string,
): Readonly<Record<(typeof states)[number], readonly string[] | undefined>> => ({
  missing: undefined,
  empty: [],
  hit: [hit],
  miss: [miss],
  many: [hit, miss],
  hits: [hit, hit],
  misses: [miss, miss],
})

const holds = (operator: string, policy: unknown, values: readonly string[] | undefined): boolean =>
  decide(
    { context: values === undefined ? {} : { 'test:Key': values } },
    { identityPolicies: [allow('ecr:*', { Condition: { [operator]: { 'TEST:key': policy } } })] },
  ).outcome === 'Allowed'

const marks = (operator: string, policy: unknown, hit: string, miss: string): string =>
  states.map((state) => (holds(operator, policy, valuesOf(hit, miss)[state]) ? '+' : '.')).join('')

const named = (form: string, name: string): string => {
  const [qualifier, suffix] = form.includes(':')
    ? [form.slice(0, form.indexOf(':') + 1), form.slice(form.indexOf(':') + 1)]
    : ['', form]
  return `${qualifier}${name}${suffix}`
}

describe('a condition on one key, by what the request has for it (RC-2, RC-3)', () => {
  const table = rows.flatMap(([rules, form, positive, negative]) =>
    samples.flatMap(([, plain, negated, policy, hit, miss]) => [
      { rules, operator: named(form, plain), policy, hit, miss, expected: positive },
      ...(negated === undefined
        ? []
        : [{ rules, operator: named(form, negated), policy, hit, miss, expected: negative }]),
    ]),
  )

  it('the table has every operator but Null', () => {
    const wanted = Operator.operatorTexts.filter((text) => !text.endsWith('Null'))
    expect(table.map(({ operator }) => operator).sort()).toStrictEqual([...wanted].sort())
  })

  it.each(table)('$rules: $operator', ({ operator, policy, hit, miss, expected }) => {
    expect(marks(operator, policy, hit, miss)).toBe(expected)
  })

  it.each(table.filter(({ operator }) => !operator.includes('Bool')))(
    // CO-B2

    'CO-2, CO-3: $operator takes any of several values',
    ({ operator, policy, hit, miss, expected }) => {
      expect(marks(operator, ['never equal', policy], hit, miss)).toBe(expected)
    },
  )

  it.each(table)('CO-M7, U-4: $operator without values', ({ operator, hit, miss, expected }) => {
    expect(marks(operator, [], hit, miss)).toBe(`${expected.slice(0, 2)}.....`)
  })

  it.each([
    ['CO-U1', 'Null', 'true', '++.....'],
    ['CO-U1', 'Null', 'false', '..+++++'],
    ['CO-U1', 'Null', true, '++.....'],
    ['U-23', 'Null', 'FALSE', '..+++++'],
    ['CO-U2', 'ForAllValues:Null', 'true', '+++++++'],
    ['CO-U2', 'ForAnyValue:Null', 'true', '.......'],
  ])('%s: %s %j', (_rule, operator, policy, expected) => {
    expect(marks(operator, policy, 'x', 'y')).toBe(expected)
  })
})

describe('a `*` in a value', () => {
  it.each([
    ['StringEquals', '..+....', 'a*'],
    ['StringEquals', '..+....', 'a?'],
    ['StringEqualsIgnoreCase', '..+....', 'a*'],
    ['StringNotEquals', '++.+...', 'a*'],
    ['StringNotEqualsIgnoreCase', '++.+...', 'a?'],
  ])('is a letter to %s', (operator, expected, policy) => {
    expect(marks(operator, policy, policy, 'ab')).toBe(expected)
  })
})

describe('a block of conditions', () => {
  const allowsWith = (Condition: unknown): string =>
    decide({ context: { a: '1', b: '2' } }, { identityPolicies: [allow('ecr:*', { Condition })] }).outcome

  it.each([
    ['CO-1', {}, 'Allowed'],
    ['CO-6', { StringEquals: {} }, 'Allowed'],
    ['CO-2', { StringEquals: { a: '1', b: '2' } }, 'Allowed'],
    ['CO-2', { StringEquals: { a: '1', b: '1' } }, 'ImplicitlyDenied'],
    ['CO-2', { StringEquals: { a: '1' }, StringLike: { b: '3' } }, 'ImplicitlyDenied'],
    ['CO-3', { StringNotEquals: { a: ['2', '3'] } }, 'Allowed'],
    ['CO-3', { StringNotEquals: { a: ['1', '3'] } }, 'ImplicitlyDenied'],
    ['VA-7', { StringNotEquals: { a: '${none}' } }, 'Allowed'],
    ['U-7', { StringNotEquals: { a: ['${none}', '1'] } }, 'ImplicitlyDenied'],
    ['VA-3', { StringEquals: { a: '${A}' } }, 'Allowed'],
  ])('%s: %j', (_rule, block, expected) => {
    expect(allowsWith(block)).toBe(expected)
  })
})
