import { describe, expect, it } from 'vitest'
import { Operator, Problem } from '../../../src/model/index.js'

const names = Object.keys(Operator.operators) as readonly Operator.OperatorName[]
const negated = [
  'StringNotEquals',
  'StringNotEqualsIgnoreCase',
  'StringNotLike',
  'NumericNotEquals',
  'DateNotEquals',
  'NotIpAddress',
  'ArnNotEquals',
  'ArnNotLike',
]

describe('the table of operators (CO-4, CO-R1, GR-14)', () => {
  it('has 27 names, of which these are negated', () => {
    expect(names.length).toBe(27)
    expect(names.filter((name) => Operator.operators[name].negated)).toStrictEqual(negated)
  })

  it.each([
    ['ArnEquals', 'ArnLike'],
    ['ArnNotEquals', 'ArnNotLike'],
  ] as const)('%s means what %s means', (a, b) => {
    expect(Operator.operators[a]).toStrictEqual(Operator.operators[b])
  })
})

describe('an operator is read with its qualifier and suffix', () => {
  it('each of the 159 spellings, and shown the same', () => {
    expect(Operator.operatorTexts.length).toBe(26 * 6 + 3)
    const shown = Operator.operatorTexts.map((text) => {
      const operator = Operator.parse(text)
      return operator === undefined ? 'unknown' : Operator.show(operator)
    })
    expect(shown).toStrictEqual(Operator.operatorTexts)
  })

  it.each([
    ['StringLike', { name: 'StringLike', qualifier: 'None', ifExists: false }],
    ['ForAllValues:StringLikeIfExists', { name: 'StringLike', qualifier: 'ForAllValues', ifExists: true }],
    ['ForAnyValue:Null', { name: 'Null', qualifier: 'ForAnyValue', ifExists: false }],
  ])('%s', (text, expected) => {
    expect(Operator.parse(text)).toStrictEqual(expected)
  })

  it.each([
    'stringEquals',
    'NullIfExists', // CO-U2
    'ForAllValues:NullIfExists',
    'IfExists',
    'StringEqualsIfExistsIfExists',
    'ForAnyValue:',
    ':StringEquals',
    'forAnyValue:StringEquals',
    'ForAllValues:ForAnyValue:StringEquals',
    'StringEquals:ForAnyValue',
    'constructor',
    'toString',
    '__proto__',
    '',
  ])('%j is none', (text) => {
    expect(Operator.parse(text)).toBeUndefined()
  })

  it.each([
    ['StringEqual', '`StringEqual` is not a condition operator (did you mean `StringEquals`?)'],
    ['stringlike', '`stringlike` is not a condition operator (did you mean `StringLike`?)'],
    [
      'ForAnyValues:StringLike',
      '`ForAnyValues:StringLike` is not a condition operator (did you mean `ForAnyValue:StringLike`?)',
    ],
    ['Frobnicate', '`Frobnicate` is not a condition operator'],
  ])('%s is refused with the nearest one', (text, message) => {
    expect(Operator.unknown(text).code).toBe('InvalidConditionOperator')
    expect(Problem.show(Operator.unknown(text))).toBe(message)
  })
})

describe('the truth table, by data', () => {
  it.each([
    ['CO-4', 'StringEquals', false, 'One', false],
    ['CO-4', 'StringNotEquals', true, 'One', true],
    ['CO-I1', 'StringEqualsIfExists', true, 'One', false],
    ['CO-I2', 'StringNotEqualsIfExists', true, 'One', true],
    ['CO-M1, CO-M2', 'ForAnyValue:StringEquals', false, 'Any', false],
    ['CO-M2, CO-M5', 'ForAnyValue:StringNotEquals', false, 'Any', true],
    ['CO-M6, U-5', 'ForAnyValue:StringEqualsIfExists', false, 'Any', false],
    ['CO-M6, U-5', 'ForAnyValue:StringNotEqualsIfExists', false, 'Any', true],
    ['CO-M3, CO-M4', 'ForAllValues:StringEquals', true, 'All', false],
    ['CO-M4, CO-M5', 'ForAllValues:StringNotEquals', true, 'All', true],
    ['CO-M6', 'ForAllValues:StringEqualsIfExists', true, 'All', false],
    ['CO-B2', 'Bool', false, 'One', false],
  ] as const)('%s: %s on one policy value', (_rule, text, missing, present, isNegated) => {
    expect(Operator.truth(Operator.parse(text)!, ['v'])).toStrictEqual({
      missing,
      present,
      negated: isNegated,
    })
  })

  it.each(Operator.operatorTexts.filter((text) => !text.includes('Null')))(
    'CO-M7, U-4: %s with no policy value holds for no present key, and for a missing one as ever',
    (text) => {
      const operator = Operator.parse(text)!
      const { missing } = Operator.truth(operator, ['v'])
      expect(Operator.truth(operator, [])).toStrictEqual({
        missing,
        present: 'Never',
        negated: Operator.operators[operator.name].negated,
      })
    },
  )

  it.each([
    ['CO-U1', 'Null', ['true'], true, 'Never'],
    ['CO-U1', 'Null', ['false'], false, 'Always'],
    ['U-23', 'Null', ['TRUE'], true, 'Never'],
    ['U-23', 'Null', ['False'], false, 'Always'],
    ['CO-2', 'Null', ['true', 'false'], true, 'Always'],
    ['U-3', 'Null', ['yes'], false, 'Never'],
    ['U-4', 'Null', [], false, 'Never'],
    ['CO-U2', 'ForAllValues:Null', ['true'], true, 'Always'],
    ['CO-U2', 'ForAllValues:Null', [], true, 'Always'],
    ['CO-U2', 'ForAnyValue:Null', ['false'], false, 'Never'],
  ] as const)('%s: %s on %j', (_rule, text, values, missing, present) => {
    expect(Operator.truth(Operator.parse(text)!, values)).toStrictEqual({ missing, present, negated: false })
  })
})
