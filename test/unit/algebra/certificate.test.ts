import { describe, expect, it } from 'vitest'
import { prove, type Certificate, type Proof } from '../../../src/algebra/certificate.js'
import { catalogue } from '../../../src/algebra/World.js'
import { parseOrThrow } from '../../../src/codec/index.js'
import { checkCertificate, hasWord } from '../../oracle/certificateChecker.js'
import type { PolicyJson, StatementJson } from '../../oracle/statements.js'

const policy = (...Statement: readonly StatementJson[]): PolicyJson => ({ Version: '2012-10-17', Statement })
const allow = (fields: Partial<StatementJson> = {}): StatementJson => ({
  Effect: 'Allow',
  ...(fields.NotAction === undefined ? { Action: 'ecr:*' } : {}),
  Resource: '*',
  ...fields,
})
const deny = (fields: Partial<StatementJson>): StatementJson => ({ ...allow(fields), Effect: 'Deny' })

const certificateOf = (left: PolicyJson, right: PolicyJson): Certificate => {
  const { certificate } = prove(parseOrThrow(left), parseOrThrow(right))
  if (certificate === undefined || !('proofs' in certificate)) throw new Error(JSON.stringify(certificate))
  return certificate
}

const halves: readonly [PolicyJson, PolicyJson] = [
  policy(allow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
  policy(
    allow({ Action: ['ecr:Get*'] }),
    allow({ NotAction: 'ecr:Get*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
  ),
]

describe('prove', () => {
  it.each<readonly [string, PolicyJson, PolicyJson]>([
    [
      'a wildcard that includes an action',
      policy(allow({ Action: 'ecr:GetImage' })),
      policy(allow({ Action: 'ecr:G*' })),
    ],
    ['two statements that cover one together', ...halves],
    [
      'a Deny that leaves nothing of an Allow',
      policy(allow({ Action: 'ecr:PutImage' }), deny({ Action: 'ecr:Put*' })),
      policy(allow({ Action: 's3:*' })),
    ],
    [
      'a Deny of the other that misses',
      policy(allow({ Action: 'ecr:G*' })),
      policy(allow(), deny({ Action: 'ecr:P*' })),
    ],
    [
      'a key that is there or missing',
      policy(allow()),
      policy(
        allow({ Condition: { Null: { 'aws:PrincipalOrgID': 'true' } } }),
        allow({ Condition: { StringLike: { 'aws:PrincipalOrgID': '*' } } }),
      ),
    ],
    [
      'numbers on both sides of a bound',
      policy(allow({ Condition: { NumericLessThan: { 's3:max-keys': '7' } } })),
      policy(
        allow({ Condition: { NumericLessThanEquals: { 's3:max-keys': '5' } } }),
        allow({ Condition: { NumericGreaterThan: { 's3:max-keys': '5' } } }),
      ),
    ],
    [
      'addresses of two halves of a block',
      policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })),
      policy(
        allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/9' } } }),
        allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.128.0.0/9' } } }),
      ),
    ],
    [
      'an account that includes its role',
      policy(allow({ Principal: { AWS: 'arn:aws:iam::111122223333:role/ci' } })),
      policy(allow({ Principal: { AWS: '111122223333' } })),
    ],
    [
      'a key that follows from the caller',
      policy(allow({ Principal: { AWS: 'arn:aws:iam::111122223333:role/ci' } })),
      policy(
        allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } }),
      ),
    ],
    [
      'lists whose elements all pass',
      policy(allow({ Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } } })),
      policy(allow({ Condition: { 'ForAllValues:StringLike': { 'aws:TagKeys': ['a', 'b*'] } } })),
    ],
  ])('gives a certificate that the checker accepts: %s', (_, left, right) => {
    expect(() => {
      checkCertificate(left, right, certificateOf(left, right))
    }).not.toThrow()
  })

  it('gives none with a No', () => {
    const { verdict, certificate } = prove(
      parseOrThrow(policy(allow())),
      parseOrThrow(policy(allow({ Action: 'ecr:Get*' }))),
    )
    expect([verdict._tag, certificate]).toStrictEqual(['No', undefined])
  })

  it('says why there is none where variables stand', () => {
    const mine = policy(allow({ Resource: 'arn:aws:ecr:us-east-1:111122223333:repository/${aws:username}' }))
    const { verdict, certificate } = prove(parseOrThrow(mine), parseOrThrow(mine))
    expect(verdict._tag).toBe('Yes')
    expect(certificate).toMatchObject({ _tag: 'Undecided', reason: 'NotExpressible' })
  })

  it('names its world', () => {
    const world = catalogue('2024-01-01', ['ecr:GetImage'])
    const [left, right] = [policy(allow()), policy(allow({ Action: 'ecr:GetImage' }))]
    const { certificate } = prove(parseOrThrow(left), parseOrThrow(right), { world })
    expect(certificate).toMatchObject({ world: 'Catalogue 2024-01-01' })
    expect(() => {
      checkCertificate(left, right, { ...certificateOf(left, left), world: world.name })
    }).toThrow('another claim')
  })
})

describe('the checker', () => {
  const [left, right] = halves
  const good = certificateOf(left, right)
  const refuses = (certificate: Certificate, of: PolicyJson = right): void => {
    expect(() => {
      checkCertificate(left, of, certificate)
    }).toThrow()
  }
  const mapped = (change: (proof: Proof) => Proof): Certificate => ({
    ...good,
    proofs: good.proofs.map(change),
  })

  it('accepts the proof that the following are made from, which has several steps', () => {
    checkCertificate(left, right, good)
    expect(good.proofs[0]?.steps.length).toBeGreaterThanOrEqual(3)
  })

  it('refuses a near miss: the same proof where one letter of the cover is another', () => {
    refuses(
      good,
      policy(allow({ Action: ['ecr:Get?*'] }), ...[(right.Statement as readonly StatementJson[])[1]!]),
    )
  })

  it('refuses a proof whose cover lacks a condition', () => {
    const stricter = (right.Statement as readonly StatementJson[]).map((each) => ({
      ...each,
      Condition: { ...each.Condition, StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    }))
    refuses(good, policy(...stricter))
  })

  it('refuses a claim without a proof, a step that is not there, and steps in a circle', () => {
    refuses({ ...good, proofs: [] })
    refuses(mapped((proof) => ({ ...proof, steps: proof.steps.slice(0, -1) })))
    refuses(
      mapped((proof) => ({
        ...proof,
        steps: proof.steps.map((step) => (step._tag === 'Split' ? { ...step, holds: 0 } : step)),
      })),
    )
  })

  it('refuses a cover that is none of those claimed, and an emptiness that is not', () => {
    refuses(mapped((p) => ({ ...p, steps: [{ _tag: 'Covered', by: { of: 'left', statement: 0 } }] })))
    refuses(mapped((p) => ({ ...p, steps: [{ _tag: 'Empty', subject: 'Action' }] })))
  })

  it('decides languages by itself', () => {
    const a = { text: 'a' }
    const word = { star: { but: '' } }
    expect(
      hasWord([
        { lang: a, holds: true },
        { lang: word, holds: false },
      ]),
    ).toBe(false)
    expect(
      hasWord([
        { lang: word, holds: true },
        { lang: a, holds: false },
      ]),
    ).toBe(true)
  })
})
