/**
 * Questions of meaning, put to the algebra within one budget for a whole run of rules.
 *
 * A rule may speak only of what is proven, so that an answer is true when it is proven and false when it is refuted or
 * not to be had; the names say which way round.
 *
 * @since 0.1.0
 */
import { Algebra } from '../algebra/index.js'
import { Condition, withStatements, type Document, type Statement } from '../model/index.js'
import * as E from 'fp-ts/lib/Either.js'

// ---- model ----

/**
 * Proves within a budget.
 *
 * @category model
 * @since 0.1.0
 */
export interface Prover {
  /** Proven: the left document allows nothing that the right one does not. */
  readonly isNoBroader: (left: Document.Document, right: Document.Document) => boolean
  /** Proven, by a request: the left document allows something that the right one does not. */
  readonly isBroader: (left: Document.Document, right: Document.Document) => boolean
  /** Proven: one document may stand for the other anywhere. */
  readonly isInterchangeable: (left: Document.Document, right: Document.Document) => boolean
  /** Proven, by a request: somebody of the public is allowed something. */
  readonly isPublic: (document: Document.Document) => boolean
}

/** For one question: what takes more is not worth it. */
const MOST_STEPS = 20_000

/** Counted for each question beside the steps of its search, so that the budget bounds the reading of documents too. */
const PRICE = 20

// ---- constructors ----

/**
 * A prover with so many steps.
 *
 * @category constructors
 * @since 0.1.0
 */
export const prover = (limit: number): Prover => {
  let left = limit // local mutation: what is left of the budget
  const ask = (
    wanted: 'Yes' | 'No',
    size: number,
    question: (options: { readonly budget: number }) => Algebra.Verdict,
  ): boolean => {
    left -= PRICE * size
    if (left <= 0) return false
    const verdict = question({ budget: Math.min(left, MOST_STEPS) })
    left -= verdict.spent
    return verdict._tag === wanted
  }
  const sizeOf = (a: Document.Document, b: Document.Document): number =>
    a.statements.length + b.statements.length
  return {
    isNoBroader: (a, b) => ask('Yes', sizeOf(a, b), (options) => Algebra.isNoBroader(a, b, options)),
    isBroader: (a, b) => ask('No', sizeOf(a, b), (options) => Algebra.isNoBroader(a, b, options)),
    isInterchangeable: (a, b) =>
      ask('Yes', sizeOf(a, b), (options) => Algebra.interchangeable(a, b, options)),
    isPublic: (document) => {
      left -= PRICE * document.statements.length
      return left > 0 && Algebra.isPublic(document, { budget: Math.min(left, MOST_STEPS) })._tag === 'Public'
    },
  }
}

// ---- documents in questions ----

/**
 * A document that allows nothing, to compare others with.
 *
 * @category constructors
 * @since 0.1.0
 */
export const silenced = (document: Document.Document): Document.Document =>
  withStatements(document, [{ ...document.statements[0], effect: 'Deny' }])

/**
 * The statement with one more test; undefined where it has a test of the same key under the same operator already.
 *
 * @category combinators
 * @since 0.1.0
 */
export const restricted =
  (operator: string, key: string, values: readonly string[]) =>
  <S extends Statement.Statement>(statement: S): S | undefined => {
    const condition = Condition.make(operator, key, values)
    if (E.isLeft(condition)) return undefined
    const conditions = Condition.block([...statement.conditions, condition.right])
    return E.isLeft(conditions) ? undefined : { ...statement, conditions: conditions.right }
  }

// ---- predicates ----

/**
 * Does the statement name a caller of whom only AWS knows who it is (PR-14, U-21)? The algebra holds that it matches
 * nobody, which is no ground to say so.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isOpaque = (statement: Statement.Statement): boolean =>
  statement._tag === 'ResourceStatement' &&
  statement.principal.principals.some(({ _tag }) => _tag === 'CanonicalUser' || _tag === 'UniqueId')
