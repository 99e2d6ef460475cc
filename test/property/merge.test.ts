/** The laws of merging, proven by the algebra and seen by the oracle, for documents of every kind. */
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interchangeable } from '../../src/algebra/compare.js'
import { merge, mergeAll } from '../../src/algebra/merge.js'
import { scenarioToJson } from '../../src/codec/scenarioCodec.js'
import { toJson } from '../../src/model/DocumentJson.js'
import { Environment, PolicyKind, type Document, type Request } from '../../src/model/index.js'
import { arbitrary } from '../../src/testing/index.js'
import { matchDocument, type PolicyJson, type RequestJson } from '../oracle/decide.js'

const RUNS = process.env['ECR_POLICY_DEEP'] === undefined ? 8 : 150
const budget = 20_000

const oracle = (document: Document.Document, request: Request.Request) => {
  const { request: json } = scenarioToJson({ request, environment: Environment.empty, expect: undefined })
  return matchDocument(toJson(document) as unknown as PolicyJson, json as unknown as RequestJson)
}

const three = (kind: PolicyKind.PolicyKind) =>
  arbitrary.request({ services: ['ecr'] }).chain((near) => {
    const one = arbitrary.document(kind, { services: ['ecr'], near })
    return fc.tuple(one, one, one, fc.constant(near))
  })

const sids = ({ statements }: Document.Document): readonly string[] =>
  statements.flatMap(({ sid }) => (sid === undefined || sid === '' ? [] : [sid]))

describe.each(PolicyKind.policyKinds)('merge, %s', (kind) => {
  it('is associative, commutative and idempotent with an identity, and keeps Sids apart', () => {
    const seen = { proven: 0, undecided: 0 }
    fc.assert(
      fc.property(three(kind), ([x, y, z, request]) => {
        const same = (left: Document.Document, right: Document.Document): void => {
          const verdict = interchangeable(left, right, { budget })
          expect(verdict._tag).not.toBe('No')
          seen[verdict._tag === 'Yes' ? 'proven' : 'undecided']++
          expect(oracle(left, request)).toStrictEqual(oracle(right, request))
        }
        const [xy, yz, yx, xx] = [merge(x, y), merge(y, z), merge(y, x), merge(x, x)]
        expect(xy._tag).toBe(yx._tag)
        if (E.isLeft(xy) || E.isLeft(yz) || E.isLeft(yx) || E.isLeft(xx)) return
        const [left, right] = [merge(xy.right, z), merge(x, yz.right)]
        if (E.isRight(left) && E.isRight(right)) {
          same(left.right, right.right)
          expect(new Set(sids(left.right)).size).toBe(sids(left.right).length)
        }
        same(xy.right, yx.right)
        same(xx.right, x)
        expect(mergeAll([x])).toStrictEqual(E.right(x))
        expect(mergeAll([])).toStrictEqual(E.right(undefined))
      }),
      { numRuns: RUNS },
    )
    expect(seen.proven).toBeGreaterThan(seen.undecided)
  }, 300_000)
})
