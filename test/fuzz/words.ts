/** Words of ECR and of policies. */
import { Ecr } from '../../src/index.js'

export const actionNames: readonly string[] = Ecr.actionNames().slice(0, 12)
export const operationIds: readonly string[] = Object.keys(Ecr.operations)
export const regions: readonly string[] = ['eu-west-1', 'us-gov-west-1', 'cn-north-1', 'xx-nowhere-9']

/** Names of members that a reader of policies, scenarios, templates, plans or accounts looks for. */
export const memberNames: readonly string[] = [
  ...['Version', 'Id', 'Statement', 'Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction'],
  ...['Resource', 'NotResource', 'Condition', 'AWS', 'Service', 'Federated', 'StringEquals', 'Null'],
  ...[
    'request',
    'principal',
    'action',
    'resource',
    'context',
    'identityPolicies',
    'resourcePolicy',
    'expect',
  ],
  ...['permissionsBoundary', 'serviceControlPolicies', 'resourceControlPolicies', 'facts', 'sessionPolicies'],
  ...['Resources', 'Parameters', 'Mappings', 'Conditions', 'Type', 'Properties', 'Ref', 'Default', 'Fn::Sub'],
  ...['Fn::Join', 'Fn::If', 'Fn::Select', 'Fn::Split', 'Fn::GetAtt', 'Fn::FindInMap', 'Fn::ImportValue'],
  ...['PolicyDocument', 'AssumeRolePolicyDocument', 'Policies', 'RoleName', 'ManagedPolicyArns', 'Condition'],
  ...['planned_values', 'root_module', 'resources', 'child_modules', 'values', 'address', 'configuration'],
  ...['details', 'repositories', 'UserDetailList', 'RoleDetailList', 'GroupDetailList', 'Tags', 'length'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'toJSON', 'then', ''],
]
