/**
 * What a grant is asked with, and the reading of it: every problem of every text is reported, each with its place.
 *
 * @since 0.1.0
 */
import { sequenceS } from 'fp-ts/lib/Apply.js'
import * as E from 'fp-ts/lib/Either.js'
import type { OneOrMore } from '../../builder/index.js'
import { Arn, nearest, Problem } from '../../model/index.js'
import { operations } from '../data/operations.js'
import {
  applicative,
  at,
  collect,
  grantError,
  placed,
  placedTexts,
  text,
  unless,
  wrongType,
  type Checked,
} from './GrantError.js'
import * as Grantee from './Grantee.js'
import * as GrantTarget from './GrantTarget.js'
import { isId, isShortName, shortNames, type OperationName } from '../named.js'
import type { Operation, OperationId } from '../Operation.js'
import { isPull, pullOf } from './grantPull.js'

// ---- model ----

/**
 * An operation to grant: its id or a short name.
 *
 * @category model
 * @since 0.1.0
 */
export type GrantOperation = OperationName

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
  if (!isRecord(input)) return E.left([wrongType('', input, 'a record of what is to be granted')])
  const texts = sequenceS(applicative)({
    options: options(input),
    operations: nonEmpty('/operations')(input.operations, parseOperation),
    grantees: nonEmpty('/principals')(input.principals, (pointer, entry) =>
      E.map((value: Grantee.Grantee) => [{ pointer, value }])(Grantee.parse(pointer)(entry)),
    ),
    repositories: targets('/repositories', input.repositories),
    sources: targets('/sources', input.sources),
    signingProfile: profile(input.signingProfile),
  })
  if (E.isLeft(texts)) return texts
  const repositories = onceInOrder(texts.right.repositories, GrantTarget.arn)
  const asked = onceInOrder(fitting({ ...texts.right, repositories })(texts.right.operations), ({ id }) =>
    catalogueIndex(id),
  )
  return E.map((optional: readonly string[]) => ({
    ...texts.right,
    operations: asked,
    grantees: onceInOrder(texts.right.grantees, Grantee.show),
    repositories,
    sources: onceInOrder(texts.right.sources, GrantTarget.arn),
    optional,
  }))(optionalActions(asked, input.optional))
}

const isRecord = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

const options = (input: GrantInput): Checked<unknown> =>
  collect([
    oneOf('/endpoint', [true, false])(input.endpoint),
    oneOf('/registryPolicyScope', ['V1', 'V2'])(input.registryPolicyScope),
    oneOf('/identityPolicies', ['managed', 'inline'])(input.identityPolicies),
  ])

const oneOf =
  (pointer: string, values: readonly unknown[]) =>
  (given: unknown): Checked<unknown> =>
    unless(
      given === undefined || values.includes(given)
        ? []
        : [wrongType(pointer, given, `one of ${values.map((value) => `\`${String(value)}\``).join(', ')}`)],
    )(given)

const nonEmpty =
  (pointer: string) =>
  <A>(
    given: unknown,
    parse: (pointer: string, entry: unknown) => Checked<readonly A[]>,
  ): Checked<readonly A[]> => {
    const entries = placed(pointer)<unknown>(given)
    return entries.length === 0
      ? E.left([grantError(pointer, 'EmptyList', 'at least one is needed')])
      : E.map((all: readonly (readonly A[])[]) => all.flat())(
          collect(entries.map(([place, entry]) => parse(place, entry))),
        )
  }

const targets = (pointer: string, given: unknown): Checked<readonly Placed<GrantTarget.GrantTarget>[]> =>
  collect(
    placed(pointer)<unknown>(given).map(([place, entry]) =>
      E.map((value: GrantTarget.GrantTarget) => ({ pointer: place, value }))(target(place, entry)),
    ),
  )

const target = (pointer: string, entry: unknown): Checked<GrantTarget.GrantTarget> =>
  GrantTarget.isInput(entry)
    ? at(pointer)(GrantTarget.parse(entry))
    : E.left([wrongType(pointer, entry, 'the ARN of a repository, the address of an image, or a repository')])

const profile = (given: unknown): Checked<Arn.Arn | undefined> => {
  if (given === undefined) return E.right(undefined)
  const pointer = '/signingProfile'
  const name = text(pointer, 'the ARN of a signing profile')(given)
  if (E.isLeft(name)) return name
  const arn = at(pointer)(Arn.parse(name.right))
  if (E.isLeft(arn)) return arn
  const { service, resource } = arn.right
  return service === 'signer' && /^\/signing-profiles\/[^/*?]+$/.test(resource)
    ? arn
    : E.left([
        grantError(
          pointer,
          'InvalidArn',
          `${Problem.quote(name.right)} is not the ARN of a signing profile`,
          'it reads `arn:aws:signer:REGION:ACCOUNT:/signing-profiles/NAME`',
        ),
      ])
}

/** Each once, by its key, in the order of the keys. */
const onceInOrder = <T>(entries: readonly Placed<T>[], key: (value: T) => string): readonly Placed<T>[] => {
  const byKey = new Map<string, Placed<T>>() // local mutation: the first of each key
  for (const entry of entries) if (!byKey.has(key(entry.value))) byKey.set(key(entry.value), entry)
  return Array.from(byKey.entries(), ([order, entry]) => ({ order, entry }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ entry }) => entry)
}

// ---- operations ----

const ids: readonly string[] = Object.keys(operations)

const catalogueIndex = (id: OperationId): string => ids.indexOf(id).toString().padStart(4, '0')

/** The operations that a text may stand for, of which only those that fit are kept. */
interface Asked {
  readonly pointer: string
  readonly value: readonly OperationId[]
}

const parseOperation = (pointer: string, given: unknown): Checked<readonly Asked[]> => {
  if (typeof given !== 'string') return E.left([wrongType(pointer, given, 'the name of an operation')])
  if (isShortName(given)) return E.right([{ pointer, value: shortNames[given] }])
  if (isId(given)) return E.right([{ pointer, value: [given] }])
  const near = nearest([...ids, ...Object.keys(shortNames)])(given)
  return E.left([
    grantError(
      pointer,
      'UnknownOperation',
      `there is no operation ${Problem.quote(given)}`,
      near === undefined ? 'see `Ecr.operations` for all there are' : `did you mean \`${near}\`?`,
    ),
  ])
}

const isOfPublic = ({ id }: Operation): boolean => id.startsWith('public-')

/**
 * A short name that means both registries means the one in which there is a repository; the private one if in doubt. There
 * services pull without a token and everybody else with one.
 */
const fitting =
  ({ repositories, grantees }: Pick<Wish, 'repositories' | 'grantees'>) =>
  (meant: readonly Asked[]): readonly Placed<Operation>[] => {
    const hasPublic = repositories.some(({ value }) => GrantTarget.isPublic(value))
    const hasPrivate = !hasPublic || repositories.some(({ value }) => !GrantTarget.isPublic(value))
    const sorts = new Set(grantees.map(({ value }) => pullOf(value)))
    const isPulled = ({ id }: Operation): boolean => !isPull(id) || sorts.has(id)
    return meant.flatMap(({ pointer, value }) => {
      const all: readonly Operation[] = value.map((id) => operations[id])
      const both = all.some(isOfPublic) && !all.every(isOfPublic)
      return all
        .filter(
          (operation) => !both || (isOfPublic(operation) ? hasPublic : hasPrivate && isPulled(operation)),
        )
        .map((operation) => ({ pointer, value: operation }))
    })
  }

// ---- optional actions ----

const optionalActions = (asked: readonly Placed<Operation>[], given: unknown): Checked<readonly string[]> => {
  const all = asked.flatMap(({ value }) => value.optional)
  const known = all.filter(({ on }) => on !== 'cache-repository').map(({ action }) => action)
  const entries = placedTexts('/optional', 'the name of an action')(given)
  if (E.isLeft(entries)) return entries
  const errors = entries.right
    .filter(([, action]) => !known.includes(action))
    .map(([pointer, action]) =>
      grantError(
        pointer,
        'InvalidAction',
        `${Problem.quote(action)} is no optional action of what is asked`,
        known.length > 0
          ? `there are ${Array.from(new Set(known), Problem.quote).join(', ')}`
          : all.length > 0
            ? 'all there are bear on a repository for its cache: ask for `push` to that one apart'
            : 'there is none',
      ),
    )
  return unless(errors)(entries.right.map(([, action]) => action))
}
