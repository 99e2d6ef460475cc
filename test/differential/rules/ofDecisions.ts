/** Rules that are counted on whole decisions. */
import { isServiceLinkedRole, type Outcome, type ScenarioJson } from '../../oracle/decide.js'
import type { Caller, Strength } from '../../oracle/principals.js'
import type { Documented, Layer } from '../observations.js'
import { ruleOn, type Rule } from './rule.js'

/** One decision: who asks, what the documents of each layer say, and what came of it. */
export interface Decided {
  readonly scenario: ScenarioJson
  readonly outcome: Outcome
  readonly caller: Caller
  readonly owner: string | undefined
  readonly documents: readonly Documented[]
}

const on = ruleOn<Decided>(({ outcome }) => outcome === 'Allowed')

const isGrant = ({ meaning }: Documented): boolean => typeof meaning === 'object'
const isDeny = ({ meaning }: Documented): boolean => meaning === 'Deny'

const of =
  (...layers: readonly Layer[]) =>
  ({ documents }: Decided): readonly Documented[] =>
    documents.filter(({ layer }) => layers.includes(layer))

const has =
  (...layers: readonly Layer[]) =>
  (decided: Decided): boolean =>
    of(...layers)(decided).length > 0

const allows =
  (...layers: readonly Layer[]) =>
  (decided: Decided): boolean =>
    of(...layers)(decided).some(isGrant)

const strikes =
  (...layers: readonly Layer[]) =>
  (decided: Decided): boolean =>
    of(...layers)(decided).some(isDeny)

const levelsAllow = (decided: Decided): boolean =>
  (decided.scenario.serviceControlPolicies ?? []).every((_, at) =>
    of('scp')(decided).some((each) => each.level === at && isGrant(each)),
  )

const stops = (decided: Decided): boolean => strikes('scp')(decided) || !levelsAllow(decided)

const isKind =
  (...kinds: readonly Caller['kind'][]) =>
  ({ caller }: Decided): boolean =>
    kinds.includes(caller.kind)

const hasAccount = ({ caller }: Decided): boolean => caller.account !== undefined
const hasOwnPolicies = (decided: Decided): boolean => hasAccount(decided) && !isKind('Root')(decided)
const hasResource = ({ scenario }: Decided): boolean => scenario.request.resource !== '*'
const isOneAccount = (decided: Decided): boolean =>
  hasAccount(decided) && decided.owner === decided.caller.account
const isCross = (decided: Decided): boolean =>
  hasAccount(decided) && hasResource(decided) && decided.owner !== decided.caller.account
const isLinked = ({ scenario }: Decided): boolean => isServiceLinkedRole(scenario)
const isImplicit = ({ outcome }: Decided): boolean => outcome === 'ImplicitlyDenied'
const isExplicit = ({ outcome }: Decided): boolean => outcome === 'ExplicitlyDenied'
const hasFact =
  (name: keyof NonNullable<ScenarioJson['facts']>) =>
  ({ scenario }: Decided): boolean =>
    scenario.facts?.[name] === true

const partitionOf = ({ scenario }: Decided): string | undefined => scenario.request.resource.split(':')[1]
const serviceOf = ({ scenario }: Decided): string =>
  scenario.request.action.split(':')[0]?.toLowerCase() ?? ''
const isTrust = ({ scenario }: Decided): boolean =>
  /^sts:/i.test(scenario.request.action) &&
  /^arn:[^:]*:iam:[^:]*:[^:]*:role\//.test(scenario.request.resource)
const isKey = ({ scenario }: Decided): boolean => scenario.request.resource.split(':')[2] === 'kms'

const strengths = ['Direct', 'Entity', 'Account'] as const

/** The strongest grant of repository and registry policy (U-14). */
const grantOf = (decided: Decided): Strength | undefined => {
  if (!hasResource(decided)) return undefined
  const found = of(
    'resource',
    'registry',
  )(decided).map(({ meaning }) => (typeof meaning === 'object' ? meaning.grant : undefined))
  return strengths.find((strength) => found.includes(strength))
}

/** Has an entry of the caller's own ARN, or else `*`, a part in a grant? */
const isGrantedBy =
  (isEveryone: boolean) =>
  (decided: Decided): boolean =>
    of(
      'resource',
      'registry',
    )(decided).some(({ statements }) =>
      statements.some(
        ({ applies, statement, entries }) =>
          applies &&
          statement.Effect === 'Allow' &&
          entries.some(({ strength, text }) => strength === 'Direct' && (text === '*') === isEveryone),
      ),
    )

const isAtHome =
  (kind: Caller['kind'], grant: Strength) =>
  (decided: Decided): boolean =>
    isOneAccount(decided) && decided.caller.kind === kind && grantOf(decided) === grant

const ofCore: readonly Rule<Decided>[] = [
  on('RC-1', 'a decision: allowed / not', () => true),
  on('DE-1', 'no Deny matches: implicitly denied / allowed', (decided) => !isExplicit(decided), isImplicit),
  on(
    'DE-2',
    'a document with several Allows, and no Deny that matches: some matches / none',
    ({ documents }) => documents.some(severalAllows),
    ({ documents }) => documents.some((each) => severalAllows(each) && isGrant(each)),
  ),
  on(
    'DE-3',
    'a Deny in some document: explicitly denied / none matches',
    ({ documents }) =>
      documents.some(({ statements }) => statements.some(({ statement }) => statement.Effect === 'Deny')),
    isExplicit,
  ),
]

function severalAllows({ statements, meaning }: Documented): boolean {
  return meaning !== 'Deny' && statements.filter(({ statement }) => statement.Effect === 'Allow').length > 1
}

const ofAccounts: readonly Rule<Decided>[] = [
  on('PR-7', 'a service calls: allowed / not', isKind('Service')),
  on(
    'PR-8',
    'the root user in his account: allowed / not',
    (decided) => isKind('Root')(decided) && isOneAccount(decided),
  ),
  on(
    'SA-1',
    'one account, an ordinary service, no Deny: allowed / not',
    (decided) => isOneAccount(decided) && !isExplicit(decided) && !isTrust(decided) && !isKey(decided),
  ),
  on('SA-2', 'a user granted to by his own ARN or `*`: allowed / not', isAtHome('User', 'Direct')),
  on('SA-3', 'a session granted to by its role: allowed / not', isAtHome('Session', 'Entity')),
  on(
    'SA-4',
    'a session granted to by its own ARN: allowed / not',
    (decided) => isAtHome('Session', 'Direct')(decided) && isGrantedBy(false)(decided),
  ),
  on(
    'SA-5',
    'a caller granted to by `*` in his account: allowed / not',
    (decided) => isOneAccount(decided) && grantOf(decided) === 'Direct' && isGrantedBy(true)(decided),
  ),
  on(
    'SA-6',
    'a caller granted to by his account: allowed / not',
    (decided) => isOneAccount(decided) && hasOwnPolicies(decided) && grantOf(decided) === 'Account',
  ),
  on(
    'SA-7',
    'a federated user granted to by the user behind him: allowed / not',
    isAtHome('FederatedUser', 'Entity'),
  ),
  on(
    'SA-8',
    'a federated user granted to by his own ARN or `*`: allowed / not',
    isAtHome('FederatedUser', 'Direct'),
  ),
  on(
    'SA-9',
    'a Direct grant in one account: a Deny or guardrail holds against it / none does',
    (decided) => isOneAccount(decided) && grantOf(decided) === 'Direct',
    (decided) => decided.outcome !== 'Allowed',
  ),
  on(
    'SA-10',
    'a role ARN calls: allowed / not',
    ({ caller }) => caller.kind === 'Session' && caller.text.includes(':role/'),
  ),
  on('XA-1', 'two accounts: allowed / not', isCross),
  on(
    'XA-2',
    'two accounts, the owner grants: allowed / not',
    (decided) => isCross(decided) && grantOf(decided) !== undefined,
  ),
  on(
    'XA-3',
    'two accounts, the owner grants to `*`: allowed / not',
    (decided) => isCross(decided) && isGrantedBy(true)(decided),
  ),
  on(
    'XA-4',
    'two accounts, the owner grants, boundary or session policy set: allowed / not',
    (decided) => isCross(decided) && grantOf(decided) !== undefined && has('boundary', 'session')(decided),
  ),
  on(
    'XA-5',
    'two accounts, with SCPs or RCPs: allowed / not',
    (decided) => isCross(decided) && has('scp', 'rcp')(decided),
  ),
  on(
    'XA-6',
    'two accounts: of two partitions, and not allowed / of one',
    isCross,
    (decided) => partitionOf(decided) !== decided.caller.partition && decided.outcome !== 'Allowed',
  ),
]

const ofLimits: readonly Rule<Decided>[] = [
  on(
    'PB-1',
    'a boundary: allows / does not',
    (decided) => hasOwnPolicies(decided) && has('boundary')(decided),
    allows('boundary'),
  ),
  on(
    'SE-1',
    'session policies: allow / do not',
    (decided) => hasOwnPolicies(decided) && has('session')(decided),
    allows('session'),
  ),
  on(
    'SE-3',
    'a federated user without session policy: allowed by a resource policy / not',
    (decided) => isKind('FederatedUser')(decided) && !has('session')(decided),
  ),
  on('SC-1', 'SCPs: each level allows / one does not', has('scp'), levelsAllow),
  on('SC-2', 'SCPs: one denies / none does', has('scp'), strikes('scp')),
  on(
    'SC-3',
    'all SCPs allow: implicitly denied all the same / allowed',
    (decided) => has('scp')(decided) && levelsAllow(decided) && !isExplicit(decided),
    isImplicit,
  ),
  on(
    'SC-4',
    'a root user, user or session of a member account: stopped by SCPs / not',
    (decided) =>
      has('scp')(decided) &&
      isKind('Root', 'User', 'Session')(decided) &&
      !isLinked(decided) &&
      !hasFact('principalAccountIsManagement')(decided),
    stops,
  ),
  on(
    'SC-5',
    'a caller of the management account whom SCPs would stop: allowed / not',
    (decided) => hasFact('principalAccountIsManagement')(decided) && has('scp')(decided) && stops(decided),
  ),
  on(
    'SC-6',
    'a service-linked role that SCPs would stop: allowed / not',
    (decided) => isLinked(decided) && has('scp')(decided) && stops(decided),
  ),
  on(
    'SC-7',
    'a resource policy grants, in the face of SCPs: allowed / not',
    (decided) => has('scp')(decided) && grantOf(decided) !== undefined,
  ),
  on(
    'SC-9',
    'a service that SCPs would stop: allowed / not',
    (decided) => isKind('Service')(decided) && has('scp')(decided) && stops(decided),
  ),
  on(
    'SC-10',
    'SCPs, boundary and identity policies: all allow / some does not',
    (decided) => hasOwnPolicies(decided) && has('scp')(decided) && has('boundary')(decided),
    (decided) => levelsAllow(decided) && allows('boundary')(decided) && allows('identity')(decided),
  ),
]

const hasRcps = has('rcp')
const struckByRcp = strikes('rcp')

const ofRcps: readonly Rule<Decided>[] = [
  on('RP-1', 'RCPs: one denies / none does', hasRcps, struckByRcp),
  on(
    'RP-2',
    'RCPs before a caller of another account: strike / do not',
    (decided) => hasRcps(decided) && isCross(decided),
    struckByRcp,
  ),
  on(
    'RP-3',
    'RCPs before a service: strike / do not',
    (decided) => hasRcps(decided) && isKind('Service')(decided),
    struckByRcp,
  ),
  on(
    'RP-4',
    'RCPs before a caller of the owner: strike / do not',
    (decided) => hasRcps(decided) && isOneAccount(decided),
    struckByRcp,
  ),
  on(
    'RP-5',
    'a service-linked role before an RCP that denies: spared / denied by another policy',
    (decided) => struckByRcp(decided) && isLinked(decided),
    (decided) => !isExplicit(decided),
  ),
  on(
    'RP-6',
    'a resource of the management account, or kms:RetireGrant, before an RCP that denies: spared / denied by another policy',
    (decided) =>
      struckByRcp(decided) &&
      (hasFact('resourceAccountIsManagement')(decided) ||
        decided.scenario.request.action.toLowerCase() === 'kms:retiregrant'),
    (decided) => !isExplicit(decided),
  ),
  on(
    'RP-7',
    'RCPs that do not deny: implicitly denied all the same / allowed',
    (decided) => hasRcps(decided) && !isExplicit(decided),
    isImplicit,
  ),
  on(
    'RP-9',
    'RCPs before an anonymous caller: strike / do not',
    (decided) => hasRcps(decided) && isKind('Anonymous')(decided),
    struckByRcp,
  ),
  on(
    'RP-11',
    'an RCP that denies: has effect / is for iam, ec2 or lambda',
    struckByRcp,
    (decided) => !['iam', 'ec2', 'lambda'].includes(serviceOf(decided)),
  ),
  on(
    'U-17',
    'an RCP that denies: has effect / is for iam, ec2 or lambda',
    struckByRcp,
    (decided) => !['iam', 'ec2', 'lambda'].includes(serviceOf(decided)),
  ),
]

const isV1 = ({ scenario }: Decided): boolean => scenario.facts?.registryPolicyScope === 'V1'
const isOfV1 = ({ scenario }: Decided): boolean =>
  /^ecr:(ReplicateImage|BatchImportUpstreamImage|CreateRepository)$/i.test(scenario.request.action)

const ofResources: readonly Rule<Decided>[] = [
  on('VE-1', 'endpoint policies: allow / do not', has('endpoint'), allows('endpoint')),
  on(
    'VE-2',
    'a resource policy grants, through an endpoint with a policy: allowed / not',
    (decided) => has('endpoint')(decided) && grantOf(decided) !== undefined,
  ),
  on(
    'ST-1',
    'a role of the account, whose trust policy grants: allowed / not',
    (decided) => isTrust(decided) && isOneAccount(decided) && grantOf(decided) !== undefined,
  ),
  on(
    'ST-2',
    'a role whose trust policy does not grant, no Deny: implicitly denied / allowed',
    (decided) =>
      isTrust(decided) && isOneAccount(decided) && grantOf(decided) === undefined && !isExplicit(decided),
    isImplicit,
  ),
  on(
    'ST-3',
    'a service before a role: allowed / not',
    (decided) => isTrust(decided) && isKind('Service')(decided),
  ),
  on('KM-1', 'a KMS key in one account: allowed / not', (decided) => isKey(decided) && isOneAccount(decided)),
  on(
    'U-13',
    'a request without resource, some resource policy denies: the registry policy, which counts / another, which does not',
    (decided) => !hasResource(decided) && strikes('resource', 'registry')(decided),
    strikes('registry'),
  ),
  on(
    'U-14',
    'repository and registry policy side by side: allowed / not',
    (decided) => has('resource')(decided) && has('registry')(decided),
  ),
  on(
    'U-28',
    'an owner that nobody tells: allowed / not',
    (decided) => decided.owner === undefined && hasAccount(decided),
  ),
  on(
    'U-29',
    'ecr:CreateRepository, the policy of the resource grants: allowed / not',
    (decided) =>
      allows('resource')(decided) && /^ecr:CreateRepository$/i.test(decided.scenario.request.action),
  ),
  on(
    'EC-6',
    'a registry policy of scope V1: the action is one of its three / is another',
    (decided) => has('registry')(decided) && isV1(decided),
    isOfV1,
  ),
  on(
    'EX-33',
    'a repository policy before callers of the owner: denies / does not',
    (decided) => has('resource')(decided) && hasResource(decided) && isOneAccount(decided),
    strikes('resource'),
  ),
  on(
    'EX-38',
    'a service before ECR, no Deny: allowed by repository or registry policy / not',
    (decided) => isKind('Service')(decided) && serviceOf(decided) === 'ecr' && !isExplicit(decided),
  ),
]

export const decisionRules: readonly Rule<Decided>[] = [
  ...ofCore,
  ...ofAccounts,
  ...ofLimits,
  ...ofRcps,
  ...ofResources,
]
