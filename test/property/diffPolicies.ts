/** Small policies that overlap a lot, and all requests of a small universe that tells them apart. */
import fc from 'fast-check'
import type { PolicyJson, RequestJson, StatementJson } from '../oracle/statements.js'

const repository = 'arn:aws:ecr:us-east-1:111122223333:repository/'

const some = (values: readonly string[], most: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most })

const actions = some(
  ['*', 'ecr:*', 'ecr:Get*', 'ecr:*Image', 'ecr:GetImage', 'ecr:PutImage', 'ecr:Put?mage'],
  2,
)

const resources = some(
  ['*', ...['*', 'a/*', 'b/*', '*/x', 'a/x', 'b/y'].map((name) => `${repository}${name}`)],
  2,
)

const role = 'arn:aws:iam::111122223333:role/deploy'
const user = 'arn:aws:iam::444455556666:user/ann'

const principal = fc.oneof(
  fc.constant('*' as const),
  some(['111122223333', '444455556666', role, user], 2).map((AWS) => ({ AWS })),
  fc.constant({ AWS: ['444455556666', user] }),
  fc.constant({ Service: ['lambda.amazonaws.com'], AWS: [role] }),
)

const conditions: readonly NonNullable<StatementJson['Condition']>[] = [
  { StringEquals: { 'aws:PrincipalOrgID': ['o-1'] } },
  { StringNotEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } },
  { StringLikeIfExists: { 'aws:PrincipalOrgID': ['o-?', 'p'] } },
  { Null: { 'aws:PrincipalOrgID': ['true'] } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['u', 'v'] } },
  { 'ForAnyValue:StringLike': { 'aws:TagKeys': ['u*'] } },
  { StringEquals: { 'aws:TagKeys': ['u'] } },
  { Bool: { 'aws:SecureTransport': ['true'] } },
  { NumericLessThan: { 's3:max-keys': ['10'] } },
  { NumericGreaterThanEquals: { 's3:max-keys': ['5'] } },
  { StringEquals: { 'aws:PrincipalAccount': ['111122223333'] } },
  { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/*'] } },
]

const statement = (resourceType: boolean): fc.Arbitrary<StatementJson> =>
  fc
    .record({
      Effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
      action: actions,
      notAction: fc.integer({ min: 0, max: 4 }),
      resource: resources,
      notResource: fc.integer({ min: 0, max: 4 }),
      principal,
      notPrincipal: fc.integer({ min: 0, max: 3 }),
      condition: fc.option(fc.constantFrom(...conditions), { nil: undefined }),
      Sid: fc.option(fc.constantFrom('First', 'Second'), { nil: undefined, freq: 2 }),
    })
    .map(({ Effect, Sid, ...its }) => ({
      ...(Sid === undefined ? {} : { Sid }),
      Effect,
      ...(resourceType ? { [its.notPrincipal === 0 ? 'NotPrincipal' : 'Principal']: its.principal } : {}),
      [its.notAction === 0 ? 'NotAction' : 'Action']: its.action,
      [its.notResource === 0 ? 'NotResource' : 'Resource']: its.resource,
      ...(its.condition === undefined ? {} : { Condition: its.condition }),
    }))

const withoutSids = (statements: readonly StatementJson[]): readonly StatementJson[] => {
  const seen = new Set<string>()
  return statements.map(({ Sid, ...rest }) => {
    if (Sid === undefined || seen.has(Sid)) return rest
    seen.add(Sid)
    return { Sid, ...rest }
  })
}

const policy = (statements: readonly StatementJson[]): PolicyJson => ({
  Version: '2012-10-17',
  Statement: withoutSids(statements),
})

export type Pair = { readonly left: PolicyJson; readonly right: PolicyJson }

/** Two policies; every other time the second is the first with one statement put in place of another. */
export const pair: fc.Arbitrary<Pair> = fc.boolean().chain((resourceType) =>
  fc
    .record({
      first: fc.array(statement(resourceType), { minLength: 1, maxLength: 3 }),
      second: fc.array(statement(resourceType), { minLength: 1, maxLength: 3 }),
      isNear: fc.boolean(),
      place: fc.nat(2),
    })
    .map(({ first, second, isNear, place }) => ({
      left: policy(first),
      right: policy(
        isNear ? first.map((each, i) => (i === place % first.length ? (second[0] ?? each) : each)) : second,
      ),
    })),
)

const callers = [
  role,
  'arn:aws:sts::111122223333:assumed-role/other/s',
  user,
  'arn:aws:iam::444455556666:root',
  'lambda.amazonaws.com',
  'anonymous',
]

const contexts: readonly NonNullable<RequestJson['context']>[] = [
  {},
  { 'aws:PrincipalOrgID': 'o-1', 'aws:TagKeys': ['u'], 's3:max-keys': '7', 'aws:SecureTransport': 'true' },
  { 'aws:PrincipalOrgID': 'o-2', 'aws:TagKeys': ['u', 'v'], 's3:max-keys': '10' },
  { 'aws:PrincipalOrgID': 'o-33', 'aws:TagKeys': ['w'], 's3:max-keys': '4', 'aws:SecureTransport': 'false' },
  { 'aws:TagKeys': ['ux', 'w'], 's3:max-keys': 'ten', 'aws:SecureTransport': 'true' },
]

/** Every request of the universe. */
export const requests: readonly RequestJson[] = callers.flatMap((caller) =>
  ['ecr:GetImage', 'ecr:GetToken', 'ecr:PutImage', 's3:PutImage'].flatMap((action) =>
    ['a/x', 'a/y', 'b/x', undefined].flatMap((name) =>
      contexts.map((context) => ({
        principal: caller,
        action,
        resource: name === undefined ? '*' : `${repository}${name}`,
        context,
      })),
    ),
  ),
)
