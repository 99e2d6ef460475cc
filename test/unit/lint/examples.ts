/**
 * A bad and a good example of every rule: docs/lint.md prints them, and they are run.
 */
import type { LintOptions } from '../../../src/ecr/index.js'
import type { PolicyKind } from '../../../src/model/index.js'

export type Fields = Readonly<Record<string, unknown>>

export interface Example {
  readonly kind: PolicyKind.PolicyKind
  /** Statements; or `version` and statements. */
  readonly bad: readonly Fields[]
  readonly good: readonly Fields[]
  readonly badVersion?: string
  readonly options?: LintOptions
}

const app = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
const role = { AWS: 'arn:aws:iam::444455556666:role/node' }
const pair = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const lambda = { Service: 'lambda.amazonaws.com' }
const ofFunctions = { 'aws:SourceArn': 'arn:aws:lambda:eu-west-1:111122223333:function:*' }
const pushSet = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
]

const allow = (fields: Fields): Fields => ({ Effect: 'Allow', ...fields })
const deny = (fields: Fields): Fields => ({ Effect: 'Deny', ...fields })
const pullOf = (Resource: unknown, more: Fields = {}): Fields => allow({ Action: pair, Resource, ...more })
const pullBy = (Principal: unknown, more: Fields = {}): Fields => allow({ Principal, Action: pair, ...more })
const byGitHub = (Condition: Fields): Fields =>
  allow({
    Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition,
  })
const token = allow({ Action: 'ecr:GetAuthorizationToken', Resource: '*' })
const under = (Condition: Fields): Fields =>
  allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop/*', Condition })

const plain: Readonly<Record<string, Example>> = {
  'matches-nothing': {
    kind: 'identity',
    bad: [
      pullOf(app, {
        Condition: {
          StringEquals: { 'aws:PrincipalTag/team': 'red' },
          Null: { 'aws:PrincipalTag/team': 'true' },
        },
      }),
    ],
    good: [pullOf(app, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } })],
  },
  'allow-denied': {
    kind: 'identity',
    bad: [pullOf(app), deny({ Action: 'ecr:*', Resource: '*' })],
    good: [pullOf(app), deny({ Action: 'ecr:PutImage', Resource: '*' })],
  },
  'shadowed-statement': {
    kind: 'ecr-repository',
    bad: [
      pullBy(role),
      allow({ Principal: { AWS: 'arn:aws:iam::444455556666:role/node' }, Action: 'ecr:BatchGetImage' }),
    ],
    good: [pullBy(role), pullBy({ AWS: 'arn:aws:iam::444455556666:role/ci' })],
  },
  'redundant-entry': {
    kind: 'identity',
    bad: [allow({ Action: ['s3:Get*', 's3:GetObject'], Resource: 'arn:aws:s3:::shop/*' })],
    good: [
      allow({ Action: ['s3:Get*', 's3:ListBucket'], Resource: ['arn:aws:s3:::shop', 'arn:aws:s3:::shop/*'] }),
    ],
  },
  'allow-with-not-action': {
    kind: 'identity',
    bad: [allow({ NotAction: 'iam:*', Resource: '*' })],
    good: [deny({ NotAction: 'ecr:*', Resource: '*' })],
  },
  'only-denies': {
    kind: 'endpoint',
    bad: [deny({ Principal: '*', Action: 'ecr:PutImage', Resource: '*' })],
    good: [
      allow({ Principal: '*', Action: '*', Resource: '*' }),
      deny({ Principal: '*', Action: 'ecr:PutImage', Resource: '*' }),
    ],
  },
  'too-large': {
    kind: 'inline-role',
    options: { characters: 220 },
    bad: [pullOf([app, 'arn:aws:ecr:eu-west-1:111122223333:repository/web'])],
    good: [pullOf(app)],
  },
  'session-principal': {
    kind: 'ecr-repository',
    bad: [pullBy({ AWS: 'arn:aws:sts::444455556666:assumed-role/node/i-0abc' })],
    good: [pullBy(role)],
  },
  'own-account-principal': {
    kind: 'ecr-repository',
    options: { owner: '111122223333' },
    bad: [pullBy({ AWS: 'arn:aws:iam::111122223333:root' })],
    good: [pullBy({ AWS: 'arn:aws:iam::111122223333:role/node' })],
  },
  'service-without-source': {
    kind: 'ecr-repository',
    bad: [pullBy(lambda)],
    good: [pullBy(lambda, { Condition: { ArnLike: ofFunctions } })],
  },
  'source-account-open': {
    kind: 'ecr-repository',
    bad: [pullBy(lambda, { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:*:function:app' } } })],
    good: [
      pullBy(lambda, {
        Condition: {
          ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:*:function:app' },
          StringEquals: { 'aws:SourceAccount': '111122223333' },
        },
      }),
    ],
  },
  'organization-without-services': {
    kind: 'ecr-repository',
    bad: [
      pullBy(lambda, {
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }, ArnLike: ofFunctions },
      }),
    ],
    good: [pullBy(lambda, { Condition: { ArnLike: ofFunctions } })],
  },
  'shared-provider': {
    kind: 'trust',
    bad: [byGitHub({ StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } })],
    good: [
      byGitHub({
        StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
        StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:example-org/app:*' },
      }),
    ],
  },
  'everyone-allowed': {
    kind: 'ecr-repository',
    bad: [pullBy('*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
    good: [pullBy('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } })],
  },
  'negated-without-key': {
    kind: 'identity',
    bad: [under({ StringNotEquals: { 'aws:ResourceTag/stage': 'live' } })],
    good: [
      under({
        StringNotEquals: { 'aws:ResourceTag/stage': 'live' },
        Null: { 'aws:ResourceTag/stage': 'false' },
      }),
    ],
  },
  'for-all-without-null': {
    kind: 'identity',
    bad: [under({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage'] } })],
    good: [
      under({
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage'] },
        Null: { 'aws:TagKeys': 'false' },
      }),
    ],
  },
  'idle-if-exists': {
    kind: 'identity',
    bad: [under({ 'ForAnyValue:StringEqualsIfExists': { 'aws:TagKeys': 'team' } })],
    good: [under({ StringEqualsIfExists: { 'aws:PrincipalTag/team': 'red' } })],
  },
  'qualified-null': {
    kind: 'identity',
    bad: [under({ 'ForAllValues:Null': { 'aws:TagKeys': 'false' } })],
    good: [under({ Null: { 'aws:TagKeys': 'false' } })],
  },
  'unqualified-list': {
    kind: 'identity',
    bad: [under({ StringEquals: { 'aws:TagKeys': 'team' } })],
    good: [under({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } })],
  },
  'no-values': {
    kind: 'identity',
    bad: [under({ StringEquals: { 'aws:PrincipalTag/team': [] } })],
    good: [under({ StringEquals: { 'aws:PrincipalTag/team': ['red'] } })],
  },
  'unreadable-value': {
    kind: 'identity',
    bad: [under({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '10.0.0.0/33'] } })],
    good: [under({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '10.0.0.0/8'] } })],
  },
  'literal-wildcard': {
    kind: 'identity',
    bad: [under({ StringEquals: { 'aws:PrincipalTag/team': 'red-*' } })],
    good: [under({ StringLike: { 'aws:PrincipalTag/team': 'red-*' } })],
  },
  'variable-in-head': {
    kind: 'identity',
    bad: [pullOf('arn:aws:ecr:${aws:RequestedRegion}:111122223333:repository/app')],
    good: [pullOf('arn:aws:ecr:*:111122223333:repository/${aws:PrincipalTag/team}')],
  },
  'variable-without-version': {
    kind: 'identity',
    badVersion: '2008-10-17',
    bad: [pullOf('arn:aws:ecr:eu-west-1:111122223333:repository/${aws:PrincipalTag/team}')],
    good: [pullOf('arn:aws:ecr:eu-west-1:111122223333:repository/${aws:PrincipalTag/team}')],
  },
  'short-arn': {
    kind: 'identity',
    bad: [allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3' })],
    good: [allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop/*' })],
  },
  'impossible-arn': {
    kind: 'identity',
    bad: [pullOf('arn:aws:ecr:eu-west-1:11112222333:repository/app')],
    good: [pullOf(app)],
  },
  placeholder: {
    kind: 'ecr-repository',
    bad: [pullBy({ AWS: 'arn:aws:iam::444455556666:role/REPLACE_WITH_ROLE' })],
    good: [pullBy(role)],
  },
}

const ofEcr: Readonly<Record<string, Example>> = {
  'unknown-action': {
    kind: 'identity',
    bad: [allow({ Action: 'ecr:DescribeImage', Resource: app })],
    good: [allow({ Action: 'ecr:DescribeImages', Resource: app })],
  },
  'unsupported-key': {
    kind: 'identity',
    bad: [
      allow({
        Action: 'ecr:GetAuthorizationToken',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } },
      }),
    ],
    good: [pullOf(app, { Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } })],
  },
  'resource-on-account-action': {
    kind: 'identity',
    bad: [allow({ Action: ['ecr:GetAuthorizationToken', ...pair], Resource: app })],
    good: [token, pullOf(app)],
  },
  'no-effect-in-repository-policy': {
    kind: 'ecr-repository',
    bad: [allow({ Principal: role, Action: ['ecr:GetAuthorizationToken', ...pair] })],
    good: [pullBy(role)],
  },
  'resource-in-repository-policy': {
    kind: 'ecr-repository',
    bad: [pullBy(role, { Resource: '*' })],
    good: [pullBy(role)],
  },
  'foreign-resource': {
    kind: 'identity',
    bad: [pullOf([app, 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*'])],
    good: [pullOf(app)],
  },
  'not-a-repository': {
    kind: 'identity',
    bad: [pullOf('arn:aws:ecr:eu-west-1:111122223333:repository/app:latest')],
    good: [pullOf(app)],
  },
  'prefix-without-repository': {
    kind: 'identity',
    options: { repositories: ['app'] },
    bad: [pullOf(`${app}/*`)],
    good: [pullOf([app, `${app}/*`])],
  },
  'all-repositories': {
    kind: 'identity',
    bad: [pullOf('*')],
    good: [token, pullOf('arn:aws:ecr:eu-west-1:111122223333:repository/*')],
  },
  'wrong-place': {
    kind: 'identity',
    options: { owner: '111122223333', region: 'eu-west-1', partition: 'aws' },
    bad: [pullOf('arn:aws:ecr:us-east-1:111122223333:repository/app')],
    good: [pullOf('arn:aws:ecr:*:111122223333:repository/app')],
  },
  'function-elsewhere': {
    kind: 'ecr-repository',
    options: { region: 'eu-central-1' },
    bad: [pullBy(lambda, { Condition: { ArnLike: ofFunctions } })],
    good: [
      pullBy(lambda, {
        Condition: {
          ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:eu-central-1:111122223333:function:*' },
        },
      }),
    ],
  },
  'half-missing': {
    kind: 'ecr-repository',
    options: { owner: '111122223333', principal: 'arn:aws:iam::444455556666:role/node', otherSide: [] },
    bad: [pullBy(role)],
    good: [deny({ Principal: '*', Action: 'ecr:PutImage' })],
  },
  'token-under-tags': {
    kind: 'identity',
    bad: [
      allow({
        Action: 'ecr:*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } },
      }),
    ],
    good: [
      token,
      allow({
        Action: 'ecr:*',
        Resource: 'arn:aws:ecr:*:111122223333:repository/*',
        Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } },
      }),
    ],
  },
  'token-denied-by-tags': {
    kind: 'scp',
    bad: [
      deny({
        Action: 'ecr:*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:ResourceTag/team': 'red' } },
      }),
    ],
    good: [
      deny({
        Action: 'ecr:*',
        Resource: 'arn:aws:ecr:*:*:repository/*',
        Condition: { StringNotEquals: { 'aws:ResourceTag/team': 'red' } },
      }),
    ],
  },
  'token-from-elsewhere': {
    kind: 'identity',
    bad: [{ ...token, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-0abc1234' } } }],
    good: [token, pullOf(app, { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-0abc1234' } } })],
  },
  'partial-pull': {
    kind: 'identity',
    bad: [allow({ Action: 'ecr:BatchGetImage', Resource: app })],
    good: [pullOf(app)],
  },
  'partial-push': {
    kind: 'identity',
    bad: [allow({ Action: ['ecr:InitiateLayerUpload', 'ecr:PutImage'], Resource: app })],
    good: [allow({ Action: [...pushSet, 'ecr:BatchGetImage'], Resource: app })],
  },
  'push-without-manifest': {
    kind: 'identity',
    bad: [allow({ Action: pushSet, Resource: app })],
    good: [allow({ Action: [...pushSet, 'ecr:BatchGetImage'], Resource: app })],
  },
  'broken-promise': {
    kind: 'identity',
    bad: [allow({ Sid: 'AllowPullAndDelete', Action: pair, Resource: app })],
    good: [allow({ Sid: 'AllowPull', Action: pair, Resource: app })],
  },
  'more-than-a-pull': {
    kind: 'identity',
    bad: [allow({ Action: [...pair, 'ecr:ListImages'], Resource: app })],
    good: [pullOf(app)],
  },
}

export const examples: ReadonlyMap<string, Example> = new Map([
  ...Object.entries(plain),
  ...Object.entries(ofEcr),
] satisfies readonly (readonly [string, Example])[])
