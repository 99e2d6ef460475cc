/**
 * A `Failure` is a refused step as its user meets it: the texts that he sees, what causes them, and the mend. `diagnose`
 * goes the other way, and both name causes by the same ids.
 *
 * Laws: 1. `diagnose(failure.api)` has caller, action, resource and policy type of the failure, and its id
 *       2. `diagnose(failure.client)` has its id, or a cause of the same action
 * Source: DE-5, EX-1, EX-5 to EX-8, EX-22, EX-41.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Arn, Caller } from '../../model/index.js'
import { Simulator } from '../../simulator/index.js'
import { causes, type FailureId } from '../data/failures.js'
import type { Refusal } from './diagnoseSentence.js'
import type { Cause } from './failureCause.js'
import { address, type PublicRepository, type Repository } from '../Repository.js'
import { isOutOfReach } from '../serviceSource.js'
import { mendOf, type Step, type Verdict } from '../Verdict.js'

// ---- model ----

/**
 * One refused step.
 *
 * - `api`: what the AWS API answers. `client`: what a Docker-style client prints, where it takes part in the step, which
 *   it does in none that a service takes; answers to HEAD have no body, and then it cannot say why.
 * - `mend`: where to begin, line by line; `Ecr.repair` says all of it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Failure extends Refusal {
  readonly id: FailureId
  readonly caller: string
  readonly action: string
  readonly resource: string
  readonly api: string
  readonly client: string | undefined
  readonly cause: Cause
  readonly mend: readonly string[]
}

// ---- destructors ----

/**
 * The refused steps of a verdict, as their user meets them.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * const nobody = Ecr.accessOrThrow({ principal: 'arn:aws:iam::111122223333:role/node' })
 * const app = Ecr.Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app')
 * const [token] = Ecr.failures(Ecr.canPull(nobody, app))
 * token?.id // => 'token-missing'
 * token?.api
 * // => 'An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: User: arn:aws:iam::111122223333:role/node is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action'
 *
 * @category destructors
 * @since 0.1.0
 */
export const failures = (verdict: Verdict): readonly Failure[] =>
  verdict.steps
    .filter(({ decision }) => !Simulator.isAllowed(decision))
    .map((step) => failureOf(verdict, step))

const failureOf = (verdict: Verdict, step: Step): Failure => {
  const { action, resource, decision } = step
  const caller = Caller.show(decision.request.principal)
  const refusal = { caller, action, resource, ...wordingOf(decision), policy: undefined }
  const isPush = verdict.steps.some((other) => uploads.includes(other.action.toLowerCase()))
  const [likeliest] = likelyCauses(refusal, { isTask: false, isPush, isLambda: false })
  const id = idOf(step, likeliest)
  const sentence = sentenceOf(decision)
  return {
    ...refusal,
    id,
    api: `An error occurred (AccessDeniedException) when calling the ${nameOf(action)} operation: ${sentence}`,
    client:
      decision.request.principal._tag === 'Service'
        ? undefined
        : clientText(verdict.repository, isPush, action, sentence),
    cause: causes[id],
    mend: mendOf(step),
  }
}

/** What a decision tells beyond its wording. */
const idOf = (step: Step, likeliest: FailureId): FailureId => {
  const { reason } = step.decision
  if (reason._tag === 'Impossible' && isOutOfReach(reason.why)) return 'service-out-of-reach'
  return likeliest === 'token-missing' && isScoped(step) ? 'token-scoped' : likeliest
}

const nameOf = (action: string): string => action.slice(action.indexOf(':') + 1)

/** EX-41: an SCP is said to deny also where it is silent. */
const isSilentSCP = ({ reason }: Simulator.Decision): boolean =>
  reason._tag === 'NoAllow' && reason.policyType === 'ServiceControlPolicy'

const wordingOf = (decision: Simulator.Decision): Pick<Refusal, 'policyType' | 'explicit'> => {
  const { reason } = decision
  switch (reason._tag) {
    case 'DeniedBy':
      return { policyType: reason.policyType, explicit: true }
    case 'NoAllow':
      return { policyType: reason.policyType, explicit: isSilentSCP(decision) }
    case 'Impossible':
    case 'AllowedBy':
    case 'RootUser':
      return { policyType: undefined, explicit: undefined }
  }
}

/** As AWS words it; of what is impossible it gives no reason. */
const sentenceOf = (decision: Simulator.Decision): string => {
  const sentence = Simulator.sentence(decision)
  const bare = sentence.slice(0, Math.max(0, sentence.lastIndexOf(' because ')))
  if (isSilentSCP(decision)) return `${bare} with an explicit deny in a service control policy`
  return decision.reason._tag === 'Impossible' ? bare : sentence
}

/** EC-1: allowed in some statement, but not on `*`. */
const isScoped = ({ decision: { trace } }: Step): boolean =>
  trace.some(
    (entry) =>
      entry._tag === 'Unmatched' &&
      entry.effect === 'Allow' &&
      entry.ref.policyType === 'IdentityPolicy' &&
      entry.mismatch.element === 'Resource',
  )

// ---- clients ----

const uploads: readonly string[] = ['ecr:initiatelayerupload', 'ecr:putimage']

/** EX-22: what a client makes of the answer, by the route that takes the action. */
const clientText = (
  repository: Repository | PublicRepository | undefined,
  isPush: boolean,
  action: string,
  sentence: string,
): string | undefined => {
  if (repository?._tag !== 'Repository') return undefined
  const image = address(repository)
  const route = `https://${image.replace('/', '/v2/')}`
  switch (action.toLowerCase()) {
    case 'ecr:getauthorizationtoken':
      return `Error response from daemon: Head "${route}/manifests/latest": no basic auth credentials`
    case 'ecr:batchgetimage':
      return isPush
        ? `failed to push ${image}: unexpected status from HEAD request to ${route}/manifests/latest: 403 Forbidden`
        : `Error response from daemon: pull access denied for ${image}, repository does not exist or may require 'docker login': denied: ${sentence}`
    case 'ecr:getdownloadurlforlayer':
      return `failed to copy: httpReadSeeker: failed open: unexpected status from GET request to ${route}/blobs/${someDigest}: 403 Forbidden`
    case 'ecr:batchchecklayeravailability':
      return 'error parsing HTTP 403 response body: unexpected end of JSON input: ""'
    case 'ecr:initiatelayerupload':
    case 'ecr:uploadlayerpart':
    case 'ecr:completelayerupload':
    case 'ecr:listimages':
      return `denied: ${sentence}`
    case 'ecr:putimage':
      return `failed commit on ref "manifest-${someDigest}": unexpected status from PUT request to ${route}/manifests/latest: 403 Forbidden`
    default:
      return undefined
  }
}

const someDigest = `sha256:${'0'.repeat(64)}`

// ---- causes ----

/**
 * What the surroundings of a message tell: an ECS task that did not start, a push, Lambda.
 *
 * @category model
 * @since 0.1.0
 */
export interface Surroundings {
  readonly isTask: boolean
  readonly isPush: boolean
  readonly isLambda: boolean
}

type Ids = readonly [FailureId, ...(readonly FailureId[])]

/**
 * The causes that a refusal may have, the likeliest first: by the type of policy that it names, then by action.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const likelyCauses = (refusal: Refusal, around: Surroundings): Ids => {
  const { policyType, explicit } = refusal
  if (policyType === 'ServiceControlPolicy') return ['organization-guard-rail']
  if (policyType === 'ResourceControlPolicy') return ['resource-guard-rail']
  if (explicit === true)
    return policyType === undefined ? ['explicit-deny', 'organization-guard-rail'] : ['explicit-deny']
  switch (policyType) {
    case 'VpcEndpointPolicy':
      return ['endpoint-silent']
    case 'PermissionsBoundary':
      return ['boundary-silent']
    case 'SessionPolicy':
      return ['session-silent']
    case 'ResourcePolicy':
    case 'RegistryPolicy':
      return byOwner(refusal, around)
    case 'IdentityPolicy':
    case undefined:
      return byCaller(refusal, around)
  }
}

/** The identity side allows, the owner does not; within one account either side would do. */
const byOwner = (refusal: Refusal, around: Surroundings): Ids => {
  const { caller, action } = refusal
  if (around.isLambda || caller === 'lambda.amazonaws.com')
    return ['lambda-not-granted', 'owner-has-not-granted']
  if (isOnRepository(refusal) && isAtHome(refusal) === true)
    return [...byAction(refusal, around), 'resource-misses']
  return action?.toLowerCase() === 'ecr:describeimages'
    ? ['tag-check-missing', 'owner-has-not-granted']
    : ['owner-has-not-granted']
}

/** No identity policy allows it, or no reason was given. */
const byCaller = (refusal: Refusal, around: Surroundings): Ids => {
  const own = byAction(refusal, around)
  const owners: readonly FailureId[] = refusal.policyType === undefined ? ['owner-has-not-granted'] : []
  if (!isOnRepository(refusal)) return own
  return isAtHome(refusal) === false
    ? ['caller-side-missing', ...own, ...owners, 'resource-misses']
    : [...own, 'resource-misses']
}

const isOnRepository = ({ resource }: Refusal): boolean => resource?.includes(':repository/') ?? false

/** Are caller and resource of one account? Undefined where one of them tells none. */
const isAtHome = ({ caller, resource }: Refusal): boolean | undefined => {
  const [one, other] = [caller, resource].map((text) => Arn.parse(text ?? ''))
  return one !== undefined && other !== undefined && E.isRight(one) && E.isRight(other)
    ? one.right.account === other.right.account
    : undefined
}

const byAction = ({ caller, action, resource }: Refusal, around: Surroundings): Ids => {
  if (caller === 'lambda.amazonaws.com') return ['lambda-not-granted']
  switch (action?.toLowerCase() ?? '') {
    case 'ecr:getauthorizationtoken':
      return around.isTask
        ? ['task-start-failed', 'token-missing', 'token-scoped', 'token-from-repository-policy']
        : ['token-missing', 'token-scoped', 'token-from-repository-policy']
    case 'ecr-public:getauthorizationtoken':
    case 'sts:getservicebearertoken':
      return ['public-login-refused']
    case 'ecr:batchgetimage':
      return around.isPush
        ? ['manifest-read-missing-on-push', 'pull-missing']
        : ['pull-missing', 'manifest-read-missing-on-push']
    case 'ecr:getdownloadurlforlayer':
      return ['layers-missing', 'pull-missing']
    case 'ecr:describerepositories':
      return resource?.endsWith(':repository/*') === true
        ? ['listing-all-repositories']
        : ['action-not-allowed', 'listing-all-repositories']
    default:
      return bySingle.get(action?.toLowerCase() ?? '') ?? ['action-not-allowed']
  }
}

const bySingle = new Map<string, Ids>([
  ['ecr:batchchecklayeravailability', ['layer-check-missing']],
  ['ecr:initiatelayerupload', ['upload-missing']],
  ['ecr:uploadlayerpart', ['upload-missing']],
  ['ecr:completelayerupload', ['upload-missing']],
  ['ecr:putimage', ['image-put-refused']],
  ['ecr:createrepository', ['repository-unknown', 'action-not-allowed']],
  ['ecr:batchimportupstreamimage', ['image-unknown', 'action-not-allowed']],
  ['ecr:listimages', ['tag-list-missing']],
  ['ecr:describeimages', ['tag-check-missing']],
  ['ecr:listtagsforresource', ['tool-reads-back']],
  ['ecr:getlifecyclepolicy', ['tool-reads-back']],
  ['ecr:getrepositorypolicy', ['tool-reads-back']],
  ['s3:getobject', ['layer-bucket-refused']],
])
