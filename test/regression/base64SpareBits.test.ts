/**
 * The oracle took `YR==` for base64 although its last four bits stand for nothing and are not zero; the simulator does
 * not read such texts, so they match nothing (CO-Y1, U-3). Found by the oracle property, seed 20248520.
 */
import { expect, it } from 'vitest'
import { decided } from './decided.js'

it.each([
  ['YQ==', 'YQ==', 'ExplicitlyDenied'],
  ['YR==', 'YR==', 'ImplicitlyDenied'],
  ['YR==', 'YQ==', 'ImplicitlyDenied'],
])('BinaryEquals %s against %s', (operand, value, expected) => {
  const scenario = {
    request: {
      principal: 'arn:aws:iam::111122223333:user/alice',
      action: 'ecr:BatchGetImage',
      resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
      context: { 'custom:Digest': [value] },
    },
    identityPolicies: [
      {
        Statement: {
          Effect: 'Deny',
          Action: 'ecr:*',
          Resource: '*',
          Condition: { BinaryEquals: { 'custom:Digest': operand } },
        },
      },
    ],
  }
  expect(decided(scenario)).toEqual([expected, expected])
})
