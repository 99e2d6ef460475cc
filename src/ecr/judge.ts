/**
 * From an operation to its verdict: each required action becomes the request that ECR would decide, in the environment
 * that bears on it.
 *
 * Source: EC-5, EX-1 to EX-3, EX-15, EX-20, EX-30, EX-31, EX-38, EX-50, EX-58, XA-5.
 *
 * @since 0.1.0
 */
import { Action, Arn, type Request } from '../model/index.js'
import { Simulator } from '../simulator/index.js'
import type { Access } from './Access.js'
import { tokenAction, type Need, type Operation } from './Operation.js'
import { asReplicator, isReplication } from './replication.js'
import { show as showRepository, type PublicRepository, type Repository } from './Repository.js'
import {
  contextFor,
  isOfRegistry,
  isOnRepository,
  ownAccount,
  regionOf,
  type Anchor,
} from './requestContext.js'
import { requestOutOfReach, type OutOfReach } from './serviceSource.js'
import { heldFor, main, targets as targetsOf, type Targets } from './Target.js'
import { denied, missing, step, type Verdict } from './Verdict.js'

// ---- model ----

/**
 * One request, in the environment that bears on it. `never`: why it is not made, whatever policies say, if it is not.
 *
 * @category model
 * @since 0.1.0
 */
export interface Question {
  readonly environment: Access
  readonly request: Request.Request
  readonly never: (Pick<OutOfReach, 'rule'> & { readonly why: Simulator.Impossible }) | undefined
}

// ---- evaluation ----

/**
 * The verdict on an operation. Total; a required action whose target is not told (which types rule out) cannot be
 * asked, and the operation is not allowed then.
 *
 * **Cost** one decision for each required action, one more for each further Region that a token is fetched in.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const judge =
  (operation: Pick<Operation, 'id' | 'required'>) =>
  (access: Access, given: Repository | PublicRepository | Targets): Verdict => {
    const asked = questions(operation)(access, given)
    const steps = asked.flat().map((question) => step(decide(question)))
    return {
      _tag: 'Verdict',
      allowed:
        asked.every((some) => some.length > 0) &&
        steps.every(({ decision }) => Simulator.isAllowed(decision)),
      operation: operation.id,
      principal: access.principal,
      repository: main(targetsOf(access)(given))?.repository,
      steps,
      missing: steps.flatMap(missing),
      denied: steps.flatMap(denied),
    }
  }

const decide = ({ environment, request, never }: Question): Simulator.Decision => {
  const decision = Simulator.decide(environment, request)
  if (never === undefined) return decision
  const { why, rule } = never
  return { ...decision, outcome: 'ImplicitlyDenied', reason: { _tag: 'Impossible', why, rule } }
}

/**
 * What ECR would decide, for each required action in turn: the operation is allowed when every question is, and there is
 * one at least for every action.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const questions =
  ({ required }: Pick<Operation, 'required'>) =>
  (access: Access, given: Repository | PublicRepository | Targets): readonly (readonly Question[])[] => {
    const targets = targetsOf(access)(given)
    const asking = asReplicator(required)(access)
    return required.map((need) =>
      anchors(required, targets, need).flatMap(questionsFor(required, asking, targets, need)),
    )
  }

/**
 * The repositories for whose sake an action is asked, undefined where there is none. A token is good for one Region
 * (EX-50) and so fetched once in each.
 */
const anchors = (required: readonly Need[], targets: Targets, need: Need): readonly Anchor[] => {
  if (need.action !== tokenAction) return [heldFor(need.on)(targets) ?? main(targets)]
  const all = required.flatMap(({ on }) => heldFor(on)(targets) ?? [])
  const byRegion = new Map(all.map((held) => [regionOf(held), held]))
  return byRegion.size === 0 ? [main(targets)] : Array.from(byRegion.values())
}

const questionsFor =
  (required: readonly Need[], access: Access, targets: Targets, need: Need) =>
  (anchor: Anchor): readonly Question[] => {
    const asked = askedOn(access, targets, need)
    const { action } = need
    if (asked === undefined || !Action.isAction(action)) return []
    const request = Object.freeze<Request.Request>({
      _tag: 'Request',
      principal: need.by === undefined ? access.principal : Object.freeze({ _tag: 'Service', host: need.by }),
      action,
      resource: asked.resource,
      resourceAccount: asked.owner,
      context: contextFor(required, access, anchor, need),
    })
    const environment = environmentFor(access, anchor, need)
    return [{ environment, request, never: neverMade(request, need) }]
  }

/** EX-58: unsigned requests are turned away before any policy is read, and ECR knows no others of nobody in particular. */
const neverMade = (request: Request.Request, need: Need): Question['never'] =>
  request.principal._tag === 'Anonymous'
    ? { why: 'Unsigned', rule: 'EX-58' }
    : requestOutOfReach(request, need)

// ---- the resource ----

interface Asked {
  readonly resource: Arn.Arn | '*'
  readonly owner: Arn.AccountId | undefined
}

const askedOn = (access: Access, targets: Targets, { on }: Need): Asked | undefined => {
  if (on === '*') return { resource: '*', owner: undefined }
  if (on === 'signing-profile')
    return targets.signingProfile === undefined
      ? undefined
      : { resource: targets.signingProfile, owner: undefined }
  if (on.startsWith('role/')) return roleOf(access, targets, on)
  const held = heldFor(on)(targets)
  if (held === undefined) return undefined
  const owner = held.repository.account
  const arn = Arn.parseOrThrow(showRepository(held.repository))
  return { resource: on === 'repository/*' ? everyRepository(arn) : arn, owner }
}

/** EX-15: what a listing of all repositories is asked on; the `*` is text here, not a wildcard. */
const everyRepository = ({ partition, region, account }: Arn.Arn): Arn.Arn =>
  Arn.parseOrThrow(`arn:${partition}:ecr:${region}:${account}:repository/*`)

const roleOf = (access: Access, targets: Targets, role: string): Asked | undefined => {
  const owner = ownAccount(access) ?? main(targets)?.repository
  return owner === undefined
    ? undefined
    : {
        resource: Arn.parseOrThrow(`arn:${owner.partition}:iam::${owner.account}:${role}`),
        owner: owner.account,
      }
}

// ---- the environment ----

/**
 * The policies that bear on one request. Repository and registry policy are those of the repository asked on. The
 * owner's policies do not reach a request without resource that a caller from elsewhere makes in his own account (XA-5);
 * no repository policy bears on what is asked before there is a repository, or on all of them at once, nor on replication,
 * which is up to the registry (EC-5, EX-30, EX-31). What is asked of another service (`signer`, `sts`) does not come through an endpoint for ECR (EX-42).
 */
const environmentFor = (access: Access, anchor: Anchor, need: Need): Access => {
  const registry = isOfRegistry(access, anchor, need) ? anchor : undefined
  const single =
    isOnRepository(need) &&
    need.on !== 'repository/*' &&
    need.action !== 'ecr:CreateRepository' &&
    !isReplication(need)
  const owned: Access = {
    ...access,
    endpointPolicies: need.action.startsWith('ecr:') ? access.endpointPolicies : [],
    resourcePolicy: single ? anchor?.resourcePolicy : undefined,
    registryPolicy: registry?.registryPolicy,
    resourceControlPolicies: registry?.resourceControlPolicies ?? [],
  }
  return need.by === undefined ? owned : forService(owned)
}

/** A service that asks in its own name comes through no endpoint of the caller and is no service-linked role. */
const forService = (access: Access): Access => ({
  ...access,
  endpointPolicies: [],
  facts: { ...access.facts, principalIsServiceLinkedRole: false },
})
