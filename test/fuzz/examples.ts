/** Right inputs of every sort of reader, to be spoiled. */
import { readFileSync } from 'node:fs'
import { isArray } from './shape.js'

const read = (path: string): readonly unknown[] => {
  const cases: unknown = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
  return isArray(cases) ? cases : []
}

export const policies: readonly unknown[] = read('../cases/validity.json').map((one) =>
  Reflect.get(Object(one), 'policy'),
)

export const scenarios: readonly unknown[] = read('../cases/decisions.json')

const account = '111122223333'
const here = { 'AWS::AccountId': account, 'AWS::Region': 'eu-west-1' }
const statement = { Effect: 'Allow', Action: ['ecr:*'], Resource: { 'Fn::GetAtt': ['Repo', 'Arn'] } }

export const templates: readonly unknown[] = [
  {
    Parameters: { Name: { Type: 'String', Default: 'app' }, List: { Type: 'CommaDelimitedList' } },
    Mappings: { M: { a: { b: 'c' } } },
    Conditions: {
      Prod: { 'Fn::Equals': [{ Ref: 'Name' }, 'prod'] },
      Not: { 'Fn::Not': [{ Condition: 'Prod' }] },
    },
    Resources: {
      Repo: {
        Type: 'AWS::ECR::Repository',
        Properties: {
          RepositoryName: {
            'Fn::Sub': ['${Name}/${X}', { X: { 'Fn::Join': ['-', ['a', { Ref: 'Name' }]] } }],
          },
          RepositoryPolicyText: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'ecr:BatchGetImage' }],
          },
        },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { 'Fn::If': ['Prod', 'node', { Ref: 'AWS::NoValue' }] },
          AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
          Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } }],
          ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess' }],
          Tags: [{ Key: 'team', Value: { 'Fn::FindInMap': ['M', 'a', 'b'] } }],
        },
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Condition: 'Prod',
        Properties: { PolicyName: 'x', PolicyDocument: { Statement: statement }, Roles: [{ Ref: 'Role' }] },
      },
      Registry: { Type: 'AWS::ECR::RegistryPolicy', Properties: { PolicyText: { Statement: [statement] } } },
    },
  },
  { Resources: {} },
]

const planned = (type: string, name: string, values: object): object => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  values,
})

export const plans: readonly unknown[] = [
  {
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: [
          planned('aws_iam_role', 'node', {
            name: 'node',
            assume_role_policy: '{"Statement":[]}',
            path: '/',
          }),
          planned('aws_iam_role_policy', 'p', { role: 'node', policy: '{"Statement":[]}', name: 'p' }),
          planned('aws_ecr_repository', 'app', { name: 'app', tags_all: { team: 'a' } }),
          planned('aws_ecr_repository_policy', 'q', { repository: 'app', policy: '{}' }),
        ],
        child_modules: [{ address: 'module.m', resources: [], child_modules: [] }],
      },
    },
    configuration: { root_module: { resources: [], module_calls: { m: { module: { resources: [] } } } } },
    variables: { name: { value: 'app' } },
  },
  { values: { root_module: { resources: [planned('aws_iam_user', 'u', { name: 'u' })] } } },
]

export const accounts: readonly unknown[] = [
  {
    details: {
      UserDetailList: [{ UserName: 'ann', Arn: `arn:aws:iam::${account}:user/ann`, GroupList: ['g'] }],
      GroupDetailList: [{ GroupName: 'g', GroupPolicyList: [], AttachedManagedPolicies: [] }],
      RoleDetailList: [
        {
          RoleName: 'node',
          Arn: `arn:aws:iam::${account}:role/node`,
          RolePolicyList: [{ PolicyName: 'p', PolicyDocument: '%7B%22Statement%22%3A%5B%5D%7D' }],
          AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
          Tags: [{ Key: 'a', Value: 'b' }],
        },
      ],
      Policies: [
        {
          PolicyName: 'm',
          Arn: `arn:aws:iam::${account}:policy/m`,
          PolicyVersionList: [{ IsDefaultVersion: true }],
        },
      ],
    },
    repositories: [
      {
        repositories: [
          { repositoryName: 'app', repositoryArn: `arn:aws:ecr:eu-west-1:${account}:repository/app` },
        ],
        policies: [{ repositoryName: 'app', policyText: '{}' }],
      },
    ],
  },
]

export const assemblies: readonly unknown[] = [
  { stacks: [{ stackName: 's', template: templates[0], environment: { account, region: 'eu-west-1' } }] },
]

export const deployment = { parameters: { ...here, Name: 'app' } }
