/**
 * AWS's own sentence of refusal, found in text of any provenance: who, what, on what, and which type of policy.
 *
 * Source: DE-5, EX-41.
 *
 * @since 0.1.0
 */
import { Simulator } from '../../simulator/index.js'
import { isName, isWhole, nameBetween, placesOf, wordAt, wordEnd, type Squeezed } from './diagnoseText.js'

// ---- model ----

/**
 * What a refusal says. `policyType` is undefined where it names none, and `explicit` where it gives no reason at all;
 * `policy` is the ARN of the policy that denies, which newer messages tell.
 *
 * @category model
 * @since 0.1.0
 */
export interface Refusal {
  readonly caller: string | undefined
  readonly action: string | undefined
  readonly resource: string | undefined
  readonly policyType: Simulator.PolicyType | undefined
  readonly explicit: boolean | undefined
  readonly policy: string | undefined
}

/**
 * A refusal and where it stands in the squeezed text.
 *
 * @category model
 * @since 0.1.0
 */
export interface Found<A> {
  readonly what: A
  readonly from: number
  readonly to: number
}

// ---- evaluation ----

const refuses = 'isnotauthorizedtoperform:'
const on = 'onresource:'
const implicit = 'becauseno'
const explicit = 'withanexplicitdeny'

/** How far the parts of a sentence may lie apart: no name is longer. */
const reach = 2048

/**
 * Every refusal in a text, in order.
 *
 * **Cost** linear in the text.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const refusals = (text: Squeezed): readonly Found<Refusal>[] => {
  const anchors = placesOf(refuses, text.folded)
  return anchors.map((at, i) => refusal(text, at, anchors[i - 1] ?? 0, anchors[i + 1] ?? text.folded.length))
}

const refusal = (text: Squeezed, at: number, previous: number, next: number): Found<Refusal> => {
  const { folded } = text
  const from = callerStart(text, at, previous)
  const afterVerb = at + refuses.length
  const limit = Math.min(next, afterVerb + reach)
  const preposition = offset(folded.slice(afterVerb, Math.min(limit, afterVerb + 160)).indexOf(on), afterVerb)
  const objectStart = preposition === undefined ? undefined : preposition + on.length
  const reason = reasonStart(text, objectStart ?? afterVerb, limit)
  const named = (start: number, end: number | undefined): string =>
    end === undefined ? wordAt(text, start) : nameBetween(text, start, end)
  const action = named(afterVerb, preposition ?? reason)
  const resource = objectStart === undefined ? undefined : absent(named(objectStart, reason))
  const given = reason === undefined ? unexplained : explanation(text, reason)
  return {
    what: {
      caller: from === undefined ? undefined : absent(nameBetween(text, from, at)),
      action: absent(action),
      resource,
      policyType: given.policyType,
      explicit: given.explicit,
      policy: given.policy,
    },
    from: from ?? at,
    to: given.to ?? wordEnd(text, objectStart ?? afterVerb),
  }
}

const absent = (name: string): string | undefined => (name === '' ? undefined : name)

const offset = (index: number, base: number): number | undefined => (index === -1 ? undefined : base + index)

/**
 * After `User:`, unless that belongs to something else and an ARN stands right before the verb; of several words only what
 * begins like an ARN is a caller.
 */
const callerStart = (text: Squeezed, at: number, previous: number): number | undefined => {
  const start = Math.max(previous, at - reach)
  const before = text.folded.slice(start, at)
  const label = placesOf(userLabel, before)
    .filter((place) => isWhole(text, userLabel, start + place))
    .at(-1)
  const user = label === undefined ? undefined : start + label + userLabel.length
  if (user !== undefined && /^["'`]?arn:/.test(text.folded.slice(user, user + 5))) return user
  const arn = offset(before.lastIndexOf('arn:'), start)
  if (arn !== undefined && text.gaps.slice(arn + 1, at).every((gap) => gap !== 1)) return arn
  return user !== undefined && isName(text, user, at) ? user : undefined
}

const userLabel = 'user:'

/**
 * Where the reason begins: right behind a name, and with a word of its own, so that a name with these letters in it is not
 * taken for it.
 */
const reasonStart = (text: Squeezed, from: number, limit: number): number | undefined => {
  const found = [implicit, explicit].flatMap((phrase) =>
    placesOf(phrase, text.folded.slice(from, limit)).map((place) => from + place),
  )
  return found.find((place) => text.gaps[place] !== 0 && isName(text, from, place))
}

// ---- the reason ----

interface Explanation extends Pick<Refusal, 'policyType' | 'explicit' | 'policy'> {
  readonly to: number | undefined
}

const unexplained: Explanation = {
  policyType: undefined,
  explicit: undefined,
  policy: undefined,
  to: undefined,
}

const types: readonly Simulator.PolicyType[] = [
  'IdentityPolicy',
  'ResourcePolicy',
  'VpcEndpointPolicy',
  'PermissionsBoundary',
  'SessionPolicy',
  'ServiceControlPolicy',
  'ResourceControlPolicy',
]

/** The types as AWS's messages name them, without blanks. */
const typeNames: readonly (readonly [string, Simulator.PolicyType])[] = [
  ...types.map((type) => [Simulator.messageName(type).toLowerCase().replaceAll(' ', ''), type] as const),
  ['roletrustpolicy', 'ResourcePolicy'],
]

const articles = ['ina', 'inan', 'inthe', 'in', '']

const explanation = (text: Squeezed, at: number): Explanation => {
  const isExplicit = text.folded.startsWith(explicit, at)
  const start = at + (isExplicit ? explicit : implicit).length
  const named = (isExplicit ? articles : ['']).flatMap((article) =>
    typeNames.flatMap(([name, type]) =>
      text.folded.startsWith(`${article}${name}`, start)
        ? [{ type, to: start + article.length + name.length }]
        : [],
    ),
  )[0]
  const to = named?.to ?? start
  return {
    policyType: named?.type,
    explicit: isExplicit,
    policy: isExplicit ? policyArn(text, to) : undefined,
    to,
  }
}

const policyArn = (text: Squeezed, at: number): string | undefined => {
  const start = text.folded.startsWith(':', at) ? at + 1 : at
  return text.folded.startsWith('arn:', start) ? wordAt(text, start) : undefined
}
