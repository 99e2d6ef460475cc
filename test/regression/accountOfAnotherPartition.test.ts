/**
 * An account given by its id was named in the partition `aws` where a statement of its grant has no repository in it, so that
 * the endpoint policy of a grant in China let no token through, and the command to attach a policy named one that there is not.
 * Found by mutation testing.
 */
import { expect, it } from 'vitest'
import { accessOrThrow, canPull, explainGrant, grantOrThrow, Repository } from '../../src/ecr/index.js'
import type { Document } from '../../src/model/index.js'

const arn = 'arn:aws-cn:ecr:cn-north-1:111122223333:repository/app'
const grant = grantOrThrow({
  operations: 'pull',
  principals: '111122223333',
  repositories: arn,
  endpoint: true,
})
const documentAt = (tag: string) => grant.policies.find(({ place }) => place._tag === tag)?.document

it('a role of the account pulls through the endpoint', () => {
  const held = accessOrThrow({
    principal: 'arn:aws-cn:iam::111122223333:role/node',
    identityPolicies: [documentAt('IdentityPolicy') as Document.IdentityDocument],
    endpointPolicies: [documentAt('VpcEndpointPolicy') as Document.ResourceDocument],
  })
  expect(canPull(held, Repository.parseOrThrow(arn)).allowed).toBe(true)
})

it('the policy is attached by the ARN that it has there', () => {
  expect(explainGrant(grant)).toContain(
    '--role-name ROLE --policy-arn arn:aws-cn:iam::111122223333:policy/ecr-111122223333',
  )
})
