/**
 * A `Finding` is one thing that a rule has to say about a policy document: plain data, with its place and, where the rule
 * knows one, the `Fix` that does away with it.
 *
 * @since 0.1.0
 */
import type { Fix } from './Fix.js'

// ---- model ----

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
 * What a rule says of one place.
 *
 * - `pointer`: a JSON pointer (RFC 6901) into the document as `Document.toJson` prints it; empty for the whole.
 * - `message`: one line, in lower case, input in backticks. `mend`: what to do, in one phrase, where that is known.
 * - `source`: the rule of docs/semantics.md behind it.
 * - `fix`: an edit that does it, where one can be told without asking; undefined otherwise.
 *
 * @category model
 * @since 0.1.0
 */
export interface Remark {
  readonly pointer: string
  readonly message: string
  readonly source: string
  readonly mend: string | undefined
  readonly fix: Fix | undefined
}

/**
 * One thing found: a remark, the rule that makes it, and how bad it is, by the rule or by the options.
 *
 * It is data all through, its fix too, so that it can be printed as JSON, kept, compared in a test, and shown to somebody
 * who then decides; `Lint.apply` turns a fix into a function on documents.
 *
 * @category model
 * @since 0.1.0
 */
export interface Finding<Id extends string = string> extends Remark {
  readonly id: Id
  readonly severity: Severity
}

// ---- rendering ----

/**
 * Findings for a terminal: a line each, with severity, pointer, message, mend and source; one line that says so where
 * there are none.
 *
 * @example
 * import { Document, Ecr, Lint } from 'ecr-policy'
 *
 * const policy = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: 'arn:aws:ecr:*:*:repository/app' },
 * }, 'identity')
 * Lint.render(Ecr.lint(policy, 'identity'))
 * // => '  error at /Statement/0/Action: `ecr:GetAuthorizationToken` has no resource, so under an ARN it matches nothing (put it into a statement of its own with `"Resource": "*"`) [SM-R7]'
 *
 * @category rendering
 * @since 0.1.0
 */
export const render = (findings: readonly Finding[]): string =>
  findings.length === 0 ? '  no findings' : findings.map(lineOf).join('\n')

const lineOf = ({ severity, pointer, message, mend, source }: Finding): string => {
  const place = pointer === '' ? '(whole document)' : pointer
  return `  ${severity} at ${place}: ${message}${mend === undefined ? '' : ` (${mend})`} [${source}]`
}
