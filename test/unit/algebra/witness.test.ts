/** A witness is a request that somebody might make: whatever the documents do not ask of it is ordinary. */
import { describe, expect, it } from 'vitest'
import { isNoBroader } from '../../../src/algebra/compare.js'
import { parseOrThrow } from '../../../src/codec/index.js'
import { actions } from '../../../src/ecr/data/actions.js'
import { Caller, Context, type Request } from '../../../src/model/index.js'

const nothing = parseOrThrow(
  { Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' } },
  'resource',
)

/** Shows that something is allowed. */
const witnessOf = (fields: object): Request.Request => {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'glue:GetJob', Resource: '*', ...fields }
  const verdict = isNoBroader(
    parseOrThrow({ Version: '2012-10-17', Statement: statement }, 'resource'),
    nothing,
  )
  if (verdict._tag !== 'No') throw new Error(verdict._tag)
  return verdict.witness
}
const resourceOf = ({ resource }: Request.Request): string => (resource === '*' ? '*' : resource.text)
const callerOf = (Condition: object): string => Caller.show(witnessOf({ Condition }).principal)

describe('the resource of a witness', () => {
  it.each([
    ['*', 'arn:aws:ecr:us-east-1:111122223333:repository/example'],
    ['s3:GetObject', 'arn:aws:s3:::example/example'],
    ['s3:ListAllMyBuckets', '*'],
    ['sts:AssumeRole', 'arn:aws:iam::111122223333:role/example'],
    ['sts:GetCallerIdentity', '*'],
    ['iam:GetRole', 'arn:aws:iam::111122223333:role/example'],
    ['lambda:InvokeFunction', 'arn:aws:lambda:us-east-1:111122223333:function:example'],
    ['sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:example'],
    ['sns:Publish', 'arn:aws:sns:us-east-1:111122223333:example'],
    ['kms:Decrypt', 'arn:aws:kms:us-east-1:111122223333:key/example'],
    ['dynamodb:GetItem', 'arn:aws:dynamodb:us-east-1:111122223333:table/example'],
    ['ec2:StopInstances', 'arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0'],
    ['glue:GetJob', 'arn:aws:glue:us-east-1:111122223333:example'],
  ])('of %s is %s', (action, resource) => {
    expect(resourceOf(witnessOf({ Action: action }))).toBe(resource)
  })

  it('is none just where an action of ECR takes none', () => {
    const all = Object.entries(actions)
    const without = all.flatMap(([name, { resourceless }]) => (resourceless ? [name] : []))
    expect(all.map(([name]) => name).filter((Action) => resourceOf(witnessOf({ Action })) === '*')).toEqual(
      without,
    )
  })

  it('is of the kind that a document asks for, whatever the action takes', () => {
    const Resource = 'arn:aws:s3:::bucket/key'
    expect(resourceOf(witnessOf({ Action: 'ecr:GetAuthorizationToken', Resource }))).toBe(Resource)
  })
})

describe('the action of a witness', () => {
  it.each([
    ['*', 'ecr:BatchGetImage'],
    ['ECR:PUT*E', 'ecr:putexamplee'],
    ['s3:*', 's3:example'],
    ['foo:*', 'foo:example'],
    ['ecr:putimage', 'ecr:PutImage'],
  ])('of %s is %s', (action, found) => {
    expect(witnessOf({ Action: action }).action).toBe(found)
  })

  it('is of a service that nothing is said of where there is one', () => {
    const services = ['ecr', 's3', 'ec2', 'example', 'x']
    const found = services.map(
      (_, i) =>
        witnessOf({ Action: undefined, NotAction: services.slice(0, i + 1).map((each) => `${each}:*`) })
          .action,
    )
    expect(found).toEqual(['s3:getobject', 'ec2:describeinstances', 'example:example', 'x:x', 'a:a'])
  })
})

describe('the caller of a witness', () => {
  it('is the session of a role, whose ARN is told with it (U-11)', () => {
    const { principal, context } = witnessOf({})
    expect(Caller.show(principal)).toBe('arn:aws:sts::111122223333:assumed-role/example/session')
    expect(context).toEqual(Context.make({ 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/example' }))
  })

  it.each([
    ['true', 'example.amazonaws.com'],
    ['false', 'arn:aws:iam::111122223333:root'],
  ])('is a service of the usual kind just if a service is asked for: %s', (value, caller) => {
    expect(callerOf({ Bool: { 'aws:PrincipalIsAWSService': value } })).toBe(caller)
  })

  it.each<[string, object]>([
    ['arn:aws:iam::111122223333:user/example', { StringEquals: { 'aws:PrincipalType': 'User' } }],
    [
      'arn:aws:sts::111122223333:assumed-role/example/session',
      { StringEquals: { 'aws:PrincipalType': 'AssumedRole' } },
    ],
    [
      'arn:aws:iam::999999999999:user/zq/zq0',
      {
        StringEquals: { 'aws:PrincipalType': 'User' },
        StringNotEquals: { 'aws:PrincipalAccount': '111122223333' },
      },
    ],
    [
      'arn:aws:sts::999999999999:assumed-role/zq0/zq',
      {
        StringEquals: { 'aws:PrincipalType': 'AssumedRole' },
        StringNotEquals: { 'aws:PrincipalAccount': '111122223333' },
      },
    ],
    ['zq.amazonaws.com', { Null: { 'aws:PrincipalAccount': 'true' } }],
    [
      'arn:aws:iam::111122223333:saml-provider/Example',
      { Null: { 'aws:PrincipalAccount': 'true', 'aws:PrincipalIsAWSService': 'true' } },
    ],
    ['anonymous', { StringEquals: { 'aws:PrincipalType': 'Anonymous' } }],
    [
      'arn:aws:iam::111122223333:user/team/example',
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/team/*' } },
    ],
  ])('is %s where one such is asked for', (caller, Condition) => {
    expect(callerOf(Condition)).toBe(caller)
  })

  it('keeps the resource of the action', () => {
    expect(resourceOf(witnessOf({ Principal: { Service: 'lambda.amazonaws.com' } }))).toBe(
      'arn:aws:glue:us-east-1:111122223333:example',
    )
  })

  it('is another service where a document says which', () => {
    expect(callerOf({ StringLike: { 'aws:PrincipalServiceName': 'lambda.amazonaws.*' } })).toMatch(
      /^lambda\.amazonaws\./,
    )
    expect(callerOf({ StringLike: { 'aws:PrincipalServiceName': '*.aws.internal' } })).toMatch(
      /\.aws\.internal$/,
    )
  })

  it.each([
    ['9*', '999999999999'],
    ['*0000', '999999990000'],
  ])('has an account of digits where %s is asked for', (account, found) => {
    expect(callerOf({ StringLike: { 'aws:PrincipalAccount': account } })).toBe(`arn:aws:iam::${found}:root`)
  })

  it('has other digits where the likeliest are barred', () => {
    const Condition = {
      StringLike: { 'aws:PrincipalAccount': '????99999999' },
      StringNotLike: { 'aws:PrincipalAccount': ['9*', '8*'] },
    }
    expect(callerOf(Condition)).toBe('arn:aws:iam::777799999999:root')
  })
})

it('a witness has each value of a list once', () => {
  const tests = { 'ForAnyValue:StringEquals': { 'v:a': 'x' }, 'ForAnyValue:StringLike': { 'v:a': 'y' } }
  expect(Context.get('v:a')(witnessOf({ Condition: tests }).context)).toEqual(['x', 'y'])
})
