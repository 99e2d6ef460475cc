import { describe, expect, it } from 'vitest'
import { diff } from '../../../src/algebra/diff.js'
import { regionLines, renderDiff, showRequest } from '../../../src/algebra/diffText.js'
import { isInRegion } from '../../../src/algebra/region.js'
import { parseOrThrow, parseScenarioOrThrow } from '../../../src/codec/index.js'
import { Simulator } from '../../../src/simulator/index.js'

const repository = (name: string): string => `arn:aws:ecr:us-east-1:111122223333:repository/${name}`
const document = (...Statement: readonly object[]) => parseOrThrow({ Version: '2012-10-17', Statement })
const allow = (fields: object = {}) => ({ Effect: 'Allow', ...action(fields), Resource: '*', ...fields })
const deny = (fields: object = {}) => ({ Effect: 'Deny', ...action(fields), Resource: '*', ...fields })
const action = (fields: object) => (Object.hasOwn(fields, 'NotAction') ? {} : { Action: 'ecr:*' })

/** The text of a difference without examples and edits. */
const regions = (left: ReturnType<typeof document>, right: ReturnType<typeof document>): readonly string[] =>
  renderDiff(diff(left, right))
    .split('\nEdits:')[0]!
    .split('\n')
    .filter((line) => !line.includes('for example'))

describe('diff', () => {
  it.each([
    [
      'an action that was added',
      document(allow({ Action: ['ecr:Get*'] })),
      document(allow({ Action: ['ecr:Get*', 'ecr:PutImage'] })),
      ['+ 1 allows ecr:PutImage', '+   on *'],
    ],
    [
      'a wildcard that became narrower',
      document(allow()),
      document(allow({ Action: ['ecr:Get*', 'ecr:PutImage'] })),
      ['- 1 no longer allows ecr:* except ecr:Get*, ecr:PutImage', '-   on *'],
    ],
    [
      'only what the Deny takes away',
      document(allow()),
      document(allow(), deny({ NotAction: 'ecr:Get*', Resource: repository('prod/*') })),
      ['- 1 no longer allows ecr:* except ecr:Get*', `-   on ${repository('prod/*')}`],
    ],
    [
      'only what no Deny of its own takes away',
      document(allow({ Action: 's3:*' })),
      document(allow({ Action: ['ecr:*', 's3:*'] }), deny({ Action: 'ecr:Put*' })),
      ['+ 1 allows ecr:* except ecr:Put*', '+   on *'],
    ],
    [
      'a condition of a Deny',
      document(allow()),
      document(allow(), deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })),
      ['- 1 no longer allows ecr:*', '-   on *', '-   when Bool aws:SecureTransport ["false"]'],
    ],
    [
      'a condition that an Allow was given',
      document(allow()),
      document(allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })),
      ['- 1 no longer allows ecr:*', '-   on *', '-   unless StringEquals aws:PrincipalOrgID ["o-1"]'],
    ],
    [
      'NotResource as what it leaves out',
      document(allow({ Resource: repository('*') })),
      parseOrThrow({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'ecr:*', NotResource: repository('prod/*') },
      }),
      [
        '+ 1 allows ecr:*',
        `+   on any resource except ${repository('*')}`,
        '- 1 no longer allows ecr:*',
        `-   on ${repository('prod/*')}`,
      ],
    ],
    [
      'callers that were named',
      document(allow({ Principal: '*' })),
      document(allow({ Principal: { AWS: ['111122223333', 'arn:aws:iam::444455556666:role/ci'] } })),
      [
        '- 1 no longer allows ecr:*',
        '-   on *',
        '-   by * except AWS 111122223333, AWS arn:aws:iam::444455556666:role/ci',
      ],
    ],
    [
      'two regions where one Allow became narrower twice',
      document(allow({ Action: ['ecr:Get*', 'ecr:PutImage'], Resource: [repository('a'), repository('b')] })),
      document(allow({ Action: 'ecr:Get*', Resource: repository('a') })),
      [
        '- 2 no longer allows ecr:Get*, ecr:PutImage',
        `-   on ${repository('b')}`,
        '- 1 no longer allows ecr:PutImage',
        `-   on ${repository('a')}, ${repository('b')}`,
      ],
    ],
    [
      'of a list what no other entry takes in, list by list',
      document(allow({ Action: 's3:*' })),
      document(
        allow({ Action: 's3:*' }),
        allow({ Action: ['ecr:GetImage', 'ecr:Get*'], Resource: [repository('a'), repository('b')] }),
      ),
      ['+ 1 allows ecr:Get*', `+   on ${repository('a')}, ${repository('b')}`],
    ],
    [
      'nothing where a Deny bites on nothing',
      document(allow({ Action: 'ecr:Get*' })),
      document(allow({ Action: 'ecr:Get*' }), deny({ Action: 'ecr:Put*' })),
      ['Both allow the same requests.'],
    ],
    [
      'nothing where other words say the same',
      document(allow({ Action: ['ecr:GetImage', 'ecr:Get*'] })),
      document(allow({ Action: 'ecr:get*' })),
      ['Both allow the same requests.'],
    ],
  ])('tells %s', (_, left, right, lines) => {
    expect([...regions(left, right)].sort()).toStrictEqual([...lines].sort())
  })

  it('tells near misses apart: one letter more in a pattern is a region of its own', () => {
    const { gained, lost, status } = diff(
      document(allow({ Action: 'ecr:Get*' })),
      document(allow({ Action: 'ecr:Get?*' })),
    )
    expect([gained.length, lost.length, status]).toStrictEqual([0, 1, 'Complete'])
    expect(lost[0]?.witness.action.toLowerCase()).toBe('ecr:get')
  })

  it('gives a witness that the simulator confirms and that lies in its region', () => {
    const [left, right] = [document(allow({ Action: 'ecr:Get*' })), document(allow({ Action: 'ecr:*' }))]
    const [region] = diff(left, right).gained
    expect(region && Simulator.meaning(right)(region.witness)._tag).toBe('Grant')
    expect(region && Simulator.meaning(left)(region.witness)._tag).toBe('Silent')
    expect(region && isInRegion(region)(region.witness)).toBe(true)
  })

  it.each([
    [{ resource: repository('a') }, `lambda.amazonaws.com: ecr:PutImage on ${repository('a')}`],
    [
      { resource: '*', context: { 'v:a': ['x', 'y'] } },
      'lambda.amazonaws.com: ecr:PutImage on * with v:a = ["x","y"]',
    ],
  ])('tells a request in one line, with a context where there is one: %j', (fields, line) => {
    const asked = { principal: 'lambda.amazonaws.com', action: 'ecr:PutImage', ...fields }
    expect(showRequest(parseScenarioOrThrow({ request: asked }).request)).toBe(line)
  })

  it('tells the edits, each with what it adds and takes away', () => {
    const [before, after] = [
      document(
        { Sid: 'A', ...allow({ Action: ['ecr:GetImage', 'ecr:PutImage'] }) },
        allow({ Action: 's3:*' }),
      ),
      document(
        { Sid: 'A', ...allow({ Action: ['ecr:GetImage', 'ecr:ListImages'] }) },
        deny({ Action: 'sqs:*' }),
      ),
    ]
    expect(renderDiff(diff(before, after)).split('\nEdits:\n')[1]?.split('\n')).toEqual([
      '  changed Allow statement "A": Action +"ecr:ListImages" -"ecr:PutImage" (see +1 -1)',
      '  added Deny statement #2 (changes nothing by itself)',
      '  removed Allow statement #2 (see -2)',
    ])
  })

  it('tells edits of the version, and statements without a Sid by their places', () => {
    const plain = (Version: string | undefined, ...Statement: readonly object[]) =>
      parseOrThrow({ ...(Version === undefined ? {} : { Version }), Statement })
    const edits = (left: ReturnType<typeof plain>, right: ReturnType<typeof plain>): readonly string[] =>
      renderDiff(diff(left, right)).split('\n').slice(1)
    const [reads, writes] = [allow({ Action: 'ecr:Get*' }), allow({ Action: 'ecr:Put*' })]
    expect(edits(plain(undefined, reads), plain('2012-10-17', reads))).toEqual([
      'Edits:',
      '  changed Version none to 2012-10-17 (changes nothing by itself)',
    ])
    expect(edits(plain('2008-10-17', reads), plain(undefined, reads, { ...reads, Sid: '' }))).toEqual([
      'Edits:',
      '  changed Version 2008-10-17 to none (changes nothing by itself)',
      '  added Allow statement #2 (changes nothing by itself)',
    ])
    expect(edits(plain(undefined, reads, writes, writes), plain(undefined, writes, reads))).toEqual([
      'Edits:',
      '  removed Allow statement #3 (changes nothing by itself)',
    ])
  })

  it('does not say that edits change nothing where that is not known', () => {
    const found = diff(document(allow()), document(allow({ Action: 'ecr:Get*' })), { budget: 1 })
    expect(renderDiff(found).split('\n').slice(-2)).toEqual([
      '  added Allow statement #1',
      '  removed Allow statement #1',
    ])
  })

  it('stops at the limit and says that there is more', () => {
    const one = (name: string) => allow({ Action: `ecr:${name}`, Resource: repository(name) })
    const found = diff(document(allow({ Action: 's3:*' })), document(one('A'), one('B'), one('C')), {
      limit: 2,
    })
    expect(found.gained.length).toBe(2)
    expect(found.status).toStrictEqual({ more: true })
    expect(renderDiff(found)).toContain('There is more than is listed.')
  })

  it('says Undecided where the budget ends, and lists only what is sure', () => {
    const found = diff(document(allow()), document(allow({ Action: 'ecr:Get*' })), { budget: 1 })
    expect(found.status).toMatchObject({ _tag: 'Undecided', reason: 'Budget' })
    expect(renderDiff(found)).toContain('The rest is undecided')
  })

  it('tells what a policy variable lets in', () => {
    const mine = `${repository('')}\${aws:PrincipalTag/team}/*`
    const found = diff(
      document(allow({ Resource: repository('x') })),
      document(allow({ Resource: [repository('x'), mine] })),
    )
    expect(found.gained[0]?.resources.include).toMatchObject([{ patterns: [mine] }])
    expect(found.gained[0]?.witness.context.length).toBeGreaterThan(0)
  })

  it('writes no control character and no line of a policy into its text', () => {
    const text = renderDiff(
      diff(
        document(allow({ Action: 's3:*' })),
        document(allow({ Condition: { StringEquals: { 'aws:x': 'a\u009b31m\n+ 2 allows *\u00ad' } } })),
      ),
    )
    expect(text).not.toMatch(/[\u009b\u00ad]/)
    expect(text.split('\n').some((line) => line.startsWith('+ 2'))).toBe(false)
  })
})

describe('a region in lines', () => {
  const none = { include: [], exclude: [] }
  const actions = (...patterns: readonly string[]) => ({ _tag: 'Action', patterns }) as never
  const condition = (operator: string) => ({
    condition: parseOrThrow(
      { Statement: { ...allow(), Condition: { [operator]: { 'v:k': ['a', 'b'] } } } },
      'identity',
    ).statements[0].conditions[0],
  })
  const named = (clause: object) => {
    const { statements } = parseOrThrow(
      { Version: '2012-10-17', Statement: { ...allow(), ...clause } },
      'resource',
    )
    return statements[0]._tag === 'ResourceStatement' ? statements[0].principal : undefined
  }
  const region = {
    ...{ actions: none, resources: none, principals: none, conditions: none },
    ...{ allowedBy: 0, deniedBy: undefined },
  }
  const user = 'arn:aws:iam::111122223333:user/a'
  it.each<[string, object, readonly string[]]>([
    ['any', {}, ['any action', 'on any resource']],
    [
      'lists and what they leave out',
      {
        actions: {
          include: [actions('a:b', 'a:c'), actions('a:*')],
          exclude: [actions('a:d'), actions('a:e', 'a:f')],
        },
        resources: { include: [{ _tag: 'Attached' }], exclude: [{ _tag: 'Resource', patterns: ['x', 'y'] }] },
      },
      [
        'a:b, a:c that are also a:* except a:d, a:e, a:f',
        'on the resource that the policy is attached to except x, y',
      ],
    ],
    [
      'callers, only where it speaks of them',
      {
        principals: {
          include: [named({ Principal: { AWS: user, Service: 'ecs.amazonaws.com' } })],
          exclude: [],
        },
      },
      ['any action', 'on any resource', `by AWS ${user}, Service ecs.amazonaws.com`],
    ],
    [
      'callers who are left out',
      {
        principals: {
          include: [],
          exclude: [
            named({ Principal: '*' }),
            { _tag: 'Spared', principals: named({ Principal: { AWS: user } })?.principals },
          ],
        },
      },
      ['any action', 'on any resource', `by any caller except *, those whom NotPrincipal AWS ${user} spares`],
    ],
    [
      'conditions',
      {
        conditions: { include: [condition('StringEquals')], exclude: [condition('ForAnyValue:StringLike')] },
      },
      [
        'any action',
        'on any resource',
        'when StringEquals v:k ["a","b"]',
        'unless ForAnyValue:StringLike v:k ["a","b"]',
      ],
    ],
  ])('%s', (_, fields, lines) => {
    expect(regionLines({ ...region, ...fields })).toEqual(lines)
  })
})

describe('edits of a diff', () => {
  const named = (Sid: string, fields: object) => ({ Sid, ...allow(fields) })

  it('match statements by Sid, then by likeness, and give the values that came and went', () => {
    const { edits } = diff(
      document(named('Pull', { Action: ['ecr:GetA', 'ecr:GetB'] }), allow({ Action: ['s3:A', 's3:B'] })),
      document(allow({ Action: ['s3:A', 's3:C', 's3:B'] }), named('Pull', { Action: 'kms:Decrypt' })),
    )
    expect(edits.map(({ change }) => change)).toMatchObject([
      {
        _tag: 'Changed',
        before: 1,
        after: 0,
        changes: [{ element: 'Action', added: ['s3:C'], removed: [] }],
      },
      {
        _tag: 'Changed',
        before: 0,
        after: 1,
        changes: [{ element: 'Action', added: ['kms:Decrypt'], removed: ['ecr:GetA', 'ecr:GetB'] }],
      },
    ])
  })

  it('are none for statements that only moved', () => {
    const [a, b] = [allow({ Action: 'ecr:Get*' }), allow({ Action: ['s3:A', 's3:B'] })]
    expect(diff(document(a, b), document({ ...b, Action: ['s3:B', 's3:A'] }, a)).edits).toStrictEqual([])
  })

  it('are linked to the regions that they cause, each alone, and idle ones to none', () => {
    const { edits, gained, lost } = diff(
      document(named('Pull', { Action: 'ecr:Get*' }), named('Push', { Action: 'ecr:Put*' })),
      document(
        named('Pull', { Action: ['ecr:Get*', 'ecr:List*'] }),
        named('Same', { Action: 'ecr:GetImage' }),
        { ...deny({ Action: 'ecr:GetSecret' }), Sid: 'No' },
      ),
    )
    const of = (sid: string) =>
      edits.find(({ change }) => 'statement' in change && change.statement.sid === sid)
    const causes = (sid: string) => [of(sid)?.gained.length, of(sid)?.lost.length]
    expect([gained.length, lost.length]).toStrictEqual([1, 2])
    expect(['Pull', 'Push', 'Same', 'No'].map(causes)).toStrictEqual([
      [1, 0],
      [0, 1],
      [0, 0],
      [0, 1],
    ])
  })

  it('link two edits that grant the same to the region, either of which would do', () => {
    const { edits, gained } = diff(
      document(allow({ Action: 'ecr:Get*' })),
      document(
        allow({ Action: 'ecr:Get*' }),
        named('A', { Action: 'ecr:Put*' }),
        named('B', { Action: 'ecr:P*' }),
      ),
    )
    expect(gained.length).toBe(1)
    expect(edits.map((edit) => edit.gained)).toStrictEqual([[0], [0]])
  })
})
