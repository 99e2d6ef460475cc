/**
 * Guards for values of which nothing is known yet.
 *
 * @since 0.1.0
 */

// ---- model ----

/**
 * An object of which only its being one is known.
 *
 * @category model
 * @since 0.1.0
 */
export type UnknownRecord = Readonly<Record<string, unknown>>

// ---- refinements ----

/**
 * Is this an object, and no list?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isRecord = (value: unknown): value is UnknownRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Is this a list? Its items are not known.
 *
 * @category refinements
 * @since 0.1.0
 */
export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/**
 * Has the list an item?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isNonEmpty = <A>(items: readonly A[]): items is readonly [A, ...(readonly A[])] =>
  items.length > 0

// ---- destructors ----

/**
 * The object's own member, or undefined.
 *
 * @category destructors
 * @since 0.1.0
 */
export const member = (record: UnknownRecord, name: string): unknown =>
  Object.hasOwn(record, name) ? record[name] : undefined

/**
 * The number of members of all objects in a value, which is plain data; NaN when more than so many levels are nested.
 *
 * @category destructors
 * @since 0.1.0
 */
export const countMembers = (levels: number, value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0
  if (levels === 0) return Number.NaN
  let total = 0 // local mutation: sum
  if (isList(value)) {
    for (const item of value) if (typeof item === 'object') total += countMembers(levels - 1, item)
    return total
  }
  for (const item of Object.values(value)) total += 1 + countMembers(levels - 1, item)
  return total
}

// ---- rendering ----

/**
 * What a value is, in words: `a number`, `a list`.
 *
 * @category rendering
 * @since 0.1.0
 */
export const nameOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (isList(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : value === undefined ? 'undefined' : `a ${typeof value}`
}
