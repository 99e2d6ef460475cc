/** How sets of a dimension stand to one another, and which of their combinations are visited. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { ofPoints, ofStrings } from '../../../src/algebra/Dimension.js'
import { Bits, Budget, Glob, StringSet } from '../../../src/pattern/index.js'

const points = [[0, 1], [0, 2], [3]].map((sets, i) => ({ sets: Bits.of(sets), sample: [`${i}`] }))
const classes = (hasMore: boolean) =>
  ofPoints('key', () => E.right({ points, more: () => E.right(false), hasMore }))
const search = (dimension: ReturnType<typeof classes>, must: readonly number[]): readonly string[] => {
  const seen: string[] = [] // local mutation: filled by the visitor
  const visit = (_: Bits.Bits, [sample = '']: readonly string[]): boolean => {
    seen.push(sample)
    return false
  }
  dimension.search({ must, live: Bits.of([0, 1, 2, 3]), prune: () => false, visit }, Budget.start(100))
  return seen
}

describe('of a dimension of classes', () => {
  it('those are visited that have all that is asked', () => {
    expect(search(classes(false), [])).toEqual(['0', '1', '2'])
    expect(search(classes(false), [0])).toEqual(['0', '1'])
    expect(search(classes(false), [0, 2])).toEqual(['1'])
    expect(search(classes(false), [1, 3])).toEqual([])
  })

  it.each([
    ['Inside', 'all', [1], 0],
    ['Open', 'some', [0], 1],
    ['Apart', 'none', [0], 3],
    ['Apart', 'none', [1], 2],
  ] as const)('a set is %s where %s of what is asked is in it', (relation, _name, must, set) => {
    const made = classes(false)
    search(made, [])
    expect(made.relation(must, set)).toBe(relation)
  })

  it('nothing is said before the classes are made, or while there are more', () => {
    expect(classes(false).relation([0], 3)).toBe('Open')
    const more = classes(true)
    search(more, [])
    expect(more.relation([0], 3)).toBe('Open')
  })
})

describe('of a dimension of texts', () => {
  const set = (...texts: readonly string[]) => StringSet.stringSet(texts.map(Glob.parse))
  const every = StringSet.stringSet([Glob.all])
  const visited = (
    dimension: ReturnType<typeof ofStrings>,
    must: readonly number[],
    live: readonly number[],
  ): readonly (readonly [readonly number[], string])[] => {
    const seen: (readonly [readonly number[], string])[] = [] // local mutation: filled by the visitor
    const visit = (signature: Bits.Bits, [sample = '']: readonly string[]): boolean => {
      seen.push([Bits.toArray(signature), sample])
      return false
    }
    dimension.search({ must, live: Bits.of(live), prune: () => false, visit }, Budget.start(10_000))
    return seen
  }

  it('each listed word stands for itself, but for those in the same sets as one before', () => {
    const dimension = ofStrings('x', [set('a', 'b', 'ab'), set('a*')], every, {
      words: [],
      fillings: [['x']],
    })
    expect(visited(dimension, [0], [1])).toEqual([
      [[1], 'a'],
      [[], 'b'],
    ])
  })

  it('of combinations one inside another, the largest is not looked for', () => {
    const ordinary = { words: [], fillings: [['b'], ['bb']] as const }
    const dimension = ofStrings('x', [set('*a*'), set('*b*'), set('*bb*')], every, ordinary)
    const sets = visited(dimension, [0], [0, 1, 2]).map(([signature]) => signature.join())
    expect(sets.slice(0, 3)).toEqual(['0,1', '0,1,2', '0'])
    expect(sets.slice(3)).not.toContain('0,1,2')
  })

  it('the wildcards of a glob are filled by the number of colons before, the last filling standing for all further', () => {
    const dimension = ofStrings('x', [set('*:*:*:*')], every, { words: [], fillings: [['x', 'y', 'z']] })
    expect(visited(dimension, [0], [0])).toEqual([[[0], 'x:y:z:z']])
  })

  it('without anything asked, an ordinary word stands for all others', () => {
    const dimension = ofStrings('x', [set('a*')], every, { words: ['ab', 'cd'], fillings: [['x']] })
    expect(visited(dimension, [], [0])).toEqual([[[], 'cd']])
  })

  it.each([
    ['a listed word', set('a', 'b'), 1],
    ['a word that stands for a glob', set('a*', 'b*'), 1],
    ['a word of a glob that no word stands for', set('*b*', 'c*'), 1],
    ['no word', set(), 0],
  ])('nothing more is visited, and that is told, once %s is what is looked for', (_, wanted, count) => {
    const dimension = ofStrings('x', [wanted, set('bb*b')], every, { words: [], fillings: [['b']] })
    let seen = 0 // local mutation: counted by the visitor
    const visit = (): boolean => ++seen > 0
    const query = { must: [0], live: Bits.of([1]), prune: () => false, visit }
    expect(dimension.search(query, Budget.start(10_000))).toEqual(E.right(count > 0))
    expect(seen).toBe(count)
  })

  it('each word and glob costs a step, and too few are told', () => {
    const dimension = ofStrings('x', [set('a', 'b*')], every, { words: [], fillings: [['x']] })
    const query = { must: [0], live: Bits.of([]), prune: () => false, visit: () => false }
    expect([0, 1].map((steps) => E.isLeft(dimension.search(query, Budget.start(steps))))).toEqual([
      true,
      true,
    ])
    expect(dimension.search(query, Budget.start(2))).toEqual(E.right(false))
  })

  it('what is excluded is never visited', () => {
    const ordinary = { words: ['cd', 'ef'], fillings: [['x']] as const }
    const dimension = ofStrings('x', [set('cd', 'gh')], every, ordinary, set('c*'))
    expect(visited(dimension, [], [0])).toEqual([[[], 'ef']])
    expect(visited(dimension, [0], [])).toEqual([[[], 'gh']])
  })

  it.each([
    ['Open', 'nothing is asked', [], 0],
    ['Inside', 'it is asked itself', [0], 0],
    ['Inside', 'its wildcard includes what is asked', [0], 1],
    ['Open', 'it holds some of what is asked', [1], 0],
    ['Apart', 'it misses what is asked', [1], 2],
    ['Inside', 'one of several asked lies in it', [2, 0], 1],
    ['Open', 'there is no such set', [0], 9],
    ['Inside', 'all else is out, and what is asked is in', [0], 3],
    ['Apart', 'it is all but what is asked', [2], 4],
  ] as const)('a set is %s where %s', (relation, _name, must, wanted) => {
    const not = (...texts: readonly string[]) => StringSet.negate(set(...texts))
    const sets = [set('ab', 'a?c'), set('a*'), set('b*', 'c'), not('b'), not('b*', 'c', 'd')]
    const dimension = ofStrings('x', sets, every, { words: [], fillings: [['x']] })
    expect(dimension.relation(must, wanted)).toBe(relation)
    expect(dimension.relation(must, wanted)).toBe(relation)
  })
})
