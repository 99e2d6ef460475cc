import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/document.js'
import { size, stringify, toJson } from '../../../src/model/DocumentJson.js'
import { interchangeable } from '../../../src/algebra/compare.js'
import { minimize, renderMinimized } from '../../../src/algebra/minimize.js'
import { catalogue } from '../../../src/algebra/World.js'

type Json = Readonly<Record<string, unknown>>

const repo = (name: string) => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`
const allow = (Action: unknown, Resource: unknown, more: Json = {}): Json => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})
const deny = (Action: unknown, Resource: unknown, more: Json = {}): Json => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...more,
})
const org = (id: unknown): Json => ({ Condition: { StringEquals: { 'aws:PrincipalOrgID': id } } })
const principal = (AWS: unknown, more: Json = {}): Json => ({
  Effect: 'Allow',
  Principal: AWS === '*' ? '*' : { AWS },
  Action: 'ecr:BatchGetImage',
  ...more,
})
const document = (statements: readonly Json[], version = '2012-10-17') =>
  parseOrThrow({ Version: version, Statement: statements })
const minimal = (statements: readonly Json[]) => toJson(minimize(document(statements)).document)['Statement']

const role = 'arn:aws:iam::111122223333:role/ci'

describe('what goes', () => {
  it.each<[string, readonly Json[], readonly Json[]]>([
    [
      'an action that a wildcard of the same list covers',
      [allow(['ecr:GetImage', 'ecr:Get*'], '*')],
      [allow('ecr:Get*', '*')],
    ],
    [
      'an action in another letter case',
      [allow(['ecr:PutImage', 'ECR:putimage'], '*')],
      [allow('ECR:putimage', '*')],
    ],
    [
      'a repeated statement',
      [allow('ecr:PutImage', '*'), allow('ecr:PutImage', '*')],
      [allow('ecr:PutImage', '*')],
    ],
    [
      'a resource under another resource',
      [allow('ecr:PutImage', [repo('a/b'), repo('a/*')])],
      [allow('ecr:PutImage', repo('a/*'))],
    ],
    ['a narrower statement', [allow('ecr:PutImage', repo('a')), allow('ecr:*', '*')], [allow('ecr:*', '*')]],
    [
      'the longer of two ways to write the same',
      [allow('ecr:PutImage', [repo('a**'), repo('a*')])],
      [allow('ecr:PutImage', repo('a*'))],
    ],
    [
      'a conditional grant beside the unconditional one',
      [allow('ecr:*', '*', org('o-1')), allow('ecr:*', '*')],
      [allow('ecr:*', '*')],
    ],
    [
      'an Allow that a Deny makes unreachable',
      [allow('ecr:PutImage', repo('a')), deny('ecr:*', '*')],
      [deny('ecr:*', '*')],
    ],
    [
      'an allowed action that a Deny makes unreachable',
      [allow(['ecr:PutImage', 'ecr:ListImages'], '*'), deny('ecr:Put*', '*')],
      [allow('ecr:ListImages', '*'), deny('ecr:Put*', '*')],
    ],
    [
      'a Deny inside another',
      [deny('ecr:PutImage', repo('a')), deny('ecr:Put*', '*')],
      [deny('ecr:Put*', '*')],
    ],
    [
      'the resource it is attached to beside any resource and none',
      [principal('*'), principal('*', { Resource: '*' })],
      [principal('*', { Resource: '*' })],
    ],
    [
      'an Allow of a role that a Deny of its account makes unreachable',
      [principal(role), { ...principal('111122223333'), Effect: 'Deny' }],
      [{ ...principal('111122223333'), Effect: 'Deny' }],
    ],
    [
      'an action that one of several patterns of a statement covers in part, and exceptions the rest',
      [
        allow('ecr:Get*', repo('a*')),
        allow(['ecr:*Image', 's3:*'], '*'),
        { Effect: 'Allow', NotAction: 'ecr:*Image', Resource: repo('*') },
      ],
      [allow(['ecr:*Image', 's3:*'], '*'), { Effect: 'Allow', NotAction: 'ecr:*Image', Resource: repo('*') }],
    ],
    [
      'a statement of which one action is covered by one statement and another by two together',
      [
        allow(['ecr:PutImage', 's3:GetObject'], '*'),
        allow('ecr:Put*', '*', org('o-1')),
        allow('ecr:*Image', '*', { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
        allow('s3:*', '*'),
      ],
      [
        allow('ecr:*Image', '*', { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
        allow('ecr:Put*', '*', org('o-1')),
        allow('s3:*', '*'),
      ],
    ],
    ['a role beside everybody', [principal([role, '*'])], [principal('*')]],
    ['a principal that matches nobody', [principal(['AIDAJQABLZS4A3QDU576Q', role])], [principal(role)]],
    [
      'a condition whose opposite is allowed as well',
      [
        allow('ecr:*', '*', org('o-1')),
        allow('ecr:*', '*', { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
      ],
      // A key with several values satisfies neither test (U-2), but this key has only one.
      [allow('ecr:*', '*')],
    ],
    [
      'an Allow on a resource beside one on all of its owner',
      [
        allow('ecr:PutImage', repo('a')),
        allow('ecr:PutImage', '*', {
          Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } },
        }),
      ],
      [
        allow('ecr:PutImage', '*', {
          Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } },
        }),
      ],
    ],
    [
      'a test of the text that a variable has by default',
      [
        allow('ecr:PutImage', '*', {
          Condition: { Null: { 'v:team': 'true' }, StringEquals: { 'v:a': 'none' } },
        }),
        allow('ecr:PutImage', '*', { Condition: { StringEquals: { 'v:a': "${v:team, 'none'}" } } }),
      ],
      [allow('ecr:PutImage', '*', { Condition: { StringEquals: { 'v:a': "${v:team, 'none'}" } } })],
    ],
    [
      'a statement with exceptions beside one without',
      [{ Effect: 'Allow', Action: 'ecr:*', NotResource: repo('a') }, allow('ecr:*', '*')],
      [allow('ecr:*', '*')],
    ],
    [
      'an exception inside a wider one',
      [{ Effect: 'Allow', NotAction: ['ecr:PutImage', 'ecr:Put*'], Resource: '*' }],
      [{ Effect: 'Allow', NotAction: 'ecr:Put*', Resource: '*' }],
    ],
    [
      'an excluded text inside a wider one, and no other',
      [allow('ecr:*', '*', { Condition: { StringNotLike: { 'v:a': ['x*', 'xyz', 'zyx'] } } })],
      [allow('ecr:*', '*', { Condition: { StringNotLike: { 'v:a': ['x*', 'zyx'] } } })],
    ],
  ])('%s', (_, before, after) => {
    expect(minimal(before)).toStrictEqual(after)
  })
})

describe('what is merged', () => {
  it.each<[string, readonly Json[], readonly Json[]]>([
    [
      'actions of one resource',
      [allow('ecr:PutImage', repo('a')), allow('ecr:ListImages', repo('a'))],
      [allow(['ecr:ListImages', 'ecr:PutImage'], repo('a'))],
    ],
    [
      'resources of one action',
      [allow('ecr:PutImage', repo('a')), allow('ecr:PutImage', repo('b'))],
      [allow('ecr:PutImage', [repo('a'), repo('b')])],
    ],
    ['principals', [principal(role), principal('111122223333')], [principal(['111122223333', role])]],
    [
      'values of one condition',
      [allow('ecr:*', '*', org('o-1')), allow('ecr:*', '*', org('o-2'))],
      [allow('ecr:*', '*', org(['o-1', 'o-2']))],
    ],
    [
      'four statements of a grid',
      ['a', 'b'].flatMap((name) =>
        ['ecr:PutImage', 'ecr:ListImages'].map((action) => allow(action, repo(name))),
      ),
      [allow(['ecr:ListImages', 'ecr:PutImage'], [repo('a'), repo('b')])],
    ],
    [
      'two statements whose hull a third completes',
      [
        allow('ecr:PutImage', repo('a')),
        allow('ecr:ListImages', repo('b')),
        allow('ecr:ListImages', repo('a')),
        allow('ecr:PutImage', repo('b')),
      ],
      [allow(['ecr:ListImages', 'ecr:PutImage'], [repo('a'), repo('b')])],
    ],
    [
      'actions of two conditions that are one but for an action',
      [
        allow(['ecr:PutImage', 'ecr:ListImages'], '*', org('o-1')),
        allow(['ecr:PutImage', 'ecr:GetImage'], '*', org('o-1')),
        allow(['ecr:PutImage', 'ecr:ListImages', 'ecr:GetImage'], '*', org('o-2')),
      ],
      [allow(['ecr:GetImage', 'ecr:ListImages', 'ecr:PutImage'], '*', org(['o-1', 'o-2']))],
    ],
    [
      'two corners of a grid whose other two others have, whatever the condition',
      [
        allow('ecr:PutImage', repo('a'), org('o-1')),
        allow('ecr:ListImages', repo('b'), org('o-1')),
        allow('ecr:P*', repo('b')),
        allow('ecr:L*', repo('a')),
      ],
      [
        allow('ecr:L*', repo('a')),
        allow(['ecr:ListImages', 'ecr:PutImage'], [repo('a'), repo('b')], org('o-1')),
        allow('ecr:P*', repo('b')),
      ],
    ],
    [
      'by values of the longer text, of two ways to share out what they match',
      [allow('ecr:PutImage', [repo('a'), repo('b')]), allow('ecr:ListImages', repo('b'))],
      [allow(['ecr:ListImages', 'ecr:PutImage'], repo('b')), allow('ecr:PutImage', repo('a'))],
    ],
    [
      'resources beside exceptions of actions',
      ['a', 'b'].map((name) => ({ Effect: 'Allow', NotAction: 'ecr:PutImage', Resource: repo(name) })),
      [{ Effect: 'Allow', NotAction: 'ecr:PutImage', Resource: [repo('a'), repo('b')] }],
    ],
    [
      'exceptions to those that both make',
      [
        { Effect: 'Allow', NotAction: ['ecr:PutImage', 'ecr:ListImages'], Resource: '*' },
        { Effect: 'Allow', NotAction: ['ecr:PutImage', 'ecr:BatchGetImage'], Resource: '*' },
      ],
      [{ Effect: 'Allow', NotAction: 'ecr:PutImage', Resource: '*' }],
    ],
    [
      'two names of one operator',
      [
        allow('ecr:*', '*', { Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::a' } } }),
        allow('ecr:*', '*', { Condition: { ArnLike: { 'aws:sourcearn': 'arn:aws:s3:::b' } } }),
      ],
      [
        allow('ecr:*', '*', {
          Condition: { ArnLike: { 'aws:SourceArn': ['arn:aws:s3:::a', 'arn:aws:s3:::b'] } },
        }),
      ],
    ],
  ])('%s', (_, before, after) => {
    expect(minimal(before)).toStrictEqual(after)
  })
})

describe('what stays: unsound steps that tools have been seen to take', () => {
  it.each<[string, readonly Json[]]>([
    ['a Deny that only overlaps an Allow', [allow('ecr:Get*', '*'), deny('ecr:*Policy', '*')]],
    ['overlapping globs neither of which covers the other', [allow(['ecr:*Image', 'ecr:Get*'], '*')]],
    [
      'two organizations with different actions',
      [allow('ecr:PutImage', '*', org('o-1')), allow('ecr:ListImages', '*', org('o-2'))],
    ],
    ['actions that no catalogue has', [allow(['ecr:BatchGetImage', 'ecr:FutureImage'], '*')]],
    [
      'a full list of actions, which a wildcard would outgrow',
      [allow(['ecr:DescribeImages', 'ecr:DescribeRepositories'], '*')],
    ],
    [
      'exceptions of two statements with nothing in common',
      [
        {
          Effect: 'Deny',
          Action: 'ecr:*',
          NotResource: repo('a/*'),
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        {
          Effect: 'Deny',
          Action: 'ecr:*',
          NotResource: repo('b/*'),
          Condition: { Bool: { 'aws:SecureTransport': 'true' } },
        },
      ],
    ],
    [
      'any resource but one, or none, beside the resource it is attached to',
      [principal('*'), principal('*', { NotResource: repo('a') })],
    ],
    [
      'an exception to one resource beside exceptions to another, one by one',
      [
        { Effect: 'Allow', NotAction: ['ecr:PutImage', 'ecr:ListImages'], Resource: repo('a') },
        { Effect: 'Allow', NotAction: 'ecr:PutImage', Resource: repo('b') },
        { Effect: 'Deny', NotAction: 'ecr:ListImages', Resource: repo('c') },
      ],
    ],
    [
      'a principal of one statement beside an action of another',
      [principal(role), principal('111122223333', { Action: 'ecr:PutImage' })],
    ],
    [
      'conditions on one key that ask for different things of each principal',
      [principal(role, org('o-1')), principal('444455556666', org('o-2'))],
    ],
    ['a role beside its account, whose grant is weaker', [principal(['111122223333', role])]],
    [
      'values of ForAllValues, which hold only together',
      [
        allow('ecr:*', '*', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } } }),
        allow('ecr:*', '*', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'b' } } }),
      ],
    ],
    [
      'values of ForAllValues in one list',
      [allow('ecr:*', '*', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } } })],
    ],
    [
      'a value of ForAllValues that as a pattern would include another',
      [allow('ecr:*', '*', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'a*'] } } })],
    ],
    [
      'pairs of values of ForAllValues, more of them than of values',
      ['a', 'b', 'c', 'd'].flatMap((one, i, all) =>
        all.slice(i + 1).map((other) =>
          allow('ecr:*', '*', {
            Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': [one, other] } },
          }),
        ),
      ),
    ],
    [
      'exceptions to what everybody may do, beside other exceptions to what one may do',
      [
        { Effect: 'Allow', Principal: '*', NotAction: ['ecr:GetX', 'ecr:PutX'] },
        { Effect: 'Allow', Principal: { AWS: role }, NotAction: 'ecr:G*' },
      ],
    ],
    [
      'a Deny that denies nothing allowed here, since it binds other policies',
      [allow('ecr:ListImages', '*'), deny('s3:*', '*')],
    ],
    [
      'a variable and a literal that its value may be',
      [allow('ecr:*', [repo('alice'), repo('${aws:PrincipalTag/name}')])],
    ],
  ])('%s', (_, statements) => {
    expect(minimize(document(statements)).status).toBe('Proven')
    expect(minimize(document(statements)).document.statements).toHaveLength(statements.length)
    const [before, after] = [document(statements), minimize(document(statements)).document]
    expect(stringify(after)).toHaveLength(stringify(before).length)
    expect(interchangeable(before, after)._tag).toBe('Yes')
  })

  it('conditions whose keys stand in another order are the same conditions', () => {
    const one = { 'aws:PrincipalOrgID': 'o-1', 'aws:SourceAccount': '111122223333' }
    const other = { 'aws:SourceAccount': '111122223333', 'aws:PrincipalOrgID': 'o-1' }
    const both = [one, other].map((StringEquals, i) =>
      allow(`ecr:Get${i}`, '*', { Condition: { StringEquals } }),
    )
    expect(minimize(document(both)).document.statements).toHaveLength(1)
  })

  it('a merge of exceptions is refused where the lists overlap only as globs', () => {
    const statements = [
      { Effect: 'Allow', NotAction: ['ecr:Get*', 'ecr:PutImage'], Resource: '*' },
      { Effect: 'Allow', NotAction: ['ecr:GetImage', 'ecr:PutImage'], Resource: '*' },
    ]
    expect(minimal(statements)).toStrictEqual([
      { Effect: 'Allow', NotAction: ['ecr:GetImage', 'ecr:PutImage'], Resource: '*' },
    ])
  })
})

describe('names', () => {
  it('a Sid stays with its statement, and goes when statements of other Sids join it', () => {
    const [a, b, c] = [
      { Sid: 'A', ...allow('ecr:PutImage', repo('a')) },
      { Sid: 'B', ...allow('ecr:PutImage', repo('b')) },
      { Sid: 'C', ...deny('ecr:*', repo('c')) },
    ]
    expect(minimal([a, b, c])).toStrictEqual([allow('ecr:PutImage', [repo('a'), repo('b')]), c])
    expect(minimal([a, allow('ecr:PutImage', repo('b')), c])).toStrictEqual([
      { ...a, Resource: [repo('a'), repo('b')] },
      c,
    ])
  })

  it('a Sid is given once, though its statement was shared out and a part of it merged', () => {
    const shared = [
      { Sid: 'A', ...allow('ecr:PutImage', [repo('a'), repo('b')]) },
      allow('ecr:ListImages', repo('b')),
    ]
    expect(minimal(shared)).toStrictEqual([
      { Sid: 'A', ...allow(['ecr:ListImages', 'ecr:PutImage'], repo('b')) },
      allow('ecr:PutImage', repo('a')),
    ])
  })

  it('a Sid that would be lost may be longer than what a merge saves, yet fewer statements are better', () => {
    const Sid = 'ThePullersOfAllTheRepositoriesOfTheTeam'
    expect(
      minimal([
        { Sid, ...allow('ecr:PutImage', repo('a')) },
        { Sid: 'B', ...allow('ecr:PutImage', repo('b')) },
      ]),
    ).toStrictEqual([allow('ecr:PutImage', [repo('a'), repo('b')])])
  })

  it('an empty Sid goes', () => {
    expect(minimal([{ Sid: '', ...allow('ecr:PutImage', '*') }])).toStrictEqual([allow('ecr:PutImage', '*')])
  })

  it('version and Id stay', () => {
    const before = parseOrThrow({
      Id: 'x',
      Statement: [{ ...principal(role), Action: ['ecr:Get*', 'ecr:GetX'] }],
    })
    expect(toJson(minimize(before).document)).toStrictEqual({
      Id: 'x',
      Statement: [{ ...principal(role), Action: 'ecr:Get*' }],
    })
  })

  it('a document that allows nothing keeps one statement', () => {
    expect(minimal([principal('AIDAJQABLZS4A3QDU576Q'), principal('AIDAJQABLZS4A3QDU576X')])).toHaveLength(1)
  })
})

describe('what is told', () => {
  it('says what was done and why', () => {
    const result = minimize(
      document([
        { Sid: 'All', ...allow('ecr:*', '*') },
        { Sid: 'One', ...allow('ecr:PutImage', repo('a')) },
      ]),
    )
    expect(result.status).toBe('Proven')
    expect(result.steps).toStrictEqual([
      {
        _tag: 'RemovedStatement',
        statements: [{ index: 1, sid: 'One' }],
        by: [{ index: 0, sid: 'All' }],
        rule: 'Included',
      },
    ])
    expect(renderMinimized(result)).toBe(
      'removed statement 2 (One): covered by statement 1 (All)\nproven interchangeable with the input (WellFormed)',
    )
  })

  it('names a statement by its place where its Sid is no name', () => {
    const result = minimize(
      document([
        { Sid: '', ...allow('ecr:*', '*') },
        { Sid: '', ...allow('ecr:PutImage', '*') },
      ]),
    )
    expect(renderMinimized(result).split('\n')[0]).toBe('removed statement 2: covered by statement 1')
  })

  it('names the conditions that go, of several', () => {
    const when = (more: Json): Json => ({ Condition: { Bool: { 'v:a': 'true' }, ...more } })
    const { steps } = minimize(
      document([
        allow('ecr:*', '*', when({ StringEquals: { 'v:b': 'x' } })),
        allow('ecr:*', '*', when({ StringNotEquals: { 'v:b': 'x' } })),
      ]),
    )
    expect(steps.flatMap((step) => ('element' in step ? [step.element] : []))).toEqual([
      'Condition/StringEquals/v:b',
      'Condition/StringNotEquals/v:b',
    ])
  })

  it.each([
    ['Action', allow(['ecr:Get*', 'ecr:GetX'], '*'), ['ecr:GetX']],
    ['NotAction', { Effect: 'Allow', NotAction: ['ecr:Get*', 'ecr:GetX'], Resource: '*' }, ['ecr:GetX']],
    ['NotResource', { Effect: 'Allow', Action: '*', NotResource: [repo('*'), repo('a')] }, [repo('a')]],
    ['Principal', principal([role, '*']), [`AWS ${role}`]],
    [
      'Condition/StringLike/v:a',
      allow('*', '*', { Condition: { StringLike: { 'v:a': ['x*', 'xy'] } } }),
      ['xy'],
    ],
    [
      'Condition/StringNotEquals/v:a',
      principal(role, { Condition: { StringNotEquals: { 'v:a': ['x', '${aws:username}'] } } }),
      ['${aws:username}'], // a role has none
    ],
  ])('names the values that go from %s', (element, statement, values) => {
    expect(minimize(document([statement])).steps).toMatchObject([{ _tag: 'RemovedValues', element, values }])
  })

  it('tells values that go for different reasons apart', () => {
    const { steps } = minimize(
      document([
        allow(['ecr:GetX', 's3:GetX', 'sts:X'], '*', org('o-1')),
        allow('ecr:*', '*'),
        deny('s3:*', '*'),
      ]),
    )
    const removed = { _tag: 'RemovedValues', statements: [{ index: 0, sid: undefined }], element: 'Action' }
    const by = (index: number) => [{ index, sid: undefined }]
    expect(steps).toStrictEqual([
      { ...removed, values: ['ecr:GetX'], by: by(1), rule: 'Included' },
      { ...removed, values: ['s3:GetX'], by: by(2), rule: 'Included' },
    ])
  })

  it('names the rule of each proof', () => {
    const org = { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }
    const other = { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }
    const rules = (statements: readonly Json[]) =>
      minimize(document(statements)).steps.map((step) => ('rule' in step ? step.rule : undefined))
    expect(rules([allow('ecr:*', '*', org), allow('ecr:*', '*', other)])).toContain('Searched')
    expect(rules([allow('ecr:*', '*'), allow('ecr:PutImage', '*')])).toStrictEqual(['Included'])
    expect(rules([allow('ecr:PutImage', repo('a')), allow('ecr:PutImage', repo('b'))])).toStrictEqual([
      'Union',
    ])
    const corners = [allow('ecr:PutImage', repo('a'), other), allow('ecr:ListImages', repo('b'), other)]
    const rest = [allow('ecr:P*', repo('b')), allow('ecr:L*', repo('a'))]
    expect(rules([...corners, ...rest])).toStrictEqual(['Hull'])
    const [one, another] = [role, `${role}2`]
    const corner = (who: unknown, action: string, name: string): Json => ({
      ...principal(who),
      Action: action,
      Resource: repo(name),
    })
    const three = [corner(one, 'ecr:GetX', 'x1'), corner(another, 'ecr:PutX', 'y1')]
    const around = [
      corner(one, 'ecr:*X', 'y*'),
      corner(another, 'ecr:Get*', '*1'),
      corner([one, another], 'ecr:Put*', 'x*'),
    ]
    expect(rules([...three, ...around])).toStrictEqual(['Hull'])
    const butFor = (action: string, name: string): Json => ({
      Effect: 'Allow',
      NotAction: ['ecr:PutImage', action],
      Resource: repo(name),
    })
    const exceptions = [butFor('ecr:GetX', 'a'), butFor('ecr:GetY', 'b')]
    const excepted = [allow('ecr:GetX', repo('a*')), allow('ecr:GetY', repo('b*'))]
    expect(rules([...exceptions, ...excepted])).toStrictEqual(['Hull'])
  })

  it.each([
    ['actions', { NotAction: ['iam:*', 'organizations:*', 'support:*', 'sts:*'], Resource: '*' }],
    ['resources', { Action: '*', NotResource: [repo('a'), repo('b*'), repo('c')] }],
  ])('nothing is spent on exceptions of %s that have nothing in common', (_, fields) => {
    const statement = { Effect: 'Deny', ...fields }
    expect(minimize(document([statement]))).toMatchObject({ status: 'Proven', steps: [], spent: 0 })
  })

  it('without budget it still merges what is exact by construction, or keeps the input', () => {
    const before = document([allow('ecr:PutImage', repo('a')), allow('ecr:PutImage', repo('b'))])
    const after = minimize(before, { budget: 0 })
    expect(interchangeable(before, after.document)._tag).toBe('Yes')
  })
})

describe('wildcards', () => {
  const actions = [
    'ecr:DescribeImages',
    'ecr:DescribeRepositories',
    'ecr:ListImages',
    'ecr:PutImage',
    'ecr:PutImageTagMutability',
    's3:GetObject',
  ]
  const world = catalogue('2026-11-01', actions)
  const before = document([
    allow(['ecr:DescribeImages', 'ecr:DescribeRepositories', 'ecr:PutImage', 'ecr:FutureImage'], '*'),
  ])

  it('are written for all that begin alike, in a world where all actions are known', () => {
    const result = minimize(before, { world, wildcards: true })
    expect(result.status).toBe('Proven')
    expect(result.world).toBe('Catalogue 2026-11-01')
    expect(toJson(result.document)['Statement']).toStrictEqual([
      allow(['ecr:Describe*', 'ecr:FutureImage', 'ecr:PutImage'], '*'),
    ])
    expect(interchangeable(before, result.document)._tag).toBe('No')
    expect(interchangeable(before, result.document, { world })._tag).toBe('Yes')
  })

  it('are not written unless asked for', () => {
    expect(minimize(before, { world }).document.statements[0].action.patterns).toContain('ecr:DescribeImages')
  })
})

describe('what is shared out anew, so that there is less of it', () => {
  const accounts: Json = { 1: '111122223333', 4: '444455556666', 7: '777788889999' }
  const names: Json = { a: 's:a', b: 's:bb', c: 's:ccc' }
  const of = (letters: string, texts: Json) => Array.from(letters, (letter) => texts[letter])
  /** Principals, actions and resources by letters; values of conditions as they are. */
  const shared = (rows: string): readonly Json[] =>
    rows.split(', ').map((row) => {
      const [who = '', what = '', where = '', x = '', y = ''] = row.split(' ')
      const tests = { ...(x && { 'k:x': Array.from(x) }), ...(y && { 'k:y': Array.from(y) }) }
      return {
        Effect: 'Allow',
        ...(who === '-' ? {} : { Principal: { AWS: of(who, accounts) } }),
        Action: of(what, names),
        Resource: Array.from(where, (letter) => `arn:aws:s:::${letter}`),
        ...(x && { Condition: { StringEquals: tests } }),
      }
    })
  it.each([
    ['by principals', '14 b c, 4 a c', 2, 240],
    ['by resources', '4 ab c, 4 b bc', 2, 240],
    ['by actions', '4 ac b, 4 c c, 4 a ab', 2, 268],
    ['by values of a condition', '- bc ac x, - c c xz, - ab c z', 2, 288],
    ['by all at once', '- b bc x v, - ac bc, - b bc yz u, - bc c yz uv', 4, 500],
    ['of principals, then of actions', '7 b ab, 47 bc ac, 7 a c, 47 c bc', 4, 481],
    ['of actions, then of principals', '4 b c, 17 ab c, 7 a ab, 47 b a, 1 bc b', 5, 583],
  ])('%s: %s', (_, rows, count, characters) => {
    const { document: small } = minimize(document(shared(rows)))
    expect([small.statements.length, size(small)]).toEqual([count, characters])
  })
})

it('long lists are shared out anew by one element where pieces of two would be too many', () => {
  const range = (prefix: string): readonly string[] =>
    Array.from({ length: 24 }, (_, i) => `${prefix}${String(i).padStart(2, '0')}`)
  const names = range('s:aNameThatIsLongerThanTheOthers')
  const base = {
    Effect: 'Allow',
    Principal: { AWS: range('arn:aws:iam::111122223333:user/') },
    Resource: range('arn:aws:s:::'),
  }
  const before = document([
    { ...base, Action: [...names, 's:z'] },
    { ...base, Action: names, Resource: 'arn:aws:s:::z' },
  ])
  expect([size(before), size(minimize(before).document)]).toEqual([4100, 3620])
})

describe('one result', () => {
  // Two ways to share out three cells, with as many characters.
  const [a, b, x, y] = ['ecr:*AAAAAAAAAAAA', 'ecr:*BBBBBBBBBBBB', 'arn:aws:s3:::aaa*', 'arn:aws:s3:::bbb*']
  it.each<[string, readonly Json[], readonly Json[]]>([
    [
      'of two ways that are as short, whichever the document has',
      [allow(a, [x, y]), allow(b, y)],
      [allow([a, b], y), allow(a, x)],
    ],
    [
      'of statements in any order',
      [allow(a, x, org('o-1')), allow(a, y, org('o-2')), deny(b, y), deny(a, y, org('o-2'))],
      [deny(a, y, org('o-2')), allow(a, y, org('o-2')), deny(b, y), allow(a, x, org('o-1'))],
    ],
    [
      'of statements with and without a resource',
      [principal(role), principal(role, { Resource: repo('a') }), principal('*', { Resource: repo('b') })],
      [principal('*', { Resource: repo('b') }), principal(role, { Resource: repo('a') }), principal(role)],
    ],
  ])('%s', (_, one, other) => {
    expect(minimal(one)).toStrictEqual(minimal(other))
  })
})

describe('size', () => {
  it.each<[string, (i: number) => Json, Json]>([
    [
      'values of a condition',
      (i) => allow('ecr:PutImage', '*', org(`o-${100 + i}`)),
      allow('ecr:PutImage', '*', org(Array.from({ length: 70 }, (_, i) => `o-${100 + i}`))),
    ],
    [
      'principals',
      (i) => principal(`${100_000_000_000 + i}`),
      principal(Array.from({ length: 70 }, (_, i) => `${100_000_000_000 + i}`)),
    ],
  ])('many statements that differ in %s are one', (_, one, all) => {
    expect(minimal(Array.from({ length: 70 }, (__, i) => one(i)))).toStrictEqual([all])
  })

  it('many statements are shared out anew', () => {
    const names = Array.from({ length: 61 }, (_, i) => repo(`service${100 + i}`))
    const statements = names.flatMap((name) => [allow('ecr:PutImage', name), allow('ecr:GetImage', name)])
    expect(minimal([...statements, allow('ecr:ListImages', names[0])])).toStrictEqual([
      allow(['ecr:GetImage', 'ecr:ListImages', 'ecr:PutImage'], names[0]),
      allow(['ecr:GetImage', 'ecr:PutImage'], names.slice(1)),
    ])
  })

  it('a thousand statements take a moment', () => {
    const names = [
      'BatchGetImage',
      'GetDownloadUrlForLayer',
      'PutImage',
      'Get*',
      'Describe*',
      'DescribeImages',
      'ListImages',
    ]
    const statements = Array.from({ length: 1000 }, (_, i) =>
      allow(
        [`ecr:${names[i % 7]}`, `ecr:${names[(i * 5 + 1) % 7]}`],
        [repo(`team${(i * 13) % 40}/app${i % 9}`), repo(`team${i % 40}/*`)],
      ),
    )
    const before = document(statements)
    const start = performance.now()
    const after = minimize(before)
    expect(after.status).toBe('Proven')
    expect(after.document.statements.length).toBeLessThan(50)
    expect(performance.now() - start).toBeLessThan(5_000)
  }, 60_000)
})
