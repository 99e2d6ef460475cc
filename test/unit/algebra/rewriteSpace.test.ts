/** Values by number, and which of them include a value or match a word of it. */
import { describe, expect, it } from 'vitest'
import { reader } from '../../../src/algebra/rewriteCover.js'
import { space } from '../../../src/algebra/rewriteSpace.js'

describe('the space of some resources', () => {
  const arn = (rest: string): string => `arn:aws:s3:::${rest}`
  const texts = ['a', 'ab', 'a*', '*', 'b?', 'b${aws:username}', 'ba', 'a', 'a*b', 'a$'].map(arn)
  const all = space(texts, (text) => text, reader('2012-10-17').resource)
  const id = (rest: string): number => all.id(arn(rest))
  const named = (ids: readonly number[]): readonly string[] =>
    all.values(ids).map((text) => text.slice(arn('').length))

  it('has each text once, in order', () => {
    expect(all.size).toBe(9)
    expect(Array.from({ length: all.size }, (_, i) => all.text(i))).toEqual([...new Set(texts)].sort())
    expect([id('a'), id('none'), all.text(99)]).toEqual([all.id(arn('a')), -1, ''])
    expect(all.cost(id('ba'))).toBe(arn('ba').length + 2)
  })

  it.each<[string, readonly string[], readonly string[]]>([
    ['a', ['a', '*', 'a*', 'b${aws:username}'], ['a', '*', 'a*']],
    ['a*', ['a*', '*', 'b${aws:username}'], ['a*', '*']],
    ['a*b', ['a*b', '*', 'a*', 'b${aws:username}'], ['a*b', '*', 'a*']],
    ['ab', ['ab', '*', 'a*', 'a*b', 'b${aws:username}'], ['ab', '*', 'a*', 'a*b']],
    ['ba', ['ba', '*', 'b?', 'b${aws:username}'], ['ba', '*', 'b?']],
    ['a$', ['a$', '*', 'a*', 'b${aws:username}'], ['a$', '*', 'a*']],
    ['*', ['*', 'b${aws:username}'], ['*']],
    ['b${aws:username}', ['b${aws:username}', '*'], ['b${aws:username}']],
  ])('knows what may match a word of %s, and what surely includes it', (text, hit, up) => {
    const [first, ...rest] = named(all.hit(id(text)))
    expect([first, ...rest.slice().sort()]).toEqual([hit[0], ...hit.slice(1).sort()])
    const [own, ...others] = named(all.up(id(text)))
    expect([own, ...others.slice().sort()]).toEqual([up[0], ...up.slice(1).sort()])
  })

  it('finds the patterns that match a word, and those with variables, which may', () => {
    expect(
      named(all.hitWord(arn('abb')))
        .slice()
        .sort(),
    ).toEqual(['*', 'a*', 'a*b', 'b${aws:username}'])
  })

  it('of values that are not read has none that includes another', () => {
    const plain = space(['*', 'a'], (text) => text)
    expect([plain.hit(1), plain.up(1), plain.hitWord('a'), plain.entry(0)]).toEqual([[1], [1], [], undefined])
  })
})
