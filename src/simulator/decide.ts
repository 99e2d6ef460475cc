/**
 * The evaluator: one request against one environment. The readable reference of what an environment means.
 *
 * Laws: 1. `defaultIsImplicitDeny`  2. `explicitDenyTrumpsAllow`  3. order and repetition of statements and policies
 * never change the outcome
 * Source: docs/semantics.md, all of it.
 *
 * @since 0.1.0
 */
import type { Caller, Environment, Request } from '../model/index.js'
import type { Decision, Lack, Outcome, Reason, StatementRefs, StatementTrace } from './Decision.js'
import { flow as flowOf, type Formula } from './flow.js'
import { same, type Layer, type LayerId, type StatementRef } from './Layer.js'
import { matchStatement, prepare, type Prepared } from './match.js'
import { atLeast, type Strength } from './Strength.js'

// ---- evaluation ----

/**
 * Decides a request. Total: every well-typed request in every well-typed environment has an answer.
 *
 * **Cost** linear in the size of the policies times the length of the request's texts.
 *
 * @example
 * import { Environment, Request, Simulator } from 'ecr-policy'
 *
 * const request = Request.makeOrThrow({
 *   principal: 'arn:aws:iam::111122223333:user/alice',
 *   action: 'ecr:BatchGetImage',
 *   resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
 * })
 * Simulator.decide(Environment.empty, request).outcome // => 'ImplicitlyDenied'
 *
 * @category evaluation
 * @since 0.1.0
 */
export const decide = (environment: Environment.Environment, request: Request.Request): Decision => {
  const flow = flowOf(environment, request)
  const prepared = prepare(request, environment.permissionsBoundary !== undefined)
  const traced = flow.layers.map((layer) => ({ layer, trace: traceLayer(prepared)(layer) }))
  const trace = traced.flatMap((layer) => layer.trace)
  const conclude = (outcome: Outcome, reason: Reason): Decision => ({
    _tag: 'Decision',
    outcome,
    reason,
    trace,
    situation: flow.situation,
    request: recorded(request),
  })
  const denials = refs(trace.filter((entry) => entry._tag === 'Matched' && entry.effect === 'Deny'))
  if (denials !== undefined)
    return conclude('ExplicitlyDenied', {
      _tag: 'DeniedBy',
      policyType: denials[0].policyType,
      statements: denials,
    })
  const verdict = evaluate(grantsOf(traced))(flow.requires)
  return conclude(
    verdict.holds ? 'Allowed' : 'ImplicitlyDenied',
    verdict.holds ? allowedBy(verdict) : deniedFor(verdict),
  )
}

/** The request without fields that are undefined, which JSON would lose. */
const recorded = ({ principal, resourceAccount, ...rest }: Request.Request): Request.Request =>
  Object.freeze<Request.Request>({
    ...rest,
    principal: principal._tag === 'RoleSession' ? recordedSession(principal) : principal,
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
  })

const recordedSession = ({ path, session, ...rest }: Caller.RoleSession): Caller.RoleSession =>
  Object.freeze<Caller.RoleSession>({
    ...rest,
    ...(path === undefined ? {} : { path }),
    ...(session === undefined ? {} : { session }),
  })

const refs = (entries: readonly StatementTrace[]): StatementRefs | undefined => {
  const [first, ...rest] = entries.map(({ ref }) => ref)
  return first === undefined ? undefined : [first, ...rest]
}

const traceLayer =
  (prepared: Prepared) =>
  (layer: Layer): readonly StatementTrace[] =>
    layer.documents.flatMap(({ version, statements }, document) =>
      statements.map((statement, index): StatementTrace => {
        const { type: policyType, level } = layer.id
        const { sid } = statement
        const ref: StatementRef = {
          policyType,
          level,
          document,
          statement: index,
          ...(sid === undefined ? {} : { sid }),
        }
        return {
          ref,
          effect: statement.effect,
          ...matchStatement(prepared, version, layer.accountMeansRoot)(statement),
        }
      }),
    )

// ---- the formula ----

type Grants = (layer: LayerId, least: Strength) => readonly StatementRef[]

const grantsOf =
  (traced: readonly { readonly layer: Layer; readonly trace: readonly StatementTrace[] }[]): Grants =>
  (id, least) => {
    const found = traced.find(({ layer }) => layer.allows && same(layer.id, id))
    return (found?.trace ?? [])
      .filter(
        (entry) => entry._tag === 'Matched' && entry.effect === 'Allow' && atLeast(least)(entry.strength),
      )
      .map(({ ref }) => ref)
  }

/** What a formula came to: the statements that make it hold, or what the branch that AWS reports is lacking. */
type Verdict =
  | { readonly holds: true; readonly by: readonly StatementRef[] }
  | { readonly holds: false; readonly lacking: readonly Lack[]; readonly never: NeverLeaf | undefined }

type NeverLeaf = Extract<Formula, { readonly _tag: 'Never' }>

const evaluate =
  (grants: Grants) =>
  (formula: Formula): Verdict => {
    switch (formula._tag) {
      case 'All':
        return conjunction(formula.of.map(evaluate(grants)))
      case 'Any':
        return disjunction(formula.of.map(evaluate(grants)))
      case 'RootUser':
        return { holds: true, by: [] }
      case 'Never':
        return { holds: false, lacking: [], never: formula }
      case 'Allows': {
        const { layer, rule } = formula
        const by = grants(layer, formula.atLeast)
        const lack = { policyType: layer.type, level: layer.level, atLeast: formula.atLeast, rule }
        return by.length > 0 ? { holds: true, by } : { holds: false, lacking: [lack], never: undefined }
      }
    }
  }

const conjunction = (parts: readonly Verdict[]): Verdict => {
  const failed = parts.filter((part) => !part.holds)
  if (failed.length > 0)
    return {
      holds: false,
      lacking: failed.flatMap(({ lacking }) => lacking),
      never: failed.find(({ never }) => never !== undefined)?.never,
    }
  return { holds: true, by: parts.flatMap((part) => (part.holds ? part.by : [])) }
}

const disjunction = (parts: readonly Verdict[]): Verdict =>
  parts.find((part) => part.holds) ??
  parts.find((part) => !part.holds && part.never === undefined) ?? {
    holds: false,
    lacking: [],
    never: undefined,
  }

/** Only of the root user's own request no Allow is asked. */
const allowedBy = ({ by }: Extract<Verdict, { readonly holds: true }>): Reason => {
  const [first, ...rest] = by
  return first === undefined
    ? { _tag: 'RootUser', rule: 'PR-8' }
    : { _tag: 'AllowedBy', statements: [first, ...rest] }
}

const deniedFor = (verdict: Extract<Verdict, { readonly holds: false }>): Reason => {
  if (verdict.never !== undefined)
    return { _tag: 'Impossible', why: verdict.never.why, rule: verdict.never.rule }
  const [first] = verdict.lacking
  return first === undefined
    ? { _tag: 'Impossible', why: 'NoIdentitySide', rule: 'DE-1' }
    : {
        _tag: 'NoAllow',
        policyType: first.policyType,
        level: first.level,
        rule: first.rule,
        lacking: verdict.lacking,
      }
}
