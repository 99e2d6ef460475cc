/** What two documents have in common, element by element. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { intersect } from '../../../src/algebra/intersect.js'
import { parseOrThrow } from '../../../src/codec/document.js'
import { toJson } from '../../../src/model/DocumentJson.js'

const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/a'
const common = (kind: 'identity' | 'ecr-repository', base: object, left: object, right: object): unknown => {
  const document = (fields: object) =>
    parseOrThrow({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...base, ...fields } }, kind)
  const found = intersect(document(left), document(right))
  return E.isRight(found) ? toJson(found.right)['Statement'] : found.left
}

describe('everything and a list of exceptions have all but the exceptions in common', () => {
  it('of actions', () => {
    const base = { Resource: '*' }
    const expected = [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }]
    expect(common('identity', base, { Action: '*' }, { NotAction: 's3:*' })).toEqual(expected)
    expect(common('identity', base, { NotAction: 's3:*' }, { Action: '*' })).toEqual(expected)
  })
  it('of resources', () => {
    const base = { Action: 'ecr:*' }
    const expected = [{ Effect: 'Allow', Action: 'ecr:*', NotResource: repository }]
    expect(common('identity', base, { Resource: '*' }, { NotResource: repository })).toEqual(expected)
    expect(common('identity', base, { NotResource: repository }, { Resource: '*' })).toEqual(expected)
  })
})

describe('two principals have in common', () => {
  const iam = 'arn:aws:iam::111122223333'
  const sts = 'arn:aws:sts::111122223333'
  it.each([
    ['the federated user of a user', `${iam}:user/a`, `${sts}:federated-user/a`, `${sts}:federated-user/a`],
    ['the user of an account', '111122223333', `${iam}:user/a`, `${iam}:user/a`],
    ['anyone of all', '*', `${iam}:user/a`, `${iam}:user/a`],
  ])('%s', (_name, one, other, expected) => {
    const base = { Action: 'ecr:PutImage' }
    const result = [{ Effect: 'Allow', Principal: { AWS: expected }, Action: 'ecr:PutImage' }]
    const named = (AWS: string): object => ({ Principal: { AWS } })
    expect(common('ecr-repository', base, named(one), named(other))).toEqual(result)
    expect(common('ecr-repository', base, named(other), named(one))).toEqual(result)
  })

  it('nothing that is proven of a role and its session, whose path nobody tells', () => {
    const base = { Action: 'ecr:PutImage' }
    const [role, session] = [`${iam}:role/a`, `${sts}:assumed-role/a/s`]
    expect(
      common('ecr-repository', base, { Principal: { AWS: role } }, { Principal: { AWS: session } }),
    ).toMatchObject({ _tag: 'Undecided', reason: 'NotExpressible' })
  })
})
