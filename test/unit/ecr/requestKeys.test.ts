/** Which keys each request of an operation has: those of the access that belong to it, and those that ECR supplies. */
import { describe, expect, it } from 'vitest'
import { accessOrThrow, can, Repository, type OperationId } from '../../../src/ecr/index.js'

const node = 'arn:aws:iam::111122223333:role/node'
const lambda = 'lambda.amazonaws.com'
const app = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app')
const far = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:444455556666:repository/app')
const site = Repository.parsePublicOrThrow('arn:aws:ecr-public::111122223333:repository/site')

const ofTags = ['aws:ResourceTag/a', 'ecr:ResourceTag/a', 'ecr-public:ResourceTag/a']
const ofCreation = ['aws:RequestTag/a', 'aws:TagKeys']
const ofOwner = ['aws:ResourceOrgID']
const ofSource = ['aws:SourceArn', 'aws:SourceOrgID', 'aws:SourceOrgPaths']
const ofCaller = ['aws:PrincipalOrgID', 'aws:SourceVpc']
const ofAll = ['aws:CurrentTime', 'aws:EpochTime']
const given = [ofTags, ofCreation, ofOwner, ofSource, ofCaller, ofAll].flat()

/** By action, service last: the keys of the access that a request lacks, and those that it has besides. */
const keysOf = (id: OperationId, principal: string, target: typeof app | typeof site) => {
  const held = accessOrThrow({ principal, context: Object.fromEntries(given.map((name) => [name, 'x'])) })
  return new Map(
    can(id as 'push', held, target as typeof app).steps.map(({ action, decision: { request } }) => {
      const by = request.principal._tag === 'Service' && principal !== lambda ? ' by a service' : ''
      const has = new Map(request.context.map(({ name, values }) => [name, values.join()]))
      return [
        `${action}${by}`,
        {
          without: given.filter((name) => !has.has(name)),
          with: Object.fromEntries([...has].filter(([name]) => !given.includes(name))),
        },
      ] as const
    }),
  )
}

const supplied = (region: string, more: object = {}) => ({
  'aws:RequestedRegion': region,
  'aws:SecureTransport': 'true',
  ...more,
})
const here = supplied('eu-west-1')

type Row = readonly [OperationId, string, typeof app | typeof site, string, readonly string[], object]

describe('a request has the keys of its access that belong to it', () => {
  it.each<Row>([
    ['pull-tag', node, app, 'ecr:GetAuthorizationToken', [...ofTags, ...ofCreation], here],
    ['pull-tag', node, app, 'ecr:BatchGetImage', ofCreation, here],
    ['pull-tag', node, far, 'ecr:GetAuthorizationToken', [...ofTags, ...ofCreation, ...ofOwner], here],
    ['pull-tag', node, far, 'ecr:BatchGetImage', ofCreation, here],
    ['catalog', node, app, 'ecr:DescribeRepositories', [...ofTags, ...ofCreation], here],
    ['ptc-first-pull', node, app, 'ecr:CreateRepository', ofTags, here],
    ['ptc-first-pull', node, far, 'ecr:CreateRepository', ofTags, here],
    ['ptc-first-pull', node, app, 'ecr:BatchImportUpstreamImage', ofCreation, here],
    ['lambda-cross-account', node, far, 'ecr:BatchGetImage', [...ofCreation, ...ofSource], here],
    [
      'lambda-cross-account',
      node,
      far,
      'ecr:BatchGetImage by a service',
      [...ofCreation, ...ofCaller],
      supplied('eu-west-1', { 'aws:SourceAccount': '111122223333' }),
    ],
    [
      'lambda-same-account',
      lambda,
      app,
      'ecr:BatchGetImage',
      [...ofCreation, 'aws:PrincipalOrgID'],
      supplied('eu-west-1', { 'aws:SourceAccount': '111122223333' }),
    ],
    [
      'scan-enhanced-enable',
      node,
      app,
      'iam:CreateServiceLinkedRole',
      [...ofTags, ...ofCreation],
      supplied('us-east-1', { 'iam:AWSServiceName': 'inspector2.amazonaws.com' }),
    ],
    ['scan-enhanced-enable', node, app, 'inspector2:Enable', [...ofTags, ...ofCreation], here],
    ['scan-enhanced-enable', node, far, 'inspector2:Enable', [...ofTags, ...ofCreation, ...ofOwner], here],
    [
      'public-push',
      node,
      site,
      'sts:GetServiceBearerToken',
      [...ofTags, ...ofCreation],
      supplied('us-east-1'),
    ],
    ['public-push', node, site, 'ecr-public:PutImage', ofCreation, supplied('us-east-1')],
    [
      'replication-cross-account',
      node,
      far,
      'ecr:ReplicateImage',
      [...ofCreation, ...ofSource, 'aws:SourceVpc'],
      here,
    ],
  ])('%s by %s: %s, %s', (id, principal, target, action, without, more) => {
    expect(keysOf(id, principal, target).get(action)).toEqual({
      without: given.filter((name) => without.includes(name)),
      with: more,
    })
  })

  it('whose tags the repository has, under the names of its service', () => {
    const held = accessOrThrow({ principal: node })
    const tagsOf = (id: 'pull-tag' | 'public-push', target: object) =>
      can(id as 'pull-tag', held, target as never).steps.map(({ action, decision: { request } }) => [
        action,
        ...request.context.flatMap(({ name }) => (name.includes('ResourceTag') ? [name] : [])),
      ])
    expect(tagsOf('pull-tag', { repository: { repository: app, tags: { a: 'x' } } })).toEqual([
      ['ecr:GetAuthorizationToken'],
      ['ecr:BatchGetImage', 'aws:ResourceTag/a', 'ecr:ResourceTag/a'],
      ['ecr:GetDownloadUrlForLayer', 'aws:ResourceTag/a', 'ecr:ResourceTag/a'],
    ])
    expect(
      tagsOf('public-push', { publicRepository: { repository: site, tags: { a: 'x' } } }).slice(1, 3),
    ).toEqual([
      ['sts:GetServiceBearerToken'],
      ['ecr-public:BatchCheckLayerAvailability', 'aws:ResourceTag/a', 'ecr-public:ResourceTag/a'],
    ])
  })

  it('and none that only the caller of a replication had; his organization is that of the role too', () => {
    const names =
      'PrincipalArn PrincipalTag/a PrincipalType PrincipalIsAWSService PrincipalServiceName userid username'
    const more =
      'SourceIp SourceVpce ViaAWSService CalledVia MultiFactorAuthPresent TokenIssueTime FederatedProvider'
    const kept = ['aws:PrincipalOrgID', 'aws:PrincipalOrgPaths', 'aws:PrincipalAccount', 'aws:CurrentTime']
    const context = Object.fromEntries(
      [...`${names} ${more}`.split(' ').map((name) => `aws:${name}`), ...kept].map((name) => [name, 'x']),
    )
    const [step] = can('replication-cross-account', accessOrThrow({ principal: node, context }), far).steps
    const has = step?.decision.request.context.map(({ name }) => name)
    expect(has).toEqual(expect.arrayContaining(kept))
    expect(has).toHaveLength(kept.length + 2)
    expect(step?.decision.request.principal).toEqual({
      _tag: 'RoleSession',
      partition: 'aws',
      account: '111122223333',
      path: '/aws-service-role/replication.ecr.amazonaws.com/',
      role: 'AWSServiceRoleForECRReplication',
      session: undefined,
    })
  })
})
