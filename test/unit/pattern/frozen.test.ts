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
