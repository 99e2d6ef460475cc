/**
 * What a grant is asked with, and the reading of it: every problem of every text is reported, each with its place.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { sequenceS } from 'fp-ts/lib/Apply.js'
import * as NEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { OneOrMore } from '../builder/index.js'
import { Arn, nearest, Problem } from '../model/index.js'
import { operations } from './data/operations.js'
import { at, collect, grantError, placed, unless, type Checked, type GrantError } from './GrantError.js'
import * as Grantee from './Grantee.js'
import * as GrantTarget from './GrantTarget.js'
import type { Operation, OperationId } from './Operation.js'

// ---- model ----

/**
 * Short names of operations. Where a name stands for several, `grant` takes the one that fits: `pull` and `push` by
 * where the repository is (private or public), `lambda` by whose it is.
 *
 * @category model
 * @since 0.1.0
 */
export const shortNames = {
  login: ['docker-login'],
  pull: ['pull-tag', 'public-pull'],
  push: ['push', 'public-push'],
  copy: ['copy-crane'],
  delete: ['delete-image'],
  'list-tags': ['tag-list'],
  'pull-through': ['ptc-first-pull'],
  replicate: ['replication-cross-account'],
  lambda: ['lambda-same-account', 'lambda-cross-account'],
} as const satisfies Readonly<Record<string, readonly OperationId[]>>

/**
 * An operation to grant: its id or a short name.
 *
 * @category model
 * @since 0.1.0
 */
export type GrantOperation = OperationId | keyof typeof shortNames

/**
 * What is to be granted: every operation to every principal on every repository.
 *
 * - `repositories`: what is pulled from, pushed to or looked after; may be left out where operations name none (`login`).
 * - `sources`: where copies read from; `repositories` are then where they go.
 * - `signingProfile`: the ARN of the AWS Signer profile of `sign-managed`.
 * - `optional`: optional actions of the asked operations that are wanted too; none unless given.
 * - `endpoint`: also the policy for VPC endpoints of ECR that lets these requests through.
 * - `registryPolicyScope`: how much of a registry policy ECR enforces in the owner's registry; `V2`, today's default,
 *   unless given.
 * - `identityPolicies`: as `managed` policies (6,144 characters, the default) or `inline` ones; bears on quotas only.
 *
 * @category model
 * @since 0.1.0
 */
export interface GrantInput {
  readonly operations: OneOrMore<GrantOperation>
  readonly principals: OneOrMore<Grantee.GranteeInput>
  readonly repositories?: OneOrMore<GrantTarget.GrantTargetInput>
  readonly sources?: OneOrMore<GrantTarget.GrantTargetInput>
  readonly signingProfile?: string
  readonly optional?: OneOrMore<string>
  readonly endpoint?: boolean
  readonly registryPolicyScope?: 'V1' | 'V2'
  readonly identityPolicies?: 'managed' | 'inline'
}

/**
 * A thing with its place in the input.
 *
 * @category model
 * @since 0.1.0
 */
export interface Placed<T> {
  readonly pointer: string
  readonly value: T
}

/**
 * A grant's input, read. Nothing stands twice, and order is that of the catalogue or of the texts: two inputs that
 * differ in order only are one wish.
 *
 * @category model
 * @since 0.1.0
 */
export interface Wish {
  readonly operations: readonly Placed<Operation>[]
  readonly grantees: readonly Placed<Grantee.Grantee>[]
  readonly repositories: readonly Placed<GrantTarget.GrantTarget>[]
  readonly sources: readonly Placed<GrantTarget.GrantTarget>[]
  readonly signingProfile: Arn.Arn | undefined
  readonly optional: readonly string[]
}

// ---- constructors ----

const struct = sequenceS(E.getApplicativeValidation(NEA.getSemigroup<GrantError>()))

/**
 * Reads an input.
 *
 * **Errors** those of each text, `EmptyList`, `UnknownOperation`, and `InvalidAction` for an optional action that no
 * asked operation has.
 *
 * @category constructors
 * @since 0.1.0
 */
export const read = (input: GrantInput): Checked<Wish> => {
  const texts = struct({
    operations: nonEmpty('/operations')(input.operations, parseOperation),
    grantees: nonEmpty('/principals')(input.principals, (pointer, entry) =>
      E.map((value: Grantee.Grantee) => [{ pointer, value }])(Grantee.parse(pointer)(entry)),
    ),
    repositories: targets('/repositories', input.repositories),
    sources: targets('/sources', input.sources),
    signingProfile: profile(input.signingProfile),
  })
  if (E.isLeft(texts)) return texts
  const repositories = inOrder(texts.right.repositories, GrantTarget.arn)
  const asked = inOrder(fitting(repositories)(texts.right.operations), ({ id }) => catalogueIndex(id))
  return E.map((optional: readonly string[]) => ({
    ...texts.right,
    operations: asked,
    grantees: inOrder(texts.right.grantees, Grantee.show),
    repositories,
    sources: inOrder(texts.right.sources, GrantTarget.arn),
    optional,
  }))(optionalActions(asked, input.optional))
}

const nonEmpty =
  (pointer: string) =>
  <T, A>(
    given: OneOrMore<T>,
    parse: (pointer: string, entry: T) => Checked<readonly A[]>,
  ): Checked<readonly A[]> => {
    const entries = placed(pointer)(given)
    return entries.length === 0
      ? E.left([grantError(pointer, 'EmptyList', 'at least one is needed')])
      : E.map((all: readonly (readonly A[])[]) => all.flat())(
          collect(entries.map(([place, entry]) => parse(place, entry))),
        )
  }

const targets = (
  pointer: string,
  given: OneOrMore<GrantTarget.GrantTargetInput> | undefined,
): Checked<readonly Placed<GrantTarget.GrantTarget>[]> =>
  collect(
    placed(pointer)(given).map(([place, entry]) =>
      E.map((value: GrantTarget.GrantTarget) => ({ pointer: place, value }))(
        at(place)(GrantTarget.parse(entry)),
      ),
    ),
  )

const profile = (text: string | undefined): Checked<Arn.Arn | undefined> => {
  if (text === undefined) return E.right(undefined)
  const arn = at('/signingProfile')(Arn.parse(text))
  if (E.isLeft(arn)) return arn
  const { service, resource } = arn.right
  return service === 'signer' && /^\/signing-profiles\/[^/*?]+$/.test(resource)
    ? arn
    : E.left([
        grantError(
          '/signingProfile',
          'InvalidArn',
          `${Problem.quote(text)} is not the ARN of a signing profile`,
          'it reads `arn:aws:signer:REGION:ACCOUNT:/signing-profiles/NAME`',
        ),
      ])
}

/** Each once, by its key, in the order of the keys. */
const inOrder = <T>(entries: readonly Placed<T>[], key: (value: T) => string): readonly Placed<T>[] => {
  const byKey = new Map<string, Placed<T>>() // local mutation: the first of each key
  for (const entry of entries) if (!byKey.has(key(entry.value))) byKey.set(key(entry.value), entry)
  return Array.from(byKey.entries(), ([text, entry]) => ({ text, entry }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ entry }) => entry)
}

// ---- operations ----

const ids: readonly string[] = Object.keys(operations)

const catalogueIndex = (id: OperationId): string => ids.indexOf(id).toString().padStart(4, '0')

const isId = (text: string): text is OperationId => Object.hasOwn(operations, text)

const isShortName = (text: string): text is keyof typeof shortNames => Object.hasOwn(shortNames, text)

/** The operations that a text may stand for, of which only those that fit are kept. */
interface Meant {
  readonly pointer: string
  readonly value: readonly OperationId[]
}

const parseOperation = (pointer: string, text: string): Checked<readonly Meant[]> => {
  if (isShortName(text)) return E.right([{ pointer, value: shortNames[text] }])
  if (isId(text)) return E.right([{ pointer, value: [text] }])
  const near = nearest([...ids, ...Object.keys(shortNames)])(text)
  return E.left([
    grantError(
      pointer,
      'UnknownOperation',
      `there is no operation ${Problem.quote(text)}`,
      near === undefined ? 'see `Ecr.operations` for all there are' : `did you mean \`${near}\`?`,
    ),
  ])
}

const isOfPublic = ({ id }: Operation): boolean => id.startsWith('public-')

/** A short name that means both registries means the one in which there is a repository; the private one if in doubt. */
const fitting =
  (repositories: readonly Placed<GrantTarget.GrantTarget>[]) =>
  (meant: readonly Meant[]): readonly Placed<Operation>[] => {
    const hasPublic = repositories.some(({ value }) => GrantTarget.isPublic(value))
    const hasPrivate = !hasPublic || repositories.some(({ value }) => !GrantTarget.isPublic(value))
    return meant.flatMap(({ pointer, value }) => {
      const all: readonly Operation[] = value.map((id) => operations[id])
      const both = all.some(isOfPublic) && !all.every(isOfPublic)
      return all
        .filter((operation) => !both || (isOfPublic(operation) ? hasPublic : hasPrivate))
        .map((operation) => ({ pointer, value: operation }))
    })
  }

// ---- optional actions ----

const optionalActions = (
  asked: readonly Placed<Operation>[],
  given: OneOrMore<string> | undefined,
): Checked<readonly string[]> => {
  const known = asked.flatMap(({ value }) =>
    value.optional.filter(({ on }) => on !== 'cache-repository').map(({ action }) => action),
  )
  const entries = placed('/optional')(given)
  const errors = entries
    .filter(([, action]) => !known.includes(action))
    .map(([pointer, action]) =>
      grantError(
        pointer,
        'InvalidAction',
        `${Problem.quote(action)} is no optional action of what is asked`,
        known.length === 0
          ? 'there is none'
          : `there are ${Array.from(new Set(known), Problem.quote).join(', ')}`,
      ),
    )
  return unless(errors)(entries.map(([, action]) => action))
}
