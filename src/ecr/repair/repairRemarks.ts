/**
 * What to know before a repair is made: whom it gets past, what it takes for granted, who alone can make it.
 *
 * @since 0.1.0
 */
import { Simulator } from '../../simulator/index.js'
import { show as showPlace } from '../Place.js'
import { isPathUnknown, isReserved, namesPrincipals, roleOf } from './repairGrant.js'
import type { Addition } from './repairNeeds.js'

// ---- rendering ----

/**
 * The remarks on the additions of one place, a sentence each.
 *
 * @category rendering
 * @since 0.1.0
 */
export const remarksOf = (additions: readonly Addition[]): readonly string[] =>
  Array.from(new Set(additions.flatMap((each) => [...bypass(each), ...role(each), ...conditional(each)])))

/** SA-5: whom a policy with principals names himself, his boundary does not limit. */
const bypass = ({ bypasses }: Addition): readonly string[] =>
  bypasses.map(
    (place) =>
      `this goes round the ${showPlace(place)}, which does not limit what the policy of a resource grants to a caller by name; make it only if those who keep that policy agree`,
  )

const role = ({ place, step }: Addition): readonly string[] => {
  const { request } = step.decision
  const { principal } = request
  if (principal._tag !== 'RoleSession') return []
  if (place._tag === 'IdentityPolicy' && isReserved(principal))
    return [
      `${principal.role} is made by IAM Identity Center and cannot be edited itself: edit the permission set that it is made from`,
    ]
  if (!namesPrincipals(place) || !isPathUnknown(request)) return []
  return [
    isReserved(principal)
      ? `a Region stands in the path of ${roleOf(principal)} unless IAM Identity Center is in us-east-1: take the ARN from IAM, as a principal that does not exist is refused`
      : `the ARN of a session does not tell the path of its role: if ${principal.role} has one, write it into its ARN, as a principal that does not exist is refused`,
  ]
}

/** Statements that would allow it, were it not for a key that the request is not known to have, or never has (RC-6). */
const conditional = ({ step: { action, decision }, canHave }: Addition): readonly string[] =>
  decision.trace.flatMap((entry) => {
    if (entry._tag !== 'Unmatched' || entry.effect !== 'Allow') return []
    const { ref, mismatch } = entry
    if (mismatch.element !== 'Condition' || mismatch.actual !== undefined) return []
    const why = `on a condition: ${Simulator.showMismatch(mismatch)}`
    return [
      canHave(mismatch.key)
        ? `${Simulator.showRef(ref)} allows ${action} already, ${why}; if requests do have it, give it as context or tags, and no Allow without the condition is needed`
        : `${Simulator.showRef(ref)} allows ${action} ${why}; these requests never have that key, so that it never allows them`,
    ]
  })
