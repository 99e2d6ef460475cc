/**
 * The narrowest statement that grants one request in one place: who, on what, on which conditions.
 *
 * A session is granted to by its role, as sessions come and go; a service by its host name and the source that it names
 * (EX-40), never without; the root user by his account, narrowed to himself; the role that replicates by the account that
 * it does so for (EC-5).
 *
 * Source: EC-5, EX-34, EX-40, EX-58, PR-2, PR-4, SA-2 to SA-8, U-11.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  Action,
  Caller,
  Condition,
  Context,
  type Document,
  PolicyKind,
  Principal,
  Request,
  Resource,
  Statement,
} from '../../model/index.js'
import { Simulator, Strength } from '../../simulator/index.js'
import type { Place } from '../Place.js'
import { isReplication } from '../replication.js'
import { isPlain, sourceOf, sourceTests } from '../serviceSource.js'
import { Frozen } from '../../pattern/index.js'

// ---- model ----

/**
 * Who is granted something, on what and when. `principal` is undefined where policies name none, `resource` where the
 * policy is attached to it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Terms {
  readonly principal: Principal.Principal | undefined
  readonly resource: Resource.ResourcePattern | undefined
  readonly conditions: Condition.ConditionBlock
}

// ---- constructors ----

/**
 * The narrowest grant of a request in a place, naming the caller at least so directly; undefined when there is none
 * that names nobody else, or that names the resource alone.
 *
 * @category constructors
 * @since 0.1.0
 */
export const narrowest = (
  place: Place,
  request: Request.Request,
  atLeast: Strength.Strength,
): Terms | undefined => {
  const resource = place._tag === 'ResourcePolicy' ? undefined : patternOf(request)
  if (resource === undefined && place._tag !== 'ResourcePolicy') return undefined
  const candidates: readonly Terms[] = namesPrincipals(place)
    ? names(request).map((name) => ({ ...name, resource }))
    : [{ principal: undefined, resource, conditions: Condition.none }]
  const isEnough = grants(request, atLeast, '2012-10-17')
  return candidates.find((terms) => isEnough(statementOf(terms, [request.action])))
}

/**
 * Does an Allow reach this request, naming its caller at least so directly? Whether there is a boundary is for a Deny to ask
 * (PR-11).
 *
 * @category predicates
 * @since 0.1.0
 */
export const grants = (
  request: Request.Request,
  atLeast: Strength.Strength,
  version: Document.Document['version'],
): ((statement: Statement.Statement) => boolean) => {
  const match = Simulator.matchStatement(Simulator.prepare(request, false), version, false)
  return (statement) => {
    const its = match(statement)
    return its._tag === 'Matched' && Strength.atLeast(atLeast)(its.strength)
  }
}

/**
 * Do policies in this place name principals (GR-15)?
 *
 * @category predicates
 * @since 0.1.0
 */
export const namesPrincipals = (place: Place): boolean => PolicyKind.isResourceKind(kindOf(place))

/**
 * The kind of the policies in this place. Those that are attached are taken to be managed ones.
 *
 * @category destructors
 * @since 0.1.0
 */
export const kindOf = ({ _tag }: Place): PolicyKind.PolicyKind => kinds[_tag]

const kinds: Readonly<Record<Place['_tag'], PolicyKind.PolicyKind>> = {
  IdentityPolicy: 'managed',
  PermissionsBoundary: 'boundary',
  SessionPolicy: 'session',
  ResourcePolicy: 'ecr-repository',
  RegistryPolicy: 'ecr-registry',
  VpcEndpointPolicy: 'endpoint',
  ServiceControlPolicy: 'scp',
  ResourceControlPolicy: 'rcp',
}

/** EX-15: on all repositories of a registry only a wildcard reaches; elsewhere one would reach too far. */
const patternOf = (request: Request.Request): Resource.ResourcePattern | undefined => {
  const text = Request.resourceText(request)
  const isExact = text === '*' || text.endsWith(':repository/*') || !/[*?$]/.test(text)
  const pattern = Resource.parsePattern(text)
  return isExact && E.isRight(pattern) ? pattern.right : undefined
}

// ---- callers ----

type Name = Pick<Terms, 'principal' | 'conditions'>

/** How a caller can be named without others, the usual way first. */
const names = (request: Request.Request): readonly Name[] => {
  const caller = request.principal
  switch (caller._tag) {
    case 'RoleSession':
      if (isReplication(request))
        // which nobody asks for himself
        return named('AWS', `arn:${caller.partition}:iam::${caller.account}:root`)
      return [
        ...named('AWS', givenArn(request) ?? roleOf(caller)),
        ...onlyFor(request, Principal.everyone),
        ...named('AWS', Caller.show(caller)),
      ]
    case 'User':
    case 'FederatedUser':
      return named('AWS', Caller.show(caller))
    case 'RootUser':
      return named('AWS', Caller.show(caller)).flatMap(({ principal }) =>
        principal === undefined ? [] : onlyFor(request, principal),
      )
    case 'Service': {
      const source = sourceOf(request)
      return source === undefined
        ? []
        : named('Service', caller.host).map((name) => ({
            ...name,
            conditions: conditions(sourceTests(source)),
          }))
    }
    case 'IdentityProvider':
      return named('Federated', caller.id)
    case 'Anonymous':
      return []
  }
}

const named = (type: Principal.PrincipalType, text: string): readonly Name[] => {
  const principal = Principal.parse(type)(text)
  return E.isRight(principal) ? [{ principal: principal.right, conditions: Condition.none }] : []
}

/** U-11: the role's ARN as the request tells it. */
const givenArn = ({ context }: Request.Request): string | undefined => {
  const given = Context.get('aws:PrincipalArn')(context)
  return given?.length === 1 ? given[0] : undefined
}

/** SA-5: a principal that names more, narrowed to one. */
const onlyFor = (request: Request.Request, principal: Principal.Principal): readonly Name[] => {
  const [arn, ...more] = Request.principalArn(request)
  return arn === undefined || more.length > 0 || !isPlain(arn)
    ? []
    : [{ principal, conditions: conditions([['ArnEquals', 'aws:PrincipalArn', arn]]) }]
}

const conditions = (
  tests: readonly (readonly [operator: string, key: string, value: string])[],
): Condition.ConditionBlock => {
  const made = tests.flatMap(([operator, key, value]) => {
    const condition = Condition.make(operator, key, [value])
    return E.isRight(condition) ? [condition.right] : []
  })
  return E.getOrElse(() => Condition.none)(Condition.block(made))
}

// ---- roles ----

/** What the names of roles begin with that IAM Identity Center makes for permission sets. */
const RESERVED = 'AWSReservedSSO_'

/**
 * Is this a session of a role that IAM Identity Center made for a permission set? Such a role cannot be edited itself.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isReserved = ({ role }: Caller.RoleSession): boolean => role.startsWith(RESERVED)

/**
 * The ARN of a session's role. That of a role of IAM Identity Center has a path of which all is known but a Region, which
 * stands in it unless it is us-east-1.
 *
 * @category destructors
 * @since 0.1.0
 */
export const roleOf = (caller: Caller.RoleSession): string =>
  Caller.roleArn(
    caller.path === undefined && isReserved(caller)
      ? { ...caller, path: '/aws-reserved/sso.amazonaws.com/' }
      : caller,
  )

/**
 * Is a role named without its path being known? Sessions do not tell it, and ECR refuses a principal that there is not.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isPathUnknown = (request: Request.Request): boolean =>
  request.principal._tag === 'RoleSession' &&
  request.principal.path === undefined &&
  givenArn(request) === undefined

// ---- statements ----

/**
 * The statement that makes a grant.
 *
 * @category constructors
 * @since 0.1.0
 */
export const statementOf = (
  { principal, resource, conditions: conditioned }: Terms,
  actions: readonly [Action.Action, ...(readonly Action.Action[])],
): Statement.Statement => {
  const common = {
    sid: undefined,
    effect: 'Allow',
    action: { _tag: 'Action', patterns: patterns(actions) },
    conditions: conditioned,
  } as const
  const listed = resource === undefined ? undefined : ({ _tag: 'Resource', patterns: [resource] } as const)
  return principal === undefined
    ? Statement.identity({ ...common, resource: listed ?? everything })
    : Statement.resource({
        ...common,
        principal: { _tag: 'Principal', principals: Principal.list([principal]) },
        resource: listed ?? Resource.attached,
      })
}

const everything = /* @__PURE__ */ Frozen.deep({
  _tag: 'Resource',
  patterns: [Resource.parsePatternOrThrow('*')],
} as const)

/**
 * Actions as patterns, which they are.
 *
 * @category constructors
 * @since 0.1.0
 */
export const patterns = (
  actions: readonly [Action.Action, ...(readonly Action.Action[])],
): readonly [Action.ActionPattern, ...(readonly Action.ActionPattern[])] => {
  const [first, ...rest] = actions
  return [Action.parsePatternOrThrow(first), ...rest.map(Action.parsePatternOrThrow)]
}
