/**
 * Decisions for people: AWS's own error sentence, and the trace as text.
 *
 * Source: DE-4, DE-5, EX-41.
 *
 * @since 0.1.0
 */
import { Caller, Problem, Request } from '../model/index.js'
import type { Decision, StatementTrace } from './Decision.js'
import type { Impossible, Situation } from './flow.js'
import { messageName, showRef, type PolicyType } from './Layer.js'
import type { Mismatch } from './match.js'

// ---- rendering ----

/**
 * One sentence: for a denial the one that AWS would print, as its documentation words it. A service control policy that is
 * merely silent is told as such (DE-5), though AWS has been seen to print it as an explicit deny (EX-41).
 *
 * @category rendering
 * @since 0.1.0
 */
export const sentence = (decision: Decision): string => {
  const { request } = decision
  const [caller, resource] = [Caller.show(request.principal), Request.resourceText(request)]
  return Problem.printable(
    decision.outcome === 'Allowed'
      ? `${caller} may perform ${request.action} on ${resource}${grounds(decision)}`
      : `User: ${caller} is not authorized to perform: ${request.action} on resource: ${resource}${grounds(decision)}`,
  )
}

const grounds = ({ reason, request: { action }, situation }: Decision): string => {
  switch (reason._tag) {
    case 'AllowedBy':
      return `: ${reason.statements.map(showRef).join('; ')}`
    case 'RootUser':
      return `: the root user needs no policy in its own account [${reason.rule}]`
    case 'NoAllow':
      return ` because no ${policyName(situation, reason.policyType)} allows the ${action} action`
    case 'Impossible':
      return ` because ${impossible[reason.why]} [${reason.rule}]`
    case 'DeniedBy':
      return ` with an explicit deny in ${definite(situation, reason.policyType)}`
  }
}

/** A role's trust policy goes by its own name, every other policy of a resource by the general one. */
const policyName = ({ resourcePolicy }: Situation, type: PolicyType): string =>
  type === 'ResourcePolicy' && resourcePolicy === 'TrustPolicy' ? 'role trust policy' : messageName(type)

/** A role has one trust policy, hence "the". */
const definite = (its: Situation, type: PolicyType): string =>
  policyName(its, type) === messageName(type) ? article(messageName(type)) : `the ${policyName(its, type)}`

const impossible: Readonly<Record<Impossible, string>> = {
  OtherPartition: 'the resource is in another partition',
  NoIdentitySide: 'nothing can allow it',
  NoResourceToGrant: 'the action has no resource whose policy could grant it',
  NoSessionPolicy: 'a federated user has no identity permissions without a session policy',
  OtherAccount: 'the service does this within one account only',
  OtherRegion: 'the service does this within one Region only',
  Unsigned: 'unsigned requests are turned away before any policy is read',
}

const article = (name: string): string => `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`

/**
 * The decision with its grounds and what came of each statement, a line each.
 *
 * @example
 * import { Environment, Request, Simulator } from 'ecr-policy'
 *
 * const request = Request.makeOrThrow({
 *   principal: 'arn:aws:iam::111122223333:role/node',
 *   action: 'ecr:GetAuthorizationToken',
 *   resource: '*',
 * })
 * Simulator.explain(Simulator.decide(Environment.empty, request))
 * // => 'ImplicitlyDenied: User: arn:aws:iam::111122223333:role/node is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action\n  lacking: an Allow in an identity-based policy [DE-1]'
 *
 * @category rendering
 * @since 0.1.0
 */
export const explain = (decision: Decision): string =>
  [
    `${decision.outcome}: ${sentence(decision)}`,
    ...details(decision),
    ...decision.trace.map((entry) => `  ${showTrace(entry)}`),
  ].join('\n')

const details = ({ reason, situation }: Decision): readonly string[] => {
  switch (reason._tag) {
    case 'NoAllow':
      return reason.lacking.map(
        (lack) =>
          `  lacking: an Allow in ${article(policyName(situation, lack.policyType))}${levelOf(lack)} [${lack.rule}]`,
      )
    case 'DeniedBy':
      return reason.statements.map((ref) => `  denied by: ${showRef(ref)}`)
    case 'AllowedBy':
    case 'RootUser':
    case 'Impossible':
      return []
  }
}

const levelOf = ({ policyType, level }: { readonly policyType: string; readonly level: number }): string =>
  policyType === 'ServiceControlPolicy' ? ` of level ${level + 1}` : ''

/**
 * What came of one statement, in one line.
 *
 * @category rendering
 * @since 0.1.0
 */
export const showTrace = (entry: StatementTrace): string => {
  const head = `${showRef(entry.ref)}: ${entry.effect}`
  return entry._tag === 'Matched'
    ? `${head} matches`
    : `${head} does not match: ${showMismatch(entry.mismatch)}`
}

/**
 * Why a statement does not match, in one phrase.
 *
 * @category rendering
 * @since 0.1.0
 */
export const showMismatch = (mismatch: Mismatch): string => Problem.printable(phrase(mismatch))

const phrase = (mismatch: Mismatch): string => {
  switch (mismatch.element) {
    case 'Principal':
      return `its Principal does not name ${mismatch.caller}`
    case 'NotPrincipal':
      return `its NotPrincipal names ${mismatch.caller}`
    case 'Action':
      return `its Action does not list ${mismatch.action}`
    case 'NotAction':
      return `its NotAction lists ${mismatch.action}`
    case 'Resource':
      return mismatch.patterns.length === 0
        ? 'the action has no resource, so no policy attached to one applies'
        : `its Resource does not cover ${mismatch.resource}`
    case 'NotResource':
      return `its NotResource covers ${mismatch.resource}`
    case 'Condition': {
      const actual = mismatch.actual === undefined ? 'is missing' : `is ${list(mismatch.actual)}`
      return `${mismatch.operator} ${mismatch.key} wants ${list(mismatch.values)}, and the key ${actual}`
    }
  }
}

const list = (values: readonly string[]): string => (values.length === 0 ? '(no value)' : values.join(' or '))
