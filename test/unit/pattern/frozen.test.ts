import { describe, expect, it } from 'vitest'

import * as Frozen from '../../../src/pattern/Frozen.js'

describe('deep', () => {
  it('freezes a value with all its members, and gives that very value', () => {
    const value = { list: [{ a: 1 }], nothing: null, missing: undefined, text: 'a' }
    expect(Frozen.deep(value)).toBe(value)
    expect([value, value.list, value.list[0]].every(Object.isFrozen)).toBe(true)
  })

  it('leaves plain values and functions as they are', () => {
    const act = (): number => 1
    expect([null, undefined, 0, 'a', true].map(Frozen.deep)).toEqual([null, undefined, 0, 'a', true])
    expect(Object.isFrozen(Frozen.deep(act))).toBe(false)
    expect(Frozen.deep({ act }).act).toBe(act)
  })
})

describe('deep', () => {
  it('freezes what stands in a value that is frozen already', () => {
    const value = Object.freeze({ list: [1] })
    expect(Object.isFrozen(Frozen.deep(value).list)).toBe(true)
  })
})

describe('own', () => {
  const made = () => ({ list: [{ a: 1 }], sealed: Frozen.deep({ b: [2] }), nothing: null, text: 'a' })

  it('copies what can change, and shares what cannot', () => {
    const value = made()
    const owned = Frozen.own(value)
    expect(owned).toEqual(value)
    expect([owned, owned.list, owned.list[0]].every(Object.isFrozen)).toBe(true)
    expect(owned.sealed).toBe(value.sealed)
    expect([value, value.list, value.list[0]].some(Object.isFrozen)).toBe(false)
  })

  it('gives the very value where all of it is frozen, the first time and later', () => {
    const value = Frozen.deep(made())
    expect([Frozen.own(value), Frozen.own(value)].every((its) => its === value)).toBe(true)
  })

  it('is not taken in by a frozen value with a part that can change', () => {
    const value = Object.freeze(made())
    const owned = Frozen.own(value)
    value.list.pop()
    expect(owned.list).toEqual([{ a: 1 }])
  })

  it('gives one copy of a part that stands in two places', () => {
    const part = { a: 1 }
    const owned = Frozen.own([part, part])
    expect(owned[0]).toBe(owned[1])
  })

  it('ends on a value that stands in itself, or is deeper than any policy', () => {
    const ring: unknown[] = [{ a: 1 }]
    ring.push(ring)
    expect(Frozen.own(ring)[0]).toEqual({ a: 1 })
    let deep: unknown = 1 // local mutation: grown level by level
    for (let level = 0; level < 10_000; level++) deep = [deep]
    expect(Array.isArray(Frozen.own(deep))).toBe(true)
  })

  it('leaves plain values, functions and objects of other sorts as they are', () => {
    const others = [null, undefined, 0, 'a', () => 1, new Map([[1, 2]]), new Date(0)]
    expect(others.every((other) => Frozen.own(other) === other)).toBe(true)
    expect(Object.isFrozen(others[5])).toBe(false)
  })

  it('makes a plain record of an instance of a class, with what its getters give', () => {
    class Named {
      name = 'a'
      get loud(): string {
        return this.name.toUpperCase()
      }
    }
    class Aged extends Named {
      readonly #age = [1]
      get age(): readonly number[] {
        return this.#age
      }
    }
    const aged = new Aged()
    const owned = Frozen.own([aged])
    aged.name = 'b'
    expect(owned).toStrictEqual([{ name: 'a', loud: 'A', age: [1] }])
    expect(Frozen.own(owned)).toBe(owned)
    expect(Frozen.own(Object.freeze(aged))).toStrictEqual({ name: 'b', loud: 'B', age: [1] })
  })

  it('keeps what an object inherits from another, as it is now', () => {
    const base = { name: 'a', age: [1] }
    const heir: unknown = Object.create(base, { name: { value: 'b', enumerable: true } })
    const owned = Frozen.own(heir)
    base.age = [2]
    expect(owned).toStrictEqual({ name: 'b', age: [1] })
  })

  it('keeps members by any name', () => {
    const value: unknown = JSON.parse('{ "__proto__": { "a": 1 }, "constructor": 2 }')
    const owned = Frozen.own(value)
    expect(JSON.stringify(owned)).toBe('{"__proto__":{"a":1},"constructor":2}')
    expect(Object.getPrototypeOf(owned)).toBe(Object.prototype)
  })
})

describe('set', () => {
  const shown = Frozen.set(['b', 'a', 'b'])

  it('has what a set of the same items has, in the same order', () => {
    const usual = new Set(['b', 'a'])
    expect([...shown]).toEqual([...usual])
    expect([...shown.keys()]).toEqual([...usual.keys()])
    expect([...shown.values()]).toEqual([...usual.values()])
    expect([...shown.entries()]).toEqual([...usual.entries()])
    expect(shown.size).toBe(2)
    expect(['a', 'b', 'c'].map(shown.has)).toEqual([true, true, false])
  })

  it('visits each item once, with itself and the `this` that was asked for', () => {
    const visits: unknown[] = []
    const self = {}
    shown.forEach(function (this: unknown, item, key, of) {
      visits.push([item, key, of === shown, this === self])
    }, self)
    expect(visits).toEqual([
      ['b', 'b', true, true],
      ['a', 'a', true, true],
    ])
  })

  it('cannot be added to', () => {
    expect(Object.isFrozen(shown)).toBe(true)
    expect(Object.keys(shown)).not.toContain('add')
  })
})
