/**
 * Does a policy name this caller, and how directly?
 *
 * Source: PR-2 to PR-12, SA-2 to SA-8, SA-10, U-11, U-12, U-15, U-16, U-21, U-22.
 *
 * @since 0.1.0
 */
import { Caller, Principal, type Statement } from '../model/index.js'
import * as Strength from './Strength.js'

/**
 * What is known of the caller when principals are compared. `principalArn` is the request's aws:PrincipalArn when it
 * was given and not derived (U-11).
 *
 * @category model
 * @since 0.1.0
 */
export interface Subject {
  readonly caller: Caller.Caller
  readonly principalArn: string | undefined
  readonly hasBoundary: boolean
}

/**
 * How an entry of a principal list names the caller, or undefined when it does not.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const strengthOf =
  ({ caller, principalArn }: Subject, accountMeansRoot: boolean) =>
  (entry: Principal.Principal): Strength.Strength | undefined => {
    switch (entry._tag) {
      case 'Everyone':
        return 'Direct'
      case 'Account':
        return namesAccount(entry, caller, accountMeansRoot) ? 'Account' : undefined
      case 'User':
        return userStrength(entry, caller)
      case 'Role':
        return caller._tag === 'RoleSession' && namesRole(entry, caller, principalArn) ? 'Entity' : undefined
      case 'AssumedRoleSession':
        return isNamed(entry, caller) ? 'Direct' : undefined
      case 'FederatedUser':
      case 'Service':
      case 'IdentityProvider':
        // PR-7: a host name under `Federated` is no service, even when it reads the same
        return entry._tag === caller._tag && isNamed(entry, caller) ? 'Direct' : undefined
      case 'CanonicalUser':
      case 'UniqueId':
        return undefined
    }
  }

/** PR-2: an account names all of its principals. U-34: its id tells which it is, whatever partition is written before. */
const namesAccount = (entry: Principal.Account, caller: Caller.Caller, accountMeansRoot: boolean): boolean =>
  Caller.hasAccount(caller) &&
  caller.account === entry.account &&
  (!accountMeansRoot || caller._tag === 'RootUser')

const userStrength = (entry: Principal.UserOrRole, caller: Caller.Caller): Strength.Strength | undefined => {
  if (caller._tag === 'User') return isNamed(entry, caller) ? 'Direct' : undefined
  const isBehind = caller._tag === 'FederatedUser' && sameHome(entry, caller) && entry.name === caller.name
  return isBehind ? 'Entity' : undefined // PR-4, SA-7
}

const sameHome = (a: Principal.UserOrRole, b: Caller.AccountCaller): boolean =>
  a.partition === b.partition && a.account === b.account

/** U-11: by ARN where the role's path is known, else by name. */
const namesRole = (
  entry: Principal.UserOrRole,
  caller: Caller.RoleSession,
  principalArn: string | undefined,
): boolean => {
  if (principalArn !== undefined) return Principal.show(entry) === principalArn
  if (!sameHome(entry, caller) || entry.name !== caller.role) return false
  return caller.path === undefined || caller.path === entry.path
}

/** A session of unknown name goes by its role, and so no entry names it (SA-10). */
const isNamed = (entry: Principal.Principal, caller: Caller.Caller): boolean =>
  Principal.show(entry) === Caller.show(caller)

/**
 * How a `Principal` or `NotPrincipal` element applies to the caller, or undefined when it does not.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const clauseStrength =
  (subject: Subject, accountMeansRoot: boolean) =>
  (clause: Principal.PrincipalClause, effect: Statement.Effect): Strength.Strength | undefined => {
    const found = clause.principals.map(strengthOf(subject, accountMeansRoot))
    if (clause._tag === 'Principal') return found.reduce(Strength.stronger, undefined)
    if (effect === 'Allow') return found.every((strength) => strength === undefined) ? 'Direct' : undefined // U-16
    if (subject.hasBoundary) return 'Direct' // PR-11
    const everybody = clause.principals.some((entry) => entry._tag === 'Everyone')
    return isSpared(subject.caller, found, everybody) ? undefined : 'Direct'
  }

/** U-15: an exemption is sure only when the caller's account and the caller himself are listed. */
const isSpared = (
  caller: Caller.Caller,
  found: readonly (Strength.Strength | undefined)[],
  everybody: boolean,
): boolean => {
  const named = found.some((strength) => strength === 'Entity' || strength === 'Direct')
  const accountListed = everybody || found.includes('Account')
  switch (caller._tag) {
    case 'RootUser':
      return accountListed || named
    case 'User':
    case 'RoleSession':
    case 'FederatedUser':
      return accountListed && named
    case 'Service':
    case 'IdentityProvider':
      return named
    case 'Anonymous':
      return false
  }
}

/**
 * The subject of a request.
 *
 * @category constructors
 * @since 0.1.0
 */
export const subject = (
  caller: Caller.Caller,
  givenPrincipalArn: string | undefined,
  hasBoundary: boolean,
): Subject => ({
  caller,
  principalArn: givenPrincipalArn,
  hasBoundary: hasBoundary && Caller.hasAccount(caller) && caller._tag !== 'RootUser', // PR-8, PR-11
})
