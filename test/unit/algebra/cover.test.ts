/** Is an intersection of boxes covered by a union? Over two dimensions, each of three letters. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { uncovered } from '../../../src/algebra/cover.js'
import { ofStrings } from '../../../src/algebra/Dimension.js'
import type { Box } from '../../../src/algebra/Box.js'
import { Budget, Glob, StringSet } from '../../../src/pattern/index.js'

const letters = ['a', 'b', 'c']
const set = (text: string) => StringSet.stringSet(Array.from(text, Glob.literal))
const names = ['a', 'b', 'c', 'ab', 'bc', 'abc']
const dimension = (name: string) =>
  ofStrings(name, names.map(set), set('abc'), { words: letters, fillings: [['x']] })
const dimensions = [dimension('first'), dimension('second')]

/** `ab,c` has the letters a and b in the first dimension and c in the second; nothing before a comma is anything. */
const box = (text: string): Box => ({
  sets: new Map(
    text.split(',').flatMap((part, place) => (part === '' ? [] : [[place, [names.indexOf(part)]] as const])),
  ),
})
const point = (inside: readonly string[], outside: readonly string[], steps = 1_000) => {
  const found = uncovered(dimensions, inside.map(box), outside.map(box), Budget.start(steps))
  if (E.isLeft(found)) return 'Exceeded'
  const { right: outcome } = found
  return outcome === 'Covered' ? outcome : [0, 1].map((place) => outcome.get(place)?.[0] ?? '').join()
}

describe('a point outside', () => {
  it.each<[string, readonly string[], readonly string[], string]>([
    ['is told where nothing covers', ['ab,c'], [], 'a,c'],
    ['is the first that is found', ['abc,a'], ['a,a'], 'b,a'],
    ['is in all of the inner boxes', ['ab,', 'bc,c'], ['a,'], 'b,c'],
    ['is in none of the outer ones', ['abc,abc'], ['ab,', ',ab', 'c,'], 'Covered'],
    ['says nothing of a dimension that no box speaks of', ['ab,'], ['a,'], 'b,'],
    ['is looked for past boxes that miss the inner one', ['a,abc'], ['b,', ',a'], 'a,b'],
    ['is none where one box repeats the inner one', ['ab,c'], ['ab,'], 'Covered'],
    ['is none where one box is everything', ['ab,c'], [','], 'Covered'],
    ['is none where several cover together', ['ab,ab'], ['a,a', 'a,b', 'b,ab'], 'Covered'],
    ['is none where they cover all letters', [','], ['ab,', 'c,'], 'Covered'],
    ['is in what a grid leaves out', ['ab,ab'], ['a,a', 'b,b', 'a,b'], 'b,a'],
  ])('%s', (_, inside, outside, expected) => {
    expect(point(inside, outside)).toBe(expected)
  })

  it('is not told where the steps do not suffice', () => {
    const [inside, outside] = [['ab,ab'], ['a,a', 'b,b', 'a,b']]
    const enough = Array.from({ length: 20 }, (_, steps) => steps).find(
      (steps) => point(inside, outside, steps) !== 'Exceeded',
    )
    expect(enough).toBe(8)
    expect(point(inside, outside, 8)).toBe('b,a')
  })
})
