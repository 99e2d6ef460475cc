import { Algebra, Document, Scenario } from 'ecr-policy'
import { describe, expect, it } from 'vitest'

const alice = 'arn:aws:iam::111122223333:user/alice'
const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
const allow = (action: string) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: action, Resource: '*' },
})
const grant = (action: string) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: '*', Action: action },
})

const outcome = (request: object, policies: object): string =>
  Scenario.run(Scenario.parseOrThrow({ request: { principal: alice, ...request }, ...policies })).outcome

describe('choices about what a request leaves open', () => {
  it.each([
    ['a repository', { action: 'ecr:BatchGetImage', resource: repository }, 'Allowed'],
    ['a login', { action: 'ecr:GetAuthorizationToken', resource: '*' }, 'ImplicitlyDenied'],
  ])('U-27: an endpoint statement without Resource, asked about %s', (_name, request, expected) => {
    const policies = { identityPolicies: [allow('ecr:*')], endpointPolicies: [grant('ecr:*')] }
    expect(outcome(request, policies)).toBe(expected)
  })

  it.each([
    ['unknown', {}, 'ImplicitlyDenied'],
    ["the caller's", { resourceAccount: '111122223333' }, 'Allowed'],
  ])('U-28: a bucket whose owner is %s', (_name, owner, expected) => {
    const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key', ...owner }
    expect(outcome(request, { identityPolicies: [allow('s3:*')] })).toBe(expected)
  })

  it('U-29: the policy of the resource is taken at its word, be it a registry policy', () => {
    const request = { action: 'ecr:CreateRepository', resource: repository }
    expect(outcome(request, { resourcePolicy: grant('ecr:CreateRepository') })).toBe('Allowed')
  })

  it('U-30: a key has several values only where AWS or a set qualifier says so', () => {
    const when = (condition: object) => ({
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: condition,
    })
    const split = (key: string) =>
      Document.parseOrThrow({
        Statement: [when({ StringEquals: { [key]: 'a' } }), when({ StringNotEquals: { [key]: 'a' } })],
      })
    const all = Document.parseOrThrow({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } })
    expect(Algebra.compare(split('aws:PrincipalTag/team'), all).relation).toBe('Equivalent')
    expect(Algebra.compare(split('aws:TagKeys'), all).relation).toBe('Narrower')
  })
})
