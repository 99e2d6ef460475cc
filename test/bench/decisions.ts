/** What decisions are measured on: policies as documents, and the same policies as functions written by hand. */
import { parseOrThrow } from '../../src/codec/index.js'
import { accessOrThrow, Repository, type Access } from '../../src/ecr/index.js'
import { Environment, Request, type Document } from '../../src/model/index.js'
import type { Simulator } from '../../src/simulator/index.js'
import { dice } from '../property/smallUniverse.js'

export const account = '111122223333'
export const caller = `arn:aws:sts::${account}:assumed-role/node/i-0abc`
const repositories = `arn:aws:ecr:eu-west-1:${account}:repository`

export const ofResource = (...statements: readonly object[]): Document.ResourceDocument =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'resource')

const ofIdentity = (...statements: readonly object[]): Document.IdentityDocument =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'identity')

// ---- a node that pulls ----

const pulls = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability']
const pushes = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage']

export const node: Access = accessOrThrow({
  principal: caller,
  identityPolicies: [
    ofIdentity(
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      { Effect: 'Allow', Action: pulls, Resource: `${repositories}/team/*` },
      { Effect: 'Allow', Action: pushes, Resource: [`${repositories}/team/app`, `${repositories}/team/web`] },
    ),
  ],
  serviceControlPolicies: [
    [
      ofIdentity(
        { Effect: 'Allow', Action: '*', Resource: '*' },
        {
          Effect: 'Deny',
          NotAction: 'iam:*',
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
        },
      ),
    ],
  ],
  resourcePolicy: ofResource(
    { Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: pulls },
    { Effect: 'Deny', Principal: '*', Action: 'ecr:DeleteRepository' },
  ),
})

const regionByHand = (request: Request.Request): boolean => {
  for (const { name, values } of request.context)
    if (name === 'aws:RequestedRegion')
      return values.length === 1 && (values[0] === 'eu-west-1' || values[0] === 'eu-central-1')
  return false
}

/** The policies of the node, as somebody would write them who knows that the caller is the node. */
export const nodeByHand = (request: Request.Request): Simulator.Outcome => {
  const { action } = request
  const text = request.resource === '*' ? '*' : request.resource.text
  if (!action.startsWith('iam:') && !regionByHand(request)) return 'ExplicitlyDenied'
  switch (action) {
    case 'ecr:DeleteRepository':
      return 'ExplicitlyDenied'
    case 'ecr:GetAuthorizationToken':
      return 'Allowed'
    case 'ecr:BatchGetImage':
    case 'ecr:GetDownloadUrlForLayer':
    case 'ecr:BatchCheckLayerAvailability':
      return text.startsWith(`${repositories}/team/`) ? 'Allowed' : 'ImplicitlyDenied'
    case 'ecr:InitiateLayerUpload':
    case 'ecr:UploadLayerPart':
    case 'ecr:CompleteLayerUpload':
    case 'ecr:PutImage':
      return text === `${repositories}/team/app` || text === `${repositories}/team/web`
        ? 'Allowed'
        : 'ImplicitlyDenied'
    default:
      return 'ImplicitlyDenied'
  }
}

const allowedByHand = (action: string, resource: string, region: string): boolean => {
  if (region !== 'eu-west-1' && region !== 'eu-central-1') return false
  switch (action) {
    case 'ecr:GetAuthorizationToken':
      return true
    case 'ecr:BatchGetImage':
    case 'ecr:GetDownloadUrlForLayer':
    case 'ecr:BatchCheckLayerAvailability':
      return resource.startsWith(`${repositories}/team/`)
    case 'ecr:InitiateLayerUpload':
    case 'ecr:UploadLayerPart':
    case 'ecr:CompleteLayerUpload':
    case 'ecr:PutImage':
      return resource === `${repositories}/team/app` || resource === `${repositories}/team/web`
    default:
      return false
  }
}

const actionsByHand = {
  pull: ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  push: ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:BatchCheckLayerAvailability', ...pushes],
} as const

/** A whole pull or push: every action on the repository's ARN. */
export const checkByHand = (
  operation: 'pull' | 'push',
  { account: owner, name, partition, region }: Repository.Repository,
): boolean => {
  const resource = `arn:${partition}:ecr:${region}:${owner}:repository/${name}`
  for (const action of actionsByHand[operation])
    if (!allowedByHand(action, action === 'ecr:GetAuthorizationToken' ? '*' : resource, region)) return false
  return true
}

export const requestFor = (action: string, name: string, region = 'eu-west-1'): Request.Request =>
  Request.makeOrThrow({
    principal: caller,
    action,
    resource:
      action === 'ecr:GetAuthorizationToken' ? '*' : `arn:aws:ecr:${region}:${account}:repository/${name}`,
    context: { 'aws:RequestedRegion': region, 'aws:SecureTransport': 'true' },
  })

/** Some allowed, some not, of several actions. */
export const nodeRequests: readonly Request.Request[] = Array.from({ length: 256 }, (_, i) =>
  requestFor(
    [...pulls, ...pushes, 'ecr:GetAuthorizationToken', 'ecr:DescribeImages'][i % 9] ?? '',
    ['team/app', 'team/web', 'other/app', 'team/x/y'][(i >> 2) % 4] ?? '',
    i % 16 === 15 ? 'us-east-1' : 'eu-west-1',
  ),
)

export const repositoriesAsked: readonly Repository.Repository[] = Array.from({ length: 64 }, (_, i) =>
  Repository.parseOrThrow(
    `arn:aws:ecr:${i % 16 === 15 ? 'us-east-1' : 'eu-west-1'}:${account}:repository/${['team', 'other'][(i >> 1) % 2] ?? ''}/${['app', 'web', `x${i}`][i % 3] ?? ''}`,
  ),
)

// ---- a large environment ----

const statements = (seed: number, count: number): readonly object[] => {
  const roll = dice(seed)
  const pick = (from: readonly string[]): string => from[roll(from.length)] ?? ''
  const actions = [...pulls, ...pushes, 'ecr:Describe*', 'ecr:Get*', 'ecr:Batch*', 'ecr:*', 's3:Get*']
  const condition = (): object =>
    [
      { StringEquals: { 'aws:PrincipalOrgID': `o-${roll(3)}` } },
      { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/${pick(['node', 'ci-*', 'x'])}` } },
      { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.0/24'] } },
      { StringLike: { 'aws:PrincipalTag/team': ['red*', 'blue'] } },
    ][roll(4)] ?? {}
  return Array.from({ length: count }, (_, i) => ({
    Sid: `S${i}`,
    Effect: roll(8) === 0 ? 'Deny' : 'Allow',
    Action: Array.from({ length: 1 + roll(3) }, () => pick(actions)),
    Resource: Array.from(
      { length: 1 + roll(3) },
      () =>
        `arn:aws:ecr:${pick(['eu-west-1', '*'])}:${account}:repository/team${roll(count)}/${pick(['*', 'app', `x${roll(9)}`])}`,
    ),
    ...(roll(3) === 0 ? { Condition: condition() } : {}),
  }))
}

const shared = { Effect: 'Allow', Action: ['ecr:BatchGet*', 'ecr:Get*', 'ecr:PutImage'], Resource: '*' }

/** `scale` times: 5 identity policies of 20 statements, a boundary, two SCPs, a resource policy of 10 statements. */
export const large = (scale: number): Environment.Environment =>
  Environment.make({
    identityPolicies: [1, 2, 3, 4, 5].map((seed) => ofIdentity(...statements(seed, 20 * scale))),
    permissionsBoundary: ofIdentity(shared, ...statements(6, 3 * scale)),
    serviceControlPolicies: [
      [ofIdentity({ Effect: 'Allow', Action: '*', Resource: '*' })],
      [
        ofIdentity(
          { Effect: 'Allow', Action: 'ecr:*', Resource: '*' },
          {
            Effect: 'Deny',
            Action: '*',
            Resource: '*',
            Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
          },
        ),
      ],
    ],
    resourcePolicy: ofResource(
      ...statements(7, 10 * scale).map((one, i) => ({
        ...one,
        Principal: { AWS: [`arn:aws:iam::${account}:role/r${i}`, '444455556666'] },
      })),
    ),
  })

const largeContext = {
  'aws:RequestedRegion': 'eu-west-1',
  'aws:PrincipalOrgID': 'o-1',
  'aws:SourceIp': '10.1.2.3',
  'aws:PrincipalTag/team': 'red-1',
}

export const largeRequests = (scale: number): readonly Request.Request[] =>
  Array.from({ length: 256 }, (_, i) =>
    Request.makeOrThrow({
      principal: caller,
      action: [...pulls, ...pushes, 'ecr:DescribeImages'][i % 8] ?? '',
      resource: `${repositories}/team${(i * 7) % (20 * scale)}/${['app', 'x1', 'y'][i % 3] ?? ''}`,
      context: largeContext,
    }),
  )

// ---- many of one thing ----

export const ofStatements = (count: number): Environment.Environment =>
  Environment.make({
    identityPolicies: [
      ofIdentity(
        ...Array.from({ length: count }, (_, i) => ({
          Effect: 'Allow',
          Action: ['ecr:BatchGetImage', 'ecr:Describe*'],
          Resource: `${repositories}/team-${i}/*`,
        })),
      ),
    ],
  })

export const ofArns = (count: number): Environment.Environment =>
  Environment.make({
    identityPolicies: [
      ofIdentity({
        Effect: 'Allow',
        Action: 'ecr:BatchGetImage',
        Resource: Array.from({ length: count }, (_, i) => `${repositories}/team-${i}/app`),
      }),
    ],
  })

export const manyStars = ofIdentity({
  Effect: 'Allow',
  Action: 'ecr:BatchGetImage',
  Resource: `${repositories}/*a*a*a*b`,
})
