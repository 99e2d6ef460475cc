import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { toJson } from '../../../src/model/DocumentJson.js'
import { explainGrant, grant, grantOrThrow, type GrantInput } from '../../../src/ecr/index.js'

const node = 'arn:aws:iam::111122223333:role/team/node'
const own = 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app'
const far = own.replace('111122223333', '444455556666')

/** `pointer code suggestion` of each error. */
const refusals = (input: unknown): readonly string[] =>
  E.match(
    (
      errors: readonly {
        readonly pointer: string
        readonly code: string
        readonly suggestion: string | undefined
      }[],
    ) =>
      errors.map(({ pointer, code, suggestion }) =>
        [pointer, code, ...(suggestion === undefined ? [] : [suggestion])].join(' '),
      ),
    () => [],
  )(grant(input as GrantInput))

const pull = { operations: 'pull', principals: node, repositories: own }

describe('services that fetch images in their own name are Lambda and CodeBuild (EX-38)', () => {
  it.each<readonly [string, object, readonly string[]]>([
    [
      'a service that runs tasks as a role',
      { principals: 'ecs-tasks.amazonaws.com' },
      ['/principals UnsuitablePrincipal give the task execution role'],
    ],
    [
      'the same, with sources',
      { principals: { service: 'ecs-tasks.amazonaws.com', sourceAccounts: '111122223333' } },
      ['/principals/service UnsuitablePrincipal give the task execution role'],
    ],
    [
      'instances',
      { principals: ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] },
      [
        '/principals/0 UnsuitablePrincipal give the role of the instance or node',
        '/principals/1 UnsuitablePrincipal give the role of the instance or node',
      ],
    ],
    [
      'App Runner',
      { principals: 'build.apprunner.amazonaws.com' },
      ['/principals UnsuitablePrincipal give the access role'],
    ],
    [
      'a cache rule',
      { principals: 'pullthroughcache.ecr.amazonaws.com' },
      ['/principals UnsuitablePrincipal give the role of the cache rule'],
    ],
    [
      'a typo',
      { principals: 'lamda.amazonaws.com' },
      ['/principals UnsuitablePrincipal did you mean `lambda.amazonaws.com`?'],
    ],
    [
      'a typo in a service with sources',
      { principals: [{ service: 'codebiuld.amazonaws.com', sourceAccounts: '111122223333' }] },
      ['/principals/0/service UnsuitablePrincipal did you mean `codebuild.amazonaws.com`?'],
    ],
    [
      'a typo behind the name',
      { principals: 'lambda.amazonaws.co' },
      ['/principals InvalidPrincipal did you mean `lambda.amazonaws.com`?'],
    ],
    [
      'the ending of China, where Lambda has none',
      { principals: 'lambda.amazonaws.com.cn' },
      ['/principals UnsuitablePrincipal did you mean `lambda.amazonaws.com`?'],
    ],
    [
      'a service of which nothing is known, and no source',
      { principals: 'robot.amazonaws.com' },
      [
        '/principals UnsuitablePrincipal give the role that it assumes, or `sourceAccounts` as well if it does',
      ],
    ],
    [
      'a push by Lambda',
      { operations: 'push', principals: 'lambda.amazonaws.com' },
      ['/principals UnsuitablePrincipal ask for `push` for the role that the function runs as'],
    ],
    [
      'a task by Lambda',
      { operations: 'ecs-fargate', principals: 'lambda.amazonaws.com' },
      ['/principals UnsuitablePrincipal give the ARN of that role'],
    ],
    [
      'an image for builds of another account',
      { operations: 'codebuild-image', repositories: far },
      ['/repositories UnsuitableTarget ask for `pull` for the role of the project'],
    ],
    [
      'builds of another account, by their sources',
      { principals: { service: 'codebuild.amazonaws.com', sourceAccounts: '444455556666' } },
      ['/repositories UnsuitableTarget give the role of the project'],
    ],
    [
      'functions of another Region',
      {
        principals: {
          service: 'lambda.amazonaws.com',
          sourceArns: 'arn:aws:lambda:us-east-1:111122223333:function:f',
        },
      },
      ['/repositories UnsuitableTarget have the image replicated, and give the repository of that Region'],
    ],
  ])('%s', (_, input, expected) => {
    expect(refusals({ ...pull, ...input })).toEqual(expected)
  })

  it('CodeBuild is let in for projects of the account, which is demanded beside (EX-40)', () => {
    const [policy] = grantOrThrow({
      operations: 'codebuild-image',
      principals: node,
      repositories: own,
    }).policies
    expect(policy && toJson(policy.document)['Statement']).toEqual([
      {
        Sid: 'RunImageByCodebuild',
        Effect: 'Allow',
        Principal: { Service: 'codebuild.amazonaws.com' },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Condition: {
          ArnLike: { 'aws:SourceArn': 'arn:aws:codebuild:eu-west-1:111122223333:project/*' },
          StringEquals: { 'aws:SourceAccount': '111122223333' },
        },
      },
    ])
  })
})

describe('what callers without types send is refused where it stands', () => {
  it.each<readonly [string, unknown, readonly string[]]>([
    ['nothing', undefined, [' MissingElement']],
    ['null', null, [' InvalidType']],
    ['a list', [pull], [' InvalidType']],
    ['no keys', {}, ['/operations EmptyList', '/principals EmptyList']],
    ['operations that are null', { ...pull, operations: null }, ['/operations InvalidType']],
    ['an operation that is a number', { ...pull, operations: ['pull', 7] }, ['/operations/1 InvalidType']],
    ['a principal that is a number', { ...pull, principals: [42] }, ['/principals/0 InvalidType']],
    ['principals that are null', { ...pull, principals: null }, ['/principals InvalidType']],
    ['a principal that is a list', { ...pull, principals: [[node]] }, ['/principals/0 InvalidType']],
    ['a service without host', { ...pull, principals: {} }, ['/principals/service MissingElement']],
    [
      'a service whose parts are no texts: each is told',
      { ...pull, principals: { service: 1, sourceArns: [null], sourceAccounts: [111122223333] } },
      [
        '/principals/service InvalidType',
        '/principals/sourceArns/0 InvalidType',
        '/principals/sourceAccounts/0 InvalidType',
      ],
    ],
    ['a repository that is null', { ...pull, repositories: null }, ['/repositories InvalidType']],
    [
      'a repository that is a record',
      { ...pull, repositories: [{ name: 'app' }] },
      ['/repositories/0 InvalidType'],
    ],
    ['a source that is a number', { ...pull, sources: [1] }, ['/sources/0 InvalidType']],
    ['a profile that is a number', { ...pull, signingProfile: 1 }, ['/signingProfile InvalidType']],
    ['an optional action that is null', { ...pull, optional: null }, ['/optional InvalidType']],
    ['an endpoint that is a text', { ...pull, endpoint: 'yes' }, ['/endpoint InvalidType']],
    ['a scope that is none', { ...pull, registryPolicyScope: 'V3' }, ['/registryPolicyScope InvalidType']],
    ['a sort of policy that is none', { ...pull, identityPolicies: null }, ['/identityPolicies InvalidType']],
  ])('%s', (_, input, expected) => {
    expect(refusals(input).map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual(expected)
  })
})

describe('targets that are none are told what to give instead', () => {
  it.each<readonly [string, object, readonly string[]]>([
    [
      'everything',
      { repositories: '*' },
      ['/repositories LeakyScope name the registry: `arn:aws:ecr:REGION:ACCOUNT:repository/*`'],
    ],
    [
      'a pattern of tags (EX-51)',
      { repositories: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:*' },
      [
        '/repositories LeakyScope no policy sees tags: ask for `111122223333.dkr.ecr.eu-west-1.amazonaws.com/app`',
      ],
    ],
    [
      'an image of ECR Public (EX-44)',
      { repositories: 'public.ecr.aws/nginx/nginx' },
      [
        '/repositories UnsuitableTarget leave it out; to push there, give the ARN, `arn:aws:ecr-public::ACCOUNT:repository/NAME`',
      ],
    ],
    [
      'optional actions that are those of a cache',
      { operations: 'kaniko', optional: 'ecr:PutImage' },
      [
        '/optional InvalidAction all there are bear on a repository for its cache: ask for `push` to that one apart',
      ],
    ],
    [
      'one account in two partitions (XA-6)',
      {
        principals: '999988887777',
        repositories: [own, 'arn:aws-us-gov:ecr:us-gov-west-1:111122223333:repository/app'],
      },
      ['/repositories/0 OtherPartition ask for each partition apart'],
    ],
  ])('%s', (_, input, expected) => {
    expect(Array.from(new Set(refusals({ ...pull, ...input })))).toEqual(expected)
  })
})

describe('explainGrant says how to attach each policy', () => {
  const steps = (input: GrantInput): readonly string[] =>
    explainGrant(grantOrThrow(input))
      .split('\n')
      .filter((line) => /^ {3}(\$|Save|or in)/.test(line))
      .map((line) => line.trim())

  it('to a role and to a repository', () => {
    expect(steps({ operations: 'pull', principals: node, repositories: far })).toEqual([
      'Save as 1-node-policy.json, then',
      '$ aws iam create-policy --policy-name ecr-node --policy-document file://1-node-policy.json',
      '$ aws iam attach-role-policy --role-name node --policy-arn arn:aws:iam::111122223333:policy/ecr-node',
      'or in the console: IAM > Policies > Create policy > JSON; then Roles > node > Add permissions > Attach policies.',
      'Save as 2-team-app-repository-policy.json, then',
      '$ aws ecr set-repository-policy --region eu-west-1 --registry-id 444455556666 --repository-name team/app --policy-text file://2-team-app-repository-policy.json',
      'or in the console: ECR > Private registry > Repositories > team/app > Permissions > Edit policy JSON.',
    ])
  })

  it.each<readonly [string, GrantInput, string]>([
    [
      'inline to a user',
      {
        operations: 'pull',
        principals: 'arn:aws:iam::111122223333:user/bob',
        repositories: own,
        identityPolicies: 'inline',
      },
      '$ aws iam put-user-policy --user-name bob --policy-name ecr-bob --policy-document file://1-bob-policy.json',
    ],
    [
      'to a role whose name ends in capitals, as what stands for a name does',
      { operations: 'pull', principals: `${node}CI`, repositories: own },
      '$ aws iam create-policy --policy-name ecr-nodeCI --policy-document file://1-nodeCI-policy.json',
    ],
    [
      'to a role whose name is in capitals',
      { operations: 'pull', principals: 'arn:aws:iam::111122223333:role/team/CI', repositories: own },
      '$ aws iam create-policy --policy-name ecr-CI --policy-document file://1-CI-policy.json',
    ],
    [
      'to each role of an account',
      { operations: 'pull', principals: '111122223333', repositories: own },
      '$ aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::111122223333:policy/ecr-111122223333',
    ],
    [
      'to each role of an organization, in the partition of what is granted',
      {
        operations: 'pull',
        principals: 'o-a1b2c3d4e5',
        repositories: 'arn:aws-cn:ecr:cn-north-1:111122223333:repository/app',
      },
      '$ aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws-cn:iam::ACCOUNT:policy/ecr-o-a1b2c3d4e5',
    ],
    [
      'to each role of an account that may log in',
      { operations: 'login', principals: '111122223333' },
      '$ aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::111122223333:policy/ecr-111122223333',
    ],
    [
      'to a registry',
      { operations: 'replicate', principals: '111122223333', repositories: far },
      '$ aws ecr put-registry-policy --region eu-west-1 --policy-text file://1-registry-444455556666-eu-west-1.json',
    ],
    [
      'to a repository of ECR Public',
      {
        operations: 'push',
        principals: node,
        repositories: 'arn:aws:ecr-public::444455556666:repository/shop',
      },
      '$ aws ecr-public set-repository-policy --region us-east-1 --registry-id 444455556666 --repository-name shop --policy-text file://2-shop-repository-policy.json',
    ],
    [
      'to endpoints of whichever Region',
      { operations: 'login', principals: node, endpoint: true },
      '$ aws ec2 modify-vpc-endpoint --region REGION --vpc-endpoint-id ENDPOINT --policy-document file://2-endpoint.json',
    ],
    [
      'to endpoints',
      { operations: 'pull', principals: node, repositories: own, endpoint: true },
      '$ aws ec2 modify-vpc-endpoint --region eu-west-1 --vpc-endpoint-id ENDPOINT --policy-document file://2-endpoint-eu-west-1.json',
    ],
  ])('%s', (_, input, command) => {
    expect(steps(input)).toContain(command)
  })
})
