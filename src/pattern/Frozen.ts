/**
 * Values that nobody can change: what is exported as a constant, or handed out by a function that remembers it.
 *
 * @since 0.1.0
 */

/**
 * The same value, frozen with all its members. Functions stay as they are.
 *
 * **Cost** linear. Recursion is as deep as the value, which is one of the library's own, never a user's.
 *
 * @category constructors
 * @since 0.1.0
 */
export const deep = <A>(value: A): A => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  Object.values(value).forEach(deep)
  return value
}

/**
 * A set of which only the reading half exists. Freezing a `Set` does not keep anyone from adding to it.
 *
 * @category constructors
 * @since 0.1.0
 */
export const set = <A>(items: readonly A[]): ReadonlySet<A> => {
  const known: ReadonlySet<A> = new Set(items)
  const shown: ReadonlySet<A> = {
    size: known.size,
    has: (item) => known.has(item),
    forEach: (visit, self) => {
      known.forEach((item) => {
        visit.call(self, item, item, shown)
      })
    },
    entries: () => known.entries(),
    keys: () => known.keys(),
    values: () => known.values(),
    [Symbol.iterator]: () => known.values(),
  }
  return Object.freeze(shown)
}
