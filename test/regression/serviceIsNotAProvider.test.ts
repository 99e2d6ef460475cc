/**
 * A host name under `Federated` in a policy named the service that bears the same host name (PR-7, ST-4).
 * Found by the oracle property, seeds 5, 7, 8 and 10.
 */
import { expect, it } from 'vitest'
import { decided } from './decided.js'

const request = {
  principal: 'lambda.amazonaws.com',
  action: 'ecr:BatchGetImage',
  resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
}

const policy = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements })

it('a Deny of an identity provider spares the service of the same host name', () => {
  const allow = {
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'ecr:BatchGetImage',
    Resource: '*',
  }
  const deny = { ...allow, Effect: 'Deny', Principal: { Federated: 'lambda.amazonaws.com' } }
  expect(decided({ request, resourcePolicy: policy(allow, deny) })).toEqual(['Allowed', 'Allowed'])
})

it('an Allow for everybody but an identity provider reaches the service of the same host name', () => {
  const statement = {
    Effect: 'Allow',
    NotPrincipal: { Federated: 'lambda.amazonaws.com' },
    Action: 'ecr:BatchGetImage',
    Resource: '*',
  }
  expect(decided({ request, resourcePolicy: policy(statement) })).toEqual(['Allowed', 'Allowed'])
})

it('an Allow for a service says nothing of the identity provider of the same host name', () => {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'accounts.google.com' },
    Action: 'ecr:BatchGetImage',
    Resource: '*',
  }
  const provider = { ...request, principal: 'accounts.google.com' }
  expect(decided({ request: provider, resourcePolicy: policy(statement) })).toEqual([
    'ImplicitlyDenied',
    'ImplicitlyDenied',
  ])
})
