import { Scenario } from 'ecr-policy'
import { describe, expect, it } from 'vitest'
import { decide } from '../oracle/decide.js'

/**
 * A role's name alone once freed it from SCPs and RCPs, though its path was known and was not that of service-linked
 * roles: anybody may name a role so.
 */
const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ecr:*', Resource: '*' } }
const deny = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 'ecr:*', Resource: '*' } }
const denyAll = { Version: '2012-10-17', Statement: { ...deny.Statement, Principal: '*' } }
const account = 'arn:aws:iam::111122223333'

const scenario = (principal: string, principalArn?: string) => ({
  request: {
    principal,
    action: 'ecr:BatchGetImage',
    resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
    context: principalArn === undefined ? {} : { 'aws:PrincipalArn': [principalArn] },
  },
  identityPolicies: [allow],
})

describe('a role is service-linked by its path, or by its name where the path is not known (SC-6, RP-5)', () => {
  const session = 'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/s'
  it.each([
    ['the name in another path', scenario(`${account}:role/AWSServiceRoleForX`), 'ExplicitlyDenied'],
    [
      'a session with another path',
      scenario(session, `${account}:role/x/AWSServiceRoleForX`),
      'ExplicitlyDenied',
    ],
    ['a session whose path is not known', scenario(session), 'Allowed'],
    ['the path', scenario(`${account}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`), 'Allowed'],
    [
      'a session with the path',
      scenario(session, `${account}:role/aws-service-role/x.amazonaws.com/Y`),
      'Allowed',
    ],
  ])('%s', (_name, asked, outcome) => {
    for (const json of [
      { ...asked, serviceControlPolicies: [[allow, deny]] },
      { ...asked, resourceControlPolicies: [[denyAll]] },
    ]) {
      expect(Scenario.run(Scenario.parseOrThrow(json)).outcome).toBe(outcome)
      expect(decide(json as Parameters<typeof decide>[0])).toBe(outcome)
    }
  })
})
