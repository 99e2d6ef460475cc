import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ascending,
  contains,
  containsAny,
  listMaker,
  once,
  unionOf,
} from '../../../src/algebra/rewriteLists.js'

const BOUND = 60
const numbers = (maxLength = 80): fc.Arbitrary<readonly number[]> =>
  fc.array(fc.nat({ max: BOUND - 1 }), { maxLength })

const sorted = (ids: Iterable<number>): readonly number[] => Array.from(new Set(ids)).sort((a, b) => a - b)

describe('lists of numbers', () => {
  it('come in order, each number once, however long they are', () => {
    fc.assert(
      fc.property(numbers(), (ids) => {
        expect(ascending(ids)).toStrictEqual(sorted(ids))
      }),
    )
  })

  it('are joined as sets are', () => {
    fc.assert(
      fc.property(fc.array(numbers(12), { maxLength: 6 }), (lists) => {
        expect(unionOf(lists)).toStrictEqual(sorted(lists.flat()))
      }),
    )
  })

  it('have what they were made of, and nothing else', () => {
    fc.assert(
      fc.property(numbers(), numbers(4), (ids, asked) => {
        const list = listMaker(BOUND)(ascending(ids))
        for (let id = 0; id < BOUND; id++) expect(contains(list, id)).toBe(ids.includes(id))
        expect(containsAny(list, asked)).toBe(asked.some((id) => ids.includes(id)))
      }),
    )
  })

  it('are the same list, of one number, exactly when they are equal', () => {
    fc.assert(
      fc.property(numbers(3), numbers(3), (a, b) => {
        const make = listMaker(BOUND)
        const [one, other] = [make(ascending(a)), make(ascending(b))]
        const isEqual = sorted(a).join() === sorted(b).join()
        expect(one === other).toBe(isEqual)
        expect(one.id === other.id).toBe(isEqual)
      }),
    )
  })
})

describe('one for all that are equal', () => {
  it('is told by what it is of, not by its hash alone', () => {
    const made = once<string, { readonly of: string; readonly id: number }>(
      { hash: ({ length }) => length, isOf: ({ of }, text) => of === text, make: (of, id) => ({ of, id }) },
      7,
    )
    expect([made('ab'), made('cd'), made('ab'), made('cd')].map(({ id }) => id)).toStrictEqual([7, 8, 7, 8])
    expect(made('ab')).toBe(made('ab'))
  })
})
