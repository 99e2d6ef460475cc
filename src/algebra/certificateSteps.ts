/**
 * What certificates are made of: proofs, step by step, that name nothing but places and texts of the two documents.
 *
 * @since 0.1.0
 */
import type { Simulator, Strength } from '../simulator/index.js'

// ---- model ----

/**
 * A policy of an environment, by place (`document` counts from 0 within its layer), and how directly its Allows have to
 * name the caller for a statement of it to count.
 *
 * @category model
 * @since 0.1.0
 */
export interface PolicyRef extends Simulator.LayerId {
  readonly document: number
  readonly atLeast: Strength.Strength
}

/**
 * A statement of one of the two documents, by place; or, where environments are compared, of one of their policies.
 *
 * @category model
 * @since 0.1.0
 */
export interface StatementRef {
  readonly of: 'left' | 'right'
  readonly policy?: PolicyRef
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
 * - `atLeast`: an Allow is read as granting to those whom its Principal names at least so directly, where the reference
 *   to it says nothing else.
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

/**
 * Proofs of all that a claim comes to, statement by statement.
 *
 * - `NoBroader`, that `left` allows nothing that `right` does not: each Allow of left within left's Denies and right's
 *   Allows; and each Allow of left with each Deny of right, within left's Denies.
 * - `Interchangeable`, of each side towards the other: each Deny within the other's Denies; where there is a Deny with
 *   NotPrincipal, the same under a permissions boundary; and each Allow within its own Denies and the other's Allows, at
 *   every strength where a statement has a principal, else at `Account`.
 * - `EnvironmentNoBroader`, the same of environments: in each situation, however left's layers come to allow by one Allow
 *   each, that these lie within left's Denies and the Allows of layers of right that cannot all be lacking without right
 *   allowing all the same; and with each Deny of right, within left's Denies. One proof serves for all claims that suppose
 *   as much or more, and for which as much or more may cover.
 *
 * `world` names the requests that it speaks of. Who checks it has to have their list: the actions of a catalogue, or of a
 * typed world with their resources and keys.
 *
 * @category model
 * @since 0.1.0
 */
export interface Certificate {
  readonly claim: 'NoBroader' | 'Interchangeable' | 'EnvironmentNoBroader'
  readonly world: string
  readonly proofs: readonly Proof[]
}
