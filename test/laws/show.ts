/** The laws of a `Show`: one printable line, which tells apart what the `Eq` tells apart. */
import * as fc from 'fast-check'
import type { Eq } from 'fp-ts/lib/Eq.js'
import type { Show } from 'fp-ts/lib/Show.js'
import { describe, it } from 'vitest'

/** Values that are shown alike are equal. */
export const injectiveShow = <A>(
  name: string,
  { show }: Show<A>,
  { equals }: Eq<A>,
  values: fc.Arbitrary<A>,
  numRuns = 200,
): void => {
  describe(`${name}: Show`, () => {
    it('whatIsShownAlikeIsEqual', () =>
      fc.assert(
        fc.property(values, values, (a, b) => show(a) !== show(b) || equals(a, b)),
        { numRuns },
      ))

    it('isOneLine', () =>
      fc.assert(
        fc.property(values, (a) => !/[\n\r]/u.test(show(a))),
        { numRuns },
      ))
  })
}

/** Reading what was shown gives the value back. */
export const roundTrip = <A>(
  name: string,
  show: (value: A) => string,
  parse: (text: string) => A,
  { equals }: Eq<A>,
  values: fc.Arbitrary<A>,
  numRuns = 200,
): void => {
  describe(`${name}: parse after show`, () => {
    it('isIdentity', () =>
      fc.assert(
        fc.property(values, (a) => equals(parse(show(a)), a)),
        { numRuns },
      ))
  })
}
