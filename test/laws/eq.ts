/** The laws of an `Eq`. */
import * as fc from 'fast-check'
import type { Eq } from 'fp-ts/lib/Eq.js'
import { describe, expect, it } from 'vitest'

export const eqLaws = <A>(name: string, { equals }: Eq<A>, values: fc.Arbitrary<A>, numRuns = 100): void => {
  describe(`${name}: Eq`, () => {
    it('equalityIsReflexive', () =>
      fc.assert(
        fc.property(values, (a) => equals(a, a)),
        { numRuns },
      ))

    it('equalityIsSymmetric', () =>
      fc.assert(
        fc.property(values, values, (a, b) => equals(a, b) === equals(b, a)),
        { numRuns },
      ))

    it('equalityIsTransitive', () =>
      fc.assert(
        fc.property(values, values, values, (a, b, c) => !(equals(a, b) && equals(b, c)) || equals(a, c)),
        { numRuns },
      ))

    it('tellsSomeValuesApartAndSeesTheSameTextTwice', () => {
      const sample = fc.sample(values, { numRuns: 60, seed: 7 })
      expect(sample.some((a) => sample.some((b) => !equals(a, b)))).toBe(true)
      expect(sample.every((a) => equals(a, JSON.parse(JSON.stringify(a)) as A))).toBe(true)
    })
  })
}
