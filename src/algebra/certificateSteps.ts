/**
 * What certificates are made of: proofs, step by step, that name nothing but places and texts of the two documents.
 *
 * @since 0.1.0
 */
import type { Strength } from '../simulator/index.js'

// ---- model ----

/**
 * A statement of one of the two documents, by place.
 *
 * @category model
 * @since 0.1.0
 */
export interface StatementRef {
  readonly of: 'left' | 'right'
  readonly statement: number
}

/**
 * The end of a case that no request is in.
 *
 * - `Empty`: no value of `subject` (`Action`, `Resource`, `Principal`, or a folded key) is as was supposed, whatever is
 *   supposed of texts with variables whose values are open.
 * - `Contrary`: of an element with this text it was supposed both that it holds and that it fails. The text is all there
 *   is to compare, so that this needs no value of any variable.
 * - `Letter`: no value of `subject` is in the element of this text and outside those that were supposed to fail, where
 *   each variable in them is one letter of its own. That tells of all values of the variables as long as (1) the element
 *   is a union of texts that says what it says in the letters' own case, and is the only one that was supposed to hold;
 *   (2) of the failing ones only unions of texts count, and of these only texts whose wildcards take such a letter as
 *   they take what it stands for: `*`, but no `?`, nor a `*` that stops at a colon where the letter may be.
 *
 * @category model
 * @since 0.1.0
 */
export type Ending =
  | { readonly _tag: 'Empty'; readonly subject: string }
  | { readonly _tag: 'Contrary'; readonly text: string }
  | { readonly _tag: 'Letter'; readonly subject: string; readonly text: string }

/**
 * A step of a proof. Steps are named by their places in the list.
 *
 * - `Split`: either the element of the statement holds, and step `holds` goes on; or it fails, and `fails` does.
 *   `element` is `Action`, `Resource` or `Principal` (also for `NotAction` and its like: whatever stands there), or
 *   operator and key of a condition with a space between.
 * - `Cases`: the key, folded, of a variable is missing, or has one value, or several. Only with one value does its value
 *   count; otherwise a text with the variable matches nothing, or what its default says.
 * - `Types`: only in a typed world, of whose actions each is in one of these cases. In a case the action is one of
 *   `actions`, which take the same resources and keys; the resource is one that they take; and keys that they do not
 *   take are missing.
 * - `Covered`: all elements of the statement hold.
 * - An `Ending`: nothing is as was supposed.
 *
 * @category model
 * @since 0.1.0
 */
export type Step =
  | {
      readonly _tag: 'Split'
      readonly on: StatementRef
      readonly element: string
      readonly holds: number
      readonly fails: number
    }
  | {
      readonly _tag: 'Cases'
      readonly key: string
      readonly missing: number
      readonly value: number
      readonly several: number
    }
  | {
      readonly _tag: 'Types'
      readonly cases: readonly { readonly actions: readonly string[]; readonly next: number }[]
    }
  | { readonly _tag: 'Covered'; readonly by: StatementRef }
  | Ending

/**
 * A proof that what is in all of `inside` is in one of `outside`. It begins with step 0.
 *
 * - `atLeast`: an Allow is read as granting to those whom its Principal names at least so directly.
 * - `boundary`: all is said of users, role sessions and federated users with a permissions boundary, whom every Deny
 *   with NotPrincipal hits (PR-11).
 *
 * @category model
 * @since 0.1.0
 */
export interface Proof {
  readonly inside: readonly StatementRef[]
  readonly outside: readonly StatementRef[]
  readonly atLeast: Strength.Strength
  readonly boundary: boolean
  readonly steps: readonly Step[]
}
