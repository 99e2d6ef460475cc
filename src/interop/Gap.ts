/**
 * A `Gap` is something that an input does not tell, or tells in a way that cannot be read: where, what, and what follows.
 *
 * @since 0.1.0
 */
import type * as E from 'fp-ts/lib/Either.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { PolicyErrors } from '../codec/index.js'
import { getOrThrow } from '../model/index.js'

// ---- model ----

/**
 * The closed list of codes. A code never changes its meaning; new ones may be added.
 *
 * - `InvalidInput`: the input is not of the shape that is read. `InvalidPolicy`: a policy in it is not well formed.
 * - `UnresolvedReference`: CloudFormation works this out when it deploys. `UnresolvedToken`: CDK does when it
 *   synthesizes. `KnownAfterApply`: Terraform does when it applies. `UnknownName`: a name that AWS makes up.
 * - `UnknownManagedPolicy`, `UnknownGroup`, `UnknownRepositoryPolicy`, `UnknownTags`: needed, and not in the input.
 * - `UnknownCondition`: whether this exists is not known. `OutsideOfInput`: this bears on something that is not here.
 * - `NotRead`: a part that may hold policies and is not read. `Truncated`: the input has further pages.
 * - `NotFound`, `Ambiguous`: the thing asked for. `NotExpressible`: has no counterpart in the other form.
 *
 * @category model
 * @since 0.1.0
 */
export type GapCode =
  | 'Ambiguous'
  | 'InvalidInput'
  | 'InvalidPolicy'
  | 'KnownAfterApply'
  | 'NotExpressible'
  | 'NotFound'
  | 'NotRead'
  | 'OutsideOfInput'
  | 'Truncated'
  | 'UnknownCondition'
  | 'UnknownGroup'
  | 'UnknownManagedPolicy'
  | 'UnknownName'
  | 'UnknownRepositoryPolicy'
  | 'UnknownTags'
  | 'UnresolvedReference'
  | 'UnresolvedToken'

/**
 * What is not known. `pointer`: a JSON pointer (RFC 6901) into the input, empty for the whole of it; `subject`: what it
 * is that is not known, by the name it has there; `message` begins in lower case; `suggestion` is the mend.
 *
 * @category model
 * @since 0.1.0
 */
export interface Gap {
  readonly pointer: string
  readonly code: GapCode
  readonly subject: string
  readonly message: string
  readonly suggestion: string | undefined
}

/**
 * One gap or more: why there is no plain answer.
 *
 * @category model
 * @since 0.1.0
 */
export type Gaps = ReadonlyNonEmptyArray<Gap>

// ---- constructors ----

/**
 * A gap from its parts.
 *
 * @category constructors
 * @since 0.1.0
 */
export const gap = (
  code: GapCode,
  pointer: string,
  subject: string,
  message: string,
  suggestion?: string,
): Gap => ({ pointer, code, subject, message, suggestion })

/**
 * What a decoder refused, as gaps below a place.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromErrors =
  (code: GapCode, pointer: string, subject: string) =>
  ([first, ...rest]: PolicyErrors): Gaps => {
    const one = (error: PolicyErrors[number]): Gap =>
      gap(code, `${pointer}${error.pointer}`, subject, error.message, error.suggestion)
    return [one(first), ...rest.map(one)]
  }

/**
 * Gaps without those that say the same of the same place.
 *
 * @category combinators
 * @since 0.1.0
 */
export const distinct = (gaps: readonly Gap[]): readonly Gap[] =>
  Array.from(
    new Map(
      gaps.map((one) => [`${one.code} ${one.pointer} ${one.subject} ${one.message}`, one] as const),
    ).values(),
  )

// ---- refinements ----

/**
 * Is there a gap at all?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isSome = (gaps: readonly Gap[]): gaps is Gaps => gaps.length > 0

// ---- destructors ----

/**
 * The value, or a thrown `Error` that prints each gap on a line of its own.
 *
 * @category destructors
 * @since 0.1.0
 */
export const orThrow: <A>(result: E.Either<Gaps, A>) => A = getOrThrow((gaps: Gaps) => render(gaps))

// ---- rendering ----

/**
 * Gaps for a terminal, a line each: place, message, suggestion and code.
 *
 * @example
 * import { Inventory } from 'ecr-policy/interop'
 *
 * Inventory.renderGaps([]) // => ''
 *
 * @category rendering
 * @since 0.1.0
 */
export const render = (gaps: readonly Gap[]): string => gaps.map(renderOne).join('\n')

const renderOne = ({ pointer, message, suggestion, code }: Gap): string =>
  `  ${pointer === '' ? '(whole input)' : pointer}: ${message}${suggestion === undefined ? '' : ` (${suggestion})`} [${code}]`
