/**
 * The answer of an operation that cannot have one within its means. Nothing is claimed about the question.
 *
 * @since 0.1.0
 */

/**
 * Why there is no answer.
 *
 * - `Budget`: the steps allowed ran out.
 * - `PolicyVariable`: the answer depends on values of variables in a way that can be neither proven nor refuted here.
 * - `MixedTypes`: one key is tested as several types.
 * - `Unconfirmed`: a difference was found that the simulator does not confirm.
 * - `NotExpressible`: the answer is a set of requests that no document describes.
 * - `InvalidWorld`: the world lists something that is no action.
 *
 * @category model
 * @since 0.1.0
 */
export type UndecidedReason =
  'Budget' | 'PolicyVariable' | 'MixedTypes' | 'Unconfirmed' | 'NotExpressible' | 'InvalidWorld'

/**
 * No answer, why, and how many steps were spent.
 *
 * @category errors
 * @since 0.1.0
 */
export interface Undecided {
  readonly _tag: 'Undecided'
  readonly reason: UndecidedReason
  readonly detail: string
  readonly spent: number
}

/**
 * No answer.
 *
 * @category constructors
 * @since 0.1.0
 */
export const undecided = (reason: UndecidedReason, detail: string, spent: number): Undecided => ({
  _tag: 'Undecided',
  reason,
  detail,
  spent,
})

// ---- rendering ----

/**
 * Why there is no answer, on one line.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = ({ reason, detail }: Undecided): string => `no answer: ${reason}, ${detail}`
