import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/index.js'
import { toJson } from '../../../src/model/DocumentJson.js'
import { lint, type LintOptions, type RuleId } from '../../../src/ecr/index.js'
import { Lint } from '../../../src/lint/index.js'
import { PolicyKind } from '../../../src/model/index.js'

const owner = '111122223333'
const app = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
const role = { AWS: 'arn:aws:iam::444455556666:role/node' }
const pair = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const pushSet = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
]

type Fields = Readonly<Record<string, unknown>>

const policy = (...statements: readonly Fields[]): Fields => ({
  Version: '2012-10-17',
  Statement: statements,
})
const allow = (fields: Fields): Fields => ({ Effect: 'Allow', ...fields })
const on = (action: unknown, resource: unknown = '*'): Fields => allow({ Action: action, Resource: resource })
const to = (principal: unknown, action: unknown, condition: Fields = {}): Fields =>
  allow({ Principal: principal, Action: action, Condition: condition })

/** Without rules that would speak in most of these and are tried by themselves. */
const quiet: LintOptions = {
  rules: {
    'all-repositories': 'off',
    'redundant-entry': 'off',
    'shadowed-statement': 'off',
    'allow-denied': 'off',
  },
}

const of = (kind: PolicyKind.PolicyKind, json: Fields, options?: LintOptions) =>
  lint(parseOrThrow(json, kind), kind, { ...quiet, ...options })

const brief = ({ id, severity, pointer, source }: Lint.Finding) => [id, severity, pointer, source]

type Case = [
  what: string,
  kind: PolicyKind.PolicyKind,
  json: Fields,
  found: readonly (readonly [RuleId, string, string, string])[],
  options?: LintOptions,
]

const lambda = { Service: 'lambda.amazonaws.com' }
const own = { AWS: `arn:aws:iam::${owner}:root` }
const session = { AWS: 'arn:aws:sts::444455556666:assumed-role/node/i-0abc' }
const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }

describe('actions', () => {
  it.each<Case>([
    [
      'a name that is not there (EX-23)',
      'identity',
      policy(on(['ecr:DescribeImage', 'ecr:ListImages'])),
      [['unknown-action', 'error', '/Statement/0/Action/0', 'EX-23']],
    ],
    [
      'a pattern that fits no name',
      'identity',
      policy(on('ecr:Fetch*')),
      [['unknown-action', 'error', '/Statement/0/Action', 'EX-23']],
    ],
    [
      'a missing name in a Deny, in NotAction too',
      'scp',
      policy({ Effect: 'Deny', NotAction: ['ecr:InitialLayerUpload', 's3:*'], Resource: '*' }),
      [['unknown-action', 'error', '/Statement/0/NotAction/0', 'EX-23']],
    ],
    [
      'a private name of pulls under the public prefix (EX-44)',
      'identity',
      policy(on('ecr-public:BatchGetImage')),
      [['unknown-action', 'error', '/Statement/0/Action', 'EX-44']],
    ],
    [
      'names that are there, in any letter case, and patterns (SM-A1)',
      'identity',
      policy(
        on(['ECR:listimages', 'ecr:Describe*', 'ecr:*', 'ecr-public:PutImage', 's3:NoSuch', '*', 'e*:x']),
      ),
      [],
    ],
    [
      'the token under an ARN (SM-R7)',
      'identity',
      policy(on(['ecr:GetAuthorizationToken', ...pair], app)),
      [['resource-on-account-action', 'error', '/Statement/0/Action/0', 'SM-R7']],
    ],
    [
      'a pattern of such actions alone, under an ARN',
      'ecr-registry',
      policy(allow({ Principal: role, Action: 'ecr:*RegistryPolicy', Resource: app })),
      [['resource-on-account-action', 'error', '/Statement/0/Action', 'SM-R7']],
    ],
    [
      'the token under `*` beside an ARN, and `ecr:*` under an ARN',
      'identity',
      policy(on('ecr:GetAuthorizationToken', ['*', app]), on('ecr:*', app)),
      [],
    ],
    [
      'the token under NotResource of an ARN',
      'identity',
      policy(allow({ Action: 'ecr:GetAuthorizationToken', NotResource: app })),
      [],
    ],
    [
      'the token in a repository policy (EX-2)',
      'ecr-repository',
      policy(to(role, ['ecr:GetAuthorizationToken', ...pair])),
      [['no-effect-in-repository-policy', 'warning', '/Statement/0/Action/0', 'EX-2']],
    ],
    [
      'CreateRepository and an action of the registry in a repository policy (EX-30)',
      'ecr-repository',
      policy(to(role, ['ecr:CreateRepository', 'ecr:DescribeRegistry'])),
      [
        ['no-effect-in-repository-policy', 'warning', '/Statement/0/Action/0', 'EX-30'],
        ['no-effect-in-repository-policy', 'warning', '/Statement/0/Action/1', 'EX-30'],
      ],
    ],
    [
      'a pattern in a repository policy that takes in more than those',
      'ecr-repository',
      policy(to(role, 'ecr:*')),
      [],
    ],
    [
      'NotAction with Allow (SM-A5)',
      'identity',
      policy(allow({ NotAction: 'iam:*', Resource: '*' })),
      [['allow-with-not-action', 'warning', '/Statement/0/NotAction', 'SM-A5']],
    ],
    ['NotAction with Deny', 'identity', policy({ Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }), []],
    [
      'a pull with more reads than it takes (EX-4)',
      'identity',
      policy(on('ecr:GetAuthorizationToken'), on([...pair, 'ecr:ListImages'], app)),
      [['more-than-a-pull', 'info', '/Statement/1/Action', 'EX-4']],
    ],
    [
      'a pull, a pull through a cache, and all of ECR',
      'identity',
      policy(
        on(['ecr:GetAuthorizationToken', ...pair]),
        on([...pair, 'ecr:BatchImportUpstreamImage']),
        on('ecr:*'),
      ),
      [],
    ],
  ])('%s', (_, kind, json, found, options) => {
    expect(of(kind, json, options).map(brief)).toStrictEqual(found)
  })

  it.each([
    ['ecr:DescribeImage', 'did you mean `ecr:DescribeImages`?'],
    ['ecr:InitialLayerUpload', 'did you mean `ecr:InitiateLayerUpload`?'],
    ['ecr:Quux', 'take it out'],
    ['ecr-public:PutImages', 'did you mean `ecr-public:PutImage`?'],
    ['ecr-public:GetDownloadUrlForLayer', 'take it out: IAM does not decide pulls from ECR Public'],
  ])('for %s the mend is: %s', (action, mend) => {
    expect(of('identity', policy(on(action))).map((finding) => finding.mend)).toStrictEqual([mend])
  })
})

describe('what the actions add up to', () => {
  const half = (pointer: string, source = 'EX-4') => [['partial-pull', 'warning', pointer, source] as const]
  const broken = (source: string) => [['broken-promise', 'warning', '', source] as const]
  it.each<Case>([
    ['the manifest without layers', 'identity', policy(on('ecr:BatchGetImage')), half('/Statement/0/Action')],
    ['layers without the manifest', 'identity', policy(on('ecr:GetDown*')), half('/Statement/0/Action')],
    [
      'layers on one repository, the manifest on all',
      'identity',
      policy(on('ecr:GetDownloadUrlForLayer', app), on('ecr:BatchGetImage')),
      half('/Statement/1/Action'),
    ],
    [
      'layers for one principal, the manifest for another',
      'ecr-repository',
      policy(to(role, 'ecr:BatchGetImage'), to(own, 'ecr:GetDownloadUrlForLayer')),
      [...half('/Statement/0/Action'), ...half('/Statement/1/Action')],
    ],
    [
      'layers denied again, which is meant',
      'identity',
      policy(on(pair), { Effect: 'Deny', Action: 'ecr:GetDownload*', Resource: '*' }),
      [],
    ],
    [
      'layers under a condition that the manifest is free of',
      'identity',
      policy(
        on('ecr:BatchGetImage'),
        allow({
          Action: 'ecr:GetDownloadUrlForLayer',
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } },
        }),
      ),
      half('/Statement/0/Action'),
    ],
    [
      'the pair on the same resource',
      'identity',
      policy(on('ecr:BatchGetImage', app), on('ecr:GetDownload*', app)),
      [],
    ],
    [
      'no more than resources of S3 (EC-1)',
      'identity',
      policy(on('ecr:BatchGetImage', 'arn:aws:s3:::b')),
      [['foreign-resource', 'error', '/Statement/0/Resource', 'EC-1']],
    ],
    ['the manifest for a push', 'identity', policy(on([...pushSet, 'ecr:BatchGetImage'])), []],
    [
      'to retag, and to push what is there (EX-9, EX-10)',
      'identity',
      policy(on(['ecr:BatchGetImage', 'ecr:PutImage'])),
      [],
    ],
    [
      'a push without one of its actions (EX-6)',
      'identity',
      policy(on(pushSet.filter((name) => name !== 'ecr:InitiateLayerUpload'))),
      [['partial-push', 'warning', '/Statement/0/Action', 'EX-6']],
    ],
    [
      'PutImage alone, which completes nothing',
      'identity',
      policy(on('ecr:PutImage')),
      [['partial-push', 'warning', '/Statement/0/Action', 'EX-6']],
    ],
    [
      'a push without a look at the manifest (EX-7)',
      'identity',
      policy(on(pushSet, app)),
      [['push-without-manifest', 'warning', '/Statement/0/Action', 'EX-7']],
    ],
    [
      'a push that is denied altogether',
      'identity',
      policy(on(pushSet), { Effect: 'Deny', Action: '*', Resource: '*' }),
      [],
    ],
    [
      'a pull promised and half kept',
      'identity',
      policy(on('ecr:BatchGetImage'), on('ecr:GetAuthorizationToken', app)),
      [
        ['resource-on-account-action', 'error', '/Statement/1/Action', 'SM-R7'],
        ...half('/Statement/0/Action'),
        ...broken('EX-4'),
      ],
      { promises: ['pull'] },
    ],
    [
      'push and delete promised, and only a classic push kept (EX-7, EX-16)',
      'identity',
      policy(on(['ecr:GetAuthorizationToken', ...pushSet])),
      [
        ['push-without-manifest', 'warning', '/Statement/0/Action', 'EX-7'],
        ...broken('EX-7'),
        ...broken('EX-16'),
      ],
      { promises: ['push', 'delete'] },
    ],
    [
      'a promise kept under NotResource, which takes in the token (SM-R7)',
      'identity',
      policy(allow({ Action: 'ecr:*', NotResource: app })),
      [],
      { promises: ['pull', 'push', 'delete'] },
    ],
    [
      'a promise kept, by a repository policy without token (EX-2)',
      'ecr-repository',
      policy(to(role, [...pair, 'ecr:BatchDeleteImage'])),
      [],
      { promises: ['pull', 'delete'] },
    ],
  ])('%s', (_, kind, json, found, options) => {
    expect(of(kind, json, options).map(brief)).toStrictEqual(found)
  })

  it('a broken promise names what it takes', () => {
    expect(
      of('identity', policy(on(pair)), { promises: ['pull'] }).map(({ message }) => message),
    ).toStrictEqual(['it is said to allow a pull, which also takes `ecr:GetAuthorizationToken`'])
  })
})

describe('principals', () => {
  it.each<Case>([
    [
      'one session of a role (PR-5)',
      'ecr-repository',
      policy(to(session, pair)),
      [['session-principal', 'warning', '/Statement/0/Principal/AWS', 'PR-5']],
    ],
    ['the role itself', 'ecr-repository', policy(to(role, pair)), []],
    [
      'the account that owns the repository (SA-6), among others',
      'ecr-repository',
      policy(to({ AWS: [role.AWS, owner] }, pair)),
      [['own-account-principal', 'warning', '/Statement/0/Principal/AWS/1', 'SA-6']],
      { owner },
    ],
    ['another account', 'ecr-repository', policy(to({ AWS: '444455556666' }, pair)), [], { owner }],
    ['its own account, when nobody says whose it is', 'ecr-repository', policy(to(own, pair)), []],
    [
      'its own account in a Deny',
      'ecr-repository',
      policy({ ...to(own, pair), Effect: 'Deny' }),
      [],
      { owner },
    ],
    [
      'a service that may act for anybody (EX-40)',
      'ecr-repository',
      policy(to({ ...role, ...lambda }, pair)),
      [['service-without-source', 'warning', '/Statement/0/Principal/Service', 'EX-40']],
    ],
    [
      'a service held by a test that a missing key passes (CO-I1)',
      'ecr-repository',
      policy(
        to(lambda, pair, {
          ArnLikeIfExists: { 'aws:SourceArn': 'arn:aws:lambda:*:111122223333:function:*' },
        }),
      ),
      [['service-without-source', 'warning', '/Statement/0/Principal/Service', 'EX-40']],
    ],
    [
      'a service held by aws:SourceArn, whatever the spelling (RC-4)',
      'ecr-repository',
      policy(to(lambda, pair, { ArnLike: { 'aws:sourceARN': 'arn:aws:lambda:*:111122223333:function:*' } })),
      [],
    ],
    [
      'a service under a condition on the organization (EX-39)',
      'ecr-repository',
      policy(
        to(lambda, pair, {
          StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:SourceAccount': owner },
        }),
      ),
      [['organization-without-services', 'error', '/Statement/0/Principal/Service', 'EX-39']],
    ],
    [
      'a service with aws:SourceOrgID',
      'ecr-repository',
      policy(to(lambda, pair, { StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } })),
      [],
    ],
    [
      'everybody (PR-9)',
      'ecr-repository',
      policy(to('*', pair)),
      [['everyone-allowed', 'warning', '/Statement/0/Principal', 'PR-9']],
    ],
    [
      'everybody, over TLS',
      'ecr-repository',
      policy(to('*', pair, { Bool: { 'aws:SecureTransport': 'true' } })),
      [['everyone-allowed', 'warning', '/Statement/0/Principal', 'PR-9']],
    ],
    [
      'everybody but one organization, which is still everybody (CO-3)',
      'ecr-repository',
      policy(to('*', pair, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
      [
        ['everyone-allowed', 'warning', '/Statement/0/Principal', 'PR-9'],
        [
          'negated-without-key',
          'warning',
          '/Statement/0/Condition/StringNotEquals/aws:PrincipalOrgID',
          'CO-4',
        ],
      ],
    ],
    [
      'everybody with some path of another organization (CO-M1, CO-M5)',
      'ecr-repository',
      policy(to('*', pair, { 'ForAnyValue:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } })),
      [['everyone-allowed', 'warning', '/Statement/0/Principal', 'PR-9']],
    ],
    [
      'the second of two services, beside a role',
      'ecr-repository',
      policy(to({ ...role, Service: ['lambda.amazonaws.com', 'codebuild.amazonaws.com'] }, pair)),
      [
        ['service-without-source', 'warning', '/Statement/0/Principal/Service/0', 'EX-40'],
        ['service-without-source', 'warning', '/Statement/0/Principal/Service/1', 'EX-40'],
      ],
    ],
    ['everybody in one organization', 'ecr-repository', policy(to('*', pair, inOrganization)), []],
    ['everybody, denied', 'ecr-repository', policy({ ...to('*', pair), Effect: 'Deny' }), []],
    [
      'everybody through an endpoint',
      'endpoint',
      policy(allow({ Principal: '*', Action: '*', Resource: '*' })),
      [],
    ],
    [
      'all but one (U-16)',
      'ecr-repository',
      policy(allow({ NotPrincipal: role, Action: pair })),
      [['everyone-allowed', 'warning', '/Statement/0/NotPrincipal', 'U-16']],
    ],
  ])('%s', (_, kind, json, found, options) => {
    expect(of(kind, json, options).map(brief)).toStrictEqual(found)
  })
})

describe('whole documents', () => {
  const tagged = { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } }
  const deny = { Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage', Resource: '*' }
  it.each<Case>([
    [
      'an endpoint policy that only denies (EX-42)',
      'endpoint',
      policy(deny),
      [['only-denies', 'error', '/Statement', 'EX-42']],
    ],
    [
      'a boundary that only denies (PB-1)',
      'boundary',
      policy({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }),
      [['only-denies', 'error', '/Statement', 'PB-1']],
    ],
    [
      'a session policy that only denies (SE-1)',
      'session',
      policy({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }),
      [['only-denies', 'error', '/Statement', 'SE-1']],
    ],
    [
      'an endpoint policy that allows too',
      'endpoint',
      policy(deny, { ...deny, Effect: 'Allow', Action: '*' }),
      [],
    ],
    ['an SCP that only denies', 'scp', policy({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }), []],
    [
      'variables under 2008-10-17 (VA-6)',
      'identity',
      {
        Version: '2008-10-17',
        Statement: { ...on('ecr:*', [app, 'arn:aws:ecr:*:*:repository/${aws:username}']), Condition: tagged },
      },
      [
        ['variable-without-version', 'error', '/Statement/0/Resource/1', 'VA-6'],
        [
          'variable-without-version',
          'error',
          '/Statement/0/Condition/StringEquals/aws:ResourceTag~1team',
          'VA-6',
        ],
      ],
    ],
    [
      'variables without a Version',
      'ecr-repository',
      {
        Statement: to('*', 'ecr:*', {
          ...inOrganization,
          ...{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/${*}' } },
        }),
      },
      [['variable-without-version', 'error', '/Statement/0/Condition/ArnLike/aws:PrincipalArn', 'VA-6']],
    ],
    ['variables under 2012-10-17', 'identity', policy({ ...on('ecr:*'), Condition: tagged }), []],
    [
      'what looks like a variable where none is read (U-6)',
      'identity',
      { Statement: { ...on('ecr:*'), Condition: { Bool: { 'aws:SecureTransport': '${aws:x}' } } } },
      [
        ['matches-nothing', 'error', '/Statement/0', 'SM-1'],
        ['unreadable-value', 'error', '/Statement/0/Condition/Bool/aws:SecureTransport', 'CO-B1'],
      ],
    ],
  ])('%s', (_, kind, json, found, options) => {
    expect(of(kind, json, options).map(brief)).toStrictEqual(found)
  })
})

const at = (pointer: string, json: unknown): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null
          ? (value as Readonly<Record<string, unknown>>)[key]
          : undefined,
      json,
    )

const fewOf = <A>(all: readonly [A, ...(readonly A[])]) =>
  fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 3 })

const arbitraryPolicy = fc
  .array(
    fc.record({
      Effect: fc.constantFrom('Allow', 'Deny'),
      Principal: fc.constantFrom(
        '*',
        role,
        { ...session, ...lambda },
        { AWS: [role.AWS, owner, '*'] },
        lambda,
      ),
      Action: fewOf(['ecr:Nope', 'ecr:GetAuthorizationToken', 'ecr:*', ...pair, ...pushSet]),
      Condition: fc.constantFrom({}, inOrganization, {
        StringLike: { 'aws:ResourceTag/a~b': ['${aws:userid}', 'x'] },
      }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .chain((Statement) =>
    fc.constantFrom('2008-10-17', '2012-10-17').map((Version) => ({ Version, Statement })),
  )

describe('laws', () => {
  it('every pointer leads to something in the printed document', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (json) => {
        const document = parseOrThrow(json, 'ecr-repository')
        const printed = toJson(document)
        return lint(document, 'ecr-repository', { owner, promises: ['pull', 'push', 'delete'] }).every(
          ({ pointer }) => at(pointer, printed) !== undefined,
        )
      }),
    )
  })

  it('each finding is rendered on one line', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (json) => {
        const found = of('ecr-repository', json, { owner })
        expect(Lint.render(found).split('\n').filter(Boolean)).toHaveLength(Math.max(found.length, 1))
      }),
    )
  })

  it.each(PolicyKind.policyKinds)(
    'a Deny of a name that is there has no finding of its own in kind %s',
    (kind) => {
      const attached = PolicyKind.isResourceKind(kind)
      const json = policy({
        Effect: 'Deny',
        ...(attached ? { Principal: '*' } : {}),
        Action:
          kind === 'trust' ? 'sts:AssumeRole' : kind === 's3-bucket' ? 's3:GetObject' : 'ecr:BatchGetImage',
        ...(kind === 'trust' || kind === 'ecr-repository'
          ? {}
          : { Resource: kind === 's3-bucket' ? 'arn:aws:s3:::b/*' : '*' }),
      })
      const found = of(kind, json).map(({ id }) => id)
      expect(found).toStrictEqual(['endpoint', 'boundary', 'session'].includes(kind) ? ['only-denies'] : [])
    },
  )
})
