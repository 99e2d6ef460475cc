import { describe, expect, it } from 'vitest'

import * as Frozen from '../../../src/pattern/Frozen.js'
import * as Remember from '../../../src/pattern/Remember.js'

/** A function that gives something new each time, and what it was called with. */
const counted = () => {
  const calls: unknown[] = []
  const make = (from: unknown): { readonly from: unknown; readonly call: number } => ({
    from,
    call: calls.push(from),
  })
  return { calls, make }
}

describe('ofValue', () => {
  it('works once on a value, and on another that looks the same anew', () => {
    const { calls, make } = counted()
    const known = Remember.ofValue(make)
    const [one, two] = [{ a: 1 }, { a: 1 }]
    const first = known(one)
    expect(first).toEqual({ from: one, call: 1 })
    expect(known(one)).toBe(first)
    expect(known(two)).not.toBe(first)
    expect(calls).toHaveLength(2)
  })

  it('remembers that nothing came of a value', () => {
    const calls: unknown[] = []
    const known = Remember.ofValue((value: object) => void calls.push(value))
    const one = {}
    known(one)
    known(one)
    expect(calls).toHaveLength(1)
  })
})

describe('ofGiven', () => {
  it('works once on a value that cannot change, and gives it that very value', () => {
    const { calls, make } = counted()
    const known = Remember.ofGiven(make)
    const one = Object.freeze({ a: Object.freeze([1]) })
    expect(known(one)).toBe(known(one))
    expect(known(one).from).toBe(one)
    expect(calls).toHaveLength(1)
  })

  it.each([
    ['that can change', { a: 1, list: [1] }],
    ['that has a part which can', Object.freeze({ a: 1, list: [1] })],
  ])('works anew on a value %s, on a copy of what it is then', (_, one) => {
    const { calls, make } = counted()
    const known = Remember.ofGiven(make)
    const first = known(one)
    one.list[0] = 2
    const second = known(one)
    expect([first.from, second.from]).toEqual([
      { a: 1, list: [1] },
      { a: 1, list: [2] },
    ])
    expect(calls.every((from) => Frozen.own(from) === from)).toBe(true)
    expect(Object.isFrozen(one.list)).toBe(false)
  })
})

describe('a value with an instance of a class in it, or that is one', () => {
  class Holder {
    list = [1]
    get first(): number | undefined {
      return this.list[0]
    }
  }
  const holder = (): Holder => Object.freeze(new Holder())

  it.each([
    ['is one', (held: Holder): object => held],
    ['holds one', (held: Holder): object => Object.freeze({ held })],
    ['holds one in a list of many', (held: Holder): object => Object.freeze(Array(40).fill(held))],
    [
      'lies too deep to be looked at',
      ({ list }: Holder): object => {
        let value: object = list // local mutation: grown level by level
        for (let level = 0; level < 80; level++) value = Object.freeze([value])
        return value
      },
    ],
  ])('is not remembered, where the value %s', (_, around) => {
    const show = (value: object): { readonly text: string } => ({ text: JSON.stringify(value) })
    for (const shown of [Remember.ofGiven(show), Remember.recent(9, show)]) {
      const held = holder()
      const value = around(held)
      const before = shown(value).text
      held.list[0] = 2
      expect(shown(value).text).toBe(before.replaceAll('1', '2'))
    }
  })
})

describe('ofText', () => {
  it('works once on a text, and begins anew when there are `limit` of them', () => {
    const { calls, make } = counted()
    const known = Remember.ofText(2, make)
    const asked = ['a', 'b', 'a', 'b', 'c', 'c', 'a']
    expect(asked.map((text) => known(text).from)).toEqual(asked)
    expect(calls).toEqual(['a', 'b', 'c', 'a'])
  })
})

describe('recent', () => {
  const values = [0, 1, 2, 3, 4, 5].map((n) => Object.freeze({ n }))
  const asking = (limit: number, order: readonly number[]): readonly unknown[] => {
    const { calls, make } = counted()
    const known = Remember.recent(limit, make)
    const asked = order.flatMap((n) => values[n] ?? [])
    expect(asked.map((value) => known(value).from)).toEqual(asked)
    return calls
  }

  it('remembers at least the last `limit` values, whatever came before', () => {
    expect(asking(2, [0, 1, 2, 3, 2, 3])).toEqual(values.slice(0, 4))
    expect(asking(3, [0, 1, 2, 3, 1, 2, 3])).toEqual(values.slice(0, 4))
  })

  it('has forgotten a value after twice as many others', () => {
    expect(asking(2, [0, 1, 2, 3, 4, 0])).toEqual([...values.slice(0, 5), values[0]])
  })

  it('keeps a value that is asked again and again', () => {
    expect(asking(2, [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0])).toEqual(values)
  })

  it('remembers nothing of a value that can change', () => {
    const { calls, make } = counted()
    const known = Remember.recent(2, make)
    const one = { n: 1 }
    known(one)
    one.n = 2
    expect(known(one).from).toEqual({ n: 2 })
    expect(calls).toEqual([{ n: 1 }, { n: 2 }])
  })
})

describe('once', () => {
  it('makes a value when it is first asked for, and no other', () => {
    const { calls, make } = counted()
    const value = Remember.once(() => make('it'))
    expect(calls).toEqual([])
    expect(value()).toBe(value())
    expect(calls).toEqual(['it'])
  })
})

describe('last', () => {
  it('gives the last result again while there is no difference, and only the last', () => {
    const { calls, make } = counted()
    const known = Remember.last((a: string, b: string) => a.toLowerCase() === b.toLowerCase(), make)
    expect(['a', 'A', 'b', 'B', 'a'].map((text) => known(text).call)).toEqual([1, 1, 2, 2, 3])
    expect(calls).toEqual(['a', 'b', 'a'])
  })
})
