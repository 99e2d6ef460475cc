/**
 * The context of a request: what is known besides caller, action and resource, key by key (RC-2).
 *
 * A key given with no values is not present (U-1), so no entry is empty. Names compare without letter case (RC-4).
 *
 * Laws: 1. `Monoid` is one, spelling of names included  2. `get(name)` after `set(name, values)` is `values`
 * Source: RC-2, RC-3, RC-4, U-1.
 *
 * @since 0.1.0
 */
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import type * as Monoid_ from 'fp-ts/lib/Monoid.js'
import type * as Show_ from 'fp-ts/lib/Show.js'
import type { Brand } from './Brand.js'
import { foldKey } from './Condition.js'
import { Frozen } from '../pattern/index.js'

// ---- model ----

/**
 * One key and its values.
 *
 * @category model
 * @since 0.1.0
 */
export interface Entry {
  readonly name: string
  readonly values: readonly [string, ...(readonly string[])]
}

/**
 * Entries in order of their names, letter case aside, each name once.
 *
 * @category model
 * @since 0.1.0
 */
export type Context = Brand<readonly Entry[], 'Context'>

/**
 * What a context is made from: a plain record of each key with its value or values, or a context.
 *
 * @category model
 * @since 0.1.0
 */
export type ContextInput = Context | Readonly<Record<string, string | readonly string[]>>

// ---- constructors ----

/**
 * Nothing known.
 *
 * @category constructors
 * @since 0.1.0
 */
export const empty: Context = /* @__PURE__ */ Frozen.deep(unsafe([]))

/**
 * A context from a plain record: each key with its value or values. Of two spellings of one key the later one counts;
 * a key without values is left out (U-1). A context is itself.
 *
 * @example
 * import { Context } from 'ecr-policy'
 *
 * Context.get('AWS:sourceip')(Context.make({ 'aws:SourceIp': '203.0.113.7' })) // => ['203.0.113.7']
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (input: ContextInput): Context =>
  isContext(input) ? input : fromEntries(Object.keys(input).map((name) => [name, input[name] ?? []]))

const isContext = (input: ContextInput): input is Context => Array.isArray(input)

/**
 * A context from pairs of name and value or values.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromEntries = (entries: readonly (readonly [string, string | readonly string[]])[]): Context => {
  const byKey = new Map<string, Entry>() // local mutation: later spellings replace earlier ones
  for (const [name, given] of entries) {
    const key = foldKey(name)
    const [first, ...rest] = typeof given === 'string' ? [given] : given
    if (first === undefined) byKey.delete(key)
    else
      byKey.set(key, Object.freeze<Entry>({ name, values: Object.freeze<Entry['values']>([first, ...rest]) }))
  }
  return unsafe(
    Array.from(byKey)
      .sort(([a], [b]) => (a < b ? -1 : 1)) // no two keys are the same
      .map(([, entry]) => entry),
  )
}

function unsafe(entries: readonly Entry[]): Context {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the constructor of the brand
  return Object.freeze(entries) as Context
}

// ---- combinators ----

/**
 * The values of a key, or undefined when it is not present.
 *
 * **Cost** linear in the number of keys.
 *
 * @category destructors
 * @since 0.1.0
 */
export const get =
  (name: string) =>
  (context: Context): readonly string[] | undefined => {
    const folded = foldKey(name)
    return context.find((entry) => foldKey(entry.name) === folded)?.values
  }

/**
 * Both contexts; where both have a key, that of `given` counts.
 *
 * @category combinators
 * @since 0.1.0
 */
export const override =
  (given: Context) =>
  (defaults: Context): Context =>
    fromEntries([...defaults, ...given].map(({ name, values }) => [name, values]))

// ---- rendering ----

/**
 * A context in one line: a JSON object of lists.
 *
 * @example
 * import { Context } from 'ecr-policy'
 *
 * Context.show(Context.make({ 'aws:SourceIp': '203.0.113.7' })) // => '{"aws:SourceIp":["203.0.113.7"]}'
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (context: Context): string =>
  `{${context.map(({ name, values }) => `${JSON.stringify(name)}:${JSON.stringify(values)}`).join(',')}}`

// ---- instances ----

/**
 * Equal when they have the same keys, letter case aside (RC-4), each with the same values in the same order.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Context> = /* @__PURE__ */ Frozen.deep({
  equals: (a, b) => a.length === b.length && a.every((entry, i) => sameEntry(entry, b[i])),
})

const sameEntry = (a: Entry, b: Entry | undefined): boolean =>
  b !== undefined &&
  foldKey(a.name) === foldKey(b.name) &&
  a.values.length === b.values.length &&
  a.values.every((value, i) => value === b.values[i])

/**
 * The line of `show`.
 *
 * @category instances
 * @since 0.1.0
 */
export const Show: Show_.Show<Context> = /* @__PURE__ */ Frozen.deep({ show })

/**
 * Both contexts, the second one's values where they share a key.
 *
 * @category instances
 * @since 0.1.0
 */
export const Monoid: Monoid_.Monoid<Context> = /* @__PURE__ */ Frozen.deep({
  empty,
  concat: (a, b) => override(b)(a),
})
