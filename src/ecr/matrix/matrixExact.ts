/**
 * Who can, of everybody there is: beside the callers that a matrix knows, the exact set of callers whom the policies of a
 * repository let in.
 *
 * @since 0.1.0
 */
import * as O from 'fp-ts/lib/Option.js'
import { Algebra } from '../../algebra/index.js'
import { Condition, Context, type Document, type Environment } from '../../model/index.js'
import type { Question } from '../judge.js'
import { columnOf } from './matrixCells.js'
import type { AccessMatrix } from './matrixCore.js'
import { ask, nobody } from './matrixProbe.js'
import { requiredBy, type MatrixOperation } from './matrixQuestion.js'
import { testsOf } from './matrixTest.js'
import { isReplication, replicationPolicy } from '../replication.js'
import { isOnRepository } from '../requestContext.js'
import type { PublicRepository, Repository } from '../Repository.js'

// ---- model ----

/**
 * What callers are taken to have attached; what is left out is absent.
 *
 * @category model
 * @since 0.1.0
 */
export type CallerPolicies = Partial<
  Pick<
    Environment.Environment,
    'identityPolicies' | 'permissionsBoundary' | 'sessionPolicies' | 'serviceControlPolicies'
  >
>

/**
 * What must hold of a caller, and of what else is not known of a request, for an action to be allowed: exactly that.
 *
 * @category model
 * @since 0.1.0
 */
export interface CallerNeed {
  readonly action: string
  readonly residual: Algebra.Residual
}

// ---- analysis ----

/**
 * Who, in or out of the matrix, may do this to this repository, if he has these policies (none, unless given)? For each
 * action asked on the repository what must hold; he may when all do, and may ask for a token, which is his own account's
 * matter. `None` when the matrix does not have that operation or repository.
 *
 * Replication is asked for by a role that AWS makes, whatever the caller's policies: then the need is one of that role. The
 * repository's tags and Region are known; other keys are not, unless the caller gives them.
 *
 * @category analysis
 * @since 0.1.0
 */
export const whoeverCan =
  (
    operation: MatrixOperation,
    repository: string | Repository | PublicRepository,
    policies: CallerPolicies = {},
  ) =>
  (matrix: AccessMatrix): O.Option<readonly CallerNeed[]> => {
    const owned = matrix.fleet.repositories[columnOf(matrix, repository)]
    if (owned === undefined || !matrix.operations.includes(operation)) return O.none
    const isPublic = owned.repository._tag === 'PublicRepository'
    const needs = requiredBy(operation, { isService: false, isPublic }).filter(
      (need) => isOnRepository(need) && need.by === undefined,
    )
    return O.some(
      needs.flatMap((need) => {
        const asked = ask(matrix.fleet, { way: need.on, required: [need] })(nobody, owned)
        if (asked === undefined) return []
        const { request } = asked
        const environment = {
          ...asked.environment,
          ...(isReplication(need) ? ofReplicator(asked) : policies),
        }
        const { action, resource, context } = request
        const known = { action, resource, context, absent: absentTags(environment, context) }
        return [{ action: need.action, residual: Algebra.residual(environment, known) }]
      }),
    )
  }

/** EC-5: whoever replicates does it by a role with AWS's policy. */
const ofReplicator = ({
  environment: { facts },
}: Question): Pick<Environment.Environment, 'identityPolicies' | 'facts'> => ({
  identityPolicies: [replicationPolicy()],
  facts: { ...facts, principalIsServiceLinkedRole: true },
})

/** A repository has no tags but those that it is known to have (EX-25). */
const absentTags = (environment: Environment.Environment, context: Context.Context): readonly string[] =>
  documentsOf(environment)
    .flatMap(({ version, statements }) => statements.flatMap(testsOf(version)))
    .flatMap(({ keys }) => keys)
    .filter((key) => /^(aws|ecr|ecr-public):resourcetag\//.test(Condition.foldKey(key)))
    .filter((key) => Context.get(key)(context) === undefined)

const documentsOf = (environment: Environment.Environment): readonly Document.Document[] => [
  ...environment.identityPolicies,
  ...environment.sessionPolicies,
  ...[environment.permissionsBoundary, environment.resourcePolicy, environment.registryPolicy].flatMap(
    (document) => document ?? [],
  ),
  ...environment.endpointPolicies,
  ...(environment.serviceControlPolicies ?? []).flat(),
  ...environment.resourceControlPolicies.flat(),
]
