/** Every row of the tables under "Same account": what each grant outweighs, and what is reported where it does not. */
import { describe, expect, it } from 'vitest'
import { allow, callers, decided, deny, grant, iam, own, refuse, silent, sts } from './support.js'

const boundary = { permissionsBoundary: silent }
const session = { sessionPolicies: [silent] }
const identity = { identityPolicies: [allow()] }

describe('what a grant of the resource policy outweighs (SA-1 to SA-9)', () => {
  const direct = 'Allowed by ResourcePolicy'
  it.each([
    // caller, named as, the silent policies besides identity, expected
    ['SA-2', 'user', { AWS: `${iam}:user/alice` }, {}, direct],
    ['SA-2', 'user', { AWS: `${iam}:user/alice` }, boundary, direct],
    ['SA-5', 'user', '*', { ...boundary, ...session }, direct],
    ['SA-5', 'user', { AWS: '*' }, boundary, direct],
    ['SA-6', 'user', { AWS: `${iam}:root` }, {}, 'no IdentityPolicy [DE-1]'],
    ['SA-6', 'user', { AWS: '111122223333' }, {}, 'no IdentityPolicy [DE-1]'],
    [
      'SA-6',
      'user',
      { AWS: `${iam}:root` },
      boundary,
      'no IdentityPolicy [DE-1], no PermissionsBoundary [PB-1]',
    ],
    ['SA-1', 'user', { AWS: `${iam}:user/bob` }, {}, 'no IdentityPolicy [DE-1]'],
    ['PR-6', 'user', { AWS: `${iam}:user/Alice` }, {}, 'no IdentityPolicy [DE-1]'],
    ['SA-3', 'session', { AWS: `${iam}:role/node` }, {}, direct],
    [
      'SA-3',
      'session',
      { AWS: `${iam}:role/node` },
      boundary,
      'no IdentityPolicy [DE-1], no PermissionsBoundary [PB-1]',
    ],
    [
      'SA-3',
      'session',
      { AWS: `${iam}:role/node` },
      session,
      'no IdentityPolicy [DE-1], no SessionPolicy [SE-1]',
    ],
    ['SA-3', 'session', { AWS: `${iam.replace('aws', 'aws-cn')}:role/node` }, {}, 'no IdentityPolicy [DE-1]'],
    ['SA-4', 'session', { AWS: `${sts}:assumed-role/node/i-1` }, { ...boundary, ...session }, direct],
    ['PR-5', 'session', { AWS: `${sts}:assumed-role/node/i-2` }, {}, 'no IdentityPolicy [DE-1]'],
    ['SA-5', 'session', '*', { ...boundary, ...session }, direct],
    ['SA-6', 'session', { AWS: '111122223333' }, {}, 'no IdentityPolicy [DE-1]'],
    ['SA-10', 'role', { AWS: `${iam}:role/node` }, {}, direct],
    ['SA-10', 'role', { AWS: `${sts}:assumed-role/node/i-1` }, {}, 'no IdentityPolicy [DE-1]'],
    ['SA-7', 'federated', { AWS: `${iam}:user/alice` }, {}, 'no ResourcePolicy [SA-5]'],
    [
      'SA-7',
      'federated',
      { AWS: `${iam}:user/alice` },
      { sessionPolicies: [allow()] },
      `${direct} and SessionPolicy`,
    ],
    [
      'SA-7',
      'federated',
      { AWS: `${iam}:user/alice` },
      session,
      'no IdentityPolicy [DE-1], no SessionPolicy [SE-1]',
    ],
    [
      'SA-7',
      'federated',
      { AWS: `${iam.replace('aws', 'aws-cn')}:user/alice` },
      { sessionPolicies: [allow()] },
      'no IdentityPolicy [DE-1]',
    ],
    ['SA-8', 'federated', { AWS: `${sts}:federated-user/alice` }, {}, direct],
    ['SA-8', 'federated', { AWS: `${sts}:federated-user/alice` }, { ...boundary, ...session }, direct],
    ['PR-7', 'service', { Service: 'lambda.amazonaws.com' }, { ...boundary, ...session }, direct],
    [
      'PR-7',
      'service',
      { Service: 'ecs.amazonaws.com' },
      {},
      'no ResourcePolicy [PR-7], no RegistryPolicy [PR-7]',
    ],
    ['U-12', 'service', '*', {}, direct],
    ['PR-2', 'service', { AWS: '111122223333' }, {}, 'no ResourcePolicy [PR-7], no RegistryPolicy [PR-7]'],
    ['ST-4', 'provider', { Federated: 'accounts.google.com' }, {}, direct],
    ['U-12', 'provider', '*', {}, direct],
    ['PR-9', 'anonymous', '*', {}, direct],
    ['PR-9', 'anonymous', { AWS: '*' }, {}, direct],
    ['PR-9', 'anonymous', { AWS: `${iam}:root` }, {}, 'no ResourcePolicy [PR-7], no RegistryPolicy [PR-7]'],
  ] as const)('%s: %s named as %j, %j besides', (_rule, caller, principal, policies, expected) => {
    const outcome = decided({ principal: callers[caller] }, { resourcePolicy: grant(principal), ...policies })
    const [first] = expected.split(', no RegistryPolicy')
    expect(outcome.split(', no RegistryPolicy')[0]).toBe(first)
  })

  it.each(['user', 'session', 'federated', 'service', 'root'] as const)(
    'SA-9: no grant helps %s against an explicit deny',
    (caller) => {
      const policies = { resourcePolicy: grant('*'), identityPolicies: [allow()], sessionPolicies: [allow()] }
      expect(decided({ principal: callers[caller] }, { ...policies, registryPolicy: refuse('*') })).toBe(
        'denied by RegistryPolicy',
      )
    },
  )
})

describe('the caller’s own side', () => {
  it.each([
    ['SA-1', 'user', identity, 'Allowed by IdentityPolicy'],
    ['DE-1', 'user', {}, 'no IdentityPolicy [DE-1]'],
    ['PB-1', 'user', { ...identity, ...boundary }, 'no PermissionsBoundary [PB-1]'],
    ['PB-1', 'user', { permissionsBoundary: allow() }, 'no IdentityPolicy [DE-1]'],
    [
      'PB-1',
      'user',
      { ...identity, permissionsBoundary: allow() },
      'Allowed by IdentityPolicy and PermissionsBoundary',
    ],
    ['SE-1', 'session', { ...identity, ...session }, 'no SessionPolicy [SE-1]'],
    ['SE-1', 'session', { sessionPolicies: [allow()] }, 'no IdentityPolicy [DE-1]'],
    [
      'SE-1',
      'session',
      { ...identity, sessionPolicies: [silent, allow()] },
      'Allowed by IdentityPolicy and SessionPolicy',
    ],
    ['SE-3', 'session', identity, 'Allowed by IdentityPolicy'],
    // what could still help him is a grant to himself
    ['SE-3', 'federated', identity, 'no ResourcePolicy [SA-5]'],
    [
      'SE-3',
      'federated',
      { ...identity, sessionPolicies: [allow()] },
      'Allowed by IdentityPolicy and SessionPolicy',
    ],
    ['PR-8', 'root', {}, 'Allowed, root user [PR-8]'],
    ['PR-8', 'root', { ...boundary, ...session }, 'Allowed, root user [PR-8]'],
    [
      'PR-8',
      'root',
      { identityPolicies: [deny()], permissionsBoundary: deny() },
      'Allowed, root user [PR-8]',
    ],
    ['PR-8', 'root', { resourcePolicy: refuse({ AWS: '111122223333' }) }, 'denied by ResourcePolicy'],
    ['PR-7', 'service', identity, 'no ResourcePolicy [PR-7]'],
    ['ST-4', 'provider', identity, 'no ResourcePolicy [PR-7]'],
    [
      'SC-10',
      'user',
      { ...identity, ...boundary, serviceControlPolicies: [[allow()]] },
      'no PermissionsBoundary [PB-1]',
    ],
  ] as const)('%s: %s under %j', (_rule, caller, policies, expected) => {
    expect(decided({ principal: callers[caller] }, policies)).toBe(expected)
  })
})

describe('who is meant by a principal', () => {
  it.each([
    ['PR-3', { AWS: [`${iam}:user/bob`, `${iam}:user/alice`] }, 'Allowed by ResourcePolicy'],
    ['PR-3', { Service: 'lambda.amazonaws.com', AWS: `${iam}:user/alice` }, 'Allowed by ResourcePolicy'],
    ['PR-4', { AWS: 'arn:aws:iam::111122223333:user/team/alice' }, 'no IdentityPolicy [DE-1]'],
    ['PR-14', { CanonicalUser: '79a59df900b949e5' }, 'no IdentityPolicy [DE-1]'],
    ['U-21', { AWS: 'AIDACKCEVSQ6C2EXAMPLE' }, 'no IdentityPolicy [DE-1]'],
    ['PR-2', { AWS: 'arn:aws-cn:iam::111122223333:root' }, 'no IdentityPolicy [DE-1]'],
  ])('%s: %j', (_rule, principal, expected) => {
    expect(decided({}, { resourcePolicy: grant(principal) })).toBe(expected)
  })

  const path = 'arn:aws:iam::111122223333:role/team/node'
  it.each([
    ['by name, where nothing tells the path', {}, callers.session, 'Allowed by ResourcePolicy'],
    [
      'by aws:PrincipalArn, where it is given',
      { 'aws:PrincipalArn': `${iam}:role/node` },
      callers.session,
      'no IdentityPolicy [DE-1]',
    ],
    [
      'by aws:PrincipalArn, and it is the one',
      { 'aws:PrincipalArn': path },
      callers.session,
      'Allowed by ResourcePolicy',
    ],
    ['by the path, where a role is given', {}, callers.role, 'no IdentityPolicy [DE-1]'],
  ])('U-11: a role with a path is told %s', (_title, context, principal, expected) => {
    expect(decided({ principal, context }, { resourcePolicy: grant({ AWS: path }) })).toBe(expected)
  })
})

describe('NotPrincipal', () => {
  const account = `${iam}:root`
  const spared = 'Allowed by IdentityPolicy'
  const struck = 'denied by ResourcePolicy'
  it.each([
    ['PR-10', 'user', [account, `${iam}:user/alice`], spared],
    ['PR-10', 'user', [`${iam}:user/alice`], struck],
    ['PR-10', 'user', [account], struck],
    ['PR-10', 'session', [account, `${iam}:role/node`], spared],
    ['PR-10', 'session', [account, `${sts}:assumed-role/node/i-1`], spared],
    ['PR-10', 'session', [account, `${sts}:assumed-role/node/i-2`], struck],
    ['U-15', 'user', ['111122223333', `${iam}:user/alice`], spared],
  ] as const)('%s: a Deny with NotPrincipal, %s, list %j: %s', (_rule, caller, listed, expected) => {
    const resourcePolicy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', NotPrincipal: { AWS: listed }, Action: 'ecr:*' }],
    }
    expect(decided({ principal: callers[caller] }, { ...identity, resourcePolicy })).toBe(expected)
  })

  it.each([
    ['U-15', 'root', { AWS: account }, 'Allowed, root user [PR-8]'],
    ['U-15', 'root', { AWS: '444455556666' }, struck],
    ['U-15', 'service', { Service: 'lambda.amazonaws.com' }, 'Allowed by ResourcePolicy'],
    ['U-15', 'service', { Service: 'ecs.amazonaws.com' }, struck],
    ['U-15', 'provider', { Federated: 'accounts.google.com' }, 'Allowed by ResourcePolicy'],
    ['U-15', 'provider', { AWS: '111122223333' }, struck],
    ['U-15', 'anonymous', '*', struck],
    ['U-15', 'service', '*', 'Allowed by ResourcePolicy'],
    ['U-15', 'provider', '*', 'Allowed by ResourcePolicy'],
    ['U-15', 'user', '*', 'Allowed by ResourcePolicy'],
    ['U-15', 'session', '*', 'Allowed by ResourcePolicy'],
    ['U-15', 'root', '*', 'Allowed, root user [PR-8]'],
    ['U-15', 'user', { AWS: ['444455556666', '*'] }, 'Allowed by ResourcePolicy'],
    ['U-15', 'user', { AWS: [`${iam}:user/bob`, '*', '111122223333'] }, 'Allowed by ResourcePolicy'],
  ] as const)('%s: a Deny with NotPrincipal, %s, list %j: %s', (_rule, caller, listed, expected) => {
    const statements = [
      { Effect: 'Allow', Principal: '*', Action: 'ecr:*' },
      { Effect: 'Deny', NotPrincipal: listed, Action: 'ecr:*' },
    ]
    const resourcePolicy = { Version: '2012-10-17', Statement: statements }
    const outcome = decided({ principal: callers[caller] }, { resourcePolicy })
    expect(
      caller === 'root' && expected !== struck ? outcome.startsWith('Allowed') : outcome === expected,
    ).toBe(true)
  })

  it('PR-11: strikes whoever has a boundary, listed or not', () => {
    const resourcePolicy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', NotPrincipal: { AWS: [account, `${iam}:user/alice`] }, Action: 'ecr:*' }],
    }
    expect(decided({}, { ...identity, permissionsBoundary: allow(), resourcePolicy })).toBe(struck)
  })

  it.each([
    ['PR-12', callers.anonymous, own, {}, 'Allowed by ResourcePolicy'],
    ['U-16', callers.user, own, {}, 'Allowed by ResourcePolicy'],
    ['U-16', callers.user, own, { permissionsBoundary: silent }, 'Allowed by ResourcePolicy'],
    [
      'U-16',
      callers.user,
      'arn:aws:ecr:eu-west-1:444455556666:repository/app',
      identity,
      'Allowed by IdentityPolicy and ResourcePolicy',
    ],
    ['PR-12', 'ecs.amazonaws.com', own, {}, 'no ResourcePolicy [PR-7]'],
  ])('%s: an Allow with NotPrincipal, to %s on %s', (_rule, principal, resource, policies, expected) => {
    const resourcePolicy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', NotPrincipal: { Service: 'ecs.amazonaws.com' }, Action: 'ecr:*' }],
    }
    expect(decided({ principal, resource }, { ...policies, resourcePolicy })).toBe(expected)
  })
})
