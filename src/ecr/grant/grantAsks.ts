/**
 * From a wish to what it comes down to: who asks for which action on what. Each thing is asked once, and nothing that a
 * wider scope asks for anyway.
 *
 * Source: EC-5, EX-20, EX-21, EX-38, EX-39, EX-44, XA-6.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { collect, grantError, unless, type Checked, type GrantError } from './GrantError.js'
import { isOtherLambda, isOtherPull, refuse, unfitGrantee, unfitTarget, type Deed } from './grantFit.js'
import * as Grantee from './Grantee.js'
import { isShared } from './grantShare.js'
import type { Placed, Wish } from './grantInput.js'
import * as GrantTarget from './GrantTarget.js'
import type { Need, On, Operation, OperationId } from '../Operation.js'

// ---- model ----

/**
 * One action that one grantee asks for. `on`: a target; or text, which is `*` or the ARN of something else than a
 * repository. `isSource`: a copy reads from there.
 *
 * @category model
 * @since 0.1.0
 */
export interface Ask {
  readonly grantee: Grantee.Grantee
  readonly action: string
  readonly on: GrantTarget.GrantTarget | string
  readonly isSource: boolean
  readonly operations: readonly OperationId[]
}

// ---- constructors ----

/**
 * Everything that a wish asks for.
 *
 * **Errors** `MissingElement`, `UnusedTarget`, `UnsuitablePrincipal`, `UnsuitableTarget`, `OtherPartition`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const asksOf = (wish: Wish): Checked<readonly Ask[]> => {
  const faults = [...missingTargets(wish), ...unusedTargets(wish)]
  if (faults.length > 0) return unless(faults)([])
  const checked = collect(
    wish.operations.flatMap(({ value: operation }) =>
      wish.grantees
        .filter((grantee) => !isOtherPull({ operation, grantee, wish }))
        .map((grantee) => asksOfDeed({ operation, needs: needsOf(wish)(operation), grantee, wish })),
    ),
  )
  return E.map((asks: readonly (readonly Ask[])[]) => reduced(asks.flat()))(checked)
}

/** What an operation takes, with the optional actions that are wanted. */
const needsOf =
  ({ optional }: Wish) =>
  (operation: Operation): readonly Need[] => [
    ...operation.required,
    ...operation.optional.filter(({ action, on }) => on !== 'cache-repository' && optional.includes(action)),
  ]

// ---- targets ----

type Kind = 'private' | 'public' | 'source' | 'profile'

const kindOf = (on: On): Kind | undefined => {
  switch (on) {
    case 'repository':
    case 'repository/*':
    case 'destination-repository':
      return 'private'
    case 'source-repository':
      return 'source'
    case 'public-repository':
      return 'public'
    case 'signing-profile':
      return 'profile'
    case '*':
    case 'cache-repository':
    default: // the service-linked roles, of which there is no list
      return undefined
  }
}

const hasKind =
  ({ repositories, sources, signingProfile }: Wish) =>
  (kind: Kind): boolean => {
    switch (kind) {
      case 'private':
        return repositories.some(({ value }) => !GrantTarget.isPublic(value))
      case 'public':
        return repositories.some(({ value }) => GrantTarget.isPublic(value))
      case 'source':
        return sources.length > 0
      case 'profile':
        return signingProfile !== undefined
    }
  }

/** The kinds that an operation has to do with; a pull from ECR Public takes no action, and yet is from there. */
const kindsOf =
  (wish: Wish) =>
  (operation: Operation): readonly Kind[] => [
    ...needsOf(wish)(operation).flatMap(({ on }) => kindOf(on) ?? []),
    ...(operation.id === 'public-pull' ? (['public'] as const) : []),
  ]

const placeOf: Readonly<Record<Kind, readonly [pointer: string, what: string]>> = {
  private: ['/repositories', 'a repository of a private registry'],
  public: ['/repositories', 'a repository of ECR Public, `arn:aws:ecr-public::ACCOUNT:repository/NAME`'],
  source: ['/sources', 'a repository to read from'],
  profile: ['/signingProfile', 'a signing profile'],
}

const missingTargets = (wish: Wish): readonly GrantError[] =>
  wish.operations.flatMap(({ value: operation }) =>
    Array.from(new Set(kindsOf(wish)(operation)))
      .filter((kind) => !hasKind(wish)(kind) && !(operation.id === 'public-pull' && kind === 'public'))
      .map((kind) => {
        const [pointer, what] = placeOf[kind]
        return grantError(pointer, 'MissingElement', `\`${operation.id}\` wants ${what}`)
      }),
  )

const unusedTargets = (wish: Wish): readonly GrantError[] => {
  const kinds = wish.operations.flatMap(({ value }) => kindsOf(wish)(value))
  const unused = (pointer: string, kind: Kind): readonly GrantError[] =>
    kinds.includes(kind)
      ? []
      : [grantError(pointer, 'UnusedTarget', `nothing that is asked has to do with ${placeOf[kind][1]}`)]
  return [
    ...wish.repositories.flatMap(({ pointer, value }) =>
      unused(pointer, GrantTarget.isPublic(value) ? 'public' : 'private'),
    ),
    ...wish.sources.flatMap(({ pointer }) => unused(pointer, 'source')),
    ...(wish.signingProfile === undefined ? [] : unused('/signingProfile', 'profile')),
  ]
}

/** The targets of one sort of need. A public source takes no permission (EX-44). */
const targetsOn = ({ repositories, sources }: Wish, on: On): readonly Placed<GrantTarget.GrantTarget>[] => {
  const isPrivate = ({ value }: Placed<GrantTarget.GrantTarget>) => !GrantTarget.isPublic(value)
  switch (kindOf(on)) {
    case 'private':
      return repositories
        .filter(isPrivate)
        .map((target) =>
          on === 'repository/*' ? { ...target, value: GrantTarget.registryOf(target.value) } : target,
        )
    case 'source':
      return sources.filter(isPrivate)
    case 'public':
      return repositories.filter(({ value }) => GrantTarget.isPublic(value))
    case 'profile':
    case undefined:
      return []
  }
}

// ---- one operation by one grantee ----

const asksOfDeed = (deed: Deed): Checked<readonly Ask[]> => {
  const unfit = unfitGrantee(deed)
  if (unfit !== undefined) return unless([unfit])([])
  const asks = collect(ownNeeds(deed).flatMap((need) => asksOfNeed(deed, need)))
  return E.map((all: readonly (readonly Ask[])[]) => all.flat())(asks)
}

/** Of what it does together with a caller a service has its own part. */
const ownNeeds = ({ operation, needs, grantee: { value } }: Deed): readonly Need[] =>
  value._tag === 'Service' && isShared(operation) ? needs.filter(({ by }) => by !== undefined) : needs

const asksOfNeed = (deed: Deed, need: Need): readonly Checked<readonly Ask[]>[] => {
  const { operation, grantee, wish } = deed
  const ask = (on: Ask['on'], who: Grantee.Grantee = grantee.value): Ask => ({
    grantee: who,
    action: need.action,
    on,
    isSource: need.on === 'source-repository',
    operations: [operation.id],
  })
  if (need.on === '*') return [E.right([ask('*')])]
  if (need.on === 'signing-profile') return [asksOfProfile(deed, ask)]
  if (need.on.startsWith('role/')) return [E.right([ask(roleArn(deed, need.on))])]
  return targetsOn(wish, need.on).map((target) => {
    const refused = unfitTarget(deed, target)
    if (refused !== undefined) return refused
    if (isOtherLambda(deed, target.value)) return E.right([])
    return E.right([ask(target.value, granteeAt(grantee.value, need, target.value))])
  })
}

const asksOfProfile = ({ grantee, wish }: Deed, ask: (on: string) => Ask): Checked<readonly Ask[]> => {
  const account = Grantee.accountOf(grantee.value)
  if (wish.signingProfile === undefined) return E.right([])
  return account === undefined || account === wish.signingProfile.account
    ? E.right([ask(wish.signingProfile.text)])
    : refuse(
        grantee,
        'UnsuitableTarget',
        `the signing profile is of account \`${wish.signingProfile.account}\`, and sharing it with \`${account}\` is up to AWS Signer`,
      )
}

/** A service-linked role is made in the caller's account; who is in an organization may be in any. */
const roleArn = ({ grantee: { value }, wish: { repositories } }: Deed, role: string): string => {
  const partition = Grantee.partitionOf(value) ?? repositories[0]?.value.partition ?? 'aws'
  return `arn:${partition}:iam::${Grantee.accountOf(value) ?? '*'}:${role}`
}

/**
 * Who is to be let in at a target: the grantee, or a service that acts for him.
 *
 * @category destructors
 * @since 0.1.0
 */
export const granteeAt = (
  grantee: Grantee.Grantee,
  { by }: Need,
  target: GrantTarget.GrantTarget,
): Grantee.Grantee => {
  if (grantee._tag === 'Service') return Grantee.serviceAt(grantee)(target)
  const account = Grantee.accountOf(grantee)
  if (by === undefined || account === undefined) return grantee
  const service = { _tag: 'Service', host: by, sourceArns: [], sourceAccounts: [account] } as const
  return Grantee.serviceAt(service)(target)
}

// ---- reduction ----

/**
 * What is asked on, as text.
 *
 * @category rendering
 * @since 0.1.0
 */
export const resourceText = ({ on }: Pick<Ask, 'on'>): string =>
  typeof on === 'string' ? on : GrantTarget.arn(on)

const reduced = (asks: readonly Ask[]): readonly Ask[] => {
  const unique = new Map<string, Ask>() // local mutation: one ask for each of its kind, for all its operations
  for (const ask of asks) {
    const key = JSON.stringify([Grantee.show(ask.grantee), ask.action, resourceText(ask)])
    const before = unique.get(key)
    const operations = Array.from(new Set([...(before?.operations ?? []), ...ask.operations]))
    unique.set(key, { ...ask, isSource: ask.isSource && (before?.isSource ?? true), operations })
  }
  const all = Array.from(unique.values())
  const scopes = all.filter(({ on }) => typeof on !== 'string' && on._tag === 'Scope')
  return all.filter(
    (ask) =>
      !scopes.some(
        (scope) =>
          resourceText(scope) !== resourceText(ask) &&
          takesIn(scope)(ask) &&
          Grantee.show(scope.grantee) === Grantee.show(ask.grantee),
      ),
  )
}

/**
 * Is the second ask, grantee aside, part of the first? `takesIn(wide)(narrow)`.
 *
 * @category predicates
 * @since 0.1.0
 */
export const takesIn =
  (wide: Ask) =>
  (narrow: Ask): boolean =>
    wide.action === narrow.action &&
    (typeof wide.on === 'string' || typeof narrow.on === 'string'
      ? wide.on === narrow.on
      : GrantTarget.covers(wide.on)(narrow.on))
