import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import * as Bits from '../../../src/pattern/Bits.js'
import * as Budget from '../../../src/pattern/Budget.js'
import * as Glob from '../../../src/pattern/Glob.js'
import { compile } from '../../../src/pattern/SignatureSearch.js'
import type { Space } from '../../../src/pattern/SignatureSearch.js'
import { negate, ofLiterals, stringSet } from '../../../src/pattern/StringSet.js'
import { words } from '../../arbitrary/glob.js'
import { setTwin, type SetTwin } from '../../arbitrary/space.js'

const of = (...patterns: ReadonlyArray<string>) => stringSet(patterns.map(Glob.parse))
const not = (...patterns: ReadonlyArray<string>) => stringSet(patterns.map(Glob.parse), true)

interface Visit {
  readonly signature: string
  readonly sample: string
}

const visits = (
  space: Space,
  must: ReadonlyArray<number>,
  live: Bits.Bits,
  smallest = false,
): ReadonlyArray<Visit> => {
  const found: Array<Visit> = []
  const visit = (signature: Bits.Bits, sample: string): boolean => {
    found.push({ signature: Bits.toArray(signature).join(), sample })
    return false
  }
  const result = space.search({ must, live, prune: () => false, visit, smallest }, Budget.start(200_000))
  expect(result).toStrictEqual(E.right(false))
  return found
}

const signatures = (
  space: Space,
  must: ReadonlyArray<number>,
  live: ReadonlyArray<number>,
): ReadonlyArray<string> =>
  visits(space, must, Bits.of(live))
    .map(({ signature, sample }) => `${signature}|${sample}`)
    .sort()

describe('SignatureSearch', () => {
  it('visits each signature with a sample', () => {
    const space = compile([of('a*'), of('*b'), not('?')])
    expect(signatures(space, [0], [0, 1, 2])).toStrictEqual(['0,1,2|ab', '0,2|aa', '0|a'])
    expect(signatures(space, [0], [1])).toStrictEqual(['1|ab', '|a'])
    expect(signatures(space, [0, 1], [2])).toStrictEqual(['2|ab'])
  })
  it('visits listed strings one by one, and the rest without them', () => {
    const space = compile([of('?'), ofLiterals(['a', 'b']), ofLiterals(['b', 'cc'])])
    expect(signatures(space, [0], [1, 2])).toStrictEqual(['1,2|b', '1|a', '|c'])
    expect(signatures(space, [2], [0, 1])).toStrictEqual(['0,1|b', '|cc'])
  })
  it('finds nothing beside the listed strings of an exhausted pattern', () => {
    const space = compile([not('?*'), ofLiterals([''])])
    expect(signatures(space, [0], [1])).toStrictEqual(['1|'])
  })
  it('goes through all strings if nothing is required', () => {
    expect(signatures(compile([of('a*'), of('b')]), [], [0, 1])).toStrictEqual(['0|a', '1|b', '|'])
  })
  it('visits nothing if the requirement cannot be met', () => {
    const space = compile([of('a*'), of('b*'), not('*')])
    expect(signatures(space, [0, 1], [0])).toStrictEqual([])
    expect(signatures(space, [2], [0])).toStrictEqual([])
  })
  it('keeps to the universe', () => {
    const space = compile([of('*'), of('x:*')], of('x:y*', 'z'))
    expect(signatures(space, [0], [1])).toStrictEqual(['1|x:y', '|z'])
    expect([space.inUniverse('z'), space.inUniverse('q')]).toStrictEqual([true, false])
    expect(Bits.toArray(space.member('x:q'))).toStrictEqual([0, 1])
  })
  it('takes every word where there is no universe', () => {
    expect(compile([of('a*')]).inUniverse('q')).toBe(true)
  })
  it('takes a set and its complement for one thing, in whatever order their patterns are', () => {
    const space = compile([of('a*', '*b'), not('*b', 'a*'), of('a*')])
    expect(signatures(space, [], [0, 1])).toStrictEqual(['0|a', '1|'])
    expect(signatures(space, [2], [0, 1])).toStrictEqual(['0|a'])
    expect(signatures(space, [0, 1], [2])).toStrictEqual([])
    expect(signatures(space, [1], [0, 2])).toStrictEqual(['|'])
  })
  it('knows apart listed strings with separators in them, and the empty string from none', () => {
    expect(signatures(compile([ofLiterals(['a\nb']), ofLiterals(['a', 'b'])]), [0], [1])).toStrictEqual([
      '|a\nb',
    ])
    expect(signatures(compile([ofLiterals(['']), not('?*')]), [0], [1])).toStrictEqual(['1|'])
    expect(signatures(compile([ofLiterals(['']), ofLiterals([])]), [0], [1])).toStrictEqual(['|'])
  })
  it('tells more sets apart than a word has bits', () => {
    const pairs = Array.from('abcdefgh', (first) =>
      Array.from('abcdefgh?', (second) => first + second),
    ).flat()
    const space = compile([of('*'), ...pairs.map((pair) => of(`${pair}x*`))])
    const expected = pairs.map((pair, i) =>
      pair.endsWith('?') ? `0,${i + 1}` : `0,${i + 1},${Math.floor(i / 9) * 9 + 9}`,
    )
    const found = visits(space, [0], Bits.below(pairs.length + 1)).map(({ signature }) => signature)
    expect([...found].sort()).toStrictEqual(['0', ...expected].sort())
  })
  it('stops when told to', () => {
    const space = compile([of('a*'), of('ab*')])
    const query = { must: [0], live: Bits.of([1]), prune: () => false, visit: () => true }
    expect(space.search(query, Budget.start(100))).toStrictEqual(E.right(true))
  })
  it('runs out of budget in the open', () => {
    const space = compile([of('*a????????'), of('*b????????'), of('*c?????')])
    const query = { must: [0], live: Bits.of([1, 2]), prune: () => false, visit: () => false }
    const result = space.search(query, Budget.start(5))
    expect(E.isLeft(result) && result.left.during).toBe('signature search')
  })
  it('takes the family of infix patterns apart without exploding, when the smallest signature is wanted', () => {
    const space = compile([of('*'), ...Array.from({ length: 16 }, (_, i) => of(`*w${i}w*`))])
    const counter = Budget.start(2_000)
    const result = space.search(
      { must: [0], live: Bits.below(17), prune: () => false, visit: () => false, smallest: true },
      counter,
    )
    expect(result).toStrictEqual(E.right(false))
  })
})

describe('laws of SignatureSearch', () => {
  const universe = words(5, ['a', 'b', 'A', ':', 'z'])
  const opposite = ({ set, has }: SetTwin): SetTwin => ({
    set: negate({ ...set, globs: [...set.globs].reverse() }),
    has: (word) => !has(word),
  })
  const family = fc.record({
    twins: fc
      .tuple(fc.array(setTwin, { minLength: 1, maxLength: 5 }), fc.nat(3))
      .map(([twins, opposed]) => [...twins.slice(0, 5 - opposed), ...twins.slice(0, opposed).map(opposite)]),
    must: fc.array(fc.nat(4), { maxLength: 2 }),
    live: fc.array(fc.nat(4), { maxLength: 5 }),
    bounded: fc.option(setTwin, { freq: 3 }),
  })
  const holds = (
    twins: ReadonlyArray<{ readonly has: (word: string) => boolean }>,
    live: Bits.Bits,
    word: string,
  ) =>
    Bits.toArray(live)
      .filter((index) => twins[index]?.has(word) === true)
      .join()

  it('theSignaturesVisitedAreThoseOfBruteForce, and both few and many are frequent', () => {
    const seen = { none: 0, some: 0 }
    fc.assert(
      fc.property(family, ({ twins, must: wanted, live: named, bounded }) => {
        const must = wanted.filter((index) => index < twins.length)
        const live = Bits.and(Bits.of(named), Bits.below(twins.length))
        const fits = (word: string): boolean =>
          must.every((index) => twins[index]?.has(word)) && (bounded === null || bounded.has(word))
        const space = compile(
          twins.map(({ set }) => set),
          bounded?.set,
        )
        const found = visits(space, must, live)
        seen[found.length === 0 ? 'none' : 'some']++
        for (const { signature, sample } of found) {
          expect(fits(sample)).toBe(true)
          expect(holds(twins, live, sample)).toBe(signature)
        }
        const visited = new Set(found.map(({ signature }) => signature))
        expect(visited.size).toBe(found.length)
        return universe.every((word) => !fits(word) || visited.has(holds(twins, live, word)))
      }),
      { numRuns: 250 },
    )
    expect(seen.none).toBeGreaterThan(25)
    expect(seen.some).toBeGreaterThan(25)
  })
  it('withSmallestEverySignatureHasAVisitedOneInsideIt', () => {
    fc.assert(
      fc.property(family, ({ twins, must: wanted, live: named }) => {
        const must = wanted.filter((index) => index < twins.length)
        const live = Bits.and(Bits.of(named), Bits.below(twins.length))
        const space = compile(twins.map(({ set }) => set))
        const bits = (visit: Visit): Bits.Bits =>
          Bits.of(visit.signature === '' ? [] : visit.signature.split(',').map(Number))
        const few = visits(space, must, live, true).map(bits)
        return visits(space, must, live).every((visit) =>
          few.some((inner) => Bits.isSubset(inner, bits(visit))),
        )
      }),
      { numRuns: 250 },
    )
  })
  it('membershipAgreesWithTheNaiveTwin', () => {
    fc.assert(
      fc.property(fc.array(setTwin, { maxLength: 5 }), fc.nat(universe.length - 1), (twins, at) => {
        const word = universe[at] ?? ''
        const live = Bits.below(twins.length)
        return (
          Bits.toArray(compile(twins.map(({ set }) => set)).member(word)).join() === holds(twins, live, word)
        )
      }),
      { numRuns: 300 },
    )
  })
})
