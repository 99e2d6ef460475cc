import { Scenario, Simulator } from 'ecr-policy'
import { describe, expect, it } from 'vitest'
import { decide } from '../oracle/decide.js'

/**
 * The oracle once took an empty list for a key that follows from the caller as the word that it is not there, while the
 * library let the caller tell it: two states of a key that U-1 says are one.
 */
const scenario = (context: Readonly<Record<string, readonly string[]>>) => ({
  request: { principal: 'arn:aws:iam::111122223333:user/a', action: 'ecr:PutImage', resource: '*', context },
  identityPolicies: [
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow' as const,
          Action: '*',
          Resource: '*',
          Condition: { Null: { 'aws:PrincipalArn': 'false' }, StringLike: { 'aws:username': '*' } },
        },
      ],
    },
  ],
})

describe('a key that follows from the caller is there, whether the request leaves it out or gives it no values (U-1, RC-6)', () => {
  it.each([
    ['left out', {}],
    ['without values', { 'aws:PrincipalArn': [], 'AWS:userName': [] }],
  ])('%s', (_, context) => {
    const { environment, request } = Scenario.parseOrThrow(scenario(context))
    expect(Simulator.decide(environment, request).outcome).toBe('Allowed')
    expect(decide(scenario(context))).toBe('Allowed')
  })
})
