/**
 * What a refused request lacks: the ways in which additions would let it through, told as the places that would have to
 * allow it. The simulator's formula says which; its trace says what is there already.
 *
 * Source: DE-1, DE-2, EX-2, EX-30, EX-31, EX-37, EX-40, SA-1 to SA-8, U-13, XA-1.
 *
 * @since 0.1.0
 */
import { Caller, type Environment } from '../../model/index.js'
import { Simulator, Strength } from '../../simulator/index.js'
import type { Access } from '../Access.js'
import type { Place } from '../Place.js'
import { narrowest, roleOf, type Terms } from './repairGrant.js'
import { isReplication } from '../replication.js'
import { arn, show as showRepository, type PublicRepository } from '../Repository.js'
import type { Held, Targets } from '../Target.js'
import { sourceOf } from '../serviceSource.js'
import type { Step } from '../Verdict.js'

// ---- model ----

/**
 * One Allow to add: in this place, on these terms, for the request of this step. `rule` demands it; it goes round the
 * places of `bypasses`, which allow too little and would no longer be asked. `canHave`: could the request have this key?
 *
 * @category model
 * @since 0.1.0
 */
export interface Addition {
  readonly place: Place
  readonly atLeast: Strength.Strength
  readonly rule: string
  readonly terms: Terms
  readonly step: Step
  readonly bypasses: readonly Place[]
  readonly canHave: (key: string) => boolean
}

/**
 * Additions that let a request through when made together.
 *
 * @category model
 * @since 0.1.0
 */
export type Way = readonly Addition[]

/**
 * Why no addition lets a request through.
 *
 * - those of the simulator: the decision has no place for an Allow.
 * - `NoSuchPolicy`: the resource's policy would have to allow it, and it is not one that ECR has.
 * - `NobodyToName`: a statement that reaches this caller reaches others too.
 * - `UnknownSource`: it is a service that asks, and nobody told on whose behalf.
 * - `NoTarget`: what the action is asked on was not told. `NoOperation`: there is no such operation.
 *
 * @category model
 * @since 0.1.0
 */
export type Hopeless =
  Simulator.Impossible | 'NoSuchPolicy' | 'NobodyToName' | 'UnknownSource' | 'NoTarget' | 'NoOperation'

/**
 * What a step needs: any one of the ways; none when hopeless.
 *
 * @category model
 * @since 0.1.0
 */
export type Needs =
  | { readonly _tag: 'Ways'; readonly ways: readonly Way[] }
  | { readonly _tag: 'Hopeless'; readonly why: Hopeless; readonly rule: string }

// ---- evaluation ----

/**
 * What a step needs in order not to lack an Allow. Nothing, one empty way, when it lacks none; a Deny is not looked at.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const needsOf =
  (access: Access, targets: Targets) =>
  (step: Step, canHave: Addition['canHave']): Needs => {
    const { decision } = step
    const { reason } = decision
    if (reason._tag === 'Impossible' && outOfReach.includes(reason.why))
      return { _tag: 'Hopeless', why: reason.why, rule: reason.rule }
    const formula = Simulator.requirement(decision.situation, environmentOf(access, step))
    const inLayers = waysOf(formula, isGranted(decision))
    if (inLayers.length === 0) {
      const { why, rule } = neverIn(formula)
      return { _tag: 'Hopeless', why, rule }
    }
    const limits = inLayers.flat().filter(isLimit)
    const additions = inLayers.map((lacks) => {
      const passed = limits.filter(({ layer }) => !lacks.some((lack) => lack.layer.type === layer.type))
      const types = new Set(passed.map(({ layer }) => layer.type))
      const bypassed = Array.from(types).flatMap(
        (type) => placeOf(access, targets, step, { type, level: 0 }) ?? [],
      )
      return lacks.map((lack) => addition(access, targets, { step, canHave }, bypassed, lack))
    })
    const ways = withoutSpare(additions.flatMap((way) => (isWhole(way) ? [way] : [])))
    if (ways.length > 0) return { _tag: 'Ways', ways }
    const { principal } = decision.request
    if (principal._tag === 'Service' && sourceOf(decision.request) === undefined)
      return { _tag: 'Hopeless', why: 'UnknownSource', rule: 'EX-40' }
    return additions.flat().includes('NobodyToName')
      ? { _tag: 'Hopeless', why: 'NobodyToName', rule: 'EX-58' }
      : { _tag: 'Hopeless', why: 'NoSuchPolicy', rule: 'EX-30' }
  }

/** What the formula does not know: a service that does not go so far, and requests that are not served at all. */
const outOfReach: readonly Hopeless[] = ['OtherAccount', 'OtherRegion', 'Unsigned']

/** The trace has each statement that was looked at, so that it tells whether the endpoint was on the way. */
const environmentOf = (access: Access, { decision }: Step): Environment.Environment => ({
  ...access,
  endpointPolicies: decision.trace.some(({ ref }) => ref.policyType === 'VpcEndpointPolicy')
    ? access.endpointPolicies
    : [],
})

/** Boundary and session policies limit what identity policies allow, and not what names the caller directly (SA-5). */
const isLimit = ({ layer: { type } }: Lack): boolean =>
  type === 'PermissionsBoundary' || type === 'SessionPolicy'

type Lack = Extract<Simulator.Formula, { readonly _tag: 'Allows' }>

const isGranted =
  ({ trace }: Simulator.Decision) =>
  ({ layer, atLeast }: Lack): boolean =>
    trace.some(
      (entry) =>
        entry._tag === 'Matched' &&
        entry.effect === 'Allow' &&
        entry.ref.policyType === layer.type &&
        entry.ref.level === layer.level &&
        Strength.atLeast(atLeast)(entry.strength),
    )

/** The alternatives of a formula, each as the Allows that are not there yet. Formulas are a few levels deep. */
const waysOf = (
  formula: Simulator.Formula,
  granted: (lack: Lack) => boolean,
): readonly (readonly Lack[])[] => {
  switch (formula._tag) {
    case 'Allows':
      return granted(formula) ? [[]] : [[formula]]
    case 'All':
      return formula.of
        .map((part) => waysOf(part, granted))
        .reduce<readonly (readonly Lack[])[]>(
          (all, more) => all.flatMap((one) => more.map((other) => [...one, ...other])),
          [[]],
        )
    case 'Any':
      return formula.of.flatMap((part) => waysOf(part, granted))
    case 'RootUser':
      return [[]]
    case 'Never':
      return []
  }
}

const neverIn = (formula: Simulator.Formula): { readonly why: Hopeless; readonly rule: string } => {
  switch (formula._tag) {
    case 'Never':
      return { why: formula.why, rule: formula.rule }
    case 'All':
    case 'Any':
      return formula.of.map(neverIn).find(({ why }) => why !== 'NoTarget') ?? unasked
    case 'Allows':
    case 'RootUser':
      return unasked
  }
}

const unasked = { why: 'NoTarget', rule: 'EX-3' } as const

type Unmet = 'NoSuchPolicy' | 'NobodyToName'

const isWhole = (way: readonly (Addition | Unmet)[]): way is Way =>
  way.every((each) => each !== 'NoSuchPolicy' && each !== 'NobodyToName')

/** SA-5: what can only name the caller directly gets round his limits by itself, and with more added is to spare. */
const withoutSpare = (ways: readonly Way[]): readonly Way[] =>
  ways.filter((way) => !ways.some((less) => less.length < way.length && less.every(isAmong(way))))

const isAmong =
  (way: Way) =>
  ({ place, terms }: Addition): boolean =>
    way.some((other) => JSON.stringify([other.place, other.terms]) === JSON.stringify([place, terms]))

const addition = (
  access: Access,
  targets: Targets,
  asked: Pick<Addition, 'step' | 'canHave'>,
  bypassed: readonly Place[],
  { layer, atLeast, rule }: Lack,
): Addition | Unmet => {
  const { step } = asked
  const place = placeOf(access, targets, step, layer)
  if (place === undefined) return 'NoSuchPolicy'
  const terms = narrowest(place, step.decision.request, atLeast)
  const bypasses = layer.type === 'ResourcePolicy' || layer.type === 'RegistryPolicy' ? bypassed : []
  return terms === undefined ? 'NobodyToName' : { place, atLeast, rule, terms, bypasses, ...asked }
}

// ---- places ----

const placeOf = (
  access: Access,
  targets: Targets,
  step: Step,
  { type, level }: Simulator.LayerId,
): Place | undefined => {
  switch (type) {
    case 'IdentityPolicy':
    case 'PermissionsBoundary':
    case 'SessionPolicy':
      return { _tag: type, principal: holderOf(access.principal) }
    case 'ResourcePolicy':
      return isRepositoryOf(targets, step) ? { _tag: type, repository: step.resource } : undefined
    case 'RegistryPolicy':
      return registryOf(step)
    case 'VpcEndpointPolicy':
      return { _tag: type }
    case 'ServiceControlPolicy':
    case 'ResourceControlPolicy':
      return { _tag: type, level }
  }
}

/** Policies are attached to the role, not to its session. */
const holderOf = (caller: Caller.Caller): string =>
  caller._tag === 'RoleSession' ? roleOf(caller) : Caller.show(caller)

/** EX-30, EX-31: not for what is asked before there is a repository, or on all of them at once. */
const isRepositoryOf = (targets: Targets, { action, resource }: Step): boolean =>
  action !== 'ecr:CreateRepository' &&
  !isReplication({ action }) &&
  heldIn(targets).some(({ repository }) => showRepository(repository) === resource)

const registryOf = ({ decision: { request } }: Step): Place | undefined =>
  request.resource !== '*' && request.resource.service === 'ecr'
    ? { _tag: 'RegistryPolicy', account: request.resource.account, region: request.resource.region }
    : undefined

/**
 * Every repository of a target, with its policies.
 *
 * @category destructors
 * @since 0.1.0
 */
export const heldIn = ({
  repository,
  source,
  destination,
  publicRepository,
}: Targets): readonly (Held | Held<PublicRepository>)[] =>
  [repository, source, destination, publicRepository].flatMap((held) => held ?? [])

/**
 * Is a place that of a repository or of its registry?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isAt =
  (place: Place) =>
  ({ repository }: Pick<Held | Held<PublicRepository>, 'repository'>): boolean => {
    if (place._tag === 'ResourcePolicy') return showRepository(repository) === place.repository
    const { account, region } = arn(repository)
    return place._tag === 'RegistryPolicy' && account === place.account && region === place.region
  }
