/**
 * Operations by the names that verdicts, repairs and grants take: their ids, and short names.
 *
 * @since 0.1.0
 */
import { Frozen } from '../pattern/index.js'
import type { Access } from './Access.js'
import { operations } from './data/operations.js'
import type { Operation, OperationId } from './Operation.js'
import { pulling } from './pullPush.js'
import type { PublicRepository, Repository } from './Repository.js'
import { sourceAccount } from './serviceSource.js'
import { main, targets, type TargetOf, type Targets } from './Target.js'

// ---- model ----

/**
 * Short names of operations. Where a name stands for several, the one is taken that fits: `pull` by who pulls (a service gets
 * no token), `lambda` by whose the repository is; and `pull` and `push`, by `grant`, by where it is (private or public).
 *
 * @category model
 * @since 0.1.0
 */
export const shortNames: {
  readonly login: readonly ['docker-login']
  readonly pull: readonly ['pull-tag', 'pull-api', 'public-pull']
  readonly push: readonly ['push', 'public-push']
  readonly copy: readonly ['copy-crane']
  readonly delete: readonly ['delete-image']
  readonly 'list-tags': readonly ['tag-list']
  readonly 'pull-through': readonly ['ptc-first-pull']
  readonly replicate: readonly ['replication-cross-account']
  readonly lambda: readonly ['lambda-same-account', 'lambda-cross-account']
} = /* @__PURE__ */ Frozen.deep({
  login: ['docker-login'],
  pull: ['pull-tag', 'pull-api', 'public-pull'],
  push: ['push', 'public-push'],
  copy: ['copy-crane'],
  delete: ['delete-image'],
  'list-tags': ['tag-list'],
  'pull-through': ['ptc-first-pull'],
  replicate: ['replication-cross-account'],
  lambda: ['lambda-same-account', 'lambda-cross-account'],
})

/**
 * The name of an operation: its id or a short name.
 *
 * @category model
 * @since 0.1.0
 */
export type OperationName = OperationId | keyof typeof shortNames

/**
 * The id that a name stands for; the first of several, which all want to be told the same.
 *
 * @category model
 * @since 0.1.0
 */
export type IdOf<Name extends OperationName> = Name extends OperationId
  ? Name
  : Name extends keyof typeof shortNames
    ? (typeof shortNames)[Name][0]
    : never

/**
 * What an operation of this name wants to be told.
 *
 * @category model
 * @since 0.1.0
 */
export type TargetOfName<Name extends OperationName> = TargetOf<IdOf<Name>>

// ---- refinements ----

/**
 * Is it the id of an operation?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isId = (name: string): name is OperationId => Object.hasOwn(operations, name)

/**
 * Is it a short name of operations?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isShortName = (name: string): name is keyof typeof shortNames => Object.hasOwn(shortNames, name)

// ---- destructors ----

/**
 * The id that a name stands for, whoever asks; what is no name, which types rule out, stands for itself.
 *
 * @category destructors
 * @since 0.1.0
 */
export const idOf = (name: OperationName): OperationId => (isShortName(name) ? shortNames[name][0] : name)

/**
 * The operation of a name for this caller and target; undefined for a name that there is none by, which types rule out.
 *
 * @category destructors
 * @since 0.1.0
 */
export const operationFor = (
  name: OperationName,
  access: Access,
  target: Repository | PublicRepository | Targets,
): Operation | undefined => {
  if (isId(name)) return operations[name]
  if (!isShortName(name)) return undefined
  if (name === 'pull') return pulling(undefined, access)
  const [first, other] = shortNames[name]
  return operations[name === 'lambda' && isElsewhere(access, target) ? (other ?? first) : first]
}

/** Is the repository in another account than the function, as far as that is told (U-33)? */
const isElsewhere = (access: Access, target: Repository | PublicRepository | Targets): boolean => {
  const repository = main(targets(access)(target))?.repository
  if (repository === undefined) return false
  const account = sourceAccount(access, repository, 'lambda.amazonaws.com')
  return account !== undefined && account !== repository.account
}
