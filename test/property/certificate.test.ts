/**
 * `isNoBroader(l, r) = Yes      =>  the checker, which shares no code with the library, accepts prove(l, r).certificate`
 * `interchangeable(l, r) = Yes  =>  the same of proveInterchangeable(l, r).certificate`
 *
 * and it accepts no certificate for a pair that a request tells apart, nor one that was tampered with.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prove, proveInterchangeable } from '../../src/algebra/certificate.js'
import type { Proven } from '../../src/algebra/certificateProofs.js'
import type { Certificate, Step } from '../../src/algebra/certificateSteps.js'
import { typed } from '../../src/algebra/World.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { checkCertificate, skippedBy, type CertificateJson } from '../oracle/certificateChecker.js'
import { asList, type PolicyJson, type StatementJson } from '../oracle/statements.js'
import { pair, type Pair } from './diffPolicies.js'
import { dice, edited, policyOf } from './smallUniverse.js'

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

type Made = Pair & Proven & { readonly source: 'overlapping' | 'small' }

const madeOf =
  (source: Made['source'], claim: typeof prove) =>
  ({ left, right }: Pair): Made => ({
    source,
    left,
    right,
    ...claim(parseOrThrow(left), parseOrThrow(right)),
  })

const firstSeed = deep ? Math.floor(Math.random() * 2 ** 31) : 20_241_123

const overlapping = fc
  .sample(pair, { numRuns, seed: firstSeed })
  .flatMap(pairsOf)
  .map(madeOf('overlapping', prove))

/** The policy with its Allows on more resources: whatever begins like those with a variable. */
const widened = (policy: PolicyJson): PolicyJson => ({
  ...policy,
  Statement: statements(policy).map((each) =>
    each.Effect === 'Deny' || each.Resource === undefined
      ? each
      : {
          ...each,
          Resource: asList(each.Resource).map((text) => (text.includes('${v:') ? `${text}*` : text)),
        },
  ),
})

/** Documents with variables and with tests of every type, one edit apart. */
const small = Array.from({ length: numRuns }, (_, i): Pair => {
  const roll = dice(firstSeed + i)
  const kind = roll(2) === 0 ? 'identity' : 'resource'
  const flavour = roll(4) === 0 ? 'plain' : 'variables'
  const left = policyOf(roll, kind, flavour)
  return { left, right: edited(roll, left, kind, flavour) }
}).flatMap((each) => [
  madeOf('small', prove)(each),
  madeOf('small', prove)({ left: each.right, right: each.left }),
  ...(JSON.stringify(each.left).includes('${v:')
    ? [madeOf('small', prove)({ left: each.left, right: widened(each.left) })]
    : []),
  madeOf('small', proveInterchangeable)(each),
])

const made = [...overlapping, ...small]

const certified = made.flatMap(({ source, left, right, certificate }) =>
  certificate !== undefined && 'proofs' in certificate ? [{ source, left, right, certificate }] : [],
)

const stepsOf = ({ proofs }: Certificate): readonly Step[] => proofs.flatMap(({ steps }) => steps)

const refuses = (left: PolicyJson, right: PolicyJson, certificate: CertificateJson): boolean => {
  try {
    checkCertificate(left, right, certificate)
    return false
  } catch {
    return true
  }
}

/** The small pairs once more, in a world of few actions that do not all take the same. */
const types = [
  { action: 's:a', resources: ['arn:aws:s:::*'], keys: ['v:k', 'v:n', 'aws:TagKeys'] },
  { action: 's:ab', resources: ['arn:aws:s:::*'], keys: ['v:k', 'v:n', 'aws:TagKeys'] },
  { action: 's:b', resources: ['*', 'arn:aws:s:*:*:a'], keys: ['v:m', 'v:i'] },
  { action: 't:a', resources: ['*'], keys: [] },
]
const world = typed('1', types)
const ofTypes = small.slice(0, numRuns * 2).map(({ left, right }) => ({
  left,
  right,
  ...prove(parseOrThrow(left), parseOrThrow(right), { world }),
}))
const certifiedOfTypes = ofTypes.flatMap(({ left, right, certificate }) =>
  certificate !== undefined && 'proofs' in certificate ? [{ left, right, certificate }] : [],
)

/** Some certificates of either source. */
const sample = certified.filter((_, i) => i % 4 === 0)

/** The steps of the first proof that has one of a kind, the first of which is changed; undefined where there is none. */
const changed = (
  certificate: Certificate,
  change: (steps: readonly Step[]) => readonly Step[] | undefined,
): Certificate | undefined => {
  const at = certificate.proofs.findIndex(({ steps }) => change(steps) !== undefined)
  return at === -1
    ? undefined
    : {
        ...certificate,
        proofs: certificate.proofs.map((proof, i) =>
          i === at ? { ...proof, steps: change(proof.steps) ?? [] } : proof,
        ),
      }
}

const replacing =
  (tag: Step['_tag'], by: (step: Step) => Step) =>
  (steps: readonly Step[]): readonly Step[] | undefined => {
    const at = steps.findIndex(({ _tag }) => _tag === tag)
    return at === -1 ? undefined : steps.map((step, i) => (i === at ? by(step) : step))
  }

const tamperings: readonly (readonly [string, (steps: readonly Step[]) => readonly Step[] | undefined])[] = [
  ['the last step is dropped', (steps) => steps.slice(0, -1)],
  ['a cover is said to be empty', replacing('Covered', () => ({ _tag: 'Empty', subject: 'no such key' }))],
  [
    'a cover is said to be that of another document',
    replacing('Covered', () => ({ _tag: 'Covered', by: { of: 'right', statement: 99 } })),
  ],
  ['both ways of a split lead back', replacing('Split', (step) => ({ ...step, holds: 0, fails: 0 }))],
  [
    'an element is named that is not there',
    replacing('Split', (step) => ({ ...step, element: 'StringEquals no:key' })),
  ],
  ['a text is another', replacing('Contrary', () => ({ _tag: 'Contrary', text: '["Resource","another"]' }))],
  [
    'a letter stands in another text',
    replacing('Letter', (step) => ({ ...step, text: '["Resource","another"]' })),
  ],
]

describe('prove', () => {
  it('gives a certificate for every Yes and for nothing else', () => {
    for (const source of ['overlapping', 'small'] as const) {
      const all = made.filter((each) => each.source === source)
      const yes = all.filter(({ verdict }) => verdict._tag === 'Yes')
      for (const { left, right, certificate } of yes)
        expect(certificate, JSON.stringify([left, right])).toHaveProperty('proofs')
      expect(certified.filter((each) => each.source === source).length).toBe(yes.length)
      expect(yes.length).toBeGreaterThan(numRuns / 4)
      expect(all.length - yes.length).toBeGreaterThan(numRuns / 4)
    }
  })

  it('gives certificates that the checker accepts, none of which it skips', () => {
    const skipped = certified.flatMap(({ left, right, certificate }) =>
      asList(skippedBy(left, right, certificate)),
    )
    expect(skipped).toStrictEqual([])
  })

  it('certifies in a world of types whatever it says of it, for the checker to accept', () => {
    const yes = ofTypes.filter(({ verdict }) => verdict._tag === 'Yes')
    for (const { left, right, certificate } of yes)
      expect(certificate, JSON.stringify([left, right])).toHaveProperty('proofs')
    const skipped = certifiedOfTypes.flatMap(({ left, right, certificate }) =>
      asList(skippedBy(left, right, certificate, { name: world.name, actions: types })),
    )
    expect(skipped).toStrictEqual([])
    const byTypes = certifiedOfTypes.filter(({ certificate }) =>
      stepsOf(certificate).some(({ _tag }) => _tag === 'Types'),
    )
    expect(byTypes.length).toBeGreaterThan(numRuns / 35)
  })

  it('proves of variables by text, by cases, and by letters', () => {
    const withVariables = certified.filter(({ left, right }) =>
      JSON.stringify([left, right]).includes('${v:'),
    )
    expect(withVariables.length).toBeGreaterThan(numRuns / 4)
    for (const tag of ['Cases', 'Letter'])
      expect(certified.some(({ certificate }) => stepsOf(certificate).some(({ _tag }) => _tag === tag))).toBe(
        true,
      )
  })

  it('proves at every strength and under boundaries', () => {
    const proofs = certified.flatMap(({ certificate }) => certificate.proofs)
    for (const strength of ['Account', 'Entity', 'Direct'])
      expect(proofs.some(({ atLeast }) => atLeast === strength)).toBe(true)
    expect(proofs.some(({ boundary }) => boundary)).toBe(true)
  })

  it('needs cases: many certificates are longer than one step a claim', () => {
    const counts = certified.map(({ certificate }) => stepsOf(certificate).length)
    expect(counts.filter((count) => count > 3).length).toBeGreaterThan(certified.length / 8)
  })

  it('convinces nobody of what is false', () => {
    const refuted = overlapping.filter(({ verdict }) => verdict._tag === 'No')
    for (const { left, right } of refuted.slice(0, 60))
      for (const { certificate } of certified.slice(0, 60))
        expect(refuses(left, right, certificate), JSON.stringify([left, right])).toBe(true)
  })

  it('gives certificates for no other pair: with sides swapped they convince of nothing that is false', () => {
    const oneWay = certified.filter(
      ({ left, right, certificate }) =>
        certificate.claim === 'NoBroader' &&
        prove(parseOrThrow(right), parseOrThrow(left)).verdict._tag === 'No',
    )
    expect(oneWay.length).toBeGreaterThan(10)
    for (const { left, right, certificate } of oneWay) expect(refuses(right, left, certificate)).toBe(true)
  })

  it('gives certificates that no longer convince when a step is another', () => {
    for (const [what, change] of tamperings) {
      const tampered = sample.flatMap(({ left, right, certificate }) => {
        const other = changed(certificate, change)
        return other === undefined ? [] : [{ left, right, other }]
      })
      for (const { left, right, other } of tampered)
        expect(refuses(left, right, other), `${what}: ${JSON.stringify([left, right, other])}`).toBe(true)
    }
  })
})
