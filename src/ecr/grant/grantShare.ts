/**
 * Operations that a caller and a service do together: of these a service by itself is given its own part, and the plan says
 * what else it takes.
 *
 * Source: EX-21.
 *
 * @since 0.1.0
 */
import { operations } from '../data/operations.js'
import type { Remark } from './Grant.js'
import { accountsOf, isOtherLambda } from './grantFit.js'
import * as Grantee from './Grantee.js'
import type { Placed, Wish } from './grantInput.js'
import type { Need, Operation, OperationId } from '../Operation.js'

// ---- predicates ----

/**
 * Does the operation take something of the caller beside what a service asks for?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isShared = ({ required }: Pick<Operation, 'required'>): boolean =>
  required.some(isOfCaller) && required.some((need) => !isOfCaller(need))

const isOfCaller = ({ by }: Need): boolean => by === undefined

// ---- destructors ----

/**
 * The operations of a wish that fit some grantee on some repository, and of these the ones that are given to services alone.
 *
 * @category destructors
 * @since 0.1.0
 */
export const doneIn = (
  wish: Wish,
): { readonly operations: readonly OperationId[]; readonly inPart: readonly OperationId[] } => {
  const done = wish.operations
    .map(({ value }) => ({ operation: value, grantees: granteesOf(wish, value) }))
    .filter(({ grantees }) => grantees.length > 0)
  const inPart = done.filter(
    ({ operation, grantees }) =>
      isShared(operation) && grantees.every(({ value }) => value._tag === 'Service'),
  )
  const ids = (some: typeof done): readonly OperationId[] => some.map(({ operation }) => operation.id)
  return { operations: ids(done), inPart: ids(inPart) }
}

/** Those who do an operation somewhere. */
const granteesOf = (
  { grantees, repositories }: Wish,
  operation: Operation,
): readonly Placed<Grantee.Grantee>[] =>
  grantees.filter(
    (grantee) =>
      repositories.length === 0 ||
      repositories.some(({ value }) => !isOtherLambda({ operation, grantee }, value)),
  )

// ---- notes ----

/**
 * What it takes of the caller, where a service fetches for an account other than the owner's and nobody of that account is
 * granted the caller's part.
 *
 * @category constructors
 * @since 0.1.0
 */
export const callersPart = (wish: Wish): readonly Remark[] =>
  sharedOperations()
    .filter((operation) => operation.required.some(({ by }) => isFarFor(wish, operation, by)))
    .map(({ id, caller = 'the caller', required, rules }) => ({
      text: `Across accounts this is the part of the service: ${caller} needs ${actionsOf(required)} as well, in an identity policy and from the policy of the repository; ask for \`${id}\` for that role.`,
      rules,
    }))

const sharedOperations = (): readonly Operation[] => {
  const all: readonly Operation[] = Object.values(operations)
  return all.filter(isShared)
}

const actionsOf = (required: readonly Need[]): string =>
  required
    .filter(isOfCaller)
    .map(({ action }) => `\`${action}\``)
    .join(' and ')

const isFarFor = (
  { grantees, repositories, operations: asked }: Wish,
  { id }: Operation,
  host: string | undefined,
): boolean => {
  const callers = asked.some(({ value }) => value.id === id)
    ? grantees.flatMap(({ value }) => Grantee.accountOf(value) ?? [])
    : []
  return grantees.some(
    ({ value }) =>
      value._tag === 'Service' &&
      value.host === host &&
      repositories.some((target) =>
        accountsOf(value, target.value).some(
          (account) => account !== target.value.account && !callers.some((caller) => caller === account),
        ),
      ),
  )
}
