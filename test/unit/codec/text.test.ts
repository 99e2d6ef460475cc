/** JSON text: where errors are, what `JSON.parse` would swallow, and percent-encoding. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { fromUrlEncoded, parse, parseOrThrow, renderErrors } from '../../../src/codec/index.js'
import { stringify } from '../../../src/model/DocumentJson.js'
import { identity, only, outline, right } from './support.js'

const good = '{"Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}'

describe('a syntax error is located', () => {
  it.each([
    ['nothing', '', '', 1, 1, 'a value is expected, the text ends'],
    ['a byte order mark', `\uFEFF${good}`, '', 1, 1, 'a value is expected'],
    ['trailing text', `${good}\n x`, '', 2, 2, 'nothing may follow the document, found `x`'],
    ['a second document', `${good}{}`, '', 1, good.length + 1, 'nothing may follow'],
    ['a comment', '{\n  // no\n}', '', 2, 3, 'a member name in double quotes is expected, found `/`'],
    ['single quotes', '{"Version": \'x\'}', '/Version', 1, 13, 'a value is expected'],
    ['a bare name', '{Version: 1}', '', 1, 2, 'a member name'],
    ['no colon', '{"Version" 1}', '/Version', 1, 12, 'a colon is expected'],
    ['no comma', '{"a":1 "b":2}', '/a', 1, 8, '`,` or `}` is expected'],
    ['no comma in a list', '{"a":[1 2]}', '/a/0', 1, 9, '`,` or `]` is expected'],
    ['a comma too many', '{"a":1,}', '', 1, 8, 'a member name'],
    ['a comma too many in a list', '{"a":[1,]}', '/a/1', 1, 9, 'a value is expected'],
    ['an unclosed list', '{"a":[1', '/a/0', 1, 8, 'the text ends'],
    ['an unclosed object', '{"a":1', '/a', 1, 7, 'the text ends'],
    ['an unclosed string', '{"a":"x', '/a', 1, 8, 'a string is not closed'],
    ['an unclosed name', '{"a', '', 1, 4, 'a string is not closed'],
    ['a raw line feed in a string', '{"a":"x\ny"}', '/a', 1, 8, 'a raw control character'],
    ['an unknown escape', '{"a":"\\x41"}', '/a', 1, 7, 'an escape that does not exist'],
    ['a cut escape', '{"a":"\\u12"}', '/a', 1, 7, 'an escape that does not exist'],
    ['a leading zero', '{"a":01}', '/a', 1, 7, 'a number is malformed'],
    ['a lone minus', '{"a":-}', '/a', 1, 7, 'a number is malformed'],
    ['a point without digits', '{"a":1.}', '/a', 1, 8, 'a number is malformed'],
    ['an exponent without digits', '{"a":1e+}', '/a', 1, 9, 'a number is malformed'],
    ['a cut word', '{"a":nul}', '/a', 1, 6, 'a value is expected'],
    ['NaN', '{"a":NaN}', '/a', 1, 6, 'a value is expected'],
    ['carriage returns', '{\r\n\r"a":\n?}', '/a', 4, 1, 'a value is expected'],
  ])('%s', (_, text, pointer, line, column, message) => {
    const error = only(parse(text))
    expect(error).toMatchObject({ code: 'InvalidJson', pointer, line, column })
    expect(error.message).toContain(message)
    expect(() => void JSON.parse(text)).toThrow()
  })
})

describe('other errors in text are located', () => {
  const text = [
    '{',
    '  "Statement": [{',
    '    "Effect": "allow",',
    '    "Actions": "*",',
    '    "Resource": [ "*",',
    '      7 ]',
    '  }]',
    '}',
  ].join('\n')

  it('at the value, at the name where the name is wrong, in the order of the text', () => {
    const result = parse(text)
    const places = E.isLeft(result)
      ? result.left.map(({ pointer, line, column }) => [pointer, line, column])
      : []
    expect(places).toStrictEqual([
      ['/Statement/0', 2, 17],
      ['/Statement/0/Effect', 3, 15],
      ['/Statement/0/Actions', 4, 5],
      ['/Statement/0/Resource/1', 6, 7],
    ])
  })

  it('and not for objects', () => {
    const error = only(parse(identity({ Effect: 'x' })))
    expect(Object.keys(error)).toStrictEqual(['pointer', 'code', 'message', 'suggestion'])
  })

  it('with pointers that escape `/` and `~`', () => {
    expect(only(parse(identity({ Condition: { Bool: { 'a/b~c': null } } }))).pointer).toBe(
      '/Statement/0/Condition/Bool/a~1b~0c',
    )
  })
})

describe('a repeated key (GR-2)', () => {
  it.each([
    ['of the document', '{"Version":"2012-10-17","Version":"2012-10-17",', '/Version', 25],
    ['by way of an escape', '{"Version":"2012-10-17","\\u0056ersion":"2012-10-17",', '/Version', 25],
    ['named like a prototype', '{"__proto__":1,"__proto__":1,', '/__proto__', 16],
  ])('%s is located', (_, head, pointer, column) => {
    const found = parse(`${head}${good.slice(1)}`)
    const duplicates = E.isLeft(found) ? found.left.filter(({ code }) => code === 'DuplicateKey') : []
    expect(duplicates).toMatchObject([{ pointer, line: 1, column }])
  })

  it('deep inside is located, beside all other errors', () => {
    const text =
      '{"Statement":{"Effect":"x","Action":"*","Resource":"*","Condition":{"Bool":{"k":true,"k":true},"Bool":{}}}}'
    expect(outline(parse(text))).toStrictEqual([
      ['/Statement/Effect', 'InvalidEffect'],
      ['/Statement/Condition/Bool/k', 'DuplicateKey'],
      ['/Statement/Condition/Bool', 'DuplicateKey'],
    ])
  })

  it('as a text value is none', () => {
    expect(outline(parse(good.replace('"ecr:*"', '["ecr:*","ecr:*"]')))).toStrictEqual([])
  })
})

describe('numbers', () => {
  const value = (token: string): readonly string[] | undefined =>
    parseOrThrow(
      `{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NumericEquals":{"k":[true,${token}]}}}}`,
    ).statements[0].conditions[0]?.values.slice(1)

  it.each([
    ['1', '1'],
    ['-0', '0'],
    ['1.50', '1.5'],
    ['9007199254740993', '9007199254740993'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['0.1000000000000000000001', '0.1000000000000000000001'],
    ['1e3', '1000'],
    ['1E-7', '0.0000001'],
    ['1e400', '1e400'],
    ['1000000000000000000000', '1000000000000000000000'],
  ])('%s in text is the value %s', (token, text) => {
    expect(value(token)).toStrictEqual([text])
  })

  it.each([
    [1e21, '1000000000000000000000'],
    [1e-7, '0.0000001'],
    [-2.5, '-2.5'],
  ])('%d in an object is the value %s', (number, text) => {
    const document = parseOrThrow(identity({ Condition: { NumericEquals: { k: number } } }))
    expect(document.statements[0].conditions[0]?.values).toStrictEqual([text])
  })

  it('exact digits belong to their own place', () => {
    const of = (k: string): string => `"${k}":[9007199254740993,1]`
    const text = `{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NumericEquals":{${of('a')},${of('b/c')}}}}}`
    expect(parseOrThrow(text).statements[0].conditions.map(({ values }) => values)).toStrictEqual([
      ['9007199254740993', '1'],
      ['9007199254740993', '1'],
    ])
  })
})

describe('percent-encoded text', () => {
  it('is read as IAM hands it out', () => {
    expect(right(fromUrlEncoded(encodeURIComponent(good)))).toStrictEqual(parseOrThrow(good))
    expect(outline(fromUrlEncoded(encodeURIComponent(good), 'ecr-repository'))).toStrictEqual([
      ['/Statement', 'MissingElement'],
    ])
  })

  it('keeps a plus sign', () => {
    const policy = JSON.stringify(identity({ Condition: { StringEquals: { k: 'a+b ü' } } }))
    const read = right(fromUrlEncoded(encodeURIComponent(policy).replaceAll('%2B', '+')))
    expect(read.statements[0].conditions[0]?.values).toStrictEqual(['a+b ü'])
  })

  it.each([
    ['a lone percent sign', '%7B%', 4],
    ['letters that are no digits', '%7B%zz%7D', 4],
    ['a sequence cut short', 'ab%C3', 3],
    ['a sequence that is not UTF-8', '%C3%BC%C3%28', 7],
    ['half a surrogate pair', '%ED%A0%80', 1],
  ])('%s is located', (_, text, column) => {
    expect(only(fromUrlEncoded(text))).toMatchObject({
      code: 'InvalidUrlEncoding',
      pointer: '',
      line: 1,
      column,
    })
  })
})

describe('parseOrThrow', () => {
  it('throws one error that prints each error on a line, and holds them all', () => {
    const attempt = E.tryCatch(
      () => parseOrThrow('{\n"Statement": {"Effect":"allow","Action":"*","Resource":["*"],"X":1}}'),
      E.toError,
    )
    const error = E.isLeft(attempt) ? attempt.left : new Error('nothing was thrown')
    expect(error.message.split('\n')).toStrictEqual([
      'the policy is not valid: 2 errors',
      '  /Statement/Effect (line 2, column 24): `allow` is not an effect: it is `Allow` or `Deny` (did you mean `Allow`?) [InvalidEffect]',
      '  /Statement/X (line 2, column 62): `X` is no element of a statement [UnknownElement]',
    ])
    expect(error.cause).toHaveLength(2)
  })

  it('prints nothing that could run in a terminal', () => {
    const result = parse({ Statement: { 'a\u001b[31m\n': 1 } })
    expect(E.isLeft(result) ? renderErrors(result.left) : '').not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
  })
})

describe('stringify', () => {
  it('prints text that reads back, compact or indented', () => {
    const document = parseOrThrow(good)
    expect(stringify(document)).toBe('{"Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}')
    expect(parseOrThrow(stringify(document, 2))).toStrictEqual(document)
    expect(stringify(document, 2)).toContain('\n  "Statement"')
  })
})
