/**
 * What constructors are given by those who write no types. Types rule all of this out; without them a misspelt part would
 * pass for an absent one, and JSON for a policy.
 *
 * @since 0.1.0
 */
import { nearest } from './nearest.js'
import { problem, quote, type Problem } from './Problem.js'

// ---- model ----

/**
 * What is wrong with something, if anything is; `at` is its place, a JSON pointer.
 *
 * @category model
 * @since 0.1.0
 */
export type Fault = (given: unknown, at: string) => Problem | undefined

// ---- refinements ----

/**
 * Is this text?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isText = (given: unknown): given is string => typeof given === 'string'

/**
 * Is this a list?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isList = (given: unknown): given is readonly unknown[] => Array.isArray(given)

/**
 * Is this an object of parts by name: no list, and no `Map`, `Set` or `Date`, whose content has no names?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isRecord = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' &&
  given !== null &&
  !isList(given) &&
  !(given instanceof Map) &&
  !(given instanceof Set) &&
  !(given instanceof Date)

// ---- rendering ----

/**
 * What something is, for people: `null`, `a list`, `of type number`.
 *
 * @category rendering
 * @since 0.1.0
 */
export const sortOf = (given: unknown): string => {
  if (given === undefined) return 'missing'
  if (given === null) return 'null'
  return isList(given) ? 'a list' : `of type ${typeof given}`
}

// ---- errors ----

/**
 * The refusal of what is to be text. `what` says what the text is of.
 *
 * @category errors
 * @since 0.1.0
 */
export const notText = (what: string, given: unknown): Problem => wrongType(what, 'text', given)

/**
 * The refusal of what is to be a record. `what` says what the record is of.
 *
 * @category errors
 * @since 0.1.0
 */
export const notARecord = (what: string, given: unknown): Problem => wrongType(what, 'a record', given)

const wrongType = (what: string, wanted: string, given: unknown, mend?: string): Problem =>
  problem(
    given === undefined ? 'MissingElement' : 'InvalidType',
    `${what} is to be ${wanted}, and is ${sortOf(given)}`,
    mend,
  )

/**
 * The refusal of what is at a place and should be something else. `wanted` says what.
 *
 * @category errors
 * @since 0.1.0
 */
export const wrongAt = (at: string, wanted: string, given: unknown, mend?: string): Problem =>
  wrongType(at === '' ? 'this' : quote(at), wanted, given, mend)

// ---- faults ----

/**
 * Of what is not text.
 *
 * @category errors
 * @since 0.1.0
 */
export const text: Fault = (given, at) => (isText(given) ? undefined : wrongAt(at, 'text', given))

/**
 * Of what is neither text nor a value of one of these tags. `wanted` says what would be right.
 *
 * @category errors
 * @since 0.1.0
 */
export const textOr =
  (wanted: string, ...tags: readonly string[]): Fault =>
  (given, at) =>
    isText(given) || (isRecord(given) && tags.some((tag) => tag === given['_tag']))
      ? undefined
      : wrongAt(at, `text or ${wanted}`, given)

/**
 * Of what is none of these.
 *
 * @category errors
 * @since 0.1.0
 */
export const oneOf =
  (...values: readonly (string | boolean)[]): Fault =>
  (given, at) =>
    values.some((value) => value === given)
      ? undefined
      : wrongAt(at, `one of ${values.map((value) => `\`${String(value)}\``).join(', ')}`, given)

/**
 * Of what is neither left out nor right.
 *
 * @category errors
 * @since 0.1.0
 */
export const optional =
  (fault: Fault): Fault =>
  (given, at) =>
    given === undefined ? undefined : fault(given, at)

/**
 * Of what is no list, or of the first entry that is wrong.
 *
 * @category errors
 * @since 0.1.0
 */
export const listOf =
  (each: Fault): Fault =>
  (given, at) =>
    isList(given) ? first(given, (entry, i) => each(entry, `${at}/${i}`)) : wrongAt(at, 'a list', given)

/**
 * Of what is no record, or of the first entry that is wrong, whatever its name.
 *
 * @category errors
 * @since 0.1.0
 */
export const mapOf =
  (each: Fault): Fault =>
  (given, at) =>
    isRecord(given)
      ? first(Object.keys(given), (name) => each(given[name], under(at, name)))
      : wrongAt(at, 'a record', given)

/**
 * Of what is no record, of the first part that is wrong, or of one that there is none of by that name.
 *
 * @category errors
 * @since 0.1.0
 */
export const recordOf = (whole: string, parts: Readonly<Record<string, Fault>>): Fault => {
  const names = Object.keys(parts)
  return (given, at) => {
    if (!isRecord(given)) return wrongAt(at, whole, given)
    const stranger = Object.keys(given).find((name) => !Object.hasOwn(parts, name))
    return stranger === undefined
      ? first(names, (name) => parts[name]?.(given[name], under(at, name)))
      : unknownPart(under(at, stranger), whole, nearest(names)(stranger))
  }
}

/** The place of a part, as RFC 6901 writes it. */
const under = (at: string, name: string): string =>
  `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`

const unknownPart = (at: string, whole: string, near: string | undefined): Problem =>
  problem(
    'UnknownElement',
    `${quote(at)} is no part of ${whole}`,
    near === undefined ? undefined : `did you mean \`${near}\`?`,
  )

/** In a loop, since a list may be long and the first fault ends it. */
const first = <A>(items: readonly A[], fault: (item: A, place: number) => Problem | undefined) => {
  for (const [place, item] of items.entries()) {
    const found = fault(item, place)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Of what is no context of a request: a record of each key with its text or texts, or a `Context`.
 *
 * @category errors
 * @since 0.1.0
 */
export const context: Fault = (given, at) =>
  isList(given) ? listOf(contextEntry)(given, at) : mapOf(contextValue)(given, at)

const contextEntry: Fault = /* @__PURE__ */ recordOf('a key with its values', {
  name: text,
  values: /* @__PURE__ */ listOf(text),
})

const contextValue: Fault = (given, at) => {
  if (isText(given)) return undefined
  return isList(given)
    ? listOf(text)(given, at)
    : wrongAt(at, 'text or a list of texts', given, writtenOut(given))
}

const writtenOut = (given: unknown): string | undefined =>
  typeof given === 'number' || typeof given === 'boolean' ? `write \`'${String(given)}'\`` : undefined
