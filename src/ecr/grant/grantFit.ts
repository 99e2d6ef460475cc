/**
 * Whether an operation is one that a grantee does, and on a target where it can be granted to him.
 *
 * Source: EC-5, EX-20, EX-21, EX-38, EX-39, EX-57, XA-6.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Problem } from '../../model/index.js'
import { operations } from '../data/operations.js'
import { grantError, type Checked, type GrantError } from './GrantError.js'
import * as Grantee from './Grantee.js'
import type { Placed, Wish } from './grantInput.js'
import { isPull, pullOf } from './grantPull.js'
import * as GrantTarget from './GrantTarget.js'
import { tokenAction, type Need, type Operation, type OperationId } from '../Operation.js'
import { accountsOf as sourceAccountsOf, outOfReach as serviceOutOfReach } from '../serviceSource.js'

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
  const role = Grantee.ownRole(host)
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
  if (own.length > 0 && others.length > 0)
    return [
      `\`${host}\` fetches images in its own name and does nothing else: it never asks for \`${others.join('`, `')}\``,
      `ask for \`${id}\` for ${role}`,
    ]
  return needs.some(({ action }) => action === tokenAction)
    ? [
        `\`${id}\` takes a token, which only an identity policy grants, and the service \`${host}\` can have none`,
        `${isRead(needs) ? 'ask for `pull`, which a service does without a token, or ' : ''}ask for \`${id}\` for ${role}`,
      ]
    : undefined
}

/** Does a fetch bring all of it? */
const isRead = (needs: readonly Need[]): boolean => {
  const fetched: readonly string[] = operations['pull-api'].required.map(({ action }) => action)
  return needs.every(({ action }) => action === tokenAction || fetched.includes(action))
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
  if (host === undefined) return undefined
  const sourceArns = value._tag === 'Service' ? value.sourceArns : []
  const sources = { host, sourceArns, sourceAccounts: accountsOf(value, target.value) }
  const beyond = serviceOutOfReach(sources, target.value)
  if (beyond === undefined) return undefined
  const role = Grantee.ownRole(host)
  return beyond.why === 'OtherAccount'
    ? refuse(
        target,
        'UnsuitableTarget',
        `${text} is in another account, from which \`${host}\` fetches nothing in its own name: there it is ${role} that pulls`,
        isPull(operation.id) ? `give ${role}` : `ask for \`pull\` for ${role}`,
      )
    : refuse(
        target,
        'UnsuitableTarget',
        `${text} is in another Region than \`${beyond.source}\`, and \`${host}\` fetches images of its own Region only`,
        'have the image replicated, and give the repository of that Region',
      )
}

/**
 * The accounts for which a service is to act at a target, as far as the grantee tells them: a service for the owner's, unless
 * it is told otherwise.
 *
 * @category destructors
 * @since 0.1.0
 */
export const accountsOf = (
  grantee: Grantee.Grantee,
  { account }: GrantTarget.GrantTarget,
): readonly string[] => {
  if (grantee._tag !== 'Service') return [Grantee.accountOf(grantee) ?? []].flat()
  const told = sourceAccountsOf(grantee)
  return told.length > 0 ? told : [account]
}

const wrongLambda: Unfit = (deed, target, text) => {
  const other = otherLambda.get(deed.operation.id)
  if (other === undefined || fitOfLambda(deed, target.value) === 'All') return undefined
  return deed.wish.operations.some(({ value }) => value.id === other)
    ? undefined
    : refuse(
        target,
        'UnsuitableTarget',
        `${text} is in ${other === 'lambda-same-account' ? 'the same account as' : 'another account than'} \`${Grantee.show(deed.grantee.value)}\``,
        `ask for \`${other}\`, or for \`lambda\`, which is whichever fits`,
      )
}

const otherLambda: ReadonlyMap<OperationId, OperationId> = new Map([
  ['lambda-same-account', 'lambda-cross-account'],
  ['lambda-cross-account', 'lambda-same-account'],
])

/** How many of the accounts of a grantee have functions for which this is the operation, of the two with Lambda. */
const fitOfLambda = (
  { operation, grantee }: Pick<Deed, 'operation' | 'grantee'>,
  target: GrantTarget.GrantTarget,
): 'All' | 'Some' | 'None' => {
  const isWithin = operation.id === 'lambda-same-account'
  const fits = accountsOf(grantee.value, target).map((account) => (account === target.account) === isWithin)
  if (fits.every((fit) => fit)) return 'All'
  return fits.some((fit) => fit) ? 'Some' : 'None'
}

/**
 * Is this the one of the two operations with Lambda that does not fit whose the repository is? (EX-20, EX-21)
 *
 * @category predicates
 * @since 0.1.0
 */
export const isOtherLambda = (
  deed: Pick<Deed, 'operation' | 'grantee'>,
  target: GrantTarget.GrantTarget,
): boolean => otherLambda.has(deed.operation.id) && fitOfLambda(deed, target) === 'None'

/**
 * Is this the one of the two pulls that is not the grantee's, and his own asked for as well?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isOtherPull = ({ operation, grantee, wish }: Omit<Deed, 'needs'>): boolean => {
  const own = pullOf(grantee.value)
  return isPull(operation.id) && operation.id !== own && wish.operations.some(({ value }) => value.id === own)
}
