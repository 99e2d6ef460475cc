import * as fc from 'fast-check'
import { parseOrThrow } from '../../src/codec/index.js'
import {
  can,
  canPull,
  canPush,
  Repository,
  within,
  type Access,
  type MatrixAccount,
  type MatrixInput,
  type MatrixOperation,
  type MatrixPrincipal,
  type MatrixRepository,
  type Verdict,
} from '../../src/ecr/index.js'
import { Caller, Context, Environment, type Document } from '../../src/model/index.js'

const [HERE, THERE, ELSEWHERE] = ['111122223333', '444455556666', '777788889999']

// ---- who and what ----

const callers = [
  `arn:aws:iam::${HERE}:role/node`,
  `arn:aws:iam::${HERE}:role/nodes`,
  `arn:aws:iam::${HERE}:role/team/node`,
  `arn:aws:sts::${HERE}:assumed-role/node/i-0abc`,
  `arn:aws:iam::${HERE}:user/alice`,
  `arn:aws:iam::${HERE}:user/team/bob`,
  `arn:aws:iam::${HERE}:root`,
  `arn:aws:iam::${THERE}:role/node`,
  `arn:aws:iam::${THERE}:user/alice`,
  `arn:aws:iam::${ELSEWHERE}:role/node`,
  `arn:aws:sts::${THERE}:federated-user/carol`,
  `arn:aws:iam::${HERE}:role/aws-service-role/ecr.amazonaws.com/AWSServiceRoleForECR`,
  `arn:aws-cn:iam::${HERE}:role/node`,
  'lambda.amazonaws.com',
  'accounts.google.com',
  'anonymous',
]

const names = ['team-a/app', 'team-a/web', 'team-b/app', 'app', 'alice', 'web']
const repositories = [
  ...[HERE, THERE].flatMap((account) =>
    ['eu-west-1', 'us-east-1'].flatMap((region) =>
      names.map((name) => `arn:aws:ecr:${region}:${account}:repository/${name}`),
    ),
  ),
  `arn:aws-cn:ecr:cn-north-1:${HERE}:repository/app`,
  `arn:aws:ecr-public::${HERE}:repository/app`,
]

// ---- documents ----

const resources = [
  '*',
  'arn:aws:ecr:*',
  'arn:aws:ecr:eu-*',
  `arn:aws:ecr:*:${HERE}:repository/*`,
  `arn:aws:ecr:*:*:repository/team-a/*`,
  `arn:aws:ecr:*:*:repository/*a*`,
  `arn:aws:ecr:eu-west-1:${HERE}:repository/team-?/app`,
  `arn:aws:ecr:eu-west-1:${HERE}:repository/app`,
  `arn:aws:ecr:us-east-1:${THERE}:repository/team-b/app`,
  'arn:aws:ecr:*:*:repository/${aws:username}',
  'arn:aws:ecr:*:*:repository/team-${aws:PrincipalTag/team}/*',
  "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team, 'app'}",
  'arn:aws:ecr:*:*:repository/${aws:ResourceTag/owner}/*',
  'arn:aws:iam::*:role/aws-service-role/*',
]

const tests: readonly (readonly [string, string, string | readonly string[]])[] = [
  ['StringEquals', 'aws:RequestedRegion', 'eu-west-1'],
  ['StringNotEquals', 'aws:PrincipalTag/team', 'a'],
  ['StringEquals', 'aws:PrincipalTag/team', '${aws:ResourceTag/team}'],
  ['StringEquals', 'aws:ResourceTag/team', '${aws:PrincipalTag/team}'],
  ['StringLike', 'ecr:ResourceTag/team', '?'],
  ['StringEqualsIfExists', 'aws:ResourceTag/team', ['a', 'x']],
  ['Null', 'aws:ResourceTag/owner', 'true'],
  ['StringEquals', 'aws:ResourceAccount', '${aws:PrincipalAccount}'],
  ['StringNotEquals', 'aws:ResourceAccount', HERE],
  ['StringEquals', 'AWS:principalaccount', [HERE, ELSEWHERE]],
  ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::*:role/*node`],
  ['ArnNotEquals', 'aws:PrincipalArn', `arn:aws:iam::${HERE}:role/team/node`],
  ['StringLike', 'aws:username', 'a*'],
  ['StringEquals', 'aws:PrincipalType', 'AssumedRole'],
  ['Bool', 'aws:SecureTransport', 'true'],
  ['ForAnyValue:StringEquals', 'aws:PrincipalOrgPaths', ['o-1/r-1/', '${aws:PrincipalTag/team}']],
  ['StringEquals', 'aws:SourceAccount', HERE],
  ['StringEquals', 'aws:PrincipalServiceName', 'lambda.amazonaws.com'],
]

const actions = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchCheck*',
  'ecr:Batch*',
  'ecr:*LayerUpload',
  'ecr:*Image',
  'ecr:*',
  '*',
  'ecr-public:*',
  'iam:CreateServiceLinkedRole',
  's3:*',
]

const naming = [
  '*',
  HERE,
  `arn:aws:iam::${THERE}:root`,
  `arn:aws:iam::${HERE}:role/node`,
  `arn:aws:iam::${HERE}:role/team/node`,
  `arn:aws:iam::${THERE}:role/node`,
  `arn:aws:sts::${HERE}:assumed-role/node/i-0abc`,
  `arn:aws:iam::${HERE}:user/alice`,
]

const some = <A>(items: readonly A[], max: number): fc.Arbitrary<readonly A[]> =>
  fc.subarray([...items], { minLength: 1, maxLength: max })

const rarely = <A>(odds: number, usual: A, arbitrary: fc.Arbitrary<A>): fc.Arbitrary<A> =>
  fc.oneof({ weight: odds, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary })

const block = rarely<object>(
  2,
  {},
  some(tests, 2).map((all) => {
    const operators = new Map<string, Record<string, unknown>>()
    for (const [operator, key, value] of all)
      operators.set(operator, { ...operators.get(operator), [key]: value })
    return { Condition: Object.fromEntries(operators) }
  }),
)

const common = (allow: number) =>
  fc.record({
    Effect: rarely(allow, 'Allow', fc.constant('Deny')),
    action: fc
      .tuple(rarely(8, 'Action', fc.constant('NotAction')), some(actions, 3))
      .map(([name, listed]) => ({ [name]: listed })),
    resource: fc
      .tuple(rarely(6, 'Resource', fc.constant('NotResource')), some(resources, 2))
      .map(([name, listed]) => ({ [name]: listed })),
    block,
  })

const version = rarely(9, '2012-10-17', fc.constant('2008-10-17'))

const identityDocument: fc.Arbitrary<Document.IdentityDocument> = fc
  .tuple(version, fc.array(common(6), { minLength: 1, maxLength: 3 }))
  .map(([Version, all]) =>
    parseOrThrow(
      {
        Version,
        Statement: all.map(({ Effect, action, resource, block: conditions }) => ({
          Effect,
          ...action,
          ...resource,
          ...conditions,
        })),
      },
      'identity',
    ),
  )

const principal = fc.oneof(
  { weight: 1, arbitrary: fc.constant<object>({ Principal: '*' }) },
  { weight: 6, arbitrary: some(naming, 3).map((AWS): object => ({ Principal: { AWS } })) },
  { weight: 1, arbitrary: fc.constant<object>({ Principal: { Service: 'lambda.amazonaws.com' } }) },
  { weight: 1, arbitrary: some(naming.slice(1), 3).map((AWS): object => ({ NotPrincipal: { AWS } })) },
)

const resourceDocument = (kind: 'ecr-repository' | 'ecr-registry' | 'endpoint') =>
  fc
    .array(fc.tuple(common(6), principal), { minLength: 1, maxLength: 3 })
    .map((all): Document.ResourceDocument =>
      parseOrThrow(
        {
          Version: '2012-10-17',
          Statement: all.map(([{ Effect, action, resource, block: conditions }, who]) => ({
            Effect,
            ...who,
            ...action,
            ...(kind === 'ecr-repository' ? {} : resource),
            ...conditions,
          })),
        },
        'resource',
      ),
    )

// ---- fleets ----

const context: fc.Arbitrary<Readonly<Record<string, string | readonly string[]>>> = fc
  .subarray(
    [
      ['aws:PrincipalTag/team', 'a'],
      ['aws:PrincipalTag/team', 'b'],
      ['aws:PrincipalTag/team', ['a', 'b']],
      ['aws:PrincipalArn', `arn:aws:iam::${HERE}:role/team/node`],
      ['aws:ResourceTag/team', 'a'],
      ['aws:RequestedRegion', 'eu-west-1'],
      ['aws:ResourceAccount', HERE],
      ['aws:PrincipalOrgPaths', ['o-1/r-1/', 'a']],
      ['aws:SourceAccount', HERE],
      ['toString', 'x'],
    ] as const,
    { maxLength: 2 },
  )
  .map((entries) => Object.fromEntries(entries))

const tags: fc.Arbitrary<Readonly<Record<string, string>>> = fc
  .subarray([['team', 'a'] as const, ['team', 'b'] as const, ['owner', 'team-a'] as const], { maxLength: 2 })
  .map((entries) => Object.fromEntries(entries))

/** Documents are drawn from few, so that there are equal ones; some are copies, equal by value only. */
const drawn = <D extends object>(documents: readonly D[]): fc.Arbitrary<D> =>
  fc
    .tuple(fc.constantFrom(...documents), fc.boolean())
    .map(([document, isCopy]) => (isCopy ? structuredClone(document) : document))

const operations: readonly MatrixOperation[] = [
  'pull',
  'push',
  'docker-login',
  'catalog',
  'create-on-push',
  'lambda-cross-account',
  'public-push',
  'push-existing-layers',
  'replication-cross-account',
]

const levels = <D extends object>(documents: readonly D[]) =>
  fc.array(fc.array(drawn(documents), { maxLength: 2 }), { maxLength: 2 })

const inputOf = (
  identity: readonly Document.IdentityDocument[],
  resource: readonly Document.ResourceDocument[],
  registry: readonly Document.ResourceDocument[],
  endpoints: readonly Document.ResourceDocument[],
): fc.Arbitrary<MatrixInput> => {
  const principals: fc.Arbitrary<MatrixPrincipal> = fc.record({
    principal: fc.constantFrom(...callers),
    identityPolicies: fc.array(drawn(identity), { maxLength: 2 }),
    permissionsBoundary: rarely(4, undefined, drawn(identity)),
    sessionPolicies: rarely<readonly Document.IdentityDocument[]>(
      5,
      [],
      fc.array(drawn(identity), { minLength: 1, maxLength: 2 }),
    ),
    context,
    facts: rarely<MatrixPrincipal['facts']>(
      9,
      undefined,
      fc.constant({ principalIsServiceLinkedRole: true }),
    ),
  })
  const targets: fc.Arbitrary<MatrixRepository> = fc.record({
    repository: fc.constantFrom(...repositories),
    resourcePolicy: fc.option(drawn(resource), { nil: undefined }),
    registryPolicy: rarely(3, undefined, drawn(registry)),
    tags,
  })
  const account: fc.Arbitrary<MatrixAccount> = fc.record({
    serviceControlPolicies: rarely<MatrixAccount['serviceControlPolicies']>(2, undefined, levels(identity)),
    resourceControlPolicies: rarely<MatrixAccount['resourceControlPolicies']>(3, undefined, levels(registry)),
    isManagement: rarely(5, false, fc.constant(true)),
    registryPolicyScope: fc.constantFrom<'V1' | 'V2'>('V1', 'V2', 'V2'),
  })
  return fc.record({
    principals: fc.array(principals, { minLength: 1, maxLength: 8 }),
    repositories: fc.array(targets, { minLength: 1, maxLength: 8 }),
    accounts: fc.dictionary(fc.constantFrom(HERE, THERE, ELSEWHERE), account),
    endpointPolicies: rarely<readonly Document.ResourceDocument[]>(
      5,
      [],
      fc.array(drawn(endpoints), { minLength: 1, maxLength: 1 }),
    ),
    operations: fc.subarray([...operations], { minLength: 2, maxLength: 5 }),
  })
}

const few = <D>(arbitrary: fc.Arbitrary<D>) => fc.array(arbitrary, { minLength: 1, maxLength: 4 })

/** Fleets of few documents, callers and repositories in many combinations. */
export const fleets: fc.Arbitrary<MatrixInput> = fc
  .tuple(
    few(identityDocument),
    few(resourceDocument('ecr-repository')),
    few(resourceDocument('ecr-registry')),
    few(resourceDocument('endpoint')),
  )
  .chain(([identity, resource, registry, endpoints]) => inputOf(identity, resource, registry, endpoints))

// ---- one by one ----

const readRepository = (given: MatrixRepository['repository']) => {
  if (typeof given !== 'string') return given
  return given.includes(':ecr-public:')
    ? Repository.parsePublicOrThrow(given)
    : Repository.parseOrThrow(given)
}

/** The access of one caller to one repository, as somebody would write it who asks `canPull` about them. */
const accessOf = (
  { accounts = {}, endpointPolicies = [] }: MatrixInput,
  { principal: who, context: known = {}, facts, ...own }: MatrixPrincipal,
  { repository, tags: its = {}, ...owned }: MatrixRepository,
  withTags: boolean,
): Access => {
  const caller = typeof who === 'string' ? Caller.parseOrThrow(who) : who
  const callers = Caller.hasAccount(caller) ? accounts[caller.account] : undefined
  const owners = accounts[readRepository(repository).account]
  const tagKeys = Object.entries(its).flatMap(([key, value]) =>
    ['aws', 'ecr'].map((prefix) => [`${prefix}:ResourceTag/${key}`, value] as const),
  )
  return within(
    Environment.make({
      identityPolicies: own.identityPolicies ?? [],
      permissionsBoundary: own.permissionsBoundary,
      sessionPolicies: own.sessionPolicies ?? [],
      serviceControlPolicies: callers?.serviceControlPolicies,
      resourcePolicy: owned.resourcePolicy,
      registryPolicy: owned.registryPolicy,
      resourceControlPolicies: owned.resourceControlPolicies ?? owners?.resourceControlPolicies ?? [],
      endpointPolicies,
      facts: {
        ...facts,
        principalAccountIsManagement: callers?.isManagement ?? false,
        resourceAccountIsManagement: owners?.isManagement ?? false,
        registryPolicyScope: owners?.registryPolicyScope ?? 'V2',
      },
    }),
    Context.make({ ...known, ...(withTags ? Object.fromEntries(tagKeys) : {}) }),
  )(caller)
}

/** The verdict on one cell by the functions that a matrix must agree with. */
export const oneByOne = (
  input: MatrixInput,
  operation: MatrixOperation,
  who: MatrixPrincipal,
  what: MatrixRepository,
): Verdict => {
  const repository = readRepository(what.repository)
  const access = accessOf(input, who, what, repository._tag === 'Repository')
  if (repository._tag === 'Repository') {
    if (operation === 'pull') return canPull(access, repository)
    if (operation === 'push') return canPush(access, repository)
    return can(operation as 'catalog', access, repository)
  }
  const { resourcePolicy, registryPolicy, resourceControlPolicies } = access
  const held = { repository, resourcePolicy, registryPolicy, resourceControlPolicies, tags: what.tags }
  const id = operation === 'pull' ? 'public-pull' : operation === 'push' ? 'public-push' : operation
  return can(id as 'public-push', access, { publicRepository: held })
}
