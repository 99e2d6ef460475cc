/** Which variables documents have, which values are tried for them, and the letters that stand for their values. */
import { describe, expect, it } from 'vitest'
import {
  opaqueLetter,
  resourceTrait,
  textTrait,
  traitOfTest,
  usesOpaqueLetters,
} from '../../../src/algebra/opaque.js'
import { testOf } from '../../../src/algebra/statementSets.js'
import { candidates, hasDefaults, usesVariables, variablesOf } from '../../../src/algebra/variables.js'
import { parseOrThrow } from '../../../src/codec/document.js'
import { Glob, StringSet } from '../../../src/pattern/index.js'

const document = (...statements: readonly object[]) =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'resource')
const may = (more: object) => ({ Effect: 'Allow', Principal: '*', Action: 's:a', Resource: '*', ...more })
const at = (name: string) => may({ Resource: `arn:aws:s3:::${name}` })
const when = (operator: string, ...values: readonly string[]) =>
  may({ Condition: { [operator]: { 'v:k': values } } })

describe('the variables of a document', () => {
  it.each<[string, object, readonly string[]]>([
    ['in a resource', at('${aws:username}/${v:a}'), ['aws:username', 'v:a']],
    ['once, however they are spelled', at('${v:a}/${V:A}'), ['V:A']],
    ['in texts and ARNs that are compared', when('StringLike', 'x', '${v:a}'), ['v:a']],
    ['in ARNs', when('ArnLike', 'arn:aws:iam::${v:a}:role/*'), ['v:a']],
    ['not in numbers (U-6)', when('NumericEquals', '${v:a}'), []],
    ['not where a letter is written as one', at('${*}${$}'), []],
    ['not in the first five parts of an ARN (VA-1)', may({ Resource: 'arn:aws:ecr:r:${v:a}:x' }), []],
  ])('are those %s', (_, statement, variables) => {
    const its = document(statement)
    expect(variablesOf([its])).toEqual(variables)
    expect(usesVariables('2012-10-17')(its.statements[0])).toBe(variables.length > 0)
    expect(usesVariables('2008-10-17')(its.statements[0])).toBe(false)
  })

  it('may have defaults', () => {
    expect(hasDefaults([document(at('a'), at("${v:a, 'x'}/${v:b}"))])).toBe(true)
    expect(hasDefaults([document(at('${v:a}'))])).toBe(false)
  })
})

describe('the values that are tried for a variable', () => {
  const usual = ['a', 'zz', '111122223333', 'A', '']
  it.each<[string, object, readonly string[]]>([
    ['a few of any', at('${v:a}'), usual],
    [
      'pieces of the texts there are',
      at('team/x:y/${v:a}*'),
      ['a', 'zz', '111122223333', 'team', 'x', 'y', 'A', ''],
    ],
    [
      'an ARN where ARNs are compared',
      when('ArnLike', 'arn:aws:iam::*:role/*', '${v:a}'),
      [
        'a',
        'arn:aws:iam::111122223333:role/example',
        'zz',
        '111122223333',
        'arn',
        'aws',
        'iam',
        'role',
        'A',
        '',
      ],
    ],
    ['no ARN where only texts are', when('StringLike', '${v:a}'), usual],
    ['no ARN where no variable is', when('ArnLike', '*'), usual],
  ])('are %s', (_, statement, values) => {
    expect(candidates([document(statement)], 24)).toEqual(values)
  })
  it('are not more than asked for', () => {
    expect(candidates([document(at('b/c/d/${v:a}'))], 4)).toEqual(['a', 'zz', '111122223333', 'b'])
  })
})

describe('letters that stand for values', () => {
  const letter = opaqueLetter(0)
  it.each<[string, object, boolean]>([
    ['in a resource', at(`x${letter}`), true],
    ['in a condition', when('StringEquals', 'x', letter), true],
    ['nowhere', at('x'), false],
  ])('are told where a document has them itself: %s', (_, statement, isUsed) => {
    expect(usesOpaqueLetters([document(at('a'), statement)])).toBe(isUsed)
    expect(usesOpaqueLetters([document(at('a')), document(statement, at('a'))])).toBe(isUsed)
  })

  const set = (...texts: readonly string[]) => StringSet.stringSet(texts.map(Glob.parse))
  it.each<[string, StringSet.StringSet, object]>([
    ['are in a set if they are in one of its texts', set('a*', `b${letter}`), { opaque: true, blind: true }],
    ['or in a pattern', set('a*', `b${letter}*`), { opaque: true, blind: true }],
    ['are not where there are none', set('a*', 'b'), { opaque: false, blind: true }],
    ['are counted by a wildcard for one', set('a*', `?${letter}`), { opaque: true, blind: false }],
    [
      'do not have to be in what is not in a set',
      StringSet.negate(set(letter)),
      { opaque: true, positive: false },
    ],
  ])('%s', (_, texts, trait) => {
    expect(textTrait(texts)).toMatchObject(trait)
    expect(resourceTrait(texts)).toMatchObject(trait)
  })

  it.each<[string, string, object]>([
    ['in it', 'StringEquals', { opaque: true, positive: true, faithful: true, blind: true }],
    ['in some of its values', 'ForAnyValue:StringLike', { opaque: true, positive: true, blind: true }],
    ['not in it', 'StringNotEquals', { opaque: true, positive: false }],
    ['in it, if it is there', 'StringLikeIfExists', { opaque: true, positive: false }],
    ['in all of its values', 'ForAllValues:StringEquals', { opaque: true, positive: false }],
    ['in it in any case', 'StringEqualsIgnoreCase', { opaque: true, positive: true, faithful: false }],
  ])('are %s of which a test %s holds', (_, operator, trait) => {
    const [condition] = document(when(operator, '${v:a}')).statements[0].conditions
    const lookup = () => ({ _tag: 'Value', value: letter }) as const
    expect(condition && traitOfTest(testOf('2012-10-17', lookup)(condition))).toMatchObject(trait)
  })

  it('end a bounded wildcard of a resource only after it (VA-1)', () => {
    const within = (...globs: readonly Glob.Glob[]) => StringSet.stringSet([Glob.concat(globs)])
    const [bounded, free, text] = [Glob.normalize([Glob.runWithin]), Glob.all, Glob.literal(`:${letter}`)]
    const blind = (its: StringSet.StringSet) => [textTrait(its).blind, resourceTrait(its).blind]
    expect(blind(within(bounded, text))).toEqual([false, true])
    expect(blind(within(bounded, text, free))).toEqual([false, true])
    expect(blind(within(free, text, bounded, text))).toEqual([false, false])
  })
})
