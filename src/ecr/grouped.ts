/**
 * Lists taken apart by a text.
 *
 * @since 0.1.0
 */

// ---- combinators ----

/**
 * Items by key, keys and items in order of first appearance.
 *
 * @category combinators
 * @since 0.1.0
 */
export const grouped =
  <A>(key: (item: A) => string) =>
  (items: readonly A[]): ReadonlyMap<string, readonly [A, ...(readonly A[])]> => {
    const groups = new Map<string, [A, ...A[]]>() // local mutation: insertion order is order of appearance
    for (const item of items) {
      const name = key(item)
      const group = groups.get(name)
      if (group === undefined) groups.set(name, [item])
      else group.push(item)
    }
    return groups
  }
