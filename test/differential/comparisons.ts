/**
 * Verdicts of the algebra against brute force: a Yes is true of every request of a small universe, a No is separated by
 * its witness. Each document is also asked about some of these requests, plain and compiled, beside the oracle.
 */
import type { Verdict } from '../../src/algebra/Verdict.js'
import { parseOrThrow, parseScenarioOrThrow } from '../../src/codec/index.js'
import type { Document } from '../../src/model/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { compileMeaning } from '../../src/simulator/compileMeaning.js'
import { matchDocument, type Meaning, type RequestJson } from '../oracle/statements.js'
import { asJson } from '../property/asJson.js'
import { flavours, pairOf, questions, type Pair, type Question } from '../property/smallPairs.js'
import { asOracle, requestsOf, type Policy } from '../property/smallUniverse.js'
import type { Disagreement } from './decisions.js'

export interface ComparisonReport {
  readonly comparisons: number
  readonly answers: Readonly<Record<Verdict['_tag'], number>>
  /** The requests that were enumerated to check them. */
  readonly requests: number
  /** Single requests that oracle, simulator and compiled simulator were asked about one document. */
  readonly points: number
  readonly disagreements: readonly Disagreement[]
}

/** Pairs that more requests bear on are passed over; of the others all requests are asked. */
const most = 1_000
const pointsPerDocument = 4

type Meanings = readonly Meaning[]

const meaningsOf = (policy: Policy, request: RequestJson, boundaries: readonly boolean[]): Meanings =>
  boundaries.map((boundarySet) => matchDocument(asOracle(policy), request, { boundarySet }))

const separated = ({ left, right }: Pair, question: Question, request: RequestJson): boolean => {
  const [l, r] = [left, right].map((policy) => meaningsOf(policy, request, question.boundaries))
  return question.boundaries.some((_, at) => question.separates(l?.[at] ?? 'Silent', r?.[at] ?? 'Silent'))
}

interface Parsed {
  readonly left: Document.Document
  readonly right: Document.Document
}

/** The request that shows a verdict to be wrong; for a No whose witness fails, that witness. */
const refutation = (
  pair: Pair,
  { left, right }: Parsed,
  question: Question,
  verdict: Verdict,
  requests: readonly RequestJson[],
): RequestJson | undefined => {
  if (verdict._tag === 'Undecided') return undefined
  if (verdict._tag === 'Yes') return requests.find((request) => separated(pair, question, request))
  const { witness } = verdict
  const request = asJson(witness)
  const confirmed = question.boundaries.some((boundary) => question.confirmed(left, right, witness, boundary))
  return confirmed && separated(pair, question, request) ? undefined : request
}

/** The simulator calls an Allow without principals Direct. */
const shown = (meaning: Meaning): string => {
  if (typeof meaning === 'string') return meaning
  return meaning.grant === 'Plain' ? 'Direct' : meaning.grant
}

const strengthOf = (meaning: Simulator.Meaning): string =>
  meaning._tag === 'Grant' ? meaning.strength : meaning._tag

/** What the three say of one document and one request. */
const pointAnswers = (policy: Policy, document: Document.Document, json: RequestJson) => {
  const { request } = parseScenarioOrThrow({ request: json })
  return {
    oracle: shown(matchDocument(asOracle(policy), json)),
    plain: strengthOf(Simulator.meaning(document)(request)),
    compiled: strengthOf(compileMeaning(document)(request)),
  }
}

/** The comparisons of `size` pairs, the same for the same seed. */
export const comparisonBatch = (seed: number, size: number): ComparisonReport => {
  const answers = { Yes: 0, No: 0, Undecided: 0 }
  const disagreements: Disagreement[] = []
  const count = { comparisons: 0, requests: 0, points: 0 }
  const askPoints = (policy: Policy, document: Document.Document, requests: readonly RequestJson[]): void => {
    const step = Math.max(1, Math.floor(requests.length / pointsPerDocument))
    for (const request of requests.filter((_, at) => at % step === 0)) {
      const given = pointAnswers(policy, document, request)
      count.points += 1
      if (new Set(Object.values(given)).size > 1)
        disagreements.push({ answers: given, question: { policy, request } })
    }
  }
  const ask = (pair: Pair, parsed: Parsed, question: Question, requests: readonly RequestJson[]): void => {
    const verdict = question.verdict(parsed.left, parsed.right)
    answers[verdict._tag] += 1
    count.comparisons += 1
    const request = refutation(pair, parsed, question, verdict, requests)
    if (request !== undefined)
      disagreements.push({ answers: { [question.name]: verdict._tag }, question: { ...pair, request } })
  }
  for (let at = seed; at < seed + size; at += 1) {
    const [kind, flavour] = flavours[at % flavours.length] ?? ['identity', 'plain']
    const pair = pairOf(at, kind, flavour, most)
    const requests = requestsOf([pair.left, pair.right], flavour)
    const parsed = { left: parseOrThrow(pair.left, kind), right: parseOrThrow(pair.right, kind) }
    count.requests += requests.length
    askPoints(pair.left, parsed.left, requests)
    askPoints(pair.right, parsed.right, requests)
    for (const question of questions) ask(pair, parsed, question, requests)
  }
  return { ...count, answers, disagreements }
}
