/**
 * A `Place` is where a value stands in the input, held as a chain to the root so that it costs nothing until an error
 * is reported there.
 *
 * @since 0.1.0
 */

// ---- model ----

/**
 * One step below `parent`; the root itself is `undefined`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Place {
  readonly parent: Place | undefined
  readonly key: string | number
}

// ---- constructors ----

/**
 * The member or item `key` of the value at `parent`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const at = (parent: Place | undefined, key: string | number): Place => ({ parent, key })

// ---- destructors ----

/**
 * The keys from the root to a place.
 *
 * @category destructors
 * @since 0.1.0
 */
export const path = (place: Place | undefined): readonly string[] => {
  const keys: string[] = [] // local mutation: the chain runs from leaf to root
  for (let here = place; here !== undefined; here = here.parent) keys.push(String(here.key))
  return keys.reverse()
}

// ---- rendering ----

/**
 * Keys as a JSON pointer (RFC 6901); the root is the empty text.
 *
 * @category rendering
 * @since 0.1.0
 */
export const pointer = (keys: readonly string[]): string =>
  keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
