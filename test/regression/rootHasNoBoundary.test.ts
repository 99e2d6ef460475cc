/**
 * A boundary in the environment of a root user made every Deny with NotPrincipal hit him (PR-11), although no boundary
 * can be set on a root user (PR-8). Found by the oracle property, seeds 1 and 8.
 */
import { expect, it } from 'vitest'
import { decided } from './decided.js'

const account = 'arn:aws:iam::111122223333'

const scenario = (principal: string, listed: readonly string[]) => ({
  request: {
    principal,
    action: 'ecr:BatchGetImage',
    resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
  },
  identityPolicies: [{ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }],
  permissionsBoundary: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  resourcePolicy: {
    Statement: { Effect: 'Deny', NotPrincipal: { AWS: listed }, Action: 'ecr:*', Resource: '*' },
  },
})

it('a root user is spared by the entry of his account, whatever boundary is given', () => {
  expect(decided(scenario(`${account}:root`, [`${account}:root`]))).toEqual(['Allowed', 'Allowed'])
})

it('a user with a boundary is not spared, though he and his account are listed', () => {
  expect(decided(scenario(`${account}:user/alice`, [`${account}:root`, `${account}:user/alice`]))).toEqual([
    'ExplicitlyDenied',
    'ExplicitlyDenied',
  ])
})
