/** Situations to grant in, and what they ask for, told from the data of the operations by the shortest way. */
import * as fc from 'fast-check'
import { judge } from '../../src/ecr/judge.js'
import {
  accessOrThrow,
  operations,
  Repository,
  shortNames,
  type Grant,
  type GrantedPolicy,
  type GrantInput,
  type GrantOperation,
  type GranteeInput,
  type Need,
  type Operation,
  type OperationId,
  type Place,
  type ServiceInput,
} from '../../src/ecr/index.js'
import { Arn, type Document } from '../../src/model/index.js'
import { doc, granting, identity } from '../unit/ecr/documents.js'

export const [OWNER, OTHER, THIRD] = ['111122223333', '444455556666', '777788889999']
const ORG = 'o-a1b2c3d4e5'
const PROFILE = `arn:aws:signer:eu-west-1:${OWNER}:/signing-profiles/p`
const privateArn = (account: string, name: string, region = 'eu-west-1'): string =>
  `arn:aws:ecr:${region}:${account}:repository/${name}`

// ---- situations ----

type Lists = Required<Pick<GrantInput, 'operations' | 'principals' | 'repositories' | 'sources'>>

/** A wish with all its lists. */
export interface Situation extends GrantInput, Lists {
  readonly operations: readonly GrantOperation[]
  readonly principals: readonly GranteeInput[]
  readonly repositories: readonly string[]
  readonly sources: readonly string[]
}

const all: readonly Operation[] = Object.values(operations)
const idsWhere = (holds: (operation: Operation) => boolean): readonly OperationId[] =>
  all.filter(holds).map(({ id }) => id)
const ofCallers = idsWhere(
  (operation) =>
    operation.required.length > 0 &&
    operation.id !== 'replication-cross-account' &&
    operation.required.every(
      ({ by, on }) => by === undefined && on !== 'signing-profile' && on !== 'public-repository',
    ),
)
/** EX-2, EX-38: what services do in their own name takes no token; other services than these do what they are said to. */
const ofRobots = idsWhere(
  ({ id, required, caller }) =>
    caller === undefined &&
    id !== 'replication-cross-account' &&
    required.length > 0 &&
    required.every(({ by, on }) => by === undefined && on === 'repository'),
)
const fetches = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const ofServices = ofRobots.filter((id) =>
  operations[id].required.every(({ action }) => fetches.includes(action)),
)

const pick = <A>(values: readonly A[], minLength: number, maxLength: number): fc.Arbitrary<readonly A[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength, maxLength })

const roles = [
  `arn:aws:iam::${OWNER}:role/node`,
  `arn:aws:iam::${OWNER}:user/alice`,
  `arn:aws:iam::${OTHER}:role/team/node`,
  `arn:aws:iam::${OTHER}:user/bob`,
  `arn:aws:iam::${THIRD}:role/ci`,
]
const accounts = [OWNER, OTHER, `arn:aws:iam::${THIRD}:root`]
const robots: readonly GranteeInput[] = [
  { service: 'scanner.amazonaws.com', sourceAccounts: OTHER },
  { service: 'robot.amazonaws.com', sourceArns: 'arn:aws:robot:::job/*', sourceAccounts: [OTHER] },
]
const services: readonly GranteeInput[] = [
  'lambda.amazonaws.com',
  { service: 'lambda.amazonaws.com', sourceAccounts: [OTHER, THIRD] },
  'codebuild.amazonaws.com',
  ...robots,
]
const repositories = [
  privateArn(OWNER, 'app'),
  privateArn(OWNER, 'team/app'),
  privateArn(OWNER, 'team/*'),
  privateArn(OWNER, 'team'),
  privateArn(OTHER, 'app'),
  privateArn(OTHER, 'team/*'),
  privateArn(OTHER, '*'),
]
const elsewhere = [privateArn(OWNER, 'app', 'us-east-1'), privateArn(OTHER, 'app', 'us-east-1')]

const options = fc.record({
  endpoint: fc.boolean(),
  registryPolicyScope: fc.constantFrom('V2' as const, 'V2' as const, 'V2' as const, 'V1' as const),
})

const meant = (asked: GrantOperation): readonly string[] =>
  asked in shortNames ? shortNames[asked as keyof typeof shortNames] : [asked]

const wants = (asked: readonly GrantOperation[], on: string): boolean =>
  all.some(({ id, required }) => asked.flatMap(meant).includes(id) && required.some((need) => need.on === on))

const usesRepositories = (asked: readonly GrantOperation[]): boolean =>
  ['repository', 'repository/*', 'destination-repository'].some((on) => wants(asked, on))

/** Keeps the lists that the operations have to do with; an endpoint lies in one Region. */
const fitted = (situation: Situation): Situation => ({
  ...situation,
  repositories: usesRepositories(situation.operations) ? situation.repositories : [],
  sources: wants(situation.operations, 'source-repository') ? situation.sources : [],
  endpoint:
    situation.endpoint === true &&
    ![...situation.repositories, ...situation.sources].some((arn) => elsewhere.includes(arn)),
})

const situations = (
  ids: readonly GrantOperation[],
  principals: readonly GranteeInput[],
  where: readonly string[] = [...repositories, ...elsewhere],
): fc.Arbitrary<Situation> =>
  fc
    .record({
      operations: pick(ids, 1, 2),
      principals: pick(principals, 1, 3),
      repositories: pick(where, 1, 3),
      sources: pick(where, 1, 2),
      options,
    })
    .map(({ options: chosen, ...lists }) => fitted({ ...lists, ...chosen }))

const signing = fc
  .record({
    principals: fc.constantFrom<readonly string[]>([roles[0] ?? ''], [OWNER]),
    repositories: pick(repositories, 1, 2),
    options,
  })
  .map(({ options: chosen, ...lists }): Situation =>
    fitted({ ...lists, ...chosen, operations: ['sign-managed'], sources: [], signingProfile: PROFILE }),
  )

const ofPublic = fc
  .record({
    operations: pick<GrantOperation>(['push', 'public-login'], 1, 2),
    principals: pick([...roles, OTHER], 1, 3),
    names: pick(['app', 'team/app'], 1, 2),
  })
  .map(({ names, operations: asked, principals }): Situation => ({
    operations: asked,
    principals,
    repositories: asked.includes('push')
      ? names.map((name) => `arn:aws:ecr-public::${OWNER}:repository/${name}`)
      : [],
    sources: [],
  }))

const replication = fc
  .record({
    principals: pick([OTHER, THIRD], 1, 2),
    repositories: pick(
      repositories.filter((arn) => arn.includes(OWNER)),
      1,
      3,
    ),
    creates: fc.boolean(),
    options,
  })
  .map(({ options: chosen, creates, ...lists }): Situation => ({
    ...lists,
    ...chosen,
    operations: ['replicate'],
    sources: [],
    ...(creates ? { optional: 'ecr:CreateRepository' } : {}),
  }))

/** All sorts of wishes, among them ones that cannot be granted: under V1 scopes stay closed. */
export const situation: fc.Arbitrary<Situation> = fc.oneof(
  {
    weight: 5,
    arbitrary: situations(['pull', 'push', 'pull-through', ...ofCallers], [...roles, ...accounts, ORG]),
  },
  { weight: 2, arbitrary: situations(['pull', ...ofServices], services) },
  { weight: 1, arbitrary: situations(['pull', ...ofRobots], robots) },
  { weight: 2, arbitrary: situations(['lambda', 'pull'], [...roles, ...accounts, 'lambda.amazonaws.com']) },
  { weight: 2, arbitrary: situations(['pull', 'pull-api'], [...roles, ORG, ...services]) },
  { weight: 1, arbitrary: situations(['pull', 'retag-api'], [...roles, ORG, ...robots]) },
  { weight: 1, arbitrary: signing },
  { weight: 1, arbitrary: ofPublic },
  { weight: 1, arbitrary: replication },
)

// ---- what is asked, one by one ----

/** One call of an operation by somebody in particular, on repositories in particular. */
export interface Check {
  readonly operation: Operation
  readonly needs: readonly Need[]
  /** As the grant names him, which is where his identity policy is found. */
  readonly principal: string
  readonly caller: string
  readonly context: Readonly<Record<string, string>>
  readonly repository: string | undefined
  readonly source: string | undefined
}

const accountIn = (text: string): string => /\d{12}/.exec(text)?.[0] ?? ''
const isScope = (arn: string): boolean => arn.endsWith('*')

/** Repositories in particular: of a scope two that are in it. */
const within = (arn: string): readonly string[] =>
  isScope(arn) ? [arn.replace(/\*$/, 'zz9'), arn.replace(/\*$/, 'a/b')] : [arn]

const optionalOf = ({ optional }: Situation): readonly string[] => [optional ?? []].flat()

const list = <A>(given: A | readonly A[] | undefined): readonly A[] =>
  given === undefined ? [] : Array.isArray(given) ? (given as readonly A[]) : [given as A]

interface Someone {
  readonly principal: string
  readonly caller: string
  readonly context: Readonly<Record<string, string>>
}

const isHost = (text: string): boolean => text.endsWith('.amazonaws.com')

/** On whose behalf a service acts for a repository. */
export const sourcesOf = (
  input: ServiceInput,
  repository: string,
): readonly Readonly<Record<string, string>>[] => {
  const arns = list(input.sourceArns)
  const given = list(input.sourceAccounts)
  const region = repository.split(':')[3] ?? ''
  const its = given.length > 0 ? given : [accountIn(repository)]
  const kinds: Readonly<Record<string, string>> = { lambda: 'function:f', codebuild: 'project/p' }
  const name = input.service.split('.')[0] ?? ''
  const kind = kinds[name]
  if (arns.length > 0)
    return arns.flatMap((arn) =>
      (given.length > 0 ? given : [accountIn(arn)]).map((account) => ({
        'aws:SourceArn': arn.replace('*', 'x'),
        'aws:SourceAccount': account,
      })),
    )
  return its.map((account) => ({
    'aws:SourceAccount': account,
    ...(kind === undefined ? {} : { 'aws:SourceArn': `arn:aws:${name}:${region}:${account}:${kind}` }),
  }))
}

const someone = (operation: Operation, input: GranteeInput, repository: string): readonly Someone[] => {
  if (typeof input !== 'string')
    return sourcesOf(input, repository).map((context) => ({
      principal: input.service,
      caller: input.service,
      context,
    }))
  if (isHost(input)) return someone(operation, { service: input }, repository)
  if (input.startsWith('o-'))
    return [OTHER, '999900001111'].map((account) => ({
      principal: input,
      caller: `arn:aws:iam::${account}:role/member`,
      context: { 'aws:PrincipalOrgID': ORG },
    }))
  const account = accountIn(input)
  const behalf = sourcesOf({ service: 'lambda.amazonaws.com', sourceAccounts: account }, repository)[0] ?? {}
  const isAccount = !/:(role|user)\//.test(input)
  const role =
    operation.id === 'replication-cross-account' ? 'aws-service-role/replication.ecr.amazonaws.com/R' : 'some'
  return [
    {
      principal: isAccount ? account : input,
      caller: isAccount ? `arn:aws:iam::${account}:role/${role}` : input,
      context: behalf,
    },
  ]
}

/** EX-20, EX-21: `lambda` is whichever fits, and `pull` too. */
const fits = ({ id }: Operation, input: GranteeInput, repository: string): boolean => {
  if (id === 'pull-tag') return typeof input === 'string' && !isHost(input)
  if (!id.startsWith('lambda-')) return true
  const isOwn = typeof input !== 'string' || isHost(input) || accountIn(input) === accountIn(repository)
  return id === (isOwn ? 'lambda-same-account' : 'lambda-cross-account')
}

/** Everything that must be allowed once the grant is attached. */
export const checksOf = (wish: Situation, { for: { operations: ids } }: Grant): readonly Check[] =>
  ids.flatMap((id) => {
    const operation: Operation = operations[id]
    const needs = [
      ...operation.required,
      ...operation.optional.filter(({ action }) => optionalOf(wish).includes(action)),
    ]
    const onRepository = needs.some(({ on }) => /repository/.test(on) && on !== 'source-repository')
    const targets = onRepository ? wish.repositories : [undefined]
    const sources = needs.some(({ on }) => on === 'source-repository') ? wish.sources : [undefined]
    return wish.principals.flatMap((input) =>
      targets.flatMap((target) =>
        sources.flatMap((source) =>
          target !== undefined && !fits(operation, input, target)
            ? []
            : someone(operation, input, target ?? privateArn(OWNER, 'none')).flatMap((who) =>
                (target === undefined ? [undefined] : within(target)).flatMap((repository) =>
                  (source === undefined ? [undefined] : within(source)).map((from) => ({
                    operation,
                    needs,
                    ...who,
                    repository,
                    source: from,
                  })),
                ),
              ),
        ),
      ),
    )
  })

// ---- the grant at work ----

/** The only policies looked at are those of the grant, each at its place. */
const at = <T extends Place.Place['_tag']>(
  { policies }: Pick<Grant, 'policies'>,
  tag: T,
  holds: (place: Extract<Place.Place, { readonly _tag: T }>) => boolean,
): GrantedPolicy | undefined =>
  policies.find(
    ({ place }) => place._tag === tag && holds(place as Extract<Place.Place, { readonly _tag: T }>),
  )

const documentAt = (policy: GrantedPolicy | undefined): readonly Document.Document[] =>
  policy === undefined ? [] : [policy.document]

const REPLICATES = doc(identity('Allow', ['ecr:ReplicateImage', 'ecr:CreateRepository'], ['*']))

const heldBy = (grant: Pick<Grant, 'policies'>, arn: string) => {
  const [, , , region, account] = arn.split(':')
  const policyAt = at(grant, 'ResourcePolicy', ({ repository }) => repository === arn)
  const registryAt = at(
    grant,
    'RegistryPolicy',
    (place) => place.account === account && place.region === region,
  )
  return {
    resourcePolicy: documentAt(policyAt)[0] as Document.ResourceDocument | undefined,
    registryPolicy: documentAt(registryAt)[0] as Document.ResourceDocument | undefined,
  }
}

/** An endpoint of ECR serves requests to ECR, so what is asked of other services is asked beside it. */
export const isAllowed =
  (wish: Situation, grant: Pick<Grant, 'policies'>) =>
  (check: Check): boolean => {
    const [toEcr, toOthers] = [true, false].map((isToEcr) =>
      check.needs.filter(({ action }) => action.startsWith('ecr:') === isToEcr),
    )
    return [
      { ...check, needs: toEcr ?? [], endpoint: wish.endpoint === true },
      { ...check, needs: toOthers ?? [], endpoint: false },
    ].every(isAllowedThrough(wish, grant))
  }

const closed = doc(granting('Allow', [OWNER], ['s3:GetObject'], { resources: ['*'] }))

/** Is it allowed, under the policies of the grant and no others? */
const isAllowedThrough =
  (wish: Situation, grant: Pick<Grant, 'policies'>) =>
  (check: Check & { readonly endpoint: boolean }): boolean => {
    const identityAt = at(grant, 'IdentityPolicy', ({ principal }) => principal === check.principal)
    const endpointAt = at(grant, 'VpcEndpointPolicy', () => true)
    const replicates = check.operation.id === 'replication-cross-account'
    const access = accessOrThrow({
      principal: check.caller,
      context: check.context,
      identityPolicies: replicates
        ? [REPLICATES]
        : (documentAt(identityAt) as readonly Document.IdentityDocument[]),
      endpointPolicies:
        check.endpoint && !replicates && !isHost(check.caller)
          ? [(documentAt(endpointAt)[0] ?? closed) as Document.ResourceDocument]
          : [],
      facts: { registryPolicyScope: wish.registryPolicyScope ?? 'V2' },
    })
    const { repository, source } = check
    const held = (arn: string) => ({ repository: Repository.parseOrThrow(arn), ...heldBy(grant, arn) })
    const main =
      repository === undefined
        ? {}
        : repository.includes(':ecr-public:')
          ? {
              publicRepository: {
                repository: Repository.parsePublicOrThrow(repository),
                ...heldBy(grant, repository),
              },
            }
          : { repository: held(repository), destination: held(repository) }
    return judge({ id: check.operation.id, required: check.needs })(access, {
      ...main,
      ...(source === undefined ? {} : { source: held(source) }),
      signingProfile: Arn.parseOrThrow(PROFILE),
    }).allowed
  }
