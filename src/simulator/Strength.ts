/**
 * How directly a resource policy's Allow names the caller. The stronger the grant, the more implicit denies it bypasses
 * inside one account (docs/semantics.md, "Same account").
 *
 * Source: SA-2 to SA-8, PR-4, PR-5.
 *
 * @since 0.1.0
 */
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import type * as Monoid_ from 'fp-ts/lib/Monoid.js'
import type * as Ord_ from 'fp-ts/lib/Ord.js'
import { contramap } from 'fp-ts/lib/Ord.js'
import type * as Show_ from 'fp-ts/lib/Show.js'
import * as N from 'fp-ts/lib/number.js'
import * as S from 'fp-ts/lib/string.js'

/**
 * - `Account`: the caller's account is named; delegates to identity policies (SA-6).
 * - `Entity`: the caller's role is named, or the IAM user behind a federated user (SA-3, SA-7).
 * - `Direct`: the caller's own ARN, or everybody (SA-2, SA-4, SA-5, SA-8).
 *
 * @category model
 * @since 0.1.0
 */
export type Strength = 'Account' | 'Entity' | 'Direct'

/**
 * Weakest first.
 *
 * @category model
 * @since 0.1.0
 */
export const strengths = ['Account', 'Entity', 'Direct'] as const

const rank = { Account: 0, Entity: 1, Direct: 2 } as const

/**
 * The same strength.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Strength> = S.Eq

/**
 * Weaker before stronger.
 *
 * @category instances
 * @since 0.1.0
 */
export const Ord: Ord_.Ord<Strength> = contramap((strength: Strength) => rank[strength])(N.Ord)

/**
 * Is `that` at least as strong as `least`?
 *
 * @category predicates
 * @since 0.1.0
 */
export const atLeast =
  (least: Strength) =>
  (that: Strength): boolean =>
    rank[that] >= rank[least]

/**
 * The stronger of two grants, where undefined is no grant.
 *
 * @category combinators
 * @since 0.1.0
 */
export const stronger = (a: Strength | undefined, b: Strength | undefined): Strength | undefined => {
  if (a === undefined) return b
  return b !== undefined && rank[b] > rank[a] ? b : a
}

/**
 * The name.
 *
 * @category instances
 * @since 0.1.0
 */
export const Show: Show_.Show<Strength> = { show: (strength) => strength }

/**
 * Grants under `stronger`: several statements, or several policies, grant what the strongest of them does (U-14).
 *
 * @category instances
 * @since 0.1.0
 */
export const Monoid: Monoid_.Monoid<Strength | undefined> = { empty: undefined, concat: stronger }
