/**
 * Verdicts on operations at the speed of a few lookups, without the reasons.
 *
 * Law: `compile(access).can(id, target) === can(id, access, target).allowed`
 *
 * @since 0.1.0
 */
import { Remember } from '../pattern/index.js'
import { Simulator } from '../simulator/index.js'
import type { Access } from './Access.js'
import { questions, type Question } from './judge.js'
import { operationFor, type OperationName, type TargetOfName } from './named.js'
import type { Operation } from './Operation.js'
import { pulling, pushing, type PullOptions, type PushOptions } from './pullPush.js'
import type { PublicRepository, Repository } from './Repository.js'
import type { Targets } from './Target.js'

// ---- model ----

/**
 * An access made ready for many questions. Each answers what the function of the same name does as `allowed`; ask that one
 * for what is missing or denied.
 *
 * @category model
 * @since 0.1.0
 */
export interface CompiledAccess {
  readonly access: Access
  /** As `Ecr.canPull`, without the reasons. */
  readonly canPull: (repository: Repository, options?: PullOptions) => boolean
  /** As `Ecr.canPush`, without the reasons. */
  readonly canPush: (repository: Repository, options?: PushOptions) => boolean
  /** As `Ecr.can`, without the reasons. */
  readonly can: <Id extends OperationName>(id: Id, target: TargetOfName<Id>) => boolean
}

type Target = Repository | PublicRepository | Targets

// ---- constructors ----

/**
 * Compiles an access.
 *
 * Nothing is done before it is needed. The requests of an operation on a target are made when it is first asked for, and
 * remembered for as long as the target is: ask about the same `Repository` value again rather than about one like it.
 *
 * **Cost** of compiling constant; of the first question about a target that of a plain verdict at most, of each further
 * one that of as many compiled decisions as the operation takes actions.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * const app = Ecr.Repository.parseOrThrow('111122223333.dkr.ecr.eu-west-1.amazonaws.com/app')
 * const root = Ecr.compile(Ecr.accessOrThrow({ principal: 'arn:aws:iam::111122223333:root' }))
 * root.canPull(app) // => true
 *
 * @category constructors
 * @since 0.1.0
 */
export const compile: (access: Access) => CompiledAccess = Remember.ofGiven((access) => {
  const compileOne = compiledOnce()
  const ask = (operation: Pick<Operation, 'id' | 'required'>): ((target: Target) => Check) =>
    Remember.ofGiven((target) => check(compileOne, questions(operation)(access, target)))
  const can = Remember.ofValue(ask)
  const canNamed = (name: OperationName, target: Target): boolean => {
    const operation = operationFor(name, access, target)
    return operation !== undefined && can(operation)(target)()
  }
  return Object.freeze<CompiledAccess>({
    access,
    canPull: (repository, options) => can(pulling(options, access))(repository)(),
    canPush: (repository, options) => can(pushing(options))(repository)(),
    can: canNamed,
  })
})

type Check = () => boolean
type Compile = (environment: Access) => Simulator.Compiled

const check = (compileOne: Compile, asked: readonly (readonly Question[])[]): Check => {
  if (asked.some((some) => some.length === 0 || some.some(({ never }) => never !== undefined)))
    return () => false
  const ready = asked.flat().map(({ environment, request }) => ({
    outcome: compileOne(environment).outcome,
    request: Simulator.prepareRequest(request),
  }))
  return () => {
    for (const { outcome, request } of ready) if (outcome(request) !== 'Allowed') return false
    return true
  }
}

// ---- environments ----

/**
 * Compiles each environment of an access once, though every question has a record of its own: they differ in the policies
 * of the repository asked on and in what bears on services.
 */
const compiledOnce = (): Compile => {
  const withPolicy = Remember.ofValue((_: object): Access[] => []) // local mutation: filled with the environments met
  const without = {}
  return (environment) => {
    const met = withPolicy(environment.resourcePolicy ?? without)
    const before = met.find((one) => isAlike(one, environment))
    if (before === undefined) met.push(environment)
    return Simulator.compile(before ?? environment)
  }
}

const isAlike = (a: Access, b: Access): boolean =>
  a.identityPolicies === b.identityPolicies && // replication is not the caller's own deed
  a.registryPolicy === b.registryPolicy &&
  a.facts.principalIsServiceLinkedRole === b.facts.principalIsServiceLinkedRole &&
  sameItems(a.endpointPolicies, b.endpointPolicies) &&
  sameItems(a.resourceControlPolicies, b.resourceControlPolicies)

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a === b || (a.length === b.length && a.every((item, i) => item === b[i]))
