import { Scenario, Simulator } from 'ecr-policy'
import { describe, expect, it } from 'vitest'
import { decide } from '../oracle/decide.js'

/**
 * An `aws:PrincipalArn` that is no ARN was once passed over, so that the role's name decided, as if the key were not
 * given. Every other text that is not the role's ARN was compared, and found different.
 */
const scenario = (given: string | undefined) => ({
  request: {
    principal: 'arn:aws:sts::111122223333:assumed-role/ci/s',
    action: 'ecr:BatchGetImage',
    resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
    context: given === undefined ? {} : { 'aws:PrincipalArn': [given] },
  },
  resourcePolicy: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow' as const,
        Principal: { AWS: 'arn:aws:iam::111122223333:role/team/ci' },
        Action: 'ecr:*',
      },
    ],
  },
})

describe('a role named with its path is compared with aws:PrincipalArn whenever the request gives it (U-11)', () => {
  it.each([
    ['its ARN', 'arn:aws:iam::111122223333:role/team/ci', 'Allowed'],
    ['another ARN', 'arn:aws:iam::111122223333:role/other/ci', 'ImplicitlyDenied'],
    [
      'an ARN with a character that no role has',
      'arn:aws:iam::111122223333:role/team/c*',
      'ImplicitlyDenied',
    ],
    ['a word', 'ci', 'ImplicitlyDenied'],
    ['nothing', undefined, 'Allowed'],
  ])('%s', (_, given, outcome) => {
    const { environment, request } = Scenario.parseOrThrow(scenario(given))
    expect(Simulator.decide(environment, request).outcome).toBe(outcome)
    expect(Simulator.compile(environment).outcome(request)).toBe(outcome)
    expect(decide(scenario(given))).toBe(outcome)
  })
})
