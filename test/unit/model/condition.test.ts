import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Condition, Context, Document, getOrThrow, Problem, Statement } from '../../../src/model/index.js'
import { arbitrary } from '../../../src/testing/index.js'
import { answer, refusal } from './support.js'

const condition = (operator: string, key: string, ...values: readonly string[]): Condition.Condition =>
  getOrThrow(Problem.show)(Condition.make(operator, key, values))

it('the keys of several values are those that AWS lists', () => {
  const paths = ['principal', 'resource', 'source', 'vpce'].map((whose) => `aws:${whose}orgpaths`)
  const others = ['aws:calledvia', 'aws:principalservicenameslist', 'aws:tagkeys']
  expect(Array.from(Condition.multivaluedKeys).sort()).toStrictEqual([...others, ...paths].sort())
})

describe('one condition', () => {
  it.each([
    ['Bool', 'aws:SecureTransport', ['true'], 'Bool aws:SecureTransport ["true"]'],
    ['StringEquals', 'constructor', [], 'StringEquals constructor []'],
    ['StringEquals', '__proto__', ['a', 'b'], 'StringEquals __proto__ ["a","b"]'],
    [
      'StringEqual',
      'k',
      [],
      'InvalidConditionOperator: `StringEqual` is not a condition operator (did you mean `StringEquals`?)',
    ],
    ['StringEquals', '', [], 'InvalidConditionKey: `` is not the name of a context key'],
    ['StringEquals', ' ', [], 'InvalidConditionKey: ` ` is not the name of a context key'],
    ['StringEquals', 'a\nb', [], 'InvalidConditionKey: `a\\u000ab` is not the name of a context key'],
  ])('%s %j %j', (operator, key, values, expected) => {
    expect(answer(Condition.make(operator, key, values), Condition.show)).toBe(expected)
  })

  it('equality ignores case in the name of the key, not in values (RC-4)', () => {
    const base = condition('StringEquals', 'aws:SourceIp', 'a', 'b')
    expect(Condition.Eq.equals(base, condition('StringEquals', 'AWS:sourceip', 'a', 'b'))).toBe(true)
    expect(Condition.Eq.equals(base, condition('StringEquals', 'aws:SourceIp', 'A', 'b'))).toBe(false)
    expect(Condition.Eq.equals(base, condition('StringEquals', 'aws:SourceIp', 'b', 'a'))).toBe(false)
    expect(Condition.Eq.equals(base, condition('StringLike', 'aws:SourceIp', 'a', 'b'))).toBe(false)
  })
})

describe('a block of conditions (CO-2, CO-5)', () => {
  it('is grouped by operator, in order of first appearance', () => {
    const given = [
      condition('StringLike', 'a'),
      condition('Bool', 'a'),
      condition('StringLike', 'b'),
      condition('StringLikeIfExists', 'a'),
    ]
    expect(answer(Condition.block(given), (block) => block.map(Condition.show))).toStrictEqual([
      'StringLike a []',
      'StringLike b []',
      'Bool a []',
      'StringLikeIfExists a []',
    ])
  })

  it('of nothing is no condition (CO-1, CO-6)', () => {
    expect(answer(Condition.block([]), (block) => block)).toStrictEqual(Condition.none)
  })

  it.each([
    ['aws:SourceIp', 'aws:SourceIp'],
    ['aws:SourceIp', 'AWS:SOURCEIP'],
    ['aws:PrincipalTag/Team', 'aws:principaltag/team'],
  ])('CO-5: %s and %s are one key, which may not stand twice under one operator', (a, b) => {
    expect(refusal(Condition.block([condition('StringLike', a), condition('StringLike', b)]))).toBe(
      `DuplicateConditionKey: \`${b}\` stands twice under StringLike (put all values in one list)`,
    )
    expect(refusal(Condition.block([condition('StringLike', a), condition('StringLikeIfExists', b)]))).toBe(
      'accepted',
    )
  })

  it('of a hundred thousand keys takes no noticeable time', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => condition('StringLike', `k${i}`))
    const start = performance.now()
    expect(answer(Condition.block(many), (block) => block.length)).toBe(100_000)
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})

describe('a context', () => {
  it('finds keys whatever their letter case, and keeps the values (RC-3, RC-4)', () => {
    const context = Context.make({ 'aws:SourceIp': '203.0.113.7', 'aws:TagKeys': ['b', 'a', 'b'] })
    expect(Context.get('AWS:SOURCEIP')(context)).toStrictEqual(['203.0.113.7'])
    expect(Context.get('aws:tagkeys')(context)).toStrictEqual(['b', 'a', 'b'])
    expect(Context.get('aws:username')(context)).toBeUndefined()
  })

  it('takes an empty text for a value, and an empty list for a missing key (RC-2, U-1)', () => {
    const context = Context.make({ text: '', list: [] })
    expect([Context.get('text')(context), Context.get('list')(context)]).toStrictEqual([[''], undefined])
  })

  it.each([
    [
      'the later of two spellings counts',
      [
        ['K', 'a'],
        ['k', 'b'],
      ],
      '{"k":["b"]}',
    ],
    [
      'an empty list takes an earlier spelling away',
      [
        ['K', 'a'],
        ['k', []],
      ],
      '{}',
    ],
    [
      'keys are in order of their names',
      [
        ['b', '1'],
        ['C', '2'],
        ['A', '3'],
      ],
      '{"A":["3"],"b":["1"],"C":["2"]}',
    ],
    [
      '__proto__ and constructor are keys',
      [
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ],
      '{"__proto__":["x"],"constructor":["y"]}',
    ],
  ] as readonly (readonly [string, readonly (readonly [string, string | readonly string[]])[], string])[])(
    '%s',
    (_title, entries, expected) => {
      expect(Context.show(Context.fromEntries(entries))).toBe(expected)
    },
  )

  it('inherits no key from Object', () => {
    expect(Context.get('constructor')(Context.empty)).toBeUndefined()
    expect(Context.show(Context.make(JSON.parse('{"__proto__": "x"}') as Record<string, string>))).toBe(
      '{"__proto__":["x"]}',
    )
  })

  it('overridden has the given values, and its own elsewhere', () => {
    const all = Context.override(Context.make({ K: 'new' }))(Context.make({ k: 'old', l: '1' }))
    expect(Context.show(all)).toBe('{"K":["new"],"l":["1"]}')
  })

  it('get after make gives what was put in', () => {
    fc.assert(
      fc.property(arbitrary.context(), (context) =>
        context.every(({ name, values }) => Context.get(name.toUpperCase())(context) === values),
      ),
    )
  })
})

describe('statements and documents are equal when they say the same in the same order', () => {
  const [one, two] = fc.sample(arbitrary.identityStatement(), { numRuns: 2, seed: 3 }) as [
    Statement.IdentityStatement,
    Statement.IdentityStatement,
  ]

  it('a resource statement is no identity statement, though it say the same', () => {
    const [attached] = fc.sample(arbitrary.resourceStatement(), { numRuns: 1, seed: 3 })
    const { _tag: _, ...fields } = attached!
    const bare = Statement.identity({ ...fields, resource: one.resource })
    const named = Statement.resource({ ...fields, resource: one.resource })
    expect(Statement.Eq.equals(bare, named)).toBe(false)
    expect(
      Statement.fold(
        () => 'identity',
        () => 'resource',
      )(named),
    ).toBe('resource')
    expect(
      Statement.fold(
        () => 'identity',
        () => 'resource',
      )(bare),
    ).toBe('identity')
  })

  it.each([
    ['sid', { sid: 'Other' }],
    ['effect', { effect: one.effect === 'Allow' ? 'Deny' : 'Allow' }],
    [
      'conditions',
      { conditions: getOrThrow(Problem.show)(Condition.block([condition('Null', 'never:used', 'true')])) },
    ],
  ] as const)('another %s makes another statement', (_name, change) => {
    expect(Statement.Eq.equals(one, { ...one, ...change })).toBe(false)
  })

  it('order, version and id count', () => {
    const document = Document.make([one, two])
    expect(document.version).toBe('2012-10-17')
    expect(Document.Eq.equals(document, Document.make([one, two]))).toBe(true)
    expect(Document.Eq.equals(document, Document.make([two, one]))).toBe(false)
    expect(Document.Eq.equals(document, Document.make([one]))).toBe(false)
    expect(Document.Eq.equals(document, { ...document, version: '2008-10-17' })).toBe(false)
    expect(Document.Eq.equals(document, { ...document, id: 'x' })).toBe(false)
  })
})
