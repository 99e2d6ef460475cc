/**
 * Who can, of everybody there is, and what, of everything: beside the callers and repositories that a matrix knows, the
 * exact set of callers whom the policies of a repository let in, and of repositories that those of a caller do.
 *
 * @since 0.1.0
 */
import * as O from 'fp-ts/lib/Option.js'
import { Algebra } from '../../algebra/index.js'
import { Action, Condition, Context, Environment, type Caller, type Document } from '../../model/index.js'
import type { Question } from '../judge.js'
import { columnOf, rowsOf } from './matrixCells.js'
import type { AccessMatrix } from './matrixCore.js'
import { accessTo, type Fleet, type FleetPrincipal } from './matrixFleet.js'
import { ask, nobody } from './matrixProbe.js'
import { requiredBy, type MatrixOperation } from './matrixQuestion.js'
import { fleetAsked } from './matrixReplication.js'
import { testsOf } from './matrixTest.js'
import type { Need } from '../Operation.js'
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

/**
 * What repositories are taken to have attached, and what is taken to hold of their account; what is left out is absent, or
 * as is common.
 *
 * @category model
 * @since 0.1.0
 */
export type OwnerPolicies = Partial<
  Pick<Environment.Environment, 'resourcePolicy' | 'registryPolicy' | 'resourceControlPolicies'>
> & {
  readonly facts?: Partial<Pick<Environment.Facts, 'resourceAccountIsManagement' | 'registryPolicyScope'>>
}

/**
 * What must hold of a repository, and of what else is not known of a request of this row, for an action to be allowed.
 *
 * @category model
 * @since 0.1.0
 */
export interface OwnerNeed extends CallerNeed {
  readonly row: number
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
    const needs = requiredBy(operation, { isService: false, isPublic }).filter(isAskedHere)
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

/**
 * On what, in or out of the matrix, may this caller do this, if it has these policies (none, unless given)? For each of his
 * rows and each action asked on a repository what must hold of the repository; he may when all of a row do. `None` when the
 * matrix does not have that operation or caller.
 *
 * What the caller brings is known; the resource, its tags and its Region are not. Private registries are meant.
 *
 * @category analysis
 * @since 0.1.0
 */
export const whateverCan =
  (operation: MatrixOperation, principal: string | Caller.Caller, policies: OwnerPolicies = {}) =>
  (matrix: AccessMatrix): O.Option<readonly OwnerNeed[]> => {
    const rows = rowsOf(matrix, principal)
    if (rows.length === 0 || !matrix.operations.includes(operation)) return O.none
    const asked = fleetAsked(matrix.fleet)
    const needs = requiredBy(operation, { isService: false, isPublic: false }).filter(isAskedHere)
    return O.some(
      rows.flatMap((row) =>
        needs.flatMap((need) => {
          const fleet = asked({ way: need.on, required: [need] })
          const who = fleet.principals[row]
          return who === undefined ? [] : [{ row, ...ofCaller(fleet, who, need, policies) }]
        }),
      ),
    )
  }

const ofCaller = (fleet: Fleet, who: FleetPrincipal, need: Need, policies: OwnerPolicies): CallerNeed => {
  const { facts, ...access } = accessTo(fleet, who, { facts: commonOwner })
  const environment: Environment.Environment = {
    ...access,
    ...(who.caller._tag === 'Anonymous' ? {} : policies), // EX-58
    facts: { ...facts, ...policies.facts },
    endpointPolicies: isReplication(need) ? [] : access.endpointPolicies,
  }
  const action = Action.parseOrThrow(need.action)
  const context = Context.fromEntries(
    who.context.flatMap(({ name, values }) => (isOfOwner(name) ? [] : [[name, values] as const])),
  )
  return {
    action: need.action,
    residual: Algebra.residual(environment, { principal: who.caller, action, context }),
  }
}

/** What follows from the repository asked on, whatever the caller says of it. */
const isOfOwner = (name: string): boolean => /^aws:(resource|requestedregion)/i.test(name)

const commonOwner = {
  resourceAccountIsManagement: Environment.commonFacts.resourceAccountIsManagement,
  registryPolicyScope: Environment.commonFacts.registryPolicyScope,
}

const isAskedHere = (need: Need): boolean => isOnRepository(need) && need.by === undefined

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
