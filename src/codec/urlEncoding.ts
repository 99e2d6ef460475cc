/**
 * Percent-encoded text (RFC 3986), as IAM's API hands out policies.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Problem } from '../model/index.js'
import { lineColumns } from './position.js'
import type { Finding } from './Sink.js'

/**
 * The decoded text. `+` stays `+`.
 *
 * **Errors** `InvalidUrlEncoding` at the first escape that is cut off, not hexadecimal or not UTF-8; line and column
 * count in the encoded text.
 * **Cost** linear.
 *
 * @category codecs
 * @since 0.1.0
 */
export const decodeUrl = (text: string): E.Either<Finding, string> =>
  E.tryCatch(
    () => decodeURIComponent(text),
    () => malformed(text, firstMalformed(text)),
  )

const malformed = (text: string, offset: number): Finding => ({
  path: [],
  problem: Problem.problem(
    'InvalidUrlEncoding',
    `${Problem.quote(text.slice(offset, offset + 12))} is not percent-encoded UTF-8`,
    'a percent sign itself is written `%25`',
  ),
  ...lineColumns(text, [offset])[0],
})

const firstMalformed = (text: string): number => {
  let i = text.indexOf('%') // local mutation: cursor
  while (i !== -1) {
    const width = sequenceWidth(text, i)
    if (width === 0) return i
    i = text.indexOf('%', i + width)
  }
  return 0
}

/** The length of the escapes of one character that start at `from`; 0 when they are malformed. */
const sequenceWidth = (text: string, from: number): number =>
  [3, 6, 9, 12].find((width) => {
    const escapes = text.slice(from, from + width)
    return (
      /^(?:%[0-9A-Fa-f]{2})+$/.test(escapes) &&
      E.isRight(
        E.tryCatch(
          () => decodeURIComponent(escapes),
          () => 0,
        ),
      )
    )
  }) ?? 0
