/**
 * The callers of a fleet as they ask a question: replication is nobody's own deed, so that in its place the role of the
 * caller's account asks, which has AWS's policy and takes no other.
 *
 * Source: EC-5, EX-30, SC-6.
 *
 * @since 0.1.0
 */
import { Environment } from '../../model/index.js'
import { Remember } from '../../pattern/index.js'
import { within } from '../Access.js'
import { asReplicator, isReplication, replicationPolicy } from '../replication.js'
import type { Fleet, FleetPrincipal } from './matrixFleet.js'
import type { Question } from './matrixQuestion.js'

/**
 * The fleet that a question is put to: as given, or with the replication role of each caller's account in his place.
 *
 * @category combinators
 * @since 0.1.0
 */
export const fleetAsked = (fleet: Fleet): ((question: Question) => Fleet) => {
  const replicating = Remember.once(() => ({
    ...fleet,
    identity: [...fleet.identity, replicationPolicy()],
    principals: fleet.principals.map(replicator(fleet.identity.length)),
  }))
  return ({ required }) => (required.some(isReplication) ? replicating() : fleet)
}

/** A caller without account replicates nothing, and is asked himself as `can` does. */
const replicator =
  (policy: number) =>
  (principal: FleetPrincipal): FleetPrincipal => {
    const own = within(Environment.empty, principal.context)(principal.caller)
    const role = asReplicator([{ action: 'ecr:ReplicateImage', on: 'destination-repository' }])(own)
    if (role === own) return principal
    return {
      caller: role.principal,
      context: role.context,
      identityPolicies: [policy],
      sessionPolicies: [],
      facts: { ...principal.facts, principalIsServiceLinkedRole: true }, // SC-6: which no SCP binds
    }
  }
