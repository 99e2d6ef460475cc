/**
 * Documents that fit: made smaller, and shared out over several where that is not enough, so that all of them attached say
 * what the one said.
 *
 * Statements may stand in any of several attached policies (DE-1 to DE-3), and a statement that is too large by itself is
 * the union of statements with fewer values in one list, unless the list names what is not meant.
 *
 * Laws, of the result `Fits`: 1. `mergeAll(documents)` is interchangeable with the input, proven  2. each document is
 * within the quota  3. the order of statements and values of the input is of no consequence
 *
 * Source: SZ-1 to SZ-8.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { CodePoint, Frozen } from '../pattern/index.js'
import {
  DocumentJson,
  Quota,
  withStatements,
  type Document,
  type PolicyKind,
  type Statement,
} from '../model/index.js'
import { chunks, fill, type Piece } from './fitPieces.js'
import { mergeAll } from './merge.js'
import { minimize, type Minimized } from './minimize.js'
import { prove } from './minimizeProof.js'
import { book as bookOf } from './rewriteBook.js'
import { statementText } from './rewriteForm.js'
import { show, undecided, type Undecided } from './Undecided.js'
import { standardBudget, type Options } from './Verdict.js'

// ---- model ----

/**
 * - `characters`: the quota, where AWS has raised it; see `Document.limit` for what it is otherwise.
 * - `attachable`: how many policies may be attached side by side, where that has been raised, or some are attached already.
 *
 * @category model
 * @since 0.1.0
 */
export interface FitOptions extends Options {
  readonly characters?: number
  readonly attachable?: number
}

/**
 * Documents that fit, or why there are none.
 *
 * - `Fits`: `documents` attached together are proven to mean what the input means. No fewer than `atLeast` could hold its
 *   smallest form found, shared out by statements and values.
 * - `OnlyOne`: of this kind only one may be attached, and it is too large; `size` is that of the smallest form found.
 * - `Shared`: all policies of this kind have one quota together, so that sharing out gains nothing.
 * - `StatementTooLarge`: a statement that has no list to be shared out, or one with a value too long.
 * - `TooMany`: more documents would be needed than may be attached.
 *
 * @category model
 * @since 0.1.0
 */
export type Fit<D extends Document.Document = Document.Document> =
  | {
      readonly _tag: 'Fits'
      readonly documents: readonly [D, ...(readonly D[])]
      readonly atLeast: number
      readonly minimized: Minimized<D>
    }
  | { readonly _tag: 'OnlyOne' | 'Shared'; readonly size: number; readonly limit: number }
  | {
      readonly _tag: 'StatementTooLarge'
      readonly statement: Statement.Statement
      readonly size: number
      readonly limit: number
    }
  | {
      readonly _tag: 'TooMany'
      readonly needed: number
      readonly attachable: number
      readonly size: number
      readonly limit: number
    }
  | Undecided

// ---- sizes ----

const sizeOf = (document: Document.Document): number => DocumentJson.size(document)

const statementSize = (statement: Statement.Statement): number => CodePoint.count(statementText(statement))

// ---- fit ----

interface Room {
  readonly limit: number
  readonly attachable: number
  readonly shares: Quota.Quota['shares']
}

const roomOf = (kind: PolicyKind.PolicyKind, options: FitOptions): Room | undefined => {
  const quota = Quota.of(kind)
  const limit = options.characters ?? quota?.characters
  return limit === undefined
    ? undefined
    : {
        limit,
        attachable: options.attachable ?? quota?.attachable ?? 1,
        shares: quota?.shares ?? 'Each',
      }
}

/**
 * The document in one or more that fit a kind's quota: minimized, and shared out if it must be.
 *
 * **Details** a document that fits once it is minimized is one document. Otherwise statements are packed whole, the largest
 * first, and cut by their longest list only where they are too large by themselves, or where packing them whole would take
 * two documents more than the characters ask for. Version and Id stay; a Sid stays with the first part of its statement.
 * **Cost** that of `minimize`, and of a proof by texts.
 * **Errors** see `Fit`; `Budget` when the result could not be proven within the budget.
 *
 * @example
 * import { Algebra, Document } from 'ecr-policy'
 *
 * const repositories = Array.from({ length: 150 }, (_, i) => `arn:aws:ecr:eu-west-1:111122223333:repository/service-${i}`)
 * const document = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: { Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: repositories },
 * })
 * const result = Algebra.fit('managed')(document)
 * result._tag === 'Fits' ? result.documents.length : 0 // => 2
 * Algebra.fit('boundary')(document)._tag // => 'OnlyOne'
 *
 * @category combinators
 * @since 0.1.0
 */
export const fit =
  (kind: PolicyKind.PolicyKind, options: FitOptions = {}) =>
  <D extends Document.Document>(document: D): Fit<D> =>
    Frozen.deep(fitted(kind, options, Frozen.own(document)))

const fitted = <D extends Document.Document>(
  kind: PolicyKind.PolicyKind,
  options: FitOptions,
  document: D,
): Fit<D> => {
  const minimized = minimize(document, options)
  const small = minimized.document
  const room = roomOf(kind, options)
  const size = sizeOf(small)
  if (room === undefined || size <= room.limit)
    return { _tag: 'Fits', documents: [small], atLeast: 1, minimized }
  if (room.shares === 'All') return { _tag: 'Shared', size, limit: room.limit }
  if (room.attachable < 2) return { _tag: 'OnlyOne', size, limit: room.limit }
  return shareOut(document, minimized, room, size, options.budget ?? standardBudget)
}

const shareOut = <D extends Document.Document>(
  input: D,
  minimized: Minimized<D>,
  { limit, attachable }: Room,
  size: number,
  budget: number,
): Fit<D> => {
  const small = minimized.document
  const [first] = small.statements
  const frame = sizeOf(withStatements(small, [first])) - statementSize(first)
  const pieces = small.statements.map((statement): Piece => ({ statement, size: statementSize(statement) }))
  const capacity = limit - frame
  const whole = pieces.map((piece) => chunks(statementSize, capacity)(piece))
  const stuck = pieces.find((_, i) => whole[i] === undefined)
  if (stuck !== undefined)
    return { _tag: 'StatementTooLarge', statement: stuck.statement, size: stuck.size, limit: capacity }
  const atLeast = Math.ceil((size - frame + 1) / (capacity + 1))
  const parts = fill(statementSize, capacity, atLeast + 1)(whole.flatMap((each) => each ?? []))
  if (parts.length > attachable) return { _tag: 'TooMany', needed: parts.length, attachable, size, limit }
  const documents = parts.map((part) =>
    withStatements(
      small,
      part.map(({ statement }) => statement),
    ),
  )
  return proven(input, documents, { atLeast, minimized, budget })
}

const proven = <D extends Document.Document>(
  input: D,
  documents: readonly D[],
  {
    atLeast,
    minimized,
    budget,
  }: { readonly atLeast: number; readonly minimized: Minimized<D>; readonly budget: number },
): Fit<D> => {
  const merged = mergeAll(documents)
  const [first, ...rest] = documents
  if (E.isLeft(merged)) return merged.left
  if (merged.right === undefined || first === undefined)
    return undecided('NotExpressible', 'a document has at least one statement', 0)
  const book = bookOf([...input.statements, ...merged.right.statements], input.version)
  const status = prove(input, merged.right, book, { budget })
  return status === 'Proven' ? { _tag: 'Fits', documents: [first, ...rest], atLeast, minimized } : status
}

/**
 * What came of it, in a line or two.
 *
 * @category rendering
 * @since 0.1.0
 */
export const renderFit = (result: Fit): string => {
  switch (result._tag) {
    case 'Fits':
      return result.documents.length === 1
        ? 'it fits into one document'
        : `it fits into ${result.documents.length} documents (no fewer than ${result.atLeast} can hold it), proven to mean the same together`
    case 'OnlyOne':
      return `it has ${result.size} characters of at most ${result.limit}, and only one policy of this kind may be attached`
    case 'Shared':
      return `it has ${result.size} characters of at most ${result.limit}, which all inline policies of one identity share: make it a managed policy`
    case 'StatementTooLarge':
      return `one statement has ${result.size} characters, there is room for ${result.limit}, and it has no list that can be shared out`
    case 'TooMany':
      return `it takes ${result.needed} documents, and at most ${result.attachable} may be attached`
    case 'Undecided':
      return show(result)
  }
}
