/** What a generated scenario touches: names of corners, counted by the properties so that none is silently lost. */
import { Caller, Condition, Operand, Operator, Request, Resource, Variable } from '../../src/model/index.js'
import { Glob } from '../../src/pattern/index.js'
import type { Document, Environment, Statement } from '../../src/model/index.js'
import type { Scenario } from '../../src/codec/index.js'
import { conditionHolds, prepare } from '../../src/simulator/match.js'

type Layers = readonly (readonly [string, Document.Document])[]

const layers = (environment: Environment.Environment): Layers => {
  const maybe = (name: string, document: Document.Document | undefined): Layers =>
    document === undefined ? [] : [[name, document]]
  const all = (name: string, documents: readonly Document.Document[]): Layers =>
    documents.map((document) => [name, document])
  return [
    ...all('identity', environment.identityPolicies),
    ...maybe('boundary', environment.permissionsBoundary),
    ...all('session', environment.sessionPolicies),
    ...maybe('resource', environment.resourcePolicy),
    ...maybe('registry', environment.registryPolicy),
    ...all('endpoint', environment.endpointPolicies),
    ...all('scp', (environment.serviceControlPolicies ?? []).flat()),
    ...all('rcp', environment.resourceControlPolicies.flat()),
  ]
}

const when = (holds: boolean, name: string): readonly string[] => (holds ? [name] : [])

const ofRequest = (request: Request.Request): readonly string[] => {
  const { principal, resource, context } = request
  const owner = Request.ownerAccount(request)
  const account = Caller.hasAccount(principal) ? principal.account : undefined
  const given = context.find(({ name }) => Condition.foldKey(name) === 'aws:principalarn')
  const isRole = principal._tag === 'RoleSession'
  return [
    `caller ${principal._tag}`,
    ...when(isRole && principal.session === undefined, 'caller is a role of unknown session'),
    ...when(given !== undefined && isRole, 'aws:PrincipalArn given for a session'),
    ...when(given?.values[0]?.includes(':role/team/') ?? false, 'role path known by aws:PrincipalArn'),
    ...when(isRole && principal.role.startsWith('AWSServiceRoleFor'), 'service-linked by name'),
    ...when(given?.values[0]?.includes('aws-service-role') ?? false, 'service-linked by path'),
    `action of ${request.action.split(':')[0]?.toLowerCase() ?? ''}`,
    ...when(resource === '*', 'no resource'),
    ...when(resource === '*' && request.resourceAccount !== undefined, 'no resource, but its account'),
    ...when(account !== undefined && owner !== account, 'cross account'),
    ...when(account !== undefined && owner === account, 'same account'),
    ...when(
      resource !== '*' && Caller.hasAccount(principal) && resource.partition !== principal.partition,
      'cross partition',
    ),
    ...when(owner === undefined, 'owner unknown'),
    ...when(
      context.some(({ values }) => values.length > 1),
      'several values of a key',
    ),
    ...when(
      context.some(({ name }) => name === '__proto__' || name === 'toString'),
      'key named like a property',
    ),
  ]
}

const ofEnvironment = ({ facts, serviceControlPolicies: scps, ...rest }: Environment.Environment) => [
  ...when(facts.principalAccountIsManagement, 'caller in the management account'),
  ...when(facts.resourceAccountIsManagement, 'resource in the management account'),
  ...when(facts.principalIsServiceLinkedRole, 'service-linked by fact'),
  ...when(rest.registryPolicy !== undefined && facts.registryPolicyScope === 'V1', 'registry policy V1'),
  ...when(rest.registryPolicy !== undefined && facts.registryPolicyScope === 'V2', 'registry policy V2'),
  ...when(scps?.some((level) => level.length === 0) ?? false, 'empty SCP level'),
  ...when((scps?.length ?? 0) > 1, 'two SCP levels'),
  ...when(scps?.length === 0, 'no SCP level'),
  ...when(rest.resourceControlPolicies.length > 1, 'two RCP levels'),
  ...when(rest.sessionPolicies.length > 0 && rest.permissionsBoundary !== undefined, 'boundary and session'),
]

const ofPrincipal = (statement: Statement.Statement): readonly string[] => {
  if (statement._tag === 'IdentityStatement') return []
  const { _tag, principals } = statement.principal
  return [
    ...when(_tag === 'NotPrincipal', `${statement.effect} NotPrincipal`),
    ...principals.map((entry) => `principal ${entry._tag}`),
    ...when(
      principals.some((entry) => entry._tag === 'Account' && entry.partition === undefined),
      'principal bare account id',
    ),
  ]
}

const ofTexts = (version: Document.Document['version'], statement: Statement.Statement) => {
  const resources = statement.resource._tag === 'Attached' ? [] : statement.resource.patterns
  const texts = [...resources, ...statement.conditions.flatMap(({ values }) => values)]
  const current = version === '2012-10-17'
  return [
    ...when(statement.action._tag === 'NotAction', `${statement.effect} NotAction`),
    ...when(statement.resource._tag === 'NotResource', `${statement.effect} NotResource`),
    ...when(statement.resource._tag === 'Attached', 'Resource left out'),
    ...when(
      resources.some((text) => text !== '*' && text.split(':').length < 6),
      'short ARN pattern',
    ),
    ...when(
      resources.some((text) =>
        text
          .split(':')
          .slice(0, 5)
          .some((part) => part.endsWith('*')),
      ),
      'star at the end of a segment',
    ),
    ...when(texts.some(hasVariable) && current, 'variable'),
    ...when(texts.some(hasVariable) && !current, 'variable that stays literal'),
    ...when(
      texts.some((text) => /\$\{[*?$]\}/.test(text)),
      'escaped character',
    ),
    ...when(
      texts.some((text) => text.includes(", '")),
      'variable with default',
    ),
    `version ${version ?? 'none'}`,
  ]
}

const hasVariable = (text: string): boolean => {
  const read = Variable.parse('2012-10-17')(text)
  return text.includes('${') && read._tag === 'Right' && Variable.hasVariables(read.right)
}

const ofConditions = ({ request, environment }: Scenario): readonly string[] => {
  const prepared = prepare(request, false)
  return layers(environment).flatMap(([, { version, statements }]) =>
    statements.flatMap(({ conditions }) =>
      conditions.flatMap((condition) => {
        const present = prepared.values(condition.key) !== undefined
        const { name, qualifier, ifExists } = condition.operator
        const holds = conditionHolds(prepared, version)(condition)
        return [
          ...when(present, `${name} ${holds ? 'holds' : 'fails'}`),
          `${qualifier}${ifExists ? ' IfExists' : ''} ${present ? 'present' : 'missing'}`,
          ...when(!present && Operator.operators[name].negated, 'negated operator on a missing key'),
          ...when(condition.values.length === 0, 'empty list of policy values'),
          ...when(condition.values.length > 1, 'several policy values'),
          ...when(
            condition.key !== condition.key.toLowerCase() && !/:[A-Z]/.test(condition.key),
            'odd spelling of a key',
          ),
        ]
      }),
    ),
  )
}

/** Where Resource and ArnLike differ on six parts: a `*` that ends its segment and takes a colon (SM-R5, CO-R2). */
const ofCrossing = ({ request, environment }: Scenario): readonly string[] => {
  const resource = Request.resourceText(request)
  const crosses = (pattern: string): boolean => {
    if (pattern.split(':').length < 6 || pattern.includes('${')) return false
    const glob = Resource.glob(undefined, () => ({ _tag: 'Missing' }))(pattern)
    const inside = Operand.read({ type: 'Arn' }, undefined, () => ({ _tag: 'Missing' }))(pattern)
    return glob !== undefined && Glob.matches(glob)(resource) && !Operand.admits(inside)(resource)
  }
  const patterns = layers(environment).flatMap(([, { statements }]) =>
    statements.flatMap((statement) =>
      statement.resource._tag === 'Attached' ? [] : statement.resource.patterns,
    ),
  )
  return when(patterns.some(crosses), 'resource star that takes a colon')
}

/** VA-9: resources that would match if a key with several values stood for its first. */
const ofSeveralValues = ({ request, environment }: Scenario): readonly string[] => {
  const { lookup, values } = prepare(request, false)
  const first: Variable.Lookup = (key) => {
    const [value] = values(key) ?? []
    return value === undefined ? { _tag: 'Missing' } : { _tag: 'Value', value }
  }
  const resource = Request.resourceText(request)
  const matches = (pattern: string, known: Variable.Lookup): boolean => {
    const glob = Resource.glob('2012-10-17', known)(pattern)
    return glob !== undefined && Glob.matches(glob)(resource)
  }
  const found = layers(environment).some(
    ([, { version, statements }]) =>
      version === '2012-10-17' &&
      statements.some(
        (statement) =>
          statement.resource._tag !== 'Attached' &&
          statement.resource.patterns.some((text) => matches(text, first) && !matches(text, lookup)),
      ),
  )
  return when(found, 'several values keep a variable from matching')
}

const corners = (scenario: Scenario): readonly string[] => [
  ...ofRequest(scenario.request),
  ...ofEnvironment(scenario.environment),
  ...layers(scenario.environment).flatMap(([layer, { version, statements }]) => [
    `${layer} policy`,
    ...statements.flatMap((statement) => [...ofPrincipal(statement), ...ofTexts(version, statement)]),
  ]),
  ...ofConditions(scenario),
  ...ofCrossing(scenario),
  ...ofSeveralValues(scenario),
]

/** Each corner that a scenario touches, once. */
export const touched = (scenario: Scenario): ReadonlySet<string> => new Set(corners(scenario))

const qualified = ['None', 'ForAnyValue', 'ForAllValues'].flatMap((qualifier) =>
  ['', ' IfExists'].flatMap((suffix) => [`${qualifier}${suffix} present`, `${qualifier}${suffix} missing`]),
)

/** Every corner that the generators are to reach. */
export const wanted: readonly string[] = [
  ...['RootUser', 'User', 'RoleSession', 'FederatedUser', 'Service', 'IdentityProvider', 'Anonymous'].map(
    (tag) => `caller ${tag}`,
  ),
  'caller is a role of unknown session',
  'aws:PrincipalArn given for a session',
  'role path known by aws:PrincipalArn',
  'service-linked by name',
  'service-linked by path',
  'service-linked by fact',
  ...['ecr', 's3', 'kms', 'sts', 'iam', 'dynamodb'].map((service) => `action of ${service}`),
  'no resource',
  'no resource, but its account',
  'same account',
  'cross account',
  'cross partition',
  'owner unknown',
  'several values of a key',
  'key named like a property',
  'caller in the management account',
  'resource in the management account',
  'registry policy V1',
  'registry policy V2',
  'empty SCP level',
  'two SCP levels',
  'no SCP level',
  'two RCP levels',
  'boundary and session',
  ...['identity', 'boundary', 'session', 'resource', 'registry', 'endpoint', 'scp', 'rcp'].map(
    (layer) => `${layer} policy`,
  ),
  ...[
    'Everyone',
    'Account',
    'User',
    'Role',
    'AssumedRoleSession',
    'FederatedUser',
    'Service',
    'IdentityProvider',
    'CanonicalUser',
    'UniqueId',
    'bare account id',
  ].map((tag) => `principal ${tag}`),
  ...['NotPrincipal', 'NotAction', 'NotResource'].flatMap((name) => [`Allow ${name}`, `Deny ${name}`]),
  'Resource left out',
  'short ARN pattern',
  'star at the end of a segment',
  'resource star that takes a colon',
  'several values keep a variable from matching',
  'variable',
  'variable that stays literal',
  'variable with default',
  'escaped character',
  'version 2012-10-17',
  'version 2008-10-17',
  'version none',
  ...Object.keys(Operator.operators).flatMap((name) => [`${name} holds`, `${name} fails`]),
  ...qualified,
  'negated operator on a missing key',
  'empty list of policy values',
  'several policy values',
  'odd spelling of a key',
]
