/** What each kind of request needs to be allowed, whole: the branches that AWS never reports belong to it too. */
import { describe, expect, it } from 'vitest'
import { parseScenarioOrThrow } from '../../../src/codec/index.js'
import { flow, type Formula } from '../../../src/simulator/flow.js'
import type { Layer, LayerId } from '../../../src/simulator/Layer.js'
import { allow, callers, foreign, grant, own, refuse } from './support.js'

/** `SCP2`: the second level of service control policies. */
const layerText = ({ type, level }: LayerId): string =>
  `${short[type] ?? type}${level === 0 ? '' : String(level + 1)}`

const short: Readonly<Record<string, string>> = {
  IdentityPolicy: 'identity',
  ResourcePolicy: 'resource',
  RegistryPolicy: 'registry',
  PermissionsBoundary: 'boundary',
  SessionPolicy: 'session',
  ServiceControlPolicy: 'SCP',
  ResourceControlPolicy: 'RCP',
  VpcEndpointPolicy: 'endpoint',
}

const joined = (formulas: readonly Formula[], word: string): string => {
  const texts = formulas.map(formulaText)
  return texts.length === 1 ? texts.join('') : `(${texts.join(word)})`
}

const formulaText = (formula: Formula): string => {
  switch (formula._tag) {
    case 'All':
      return joined(formula.of, ' and ')
    case 'Any':
      return joined(formula.of, ' or ')
    case 'Allows': {
      const { layer, atLeast, rule } = formula
      return `${layerText(layer)} ${atLeast} [${rule}]`
    }
    case 'RootUser':
      return `root [${formula.rule}]`
    case 'Never':
      return `${formula.why} [${formula.rule}]`
  }
}

/** `registry (Deny only)`, `endpoint (account: root)`. */
const layersText = (all: readonly Layer[]): string =>
  all
    .map(({ id, allows, accountMeansRoot }) =>
      [layerText(id), allows ? '' : ' (Deny only)', accountMeansRoot ? ' (account: root)' : ''].join(''),
    )
    .join(', ')

const flowOf = (request: object, policies: object) => {
  const scenario = parseScenarioOrThrow({
    request: { principal: callers.user, action: 'ecr:BatchGetImage', resource: own, ...request },
    ...policies,
  })
  return flow(scenario.environment, scenario.request)
}

const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234'
const role = 'arn:aws:iam::111122223333:role/node'
const assume = { action: 'sts:AssumeRole', resource: role }
const limited = { permissionsBoundary: allow(), sessionPolicies: [allow()] }

describe('what must hold, and what is looked at', () => {
  it.each<[string, object, object, string, string]>([
    [
      'a user in his own account',
      {},
      {},
      '(identity Account [DE-1] or (resource Direct [SA-5] or registry Direct [SA-5]) or (resource Entity [SA-3] or registry Entity [SA-3]))',
      'endpoint, resource, registry, identity, boundary, session',
    ],
    [
      'a limited session',
      { principal: callers.session },
      limited,
      '((identity Account [DE-1] and boundary Account [PB-1] and session Account [SE-1]) or (resource Direct [SA-5] or registry Direct [SA-5]) or ((resource Entity [SA-3] or registry Entity [SA-3]) and boundary Account [PB-1] and session Account [SE-1]))',
      'endpoint, resource, registry, identity, boundary, session',
    ],
    [
      'a federated user',
      { principal: callers.federated },
      {},
      '((identity Account [DE-1] and NoSessionPolicy [SE-3]) or (resource Direct [SA-5] or registry Direct [SA-5]) or ((resource Entity [SA-3] or registry Entity [SA-3]) and NoSessionPolicy [SE-3]))',
      'endpoint, resource, registry, identity, boundary, session',
    ],
    [
      'a federated user with a session policy',
      { principal: callers.federated },
      { sessionPolicies: [allow()] },
      '((identity Account [DE-1] and session Account [SE-1]) or (resource Direct [SA-5] or registry Direct [SA-5]) or ((resource Entity [SA-3] or registry Entity [SA-3]) and session Account [SE-1]))',
      'endpoint, resource, registry, identity, boundary, session',
    ],
    [
      'the root user',
      { principal: callers.root },
      limited,
      '(root [PR-8] or (resource Direct [SA-5] or registry Direct [SA-5]) or (resource Entity [SA-3] or registry Entity [SA-3]))',
      'endpoint, resource, registry',
    ],
    [
      'a service',
      { principal: callers.service },
      limited,
      '(resource Account [PR-7] or registry Account [PR-7])',
      'endpoint, resource, registry',
    ],
    [
      'a caller of another account',
      { resource: foreign },
      limited,
      '((identity Account [DE-1] and boundary Account [PB-1] and session Account [SE-1]) and (resource Account [XA-1] or registry Account [XA-1]))',
      'endpoint, resource, registry, identity, boundary, session',
    ],
    [
      'the root user of another account',
      { principal: callers.root, resource: foreign },
      {},
      '(root [PR-8] and (resource Account [XA-1] or registry Account [XA-1]))',
      'endpoint, resource, registry',
    ],
    [
      'a caller of another partition',
      { resource: own.replace('arn:aws:', 'arn:aws-cn:') },
      {},
      'OtherPartition [XA-6]',
      'endpoint, resource, registry, identity, boundary, session',
    ],
    [
      'a user, without resource',
      { action: 'ecr:GetAuthorizationToken', resource: '*' },
      {},
      'identity Account [DE-1]',
      'endpoint, registry (Deny only), identity, boundary, session',
    ],
    [
      'a service, without resource',
      { principal: callers.service, action: 'ecr:GetAuthorizationToken', resource: '*' },
      {},
      'NoResourceToGrant [U-13]',
      'endpoint, registry (Deny only)',
    ],
    [
      'who asks a gateway for what nobody is known to own',
      { action: 's3:GetObject', resource: 'arn:aws:s3:::b/x' },
      {},
      '(identity Account [DE-1] and resource Account [XA-1])',
      'endpoint (account: root), resource, identity, boundary, session',
    ],
    [
      'a pull past a registry policy of scope V1',
      {},
      { facts: { registryPolicyScope: 'V1' } },
      '(identity Account [DE-1] or resource Direct [SA-5] or resource Entity [SA-3])',
      'endpoint, resource, identity, boundary, session',
    ],
    [
      'a creation under a registry policy of scope V1',
      { action: 'ecr:CreateRepository' },
      { facts: { registryPolicyScope: 'V1' } },
      '(identity Account [DE-1] or (resource Direct [SA-5] or registry Direct [SA-5]) or (resource Entity [SA-3] or registry Entity [SA-3]))',
      'endpoint, resource, registry, identity, boundary, session',
    ],
    [
      'who uses a key',
      { action: 'kms:Decrypt', resource: key },
      limited,
      '((resource Account [KM-1] and (identity Account [DE-1] and boundary Account [PB-1] and session Account [SE-1])) or resource Direct [KM-1] or (resource Entity [KM-1] and boundary Account [PB-1] and session Account [SE-1]))',
      'endpoint, resource, identity, boundary, session',
    ],
    [
      'who takes on a role',
      assume,
      limited,
      '((resource Account [ST-2] and (identity Account [DE-1] and boundary Account [PB-1] and session Account [SE-1])) or resource Direct [ST-2] or (resource Entity [ST-2] and boundary Account [PB-1] and session Account [SE-1]))',
      'endpoint, resource, identity, boundary, session',
    ],
    [
      'who reads a role',
      { action: 'iam:GetRole', resource: role },
      {},
      '(identity Account [DE-1] or resource Direct [SA-5] or resource Entity [SA-3])',
      'endpoint, resource, identity, boundary, session',
    ],
    [
      'a user below guardrails',
      {},
      {
        serviceControlPolicies: [[allow()], [allow()]],
        endpointPolicies: [grant('*')],
        resourceControlPolicies: [[], [refuse('*')]],
      },
      '(SCP Account [SC-1] and SCP2 Account [SC-1] and endpoint Account [VE-1] and (identity Account [DE-1] or (resource Direct [SA-5] or registry Direct [SA-5]) or (resource Entity [SA-3] or registry Entity [SA-3])))',
      'RCP (Deny only), RCP2 (Deny only), SCP, SCP2, endpoint, resource, registry, identity, boundary, session',
    ],
    [
      'the management account',
      {},
      {
        serviceControlPolicies: [[allow()]],
        resourceControlPolicies: [[refuse('*')]],
        facts: { principalAccountIsManagement: true, resourceAccountIsManagement: true },
      },
      '(identity Account [DE-1] or (resource Direct [SA-5] or registry Direct [SA-5]) or (resource Entity [SA-3] or registry Entity [SA-3]))',
      'endpoint, resource, registry, identity, boundary, session',
    ],
  ])('for %s', (_name, request, policies, requires, layers) => {
    const found = flowOf(request, policies)
    expect(formulaText(found.requires)).toBe(requires)
    expect(layersText(found.layers)).toBe(layers)
  })
})
