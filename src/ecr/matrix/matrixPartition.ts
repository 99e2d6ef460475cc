/**
 * Partitions: things numbered from 0, in classes that are numbered from 0 in order of first appearance. Finer ones are
 * made by taking two together.
 *
 * Laws: 1. `refine(a, b)` puts two things together exactly when `a` and `b` both do  2. `refine(a, a)` is `a`
 *
 * @since 0.1.0
 */

// ---- model ----

/**
 * `classOf` has the class of each thing, `first` the first thing of each class, `sizes` how many there are in it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Partition {
  readonly classOf: readonly number[]
  readonly first: readonly number[]
  readonly sizes: readonly number[]
}

// ---- constructors ----

/**
 * Things are together when their keys are equal.
 *
 * @category constructors
 * @since 0.1.0
 */
export const byKey = (keys: readonly (string | number)[]): Partition => {
  const classes = new Map<string | number, number>() // local mutation: one pass fills all four
  const classOf: number[] = []
  const first: number[] = []
  const sizes: number[] = []
  for (const [i, key] of keys.entries()) {
    const known = classes.get(key)
    const its = known ?? first.length
    if (known === undefined) {
      classes.set(key, its)
      first.push(i)
      sizes.push(0)
    }
    classOf.push(its)
    sizes[its] = (sizes[its] ?? 0) + 1
  }
  return { classOf, first, sizes }
}

/**
 * All of so many things together.
 *
 * @category constructors
 * @since 0.1.0
 */
export const together = (size: number): Partition => byKey(Array.from({ length: size }, () => 0))

// ---- combinators ----

/**
 * Things are together when both partitions put them together.
 *
 * **Cost** linear in the number of things.
 *
 * @category combinators
 * @since 0.1.0
 */
export const refine = (a: Partition, b: Partition): Partition => {
  if (b.first.length <= 1 || a.first.length === a.classOf.length) return a
  const width = b.first.length
  return byKey(a.classOf.map((its, i) => its * width + (b.classOf[i] ?? 0)))
}

/**
 * Things are together when all partitions put them together.
 *
 * @category combinators
 * @since 0.1.0
 */
export const refineAll = (size: number, parts: readonly Partition[]): Partition =>
  parts.reduce(refine, together(size))

// ---- destructors ----

/**
 * The things of each class, in order.
 *
 * @category destructors
 * @since 0.1.0
 */
export const members = ({ classOf, first }: Partition): readonly (readonly number[])[] => {
  const found: number[][] = first.map(() => []) // local mutation: one pass
  for (const [i, its] of classOf.entries()) found[its]?.push(i)
  return found
}

// ---- predicates ----

/**
 * Is a thing together with another?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isShared =
  ({ classOf, sizes }: Partition) =>
  (thing: number): boolean =>
    (sizes[classOf[thing] ?? 0] ?? 0) > 1

/**
 * Is nothing together with anything?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isDiscrete = ({ classOf, first }: Partition): boolean => classOf.length === first.length
