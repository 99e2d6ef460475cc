/**
 * A `Grant` is what to attach, and where, so that somebody can do something with ECR: plain data, the same for the same
 * wish however it is ordered.
 *
 * @since 0.1.0
 */
import { DocumentJson, type Document, type PolicyKind } from '../../model/index.js'
import { attachment } from './grantAttach.js'
import type { OperationId } from '../Operation.js'
import { show as showPlace, type Place } from '../Place.js'

// ---- model ----

/**
 * A sentence and the rules of docs/semantics.md behind it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Remark {
  readonly text: string
  readonly rules: readonly string[]
}

/**
 * Where the caller's side of a grant goes.
 *
 * @category model
 * @since 0.1.0
 */
export type CallerPlace = Extract<Place, { readonly _tag: 'IdentityPolicy' }>

/**
 * Where the other policies of a grant go, which name principals.
 *
 * @category model
 * @since 0.1.0
 */
export type NamingPlace = Extract<
  Place,
  { readonly _tag: 'ResourcePolicy' | 'RegistryPolicy' | 'VpcEndpointPolicy' }
>

/**
 * A policy to attach: where, as what kind, and why it is there.
 *
 * @category model
 * @since 0.1.0
 */
export type GrantedPolicy =
  | {
      readonly place: CallerPlace
      readonly kind: PolicyKind.IdentityKind
      readonly document: Document.IdentityDocument
      readonly why: readonly Remark[]
    }
  | {
      readonly place: NamingPlace
      readonly kind: PolicyKind.ResourceKind
      readonly document: Document.ResourceDocument
      readonly why: readonly Remark[]
    }

/**
 * The policies that a wish comes to, for what, and what else there is to know. All of them are needed together.
 *
 * `policies` is empty where no permission is needed: of `public-pull` alone (EX-44); `notes` say so. `for`: operations by
 * id, principals and repositories as text, scopes ending in `*`; of the operations `inPart` only services are named, whose
 * part they are given, and `notes` say what else these take (EX-21).
 *
 * @category model
 * @since 0.1.0
 */
export interface Grant {
  readonly _tag: 'Grant'
  readonly policies: readonly GrantedPolicy[]
  readonly for: {
    readonly operations: readonly OperationId[]
    readonly inPart: readonly OperationId[]
    readonly principals: readonly string[]
    readonly repositories: readonly string[]
    readonly sources: readonly string[]
  }
  readonly notes: readonly Remark[]
}

// ---- rendering ----

/**
 * A grant for people: which policy goes where and why, how to attach it, its text, and what else there is to know.
 *
 * @example
 * import { Ecr } from 'ecr-policy'
 *
 * const grant = Ecr.grantOrThrow({
 *   operations: 'pull',
 *   principals: 'arn:aws:iam::111122223333:role/node',
 *   repositories: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/app',
 * })
 * Ecr.explainGrant(grant).split('\n').slice(0, 6).join('\n')
 * // => 'To let arn:aws:iam::111122223333:role/node do pull-tag\non arn:aws:ecr:eu-west-1:111122223333:repository/app\nattach 1 policy.\n\n1. identity-based policy of arn:aws:iam::111122223333:role/node\n   A token names no repository, so nothing but an identity policy can grant it. [EX-1, EX-2]'
 *
 * @category rendering
 * @since 0.1.0
 */
export const explainGrant = (grant: Grant): string =>
  [
    ...headline(grant),
    ...grant.policies.flatMap((policy, i) => ['', ...section(policy, i + 1)]),
    ...(grant.notes.length === 0 ? [] : ['', 'Notes', ...grant.notes.map((note) => `- ${line(note)}`)]),
  ].join('\n')

const headline = ({
  policies,
  for: { operations, inPart, principals, repositories, sources },
}: Grant): readonly string[] => [
  `To let ${principals.join(', ')} do ${operations.map((id) => `${inPart.includes(id) ? partOf(principals) : ''}${id}`).join(', ')}`,
  ...(repositories.length === 0 ? [] : [`on ${repositories.join(', ')}`]),
  ...(sources.length === 0 ? [] : [`from ${sources.join(', ')}`]),
  policies.length === 0
    ? 'nothing has to be attached.'
    : `attach ${policies.length.toString()} ${policies.length === 1 ? 'policy' : 'policies'}.`,
]

const partOf = (principals: readonly string[]): string =>
  `${principals.length === 1 ? 'its' : 'their'} part of `

const section = (policy: GrantedPolicy, number: number): readonly string[] => {
  const { file, commands, console } = attachment(policy, number)
  return [
    `${number.toString()}. ${showPlace(policy.place)}`,
    ...policy.why.map((remark) => `   ${line(remark)}`),
    `   Save as ${file}, then`,
    ...commands.map((text) => `   $ ${text}`),
    `   or in the console: ${console}.`,
    ...DocumentJson.stringify(policy.document, 2)
      .split('\n')
      .map((text) => `   ${text}`),
  ]
}

const line = ({ text, rules }: Remark): string => `${text} [${rules.join(', ')}]`
