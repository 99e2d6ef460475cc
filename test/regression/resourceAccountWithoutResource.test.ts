/**
 * The oracle took a request without resource for a cross-account one when it gave a resource account; no resource is
 * named, so no other account is asked (U-13). Found by the oracle property, seeds 3, 7 and 10.
 */
import { expect, it } from 'vitest'
import { decided } from './decided.js'

it('an action without resource is decided in the account of the caller', () => {
  const scenario = {
    request: {
      principal: 'arn:aws:iam::444455556666:user/alice',
      action: 'ecr:GetAuthorizationToken',
      resource: '*',
      resourceAccount: '111122223333',
    },
    identityPolicies: [
      { Statement: { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' } },
    ],
  }
  expect(decided(scenario)).toEqual(['Allowed', 'Allowed'])
})
