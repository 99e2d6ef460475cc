/**
 * How large policies of each kind may be, and how many of them may stand side by side.
 *
 * Source: SZ-1 to SZ-8, U-32; PB-1 for boundaries.
 *
 * @since 0.1.0
 */
import type { PolicyKind } from './PolicyKind.js'

// ---- model ----

/**
 * The quota of a kind.
 *
 * - `characters`: that a policy may have; `blanks` says whether white space between tokens counts (SZ-2).
 * - `shares`: `Each` policy has the quota to itself; `All`: all inline policies of one user, role or group together have
 *   it, so that two documents get no more room than one.
 * - `attachable`: policies of this kind that may be attached side by side unless AWS has raised it (U-32): managed policies
 *   to one user, role or group, SCPs and RCPs to one root, unit or account (the AWS-managed one counted).
 *
 * @category model
 * @since 0.1.0
 */
export interface Quota {
  readonly characters: number
  readonly blanks: boolean
  readonly shares: 'Each' | 'All'
  readonly attachable: number
  readonly rule: string
}

const dense = (characters: number, rule: string, attachable = 1): Quota => ({
  characters,
  blanks: false,
  shares: 'Each',
  attachable,
  rule,
})

const whole = (characters: number, rule: string, attachable = 1): Quota => ({
  ...dense(characters, rule, attachable),
  blanks: true,
})

const together = (characters: number): Quota => ({ ...dense(characters, 'SZ-1'), shares: 'All' })

const quotas: Readonly<Record<PolicyKind, Quota | undefined>> = {
  identity: undefined,
  managed: dense(6144, 'SZ-1', 10),
  'inline-user': together(2048),
  'inline-role': together(10_240),
  'inline-group': together(5120),
  boundary: dense(6144, 'SZ-1'),
  session: whole(2048, 'SZ-3'),
  scp: whole(10_240, 'SZ-5', 5),
  rcp: whole(5120, 'SZ-6', 5),
  trust: dense(2048, 'SZ-4'),
  endpoint: whole(20_480, 'SZ-8'),
  resource: undefined,
  's3-bucket': undefined,
  'ecr-repository': whole(10_240, 'SZ-7'),
  'ecr-registry': whole(10_240, 'SZ-7'),
}

/**
 * The most characters that AWS allows on request where it allows more than it does at first (SZ-4).
 *
 * @category model
 * @since 0.1.0
 */
export const raised: Readonly<Partial<Record<PolicyKind, number>>> = { trust: 4096 }

// ---- destructors ----

/**
 * The quota of a kind; undefined for the general kinds, which have none.
 *
 * @category destructors
 * @since 0.1.0
 */
export const of = (kind: PolicyKind): Quota | undefined => quotas[kind]

/**
 * The characters that a policy of a kind may have; undefined where there is no limit.
 *
 * @example
 * import { Document } from 'ecr-policy'
 *
 * Document.limit('ecr-repository') // => 10240
 * Document.limit('identity') // => undefined
 *
 * @category destructors
 * @since 0.1.0
 */
export const limit = (kind: PolicyKind): number | undefined => quotas[kind]?.characters
