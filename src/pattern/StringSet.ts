/**
 * A `StringSet` is a union of globs, or the complement of one: the shape that most sets of strings come in.
 *
 * @since 0.1.0
 */
import { compile, literal, literalText, show } from './Glob.js'
import type { Glob } from './Glob.js'

/**
 * The strings that are listed or match a glob, or with `complement` all others.
 *
 * Neither list holds a member twice, and no glob is a plain literal.
 *
 * @category model
 * @since 0.1.0
 */
export interface StringSet {
  readonly literals: ReadonlyArray<string>
  readonly globs: ReadonlyArray<Glob>
  readonly complement: boolean
}

/**
 * The union of these globs, or with `complement` the strings outside it.
 *
 * @category constructors
 * @since 0.1.0
 */
export const stringSet = (globs: Iterable<Glob>, complement = false): StringSet => {
  const literals = new Set<string>() // local mutation: two collections without repetition
  const patterns = new Map<string, Glob>()
  for (const glob of globs) {
    const text = literalText(glob)
    if (text === undefined) patterns.set(show(glob), glob)
    else literals.add(text)
  }
  return { literals: [...literals], globs: [...patterns.values()], complement }
}

/**
 * The set of just these strings.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ofLiterals = (texts: Iterable<string>): StringSet => ({
  literals: [...new Set(texts)],
  globs: [],
  complement: false,
})

/**
 * The strings that are not in the set.
 *
 * @category combinators
 * @since 0.1.0
 */
export const negate = (set: StringSet): StringSet => ({ ...set, complement: !set.complement })

/**
 * The globs of the set, listed strings as literal globs.
 *
 * @category destructors
 * @since 0.1.0
 */
export const toGlobs = (set: StringSet): ReadonlyArray<Glob> => [...set.literals.map(literal), ...set.globs]

/**
 * The membership test of a set.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const contains = (set: StringSet): ((text: string) => boolean) => {
  const literals = new Set(set.literals)
  const tests = set.globs.map(compile)
  return (text) => (literals.has(text) || tests.some((test) => test(text))) !== set.complement
}
