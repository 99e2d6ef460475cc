/**
 * Whether an operation is one that a grantee does, and on a target where it can be granted to him.
 *
 * Source: EC-5, EX-20, EX-21, EX-38, EX-39, EX-57, XA-6.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Arn, Problem } from '../../model/index.js'
import { operations } from '../data/operations.js'
import { grantError, type Checked, type GrantError } from './GrantError.js'
import * as Grantee from './Grantee.js'
import type { Placed, Wish } from './grantInput.js'
import * as GrantTarget from './GrantTarget.js'
import { tokenAction, type Need, type Operation, type OperationId } from '../Operation.js'

// ---- model ----

/**
 * One operation by one grantee.
 *
 * @category model
 * @since 0.1.0
 */
export interface Deed {
  readonly operation: Operation
  readonly needs: readonly Need[]
  readonly grantee: Placed<Grantee.Grantee>
  readonly wish: Wish
}

// ---- constructors ----

/**
 * A refusal with the place of what it is about.
 *
 * @category constructors
 * @since 0.1.0
 */
export const refuse = (
  { pointer }: Placed<unknown>,
  code: 'UnsuitablePrincipal' | 'UnsuitableTarget' | 'OtherPartition',
  message: string,
  suggestion?: string,
): Checked<never> => E.left([grantError(pointer, code, message, suggestion)])

// ---- grantees ----

const REPLICATION: OperationId = 'replication-cross-account'

/**
 * Why this grantee does not do this operation, if he does not.
 *
 * @category predicates
 * @since 0.1.0
 */
export const unfitGrantee = ({ operation, needs, grantee }: Deed): GrantError | undefined => {
  const { pointer, value } = grantee
  const refused = (message: string, suggestion?: string) =>
    grantError(pointer, 'UnsuitablePrincipal', message, suggestion)
  if (operation.id === REPLICATION && value._tag !== 'Account')
    return refused(
      'what replicates is a service-linked role of the source account, so the account is what to grant to',
      value._tag === 'Identity' ? `give \`${value.account}\`` : 'give the id of the account',
    )
  const services = servicesOf(needs)
  if (value._tag === 'Organization' && services.length > 0)
    return refused(
      `\`${operation.id}\` is done by \`${services.join(', ')}\`, and a service brings no \`aws:PrincipalOrgID\``,
      'name the accounts for which the service acts',
    )
  const why = value._tag === 'Service' ? unfitService(operation, needs, value) : undefined
  return why === undefined ? undefined : refused(...why)
}

const servicesOf = (needs: readonly Need[]): readonly string[] =>
  Array.from(new Set(needs.flatMap(({ by }) => by ?? [])))

type Why = readonly [message: string, suggestion?: string]

/** A service has no identity policy, and does in its own name only what is known of it (EX-38). */
const unfitService = (
  { id, caller }: Operation,
  needs: readonly Need[],
  { host }: Grantee.ServiceGrantee,
): Why | undefined => {
  const services = servicesOf(needs)
  if (services.some((other) => other !== host))
    return [`\`${id}\` is done by \`${services.join(', ')}\`, not by \`${host}\``]
  if (services.length === 0 && caller !== undefined)
    return [`\`${id}\` is done as a role: ${caller}`, 'give the ARN of that role']
  const role = Grantee.imageService(host)?.role ?? 'the role that the service assumes'
  if (
    needs.some(({ on, action }) => isOfCaller(on) && action !== tokenAction) ||
    needs.every(({ on }) => on === '*')
  )
    return [
      `\`${id}\` takes an identity policy, and the service \`${host}\` can have none`,
      `ask for it for ${role}`,
    ]
  const own = actionsBy(host)
  const others = needs
    .map(({ action }) => action)
    .filter((action) => action !== tokenAction && !own.includes(action))
  return own.length === 0 || others.length === 0
    ? undefined
    : [
        `\`${host}\` fetches images in its own name and does nothing else: it never asks for \`${others.join('`, `')}\``,
        `ask for \`${id}\` for ${role}`,
      ]
}

const isOfCaller = (on: Need['on']): boolean => on === '*' || on === 'signing-profile'

/** What a service asks for in its own name. */
const actionsBy = (host: string): readonly string[] => {
  const all: readonly Operation[] = Object.values(operations)
  return all
    .flatMap(({ required, optional }) => [...required, ...optional])
    .filter(({ by }) => by === host)
    .map(({ action }) => action)
}

// ---- targets ----

/**
 * Why this operation cannot be granted to this grantee at this target, if it cannot.
 *
 * @category predicates
 * @since 0.1.0
 */
export const unfitTarget = (
  deed: Deed,
  target: Placed<GrantTarget.GrantTarget>,
): Checked<never> | undefined => {
  const text = Problem.quote(GrantTarget.arn(target.value))
  return (
    acrossPartitions(deed, target, text) ??
    replicatedAtHome(deed, target, text) ??
    outOfReach(deed, target, text) ??
    wrongLambda(deed, target, text)
  )
}

type Unfit = (deed: Deed, target: Placed<GrantTarget.GrantTarget>, text: string) => Checked<never> | undefined

/** An account or an organization is in one partition, also where its id does not tell in which (XA-6). */
const acrossPartitions: Unfit = ({ grantee: { value }, wish }, target, text) => {
  const { partition } = target.value
  const known = Grantee.partitionOf(value)
  if (known === partition) return undefined
  const name = Problem.quote(Grantee.show(value))
  if (known !== undefined)
    return refuse(
      target,
      'OtherPartition',
      `${text} is in partition \`${partition}\`, and ${name} in \`${known}\``,
    )
  const first = [...wish.repositories, ...wish.sources][0]?.value.partition ?? partition
  return value._tag === 'Service' || first === partition
    ? undefined
    : refuse(
        target,
        'OtherPartition',
        `${text} is in partition \`${partition}\`, other targets in \`${first}\`, and ${name} in one of them only`,
        'ask for each partition apart',
      )
}

const isOwn = (
  { grantee: { value } }: Pick<Deed, 'grantee'>,
  { account }: GrantTarget.GrantTarget,
): boolean => Grantee.accountOf(value) === account

const replicatedAtHome: Unfit = (deed, target, text) =>
  deed.operation.id === REPLICATION && isOwn(deed, target.value)
    ? refuse(
        target,
        'UnsuitableTarget',
        `${text} is in the source account itself, which needs no grant`,
        'ask for `replication-same-account`',
      )
    : undefined

/** EX-21, EX-38: a service that fetches images in its own name may do so within an account, or a Region, only. */
const outOfReach: Unfit = ({ operation, needs, grantee: { value } }, target, text) => {
  const host = value._tag === 'Service' ? value.host : servicesOf(needs)[0]
  const service = host === undefined ? undefined : Grantee.imageService(host)
  if (host === undefined || service === undefined) return undefined
  const { account, region } = target.value
  const { reach, role } = service
  if (!reach.otherAccounts && accountsOf(value).some((other) => other !== account))
    return refuse(
      target,
      'UnsuitableTarget',
      `${text} is in another account, from which \`${host}\` fetches nothing in its own name: there it is ${role} that pulls`,
      operation.id === 'pull-tag' ? `give ${role}` : `ask for \`pull\` for ${role}`,
    )
  const strange = reach.otherRegions ? undefined : regionsOf(value).find((other) => other !== region)
  return strange === undefined
    ? undefined
    : refuse(
        target,
        'UnsuitableTarget',
        `${text} is in another Region than \`${strange}\`, and \`${host}\` fetches images of its own Region only`,
        'have the image replicated, and give the repository of that Region',
      )
}

/** The accounts for which a service is to act, as far as the grantee tells them. */
const accountsOf = (grantee: Grantee.Grantee): readonly string[] =>
  grantee._tag === 'Service'
    ? [...grantee.sourceAccounts, ...grantee.sourceArns.flatMap((arn) => segment(arn, 4))]
    : [Grantee.accountOf(grantee) ?? []].flat()

const regionsOf = (grantee: Grantee.Grantee): readonly string[] =>
  grantee._tag === 'Service' ? grantee.sourceArns.flatMap((arn) => segment(arn, 3)) : []

/** A segment of an ARN that is there and no pattern. */
const segment = (arn: string, index: number): readonly string[] => {
  const text = Arn.segments(arn)[index] ?? ''
  return text === '' || /[*?$]/.test(text) ? [] : [text]
}

const wrongLambda: Unfit = (deed, target, text) => {
  const other = otherLambda.get(deed.operation.id)
  if (other === undefined || !isOtherLambda(deed, target.value)) return undefined
  return deed.wish.operations.some(({ value }) => value.id === other)
    ? undefined
    : refuse(
        target,
        'UnsuitableTarget',
        `${text} is in ${isOwn(deed, target.value) ? 'the same account as' : 'another account than'} \`${Grantee.show(deed.grantee.value)}\``,
        `ask for \`${other}\`, or for \`lambda\`, which is whichever fits`,
      )
}

const otherLambda: ReadonlyMap<OperationId, OperationId> = new Map([
  ['lambda-same-account', 'lambda-cross-account'],
  ['lambda-cross-account', 'lambda-same-account'],
])

/**
 * Is this the one of the two operations with Lambda that does not fit whose the repository is? (EX-20, EX-21)
 *
 * @category predicates
 * @since 0.1.0
 */
export const isOtherLambda = (
  { operation, grantee }: Pick<Deed, 'operation' | 'grantee'>,
  target: GrantTarget.GrantTarget,
): boolean =>
  operation.id ===
  (grantee.value._tag === 'Service' || isOwn({ grantee }, target)
    ? 'lambda-cross-account'
    : 'lambda-same-account')
