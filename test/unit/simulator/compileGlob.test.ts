/** Looking many globs up at once finds what asking them one by one does. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Glob } from '../../../src/pattern/index.js'
import { fileAll, fileByPath, globTest, paths } from '../../../src/simulator/compileGlob.js'

const piece = fc.constantFrom('a', 'b', '/', ':', 'a/b', ':a/', '*', '*', '?', '\u{1f600}', '\ud83d')
const pattern = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(''))
const text = fc
  .array(fc.constantFrom('a', 'b', '/', ':', 'a/b', '\u{1f600}', '\ude00'), { maxLength: 7 })
  .map((pieces) => pieces.join(''))
const glob = fc
  .tuple(pattern, fc.boolean())
  .map(([written, ignoring]) => (ignoring ? Glob.parseIgnoreCase(written) : Glob.parse(written)))

const found = (globs: readonly Glob.Glob[], asked: string): readonly (readonly number[])[] => {
  const filed = globs.map((one, item) => ({ glob: one, item }))
  const [all, byPath] = [new Set<number>(), new Set<number>()]
  const into = (item: number, met: Set<number>): boolean => {
    met.add(item)
    return false
  }
  fileAll(filed)(asked, into, all, undefined)
  fileByPath(filed)(asked, paths(asked), into, byPath, undefined)
  return [all, byPath].map((met) => [...met].sort((a, b) => a - b))
}

describe('globs filed together', () => {
  it('are found exactly when they match', () => {
    fc.assert(
      fc.property(fc.array(glob, { maxLength: 14 }), text, (globs, asked) => {
        const expected = globs.flatMap((one, i) => (Glob.matches(one)(asked) ? [i] : []))
        expect(found(globs, asked)).toStrictEqual([expected, expected])
      }),
      { numRuns: 2_000 },
    )
  })

  it('are asked up to the first that is taken', () => {
    const filed = ['a*', '*', 'ab'].map((written) => ({ glob: Glob.parse(written), item: written }))
    expect(fileAll(filed)('abc', (item) => item === '*', undefined, undefined)).toBe(true)
    expect(fileAll(filed)('abc', (item) => item === 'ab', undefined, undefined)).toBe(false)
  })
})

describe('the test of one glob', () => {
  it('holds when the glob matches', () => {
    fc.assert(
      fc.property(glob, text, (one, asked) => globTest(one)(asked) === Glob.matches(one)(asked)),
      {
        numRuns: 2_000,
      },
    )
  })

  it('takes no part of a text twice, and needs nothing between two', () => {
    const between = globTest(Glob.parse('ab*bc'))
    expect(['abbc', 'abc', 'abxbc', 'bbbc', 'abbb'].map(between)).toStrictEqual([
      true,
      false,
      true,
      false,
      false,
    ])
    const test = globTest(Glob.parse('ab*b*bc'))
    expect(['abbbc', 'abbc', 'abc', 'abxbxbc'].map(test)).toStrictEqual([true, false, false, true])
  })
})

describe('the paths of a name', () => {
  it.each([
    [
      'arn:aws:ecr:eu-west-1:111122223333:repository/team/app',
      ['repository/', 'repository/team/', 'repository/team/app'],
    ],
    ['arn:aws:s3:::bucket', ['bucket']],
    ['a/b:c/d', ['c/', 'c/d']],
    ['a:b/c:d', ['b/', 'd']],
    ['x:a/b/c/d/e', ['a/', 'a/b/', 'a/b/c/', 'a/b/c/d/e']],
    ['*', []],
  ])('of %s are %j', (name, expected) => {
    expect(paths(name)).toStrictEqual(expected)
  })
})
