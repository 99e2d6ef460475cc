/**
 * A `PolicyError` is a problem with its place in the input.
 *
 * @since 0.1.0
 */
import type * as E from 'fp-ts/lib/Either.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { getOrThrow, Problem } from '../model/index.js'
import { pointer } from './Place.js'
import { findingsLimit, type Finding } from './Sink.js'

// ---- model ----

/**
 * What is wrong, and where.
 *
 * - `pointer`: a JSON pointer (RFC 6901) to the value, or to the object that lacks something; empty for the whole input.
 * - `code`: stable, to test for; `message` and `suggestion` are for people.
 * - `line`, `column`: for JSON text only; from 1, columns in UTF-16 units. For policy text inside a scenario object they
 *   count in that text.
 *
 * @category errors
 * @since 0.1.0
 */
export interface PolicyError {
  readonly pointer: string
  readonly code: Problem.ProblemCode
  readonly message: string
  readonly suggestion: string | undefined
  readonly line?: number
  readonly column?: number
}

/**
 * What decoders return when they refuse: at least one error, at most a hundred and a last one that says so.
 *
 * @category errors
 * @since 0.1.0
 */
export type PolicyErrors = ReadonlyNonEmptyArray<PolicyError>

// ---- constructors ----

/**
 * Findings as errors; past the limit a last one, `TooManyErrors`, stands for the rest.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromFindings = (findings: readonly Finding[]): readonly PolicyError[] =>
  findings.length <= findingsLimit
    ? findings.map(fromFinding)
    : [
        ...findings.slice(0, findingsLimit).map(fromFinding),
        fromFinding({
          path: [],
          problem: Problem.problem(
            'TooManyErrors',
            `more than ${findingsLimit} errors; the rest is not shown`,
          ),
        }),
      ]

const fromFinding = ({
  path,
  problem: { code, message, suggestion },
  line,
  column,
}: Finding): PolicyError => ({
  pointer: pointer(path),
  code,
  message,
  suggestion,
  ...(line === undefined || column === undefined ? {} : { line, column }),
})

// ---- destructors ----

/**
 * The value, or a thrown `Error` that prints each error on a line of its own and has them all as its `cause`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const orThrow =
  (what: string) =>
  <A>(result: E.Either<PolicyErrors, A>): A =>
    getOrThrow((errors: PolicyErrors) => `${headline(what, errors)}\n${renderErrors(errors)}`)(result)

const headline = (what: string, { length }: PolicyErrors): string =>
  `${what} is not valid: ${length} ${length === 1 ? 'error' : 'errors'}`

// ---- rendering ----

/**
 * Errors for a terminal: a line each, with pointer, position, message, suggestion and code.
 *
 * @category rendering
 * @since 0.1.0
 */
export const renderErrors = (errors: readonly PolicyError[]): string => errors.map(renderError).join('\n')

const renderError = (error: PolicyError): string =>
  `  ${error.pointer === '' ? '(whole input)' : visible(error.pointer)}${position(error)}: ${Problem.show(error)} [${error.code}]`

/** A pointer holds keys of the input, which may hold line breaks. */
const visible = (text: string): string =>
  Array.from(text, (char) => (isHidden(char.charCodeAt(0)) ? escape(char.charCodeAt(0)) : char)).join('')

const isHidden = (code: number): boolean => code < 0x20 || (code >= 0x7f && code <= 0x9f) || code === 0x2028

const escape = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`

const position = ({ line, column }: PolicyError): string =>
  line === undefined || column === undefined ? '' : ` (line ${line}, column ${column})`
