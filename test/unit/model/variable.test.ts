import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { Variable } from '../../../src/model/index.js'
import { Glob } from '../../../src/pattern/index.js'
import { answer, refusal } from './support.js'

const text = (written: string) => ({ _tag: 'Text', text: written })
const variable = (key: string, fallback?: string) => ({ _tag: 'Variable', key, fallback })
const character = (char: string) => ({ _tag: 'Character', char })

describe('a text is taken apart (VA-1, VA-5, VA-8)', () => {
  it.each([
    ['', []],
    ['plain*', [text('plain*')]],
    ['$', [text('$')]],
    ['{}', [text('{}')]],
    ['${aws:username}', [variable('aws:username')]],
    ['a/${k}/b${l}', [text('a/'), variable('k'), text('/b'), variable('l')]],
    ['${*}${?}${$}', [character('*'), character('?'), character('$')]],
    ['$${k}', [text('$'), variable('k')]],
    ['${k}}', [variable('k'), text('}')]],
    ["${k, 'none'}", [variable('k', 'none')]],
    ["${k, ''}", [variable('k', '')]],
    ["${k, '}'}x", [variable('k', '}'), text('x')]],
    ["${k, '${l}'}", [variable('k', '${l}')]],
    ["${k}'s", [variable('k'), text("'s")]],
    ['${aws:PrincipalTag/team}', [variable('aws:PrincipalTag/team')]],
  ])('%s', (written, pieces) => {
    expect(answer(Variable.parse('2012-10-17')(written), (template) => template)).toStrictEqual(pieces)
    expect(answer(Variable.parse(undefined)(written), (template) => template)).toStrictEqual(
      written === '' ? [] : [text(written)],
    ) // VA-6
  })
})

describe('a malformed variable is an error (VA-10)', () => {
  const unclosed = 'a variable is not closed with `}`'
  const badDefault = "a default is written after a comma and one space, in single quotes: `${key, 'text'}`"
  it.each([
    ['${', unclosed],
    ['${k', unclosed],
    ['${k}${', unclosed],
    ["${k, '}'", unclosed],
    ['${}', 'a variable has no name'],
    ["${, 'x'}", 'a variable has no name'],
    ['${a b}', '`a b` is not the name of a context key'],
    ['${ k}', '` k` is not the name of a context key'],
    ['${k }', '`k ` is not the name of a context key'],
    ['${${k}}', '`${k` is not the name of a context key'],
    ["${'k'}", "`'k'` is not the name of a context key"],
    ["${k,'x'}", badDefault],
    ["${k,  'x'}", badDefault],
    ['${k, x}', badDefault],
    ["${k, 'x}", badDefault],
    ["${k, '}", badDefault],
    ["${k, 'a'b'}", badDefault],
    ['${k, "x"}', badDefault],
    ['${k,}', badDefault],
  ])('%s', (written, why) => {
    expect(refusal(Variable.parse('2012-10-17')(written))).toBe(`InvalidVariable: \`${written}\`: ${why}`)
  })
})

describe('what a variable stands for', () => {
  const lookup: Variable.Lookup = (key) =>
    key === 'one'
      ? { _tag: 'Value', value: 'v*' }
      : key === 'two'
        ? { _tag: 'Multivalued' }
        : { _tag: 'Missing' }

  it.each([
    ['one', undefined, 'v*'],
    ['one', 'd', 'v*'],
    ['two', undefined, undefined], // VA-9
    ['two', 'd', undefined], // VA-5: a default is for a missing key
    ['none', undefined, undefined], // VA-4
    ['none', 'd', 'd'],
    ['none', '', ''],
  ])('%s with default %s: %s', (key, fallback, expected) => {
    expect(Variable.resolve(lookup)({ key, fallback })).toBe(expected)
  })

  it.each([
    ['a${one}*', 'av*x', true],
    ['a${one}*', 'avvx', false], // VA-11
    ['a${none}', 'a', false],
    ['a${', 'a${', true],
  ])('%s on %s: %s', (written, subject, expected) => {
    const glob = Variable.glob('2012-10-17', lookup, Glob.parse)(written)
    expect(glob !== undefined && Glob.matches(glob)(subject)).toBe(expected)
  })
})

describe('templates', () => {
  const written = fc
    .array(fc.constantFrom('a', '$', '{', '}', '${k}', '${*}', "${k, 'd'}", "${k, ''}", "'", ' ', ','))
    .map((all) => all.join(''))

  it('shown as they were written', () => {
    fc.assert(
      fc.property(written, fc.constantFrom('2012-10-17', '2008-10-17', undefined), (whole, version) => {
        const template = Variable.parse(version)(whole)
        return E.isLeft(template) || Variable.show(template.right) === whole
      }),
      { numRuns: 500 },
    )
  })

  it('without ${ are one piece, and depend on no request', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (whole) => {
        const template = Variable.parse('2012-10-17')(whole)
        if (whole.includes('${')) return true
        return E.isRight(template) && template.right.length === 1 && !Variable.hasVariables(template.right)
      }),
    )
    expect(Variable.hasVariables([variable('k') as Variable.Piece])).toBe(true)
    expect(Variable.hasVariables([character('*') as Variable.Piece])).toBe(false)
    expect(Variable.hasVariables([character('*') as Variable.Piece, variable('k') as Variable.Piece])).toBe(
      true,
    )
  })

  it('are read in linear time', () => {
    const hostile = "${k, '".repeat(50_000)
    expect(refusal(Variable.parse('2012-10-17')(hostile))).toMatch(/^InvalidVariable/u)
    expect(refusal(Variable.parse('2012-10-17')('${k}'.repeat(50_000)))).toBe('accepted')
  })
})
