/**
 * A `Finding` is one thing that a review has to say about a policy document: plain data, with its place.
 *
 * @since 0.1.0
 */
import { Action, Principal, type Document, type PolicyKind, type Statement } from '../model/index.js'
import { Glob } from '../pattern/index.js'

// ---- model ----

/**
 * Which rule speaks. An id never changes its meaning; new ones may be added.
 *
 * @category model
 * @since 0.1.0
 */
export type FindingId =
  | 'unknown-action'
  | 'resource-on-account-action'
  | 'no-effect-in-repository-policy'
  | 'partial-pull'
  | 'partial-push'
  | 'push-without-manifest'
  | 'more-than-a-pull'
  | 'broken-promise'
  | 'session-principal'
  | 'own-account-principal'
  | 'service-without-source'
  | 'organization-without-services'
  | 'everyone-allowed'
  | 'allow-with-not-action'
  | 'only-denies'
  | 'variable-without-version'

/**
 * How bad it is.
 *
 * - `error`: something written there cannot do what it says.
 * - `warning`: it does something, and likely not all that was meant, or more.
 * - `info`: it works, and could do with less.
 *
 * @category model
 * @since 0.1.0
 */
export type Severity = 'error' | 'warning' | 'info'

/**
 * One thing found.
 *
 * - `pointer`: a JSON pointer (RFC 6901) into the document as `Document.toJson` prints it; empty for the whole.
 * - `message`: one line, in lower case, input in backticks. `mend`: what to do, in one phrase, where that is known.
 * - `source`: the rule of docs/semantics.md behind it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Finding {
  readonly id: FindingId
  readonly severity: Severity
  readonly pointer: string
  readonly message: string
  readonly source: string
  readonly mend: string | undefined
}

/**
 * A thing that the name or the description of a policy may say it is for.
 *
 * @category model
 * @since 0.1.0
 */
export type Promised = 'pull' | 'push' | 'delete'

/**
 * What a review may be told beside the document.
 *
 * - `owner`: the account that owns what the document is attached to; without it no own account is recognized.
 * - `promises`: what its name or description says it allows.
 *
 * @category model
 * @since 0.1.0
 */
export interface ReviewOptions {
  readonly owner?: string | undefined
  readonly promises?: readonly Promised[] | undefined
}

/**
 * What a rule looks at.
 *
 * @category model
 * @since 0.1.0
 */
export interface Subject {
  readonly document: Document.Document
  readonly kind: PolicyKind.PolicyKind
  readonly options: ReviewOptions
}

/**
 * A rule about whole documents.
 *
 * @category model
 * @since 0.1.0
 */
export type Rule = (subject: Subject) => readonly Finding[]

/**
 * A rule about one statement; `index` counts from 0.
 *
 * @category model
 * @since 0.1.0
 */
export type StatementRule = (
  subject: Subject,
) => (statement: Statement.Statement, index: number) => readonly Finding[]

// ---- constructors ----

/**
 * A rule about documents that asks a statement rule about every statement.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ofStatements =
  (rule: StatementRule): Rule =>
  (subject) =>
    subject.document.statements.flatMap(rule(subject))

// ---- destructors ----

/**
 * The pointer to a statement.
 *
 * @category destructors
 * @since 0.1.0
 */
export const statementAt = (index: number): string => `/Statement/${index}`

/**
 * The pointer to an element of a statement: `member('Action')(at)`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const member =
  (key: string) =>
  (pointer: string): string =>
    `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`

/**
 * The pointer to an entry of a list; a list of one is printed as its entry and has no index.
 *
 * @category destructors
 * @since 0.1.0
 */
export const entry =
  (list: readonly unknown[], index: number) =>
  (pointer: string): string =>
    list.length === 1 ? pointer : `${pointer}/${index}`

/**
 * The pointer to a principal of a clause, from the pointer of its statement.
 *
 * @category destructors
 * @since 0.1.0
 */
export const principalAt =
  ({ _tag, principals }: Principal.PrincipalClause, wanted: Principal.Principal) =>
  (pointer: string): string => {
    const clause = member(_tag)(pointer)
    if (principals.length === 1 && principals[0]._tag === 'Everyone') return clause
    const type = Principal.typeOf(wanted)
    const alike = principals.filter((other) => Principal.typeOf(other) === type)
    return entry(alike, alike.indexOf(wanted))(member(type)(clause))
  }

// ---- predicates ----

/**
 * Does an action pattern fit an action? (SM-A1, SM-A2)
 *
 * @category predicates
 * @since 0.1.0
 */
export const fits = (pattern: Action.ActionPattern): ((action: string) => boolean) => {
  const matches = Glob.matches(Glob.parse(Action.fold(pattern)))
  return (action) => matches(action.toLowerCase())
}

/**
 * Is a statement about this action? (SM-A5)
 *
 * @category predicates
 * @since 0.1.0
 */
export const isAbout =
  ({ action: clause }: Statement.Statement) =>
  (action: string): boolean =>
    clause.patterns.some((pattern) => fits(pattern)(action)) === (clause._tag === 'Action')

// ---- rendering ----

/**
 * Names for a message: in backticks, with commas.
 *
 * @category rendering
 * @since 0.1.0
 */
export const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')
