import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Glob from '../../../src/pattern/Glob.js'
import { words } from '../../arbitrary/glob.js'

const within = (text: string): Glob.Glob =>
  Glob.normalize(
    Array.from(text).flatMap((letter) =>
      letter === '*' ? [Glob.runWithin] : letter === '?' ? [Glob.oneWithin] : Glob.literal(letter),
    ),
  )
const { parse, parseIgnoreCase } = Glob

describe('surelyIncludes', () => {
  it.each<[string, Glob.Glob, Glob.Glob]>([
    ['a word itself', parse('abc'), parse('abc')],
    ['a run everything', parse('*'), parse('a?b*')],
    ['a run nothing at all', parse('a*b'), parse('ab')],
    ['a run a shorter one', parse('a*'), parse('ab*')],
    ['a run one in the middle', parse('a*c'), parse('a*b*c')],
    ['a letter of any kind a letter', parse('a?c'), parse('abc')],
    ['a letter of any kind itself', parse('?*'), parse('??*')],
    ['a run the run within segments', parse('a*'), within('a*')],
    ['any letter the letter within segments', parse('?'), within('?')],
    ['a run within segments itself', within('a:*:b'), within('a:*x*:b')],
    ['a letter within segments one that is no separator', within('?'), parse('b')],
    ['any case a letter in any case', parseIgnoreCase('aB*'), parseIgnoreCase('Abc*')],
    ['any case one case', parseIgnoreCase('ab'), parse('aB')],
    ['two runs side by side what one does', [Glob.run, Glob.runWithin], parse('*:*')],
  ])('sees that %s is included', (_name, outer, inner) => {
    expect(Glob.surelyIncludes(outer, inner)).toBe(true)
  })

  it.each<[string, Glob.Glob, Glob.Glob]>([
    ['a longer word', parse('ab'), parse('abc')],
    ['a shorter word', parse('abc'), parse('ab')],
    ['a run by letters', parse('a??'), parse('a*')],
    ['a run by a longer one', parse('ab*'), parse('a*')],
    ['any letter by a letter', parse('b'), parse('?')],
    ['any letter by one within segments', within('?'), parse('?')],
    ['the separator by a letter within segments', within('?'), parse(':')],
    ['a run by one within segments', within('*'), parse('*')],
    ['a separator by a run within segments', within('a*b'), parse('a:b')],
    ['any case by one case', parse('ab'), parseIgnoreCase('ab')],
    ['any case by any other letter', parseIgnoreCase('a'), parseIgnoreCase('b')],
    ['any letter by a letter in any case', parseIgnoreCase('a'), parse('?')],
  ])('does not claim that %s is included', (_name, outer, inner) => {
    expect(Glob.surelyIncludes(outer, inner)).toBe(false)
  })

  it('is right whenever it says yes', () => {
    const all = words(4)
    const some = fc
      .array(fc.constantFrom('a', 'b', ':', '*', '?'), { maxLength: 4 })
      .map((each) => each.join(''))
    const glob = fc
      .tuple(some, fc.constantFrom(parse, parseIgnoreCase, within))
      .map(([text, read]) => read(text))
    const yes = { seen: 0 }
    fc.assert(
      fc.property(glob, glob, (outer, inner) => {
        if (!Glob.surelyIncludes(outer, inner)) return true
        yes.seen++
        return all.every((word) => !Glob.matches(inner)(word) || Glob.matches(outer)(word))
      }),
      { numRuns: 400 },
    )
    expect(yes.seen).toBeGreaterThan(30)
  })
})
