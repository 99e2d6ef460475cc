/**
 * Results that are remembered, since what they are made from never changes: no answer depends on it, only its time.
 *
 * @since 0.1.0
 */
import { Remember } from '../pattern/index.js'

/**
 * Numbers for values, in order of first appearance.
 *
 * @category model
 * @since 0.1.0
 */
export interface Numbering<A> {
  readonly of: (value: A) => number
  readonly all: () => readonly A[]
}

/**
 * Numbers values by their text form, each once.
 *
 * @category constructors
 * @since 0.1.0
 */
export const numbering = <A extends object>(textOf: (value: A) => string): Numbering<A> => {
  const met = new Map<A, number>() // local mutation: grows as values come, as do the next two
  const numbers = new Map<string, number>()
  const values: A[] = []
  return {
    of: (value) => {
      const before = met.get(value)
      if (before !== undefined) return before
      const text = textOf(value)
      const number = numbers.get(text) ?? values.length
      met.set(value, number)
      if (number < values.length) return number
      numbers.set(text, number)
      values.push(value)
      return number
    },
    all: () => values,
  }
}

/**
 * A function that remembers its results for immutable values, so that the same value is worked on once.
 *
 * @category combinators
 * @since 0.1.0
 */
export const ofValue: typeof Remember.ofValue = Remember.ofValue

/**
 * For each key of a short list, a function that remembers.
 *
 * @category combinators
 * @since 0.1.0
 */
export const perKey = <A extends object, B, K extends string = string>(
  make: (key: K) => (value: A) => B,
): ((key: K) => (value: A) => B) => {
  const known = new Map<K, (value: A) => B>() // local mutation: one entry a key, and keys are few
  return (key) => {
    const before = known.get(key) ?? ofValue(make(key))
    known.set(key, before)
    return before
  }
}
