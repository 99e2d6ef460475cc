/**
 * fast-check arbitraries of what only Amazon ECR knows, and of the smaller parts of the model: Regions, repositories, the
 * addresses of images, accesses, operations, kinds of policies, operators and templates.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import * as Ecr from '../ecr/index.js'
import { Operator, PolicyKind, Variable, type Arn } from '../model/index.js'
import { accountId, scenario, type Options, type Tuning } from './arbitrary.js'
import { world as worldOf } from './Tuning.js'

// ---- parts of the model ----

/**
 * Kinds of policies.
 *
 * @category constructors
 * @since 0.1.0
 */
export const policyKind = (): fc.Arbitrary<PolicyKind.PolicyKind> =>
  fc.constantFrom(...PolicyKind.policyKinds)

const readOperators = Operator.operatorTexts.flatMap((text) => Operator.parse(text) ?? [])

/**
 * Condition operators, each with and without set qualifiers and IfExists where it takes them.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { Condition } from 'ecr-policy'
 * import { arbitrary } from 'ecr-policy/testing'
 *
 * fc.assert(fc.property(arbitrary.operator(), ({ name }) => /^(String|Numeric|Date|Bool|Binary|Ip|NotIp|Arn|Null)/.test(name)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const operator = (): fc.Arbitrary<Operator.ConditionOperator> => fc.constantFrom(...readOperators)

const pieces = fc.oneof(
  fc.constantFrom('app', 'a', '-', '*', '?', 'é'),
  fc.constantFrom('${*}', '${?}', '${$}'),
  fc.constantFrom('${aws:username}', '${aws:PrincipalTag/team}', "${aws:username, 'none'}"),
)

/**
 * Texts with policy variables and escaped characters, taken apart. `Variable.show` prints them.
 *
 * @category constructors
 * @since 0.1.0
 */
export const template = (): fc.Arbitrary<Variable.Template> =>
  fc
    .array(pieces, { maxLength: 4 })
    .map((texts) => E.getOrElse((): Variable.Template => [])(Variable.parse('2012-10-17')(texts.join(''))))

// ---- repositories ----

const regionsOf: Readonly<Record<'usual' | 'other', readonly [string, ...(readonly string[])]>> = {
  usual: ['eu-west-1', 'us-east-1', 'ap-southeast-2'],
  other: ['cn-north-1', 'us-gov-west-1'],
}

/**
 * AWS Regions; outside the partition `aws` in the share of draws that `otherPartition` says.
 *
 * @category constructors
 * @since 0.1.0
 */
export const region = (options: Partial<Tuning> = {}): fc.Arbitrary<Ecr.Region.Region> => {
  const hundredths = Math.round(100 * worldOf(options).otherPartition)
  return weighted(
    100 - hundredths,
    fc.constantFrom(...regionsOf.usual),
    fc.constantFrom(...regionsOf.other),
  ).map(Ecr.Region.parseOrThrow)
}

/** The first in so many of a hundred draws, else the second; shrinks to the first. */
const weighted = <A>(share: number, first: fc.Arbitrary<A>, second: fc.Arbitrary<A>): fc.Arbitrary<A> =>
  fc.oneof(
    { withCrossShrink: share > 0 },
    { weight: share, arbitrary: first },
    { weight: 100 - share, arbitrary: second },
  )

/** Names at the limits of the grammar. */
const oddNames: readonly string[] = ['a0', '0/0', 'a.b/c_d', 'a__b', 'a---b', 'a'.repeat(256)]

/**
 * Names of repositories: those of the options and, in one of five draws, one at the limits of the grammar.
 *
 * @category constructors
 * @since 0.1.0
 */
export const repositoryName = (
  options: Partial<Tuning> = {},
): fc.Arbitrary<Ecr.RepositoryName.RepositoryName> => {
  const { repositories } = worldOf(options)
  return weighted(80, fc.constantFrom(...repositories), fc.constantFrom(...oddNames)).filter(
    Ecr.RepositoryName.isRepositoryName,
  )
}

/**
 * Repositories of private registries.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { Ecr } from 'ecr-policy'
 * import { arbitrary } from 'ecr-policy/testing'
 *
 * fc.assert(
 *   fc.property(arbitrary.repository(), (app) => Ecr.Repository.parseOrThrow(Ecr.Repository.show(app)).name === app.name),
 * )
 *
 * @category constructors
 * @since 0.1.0
 */
export const repository = (options: Partial<Tuning> = {}): fc.Arbitrary<Ecr.Repository.Repository> =>
  fc
    .tuple(accountId(options), region(options), repositoryName(options))
    .map(([account, where, name]) => Ecr.Repository.of(account, where, name))

const publicName = (options: Partial<Tuning>): fc.Arbitrary<Ecr.RepositoryName.PublicRepositoryName> =>
  repositoryName(options).map(shortened).filter(Ecr.RepositoryName.isPublicRepositoryName)

/** ECR Public takes fewer characters, and one character alone as a separator. */
const shortened = (name: string): string => name.slice(0, 205).replace(/__|--+/gu, '-')

/**
 * Repositories of ECR Public.
 *
 * @category constructors
 * @since 0.1.0
 */
export const publicRepository = (
  options: Partial<Tuning> = {},
): fc.Arbitrary<Ecr.Repository.PublicRepository> =>
  fc.tuple(accountId(options), publicName(options)).map(([account, name]) => ({
    _tag: 'PublicRepository',
    partition: publicPartition,
    account,
    name,
  }))

const publicPartition: Arn.Partition = Ecr.Region.partitionOf(Ecr.Region.parseOrThrow('us-east-1'))

// ---- images ----

const tags = fc.constantFrom('', '', ':latest', ':1.0', ':_v-1.0_', `:${'9'.repeat(128)}`)
const digests = fc.constantFrom(
  '',
  '',
  `@sha256:${'0'.repeat(64)}`,
  `@sha256:${'0123456789abcdef'.repeat(4)}`,
)
const prefixes = fc.constantFrom('.dkr.ecr.', '.dkr.ecr.', '.dkr.ecr.', '.dkr.ecr-fips.')

/**
 * Addresses of images: in private registries, some behind FIPS hosts, and on ECR Public, with tag, digest, both or neither.
 *
 * @category constructors
 * @since 0.1.0
 */
export const image = (options: Partial<Tuning> = {}): fc.Arbitrary<Ecr.ImageReference.ImageReference> => {
  const ofRegistry = fc
    .tuple(repository(options), prefixes)
    .map(([{ account, region: where, name }, prefix]) => {
      const suffix = Ecr.Region.hostSuffix(where, false) ?? 'amazonaws.com'
      return `${account}${prefix}${where}.${suffix}/${name}`
    })
  const ofPublic = publicName(options).map((name) => `public.ecr.aws/a1b2c3d4/${name}`)
  return fc
    .tuple(weighted(80, ofRegistry, ofPublic), tags, digests)
    .map(([address, tag, digest]) => Ecr.ImageReference.parse(`${address}${tag}${digest}`))
    .filter(E.isRight)
    .map(({ right }) => right)
}

// ---- questions ----

/**
 * Names of operations, as `Ecr.can` takes them.
 *
 * @category constructors
 * @since 0.1.0
 */
export const operation = (): fc.Arbitrary<Ecr.OperationId> => fc.constantFrom(...operationIds)

const isOperation = (name: string): name is Ecr.OperationId => Object.hasOwn(Ecr.operations, name)

const operationIds = Object.keys(Ecr.operations).filter(isOperation)

/**
 * Callers with all the policies that bear on a request of theirs: what `Ecr.canPull` judges. Near a request they are about
 * it; otherwise about one to ECR, unless the options name other services.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { Ecr } from 'ecr-policy'
 * import { arbitrary } from 'ecr-policy/testing'
 *
 * fc.assert(
 *   fc.property(arbitrary.access(), arbitrary.repository(), (access, repository) => {
 *     const repair = Ecr.repair('pull', access, repository)
 *     return repair._tag !== 'Repair' || Ecr.canPull(repair.repaired, repository).allowed
 *   }),
 *   { numRuns: 20 },
 * )
 *
 * @category constructors
 * @since 0.1.0
 */
export const access = (options: Options = {}): fc.Arbitrary<Ecr.Access> =>
  scenario({ services: ['ecr'], ...options }).map(({ environment, request }) =>
    Ecr.within(environment, request.context)(request.principal),
  )
