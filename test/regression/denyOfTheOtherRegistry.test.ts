/**
 * Where a token is refused by the registry policy of one of two repositories, the repair showed the statement that stands in
 * the same position of the other one's. Found by mutation testing.
 */
import { expect, it } from 'vitest'
import { parseOrThrow } from '../../src/codec/index.js'
import { accessOrThrow, renderRepair, repair, Repository } from '../../src/ecr/index.js'

const held = (region: string, Action: string) => ({
  repository: Repository.parseOrThrow(`arn:aws:ecr:${region}:111122223333:repository/app`),
  registryPolicy: parseOrThrow(
    { Version: '2012-10-17', Statement: { Effect: 'Deny', Principal: '*', Action, Resource: '*' } },
    'ecr-registry',
  ),
})

it('a repair shows the Deny that refused', () => {
  const full = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }
  const access = accessOrThrow({
    principal: 'arn:aws:iam::111122223333:role/node',
    identityPolicies: [parseOrThrow(full, 'identity')],
  })
  const mend = repair('copy-crane', access, {
    source: held('eu-west-1', 'ecr:DeleteRepository'),
    destination: held('us-east-1', 'ecr:GetAuthorizationToken'),
  })
  expect(
    renderRepair(mend)
      .split('\n')
      .filter((line) => line.includes('!')),
  ).toEqual(['    ! {"Effect":"Deny","Principal":"*","Action":"ecr:GetAuthorizationToken","Resource":"*"}'])
})
