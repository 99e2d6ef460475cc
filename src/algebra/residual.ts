/**
 * What is still needed: of a request only a part is known, and the answer is exactly what must hold of the rest for it
 * to be allowed, as alternatives of needs.
 *
 * @since 0.1.0
 */
import {
  Condition,
  Context,
  Request,
  type Action,
  type Arn,
  type Caller,
  type Environment,
} from '../model/index.js'
import { Budget, Frozen } from '../pattern/index.js'
import { Simulator } from '../simulator/index.js'
import type { Box } from './Box.js'
import { standardBudget, type Options } from './Verdict.js'
import { documentsOf, planOf, type Plan } from './environment.js'
import { ways, type Atom } from './environmentFormula.js'
import {
  holdsOf,
  needsOf,
  needsOfCell,
  showNeed,
  type AmongNeed,
  type ElementNeed,
  type Need,
} from './residualNeeds.js'
import { absorbed, simplified, term, without, type Term } from './residualTerms.js'
import * as situations from './situations.js'
import { undecided, type Undecided } from './Undecided.js'
import type { Universe } from './Universe.js'
import { variablesOf } from './variables.js'

// ---- model ----

/**
 * The part of a request that is known. A key in `absent` is known to be missing; a key in neither is not known. Keys
 * that follow from the caller are known with the caller.
 *
 * `resource` is known together with its owner: an ARN without account is of `resourceAccount`, or of nobody known.
 *
 * @category model
 * @since 0.1.0
 */
export interface PartialRequest {
  readonly principal?: Caller.Caller
  readonly action?: Action.Action
  readonly resource?: Arn.Arn | '*'
  readonly resourceAccount?: Arn.AccountId
  readonly context?: Context.Context
  readonly absent?: readonly string[]
}

/**
 * Allowed whatever the rest; never; or exactly when all needs of some alternative hold; or no answer.
 *
 * @category model
 * @since 0.1.0
 */
export type Residual =
  | { readonly _tag: 'Always' }
  | { readonly _tag: 'Never' }
  | { readonly _tag: 'When'; readonly alternatives: readonly (readonly Need[])[] }
  | Undecided

// ---- what is known ----

interface Known {
  readonly request: Request.Request
  /** Does what is known decide the need? */
  readonly decides: (need: ElementNeed) => boolean
  /** The parts of the cell that are not known, undefined when none of its requests can be meant. */
  readonly within: (cell: situations.Cell) => situations.Cell | undefined
  readonly all: situations.Cell
}

const someone: Caller.Caller = /* @__PURE__ */ Frozen.deep({ _tag: 'Anonymous' })

/** Keys that a caller's kind decides, whether it has them or not. */
const fromCaller = [
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principaltype',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:username',
]

const knownOf = (partial: PartialRequest): Known => {
  const request = filled(partial)
  const keys = knownKeys(partial, request)
  const within = narrowing(partial, Simulator.traits(request))
  return {
    request,
    within,
    all: within(situations.everything) ?? situations.everything,
    decides: (need) => variableKeys(need).every((key) => keys.has(key)) && isKnown(need, partial, keys),
  }
}

/** What is not known is filled in with something, which is never asked. */
const filled = (partial: PartialRequest): Request.Request => {
  const blank = Request.makeOrThrow({ principal: 'anonymous', action: 'x:x', resource: '*' })
  return {
    ...blank,
    principal: partial.principal ?? someone,
    action: partial.action ?? blank.action,
    resource: partial.resource ?? '*',
    resourceAccount: partial.resourceAccount,
    context: partial.context ?? Context.empty,
  }
}

const variableKeys = ({ version, part }: ElementNeed): readonly string[] =>
  variablesOf([{ _tag: 'Document', version, id: undefined, statements: [part] }]).map(Condition.foldKey)

const knownKeys = (
  { principal, resource, absent = [] }: PartialRequest,
  request: Request.Request,
): ReadonlySet<string> => {
  const ownerIsKnown = resource !== undefined && (resource !== '*' || principal !== undefined)
  const hasUserId = principal?._tag === 'RootUser' || principal?._tag === 'FederatedUser'
  return new Set([
    ...request.context.map(({ name }) => Condition.foldKey(name)),
    ...absent.map(Condition.foldKey),
    ...(principal === undefined ? [] : fromCaller),
    ...(hasUserId ? ['aws:userid'] : []),
    ...(ownerIsKnown ? ['aws:resourceaccount'] : []),
  ])
}

const narrowing =
  ({ principal, action, resource }: PartialRequest, its: Simulator.Traits): Known['within'] =>
  (cell) => {
    const one = <A>(all: readonly A[], isGiven: boolean, value: A): readonly A[] =>
      isGiven ? all.filter((each) => each === value) : all
    const hasBoth = principal !== undefined && resource !== undefined
    const left = {
      callers: one(cell.callers, principal !== undefined, situations.callerClass(its)),
      actions: one(cell.actions, action !== undefined, situations.actionClass(its.action)),
      resources: one(cell.resources, resource !== undefined, its.resource),
      relations: one(cell.relations, hasBoth, situations.relationOf(its)),
    }
    return Object.values(left).some((each) => each.length === 0) ? undefined : left
  }

const isKnown = (
  { element, part }: ElementNeed,
  { principal, action, resource }: PartialRequest,
  keys: ReadonlySet<string>,
): boolean => {
  switch (element) {
    case 'Principal':
      return principal !== undefined
    case 'Action':
      return action !== undefined
    case 'Resource':
      return resource !== undefined
    case 'Condition':
      return part.conditions.every(({ key }) => keys.has(Condition.foldKey(key)))
  }
}

// ---- alternatives ----

/** The needs of a statement that are not known to hold; undefined when one is known not to. */
type Remaining = (needs: readonly ElementNeed[]) => readonly ElementNeed[] | undefined

const remainingIn =
  ({ request, decides }: Known): Remaining =>
  (needs) => {
    const open = needs.filter((need) => !decides(need))
    return needs.every((need) => !decides(need) || holdsOf(request)(need)) ? open : undefined
  }

const statementsOf = (
  plan: Plan,
  effect: 'Allow' | 'Deny',
  of: (layer: Simulator.Layer) => boolean,
  atLeast: Atom['atLeast'],
): readonly (readonly ElementNeed[])[] =>
  plan.layers
    .filter(of)
    .flatMap(({ documents, accountMeansRoot }) =>
      documents.flatMap(({ statements, version }) =>
        statements
          .filter((statement) => statement.effect === effect)
          .map((statement) =>
            needsOf(statement, { version, atLeast, accountMeansRoot, hasBoundary: plan.hasBoundary }),
          ),
      ),
    )

/** `Left` of nothing: the budget ran out. */
const termsOf = (
  plan: Plan,
  own: readonly AmongNeed[],
  remaining: Remaining,
  counter: Budget.Counter,
): readonly Term[] | undefined => {
  const start = term(own)
  let terms: readonly Term[] = [] // local mutation: the terms so far
  for (const atoms of ways(plan.requires)) {
    let way = start === undefined ? [] : [start] // local mutation: the terms of this way so far
    for (const { layer, atLeast } of atoms) {
      const allows = statementsOf(
        plan,
        'Allow',
        ({ id, allows: counts }) => counts && id.type === layer.type && id.level === layer.level,
        atLeast,
      ).flatMap((needs) => {
        const left = remaining(needs)
        return left === undefined ? [] : [left]
      })
      if (!counter.spend(way.length * allows.length + 1)) return undefined
      way = [
        ...absorbed(
          way.flatMap((each) => allows.flatMap((needs) => term([...each.values(), ...needs]) ?? [])),
        ),
      ]
    }
    terms = [...terms, ...way]
  }
  terms = absorbed(terms)
  for (const needs of statementsOf(plan, 'Deny', () => true, 'Account')) {
    const left = remaining(needs)
    if (left === undefined) continue
    if (!counter.spend(terms.length * terms.length * (left.length + 1) + 1)) return undefined
    terms = absorbed(terms.flatMap(without(left)))
  }
  return terms
}

/**
 * What must hold of the unknown part of a request for an environment to allow it: exactly that.
 *
 * Speaks of requests whose keys follow from caller and resource where they do (RC-5, RC-6).
 *
 * **Cost** grows with the number of alternatives; `Undecided` when they are too many for the budget.
 *
 * @category analysis
 * @since 0.1.0
 */
export const residual = (
  environment: Environment.Environment,
  partial: PartialRequest,
  options: Options = {},
): Residual => Frozen.deep(residualOf(Frozen.own(environment), Frozen.own(partial), options))

const residualOf = (
  environment: Environment.Environment,
  partial: PartialRequest,
  options: Options,
): Residual => {
  const counter = Budget.start(options.budget ?? standardBudget)
  const known = knownOf(partial)
  const plans = new Map<string, Plan>() // local mutation: by key, filled as cells are made
  const found = situations.cells([environment], ([situation]) => {
    if (situation === undefined) return undefined
    const plan = planOf(environment, situation)
    plans.set(plan.key, plan)
    return plan.key
  })
  const isPlain = variablesOf(documentsOf(environment)).length === 0
  let terms: readonly Term[] = [] // local mutation: gathered cell by cell
  for (const { cell, signature } of found) {
    const left = known.within(cell)
    const plan = plans.get(signature)
    if (left === undefined || plan === undefined) continue
    const own = needsOfCell(left, known.all)
    const made = termsOf(plan, own, remainingIn(known), counter)
    if (made === undefined) return undecided('Budget', 'too many alternatives', counter.spent())
    const few = isPlain ? simplified(made, (universe) => baseOf(universe, left), counter) : made
    terms = [...terms, ...few]
  }
  return resultOf(absorbed(terms))
}

/** The boxes that a cell lies in: all of them where it is one, else those that its boxes share. */
const baseOf = (universe: Universe, cell: situations.Cell): readonly Box[] => {
  const [only, ...more] = situations.boxes(universe, cell)
  return only !== undefined && more.length === 0 ? only : []
}

const resultOf = (terms: readonly Term[]): Residual => {
  if (terms.length === 0) return { _tag: 'Never' }
  if (terms[0]?.size === 0) return { _tag: 'Always' } // whatever else there was lay within it
  return { _tag: 'When', alternatives: terms.map((each) => Array.from(each.values())) }
}

// ---- reading a residual ----

/**
 * Does a request meet a residual? For requests that have the known part, exactly those do that are allowed; undefined
 * when the residual is no answer.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const meets =
  (found: Residual) =>
  (request: Request.Request): boolean | undefined => {
    switch (found._tag) {
      case 'Always':
        return true
      case 'Never':
        return false
      case 'When':
        return found.alternatives.some((needs) => needs.every(holdsOf(request)))
      case 'Undecided':
        return undefined
    }
  }

/**
 * A residual in words: one alternative on one line, several on a line each.
 *
 * @category rendering
 * @since 0.1.0
 */
export const showResidual = (found: Residual): string => {
  switch (found._tag) {
    case 'Always':
      return 'allowed, whatever the rest of the request'
    case 'Never':
      return 'never allowed'
    case 'Undecided':
      return `undecided: ${found.detail}`
    case 'When': {
      const ways = found.alternatives.map((needs) => needs.map(showNeed).join(' and '))
      return ways.length === 1
        ? `allowed if and only if ${ways.join()}`
        : ['allowed if and only if one of these holds:', ...ways.map((way) => `  - ${way}`)].join('\n')
    }
  }
}
