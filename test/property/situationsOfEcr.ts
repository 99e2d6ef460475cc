import * as fc from 'fast-check'
import { repair, Repository, within, type Access, type Repair } from '../../src/ecr/index.js'
import { Caller, Context, Environment, type Document, type Statement } from '../../src/model/index.js'
import { doc, granting, identity } from '../unit/ecr/documents.js'

export const own = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/team/app')
export const foreign = Repository.parseOrThrow('arn:aws:ecr:eu-west-1:444455556666:repository/team/app')

// ---- situations ----

export const lone = [
  'pull-tag',
  'push',
  'push-existing-layers',
  'create-on-push',
  'ptc-first-pull',
  'catalog',
  'lambda-same-account',
  'lambda-cross-account',
  'codebuild-image',
  'replication-cross-account',
] as const
export type Lone = (typeof lone)[number]

const callers = [
  'arn:aws:iam::111122223333:role/node',
  'arn:aws:iam::111122223333:role/teams/node',
  'arn:aws:sts::111122223333:assumed-role/node/i-0abc',
  'arn:aws:iam::111122223333:user/alice',
  'arn:aws:iam::111122223333:root',
  'arn:aws:sts::111122223333:federated-user/bob',
  'lambda.amazonaws.com',
  'anonymous',
]

const actions = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'ecr:PutImage',
  'ecr:BatchCheckLayerAvailability',
  'ecr:*',
  'ecr:Batch*',
  'ecr:CreateRepository',
  'ecr:ReplicateImage',
  '*',
]

const resources = [
  '*',
  Repository.show(own),
  Repository.show(foreign),
  'arn:aws:ecr:*:*:repository/team/*',
  'arn:aws:ecr:eu-west-1:111122223333:repository/*',
]

const tests = [
  ['StringEquals', 'aws:RequestedRegion', 'eu-west-1'],
  ['StringEquals', 'aws:RequestedRegion', 'us-east-1'],
  ['StringNotEquals', 'aws:PrincipalTag/team', 'a'],
  ['Bool', 'aws:SecureTransport', 'true'],
  ['ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/node'],
  ['StringEquals', 'aws:SourceAccount', '111122223333'],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:lambda:*:111122223333:function:*'],
] as const

const some = <A>(items: readonly A[], max = 3): fc.Arbitrary<readonly A[]> =>
  fc.subarray([...items], { minLength: 1, maxLength: max })
const effect = fc.oneof(
  { weight: 9, arbitrary: fc.constant<'Allow' | 'Deny'>('Allow') },
  { weight: 1, arbitrary: fc.constant<'Allow' | 'Deny'>('Deny') },
)
const conditions = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: some(tests, 1) },
)

const identityStatement = fc
  .tuple(effect, some(actions), some(resources, 2), conditions, fc.boolean())
  .map(([does, listed, on, when, not]) => {
    const statement = identity(does, listed, on, ...when)
    return not && does === 'Allow' && on.length === 1
      ? { ...statement, resource: { ...statement.resource, _tag: 'NotResource' as const } }
      : statement
  })
const principals = ['*', '111122223333', ...callers.slice(0, 4), 'lambda.amazonaws.com']
const resourceStatement = (listed: boolean) =>
  fc
    .tuple(effect, some(principals, 2), some(actions), some(resources, 2), conditions)
    .map(([does, who, what, on, when]) =>
      granting(does, who, what, { tests: when, ...(listed ? { resources: on } : {}) }),
    )
const documentOf = <S extends Statement.Statement>(statement: fc.Arbitrary<S>) =>
  fc.array(statement, { minLength: 1, maxLength: 3 }).map(([first, ...rest]) => doc(first!, ...rest))
export const maybe = <A>(share: number, arbitrary: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> =>
  fc.oneof({ weight: 100 - share, arbitrary: fc.constant(undefined) }, { weight: share, arbitrary })

/** A managed policy with room for a few characters more. */
const nearlyFull = doc(
  identity(
    'Allow',
    ['ecr:BatchGetImage'],
    [Repository.show(own), ...Array.from({ length: 172 }, (_, i) => `arn:aws:s3:::bucket-number-${i}/*`)],
  ),
)

const contexts: readonly Readonly<Record<string, string>>[] = [
  {},
  {},
  {},
  { 'aws:SourceAccount': '111122223333' },
  { 'aws:SourceArn': 'arn:aws:lambda:eu-west-1:111122223333:function:f' },
  { 'aws:SourceArn': 'arn:aws:s3:::bucket', 'aws:SourceAccount': '444455556666' },
]

export const access: fc.Arbitrary<Access> = fc
  .record({
    principal: fc.constantFrom(...callers),
    identityPolicies: fc.array(
      fc.oneof(
        { weight: 9, arbitrary: documentOf(identityStatement) },
        { weight: 1, arbitrary: fc.constant(nearlyFull) },
      ),
      { maxLength: 2 },
    ),
    permissionsBoundary: maybe(20, documentOf(identityStatement)),
    sessionPolicies: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(documentOf(identityStatement), { minLength: 1, maxLength: 2 }) },
    ),
    resourcePolicy: maybe(60, documentOf(resourceStatement(false))),
    registryPolicy: maybe(20, documentOf(resourceStatement(true))),
    endpointPolicies: fc.oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(documentOf(resourceStatement(true)), { minLength: 1, maxLength: 1 }) },
    ),
    serviceControlPolicies: maybe(
      15,
      fc.array(fc.array(documentOf(identityStatement), { maxLength: 2 }), { minLength: 1, maxLength: 2 }),
    ),
    scope: fc.constantFrom<'V1' | 'V2'>('V1', 'V2', 'V2', 'V2'),
    context: fc.constantFrom(...contexts),
  })
  .map(({ principal, scope, context, ...policies }) =>
    within(
      Environment.make({ ...policies, facts: { registryPolicyScope: scope } }),
      Context.make(context),
    )(Caller.parseOrThrow(principal)),
  )

export interface Case {
  readonly id: Lone
  readonly held: Access
  readonly repository: Repository.Repository
  readonly fixed: readonly Document.Document[]
  readonly mend: Repair
}

/** The policies of a repository and its registry, of which somebody may want that they stay as they are. */
const ofOwner = ({ resourcePolicy, registryPolicy }: Access): readonly Document.Document[] =>
  [resourcePolicy, registryPolicy].flatMap((document) => document ?? [])

/** An operation, an access, a repository, and what repairs it. */
export const situation: fc.Arbitrary<Case> = fc
  .tuple(fc.constantFrom(...lone), access, fc.constantFrom(own, foreign), fc.nat({ max: 7 }))
  .map(([id, held, repository, bits]) => {
    // one in eight: the repository policy, one in eight: the registry policy, and one in eight both
    const fixed = ofOwner(held).filter((_, i) => bits === 3 || bits === i + 1)
    return { id, held, repository, fixed, mend: repair(id, held, repository, { fixed }) }
  })
