/** What can be told of sets of texts at a glance. Sure answers are true; of what they leave open each row tells that they do. */
import { describe, expect, it } from 'vitest'
import { quickSet, surelyApart, surelyWithin } from '../../../src/algebra/quickSet.js'
import { Glob, StringSet } from '../../../src/pattern/index.js'

const set = (...texts: readonly string[]) => quickSet(StringSet.stringSet(texts.map(Glob.parse)))
const not = (...texts: readonly string[]) => quickSet(StringSet.negate(set(...texts).set))
const folded = (text: string) => StringSet.stringSet([Glob.parseIgnoreCase(text)])

describe('a set', () => {
  it.each([
    ['a listed word', 'ab', true],
    ['what a prefix begins', 'ecr:GetImage', true],
    ['what a prefix is', 'ecr:Get', true],
    ['what other wildcards match', 'xaxby', true],
    ['no other word', 'ecr:Put', false],
    ['no word that only begins like a listed one', 'abc', false],
  ])('has %s', (_, word, expected) => {
    expect(set('ab', 'ecr:Get*', 'x*y').has(word)).toBe(expected)
    expect(not('ab', 'ecr:Get*', 'x*y').has(word)).toBe(!expected)
  })

  it('is made ready once', () => {
    const { set: own } = set('a')
    expect(quickSet(own)).toBe(quickSet(own))
  })
})

describe('surely within', () => {
  it.each([
    ['words among words', set('a'), set('a', 'b'), true],
    ['words that a wildcard matches', set('ab'), set('a*'), true],
    ['a word that is not listed', set('a', 'c'), set('a', 'b'), false],
    ['a prefix of a prefix', set('abc*'), set('ab*'), true],
    ['the same prefix', set('ab*'), set('ab*'), true],
    ['a longer prefix the other way round', set('ab*'), set('abc*'), false],
    ['a wildcard inside another', set('a?b'), set('a*b'), true],
    ['a wildcard that ends otherwise', set('a*b'), set('a*c'), false],
    ['a wildcard that ends in more', set('a*bc'), set('a*c'), true],
    ['a wildcard that ends in less', set('a*c'), set('a*bc'), false],
    ['a wildcard that begins with more', set('ab?c'), set('a*c'), true],
    ['a wildcard that ends openly', set('a*b*'), set('*b'), false],
    ['a wildcard under one that ends openly', set('a*b'), set('?*'), true],
    ['the same wildcard', set('a*b?c'), set('x', 'a*b?c'), true],
    ['letters in either case', set('xAb'), quickSet(folded('*aB')), true],
    ['a wildcard under one of letters in either case', set('x*Ab'), quickSet(folded('x*aB')), true],
    ['all but more', not('a', 'b'), not('a'), true],
    ['all but less', not('a'), not('a', 'b'), false],
    ['all but something in a list', not('a'), set('a'), false],
    ['a list in all but others', set('a', 'c*'), not('b', 'd*'), true],
    ['a list in all but one of it', set('a', 'c*'), not('a'), false],
    ['a wildcard in all but a word of it', set('c*'), not('cd'), false],
    ['a wildcard in all but a word beside it', set('c*d'), not('ce'), true],
    ['a wildcard in all but a wider one', set('cd*'), not('c*'), false],
  ])('%s', (_, inner, outer, expected) => {
    expect(surelyWithin(inner, outer)).toBe(expected)
  })
})

describe('surely apart', () => {
  it.each([
    ['other words', set('a'), set('b'), true],
    ['a word in common', set('a', 'b'), set('b', 'c'), false],
    ['wildcards that begin otherwise', set('a*'), set('b*', 'c?'), true],
    ['wildcards of which one begins like the other', set('ab*'), set('a*c'), false],
    ['a wildcard and a word of it', set('a*'), set('ab'), false],
    ['a word and its wildcard', set('ab'), set('a*'), false],
    ['a list and all but a wider one', set('ab', 'a?c'), not('a*'), true],
    ['a list and all but some of it', set('ab', 'b'), not('a*'), false],
    ['all but a wider list and a list', not('a*'), set('ab', 'a?c'), true],
    ['all but some of it and a list', not('a*'), set('ab', 'b'), false],
    ['two that list what is not meant', not('a'), not('b'), false],
  ])('%s', (_, one, other, expected) => {
    expect(surelyApart(one, other)).toBe(expected)
  })
})
