/** Oracle, part 5: statements and documents against one request. */
import { conditionHolds } from './conditions.js'
import { keptForRecord } from './kept.js'
import { actionMatches, lower, resourceMatches } from './patterns.js'
import type { Lookup } from './patterns.js'
import { derivedKeys, hasAccount, isSpared, principalStrength, readCaller } from './principals.js'
import type { Caller, PrincipalJson, Strength } from './principals.js'

type OneOrMany<A> = A | readonly A[]
type Scalar = string | number | boolean

export type StatementJson = {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: PrincipalJson
  readonly NotPrincipal?: PrincipalJson
  readonly Action?: OneOrMany<string>
  readonly NotAction?: OneOrMany<string>
  readonly Resource?: OneOrMany<string>
  readonly NotResource?: OneOrMany<string>
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<Scalar>>>>>
}

export type PolicyJson = {
  readonly Version?: string
  readonly Id?: string
  readonly Statement: OneOrMany<StatementJson>
}

export type RequestJson = {
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly resourceAccount?: string
  readonly context?: Readonly<Record<string, OneOrMany<string>>>
}

/** What only the surroundings know: is a boundary set for the caller (PR-11); is this a gateway endpoint's policy (U-22). */
export type Surroundings = { readonly boundarySet?: boolean; readonly gateway?: boolean }

/** `Plain` is the Allow of a statement that names no principal (identity-type policies). */
export type Meaning = 'Deny' | 'Silent' | { readonly grant: Strength | 'Plain' }

export const asList = <A>(value: A | readonly A[] | undefined): readonly A[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly A[]) : [value as A]

/** A JSON scalar as text; small and large numbers are written out without exponent. */
const textOf = (value: Scalar): string => {
  const [, sign = '', first = '', decimals = '', power] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(String(value)) ?? []
  if (power === undefined) return String(value)
  const digits = first + decimals
  return Number(power) < 0
    ? `${sign}0.${'0'.repeat(-Number(power) - 1)}${digits}`
    : sign + digits.padEnd(Number(power) + 1, '0') // numbers from 1e21 on are whole
}

/** The request's own context, names in any letter case (RC-4). */
export const givenContext = keptForRecord((request: RequestJson): Lookup => {
  const given = new Map(Object.entries(request.context ?? {}).map(([k, v]) => [lower(k), asList(v)]))
  return (key) => given.get(lower(key))
})

/** The account that owns the resource: given, or in the ARN, or (resource `*`) the caller's. */
export const ownerOf = (request: RequestJson, caller: Caller): string | undefined => {
  if (request.resourceAccount !== undefined) return request.resourceAccount
  if (request.resource === '*') return caller.account
  const account = request.resource.split(':')[4] ?? ''
  return /^\d{12}$/.test(account) ? account : undefined
}

/** The request's own keys and, where it gives none, those that follow from caller and resource. */
export const fullContext = keptForRecord((request: RequestJson): Lookup => {
  const caller = readCaller(request.principal)
  const given = givenContext(request)
  const derived = new Map(derivedKeys(caller))
  const owner = ownerOf(request, caller)
  if (owner !== undefined) derived.set('aws:resourceaccount', owner)
  return (key) => {
    const value = derived.get(lower(key))
    const values = given(key) ?? []
    return values.length > 0 || value === undefined ? values : [value] // U-1: an empty list gives nothing
  }
})

const actionPart = (s: StatementJson, r: RequestJson): boolean =>
  s.NotAction === undefined
    ? asList(s.Action).some((pattern) => actionMatches(pattern, r.action))
    : !asList(s.NotAction).some((pattern) => actionMatches(pattern, r.action)) // SM-A5

const resourcePart = (s: StatementJson, r: RequestJson, version: string | undefined): boolean => {
  const matches = (pattern: string): boolean => resourceMatches(pattern, r.resource, fullContext(r), version)
  if (s.NotResource !== undefined) return !asList(s.NotResource).some(matches) // SM-R8
  if (s.Resource !== undefined) return asList(s.Resource).some(matches)
  return r.resource !== '*' // SM-R9
}

/** Operator, key and policy values of every test of a statement. */
const testsOf = keptForRecord((s: StatementJson) =>
  Object.entries(s.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => [operator, key, asList(values).map(textOf)] as const),
  ),
)

const conditionPart = (s: StatementJson, r: RequestJson, version: string | undefined): boolean =>
  testsOf(s).every(([operator, key, values]) => {
    const lookup = fullContext(r)
    return conditionHolds(operator, key, values, lookup(key), lookup, version) // CO-1, CO-2
  })

/** Whom the statement is about, as the strength that an Allow would have; `undefined`: not the caller. */
const principalPart = (
  s: StatementJson,
  r: RequestJson,
  around: Surroundings,
): Strength | 'Plain' | undefined => {
  const caller = readCaller(r.principal)
  const given = givenContext(r)
  if (s.Principal !== undefined) return principalStrength(s.Principal, caller, given, around.gateway)
  if (s.NotPrincipal === undefined) return 'Plain' // GR-15: identity-type policies
  if (s.Effect === 'Allow')
    return principalStrength(s.NotPrincipal, caller, given, around.gateway) === undefined
      ? 'Direct'
      : undefined // PR-12, U-16
  const hasPolicies = hasAccount(caller) && caller.kind !== 'Root' // PR-7, PR-8: a boundary is of nobody else
  if (around.boundarySet === true && hasPolicies) return 'Account' // PR-11
  return isSpared(s.NotPrincipal, caller, given, around.gateway) ? undefined : 'Account' // PR-10, U-15
}

/** What one document says of one request. */
export const matchDocument = (
  policy: PolicyJson,
  request: RequestJson,
  around: Surroundings = {},
): Meaning => {
  const matching = asList(policy.Statement)
    .filter((s) => actionPart(s, request)) // SM-1
    .filter((s) => resourcePart(s, request, policy.Version))
    .filter((s) => conditionPart(s, request, policy.Version))
    .map((s) => ({ effect: s.Effect, strength: principalPart(s, request, around) }))
    .filter(({ strength }) => strength !== undefined)
  if (matching.some(({ effect }) => effect === 'Deny')) return 'Deny' // DE-3
  const grant = (['Direct', 'Entity', 'Account', 'Plain'] as const).find((strength) =>
    matching.some((m) => m.strength === strength),
  )
  return grant === undefined ? 'Silent' : { grant } // DE-2
}
