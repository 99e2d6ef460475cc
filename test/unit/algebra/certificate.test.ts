import { describe, expect, it } from 'vitest'
import { prove, proveInterchangeable } from '../../../src/algebra/certificate.js'
import type { Certificate, Proof } from '../../../src/algebra/certificateSteps.js'
import { catalogue, typed, type TypedAction } from '../../../src/algebra/World.js'
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

const asStatement = ({ Statement }: PolicyJson): StatementJson => (Statement as readonly StatementJson[])[0]!

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

describe('a certificate', () => {
  const names = ['a', 'b', 'c', 'd']
  const of = (end: string): PolicyJson =>
    policy(
      ...names.map((name) =>
        allow({ Resource: `arn:aws:ecr:eu-west-1:111122223333:repository/${name}${end}` }),
      ),
    )
  const proofsWith = (budget: number): number => {
    const { verdict, certificate } = prove(parseOrThrow(of('')), parseOrThrow(of('*')), { budget })
    expect(verdict._tag).toBe('Yes')
    return certificate !== undefined && 'proofs' in certificate ? certificate.proofs.length : 0
  }

  it('proves every Allow, or there is none, wherever the budget ends', () => {
    const counts = Array.from({ length: 30 }, (_, i) => proofsWith(10 * i))
    expect(Array.from(new Set(counts))).toEqual([0, names.length])
  })
})

describe('prove', () => {
  /** Tests of one key as several types, about which nothing is known but their texts. */
  const mixed = [
    { StringLike: { 'v:m': '1*' }, NumericLessThan: { 'v:m': '5' } },
    { NumericLessThan: { 'aws:PrincipalArn': '5' } },
  ]

  it.each<readonly [string, PolicyJson, PolicyJson]>([
    [
      'a wildcard that includes an action',
      policy(allow({ Action: 'ecr:GetImage' })),
      policy(allow({ Action: 'ecr:G*' })),
    ],
    ['two statements that cover one together', ...halves],
    [
      'a number that is there',
      policy(allow({ Condition: { NumericLessThan: { 'v:n': '5' } } })),
      policy(allow({ Condition: { Null: { 'v:n': 'false' } } })),
    ],
    [
      'what would be a variable past the fifth colon (VA-1)',
      policy(
        allow({ Resource: 'arn:aws:s3:::${aws:username}' }),
        allow({ Resource: 'arn:aws:s:eu:${v:k}:a' }),
      ),
      policy(allow({ Resource: 'arn:aws:s:eu:*' }), allow({ Resource: 'arn:aws:s3:::*' })),
    ],
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
    ...mixed.map((test): readonly [string, PolicyJson, PolicyJson] => [
      `what stands in both, and needs none of ${JSON.stringify(test)}`,
      policy(
        allow({ Condition: test }),
        allow({ Action: 's3:*', Condition: { NumericLessThan: { 'v:n': '5' } } }),
        allow({ Action: 'sts:*', Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } }),
      ),
      policy(
        allow({ Condition: test }),
        allow({ Action: 's3:*', Condition: { Null: { 'v:n': 'false' } } }),
        allow({ Action: 'sts:*', Condition: { StringLike: { 'aws:PrincipalAccount': '1*' } } }),
      ),
    ]),
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

  const team = (rest: string) => `arn:aws:ecr:us-east-1:111122223333:repository/${rest}`
  const at = (Resource: string | readonly string[]) => policy(allow({ Resource }))
  const tagsOf = ({ proofs }: Certificate) =>
    new Set(proofs.flatMap(({ steps }) => steps.map(({ _tag }) => _tag)))

  it.each<readonly [string, string, PolicyJson, PolicyJson]>([
    ['the same words', 'Covered', at(team('${aws:username}/*')), at([team('${aws:username}/*'), team('x')])],
    ['a wildcard around', 'Letter', at(team('${v:team}/api')), at(team('${v:team}/*'))],
    ['two wildcards together', 'Letter', at(team('${v:team}*')), at([team('*')])],
    [
      'a wildcard around, beside more variables than are taken case by case elsewhere',
      'Letter',
      at(team('${v:team}/api')),
      policy(
        allow({ Resource: team('${v:team}/*') }),
        allow({ Action: 's3:*', Resource: Array.from('abcde', (key) => `arn:aws:s3:::\${v:${key}}`) }),
      ),
    ],
    [
      'a value tested for a value',
      'Letter',
      policy(allow({ Condition: { StringEquals: { 'v:a': '${v:team}' } } })),
      policy(allow({ Condition: { StringLike: { 'v:a': ['*${v:team}*', 'b'] } } })),
    ],
    [
      'an ARN whose parts may be in the value',
      'Letter',
      policy(allow({ Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::${v:team}/*' } } })),
      policy(allow({ Condition: { StringLike: { 'aws:SourceArn': 'arn:aws:s3:::${v:team}*' } } })),
    ],
    ['a default', 'Cases', at(team("${v:team, 'none'}/a")), at([team("${v:team, 'none'}/*")])],
  ])('certifies what holds for every value of a variable: %s', (_, tag, left, right) => {
    const certificate = certificateOf(left, right)
    expect(tagsOf(certificate)).toContain(tag)
    expect(() => {
      checkCertificate(left, right, certificate)
    }).not.toThrow()
  })

  it.each<readonly [string, PolicyJson, PolicyJson]>([
    ['`?` is not every value', at(team('${v:team}')), at(team('?'))],
    ['a value may be another text', at(team('${v:team}')), at(team('team'))],
    [
      'the letter case of a value',
      policy(allow({ Condition: { StringEqualsIgnoreCase: { 'v:a': '${v:team}' } } })),
      policy(allow({ Condition: { StringEquals: { 'v:a': '${v:team}' } } })),
    ],
  ])('gets no letter past the checker where a value tells: %s', (_, left, right) => {
    const element =
      Object.keys(asStatement(left).Condition ?? {}).length > 0 ? 'StringEqualsIgnoreCase v:a' : 'Resource'
    const value = element === 'Resource' ? asStatement(left).Resource : '${v:team}'
    const subject = element === 'Resource' ? 'Resource' : 'v:a'
    const on = { of: 'right', statement: 0 } as const
    const other = element === 'Resource' ? 'Resource' : 'StringEquals v:a'
    const ending = { _tag: 'Letter', subject, text: JSON.stringify([element, value]) } as const
    const steps: Proof['steps'] = [
      { _tag: 'Cases', key: 'v:team', missing: 1, value: 2, several: 3 },
      { _tag: 'Empty', subject },
      { _tag: 'Split', on, element: other, holds: 4, fails: 5 },
      { _tag: 'Empty', subject },
      { _tag: 'Covered', by: on },
      ending,
    ]
    const proof = {
      inside: [{ of: 'left', statement: 0 }],
      outside: [on],
      atLeast: 'Account',
      boundary: false,
      steps,
    } as const
    expect(() => {
      checkCertificate(left, right, { claim: 'NoBroader', world: 'WellFormed', proofs: [proof] })
    }).toThrow('not empty for every value')
  })

  it.each<readonly [string, PolicyJson, PolicyJson]>([
    [
      'dates',
      policy(allow({ Condition: { DateLessThan: { 'v:d': '2020-01-01' } } })),
      policy(allow({ Condition: { DateLessThan: { 'v:d': '2020-01-01T00:00:00.5Z' } } })),
    ],
    [
      'bytes',
      policy(allow({ Condition: { BinaryEquals: { 'v:b': 'QUJD' } } })),
      policy(allow({ Condition: { BinaryEquals: { 'v:b': ['QUJD', 'QQ=='] } } })),
    ],
    [
      'addresses of both families',
      policy(allow({ Condition: { IpAddress: { 'v:i': ['2001:db8::/33', '10.0.0.0/8'] } } })),
      policy(allow({ Condition: { IpAddress: { 'v:i': ['2001:db8::/32', '10.0.0.0/7'] } } })),
    ],
    [
      'numbers beside texts',
      policy(allow({ Condition: { NumericEquals: { 'v:n': '1' }, StringEquals: { 'v:n': '1.0' } } })),
      policy(allow({ Condition: { StringEquals: { 'v:n': ['1', '1.0'] } } })),
    ],
  ])('certifies tests of every type: %s', (_, left, right) => {
    const certificate = certificateOf(left, right)
    checkCertificate(left, right, certificate)
    expect(() => {
      checkCertificate(right, left, certificate)
    }).toThrow()
  })

  it('names its world', () => {
    const world = catalogue('2024-01-01', ['ecr:GetImage'])
    const [left, right] = [policy(allow()), policy(allow({ Action: 'ecr:GetImage' }))]
    const { certificate } = prove(parseOrThrow(left), parseOrThrow(right), { world })
    expect(certificate).toMatchObject({ world: 'Catalogue 2024-01-01' })
    expect(() => {
      checkCertificate(left, right, { ...certificateOf(left, left), world: world.name })
    }).toThrow('another world')
  })
})

describe('prove, in a world of listed actions', () => {
  const all = (name: string, ...actions: readonly string[]) => ({
    name,
    actions: actions.map((action) => ({ action })),
  })
  const within = (left: PolicyJson, right: PolicyJson, world: Parameters<typeof catalogue>): Certificate => {
    const options = { world: catalogue(...world) }
    const { certificate } = prove(parseOrThrow(left), parseOrThrow(right), options)
    if (certificate === undefined || !('proofs' in certificate)) throw new Error(JSON.stringify(certificate))
    return certificate
  }

  it('certifies of a catalogue what holds of its actions, to whom has the same list', () => {
    const names = ['ecr:GetImage', 'ecr:PutImage']
    const [left, right] = [policy(allow()), policy(...names.map((Action) => allow({ Action })))]
    const certificate = within(left, right, ['1', names])
    checkCertificate(left, right, certificate, all('Catalogue 1', ...names))
    expect(() => {
      checkCertificate(left, right, certificate)
    }).toThrow('another world')
    expect(() => {
      checkCertificate(left, right, certificate, all('Catalogue 1', ...names, 'ecr:ListImages'))
    }).toThrow('Action is not empty')
  })
})

describe('prove, in a world of types', () => {
  const repository = 'arn:*:ecr:*:*:repository/*'
  const put: TypedAction = { action: 'ecr:PutImage', resources: [repository], keys: ['ecr:ResourceTag/${k}'] }
  const token: TypedAction = { action: 'ecr:GetAuthorizationToken', resources: ['*'], keys: [] }
  const actions = [put, token]
  const world = typed('1', actions)
  const certificateIn = (left: PolicyJson, right: PolicyJson, claim = prove): Certificate | undefined => {
    const { certificate } = claim(parseOrThrow(left), parseOrThrow(right), { world })
    return certificate !== undefined && 'proofs' in certificate ? certificate : undefined
  }
  const check = (
    left: PolicyJson,
    right: PolicyJson,
    certificate: Certificate | undefined,
    listed: readonly TypedAction[] = actions,
  ): void => {
    if (certificate === undefined) throw new Error('no certificate')
    checkCertificate(left, right, certificate, { name: world.name, actions: listed })
  }

  it.each<readonly [string, PolicyJson, PolicyJson]>([
    [
      'an action on what it takes',
      policy(allow({ Action: 'ecr:PutImage' })),
      policy(allow({ Action: 'ecr:PutImage', Resource: repository })),
    ],
    [
      'a resource that only one action takes',
      policy(allow({ Resource: repository })),
      policy(allow({ Action: 'ecr:PutImage' })),
    ],
    [
      'a key that an action does not take',
      policy(allow({ Action: 'ecr:*' })),
      policy(
        allow({ Action: 'ecr:PutImage' }),
        allow({ Condition: { Null: { 'ecr:ResourceTag/team': 'true' } } }),
      ),
    ],
  ])('certifies what types make true: %s', (_, left, right) => {
    const certificate = certificateIn(left, right)
    check(left, right, certificate)
    expect(certificate?.proofs.some(({ steps }) => steps.some(({ _tag }) => _tag === 'Types'))).toBe(true)
    expect(
      certificateOf(left, left).proofs.some(({ steps }) => steps.some(({ _tag }) => _tag === 'Types')),
    ).toBe(false)
  })

  it('certifies that documents may stand for each other', () => {
    const [left, right] = [policy(allow({ Action: 'ecr:PutImage' })), policy(allow({ Resource: repository }))]
    check(left, right, certificateIn(left, right, proveInterchangeable))
  })

  it('convinces nobody whose list has an action more, or one that takes more', () => {
    const [left, right] = [
      policy(allow()),
      policy(allow({ Action: 'ecr:PutImage', Resource: repository }), allow({ Action: 'ecr:Get*' })),
    ]
    const certificate = certificateIn(left, right)
    check(left, right, certificate)
    for (const listed of [
      [...actions, { ...put, action: 'ecr:DeleteImage' }],
      [{ ...put, resources: [repository, '*'] }, token],
      [{ ...put, resources: ['arn:*:ecr:*:*:*'] }, token],
    ])
      expect(() => {
        check(left, right, certificate, listed)
      }).toThrow()
  })
})

describe('proveInterchangeable', () => {
  const role = 'arn:aws:iam::111122223333:role/ci'
  const certificateFor = (left: PolicyJson, right: PolicyJson): Certificate => {
    const { certificate } = proveInterchangeable(parseOrThrow(left), parseOrThrow(right))
    if (certificate === undefined || !('proofs' in certificate)) throw new Error(JSON.stringify(certificate))
    return certificate
  }
  const grants = (...AWS: readonly string[]) => policy(allow({ Principal: { AWS } }))
  const spares = (Action: string, ...AWS: readonly string[]) =>
    policy({ Effect: 'Deny', NotPrincipal: { AWS }, Action, Resource: '*' })

  it('certifies both ways, at every strength', () => {
    const [left, right] = [
      grants('111122223333', role),
      policy(...[role, '111122223333'].map((each) => allow({ Principal: { AWS: each } }))),
    ]
    const certificate = certificateFor(left, right)
    checkCertificate(left, right, certificate)
    expect(new Set(certificate.proofs.map(({ atLeast }) => atLeast))).toStrictEqual(
      new Set(['Account', 'Entity', 'Direct']),
    )
  })

  it('certifies of an account no more than that: the same proofs at one strength say too little', () => {
    const [left, right] = [grants('111122223333', role), grants('111122223333')]
    expect(proveInterchangeable(parseOrThrow(left), parseOrThrow(right)).verdict._tag).toBe('No')
    const weak = [certificateFor(left, left), certificateFor(right, right)].flatMap(({ proofs }) => proofs)
    expect(() => {
      checkCertificate(left, right, { ...certificateFor(left, left), proofs: weak })
    }).toThrow()
  })

  it('certifies Denies with NotPrincipal for callers with a boundary, too', () => {
    const [left, right] = [spares('ecr:*', '111122223333', role), spares('ecr:**', role, '111122223333')]
    const certificate = certificateFor(left, right)
    checkCertificate(left, right, certificate)
    const proofs = certificate.proofs.filter(({ boundary }) => !boundary)
    expect(proofs.length).toBeLessThan(certificate.proofs.length)
    expect(() => {
      checkCertificate(left, right, { ...certificate, proofs })
    }).toThrow('no proof of')
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
