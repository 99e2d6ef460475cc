/**
 * Verdicts of the algebra against requests: a Yes is true of every request that is tried, a No is separated by its witness.
 * Each document is also asked about some of these requests, plain and compiled, beside the oracle; and certificates are put
 * to the checker.
 */
import { prove } from '../../src/algebra/certificate.js'
import type { Verdict } from '../../src/algebra/Verdict.js'
import { Request } from '../../src/model/index.js'
import { Simulator } from '../../src/simulator/index.js'
import { compileMeaning } from '../../src/simulator/compileMeaning.js'
import { skippedBy } from '../oracle/certificateChecker.js'
import { matchDocument, type Meaning, type RequestJson } from '../oracle/statements.js'
import { asJson } from '../property/asJson.js'
import { questions, type Question } from '../property/smallPairs.js'
import type { Disagreement } from './decisions.js'
import { hash } from './hash.js'
import { comparedOf, type Compared, type Side } from './pairs.js'

export interface ComparisonReport {
  /** Pairs of documents, no pair twice in a batch; each is compared in both directions, and for equality. */
  readonly pairs: number
  /** The numbers of some of the pairs, one in `sampledOf`: batches with the same pair show it here that often. */
  readonly sample: readonly number[]
  readonly comparisons: number
  readonly answers: Readonly<Record<Verdict['_tag'], number>>
  /** Why there was no answer. */
  readonly undecided: Readonly<Record<string, number>>
  /** The requests that were tried to refute a Yes. */
  readonly requests: number
  /** Single requests that oracle, simulator and compiled simulator were asked about one document. */
  readonly points: number
  /** Of a Yes that was to be proven: certificates that the checker accepted, those that it cannot check, and those missing. */
  readonly certificates: Readonly<Record<'accepted' | 'skipped' | 'missing', number>>
  readonly disagreements: readonly Disagreement[]
}

const sampledOf = 16

/** One pair of so many has to prove what it says. */
const provedOf = 4

// ---- verdicts ----

/** What the oracle makes of each request, by document and boundary; found when it is wanted. */
const meaningsOf = (requests: readonly RequestJson[]) => {
  const known = new Map<string, readonly Meaning[]>()
  return (name: string, { policy }: Side, boundarySet: boolean): readonly Meaning[] => {
    const key = `${name} ${String(boundarySet)}`
    const meanings =
      known.get(key) ?? requests.map((request) => matchDocument(policy, request, { boundarySet }))
    known.set(key, meanings)
    return meanings
  }
}

type Meanings = ReturnType<typeof meaningsOf>
type Named = readonly [name: string, side: Side]

/** The request that shows a Yes to be wrong. */
const separating = (
  { requests }: Compared,
  [left, right]: readonly [Named, Named],
  question: Question,
  meanings: Meanings,
): RequestJson | undefined =>
  question.boundaries
    .map((boundary) => {
      const [l, r] = [meanings(...left, boundary), meanings(...right, boundary)]
      return requests.find((_, at) => question.separates(l[at] ?? 'Silent', r[at] ?? 'Silent'))
    })
    .find((request) => request !== undefined)

/** Does the witness of a No tell the documents apart, for the simulator and for the oracle? */
const isConfirmed = (left: Side, right: Side, question: Question, witness: Request.Request): boolean => {
  const request = asJson(witness)
  return (
    question.boundaries.some((each) => question.confirmed(left.document, right.document, witness, each)) &&
    question.boundaries.some((boundarySet) =>
      question.separates(
        matchDocument(left.policy, request, { boundarySet }),
        matchDocument(right.policy, request, { boundarySet }),
      ),
    )
  )
}

// ---- single requests ----

/** The simulator calls an Allow without principals Direct. */
const shown = (meaning: Meaning): string => {
  if (typeof meaning === 'string') return meaning
  return meaning.grant === 'Plain' ? 'Direct' : meaning.grant
}

const strengthOf = (meaning: Simulator.Meaning): string =>
  meaning._tag === 'Grant' ? meaning.strength : meaning._tag

/** What the three say of one document and one request. */
const pointAnswers = ({ policy, document }: Side, json: RequestJson) => {
  const request = Request.makeOrThrow(json)
  return {
    oracle: shown(matchDocument(policy, json)),
    plain: strengthOf(Simulator.meaning(document)(request)),
    compiled: strengthOf(compileMeaning(document)(request)),
  }
}

// ---- certificates ----

/** What came of the certificate, or what is wrong with it; it may be missing, if the proof has no such form. */
const checked = ({ left, right }: Compared): string => {
  const { certificate } = prove(left.document, right.document)
  if (certificate === undefined || !('proofs' in certificate)) return 'missing'
  try {
    return skippedBy(left.policy, right.policy, certificate) === undefined ? 'accepted' : 'skipped'
  } catch (error) {
    return String(error)
  }
}

// ---- batches ----

/** The comparisons of a batch, counted. */
const counting = () => {
  const answers = { Yes: 0, No: 0, Undecided: 0 }
  const undecided: Record<string, number> = {}
  const certificates = { accepted: 0, skipped: 0, missing: 0 }
  const disagreements: Disagreement[] = []
  const count = { comparisons: 0, requests: 0, points: 0 }
  const disagree = (
    given: Disagreement['answers'],
    { left, right }: Compared,
    request?: RequestJson,
  ): void => {
    disagreements.push({ answers: given, question: { left: left.policy, right: right.policy, request } })
  }
  const point = (compared: Compared, side: Side, request: RequestJson): void => {
    const given = pointAnswers(side, request)
    count.points += 1
    if (new Set(Object.values(given)).size > 1) disagree(given, compared, request)
  }
  const ask = (
    compared: Compared,
    sides: readonly [Named, Named],
    question: Question,
    meanings: Meanings,
  ): Verdict => {
    const [[name, left], [, right]] = sides
    const verdict = question.verdict(left.document, right.document)
    answers[verdict._tag] += 1
    count.comparisons += 1
    const given = { [`${question.name} of ${name}`]: verdict._tag }
    if (verdict._tag === 'Undecided') undecided[verdict.reason] = (undecided[verdict.reason] ?? 0) + 1
    if (verdict._tag === 'No' && !isConfirmed(left, right, question, verdict.witness))
      disagree(given, compared, asJson(verdict.witness))
    if (verdict._tag === 'Yes') {
      count.requests += compared.requests.length
      const refutation = separating(compared, sides, question, meanings)
      if (refutation !== undefined) disagree(given, compared, refutation)
    }
    return verdict
  }
  const certify = (compared: Compared): void => {
    const found = checked(compared)
    if (found === 'accepted' || found === 'skipped' || found === 'missing') certificates[found] += 1
    else disagree({ isNoBroader: 'Yes', certificate: found }, compared)
  }
  const report = () => ({ ...count, answers, undecided, certificates, disagreements })
  return { point, ask, certify, report }
}

/** The comparisons of the pairs of `size` seeds, the same for the same seed. */
export const comparisonBatch = (seed: number, size: number): ComparisonReport => {
  const count = counting()
  const pairs = new Set<number>()
  for (let at = seed; at < seed + size; at += 1) {
    const compared = comparedOf(at)
    const number = hash(JSON.stringify([compared.left.policy, compared.right.policy]))
    if (pairs.has(number)) continue
    pairs.add(number)
    const { left, right, requests, points } = compared
    for (const side of [left, right]) for (const request of points) count.point(compared, side, request)
    const meanings = meaningsOf(requests)
    const [l, r]: readonly [Named, Named] = [
      ['left', left],
      ['right', right],
    ]
    for (const question of questions) {
      const verdict = count.ask(compared, [l, r], question, meanings)
      if (question.name !== 'isNoBroader') continue
      count.ask(compared, [r, l], question, meanings)
      if (verdict._tag === 'Yes' && at % provedOf === 0) count.certify(compared)
    }
  }
  return {
    pairs: pairs.size,
    sample: Array.from(pairs).filter((pair) => pair % sampledOf === 0),
    ...count.report(),
  }
}
