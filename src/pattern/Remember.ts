/**
 * Results that are remembered, since what they are made from never changes: no answer depends on it, only its time.
 *
 * @since 0.1.0
 */
import * as Frozen from './Frozen.js'

/**
 * A function that remembers its results for immutable values, so that the same value is worked on once.
 *
 * What is remembered goes when the value goes.
 *
 * @category combinators
 * @since 0.1.0
 */
export const ofValue = <A extends object, B>(make: (value: A) => B): ((value: A) => B) => {
  const known = new WeakMap<A, { readonly made: B }>() // local mutation: remembers what is made from immutable values
  return (value) => {
    const before = known.get(value)
    if (before !== undefined) return before.made
    const made = make(value)
    known.set(value, { made })
    return made
  }
}

/**
 * The same for values that a caller may have made by hand: of what can still change nothing is remembered, and `make`
 * gets a copy of it as it is now.
 *
 * @category combinators
 * @since 0.1.0
 */
export const ofGiven = <A extends object, B>(make: (value: A) => B): ((value: A) => B) => {
  const known = new WeakMap<A, { readonly made: B }>() // local mutation: as above
  return (value) => {
    const before = known.get(value)
    if (before !== undefined) return before.made
    const owned = Frozen.own(value)
    const made = make(owned)
    if (owned === value && Frozen.isData(value)) known.set(value, { made })
    return made
  }
}

/**
 * A function that remembers its results for texts, `limit` of them at most: then it begins anew, so that memory stays
 * bounded whatever texts come.
 *
 * @category combinators
 * @since 0.1.0
 */
export const ofText = <B extends object>(limit: number, make: (text: string) => B): ((text: string) => B) => {
  const known = new Map<string, B>() // local mutation: remembers what is made from texts
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const made = make(text)
    if (known.size >= limit) known.clear()
    known.set(text, made)
    return made
  }
}

/**
 * `ofGiven` for the values asked most recently: at least `limit` of them, at most twice as many. For values that come and
 * go in great numbers this costs much less.
 *
 * @category combinators
 * @since 0.1.0
 */
export const recent = <A extends object, B extends object>(
  limit: number,
  make: (value: A) => B,
): ((value: A) => B) => {
  let young = new Map<A, B>() // local mutation: when it is full it becomes the old one, and the old one goes
  let old = new Map<A, B>()
  return (value) => {
    const before = young.get(value)
    if (before !== undefined) return before
    const kept = old.get(value)
    const owned = kept === undefined ? Frozen.own(value) : value
    const made = kept ?? make(owned)
    if (owned !== value || !Frozen.isData(value)) return made
    if (young.size >= limit) {
      old = young
      young = new Map()
    }
    young.set(value, made)
    return made
  }
}

/**
 * A value made when it is first asked for.
 *
 * @category combinators
 * @since 0.1.0
 */
export const once = <A>(make: () => A): (() => A) => {
  let made: { readonly value: A } | undefined // local mutation: set once
  return () => (made ??= { value: make() }).value
}

/**
 * A function that remembers its last result, and gives it again while `same` finds no difference in what it is made from.
 *
 * @category combinators
 * @since 0.1.0
 */
export const last = <A, B>(same: (a: A, b: A) => boolean, make: (from: A) => B): ((from: A) => B) => {
  let before: { readonly from: A; readonly made: B } | undefined // local mutation: the last result
  return (from) => {
    if (before !== undefined && same(before.from, from)) return before.made
    const made = make(from)
    before = { from, made }
    return made
  }
}
