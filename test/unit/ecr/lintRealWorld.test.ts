import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/index.js'
import { doesWithout, wordsOf } from '../../../src/ecr/lint/lintPurpose.js'
import { lint, lintRules, type LintOptions } from '../../../src/ecr/index.js'
import { Lint } from '../../../src/lint/index.js'
import type { PolicyKind } from '../../../src/model/index.js'
import { toJson } from '../../../src/model/DocumentJson.js'

/** Policies in the shapes that tools and guides make, and each finding with the reason for it. */
type Fields = Readonly<Record<string, unknown>>
type Case = [
  what: string,
  kind: PolicyKind.PolicyKind,
  statements: readonly Fields[],
  found: readonly string[],
  options?: LintOptions,
]

const [owner, guest] = ['111122223333', '444455556666']
const all = `arn:aws:ecr:eu-west-1:${owner}:repository/*`
const app = `arn:aws:ecr:eu-west-1:${owner}:repository/app`
const ecr = (...names: readonly string[]): readonly string[] => names.map((name) => `ecr:${name}`)
const pair = ecr('BatchGetImage', 'GetDownloadUrlForLayer')
const uploads = ecr('InitiateLayerUpload', 'UploadLayerPart', 'CompleteLayerUpload', 'PutImage')
const pushSet = ['ecr:BatchCheckLayerAvailability', ...uploads]
const login = 'ecr:GetAuthorizationToken'

const allow = (Action: unknown, Resource: unknown, more: Fields = {}): Fields => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})
const deny = (more: Fields): Fields => ({ Effect: 'Deny', Resource: '*', ...more })
const to = (Principal: unknown, Action: unknown, more: Fields = {}): Fields => ({
  Effect: 'Allow',
  Principal,
  Action,
  ...more,
})
const token = allow(login, '*')
const root = { AWS: `arn:aws:iam::${guest}:root` }
const lambda = { Service: 'lambda.amazonaws.com' }
const codebuild = { Service: 'codebuild.amazonaws.com' }
const functions = { ArnLike: { 'aws:SourceArn': `arn:aws:lambda:eu-west-1:${guest}:function:*` } }
const organization = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }
const told: LintOptions = { owner, region: 'eu-west-1', partition: 'aws' }

const toPull: readonly Case[] = [
  ['a node role with the pair on its account', 'identity', [token, allow(pair, all)], []],
  [
    'CDK grantPull: the check of layers is not asked on a pull (EX-4)',
    'identity',
    [allow(['ecr:BatchCheckLayerAvailability', ...pair], app), token],
    ['more-than-a-pull /Statement/0/Action'],
  ],
  [
    'an ECS execution role as guides have it: everything on `*` (SM-R1), and one read too many (EX-4)',
    'inline-role',
    [allow([login, 'ecr:BatchCheckLayerAvailability', ...pair, 'logs:PutLogEvents'], '*')],
    ['all-repositories /Statement/0/Resource', 'more-than-a-pull /Statement/0/Action'],
  ],
  [
    'Karpenter nodes: all on `*`, and reads of descriptions (EX-4)',
    'managed',
    [allow([login, ...pair, ...ecr('DescribeImages', 'ListImages', 'GetRepositoryPolicy')], '*')],
    ['all-repositories /Statement/0/Resource', 'more-than-a-pull /Statement/0/Action'],
  ],
  [
    'eksctl image builder: a whole push and pull on `*` (SM-R1)',
    'identity',
    [allow([login, ...pair, ...pushSet, 'ecr:ListImages'], '*')],
    ['all-repositories /Statement/0/Resource'],
  ],
  [
    'Fargate with the token held to the VPC (EX-43)',
    'identity',
    [
      allow(login, '*', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-0abc1234' } } }),
      allow(pair, all),
    ],
    ['token-from-elsewhere /Statement/0/Condition/StringEquals/aws:SourceVpc'],
  ],
  [
    'pull through a cache, with what makes the repository (EX-17)',
    'identity',
    [
      token,
      allow(
        [...pair, ...ecr('BatchImportUpstreamImage', 'CreateRepository')],
        `${all.slice(0, -1)}docker-hub/*`,
      ),
    ],
    [],
  ],
  [
    'a pull by tag of the repository',
    'identity',
    [token, allow(pair, all, { Condition: { StringEquals: { 'ecr:ResourceTag/env': 'live' } } })],
    [],
  ],
  [
    'the guest side of a pull from another account',
    'identity',
    [token, allow(pair, `arn:aws:ecr:eu-west-1:${guest}:repository/shared/*`)],
    [],
  ],
  [
    'Terraform: names from a variable of the caller',
    'identity',
    [token, allow(pair, `${all.slice(0, -1)}\${aws:PrincipalTag/team}/*`)],
    [],
  ],
  [
    'Terraform left unrendered (EX-55)',
    'identity',
    [
      token,
      allow(pair, 'arn:aws:ecr:${var.region}:${data.aws_caller_identity.me.account_id}:repository/app'),
    ],
    ['placeholder /Statement/1/Resource'],
  ],
  [
    'CloudFormation without Sub (EX-55)',
    'identity',
    [token, allow(pair, 'arn:aws:ecr:${AWS::Region}:${AWS::AccountId}:repository/app')],
    ['placeholder /Statement/1/Resource'],
  ],
  [
    'an ARN without Region, as of S3 (EX-27)',
    'identity',
    [token, allow(pair, `arn:aws:ecr::${owner}:repository/app`)],
    ['not-a-repository /Statement/1/Resource'],
  ],
  [
    'a Chinese Region in an ARN of the partition aws (EX-27)',
    'identity',
    [token, allow(pair, `arn:aws:ecr:cn-north-1:${owner}:repository/app`)],
    ['not-a-repository /Statement/1/Resource'],
  ],
]

const toPush: readonly Case[] = [
  ['CDK grantPullPush', 'identity', [allow([...pushSet, ...pair], app), token], []],
  [
    'a GitHub OIDC role whose token stands under the ARN (SM-R7)',
    'inline-role',
    [allow([login, ...pushSet, 'ecr:BatchGetImage'], app)],
    ['resource-on-account-action /Statement/0/Action/0'],
  ],
  [
    'a GitHub OIDC role with a Sid for each',
    'inline-role',
    [{ ...token, Sid: 'ECRLogin' }, allow([...pushSet, ...pair], app, { Sid: 'ECRPullPush' })],
    [],
  ],
  [
    'a CI that pulls its base image and pushes another',
    'identity',
    [token, allow(pair, `${all.slice(0, -1)}base`), allow([...pushSet, 'ecr:BatchGetImage'], app)],
    [],
  ],
  [
    'kaniko with a cache beside',
    'identity',
    [token, allow([...pushSet, ...pair], [app, `${app}/cache`])],
    [],
  ],
  [
    'CodeBuild as its guide has it: on `*`, and without the manifest (EX-7)',
    'identity',
    [allow([login, ...pushSet], '*')],
    ['all-repositories /Statement/0/Resource', 'push-without-manifest /Statement/0/Action'],
  ],
  [
    'the same, told that it is for the classic engine',
    'identity',
    [token, allow(pushSet, app)],
    [],
    { operations: ['push-legacy'] },
  ],
  [
    'promotion by retagging (EX-9)',
    'identity',
    [allow(ecr('BatchGetImage', 'PutImage'), app, { Sid: 'PromoteImages' })],
    [],
  ],
  [
    'a push with a misspelt action (EX-23, EX-6)',
    'identity',
    [
      token,
      allow(
        [
          ...pushSet.filter((name) => !name.includes('Initiate')),
          'ecr:InitialLayerUpload',
          'ecr:BatchGetImage',
        ],
        app,
      ),
    ],
    ['unknown-action /Statement/1/Action/4', 'partial-push /Statement/1/Action'],
  ],
  [
    'a cleaner, with the Sid of a lifecycle',
    'identity',
    [allow('ecr:PutLifecyclePolicy', app, { Sid: 'DeleteOldImagesByLifecycle' })],
    [],
  ],
  [
    'an administrator of scans',
    'identity',
    [allow('ecr:PutImageScanningConfiguration', app, { Sid: 'ConfigureScanOnPush' })],
    [],
  ],
  [
    'creation by a tag that is not there yet (EX-26)',
    'identity',
    [allow('ecr:CreateRepository', all, { Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } })],
    ['unsupported-key /Statement/0/Condition/StringEquals/aws:ResourceTag~1team'],
  ],
  [
    'creation by a tag of the request',
    'identity',
    [allow('ecr:CreateRepository', all, { Condition: { StringEquals: { 'aws:RequestTag/team': 'red' } } })],
    [],
  ],
]

const ofRepositories: readonly Case[] = [
  ['another account pulls', 'ecr-repository', [to(root, pair, { Sid: 'CrossAccountPull' })], [], told],
  [
    'another account pushes and pulls',
    'ecr-repository',
    [to(root, [...pushSet, ...pair], { Sid: 'AllowPushPull' })],
    [],
    told,
  ],
  [
    'Terraform module, read access with the token (EX-2) for its own account (SA-6)',
    'ecr-repository',
    [to({ AWS: `arn:aws:iam::${owner}:root` }, [login, ...pair], { Sid: 'PrivateReadOnly' })],
    [
      'own-account-principal /Statement/0/Principal/AWS',
      'no-effect-in-repository-policy /Statement/0/Action/0',
    ],
    told,
  ],
  [
    'Lambda of another account',
    'ecr-repository',
    [to(root, pair), to(lambda, pair, { Condition: functions })],
    [],
    told,
  ],
  [
    'Lambda of another Region (EX-20)',
    'ecr-repository',
    [to(lambda, pair, { Condition: functions })],
    ['function-elsewhere /Statement/0/Condition/ArnLike/aws:SourceArn'],
    { ...told, region: 'us-east-1' },
  ],
  [
    'Lambda as its console writes it, without a source (EX-40)',
    'ecr-repository',
    [to(lambda, [...pair, ...ecr('SetRepositoryPolicy', 'DeleteRepositoryPolicy', 'GetRepositoryPolicy')])],
    ['service-without-source /Statement/0/Principal/Service'],
  ],
  [
    'CodeBuild, held to projects',
    'ecr-repository',
    [
      to(codebuild, pair, {
        Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:codebuild:eu-west-1:${owner}:project/*` } },
      }),
    ],
    [],
    told,
  ],
  ['the whole organization', 'ecr-repository', [to('*', pair, { Condition: organization })], [], told],
  [
    'the organization and Lambda, which has none (EX-39)',
    'ecr-repository',
    [to({ AWS: '*', ...lambda }, pair, { Condition: organization })],
    ['organization-without-services /Statement/0/Principal/Service'],
  ],
  [
    'a Deny without TLS',
    'ecr-repository',
    [
      deny({
        Principal: '*',
        Action: 'ecr:*',
        Resource: undefined,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ],
    [],
  ],
  [
    'replication let in where it is not asked (EX-30)',
    'ecr-repository',
    [to(root, 'ecr:ReplicateImage')],
    ['no-effect-in-repository-policy /Statement/0/Action'],
  ],
  [
    'replication let in by the registry',
    'ecr-registry',
    [to(root, ecr('ReplicateImage', 'CreateRepository'), { Resource: all })],
    [],
    told,
  ],
  [
    'a registry policy about the registry of the source (EX-34)',
    'ecr-registry',
    [to(root, 'ecr:ReplicateImage', { Resource: `arn:aws:ecr:eu-west-1:${guest}:repository/*` })],
    ['wrong-place /Statement/0/Resource'],
    told,
  ],
]

const limits: readonly Case[] = [
  [
    'a Region guard',
    'scp',
    [
      deny({
        NotAction: ['iam:*', 'sts:*', 'ecr-public:*'],
        Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      }),
    ],
    [],
  ],
  [
    'MFA, for people',
    'identity',
    [
      deny({
        NotAction: ['iam:*', 'sts:*'],
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      }),
    ],
    [],
  ],
  [
    'repositories without a tag denied, and the token with them (CO-4)',
    'scp',
    [deny({ Action: 'ecr:*', Condition: { StringNotEquals: { 'ecr:ResourceTag/team': 'red' } } })],
    ['token-denied-by-tags /Statement/0/Condition'],
  ],
  [
    'repositories with a tag denied, which the token has not (EX-25)',
    'scp',
    [deny({ Action: 'ecr:*', Condition: { StringEquals: { 'ecr:ResourceTag/team': 'red' } } })],
    [],
  ],
  [
    'the token denied by its name, which is meant, for want of what it cannot have',
    'scp',
    [
      deny({
        Action: ['ecr:*', 'ECR:getauthorizationtoken'],
        Condition: { StringNotEquals: { 'ecr:ResourceTag/team': 'red' } },
      }),
    ],
    [
      'redundant-entry /Statement/0/Action/1',
      'unsupported-key /Statement/0/Condition/StringNotEquals/ecr:ResourceTag~1team',
    ],
  ],
  [
    'repositories without a tag allowed, which denies nothing',
    'identity',
    [allow('ecr:*', '*', { Condition: { StringNotEquals: { 'ecr:ResourceTag/team': 'red' } } })],
    ['negated-without-key /Statement/0/Condition/StringNotEquals/ecr:ResourceTag~1team'],
    { rules: { 'all-repositories': 'off' } },
  ],
  [
    'deletion denied by name',
    'scp',
    [deny({ Sid: 'NoDelete', Action: ecr('DeleteRepository', 'BatchDeleteImage') })],
    [],
  ],
  [
    'the token denied under an ARN (SM-R7)',
    'scp',
    [deny({ Action: [login, 'ecr:PutImage'], Resource: app })],
    ['resource-on-account-action /Statement/0/Action/0'],
  ],
  ['an open endpoint', 'endpoint', [to('*', '*', { Resource: '*' })], []],
  [
    'an endpoint that only denies (EX-42)',
    'endpoint',
    [deny({ Principal: '*', Action: 'ecr:PutImage' })],
    ['only-denies /Statement'],
  ],
]

describe('policies as they are met', () => {
  it.each<Case>([...toPull, ...toPush, ...ofRepositories, ...limits])(
    '%s',
    (_, kind, statements, found, options) => {
      const Statement = statements.map((each) => JSON.parse(JSON.stringify(each)) as Fields)
      const document = parseOrThrow({ Version: '2012-10-17', Statement }, kind)
      expect(lint(document, kind, options).map(({ id, pointer }) => `${id} ${pointer}`)).toStrictEqual(found)
    },
  )
})

describe('a mend', () => {
  const mended = (
    kind: PolicyKind.PolicyKind,
    statement: Fields,
    id: string,
    options?: LintOptions,
  ): unknown => {
    const document = parseOrThrow({ Version: '2012-10-17', Statement: statement }, kind)
    const { fix } = lint(document, kind, options).find((finding) => finding.id === id) ?? {}
    return fix && toJson(Lint.apply(fix)(document))['Statement']
  }

  it('adds the repository beside what lies under it', () => {
    expect(
      mended('identity', allow(pair, `${app}/*`), 'prefix-without-repository', { repositories: ['app'] }),
    ).toEqual([allow(pair, [`${app}/*`, app])])
  })

  it('leaves out a Resource of which one entry is `*`, and no other', () => {
    const named = (...Resource: readonly string[]) =>
      mended('ecr-repository', to(root, 'ecr:PutImage', { Resource }), 'resource-in-repository-policy')
    expect(named('*', app)).toEqual([to(root, 'ecr:PutImage')])
    expect(named(app)).toBeUndefined()
  })
})

it('a finding rests on a rule that is among the sources of whoever tells it', () => {
  const sources = new Map(lintRules.map(({ id, sources: all }) => [id, all]))
  for (const [, kind, statements, , options] of [...toPull, ...toPush, ...ofRepositories, ...limits]) {
    const Statement = statements.map((each) => JSON.parse(JSON.stringify(each)) as Fields)
    for (const { id, source } of lint(
      parseOrThrow({ Version: '2012-10-17', Statement }, kind),
      kind,
      options,
    ))
      expect(sources.get(id)).toContain(source)
  }
})

it.each([
  ['AllowPushPull', ['allow', 'push', 'pull']],
  ['allowPull', ['allow', 'pull']],
  ['allow-pull_2', ['allow', 'pull', '2']],
  ['ECRPull', ['ecr', 'pull']],
  ['PullECR', ['pull', 'ecr']],
])('the words of the Sid %s', (sid, words) => {
  expect(wordsOf(sid)).toEqual(words)
})

it.each([
  ['FetchManifest', 'BatchGetImage', 'GetDownloadUrlForLayer', true],
  ['UploadImage', 'PutImage', 'BatchGetImage', true],
  ['MountLayers', 'InitiateLayerUpload', 'UploadLayerPart', true],
  ['AllowTagListToCI', 'ListImages', 'BatchGetImage', true],
  ['Push', 'PutImage', 'BatchGetImage', false],
  ['FetchThings', 'BatchGetImage', 'GetDownloadUrlForLayer', false],
  ['ListTag', 'ListImages', 'BatchGetImage', false],
])('a statement of the Sid %s is for what needs %s and not %s: %s', (Sid, one, other, expected) => {
  const Statement = { Sid, ...allow(ecr('BatchGetImage', 'PutImage'), app) }
  const { statements } = parseOrThrow({ Version: '2012-10-17', Statement }, 'identity')
  expect(doesWithout({}, `ecr:${one}`, `ecr:${other}`)(statements[0])).toBe(expected)
})
