/**
 * A `Bounded` is a policy of which parts may not be known: two documents between which it lies. `least` grants no
 * request that the policy does not grant and denies every request that it denies; `most` the other way round. Where all
 * is known, both are the policy.
 *
 * A decision allows more the more an Allow matches and the less a Deny does, so what `least` allows is allowed, and what
 * `most` does not allow is not.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  isList,
  isRecord,
  member,
  parse,
  parseOrThrow,
  plain,
  type PolicyErrors,
  type UnknownRecord,
} from '../codec/index.js'
import type { Document, PolicyKind, Statement } from '../model/index.js'
import { blur } from './blur.js'
import { distinct, fromErrors, type Gap } from './Gap.js'
import { hasHole, locate } from './Hole.js'
import { holeGap } from './holeGap.js'

// ---- model ----

/**
 * A policy between two documents; undefined where a document would have no statement. `name` is what the input calls the
 * policy, `pointer` where it stands there, `gaps` what is not known of it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Bounded<S extends Statement.Statement = Statement.Statement> {
  readonly name: string
  readonly pointer: string
  readonly least: Document.Document<S> | undefined
  readonly most: Document.Document<S> | undefined
  readonly gaps: readonly Gap[]
}

/**
 * A policy without principals.
 *
 * @category model
 * @since 0.1.0
 */
export type BoundedIdentity = Bounded<Statement.IdentityStatement>

/**
 * A policy that names principals.
 *
 * @category model
 * @since 0.1.0
 */
export type BoundedResource = Bounded<Statement.ResourceStatement>

type Reader<D> = (json: unknown) => E.Either<PolicyErrors, D>

type Effect = Statement.Effect

/** How policies of a kind are read, and a statement and a document of it that match everything. */
interface Sort<S extends Statement.Statement> {
  readonly read: Reader<Document.Document<S>>
  readonly statement: (effect: Effect) => UnknownRecord
  readonly document: (effect: Effect) => Document.Document<S>
}

/**
 * What an input has of a policy: what to call it, where it stands, and its JSON, as a value or as text.
 *
 * @category model
 * @since 0.1.0
 */
export interface Written {
  readonly name: string
  readonly pointer: string
  readonly json: unknown
}

// ---- constructors ----

/**
 * A policy that is known.
 *
 * @category constructors
 * @since 0.1.0
 */
export const known = <S extends Statement.Statement>(
  name: string,
  pointer: string,
  document: Document.Document<S>,
): Bounded<S> => ({
  name,
  pointer,
  least: document,
  most: document,
  gaps: [],
})

const identitySort = (kind: PolicyKind.IdentityKind): Sort<Statement.IdentityStatement> => {
  const statement = (effect: Effect): UnknownRecord => ({ Effect: effect, Action: '*', Resource: '*' })
  return {
    read: (json) => parse(json, kind),
    statement,
    document: (effect) => parseOrThrow({ Statement: statement(effect) }, 'identity'),
  }
}

/** A trust policy names no resource. */
const resourceSort = (kind: PolicyKind.ResourceKind): Sort<Statement.ResourceStatement> => {
  const trust = (effect: Effect): UnknownRecord => ({ Effect: effect, Principal: '*', Action: '*' })
  const statement = (effect: Effect): UnknownRecord => ({ ...trust(effect), Resource: '*' })
  return {
    read: (json) => parse(json, kind),
    statement: kind === 'trust' ? trust : statement,
    document: (effect) => parseOrThrow({ Statement: statement(effect) }, 'resource'),
  }
}

/**
 * A policy without principals of which nothing is known but why.
 *
 * @category constructors
 * @since 0.1.0
 */
export const unknownIdentity = (
  name: string,
  ...gaps: readonly [Gap, ...(readonly Gap[])]
): BoundedIdentity => unknown(identitySort('identity'), { name, pointer: gaps[0].pointer }, gaps)

/**
 * A policy that names principals of which nothing is known but why.
 *
 * @category constructors
 * @since 0.1.0
 */
export const unknownResource = (
  name: string,
  ...gaps: readonly [Gap, ...(readonly Gap[])]
): BoundedResource => unknown(resourceSort('resource'), { name, pointer: gaps[0].pointer }, gaps)

const unknown = <S extends Statement.Statement>(
  { document }: Sort<S>,
  { name, pointer }: Omit<Written, 'json'>,
  gaps: readonly Gap[],
): Bounded<S> => ({ name, pointer, least: document('Deny'), most: document('Allow'), gaps })

/**
 * A policy of a kind without principals from JSON with or without holes. One that is not well formed, which AWS would
 * have refused, is one of which nothing is known.
 *
 * @category constructors
 * @since 0.1.0
 */
export const identity: (kind: PolicyKind.IdentityKind) => (written: Written) => BoundedIdentity = (kind) =>
  bounded(identitySort(kind))

/**
 * A policy of a kind that names principals from JSON with or without holes.
 *
 * @category constructors
 * @since 0.1.0
 */
export const resource: (kind: PolicyKind.ResourceKind) => (written: Written) => BoundedResource = (kind) =>
  bounded(resourceSort(kind))

const bounded =
  <S extends Statement.Statement>(sort: Sort<S>) =>
  (written: Written): Bounded<S> => {
    const { name, pointer } = written
    const json = valueOf(written.json)
    const gaps = locate(json, pointer).map(holeGap)
    const refused = (errors: PolicyErrors): Bounded<S> =>
      unknown(sort, written, [...gaps, ...fromErrors('InvalidPolicy', pointer, name)(errors)])
    const [first, ...rest] = gaps
    if (first === undefined) {
      const read = sort.read(json)
      return E.isLeft(read) ? refused(read.left) : known(name, pointer, read.right)
    }
    const parts = isRecord(json) ? partsOf(json, sort.statement) : undefined
    if (parts === undefined) return unknown(sort, written, [first, ...rest])
    const least = readPart(sort.read, parts.least)
    const most = readPart(sort.read, parts.most)
    if (E.isLeft(least)) return refused(least.left)
    return E.isLeft(most)
      ? refused(most.left)
      : { name, pointer, least: least.right, most: most.right, gaps: distinct(gaps) }
  }

/** Text of JSON is read, holes and all; what is none is left to the codec. */
const valueOf = (json: unknown): unknown => {
  const read = typeof json === 'string' ? plain(json) : E.right(json)
  return E.isLeft(read) ? json : read.right
}

interface Parts {
  readonly least: UnknownRecord | undefined
  readonly most: UnknownRecord | undefined
}

const readPart = <D>(
  read: Reader<D>,
  part: UnknownRecord | undefined,
): E.Either<PolicyErrors, D | undefined> => (part === undefined ? E.right(undefined) : read(part))

/** Both bounds as JSON; undefined where holes leave nothing to go by. */
const partsOf = (json: UnknownRecord, everything: (effect: Effect) => UnknownRecord): Parts | undefined => {
  const frame = Object.fromEntries(
    Object.entries(json).filter(([name]) => name !== 'Statement' && name !== 'Id'),
  )
  if (locate(frame, '').length > 0) return undefined
  const written = member(json, 'Statement')
  if (typeof written === 'string' && hasHole(written)) return undefined
  const blurred = (isList(written) ? written : [written]).map(blur)
  const part = (pick: 'least' | 'most', effect: Effect): UnknownRecord | undefined => {
    const statements = blurred.flatMap((one) =>
      one === undefined ? [everything(effect)] : (one[pick] ?? []),
    )
    return statements.length === 0 ? undefined : { ...frame, Statement: statements }
  }
  return { least: part('least', 'Deny'), most: part('most', 'Allow') }
}

// ---- combinators ----

/**
 * A policy that may or may not be attached: at least its Denies count, at most its Allows.
 *
 * @category combinators
 * @since 0.1.0
 */
export const possibly =
  (...why: readonly Gap[]) =>
  <S extends Statement.Statement>(policy: Bounded<S>): Bounded<S> => ({
    ...policy,
    least: only('Deny')(policy.least),
    most: only('Allow')(policy.most),
    gaps: distinct([...why, ...policy.gaps]),
  })

const only =
  (effect: Effect) =>
  <S extends Statement.Statement>(
    document: Document.Document<S> | undefined,
  ): Document.Document<S> | undefined => {
    const [first, ...rest] = document?.statements.filter((statement) => statement.effect === effect) ?? []
    return document === undefined || first === undefined
      ? undefined
      : { ...document, statements: [first, ...rest] }
  }

/**
 * A policy of something that may not exist: at least, all is denied.
 *
 * @category combinators
 * @since 0.1.0
 */
export const unlessAbsent = (
  policy: BoundedResource | undefined,
  gaps: readonly Gap[],
): BoundedResource | undefined => {
  const [first, ...rest] = gaps
  if (first === undefined) return policy
  const floor = unknownResource(policy?.name ?? first.subject, first, ...rest)
  return { ...floor, most: policy?.most, gaps: distinct([...gaps, ...(policy?.gaps ?? [])]) }
}

/**
 * What stands beside the policies of a user or role that may not exist: at least, all is denied.
 *
 * @category constructors
 * @since 0.1.0
 */
export const absence = (...gaps: readonly [Gap, ...(readonly Gap[])]): BoundedIdentity => ({
  ...unknownIdentity(gaps[0].subject, ...gaps),
  most: undefined,
})
