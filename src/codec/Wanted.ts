/**
 * Places whose positions in a text are asked for, as a tree, so that a scan finds them all while it goes by.
 *
 * @since 0.1.0
 */

// ---- model ----

/**
 * A place and the wanted places below it. `key` and `value` become the offsets at which its member name and its value
 * start, once a scan has passed.
 *
 * @category model
 * @since 0.1.0
 */
export interface Wanted {
  readonly below: ReadonlyMap<string, Wanted>
  readonly mark: (what: 'key' | 'value', offset: number) => void
  readonly offsets: () => { readonly key: number | undefined; readonly value: number | undefined }
}

interface Branch extends Wanted {
  // eslint-disable-next-line functional/prefer-readonly-type -- grows while one text is surveyed, and never leaves that pass
  readonly below: Map<string, Branch>
}

// ---- constructors ----

const branch = (): Branch => {
  const found: { key: number | undefined; value: number | undefined } = { key: undefined, value: undefined }
  return {
    below: new Map(),
    mark: (what, offset) => {
      found[what] = offset // local mutation: the last of several equal keys counts, as in the parsed value
    },
    offsets: () => found,
  }
}

/**
 * The tree of some paths.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (paths: readonly (readonly string[])[]): Wanted => {
  const root = branch() // local mutation: grown path by path
  for (const path of paths) {
    let here = root
    for (const key of path) {
      const next = here.below.get(key) ?? branch()
      here.below.set(key, next)
      here = next
    }
  }
  return root
}

// ---- destructors ----

/**
 * Where a path starts in the text: at its member name or at its value. What was not met starts where the nearest thing
 * around it does.
 *
 * @category destructors
 * @since 0.1.0
 */
export const offsetOf =
  (what: 'key' | 'value') =>
  (root: Wanted, path: readonly string[]): number => {
    let [here, offset]: [Wanted | undefined, number] = [root, root.offsets().value ?? 0] // local mutation: descent
    for (const [i, key] of path.entries()) {
      here = here.below.get(key)
      if (here === undefined) return offset
      const found = here.offsets()
      const last = i === path.length - 1 && what === 'key' ? (found.key ?? found.value) : found.value
      if (last === undefined) return offset
      offset = last
    }
    return offset
  }
