/**
 * A `Decimal` is an exact decimal number, held as its one canonical plain spelling (`-12.5`, `0`, `1000`).
 *
 * Laws: 1. `parse(show(d)) = some(d)`   2. `===` is equality of numbers: `1.0`, `1e0` and `+01` all read as `1`
 * 3. `compare` is the numeric order   4. `a < between(a, b) < b` whenever `a < b`
 *
 * @since 0.1.0
 */
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import type * as Ord_ from 'fp-ts/lib/Ord.js'
import type { Ordering } from 'fp-ts/lib/Ordering.js'

// ---- model ----

declare const brand: unique symbol

/**
 * An exact decimal number. Structural equality (`===`) is numeric equality.
 *
 * @category model
 * @since 0.1.0
 */
export type Decimal = string & { readonly [brand]: 'Decimal' }

/**
 * The longest text, in characters, that is read as a number, and the longest plain spelling a read number may have.
 *
 * @category model
 * @since 0.1.0
 */
export const maximumLength = 1000

// Sign, digits, fraction, exponent; no empty digit runs, so that `.5` and `5.` are refused.
const shape = /^([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/

// Not by an expression: one that ends in `0+$` starts anew at every zero within.
const withoutLastZeros = (digits: string): string => {
  let end = digits.length // local mutation: moves to the left of the last zeros
  while (end > 0 && digits.charCodeAt(end - 1) === 0x30) end--
  return digits.slice(0, end)
}

// The number whose digits these are, the last `places` of them (as many zeros more, if below 0) after the point.
const spelled = (negative: boolean, digits: string, places: number): Decimal => {
  const full = places < 0 ? digits + '0'.repeat(-places) : digits.padStart(places, '0')
  const point = full.length - Math.max(places, 0)
  const whole = full.slice(0, point).replace(/^0+/, '') || '0'
  const fraction = withoutLastZeros(full.slice(point))
  const magnitude = fraction === '' ? whole : `${whole}.${fraction}`
  // INVARIANT: plain notation, no leading or trailing zero digits, no `-0`.
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the one place where the brand is given
  return (negative && magnitude !== '0' ? `-${magnitude}` : magnitude) as Decimal
}

/** A number in units of `10^-places`; what is finer is cut off, towards zero. */
const unitsOf = (value: Decimal, places: number): bigint => {
  const [whole = '', fraction = ''] = value.split('.')
  return BigInt(whole + fraction.slice(0, places).padEnd(places, '0'))
}

const ofUnits = (units: bigint, places: number): Decimal =>
  spelled(units < 0n, (units < 0n ? -units : units).toString(), places)

const placesOf = (value: Decimal): number => value.split('.')[1]?.length ?? 0

const isNegative = (value: Decimal): boolean => value.startsWith('-')

// ---- constructors ----

/**
 * Zero.
 *
 * @category constructors
 * @since 0.1.0
 */
export const zero: Decimal = spelled(false, '0', 0)

/**
 * The decimal equal to a whole number given as a bigint.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromBigInt = (value: bigint): Decimal => ofUnits(value, 0)

/**
 * Reads a number: optional sign, digits, optional fraction, optional exponent (`-1.5e3`).
 *
 * **Details** `none` for anything else (spaces, hexadecimal, `Infinity`, `NaN`, `.5`, `5.`), and for texts that would
 * be costly: longer than `maximumLength` characters, an exponent beyond ±1000, or a value whose plain spelling is
 * longer than `maximumLength` characters.
 * **Cost** linear in the length of the text.
 * **Source** docs/semantics.md CO-N1, U-3.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): O.Option<Decimal> => {
  if (text.length > maximumLength) return O.none
  const parts = shape.exec(text)
  if (parts === null) return O.none
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts
  if (Math.abs(Number(exponent)) > maximumLength) return O.none
  const value = spelled(sign === '-', whole + fraction, fraction.length - Number(exponent))
  return value.length > maximumLength ? O.none : O.some(value)
}

// ---- destructors ----

/**
 * The canonical plain spelling: no exponent, no needless zeros, no plus sign.
 *
 * @category destructors
 * @since 0.1.0
 */
export const show = (value: Decimal): string => value

/**
 * The greatest whole number that is not above the value.
 *
 * @category destructors
 * @since 0.1.0
 */
export const floor = (value: Decimal): bigint =>
  isNegative(value) && value.includes('.') ? unitsOf(value, 0) - 1n : unitsOf(value, 0)

// ---- predicates ----

// Canonical magnitudes: the longer integer part is the greater; at equal lengths `.` sorts before the digits, so the
// order of the texts is the order of the numbers.
const compareMagnitudes = (first: string, second: string): Ordering => {
  const [left = '', right = ''] = [first.split('.')[0], second.split('.')[0]]
  if (left.length !== right.length) return left.length < right.length ? -1 : 1
  return first === second ? 0 : first < second ? -1 : 1
}

/**
 * The numeric order of two decimals: -1, 0 or 1.
 *
 * **Cost** linear in the number of digits, without arithmetic.
 *
 * @category predicates
 * @since 0.1.0
 */
export const compare = (first: Decimal, second: Decimal): Ordering => {
  if (isNegative(first) !== isNegative(second)) return isNegative(first) ? -1 : 1
  return isNegative(first)
    ? compareMagnitudes(second.slice(1), first.slice(1))
    : compareMagnitudes(first, second)
}

// ---- combinators ----

/**
 * The exact sum of two decimals.
 *
 * @category combinators
 * @since 0.1.0
 */
export const add =
  (second: Decimal) =>
  (first: Decimal): Decimal => {
    const places = Math.max(placesOf(first), placesOf(second))
    return ofUnits(unitsOf(first, places) + unitsOf(second, places), places)
  }

/**
 * The least whole number above the value.
 *
 * @category combinators
 * @since 0.1.0
 */
export const above = (value: Decimal): Decimal => fromBigInt(floor(value) + 1n)

/**
 * The greatest whole number below the value.
 *
 * @category combinators
 * @since 0.1.0
 */
export const below = (value: Decimal): Decimal =>
  fromBigInt(value.includes('.') ? floor(value) : floor(value) - 1n)

// The first step of `10^-places` above `low`, for the least number of places that lands below `high`; both >= 0.
const betweenPositives = (low: Decimal, high: Decimal): Decimal => {
  // local mutation: the number of decimal places grows until the step fits; at most one more than the operands have
  let places = 0
  let candidate = ofUnits(unitsOf(low, places) + 1n, places)
  while (compare(candidate, high) >= 0) {
    places += 1
    candidate = ofUnits(unitsOf(low, places) + 1n, places)
  }
  return candidate
}

const negated = (value: Decimal): Decimal => ofUnits(-unitsOf(value, placesOf(value)), placesOf(value))

/**
 * A decimal strictly between two others, with as few fraction digits as possible: a whole number if one lies there
 * (the one nearest to zero), else one with one fraction digit, and so on. `none` unless `low < high`.
 *
 * **Details** the result has at most one fraction digit more than the operands.
 *
 * @category combinators
 * @since 0.1.0
 */
export const between = (low: Decimal, high: Decimal): O.Option<Decimal> => {
  if (compare(low, high) >= 0) return O.none
  if (isNegative(low) && compare(high, zero) > 0) return O.some(zero)
  return O.some(
    isNegative(low) ? negated(betweenPositives(negated(high), negated(low))) : betweenPositives(low, high),
  )
}

// ---- instances ----

/**
 * Numeric equality.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Decimal> = { equals: (first, second) => first === second }

/**
 * The numeric order.
 *
 * @category instances
 * @since 0.1.0
 */
export const Ord: Ord_.Ord<Decimal> = { equals: Eq.equals, compare }
