/** Batches by kind, seed and size: the same arguments give the same report, on every machine. */
import { comparisonBatch, type ComparisonReport } from './comparisons.js'
import { decisionBatch, type DecisionReport } from './decisions.js'
import { proofBatch, type ProofReport } from './proofs.js'

export interface Order {
  readonly kind: 'decisions' | 'comparisons' | 'proofs'
  readonly seed: number
  readonly size: number
}

export type Report = DecisionReport | ComparisonReport | ProofReport

export const batch = async ({ kind, seed, size }: Order): Promise<Report> => {
  switch (kind) {
    case 'decisions':
      return decisionBatch(seed, size)
    case 'comparisons':
      return comparisonBatch(seed, size)
    case 'proofs':
      return proofBatch(seed, size)
  }
}
