/**
 * Input of any sort as plain data, for readers of documents that hold policies.
 *
 * @since 0.1.0
 */
import type * as E from 'fp-ts/lib/Either.js'
import type { PolicyErrors } from './PolicyError.js'
import { read } from './read.js'

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
export const plain: (input: unknown) => E.Either<PolicyErrors, unknown> = read((_, value): unknown => value)
