/**
 * Lists taken apart by a key.
 *
 * @since 0.1.0
 */

/**
 * Things with one key.
 *
 * @category model
 * @since 0.1.0
 */
export type Group<A> = readonly [A, ...(readonly A[])]

/**
 * Things by their keys, both in order of first appearance.
 *
 * @category destructors
 * @since 0.1.0
 */
export const by = <A, K>(items: readonly A[], keyOf: (item: A) => K): ReadonlyMap<K, Group<A>> => {
  const groups = new Map<K, [A, ...A[]]>() // local mutation: one pass
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
