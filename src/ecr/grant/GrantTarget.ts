/**
 * A `GrantTarget` is what a grant opens: one repository, or a scope, which is all repositories below a namespace, those
 * yet to come too. A scope `team/*` has neither `team` nor `teamwork` in it.
 *
 * Laws: 1. `covers(a)(a)`  2. `covers(a)(b)` exactly when the pattern `arn(a)` matches every text that `arn(b)` does
 * Source: EC-1, EX-27, EX-34, EX-47.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Problem, type Arn } from '../../model/index.js'
import { publicHosts } from '../data/hosts.js'
import type { GrantError } from './GrantError.js'
import * as Repository from '../Repository.js'

// ---- model ----

/**
 * One repository (`Exact`) or a scope. `region` is undefined on ECR Public. `name`: of a scope, what all its names begin
 * with, closing slash included; empty for a whole registry.
 *
 * @category model
 * @since 0.1.0
 */
export interface GrantTarget {
  readonly _tag: 'Exact' | 'Scope'
  readonly partition: Arn.Partition
  readonly region: string | undefined
  readonly account: Arn.AccountId
  readonly name: string
}

/**
 * How a target is written: an ARN (`arn:aws:ecr:eu-west-1:111122223333:repository/app`) or an image's address
 * (`111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1.2`), either with `/*` at its end for a scope; or a repository.
 *
 * @category model
 * @since 0.1.0
 */
export type GrantTargetInput = string | Repository.Repository | Repository.PublicRepository

// ---- constructors ----

/**
 * One repository as a target.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromRepository = (
  repository: Repository.Repository | Repository.PublicRepository,
): GrantTarget => ({
  _tag: 'Exact',
  partition: repository.partition,
  region: repository._tag === 'Repository' ? repository.region : undefined,
  account: repository.account,
  name: repository.name,
})

/**
 * All repositories of the registry that a target is in.
 *
 * @category constructors
 * @since 0.1.0
 */
export const registryOf = (target: GrantTarget): GrantTarget => ({ ...target, _tag: 'Scope', name: '' })

/**
 * Reads a target.
 *
 * **Errors** `LeakyScope` for a wildcard other than a closing `/*`; `InvalidArn`, `InvalidImageReference`,
 * `InvalidRepositoryName`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (input: GrantTargetInput): E.Either<Omit<GrantError, 'pointer'>, GrantTarget> => {
  if (typeof input !== 'string') return E.right(fromRepository(input))
  if (/[*?]/.test(input)) return parseScope(input)
  return E.map(fromRepository)(parseOne(input))
}

const parseOne = (
  text: string,
): E.Either<Omit<GrantError, 'pointer'>, Repository.Repository | Repository.PublicRepository> => {
  if (publicHosts.some((host) => text.startsWith(`${host}/`))) return E.left(publicAddress(text))
  return text.startsWith('arn:') && text.split(':')[2] === 'ecr-public'
    ? Repository.parsePublic(text)
    : Repository.parse(text)
}

/** EX-44: whose the repository is the address does not tell, and to pull from it nobody needs a grant. */
const publicAddress = (text: string): Omit<GrantError, 'pointer'> => ({
  code: 'UnsuitableTarget',
  message: `${Problem.quote(text)} is on ECR Public, where pulling takes no permission at all`,
  suggestion: 'leave it out; to push there, give the ARN, `arn:aws:ecr-public::ACCOUNT:repository/NAME`',
})

/** Any name that a scope could have in it. */
const SAMPLE = 'any'

const parseScope = (text: string): E.Either<Omit<GrantError, 'pointer'>, GrantTarget> => {
  const namespace = text.slice(0, -2)
  if (!text.endsWith('/*') || /[*?]/.test(namespace)) return E.left(leaky(text))
  const sample = parseOne(`${namespace}/${SAMPLE}`)
  if (E.isLeft(sample))
    return E.left({
      code: sample.left.code,
      message: `${Problem.quote(text)} is not a scope: what stands before \`/*\` is not a namespace of a registry`,
      suggestion: 'write `arn:aws:ecr:REGION:ACCOUNT:repository/NAMESPACE/*`',
    })
  const target = fromRepository(sample.right)
  return E.right({ ...target, _tag: 'Scope', name: target.name.slice(0, -SAMPLE.length) })
}

const leaky = (text: string): Omit<GrantError, 'pointer'> => ({
  code: 'LeakyScope',
  message: `${Problem.quote(text)} has a wildcard that is not a closing \`/*\`, and so takes in names that merely look alike`,
  suggestion: suggestionFor(text),
})

/** EX-51: policies see no tags; and all repositories are those of one registry. */
const suggestionFor = (text: string): string => {
  const untagged = text.replace(/:[^:/]*$/, '')
  if (E.isRight(parseOne(untagged))) return `no policy sees tags: ask for ${Problem.quote(untagged)}`
  const stem = text.slice(0, -1)
  if (text.endsWith('*') && E.isRight(parseOne(stem)))
    return `ask for ${Problem.quote(stem)} and ${Problem.quote(`${stem}/*`)}`
  return text === '*'
    ? 'name the registry: `arn:aws:ecr:REGION:ACCOUNT:repository/*`'
    : 'name the repositories, or a namespace with `/*`'
}

// ---- refinements ----

/**
 * Could this be a target? Callers without types send anything.
 *
 * @category refinements
 * @since 0.1.0
 */
export const isInput = (input: unknown): input is GrantTargetInput =>
  typeof input === 'string' || (typeof input === 'object' && input !== null && isTagged(input))

const isTagged = (input: object): boolean => {
  const tag = new Map<string, unknown>(Object.entries(input)).get('_tag')
  return tag === 'Repository' || tag === 'PublicRepository'
}

/**
 * Is it on ECR Public?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isPublic = ({ region }: GrantTarget): boolean => region === undefined

/**
 * Is everything of the second in the first? `covers(wide)(narrow)`.
 *
 * @category predicates
 * @since 0.1.0
 */
export const covers =
  (wide: GrantTarget) =>
  (narrow: GrantTarget): boolean =>
    wide.partition === narrow.partition &&
    wide.region === narrow.region &&
    wide.account === narrow.account &&
    (wide._tag === 'Scope' ? narrow.name.startsWith(wide.name) : narrow.name === wide.name) // a scope's ends in `/`

// ---- rendering ----

/**
 * The target as `Resource` has it: its ARN, which of a scope ends in `*`.
 *
 * @category rendering
 * @since 0.1.0
 */
export const arn = ({ _tag, partition, region, account, name }: GrantTarget): string => {
  const names = `${name}${_tag === 'Scope' ? '*' : ''}`
  return region === undefined
    ? `arn:${partition}:ecr-public::${account}:repository/${names}`
    : `arn:${partition}:ecr:${region}:${account}:repository/${names}`
}
