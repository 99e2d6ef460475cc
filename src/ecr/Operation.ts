/**
 * An `Operation` is what a person or a platform does with ECR (`push`, `pull-tag`, `copy-crane`), told as the API
 * actions it takes. Its data are the literal records of `data/operations`, so that types can follow them.
 *
 * Source: EX-1 to EX-22, EX-44 to EX-46.
 *
 * @since 0.1.0
 */
import type { OperationId, operations } from './data/operations.js'

export type { OperationId } from './data/operations.js'

// ---- model ----

/**
 * The action that fetches the token which all Docker-style access begins with (EX-1).
 *
 * @category model
 * @since 0.1.0
 */
export const tokenAction = 'ecr:GetAuthorizationToken'

/**
 * What an action is asked on.
 *
 * - `*`: the action has no resource. `repository/*`: all repositories of the registry at once (EX-15).
 * - `cache-repository`: stands in optional actions only. `signing-profile`: a profile of AWS Signer.
 * - `role/...`: a service-linked role of the caller's account, after `arn:PARTITION:iam::ACCOUNT:`.
 *
 * @category model
 * @since 0.1.0
 */
export type On =
  | '*'
  | 'repository'
  | 'repository/*'
  | 'source-repository'
  | 'destination-repository'
  | 'cache-repository'
  | 'public-repository'
  | 'signing-profile'
  | `role/${string}`

/**
 * One action that an operation takes. `by`: the service that asks for it in its own name; otherwise the caller does.
 * `within`: it does so within one account only, which across accounts is another operation (EX-20, EX-21). `outsideVpc`: the
 * request leaves from a network of AWS's, whatever VPC the others come from (EX-43).
 *
 * @category model
 * @since 0.1.0
 */
export interface Need {
  readonly action: string
  readonly on: On
  readonly by?: string
  readonly within?: 'account'
  readonly outsideVpc?: true
}

/**
 * How sure it is that an operation takes what is said here: AWS's text or data, a client's source code, a failure that
 * somebody reported, or reasoning.
 *
 * @category model
 * @since 0.1.0
 */
export type Certainty = 'documented' | 'client source' | 'observed' | 'inferred'

/**
 * An operation. `optional` actions are used where allowed, or in some cases only; `rules` are those of
 * docs/semantics.md; `caller` says in whose name a platform asks.
 *
 * @category model
 * @since 0.1.0
 */
export interface Operation {
  readonly id: OperationId
  readonly title: string
  readonly required: readonly Need[]
  readonly optional: readonly Need[]
  readonly certainty: Certainty
  readonly rules: readonly string[]
  readonly caller?: string
  readonly notes?: string
}

/**
 * What the required actions of an operation are asked on, as a type.
 *
 * @category model
 * @since 0.1.0
 */
export type RequiredOn<Id extends OperationId> = (typeof operations)[Id]['required'][number]['on']
