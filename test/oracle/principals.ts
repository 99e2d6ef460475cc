/** Oracle, part 4: who calls, which context keys follow from that, and what a Principal element says of the caller. */
import { keptForRecord, keptForText } from './kept.js'
import type { Lookup } from './patterns.js'

/** What is read off the principal text; `name` is a user, role or federated-user name without path. */
export type Caller = {
  readonly kind: 'Root' | 'User' | 'Session' | 'FederatedUser' | 'Provider' | 'Service' | 'Anonymous'
  readonly text: string
  readonly partition?: string
  readonly account?: string
  readonly name?: string
}

/** Account < Entity < Direct, for grants of resource-type policies. */
export type Strength = 'Account' | 'Entity' | 'Direct'

/** A Principal element: `*` or a map of types. */
export type PrincipalJson = '*' | Readonly<Record<string, string | readonly string[]>>

const KINDS = [
  ['iam', 'root', 'Root'],
  ['iam', 'user/', 'User'],
  ['iam', 'role/', 'Session'], // SA-10
  ['sts', 'assumed-role/', 'Session'],
  ['sts', 'federated-user/', 'FederatedUser'],
] as const

/** Where the hosts of services live, which two web identity providers share (ST-4). */
const SERVICE = /^[^:/]+\.(amazonaws\.com(\.cn)?|amazon\.com|amazonaws\.eu|aws\.internal)$/
const NOT_SERVICES = ['cognito-identity.amazonaws.com', 'www.amazon.com']

export const readCaller = keptForText((text): Caller => {
  const [head, partition = '', service, , account = '', ...rest] = text.split(':')
  const tail = rest.join(':')
  if (text === 'anonymous') return { kind: 'Anonymous', text }
  if (head !== 'arn')
    return { kind: SERVICE.test(text) && !NOT_SERVICES.includes(text) ? 'Service' : 'Provider', text }
  const found = KINDS.find(([s, t]) => s === service && (t === 'root' ? tail === t : tail.startsWith(t)))
  if (found === undefined) return { kind: 'Provider', text } // SAML and OIDC provider ARNs (ST-4)
  const names = tail.split('/')
  const name = (found[1] === 'assumed-role/' ? names[1] : names[names.length - 1]) ?? ''
  return { kind: found[2], text, partition, account, name }
})

/** IAM and STS callers: those that have an account, and policies of their own. */
export const hasAccount = (caller: Caller): boolean => caller.account !== undefined

const arnOfPrincipal = (c: Caller): string =>
  c.kind === 'Session' && c.text.includes(':sts:')
    ? `arn:${c.partition}:iam::${c.account}:role/${c.name}`
    : c.text

const TYPES = {
  Root: 'Account',
  User: 'User',
  Session: 'AssumedRole',
  FederatedUser: 'FederatedUser',
  Anonymous: 'Anonymous',
  Provider: undefined,
  Service: undefined,
} as const

/** RC-5, RC-6: keys that follow from the caller; names in lower case (RC-4). */
export const derivedKeys = keptForRecord((c: Caller): ReadonlyMap<string, string> => {
  const keys = new Map<string, string | undefined>()
  keys.set('aws:principalarn', hasAccount(c) ? arnOfPrincipal(c) : undefined) // RC-5
  keys.set('aws:principalaccount', c.account)
  keys.set('aws:principaltype', TYPES[c.kind])
  keys.set('aws:username', c.kind === 'User' ? c.name : undefined)
  if (c.kind === 'Root') keys.set('aws:userid', c.account)
  if (c.kind === 'FederatedUser') keys.set('aws:userid', `${c.account}:${c.name}`)
  if (c.kind === 'Service')
    keys.set('aws:principalisawsservice', 'true').set('aws:principalservicename', c.text)
  if (hasAccount(c)) keys.set('aws:principalisawsservice', 'false')
  return new Map([...keys].flatMap(([k, v]) => (v === undefined ? [] : [[k, v] as const])))
})

/** Is the caller named by this account entry (root ARN or bare id)? PR-2, U-34; at gateway endpoints the root user only (U-22). */
const accountMatches = (entry: string, c: Caller, rootOnly: boolean): boolean =>
  hasAccount(c) &&
  (entry === c.account || new RegExp(`^arn:[^:]+:iam::${c.account}:root$`).test(entry)) &&
  (!rootOnly || c.kind === 'Root')

/** PR-4, U-11: a role ARN against a session, by `given` (the request's aws:PrincipalArn) or else by name. */
const roleMatches = (entry: string, c: Caller, given: string | undefined): boolean => {
  if (c.kind !== 'Session' || !entry.includes(':role/')) return false
  if (given !== undefined) return entry === given
  if (c.text.includes(':role/')) return entry === c.text // SA-10: the path is known
  return entry.startsWith(`arn:${c.partition}:iam::${c.account}:role/`) && entry.split('/').pop() === c.name
}

/** PR-4: a user ARN against a federated session made from him, taken to bear his name. */
const madeFromUser = (entry: string, c: Caller): boolean =>
  c.kind === 'FederatedUser' &&
  entry.startsWith(`arn:${c.partition}:iam::${c.account}:user/`) &&
  entry.split('/').pop() === c.name

const isRoleArn = (c: Caller): boolean => c.kind === 'Session' && c.text.includes(':role/')

const entryStrength = (
  type: string,
  entry: string,
  c: Caller,
  given: string | undefined,
  rootOnly: boolean,
): Strength | undefined => {
  if (type === 'Service') return c.kind === 'Service' && entry === c.text ? 'Direct' : undefined // PR-7
  if (type === 'Federated') return c.kind === 'Provider' && entry === c.text ? 'Direct' : undefined // ST-4
  if (type !== 'AWS') return undefined // PR-14
  if (entry === '*') return 'Direct' // PR-9, SA-5, U-12
  if (!hasAccount(c)) return undefined
  if (accountMatches(entry, c, rootOnly)) return 'Account' // PR-2, SA-6
  if (roleMatches(entry, c, given)) return 'Entity' // SA-3
  if (c.kind !== 'Root' && !isRoleArn(c) && entry === c.text) return 'Direct' // SA-2, SA-4, SA-8, PR-5, PR-6
  return madeFromUser(entry, c) ? 'Entity' : undefined // SA-7
}

const listOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value

const entriesOf = (principal: PrincipalJson): readonly (readonly [string, string])[] =>
  principal === '*'
    ? [['AWS', '*']] // PR-9
    : Object.entries(principal).flatMap(([type, v]) => listOf(v).map((entry) => [type, entry] as const))

const givenArn = (lookup: Lookup): string | undefined => lookup('aws:PrincipalArn')?.[0]

/** PR-3: the strongest entry that matches the caller. `context` gives the request's own keys only (not derived ones). */
export const principalStrength = (
  principal: PrincipalJson,
  caller: Caller,
  context: Lookup = () => undefined,
  rootOnly = false,
): Strength | undefined => {
  const found = entriesOf(principal).map(([t, e]) => entryStrength(t, e, caller, givenArn(context), rootOnly))
  return (['Direct', 'Entity', 'Account'] as const).find((strength) => found.includes(strength))
}

/** PR-10, U-15: does the list of a Deny + NotPrincipal spare the caller? */
export const isSpared = (
  listed: PrincipalJson,
  caller: Caller,
  context: Lookup = () => undefined,
  rootOnly = false,
): boolean => {
  const found = entriesOf(listed).map(([t, e]) => entryStrength(t, e, caller, givenArn(context), rootOnly))
  if (caller.kind === 'Anonymous') return false // U-15
  if (entriesOf(listed).some(([t, e]) => t === 'AWS' && e === '*')) return true // everybody is listed
  if (!hasAccount(caller)) return found.includes('Direct') // U-15: services and providers by their own entry
  if (!found.includes('Account')) return false // PR-10
  return caller.kind === 'Root' || found.includes('Entity') || found.includes('Direct')
}
