/** What is known beforehand is settled when tests are combined; the rest is asked in order, and no further than needed. */
import { describe, expect, it } from 'vitest'
import { parseScenarioOrThrow } from '../../../src/codec/index.js'
import { prepareRequest } from '../../../src/simulator/compileRequest.js'
import { allOf, always, anyOf, never, whenAsked, type Test } from '../../../src/simulator/compileTest.js'
import { callers, own } from './support.js'

const { request } = parseScenarioOrThrow({
  request: { principal: callers.user, action: 'ecr:BatchGetImage', resource: own },
})
const prepared = prepareRequest(request)

/** A test for each letter, `+` for one that holds; the answer of all, and the letters that were asked. */
const ask = (combine: (tests: readonly Test[]) => Test, written: string): string => {
  const asked: string[] = []
  const tests = Array.from(written, (letter, place): Test => () => {
    asked.push(String(place))
    return letter === '+'
  })
  return `${String(combine(tests)(prepared))} ${asked.join('')}`
}

const some: Test = () => true

describe('allOf', () => {
  it('is settled by a test that never holds, and by none that is open', () => {
    expect(allOf([some, never, some])).toBe(never)
    expect(allOf([always, always])).toBe(always)
    expect(allOf([])).toBe(always)
    expect(allOf([always, some])).toBe(some)
  })
  it.each([
    ['+', 'true 0'],
    ['-', 'false 0'],
    ['++', 'true 01'],
    ['+-', 'false 01'],
    ['-+', 'false 0'],
    ['+++', 'true 012'],
    ['++-', 'false 012'],
    ['+-+-', 'false 01'],
  ])('of %s is %s', (written, expected) => {
    expect(ask(allOf, written)).toBe(expected)
  })
})

describe('anyOf', () => {
  it('is settled by a test that always holds, and by none that is open', () => {
    expect(anyOf([some, always, some])).toBe(always)
    expect(anyOf([never, never])).toBe(never)
    expect(anyOf([])).toBe(never)
    expect(anyOf([never, some])).toBe(some)
  })
  it.each([
    ['+', 'true 0'],
    ['-', 'false 0'],
    ['--', 'false 01'],
    ['-+', 'true 01'],
    ['+-', 'true 0'],
    ['---', 'false 012'],
    ['--+', 'true 012'],
    ['-+-+', 'true 01'],
  ])('of %s is %s', (written, expected) => {
    expect(ask(anyOf, written)).toBe(expected)
  })
})

describe('a test made when it is asked', () => {
  it('is made once, and not before', () => {
    const made: string[] = []
    const test = whenAsked<string>(() => {
      made.push('made')
      return (_, given) => given === 'yes'
    })
    expect(made).toEqual([])
    expect([test(prepared, 'yes'), test(prepared, 'no')]).toEqual([true, false])
    expect(made).toEqual(['made'])
  })
})
