/**
 * `Tuning` says what the generated policies and requests are made of. Universes are small on purpose: only then do
 * policies and requests meet often.
 *
 * @since 0.1.0
 */
import { Arn, Request } from '../model/index.js'
import { orElse, type NonEmpty } from './Choices.js'

// ---- model ----

/**
 * What to draw from. Shares run from 0 (never) to 1 (always).
 *
 * - `accounts`: account ids; those that are not twelve digits are left out.
 * - `services`: of `ecr`, `s3`, `kms`, `sts`, `iam` and `dynamodb`, whose actions and resources are drawn.
 * - `repositories`: names of ECR repositories.
 * - `otherPartition`: share of ARNs outside the partition `aws`.
 * - `conditions`: share of statements with conditions.
 * - `negations`: share of NotAction, NotResource and NotPrincipal among the elements that admit it.
 * - `wildcards`: share of patterns with `*` or `?`.
 * - `variables`: share of resources and condition values with a policy variable.
 *
 * @category model
 * @since 0.1.0
 */
export interface Tuning {
  readonly accounts: readonly string[]
  readonly services: readonly Service[]
  readonly repositories: readonly string[]
  readonly otherPartition: number
  readonly conditions: number
  readonly negations: number
  readonly wildcards: number
  readonly variables: number
}

/**
 * The services that generated requests are made to.
 *
 * @category model
 * @since 0.1.0
 */
export type Service = 'ecr' | 's3' | 'kms' | 'sts' | 'iam' | 'dynamodb'

/**
 * A tuning that is known to be usable.
 *
 * @category model
 * @since 0.1.0
 */
export interface World extends Tuning {
  readonly accounts: NonEmpty<string>
  readonly services: NonEmpty<Service>
  readonly repositories: NonEmpty<string>
}

// ---- constructors ----

/**
 * What is used where an options record says nothing.
 *
 * @category constructors
 * @since 0.1.0
 */
export const defaults: World = {
  accounts: ['111122223333', '444455556666', '777788889999'],
  services: ['ecr', 'ecr', 'ecr', 'ecr', 's3', 'kms', 'sts', 'dynamodb', 'iam'],
  repositories: ['app', 'app/web', 'team/app', 'alice/app', 'red', 'red/app'],
  otherPartition: 0.04,
  conditions: 0.4,
  negations: 0.15,
  wildcards: 0.5,
  variables: 0.15,
}

/**
 * A full tuning from a partial one. Unusable entries are left out; a list without usable ones is the default's.
 *
 * @category constructors
 * @since 0.1.0
 */
export const world = (options: Partial<Tuning>): World => ({
  ...defaults,
  ...options,
  accounts: orElse((options.accounts ?? []).filter(Arn.isAccountId), defaults.accounts),
  services: orElse(options.services ?? [], defaults.services),
  repositories: orElse((options.repositories ?? []).filter(isUsable), defaults.repositories),
})

const isUsable = (repository: string): boolean =>
  Request.parseResource(`arn:aws:ecr:eu-west-1:111122223333:repository/${repository}`)._tag === 'Right' &&
  !/[*?$\s]/.test(repository)
