/**
 * What matchers are given, read. Tests have policies as model values, as parsed JSON and as the text of files; whatever
 * cannot be read is told with its place, and never thrown.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { parse, parseScenario, renderErrors, scenarioToJson, type PolicyErrors } from '../codec/index.js'
import * as Ecr from '../ecr/index.js'
import {
  Caller,
  DocumentJson,
  Environment,
  Problem,
  type Context,
  type Document,
  type PolicyKind,
  type Request,
} from '../model/index.js'

// ---- model ----

/**
 * A policy as tests have it: a `Document`, an object as `JSON.parse` gives it, or JSON text.
 *
 * @category model
 * @since 0.1.0
 */
export type PolicyLike = Document.Document | object | string

/**
 * A repository: the value, its ARN, or the address of an image in it.
 *
 * @category model
 * @since 0.1.0
 */
export type RepositoryLike = Ecr.Repository.Repository | string

/**
 * A request: the value, or its texts. `principal` and `context` may be left to what the request is asked of; a context given
 * here is added to that one.
 *
 * @category model
 * @since 0.1.0
 */
export type RequestLike =
  Request.Request | (Omit<Request.RequestInput, 'principal'> & { readonly principal?: string | undefined })

/**
 * A request and the policies that it meets.
 *
 * @category model
 * @since 0.1.0
 */
export interface Question {
  readonly environment: Environment.Environment
  readonly request: Request.Request
}

/** What was read; or what is wrong, for people. */
type Read<A> = E.Either<string, A>

type Members = Readonly<Record<string, unknown>>

// ---- refinements ----

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

const hasTag =
  <T extends { readonly _tag: string }>(...tags: readonly T['_tag'][]) =>
  (value: unknown): value is T =>
    isObject(value) && tags.some((tag) => tag === value['_tag'])

const isDocument = hasTag<Document.Document>('Document')
const isRepository = hasTag<Ecr.Repository.Repository>('Repository')
const isRequest = hasTag<Request.Request>('Request')
const isCaller = hasTag<Caller.Caller>(
  'RootUser',
  'User',
  'RoleSession',
  'FederatedUser',
  'Service',
  'IdentityProvider',
  'Anonymous',
)

const isContext = (value: unknown): value is Context.Context =>
  isList(value) && value.every((entry) => isObject(entry) && isList(entry['values']))

/** The members of an environment that hold policies, or lists of them, or lists of lists. */
const slots = [
  'identityPolicies',
  'permissionsBoundary',
  'sessionPolicies',
  'resourcePolicy',
  'registryPolicy',
  'endpointPolicies',
  'serviceControlPolicies',
  'resourceControlPolicies',
] as const

/** An environment of documents that are all read already. */
const isEnvironment = (value: unknown): value is Environment.Environment =>
  hasTag<Environment.Environment>('Environment')(value) &&
  [slots.map((slot): unknown => value[slot])]
    .flat(3)
    .every((policy) => policy === undefined || isDocument(policy))

// ---- texts ----

const found = (value: unknown): string => {
  if (typeof value === 'string') return Problem.quote(value)
  if (value === null || value === undefined) return String(value)
  return isList(value) ? 'a list' : isObject(value) ? 'an object' : `a ${typeof value}`
}

const invalid = (what: string, errors: PolicyErrors): string =>
  [`${what} cannot be read: ${count(errors)}`, renderErrors(errors)].join('\n')

const count = ({ length }: PolicyErrors): string => `${length} ${length === 1 ? 'error' : 'errors'}`

/** Getters and proxies may throw: what cannot be read is told as anything else that is wrong. */
const total =
  <Args extends readonly unknown[], A>(read: (...given: Args) => Read<A>) =>
  (...given: Args): Read<A> =>
    E.flatten(
      E.tryCatch(
        () => read(...given),
        () => 'what is given cannot be read: reading it throws',
      ),
    )

// ---- documents and repositories ----

/**
 * A policy, of a kind when one is told.
 *
 * @category constructors
 * @since 0.1.0
 */
export const readPolicy: (
  what: string,
  given: unknown,
  kind?: PolicyKind.PolicyKind,
) => Read<Document.Document> = total((what, given, kind) => {
  if (isDocument(given)) return E.right(given)
  const read = kind === undefined ? parse(given) : parse(given, kind)
  return E.isLeft(read) ? E.left(invalid(what, read.left)) : read
})

/**
 * A repository.
 *
 * @category constructors
 * @since 0.1.0
 */
export const readRepository: (given: unknown) => Read<Ecr.Repository.Repository> = total((given) => {
  if (isRepository(given)) return E.right(given)
  return typeof given === 'string'
    ? E.mapLeft(Problem.show)(Ecr.Repository.parse(given))
    : E.left(`a repository is its ARN or the address of an image in it, as text, not ${found(given)}`)
})

// ---- questions ----

/** What was given as plain data: documents among it become the JSON that they stand for. */
const plain = (value: unknown): unknown => (isDocument(value) ? DocumentJson.toJson(value) : value)

const plainSlot = (value: unknown): unknown =>
  isList(value) ? value.map((item): unknown => (isList(item) ? item.map(plain) : plain(item))) : plain(value)

const plainContext = (context: unknown): Members => {
  if (isContext(context)) return DocumentJson.object(context.map(({ name, values }) => [name, values]))
  return isObject(context) ? context : {}
}

const plainRequest = (asked: Members, given: Members): unknown => {
  const principal = asked['principal'] ?? given['principal']
  return {
    ...asked,
    principal: isCaller(principal) ? Caller.show(principal) : principal,
    context: { ...plainContext(given['context']), ...plainContext(asked['context']) },
  }
}

/** Beside the policies: what a request is made of, and what tables of scenarios hold. */
const notPolicies = ['_tag', 'principal', 'context', 'request', 'expect']

const policiesOf = (given: Members): Members =>
  Object.fromEntries(
    Object.entries(given)
      .filter(([name]) => !notPolicies.includes(name))
      .map(([name, value]) => [name, plainSlot(value)]),
  )

const readPlain = (given: Members, asked: Members): E.Either<PolicyErrors, Question> =>
  parseScenario({
    ...(isEnvironment(given) ? {} : policiesOf(given)),
    request: plainRequest(asked, given),
  })

/**
 * A request, and the policies to ask: an environment, an access, or their parts with policies of any form.
 *
 * @category constructors
 * @since 0.1.0
 */
export const readQuestion: (given: unknown, asked: unknown) => Read<Question> = total((given, asked) => {
  if (isPolicy(given)) return E.left(loosePolicy)
  if (!isObject(given)) return E.left(`policies to ask are expected, not ${found(given)}: ${partsNeeded}`)
  if (!isObject(asked))
    return E.left(`a request is an object with \`action\` and \`resource\`, not ${found(asked)}`)
  const whole = isRequest(asked) ? asked : undefined
  const read = readPlain(given, whole === undefined ? asked : requestJson(whole))
  if (E.isLeft(read)) return E.left(invalid('the question', read.left))
  const principal = asked['principal'] ?? given['principal']
  const request = whole ?? { ...read.right.request, ...(isCaller(principal) ? { principal } : {}) }
  return E.right({ environment: isEnvironment(given) ? given : read.right.environment, request })
})

const requestJson = (request: Request.Request): Members => {
  const json: unknown = scenarioToJson({ request, environment: Environment.empty, expect: undefined })[
    'request'
  ]
  return isObject(json) ? json : {}
}

const partsNeeded = 'give `{ principal, identityPolicies, resourcePolicy, ... }`'

/** One policy by itself: it does not say whose it is, nor whether it is the caller's or the owner's. */
const isPolicy = (given: unknown): boolean =>
  isDocument(given) || (isObject(given) && Object.hasOwn(given, 'Statement'))

const loosePolicy =
  "this is a policy by itself: give `{ principal, identityPolicies: [policy] }`, or `resourcePolicy: policy` if it is the owner's"

/**
 * A caller and the policies that bear on him: an access, or its parts with policies of any form.
 *
 * @category constructors
 * @since 0.1.0
 */
export const readAccess: (given: unknown) => Read<Ecr.Access> = total((given) => {
  if (isPolicy(given)) return E.left(loosePolicy)
  if (!isObject(given)) return E.left(`an access is expected, not ${found(given)}: ${partsNeeded}`)
  if (given['principal'] === undefined)
    return E.left('the access has no `principal`: give the ARN of who asks, beside the policies')
  const read = readPlain(given, { action: 'ecr:GetAuthorizationToken', resource: '*' })
  if (E.isLeft(read)) return E.left(invalid('the access', outsideRequest(read.left)))
  const { environment, request } = read.right
  const principal = isCaller(given['principal']) ? given['principal'] : request.principal
  return E.right(Ecr.within(isEnvironment(given) ? given : environment, request.context)(principal))
})

/** Who asks and the context stand in the access itself, and not under `request`. */
const outsideRequest = ([first, ...rest]: PolicyErrors): PolicyErrors => {
  const moved = (error: PolicyErrors[0]): PolicyErrors[0] => ({
    ...error,
    pointer: error.pointer.replace(/^\/request(?=\/)/u, ''),
  })
  return [moved(first), ...rest.map(moved)]
}
