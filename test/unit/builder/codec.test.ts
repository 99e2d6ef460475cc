import { expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import * as Policy from '../../../src/builder/index.js'
import { parse } from '../../../src/codec/index.js'
import { toJson } from '../../../src/model/DocumentJson.js'
import { Document } from '../../../src/model/index.js'

const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'

it('what the builder makes is read back as it was made', () => {
  const identity = Policy.identityOrThrow([
    Policy.allow({ sid: 'a', action: ['ecr:Get*', 's3:GetObject'], resource: [repository, '*'] }),
    Policy.deny({
      notAction: 'ecr:PutImage',
      notResource: `arn:aws:s3:::home/${Policy.variable('aws:username', 'nobody')}`,
      condition: [Policy.bool('aws:SecureTransport', false), Policy.inOrganization(['o-1', 'o-2'])],
    }),
  ])
  const resource = Policy.resourceOrThrow([
    Policy.allow({
      principal: [Policy.service('a.b'), Policy.role('111122223333', 'x'), Policy.account('111122223333')],
      action: 'ecr:BatchGetImage',
    }),
    Policy.deny({ notPrincipal: Policy.everyone, action: '*', resource: repository }),
  ])
  const readBack = (document: Document.Document, kind: 'identity' | 'resource') =>
    E.map((read: Document.Document) => Document.Eq.equals(read, document))(parse(toJson(document), kind))
  expect(readBack(identity, 'identity')).toStrictEqual(E.right(true))
  expect(readBack(resource, 'resource')).toStrictEqual(E.right(true))
})

it('builder and codec point to the same place', () => {
  const broken = [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Allow', Action: ['*', 'x'], Resource: ['y'], Condition: { NumericEquel: { k: ['v'] } } },
  ]
  const built = Policy.identity([
    Policy.allow({ action: '*', resource: '*' }),
    Policy.allow({
      action: ['*', Policy.action('x')],
      resource: 'y',
      condition: [{ operator: 'NumericEquel', key: 'k', values: ['v'] }],
    }),
  ])
  const read = parse({ Version: '2012-10-17', Statement: broken }, 'identity')
  const places = (
    result: E.Either<readonly { readonly code: string; readonly pointer: string }[], unknown>,
  ) => (E.isLeft(result) ? result.left.map(({ code, pointer }) => `${code} ${pointer}`).sort() : [])
  expect(places(built)).toHaveLength(3)
  expect(places(built)).toStrictEqual(places(read))
})
