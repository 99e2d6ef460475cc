/** The laws of a Boolean algebra, for any instance whose equality can be decided. */
import * as fc from 'fast-check'
import { describe, it } from 'vitest'

export interface BooleanAlgebra<A> {
  readonly equals: (left: A, right: A) => boolean
  readonly meet: (left: A, right: A) => A
  readonly join: (left: A, right: A) => A
  readonly complement: (of: A) => A
  readonly zero: A
  readonly one: A
}

export const booleanAlgebra = <A>(
  name: string,
  { equals, meet, join, complement, zero, one }: BooleanAlgebra<A>,
  arbitrary: fc.Arbitrary<A>,
  numRuns = 50,
): void => {
  const law1 = (title: string, holds: (a: A) => boolean): void =>
    it(title, () => fc.assert(fc.property(arbitrary, holds), { numRuns }))
  const law2 = (title: string, holds: (a: A, b: A) => boolean): void =>
    it(title, () => fc.assert(fc.property(arbitrary, arbitrary, holds), { numRuns }))
  const law3 = (title: string, holds: (a: A, b: A, c: A) => boolean): void =>
    it(title, () => fc.assert(fc.property(arbitrary, arbitrary, arbitrary, holds), { numRuns }))

  describe(`${name} is a Boolean algebra`, () => {
    law1('equalityIsReflexive', (a) => equals(a, a))
    it('zeroIsNotOne', () =>
      fc.assert(
        fc.property(fc.constant(zero), (bottom) => !equals(bottom, one)),
        { numRuns: 1 },
      ))
    law1('meetIsIdempotent', (a) => equals(meet(a, a), a))
    law1('joinIsIdempotent', (a) => equals(join(a, a), a))
    law1('oneIsTheUnitOfMeet', (a) => equals(meet(a, one), a))
    law1('zeroIsTheUnitOfJoin', (a) => equals(join(a, zero), a))
    law1('zeroAbsorbsMeet', (a) => equals(meet(a, zero), zero))
    law1('oneAbsorbsJoin', (a) => equals(join(a, one), one))
    law1('noncontradiction', (a) => equals(meet(a, complement(a)), zero))
    law1('excludedMiddle', (a) => equals(join(a, complement(a)), one))
    law1('doubleComplementIsIdentity', (a) => equals(complement(complement(a)), a))
    law2('meetIsCommutative', (a, b) => equals(meet(a, b), meet(b, a)))
    law2('joinIsCommutative', (a, b) => equals(join(a, b), join(b, a)))
    law2('meetAbsorbsJoin', (a, b) => equals(meet(a, join(a, b)), a))
    law2('joinAbsorbsMeet', (a, b) => equals(join(a, meet(a, b)), a))
    law2('deMorganForMeet', (a, b) => equals(complement(meet(a, b)), join(complement(a), complement(b))))
    law2('deMorganForJoin', (a, b) => equals(complement(join(a, b)), meet(complement(a), complement(b))))
    law3('meetIsAssociative', (a, b, c) => equals(meet(a, meet(b, c)), meet(meet(a, b), c)))
    law3('joinIsAssociative', (a, b, c) => equals(join(a, join(b, c)), join(join(a, b), c)))
    law3('meetDistributesOverJoin', (a, b, c) => equals(meet(a, join(b, c)), join(meet(a, b), meet(a, c))))
    law3('joinDistributesOverMeet', (a, b, c) => equals(join(a, meet(b, c)), meet(join(a, b), join(a, c))))
  })
}
