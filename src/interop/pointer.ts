/**
 * JSON pointers (RFC 6901) as text that grows while a reader descends.
 *
 * @since 0.1.0
 */

/**
 * The pointer to members below a place, one after the other.
 *
 * @category combinators
 * @since 0.1.0
 */
export const at = (pointer: string, ...keys: readonly (string | number)[]): string =>
  keys.reduce<string>(
    (above, key) => `${above}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    pointer,
  )
