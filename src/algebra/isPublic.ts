/**
 * Questions about one or two documents that need no environment: what both allow, who of the public may do something,
 * what lies beyond a given set.
 *
 * @since 0.1.0
 */
import { Document, Principal, Resource, Statement, Action, Condition, type Request } from '../model/index.js'
import { Budget, Frozen, Glob, StringSet } from '../pattern/index.js'
import { accountsOf, callersOf } from './accounts.js'
import type { Box } from './Box.js'
import { isNoBroader } from './compare.js'
import { ask, type Answer } from './question.js'
import { needsOf, type Need } from './residualNeeds.js'
import { absorbed, simplified, term, without } from './residualTerms.js'
import type { Undecided } from './Undecided.js'
import type { Universe } from './Universe.js'
import { variablesOf } from './variables.js'
import {
  allows,
  boxesOf,
  inWorlds,
  standardBudget,
  toVerdict,
  type Options,
  type Verdict,
} from './Verdict.js'
import { wellFormed } from './World.js'

// ---- disjoint ----

/**
 * Is there no request that both documents allow? `No` comes with one that both do.
 *
 * @category analysis
 * @since 0.1.0
 */
export const disjoint = (left: Document.Document, right: Document.Document, options: Options = {}): Verdict =>
  apart(Frozen.own(left), Frozen.own(right), options)

const apart = (left: Document.Document, right: Document.Document, options: Options): Verdict =>
  inWorlds(
    (world) =>
      toVerdict(
        ask(
          {
            documents: [left, right],
            obligations: (universe, lookup) => {
              const [ours, theirs] = [left, right].map((document) =>
                boxesOf(universe, lookup, document, 'Allow'),
              )
              const denies = [left, right].flatMap((document) => boxesOf(universe, lookup, document, 'Deny'))
              return (ours ?? []).flatMap((a) =>
                (theirs ?? []).map((b) => ({ inside: [a, b], outside: denies })),
              )
            },
            confirms: (request) => allows(left)(request) && allows(right)(request),
            world,
          },
          options.budget ?? standardBudget,
        ),
        world.name,
      ),
    options,
  )

// ---- the public ----

/**
 * Who of the public may do something: `Everyone` are unsigned requests too, `AnyAccount` callers of accounts that the
 * document does not name. `conditions`: what such a caller's request must meet, as alternatives of needs; one
 * alternative without needs means that nothing is asked; undefined when there are too many. `Private` is proven.
 *
 * @category model
 * @since 0.1.0
 */
export type Publicity =
  | { readonly _tag: 'Private'; readonly world: string; readonly spent: number }
  | {
      readonly _tag: 'Public'
      readonly audience: 'Everyone' | 'AnyAccount'
      readonly witness: Request.Request
      readonly conditions: readonly (readonly Need[])[] | undefined
      readonly world: string
    }
  | (Undecided & { readonly world: string })

const anonymous = StringSet.ofLiterals(['anonymous:'])

const accountShapes = StringSet.stringSet(
  ['root:', 'user:', 'role:', 'fed:'].map((shape) => Glob.concat([Glob.literal(shape), Glob.all])),
)

type Audience = (universe: Universe) => readonly Box[]

const allowedTo = (document: Document.Document, audience: Audience, options: Options): Answer =>
  ask(
    {
      documents: [document],
      obligations: (universe, lookup) => {
        const denies = boxesOf(universe, lookup, document, 'Deny')
        const base = audience(universe)
        return boxesOf(universe, lookup, document, 'Allow').map((allow) => ({
          inside: [...base, allow],
          outside: denies,
        }))
      },
      confirms: allows(document),
      world: options.world ?? wellFormed,
    },
    options.budget ?? standardBudget,
  )

const conditionsFor = (
  document: Document.Document,
  audience: Audience,
  budget: number,
): readonly (readonly Need[])[] | undefined => {
  const counter = Budget.start(budget)
  const { version } = document
  const reading = { version, atLeast: 'Account', hasBoundary: false, accountMeansRoot: false } as const
  const parts = (effect: Statement.Effect) =>
    document.statements
      .filter((statement) => statement.effect === effect)
      .map((statement) => needsOf(statement, reading))
  let terms = absorbed(parts('Allow').flatMap((needs) => term(needs) ?? [])) // local mutation: Deny by Deny
  for (const deny of parts('Deny')) {
    if (!counter.spend(terms.length * terms.length * (deny.length + 1))) return undefined
    terms = absorbed(terms.flatMap(without(deny)))
  }
  const few = variablesOf([document]).length === 0 ? simplified(terms, audience, counter) : terms
  return few.map((each) => Array.from(each.values()))
}

/**
 * May anybody at all, or anybody of any account, do something by this document? Conditions do not make it private by
 * themselves: they are told with the answer.
 *
 * **Cost** that of two comparisons, and of the alternatives of Denies.
 *
 * @category analysis
 * @since 0.1.0
 */
export const isPublic = (document: Document.Document, options: Options = {}): Publicity =>
  Frozen.deep(publicity(Frozen.own(document), options))

const publicity = (document: Document.Document, options: Options): Publicity => {
  const world = (options.world ?? wellFormed).name
  const { named } = accountsOf([document])
  const audiences: readonly (readonly ['Everyone' | 'AnyAccount', Audience])[] = [
    ['Everyone', (universe) => [universe.callers(anonymous)]],
    ['AnyAccount', (universe) => [universe.callers(accountShapes), callersOf(universe, named, true)]],
  ]
  let spent = 0 // local mutation: over both questions
  for (const [audience, boxes] of audiences) {
    const answer = allowedTo(document, boxes, options)
    spent += answer.spent
    if (answer._tag === 'Undecided') return { ...answer, world }
    if (answer._tag === 'Found') {
      const conditions = conditionsFor(document, boxes, options.budget ?? standardBudget)
      return { _tag: 'Public', audience, witness: answer.request, conditions, world }
    }
  }
  return { _tag: 'Private', world, spent }
}

// ---- beyond a set ----

/**
 * A set of requests by who, what and on what; what is left out is anything.
 *
 * @category model
 * @since 0.1.0
 */
export interface RequestSet {
  readonly principals?: readonly [Principal.Principal, ...(readonly Principal.Principal[])]
  readonly actions?: readonly [Action.ActionPattern, ...(readonly Action.ActionPattern[])]
  readonly resources?: readonly [Resource.ResourcePattern, ...(readonly Resource.ResourcePattern[])]
}

/**
 * What a document allows beyond a set: nothing, proven; or something, with a request.
 *
 * @category model
 * @since 0.1.0
 */
export type Beyond =
  | { readonly _tag: 'Nothing'; readonly world: string; readonly spent: number }
  | { readonly _tag: 'Something'; readonly witness: Request.Request; readonly world: string }
  | (Undecided & { readonly world: string })

const anyAction = Action.parsePatternOrThrow('*')

/**
 * Does the document allow a request outside of the set? Where it names no principals, any caller is meant.
 *
 * @example
 * import { Action, Algebra, Document, Principal, Resource } from 'ecr-policy'
 *
 * const policy = Document.parseOrThrow({
 *   Statement: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'ecr:BatchGetImage' },
 * }, 'ecr-repository')
 * const owner = Principal.parseOrThrow('AWS')('111122223333')
 * const reads = [Action.parsePatternOrThrow('ecr:Get*'), Action.parsePatternOrThrow('ecr:BatchGet*')] as const
 * Algebra.grantsBeyond(policy, { principals: [owner], actions: reads })._tag // => 'Nothing'
 * const team = Resource.parsePatternOrThrow('arn:aws:ecr:*:111122223333:repository/team/*')
 * Algebra.grantsBeyond(policy, { resources: [team] })._tag // => 'Something'
 *
 * @category analysis
 * @since 0.1.0
 */
export const grantsBeyond = (document: Document.Document, set: RequestSet, options: Options = {}): Beyond => {
  const fields = {
    sid: undefined,
    effect: 'Allow',
    action: { _tag: 'Action', patterns: set.actions ?? [anyAction] },
    resource: { _tag: 'Resource', patterns: set.resources ?? [Resource.parsePatternOrThrow('*')] },
    conditions: Condition.none,
  } as const
  const principals = Principal.list(set.principals ?? [Principal.everyone])
  const bounds = Document.make([
    Statement.resource({ ...fields, principal: { _tag: 'Principal', principals } }),
  ])
  const verdict = isNoBroader(document, bounds, options)
  switch (verdict._tag) {
    case 'Yes':
      return { _tag: 'Nothing', world: verdict.world, spent: verdict.spent }
    case 'No':
      return { _tag: 'Something', witness: verdict.witness, world: verdict.world }
    case 'Undecided':
      return verdict
  }
}
