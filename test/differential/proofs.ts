/** `isNoBroader = Yes <=> Z3 finds "left allows and right does not" unsatisfiable`, on small pairs that Z3 can be asked about. */
import { isNoBroader } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { matchDocument, type PolicyJson, type RequestJson } from '../oracle/statements.js'
import { pairOf as smallPairOf } from '../property/smallPairs.js'
import { asOracle } from '../property/smallUniverse.js'
import { question, type Question } from '../z3/encoding.js'
import { pairOf as randomPairOf, type Pair } from '../z3/pairs.js'
import { requestOf } from '../z3/requests.js'
import { start, type Found, type Solver } from '../z3/solver.js'
import type { Disagreement } from './decisions.js'

export interface ProofReport {
  /** Pairs that were asked of both. */
  readonly proofs: number
  readonly answers: { readonly Yes: number; readonly No: number; readonly Undecided: number }
  /** Those that Z3 gave up on within its limits. */
  readonly unknownToZ3: number
  readonly disagreements: readonly Disagreement[]
}

const limits = { work: 60_000, milliseconds: 20_000 }
const most = 1_000_000

const pairAt = (seed: number): Pair => {
  if (seed % 2 === 0) return randomPairOf(seed)
  const { left, right } = smallPairOf(seed, 'identity', seed % 4 === 1 ? 'plain' : 'variables', most)
  return { seed, left: asOracle(left), right: asOracle(right) }
}

const allows = (policy: PolicyJson, request: RequestJson): boolean =>
  typeof matchDocument(policy, request) === 'object'

/** Does the request of Z3's model tell the documents apart for the oracle too? */
const isConfirmed = ({ left, right }: Pair, asked: Question, found: Found): boolean => {
  if (found._tag !== 'Satisfiable') return true
  const request = requestOf(asked, found.constants)
  return allows(left, request) && !allows(right, request)
}

const isContradiction = (verdict: string, found: Found): boolean =>
  (verdict === 'Yes' && found._tag === 'Satisfiable') || (verdict === 'No' && found._tag === 'Unsatisfiable')

const prove = async (solver: Solver, seed: number, size: number): Promise<ProofReport> => {
  const answers = { Yes: 0, No: 0, Undecided: 0 }
  const disagreements: Disagreement[] = []
  const count = { proofs: 0, unknownToZ3: 0 }
  for (let at = seed; at < seed + size; at += 1) {
    const pair = pairAt(at)
    const asked = question(pair.left, pair.right)
    if (asked === undefined) continue
    const verdict = isNoBroader(
      parseOrThrow(pair.left, 'identity'),
      parseOrThrow(pair.right, 'identity'),
    )._tag
    const found = await solver.ask(asked)
    count.proofs += 1
    answers[verdict] += 1
    if (found._tag === 'Unknown') count.unknownToZ3 += 1
    if (isContradiction(verdict, found) || !isConfirmed(pair, asked, found))
      disagreements.push({ answers: { isNoBroader: verdict, Z3: found._tag }, question: pair })
  }
  return { ...count, answers, disagreements }
}

/** The pairs of `size` seeds, those aside that the encoding does not reach. */
export const proofBatch = async (seed: number, size: number): Promise<ProofReport> => {
  const solver = await start(limits)
  try {
    return await prove(solver, seed, size)
  } finally {
    await solver.close()
  }
}
