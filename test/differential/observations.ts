/** A scenario taken apart, by the oracle's reading: each test, pattern, principal and statement that the request meets. */
import { conditionHolds } from '../oracle/conditions.js'
import type { ScenarioJson } from '../oracle/decide.js'
import { actionMatches, resourceMatches, type Lookup } from '../oracle/patterns.js'
import {
  isSpared,
  principalStrength,
  readCaller,
  type Caller,
  type PrincipalJson,
  type Strength,
} from '../oracle/principals.js'
import {
  asList,
  fullContext,
  givenContext,
  matchDocument,
  type PolicyJson,
  type RequestJson,
  type StatementJson,
} from '../oracle/statements.js'

export type Layer = 'identity' | 'boundary' | 'session' | 'resource' | 'registry' | 'endpoint' | 'scp' | 'rcp'

/** What a request brings to every observation of it. */
export interface Asked {
  readonly request: RequestJson
  readonly caller: Caller
  readonly lookup: Lookup
  readonly boundarySet: boolean
  readonly gateway: boolean
}

/** One key under one operator of one statement. */
export interface Test extends Asked {
  readonly base: string
  readonly qualifier: string
  readonly ifExists: boolean
  readonly negated: boolean
  readonly key: string
  readonly values: readonly string[]
  /** What the request gives for the key; an empty list when it gives none. */
  readonly given: readonly string[]
  readonly version: string | undefined
  readonly holds: boolean
}

/** One entry of Action, NotAction, Resource or NotResource. `applies`: what the whole element says of the request. */
export interface Pattern extends Asked {
  readonly text: string
  readonly isNegated: boolean
  readonly version: string | undefined
  readonly matches: boolean
  readonly applies: boolean
}

/** One entry of Principal or NotPrincipal. */
export interface Entry extends Asked {
  readonly type: string
  readonly text: string
  readonly strength: Strength | undefined
  readonly layer: Layer
}

/** One statement; `applies` says whether it matches the request with all its parts. */
export interface Stated extends Asked {
  readonly statement: StatementJson
  readonly layer: Layer
  readonly tests: readonly Test[]
  readonly actions: readonly Pattern[]
  readonly resources: readonly Pattern[]
  readonly entries: readonly Entry[]
  readonly applies: boolean
  /** Whether the list of NotPrincipal spares the caller when no boundary is set. */
  readonly spared: boolean
}

/** One document of a layer, and what it says. */
export interface Documented {
  readonly layer: Layer
  readonly level: number
  readonly statements: readonly Stated[]
  readonly meaning: ReturnType<typeof matchDocument>
}

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/

const testsOf = (statement: StatementJson, version: string | undefined, asked: Asked): readonly Test[] =>
  Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) => {
    const [, qualifier = '', base = '', suffix] = OPERATOR.exec(operator) ?? []
    return Object.entries(keys).map(([key, operands]) => {
      const values = asList(operands).map(String)
      const given = asked.lookup(key) ?? []
      return {
        ...asked,
        base,
        qualifier,
        ifExists: suffix !== undefined,
        negated: base.includes('Not'),
        key,
        values,
        given,
        version,
        holds: conditionHolds(operator, key, values, given, asked.lookup, version),
      }
    })
  })

const patternsOf = (
  texts: readonly string[],
  isNegated: boolean,
  version: string | undefined,
  asked: Asked,
  matches: (text: string) => boolean,
): readonly Pattern[] => {
  const found = texts.map((text) => ({ text, matches: matches(text) }))
  const applies = found.some((each) => each.matches) !== isNegated
  return found.map((each) => ({ ...asked, ...each, isNegated, version, applies }))
}

const entriesOf = (principal: PrincipalJson): readonly (readonly [string, string])[] =>
  principal === '*'
    ? [['AWS', '*']]
    : Object.entries(principal).flatMap(([type, list]) => asList(list).map((text) => [type, text] as const))

const statedOf = (layer: Layer, policy: PolicyJson, statement: StatementJson, asked: Asked): Stated => {
  const { request, caller, lookup, boundarySet } = asked
  const { Version } = policy
  const listed = statement.Principal ?? statement.NotPrincipal
  const rootOnly = layer === 'endpoint' && asked.gateway
  const given = givenContext(request)
  const meaning = matchDocument({ ...policy, Statement: statement }, request, {
    boundarySet,
    gateway: rootOnly,
  })
  return {
    ...asked,
    statement,
    layer,
    tests: testsOf(statement, Version, asked),
    actions: patternsOf(
      asList(statement.Action ?? statement.NotAction),
      statement.NotAction !== undefined,
      Version,
      asked,
      (text) => actionMatches(text, request.action),
    ),
    resources: patternsOf(
      asList(statement.Resource ?? statement.NotResource),
      statement.NotResource !== undefined,
      Version,
      asked,
      (text) => resourceMatches(text, request.resource, lookup, Version),
    ),
    entries: entriesOf(listed ?? {}).map(([type, text]) => ({
      ...asked,
      type,
      text,
      layer,
      strength: principalStrength({ [type]: text }, caller, given, rootOnly),
    })),
    applies: meaning !== 'Silent',
    spared: statement.NotPrincipal !== undefined && isSpared(statement.NotPrincipal, caller, given, rootOnly),
  }
}

export const layersOf = (s: ScenarioJson): readonly (readonly [Layer, number, PolicyJson])[] => {
  const all = (layer: Layer, policies: readonly PolicyJson[], level = 0) =>
    policies.map((policy) => [layer, level, policy] as const)
  return [
    ...all('identity', s.identityPolicies ?? []),
    ...all('boundary', asList(s.permissionsBoundary)),
    ...all('session', s.sessionPolicies ?? []),
    ...all('resource', asList(s.resourcePolicy)),
    ...all('registry', asList(s.registryPolicy)),
    ...all('endpoint', s.endpointPolicies ?? []),
    ...(s.serviceControlPolicies ?? []).flatMap((level, at) => all('scp', level, at)),
    ...(s.resourceControlPolicies ?? []).flatMap((level, at) => all('rcp', level, at)),
  ]
}

/** Who has policies of his own, and so a boundary that counts (PR-7, PR-8). */
const hasOwnPolicies = (caller: Caller): boolean => caller.account !== undefined && caller.kind !== 'Root'

export const documentsOf = (scenario: ScenarioJson): readonly Documented[] => {
  const { request } = scenario
  const caller = readCaller(request.principal)
  const asked: Asked = {
    request,
    caller,
    lookup: fullContext(request),
    boundarySet: hasOwnPolicies(caller) && asList(scenario.permissionsBoundary).length > 0,
    gateway: /^(s3|dynamodb):/i.test(request.action),
  }
  return layersOf(scenario).map(([layer, level, policy]) => ({
    layer,
    level,
    statements: asList(policy.Statement).map((statement) => statedOf(layer, policy, statement, asked)),
    meaning: matchDocument(policy, request, {
      boundarySet: asked.boundarySet,
      gateway: layer === 'endpoint' && asked.gateway,
    }),
  }))
}
