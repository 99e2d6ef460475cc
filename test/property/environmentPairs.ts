/** Small environments as scenario JSON, pairs of them that are one edit apart, and all requests of a small universe. */
import * as fc from 'fast-check'
import type { PolicyJson, ScenarioJson, StatementJson } from '../oracle/decide.js'

export type EnvironmentJson = Omit<ScenarioJson, 'request'>

const [HERE, THERE] = ['111122223333', '444455556666']
const USER = `arn:aws:iam::${HERE}:user/alice`
const ROLE = `arn:aws:iam::${HERE}:role/node`
const SESSION = `arn:aws:sts::${HERE}:assumed-role/node/s1`
const FAR = `arn:aws:iam::${THERE}:role/node`
const repository = (account: string): string => `arn:aws:ecr:eu-west-1:${account}:repository/app`
const KEY = `arn:aws:kms:eu-west-1:${HERE}:key/k1`

const callers = [
  USER,
  SESSION,
  `arn:aws:sts::${HERE}:assumed-role/AWSServiceRoleForX/s1`,
  `arn:aws:sts::${THERE}:assumed-role/node/s1`,
  `arn:aws:iam::${HERE}:root`,
  `arn:aws:sts::${HERE}:federated-user/alice`,
  'lambda.amazonaws.com',
  'anonymous',
]
const actions = ['ecr:BatchGetImage', 'ecr:CreateRepository', 's3:GetObject', 'iam:GetRole', 'sts:AssumeRole']
const resources = [repository(HERE), repository(THERE), '*', KEY, ROLE]
const ORG = 'aws:PrincipalOrgID'
const contexts = [{}, { [ORG]: 'o-1' }, { [ORG]: 'o-2' }]

/** Every request of the small universe. */
export const requests: readonly ScenarioJson['request'][] = callers.flatMap((principal) =>
  actions.flatMap((action) =>
    resources.flatMap((resource) =>
      contexts.map((context) => ({
        principal,
        action,
        resource,
        context,
      })),
    ),
  ),
)

const pick = <A>(...values: readonly A[]): fc.Arbitrary<A> => fc.constantFrom(...values)
const often = <A>(share: number, usual: A, other: fc.Arbitrary<A>): fc.Arbitrary<A> =>
  fc.oneof({ weight: share, arbitrary: fc.constant(usual) }, { weight: 100 - share, arbitrary: other })

const effect = often<'Allow' | 'Deny'>(75, 'Allow', fc.constant('Deny'))
const action = fc.oneof(
  {
    weight: 6,
    arbitrary: pick('*', 'ecr:*', 'ecr:Batch*', '*:Get*', 'ecr:CreateRepository', 'sts:*').map((Action) => ({
      Action,
    })),
  },
  {
    weight: 2,
    arbitrary: fc.subarray(actions, { minLength: 1, maxLength: 3 }).map((Action) => ({ Action })),
  },
  { weight: 1, arbitrary: pick('ecr:BatchGetImage', 's3:*', 'iam:*').map((NotAction) => ({ NotAction })) },
)
const listed = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ Resource: '*' }) },
  {
    weight: 3,
    arbitrary: pick(
      repository(HERE),
      repository(THERE),
      `arn:aws:ecr:*:${HERE}:*`,
      'arn:aws:ecr:*:*:repository/*',
      `arn:*:ecr:*:${THERE}:*`,
      ROLE,
      KEY,
    ).map((Resource) => ({ Resource })),
  },
  {
    weight: 1,
    arbitrary: pick(repository(HERE), `arn:aws:ecr:*:${THERE}:*`).map((NotResource) => ({ NotResource })),
  },
)
const principal = fc.oneof(
  {
    weight: 7,
    arbitrary: pick<NonNullable<StatementJson['Principal']>>(
      '*',
      { AWS: HERE },
      { AWS: THERE },
      { AWS: [HERE, THERE] },
      { AWS: USER },
      { AWS: ROLE },
      { AWS: FAR },
      { AWS: SESSION },
      { Service: 'lambda.amazonaws.com' },
    ).map((Principal) => ({ Principal })),
  },
  {
    weight: 1,
    arbitrary: pick<NonNullable<StatementJson['Principal']>>(
      { AWS: THERE },
      { AWS: [`arn:aws:iam::${HERE}:root`, USER] },
      { AWS: [`arn:aws:iam::${HERE}:root`, ROLE, SESSION] },
    ).map((NotPrincipal) => ({ NotPrincipal, Effect: 'Deny' as const })),
  },
)
const condition = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  {
    weight: 4,
    arbitrary: pick<NonNullable<StatementJson['Condition']>>(
      { StringEquals: { [ORG]: 'o-1' } },
      { StringNotEquals: { [ORG]: 'o-1' } },
      { StringEqualsIfExists: { [ORG]: ['o-1', 'o-2'] } },
      { Null: { [ORG]: 'true' } },
      { StringEquals: { 'aws:PrincipalAccount': HERE } },
      { StringNotEquals: { 'aws:ResourceAccount': HERE } },
      { StringEquals: { 'aws:ResourceAccount': THERE } },
      { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${HERE}:role/*` } },
      { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } },
      { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
    ).map((Condition) => ({ Condition })),
  },
)

const document = (statement: fc.Arbitrary<StatementJson>, maxLength: number): fc.Arbitrary<PolicyJson> =>
  fc.array(statement, { minLength: 1, maxLength }).map((Statement) => ({ Version: '2012-10-17', Statement }))

const identity = fc
  .tuple(effect, action, listed, condition)
  .map(([Effect, a, r, c]): StatementJson => ({ Effect, ...a, ...r, ...c }))
const scp = identity.map(({ NotAction: _, ...rest }): StatementJson => ({ Action: '*', ...rest }))
const resource = fc
  .tuple(effect, principal, action, listed, condition)
  .map(([Effect, p, a, r, c]): StatementJson => ({ Effect, ...p, ...a, ...r, ...c }))
const registry = fc
  .tuple(effect, principal, pick('ecr:*', 'ecr:BatchGetImage', 'ecr:CreateRepository'), condition)
  .map(([Effect, p, Action, c]): StatementJson => ({
    Effect,
    ...p,
    Action,
    Resource: `arn:aws:ecr:eu-west-1:${HERE}:repository/*`,
    ...c,
  }))
const rcp = fc
  .tuple(pick('ecr:*', 's3:*', 'sts:*', 'ecr:BatchGetImage'), listed, condition)
  .map(([Action, r, c]): StatementJson => ({ Effect: 'Deny', Principal: '*', Action, ...r, ...c }))

const full: PolicyJson = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
}
const open: PolicyJson = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
}
const maybe = <A>(share: number, other: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> =>
  often<A | undefined>(100 - share, undefined, other)

const facts = fc.record({
  principalAccountIsManagement: often(90, false, fc.constant(true)),
  resourceAccountIsManagement: often(90, false, fc.constant(true)),
  principalIsServiceLinkedRole: often(95, false, fc.constant(true)),
  registryPolicyScope: often<'V1' | 'V2'>(80, 'V2', fc.constant('V1')),
})

export const layers = {
  identityPolicies: often<readonly PolicyJson[]>(
    15,
    [full],
    fc.array(document(identity, 3), { minLength: 0, maxLength: 2 }),
  ),
  permissionsBoundary: maybe(30, fc.oneof(fc.constant(full), document(identity, 2))),
  sessionPolicies: often<readonly PolicyJson[]>(
    70,
    [],
    fc.array(document(identity, 2), { minLength: 1, maxLength: 1 }),
  ),
  resourcePolicy: maybe(70, document(resource, 3)),
  registryPolicy: maybe(25, document(registry, 2)),
  endpointPolicies: often<readonly PolicyJson[]>(
    75,
    [],
    fc.array(fc.oneof(fc.constant(open), document(resource, 2)), { minLength: 1, maxLength: 1 }),
  ),
  serviceControlPolicies: maybe(
    40,
    fc.array(fc.array(fc.oneof(fc.constant(full), document(scp, 2)), { minLength: 1, maxLength: 2 }), {
      minLength: 1,
      maxLength: 2,
    }),
  ),
  resourceControlPolicies: often<readonly (readonly PolicyJson[])[]>(
    70,
    [],
    document(rcp, 2).map((policy) => [[policy]]),
  ),
  facts,
} as const

const present = (environment: Readonly<Record<string, unknown>>): EnvironmentJson =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined))

export const environment: fc.Arbitrary<EnvironmentJson> = fc.record(layers).map(present)

/** Every Allow's statements twice, split or reordered: the same meaning in other words. */
const reworded = (environment: EnvironmentJson): EnvironmentJson => {
  const split = (statement: StatementJson): readonly StatementJson[] =>
    Array.isArray(statement.Action)
      ? statement.Action.map((Action: string) => ({ ...statement, Action }))
      : [statement, statement]
  const policy = ({ Statement, ...rest }: PolicyJson): PolicyJson => ({
    ...rest,
    Statement: (Array.isArray(Statement)
      ? (Statement as readonly StatementJson[])
      : [Statement as StatementJson]
    )
      .flatMap(split)
      .reverse(),
  })
  const { permissionsBoundary, resourcePolicy, registryPolicy } = environment
  return present({
    ...environment,
    identityPolicies: [...(environment.identityPolicies ?? [])].reverse().map(policy),
    permissionsBoundary:
      permissionsBoundary === undefined ? undefined : policy(permissionsBoundary as PolicyJson),
    resourcePolicy: resourcePolicy === undefined ? undefined : policy(resourcePolicy),
    registryPolicy: registryPolicy === undefined ? undefined : policy(registryPolicy),
  })
}

const names = Object.keys(layers) as readonly (keyof typeof layers)[]

/** Two environments that differ in one layer, or in wording alone, or altogether. */
export const pair: fc.Arbitrary<readonly [EnvironmentJson, EnvironmentJson]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ base: environment, other: environment, name: pick(...names) })
      .map(({ base, other, name }) => [base, present({ ...base, [name]: other[name] })] as const),
  },
  { weight: 2, arbitrary: environment.map((base) => [base, reworded(base)] as const) },
  { weight: 1, arbitrary: fc.tuple(environment, environment) },
)
