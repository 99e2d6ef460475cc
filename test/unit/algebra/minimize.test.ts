import { describe, expect, it } from 'vitest'
import { parseOrThrow } from '../../../src/codec/document.js'
import { stringify, toJson } from '../../../src/model/DocumentJson.js'
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
    ['a role beside its account, whose grant is weaker', [principal(['111122223333', role])]],
    [
      'values of ForAllValues, which hold only together',
      [
        allow('ecr:*', '*', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } } }),
        allow('ecr:*', '*', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'b' } } }),
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

describe('size', () => {
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
