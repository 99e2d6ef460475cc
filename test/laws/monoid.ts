/** The laws of a `Monoid`. */
import * as fc from 'fast-check'
import type { Monoid } from 'fp-ts/lib/Monoid.js'
import { describe, it } from 'vitest'

export const monoidLaws = <A>(
  name: string,
  { concat, empty }: Monoid<A>,
  equals: (a: A, b: A) => boolean,
  values: fc.Arbitrary<A>,
  numRuns = 200,
): void => {
  describe(`${name}: Monoid`, () => {
    it('concatIsAssociative', () =>
      fc.assert(
        fc.property(values, values, values, (a, b, c) =>
          equals(concat(concat(a, b), c), concat(a, concat(b, c))),
        ),
        { numRuns },
      ))

    it('emptyIsTheUnit', () =>
      fc.assert(
        fc.property(values, (a) => equals(concat(empty, a), a) && equals(concat(a, empty), a)),
        { numRuns },
      ))
  })
}
