/**
 * `isEnvironmentNoBroader(l, r) = Yes  =>  the checker, which finds out by the oracle what has to be proven, accepts
 * proveEnvironmentNoBroader(l, r).certificate`
 *
 * and it accepts no certificate for a pair that a request tells apart, nor one that lacks a proof.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { proveEnvironmentNoBroader } from '../../src/algebra/certificateEnvironment.js'
import type { Certificate } from '../../src/algebra/certificateSteps.js'
import { parseScenarioOrThrow } from '../../src/codec/index.js'
import type { Environment } from '../../src/model/index.js'
import type { CertificateJson } from '../oracle/certificateChecker.js'
import { checkEnvironmentCertificate, type EnvironmentJson } from '../oracle/certificateEnvironments.js'
import { pair, requests } from './environmentPairs.js'

const deep = process.env['ECR_POLICY_DEEP'] === '1'
const numRuns = deep ? 1_500 : 24

const read = (json: EnvironmentJson): Environment.Environment =>
  parseScenarioOrThrow({ ...json, request: requests[0] }).environment

const made = fc
  .sample(pair, { numRuns, seed: deep ? Math.floor(Math.random() * 2 ** 31) : 20_263 })
  .map(([left, right]) => ({ left, right, ...proveEnvironmentNoBroader(read(left), read(right)) }))

const yes = made.filter(({ verdict }) => verdict._tag === 'Yes')

interface Certified {
  readonly left: EnvironmentJson
  readonly right: EnvironmentJson
  readonly certificate: Certificate
}

const certified = yes.flatMap(({ left, right, certificate }): readonly Certified[] =>
  certificate !== undefined && 'proofs' in certificate ? [{ left, right, certificate }] : [],
)

/** What the checker has against it; undefined where it has nothing. */
const objection = (
  left: EnvironmentJson,
  right: EnvironmentJson,
  certificate: CertificateJson,
): string | undefined => {
  try {
    checkEnvironmentCertificate(left, right, certificate)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const objections = certified.map(({ left, right, certificate }) => objection(left, right, certificate))

const accepted = certified.filter((_, i) => objections[i] === undefined)

describe('proveEnvironmentNoBroader', () => {
  it('gives a certificate for most Yes, says why where not, and gives none for anything else', () => {
    expect(yes.length).toBeGreaterThan(numRuns / 3)
    expect(certified.length).toBeGreaterThan(0.7 * yes.length)
    for (const { certificate } of yes)
      expect(certificate).toEqual(
        certificate !== undefined && 'proofs' in certificate
          ? expect.objectContaining({ claim: 'EnvironmentNoBroader' })
          : expect.objectContaining({ _tag: 'Undecided' }),
      )
    for (const { verdict, certificate } of made)
      if (verdict._tag !== 'Yes') expect(certificate).toBeUndefined()
  })

  it('gives certificates that the checker accepts, or that are beyond what it can check', () => {
    const refused = objections.filter((each) => each !== undefined && !each.startsWith('cannot check'))
    expect(refused).toStrictEqual([])
    expect(accepted.length).toBeGreaterThan(0.8 * certified.length)
  })

  it('gives certificates that convince nobody without their proofs, or with proofs that break off', () => {
    const some = accepted.filter(({ certificate }) => certificate.proofs.length > 0).slice(0, deep ? 100 : 4)
    expect(some.length).toBeGreaterThan(2)
    for (const { left, right, certificate } of some) {
      expect(objection(left, right, { ...certificate, proofs: [] })).toMatch(/^no proof of/)
      const broken = certificate.proofs.map((proof) => ({ ...proof, steps: proof.steps.slice(0, -1) }))
      expect(objection(left, right, { ...certificate, proofs: broken })).toMatch(/^no step/)
    }
  })

  it('convinces nobody of what is false', () => {
    const refuted = made.filter(({ verdict }) => verdict._tag === 'No')
    for (const { left, right } of refuted.slice(0, deep ? 40 : 2))
      for (const { certificate } of certified.slice(0, deep ? 20 : 2))
        expect(objection(left, right, certificate)).toBeDefined()
  })
})
