/** What compare answers, as sentences: pairs that other tools are known to get wrong, and the corners of the language. */
import { describe, expect, it } from 'vitest'
import { compare, interchangeable } from '../../../src/algebra/compare.js'
import { parseOrThrow } from '../../../src/codec/index.js'
import { actions } from '../../../src/ecr/data/actions.js'
import { Request } from '../../../src/model/index.js'
import { Simulator } from '../../../src/simulator/index.js'

type Doc = ReturnType<typeof identity>

const identity = (...statements: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'identity')
const resource = (...statements: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'resource')

const allow = (action: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: '*',
  ...more,
})
const deny = (action: unknown, more: object = {}) => ({ ...allow(action, more), Effect: 'Deny' })
const when = (condition: object) => identity(allow('s:a', { Condition: condition }))
const account = 'arn:aws:iam::111122223333'

const relations: readonly (readonly [sentence: string, left: Doc, right: Doc, relation: string])[] = [
  // equal by meaning, different by text
  [
    'the order of lists does not count',
    identity(allow(['s:a', 's:b'])),
    identity(allow(['s:b', 's:a'])),
    'Equivalent',
  ],
  ['one value is a list of one', identity(allow('s:a')), identity(allow(['s:a'])), 'Equivalent'],
  [
    'letter case of actions does not count',
    identity(allow('S3:getobject')),
    identity(allow('s3:GetObject')),
    'Equivalent',
  ],
  [
    'a wildcard takes up what it matches',
    identity(allow(['s:Get*', 's:GetX'])),
    identity(allow('s:Get*')),
    'Equivalent',
  ],
  [
    'two statements are one with both actions',
    identity(allow('s:a'), allow('s:b')),
    identity(allow(['s:a', 's:b'])),
    'Equivalent',
  ],
  ['every action is every well-formed action', identity(allow('*')), identity(allow('*:*')), 'Equivalent'],
  [
    'NotAction and its denial meet',
    identity({ Effect: 'Allow', NotAction: 's:a', Resource: '*' }),
    identity(allow('*'), deny('s:a')),
    'Equivalent',
  ],
  [
    'the order of condition keys does not count',
    when({ StringEquals: { 'v:k': 'a', 'v:m': 'b' } }),
    when({ StringEquals: { 'v:m': 'b', 'v:k': 'a' } }),
    'Equivalent',
  ],
  [
    'a test and its opposite hold always',
    identity(
      allow('s:a', { Condition: { StringEquals: { 'v:k': 'a' } } }),
      allow('s:a', { Condition: { StringNotEquals: { 'v:k': 'a' } } }),
    ),
    identity(allow('s:a')),
    'Equivalent',
  ],
  // unsound steps of earlier tools
  [
    'a partial denial counts though neither glob matches the other as text',
    identity(allow('s:a*'), deny('s:*b')),
    identity(allow('s:a*')),
    'Narrower',
  ],
  [
    'crossed conditions are not joined',
    identity(
      allow('s:a', { Condition: { StringEquals: { 'v:k': '1' } } }),
      allow('s:b', { Condition: { StringEquals: { 'v:k': '2' } } }),
    ),
    identity(allow(['s:a', 's:b'], { Condition: { StringEquals: { 'v:k': ['1', '2'] } } })),
    'Narrower',
  ],
  [
    'an unknown action is an action',
    identity(allow(['ecr:GetAuthorizationToken', 'ecr:NoSuchAction'])),
    identity(allow('ecr:GetAuthorizationToken')),
    'Broader',
  ],
  [
    'a wildcard is more than the actions of today',
    identity(allow('ecr:GetAuthorizationToken')),
    identity(allow('ecr:GetAuthorizationToke*')),
    'Narrower',
  ],
  [
    'two lists of NotResource allow together what either spares',
    identity(
      { ...allow('s:a'), Resource: undefined, NotResource: 'arn:aws:s:::a' },
      { ...allow('s:a'), Resource: undefined, NotResource: 'arn:aws:s:::b' },
    ),
    identity(allow('s:a')),
    'Equivalent',
  ],
  // keys
  [
    'numbers compare as numbers',
    when({ NumericLessThan: { 'v:n': '5' } }),
    when({ NumericLessThanEquals: { 'v:n': ['5.0', '3'] } }),
    'Narrower',
  ],
  [
    'between two numbers there is another',
    when({ NumericGreaterThan: { 'v:n': '1' } }),
    when({ NumericGreaterThanEquals: { 'v:n': '2' } }),
    'Broader',
  ],
  [
    'a date is a number of seconds',
    when({ DateLessThan: { 'v:d': '2020-01-01T00:00:00Z' } }),
    when({ DateLessThan: { 'v:d': '1577836800' } }),
    'Equivalent',
  ],
  [
    'a missing key passes a negated test',
    when({ StringNotEquals: { 'v:k': 'a' } }),
    when({ StringNotEquals: { 'v:k': 'a' }, Null: { 'v:k': 'false' } }),
    'Broader',
  ],
  [
    'IfExists takes a missing key',
    when({ StringEqualsIfExists: { 'v:k': 'a' } }),
    when({ StringEquals: { 'v:k': 'a' } }),
    'Broader',
  ],
  [
    'all values in a list is not some value in it',
    when({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } }),
    when({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'b'] } }),
    'Incomparable',
  ],
  [
    'what one test takes for a list may be one to the other: U-2, U-30',
    when({ 'ForAnyValue:StringEquals': { 'v:k': 'a' } }),
    when({ StringEquals: { 'v:k': 'a' } }),
    'Broader',
  ],
  [
    'text that is tested as a truth value, too',
    when({ Bool: { 'v:b': 'true' } }),
    when({ StringEquals: { 'v:b': 'true' } }),
    'Broader',
  ],
  ...[
    ['5', '05'],
    ['5', '05', '+5'],
    ['5', '05', '5.0'],
    ['5', '5.0', '+5'],
  ].map(
    (texts) =>
      [
        `a number has more spellings than ${texts.join(', ')}`,
        when({ NumericEquals: { 'v:n': '5' } }),
        when({ StringEquals: { 'v:n': texts } }),
        'Broader',
      ] as const,
  ),
  [
    'an address is one of many',
    when({ IpAddress: { 'v:i': '203.0.113.0/24' } }),
    when({ StringEquals: { 'v:i': '203.0.113.7' } }),
    'Broader',
  ],
  [
    'the account is part of the ARN of the caller',
    when({ StringLike: { 'aws:PrincipalArn': `${account}:*` } }),
    when({ StringEquals: { 'aws:PrincipalAccount': '111122223333' } }),
    'Narrower',
  ],
  [
    'a service is no user',
    when({ Bool: { 'aws:PrincipalIsAWSService': 'true' }, Null: { 'aws:username': 'false' } }),
    identity(deny('s:a')),
    'Equivalent',
  ],
  [
    'a user ARN has a user name',
    when({ ArnLike: { 'aws:PrincipalArn': `${account}:user/a` } }),
    when({ StringEquals: { 'aws:username': 'a', 'aws:PrincipalAccount': '111122223333' } }),
    'Narrower',
  ],
  // variables
  [
    'a default stands in for a missing key only',
    identity(allow('s:a', { Resource: "arn:aws:s:::${v:k, 'x'}" })),
    identity(allow('s:a', { Resource: 'arn:aws:s:::x' })),
    'Incomparable',
  ],
  [
    'what is a variable to one language is a text to the older one: VA-1',
    identity(allow('s:a', { Resource: 'arn:aws:s3:::${aws:username}' })),
    parseOrThrow(
      { Version: '2008-10-17', Statement: allow('s:a', { Resource: 'arn:aws:s3:::${aws:username}' }) },
      'identity',
    ),
    'Incomparable',
  ],
  [
    'what one pattern says of a value another may say beside it',
    identity(allow('s:*', { Resource: 'arn:aws:s3:::h/${aws:username}/a' })),
    identity(
      allow('s:a', { Resource: ['arn:aws:s3:::h/${aws:username}/?', 'arn:aws:s3:::h/${aws:username}*'] }),
    ),
    'Incomparable',
  ],
  [
    'a value that only the one side takes, beside patterns that count its letters',
    identity(allow('s:a', { Resource: 'arn:aws:s3:::h/${aws:username}/a' })),
    identity(
      allow('s:a', {
        Resource: ['arn:aws:s3:::h/${aws:username}/?', 'arn:aws:s3:::h/${aws:username}*'],
        Condition: { StringNotEquals: { 'aws:username': 'zebra' } },
      }),
    ),
    'Incomparable',
  ],
  [
    'a value is among those with it and with a letter more',
    identity(allow('s:a', { Resource: 'arn:aws:s3:::h/${aws:username}' })),
    identity(
      allow('s:a', { Resource: ['arn:aws:s3:::h/${aws:username}', 'arn:aws:s3:::h/${aws:username}?'] }),
    ),
    'Narrower',
  ],
  [
    'a value in the place of a wildcard',
    identity(allow('s:a', { Resource: 'arn:aws:s:::h/${aws:username}/*' })),
    identity(allow('s:a', { Resource: 'arn:aws:s:::h/*' })),
    'Narrower',
  ],
  [
    'a value is not one letter, whatever patterns stand beside it',
    identity(allow('s:a', { Resource: ['arn:aws:s3:::a/${aws:username}*', 'arn:aws:s3:::b/*'] })),
    identity(allow('s:a', { Resource: ['arn:aws:s3:::a/?', 'arn:aws:s3:::b/*'] })),
    'Incomparable',
  ],
  [
    'a variable whose key has several values, which no text with it matches (VA-4, U-2)',
    identity(allow('s:a', { Condition: { Null: { 'v:k': 'false' } } })),
    identity(
      allow('s:a', { Condition: { StringLike: { 'v:k': '*' } } }),
      allow('s:a', {
        Resource: 'arn:aws:s3:::${v:k}',
        Condition: { 'ForAnyValue:StringLike': { 'v:k': '*' } },
      }),
    ),
    'Broader',
  ],
  [
    'an account has no letters',
    identity(allow('s:a'), allow('s:b', { Condition: { StringLike: { 'aws:PrincipalAccount': '*a*' } } })),
    identity(allow('s:a')),
    'Equivalent',
  ],
  [
    'of some value of a list that is this one or another',
    identity(allow('s:a', { Condition: { 'ForAnyValue:StringLike': { 'v:k': '*' } } })),
    identity(
      allow('s:a', { Condition: { 'ForAnyValue:StringEquals': { 'v:k': 'x' } } }),
      allow('s:a', { Condition: { 'ForAnyValue:StringNotEquals': { 'v:k': 'x' } } }),
    ),
    'Equivalent',
  ],
  [
    'of a list of which all values are of a few, or one is another',
    identity(allow('s:a', { Condition: { 'ForAnyValue:StringLike': { 'v:k': ['x', 'y', 'z'] } } })),
    identity(
      allow('s:a', { Condition: { 'ForAnyValue:StringEquals': { 'v:k': ['x', 'y'] } } }),
      allow('s:a', {
        Condition: {
          'ForAnyValue:StringEquals': { 'v:k': 'z' },
          'ForAllValues:StringNotEquals': { 'v:k': ['x', 'y'] },
        },
      }),
    ),
    'Equivalent',
  ],
  [
    'a test of the caller that is passed whether he has the key or not',
    identity(allow('s:a', { Condition: { Null: { 'aws:PrincipalArn': ['true', 'false'] } } })),
    identity(allow('s:a')),
    'Equivalent',
  ],
]

describe('compare', () => {
  it.each(relations)('%s', (_, left, right, relation) => {
    const found = compare(left, right)
    expect(found.relation).toBe(relation)
    if ('onlyLeft' in found) expect(Simulator.meaning(left)(found.onlyLeft)._tag).toBe('Grant')
    if ('onlyRight' in found) expect(Simulator.meaning(right)(found.onlyRight)._tag).toBe('Grant')
  })

  it.each(relations)('turned round: %s', (_, left, right, relation) => {
    const turned = { Narrower: 'Broader', Broader: 'Narrower' }[relation] ?? relation
    expect(compare(right, left).relation).toBe(turned)
  })
})

describe('no answer is given', () => {
  it.each([
    ['a text beside a number', { NumericLessThan: { 'v:n': '5' } }, { StringLike: { 'v:n': '1*' } }],
    [
      'a date beside a number',
      { NumericLessThan: { 'v:n': '5' } },
      { DateLessThan: { 'v:n': '2020-01-01T00:00:00Z' } },
    ],
  ])('where one key is tested as %s', (_, left, right) => {
    expect(compare(when(left), when(right))).toMatchObject({
      relation: 'Undecided',
      undecided: { reason: 'MixedTypes' },
    })
  })

  it('where a document has letters that are kept for variables, and variables', () => {
    const home = (end: string) =>
      resource(
        {
          ...allow('s:a', { Resource: ['arn:aws:s3:::\u{f0000}*', `arn:aws:s3:::\${v:a}${end}`] }),
          Principal: '*',
        },
        { ...allow('s:b'), Principal: '*' },
      )
    expect(interchangeable(home('a'), home('b'))).toMatchObject({
      _tag: 'Undecided',
      reason: 'PolicyVariable',
    })
  })
})

describe('statements with variables of their own', () => {
  it('are looked at one by one: together they have too many', () => {
    const [a, b] = ['a', 'b'].map((k) => [1, 2, 3].map((i) => `\${v:${k}${i}}`))
    const of = (action: string, texts: readonly string[]) =>
      allow(action, { Resource: `arn:aws:s:::${texts.join('-')}` })
    const left = identity(of('s:a', a ?? []), of('t:a', b ?? []))
    const right = identity(of('s:a', ['*', ...(a ?? []).slice(1)]), of('t:a', ['*', ...(b ?? []).slice(1)]))
    expect(compare(left, right).relation).toBe('Narrower')
  })
})

describe('a Deny of all but everyone (U-15)', () => {
  const grant = (principal: unknown) => ({ Effect: 'Allow', Principal: principal, Action: 's:a' })
  const spare = { Effect: 'Deny', NotPrincipal: '*', Action: '*' }
  it.each([
    ['a role', { AWS: `${account}:role/a` }],
    ['an account', { AWS: '111122223333' }],
    ['a service', { Service: 'lambda.amazonaws.com' }],
    ['an identity provider', { Federated: 'accounts.google.com' }],
    ['a SAML provider', { Federated: `${account}:saml-provider/a` }],
  ])('spares %s', (_, principal) => {
    expect(compare(resource(grant(principal), spare), resource(grant(principal))).relation).toBe('Equivalent')
  })
  it('bites on the anonymous', () => {
    expect(compare(resource(grant('*')), resource(grant('*'), spare))).toMatchObject({
      relation: 'Broader',
      onlyLeft: { principal: { _tag: 'Anonymous' } },
    })
  })
})

describe('what a No shows', () => {
  const shown = (action: string): string | undefined => {
    const found = compare(identity(allow(action)), identity(allow('none:none')))
    return 'onlyLeft' in found && found.onlyLeft !== undefined
      ? Request.resourceText(found.onlyLeft)
      : undefined
  }
  it('is asked of a repository where the action takes one, and of nothing where it takes nothing', () => {
    const all = Object.entries(actions)
    expect(all.map(([action]) => [action, shown(action)?.includes(':repository/')])).toEqual(
      all.map(([action, { resourceTypes }]) => [action, resourceTypes.length > 0]),
    )
  })
})

describe('interchangeable', () => {
  const grant = (principal: unknown) => ({ Effect: 'Allow', Principal: principal, Action: 's:a' })
  it.each([
    [
      'an account beside its role is more than the account',
      resource(grant({ AWS: '111122223333' }), grant({ AWS: `${account}:role/a` })),
      resource(grant({ AWS: '111122223333' })),
      'No',
    ],
    [
      'an account id is its root ARN: PR-2, U-34',
      resource(grant({ AWS: '111122223333' })),
      resource(grant({ AWS: `${account}:root` })),
      'Yes',
    ],
    [
      'only a caller without an account asks for nothing that is of nobody (RC-6)',
      resource({ ...grant('*'), Resource: '*', Condition: { Null: { 'aws:ResourceAccount': 'true' } } }),
      resource({ ...grant('*'), Condition: { Null: { 'aws:ResourceAccount': 'true' } } }),
      'No',
    ],
    [
      'everyone takes up a role',
      resource(grant('*'), grant({ AWS: `${account}:role/a` })),
      resource(grant({ AWS: '*' })),
      'Yes',
    ],
    [
      'a denial without anything allowed still binds others',
      identity(allow('s:a'), deny('t:b')),
      identity(allow('s:a')),
      'No',
    ],
    [
      'an Allow inside a Deny says nothing',
      identity(allow('s:a'), deny('s:*')),
      identity(deny('s:*')),
      'Yes',
    ],
  ])('%s', (_, left, right, tag) => {
    const verdict = interchangeable(left, right)
    expect(verdict._tag).toBe(tag)
    if (verdict._tag !== 'No') return
    const [one, other] = [left, right].map((document) => Simulator.meaning(document)(verdict.witness))
    expect(one).not.toEqual(other)
  })
})
