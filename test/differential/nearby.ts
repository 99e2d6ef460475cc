/**
 * Requests near a scenario: its own, with some parts taken from what its policies speak of or from the request of another
 * scenario.
 */
import * as E from 'fp-ts/lib/Either.js'
import { Request } from '../../src/model/index.js'
import type { ScenarioJson } from '../oracle/decide.js'
import { asList, type PolicyJson, type RequestJson, type StatementJson } from '../oracle/statements.js'
import { nearStatement } from '../property/nearRequests.js'
import type { dice } from '../property/smallUniverse.js'
import { hash } from './hash.js'
import { layersOf } from './observations.js'

export type Dice = ReturnType<typeof dice>

/** One request for the library and for the oracle, and the number of its text. */
export interface Asked {
  readonly request: Request.Request
  readonly json: RequestJson
  readonly number: number
}

/** As if all items were drawn from `from`, which has some. */
export const pick = <A>(roll: Dice, from: readonly A[]): A => from[roll(from.length)] as A

const chance = (roll: Dice, hundredths: number): boolean => roll(100) < hundredths

// ---- callers ----

/** Who is, or nearly is, named by an entry of Principal. */
const named = (entry: string): readonly string[] => {
  const account = /^(?:arn:([^:]+):iam::)?(\d{12})(?::root)?$/.exec(entry)
  if (account !== null) {
    const iam = `arn:${account[1] ?? 'aws'}:iam::${account[2] ?? ''}`
    return [`${iam}:root`, `${iam}:user/alice`, `${iam}:role/ci`]
  }
  const role = /^arn:([^:]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(entry)
  if (role !== null)
    return [entry, `arn:${role[1] ?? ''}:sts::${role[2] ?? ''}:assumed-role/${role[3] ?? ''}/run-1`]
  return [entry === '*' ? 'anonymous' : entry]
}

const callersOf = ({ Principal, NotPrincipal }: StatementJson): readonly string[] => {
  const listed = Principal ?? NotPrincipal ?? {}
  return (listed === '*' ? ['*'] : Object.values(listed).flatMap((entries) => asList(entries))).flatMap(named)
}

// ---- contexts ----

type Context = NonNullable<RequestJson['context']>

/** Some keys of the other context in place of those of the first, and now and then one key less. */
const mixed = (roll: Dice, own: Context, other: Context): Context => {
  const taken = Object.entries(other).filter(() => chance(roll, 60))
  const lost = chance(roll, 25) ? pick(roll, Object.keys(own)) : undefined
  const replaced = new Set([...taken.map(([key]) => key), lost].map((key) => key?.toLowerCase()))
  const kept = Object.entries(own).filter(([key]) => !replaced.has(key.toLowerCase()))
  return Object.fromEntries([...kept, ...taken])
}

// ---- requests ----

/** Where the parts of requests come from. */
interface Sources {
  /** The scenario whose policies are asked. */
  readonly scenario: ScenarioJson
  /** Requests of other scenarios. */
  readonly others: readonly RequestJson[]
}

interface Spoken {
  readonly policy: PolicyJson
  readonly statement: StatementJson
}

const spokenOf = (scenario: ScenarioJson): readonly Spoken[] =>
  layersOf(scenario).flatMap(([, , policy]) =>
    asList(policy.Statement).map((statement) => ({ policy, statement })),
  )

type Part = 'principal' | 'action' | 'resource' | 'context'

/** How often, of a hundred, a part is not the scenario's own. */
type Shares = Readonly<Record<Part, number>>

const everything: Shares = { principal: 12, action: 25, resource: 25, context: 35 }
/** Requests that a compiled environment meets the same way, over and over. */
const sameWay: Shares = { principal: 0, action: 0, resource: 60, context: 60 }

/** The request with parts of another, where the roll says so; an owner is given with a resource. */
const crossed = (roll: Dice, own: RequestJson, other: () => RequestJson, shares: Shares): RequestJson => {
  const from = (part: Part): RequestJson => (chance(roll, shares[part]) ? other() : own)
  const { resource, resourceAccount } = from('resource')
  const context = from('context').context ?? {}
  return {
    principal: from('principal').principal,
    action: from('action').action,
    resource,
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    context: context === own.context ? context : mixed(roll, own.context ?? {}, context),
  }
}

/** A request near one statement, of a caller whom it names if it names any. */
const near = (roll: Dice, own: RequestJson, spoken: readonly Spoken[]): RequestJson => {
  if (spoken.length === 0) return own
  const { policy, statement } = pick(roll, spoken)
  const callers = callersOf(statement)
  const request = nearStatement(roll, policy, statement)
  if (callers.length === 0) return { ...request, principal: own.principal }
  const context = chance(roll, 30) ? { 'aws:PrincipalArn': [pick(roll, callers)] } : {} // U-11
  return { ...request, principal: pick(roll, callers), context: { ...request.context, ...context } }
}

const read = (json: RequestJson): readonly Asked[] => {
  const made = Request.make(json)
  return E.isLeft(made) ? [] : [{ request: made.right, json, number: hash(JSON.stringify(json)) }]
}

/** So many draws at the most, no request twice, those aside that are none. `isRepetitive`: all by one caller, of one action. */
export const nearby = (
  roll: Dice,
  { scenario, others }: Sources,
  most: number,
  isRepetitive = false,
): readonly Asked[] => {
  const own = scenario.request
  const spoken = spokenOf(scenario)
  const shares = isRepetitive ? sameWay : everything
  const other = (): RequestJson => (chance(roll, 60) ? near(roll, own, spoken) : pick(roll, others))
  const drawn = Array.from({ length: most }, () => crossed(roll, own, other, shares)).flatMap(read)
  return Array.from(new Map(drawn.map((asked) => [asked.number, asked])).values())
}
