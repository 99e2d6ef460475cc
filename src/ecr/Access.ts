/**
 * An `Access` is a caller together with all policies that bear on him and a repository: an `Environment` that knows
 * who asks. It is what `canPull` and `canPush` judge.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Caller, Context, Environment, getOrThrow, Problem } from '../model/index.js'
import { accessFault } from './accessGiven.js'

// ---- model ----

/**
 * A caller, what is known of his requests, and the policies. `resourcePolicy` is the repository policy,
 * `registryPolicy` that of the repository's registry; both are the owner's, as are the RCPs.
 *
 * @category model
 * @since 0.1.0
 */
export interface Access extends Environment.Environment {
  readonly principal: Caller.Caller
  readonly context: Context.Context
}

/**
 * What an access is made from; each policy left out is absent. An access is one too, so that one can be made from another:
 * `accessOrThrow({ ...access, facts })`.
 *
 * @category model
 * @since 0.1.0
 */
export interface AccessInput extends Partial<Omit<Environment.Environment, '_tag' | 'facts'>> {
  readonly principal: string | Caller.Caller
  readonly context?: Context.ContextInput | undefined
  readonly facts?: Partial<Environment.Facts> | undefined
}

// ---- constructors ----

/**
 * A caller in an environment.
 *
 * @category constructors
 * @since 0.1.0
 */
export const within =
  (environment: Environment.Environment, context: Context.Context = Context.empty) =>
  (principal: Caller.Caller): Access =>
    Object.freeze<Access>({ ...environment, principal, context })

/**
 * An access from a caller (text or value) and documents.
 *
 * **Errors** `InvalidCaller`; before it what types rule out: `MissingElement`, `UnknownElement`, `InvalidKind` for a document
 * of the other sort, and `InvalidType`, as for JSON in place of a document.
 *
 * @category constructors
 * @since 0.1.0
 */
export const access = (input: AccessInput): E.Either<Problem.Problem, Access> => {
  const fault = accessFault(input, '')
  if (fault !== undefined) return E.left(fault)
  const { principal, context, ...policies } = input
  const caller = typeof principal === 'string' ? Caller.parse(principal) : E.right(principal)
  return E.isLeft(caller)
    ? caller
    : E.right(within(Environment.make(policies), Context.make(context ?? {}))(caller.right))
}

/**
 * An access from a caller and documents, or throws.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * const nobody = Ecr.accessOrThrow({ principal: 'arn:aws:iam::111122223333:role/node' })
 * const app = Ecr.Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app')
 * Ecr.canPull(nobody, app).allowed // => false
 *
 * @category constructors
 * @since 0.1.0
 */
export const accessOrThrow = (input: AccessInput): Access => getOrThrow(Problem.show)(access(input))
