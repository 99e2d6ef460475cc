/**
 * Callers, and the principals that policies name them by.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Caller, Principal } from '../model/index.js'
import { several, weighted, type Choices, type NonEmpty } from './Choices.js'
import type { World } from './Tuning.js'

// ---- constructors ----

/**
 * A partition: `aws` mostly.
 *
 * @category constructors
 * @since 0.1.0
 */
export const partition = (choices: Choices, world: World): string =>
  choices.chance(world.otherPartition) ? choices.one(['aws-cn', 'aws-us-gov']) : 'aws'

const users = ['alice', 'team/alice', 'Alice', 'bob'] as const
const roles = ['ci', 'team/ci', 'build', 'Ci'] as const
const serviceRole = 'AWSServiceRoleForECRReplication'
const services = ['ecr.amazonaws.com', 'lambda.amazonaws.com', 'codebuild.amazonaws.com'] as const
const hosts = ['accounts.google.com', 'token.actions.githubusercontent.com', 'www.amazon.com'] as const

/**
 * A caller, as text.
 *
 * @category constructors
 * @since 0.1.0
 */
export const callerText = (choices: Choices, world: World): string => {
  const [where, account] = [partition(choices, world), choices.one(world.accounts)]
  const iam = `arn:${where}:iam::${account}`
  const sts = `arn:${where}:sts::${account}`
  return weighted(choices, [
    [0, () => `${iam}:user/${choices.one(users)}`],
    [
      28,
      () => `${sts}:assumed-role/${choices.one(['ci', 'build', 'Ci'])}/${choices.one(['run-1', 'run-2'])}`,
    ],
    [12, () => `${iam}:role/${choices.one(roles)}`],
    [3, () => `${sts}:assumed-role/${serviceRole}/ecr`],
    [
      3,
      () => `${iam}:role/aws-service-role/replication.ecr.amazonaws.com/${choices.one([serviceRole, 'ci'])}`,
    ],
    [9, () => `${sts}:federated-user/${choices.one(['alice', 'carol'])}`],
    [6, () => `${iam}:root`],
    [7, () => choices.one(services)],
    [3, () => `${iam}:saml-provider/corp`],
    [2, () => `${iam}:oidc-provider/token.actions.githubusercontent.com`],
    [3, () => choices.one(hosts)],
    [4, () => 'anonymous'],
  ])
}

/**
 * A caller.
 *
 * @category constructors
 * @since 0.1.0
 */
export const caller = (choices: Choices, world: World): Caller.Caller => {
  const read = Caller.parse(callerText(choices, world))
  return E.isRight(read) ? read.right : { _tag: 'Anonymous' }
}

type Entry = readonly [Principal.PrincipalType, string]

/** Every way to name a caller, the most direct first. */
const namesOf = (caller: Caller.Caller): NonEmpty<Entry> => {
  const all: Entry = ['AWS', '*']
  if (!Caller.hasAccount(caller))
    return caller._tag === 'Anonymous'
      ? [all]
      : [[caller._tag === 'Service' ? 'Service' : 'Federated', Caller.show(caller)], all]
  const iam = `arn:${caller.partition}:iam::${caller.account}`
  const root: Entry = ['AWS', `${iam}:root`]
  const account: readonly Entry[] = [root, ['AWS', caller.account]]
  switch (caller._tag) {
    case 'RootUser':
      return [root, ...account, all]
    case 'User':
      return [['AWS', Caller.show(caller)], ...account, all]
    case 'RoleSession':
      return [
        ['AWS', Caller.show(caller)],
        ['AWS', `${iam}:role/${caller.role}`],
        ['AWS', Caller.roleArn(caller)],
        ['AWS', `${iam}:role/team/${caller.role}`],
        ...account,
        all,
      ]
    case 'FederatedUser':
      return [
        ['AWS', Caller.show(caller)],
        ['AWS', `${iam}:user/${caller.name}`],
        ['AWS', `${iam}:user/team/${caller.name}`],
        ...account,
        all,
      ]
  }
}

const opaque: NonEmpty<Entry> = [
  ['CanonicalUser', '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'],
  ['AWS', 'AIDAJQABLZS4A3QDU576Q'],
  ['AWS', 'AROAJQABLZS4A3QDU576Q'],
]

const typeOf = (caller: Caller.Caller): Principal.PrincipalType =>
  caller._tag === 'Service' ? 'Service' : caller._tag === 'IdentityProvider' ? 'Federated' : 'AWS'

/** Somebody else, or nobody that is modelled. */
const stranger = (choices: Choices, world: World): Entry => {
  if (choices.chance(0.1)) return choices.one(opaque)
  const other = caller(choices, world)
  return other._tag === 'Anonymous'
    ? ['AWS', choices.one(world.accounts)]
    : [typeOf(other), Caller.show(other)]
}

/** A caller's name with one part off: another account, partition, name or letter case. */
const almost = (choices: Choices, world: World, about: Caller.Caller): Entry => {
  const [type, text] = choices.one(namesOf(about))
  return weighted<Entry>(choices, [
    [
      0,
      () => [
        type,
        Caller.hasAccount(about) ? text.replace(about.account, choices.one(world.accounts)) : text,
      ],
    ],
    [30, () => [type, text.replace('/', '/x')]],
    [15, () => [type, text.replace('arn:aws:', 'arn:aws-cn:')]],
    [15, () => [type, text.replace(/[a-z]+$/, (name) => name.toUpperCase())]],
    [10, () => [type === 'AWS' ? 'AWS' : type === 'Service' ? 'Federated' : 'Service', text]],
  ])
}

const parsed = ([type, text]: Entry): Principal.Principal => {
  const read = Principal.parse(type)(text)
  return E.isRight(read) ? read.right : { _tag: 'Service', host: 'nobody.amazonaws.com' }
}

/**
 * One principal: in a `hit` one that names the caller, else mostly one that does not.
 *
 * @category constructors
 * @since 0.1.0
 */
export const principal = (
  choices: Choices,
  world: World,
  about: Caller.Caller,
  hit: boolean,
): Principal.Principal =>
  parsed(
    hit
      ? choices.one(namesOf(about))
      : choices.chance(0.5)
        ? almost(choices, world, about)
        : stranger(choices, world),
  )

/**
 * A `Principal` or `NotPrincipal` element that, in a `hit`, applies to the caller.
 *
 * @category constructors
 * @since 0.1.0
 */
export const principalClause = (
  choices: Choices,
  world: World,
  about: Caller.Caller,
  hit: boolean,
): Principal.PrincipalClause => {
  const negated = choices.chance(world.negations)
  const named = negated !== hit
  const listed = several(choices, 3, (index) =>
    principal(choices, world, about, index === 0 ? named : choices.chance(named ? 0.5 : 0)),
  )
  const pair = negated && named && choices.chance(0.7) ? withAccount(about, listed) : listed
  return { _tag: negated ? 'NotPrincipal' : 'Principal', principals: Principal.list(pair) }
}

/** PR-10: an exemption works only with the account beside the caller. */
const withAccount = (
  about: Caller.Caller,
  listed: NonEmpty<Principal.Principal>,
): NonEmpty<Principal.Principal> =>
  Caller.hasAccount(about)
    ? [{ _tag: 'Account', partition: about.partition, account: about.account }, ...listed]
    : listed
