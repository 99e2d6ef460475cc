/**
 * fast-check arbitraries of everything that a property about policies quantifies over.
 *
 * Policies and requests that are drawn apart hardly ever meet: nearly every request would be denied for want of any
 * statement about it. So each policy is written about a request, `near`, with patterns made from the request's own
 * texts, and with single elements off on purpose; an omitted `near` is drawn as well. What is drawn is what the
 * grammar of its kind admits. Everything shrinks: to fewer statements, and each of them to a plainer one.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import type { Scenario } from '../codec/index.js'
import {
  Arn,
  Condition,
  getOrThrow,
  PolicyKind,
  Problem,
  type Action,
  type Caller,
  type Context,
  type Document,
  type Environment,
  type Principal,
  type Request,
  type Resource,
  type Statement,
} from '../model/index.js'
import * as callers from './callers.js'
import { from, read, tape, type Choices } from './Choices.js'
import * as conditions from './conditions.js'
import * as documents from './documents.js'
import * as elements from './elements.js'
import * as environments from './environments.js'
import * as requests from './requests.js'
import { shapeOf } from './shapes.js'
import { world as worldOf, type Service, type Tuning, type World } from './Tuning.js'

// ---- model ----

/**
 * What to draw from (every part optional), and `near`: the request that policies are written about.
 *
 * @category model
 * @since 0.1.0
 */
export type Options = Partial<Tuning> & { readonly near?: Request.Request | undefined }

export type { Service, Tuning }

/** Numbers enough for one request, so that runs of the tape never meet its end. */
const REQUEST = 48
const ELEMENT = 40

// ---- constructors ----

const requestOf = (world: World): fc.Arbitrary<Request.Request> =>
  from(REQUEST, (choices) => requests.request(choices, world))

/** What is written about a request: the one given, or one drawn along with it. */
const about = <A>(
  options: Options,
  build: (target: documents.Target, world: World, choices: Choices) => A,
): fc.Arbitrary<A> => {
  const world = worldOf(options)
  const near = options.near === undefined ? requestOf(world) : fc.constant(options.near)
  return fc
    .tuple(near, tape(ELEMENT))
    .map(([request, numbers]) => build(documents.target(request), world, read(numbers)))
}

/** In three of four draws what is drawn is about the request, in the fourth it just fails to be. */
const isHit = (choices: Choices): boolean => !choices.chance(0.25)

/**
 * Account ids: those of the options.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { arbitrary } from 'ecr-policy/testing'
 *
 * fc.assert(fc.property(arbitrary.accountId(), (id) => id.length === 12))
 *
 * @category constructors
 * @since 0.1.0
 */
export const accountId = (options: Partial<Tuning> = {}): fc.Arbitrary<Arn.AccountId> => {
  const ids = worldOf(options).accounts.filter(Arn.isAccountId)
  return fc.constantFrom(...ids)
}

/**
 * ARNs of resources of the options' services: repositories, buckets, keys, roles, tables.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { arbitrary } from 'ecr-policy/testing'
 *
 * fc.assert(fc.property(arbitrary.arn({ services: ['ecr'] }), (arn) => arn.resource.startsWith('repository/')))
 *
 * @category constructors
 * @since 0.1.0
 */
export const arn = (options: Partial<Tuning> = {}): fc.Arbitrary<Arn.Arn> => {
  const world = worldOf(options)
  return from(8, (choices) => {
    const where = callers.partition(choices, world)
    const account = choices.one(world.accounts)
    const text = requests.resourceText(choices, world, choices.one(world.services), where, account)
    return E.getOrElse(() => fallbackArn)(Arn.parse(text))
  })
}

const fallbackArn = Arn.parseOrThrow('arn:aws:ecr:eu-west-1:111122223333:repository/app')

/**
 * Actions of the options' services, now and then in odd letter case.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { Action } from 'ecr-policy'
 * import { arbitrary } from 'ecr-policy/testing'
 *
 * fc.assert(fc.property(arbitrary.action({ services: ['ecr'] }), (action) => Action.service(action) === 'ecr'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const action = (options: Partial<Tuning> = {}): fc.Arbitrary<Action.Action> =>
  requestOf({ ...worldOf(options) }).map((request) => request.action)

/**
 * Action patterns near the action of a request.
 *
 * @category constructors
 * @since 0.1.0
 */
export const actionPattern = (options: Options = {}): fc.Arbitrary<Action.ActionPattern> =>
  about(options, ({ request }, world, choices) =>
    elements.actionPattern(choices, world, shapeOf('identity'), request.action, isHit(choices)),
  )

/**
 * Resource patterns near the resource of a request.
 *
 * @category constructors
 * @since 0.1.0
 */
export const resourcePattern = (options: Options = {}): fc.Arbitrary<Resource.ResourcePattern> =>
  about(options, ({ request, known }, world, choices) =>
    elements.resourcePattern(choices, world, request, known, isHit(choices)),
  )

/**
 * Callers of every form: users, role sessions, roles of unknown session, federated users, root users, services,
 * identity providers, nobody.
 *
 * @category constructors
 * @since 0.1.0
 */
export const caller = (options: Partial<Tuning> = {}): fc.Arbitrary<Caller.Caller> =>
  from(16, (choices) => callers.caller(choices, worldOf(options)))

/**
 * Principals near the caller of a request: he himself, his account, everyone, or somebody much like him.
 *
 * @category constructors
 * @since 0.1.0
 */
export const principal = (options: Options = {}): fc.Arbitrary<Principal.Principal> =>
  about(options, ({ request }, world, choices) =>
    callers.principal(choices, world, request.principal, isHit(choices)),
  )

/**
 * Single conditions near the context of a request: every operator, with set qualifiers and IfExists.
 *
 * @category constructors
 * @since 0.1.0
 */
export const condition = (options: Options = {}): fc.Arbitrary<Condition.Condition> =>
  about(
    options,
    ({ known }, world, choices) =>
      conditions.condition(choices, world, known, isHit(choices)) ?? fallbackCondition,
  )

const fallbackCondition = getOrThrow(Problem.show)(Condition.make('Null', 'aws:username', ['true']))

/**
 * Condition blocks of at most three conditions near the context of a request.
 *
 * @category constructors
 * @since 0.1.0
 */
export const conditionBlock = (options: Options = {}): fc.Arbitrary<Condition.ConditionBlock> =>
  withRequest(options, fc.noBias(fc.array(tape(ELEMENT), { maxLength: 3 })), ({ known }, world, tapes) =>
    conditions.block(
      tapes.map((numbers) => {
        const choices = read(numbers)
        return conditions.condition(choices, world, known, isHit(choices))
      }),
    ),
  )

/** Like `about`, from tapes of another make. */
const withRequest = <T, A>(
  options: Options,
  tapes: fc.Arbitrary<T>,
  build: (target: documents.Target, world: World, tapes: T) => A,
): fc.Arbitrary<A> => {
  const world = worldOf(options)
  const near = options.near === undefined ? requestOf(world) : fc.constant(options.near)
  return fc.tuple(near, tapes).map(([request, drawn]) => build(documents.target(request), world, drawn))
}

const staged = fc.noBias(
  fc.record({
    stance: fc.constantFrom<documents.Stance[]>('Allow', 'Allow', 'Deny', 'Silent'),
    tapes: documents.statementTapes,
  }),
)

/**
 * Statements without principals, as identity policies, boundaries, session policies and SCPs hold them.
 *
 * @category constructors
 * @since 0.1.0
 */
export const identityStatement = (options: Options = {}): fc.Arbitrary<Statement.IdentityStatement> =>
  withRequest(options, staged, (target, world, { stance, tapes }) =>
    documents.identityStatement(world, shapeOf('identity'), target, tapes, stance, 0),
  )

/**
 * Statements with principals, as policies of resources hold them.
 *
 * @category constructors
 * @since 0.1.0
 */
export const resourceStatement = (options: Options = {}): fc.Arbitrary<Statement.ResourceStatement> =>
  withRequest(options, staged, (target, world, { stance, tapes }) =>
    documents.resourceStatement(world, shapeOf('resource'), target, tapes, stance, 0),
  )

/**
 * Statements of either sort.
 *
 * @category constructors
 * @since 0.1.0
 */
export const statement = (options: Options = {}): fc.Arbitrary<Statement.Statement> =>
  fc.oneof(identityStatement(options), resourceStatement(options))

const stagedDocument = fc.noBias(
  fc.record({
    stance: fc.constantFrom<documents.Stance[]>('Allow', 'Allow', 'Deny', 'Silent'),
    tapes: documents.documentTapes,
  }),
)

/**
 * Documents of a kind, of at most three statements, such as the grammar of the kind admits. Sizes are not looked at.
 *
 * @example
 * import * as fc from 'fast-check'
 * import * as E from 'fp-ts/lib/Either.js'
 * import { Document } from 'ecr-policy'
 * import { arbitrary } from 'ecr-policy/testing'
 *
 * fc.assert(
 *   fc.property(arbitrary.document('rcp'), (rcp) => E.isRight(Document.parse(Document.toJson(rcp), 'rcp'))),
 * )
 *
 * @category constructors
 * @since 0.1.0
 */
export function document<K extends PolicyKind.PolicyKind>(
  kind: K,
  options?: Options,
): fc.Arbitrary<PolicyKind.DocumentOf<K>>
export function document(
  kind: PolicyKind.PolicyKind,
  options: Options = {},
): fc.Arbitrary<Document.Document> {
  return documentOf(kind, options)
}

const documentOf = (kind: PolicyKind.PolicyKind, options: Options): fc.Arbitrary<Document.Document> => {
  const make = PolicyKind.isResourceKind(kind)
    ? documents.resourceDocument(kind)
    : documents.identityDocument(kind)
  return withRequest<{ stance: documents.Stance; tapes: documents.DocumentTapes }, Document.Document>(
    options,
    stagedDocument,
    (target, world, { stance, tapes }) => make(world, target, tapes, stance),
  )
}

/**
 * Contexts of requests by a caller of any form: at most six keys, in odd letter case now and then.
 *
 * @category constructors
 * @since 0.1.0
 */
export const context = (options: Partial<Tuning> = {}): fc.Arbitrary<Context.Context> =>
  requestOf(worldOf(options)).map((request) => request.context)

/**
 * Requests.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { Environment, Simulator } from 'ecr-policy'
 * import { arbitrary } from 'ecr-policy/testing'
 *
 * fc.assert(
 *   fc.property(
 *     arbitrary.request(),
 *     (request) => Simulator.decide(Environment.empty, request).outcome !== 'ExplicitlyDenied',
 *   ),
 * )
 *
 * @category constructors
 * @since 0.1.0
 */
export const request = (options: Partial<Tuning> = {}): fc.Arbitrary<Request.Request> =>
  requestOf(worldOf(options))

/**
 * Environments about a request. Over all requests each outcome is about as common as the others, and often a single
 * edit away.
 *
 * @category constructors
 * @since 0.1.0
 */
export const environment = (options: Options = {}): fc.Arbitrary<Environment.Environment> =>
  withRequest(options, environments.environmentTapes, (target, world, tapes) =>
    environments.environment(world, target, tapes),
  )

/**
 * A request together with an environment about it, and no expectation.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { Simulator } from 'ecr-policy'
 * import { arbitrary } from 'ecr-policy/testing'
 *
 * fc.assert(
 *   fc.property(arbitrary.scenario(), ({ environment, request }) => {
 *     const allowsNothing = { ...environment, identityPolicies: [], resourcePolicy: undefined, registryPolicy: undefined }
 *     const { outcome } = Simulator.decide(allowsNothing, request)
 *     return request.principal._tag === 'RootUser' || outcome !== 'Allowed'
 *   }),
 * )
 *
 * @category constructors
 * @since 0.1.0
 */
export const scenario = (options: Options = {}): fc.Arbitrary<Scenario> =>
  withRequest(options, environments.environmentTapes, (target, world, tapes) => ({
    request: target.request,
    environment: environments.environment(world, target, tapes),
    expect: undefined,
  }))
