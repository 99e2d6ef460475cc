/**
 * `isNoBroader(l, r) = Yes  =>  the checker, which shares no code with the library, accepts prove(l, r).certificate`
 *
 * and it accepts no certificate for a pair that a request tells apart, nor one that was tampered with.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prove, type Certificate } from '../../src/algebra/certificate.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { checkCertificate, type CertificateJson } from '../oracle/certificateChecker.js'
import { asList, type PolicyJson, type StatementJson } from '../oracle/statements.js'
import { pair, type Pair } from './diffPolicies.js'

const deep = process.env['ECR_POLICY_DEEP'] === '1'
const numRuns = deep ? 5_000 : 70

const statements = (policy: PolicyJson): readonly StatementJson[] =>
  Array.isArray(policy.Statement) ? (policy.Statement as readonly StatementJson[]) : []

const bare = ({ Sid: _, ...rest }: StatementJson): StatementJson => rest

/** The statement once for each of its actions and resources: a cover that only all of them together are. */
const apart = (statement: StatementJson): readonly StatementJson[] => {
  const { Action, Resource } = statement
  if (Action === undefined || Resource === undefined) return [statement]
  return asList(Action).flatMap((action) =>
    asList(Resource).map((resource) => ({ ...statement, Action: action, Resource: resource })),
  )
}

/** Besides the pairs as they are, pairs that are in order by construction. */
const pairsOf = ({ left, right }: Pair): readonly Pair[] => {
  const both = { ...left, Statement: [...statements(left), ...statements(right)].map(bare) }
  const denied = statements(right).filter(({ Effect }) => Effect === 'Deny')
  const less = { ...left, Statement: [...statements(left), ...denied].map(bare) }
  const more = { ...both, Statement: both.Statement.filter(({ Effect }) => Effect === 'Allow') }
  const split = { ...left, Statement: statements(left).map(bare).flatMap(apart) }
  return [
    { left, right },
    { left, right: split },
    { left: both, right: { ...both, Statement: both.Statement.flatMap(apart) } },
    { left: less, right: left },
    ...(more.Statement.length > 0 ? [{ left, right: more }] : []),
  ]
}

const made = fc
  .sample(pair, { numRuns, seed: deep ? Math.floor(Math.random() * 2 ** 31) : 20_241_123 })
  .flatMap(pairsOf)
  .map((each) => ({ ...each, ...prove(parseOrThrow(each.left), parseOrThrow(each.right)) }))

const certified = made.flatMap(({ left, right, certificate }) =>
  certificate !== undefined && Object.hasOwn(certificate, 'proofs')
    ? [{ left, right, certificate: certificate as Certificate }]
    : [],
)

const accepts = (left: PolicyJson, right: PolicyJson, certificate: CertificateJson): boolean => {
  try {
    checkCertificate(left, right, certificate)
    return true
  } catch {
    return false
  }
}

describe('prove', () => {
  it('gives a certificate for every Yes and for nothing else', () => {
    const yes = made.filter(({ verdict }) => verdict._tag === 'Yes')
    expect(certified.length).toBe(yes.length)
    expect(yes.length).toBeGreaterThan(numRuns / 4)
    expect(made.length - yes.length).toBeGreaterThan(numRuns / 4)
  })

  it('gives certificates that the checker accepts', () => {
    for (const { left, right, certificate } of certified)
      expect(
        () => {
          checkCertificate(left, right, certificate)
        },
        JSON.stringify([left, right]),
      ).not.toThrow()
  })

  it('needs cases: many certificates are longer than one step a claim', () => {
    const steps = certified.map(({ certificate }) =>
      certificate.proofs.reduce((sum, proof) => sum + proof.steps.length, 0),
    )
    expect(steps.filter((count) => count > 3).length).toBeGreaterThan(certified.length / 8)
  })

  it('convinces nobody of what is false', () => {
    const refuted = made.filter(({ verdict }) => verdict._tag === 'No')
    for (const { left, right } of refuted.slice(0, 60))
      for (const { certificate } of certified.slice(0, 60))
        expect(accepts(left, right, certificate), JSON.stringify([left, right])).toBe(false)
  })

  it('gives certificates that no longer convince when a leaf is turned into another', () => {
    let refused = 0
    let tried = 0
    for (const { left, right, certificate } of certified.slice(0, 60)) {
      const proofs = certificate.proofs.map((proof) => ({
        ...proof,
        steps: proof.steps.map((step) =>
          step._tag === 'Covered' ? ({ _tag: 'Empty', subject: 'Action' } as const) : step,
        ),
      }))
      if (JSON.stringify(proofs) === JSON.stringify(certificate.proofs)) continue
      tried += 1
      if (!accepts(left, right, { ...certificate, proofs })) refused += 1
    }
    expect(tried).toBeGreaterThan(5)
    expect(refused).toBe(tried)
  })
})
