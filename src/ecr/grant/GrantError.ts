/**
 * A `GrantError` says what in the input of a grant cannot be granted, with its place.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Applicative2C } from 'fp-ts/lib/Applicative.js'
import * as A from 'fp-ts/lib/Array.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as NEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { OneOrMore } from '../../builder/index.js'
import { Given, type Problem } from '../../model/index.js'

// ---- model ----

/**
 * Codes of refused grants: those of texts that do not read, and
 *
 * - `UnknownOperation`: neither the id of an operation nor a short name of one.
 * - `UnusedTarget`: a repository, a source or a profile that no asked operation has to do with.
 * - `LeakyScope`: a wildcard elsewhere than in a closing `/*` (EX-27).
 * - `UnsuitablePrincipal`: nothing can be attached to it, or it does not do what is asked.
 * - `UnsuitableTarget`: it cannot be granted to this principal, or not in this way.
 * - `MissingSource`: a service whose `sourceArns` leave open on whose behalf it acts (EX-40).
 * - `OtherPartition`: accounts of different partitions cannot grant to each other (XA-6).
 *
 * @category errors
 * @since 0.1.0
 */
export type GrantErrorCode =
  | Problem.ProblemCode
  | 'UnusedTarget'
  | 'LeakyScope'
  | 'UnsuitablePrincipal'
  | 'UnsuitableTarget'
  | 'MissingSource'
  | 'OtherPartition'

/**
 * What is wrong, and where: `pointer` is a JSON pointer into the input, as in `/principals/0`; empty for the whole.
 *
 * @category errors
 * @since 0.1.0
 */
export interface GrantError {
  readonly pointer: string
  readonly code: GrantErrorCode
  readonly message: string
  readonly suggestion: string | undefined
}

/**
 * All that is wrong with an input.
 *
 * @category errors
 * @since 0.1.0
 */
export type GrantErrors = NEA.ReadonlyNonEmptyArray<GrantError>

/**
 * A checked thing, or all that is wrong with it.
 *
 * @category errors
 * @since 0.1.0
 */
export type Checked<T> = E.Either<GrantErrors, T>

// ---- constructors ----

/**
 * An error from its parts.
 *
 * @category constructors
 * @since 0.1.0
 */
export const grantError = (
  pointer: string,
  code: GrantErrorCode,
  message: string,
  suggestion?: string,
): GrantError => ({ pointer, code, message, suggestion })

/**
 * A result with its place, if it is a refusal.
 *
 * @category combinators
 * @since 0.1.0
 */
export const at =
  (pointer: string) =>
  <T>(result: E.Either<Omit<GrantError, 'pointer'>, T>): Checked<T> =>
    E.isLeft(result)
      ? E.left([grantError(pointer, result.left.code, result.left.message, result.left.suggestion)])
      : result

/**
 * The value, unless there are errors; what is said twice is told once.
 *
 * @category combinators
 * @since 0.1.0
 */
export const unless =
  (errors: readonly GrantError[]) =>
  <T>(value: T): Checked<T> => {
    const all = Array.from(new Map(errors.map((error) => [JSON.stringify(error), error])).values())
    return A.isNonEmpty(all) ? E.left(all) : E.right(value)
  }

/**
 * All values, or all errors in order.
 *
 * @category combinators
 * @since 0.1.0
 */
export const collect = <T>(results: readonly Checked<T>[]): Checked<readonly T[]> => {
  const { left, right } = RA.separate(results)
  return unless(left.flat())(right)
}

/**
 * Several checked things as one, with all errors in order.
 *
 * @category instances
 * @since 0.1.0
 */
export const applicative: Applicative2C<E.URI, GrantErrors> = E.getApplicativeValidation(
  NEA.getSemigroup<GrantError>(),
)

// ---- destructors ----

/**
 * The entries of a list, each with its place; a thing given without a list stands at the place of the list.
 *
 * @category destructors
 * @since 0.1.0
 */
export const placed =
  (pointer: string) =>
  <T>(given: OneOrMore<T> | undefined): readonly (readonly [pointer: string, entry: T])[] => {
    if (given === undefined) return []
    return isList(given) ? given.map((entry, i) => [`${pointer}/${i}`, entry]) : [[pointer, given]]
  }

const isList = <T>(given: OneOrMore<T>): given is readonly T[] => Array.isArray(given)

/**
 * What came where something else should have: callers without types send anything.
 *
 * @category constructors
 * @since 0.1.0
 */
export const wrongType = (pointer: string, given: unknown, wanted: string): GrantError =>
  grantError(
    pointer,
    given === undefined ? 'MissingElement' : 'InvalidType',
    `this is to be ${wanted}, and is ${Given.sortOf(given)}`,
  )

/**
 * A text, or the error that it is none. `wanted` says what the text is.
 *
 * @category constructors
 * @since 0.1.0
 */
export const text =
  (pointer: string, wanted: string) =>
  (given: unknown): Checked<string> =>
    typeof given === 'string' ? E.right(given) : E.left([wrongType(pointer, given, wanted)])

/**
 * The entries of a list of texts, each with its place, or all entries that are none.
 *
 * @category constructors
 * @since 0.1.0
 */
export const placedTexts =
  (pointer: string, wanted: string) =>
  (given: unknown): Checked<readonly (readonly [pointer: string, entry: string])[]> =>
    collect(
      placed(pointer)<unknown>(given).map(([place, entry]) =>
        E.map((entryText: string) => [place, entryText] as const)(text(place, wanted)(entry)),
      ),
    )

// ---- rendering ----

/**
 * The errors for people: one line each, with place, message, suggestion and code, under a headline that counts them.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (errors: GrantErrors): string =>
  [
    `this cannot be granted: ${errors.length.toString()} ${errors.length === 1 ? 'error' : 'errors'}`,
    ...errors.map(({ pointer, code, message, suggestion }) => {
      const place = pointer === '' ? '(the whole)' : pointer
      return `  ${place}: ${message}${suggestion === undefined ? '' : ` (${suggestion})`} [${code}]`
    }),
  ].join('\n')
