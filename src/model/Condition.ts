/**
 * Conditions: a block of tests on context keys, all of which must hold (CO-2).
 *
 * Source: CO-1, CO-2, CO-5, GR-12, GR-14, RC-4.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import type * as Show_ from 'fp-ts/lib/Show.js'
import type { Brand } from './Brand.js'
import { isText, notText } from './Given.js'
import * as Operator from './Operator.js'
import type { ConditionOperator } from './Operator.js'
import { problem, quote, type Problem } from './Problem.js'
import { CodePoint, Frozen } from '../pattern/index.js'

// ---- model ----

/**
 * The name of a context key, as it was spelled; letter case does not count (RC-4).
 *
 * @category model
 * @since 0.1.0
 */
export type ConditionKey = Brand<string, 'ConditionKey'>

/**
 * One test of one key. `values` are ORed (NORed under a negated operator, CO-3) and may be empty (U-4).
 *
 * @category model
 * @since 0.1.0
 */
export interface Condition {
  readonly operator: ConditionOperator
  readonly key: ConditionKey
  readonly values: readonly string[]
}

/**
 * Conditions that all hold, grouped by operator in order of first appearance; no key stands twice under one operator.
 *
 * @category model
 * @since 0.1.0
 */
export type ConditionBlock = Brand<readonly Condition[], 'ConditionBlock'>

// ---- refinements ----

/**
 * Is this the name of a context key? Says what `parseKey` says, without a reason.
 *
 * @category refinements
 * @since 0.1.0
 */
export const isKey = (text: string): text is ConditionKey =>
  /^[^\u0000-\u001f]+$/.test(text) && text.trim() !== ''

// ---- constructors ----

/**
 * No condition: always true (CO-1, CO-6).
 *
 * @category constructors
 * @since 0.1.0
 */
export const none: ConditionBlock = /* @__PURE__ */ Frozen.deep(unsafe([]))

/**
 * Reads the name of a context key.
 *
 * **Errors** `InvalidConditionKey`: empty, or it holds a control character.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parseKey = (text: string): E.Either<Problem, ConditionKey> => {
  if (!isText(text)) return E.left(notText('the name of a context key', text))
  return isKey(text)
    ? E.right(text)
    : E.left(problem('InvalidConditionKey', `${quote(text)} is not the name of a context key`))
}

/**
 * One test from its texts.
 *
 * **Errors** `InvalidConditionOperator`, `InvalidConditionKey`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (
  operator: string,
  key: string,
  values: readonly string[],
): E.Either<Problem, Condition> => {
  const read = Operator.parse(operator)
  if (read === undefined) return E.left(Operator.unknown(operator))
  const name = parseKey(key)
  return E.isLeft(name) ? name : E.right({ operator: read, key: name.right, values })
}

/**
 * Puts conditions together into a block.
 *
 * **Errors** `DuplicateConditionKey`: a key stands twice under one operator, whatever its letter case (CO-5).
 *
 * @category constructors
 * @since 0.1.0
 */
export const block = (conditions: readonly Condition[]): E.Either<Problem, ConditionBlock> => {
  if (isBlock(conditions)) return E.right(unsafe([...conditions]))
  const seen = new Set<string>() // local mutation: one pass
  for (const condition of conditions) {
    const place = `${Operator.show(condition.operator)} ${foldKey(condition.key)}`
    if (seen.has(place))
      return E.left(
        problem(
          'DuplicateConditionKey',
          `${quote(condition.key)} stands twice under ${Operator.show(condition.operator)}`,
          'put all values in one list',
        ),
      )
    seen.add(place)
  }
  return E.right(unsafe(byOperator(conditions)))
}

/** Few conditions are compared pair by pair, without a text made of each. */
const few = 8

/** Surely a block as they stand: few, grouped, and no key twice. */
const isBlock = (conditions: readonly Condition[]): boolean =>
  conditions.length <= few && conditions.every((condition, i) => follows(conditions, i, condition))

/** Back from a condition stand those of its operator, with other keys, and then those of other operators only. */
const follows = (conditions: readonly Condition[], index: number, condition: Condition): boolean => {
  let together = true // local mutation: cleared by the first condition of another operator
  for (let i = index - 1; i >= 0; i--) {
    const before = conditions[i]
    if (before === undefined || !sameOperator(before.operator, condition.operator)) together = false
    else if (!together || foldKey(before.key) === foldKey(condition.key)) return false
  }
  return true
}

const sameOperator = (a: ConditionOperator, b: ConditionOperator): boolean =>
  a === b || (a.name === b.name && a.qualifier === b.qualifier && a.ifExists === b.ifExists)

const byOperator = (conditions: readonly Condition[]): readonly Condition[] => {
  const groups = new Map<string, Condition[]>() // local mutation: insertion order is order of appearance
  for (const condition of conditions) {
    const name = Operator.show(condition.operator)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [condition])
    else group.push(condition)
  }
  return Array.from(groups.values()).flat()
}

function unsafe(conditions: readonly Condition[]): ConditionBlock {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the constructor of the brand
  return Object.freeze(conditions) as ConditionBlock
}

// ---- destructors ----

/**
 * A key name with letter case removed, letter by letter as in values (CO-S2): what is compared (RC-4).
 *
 * @category destructors
 * @since 0.1.0
 */
export const foldKey: (key: string) => string = CodePoint.foldText

/**
 * The keys, folded, that AWS lists as multivalued: their requests have lists of values.
 *
 * @category predicates
 * @since 0.1.0
 */
export const multivaluedKeys: ReadonlySet<string> = /* @__PURE__ */ Frozen.set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'aws:vpceorgpaths',
])

// ---- rendering ----

/**
 * A condition in one line: its operator, its key, and its values as a JSON list.
 *
 * @example
 * import { Condition } from 'ecr-policy'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * E.map(Condition.show)(Condition.make('Bool', 'aws:SecureTransport', ['true']))
 * // => E.right('Bool aws:SecureTransport ["true"]')
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = ({ operator, key, values }: Condition): string =>
  `${Operator.show(operator)} ${key} ${JSON.stringify(values)}`

// ---- instances ----

/**
 * Equal when operator, key name (letter case aside) and values in their order are.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Condition> = /* @__PURE__ */ Frozen.deep({
  equals: (a, b) =>
    Operator.show(a.operator) === Operator.show(b.operator) &&
    foldKey(a.key) === foldKey(b.key) &&
    a.values.length === b.values.length &&
    a.values.every((value, i) => value === b.values[i]),
})

/**
 * The line of `show`.
 *
 * @category instances
 * @since 0.1.0
 */
export const Show: Show_.Show<Condition> = /* @__PURE__ */ Frozen.deep({ show })
