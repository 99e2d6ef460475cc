import { expect, it } from 'vitest'
import * as Policy from '../../../src/builder/index.js'
import { Principal } from '../../../src/model/index.js'

it('a cross-account pull takes two policies and no knowledge of fp-ts', () => {
  const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
  const pull = Policy.actions(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'])

  // attached to the role that pulls, in account 444455556666
  const identityPolicy = Policy.identityOrThrow([
    Policy.allow({ action: 'ecr:GetAuthorizationToken', resource: '*' }),
    Policy.allow({ action: pull, resource: repository }),
  ])

  // attached to the repository, in account 111122223333
  const repositoryPolicy = Policy.resourceOrThrow([
    Policy.allow({ principal: Policy.role('444455556666', 'node'), action: pull }),
  ])

  expect(
    identityPolicy.statements.map(({ action, resource }) => [action.patterns, resource.patterns]),
  ).toStrictEqual([
    [['ecr:GetAuthorizationToken'], ['*']],
    [pull, [repository]],
  ])
  const [owner] = repositoryPolicy.statements
  expect(owner.principal.principals.map(Principal.show)).toStrictEqual([
    'arn:aws:iam::444455556666:role/node',
  ])
  expect(owner.resource._tag).toBe('Attached')
})
