/**
 * The algebra against brute force: every request of a small universe is put to the oracle, which shares no code with
 * `src/`.
 *
 * Completeness: where some request separates two documents, no verdict says that none does.
 * Soundness: every request that a verdict gives separates the documents, for the simulator and for the oracle.
 */
import { describe, expect, it } from 'vitest'
import { compare, isNoBroader } from '../../src/algebra/compare.js'
import { parseOrThrow } from '../../src/codec/index.js'
import type { Document } from '../../src/model/index.js'
import { matchDocument, type RequestJson } from '../oracle/statements.js'
import { asJson } from './asJson.js'
import { flavours, pairOf, questions, type Pair } from './smallPairs.js'
import { asOracle, requestsOf, type Kind, type Policy } from './smallUniverse.js'

const deep = process.env['ECR_POLICY_DEEP'] === '1'
const given = process.env['ECR_POLICY_SEED']
const first = given !== undefined ? Number(given) : deep ? Math.floor(Math.random() * 2 ** 30) : 20_240_603
const runs = deep ? 4_000 : 60
const most = deep ? 20_000 : 3_000

const parsed = (policy: Policy, kind: Kind): Document.Document => parseOrThrow(policy, kind)

const shown = ({ seed, kind, left, right }: Pair, request: RequestJson | undefined): string =>
  JSON.stringify({ seed, kind, left, right, request })

describe.each(questions)('$name', ({ name, verdict, boundaries, separates, confirmed }) => {
  describe.each(flavours)('on %s documents, %s', (kind, flavour) => {
    const pairs = Array.from({ length: runs }, (_, i) => pairOf(first + i, kind, flavour, most)).map(
      (pair) => {
        const [l, r] = [parsed(pair.left, kind), parsed(pair.right, kind)]
        return { ...pair, l, r, answer: verdict(l, r) }
      },
    )
    const differs = ({ left, right }: Pair, request: RequestJson): boolean =>
      boundaries.some((boundarySet) =>
        separates(
          matchDocument(asOracle(left), request, { boundarySet }),
          matchDocument(asOracle(right), request, { boundarySet }),
        ),
      )

    it('is complete: a Yes is true of every request of the universe', () => {
      for (const pair of pairs.filter(({ answer }) => answer._tag === 'Yes')) {
        const requests = requestsOf([pair.left, pair.right], flavour)
        const counter = requests.find((request) => differs(pair, request))
        expect(counter, shown(pair, counter)).toBeUndefined()
      }
    })

    it('is sound: the witness of a No separates, for the simulator and for the oracle', () => {
      for (const pair of pairs) {
        if (pair.answer._tag !== 'No') continue
        const { witness } = pair.answer
        expect(boundaries.some((boundary) => confirmed(pair.l, pair.r, witness, boundary))).toBe(true)
        const request = asJson(witness)
        expect(differs(pair, request), shown(pair, request)).toBe(true)
      }
    })

    it('has both answers in a tenth of the pairs at least, and seldom none', () => {
      const count = (tag: string): number => pairs.filter(({ answer }) => answer._tag === tag).length
      const [yes, no, open] = [count('Yes'), count('No'), count('Undecided')]
      if (deep || process.env['ECR_POLICY_STATISTICS'] === '1')
        console.info(
          `${name}, ${kind}, ${flavour}, from seed ${first}: ${yes} yes, ${no} no, ${open} undecided`,
        )
      expect(yes / runs).toBeGreaterThan(0.1)
      expect(no / runs).toBeGreaterThan(0.1)
      expect(open / runs).toBeLessThan(flavour === 'plain' ? 0.02 : 0.15)
    })
  })
})

describe('compare', () => {
  it('agrees with isNoBroader in both directions, witness by witness', () => {
    for (let i = 0; i < runs; i += 1) {
      const { left, right } = pairOf(first + i, 'identity', 'plain', most)
      const [l, r] = [parsed(left, 'identity'), parsed(right, 'identity')]
      const [forth, back, both] = [isNoBroader(l, r), isNoBroader(r, l), compare(l, r)]
      if (forth._tag === 'Undecided' || back._tag === 'Undecided') expect(both.relation).toBe('Undecided')
      else
        expect([both.relation, 'onlyLeft' in both, 'onlyRight' in both]).toEqual([
          forth._tag === 'Yes'
            ? back._tag === 'Yes'
              ? 'Equivalent'
              : 'Narrower'
            : back._tag === 'Yes'
              ? 'Broader'
              : 'Incomparable',
          forth._tag === 'No',
          back._tag === 'No',
        ])
    }
  })
})
