/**
 * Layers: the places in which AWS looks for policies, each with the documents found there.
 *
 * @since 0.1.0
 */
import { Problem, type Document } from '../model/index.js'

// ---- model ----

/**
 * A type of policy, named as AWS's documentation names it.
 *
 * @category model
 * @since 0.1.0
 */
export type PolicyType =
  | 'ResourceControlPolicy'
  | 'ServiceControlPolicy'
  | 'VpcEndpointPolicy'
  | 'IdentityPolicy'
  | 'PermissionsBoundary'
  | 'SessionPolicy'
  | 'ResourcePolicy'
  | 'RegistryPolicy'

/**
 * A type, and for SCPs and RCPs the level of the organization, 0 being the root.
 *
 * @category model
 * @since 0.1.0
 */
export interface LayerId {
  readonly type: PolicyType
  readonly level: number
}

/**
 * One layer: its documents, which are ORed (DE-2), and what of them counts.
 *
 * `allows` false: only its Deny statements are looked at. `accountMeansRoot`: an account named as principal means its
 * root user alone (U-22).
 *
 * @category model
 * @since 0.1.0
 */
export interface Layer {
  readonly id: LayerId
  readonly documents: readonly Document.Document[]
  readonly allows: boolean
  readonly accountMeansRoot: boolean
}

/**
 * Which statement of which document of which layer. `document` and `statement` count from 0; `sid` is left out where the
 * statement has none.
 *
 * @category model
 * @since 0.1.0
 */
export interface StatementRef {
  readonly policyType: PolicyType
  readonly level: number
  readonly document: number
  readonly statement: number
  readonly sid?: string
}

// ---- predicates ----

/**
 * Is it the same layer?
 *
 * @category predicates
 * @since 0.1.0
 */
export const same = (a: LayerId, b: LayerId): boolean => a.type === b.type && a.level === b.level

// ---- rendering ----

const names: Readonly<Record<PolicyType, string>> = {
  ResourceControlPolicy: 'resource control policy',
  ServiceControlPolicy: 'service control policy',
  VpcEndpointPolicy: 'VPC endpoint policy',
  IdentityPolicy: 'identity-based policy',
  PermissionsBoundary: 'permissions boundary',
  SessionPolicy: 'session policy',
  ResourcePolicy: 'resource-based policy',
  RegistryPolicy: 'resource-based policy',
}

/**
 * A policy type as AWS's access-denied messages call it (DE-5, EX-41).
 *
 * @category rendering
 * @since 0.1.0
 */
export const messageName = (type: PolicyType): string => names[type]

/**
 * A statement's place for people: `identity policy 1, statement 2 (Pull)`, counted from 1.
 *
 * @category rendering
 * @since 0.1.0
 */
export const showRef = (ref: StatementRef): string => {
  const level =
    ref.policyType === 'ServiceControlPolicy' || ref.policyType === 'ResourceControlPolicy'
      ? ` of level ${ref.level + 1}`
      : ''
  const sid = ref.sid === undefined || ref.sid === '' ? '' : ` (${Problem.printable(ref.sid)})`
  return `${placeName(ref)}${level}, statement ${ref.statement + 1}${sid}`
}

const single: readonly PolicyType[] = ['PermissionsBoundary', 'ResourcePolicy', 'RegistryPolicy']

const placeName = ({ policyType, document }: StatementRef): string => {
  const name = policyType === 'RegistryPolicy' ? 'registry policy' : messageName(policyType)
  return single.includes(policyType) ? name : `${name} ${document + 1}`
}
