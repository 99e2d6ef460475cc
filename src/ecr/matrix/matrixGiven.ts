/**
 * What is wrong with the input of a matrix, if anything is: types rule it out, and those who write none are told.
 *
 * @since 0.1.0
 */
import { Given, nearest, Problem } from '../../model/index.js'
import {
  callerParts,
  endpointPolicies,
  flag,
  levels,
  ownerParts,
  registryPolicyScope,
} from '../accessGiven.js'
import { operations } from '../data/operations.js'
import type { Operation } from '../Operation.js'

const { listOf, mapOf, optional, recordOf, text, textOr } = Given

// ---- operations ----

const loneOn = ['*', 'repository', 'repository/*', 'destination-repository', 'public-repository']

const isLone = ({ required }: Operation): boolean =>
  required.every(({ on }) => loneOn.includes(on) || on.startsWith('role/'))

/** The names that `MatrixOperation` has. */
const names = (): readonly string[] => [
  'pull',
  ...Object.values<Operation>(operations).flatMap((operation) => (isLone(operation) ? [operation.id] : [])),
]

const knownOperation: Given.Fault = (given, at) => {
  if (!Given.isText(given)) return text(given, at)
  return names().includes(given) ? undefined : unknownOperation(given, at)
}

const unknownOperation = (given: string, at: string): Problem.Problem => {
  const near = nearest(names())(given)
  return Problem.problem(
    'UnknownOperation',
    `${Problem.quote(at)}: there is no operation ${Problem.quote(given)} on one repository`,
    near === undefined ? `there are ${names().join(', ')}` : `did you mean \`${near}\`?`,
  )
}

// ---- the whole ----

/**
 * What is wrong with the input of a matrix.
 *
 * @category errors
 * @since 0.1.0
 */
export const matrixFault: Given.Fault = /* @__PURE__ */ recordOf('the input of a matrix', {
  operations: listOf(knownOperation),
  principals: listOf(
    recordOf('a caller of a matrix', {
      ...callerParts,
      facts: optional(recordOf('the facts of a caller', { principalIsServiceLinkedRole: flag })),
    }),
  ),
  repositories: listOf(
    recordOf('a repository of a matrix', {
      ...ownerParts,
      repository: textOr('a `Repository`', 'Repository', 'PublicRepository'),
      tags: optional(mapOf(text)),
    }),
  ),
  accounts: optional(
    mapOf(
      recordOf('an account of a matrix', {
        serviceControlPolicies: levels('scp'),
        resourceControlPolicies: levels('rcp'),
        isManagement: flag,
        registryPolicyScope,
      }),
    ),
  ),
  endpointPolicies,
})
