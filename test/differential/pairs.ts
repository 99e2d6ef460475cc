/**
 * Pairs of documents that the algebra compares, with the requests that put its answers to the test: all of a small universe,
 * or those near documents of the kind that scenarios have.
 */
import fc from 'fast-check'
import { parseOrThrow } from '../../src/codec/index.js'
import { DocumentJson, Environment, type Document } from '../../src/model/index.js'
import { arbitrary } from '../../src/testing/index.js'
import { asList, type PolicyJson, type RequestJson } from '../oracle/statements.js'
import { edits } from '../property/edits.js'
import { nearStatement } from '../property/nearRequests.js'
import { flavours, pairOf } from '../property/smallPairs.js'
import { asOracle, dice, requestsOf, type Policy } from '../property/smallUniverse.js'
import { nearby, pick, type Dice } from './nearby.js'

/** A document for the library and for the oracle. */
export interface Side {
  readonly document: Document.Document
  readonly policy: PolicyJson
}

export interface Compared {
  readonly left: Side
  readonly right: Side
  /** Requests that may refute a Yes. */
  readonly requests: readonly RequestJson[]
  /** Those of them that the simulators are asked too, about each document. */
  readonly points: readonly RequestJson[]
}

/** Pairs that more requests of the small universe bear on are passed over; of the others all requests are asked. */
const most = 1_000

const every = (step: number, requests: readonly RequestJson[]): readonly RequestJson[] =>
  requests.filter((_, at) => at % Math.max(1, step) === 0)

const small = (seed: number): Compared => {
  const [kind, flavour] = flavours[seed % flavours.length] ?? ['identity', 'plain']
  const { left, right } = pairOf(seed, kind, flavour, most)
  const side = (policy: Policy): Side => ({ document: parseOrThrow(policy, kind), policy: asOracle(policy) })
  const requests = requestsOf([left, right], flavour)
  return {
    left: side(left),
    right: side(right),
    requests,
    points: every(Math.floor(requests.length / 8), requests),
  }
}

/** Drawn for each of these pairs; what is no request, or there already, is left out. */
const drawn = 60

const requestsNear = (roll: Dice, policies: readonly PolicyJson[]): readonly RequestJson[] => {
  const near = policies.flatMap((policy) =>
    asList(policy.Statement).map((statement) => nearStatement(roll, policy, statement)),
  )
  const request = pick(roll, near)
  const sources = { scenario: { request, identityPolicies: policies }, others: near }
  return nearby(roll, sources, drawn).map(({ json }) => json)
}

/** An edit of the document, or now and then another. */
const fellow = (roll: Dice, [document, other]: readonly [Document.Document, Document.Document]) => {
  const alone = Environment.make({ resourcePolicy: document as Document.ResourceDocument })
  const edited = edits(alone).flatMap(({ resourcePolicy }) => resourcePolicy ?? [])
  return edited.length === 0 || roll(5) === 0 ? other : pick(roll, edited)
}

const large = (seed: number): Compared => {
  const roll = dice(seed)
  const kind = pick(roll, ['identity', 'identity', 'scp', 'ecr-repository', 'resource', 'endpoint'] as const)
  const [first, second] = fc.sample(arbitrary.document(kind), {
    seed,
    numRuns: 2,
  }) as readonly Document.Document[] as [Document.Document, Document.Document]
  const side = (document: Document.Document): Side => ({
    document,
    policy: DocumentJson.toJson(document) as unknown as PolicyJson,
  })
  const [one, other] = [side(first), side(fellow(roll, [first, second]))]
  const requests = requestsNear(roll, [one.policy, other.policy])
  return roll(2) === 0
    ? { left: one, right: other, requests, points: requests }
    : { left: other, right: one, requests, points: requests }
}

/** The pair of a seed. */
export const comparedOf = (seed: number): Compared => (seed % 5 === 4 ? large(seed) : small(seed))
