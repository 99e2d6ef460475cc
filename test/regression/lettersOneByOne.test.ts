/** Letter case goes letter by letter, in names of keys as in values (RC-4, CO-S2), wherever in a word a letter stands. */
import { describe, expect, it } from 'vitest'
import { Scenario } from '../../src/index.js'
import { decide } from '../oracle/decide.js'

const scenario = (Condition: object, context: object) => ({
  request: {
    principal: 'arn:aws:iam::111122223333:role/node',
    action: 'ecr:BatchGetImage',
    resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
    context,
  },
  // an identity policy takes no such letters (U-18)
  resourcePolicy: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:*', Resource: '*', Condition }],
  },
})

describe('a letter whose lower case depends on its place', () => {
  it.each([
    [
      'a key',
      { StringEquals: { 'aws:RequestTag/a\u03a3': 'v' } },
      { 'aws:RequestTag/a\u03c3': 'v' },
      'Allowed',
    ],
    ['a value', { StringEqualsIgnoreCase: { 'aws:x': 'a\u03a3' } }, { 'aws:x': 'a\u03c3' }, 'Allowed'],
    [
      'two letters',
      { StringEqualsIgnoreCase: { 'aws:x': '\u0130' } },
      { 'aws:x': 'i\u0307' },
      'ImplicitlyDenied',
    ],
  ])('%s', (_, condition, context, outcome) => {
    const asked = scenario(condition, context)
    expect(Scenario.run(Scenario.parseOrThrow(asked)).outcome).toBe(outcome)
    expect(decide(asked as never)).toBe(outcome)
  })
})
