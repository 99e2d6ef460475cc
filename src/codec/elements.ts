/**
 * What all decoders share: objects with a closed list of elements, text, and lists of text.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { nearest, Problem } from '../model/index.js'
import { isList, isNonEmpty, isRecord, nameOf, type UnknownRecord } from './Json.js'
import { at, type Place } from './Place.js'
import type { Input } from './read.js'
import type { Sink } from './Sink.js'

// ---- errors ----

/**
 * Reports a value of the wrong JSON type; gives what to go on with instead, if anything.
 *
 * @category errors
 * @since 0.1.0
 */
export const wrongType = <A>(
  { sink }: { readonly sink: Sink },
  place: Place | undefined,
  subject: string,
  wanted: string,
  value: unknown,
  instead?: A,
): A | undefined => {
  sink.add(place, Problem.problem('InvalidType', `${subject} is ${wanted}, not ${nameOf(value)}`))
  return instead
}

/**
 * Reports an element that is required and not there; gives what to go on with instead, if anything.
 *
 * @category errors
 * @since 0.1.0
 */
export const missing = <A>(
  { sink }: { readonly sink: Sink },
  place: Place | undefined,
  what: string,
  suggestion?: string,
  instead?: A,
): A | undefined => {
  sink.add(place, Problem.problem('MissingElement', what, suggestion))
  return instead
}

// ---- rendering ----

/**
 * The name of the member at a place, for messages.
 *
 * @category rendering
 * @since 0.1.0
 */
export const nameAt = (place: Place | undefined): string => Problem.quote(String(place?.key))

// ---- destructors ----

/**
 * The value as an object, all of whose elements are known.
 *
 * **Errors** `InvalidType`; `UnknownElement` for each element that is not in `names` (GR-5).
 *
 * @category codecs
 * @since 0.1.0
 */
export const closedRecord = (
  input: Input,
  value: unknown,
  place: Place | undefined,
  subject: string,
  names: readonly string[],
): UnknownRecord | undefined => {
  if (!isRecord(value)) return wrongType(input, place, subject, 'an object', value)
  for (const name of Object.keys(value)) {
    if (names.includes(name)) continue
    if (input.sink.full()) break
    input.sink.add(at(place, name), unknownElement(subject, name, names))
  }
  return value
}

const unknownElement = (subject: string, name: string, names: readonly string[]): Problem.Problem => {
  const near = nearest(names)(name)
  return Problem.problem(
    'UnknownElement',
    `${Problem.quote(name)} is no element of ${subject}`,
    near === undefined ? undefined : `did you mean \`${near}\`?`,
  )
}

/**
 * How the texts of an element are read: `read` makes something of a text or says why not, `is` only says whether it
 * would, and is cheap. What is made of a text is the text, of a narrower type.
 *
 * @category model
 * @since 0.1.0
 */
export interface TextReader<A extends string> {
  readonly is: (text: string) => text is A
  readonly read: (text: string) => E.Either<Problem.Problem, A>
}

/**
 * A text, or a list of texts that is not empty, where a text is what it is read as: a list stands as it is.
 *
 * **Errors** those of `texts`.
 *
 * @category codecs
 * @since 0.1.0
 */
export const textsAs = <A extends string>(
  input: Input,
  value: unknown,
  parent: Place,
  name: string,
  { is, read }: TextReader<A>,
): readonly [A, ...(readonly A[])] | undefined => {
  if (typeof value === 'string' && is(value)) return Object.freeze<readonly [A]>([value])
  return isListOf(value, is) ? Object.freeze(value) : texts(input, value, at(parent, name), read)
}

const isListOf = <A extends string>(
  value: unknown,
  is: (text: string) => text is A,
): value is readonly [A, ...(readonly A[])] => {
  if (!isList(value) || value.length === 0) return false
  for (const text of value) if (typeof text !== 'string' || !is(text)) return false
  return true
}

/**
 * What a reader makes of a text, after reporting what it refuses.
 *
 * @category codecs
 * @since 0.1.0
 */
export const accept = <A>(
  { sink }: { readonly sink: Sink },
  place: () => Place | undefined,
  result: E.Either<Problem.Problem, A>,
): A | undefined => {
  if (E.isRight(result)) return result.right
  sink.add(place(), result.left)
  return undefined
}

/**
 * A text, or a list of texts that is not empty.
 *
 * **Errors** `InvalidType` for anything else, `EmptyList`, and what `item` refuses.
 *
 * @category codecs
 * @since 0.1.0
 */
export const texts = <A>(
  input: Input,
  value: unknown,
  place: Place,
  item: (text: string) => E.Either<Problem.Problem, A>,
): readonly [A, ...(readonly A[])] | undefined => {
  if (typeof value === 'string') {
    const read = item(value)
    if (E.isRight(read)) return Object.freeze<readonly [A]>([read.right])
    input.sink.add(place, read.left)
    return undefined
  }
  if (!isList(value)) return wrongType(input, place, nameAt(place), 'a string or a list of strings', value)
  if (value.length === 0) {
    input.sink.add(
      place,
      Problem.problem('EmptyList', `${nameAt(place)} lists nothing; it takes at least one entry`),
    )
    return undefined
  }
  const read: A[] = [] // local mutation: one pass over the items
  for (let i = 0; i < value.length && !input.sink.full(); i++) {
    const one = textOf(input, value[i], place, i, item)
    if (one !== undefined) read.push(one)
  }
  return read.length === value.length && isNonEmpty(read) ? Object.freeze(read) : undefined
}

const textOf = <A>(
  input: Input,
  value: unknown,
  place: Place,
  index: number,
  item: (text: string) => E.Either<Problem.Problem, A>,
): A | undefined => {
  if (typeof value !== 'string')
    return wrongType(input, at(place, index), `an entry of ${nameAt(place)}`, 'a string', value)
  const read = item(value)
  if (E.isRight(read)) return read.right
  input.sink.add(at(place, index), read.left)
  return undefined
}
