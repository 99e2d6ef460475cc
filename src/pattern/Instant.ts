/**
 * An `Instant` is a point in time: an exact decimal number of seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
 *
 * Laws: 1. `parse(show(i)) = some(i)`   2. `Ord` is the order of time   3. both spellings of an instant, date and epoch
 * seconds, read as the same value
 * Source: docs/semantics.md CO-D2, CO-D3; W3C note "Date and Time Formats".
 *
 * @since 0.1.0
 */
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import type * as Ord_ from 'fp-ts/lib/Ord.js'
import type * as Show_ from 'fp-ts/lib/Show.js'

import * as D from './Decimal.js'

// ---- model ----

/**
 * A point in time.
 *
 * @category model
 * @since 0.1.0
 */
export interface Instant {
  readonly _tag: 'Instant'
  readonly epochSeconds: D.Decimal
}

// ---- constructors ----

/**
 * The instant that many seconds after the start of 1970 UTC (before it, if negative).
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromEpochSeconds = (epochSeconds: D.Decimal): Instant => ({ _tag: 'Instant', epochSeconds })

// Year, month, day, hour, minute, second, fraction; sign, hours and minutes of the zone.
const calendar =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d):(\d\d)))?)?)?$/
const epoch = /^[+-]?[0-9]+(?:\.[0-9]+)?$/

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

// The calendar repeats every 400 years (146,097 days). `Date.UTC` moves the years 0 to 99 to the 20th century, so it is
// asked about a year one cycle later.
const cycleSeconds = 146_097 * 86_400

const secondsOfDay = (year: number, month: number, day: number): number =>
  Date.UTC(year + 400, month - 1, day) / 1000 - cycleSeconds

const offsetSeconds = (sign: string | undefined, hours: number, minutes: number): number =>
  (sign === '-' ? -1 : 1) * (hours * 3600 + minutes * 60)

const parseCalendar = (text: string): O.Option<Instant> => {
  const parts = calendar.exec(text)
  if (parts === null) return O.none
  const part = (index: number, absent: number): number => Number(parts[index] ?? absent)
  const [year, month, day] = [part(1, 0), part(2, 1), part(3, 1)]
  const [hour, minute, second] = [part(4, 0), part(5, 0), part(6, 0)]
  const [zoneHour, zoneMinute] = [part(9, 0), part(10, 0)]
  const inDay = day >= 1 && day <= daysInMonth(year, month)
  const inRange = month >= 1 && month <= 12 && inDay && hour <= 23 && minute <= 59 && second <= 59
  if (!inRange || zoneHour > 23 || zoneMinute > 59) return O.none
  const whole =
    secondsOfDay(year, month, day) +
    hour * 3600 +
    minute * 60 +
    second -
    offsetSeconds(parts[8], zoneHour, zoneMinute)
  return pipe(
    D.parse(`0.${parts[7] ?? '0'}`),
    O.map((fraction) => fromEpochSeconds(pipe(D.fromBigInt(BigInt(whole)), D.add(fraction)))),
  )
}

/**
 * Reads an instant: a year, a month, a day, a date-time with zone, or epoch seconds.
 *
 * **Details** forms: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `YYYY-MM-DDThh:mm`, `...:ss` or `...:ss.s` (any number of
 * fraction digits), each date-time followed by `Z`, `+hh:mm` or `-hh:mm`; or a plain decimal number of epoch seconds with
 * optional sign and fraction. A shorter form means the first instant of its period, in UTC. Four digits alone are a
 * year; any other plain number is epoch seconds, so a four-digit epoch time is spelled `+1970` or `1970.0`. `none` for
 * anything else: days that do not exist, hour 24, second 60, a date-time without zone, lower-case `t` or `z`, texts
 * longer than `Decimal.maximumLength` characters.
 * **Cost** linear in the length of the text.
 * **Source** docs/semantics.md CO-D2, CO-D3, U-3.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): O.Option<Instant> => {
  if (text.length > D.maximumLength) return O.none
  return epoch.test(text) && !/^[0-9]{4}$/.test(text)
    ? pipe(D.parse(text), O.map(fromEpochSeconds))
    : parseCalendar(text)
}

// ---- rendering ----

const firstPrintable = BigInt(secondsOfDay(0, 1, 1))
const lastPrintable = BigInt(secondsOfDay(9999, 12, 31)) + 86_399n

/**
 * The canonical spelling: `YYYY-MM-DDThh:mm:ssZ`, with a fraction if there is one.
 *
 * **Details** the epoch seconds where no readable date spelling exists: outside the years 0000 to 9999, and where the
 * fraction makes it longer than `Decimal.maximumLength`.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = ({ epochSeconds }: Instant): string => {
  const whole = D.floor(epochSeconds)
  if (whole < firstPrintable || whole > lastPrintable) return D.show(epochSeconds)
  const fraction = pipe(epochSeconds, D.add(D.fromBigInt(-whole)))
  const digits = fraction === D.zero ? '' : D.show(fraction).slice(1)
  const spelling = `${new Date(Number(whole) * 1000).toISOString().slice(0, 19)}${digits}Z`
  return spelling.length > D.maximumLength ? D.show(epochSeconds) : spelling
}

// ---- instances ----

/**
 * The same point in time.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Instant> = {
  equals: (first, second) => D.Eq.equals(first.epochSeconds, second.epochSeconds),
}

/**
 * The order of time.
 *
 * @category instances
 * @since 0.1.0
 */
export const Ord: Ord_.Ord<Instant> = {
  equals: Eq.equals,
  compare: (first, second) => D.compare(first.epochSeconds, second.epochSeconds),
}

/**
 * The canonical spelling.
 *
 * @category instances
 * @since 0.1.0
 */
export const Show: Show_.Show<Instant> = { show }
