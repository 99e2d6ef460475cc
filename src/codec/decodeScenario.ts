/**
 * Scenarios: JSON to model.
 *
 * Source: RC-1 to RC-6, SC-1, RP-1, SE-3, VE-1, EC-6.
 *
 * @since 0.1.0
 */
import type * as E from 'fp-ts/lib/Either.js'
import {
  Action,
  Arn,
  Caller,
  Condition,
  Context,
  Environment,
  Problem,
  Request,
  Document,
  type PolicyKind,
} from '../model/index.js'
import { documentDecoder } from './decodeDocument.js'
import { accept, closedRecord, missing, nameAt, wrongType } from './elements.js'
import { isList, isRecord, nameOf, type UnknownRecord } from './Json.js'
import { at, type Place } from './Place.js'
import { readText, type Decoder, type Input } from './read.js'
import { outcomes, type Outcome, type Scenario } from './Scenario.js'

/** Elements for the reader of a table of scenarios. */
const remarks = ['id', 'topic', 'why', 'note', 'confidence', 'description']

const elements = [
  'request',
  'identityPolicies',
  'permissionsBoundary',
  'sessionPolicies',
  'resourcePolicy',
  'registryPolicy',
  'endpointPolicies',
  'serviceControlPolicies',
  'resourceControlPolicies',
  'facts',
  'expect',
  ...remarks,
]

/**
 * The decoder of scenarios.
 *
 * @category codecs
 * @since 0.1.0
 */
export const decodeScenario: Decoder<Scenario> = (input, value, place) => {
  const record = closedRecord(input, value, place, 'a scenario', elements)
  if (record === undefined) return undefined
  const scope: Scope = { input, record, place }
  const request = within(scope, 'request', decodeRequest)
  if (!Object.hasOwn(record, 'request')) missing(input, place, 'a scenario needs `request`')
  const environment = decodeEnvironment(scope)
  const expect = within(scope, 'expect', decodeOutcome)
  return request === undefined ? undefined : Object.freeze<Scenario>({ request, environment, expect })
}

interface Scope {
  readonly input: Input
  readonly record: UnknownRecord
  readonly place: Place | undefined
}

/** An element, decoded if it is there. */
const within = <A>({ input, record, place }: Scope, name: string, decoder: Decoder<A>): A | undefined =>
  Object.hasOwn(record, name) ? decoder(input, record[name], at(place, name)) : undefined

// ---- policies ----

const decodeEnvironment = (scope: Scope): Environment.Environment =>
  Environment.make({
    identityPolicies: within(scope, 'identityPolicies', listOf(identityPolicy('identity'))) ?? [],
    permissionsBoundary: within(scope, 'permissionsBoundary', atMostOne(identityPolicy('boundary'))),
    sessionPolicies: within(scope, 'sessionPolicies', listOf(identityPolicy('session'))) ?? [],
    resourcePolicy: within(scope, 'resourcePolicy', resourcePolicy('resource')),
    registryPolicy: within(scope, 'registryPolicy', resourcePolicy('ecr-registry')),
    endpointPolicies: within(scope, 'endpointPolicies', listOf(resourcePolicy('endpoint'))) ?? [],
    serviceControlPolicies: within(scope, 'serviceControlPolicies', listOf(listOf(identityPolicy('scp')))),
    resourceControlPolicies:
      within(scope, 'resourceControlPolicies', listOf(listOf(resourcePolicy('rcp')))) ?? [],
    facts: within(scope, 'facts', decodeFacts),
  })

/** A policy of a kind, as an object or as JSON text, of any size. */
const policy =
  (kind: PolicyKind.PolicyKind): Decoder<Document.Document> =>
  (input, value, place) => {
    const decoder = documentDecoder(kind, false)
    if (typeof value !== 'string') return decoder(input, value, place)
    const decoded = readText(decoder)(value)
    input.sink.graft(place, decoded.findings)
    return decoded.findings.length === 0 ? decoded.value : undefined
  }

const identityPolicy =
  (kind: PolicyKind.IdentityKind): Decoder<Document.IdentityDocument> =>
  (input, value, place) => {
    const document = policy(kind)(input, value, place)
    return document !== undefined && Document.isIdentity(document) ? document : undefined
  }

const resourcePolicy =
  (kind: PolicyKind.ResourceKind): Decoder<Document.ResourceDocument> =>
  (input, value, place) => {
    const document = policy(kind)(input, value, place)
    return document !== undefined && Document.isResource(document) ? document : undefined
  }

const listOf =
  <A>(decoder: Decoder<A>): Decoder<readonly A[]> =>
  (input, value, place) => {
    if (!isList(value)) return wrongType(input, place, nameAt(place), 'a list', value)
    const items: A[] = [] // local mutation: one pass
    for (let i = 0; i < value.length && !input.sink.full(); i++) {
      const item = decoder(input, value[i], at(place, i))
      if (item !== undefined) items.push(item)
    }
    return items
  }

/** A value, or a list that holds it or nothing. */
const atMostOne =
  <A>(decoder: Decoder<A>): Decoder<A> =>
  (input, value, place) => {
    if (!isList(value)) return decoder(input, value, place)
    if (value.length > 1)
      input.sink.add(
        place,
        Problem.problem('InvalidType', `${nameAt(place)} is one policy or a list of at most one`),
      )
    return value.length === 0 ? undefined : listOf(decoder)(input, value, place)?.[0]
  }

// ---- request ----

const decodeRequest: Decoder<Request.Request> = (input, value, place) => {
  const names = ['principal', 'action', 'resource', 'resourceAccount', 'context']
  const record = closedRecord(input, value, place, 'a request', names)
  if (record === undefined) return undefined
  const scope: Scope = { input, record, place }
  for (const name of names.slice(0, 3))
    if (!Object.hasOwn(record, name)) missing(input, place, `a request needs \`${name}\``)
  const principal = within(scope, 'principal', textAs(Caller.parse))
  const action = within(scope, 'action', textAs(Action.parse))
  const resource = within(scope, 'resource', textAs(Request.parseResource))
  const resourceAccount = within(scope, 'resourceAccount', textAs(Arn.accountId))
  const context = within(scope, 'context', decodeContext) ?? Context.empty
  return principal === undefined || action === undefined || resource === undefined
    ? undefined
    : Object.freeze<Request.Request>({
        _tag: 'Request',
        principal,
        action,
        resource,
        resourceAccount,
        context,
      })
}

const textAs =
  <A>(read: (text: string) => E.Either<Problem.Problem, A>): Decoder<A> =>
  (input, value, place) =>
    typeof value === 'string'
      ? accept(input, () => place, read(value))
      : wrongType(input, place, nameAt(place), 'a string', value)

const decodeContext: Decoder<Context.Context> = (input, value, place) => {
  if (!isRecord(value)) return wrongType(input, place, '`context`', 'an object of context keys', value)
  const seen = new Map<string, string>() // local mutation: names without letter case (RC-4)
  const entries: (readonly [string, string | readonly string[]])[] = [] // local mutation: one pass
  for (const key of Object.keys(value)) {
    if (input.sink.full()) break
    const here = at(place, key)
    const other = seen.get(Condition.foldKey(key))
    seen.set(Condition.foldKey(key), key)
    if (other !== undefined) input.sink.add(here, sameKey(key, other))
    accept(input, () => here, Condition.parseKey(key))
    entries.push([key, decodeContextValues(input, value[key], here)])
  }
  return Context.fromEntries(entries)
}

const sameKey = (key: string, other: string): Problem.Problem =>
  Problem.problem(
    'DuplicateConditionKey',
    `${Problem.quote(key)} and ${Problem.quote(other)} are the same context key; letter case does not count`,
  )

const decodeContextValues = (input: Input, value: unknown, place: Place): readonly string[] => {
  if (typeof value === 'string') return [value]
  if (!isList(value)) {
    wrongType(input, place, nameAt(place), 'a string or a list of strings', value)
    return []
  }
  return value.flatMap((item, i) => {
    if (typeof item === 'string') return [item]
    if (!input.sink.full()) wrongType(input, at(place, i), 'a context value', 'a string', item)
    return []
  })
}

// ---- facts and outcome ----

const decodeFacts: Decoder<Partial<Environment.Facts>> = (input, value, place) => {
  const record = closedRecord(input, value, place, 'the facts', Object.keys(Environment.commonFacts))
  if (record === undefined) return undefined
  const scope: Scope = { input, record, place }
  const { commonFacts } = Environment
  const flag = (name: Exclude<keyof Environment.Facts, 'registryPolicyScope'>): boolean =>
    within(scope, name, decodeFlag) ?? commonFacts[name]
  return {
    principalAccountIsManagement: flag('principalAccountIsManagement'),
    resourceAccountIsManagement: flag('resourceAccountIsManagement'),
    principalIsServiceLinkedRole: flag('principalIsServiceLinkedRole'),
    registryPolicyScope: within(scope, 'registryPolicyScope', decodeScope) ?? commonFacts.registryPolicyScope,
  }
}

const decodeFlag: Decoder<boolean> = (input, value, place) =>
  typeof value === 'boolean' ? value : wrongType(input, place, nameAt(place), '`true` or `false`', value)

const decodeScope: Decoder<'V1' | 'V2'> = (input, value, place) =>
  value === 'V1' || value === 'V2' ? value : notOneOf(input, place, ['V1', 'V2'], value)

const decodeOutcome: Decoder<Outcome> = (input, value, place) =>
  outcomes.find((outcome) => outcome === value) ?? notOneOf(input, place, outcomes, value)

const notOneOf = (
  { sink }: Input,
  place: Place | undefined,
  names: readonly string[],
  value: unknown,
): undefined => {
  const found = typeof value === 'string' ? Problem.quote(value) : nameOf(value)
  sink.add(
    place,
    Problem.problem('InvalidType', `${nameAt(place)} is one of ${names.join(', ')}, not ${found}`),
  )
  return undefined
}
