/**
 * Input of any sort as plain data, for readers of documents that hold policies.
 *
 * @since 0.1.0
 */
import type * as E from 'fp-ts/lib/Either.js'
import { wrongType } from './elements.js'
import { isList, isRecord } from './Json.js'
import { at, type Place } from './Place.js'
import type { PolicyErrors } from './PolicyError.js'
import { type Decoder, read } from './read.js'

interface Waiting {
  readonly value: unknown
  readonly place: Place | undefined
}

/** JSON has no form for these; undefined is left out of what is printed, as JSON leaves it out. */
const hasNoForm = (value: unknown): boolean =>
  typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function'

/** The value as it is. It has been copied, and so ends and is not deep. */
const asItIs: Decoder<unknown> = (input, value, place) => {
  const waiting: Waiting[] = [{ value, place }] // local mutation: a stack instead of recursion
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    if (hasNoForm(here.value)) wrongType(input, here.place, 'what stands here', 'plain data', here.value)
    const items = isList(here.value)
      ? here.value.entries()
      : isRecord(here.value)
        ? Object.entries(here.value)
        : []
    for (const [key, item] of items) waiting.push({ value: item, place: at(here.place, key) })
  }
  return value
}

/**
 * JSON text, or a copy of an object that holds nothing but plain data: no getter or proxy is left in it, it ends, and it
 * is at most 64 levels deep.
 *
 * **Errors** `InvalidJson`, `DuplicateKey`, `InvalidType`, `TooDeep`, `TooLarge`, located.
 * **Cost** linear.
 *
 * @category codecs
 * @since 0.1.0
 */
export const plain: (input: unknown) => E.Either<PolicyErrors, unknown> = read(asItIs)
