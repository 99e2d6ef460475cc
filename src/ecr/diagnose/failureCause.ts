/**
 * A `Cause` is a reason for which requests to ECR fail, with what to check and what mends it.
 *
 * @since 0.1.0
 */

// ---- model ----

/**
 * One cause of failures.
 *
 * - `nature`: `Permission` is mended by policies (`Ecr.repair` says which), `PolicyText` by writing a policy that AWS takes,
 *   `NotIam` elsewhere: no policy has a part in it.
 * - `certainty`: AWS says that this text has this cause; somebody reported it; or it follows from what is known.
 * - `actions`: those that it is about, where it is about few.
 * - `rules`: of docs/semantics.md.
 *
 * @category model
 * @since 0.1.0
 */
export interface Cause {
  readonly nature: 'Permission' | 'PolicyText' | 'NotIam'
  readonly certainty: 'documented' | 'observed' | 'inferred'
  readonly title: string
  readonly check: string
  readonly mend: string
  readonly actions: readonly string[]
  readonly rules: readonly string[]
}
