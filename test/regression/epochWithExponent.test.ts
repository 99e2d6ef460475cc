/**
 * The oracle read `1.7172432e9` as a date once it took exponents in numbers. A count of seconds is written plainly
 * (CO-D3), so such an operand matches nothing (U-3). Found by the oracle property, seed 11.
 */
import { expect, it } from 'vitest'
import { decided } from './decided.js'

it.each([
  ['DateEquals', '1.7172432e9', 'ImplicitlyDenied'],
  ['DateEquals', '1717243200', 'Allowed'],
  ['NumericEquals', '1.7172432e9', 'Allowed'],
])('%s against %s', (operator, operand, expected) => {
  const scenario = {
    request: {
      principal: 'arn:aws:iam::111122223333:user/alice',
      action: 'ecr:BatchGetImage',
      resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
      context: { 'aws:EpochTime': ['1717243200'] },
    },
    identityPolicies: [
      {
        Statement: {
          Effect: 'Allow',
          Action: 'ecr:*',
          Resource: '*',
          Condition: { [operator]: { 'aws:EpochTime': operand } },
        },
      },
    ],
  }
  expect(decided(scenario)).toEqual([expected, expected])
})
