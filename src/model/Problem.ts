/**
 * A `Problem` says why a text is not what it should be: a stable code to test for, a message for people and,
 * where one is known, the mend. It carries no place; a codec adds the JSON pointer and makes it a `PolicyError`.
 *
 * @since 0.1.0
 */

// ---- model ----

/**
 * The closed list of codes. A code never changes its meaning; new ones may be added.
 *
 * @category model
 * @since 0.1.0
 */
export type ProblemCode =
  | 'ConflictingElements'
  | 'DuplicateConditionKey'
  | 'DuplicateKey'
  | 'DuplicateSid'
  | 'EmptyList'
  | 'ForbiddenElement'
  | 'InvalidAccountId'
  | 'InvalidAction'
  | 'InvalidArn'
  | 'InvalidCaller'
  | 'InvalidCharacter'
  | 'InvalidConditionKey'
  | 'InvalidConditionOperator'
  | 'InvalidConditionValue'
  | 'InvalidContext'
  | 'InvalidEffect'
  | 'InvalidImageReference'
  | 'InvalidJson'
  | 'InvalidKind'
  | 'InvalidPrincipal'
  | 'InvalidRepositoryName'
  | 'InvalidResource'
  | 'InvalidSid'
  | 'InvalidType'
  | 'InvalidUrlEncoding'
  | 'InvalidVariable'
  | 'InvalidVersion'
  | 'MissingElement'
  | 'TooDeep'
  | 'TooLarge'
  | 'TooManyErrors'
  | 'UnknownElement'
  | 'UnknownOperation'

/**
 * Why a text was refused.
 *
 * `message` begins in lower case, has no line break and puts quoted input in backticks; `suggestion` is the
 * mend in one phrase, or `undefined`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Problem {
  readonly code: ProblemCode
  readonly message: string
  readonly suggestion: string | undefined
}

// ---- constructors ----

/**
 * A problem from its parts.
 *
 * @category constructors
 * @since 0.1.0
 */
export const problem = (code: ProblemCode, message: string, suggestion?: string): Problem => ({
  code,
  message,
  suggestion,
})

// ---- rendering ----

const QUOTE_LIMIT = 80

/**
 * A piece of user input fit to stand in a one-line message: in backticks, shortened past 80 characters, printable.
 *
 * @category rendering
 * @since 0.1.0
 */
export const quote = (input: string): string => {
  const shortened = input.length > QUOTE_LIMIT ? `${input.slice(0, QUOTE_LIMIT)}…` : input
  return `\`${printable(shortened)}\``
}

/**
 * A text in one printable line: control characters, line separators and lone surrogates written as escapes.
 *
 * @category rendering
 * @since 0.1.0
 */
export const printable = (text: string): string => Array.from(text, visible).join('')

const visible = (char: string): string => {
  const code = char.codePointAt(0) ?? 0
  const hidden =
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    code === 0x2028 ||
    code === 0x2029 ||
    (code >= 0xd800 && code <= 0xdfff)
  return hidden ? `\\u${code.toString(16).padStart(4, '0')}` : char
}

/**
 * One line for people: message, then the suggestion when there is one.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (that: Problem): string =>
  that.suggestion === undefined ? that.message : `${that.message} (${that.suggestion})`
