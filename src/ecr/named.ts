/**
 * Operations by the names that verdicts and repairs take: their ids, and `pull`, which is what `canPull` asks.
 *
 * @since 0.1.0
 */
import type { Access } from './Access.js'
import { operations } from './data/operations.js'
import type { Operation, OperationId } from './Operation.js'
import { askedBy, pulling } from './pullPush.js'
import type { TargetOf } from './Target.js'

// ---- model ----

/**
 * The name of an operation.
 *
 * @category model
 * @since 0.1.0
 */
export type OperationName = OperationId | 'pull'

/**
 * The id that a name stands for.
 *
 * @category model
 * @since 0.1.0
 */
export type IdOf<Name extends OperationName> = Name extends OperationId ? Name : 'pull-tag'

/**
 * What an operation of this name wants to be told.
 *
 * @category model
 * @since 0.1.0
 */
export type TargetOfName<Name extends OperationName> = TargetOf<IdOf<Name>>

// ---- destructors ----

/**
 * The id that a name stands for.
 *
 * @category destructors
 * @since 0.1.0
 */
export const idOf = (name: OperationName): OperationId => (name === 'pull' ? pulling(undefined).id : name)

/**
 * What an operation takes of this caller; undefined for a name that there is none by, which types rule out.
 *
 * @category destructors
 * @since 0.1.0
 */
export const operationFor = (
  name: OperationName,
  access: Access,
): Pick<Operation, 'id' | 'required'> | undefined => {
  if (name === 'pull') return askedBy(access)(pulling(undefined))
  return Object.hasOwn(operations, name) ? operations[name] : undefined
}
