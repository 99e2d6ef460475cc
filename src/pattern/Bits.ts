/**
 * `Bits` is a set of small natural numbers, 32 to a word. Missing words are zero, so sets of different widths mix.
 *
 * Every function here returns a new set; whoever is given `Bits` cannot change them through the type.
 *
 * Laws: `and`, `or` and `andNot` are intersection, union and difference; `isSubset(a, b) <=> equals(and(a, b), a)`.
 *
 * @since 0.1.0
 */

/**
 * A set of natural numbers: `n` is in it when bit `n % 32` of word `n / 32` is set.
 *
 * @category model
 * @since 0.1.0
 */
export interface Bits {
  readonly length: number
  readonly [word: number]: number
}

/** The number of words that hold the numbers below `size`. */
const wordsFor = (size: number): number => (size + 31) >>> 5

/**
 * The empty set.
 *
 * @category constructors
 * @since 0.1.0
 */
export const empty: Bits = new Uint32Array(0)

/**
 * The set of these numbers.
 *
 * @category constructors
 * @since 0.1.0
 */
export const of = (members: Iterable<number>): Bits => {
  const list = [...members]
  const words = new Uint32Array(wordsFor(list.reduce((most, member) => Math.max(most, member + 1), 0)))
  for (const member of list) words[member >>> 5] = (words[member >>> 5] ?? 0) | (1 << (member & 31)) // local mutation: new words
  return words
}

/**
 * The set of all numbers below `size`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const below = (size: number): Bits => {
  const words = new Uint32Array(wordsFor(size)).fill(0xffffffff) // local mutation: new words
  if ((size & 31) !== 0) words[words.length - 1] = 2 ** (size & 31) - 1
  return words
}

/**
 * Whether the number is in the set.
 *
 * @category predicates
 * @since 0.1.0
 */
export const has = (bits: Bits, member: number): boolean =>
  (((bits[member >>> 5] ?? 0) >>> (member & 31)) & 1) === 1

/**
 * The set with one number more.
 *
 * @category combinators
 * @since 0.1.0
 */
export const set = (bits: Bits, member: number): Bits => {
  const words = new Uint32Array(Math.max(bits.length, (member >>> 5) + 1)) // local mutation: new words
  for (let i = 0; i < bits.length; i++) words[i] = bits[i] ?? 0
  words[member >>> 5] = (words[member >>> 5] ?? 0) | (1 << (member & 31))
  return words
}

/**
 * The numbers in both sets.
 *
 * @category combinators
 * @since 0.1.0
 */
export const and = (left: Bits, right: Bits): Bits => {
  const words = new Uint32Array(Math.min(left.length, right.length)) // local mutation: new words
  for (let i = 0; i < words.length; i++) words[i] = (left[i] ?? 0) & (right[i] ?? 0)
  return words
}

/**
 * The numbers in either set.
 *
 * @category combinators
 * @since 0.1.0
 */
export const or = (left: Bits, right: Bits): Bits => {
  const words = new Uint32Array(Math.max(left.length, right.length)) // local mutation: new words
  for (let i = 0; i < words.length; i++) words[i] = (left[i] ?? 0) | (right[i] ?? 0)
  return words
}

/**
 * The numbers of `left` that are not in `right`.
 *
 * @category combinators
 * @since 0.1.0
 */
export const andNot = (left: Bits, right: Bits): Bits => {
  const words = new Uint32Array(left.length) // local mutation: new words
  for (let i = 0; i < words.length; i++) words[i] = (left[i] ?? 0) & ~(right[i] ?? 0)
  return words
}

/**
 * The numbers in exactly one of the sets.
 *
 * @category combinators
 * @since 0.1.0
 */
export const xor = (left: Bits, right: Bits): Bits => {
  const words = new Uint32Array(Math.max(left.length, right.length)) // local mutation: new words
  for (let i = 0; i < words.length; i++) words[i] = (left[i] ?? 0) ^ (right[i] ?? 0)
  return words
}

/**
 * Whether the set has no member.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isEmpty = (bits: Bits): boolean => {
  for (let i = 0; i < bits.length; i++) if (bits[i] !== 0) return false
  return true
}

/**
 * Whether every member of `left` is in `right`.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isSubset = (left: Bits, right: Bits): boolean => {
  for (let i = 0; i < left.length; i++) if (((left[i] ?? 0) & ~(right[i] ?? 0)) !== 0) return false
  return true
}

/**
 * Whether the sets share a member.
 *
 * @category predicates
 * @since 0.1.0
 */
export const intersects = (left: Bits, right: Bits): boolean => {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) if (((left[i] ?? 0) & (right[i] ?? 0)) !== 0) return true
  return false
}

/**
 * Whether the sets have the same members.
 *
 * @category predicates
 * @since 0.1.0
 */
export const equals = (left: Bits, right: Bits): boolean => isSubset(left, right) && isSubset(right, left)

/**
 * The members in rising order.
 *
 * @category destructors
 * @since 0.1.0
 */
export const toArray = (bits: Bits): ReadonlyArray<number> => {
  const members: Array<number> = [] // local mutation: built once
  for (let i = 0; i < bits.length; i++) {
    for (let rest = bits[i] ?? 0; rest !== 0; rest &= rest - 1)
      members.push(i * 32 + 31 - Math.clz32(rest & -rest))
  }
  return members
}

/**
 * A text that is the same for equal sets and different for different ones, for use as a key.
 *
 * @category destructors
 * @since 0.1.0
 */
export const key = (bits: Bits): string => {
  let length = bits.length // local mutation: trailing zero words are left out
  while (length > 0 && (bits[length - 1] ?? 0) === 0) length--
  const parts: Array<string> = []
  for (let i = 0; i < length; i++)
    parts.push(String.fromCharCode((bits[i] ?? 0) & 0xffff, (bits[i] ?? 0) >>> 16))
  return parts.join('')
}
