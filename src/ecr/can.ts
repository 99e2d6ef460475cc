/**
 * The verdict on any operation there is data of.
 *
 * @since 0.1.0
 */
import type { Access } from './Access.js'
import { judge } from './judge.js'
import { idOf, operationFor, type OperationName, type TargetOfName } from './named.js'
import type { PublicRepository, Repository } from './Repository.js'
import type { Targets } from './Target.js'
import { unasked, type Verdict } from './Verdict.js'

// ---- evaluation ----

type Loose = Repository | PublicRepository | Targets

/**
 * May he do this? Only the required actions of the operation are asked for.
 *
 * An operation on one repository takes it, with the policies of the access; one on more takes a record
 * (`{ source, destination }`) of repositories, each with its own policies. Where a service takes part beside the caller
 * (`lambda-cross-account`), its requests carry the `aws:Source...` keys of the context and the caller's do not (RC-6);
 * unless told otherwise it acts for the caller's account (U-33). Short names will do for ids: `pull` is what `canPull` asks.
 * An operation that there is none of, which types rule out, is not allowed. Data-last: `can(id, target)(access)`.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * const root = Ecr.accessOrThrow({ principal: 'arn:aws:iam::111122223333:root' })
 * const a = Ecr.Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/a1')
 * const b = Ecr.Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/b1')
 * Ecr.can('catalog', root, a).allowed // => true
 * Ecr.can('copy-crane', root, { source: { repository: a }, destination: { repository: b } }).allowed // => true
 *
 * @category evaluation
 * @since 0.1.0
 */
export function can<Id extends OperationName>(id: Id, access: Access, target: TargetOfName<Id>): Verdict
export function can<Id extends OperationName>(id: Id, target: TargetOfName<Id>): (access: Access) => Verdict
export function can(
  id: OperationName,
  ...args: readonly [Access, Loose] | readonly [Loose]
): Verdict | ((access: Access) => Verdict) {
  if (args.length === 2) return verdict(id, args[0], args[1])
  const [target] = args
  return (access) => verdict(id, access, target)
}

const verdict = (id: OperationName, access: Access, target: Loose): Verdict => {
  const operation = operationFor(id, access, target)
  return operation === undefined ? unasked(idOf(id), access.principal) : judge(operation)(access, target)
}
