/** How sets of a dimension of classes stand to one another, once its classes are made. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { ofPoints } from '../../../src/algebra/Dimension.js'
import { Bits, Budget } from '../../../src/pattern/index.js'

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
