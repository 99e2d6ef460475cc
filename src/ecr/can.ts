/**
 * The verdict on any operation there is data of.
 *
 * @since 0.1.0
 */
import type { Access } from './Access.js'
import { operations } from './data/operations.js'
import { judge } from './judge.js'
import type { OperationId } from './Operation.js'
import type { PublicRepository, Repository } from './Repository.js'
import type { TargetOf, Targets } from './Target.js'
import type { Verdict } from './Verdict.js'

// ---- evaluation ----

type Loose = Repository | PublicRepository | Targets

/**
 * May he do this? Only the required actions of the operation are asked for.
 *
 * An operation on one repository takes it, with the policies of the access; one on more takes a record
 * (`{ source, destination }`) of repositories, each with its own policies. Where a service takes part beside the caller
 * (`lambda-cross-account`), its requests carry the `aws:Source...` keys of the context and the caller's do not (RC-6).
 * Data-last: `can(id, target)(access)`.
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
export function can<Id extends OperationId>(id: Id, access: Access, target: TargetOf<Id>): Verdict
export function can<Id extends OperationId>(id: Id, target: TargetOf<Id>): (access: Access) => Verdict
export function can(
  id: OperationId,
  ...args: readonly [Access, Loose] | readonly [Loose]
): Verdict | ((access: Access) => Verdict) {
  const verdict = judge(operations[id])
  if (args.length === 2) return verdict(args[0], args[1])
  const [target] = args
  return (access) => verdict(access, target)
}
