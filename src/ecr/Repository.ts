/**
 * A `Repository` is one repository of a private registry: what IAM sees of ECR (EC-1). A `PublicRepository` is one of
 * ECR Public, which has no Region (EX-47).
 *
 * Laws: 1. `parse(arn(r))` equals `r`  2. `parse(address(r))` equals `r`
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import { Arn, type Brand, Given, Problem, getOrThrow } from '../model/index.js'
import * as ImageReference from './ImageReference.js'
import * as Region from './Region.js'
import * as RegistryHost from './RegistryHost.js'
import * as RepositoryName from './RepositoryName.js'
import { Frozen } from '../pattern/index.js'

// ---- model ----

/**
 * One repository of a private registry. `partition` is that of the Region.
 *
 * @category model
 * @since 0.1.0
 */
export type Repository = Brand<
  {
    readonly _tag: 'Repository'
    readonly partition: Arn.Partition
    readonly region: Region.Region
    readonly account: Arn.AccountId
    readonly name: RepositoryName.RepositoryName
  },
  'Repository'
>

/**
 * One repository of ECR Public.
 *
 * @category model
 * @since 0.1.0
 */
export interface PublicRepository {
  readonly _tag: 'PublicRepository'
  readonly partition: Arn.Partition
  readonly account: Arn.AccountId
  readonly name: RepositoryName.PublicRepositoryName
}

const unsafe = (fields: Omit<Repository, keyof Brand<unknown, 'Repository'>>): Repository =>
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the one place where the brand is given
  Object.freeze(fields) as Repository

// ---- constructors ----

/**
 * A repository from parts that were read already.
 *
 * @category constructors
 * @since 0.1.0
 */
export const of = (
  account: Arn.AccountId,
  region: Region.Region,
  name: RepositoryName.RepositoryName,
): Repository => unsafe({ _tag: 'Repository', partition: Region.partitionOf(region), region, account, name })

/**
 * A repository from the texts of its parts.
 *
 * **Errors** the first of `InvalidAccountId`, `InvalidArn` (for the Region), `InvalidRepositoryName`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (parts: {
  readonly account: string
  readonly region: string
  readonly name: string
}): E.Either<Problem.Problem, Repository> => {
  const account = Arn.accountId(parts.account)
  if (E.isLeft(account)) return account
  const region = Region.parse(parts.region)
  if (E.isLeft(region)) return region
  const name = RepositoryName.parse(parts.name)
  return E.isLeft(name) ? name : E.right(of(account.right, region.right, name.right))
}

/**
 * Reads a repository from its ARN or from the address of an image in it; tag and digest are left aside.
 *
 * **Errors** `InvalidArn`, `InvalidImageReference`, `InvalidRepositoryName`.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * Ecr.Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/team/app').name // => 'team/app'
 * Ecr.Repository.parseOrThrow('111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1.2').name // => 'app'
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): E.Either<Problem.Problem, Repository> => {
  if (!Given.isText(text)) return E.left(Given.notText('a repository', text))
  return text.startsWith('arn:') ? fromArnText(text) : fromAddress(text)
}

/**
 * Reads a repository, or throws.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parseOrThrow = (text: string): Repository => getOrThrow(Problem.show)(parse(text))

/**
 * The repository of a private image.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromImage = ({ host, name }: ImageReference.PrivateImage): Repository =>
  of(host.account, host.region, name)

const PREFIX = 'repository/'

const fromArnText = (text: string): E.Either<Problem.Problem, Repository> => {
  const arn = Arn.parse(text)
  if (E.isLeft(arn)) return arn
  const { service, account, resource, partition } = arn.right
  if (service !== 'ecr')
    return refuseArn(
      text,
      `its service is ${Problem.quote(service)}, not \`ecr\``,
      service === 'ecr-public' ? 'read it with `parsePublic`' : undefined,
    )
  if (!resource.startsWith(PREFIX)) return refuseArn(text, `its resource does not begin with \`${PREFIX}\``)
  const read = make({ account, region: arn.right.region, name: resource.slice(PREFIX.length) })
  if (E.isLeft(read)) return read
  return read.right.partition === partition
    ? read
    : refuseArn(
        text,
        `Region ${read.right.region} is not in partition ${partition}`,
        `did you mean \`${show(read.right)}\`?`,
      )
}

const fromAddress = (text: string): E.Either<Problem.Problem, Repository> => {
  const image = ImageReference.parse(text)
  if (E.isLeft(image)) return image
  return image.right._tag === 'PrivateImage'
    ? E.right(fromImage(image.right))
    : E.left(
        Problem.problem(
          'InvalidImageReference',
          `${Problem.quote(text)} is on ECR Public: its address does not tell the account`,
          'give the ARN to `parsePublic`',
        ),
      )
}

const refuseArn = (text: string, why: string, suggestion?: string): E.Either<Problem.Problem, never> =>
  E.left(
    Problem.problem('InvalidArn', `${Problem.quote(text)} is not a repository's ARN: ${why}`, suggestion),
  )

/**
 * Reads a repository of ECR Public from its ARN.
 *
 * **Errors** `InvalidArn`, `InvalidRepositoryName`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parsePublic = (text: string): E.Either<Problem.Problem, PublicRepository> => {
  const arn = Arn.parse(text)
  if (E.isLeft(arn)) return arn
  const { service, account, resource, partition, region } = arn.right
  if (service !== 'ecr-public' || region !== '' || !Arn.isAccountId(account) || !resource.startsWith(PREFIX))
    return refuseArn(text, 'on ECR Public it reads `arn:aws:ecr-public::ACCOUNT:repository/NAME`')
  const name = RepositoryName.parsePublic(resource.slice(PREFIX.length))
  return E.isLeft(name)
    ? name
    : E.right(
        Object.freeze<PublicRepository>({ _tag: 'PublicRepository', partition, account, name: name.right }),
      )
}

/**
 * Reads a repository of ECR Public, or throws.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parsePublicOrThrow = (text: string): PublicRepository =>
  getOrThrow(Problem.show)(parsePublic(text))

// ---- rendering ----

/**
 * The ARN as text.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (repository: Repository | PublicRepository): string => {
  const { partition, account, name } = repository
  return repository._tag === 'Repository'
    ? `arn:${partition}:ecr:${repository.region}:${account}:${PREFIX}${name}`
    : `arn:${partition}:ecr-public::${account}:${PREFIX}${name}`
}

// ---- destructors ----

/**
 * The ARN of a repository, by which policies name it.
 *
 * @category destructors
 * @since 0.1.0
 */
export const arn = (repository: Repository | PublicRepository): Arn.Arn => Arn.parseOrThrow(show(repository))

/**
 * The host name of the registry that holds a repository: the ordinary one, neither FIPS nor dual-stack.
 *
 * @category destructors
 * @since 0.1.0
 */
export const registryHost = ({ account, region }: Repository): string =>
  RegistryHost.show(RegistryHost.of(account, region))

/**
 * The address of a repository, as a client writes it before tag or digest.
 *
 * @category destructors
 * @since 0.1.0
 */
export const address = (repository: Repository): string => `${registryHost(repository)}/${repository.name}`

// ---- instances ----

/**
 * Equal when the ARNs are.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Repository> = /* @__PURE__ */ Frozen.deep({ equals: (a, b) => show(a) === show(b) })
