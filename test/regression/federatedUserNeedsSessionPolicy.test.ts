/**
 * A grant to the IAM user behind a federated user let the federated user in without any session policy. SA-7: an
 * implicit deny of the session blocks such a grant, and SE-3: without session policy the session allows nothing.
 * Found by the oracle property, seeds 2, 4, 5, 6, 9, 11 and 12.
 */
import { expect, it } from 'vitest'
import { decided } from './decided.js'

const account = 'arn:aws:iam::111122223333'
const sts = 'arn:aws:sts::111122223333'

const scenario = (granted: string, more: object = {}) => ({
  request: {
    principal: `${sts}:federated-user/alice`,
    action: 'ecr:BatchGetImage',
    resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
  },
  identityPolicies: [{ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }],
  resourcePolicy: {
    Statement: { Effect: 'Allow', Principal: { AWS: granted }, Action: 'ecr:*', Resource: '*' },
  },
  ...more,
})

const sessionPolicies = [{ Statement: { Effect: 'Allow', Action: 'ecr:*', Resource: '*' } }]

it.each([
  ['the IAM user, no session policy', `${account}:user/alice`, {}, 'ImplicitlyDenied'],
  ['the IAM user, and a session policy that allows', `${account}:user/alice`, { sessionPolicies }, 'Allowed'],
  ['the federated user himself, no session policy', `${sts}:federated-user/alice`, {}, 'Allowed'],
])('a grant to %s', (_, granted, more, expected) => {
  expect(decided(scenario(granted, more))).toEqual([expected, expected])
})

it('the same holds where the policy of the resource must allow (KM-1)', () => {
  const key = {
    ...scenario(`${account}:user/alice`),
    request: {
      principal: `${sts}:federated-user/alice`,
      action: 'kms:Decrypt',
      resource: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b',
    },
    resourcePolicy: {
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: `${account}:user/alice` },
        Action: 'kms:*',
        Resource: '*',
      },
    },
  }
  expect(decided(key)).toEqual(['ImplicitlyDenied', 'ImplicitlyDenied'])
})
