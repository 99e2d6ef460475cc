/**
 * What to add so that an operation succeeds, and what to change where nothing added can help.
 *
 * Laws: 1. with a repair the operation is allowed  2. without any part of it, it is not
 *       3. nothing is granted to others, and nothing on other resources  4. what is blocked stays so, whatever
 *       identity, session, repository and registry policies allow
 * Source: EX-3, EX-37, DE-3, SA-1 to SA-9, XA-1, PB-1, SC-1, VE-1.
 *
 * @since 0.1.0
 */
import { type Caller, Document, type Statement } from '../model/index.js'
import { Simulator } from '../simulator/index.js'
import type { Access } from './Access.js'
import { operations } from './data/operations.js'
import { judge } from './judge.js'
import { managedPolicy, managedPolicyNames } from './managedPolicies.js'
import type { Operation, OperationId } from './Operation.js'
import { editsFor, isOwners, type Edit } from './repairEdit.js'
import { needsOf, type Hopeless } from './repairNeeds.js'
import { denyAt, documentsAt, edited, type AnyTarget } from './repairPlaces.js'
import { plansFor, type Plan } from './repairPlan.js'
import { targets as targetsOf, type TargetOf, type Targets } from './Target.js'
import type { Step } from './Verdict.js'

// ---- model ----

/**
 * `fixed`: policies that are not to be edited; those that AWS manages never are. A new one is attached beside them.
 *
 * @category model
 * @since 0.1.0
 */
export interface RepairOptions {
  readonly fixed?: readonly Document.Document[]
}

/**
 * What stands in the way and no addition by the owners of role and repository removes.
 *
 * - `Denies`: this statement denies these actions; `statement` is undefined where it was not found again.
 * - `Silent`: a policy that others keep allows too little; `edit` is what to ask them for.
 * - `Hopeless`: nothing can allow these actions, as the case stands.
 *
 * @category model
 * @since 0.1.0
 */
export type Obstacle =
  | {
      readonly _tag: 'Denies'
      readonly ref: Simulator.StatementRef
      readonly statement: Statement.Statement | undefined
      readonly actions: readonly string[]
      readonly rule: string
    }
  | { readonly _tag: 'Silent'; readonly edit: Edit }
  | {
      readonly _tag: 'Hopeless'
      readonly why: Hopeless
      readonly actions: readonly string[]
      readonly resource: string
      readonly rule: string
    }

type Edits = readonly [Edit, ...(readonly Edit[])]

/**
 * The answer to "what would make it succeed?".
 *
 * - `Unneeded`: it succeeds.
 * - `Repair`: `edits` are the smallest additions; `alternatives` others that touch other policies. `repaired` and
 *   `target` are the access and the target with the edits made.
 * - `Blocked`: what is `by` must go first; `remaining` are the additions that are needed besides.
 *
 * @category model
 * @since 0.1.0
 */
export type Repair<Target = AnyTarget> = {
  readonly operation: OperationId
  readonly principal: Caller.Caller
} & (
  | { readonly _tag: 'Unneeded' }
  | {
      readonly _tag: 'Repair'
      readonly edits: Edits
      readonly alternatives: readonly Edits[]
      readonly repaired: Access
      readonly target: Target
    }
  | {
      readonly _tag: 'Blocked'
      readonly by: readonly [Obstacle, ...(readonly Obstacle[])]
      readonly remaining: readonly Edit[]
    }
)

// ---- evaluation ----

/**
 * The smallest additions that make an operation succeed: the fewest policies touched, then the fewest statements, then
 * the fewest actions; of equals the caller's identity policy before the repository's, and that before the registry's.
 *
 * Only what the owners of the caller and of the repository write is added to: identity, session, repository and registry
 * policies. A statement that is there is extended where its resources and principal are the very ones; otherwise there
 * will be a new one, for one caller and one resource. Data-last: `repair(id, target)(access)`.
 *
 * **Cost** that of a verdict, and a few decisions for each statement.
 *
 * @example
 * import { Document, Ecr } from 'ecr-policy'
 *
 * const text = `denied: User: arn:aws:iam::111122223333:role/node is not authorized to perform: ecr:GetDownloadUrlForLayer
 *   on resource: arn:aws:ecr:eu-west-1:111122223333:repository/app because no identity-based policy allows the
 *   ecr:GetDownloadUrlForLayer action`
 * const [{ caller, resource }] = Ecr.diagnose(text)
 *
 * const attached = Document.parseOrThrow(
 *   `{ "Version": "2012-10-17",
 *      "Statement": { "Effect": "Allow", "Action": ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"], "Resource": "*" } }`,
 *   'managed',
 * )
 * const node = Ecr.accessOrThrow({ principal: caller ?? '', identityPolicies: [attached] })
 * const app = Ecr.Repository.parseOrThrow(resource ?? '')
 * const mend = Ecr.repair('pull-tag', node, app)
 * mend._tag // => 'Repair'
 * mend._tag === 'Repair' && Ecr.canPull(mend.repaired, app).allowed // => true
 * Ecr.renderRepair(mend).split('\n')[1]
 * // => '  identity-based policy of arn:aws:iam::111122223333:role/node, policy 1: [DE-1]'
 *
 * @category evaluation
 * @since 0.1.0
 */
export function repair<Id extends OperationId>(
  id: Id,
  access: Access,
  target: TargetOf<Id>,
  options?: RepairOptions,
): Repair<TargetOf<Id>>
export function repair<Id extends OperationId>(
  id: Id,
  target: TargetOf<Id>,
  options?: RepairOptions,
): (access: Access) => Repair<TargetOf<Id>>
export function repair(id: OperationId, ...args: Arguments): Repair | ((access: Access) => Repair) {
  if (accessFirst(args)) return repairOf(operations[id], args[0], args[1], args[2])
  const [target, options] = args
  return (access) => repairOf(operations[id], access, target, options)
}

type Arguments =
  | readonly [Access, AnyTarget, (RepairOptions | undefined)?]
  | readonly [AnyTarget, (RepairOptions | undefined)?]

const accessFirst = (args: Arguments): args is readonly [Access, AnyTarget, (RepairOptions | undefined)?] =>
  Object.hasOwn(args[0], 'identityPolicies')

const repairOf = (
  operation: Operation,
  access: Access,
  target: AnyTarget,
  options: RepairOptions = {},
): Repair => {
  const verdict = judge(operation)(access, target)
  const about = { operation: operation.id, principal: access.principal }
  if (verdict.allowed) return { ...about, _tag: 'Unneeded' }
  const refused = verdict.steps.filter(({ decision }) => !Simulator.isAllowed(decision))
  const { plans, obstacles } = studied(access, target, refused, options)
  const [best, ...others] = plans.filter((plan) => plan.places.every(isOwners)).flatMap(whole)
  const made = best === undefined ? undefined : edited(access, target, best)
  const [obstacle, ...more] = obstacles
  if (best !== undefined && made !== undefined && obstacle === undefined)
    if (judge(operation)(made.access, made.target).allowed)
      return {
        ...about,
        _tag: 'Repair',
        edits: best,
        alternatives: others,
        repaired: made.access,
        target: made.target,
      }
  const edits = plans[0]?.edits ?? []
  const silent = edits.flatMap((edit): readonly Obstacle[] =>
    isOwners(edit.place) ? [] : [{ _tag: 'Silent', edit }],
  )
  const [first, ...rest] = [...(obstacle === undefined ? [] : [obstacle]), ...more, ...silent]
  return {
    ...about,
    _tag: 'Blocked',
    by: [first ?? untold, ...rest],
    remaining: edits.filter(({ place }) => isOwners(place)),
  }
}

const whole = ({ edits: [first, ...rest] }: Plan): readonly Edits[] =>
  first === undefined ? [] : [[first, ...rest]]

/** EX-3: a required action that could not be asked, as its target was not told. */
const untold: Obstacle = { _tag: 'Hopeless', why: 'NoTarget', actions: [], resource: '*', rule: 'EX-3' }

// ---- the parts of an answer ----

interface Studied {
  readonly plans: readonly Plan[]
  readonly obstacles: readonly Obstacle[]
}

const studied = (
  access: Access,
  target: AnyTarget,
  refused: readonly Step[],
  { fixed = [] }: RepairOptions,
): Studied => {
  const targets = targetsOf(access)(target)
  const needs = refused.map((step) => ({ step, needs: needsOf(access, targets)(step) }))
  const untouched = [...fixed, ...managedPolicyNames().map((name) => managedPolicy(name).document)]
  const isFixed = (document: Document.Document): boolean =>
    untouched.some((other) => Document.Eq.equals(document, other))
  const hasBoundary = access.permissionsBoundary !== undefined
  return {
    plans: plansFor(
      needs.flatMap((each) => (each.needs._tag === 'Ways' ? [each.needs.ways] : [])),
      (additions) => editsFor(additions, documentsAt(access, targets), isFixed, hasBoundary),
    ),
    obstacles: [
      ...denials(access, targets, refused),
      ...needs.flatMap((each) => (each.needs._tag === 'Ways' ? [] : [hopeless(each.step, each.needs)])),
    ],
  }
}

const hopeless = (
  { action, resource }: Step,
  { why, rule }: { readonly why: Hopeless; readonly rule: string },
): Obstacle => ({ _tag: 'Hopeless', why, actions: [action], resource, rule })

/** Each statement that denies, once, with all that it denies. */
const denials = (access: Access, targets: Targets, refused: readonly Step[]): readonly Obstacle[] => {
  const found = new Map<string, Extract<Obstacle, { readonly _tag: 'Denies' }>>() // local mutation: order of appearance
  for (const step of refused)
    for (const ref of step.decision.reason._tag === 'DeniedBy' ? step.decision.reason.statements : []) {
      const statement = denyAt(access, targets, step)(ref)
      const key = JSON.stringify([ref, statement])
      const actions = [...(found.get(key)?.actions ?? []), step.action]
      found.set(key, { _tag: 'Denies', ref, statement, actions, rule: 'DE-3' })
    }
  return Array.from(found.values())
}
