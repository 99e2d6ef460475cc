/** Fleets to measure with, as large as is wanted. */
import { parseOrThrow } from '../../src/codec/index.js'
import {
  canPull,
  canPush,
  Repository,
  within,
  type MatrixInput,
  type MatrixPrincipal,
  type MatrixRepository,
} from '../../src/ecr/index.js'
import { Caller, Context, Environment, type Document } from '../../src/model/index.js'

const accounts = ['111122223333', '444455556666', '777788889999']
const teams = 20

const accountOf = (i: number): string => accounts[i % accounts.length] ?? ''
const teamOf = (i: number): string => `team-${i % teams}`

const pullActions = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const pushActions = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
]

const document = (...statements: readonly object[]): object => ({
  Version: '2012-10-17',
  Statement: statements,
})

const identity = (...statements: readonly object[]): Document.IdentityDocument =>
  parseOrThrow(document(...statements), 'identity')

const login = { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' }

/** Anybody may log in; pulls everywhere, pushes to what `where` says. */
const developer = (where: readonly string[]): Document.IdentityDocument =>
  identity(
    login,
    { Effect: 'Allow', Action: pullActions, Resource: 'arn:aws:ecr:*:*:repository/*' },
    { Effect: 'Allow', Action: pushActions, Resource: where },
    {
      Effect: 'Deny',
      Action: 'ecr:*',
      Resource: 'arn:aws:ecr:*:*:repository/*/sealed',
      Condition: { StringNotEquals: { 'aws:PrincipalTag/clearance': 'high' } },
    },
  )

const regions = identity(
  { Effect: 'Allow', Action: '*', Resource: '*' },
  {
    Effect: 'Deny',
    Action: 'ecr:*',
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } },
  },
)

const boundary = identity({ Effect: 'Allow', NotAction: 'ecr:DeleteRepository', Resource: '*' })

const shared: Document.ResourceDocument = parseOrThrow(
  document({
    Effect: 'Allow',
    Principal: { AWS: accounts },
    Action: [...pullActions, ...pushActions.slice(0, 1)],
  }),
  'ecr-repository',
)

const roleArn = (i: number): string => `arn:aws:iam::${accountOf(i)}:role/${teamOf(i)}/role-${i}`

const repositoryArn = (i: number): string =>
  `arn:aws:ecr:${i % 2 === 0 ? 'eu-west-1' : 'us-east-1'}:${accountOf(i)}:repository/${teamOf(i)}/service-${i}`

const repositoryOf = (i: number): MatrixRepository => ({
  repository: repositoryArn(i),
  resourcePolicy: i % 5 === 0 ? undefined : shared,
  tags: { team: teamOf(i) },
})

const inputOf = (
  roles: number,
  repositories: number,
  policyOf: (i: number) => Document.IdentityDocument,
): MatrixInput => ({
  principals: Array.from({ length: roles }, (_, i): MatrixPrincipal => ({
    principal: roleArn(i),
    identityPolicies: [policyOf(i)],
    permissionsBoundary: i % 7 === 0 ? boundary : undefined,
    context: {
      'aws:PrincipalTag/team': teamOf(i),
      'aws:PrincipalTag/clearance': i % 3 === 0 ? 'high' : 'low',
    },
  })),
  repositories: Array.from({ length: repositories }, (_, i) => repositoryOf(i)),
  accounts: Object.fromEntries(accounts.map((id) => [id, { serviceControlPolicies: [[regions]] }])),
  operations: ['pull', 'push'],
})

/** Roles by team: those of a team have the same policies, by value. */
export const alike = (roles: number, repositories: number): MatrixInput =>
  inputOf(roles, repositories, (i) => developer([`arn:aws:ecr:*:*:repository/${teamOf(i)}/*`]))

/** Every role has a policy of its own, and may push to a repository that it names. */
export const distinct = (roles: number, repositories: number): MatrixInput =>
  inputOf(roles, repositories, (i) =>
    developer([repositoryArn(i % repositories), `arn:aws:ecr:*:*:repository/role-${i}/*`]),
  )

/** One policy for all, with variables: what a role may do is in its tags. */
export const tagged = (roles: number, repositories: number): MatrixInput => {
  const policy = developer(['arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}/*'])
  return inputOf(roles, repositories, () => policy)
}

/** Every cell by `canPull` and `canPush`; how many are allowed. */
export const oneByOne = (input: MatrixInput, everyNth = 1): number => {
  const repositories = input.repositories.map(({ repository }) =>
    typeof repository === 'string' ? Repository.parseOrThrow(repository) : undefined,
  )
  let allowed = 0
  input.principals.forEach((who, row) => {
    const { principal, context, identityPolicies, permissionsBoundary } = who
    const caller = typeof principal === 'string' ? Caller.parseOrThrow(principal) : principal
    const known = Context.make(context ?? {})
    const scps = Caller.hasAccount(caller) ? input.accounts?.[caller.account]?.serviceControlPolicies : []
    repositories.forEach((repository, column) => {
      if (repository === undefined || repository._tag !== 'Repository') return
      if ((row * repositories.length + column) % everyNth !== 0) return
      const access = within(
        Environment.make({
          identityPolicies: identityPolicies ?? [],
          permissionsBoundary,
          serviceControlPolicies: scps,
          resourcePolicy: input.repositories[column]?.resourcePolicy,
        }),
        known,
      )(caller)
      if (canPull(access, repository).allowed) allowed++
      if (canPush(access, repository).allowed) allowed++
    })
  })
  return allowed
}
