/** Pairs of small documents, and the questions that brute force puts to the algebra about them. */
import { interchangeable, isNoBroader } from '../../src/algebra/compare.js'
import type { Verdict } from '../../src/algebra/Verdict.js'
import type { Document, Request } from '../../src/model/index.js'
import { Simulator } from '../../src/simulator/index.js'
import type { Meaning } from '../oracle/statements.js'
import { countOf, dice, edited, policyOf, type Flavour, type Kind, type Policy } from './smallUniverse.js'

export interface Pair {
  readonly seed: number
  readonly kind: Kind
  readonly flavour: Flavour
  readonly left: Policy
  readonly right: Policy
}

/** The first pair from a seed that at most so many requests of the small universe bear on. */
export const pairOf = (seed: number, kind: Kind, flavour: Flavour, most: number): Pair => {
  const roll = dice(seed)
  for (;;) {
    const left = policyOf(roll, kind, flavour)
    const right = roll(4) === 0 ? policyOf(roll, kind, flavour) : edited(roll, left, kind, flavour)
    if (countOf([left, right], flavour) > most) continue
    return roll(2) === 0
      ? { seed, kind, flavour, left, right }
      : { seed, kind, flavour, left: right, right: left }
  }
}

export const flavours: readonly (readonly [Kind, Flavour])[] = [
  ['identity', 'plain'],
  ['resource', 'plain'],
  ['identity', 'variables'],
  ['resource', 'variables'],
  ['identity', 'arns'],
  ['resource', 'arns'],
]

const isGrant = (meaning: Meaning): boolean => typeof meaning === 'object'

const same = (a: Meaning, b: Meaning): boolean =>
  typeof a === 'object' && typeof b === 'object' ? a.grant === b.grant : a === b

/** What is claimed of callers: `boundaries` without a permissions boundary, and with one (PR-11). */
export interface Question {
  readonly name: string
  readonly verdict: (left: Document.Document, right: Document.Document) => Verdict
  readonly boundaries: readonly boolean[]
  readonly separates: (left: Meaning, right: Meaning) => boolean
  readonly confirmed: (
    left: Document.Document,
    right: Document.Document,
    request: Request.Request,
    boundary: boolean,
  ) => boolean
}

export const questions: readonly Question[] = [
  {
    name: 'isNoBroader',
    verdict: isNoBroader,
    boundaries: [false],
    separates: (l, r) => isGrant(l) && !isGrant(r),
    confirmed: (l, r, request) =>
      Simulator.meaning(l)(request)._tag === 'Grant' && Simulator.meaning(r)(request)._tag !== 'Grant',
  },
  {
    name: 'interchangeable',
    verdict: interchangeable,
    boundaries: [false, true],
    separates: (l, r) => !same(l, r),
    confirmed: (l, r, request, boundary) => {
      const [left, right] = [l, r].map((each) => Simulator.meaning(each, boundary)(request))
      return JSON.stringify(left) !== JSON.stringify(right)
    },
  },
]
