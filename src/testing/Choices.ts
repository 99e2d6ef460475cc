/**
 * `Choices` are decisions read off a tape of numbers. A generator is then a plain function of choices; fast-check draws
 * and shrinks the tape, and a zero always means the simplest decision, so what it builds shrinks with it.
 *
 * @since 0.1.0
 */
import * as fc from 'fast-check'

// ---- model ----

/**
 * A list that has an item.
 *
 * @category model
 * @since 0.1.0
 */
export type NonEmpty<A> = readonly [A, ...(readonly A[])]

/**
 * Numbers to decide by, each from 0 to 2^32 - 1 and good for four decisions, a byte each.
 *
 * @category model
 * @since 0.1.0
 */
export type Tape = readonly number[]

/**
 * A reader of one tape. Reading goes on with zeros after the end.
 *
 * - `below(n)`: a whole number from 0 to n - 1.
 * - `chance(share)`: true in that share of draws (0 to 1); a zero on the tape says false.
 * - `one(items)`: an item; a zero takes the first.
 *
 * @category model
 * @since 0.1.0
 */
export interface Choices {
  readonly below: (n: number) => number
  readonly chance: (share: number) => boolean
  readonly one: <A>(items: NonEmpty<A>) => A
}

const BYTES = 4
const SPAN = 2 ** 32

// ---- constructors ----

/**
 * The choices of a tape.
 *
 * @category constructors
 * @since 0.1.0
 */
export const read = (tape: Tape): Choices => {
  let at = 0 // local mutation: the place on the tape; the reader lives only while one value is built
  const next = (): number => {
    const number = tape[Math.floor(at / BYTES)] ?? 0
    const byte = (number >>> (8 * (at % BYTES))) & 0xff
    at += 1
    return byte / 256
  }
  const below = (n: number): number => Math.floor(next() * n)
  return {
    below,
    chance: (share) => next() >= 1 - share,
    one: (items) => items[below(items.length)] ?? items[0],
  }
}

const number = fc.integer({ min: 0, max: SPAN - 1 })

/**
 * Tapes for so many decisions. Undisturbed by fast-check's taste for extreme values, as shares are meant to be met.
 *
 * @category constructors
 * @since 0.1.0
 */
export const tape = (decisions: number): fc.Arbitrary<Tape> => {
  const length = Math.ceil(decisions / BYTES)
  // a tuple, as it tries to shrink each of its numbers again after any of them shrank; an array does not look back
  return fc.noBias(fc.tuple(...Array.from({ length }, () => number)))
}

/**
 * What a function builds from the choices of a tape.
 *
 * @category constructors
 * @since 0.1.0
 */
export const from = <A>(decisions: number, build: (choices: Choices) => A): fc.Arbitrary<A> =>
  tape(decisions).map((numbers) => build(read(numbers)))

// ---- combinators ----

/**
 * Items by weight: each pair is a share (in hundredths) and what to do; the first pair takes what is left over.
 *
 * @category combinators
 * @since 0.1.0
 */
export const weighted = <A>(choices: Choices, [first, ...rest]: NonEmpty<readonly [number, () => A]>): A => {
  let roll = choices.below(100) // local mutation: what is left of the roll after each share
  const spare = 100 - rest.reduce((sum, [share]) => sum + share, 0)
  if (roll < spare) return first[1]()
  roll -= spare
  for (const [share, make] of rest) {
    if (roll < share) return make()
    roll -= share
  }
  return first[1]()
}

/**
 * One to `most` results of a function.
 *
 * @category combinators
 * @since 0.1.0
 */
export const several = <A>(choices: Choices, most: number, make: (index: number) => A): NonEmpty<A> => {
  const more = most > 1 && choices.chance(0.35) ? 1 + choices.below(most - 1) : 0
  return [make(0), ...Array.from({ length: more }, (_, i) => make(i + 1))]
}

/**
 * The list itself when it has an item, else the other.
 *
 * @category combinators
 * @since 0.1.0
 */
export const orElse = <A>(items: readonly A[], other: NonEmpty<A>): NonEmpty<A> => {
  const [first, ...rest] = items
  return first === undefined ? other : [first, ...rest]
}
