/**
 * The questions asked most: may he pull, may he push? They know five operations only, so that a program which asks
 * nothing else carries no more.
 *
 * @since 0.1.0
 */
import type { Access } from './Access.js'
import { pullApi, pullTag, pullWarm } from './data/operations/pull.js'
import { push, pushLegacy } from './data/operations/push.js'
import { judge } from './judge.js'
import type { Operation } from './Operation.js'
import type { Repository } from './Repository.js'
import type { Verdict } from './Verdict.js'

// ---- model ----

/**
 * How a pull goes. `layers` `cached`: the client has them all and fetches the manifest only (EX-5); default `missing`. It is
 * all one to a service, of which no cache is known.
 *
 * @category model
 * @since 0.1.0
 */
export interface PullOptions {
  readonly layers?: 'missing' | 'cached'
}

/**
 * Who pushes. `containerd`, the default: it, BuildKit and crane look for the manifest first, which takes BatchGetImage
 * (EX-7). `classic`: the Docker engine of old, skopeo and podman, which do without (EX-8).
 *
 * @category model
 * @since 0.1.0
 */
export interface PushOptions {
  readonly client?: 'containerd' | 'classic'
}

// ---- evaluation ----

/**
 * May he pull from this repository?
 *
 * A service (`lambda.amazonaws.com`) pulls without a token (`pull-api`, EX-20); everybody else needs ecr:GetAuthorizationToken
 * on `*` first, then BatchGetImage and GetDownloadUrlForLayer on the repository (EX-4). Layers come from S3 afterwards,
 * which is not judged (EC-8, EX-54). Data-last: `canPull(repository)(access)`.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * const app = Ecr.Repository.parseOrThrow('111122223333.dkr.ecr.eu-west-1.amazonaws.com/app')
 * const root = Ecr.accessOrThrow({ principal: 'arn:aws:iam::111122223333:root' })
 * Ecr.canPull(root, app).allowed // => true
 *
 * @category evaluation
 * @since 0.1.0
 */
export function canPull(access: Access, repository: Repository, options?: PullOptions): Verdict
export function canPull(repository: Repository, options?: PullOptions): (access: Access) => Verdict
export function canPull(...args: Arguments<PullOptions>): Verdict | ((access: Access) => Verdict) {
  return answer(pulling)(args)
}

/**
 * May he push to this repository?
 *
 * New layers are assumed, and unless `options` say otherwise a client of the stricter sort (EX-6, EX-7). A service cannot, as
 * it gets no token (EX-2, EX-38). Data-last: `canPush(repository)(access)`.
 *
 * @category evaluation
 * @since 0.1.0
 */
export function canPush(access: Access, repository: Repository, options?: PushOptions): Verdict
export function canPush(repository: Repository, options?: PushOptions): (access: Access) => Verdict
export function canPush(...args: Arguments<PushOptions>): Verdict | ((access: Access) => Verdict) {
  return answer(pushing)(args)
}

type Arguments<Options> =
  readonly [Access, Repository, (Options | undefined)?] | readonly [Repository, (Options | undefined)?]

const accessFirst = <Options>(
  args: Arguments<Options>,
): args is readonly [Access, Repository, (Options | undefined)?] => args[0]._tag === 'Environment'

const answer =
  <Options>(operationFor: (options: Options | undefined, access: Access) => Operation) =>
  (args: Arguments<Options>): Verdict | ((access: Access) => Verdict) => {
    if (accessFirst(args)) return judge(operationFor(args[2], args[0]))(args[0], args[1])
    const [repository, options] = args
    return (access) => judge(operationFor(options, access))(access, repository)
  }

/**
 * The operation that a pull by this caller is: of a service the one without a token, which it cannot get (EX-2, EX-20).
 *
 * @category constructors
 * @since 0.1.0
 */
export const pulling = (
  options: PullOptions | undefined,
  { principal }: Pick<Access, 'principal'>,
): Operation => {
  if (principal._tag === 'Service') return pullApi
  return options?.layers === 'cached' ? pullWarm : pullTag
}

/**
 * The operation that a push is.
 *
 * @category constructors
 * @since 0.1.0
 */
export const pushing = (options: PushOptions | undefined): Operation =>
  options?.client === 'classic' ? pushLegacy : push
