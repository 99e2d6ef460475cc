/** The laws of an `Ord`: a total order that is consistent with the `Eq` of the same values. */
import * as fc from 'fast-check'
import type { Eq } from 'fp-ts/lib/Eq.js'
import type { Ord } from 'fp-ts/lib/Ord.js'
import { describe, it } from 'vitest'

export const ordLaws = <A>(
  name: string,
  { compare, equals }: Ord<A>,
  eq: Eq<A>,
  values: fc.Arbitrary<A>,
  numRuns = 100,
): void => {
  const notAfter = (a: A, b: A): boolean => compare(a, b) <= 0
  describe(`${name}: Ord`, () => {
    it('orderIsReflexive', () =>
      fc.assert(
        fc.property(values, (a) => compare(a, a) === 0),
        { numRuns },
      ))

    it('orderIsAntisymmetric', () =>
      fc.assert(
        fc.property(values, values, (a, b) => compare(a, b) === 0 - compare(b, a)),
        { numRuns },
      ))

    it('orderIsTransitive', () =>
      fc.assert(
        fc.property(
          values,
          values,
          values,
          (a, b, c) => !(notAfter(a, b) && notAfter(b, c)) || notAfter(a, c),
        ),
        { numRuns },
      ))

    it('orderAgreesWithEquality', () =>
      fc.assert(
        fc.property(
          values,
          values,
          (a, b) => (compare(a, b) === 0) === eq.equals(a, b) && equals(a, b) === eq.equals(a, b),
        ),
        { numRuns },
      ))
  })
}
