/**
 * A `Rule` looks at a document and remarks on it; a linter is a list of rules.
 *
 * @since 0.1.0
 */
import { type Document, Frozen, type PolicyKind, type Statement } from '../model/index.js'
import type { Finding, Remark, Severity } from './Finding.js'
import { prover, type Prover } from './Prover.js'

// ---- model ----

/**
 * What a run of rules may be told.
 *
 * - `rules`: rules to switch off, or to give another severity.
 * - `owner`: the account that owns what the document is attached to; without it no own account is recognized.
 * - `characters`: the room for this document, where the kind's quota is raised or shared with others (SZ-1, SZ-4).
 * - `budget`: steps for all proofs of a run together, a count that does not depend on the machine; 200,000 unless given.
 *
 * @category model
 * @since 0.1.0
 */
export interface Options<Id extends string = string> {
  readonly rules?: Readonly<Partial<Record<Id, Severity | 'off'>>> | undefined
  readonly owner?: string | undefined
  readonly characters?: number | undefined
  readonly budget?: number | undefined
}

/**
 * What a rule looks at. Its questions of meaning go to `prover`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Subject<O> {
  readonly document: Document.Document
  readonly kind: PolicyKind.PolicyKind
  readonly options: O
  readonly prover: Prover
}

/**
 * A rule: `title` says what it finds, `sources` names the rules of docs/semantics.md behind it. An id never changes its
 * meaning; new ones may be added.
 *
 * @category model
 * @since 0.1.0
 */
export interface Rule<Id extends string, O = Options> {
  readonly id: Id
  readonly severity: Severity
  readonly title: string
  readonly sources: readonly string[]
  /** What there is to say about a document. */
  readonly check: (subject: Subject<O>) => readonly Remark[]
}

/**
 * A statement and its place, from 0.
 *
 * @category model
 * @since 0.1.0
 */
export interface Placed<S extends Statement.Statement = Statement.Statement> {
  readonly statement: S
  readonly index: number
}

/**
 * What a rule about single statements says of one.
 *
 * @category model
 * @since 0.1.0
 */
export type StatementCheck<O> = (subject: Subject<O>) => (placed: Placed) => readonly Remark[]

// ---- constructors ----

/**
 * A check of documents that asks a check of statements about every statement.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ofStatements =
  <O>(check: StatementCheck<O>): Rule<string, O>['check'] =>
  (subject) =>
    subject.document.statements.flatMap((statement, index) => check(subject)({ statement, index }))

// ---- evaluation ----

/** Enough for some hundred questions of ordinary size. */
const standardBudget = 200_000

/**
 * What the rules find, in their order. No finding means that no rule spoke, not that the document is right.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const run =
  <Id extends string, O extends Options<Id>>(rules: readonly Rule<Id, O>[]) =>
  (given: Document.Document, kind: PolicyKind.PolicyKind, options: O): readonly Finding<Id>[] => {
    const document = Frozen.own(given)
    const subject = { document, kind, options, prover: prover(options.budget ?? standardBudget) }
    const found = rules.flatMap(({ id, severity, check }) => {
      const chosen: Severity | 'off' = options.rules?.[id] ?? severity
      return chosen === 'off' ? [] : check(subject).map((remark) => ({ id, severity: chosen, ...remark }))
    })
    return Frozen.deep(found)
  }
