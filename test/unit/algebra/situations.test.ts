/** To which class of situations a request belongs. */
import { describe, expect, it } from 'vitest'
import { actionClass, callerClass, relationOf } from '../../../src/algebra/situations.js'
import { parseScenarioOrThrow } from '../../../src/codec/index.js'
import { traits } from '../../../src/simulator/flow.js'

const own = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
const foreign = own.replace('111122223333', '444455556666')
const iam = 'arn:aws:iam::111122223333'
const asking = (principal: string, resource: string) =>
  traits(parseScenarioOrThrow({ request: { principal, action: 'ecr:PutImage', resource } }).request)

describe('the class of a request', () => {
  it.each([
    [`${iam}:user/alice`, own, 'User', 'SameAccount'],
    [`${iam}:user/alice`, foreign, 'User', 'CrossAccount'],
    [`${iam}:user/alice`, own.replace('aws', 'aws-cn'), 'User', 'CrossPartition'],
    [`${iam}:user/alice`, '*', 'User', 'Free'],
    [`${iam}:role/node`, own, 'RoleSession', 'SameAccount'],
    [`${iam}:role/aws-service-role/ecr.amazonaws.com/node`, own, 'ServiceLinkedRole', 'SameAccount'],
    [`${iam}:root`, foreign, 'RootUser', 'CrossAccount'],
    ['arn:aws:sts::111122223333:federated-user/alice', own, 'FederatedUser', 'SameAccount'],
    ['lambda.amazonaws.com', own, 'Unaffiliated', 'Free'],
    ['accounts.google.com', foreign, 'Unaffiliated', 'Free'],
    ['anonymous', '*', 'Unaffiliated', 'Free'],
  ])('%s on %s: %s, %s', (principal, resource, caller, relation) => {
    const found = asking(principal, resource)
    expect([callerClass(found), relationOf(found)]).toEqual([caller, relation])
  })

  it.each([
    ['ecr:replicateimage', 'ecr:replicateimage'],
    ['ecr:putimage', 'ecr:'],
    ['kms:retiregrant', 'kms:retiregrant'],
    ['kms:decrypt', ':'],
    ['sts:assumerole', 'sts:'],
    ['s3:getobject', 's3:'],
    ['sqs:sendmessage', ':'],
    ['ecr-public:putimage', ':'],
  ])('action %s: %s', (action, expected) => {
    expect(actionClass(action)).toBe(expected)
  })
})
