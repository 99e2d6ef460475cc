/** The refused steps of a verdict as their user meets them: what the API answers, and what a client makes of it. */
import { describe, expect, it } from 'vitest'
import { accessOrThrow, can, failures, Repository, type AccessInput } from '../../../src/ecr/index.js'
import { doc, granting, identity } from './documents.js'

const node = 'arn:aws:iam::111122223333:role/node'
const arn = 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app'
const app = Repository.parseOrThrow(arn)
const image = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app'
const route = 'https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/team/app'
const digest = `sha256:${'0'.repeat(64)}`
const full = doc(identity('Allow', ['*'], ['*']))

const of = (policies: Omit<AccessInput, 'principal'>, principal = node) =>
  accessOrThrow({ principal, ...policies })

const notAllowed = (action: string, resource = arn): string =>
  `User: ${node} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`

const clients = (id: 'pull' | 'push' | 'tag-list' | 'catalog' | 'retag-api'): readonly unknown[] =>
  failures(can(id, of({}), app)).map(({ action, client }) => [action, client])

describe('what a client prints', () => {
  const token = [
    'ecr:GetAuthorizationToken',
    `Error response from daemon: Head "${route}/manifests/latest": no basic auth credentials`,
  ]
  const denied = (action: string) => [action, `denied: ${notAllowed(action)}`]

  it('on a pull', () => {
    expect(clients('pull')).toEqual([
      token,
      [
        'ecr:BatchGetImage',
        `Error response from daemon: pull access denied for ${image}, repository does not exist or may require 'docker login': denied: ${notAllowed('ecr:BatchGetImage')}`,
      ],
      [
        'ecr:GetDownloadUrlForLayer',
        `failed to copy: httpReadSeeker: failed open: unexpected status from GET request to ${route}/blobs/${digest}: 403 Forbidden`,
      ],
    ])
  })

  it('on a push, where HEAD of the manifest has no body', () => {
    expect(clients('push')).toEqual([
      token,
      [
        'ecr:BatchCheckLayerAvailability',
        'error parsing HTTP 403 response body: unexpected end of JSON input: ""',
      ],
      ...['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'].map(denied),
      [
        'ecr:PutImage',
        `failed commit on ref "manifest-${digest}": unexpected status from PUT request to ${route}/manifests/latest: 403 Forbidden`,
      ],
      [
        'ecr:BatchGetImage',
        `failed to push ${image}: unexpected status from HEAD request to ${route}/manifests/latest: 403 Forbidden`,
      ],
    ])
  })

  it('when tags are listed; of the catalog and of other services nothing is known', () => {
    expect(clients('tag-list')).toEqual([token, denied('ecr:ListImages')])
    expect(clients('catalog')).toEqual([['ecr:DescribeRepositories', undefined]])
  })

  it('is nothing for a service, nor for ECR Public', () => {
    const byService = failures(can('pull', of({}, 'lambda.amazonaws.com'), app))
    expect(byService.map(({ client }) => client)).toEqual([undefined, undefined])
    const site = Repository.parsePublicOrThrow('arn:aws:ecr-public::111122223333:repository/site')
    expect(failures(can('public-push', of({}), site)).map(({ client }) => client)).not.toContain(
      expect.anything(),
    )
  })
})

describe('what the API answers', () => {
  const [action, resource] = ['ecr:GetAuthorizationToken', '*']
  const first = (policies: Omit<AccessInput, 'principal'>, principal = node) => {
    const [failure] = failures(can('pull', of(policies, principal), app))
    return [failure?.api, failure?.policyType, failure?.explicit]
  }
  const called = `An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: `

  it('names operation, caller, action, resource and the type of policy', () => {
    expect(first({})).toEqual([`${called}${notAllowed(action, resource)}`, 'IdentityPolicy', false])
  })

  it('a silent SCP is said to deny (EX-41)', () => {
    const none = doc(identity('Allow', ['s3:*'], ['*']))
    expect(first({ identityPolicies: [full], serviceControlPolicies: [[none]] })).toEqual([
      `${called}User: ${node} is not authorized to perform: ${action} on resource: * with an explicit deny in a service control policy`,
      'ServiceControlPolicy',
      true,
    ])
  })

  it('of what can never be it gives no reason', () => {
    const open = { resourcePolicy: doc(granting('Allow', ['*'], ['ecr:*'])) }
    expect(first(open, 'anonymous')).toEqual([
      `${called}User: anonymous is not authorized to perform: ${action} on resource: *`,
      undefined,
      undefined,
    ])
  })
})

describe('a token that is allowed, but not on `*` (EC-1)', () => {
  const scoped = doc(identity('Allow', ['ecr:GetAuthorizationToken'], [arn]))
  it.each<readonly [string, Omit<AccessInput, 'principal'>, string]>([
    ['by an identity policy', { identityPolicies: [scoped] }, 'token-scoped'],
    [
      'by one of the kinds that grant nothing',
      { identityPolicies: [doc(identity('Allow', ['s3:*'], ['*']))], permissionsBoundary: scoped },
      'token-missing',
    ],
    [
      'denied there',
      { identityPolicies: [doc(identity('Deny', ['ecr:GetAuthorizationToken'], [arn]))] },
      'token-missing',
    ],
    [
      'but under a condition that fails',
      {
        identityPolicies: [
          doc(identity('Allow', ['ecr:*'], ['*'], ['StringEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'])),
        ],
      },
      'token-missing',
    ],
  ])('%s: %s', (_, policies, id) => {
    expect(failures(can('pull', of(policies), app))[0]?.id).toBe(id)
  })

  it('is told of nothing else that is allowed elsewhere', () => {
    const elsewhere = identity('Allow', ['ecr:BatchGetImage'], [`${arn}s`])
    const token = identity('Allow', ['ecr:GetAuthorizationToken'], ['*'])
    expect(failures(can('pull', of({ identityPolicies: [doc(token, elsewhere)] }), app))[0]?.id).toBe(
      'pull-missing',
    )
  })
})
