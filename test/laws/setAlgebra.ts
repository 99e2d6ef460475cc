/**
 * The laws of a `SetAlgebra`, held against plain predicates on values.
 */
import fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'

import type { SetAlgebra } from '../../src/pattern/SetAlgebra.js'
import { unionAll } from '../../src/pattern/SetAlgebra.js'

/** A set built by the algebra, and the predicate that it ought to be. */
export interface Known<S, V> {
  readonly set: S
  readonly has: (value: V) => boolean
}

export interface Subject<S, V> {
  readonly name: string
  readonly algebra: SetAlgebra<S, V>
  /** The sets that are combined at random. */
  readonly atoms: fc.Arbitrary<Known<S, V>>
  /** Values such that two combinations of atoms are equal exactly when they agree on all of these. */
  readonly probes: readonly V[]
  /** Whether equal sets have structurally equal forms. */
  readonly canonical: boolean
}

const combinations = <S, V>({ algebra, atoms }: Subject<S, V>): fc.Arbitrary<Known<S, V>> =>
  fc
    .tuple(
      atoms,
      fc.array(
        fc.record({ atom: atoms, op: fc.constantFrom('union', 'intersect', 'difference', 'complement') }),
        { maxLength: 4 },
      ),
    )
    .map(([first, steps]) =>
      steps.reduce<Known<S, V>>((left, { atom, op }) => {
        switch (op) {
          case 'union':
            return {
              set: algebra.union(atom.set)(left.set),
              has: (value) => left.has(value) || atom.has(value),
            }
          case 'intersect':
            return {
              set: algebra.intersect(atom.set)(left.set),
              has: (value) => left.has(value) && atom.has(value),
            }
          case 'difference':
            return {
              set: algebra.difference(atom.set)(left.set),
              has: (value) => left.has(value) && !atom.has(value),
            }
          case 'complement':
            return { set: algebra.complement(left.set), has: (value) => !left.has(value) }
        }
      }, first),
    )

const runs = { numRuns: 300 }

export const setAlgebraLaws = <S, V>(subject: Subject<S, V>): void => {
  const { algebra, probes, canonical } = subject
  const known = combinations(subject)
  const same = (first: S, second: S): void => {
    expect(algebra.equals(second)(first)).toBe(true)
    if (canonical) expect(first).toEqual(second)
  }
  const naive = (set: Known<S, V>): readonly V[] => probes.filter(set.has)

  describe(`${subject.name} form a Boolean algebra`, () => {
    it('contains agrees with the predicate at and near every end', () => {
      fc.assert(
        fc.property(known, (set) => {
          expect(probes.filter((value) => algebra.contains(value)(set.set))).toEqual(naive(set))
        }),
        runs,
      )
    })

    it('union and intersect commute, associate, absorb and distribute', () => {
      const [and, or] = [algebra.intersect, algebra.union]
      fc.assert(
        fc.property(known, known, known, ({ set: a }, { set: b }, { set: c }) => {
          same(or(b)(a), or(a)(b))
          same(and(b)(a), and(a)(b))
          same(or(or(c)(b))(a), or(c)(or(b)(a)))
          same(and(and(c)(b))(a), and(c)(and(b)(a)))
          same(or(and(b)(a))(a), a)
          same(and(or(b)(a))(a), a)
          same(and(or(c)(b))(a), or(and(c)(a))(and(b)(a)))
          expect(algebra.isSubset(or(b)(a))(a)).toBe(true)
        }),
        runs,
      )
    })

    it('complement, empty and full are what they should be', () => {
      const [and, or, not] = [algebra.intersect, algebra.union, algebra.complement]
      fc.assert(
        fc.property(known, known, ({ set: a }, { set: b }) => {
          same(or(algebra.empty)(a), a)
          same(and(algebra.full)(a), a)
          same(or(not(a))(a), algebra.full)
          same(and(not(a))(a), algebra.empty)
          expect(algebra.isEmpty(and(not(a))(a))).toBe(true)
          same(not(not(a)), a)
          same(not(or(b)(a)), and(not(b))(not(a)))
          same(algebra.difference(b)(a), and(not(b))(a))
        }),
        runs,
      )
    })

    it('equals, isSubset and isEmpty decide what the predicates show, and equal sets look alike', () => {
      const seen = { equal: 0, subset: 0, neither: 0 }
      fc.assert(
        fc.property(known, known, (a, b) => {
          const [left, right] = [naive(a), naive(b)]
          const subset = left.every(b.has)
          const equal = subset && left.length === right.length
          seen[equal ? 'equal' : subset ? 'subset' : 'neither'] += 1
          expect(algebra.isEmpty(a.set)).toBe(left.length === 0)
          expect(algebra.isSubset(b.set)(a.set)).toBe(subset)
          expect(algebra.equals(b.set)(a.set)).toBe(equal)
          if (equal) same(a.set, b.set)
        }),
        { numRuns: 1000 },
      )
      expect(Math.min(seen.equal, seen.subset, seen.neither)).toBeGreaterThan(20)
    })

    it('a witness is a member, and there is none only for an empty set', () => {
      fc.assert(
        fc.property(known, (a) => {
          const witness = algebra.witness(a.set)
          return O.isSome(witness)
            ? a.has(witness.value) && algebra.contains(witness.value)(a.set)
            : naive(a).length === 0 && algebra.isEmpty(a.set)
        }),
        runs,
      )
    })

    it('of(v) holds v, and lies in every set that does', () => {
      fc.assert(
        fc.property(known, fc.constantFrom(...probes), (a, value) => {
          const single = algebra.of(value)
          return algebra.contains(value)(single) && algebra.isSubset(a.set)(single) === a.has(value)
        }),
        runs,
      )
    })

    it('unionAll is the union of all', () => {
      fc.assert(
        fc.property(fc.array(known, { maxLength: 5 }), (sets) => {
          const all = unionAll(algebra)(sets.map(({ set }) => set))
          expect(probes.filter((value) => algebra.contains(value)(all))).toEqual(
            probes.filter((value) => sets.some(({ has }) => has(value))),
          )
          same(
            all,
            sets.reduce((all, { set }) => algebra.union(set)(all), algebra.empty),
          )
        }),
        runs,
      )
    })
  })

  describe(`the regions of ${subject.name}`, () => {
    it('are exactly the inhabited minterms, each with a member', () => {
      fc.assert(
        fc.property(fc.array(known, { maxLength: 4 }), (sets) => {
          const regions = algebra.regions(sets.map(({ set }) => set))
          const key = (signature: readonly boolean[]): string => signature.map(Number).join('')
          const signatureOf = (value: V): string => key(sets.map(({ has }) => has(value)))
          // Soundness: the sample has the signature, and so has every probe in the set.
          regions.forEach(({ signature, set, sample }) => {
            expect(signatureOf(sample)).toBe(key(signature))
            expect(algebra.contains(sample)(set)).toBe(true)
            expect(probes.filter((value) => algebra.contains(value)(set))).toEqual(
              probes.filter((value) => signatureOf(value) === key(signature)),
            )
          })
          // Completeness: no signature is missing or given twice.
          expect(regions.map(({ signature }) => key(signature)).sort()).toEqual(
            [...new Set(probes.map(signatureOf))].sort(),
          )
          same(unionAll(algebra)(regions.map(({ set }) => set)), algebra.full)
        }),
        runs,
      )
    })
  })
}
