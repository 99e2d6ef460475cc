/** Where the canonical form is claimed to be the only one, and where another document may say the same otherwise. */
import { describe, expect, it } from 'vitest'
import { canonical } from '../../../src/algebra/canonical.js'
import { parseOrThrow } from '../../../src/codec/document.js'
import { toJson } from '../../../src/model/DocumentJson.js'

const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/a'
const reached = (...statements: readonly object[]): boolean => {
  const written = statements.map((fields) => ({
    Effect: 'Allow',
    Action: 'ecr:PutImage',
    Resource: repository,
    ...fields,
  }))
  const kind = statements.some((fields) => 'Principal' in fields || 'NotPrincipal' in fields)
    ? 'ecr-repository'
    : 'identity'
  return canonical(parseOrThrow({ Version: '2012-10-17', Statement: written }, kind)).reached
}
const when = (operator: string, value: unknown, key = 'aws:RequestTag/a'): object => ({
  Condition: { [operator]: { [key]: value } },
})
const resource = (Resource: string): object => ({ Resource })

describe('the canonical form', () => {
  it.each<[string, object]>([
    ['a plain statement', {}],
    ['any action', { Action: '*' }],
    ['actions of a service', { Action: 'ecr:*' }],
    ['actions that begin alike', { Action: 'ecr:Get*' }],
    ['actions of services that begin alike', { Action: 'e*:*' }],
    ['any resource', resource('*')],
    ['resources that begin alike', resource(`${repository}*`)],
    ['any Region and account', resource('arn:aws:ecr:*:*:repository/a')],
    ['no Region nor account', resource('arn:aws:s3:::a')],
    ['a text', when('StringEquals', 'x')],
    ['two texts', when('StringEquals', ['x', 'y'])],
    ['a pattern', when('StringLike', 'x*')],
    ['a pattern of texts that end alike', when('StringLike', '*x')],
    ['a truth', when('Bool', 'true', 'aws:SecureTransport')],
    ['everybody', { Principal: '*', Resource: undefined }],
    ['an account', { Principal: { AWS: '111122223333' }, Resource: undefined }],
    ['two accounts', { Principal: { AWS: ['111122223333', '444455556666'] }, Resource: undefined }],
    ['a role', { Principal: { AWS: 'arn:aws:iam::111122223333:role/a' }, Resource: undefined }],
    ['a service', { Principal: { Service: 'lambda.amazonaws.com' }, Resource: undefined }],
  ])('is the only one for %s', (_name, fields) => {
    expect(reached(fields)).toBe(true)
  })

  it.each<[string, object]>([
    ['actions that are left out', { Action: undefined, NotAction: 'ecr:PutImage' }],
    ['an action with a single wildcard', { Action: 'ecr:PutImag?' }],
    ['an action with two runs', { Action: 'ecr:Put**' }],
    ['any action of any service', { Action: '*:*' }],
    ['an action with a blank', { Action: 'ecr:Put Image' }],
    ['resources that are left out', { Resource: undefined, NotResource: repository }],
    ['a resource with a single wildcard', resource(`${repository}?`)],
    ['a resource with two runs', resource(`${repository}**`)],
    ['any partition', resource('arn:*:ecr:eu-west-1:111122223333:repository/a')],
    ['a part of a Region', resource('arn:aws:ecr:eu-*:111122223333:repository/a')],
    ['a part of an account', resource('arn:aws:ecr:eu-west-1:1111*:repository/a')],
    ['an ARN of too few parts', resource('arn:aws:ecr:eu-west-1:111122223333:')],
    ['an ARN that ends with the account', resource('arn:aws:ecr:eu-west-1:111122223333')],
    ['a variable in a resource', resource(`${repository}/\${aws:username}`)],
    ['a variable in a condition', when('StringEquals', '${aws:username}')],
    ['any of several values', when('ForAnyValue:StringEquals', 'x')],
    ['all values', when('ForAllValues:StringEquals', 'x')],
    ['a key that may be missing', when('StringEqualsIfExists', 'x')],
    ['no value', when('StringEquals', [])],
    ['a single wildcard in a pattern', when('StringLike', 'x?')],
    ['a pattern of all', when('StringLike', '*')],
    ['two runs in a pattern', when('StringLike', 'x**')],
    ['letters of any case', when('StringEqualsIgnoreCase', 'x')],
    ['another text', when('StringNotEquals', 'x')],
    ['a number', when('NumericEquals', '1')],
    ['a truth as a text', when('StringEquals', 'true')],
    ['a text as a truth', when('Bool', 'x')],
    ['what follows from the caller', when('StringEquals', 'a', 'aws:username')],
    ['the owner', when('StringEquals', '111122223333', 'aws:ResourceAccount')],
    ['a key that is tested twice', { Condition: { StringEquals: { a: 'x' }, StringLike: { A: 'x*' } } }],
    ['a unique id', { Principal: { AWS: 'AIDACKCEVSQ6C2EXAMPLE' }, Resource: undefined }],
    ['another partition', { Principal: { AWS: 'arn:aws-cn:iam::111122223333:role/a' }, Resource: undefined }],
    ['callers that are left out', { Effect: 'Deny', NotPrincipal: '*', Resource: undefined }],
  ])('is perhaps not the only one for %s', (_name, fields) => {
    expect(reached(fields)).toBe(false)
  })

  it('is perhaps not the only one where a key is tested as a truth and as a text', () => {
    const [truth, words] = [when('Bool', 'true', 'a'), when('StringEquals', 'x', 'a')]
    expect([reached(truth), reached(words), reached(truth, { Action: 'ecr:GetImage', ...words })]).toEqual([
      true,
      true,
      false,
    ])
  })
})

describe('the smaller spelling of the same', () => {
  const spelled = (version: string, fields: object): object => {
    const Statement = { Effect: 'Allow', Action: 'ecr:PutImage', Resource: repository, ...fields }
    return toJson(canonical(parseOrThrow({ Version: version, Statement }, 'identity')).document)
  }

  it('has keys in lower case, also those that are tested twice', () => {
    const tests = { StringEquals: { 'V:A': ['x', 'y'] }, StringLike: { 'V:A': ['y', 'z'] } }
    expect(spelled('2012-10-17', { Condition: tests })).toMatchObject({
      Statement: [{ Condition: { StringLike: { 'v:a': 'y' } } }],
    })
  })

  it('is of the older version where the newer one has no such text', () => {
    expect(spelled('2008-10-17', resource(`${repository}$`))).toMatchObject({ Version: '2012-10-17' })
    const odd = resource('arn:aws:ecr:${:111122223333:repository/a')
    expect(spelled('2008-10-17', odd)).toMatchObject({ Version: '2008-10-17' })
  })
})
