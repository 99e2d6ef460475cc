/**
 * The one place where a refusal becomes an exception, for callers who would rather not meet an `Either`.
 *
 * @since 0.1.0
 */
import type * as E from 'fp-ts/lib/Either.js'

/**
 * The value, or a thrown `Error` whose message is the refusal, rendered, and whose `cause` is the refusal itself. In JSON
 * it is its name, message and cause.
 *
 * @category destructors
 * @since 0.1.0
 */
export const getOrThrow =
  <L>(render: (left: L) => string) =>
  <A>(result: E.Either<L, A>): A => {
    if (result._tag === 'Right') return result.right
    // eslint-disable-next-line functional/no-throw-statements -- the point of the `...OrThrow` twins
    throw refusal(render(result.left), result.left)
  }

/** JSON leaves out what an error holds, and would print it as `{}`. */
const refusal = (message: string, cause: unknown): Error => {
  const error = new Error(message, { cause })
  // local mutation: the error is new, and nobody else's yet
  return Object.defineProperty(error, 'toJSON', { value: () => ({ name: error.name, message, cause }) })
}
