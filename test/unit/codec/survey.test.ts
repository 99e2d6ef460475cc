/** What a text tells at a glance: never less than the truth, and the truth itself of ordinary texts. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countMembers } from '../../../src/codec/Json.js'
import { scan } from '../../../src/codec/scan.js'
import { countBlanks, countColons, isDeep, isPlain, mayHaveLongNumbers } from '../../../src/codec/survey.js'

const depth = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 +
      Object.values(value)
        .map(depth)
        .reduce((most, one) => Math.max(most, one), 0)
    : 0

/** JSON as people and tools write it, with strings that look like syntax. */
const texts = fc
  .tuple(fc.jsonValue({ maxDepth: 6, stringUnit: fc.constantFrom(...'a":{}[], \\1e.-\n\u0100') }), fc.nat(4))
  .map(([value, indent]) => ({ value, text: JSON.stringify(value, undefined, indent) }))

describe('members', () => {
  it.each([
    ['{}', 0],
    ['{"a":1,"a":2}', 2],
    ['{"a"\n\t:{"b" :[{"c":"d:"}]}}', 3],
    ['["a:b","x :"]', 0],
    ['[":"," :"]', 2],
    ['{"a":["::1/128","::/0"]}', 1],
    ['{"arn:aws:x:::":"arn:aws:iam::1:root"}', 1],
  ])('%s has %i colons that may end a name', (text, count) => {
    expect(countColons(text)).toBe(count)
  })

  it('countMembers(v) <= countColons(text of v), equal when no string holds a colon', () => {
    fc.assert(
      fc.property(texts, ({ value, text }) => {
        const [members, colons] = [countMembers(64, value), countColons(text)]
        return members === colons || (members < colons && /"[^"]*:/.test(text))
      }),
    )
  })

  it('of what is nested deeper than the limit are not a number', () => {
    fc.assert(
      fc.property(
        texts,
        fc.nat(7),
        ({ value }, limit) => Number.isNaN(countMembers(limit, value)) === depth(value) > limit,
      ),
    )
  })
})

describe('blanks', () => {
  it('are what compact text is shorter by', () => {
    fc.assert(
      fc.property(
        texts,
        ({ value, text }) => countBlanks(text) === text.length - JSON.stringify(value).length,
      ),
    )
  })
})

describe('plain', () => {
  it.each([
    ['{"a":"ÿ b"}', true],
    ['{"a":"Ā"}', false],
    ['{"a":"\\n"}', false],
    ['{"a":"\ud800"}', false],
  ])('%s: %s', (text, plain) => {
    expect(isPlain(text)).toBe(plain)
  })
})

describe('long numbers', () => {
  it.each([
    ['[1234567890.1234]', false],
    ['[12345678901234567]', true],
    ['{"a" : -1.00000000000000000001}', true],
    ['[1,2e3]', true],
    ['[0,\n1E+400]', true],
    ['["ecr:Get1", true, false]', false],
    ['{"aws:x":"arn:aws:ecr:eu-west-1:111122223333:repository/e2e"}', false],
  ])('%s: %s', (text, may) => {
    expect(mayHaveLongNumbers(text)).toBe(may)
  })

  it('are seen wherever the scan keeps digits', () => {
    const token = fc
      .tuple(
        fc.constantFrom('', '-'),
        fc.bigInt({ min: 0n, max: 10n ** 20n }),
        fc.constantFrom('', '.5', '.000000000000000001', 'e9', 'E-30'),
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(token, fc.constantFrom('[1,#]', '{"a":#}', '[ #]', '{"e":[#,1]}'), (digits, frame) => {
        const text = frame.replace('#', digits)
        return scan(text, undefined).numbers.size === 0 || mayHaveLongNumbers(text)
      }),
    )
  })
})

describe('deep', () => {
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

  it.each([
    ['few brackets, however they stand', nested(1000), false],
    ['many side by side', `[${'{},'.repeat(20_000)}[]]`, false],
    ['many in strings', `["${'['.repeat(20_000)}\\"${'['.repeat(20_000)}"]`, false],
    ['many lists in lists', nested(20_000), true],
    ['many, never closed', '[1,'.repeat(20_000), true],
    ['many objects in objects', '{"a":'.repeat(20_000), true],
    ['one level too many beside many', `[${'{},'.repeat(20_000)}${nested(64)}]`, true],
    ['the last level beside many', `[${'{},'.repeat(20_000)}${nested(63)}]`, false],
  ])('%s: %#', (_, text, deep) => {
    expect(isDeep(64, text)).toBe(deep)
  })
})
