/**
 * Statements with holes, made narrower or wider until no hole is left: `narrow` matches at most, and `widen` at least,
 * the requests that the statement will match, whatever stands in the holes.
 *
 * They work on JSON, before the codec reads it; what is malformed stays for the codec to refuse.
 *
 * Laws: for every filling `f`, 1. `narrow(s)` matches no request that `f(s)` does not  2. `widen(s)` matches every request
 * that `f(s)` does  3. both are `s` when it has no hole
 *
 * Source: SM-A4, SM-R5, SM-R10, U-8, U-9, U-10.
 *
 * @since 0.1.0
 */
import { isList, isRecord, member, type UnknownRecord } from '../codec/index.js'
import { fill, hasHole, locate } from './Hole.js'

/** Is some piece of this value not known? */
const isVague = (value: unknown): boolean => locate(value, '').length > 0

const entriesOf = (value: unknown): readonly unknown[] => (isList(value) ? value : [value])

const without = (record: UnknownRecord, names: readonly string[]): UnknownRecord =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))

const star = fill(() => '*')

/**
 * A Resource entry that matches at least what the entry with holes will. Where holes fill whole segments among the first
 * five, or stand from the sixth on, a `*` takes their place; otherwise the segments are not known, and it is `*`.
 */
const wideResource = (entry: unknown): unknown => {
  if (typeof entry !== 'string' || !hasHole(entry)) return entry
  if (entry.includes('$')) return '*' // the hole may be part of a policy variable
  const parts = fill(() => '\u{0}')(entry).split(':')
  const isClear =
    parts.length >= 6 && parts.slice(0, 5).every((part) => part === '\u{0}' || !/[*?\0]/u.test(part))
  return isClear ? star(entry) : '*'
}

// ---- one element ----

interface Element {
  readonly narrow: (statement: UnknownRecord) => UnknownRecord | undefined
  readonly widen: (statement: UnknownRecord) => UnknownRecord
}

/** `Action` or `Resource`: fewer entries match less. */
const listed = (name: string, wide: (entry: unknown) => unknown): Element => ({
  narrow: (statement) => {
    const known = entriesOf(statement[name]).filter((entry) => !isVague(entry))
    return known.length === 0 ? undefined : { ...statement, [name]: known }
  },
  widen: (statement) => ({ ...statement, [name]: entriesOf(statement[name]).map(wide) }),
})

/** `NotAction` or `NotResource`: fewer entries match more. */
const excepted = (name: string, opposite: string, wide: (entry: unknown) => unknown): Element => ({
  narrow: (statement) => ({ ...statement, [name]: entriesOf(statement[name]).map(wide) }),
  widen: (statement) => {
    const known = entriesOf(statement[name]).filter((entry) => !isVague(entry))
    return known.length === 0
      ? { ...without(statement, [name]), [opposite]: '*' }
      : { ...statement, [name]: known }
  },
})

const everybody =
  (name: string) =>
  (statement: UnknownRecord): UnknownRecord => ({
    ...without(statement, [name]),
    Principal: '*',
  })

const principal: Element = {
  narrow: (statement) => {
    const types = member(statement, 'Principal')
    if (!isRecord(types)) return undefined
    const known = Object.entries(types).flatMap(([type, value]) => {
      const entries = hasHole(type) ? [] : entriesOf(value).filter((entry) => !isVague(entry))
      return entries.length === 0 ? [] : [[type, entries] as const]
    })
    return known.length === 0 ? undefined : { ...statement, Principal: Object.fromEntries(known) }
  },
  widen: everybody('Principal'),
}

/** Conditions are not read here: what one with a hole tests is anybody's guess. */
const condition: Element = {
  narrow: () => undefined,
  widen: (statement) => {
    const block = member(statement, 'Condition')
    if (!isRecord(block)) return without(statement, ['Condition'])
    const known = Object.entries(block).flatMap(([operator, tests]) => {
      if (hasHole(operator) || !isRecord(tests)) return []
      const kept = Object.entries(tests).filter(([key, value]) => !hasHole(key) && !isVague(value))
      return kept.length === 0 ? [] : [[operator, Object.fromEntries(kept)] as const]
    })
    return known.length === 0
      ? without(statement, ['Condition'])
      : { ...statement, Condition: Object.fromEntries(known) }
  },
}

const wideAction = (entry: unknown): unknown => (typeof entry === 'string' ? star(entry) : entry)

const elements: ReadonlyMap<string, Element> = new Map([
  ['Action', listed('Action', wideAction)],
  ['Resource', listed('Resource', wideResource)],
  ['NotAction', excepted('NotAction', 'Action', wideAction)],
  ['NotResource', excepted('NotResource', 'Resource', wideResource)],
  ['Principal', principal],
  ['NotPrincipal', { narrow: () => undefined, widen: everybody('NotPrincipal') }],
  ['Condition', condition],
  ['Sid', { narrow: (statement) => without(statement, ['Sid']), widen: (s) => without(s, ['Sid']) }],
])

const vagueElements = (statement: UnknownRecord): readonly Element[] =>
  Array.from(elements).flatMap(([name, element]) => (isVague(member(statement, name)) ? [element] : []))

const narrow = (statement: UnknownRecord): UnknownRecord | undefined =>
  vagueElements(statement).reduce<UnknownRecord | undefined>(
    (left, element) => (left === undefined ? undefined : element.narrow(left)),
    statement,
  )

const widen = (statement: UnknownRecord): UnknownRecord =>
  vagueElements(statement).reduce((left, element) => element.widen(left), statement)

// ---- one statement ----

/**
 * What a statement with holes grants at least and at most. An Allow grants the more the wider it is, a Deny the less.
 * Undefined where nothing is known of it but that it is a statement.
 *
 * @category combinators
 * @since 0.1.0
 */
export const blur = (
  statement: unknown,
): { readonly least: UnknownRecord | undefined; readonly most: UnknownRecord | undefined } | undefined => {
  if (!isRecord(statement)) return undefined
  const isOpen = Object.keys(statement).some(hasHole) || isVague(member(statement, 'Effect'))
  if (isOpen) return undefined
  return member(statement, 'Effect') === 'Allow'
    ? { least: narrow(statement), most: widen(statement) }
    : { least: widen(statement), most: narrow(statement) }
}
