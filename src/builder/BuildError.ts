/**
 * A `BuildError` is a problem with its place in the document. A check reports every one of them.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as A from 'fp-ts/lib/Array.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { Problem } from '../model/index.js'

// ---- model ----

/**
 * What is wrong, and where: `pointer` is a JSON pointer into the document as it would be printed with every element that
 * may be a list as a list, for instance `/Statement/0/Condition/StringEquals/aws:PrincipalOrgID/1`.
 *
 * @category errors
 * @since 0.1.0
 */
export interface BuildError extends Problem.Problem {
  readonly pointer: string
}

/**
 * All problems of a draft.
 *
 * @category errors
 * @since 0.1.0
 */
export type BuildErrors = ReadonlyNonEmptyArray<BuildError>

/**
 * A checked thing, or all that is wrong with it.
 *
 * @category errors
 * @since 0.1.0
 */
export type Checked<A> = E.Either<BuildErrors, A>

// ---- constructors ----

/**
 * A place further down: the name or index is escaped as JSON pointers want it.
 *
 * @category constructors
 * @since 0.1.0
 */
export const below = (path: string, name: string | number): string =>
  `${path}/${String(name).replace(/~/g, '~0').replace(/\//g, '~1')}`

/**
 * A refusal with its place.
 *
 * @category constructors
 * @since 0.1.0
 */
export const refuse = (pointer: string, { code, message, suggestion }: Problem.Problem): Checked<never> =>
  E.left([{ pointer, code, message, suggestion }])

/**
 * A result with its place, if it is a refusal.
 *
 * @category combinators
 * @since 0.1.0
 */
export const at =
  (path: string) =>
  <A>(result: E.Either<Problem.Problem, A>): Checked<A> =>
    E.isLeft(result) ? refuse(path, result.left) : result

// ---- combinators ----

/**
 * All the values, or all the errors in order.
 *
 * **Cost** linear.
 *
 * @category combinators
 * @since 0.1.0
 */
export const collect = <A>(results: readonly Checked<A>[]): Checked<readonly A[]> => {
  const { left, right } = RA.separate(results)
  const errors = left.flat()
  return A.isNonEmpty(errors) ? E.left(errors) : E.right(right)
}

// ---- rendering ----

/**
 * The errors for people: one line each, with place, message, suggestion and code, under a headline that counts them.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (errors: BuildErrors): string =>
  [
    `the policy is not valid: ${errors.length.toString()} ${errors.length === 1 ? 'error' : 'errors'}`,
    ...errors.map((error) => `  ${visible(error.pointer)}: ${Problem.show(error)} [${error.code}]`),
  ].join('\n')

/** A pointer holds names of context keys, which may hold line breaks. */
const visible = (text: string): string =>
  Array.from(text, (char) => (isHidden(char) ? `\\u${hex(char)}` : char)).join('')

const isHidden = (char: string): boolean =>
  char < ' ' || (char >= '\u007f' && char <= '\u009f') || char === '\u2028' || char === '\u2029'

const hex = (char: string): string => char.charCodeAt(0).toString(16).padStart(4, '0')
