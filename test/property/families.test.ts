/**
 * Families of documents that solvers of string constraints find hard, in own data, with the answers that follow from the
 * rules; and the unsound steps of earlier tools, each planted in one pair.
 *
 * Every witness separates the pair for the oracle, and every proven direction is true of requests drawn near the pair.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { Algebra } from '../../src/algebra/index.js'
import { parseOrThrow } from '../../src/codec/index.js'
import { DocumentJson, type Document } from '../../src/model/index.js'
import { matchDocument, type PolicyJson, type RequestJson, type StatementJson } from '../oracle/statements.js'
import { asJson } from './asJson.js'
import { nearRequest } from './nearRequests.js'
import { dice } from './smallUniverse.js'

// ---- documents ----

type OneOrMany = string | readonly string[]
type Elements = Omit<StatementJson, 'Effect'>
type Condition = NonNullable<StatementJson['Condition']>

const policy = (...statements: readonly StatementJson[]): PolicyJson => ({
  Version: '2012-10-17',
  Statement: statements,
})
const statement =
  (Effect: 'Allow' | 'Deny') =>
  (Action: OneOrMany, Resource: OneOrMany = '*', condition?: Condition): StatementJson => ({
    Effect,
    Action,
    Resource,
    ...(condition === undefined ? {} : { Condition: condition }),
  })
const allow = statement('Allow')
const deny = statement('Deny')
const allowing = (elements: Elements): StatementJson => ({ Effect: 'Allow', ...elements })
const denying = (elements: Elements): StatementJson => ({ Effect: 'Deny', ...elements })

const parsed = (json: PolicyJson): Document.Document => parseOrThrow(json, 'identity')

// ---- families ----

type Relation = Algebra.Comparison['relation']
type Pair = readonly [sentence: string, left: PolicyJson, right: PolicyJson, relation: Relation]

const kinds = ['instance', 'subnet', 'volume', 'network-interface', 'key-pair', 'security-group', 'image']
const launchable = kinds.map((kind) => `arn:aws:ec2:*:*:${kind}/*`)
const multiStar = kinds.map((kind) => `arn:aws:ec2:*:*:${kind}/*-a*b*`)
const launch = (resources: readonly string[]): PolicyJson => policy(allow('ec2:RunInstances', resources))
const inRegion = (resources: readonly string[]): readonly string[] =>
  resources.map((resource) => resource.replace('ec2:*', 'ec2:us-east-1'))

const launching: readonly Pair[] = [
  ['in any order', launch(multiStar), launch([...multiStar].reverse()), 'Equivalent'],
  [
    'over one statement or seven',
    launch(multiStar),
    policy(...multiStar.map((resource) => allow('ec2:RunInstances', resource))),
    'Equivalent',
  ],
  ...kinds.map((kind, i): Pair => [
    `without ${kind}`,
    launch(multiStar.filter((_, at) => at !== i)),
    launch(multiStar),
    'Narrower',
  ]),
  ['in one Region', launch(inRegion(multiStar)), launch(multiStar), 'Narrower'],
  ['with one star more in each', launch(multiStar), launch(launchable), 'Narrower'],
  ['by one pattern for all kinds', launch(launchable), launch(['arn:aws:ec2:*:*:*/*']), 'Narrower'],
  [
    'but for seven kinds, by NotResource or by a Deny',
    policy(allowing({ Action: 'ec2:RunInstances', NotResource: launchable })),
    policy(allow('ec2:RunInstances'), deny('ec2:RunInstances', launchable)),
    'Equivalent',
  ],
  [
    'with a subnet by name against any subnet',
    launch([
      ...launchable.slice(2),
      launchable[0] ?? '',
      'arn:aws:ec2:us-east-1:111122223333:subnet/subnet-1',
    ]),
    launch(launchable),
    'Narrower',
  ],
  [
    'of two letters in either order, against both orders',
    launch(['arn:aws:ec2:*:*:image/*a*b*a*', 'arn:aws:ec2:*:*:image/*b*a*b*']),
    launch(['arn:aws:ec2:*:*:image/*a*b*', 'arn:aws:ec2:*:*:image/*b*a*']),
    'Narrower',
  ],
  [
    'of different letters',
    launch(multiStar),
    launch([...multiStar.slice(1), 'arn:aws:ec2:*:*:instance/*-a*c*']),
    'Incomparable',
  ],
]

const present = 'aws:MultiFactorAuthPresent'
const withoutMfa = (operator: string): Condition => ({ [operator]: { [present]: 'false' } })
const guarded = (action: OneOrMany, condition: Condition): PolicyJson =>
  policy(allow('ec2:*'), deny(action, '*', condition))

const mfa: readonly Pair[] = [
  [
    'a document against itself',
    guarded('ec2:*', withoutMfa('BoolIfExists')),
    guarded('ec2:*', withoutMfa('BoolIfExists')),
    'Equivalent',
  ],
  [
    'denied without the key too, or only with it',
    guarded('ec2:*', withoutMfa('BoolIfExists')),
    guarded('ec2:*', withoutMfa('Bool')),
    'Narrower',
  ],
  [
    'IfExists is the test or the absence of the key',
    guarded('ec2:*', withoutMfa('BoolIfExists')),
    policy(
      allow('ec2:*'),
      deny('ec2:*', '*', withoutMfa('Bool')),
      deny('ec2:*', '*', { Null: { [present]: 'true' } }),
    ),
    'Equivalent',
  ],
  [
    'denied for all actions, or for two',
    guarded('ec2:*', withoutMfa('BoolIfExists')),
    guarded(['ec2:StopInstances', 'ec2:TerminateInstances'], withoutMfa('BoolIfExists')),
    'Narrower',
  ],
  [
    'denied but for two actions, or for all',
    policy(
      allow('*'),
      denying({
        NotAction: ['iam:ChangePassword', 'sts:GetSessionToken'],
        Resource: '*',
        Condition: withoutMfa('BoolIfExists'),
      }),
    ),
    policy(allow('*'), deny('*', '*', withoutMfa('BoolIfExists'))),
    'Broader',
  ],
  [
    'wanted true, or not refused false: a value that is neither (U-3) makes the difference',
    policy(allow('ec2:*', '*', { Bool: { [present]: 'true' } })),
    guarded('ec2:*', withoutMfa('BoolIfExists')),
    'Narrower',
  ],
]

const from = (operator: string, blocks: OneOrMany): Condition => ({ [operator]: { 'aws:SourceIp': blocks } })
const terminate = 'ec2:TerminateInstances'
const unlessFrom = (...denials: readonly Condition[]): PolicyJson =>
  policy(allow('ec2:*'), ...denials.map((condition) => deny(terminate, '*', condition)))
const offices = ['192.0.2.0/24', '203.0.113.0/24']

const addresses: readonly Pair[] = [
  [
    'two halves are the whole',
    policy(allow(terminate, '*', from('IpAddress', ['10.0.0.0/9', '10.128.0.0/9']))),
    policy(allow(terminate, '*', from('IpAddress', '10.0.0.0/8'))),
    'Equivalent',
  ],
  [
    'two halves with a gap are not',
    policy(allow(terminate, '*', from('IpAddress', ['10.0.0.0/9', '10.128.0.0/10']))),
    policy(allow(terminate, '*', from('IpAddress', '10.0.0.0/8'))),
    'Narrower',
  ],
  [
    'outside both blocks is less than outside one of them',
    unlessFrom(from('NotIpAddress', offices)),
    unlessFrom(from('NotIpAddress', offices[0] ?? ''), from('NotIpAddress', offices[1] ?? '')),
    'Broader',
  ],
  [
    'IfExists changes nothing in a negated test (CO-I2)',
    unlessFrom(from('NotIpAddress', offices)),
    unlessFrom(from('NotIpAddressIfExists', offices)),
    'Equivalent',
  ],
  [
    'allowed inside is all but denied outside',
    policy(allow(terminate, '*', from('IpAddress', offices))),
    policy(allow(terminate), deny(terminate, '*', from('NotIpAddress', offices))),
    'Equivalent',
  ],
  [
    'every address of one family is not every address (CO-P3)',
    policy(allow(terminate, '*', from('IpAddress', '0.0.0.0/0'))),
    policy(allow(terminate, '*', from('IpAddress', ['0.0.0.0/0', '::/0']))),
    'Narrower',
  ],
  [
    'everything everywhere is more than one action from two blocks',
    policy(allow('ec2:*')),
    policy(allow(terminate, '*', from('IpAddress', offices))),
    'Broader',
  ],
]

const roles = 'arn:aws:iam::111122223333:role'
const complements: readonly Pair[] = [
  [
    'NotAction is all but the list',
    policy(allowing({ NotAction: ['iam:*', 'sts:*'], Resource: '*' })),
    policy(allow('*'), deny(['iam:*', 'sts:*'])),
    'Equivalent',
  ],
  [
    'all but a and all but b is all',
    policy(allowing({ NotAction: 'iam:*', Resource: '*' }), allowing({ NotAction: 'sts:*', Resource: '*' })),
    policy(allow('*')),
    'Equivalent',
  ],
  [
    'exceptions that cannot overlap share what begins like one and ends like the other',
    policy(
      allowing({ NotAction: 'iam:*Role', Resource: '*' }),
      allowing({ NotAction: 'iam:Pass*', Resource: '*' }),
    ),
    policy(allow('*'), deny('iam:Pass*Role')),
    'Equivalent',
  ],
  [
    'exceptions that can overlap share shorter actions too',
    policy(
      allowing({ NotAction: 'iam:*aba', Resource: '*' }),
      allowing({ NotAction: 'iam:aba*', Resource: '*' }),
    ),
    policy(allow('*'), deny('iam:aba*aba')),
    'Narrower',
  ],
  [
    'roles but the protected ones, by NotResource or by a Deny',
    policy(allowing({ Action: 'iam:*', NotResource: `${roles}/protected/*` })),
    policy(allow('iam:*'), deny('iam:*', `${roles}/protected/*`)),
    'Equivalent',
  ],
  [
    'NotResource takes in requests without a resource (SM-R8)',
    policy(allowing({ Action: 'iam:*', NotResource: `${roles}/*` })),
    policy(allow('iam:*', 'arn:aws:iam::*:*'), deny('iam:*', `${roles}/*`)),
    'Broader',
  ],
  [
    'a Deny of all but reading is no more than reading',
    policy(allow('iam:*'), denying({ NotAction: ['iam:Get*', 'iam:List*'], Resource: '*' })),
    policy(allow(['iam:Get*', 'iam:List*'])),
    'Equivalent',
  ],
  [
    'a Deny of all other resources leaves the role',
    policy(allow('iam:UpdateRole'), denying({ Action: '*', NotResource: `${roles}/app` })),
    policy(allow('iam:UpdateRole', `${roles}/app`)),
    'Equivalent',
  ],
]

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`
const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const infixes = letters.map((letter, i) => `*${letter}*x*${letters[(i + 1) % letters.length] ?? ''}*`)
const otherStars = multiStar.map((resource) => resource.replace('-a*b*', '-c*d*'))
const run = (elements: Omit<Elements, 'Action'>): Elements => ({ Action: 'ec2:RunInstances', ...elements })
const firstOf = (list: readonly string[]): readonly (readonly string[])[] =>
  list.map((_, i) => list.slice(0, i + 1))
const everywhere = policy(allow('ec2:RunInstances'))

/** A set of many patterns beside its complement: what is in neither would otherwise be sought to the end of every word. */
const besideItself: readonly Pair[] = [
  [
    'but for seven patterns of several stars, by NotResource or by a Deny',
    policy(allowing(run({ NotResource: multiStar }))),
    policy(allow('ec2:RunInstances'), deny('ec2:RunInstances', multiStar)),
    'Equivalent',
  ],
  [
    'the same in another order, and the Deny in pieces',
    policy(allowing(run({ NotResource: [...multiStar].reverse() }))),
    policy(
      allow('ec2:RunInstances'),
      deny('ec2:RunInstances', multiStar.slice(0, 3)),
      deny('ec2:RunInstances', multiStar.slice(3)),
    ),
    'Equivalent',
  ],
  [
    'but for one of them',
    policy(allowing(run({ NotResource: multiStar }))),
    policy(allow('ec2:RunInstances'), deny('ec2:RunInstances', multiStar.slice(1))),
    'Narrower',
  ],
  [
    'the set and its complement are all, over three statements and two actions',
    policy(
      allowing(run({ NotResource: multiStar })),
      allow(['ec2:RunInstances', 'ec2:StartInstances'], multiStar),
      allowing({ Action: 'ec2:StartInstances', NotResource: multiStar }),
    ),
    policy(allow(['ec2:RunInstances', 'ec2:StartInstances'])),
    'Equivalent',
  ],
  [
    'seven complements, each within the last, beside the greatest set',
    policy(
      ...firstOf(multiStar).map((NotResource) => allowing(run({ NotResource }))),
      allow('ec2:RunInstances', multiStar),
    ),
    everywhere,
    'Equivalent',
  ],
  [
    'Denies of seven complements, each within the last, leave the least set',
    policy(
      allow('ec2:RunInstances'),
      ...firstOf(multiStar).map((NotResource) => denying(run({ NotResource }))),
    ),
    policy(allow('ec2:RunInstances', multiStar[0] ?? '')),
    'Equivalent',
  ],
  [
    'two sets and both complements',
    policy(
      allowing(run({ NotResource: multiStar })),
      allowing(run({ NotResource: otherStars })),
      denying(run({ Resource: multiStar })),
    ),
    policy(allow('ec2:RunInstances'), deny('ec2:RunInstances', multiStar)),
    'Equivalent',
  ],
  [
    'two sets and both complements, one for each of two actions',
    policy(
      allow('ec2:RunInstances', multiStar),
      allowing(run({ NotResource: multiStar })),
      allow('ec2:StartInstances', otherStars),
      allowing({ Action: 'ec2:StartInstances', NotResource: otherStars }),
    ),
    policy(allow(['ec2:RunInstances', 'ec2:StartInstances'])),
    'Equivalent',
  ],
  [
    'two complements leave out what both sets share',
    policy(allowing(run({ NotResource: multiStar })), allowing(run({ NotResource: otherStars }))),
    everywhere,
    'Narrower',
  ],
  [
    'actions',
    policy(allowing({ NotAction: infixes.map((infix) => `s:${infix}`), Resource: '*' })),
    policy(allow('*'), deny(infixes.map((infix) => `s:${infix}`))),
    'Equivalent',
  ],
  ...(
    [
      ['StringLike', 'StringNotLike', 'v:k', multiStar],
      ['StringLikeIfExists', 'StringNotLike', 'v:k', infixes],
      ['ForAnyValue:StringLike', 'ForAllValues:StringNotLike', 'aws:TagKeys', multiStar],
      ['ArnLike', 'ArnNotLike', 'aws:SourceArn', infixes.map(role)],
      ['ArnLike', 'ArnNotLike', 'aws:PrincipalArn', infixes.map(role)],
      ['StringLike', 'StringNotLike', 'aws:PrincipalArn', infixes.slice(0, 2)],
    ] as const
  ).map(([within, outside, key, values]): Pair => {
    const present = within.endsWith('IfExists') ? { Null: { [key]: 'false' } } : {}
    return [
      `${outside} of ${key} or a Deny of ${within}, ${String(values.length)} values as ${values[0] ?? ''}`,
      policy(allow('s:a', '*', { [outside]: { [key]: values }, ...present })),
      policy(allow('s:a', '*', present), deny('s:a', '*', { [within]: { [key]: values } })),
      'Equivalent',
    ]
  }),
]

const bucket = 'arn:aws:s3:::logs'
const tagged = (operator: string, value: string): Condition => ({
  [operator]: { 'ec2:ResourceTag/Department': value },
})
const others: readonly Pair[] = [
  [
    'a bucket and its objects are less than all that begins with its name',
    policy(allow('s3:*', [bucket, `${bucket}/*`])),
    policy(allow('s3:*', `${bucket}*`)),
    'Narrower',
  ],
  [
    'the folder of a user is one of the folders',
    policy(allow('s3:GetObject', `${bucket}/home/\${aws:username}/*`)),
    policy(allow('s3:GetObject', `${bucket}/home/*/*`)),
    'Narrower',
  ],
  [
    'a prefix by name is one of the prefixes',
    policy(allow('s3:ListBucket', bucket, { StringLike: { 's3:prefix': ['', 'home/\${aws:username}/*'] } })),
    policy(allow('s3:ListBucket', bucket, { StringLike: { 's3:prefix': ['', 'home/*'] } })),
    'Narrower',
  ],
  [
    'volumes of a department are some of the volumes',
    policy(allow('ec2:AttachVolume', 'arn:aws:ec2:*:*:volume/*', tagged('StringEquals', 'dev'))),
    policy(allow('ec2:AttachVolume', 'arn:aws:ec2:*:*:volume/*', tagged('StringLike', 'd*'))),
    'Narrower',
  ],
  [
    'volumes of a department and volumes of others',
    policy(
      allow('ec2:AttachVolume', '*', tagged('StringEquals', 'dev')),
      allow('ec2:AttachVolume', '*', tagged('StringNotEquals', 'dev')),
    ),
    policy(allow('ec2:AttachVolume')),
    'Equivalent',
  ],
]

// ---- the claims on every pair ----

const allows = (json: PolicyJson, request: RequestJson): boolean =>
  typeof matchDocument(json, request) === 'object'

const witnessesOf = (
  comparison: Algebra.Comparison,
): readonly (readonly [side: 'left' | 'right', RequestJson])[] => [
  ...('onlyLeft' in comparison ? [['left', asJson(comparison.onlyLeft)] as const] : []),
  ...('onlyRight' in comparison ? [['right', asJson(comparison.onlyRight)] as const] : []),
]

/** Requests near either document that one allows and the other does not, where the relation says that there are none. */
const contradictions = ([, left, right, relation]: Pair): readonly RequestJson[] => {
  const roll = dice(20_241_122)
  const requests = Array.from({ length: 60 }, (_, i) => nearRequest(roll, i % 2 === 0 ? left : right))
  return requests.flatMap((request) => {
    if (request === undefined) return []
    const [inLeft, inRight] = [allows(left, request), allows(right, request)]
    const onlyLeft = inLeft && !inRight && (relation === 'Equivalent' || relation === 'Narrower')
    const onlyRight = inRight && !inLeft && (relation === 'Equivalent' || relation === 'Broader')
    return onlyLeft || onlyRight ? [request] : []
  })
}

describe.each([
  ['launching with seven patterns of several stars', launching],
  ['multi-factor authentication', mfa],
  ['source addresses', addresses],
  ['complements', complements],
  ['a set of many patterns beside its complement', besideItself],
  ['buckets, users and volumes', others],
] as const)('%s', (_, pairs) => {
  it.each(pairs)('%s', (...pair) => {
    const [, left, right, relation] = pair
    const comparison = Algebra.compare(parsed(left), parsed(right))
    expect([comparison.relation, contradictions(pair)]).toEqual([relation, []])
    for (const [side, request] of witnessesOf(comparison))
      expect([allows(left, request), allows(right, request)]).toEqual([side === 'left', side === 'right'])
  })
})

// ---- unsound steps of earlier tools ----

const org = (id: OneOrMany): Condition => ({ StringEquals: { 'aws:PrincipalOrgID': id } })
const relationOf = (left: PolicyJson, right: PolicyJson): Relation =>
  Algebra.compare(parsed(left), parsed(right)).relation

/** The document that minimizing returns, which must be interchangeable with what it was given. */
const minimized = (json: PolicyJson): unknown => {
  const document = parsed(json)
  const { document: smaller } = Algebra.minimize(document)
  expect(Algebra.interchangeable(document, smaller)._tag).toBe('Yes')
  return DocumentJson.toJson(smaller)
}

describe('an unsound step of earlier tools is not taken', () => {
  const [starting, ending] = [policy(allow('s:a*')), policy(allow('s:*b'))]

  it('a Deny that is only partly in the way is not lost', () => {
    expect(relationOf(policy(allow('s:a*'), deny('s:*b')), starting)).toBe('Narrower')
    expect(minimized(policy(allow('s:a*'), deny('s:*b')))).toMatchObject({ Statement: [{}, {}] })
    const rest = Algebra.subtract(parsed(starting), parsed(ending))
    const request = { principal: 'arn:aws:iam::111122223333:user/a', action: 's:ab', resource: '*' }
    expect(E.isRight(rest) && allows(DocumentJson.toJson(rest.right) as unknown as PolicyJson, request)).toBe(
      false,
    )
  })

  it('two globs overlap though neither matches the other as text', () => {
    expect(Algebra.disjoint(parsed(starting), parsed(ending))._tag).toBe('No')
    expect(Algebra.disjoint(parsed(policy(allow('s:a?'))), parsed(policy(allow('s:?b'))))._tag).toBe('No')
    expect(Algebra.disjoint(parsed(policy(allow('s:a?'))), parsed(policy(allow('s:b?'))))._tag).toBe('Yes')
  })

  it('actions that are allowed on different conditions are not allowed on either', () => {
    const apart = policy(allow('s:a', '*', org('o-1')), allow('s:b', '*', org('o-2')))
    expect(relationOf(apart, policy(allow(['s:a', 's:b'], '*', org(['o-1', 'o-2']))))).toBe('Narrower')
    expect(minimized(apart)).toMatchObject({ Statement: [{}, {}] })
  })

  it('an action that nobody knows is kept', () => {
    const odd = policy(allow(['ecr:GetAuthorizationToken', 'ecr:NoSuchAction']))
    expect(relationOf(odd, policy(allow('ecr:GetAuthorizationToken')))).toBe('Broader')
    expect(JSON.stringify(minimized(odd))).toContain('ecr:NoSuchAction')
  })

  it('an exact action does not become a wildcard', () => {
    const exact = policy(allow(['ecr:DescribeImages', 'ecr:DescribeRegistry', 'ecr:DescribeRepositories']))
    expect(relationOf(exact, policy(allow('ecr:Describe*')))).toBe('Narrower')
    expect(JSON.stringify([minimized(exact)])).not.toMatch(/Describe\w*[*?]/)
  })

  it('the order of keys and values in a condition does not count', () => {
    const [one, other] = [
      policy(allow('s:a', '*', { StringEquals: { 'v:k': ['a', 'b'], 'v:m': 'c' }, Bool: { 'v:n': 'true' } })),
      policy(allow('s:a', '*', { Bool: { 'v:n': 'true' }, StringEquals: { 'v:m': 'c', 'v:k': ['b', 'a'] } })),
    ]
    expect(relationOf(one, other)).toBe('Equivalent')
    expect(Algebra.hash(parsed(one))).toEqual(Algebra.hash(parsed(other)))
    expect(minimized(policy(...[one, other].flatMap(({ Statement }) => Statement)))).toMatchObject({
      Statement: [{}],
    })
  })

  it('two lists of NotResource are met, not joined', () => {
    const both = ['arn:aws:s3:::a', 'arn:aws:s3:::b']
    const apart = policy(...both.map((one) => allowing({ Action: 's3:*', NotResource: one })))
    expect(relationOf(policy(allowing({ Action: 's3:*', NotResource: both })), apart)).toBe('Narrower')
    expect(relationOf(apart, policy(allow('s3:*')))).toBe('Equivalent')
    expect(minimized(apart)).not.toMatchObject({ Statement: [{ NotResource: both }] })
  })
})

describe('a document is more than the requests it allows', () => {
  const root = 'arn:aws:iam::111122223333:root'
  const grant = (...principals: readonly string[]): Document.Document =>
    parseOrThrow(
      policy(
        ...principals.map((AWS) =>
          allowing({ Principal: { AWS }, Action: 's3:GetObject', Resource: `${bucket}/*` }),
        ),
      ),
      'resource',
    )

  it('a grant to the account does not stand for a grant to one of its roles', () => {
    const [both, account] = [grant(root, `${roles}/app`), grant(root)]
    expect([Algebra.compare(both, account).relation, Algebra.interchangeable(both, account)._tag]).toEqual([
      'Equivalent',
      'No',
    ])
  })

  it('a Deny of what the document does not allow still binds other documents', () => {
    const [with_, without] = [policy(allow('s:a'), deny('s:b')), policy(allow('s:a'))]
    expect(relationOf(with_, without)).toBe('Equivalent')
    expect(Algebra.interchangeable(parsed(with_), parsed(without))._tag).toBe('No')
    expect(minimized(with_)).toMatchObject({ Statement: [{}, {}] })
  })
})
