/** Cross account, guardrails, and the policies of registries, roles and keys: outcome, reason and rule. */
import { describe, expect, it } from 'vitest'
import {
  allow,
  callers,
  decide,
  decided,
  deny,
  foreign,
  grant,
  iam,
  own,
  refuse,
  silent,
  sts,
} from './support.js'

const identity = { identityPolicies: [allow()] }

describe('between accounts both halves must allow (XA-1 to XA-5)', () => {
  const toAlice = { resourcePolicy: grant({ AWS: `${iam}:user/alice` }) }
  it.each([
    ['XA-1', 'user', { ...identity, ...toAlice }, 'Allowed by IdentityPolicy and ResourcePolicy'],
    ['XA-1', 'user', identity, 'no ResourcePolicy [XA-1]'],
    ['XA-1', 'user', toAlice, 'no IdentityPolicy [DE-1]'],
    ['XA-1', 'user', {}, 'no IdentityPolicy [DE-1], no ResourcePolicy [XA-1]'],
    [
      'XA-2',
      'user',
      { ...identity, resourcePolicy: grant({ AWS: '111122223333' }) },
      'Allowed by IdentityPolicy and ResourcePolicy',
    ],
    [
      'XA-2',
      'user',
      { ...identity, registryPolicy: grant({ AWS: '111122223333' }, { Resource: foreign }) },
      'Allowed by IdentityPolicy and RegistryPolicy',
    ],
    ['XA-3', 'user', { resourcePolicy: grant('*') }, 'no IdentityPolicy [DE-1]'],
    [
      'XA-4',
      'user',
      { ...identity, ...toAlice, permissionsBoundary: silent },
      'no PermissionsBoundary [PB-1]',
    ],
    [
      'XA-4',
      'session',
      {
        ...identity,
        resourcePolicy: grant({ AWS: `${sts}:assumed-role/node/i-1` }),
        sessionPolicies: [silent],
      },
      'no SessionPolicy [SE-1]',
    ],
    [
      'XA-5',
      'user',
      { ...identity, ...toAlice, serviceControlPolicies: [[deny()]] },
      'denied by ServiceControlPolicy',
    ],
    ['PR-8', 'root', { resourcePolicy: grant({ AWS: '111122223333' }) }, 'Allowed by ResourcePolicy'],
    ['PR-8', 'root', {}, 'no ResourcePolicy [XA-1]'],
    ['SE-3', 'federated', { ...identity, resourcePolicy: grant('*') }, 'never: NoSessionPolicy [SE-3]'],
    [
      'PR-7',
      'service',
      { resourcePolicy: grant({ Service: 'lambda.amazonaws.com' }) },
      'Allowed by ResourcePolicy',
    ],
  ] as const)('%s: %s under %j', (_rule, caller, policies, expected) => {
    expect(decided({ principal: callers[caller], resource: foreign }, policies)).toBe(expected)
  })

  it('XA-6: nor does any grant reach another partition', () => {
    const resource = 'arn:aws-cn:ecr:cn-north-1:444455556666:repository/app'
    expect(decided({ resource }, { ...identity, resourcePolicy: grant('*') })).toBe(
      'never: OtherPartition [XA-6]',
    )
    expect(decided({ resource, principal: callers.service }, { resourcePolicy: grant('*') })).toBe(
      'Allowed by ResourcePolicy',
    )
  })

  it('an owner who is not known is another account', () => {
    const s3 = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' }
    const policies = { identityPolicies: [allow('s3:*')] }
    expect(decided(s3, policies)).toBe('no ResourcePolicy [XA-1]')
    expect(decided({ ...s3, resourceAccount: '111122223333' }, policies)).toBe('Allowed by IdentityPolicy')
  })
})

describe('service control policies', () => {
  const full = allow('*')
  it.each([
    [
      'SC-1',
      'user',
      { serviceControlPolicies: [[full], [full]] },
      'Allowed by ServiceControlPolicy and ServiceControlPolicy and IdentityPolicy',
    ],
    ['SC-1', 'user', { serviceControlPolicies: [[full], [silent]] }, 'no ServiceControlPolicy [SC-1]'],
    ['SC-1', 'user', { serviceControlPolicies: [[full], []] }, 'no ServiceControlPolicy [SC-1]'],
    [
      'SC-1',
      'user',
      { serviceControlPolicies: [[silent, full]] },
      'Allowed by ServiceControlPolicy and IdentityPolicy',
    ],
    [
      'SC-2',
      'user',
      { serviceControlPolicies: [[full, deny('ecr:Batch*')], [full]] },
      'denied by ServiceControlPolicy',
    ],
    ['SC-4', 'root', { serviceControlPolicies: [[silent]] }, 'no ServiceControlPolicy [SC-1]'],
    [
      'SC-5',
      'user',
      { serviceControlPolicies: [[deny()]], facts: { principalAccountIsManagement: true } },
      'Allowed by IdentityPolicy',
    ],
    [
      'SC-6',
      'session',
      { serviceControlPolicies: [[deny()]], facts: { principalIsServiceLinkedRole: true } },
      'Allowed by IdentityPolicy',
    ],
    [
      'SC-7',
      'user',
      { resourcePolicy: grant('*'), serviceControlPolicies: [[silent]] },
      'no ServiceControlPolicy [SC-1]',
    ],
    [
      'SC-9',
      'service',
      { resourcePolicy: grant('*'), serviceControlPolicies: [[deny()]] },
      'Allowed by ResourcePolicy',
    ],
    [
      'SC-8',
      'user',
      {
        serviceControlPolicies: [
          [allow('ecr:*', { Resource: own, Condition: { Null: { 'aws:SourceIp': 'true' } } })],
        ],
      },
      'Allowed by ServiceControlPolicy and IdentityPolicy',
    ],
  ] as const)('%s: %s under %j', (_rule, caller, policies, expected) => {
    expect(decided({ principal: callers[caller] }, { ...identity, ...policies })).toBe(expected)
  })

  it('SC-3: grant nothing', () => {
    expect(decided({}, { serviceControlPolicies: [[full]] })).toBe('no IdentityPolicy [DE-1]')
  })

  it.each([
    ['its role’s name', `${sts}:assumed-role/AWSServiceRoleForECRReplication/ecr`, {}, true],
    ['its role’s path', `${iam}:role/aws-service-role/replication.ecr.amazonaws.com/x`, {}, true],
    [
      'the path in aws:PrincipalArn',
      callers.session,
      { 'aws:PrincipalArn': `${iam}:role/aws-service-role/ecr.amazonaws.com/node` },
      true,
    ],
    ['another path', `${iam}:role/service-role/AWSx`, {}, false],
    ['a user so called', `${iam}:user/AWSServiceRoleForX`, {}, false],
  ])('SC-6: a service-linked role is told by %s', (_title, principal, context, isFree) => {
    const decision = decided(
      { principal, context },
      { ...identity, serviceControlPolicies: [[deny()]], resourceControlPolicies: [[refuse('*')]] },
    )
    expect(decision).toBe(
      isFree ? 'Allowed by IdentityPolicy' : 'denied by ResourceControlPolicy and ServiceControlPolicy',
    )
  })
})

describe('resource control policies', () => {
  const rcp = { resourceControlPolicies: [[], [refuse('*')]] }
  it.each([
    [
      'RP-2',
      { principal: callers.user, resource: foreign },
      { ...identity, resourcePolicy: grant('*'), ...rcp },
      'denied by ResourceControlPolicy',
    ],
    [
      'RP-3',
      { principal: callers.service },
      { resourcePolicy: grant('*'), ...rcp },
      'denied by ResourceControlPolicy',
    ],
    ['RP-4', { principal: callers.root }, rcp, 'denied by ResourceControlPolicy'],
    [
      'RP-5',
      { principal: callers.session },
      { ...identity, ...rcp, facts: { principalIsServiceLinkedRole: true } },
      'Allowed by IdentityPolicy',
    ],
    [
      'RP-6',
      {},
      { ...identity, ...rcp, facts: { resourceAccountIsManagement: true } },
      'Allowed by IdentityPolicy',
    ],
    [
      'RP-9',
      { principal: callers.anonymous },
      { resourcePolicy: grant('*'), ...rcp },
      'denied by ResourceControlPolicy',
    ],
    ['RP-1', {}, { ...identity, resourceControlPolicies: [[], []] }, 'Allowed by IdentityPolicy'],
    ['RP-7', {}, { resourceControlPolicies: [[]] }, 'no IdentityPolicy [DE-1]'],
    [
      'RP-3',
      { principal: callers.service },
      {
        resourcePolicy: grant('*'),
        resourceControlPolicies: [
          [refuse('*', { Condition: { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } })],
        ],
      },
      'Allowed by ResourcePolicy',
    ],
    [
      'RP-8',
      {},
      { ...identity, resourceControlPolicies: [[refuse('*', { Resource: foreign })]] },
      'Allowed by IdentityPolicy',
    ],
  ])('%s: %j under %j', (_rule, request, policies, expected) => {
    expect(decided(request, policies)).toBe(expected)
  })

  it.each([
    ['iam:GetRole', `${iam}:role/x`, false],
    ['ec2:StartInstances', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1', false],
    ['lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:111122223333:function:f', false],
    ['kms:RetireGrant', 'arn:aws:kms:eu-west-1:111122223333:key/k', false],
    ['kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:key/k', true],
    ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q', true],
    ['ecr-public:PutImage', 'arn:aws:ecr-public::111122223333:repository/app', true],
  ])('RP-11, RP-6, U-17: on %s they have effect: %s %s', (action, resource, hasEffect) => {
    const [service = ''] = action.split(':')
    const everything = allow(`${service}:*`, { Principal: '*', Effect: 'Deny' })
    const policies = {
      identityPolicies: [allow('*')],
      resourcePolicy: allow('*', { Principal: '*' }),
      resourceControlPolicies: [[everything]],
    }
    expect(decide({ action, resource }, policies).outcome).toBe(hasEffect ? 'ExplicitlyDenied' : 'Allowed')
  })
})

describe('policies of VPC endpoints', () => {
  const through = (...endpointPolicies: readonly object[]) => ({ endpointPolicies })
  it.each([
    [
      'VE-1',
      'user',
      { ...identity, ...through(grant('*')) },
      'Allowed by VpcEndpointPolicy and IdentityPolicy',
    ],
    [
      'VE-1',
      'user',
      { ...identity, ...through(grant('*', { Action: 'ecr:PutImage' })) },
      'no VpcEndpointPolicy [VE-1]',
    ],
    ['VE-1', 'user', through(grant('*')), 'no IdentityPolicy [DE-1]'],
    ['VE-1', 'user', { ...identity, ...through(grant('*'), refuse('*')) }, 'denied by VpcEndpointPolicy'],
    [
      'VE-2',
      'user',
      { resourcePolicy: grant('*'), ...through(grant({ AWS: '444455556666' })) },
      'no VpcEndpointPolicy [VE-1]',
    ],
    [
      'VE-2',
      'service',
      { resourcePolicy: grant('*'), ...through(grant({ AWS: '444455556666' })) },
      'no VpcEndpointPolicy [VE-1]',
    ],
    [
      'VE-3',
      'session',
      { ...identity, ...through(grant({ AWS: `${iam}:role/node` })) },
      'Allowed by VpcEndpointPolicy and IdentityPolicy',
    ],
    [
      'VE-3',
      'session',
      { ...identity, ...through(grant({ AWS: '111122223333' })) },
      'Allowed by VpcEndpointPolicy and IdentityPolicy',
    ],
    ['PR-8', 'root', through(grant('*', { Action: 'ecr:PutImage' })), 'no VpcEndpointPolicy [VE-1]'],
  ] as const)('%s: %s under %j', (_rule, caller, policies, expected) => {
    expect(decided({ principal: callers[caller] }, policies)).toBe(expected)
  })

  it.each([
    ['s3:GetObject', 'arn:aws:s3:::b/k', callers.user, 'no VpcEndpointPolicy [VE-1]'],
    ['s3:GetObject', 'arn:aws:s3:::b/k', callers.root, 'Allowed by VpcEndpointPolicy'],
    [
      'dynamodb:GetItem',
      'arn:aws:dynamodb:eu-west-1:111122223333:table/t',
      callers.user,
      'no VpcEndpointPolicy [VE-1]',
    ],
    [
      'sqs:SendMessage',
      'arn:aws:sqs:eu-west-1:111122223333:q',
      callers.user,
      'Allowed by VpcEndpointPolicy and IdentityPolicy',
    ],
  ])(
    'U-22: %s on %s by %s: an account there is its root user: %s',
    (action, resource, principal, expected) => {
      const policies = {
        identityPolicies: [allow('*')],
        endpointPolicies: [allow('*', { Principal: { AWS: '111122223333' } })],
      }
      expect(decided({ action, resource, principal, resourceAccount: '111122223333' }, policies)).toBe(
        expected,
      )
    },
  )
})

describe('the registry policy of ECR', () => {
  const registryPolicy = grant('*', { Resource: own })
  const denying = refuse('*', { Resource: '*' })
  it.each([
    ['U-14', 'ecr:BatchGetImage', own, 'V2', registryPolicy, 'Allowed by RegistryPolicy'],
    ['EC-6', 'ecr:BatchGetImage', own, 'V1', registryPolicy, 'no IdentityPolicy [DE-1]'],
    ['EC-6', 'ecr:CreateRepository', own, 'V1', registryPolicy, 'Allowed by RegistryPolicy'],
    ['EC-6', 'ECR:replicateIMAGE', own, 'V1', registryPolicy, 'Allowed by RegistryPolicy'],
    ['EC-6', 'ecr:BatchGetImage', own, 'V1', denying, 'no IdentityPolicy [DE-1]'],
    ['EC-6', 'ecr:BatchGetImage', own, 'V2', denying, 'denied by RegistryPolicy'],
    ['U-13', 'ecr:GetAuthorizationToken', '*', 'V2', denying, 'denied by RegistryPolicy'],
    [
      'U-13',
      'ecr:GetAuthorizationToken',
      '*',
      'V2',
      grant('*', { Resource: '*' }),
      'no IdentityPolicy [DE-1]',
    ],
  ])(
    '%s: %s on %s under scope %s, policy %j: %s',
    (_rule, action, resource, registryPolicyScope, policy, expected) => {
      expect(decided({ action, resource }, { registryPolicy: policy, facts: { registryPolicyScope } })).toBe(
        expected,
      )
    },
  )

  it('U-13: the resource policy is not asked without a resource, not even for a Deny', () => {
    const request = { action: 'ecr:GetAuthorizationToken', resource: '*' }
    expect(decided(request, { ...identity, resourcePolicy: refuse('*') })).toBe('Allowed by IdentityPolicy')
    expect(decided({ ...request, principal: callers.service }, { resourcePolicy: grant('*') })).toBe(
      'never: NoResourceToGrant [U-13]',
    )
  })

  it('U-14: of two grants the stronger counts, and a Deny in either', () => {
    const both = {
      resourcePolicy: grant({ AWS: '111122223333' }),
      registryPolicy: grant({ AWS: `${iam}:user/alice` }, { Resource: '*' }),
    }
    expect(decided({}, both)).toBe('Allowed by RegistryPolicy')
    expect(decided({}, { ...both, resourcePolicy: refuse('*') })).toBe('denied by ResourcePolicy')
  })
})

describe('where the policy of the resource must itself allow', () => {
  const trust = (principal: unknown) => ({
    resourcePolicy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
    },
  })
  const assume = { action: 'sts:AssumeRole', resource: `${iam}:role/target` }
  const may = { identityPolicies: [allow('sts:*')] }
  it.each([
    ['ST-1', 'user', trust({ AWS: `${iam}:user/alice` }), 'Allowed by ResourcePolicy'],
    ['ST-1', 'session', trust({ AWS: `${iam}:role/node` }), 'Allowed by ResourcePolicy'],
    [
      'ST-1',
      'session',
      { ...trust({ AWS: `${iam}:role/node` }), permissionsBoundary: silent },
      'no IdentityPolicy [DE-1], no PermissionsBoundary [PB-1]',
    ],
    [
      'ST-1',
      'user',
      { ...may, ...trust({ AWS: '111122223333' }) },
      'Allowed by ResourcePolicy and IdentityPolicy',
    ],
    ['ST-1', 'user', trust({ AWS: '111122223333' }), 'no IdentityPolicy [DE-1]'],
    ['ST-2', 'user', may, 'no ResourcePolicy [ST-2]'],
    ['ST-2', 'root', {}, 'no ResourcePolicy [ST-2]'],
    ['ST-3', 'service', trust({ Service: 'lambda.amazonaws.com' }), 'Allowed by ResourcePolicy'],
    [
      'ST-4',
      'provider',
      { ...may, ...trust({ Federated: 'accounts.google.com' }) },
      'Allowed by ResourcePolicy',
    ],
  ] as const)('%s: %s assumes a role under %j', (_rule, caller, policies, expected) => {
    expect(decided({ principal: callers[caller], ...assume }, policies)).toBe(expected)
  })

  const key = { action: 'kms:Decrypt', resource: 'arn:aws:kms:eu-west-1:111122223333:key/k' }
  const keyPolicy = (principal: unknown) => ({ resourcePolicy: allow('kms:*', { Principal: principal }) })
  it.each([
    ['KM-1', 'user', { identityPolicies: [allow('kms:*')] }, 'no ResourcePolicy [KM-1]'],
    [
      'KM-1',
      'user',
      { identityPolicies: [allow('kms:*')], ...keyPolicy({ AWS: '111122223333' }) },
      'Allowed by ResourcePolicy and IdentityPolicy',
    ],
    ['KM-1', 'user', keyPolicy({ AWS: '111122223333' }), 'no IdentityPolicy [DE-1]'],
    [
      'KM-1',
      'user',
      { ...keyPolicy({ AWS: `${iam}:user/alice` }), permissionsBoundary: silent },
      'Allowed by ResourcePolicy',
    ],
    ['KM-1', 'session', keyPolicy({ AWS: `${iam}:role/node` }), 'Allowed by ResourcePolicy'],
    ['KM-1', 'root', {}, 'no ResourcePolicy [KM-1]'],
    ['KM-1', 'root', keyPolicy({ AWS: '111122223333' }), 'Allowed by ResourcePolicy'],
  ] as const)('%s: %s uses a key under %j', (_rule, caller, policies, expected) => {
    expect(decided({ principal: callers[caller], ...key }, policies)).toBe(expected)
  })
})

describe('the order in which reasons are reported (DE-4)', () => {
  const everything = {
    resourceControlPolicies: [[refuse('*')]],
    serviceControlPolicies: [[deny()]],
    endpointPolicies: [refuse('*')],
    resourcePolicy: refuse('*'),
    registryPolicy: refuse('*'),
    identityPolicies: [deny()],
    permissionsBoundary: deny(),
    sessionPolicies: [deny()],
  }
  const order = [
    'ResourceControlPolicy',
    'ServiceControlPolicy',
    'VpcEndpointPolicy',
    'ResourcePolicy',
    'RegistryPolicy',
    'IdentityPolicy',
    'PermissionsBoundary',
    'SessionPolicy',
  ]

  it('all denials are told, the first visited first', () => {
    expect(decided({}, everything)).toBe(`denied by ${order.join(' and ')}`)
  })

  it.each(Object.entries(everything).map(([name, policy], i) => [order[i]!, name, policy] as const))(
    'a single Deny in a %s is an explicit deny that names its statement (DE-3)',
    (type, name, policy) => {
      const allowing = { identityPolicies: [allow()], sessionPolicies: [allow()], resourcePolicy: grant('*') }
      const { outcome, reason } = decide({}, { ...allowing, [name]: policy })
      expect([outcome, reason]).toStrictEqual([
        'ExplicitlyDenied',
        {
          _tag: 'DeniedBy',
          policyType: type,
          statements: [{ policyType: type, level: 0, document: 0, statement: 0 }],
        },
      ])
    },
  )

  it('of missing Allows all that stand in the way are told, guardrails first (DE-5)', () => {
    const policies = {
      serviceControlPolicies: [[silent], [allow()], [silent]],
      endpointPolicies: [grant('*', { Action: 'ecr:PutImage' })],
      permissionsBoundary: silent,
      sessionPolicies: [silent],
    }
    const { reason } = decide({ principal: callers.session, resource: foreign }, policies)
    expect(reason).toStrictEqual({
      _tag: 'NoAllow',
      policyType: 'ServiceControlPolicy',
      level: 0,
      rule: 'SC-1',
      lacking: [
        { policyType: 'ServiceControlPolicy', level: 0, atLeast: 'Account', rule: 'SC-1' },
        { policyType: 'ServiceControlPolicy', level: 2, atLeast: 'Account', rule: 'SC-1' },
        { policyType: 'VpcEndpointPolicy', level: 0, atLeast: 'Account', rule: 'VE-1' },
        { policyType: 'IdentityPolicy', level: 0, atLeast: 'Account', rule: 'DE-1' },
        { policyType: 'PermissionsBoundary', level: 0, atLeast: 'Account', rule: 'PB-1' },
        { policyType: 'SessionPolicy', level: 0, atLeast: 'Account', rule: 'SE-1' },
        { policyType: 'ResourcePolicy', level: 0, atLeast: 'Account', rule: 'XA-1' },
      ],
    })
  })
})
