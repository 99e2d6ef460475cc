/**
 * Requests made ready for compiled environments: what tells requests apart is read off once, the rest when it is first
 * looked at, so that one request is cheap to ask of many environments.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Action, Caller, Condition, Context, Principal, Request } from '../model/index.js'
import { Remember } from '../pattern/index.js'
import { paths } from './compileGlob.js'
import { traits, type Traits } from './flow.js'
import { prepare } from './match.js'
import { subject, type Subject } from './principal.js'

// ---- model ----

/**
 * A request made ready.
 *
 * - `way`: its traits in one text. Requests of one way meet the same layers and the same formula in an environment.
 * - `values`: those of a context key, its name in lower case; undefined when it is missing.
 *
 * @category model
 * @since 0.1.0
 */
export interface PreparedRequest {
  readonly _tag: 'PreparedRequest'
  readonly request: Request.Request
  readonly traits: Traits
  readonly way: string
  readonly resource: string
  /** What the resource begins with, part by part. */
  readonly paths: () => readonly string[]
  /** The values of a context key, folded; undefined when it is missing. */
  readonly values: (key: string) => readonly string[] | undefined
  /** The caller as principals are compared with him. */
  readonly identity: () => Identity
}

/**
 * The caller as principals are compared with him.
 *
 * - `bounded`: the subject where a permissions boundary is set on the caller (PR-11).
 * - `name`: which entries of a principal list may name the caller besides those of his account, see `callerName`;
 *   undefined: all of them.
 *
 * @category model
 * @since 0.1.0
 */
export interface Identity {
  readonly subject: Subject
  readonly bounded: Subject
  readonly name: string | undefined
  readonly account: string
}

// ---- constructors ----

/** So many requests are remembered. */
const REQUESTS = 512

/**
 * Makes a request ready to be asked of many compiled environments. Some hundreds are remembered, so that preparing the same
 * request again soon costs a lookup.
 *
 * @example
 * import { Environment, Request, Simulator } from 'ecr-policy'
 *
 * const request = Request.makeOrThrow({ principal: 'anonymous', action: 'ecr:DescribeRegistry', resource: '*' })
 * const prepared = Simulator.prepareRequest(request)
 * Simulator.compile(Environment.empty).outcome(prepared) // => 'ImplicitlyDenied'
 *
 * @category constructors
 * @since 0.1.0
 */
export const prepareRequest: (request: Request.Request) => PreparedRequest = Remember.recent(
  REQUESTS,
  (request) => {
    const its = traits(request)
    const values = valuesOf(request)
    const resource = Request.resourceText(request)
    return Object.freeze<PreparedRequest>({
      _tag: 'PreparedRequest',
      request,
      traits: Object.freeze(its),
      way: `${its.caller} ${its.relation} ${its.resource} ${String(its.serviceLinked)} ${its.action}`,
      resource,
      paths: Remember.once(() => Object.freeze(paths(resource))),
      values,
      identity: Remember.once(() =>
        values(principalArnKey) === derived(request.principal).get(principalArnKey)
          ? identity(request.principal)
          : identityOf(prepare(request, false).subject),
      ),
    })
  },
)

// ---- context ----

const principalArnKey = 'aws:principalarn'
const ownerKey = 'aws:resourceaccount'

type Index = ReadonlyMap<string, readonly string[]>

const indexOf = (context: Context.Context): Index =>
  new Map(context.map(({ name, values }) => [Condition.foldKey(name), values]))

/** `Request.fullContext`, part by part as it is asked for: what was given, the owner, what follows from the caller. */
const valuesOf = (request: Request.Request): PreparedRequest['values'] => {
  const given = Remember.once(() => indexOf(request.context))
  const owner = Remember.once(() => Request.ownerAccount(request))
  return (key) => {
    const values = given().get(key)
    if (values !== undefined) return values
    if (key !== ownerKey) return derived(request.principal).get(key)
    const account = owner()
    return account === undefined ? undefined : [account]
  }
}

/** What follows from the caller alone, and for want of a resource his account as that of the owner. */
const derived: (caller: Caller.Caller) => Index = Remember.ofValue((principal) =>
  indexOf(
    Request.fullContext({
      _tag: 'Request',
      principal,
      action: Action.parseOrThrow('sts:GetCallerIdentity'),
      resource: '*',
      context: Context.empty,
    }),
  ),
)

// ---- callers ----

const identityOf = (own: Subject): Identity => ({
  subject: own,
  bounded: subject(own.caller, own.principalArn, true),
  name: nameOf(own),
  account: Caller.hasAccount(own.caller) ? own.caller.account : '',
})

const identity: (caller: Caller.Caller) => Identity = Remember.ofValue((caller) =>
  identityOf(subject(caller, undefined, false)),
)

/** U-11: a role may be named by an ARN that the request gives, and then it is enough to look where both agree. */
const nameOf = ({ caller, principalArn }: Subject): string | undefined => {
  const name = callerName(caller)
  if (caller._tag !== 'RoleSession' || principalArn === undefined) return name
  const given = Principal.parse('AWS')(principalArn)
  return E.isRight(given) && entryName(given.right) === name ? name : undefined
}

// ---- destructors ----

/**
 * The account of a caller and his own name in it, or the name of a service or identity provider: an entry can only name
 * the caller if its `entryName` is this, or the account.
 *
 * @category destructors
 * @since 0.1.0
 */
export const callerName = (caller: Caller.Caller): string => {
  switch (caller._tag) {
    case 'RootUser':
      return caller.account
    case 'User':
    case 'FederatedUser':
      return `${caller.account}/${caller.name}`
    case 'RoleSession':
      return `${caller.account}/${caller.role}`
    case 'Service':
    case 'IdentityProvider':
    case 'Anonymous':
      return Caller.show(caller)
  }
}

/**
 * The `callerName` of the callers that an entry may name; of all callers of the account for an account, undefined for an
 * entry that may name anybody or names nobody.
 *
 * @category destructors
 * @since 0.1.0
 */
export const entryName = (entry: Principal.Principal): string | undefined => {
  switch (entry._tag) {
    case 'Account':
      return entry.account
    case 'User':
    case 'Role':
    case 'FederatedUser':
      return `${entry.account}/${entry.name}`
    case 'AssumedRoleSession':
      return `${entry.account}/${entry.role}`
    case 'Service':
    case 'IdentityProvider':
      return Principal.show(entry)
    case 'Everyone':
    case 'CanonicalUser':
    case 'UniqueId':
      return undefined
  }
}
