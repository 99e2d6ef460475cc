/**
 * A `SetAlgebra` is one way of holding sets of values so that their Boolean algebra is decided exactly.
 *
 * Laws: 1. `union`, `intersect`, `complement`, `empty`, `full` form a Boolean algebra under `equals`
 * 2. `contains(v)` is a homomorphism into the booleans   3. `isEmpty(s)` exactly when `witness(s)` is `none`
 * 4. a witness is a member   5. `regions(sets)` are the inhabited minterms of `sets`: disjoint, and together `full`
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'

// ---- model ----

/**
 * An inhabited minterm of a list of sets: the values that lie in exactly those sets whose `signature` entry is true.
 *
 * @category model
 * @since 0.1.0
 */
export interface Region<S, V> {
  readonly signature: readonly boolean[]
  readonly set: S
  readonly sample: V
}

/**
 * Sets `S` of values `V`. Binary operations are curried, the set operated on last: `difference(b)(a)` is a without b,
 * `isSubset(b)(a)` asks whether a lies in b.
 *
 * @category model
 * @since 0.1.0
 */
export interface SetAlgebra<S, V> {
  readonly empty: S
  readonly full: S
  readonly of: (value: V) => S
  readonly union: (second: S) => (first: S) => S
  readonly intersect: (second: S) => (first: S) => S
  readonly complement: (set: S) => S
  readonly difference: (second: S) => (first: S) => S
  readonly contains: (value: V) => (set: S) => boolean
  readonly isEmpty: (set: S) => boolean
  readonly equals: (second: S) => (first: S) => boolean
  readonly isSubset: (second: S) => (first: S) => boolean
  readonly witness: (set: S) => O.Option<V>
  readonly regions: (sets: readonly S[]) => readonly Region<S, V>[]
}

/**
 * What a representation must bring; `make` derives the rest.
 *
 * **Details** `minterms` lists signatures with their sets, disjoint and together everything; empty ones are allowed.
 * Without it the regions are found by refinement.
 *
 * @category model
 * @since 0.1.0
 */
export interface Core<S, V> extends Pick<
  SetAlgebra<S, V>,
  'empty' | 'full' | 'of' | 'union' | 'intersect' | 'complement' | 'contains' | 'witness'
> {
  readonly minterms?: (sets: readonly S[]) => readonly Minterm<S>[]
}

/**
 * A signature and the set of the values that have it.
 *
 * @category model
 * @since 0.1.0
 */
export type Minterm<S> = Pick<Region<S, unknown>, 'signature' | 'set'>

// ---- constructors ----

// Every set splits the minterms found so far; halves without a member go at once, so their number never exceeds that
// of the inhabited minterms and no 2^m list is built.
const refine =
  <S, V>(core: Core<S, V>) =>
  (sets: readonly S[]): readonly Minterm<S>[] =>
    sets.reduce<readonly Minterm<S>[]>(
      (minterms, set) => {
        const outside = core.complement(set)
        return minterms.flatMap((minterm) =>
          [
            { signature: [...minterm.signature, true], set: core.intersect(set)(minterm.set) },
            { signature: [...minterm.signature, false], set: core.intersect(outside)(minterm.set) },
          ].filter((half) => O.isSome(core.witness(half.set))),
        )
      },
      [{ signature: [], set: core.full }],
    )

/**
 * Completes a representation to a `SetAlgebra`.
 *
 * **Cost** of `regions`: that of `core.minterms`; without it, one intersection for each set and inhabited region.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = <S, V>(core: Core<S, V>): SetAlgebra<S, V> => {
  const difference: SetAlgebra<S, V>['difference'] = (second) => core.intersect(core.complement(second))
  const isEmpty: SetAlgebra<S, V>['isEmpty'] = (set) => O.isNone(core.witness(set))
  const isSubset: SetAlgebra<S, V>['isSubset'] = (second) => (first) => isEmpty(difference(second)(first))
  const minterms = core.minterms ?? refine(core)
  return {
    empty: core.empty,
    full: core.full,
    of: core.of,
    union: core.union,
    intersect: core.intersect,
    complement: core.complement,
    difference,
    contains: core.contains,
    isEmpty,
    equals: (second) => (first) => isSubset(second)(first) && isSubset(first)(second),
    isSubset,
    witness: core.witness,
    regions: (sets) =>
      minterms(sets).flatMap(({ signature, set }) =>
        pipe(
          core.witness(set),
          O.match(
            () => [],
            (sample) => [{ signature, set, sample }],
          ),
        ),
      ),
  }
}

// ---- combinators ----

/**
 * The union of a list of sets, `empty` for none.
 *
 * **Cost** joins pairs of pairs, so that n sets of bounded size take O(n log n) steps and not O(n²).
 *
 * @category combinators
 * @since 0.1.0
 */
export const unionAll =
  <S, V>({ empty, union }: Pick<SetAlgebra<S, V>, 'empty' | 'union'>) =>
  (sets: readonly S[]): S => {
    // local mutation: each round halves the list
    let round = sets
    while (round.length > 1) {
      const pairs = round
      round = pairs.flatMap((first, index) => {
        const second = pairs[index + 1]
        return index % 2 === 1 ? [] : [second === undefined ? first : union(second)(first)]
      })
    }
    return round[0] ?? empty
  }
