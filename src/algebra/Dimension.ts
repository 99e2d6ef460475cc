/**
 * A `Dimension` is one of the things in which requests differ: caller, action, resource, or a context key. The search
 * over boxes asks it which combinations of sets some value lies in.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Bits, type Budget, SignatureSearch, type StringSet } from '../pattern/index.js'

// ---- model ----

/**
 * A value of a dimension: one text for caller, action and resource; for a context key its values, none when it is
 * missing.
 *
 * @category model
 * @since 0.1.0
 */
export type Sample = readonly string[]

/**
 * One query: see `SignatureSearch.Query`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Query {
  readonly must: readonly number[]
  readonly live: Bits.Bits
  readonly prune: (lower: Bits.Bits) => boolean
  readonly visit: (signature: Bits.Bits, sample: Sample) => boolean
}

/**
 * Sets of a dimension by number, and the search over the combinations of them that some value has. Of two
 * combinations of which one is inside the other, only the smaller one need be visited.
 *
 * @category model
 * @since 0.1.0
 */
export interface Dimension {
  readonly name: string
  readonly search: (query: Query, counter: Budget.Counter) => E.Either<Budget.BudgetExceeded, boolean>
}

// ---- constructors ----

/**
 * A dimension of texts: sets of strings within a universe, without the words in `excluded`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ofStrings = (
  name: string,
  sets: readonly StringSet.StringSet[],
  universe: StringSet.StringSet,
  excluded?: StringSet.StringSet,
): Dimension => {
  const all = excluded === undefined ? sets : [...sets, { ...excluded, complement: !excluded.complement }]
  const always = excluded === undefined ? [] : [sets.length]
  let compiled: SignatureSearch.Space | undefined // local mutation: made when first asked, since most questions ask few dimensions
  return {
    name,
    search: ({ must, live, prune, visit }, counter) =>
      (compiled ??= SignatureSearch.compile(all, universe)).search(
        {
          must: [...must, ...always],
          live,
          prune,
          visit: (signature, sample) => visit(signature, [sample]),
          smallest: true,
        },
        counter,
      ),
  }
}

/**
 * A dimension with finitely many classes of values, each with the sets it lies in and one value of the class.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ofPoints = (
  name: string,
  points: readonly { readonly sets: Bits.Bits; readonly sample: Sample }[],
): Dimension => ({
  name,
  search: ({ must, live, prune, visit }, counter) => {
    const required = Bits.of(must)
    const seen = new Set<string>() // local mutation: signatures visited
    for (const { sets, sample } of points) {
      if (!counter.spend(1))
        return E.left({ _tag: 'BudgetExceeded', limit: counter.limit, spent: counter.spent(), during: name })
      if (!Bits.isSubset(required, sets)) continue
      const signature = Bits.and(sets, live)
      const key = Bits.key(signature)
      if (seen.has(key)) continue
      seen.add(key)
      if (!prune(signature) && visit(signature, sample)) return E.right(true)
    }
    return E.right(false)
  },
})
