/**
 * Rules about the resources that a document lists.
 *
 * @since 0.1.0
 */
import { ofStatements, Parts, Patterns, Place, replacing, type Lint, type Placed } from '../../lint/index.js'
import { Action, Arn, PolicyKind, Problem, Resource, type Statement } from '../../model/index.js'
import * as O from 'fp-ts/lib/Option.js'
import { expand } from '../catalogue/catalogue.js'
import { isWithoutResource } from './lintGrants.js'
import type { EcrRule, LintOptions } from './lintRule.js'
import * as Region from '../Region.js'
import * as RepositoryName from '../RepositoryName.js'

type Said = Omit<Lint.Remark, 'pointer'>

/** A rule about every entry of Resource and NotResource. */
const ofResources = (
  look: (
    placed: Placed,
    options: LintOptions,
  ) => (pattern: Resource.ResourcePattern, i: number) => Said | undefined,
): EcrRule['check'] =>
  ofStatements<LintOptions>(({ options }) => (placed) => {
    const { resource } = placed.statement
    if (resource._tag === 'Attached') return []
    return resource.patterns.flatMap((pattern, i) => {
      const said = look(placed, options)(pattern, i)
      return said === undefined
        ? []
        : [{ ...said, pointer: Place.resourceAt(placed.index, placed.statement, i) }]
    })
  })

// ---- repository policies ----

/** Without the element the repository is meant, which is no more than `*`. */
const implied = (placed: Placed): Lint.Fix | undefined => {
  const { statement } = placed
  return statement._tag === 'ResourceStatement' &&
    statement.effect === 'Allow' &&
    statement.resource._tag === 'Resource' &&
    statement.resource.patterns.some((pattern) => pattern === '*')
    ? replacing('leave out `Resource`', 'Narrower', placed, [{ ...statement, resource: Resource.attached }])
    : undefined
}

/**
 * Resource or NotResource in a repository policy, which ECR has refused to save, and which adds nothing (EX-28).
 *
 * @category analysis
 * @since 0.1.0
 */
export const resourceInRepositoryPolicy: EcrRule = {
  id: 'resource-in-repository-policy',
  severity: 'warning',
  title: 'Resource or NotResource in a repository policy, which ECR may refuse',
  sources: ['EX-28'],
  check: ofStatements<LintOptions>(({ kind }) => (placed) => {
    const { resource } = placed.statement
    return kind !== 'ecr-repository' || resource._tag === 'Attached'
      ? []
      : [
          {
            pointer: Place.member(resource._tag)(Place.statementAt(placed.index)),
            message: `the repository is implied, and ECR may refuse a repository policy with \`${resource._tag}\``,
            source: 'EX-28',
            mend: `leave out \`${resource._tag}\``,
            fix: implied(placed),
          },
        ]
  }),
}

// ---- resources of another service ----

const serviceOf = (pattern: string): string | undefined => Arn.segments(pattern)[2]

/** `ecr` or `ecr-public`, where all that a statement lists are actions of it. */
const serviceOfAll = ({ action }: Statement.Statement): 'ecr' | 'ecr-public' | undefined =>
  action._tag === 'NotAction'
    ? undefined
    : (['ecr', 'ecr-public'] as const).find((service) =>
        action.patterns.every(
          (pattern) => Action.fold(pattern).startsWith(`${service}:`) && expand(pattern).length > 0,
        ),
      )

const exampleOf = {
  ecr: 'arn:aws:ecr:REGION:ACCOUNT:repository/NAME',
  'ecr-public': 'arn:aws:ecr-public::ACCOUNT:repository/NAME',
} as const

const removal = (placed: Placed, pattern: string, i: number): Lint.Fix | undefined => {
  const less = Parts.withoutResource(i)(placed.statement)
  const { effect, resource } = placed.statement
  return less === undefined || (effect === 'Allow') !== (resource._tag === 'Resource')
    ? undefined
    : replacing(`remove ${Problem.quote(pattern)}`, 'Narrower', placed, [less])
}

/**
 * An ARN of another service in a statement of ECR actions alone, or of ECR Public's, which are asked on repositories of
 * their own (EC-1, EX-47).
 *
 * @category analysis
 * @since 0.1.0
 */
export const foreignResource: EcrRule = {
  id: 'foreign-resource',
  severity: 'error',
  title: 'an ARN of another service in a statement of ECR actions',
  sources: ['EC-1', 'EX-47'],
  check: ofResources((placed) => (pattern, i) => {
    const service = serviceOfAll(placed.statement)
    return pattern === '*' || service === undefined || serviceOf(pattern) === service
      ? undefined
      : {
          message: `actions of ECR${service === 'ecr' ? '' : ' Public'} are asked on its repositories, so ${Problem.quote(pattern)} matches nothing`,
          source: service === 'ecr' ? 'EC-1' : 'EX-47',
          mend: `write \`${exampleOf[service]}\``,
          fix: removal(placed, pattern, i),
        }
  }),
}

// ---- what is no repository ----

const repositoryPrefix = 'repository/'

/** The pieces between wildcards and variables. */
const literalsOf = (text: string): readonly string[] => text.split(/\$\{[^}]*\}|[*?]/)

const isName = (name: string): boolean => RepositoryName.isRepositoryName(name)

const isLiteral = (text: string): boolean => !/[*?]/.test(text)

/** A zone, perhaps (`us-east-1a`); what is not even that is for `impossible-arn` to say. */
const looksLikeRegion = (text: string): boolean => /^[a-z0-9-]+$/.test(text)

/** Why no repository has the parts before the last (EC-1). */
const faultOfPlace = (partition: string, region: string, account: string): string | undefined => {
  if (region === '') return 'it has no Region'
  if (account === '') return 'it has no account'
  if (!isLiteral(region)) return undefined
  if (!Region.isRegion(region))
    return looksLikeRegion(region) ? `${Problem.quote(region)} is not a Region` : undefined
  return isLiteral(partition) && partition !== Region.partitionOf(region)
    ? `the Region \`${region}\` is of the partition \`${Region.partitionOf(region)}\``
    : undefined
}

/** Why the last part of an ARN is no repository, if that is sure. */
const faultOfName = (resource: string): string | undefined => {
  const [start = '', ...more] = literalsOf(resource)
  if (!start.startsWith(repositoryPrefix) && !(more.length > 0 && repositoryPrefix.startsWith(start)))
    return 'it does not begin with `repository/`'
  const name = start.slice(repositoryPrefix.length)
  if (/^[0-9]{12}\.dkr[.-]ecr/.test(name)) return 'an image address stands in the place of the name'
  if ([name, ...more].some((piece) => /[@:]/.test(piece)))
    return 'a tag or digest is no part of it, and policies cannot tell images of a repository apart'
  if ([name, ...more].some((piece) => !/^[a-z0-9._/-]*$/.test(piece)))
    return 'a name has lower-case letters, digits and `._-/` only'
  return more.length === 0 && !isName(name)
    ? `${Problem.quote(name)} is not the name of a repository`
    : undefined
}

const fault = (partition: string, region: string, account: string, resource: string): string | undefined =>
  faultOfName(resource) ?? faultOfPlace(partition, region, account)

const publicTypes = [repositoryPrefix, 'registry/']

/** Public ARNs have no Region, and name registries too (EX-47). */
const publicFault = (region: string, account: string, resource: string): string | undefined => {
  const [start = '', ...more] = literalsOf(resource)
  const isOne = (type: string): boolean =>
    start.startsWith(type) || (more.length > 0 && type.startsWith(start))
  if (!publicTypes.some(isOne)) return 'it begins with neither `repository/` nor `registry/`'
  if (region !== '' && region !== '*') return 'those of ECR Public have no Region'
  return account === '' ? 'it has no account' : undefined
}

/** What is wrong with an ARN of ECR or of ECR Public that has all six parts; of the others `*` may say anything (U-10). */
const faultOfArn = (pattern: string): string | undefined => {
  const [, partition = '', service, region = '', account = '', resource] = Arn.segments(pattern)
  const head = `${partition}${region}${account}`
  if (resource === undefined || head.includes('${') || Patterns.isTemplate(pattern)) return undefined
  if (service === 'ecr-public') return publicFault(region, account, resource)
  return service === 'ecr' ? fault(partition, region, account, resource) : undefined
}

/**
 * An ARN that nothing in ECR has: without `repository/`, with a tag, with an image address for a name, without Region or
 * account, or with a Region of another partition; one of ECR Public with a Region (EC-1, EX-27, EX-47).
 *
 * @category analysis
 * @since 0.1.0
 */
export const notARepository: EcrRule = {
  id: 'not-a-repository',
  severity: 'error',
  title: 'an ARN of ECR that no repository has: a tag, an image address, no `repository/`, no Region',
  sources: ['EX-27', 'EX-47'],
  check: ofResources((placed) => (pattern, i) => {
    const why = faultOfArn(pattern)
    const service = serviceOf(pattern) === 'ecr-public' ? 'ecr-public' : 'ecr'
    return why === undefined
      ? undefined
      : {
          message: `${Problem.quote(pattern)} is the ARN of no repository: ${why}`,
          source: service === 'ecr' ? 'EX-27' : 'EX-47',
          mend: `write \`${exampleOf[service]}\``,
          fix: removal(placed, pattern, i),
        }
  }),
}

// ---- prefixes ----

const withBase = (placed: Placed, base: Resource.ResourcePattern): Lint.Fix | undefined => {
  const { resource } = placed.statement
  const more =
    resource._tag === 'Attached'
      ? undefined
      : Parts.withResources([...resource.patterns, base])(placed.statement)
  return more === undefined ? undefined : replacing(`add \`${base}\``, 'Grants', placed, [more])
}

/** `team/app` of `arn:...:repository/team/app/*`. */
const baseOf = (pattern: string): { readonly name: string; readonly arn: string } | undefined => {
  const [, , service, , , resource] = Arn.segments(pattern)
  if (service !== 'ecr' || resource?.startsWith(repositoryPrefix) !== true || !pattern.endsWith('/*'))
    return undefined
  const name = resource.slice(repositoryPrefix.length, -'/*'.length)
  return isName(name) ? { name, arn: pattern.slice(0, -'/*'.length) } : undefined
}

/**
 * `repository/app/*` without `repository/app`, for a repository that is there (EX-27).
 *
 * Told only of names in `options.repositories`: nothing in a policy tells a repository from a namespace.
 *
 * @category analysis
 * @since 0.1.0
 */
export const prefixWithoutRepository: EcrRule = {
  id: 'prefix-without-repository',
  severity: 'warning',
  title: '`/*` after the name of a repository that there is, which it does not match',
  sources: ['EX-27'],
  check: ofResources((placed, { repositories = [] }) => (pattern) => {
    const { statement } = placed
    const base = baseOf(pattern)
    if (base === undefined || !repositories.includes(base.name)) return undefined
    if (statement.resource._tag !== 'Resource' || statement.effect === 'Deny') return undefined
    const read = O.toUndefined(O.fromEither(Resource.parsePattern(base.arn)))
    return Patterns.isOnResource(statement)(base.arn)
      ? undefined
      : {
          message: `${Problem.quote(pattern)} does not match the repository \`${base.name}\` itself`,
          source: 'EX-27',
          mend: `write \`${base.arn}\`, with or without the other`,
          fix: read === undefined ? undefined : withBase(placed, read),
        }
  }),
}

// ---- all repositories ----

const namesRepositoryActions = ({ action }: Statement.Statement): boolean =>
  action._tag === 'Action' &&
  action.patterns.some(
    (pattern) =>
      Action.fold(pattern).startsWith('ecr:') && expand(pattern).some((name) => !isWithoutResource(name)),
  )

/**
 * Actions on repositories allowed on `*`: on every repository that lets the caller in, in every account (SM-R1).
 *
 * @category analysis
 * @since 0.1.0
 */
export const allRepositories: EcrRule = {
  id: 'all-repositories',
  severity: 'info',
  title: 'actions on repositories allowed on `*`, where only the token has to be',
  sources: ['SM-R1'],
  check: ofStatements<LintOptions>(({ kind }) => ({ statement, index }) => {
    const { resource } = statement
    if (!['identity', 'managed', 'inline-user', 'inline-role', 'inline-group'].includes(kind)) return []
    if (statement.effect === 'Deny' || resource._tag !== 'Resource' || PolicyKind.isResourceKind(kind))
      return []
    const i = resource.patterns.findIndex((pattern) => pattern === '*')
    return i === -1 || !namesRepositoryActions(statement)
      ? []
      : [
          {
            pointer: Place.resourceAt(index, statement, i),
            message: 'this is about every repository, of any account that lets the caller in',
            source: 'SM-R1',
            mend: 'leave GetAuthorizationToken on `*` in a statement of its own, and name the repositories for the rest',
            fix: undefined,
          },
        ]
  }),
}
