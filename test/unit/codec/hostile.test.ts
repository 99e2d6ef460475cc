/** Input made to hurt: it ends quickly, in a value or a located error, and changes nothing. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { parse, parseOrThrow, parseScenario } from '../../../src/codec/index.js'
import { toJson } from '../../../src/model/DocumentJson.js'
import { granting, identity, only, outline, policy, resource, statement } from './support.js'

const throwing = (): never => {
  throw new Error('boo')
}

/** Processor time, which other work on the machine does not prolong. */
const quickly = <A>(work: () => A): A => {
  const start = process.cpuUsage()
  const result = work()
  expect(process.cpuUsage(start).user).toBeLessThan(10_000_000)
  return result
}

describe('deep and large text', () => {
  it.each([
    ['lists', '['.repeat(10_000), '/0'.repeat(64)],
    ['a million lists', '['.repeat(1_000_000), '/0'.repeat(64)],
    ['closed lists', '['.repeat(10_000) + ']'.repeat(10_000), '/0'.repeat(64)],
    ['objects', '{"a":'.repeat(10_000), '/a'.repeat(64)],
  ])('%s nested too deep are refused where they are', (_, text, pointer) => {
    const error = quickly(() => only(parse(text)))
    expect(error).toMatchObject({ code: 'TooDeep', pointer, line: 1 })
  })

  it('64 levels are read', () => {
    expect(outline(parse('['.repeat(64) + ']'.repeat(64)))).toStrictEqual([['', 'InvalidType']])
  })

  it('past 20 million characters nothing is read', () => {
    expect(only(parse(' '.repeat(20_000_001)))).toMatchObject({
      code: 'TooLarge',
      pointer: '',
      line: 1,
      column: 1,
    })
  })

  it.each([
    ['a string', `{"Statement":"${'x'.repeat(10_000_000)}"}`, [['/Statement', 'InvalidType']]],
    ['blanks', ' '.repeat(10_000_000), [['', 'InvalidJson']]],
    ['an unclosed string', `{"Id":"${'\\u0041'.repeat(1_500_000)}`, [['/Id', 'InvalidJson']]],
    [
      'digits',
      `{"Id":${'1'.repeat(10_000_000)}}`,
      [
        ['', 'MissingElement'],
        ['/Id', 'InvalidType'],
      ],
    ],
  ])('ten megabytes of %s end in a located error', (_, text, errors) => {
    expect(quickly(() => outline(parse(text)))).toStrictEqual(errors)
  })

  it('ten megabytes of statements are read, or refused after a hundred errors', () => {
    const one = JSON.stringify(statement)
    const many = (text: string): string =>
      `{"Statement":[${Array.from({ length: 150_000 }, () => text).join(',')}]}`
    expect(quickly(() => outline(parse(many(one))))).toStrictEqual([])
    expect(quickly(() => outline(parse(many('{"NullIfExist":{}}'))))).toHaveLength(101)
  })

  it('ten megabytes of repeated keys end after a hundred errors', () => {
    const text = `{${Array.from({ length: 1_000_000 }, () => '"k":null').join(',')}}`
    expect(quickly(() => outline(parse(text)))).toHaveLength(101)
  })

  it('a hundred misspelt operators with long names are refused', () => {
    const names = Array.from({ length: 200 }, (_, i) => [
      `ForAllValues:StringEqualsIgnoreCaseIfExist${'s'.repeat(30)}${i}`,
      {},
    ])
    expect(quickly(() => outline(parse(identity({ Condition: Object.fromEntries(names) }))))).toHaveLength(
      101,
    )
  })
})

describe('objects that are more than data', () => {
  it('a getter that throws is refused in its place, beside other errors', () => {
    const hostile = {
      ...statement,
      Sid: 'a b',
      get Effect() {
        return throwing()
      },
    }
    expect(outline(parse({ Statement: [hostile] }))).toStrictEqual([
      ['/Statement/0/Effect', 'InvalidType'],
      ['/Statement/0/Sid', 'InvalidSid'],
    ])
  })

  it('a getter is read once, so it cannot change its answer', () => {
    let reads = 0
    const hostile = {
      Statement: {
        Effect: 'Allow',
        Resource: '*',
        get Action() {
          reads++
          return reads === 1 ? 'ecr:*' : 7
        },
      },
    }
    expect(parseOrThrow(hostile).statements[0].action.patterns).toStrictEqual(['ecr:*'])
    expect(reads).toBe(1)
  })

  it.each([
    ['keys', new Proxy({}, { ownKeys: throwing })],
    ['members', new Proxy({ Statement: 1 }, { get: throwing })],
    ['descriptors', new Proxy({ Statement: 1 }, { getOwnPropertyDescriptor: throwing })],
    ['the length of a list', { Statement: new Proxy([1], { get: throwing }) }],
    ['the length, by lying', { Statement: new Proxy([1], { get: () => 'x' }) }],
    ['the length, by going negative', { Statement: new Proxy([1], { get: () => -5 }) }],
  ])('a proxy that denies %s is refused', (_, input) => {
    expect(outline(parse(input)).length).toBeGreaterThan(0)
  })

  it('a revoked proxy is refused', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(outline(parse(proxy))).toStrictEqual([['', 'InvalidType']])
    expect(outline(parse({ Statement: proxy }))).toStrictEqual([['/Statement', 'InvalidType']])
  })

  it('a proxy of endless depth is refused', () => {
    const endless: object = new Proxy(
      {},
      {
        ownKeys: () => ['a'],
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
        get: () => endlessly(),
      },
    )
    const endlessly = (): object =>
      new Proxy(
        {},
        {
          ownKeys: () => ['a'],
          getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
          get: () => endlessly(),
        },
      )
    expect(outline(parse(endless)).map(([, code]) => code)).toStrictEqual(['TooDeep'])
  })

  it('an object that contains itself is refused where it does', () => {
    const cycle: Record<string, unknown> = { ...statement }
    cycle['Condition'] = { Bool: cycle }
    expect(outline(parse({ Statement: [cycle] }))).toStrictEqual([
      ['/Statement/0/Condition/Bool', 'InvalidType'],
    ])
  })

  it('a value that stands twice without containing itself is fine', () => {
    expect(outline(parse(policy(statement, statement)))).toStrictEqual([])
  })

  it('objects that share so much that they explode are refused', () => {
    let shared: unknown = 'x'
    for (let i = 0; i < 40; i++) shared = [shared, shared]
    expect(quickly(() => outline(parse({ Statement: shared }))).at(-1)?.[1]).toMatch(/TooLarge|TooManyErrors/)
  })

  it.each([
    ['a billion holes', { Statement: new Array(1_000_000_000) }, '/Statement', 'TooLarge'],
    ['a hole', { Statement: [, statement] }, '/Statement/0', 'InvalidType'],
    ['a function', identity({ Action: () => 'ecr:*' }), '/Statement/0/Action', 'InvalidType'],
    ['a symbol', identity({ Action: [Symbol('x')] }), '/Statement/0/Action/0', 'InvalidType'],
    [
      'a bigint',
      identity({ Condition: { NumericEquals: { k: 1n } } }),
      '/Statement/0/Condition/NumericEquals/k',
      'InvalidType',
    ],
    [
      'a date',
      identity({ Condition: { DateEquals: { k: new Date(0) } } }),
      '/Statement/0/Condition/DateEquals/k',
      'InvalidType',
    ],
    [
      'a boxed string',
      identity({ Action: Object('ecr:*') as unknown }),
      '/Statement/0/Action',
      'InvalidType',
    ],
  ])('%s is refused', (_, input, pointer, code) => {
    expect(quickly(() => outline(parse(input)))).toStrictEqual([[pointer, code]])
  })

  it('only own enumerable members with text keys are read', () => {
    const inherited: unknown = Object.create({ Statement: statement })
    expect(outline(parse(inherited))).toStrictEqual([['', 'MissingElement']])
    const extra = Object.defineProperty({ Statement: statement, [Symbol('x')]: 1 }, 'Hidden', {
      value: 1,
      enumerable: false,
    })
    expect(outline(parse(extra))).toStrictEqual([])
    expect(outline(parse(Object.assign(Object.create(null), { Statement: statement })))).toStrictEqual([])
  })

  it('members that are undefined count as absent', () => {
    expect(outline(parse(identity({ Sid: undefined, Condition: undefined })))).toStrictEqual([])
  })
})

describe('names of the prototype', () => {
  const keys = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

  it('are ordinary condition keys, there and back', () => {
    const block = `{${keys.map((key) => `"${key}":"v"`).join(',')}}`
    const text = `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":${block}}}}`
    for (const input of [text, JSON.parse(text) as unknown]) {
      const document = parseOrThrow(input)
      expect(document.statements[0].conditions.map(({ key }) => key)).toStrictEqual(keys)
      expect(JSON.stringify(toJson(document))).toContain(block)
      expect(parseOrThrow(toJson(document))).toStrictEqual(document)
    }
  })

  it.each(keys)('%s is an unknown element and an unknown operator', (key) => {
    const at = (value: string): string =>
      `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*",${value}}}`
    expect(outline(parse(at(`"${key}":{}`)))).toStrictEqual([[`/Statement/${key}`, 'UnknownElement']])
    expect(outline(parse(at(`"Condition":{"${key}":{}}`)))).toStrictEqual([
      [`/Statement/Condition/${key}`, 'InvalidConditionOperator'],
    ])
    const principal = JSON.stringify(resource({})).replace('"*"', `{"${key}":"*"}`)
    expect(outline(parse(principal))).toStrictEqual([[`/Statement/0/Principal/${key}`, 'UnknownElement']])
  })

  it('pollute nothing', () => {
    void parse('{"__proto__":{"polluted":1},"Statement":{"__proto__":{"Effect":"Allow"}}}')
    void parseScenario('{"__proto__":{"polluted":1},"request":{"context":{"__proto__":"x"}}}')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(
      outline(parse('{"Statement":{"__proto__":{"Effect":"Allow"},"Action":"*","Resource":"*"}}')),
    ).toStrictEqual([
      ['/Statement', 'MissingElement'],
      ['/Statement/__proto__', 'UnknownElement'],
    ])
  })

  it('of a prototype already polluted are not taken for elements', () => {
    const pollute = (): void =>
      void Object.defineProperty(Object.prototype, 'Sid', { value: 7, configurable: true, enumerable: false })
    const clean = (): void => void Reflect.deleteProperty(Object.prototype, 'Sid')
    pollute()
    try {
      expect(outline(parse({ Statement: { ...granting } }))).toStrictEqual([])
    } finally {
      clean()
    }
  })
})

describe('a kind that is none', () => {
  it.each(['Identity', 'constructor', ''])('is refused: %s', (kind) => {
    const read = parse('{"Statement":[]}', kind as 'identity')
    expect(E.isLeft(read) && read.left.map(({ code }) => code)).toStrictEqual(['InvalidKind'])
  })
})
