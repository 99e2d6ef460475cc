/**
 * Oracle, part 6b: tests of one context key. Can the key be missing, have one value, or several, so that these hold and
 * those fail? Texts are languages; of all other types some values stand for all.
 */
import {
  atLeastValue,
  hasWord,
  isBlindValue,
  or,
  rest,
  valueLang,
  type Reading,
} from './certificateCheckerWords.js'
import { conditionHolds } from './conditions.js'
import { expandLiteral } from './patterns.js'
import { readAddress, readBytes, readDate, readDecimal, type Decimal } from './readers.js'

export type Test = {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
  readonly base: string
  readonly qualifier: string | undefined
  readonly ifExists: boolean
  readonly reading: Reading
}

export type KeyTest = { readonly test: Test; readonly holds: boolean }

/** What is supposed of a variable's key. */
export type Case = 'missing' | 'value' | 'several'

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/

export const testOf = (operator: string, key: string, values: readonly string[], reading: Reading): Test => {
  const [, qualifier, base = '', ifExists] = OPERATOR.exec(operator) ?? []
  return { operator, key, values, base, qualifier, ifExists: ifExists !== undefined, reading }
}

export const isText = (base: string): boolean => /^(String|Arn)/.test(base)
export const isNegated = (base: string): boolean => /Not/.test(base)

export const holdsOf = (
  { operator, key, values, reading }: Test,
  given: readonly string[] | undefined,
): boolean => conditionHolds(operator, key, values, given, reading.lookup, reading.version)

// ---- values that stand for all ----

const FAMILIES = [
  ['Numeric', /^Numeric/],
  ['Date', /^Date/],
  ['Address', /IpAddress$/],
  ['Bool', /^Bool$/],
  ['Binary', /^Binary/],
] as const

type Family = (typeof FAMILIES)[number][0]

const familyOf = (base: string): Family => {
  const found = FAMILIES.find(([, form]) => form.test(base))
  if (found === undefined) throw new Error(`cannot check ${base}`)
  return found[0]
}

/** The numbers between, at, and beyond bounds, written with a fraction of at least so many digits. */
const around = (bounds: readonly Decimal[], digits: number): readonly string[] => {
  const places = bounds.reduce((most, { fraction }) => Math.max(most, fraction.length), 0) + 1
  const whole = bounds.map((d) => BigInt(d.whole + d.fraction.padEnd(places, '0')) * (d.negative ? -1n : 1n))
  const sorted = [...new Set(whole)].sort((a, b) => (a < b ? -1 : 1))
  const one = 10n ** BigInt(places)
  const between = sorted.slice(1).map((n, i) => (n + (sorted[i] ?? n)) / 2n) // the last digit is 0, so that 2 divides
  const all = [...sorted, ...between, (sorted[0] ?? 0n) - one, (sorted[sorted.length - 1] ?? 0n) + one]
  return all.map((n) => {
    const text = (n < 0n ? -n : n).toString().padStart(places + 1, '0')
    const cut = text.length - places
    return `${n < 0n ? '-' : ''}${text.slice(0, cut)}.${text.slice(cut).padEnd(digits, '0')}`
  })
}

const shown = (bits: string): string => {
  const parts = (width: number): readonly number[] =>
    Array.from({ length: bits.length / width }, (_, i) =>
      Number.parseInt(bits.slice(i * width, i * width + width), 2),
    )
  return bits.length === 32
    ? parts(8).join('.')
    : parts(16)
        .map((n) => n.toString(16))
        .join(':')
}

/** First addresses of blocks, and the first ones after them: between two neighbours of one family nothing changes. */
const addresses = (blocks: readonly string[]): readonly string[] => {
  const found = blocks.flatMap((block) => {
    const [base = '', length] = block.split('/')
    const bits = readAddress(base)
    if (bits === undefined) return []
    const prefix = bits.slice(0, Number(length ?? bits.length))
    const first = BigInt(`0b${prefix.padEnd(bits.length, '0')}`)
    const after = first + 2n ** BigInt(bits.length - prefix.length)
    return [first, after].flatMap((n) => {
      const text = n.toString(2).padStart(bits.length, '0')
      return text.length > bits.length ? [] : [text]
    })
  })
  return ['0'.repeat(32), '0'.repeat(128), ...found].map(shown)
}

const spellings = (word: string): readonly string[] =>
  [...word].reduce<readonly string[]>(
    (all, c) => all.flatMap((start) => [start + c.toLowerCase(), start + c.toUpperCase()]),
    [''],
  )

const defined = <A>(value: A | undefined): readonly A[] => (value === undefined ? [] : [value])

const ofFamily = (family: Family, values: readonly string[], longer: number): readonly string[] => {
  switch (family) {
    case 'Numeric':
      return around(
        values.flatMap((value) => defined(readDecimal(value))),
        longer,
      )
    case 'Date':
      return around(
        values.flatMap((value) => defined(readDate(value))),
        longer,
      )
    case 'Address':
      return addresses(values)
    case 'Bool':
      return [...spellings('true'), ...spellings('false')]
    case 'Binary': {
      const fresh = Buffer.from('0'.repeat(longer)).toString('base64')
      return [...values.filter((value) => readBytes(value) !== undefined), fresh]
    }
  }
}

/** Types whose values some text may be read as both of. */
const CLASHING: readonly (readonly Family[])[] = [
  ['Numeric', 'Date'],
  ['Numeric', 'Binary'],
  ['Date', 'Binary'],
  ['Bool', 'Binary'],
]

/** Texts beside other types: each literal by itself, and otherwise spellings that are longer than all of them. */
const representatives = (tests: readonly Test[]): readonly string[] => {
  const typed = tests.filter(({ base }) => !isText(base))
  const texts = tests.filter(({ base }) => isText(base))
  const families = [...new Set(typed.map(({ base }) => familyOf(base)))]
  if (CLASHING.some((pair) => pair.every((family) => families.includes(family))))
    throw new Error('cannot check tests of these types together')
  if (texts.length > 0 && families.some((family) => family === 'Address' || family === 'Binary'))
    throw new Error('cannot check texts beside this type')
  if (
    texts.some(({ base, values }) => !/Equals(IgnoreCase)?$/.test(base) && values.some((v) => /[*?]/.test(v)))
  )
    throw new Error('cannot check wildcards beside other types')
  const values = tests.flatMap((test) => test.values)
  const longer = values.reduce((most, value) => Math.max(most, value.length), 0) + 1
  return [
    ...texts.flatMap(({ base, values: listed, reading }) => {
      const literals = listed.flatMap((value) =>
        defined(expandLiteral(value, reading.lookup, reading.version)),
      )
      return base.endsWith('IgnoreCase') ? literals.flatMap(spellings) : literals
    }),
    `-${'x'.repeat(longer)}`,
    ...families.flatMap((family) =>
      ofFamily(
        family,
        typed.flatMap((test) => (familyOf(test.base) === family ? test.values : [])),
        longer,
      ),
    ),
  ]
}

// ---- values of a key ----

/** Of one value: each test as languages, for text; values that stand for all, otherwise. */
const singleExists = (tests: readonly KeyTest[], wanted: (t: KeyTest) => boolean | undefined): boolean => {
  const asked = tests.flatMap((t) => {
    const value = wanted(t)
    return value === undefined || t.test.base === 'Null' ? [] : [{ test: t.test, passes: value }]
  })
  const passes = (test: Test, value: string): boolean =>
    holdsOf({ ...test, operator: test.operator.replace(/^For\w+:/, '') }, [value])
  if (asked.some(({ test }) => !isText(test.base)))
    return representatives(asked.map(({ test }) => test)).some((value) =>
      asked.every(({ test, passes: wants }) => passes(test, value) === wants),
    )
  return hasWord([
    { lang: rest, holds: true },
    ...asked.map(({ test, passes: wants }) => ({
      lang: or(...test.values.map((value) => valueLang(test.base, value, test.reading))),
      holds: test.values.length === 0 ? !wants : wants !== isNegated(test.base),
    })),
  ])
}

/** Can the key be missing, have one value or a list of values, so that all tests are as supposed? */
export const keyExists = (
  tests: readonly KeyTest[],
  hasLists: boolean,
  only: readonly Case[] = ['missing', 'value', 'several'],
): boolean => {
  const isMissing = tests.every(({ test, holds }) => holdsOf(test, undefined) === holds)
  if (only.includes('missing') && isMissing) return true
  const isFixed = ({ test }: KeyTest): boolean => test.base === 'Null' || test.values.length === 0
  if (!tests.filter(isFixed).every(({ test, holds }) => holdsOf(test, ['x']) === holds)) return false
  const free = tests.filter((t) => !isFixed(t))
  if (only.includes('value') && singleExists(free, ({ holds }) => holds)) return true
  const isNever = free.some(({ test, holds }) => test.qualifier === undefined && holds)
  if (!only.includes('several') || !hasLists || isNever) return false
  const qualified = free.filter(({ test }) => test.qualifier !== undefined)
  // Every element passes what all must pass; some element of its own passes each of what some must.
  const isEvery = ({ test, holds }: KeyTest): boolean => (test.qualifier === 'ForAllValues') === holds
  const every = (t: KeyTest): boolean | undefined => (isEvery(t) ? t.holds : undefined)
  return (
    singleExists(qualified, every) &&
    qualified
      .filter((t) => !isEvery(t))
      .every((one) => singleExists(qualified, (t) => (t === one ? t.holds : every(t))))
  )
}

// ---- letters ----

/** A test that some value has to be one of these texts for, and nothing else. */
const isPlain = ({ base, qualifier, ifExists }: Test): boolean =>
  isText(base) && !isNegated(base) && qualifier !== 'ForAllValues' && !ifExists

/**
 * Is there a value in the driver and outside all failing tests that letters tell of? A letter for any letter case is none
 * that stands for the value. A list passes the driver by one element, which a plain test that fails says nothing of.
 */
export const letterExists = (driver: Test, others: readonly KeyTest[]): boolean => {
  if (!isPlain(driver) || driver.base === 'StringEqualsIgnoreCase') return true
  const limits = others.filter(
    ({ test, holds }) =>
      !holds &&
      isPlain(test) &&
      (driver.qualifier === undefined || test.qualifier !== undefined) &&
      test.values.every((value) => isBlindValue(test.base, value, test.reading)),
  )
  return hasWord([
    {
      lang: or(...driver.values.map((value) => atLeastValue(driver.base, value, driver.reading))),
      holds: true,
    },
    ...limits.map(({ test }) => ({
      lang: or(...test.values.map((value) => valueLang(test.base, value, test.reading))),
      holds: false,
    })),
  ])
}
