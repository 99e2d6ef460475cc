/**
 * What to add so that an operation succeeds, and what to change where nothing added can help.
 *
 * Laws: 1. with a repair the operation is allowed  2. without any part of it, it is not
 *       3. nothing is granted to others, and nothing on other resources  4. what is blocked stays so, whatever
 *       identity, session, repository and registry policies allow
 * Source: EX-3, EX-37, EX-40, EX-56, DE-3, SA-1 to SA-9, XA-1, PB-1, SC-1, VE-1, SZ-1 to SZ-8.
 *
 * @since 0.1.0
 */
import { Caller, Context, Document, Request, type Statement } from '../../model/index.js'
import { Simulator } from '../../simulator/index.js'
import type { Access } from '../Access.js'
import { judge, questions } from '../judge.js'
import { managedPolicy, managedPolicyNames } from '../catalogue/managedPolicies.js'
import { idOf, operationFor, type OperationName, type TargetOfName } from '../named.js'
import type { Operation, OperationId } from '../Operation.js'
import { editsFor, isOwners, isSingle, overflow, quotaOf, type Edit, type Hold } from './repairEdit.js'
import { needsOf, type Hopeless } from './repairNeeds.js'
import { denyAt, documentsAt, edited, type AnyTarget } from './repairPlaces.js'
import { plansFor, type Plan, type Planner } from './repairPlan.js'
import { asReplicator } from '../replication.js'
import { targets as targetsOf, type Targets } from '../Target.js'
import type { Step } from '../Verdict.js'
import { Frozen } from '../../pattern/index.js'

// ---- model ----

/**
 * `fixed`: policies that are not to be edited; those that AWS manages never are. A new one is attached beside them where
 * there can be more than one: a repository, a registry and a boundary have one policy each (EX-56, PB-1).
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
 * - `Silent`: a policy that others keep, or that is `fixed`, allows too little; `edit` is what to ask for.
 * - `NoRoom`: with the `edit` the policy would be larger, by so many characters, than AWS takes it.
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
      readonly _tag: 'NoRoom'
      readonly edit: Edit
      readonly characters: number
      readonly rule: string
    }
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
 * - `Blocked`: what is `by` must go first; `remaining` are the additions that are needed besides. `alternatives` would do by
 *   themselves, but go round a policy that is there to limit the caller, as their remarks say.
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
      readonly alternatives: readonly Edits[]
    }
)

// ---- evaluation ----

/**
 * The smallest additions that make an operation succeed: the fewest policies touched, then the fewest statements, then
 * the fewest actions; of equals the caller's identity policy before the repository's, and that before the registry's.
 *
 * Only what the owners of the caller and of the repository write is added to: identity, session, repository and registry
 * policies. A statement that is there is extended where its resources and principal are the very ones; otherwise there
 * will be a new one, for one caller and one resource, and in a new policy where it would make an identity policy larger than
 * a managed one may be. What goes round a boundary or a session policy (SA-5) is an alternative only, with a remark. Short
 * names will do for ids: `pull` is what `canPull` asks. Data-last: `repair(id, target)(access)`.
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
export function repair<Id extends OperationName>(
  id: Id,
  access: Access,
  target: TargetOfName<Id>,
  options?: RepairOptions,
): Repair<TargetOfName<Id>>
export function repair<Id extends OperationName>(
  id: Id,
  target: TargetOfName<Id>,
  options?: RepairOptions,
): (access: Access) => Repair<TargetOfName<Id>>
export function repair(id: OperationName, ...args: Arguments): Repair | ((access: Access) => Repair) {
  if (accessFirst(args)) return repairNamed(id, args[0], args[1], args[2])
  const [target, options] = args
  return (access) => repairNamed(id, access, target, options)
}

type Arguments =
  | readonly [Access, AnyTarget, (RepairOptions | undefined)?]
  | readonly [AnyTarget, (RepairOptions | undefined)?]

const accessFirst = (args: Arguments): args is readonly [Access, AnyTarget, (RepairOptions | undefined)?] =>
  Object.hasOwn(args[0], 'identityPolicies')

const repairNamed = (
  id: OperationName,
  access: Access,
  target: AnyTarget,
  options: RepairOptions = {},
): Repair => {
  const [held, on, how] = Frozen.own([access, target, options]) // at once, since `fixed` names policies of the access
  const operation = operationFor(id, held, on)
  const about = { operation: operation?.id ?? idOf(id), principal: held.principal }
  return Frozen.deep(
    operation === undefined
      ? { ...about, _tag: 'Blocked', by: [unknown], remaining: [], alternatives: [] }
      : { ...about, ...answerTo(operation, held, on, how) },
  )
}

type Answer = DistributiveOmit<Repair, 'operation' | 'principal'>
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

const answerTo = (
  operation: Asked,
  access: Access,
  target: AnyTarget,
  { fixed = [] }: RepairOptions,
): Answer => {
  const verdict = judge(operation)(access, target)
  if (verdict.allowed) return { _tag: 'Unneeded' }
  const refused = verdict.steps.filter(({ decision }) => !Simulator.isAllowed(decision))
  const { plans, obstacles, planner } = studied(operation, access, target, refused, fixed)
  const [best] = plans
  const can = plans.filter(({ edits }) => obstacles.length === 0 && edits.every(planner.canMake))
  const [first, ...rest] = (best === can[0] ? can : can.filter(({ bypasses }) => bypasses)).flatMap(whole)
  if (best === can[0] && first !== undefined) {
    const made = edited(access, target, first)
    if (judge(operation)(made.access, made.target).allowed)
      return { _tag: 'Repair', edits: first, alternatives: rest, repaired: made.access, target: made.target }
  }
  const edits = best?.edits ?? []
  const [obstacle, ...more] = [...obstacles, ...edits.flatMap(inTheWay(planner))]
  return {
    _tag: 'Blocked',
    by: [obstacle ?? untold, ...more],
    remaining: edits.filter(planner.canMake),
    alternatives: first === undefined ? [] : [first, ...rest],
  }
}

type Asked = Pick<Operation, 'id' | 'required'>

/** An edit that the owners cannot make, as what they meet. */
const inTheWay =
  ({ canMake }: Planner) =>
  (edit: Edit): readonly Obstacle[] => {
    if (canMake(edit)) return []
    const characters = overflow(edit)
    return characters === 0
      ? [{ _tag: 'Silent', edit }]
      : [{ _tag: 'NoRoom', edit, characters, rule: quotaOf(edit.place)?.rule ?? 'SZ-1' }]
  }

const whole = ({ edits: [first, ...rest] }: Plan): readonly Edits[] =>
  first === undefined ? [] : [[first, ...rest]]

/** EX-3: a required action that could not be asked, as its target was not told. */
const untold: Extract<Obstacle, { readonly _tag: 'Hopeless' }> = /* @__PURE__ */ Frozen.deep({
  _tag: 'Hopeless',
  why: 'NoTarget',
  actions: [],
  resource: '*',
  rule: 'EX-3',
})

/** There is no such operation, which types rule out. */
const unknown: Obstacle = /* @__PURE__ */ Frozen.deep({ ...untold, why: 'NoOperation' })

// ---- the parts of an answer ----

interface Studied {
  readonly plans: readonly Plan[]
  readonly obstacles: readonly Obstacle[]
  readonly planner: Planner
}

const studied = (
  { required }: Asked,
  access: Access,
  target: AnyTarget,
  refused: readonly Step[],
  fixed: readonly Document.Document[],
): Studied => {
  const targets = targetsOf(access)(target)
  const needsFor = needsOf(asReplicator(required)(access), targets)
  const needs = refused.map((step) => ({
    step,
    needs: needsFor(step, (key) => couldHave(key, required, access, targets)(step)),
  }))
  const planner = plannerFor(access, targets, holdOn(fixed))
  return {
    planner,
    plans: plansFor(
      needs.flatMap((each) => (each.needs._tag === 'Ways' ? [each.needs.ways] : [])),
      planner,
    ),
    obstacles: [
      ...denials(access, targets, refused),
      ...needs.flatMap((each) => (each.needs._tag === 'Ways' ? [] : [hopeless(each.step, each.needs)])),
    ],
  }
}

/** Would the key come to this request if the context had it? */
const couldHave =
  (key: string, required: Asked['required'], access: Access, targets: Targets) =>
  ({ decision: { request } }: Step): boolean => {
    const given = access.context.map(({ name, values }) => [name, values] as const)
    const context = Context.fromEntries([...given, [key, ['?']]])
    return questions({ required })({ ...access, context }, targets)
      .flat()
      .some(
        (other) =>
          Request.resourceText(other.request) === Request.resourceText(request) &&
          other.request.action === request.action &&
          Caller.show(other.request.principal) === Caller.show(request.principal) &&
          Context.get(key)(other.request.context) !== undefined,
      )
  }

const holdOn =
  (fixed: readonly Document.Document[]) =>
  (document: Document.Document): Hold => {
    const isThis = (other: Document.Document): boolean => Document.Eq.equals(document, other)
    if (managedPolicyNames().some((name) => isThis(managedPolicy(name).document))) return 'Managed'
    return fixed.some(isThis) ? 'Kept' : undefined
  }

const plannerFor = (
  access: Access,
  targets: Targets,
  hold: (document: Document.Document) => Hold,
): Planner => ({
  editsFor: (additions) => editsFor(additions, documentsAt(access, targets), hold),
  canMake: (edit) => {
    const isHeld = edit.before !== undefined && hold(edit.before) !== undefined
    return isOwners(edit.place) && overflow(edit) === 0 && !(isSingle(edit.place) && isHeld)
  },
})

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
