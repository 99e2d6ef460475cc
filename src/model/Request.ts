/**
 * A `Request` is what a decision is taken on: caller, action, resource and context (RC-1).
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import * as Action from './Action.js'
import * as Arn from './Arn.js'
import * as Caller from './Caller.js'
import * as Context from './Context.js'
import * as Given from './Given.js'
import { getOrThrow } from './orThrow.js'
import { show as showProblem, type Problem } from './Problem.js'
import { Frozen } from '../pattern/index.js'

// ---- model ----

/**
 * One request. `resource` is `*` for an action without resource (SM-R7); `resourceAccount` is the resource's owner,
 * for ARNs that do not name one.
 *
 * @category model
 * @since 0.1.0
 */
export interface Request {
  readonly _tag: 'Request'
  readonly principal: Caller.Caller
  readonly action: Action.Action
  readonly resource: Arn.Arn | '*'
  readonly resourceAccount?: Arn.AccountId | undefined
  readonly context: Context.Context
}

/**
 * The texts a request is made from.
 *
 * @category model
 * @since 0.1.0
 */
export interface RequestInput {
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly resourceAccount?: string | undefined
  readonly context?: Context.ContextInput | undefined
}

// ---- constructors ----

/**
 * Reads a request from texts.
 *
 * **Errors** the first of `InvalidCaller`, `InvalidAction`, `InvalidArn`, `InvalidAccountId`; before them what types rule
 * out: `MissingElement`, `InvalidType`, `UnknownElement`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (input: RequestInput): E.Either<Problem, Request> => {
  const fault = inputFault(input, '')
  if (fault !== undefined) return E.left(fault)
  const principal = Caller.parse(input.principal)
  if (E.isLeft(principal)) return principal
  const action = Action.parse(input.action)
  if (E.isLeft(action)) return action
  const resource = parseResource(input.resource)
  if (E.isLeft(resource)) return resource
  const owner =
    input.resourceAccount === undefined ? E.right(undefined) : Arn.accountId(input.resourceAccount)
  if (E.isLeft(owner)) return owner
  return E.right(
    Object.freeze<Request>({
      _tag: 'Request',
      principal: principal.right,
      action: action.right,
      resource: resource.right,
      resourceAccount: owner.right,
      context: Context.make(input.context ?? {}),
    }),
  )
}

const inputFault = /* @__PURE__ */ Given.recordOf('a request', {
  principal: Given.text,
  action: Given.text,
  resource: Given.text,
  resourceAccount: /* @__PURE__ */ Given.optional(Given.text),
  context: /* @__PURE__ */ Given.optional(Given.context),
})

/**
 * Reads a request from texts, or throws.
 *
 * @example
 * import { Request } from 'ecr-policy'
 *
 * Request.makeOrThrow({
 *   principal: 'arn:aws:iam::111122223333:role/node',
 *   action: 'ecr:BatchGetImage',
 *   resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
 * }).action // => 'ecr:BatchGetImage'
 *
 * @category constructors
 * @since 0.1.0
 */
export const makeOrThrow = (input: RequestInput): Request => getOrThrow(showProblem)(make(input))

/**
 * Reads the resource of a request: `*` or an ARN. What looks like a wildcard in it is literal text.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parseResource = (text: string): E.Either<Problem, Arn.Arn | '*'> =>
  text === '*' ? E.right('*') : Arn.parse(text)

// ---- destructors ----

/**
 * The resource as text.
 *
 * @category destructors
 * @since 0.1.0
 */
export const resourceText = ({ resource }: Request): string => (resource === '*' ? '*' : resource.text)

/**
 * The account that owns the resource: as given, else the ARN's; for a request without resource the caller's own.
 * Undefined when nothing tells.
 *
 * @category destructors
 * @since 0.1.0
 */
export const ownerAccount = ({
  resourceAccount,
  resource,
  principal,
}: Request): Arn.AccountId | undefined => {
  if (resourceAccount !== undefined) return resourceAccount
  if (resource !== '*') return Arn.isAccountId(resource.account) ? resource.account : undefined
  return Caller.hasAccount(principal) ? principal.account : undefined
}

/**
 * The whole context of a request: what was given, and the keys that follow from caller and resource where they were
 * not given (RC-5, RC-6).
 *
 * Derived are aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalType, aws:PrincipalIsAWSService,
 * aws:PrincipalServiceName, aws:username, aws:userid (root and federated users) and aws:ResourceAccount.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const fullContext = (request: Request): Context.Context => {
  const owner = ownerAccount(request)
  return Context.fromEntries([
    ...derivedFromCaller(request.principal),
    ...(owner === undefined ? [] : [['aws:ResourceAccount', owner] as const]),
    ...request.context.map(({ name, values }) => [name, values] as const),
  ])
}

type Pair = readonly [string, string]

const derivedFromCaller = (caller: Caller.Caller): readonly Pair[] => {
  switch (caller._tag) {
    case 'RootUser':
      return [...account(caller, 'Account', Caller.show(caller)), ['aws:userid', caller.account]]
    case 'User':
      return [...account(caller, 'User', Caller.show(caller)), ['aws:username', caller.name]]
    case 'RoleSession':
      return account(caller, 'AssumedRole', Caller.roleArn(caller))
    case 'FederatedUser':
      return [
        ...account(caller, 'FederatedUser', Caller.show(caller)),
        ['aws:userid', `${caller.account}:${caller.name}`],
      ]
    case 'Service':
      return [
        ['aws:PrincipalIsAWSService', 'true'],
        ['aws:PrincipalServiceName', caller.host],
      ]
    case 'Anonymous':
      return [['aws:PrincipalType', 'Anonymous']]
    case 'IdentityProvider':
      return []
  }
}

const account = (caller: Caller.AccountCaller, type: string, arn: string): readonly Pair[] => [
  ['aws:PrincipalArn', arn],
  ['aws:PrincipalAccount', caller.account],
  ['aws:PrincipalType', type],
  ['aws:PrincipalIsAWSService', 'false'],
]

/**
 * The values of aws:PrincipalArn: as given, else derived from the caller.
 *
 * @category destructors
 * @since 0.1.0
 */
export const principalArn = (request: Request): readonly string[] =>
  Context.get('aws:PrincipalArn')(fullContext(request)) ?? []

// ---- instances ----

/**
 * Equal when caller, action (letter case aside), resource, owner given and context are.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Request> = /* @__PURE__ */ Frozen.deep({
  equals: (a, b) =>
    Caller.Eq.equals(a.principal, b.principal) &&
    Action.Eq.equals(a.action, b.action) &&
    resourceText(a) === resourceText(b) &&
    a.resourceAccount === b.resourceAccount &&
    Context.Eq.equals(a.context, b.context),
})
