/**
 * A `Verdict` says whether an operation succeeds and, if not, which of its actions are missing an Allow and which are
 * denied. It is plain data: it can be stored as JSON and compared.
 *
 * Source: EX-3, EX-41.
 *
 * @since 0.1.0
 */
import { Caller, Request } from '../model/index.js'
import { Simulator } from '../simulator/index.js'
import { Groups } from '../pattern/index.js'
import type { OperationId } from './Operation.js'
import { show as showRepository, type PublicRepository, type Repository } from './Repository.js'
import { sourceOf, sourceTests } from './serviceSource.js'

// ---- model ----

/**
 * One action of an operation and what became of it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Step {
  readonly action: string
  readonly resource: string
  readonly decision: Simulator.Decision
}

/**
 * An action that nothing allows. `principal` asks for it; `policyTypes` are the types that lack an Allow, all of which
 * must be mended; none when no Allow could help (another partition, say). `levels`: those of the organization, 0 being the
 * root, of which no service control policy allows, where that is so. `source`: where a service asks, the conditions under
 * which an Allow is for this case alone (EX-40).
 *
 * @category model
 * @since 0.1.0
 */
export interface Missing {
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly policyTypes: readonly Simulator.PolicyType[]
  readonly levels?: readonly number[]
  readonly source?: string
}

/**
 * An action that statements deny.
 *
 * @category model
 * @since 0.1.0
 */
export interface Denied {
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly statements: Simulator.StatementRefs
}

/**
 * The answer to "may he do this?". `allowed` exactly when every step is; `missing` and `denied` together are the steps
 * that are not. A denied step may lack an Allow as well, which shows once the Deny is gone.
 *
 * @category model
 * @since 0.1.0
 */
export interface Verdict {
  readonly _tag: 'Verdict'
  readonly allowed: boolean
  readonly operation: OperationId
  readonly principal: Caller.Caller
  readonly repository: Repository | PublicRepository | undefined
  readonly steps: readonly Step[]
  readonly missing: readonly Missing[]
  readonly denied: readonly Denied[]
}

// ---- constructors ----

/**
 * A step from its decision.
 *
 * @category constructors
 * @since 0.1.0
 */
export const step = (decision: Simulator.Decision): Step => ({
  action: decision.request.action,
  resource: Request.resourceText(decision.request),
  decision,
})

/**
 * The verdict on an operation of which nothing could be asked: that there is none of this name, say.
 *
 * @category constructors
 * @since 0.1.0
 */
export const unasked = (operation: OperationId, principal: Caller.Caller): Verdict => ({
  _tag: 'Verdict',
  allowed: false,
  operation,
  principal,
  repository: undefined,
  steps: [],
  missing: [],
  denied: [],
})

/**
 * What a step is missing, if that is why it failed.
 *
 * @category destructors
 * @since 0.1.0
 */
export const missing = ({ action, resource, decision }: Step): readonly Missing[] => {
  const { reason, request } = decision
  const principal = Caller.show(request.principal)
  switch (reason._tag) {
    case 'NoAllow': {
      const policyTypes = Array.from(new Set(reason.lacking.map(({ policyType }) => policyType)))
      return [{ principal, action, resource, policyTypes, ...levelled(reason.lacking), ...sourced(request) }]
    }
    case 'Impossible':
      return [{ principal, action, resource, policyTypes: [] }]
    case 'AllowedBy':
    case 'RootUser':
    case 'DeniedBy':
      return []
  }
}

const levelled = (lacks: readonly Simulator.Lack[]): Pick<Missing, 'levels'> => {
  const levels = lacks.flatMap(({ policyType, level }) =>
    policyType === 'ServiceControlPolicy' ? [level] : [],
  )
  return levels.length === 0 ? {} : { levels }
}

const sourced = (request: Request.Request): Pick<Missing, 'source'> => {
  const source = sourceOf(request)
  return source === undefined
    ? {}
    : {
        source: sourceTests(source)
          .map((test) => test.join(' '))
          .join(' and '),
      }
}

/**
 * What denies a step, if something does.
 *
 * @category destructors
 * @since 0.1.0
 */
export const denied = ({ action, resource, decision }: Step): readonly Denied[] => {
  const { reason, request } = decision
  return reason._tag === 'DeniedBy'
    ? [{ principal: Caller.show(request.principal), action, resource, statements: reason.statements }]
    : []
}

// ---- rendering ----

/**
 * A verdict for people: the answer, a line for each action as AWS words it, and where to begin mending.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * const nobody = Ecr.accessOrThrow({ principal: 'arn:aws:iam::111122223333:role/node' })
 * const app = Ecr.Repository.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app')
 * Ecr.explain(Ecr.canPull(nobody, app)).split('\n')[0]
 * // => 'pull-tag on arn:aws:ecr:eu-west-1:111122223333:repository/app by arn:aws:iam::111122223333:role/node: denied (3 of 3 actions)'
 *
 * @category rendering
 * @since 0.1.0
 */
export const explain = (verdict: Verdict): string =>
  [
    headline(verdict),
    ...verdict.steps.map(
      ({ decision }) => `  ${Simulator.isAllowed(decision) ? 'yes' : 'no '} ${Simulator.sentence(decision)}`,
    ),
    ...hints(verdict),
  ].join('\n')

const headline = ({ allowed, operation, principal, repository, steps, missing, denied }: Verdict): string => {
  const where = repository === undefined ? '' : ` on ${showRepository(repository)}`
  const refused = missing.length + denied.length
  const answer = allowed ? 'allowed' : refusal(refused, steps.length)
  return `${operation}${where} by ${Caller.show(principal)}: ${answer}`
}

const refusal = (refused: number, asked: number): string =>
  refused === 0
    ? asked === 0
      ? 'not allowed, as nothing could be asked: there is no such operation, or what it works on was not told'
      : 'not allowed, as what it works on was not told: a repository is read by `Ecr.Repository.parse`'
    : `denied (${refused} of ${asked} actions)`

const hints = ({ missing, denied }: Pick<Verdict, 'missing' | 'denied'>): readonly string[] =>
  mends(missing, denied).map((mend) => `  To mend: ${mend}`)

/**
 * Where to begin mending one refused step, a line each; what exactly to add is for `Ecr.repair` to say.
 *
 * @category rendering
 * @since 0.1.0
 */
export const mendOf = (refused: Step): readonly string[] => mends(missing(refused), denied(refused))

const mends = (lacks: readonly Missing[], denials: readonly Denied[]): readonly string[] => [
  ...denials.map(
    ({ action, statements }) => `narrow ${statements.map(Simulator.showRef).join('; ')}, denying ${action}`,
  ),
  ...Array.from(
    Groups.by(lacks.flatMap(lacking), ({ place }) => place),
    ([place, all]) => `in ${place} allow ${all.map(({ action }) => action).join(', ')}`,
  ),
]

/** An action with a place in which an Allow of it belongs. */
interface Lacking {
  readonly place: string
  readonly action: string
}

const lacking = (lack: Missing): readonly Lacking[] =>
  lack.policyTypes.flatMap((type) => placesFor(type, lack).map((place) => ({ place, action: lack.action })))

const placesFor = (type: Simulator.PolicyType, lack: Missing): readonly string[] => {
  const { resource, levels = [] } = lack
  const principal = lack.source === undefined ? lack.principal : `${lack.principal} where ${lack.source}`
  switch (type) {
    case 'IdentityPolicy':
      return [`an identity-based policy of ${principal}, on ${resource},`]
    case 'ResourcePolicy':
      return [`the policy of ${resource}, for ${principal},`]
    case 'RegistryPolicy':
      return [`the registry policy, on ${resource}, for ${principal},`]
    case 'ServiceControlPolicy':
      return levels.map((level) => `a service control policy of level ${level + 1}, on ${resource},`)
    case 'ResourceControlPolicy':
    case 'VpcEndpointPolicy':
    case 'PermissionsBoundary':
    case 'SessionPolicy':
      return [`the ${Simulator.messageName(type)}, on ${resource},`]
  }
}
