/** The causes of a refusal, the likeliest first: by the policy that it names, then by the action. */
import { describe, expect, it } from 'vitest'
import { likelyCauses } from '../../../src/ecr/diagnose/failure.js'

const own = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
const far = own.replace('111122223333', '444455556666')
const refusal = {
  caller: 'arn:aws:sts::111122223333:assumed-role/node/i-1',
  action: 'ecr:BatchGetImage',
  resource: own,
  policyType: undefined,
  explicit: undefined,
  policy: undefined,
} as const
const around = { isTask: false, isPush: false, isLambda: false }
const causes = (
  fields: Partial<Parameters<typeof likelyCauses>[0]>,
  places: Partial<typeof around> = {},
): string => likelyCauses({ ...refusal, ...fields }, { ...around, ...places }).join(' ')

const lambda = 'lambda.amazonaws.com'

describe('by the policy that is named', () => {
  it.each([
    ['ServiceControlPolicy', undefined, 'organization-guard-rail'],
    ['ServiceControlPolicy', true, 'organization-guard-rail'],
    ['ResourceControlPolicy', true, 'resource-guard-rail'],
    [undefined, true, 'explicit-deny organization-guard-rail'],
    ['IdentityPolicy', true, 'explicit-deny'],
    ['ResourcePolicy', true, 'explicit-deny'],
    ['VpcEndpointPolicy', false, 'endpoint-silent'],
    ['PermissionsBoundary', false, 'boundary-silent'],
    ['SessionPolicy', false, 'session-silent'],
  ] as const)('%s, explicit %s: %s', (policyType, explicit, expected) => {
    expect(causes({ policyType, explicit })).toBe(expected)
  })

  it.each(['ResourcePolicy', 'RegistryPolicy'] as const)(
    'a silent %s is the owner’s to mend across accounts, and anybody’s within one',
    (policyType) => {
      expect(causes({ policyType, explicit: false, resource: far })).toBe('owner-has-not-granted')
      expect(causes({ policyType, explicit: false })).toBe(
        'pull-missing manifest-read-missing-on-push resource-misses',
      )
    },
  )

  it('the owner has not granted to Lambda, or not the check of a tag', () => {
    const policyType = 'ResourcePolicy'
    expect(causes({ policyType }, { isLambda: true })).toBe('lambda-not-granted owner-has-not-granted')
    expect(causes({ policyType, caller: lambda })).toBe('lambda-not-granted owner-has-not-granted')
    expect(causes({ policyType, resource: far, action: 'ecr:DescribeImages' })).toBe(
      'tag-check-missing owner-has-not-granted',
    )
    expect(causes({ policyType, resource: far, action: undefined })).toBe('owner-has-not-granted')
  })
})

describe('by the action, of the caller alone', () => {
  const token = 'token-missing token-scoped token-from-repository-policy'
  it.each([
    ['ecr:GetAuthorizationToken', '*', {}, token],
    ['ecr:GetAuthorizationToken', '*', { isTask: true }, `task-start-failed ${token}`],
    ['ecr-public:GetAuthorizationToken', '*', {}, 'public-login-refused'],
    ['sts:GetServiceBearerToken', '*', {}, 'public-login-refused'],
    ['ecr:BatchGetImage', undefined, {}, 'pull-missing manifest-read-missing-on-push'],
    ['ECR:batchgetimage', undefined, { isPush: true }, 'manifest-read-missing-on-push pull-missing'],
    ['ecr:GetDownloadUrlForLayer', undefined, {}, 'layers-missing pull-missing'],
    ['ecr:DescribeRepositories', undefined, {}, 'action-not-allowed listing-all-repositories'],
    ['ecr:DescribeRepositories', own, {}, 'action-not-allowed listing-all-repositories resource-misses'],
    ['ecr:BatchCheckLayerAvailability', undefined, {}, 'layer-check-missing'],
    ['ecr:InitiateLayerUpload', undefined, {}, 'upload-missing'],
    ['ecr:UploadLayerPart', undefined, {}, 'upload-missing'],
    ['ecr:CompleteLayerUpload', undefined, {}, 'upload-missing'],
    ['ecr:PutImage', undefined, {}, 'image-put-refused'],
    ['ecr:CreateRepository', undefined, {}, 'repository-unknown action-not-allowed'],
    ['ecr:BatchImportUpstreamImage', undefined, {}, 'image-unknown action-not-allowed'],
    ['ecr:ListImages', undefined, {}, 'tag-list-missing'],
    ['ecr:DescribeImages', undefined, {}, 'tag-check-missing'],
    ['ecr:ListTagsForResource', undefined, {}, 'tool-reads-back'],
    ['ecr:GetLifecyclePolicy', undefined, {}, 'tool-reads-back'],
    ['ecr:GetRepositoryPolicy', undefined, {}, 'tool-reads-back'],
    ['s3:GetObject', 'arn:aws:s3:::bucket/key', {}, 'layer-bucket-refused'],
    ['ecr:TagResource', undefined, {}, 'action-not-allowed'],
    [undefined, undefined, {}, 'action-not-allowed'],
  ])('%s on %s, %j: %s', (action, resource, places, expected) => {
    expect(causes({ action, resource }, places)).toBe(expected)
  })

  it('Lambda is granted by the owner, whatever it does', () => {
    expect(causes({ caller: lambda, resource: undefined })).toBe('lambda-not-granted')
  })
  it('who lists repositories lists all of them', () => {
    const all = own.replace('app', '*')
    expect(causes({ action: 'ecr:DescribeRepositories', resource: all, policyType: 'IdentityPolicy' })).toBe(
      'listing-all-repositories resource-misses',
    )
  })
})

describe('on a repository', () => {
  const action = 'ecr:PutImage'
  it('the resource of the statement may be another one', () => {
    expect(causes({ action })).toBe('image-put-refused resource-misses')
    expect(causes({ action, policyType: 'IdentityPolicy' })).toBe('image-put-refused resource-misses')
  })
  it('of another account, either side may be missing, unless the message names one', () => {
    const resource = own.replace('111122223333', '444455556666')
    expect(causes({ action, resource })).toBe(
      'caller-side-missing image-put-refused owner-has-not-granted resource-misses',
    )
    expect(causes({ action, resource, policyType: 'IdentityPolicy' })).toBe(
      'caller-side-missing image-put-refused resource-misses',
    )
  })
  it('of an account that nothing tells, it is taken for the caller’s own', () => {
    expect(causes({ action, caller: undefined })).toBe('image-put-refused resource-misses')
    expect(causes({ action, caller: 'node' })).toBe('image-put-refused resource-misses')
  })
})
