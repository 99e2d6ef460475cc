import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toJson } from '../../../src/model/DocumentJson.js'
import {
  explainGrant,
  grant,
  grantOrThrow,
  Place,
  showGrantErrors,
  type GrantInput,
} from '../../../src/ecr/index.js'
import * as GrantTarget from '../../../src/ecr/grant/GrantTarget.js'
import { Glob } from '../../../src/pattern/index.js'

const node = 'arn:aws:iam::111122223333:role/node'
const other = 'arn:aws:iam::444455556666:user/bob'
const own = 'arn:aws:ecr:eu-west-1:111122223333:repository/app'
const far = 'arn:aws:ecr:eu-west-1:444455556666:repository/app'
const shop = 'arn:aws:ecr-public::111122223333:repository/shop'

const pullPair = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const pushSet = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
  'ecr:BatchGetImage',
]

/** What is attached: place and statements. */
const attached = (input: GrantInput): readonly (readonly [string, unknown])[] =>
  grantOrThrow(input).policies.map(({ place, document }) => [
    Place.show(place),
    toJson(document)['Statement'],
  ])

const logIn = { Sid: 'LogIn', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' }
const at = {
  node: `identity-based policy of ${node}`,
  other: `identity-based policy of ${other}`,
  far: `repository policy of ${far}`,
  own: `repository policy of ${own}`,
  registry: 'registry policy of account 444455556666 in eu-west-1',
}

describe('what is attached where', () => {
  it.each<readonly [string, GrantInput, readonly (readonly [string, unknown])[]]>([
    [
      'a pull within one account is an identity policy: the token apart on *, two actions on the exact ARN',
      { operations: 'pull', principals: node, repositories: own },
      [[at.node, [logIn, { Sid: 'Pull', Effect: 'Allow', Action: pullPair, Resource: own }]]],
    ],
    [
      'an image address is as good as an ARN, and its tag is left aside',
      {
        operations: ['pull-tag'],
        principals: [node],
        repositories: ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1.2'],
      },
      [[at.node, [logIn, { Sid: 'Pull', Effect: 'Allow', Action: pullPair, Resource: own }]]],
    ],
    [
      'a push into another account is allowed on both sides (XA-1)',
      { operations: 'push', principals: node, repositories: far },
      [
        [at.node, [logIn, { Sid: 'Push', Effect: 'Allow', Action: pushSet, Resource: far }]],
        [at.far, [{ Sid: 'Push', Effect: 'Allow', Principal: { AWS: node }, Action: pushSet }]],
      ],
    ],
    [
      'several principals and repositories of several accounts at once: each repository lets in the foreigners',
      { operations: 'pull', principals: [node, other], repositories: [own, far] },
      [
        [at.node, [logIn, { Sid: 'Pull', Effect: 'Allow', Action: pullPair, Resource: [own, far] }]],
        [at.other, [logIn, { Sid: 'Pull', Effect: 'Allow', Action: pullPair, Resource: [own, far] }]],
        [at.own, [{ Sid: 'Pull', Effect: 'Allow', Principal: { AWS: other }, Action: pullPair }]],
        [at.far, [{ Sid: 'Pull', Effect: 'Allow', Principal: { AWS: node }, Action: pullPair }]],
      ],
    ],
    [
      'an account is named by its root, and its users and roles get a policy to attach (PR-2)',
      { operations: 'pull', principals: '111122223333', repositories: far },
      [
        [
          'identity-based policy of each user and role of account 111122223333 that is to have it',
          [logIn, { Sid: 'Pull', Effect: 'Allow', Action: pullPair, Resource: far }],
        ],
        [
          at.far,
          [
            {
              Sid: 'Pull',
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:root' },
              Action: pullPair,
            },
          ],
        ],
      ],
    ],
    [
      'an organization is everybody under a condition (SA-5)',
      { operations: 'pull', principals: 'o-a1b2c3d4e5', repositories: far },
      [
        [
          'identity-based policy of each user and role of organization o-a1b2c3d4e5 that is to have it',
          [logIn, { Sid: 'Pull', Effect: 'Allow', Action: pullPair, Resource: far }],
        ],
        [
          at.far,
          [
            {
              Sid: 'PullByOrganization',
              Effect: 'Allow',
              Principal: '*',
              Action: pullPair,
              Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
            },
          ],
        ],
      ],
    ],
    [
      'Lambda in the account of the repository needs the repository policy only, and no token (EX-20)',
      { operations: 'lambda', principals: '111122223333', repositories: own },
      [
        [
          at.own,
          [
            {
              Sid: 'RunImageByLambda',
              Effect: 'Allow',
              Principal: { Service: 'lambda.amazonaws.com' },
              Action: pullPair,
              Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:eu-west-1:111122223333:function:*' } },
            },
          ],
        ],
      ],
    ],
    [
      'Lambda of another account: the deployer on both sides, and the service for his functions (EX-21)',
      { operations: 'lambda', principals: node, repositories: far },
      [
        [at.node, [{ Sid: 'RunImage', Effect: 'Allow', Action: pullPair, Resource: far }]],
        [
          at.far,
          [
            { Sid: 'RunImage', Effect: 'Allow', Principal: { AWS: node }, Action: pullPair },
            {
              Sid: 'RunImageByLambda',
              Effect: 'Allow',
              Principal: { Service: 'lambda.amazonaws.com' },
              Action: pullPair,
              Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:eu-west-1:111122223333:function:*' } },
            },
          ],
        ],
      ],
    ],
    [
      'a service with sources of its own, whose ARNs leave the account open (EX-40)',
      {
        operations: 'pull',
        principals: {
          service: 'robot.amazonaws.com',
          sourceArns: 'arn:aws:robot:::job/*',
          sourceAccounts: ['444455556666', '111122223333'],
        },
        repositories: own,
      },
      [
        [
          at.own,
          [
            {
              Sid: 'PullByRobot',
              Effect: 'Allow',
              Principal: { Service: 'robot.amazonaws.com' },
              Action: pullPair,
              Condition: {
                ArnLike: { 'aws:SourceArn': 'arn:aws:robot:::job/*' },
                StringEquals: { 'aws:SourceAccount': ['111122223333', '444455556666'] },
              },
            },
          ],
        ],
      ],
    ],
    [
      'a scope of another account is opened by its registry policy, and has no neighbour in it (EX-27)',
      {
        operations: 'tag-list',
        principals: node,
        repositories: ['arn:aws:ecr:eu-west-1:444455556666:repository/team/*', far.replace('app', 'team')],
      },
      [
        [
          at.node,
          [
            logIn,
            {
              Sid: 'TagList',
              Effect: 'Allow',
              Action: 'ecr:ListImages',
              Resource: [
                'arn:aws:ecr:eu-west-1:444455556666:repository/team',
                'arn:aws:ecr:eu-west-1:444455556666:repository/team/*',
              ],
            },
          ],
        ],
        [
          'repository policy of arn:aws:ecr:eu-west-1:444455556666:repository/team',
          [{ Sid: 'TagList', Effect: 'Allow', Principal: { AWS: node }, Action: 'ecr:ListImages' }],
        ],
        [
          at.registry,
          [
            {
              Sid: 'TagList',
              Effect: 'Allow',
              Principal: { AWS: node },
              Action: 'ecr:ListImages',
              Resource: 'arn:aws:ecr:eu-west-1:444455556666:repository/team/*',
            },
          ],
        ],
      ],
    ],
    [
      'a pull through a cache of another account makes the repository, so the registry policy answers (EC-4)',
      { operations: 'pull-through', principals: node, repositories: far },
      [
        [
          at.node,
          [
            logIn,
            {
              Sid: 'PullThroughCache',
              Effect: 'Allow',
              Action: [...pullPair, 'ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
              Resource: far,
            },
          ],
        ],
        [
          at.registry,
          [
            {
              Sid: 'PullThroughCache',
              Effect: 'Allow',
              Principal: { AWS: node },
              Action: [...pullPair, 'ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
              Resource: far,
            },
          ],
        ],
      ],
    ],
    [
      'under V1 the registry policy answers for what it is asked about, and the repository policy for the rest (EC-6)',
      { operations: 'pull-through', principals: node, repositories: far, registryPolicyScope: 'V1' },
      [
        [
          at.node,
          [
            logIn,
            {
              Sid: 'PullThroughCache',
              Effect: 'Allow',
              Action: [...pullPair, 'ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
              Resource: far,
            },
          ],
        ],
        [at.far, [{ Sid: 'PullThroughCache', Effect: 'Allow', Principal: { AWS: node }, Action: pullPair }]],
        [
          at.registry,
          [
            {
              Sid: 'PullThroughCache',
              Effect: 'Allow',
              Principal: { AWS: node },
              Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
              Resource: far,
            },
          ],
        ],
      ],
    ],
    [
      'replication is granted to the source account by the registry policy of the destination (EC-5)',
      {
        operations: 'replicate',
        principals: '111122223333',
        repositories: 'arn:aws:ecr:eu-west-1:444455556666:repository/*',
        optional: 'ecr:CreateRepository',
      },
      [
        [
          at.registry,
          [
            {
              Sid: 'Replicate',
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:root' },
              Action: ['ecr:ReplicateImage', 'ecr:CreateRepository'],
              Resource: 'arn:aws:ecr:eu-west-1:444455556666:repository/*',
            },
          ],
        ],
      ],
    ],
    [
      'a copy reads from the sources and writes to the repositories',
      { operations: 'copy', principals: node, repositories: own, sources: far },
      [
        [
          at.node,
          [
            logIn,
            { Sid: 'CopyCraneSource', Effect: 'Allow', Action: pullPair, Resource: far },
            { Sid: 'CopyCrane', Effect: 'Allow', Action: pushSet.slice(0, 5), Resource: own },
          ],
        ],
        [at.far, [{ Sid: 'CopyCraneSource', Effect: 'Allow', Principal: { AWS: node }, Action: pullPair }]],
      ],
    ],
    [
      'a push to ECR Public takes its own token, without Region (EX-45, EX-46)',
      { operations: 'push', principals: node, repositories: shop },
      [
        [
          at.node,
          [
            {
              Sid: 'LogInToPublic',
              Effect: 'Allow',
              Action: ['ecr-public:GetAuthorizationToken', 'sts:GetServiceBearerToken'],
              Resource: '*',
            },
            {
              Sid: 'PublicPush',
              Effect: 'Allow',
              Action: pushSet.slice(0, 5).map((action) => action.replace('ecr:', 'ecr-public:')),
              Resource: shop,
            },
          ],
        ],
      ],
    ],
    [
      'a pull from ECR Public takes nothing (EX-44)',
      { operations: 'pull', principals: node, repositories: shop },
      [],
    ],
    [
      'an endpoint lets the token and the pull through in each Region (EX-42)',
      {
        operations: 'pull',
        principals: node,
        repositories: [own, own.replace('eu-west-1', 'us-east-1')],
        endpoint: true,
      },
      [
        [
          at.node,
          [
            logIn,
            {
              Sid: 'Pull',
              Effect: 'Allow',
              Action: pullPair,
              Resource: [own, own.replace('eu-west-1', 'us-east-1')],
            },
          ],
        ],
        ...['eu-west-1', 'us-east-1'].map(
          (region) =>
            [
              `VPC endpoint policy in ${region}`,
              [
                { ...logIn, Principal: { AWS: node } },
                {
                  Sid: 'Pull',
                  Effect: 'Allow',
                  Principal: { AWS: node },
                  Action: pullPair,
                  Resource: own.replace('eu-west-1', region),
                },
              ],
            ] as const,
        ),
      ],
    ],
    [
      'what needs no repository takes none',
      { operations: 'replication-same-account', principals: node },
      [
        [
          at.node,
          [
            {
              Sid: 'ReplicationSameAccount',
              Effect: 'Allow',
              Action: 'ecr:PutReplicationConfiguration',
              Resource: '*',
            },
          ],
        ],
      ],
    ],
  ])('%s', (_, input, expected) => {
    expect(attached(input)).toEqual(expected)
  })
})

describe('an account that is given by its id', () => {
  const account = '111122223333'
  it.each([
    ['aws', undefined],
    ['aws', own],
    ['aws-cn', own.replace('aws', 'aws-cn').replace('eu-west-1', 'cn-north-1')],
  ])('is of %s at the endpoint for %s', (partition, repository) => {
    const asked =
      repository === undefined
        ? { operations: 'login' as const }
        : { operations: 'pull' as const, repositories: repository }
    const { policies } = grantOrThrow({ ...asked, principals: account, endpoint: true })
    const endpoint = policies.find(({ place }) => place._tag === 'VpcEndpointPolicy')
    expect(
      endpoint?.document.statements.map(
        (statement) => 'principal' in statement && statement.principal.principals,
      ),
    ).toEqual(
      Array.from({ length: repository === undefined ? 1 : 2 }, () => [
        { _tag: 'Account', partition, account },
      ]),
    )
  })
})

describe('what is not written', () => {
  it('a repository that a scope has in it', () => {
    const scope = own.replace('app', '*')
    expect(attached({ operations: 'pull', principals: node, repositories: [own, scope] })).toEqual(
      attached({ operations: 'pull', principals: node, repositories: scope }),
    )
  })

  it('a role at the repository, where its account is let in (PR-2)', () => {
    const [, policy] = attached({
      operations: 'pull',
      principals: [node, '111122223333'],
      repositories: far,
    }).filter(([place]) => place !== at.node)
    expect(policy).toMatchObject([at.far, [{ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }]])
  })

  it('anything at the repository for callers of its own account', () => {
    expect(
      attached({ operations: 'pull', principals: ['111122223333', node], repositories: own }),
    ).toHaveLength(2)
  })
})

describe('what cannot be granted', () => {
  const pull = { operations: 'pull', principals: node, repositories: own } as const
  it.each<readonly [string, GrantInput, readonly string[]]>([
    ['no operation', { ...pull, operations: [] }, ['/operations EmptyList']],
    ['no principal', { ...pull, principals: [] }, ['/principals EmptyList']],
    ['no repository', { ...pull, repositories: [] }, ['/repositories MissingElement']],
    ['a copy from nowhere', { ...pull, operations: 'copy' }, ['/sources MissingElement']],
    [
      'a signature without profile',
      { ...pull, operations: 'sign-managed' },
      ['/signingProfile MissingElement'],
    ],
    [
      'an operation that is none, a session, and a place that is none: each is told',
      {
        operations: ['pull', JSON.parse('"pul"') as 'pull'],
        principals: ['arn:aws:sts::111122223333:assumed-role/node/i-1'],
        repositories: [own, 'app'],
      },
      [
        '/operations/1 UnknownOperation',
        '/principals/0 UnsuitablePrincipal',
        '/repositories/1 InvalidImageReference',
      ],
    ],
    ['everybody', { ...pull, principals: '*' }, ['/principals UnsuitablePrincipal']],
    [
      'a service-linked role',
      { ...pull, principals: 'arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R' },
      ['/principals UnsuitablePrincipal'],
    ],
    ['a wildcard in a name', { ...pull, repositories: `${own}*` }, ['/repositories LeakyScope']],
    [
      'a wildcard for the Region',
      { ...pull, repositories: own.replace('eu-west-1', '*') },
      ['/repositories LeakyScope'],
    ],
    [
      'a scope of no name',
      { ...pull, repositories: own.replace('app', 'App/*') },
      ['/repositories InvalidRepositoryName'],
    ],
    ['a login on a repository', { ...pull, operations: 'login' }, ['/repositories UnusedTarget']],
    ['sources of a pull', { ...pull, sources: far }, ['/sources UnusedTarget']],
    [
      'a repository of another partition (XA-6)',
      { ...pull, repositories: 'arn:aws-cn:ecr:cn-north-1:444455556666:repository/app' },
      ['/repositories OtherPartition'],
    ],
    [
      'a login of a service',
      { operations: 'login', principals: 'lambda.amazonaws.com' },
      ['/principals UnsuitablePrincipal'],
    ],
    [
      'Lambda for an organization (EX-39)',
      { ...pull, operations: 'lambda', principals: 'o-a1b2c3d4e5' },
      ['/principals UnsuitablePrincipal', '/principals UnsuitablePrincipal'],
    ],
    [
      'a source that could be anybody’s (EX-40)',
      { ...pull, principals: [{ service: 'robot.amazonaws.com', sourceArns: ['arn:aws:robot:::job/1'] }] },
      ['/principals/0/sourceArns/0 MissingSource'],
    ],
    [
      'replication to a role',
      { ...pull, operations: 'replicate', repositories: far },
      ['/principals UnsuitablePrincipal'],
    ],
    [
      'replication into the account itself',
      { operations: 'replicate', principals: '111122223333', repositories: own },
      ['/repositories UnsuitableTarget'],
    ],
    [
      'Lambda of the same account across accounts',
      { operations: 'lambda-same-account', principals: node, repositories: far },
      ['/repositories UnsuitableTarget'],
    ],
    [
      'a scope across accounts under V1',
      { ...pull, repositories: far.replace('app', 'team/*'), registryPolicyScope: 'V1' },
      ['/repositories UnsuitableTarget', '/repositories UnsuitableTarget'],
    ],
    [
      'a scope of ECR Public across accounts',
      { operations: 'push', principals: other, repositories: shop.replace('shop', '*') },
      ['/repositories UnsuitableTarget'],
    ],
    [
      'an organization whose id is a piece of a word',
      { ...pull, principals: 'xo-a1b2c3d4e5' },
      ['/principals InvalidPrincipal'],
    ],
    [
      'an organization with a path',
      { ...pull, principals: 'o-a1b2c3d4e5/r-1' },
      ['/principals InvalidPrincipal'],
    ],
    [
      'a source that is no whole ARN',
      {
        ...pull,
        principals: [
          { service: 'lambda.amazonaws.com', sourceArns: ['arn:aws:lambda:eu-west-1:111122223333'] },
        ],
      },
      ['/principals/0/sourceArns/0 InvalidArn'],
    ],
    ['an optional action of nothing', { ...pull, optional: ['ecr:PutImage'] }, ['/optional/0 InvalidAction']],
    [
      'a profile of another account',
      {
        ...pull,
        operations: 'sign-managed',
        signingProfile: 'arn:aws:signer:eu-west-1:444455556666:/signing-profiles/p',
      },
      ['/principals UnsuitableTarget'],
    ],
    [
      'more than a managed policy holds (SZ-1)',
      { ...pull, repositories: Array.from({ length: 120 }, (_, i) => `${own}${i.toString()}`) },
      [' TooLarge'],
    ],
  ])('%s', (_, input, expected) => {
    const result = grant(input)
    expect(E.isLeft(result) ? result.left.map(({ pointer, code }) => `${pointer} ${code}`) : result).toEqual(
      expected,
    )
  })

  it.each<readonly [string, GrantInput, readonly string[]]>([
    [
      'a profile of the caller’s own account',
      {
        ...pull,
        operations: 'sign-managed',
        signingProfile: 'arn:aws:signer:eu-west-1:111122223333:/signing-profiles/p',
      },
      [at.node],
    ],
    [
      'a profile to an organization, whose accounts nobody knows',
      {
        ...pull,
        principals: 'o-a1b2c3d4e5',
        operations: 'sign-managed',
        signingProfile: 'arn:aws:signer:eu-west-1:444455556666:/signing-profiles/p',
      },
      ['identity-based policy of each user and role of organization o-a1b2c3d4e5 that is to have it', at.own],
    ],
    [
      'replication into a namespace under V1, which looks at nothing but that (EC-6)',
      {
        operations: 'replicate',
        principals: '111122223333',
        repositories: far.replace('app', 'team/*'),
        registryPolicyScope: 'V1',
      },
      [at.registry],
    ],
    [
      'a service in two partitions, of neither of which it is (XA-6)',
      {
        ...pull,
        principals: 'lambda.amazonaws.com',
        repositories: [own, own.replace('aws', 'aws-cn').replace('eu-west-1', 'cn-north-1')],
      },
      [`repository policy of ${own.replace('aws', 'aws-cn').replace('eu-west-1', 'cn-north-1')}`, at.own],
    ],
    [
      'a source that tells neither account nor Region, with the account beside it (EX-40)',
      {
        ...pull,
        principals: {
          service: 'lambda.amazonaws.com',
          sourceArns: 'arn:aws:s3:::bucket',
          sourceAccounts: '111122223333',
        },
      },
      [at.own],
    ],
  ])('but this can: %s', (_, input, places) => {
    expect(attached(input).map(([place]) => place)).toEqual(places)
  })

  it.each([
    [`${own}:*`, `no policy sees tags: ask for \`${own}\``],
    ['*', 'name the registry: `arn:aws:ecr:REGION:ACCOUNT:repository/*`'],
    ['/*', 'write `arn:aws:ecr:REGION:ACCOUNT:repository/NAMESPACE/*`'],
    [`${own}*x`, 'name the repositories, or a namespace with `/*`'],
  ])('on %s, which is told what to ask for instead', (repositories, suggestion) => {
    const result = grant({ ...pull, repositories })
    expect(E.isLeft(result) && result.left.map((error) => error.suggestion)).toEqual([suggestion])
  })

  it.each([
    ['a session', 'arn:aws:sts::111122223333:assumed-role/ci/run', /role\/ci/],
    ['a federated user', 'arn:aws:sts::111122223333:federated-user/bob', /IAM user/],
    ['everybody', '*', /organization/],
  ])('to %s, who is told apart, with whom to ask for instead', (_, principals, mend) => {
    const result = grant({ ...pull, principals })
    expect(E.isLeft(result) && result.left).toMatchObject([
      {
        code: 'UnsuitablePrincipal',
        message: expect.stringContaining(principals) as string,
        suggestion: expect.stringMatching(mend) as string,
      },
    ])
  })

  it('is told in lines, and thrown so', () => {
    const input: GrantInput = { ...pull, repositories: `${own}*` }
    const text = E.match(showGrantErrors, () => '')(grant(input))
    expect(text).toBe(
      [
        'this cannot be granted: 1 error',
        `  /repositories: \`${own}*\` has a wildcard that is not a closing \`/*\`, and so takes in names that merely look alike (ask for \`${own}\` and \`${own}/*\`) [LeakyScope]`,
      ].join('\n'),
    )
    expect(() => grantOrThrow(input)).toThrow(text)
  })

  it('as a managed policy fits as an inline one of a role, which holds more (SZ-1)', () => {
    const repositories = Array.from({ length: 120 }, (_, i) => `${own}${i.toString()}`)
    const [policy] = grantOrThrow({ ...pull, repositories, identityPolicies: 'inline' }).policies
    expect(policy?.kind).toBe('inline-role')
  })
})

describe('a grant', () => {
  it.each<readonly [GrantInput['operations'], string]>([
    [['pull', 'push'], 'PullAndPush'],
    [['tag-list', 'pull-tag'], 'PullAndTagList'],
    [['pull', 'push', 'delete-image', 'tag-list'], 'PullAndPushAndTagListAndMore'],
    ['pull-warm', 'FetchManifest'],
    ['push-legacy', 'UploadImage'],
    ['push-existing-layers', 'AddImage'],
    ['push-index', 'AddIndex'],
    ['create-on-push', 'CreateAndUpload'],
    ['ptc-first-pull', 'PullThroughCache'],
    ['ptc-later-pull', 'RefreshCache'],
  ])('of %j names its statements by them', (operations, sid) => {
    const sids = attached({ operations, principals: node, repositories: own }).flatMap(([, statements]) =>
      (statements as readonly { readonly Sid: string }[]).map(({ Sid }) => Sid),
    )
    expect(sids).toContain(sid)
  })

  it('does not depend on the order in which principals, operations and repositories are given', () => {
    const lists = {
      principals: [node, other, '111122223333', 'o-a1b2c3d4e5'],
      operations: ['pull', 'push'] as const,
      repositories: [own, far, own.replace('app', 'base')],
    }
    const turned = {
      principals: [...lists.principals].reverse(),
      operations: [...lists.operations].reverse(),
      repositories: [...lists.repositories].reverse(),
    }
    const sorted = (input: GrantInput): readonly string[] =>
      attached(input)
        .map((each) => JSON.stringify(each))
        .sort()
    expect(sorted({ ...lists, principals: turned.principals })).toEqual(sorted(lists))
    expect(sorted({ ...lists, operations: turned.operations })).toEqual(sorted(lists))
    expect(sorted({ ...lists, repositories: turned.repositories })).toEqual(sorted(lists))
  })
})

describe('explainGrant', () => {
  it('says what goes where, why, and what else there is to know, each with its rules', () => {
    const text = explainGrant(
      grantOrThrow({ operations: 'pull', principals: ['o-a1b2c3d4e5'], repositories: far }),
    )
    expect(text.split('\n').filter((line) => !/^ {3}[ {}$]|^ {3}(Save|or in)/.test(line))).toEqual([
      'To let o-a1b2c3d4e5 do pull-tag',
      `on ${far}`,
      'attach 2 policies.',
      '',
      '1. identity-based policy of each user and role of organization o-a1b2c3d4e5 that is to have it',
      '   A token names no repository, so nothing but an identity policy can grant it. [EX-1, EX-2]',
      '   To callers of other accounts a grant to everybody in the organization is half of what they need: this is the other half. [XA-3]',
      '',
      `2. repository policy of ${far}`,
      '   Everybody is let in whose request shows that he belongs to the organization. [SA-5, PR-9]',
      '',
      'Notes',
      '- Setting the policy of a repository, registry or endpoint replaces the one before: merge it with what is there. [EX-56]',
      '- AWS services bring no `aws:PrincipalOrgID`: grant to Lambda and others apart, with the accounts they act for. [EX-39]',
    ])
  })

  const whysOf = (input: GrantInput): readonly (readonly string[])[] =>
    grantOrThrow(input).policies.map(({ why }) =>
      why.map(({ text, rules }) => `${text} [${rules.join(', ')}]`),
    )
  const bothSides =
    'The caller is of another account: both sides must allow, and this is the side of the owner. [EX-37, XA-1]'

  it('says of a registry policy why it is that one, and whom it lets in', () => {
    expect(whysOf({ operations: 'create-on-push', principals: node, repositories: far }).at(-1)).toEqual([
      'A repository that is yet to be made has no policy of its own, so the registry policy has to answer. [EC-4, EX-30]',
      bothSides,
    ])
    expect(
      whysOf({ operations: 'replicate', principals: '111122223333', repositories: far.replace('app', '*') }),
    ).toEqual([
      [
        'Replication from another account is granted to that account by the registry policy of the destination. [EC-5]',
      ],
    ])
    expect(
      whysOf({
        operations: ['pull', 'tag-list'],
        principals: node,
        repositories: far.replace('app', '*'),
      }).at(-1),
    ).toEqual([
      'A scope is open to repositories yet to come, and a repository policy speaks of one repository. [EX-34, EX-35]',
      bothSides,
    ])
  })

  it('says of a repository policy all of whom it lets in', () => {
    const principals = [node, 'o-a1b2c3d4e5', 'lambda.amazonaws.com']
    expect(whysOf({ operations: 'pull', principals, repositories: far }).at(-1)).toEqual([
      bothSides,
      'Everybody is let in whose request shows that he belongs to the organization. [SA-5, PR-9]',
      'A service has no identity policy, so this alone decides. [EX-38, PR-7]',
      'The condition keeps others from making the service act for them. [EX-40]',
    ])
  })

  it('says where a copy comes from', () => {
    const text = explainGrant(
      grantOrThrow({ operations: 'copy', principals: node, repositories: own, sources: far }),
    )
    expect(text.split('\n').slice(0, 3)).toEqual([`To let ${node} do copy-crane`, `on ${own}`, `from ${far}`])
  })

  it('says so where there is nothing to attach', () => {
    expect(explainGrant(grantOrThrow({ operations: 'public-pull', principals: node }))).toBe(
      `To let ${node} do public-pull\nnothing has to be attached.\n\nNotes\n- Pulling from ECR Public takes no permission. [EX-44]`,
    )
  })

  it.each<readonly [string, GrantInput, string]>([
    [
      'V2 where it is needed',
      { operations: 'pull', principals: node, repositories: far.replace('app', '*') },
      'EC-6',
    ],
    [
      'the creation template under V1',
      { operations: 'pull-through', principals: node, repositories: far, registryPolicyScope: 'V1' },
      'EX-30',
    ],
    [
      'the layer bucket beside an endpoint',
      { operations: 'pull', principals: node, repositories: own, endpoint: true },
      'EC-8',
    ],
    [
      'what is not documented',
      { operations: 'create-on-push', principals: node, repositories: own },
      'EX-19',
    ],
    ['that principals must exist', { operations: 'pull', principals: node, repositories: far }, 'EX-55'],
    [
      'that services are of no organization, be it one grantee of several',
      { operations: 'pull', principals: [node, 'o-a1b2c3d4e5'], repositories: far },
      'EX-39',
    ],
  ])('notes %s', (_, input, rule) => {
    expect(grantOrThrow(input).notes.flatMap(({ rules }) => rules)).toContain(rule)
  })

  it('notes nothing of the kind where a role pulls within its account', () => {
    const { notes } = grantOrThrow({ operations: 'pull', principals: node, repositories: own })
    const rules = notes.flatMap((note): readonly string[] => note.rules)
    expect(
      ['EC-6', 'EX-30', 'EC-8', 'EX-19', 'EX-55', 'EX-39'].filter((rule) => rules.includes(rule)),
    ).toEqual([])
  })
})

describe('covers', () => {
  const target = fc
    .tuple(
      fc.constantFrom('111122223333', '444455556666'),
      fc.constantFrom('app', 'app/web', 'app/*', 'application', 'ap/*', 'app/web/*', '*'),
    )
    .map(([account, name]) => GrantTarget.parse(`arn:aws:ecr:eu-west-1:${account}:repository/${name}`))

  it('coversIsWhatThePatternMatches', () => {
    fc.assert(
      fc.property(target, target, (a, b) => {
        if (E.isLeft(a) || E.isLeft(b)) return false
        const sample = GrantTarget.arn(b.right).replace('*', 'zz')
        expect(GrantTarget.covers(a.right)(b.right)).toBe(
          Glob.matches(Glob.parse(GrantTarget.arn(a.right)))(sample),
        )
        return true
      }),
    )
  })
})
