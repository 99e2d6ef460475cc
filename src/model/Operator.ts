/**
 * Condition operators as one table. An operator is a relation between a request value and a policy value of one type,
 * perhaps negated; set qualifier and `IfExists` are orthogonal to it and live in `Quantifier`.
 *
 * Source: CO-S1 to CO-R3, CO-U1, GR-14.
 *
 * @since 0.1.0
 */
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import type * as Ord_ from 'fp-ts/lib/Ord.js'
import type * as Show_ from 'fp-ts/lib/Show.js'
import { Frozen, Remember } from '../pattern/index.js'
import { nearest } from './nearest.js'
import { orderedBy } from './orderedBy.js'
import { problem, quote, type Problem } from './Problem.js'

// ---- model ----

/**
 * How the values of an operator are read.
 *
 * - `String`: compared as text; `pattern` says whether `*` and `?` are wildcards, `ignoreCase` whether case counts.
 * - `Numeric`, `Date`: ordered, compared by `relation`.
 * - `Arn`: six parts, each with wildcards (CO-R2).
 * - `Null`: about presence only.
 *
 * @category model
 * @since 0.1.0
 */
export type Comparison =
  | { readonly type: 'String'; readonly pattern: boolean; readonly ignoreCase: boolean }
  | { readonly type: 'Numeric' | 'Date'; readonly relation: Relation }
  | { readonly type: 'Bool' | 'Binary' | 'IpAddress' | 'Arn' | 'Null' }

/**
 * How a request value stands to the policy value.
 *
 * @category model
 * @since 0.1.0
 */
export type Relation = 'Equals' | 'LessThan' | 'LessThanEquals' | 'GreaterThan' | 'GreaterThanEquals'

/**
 * What an operator means. `negated`: true of a value when no policy value matches it (CO-3).
 *
 * @category model
 * @since 0.1.0
 */
export interface Meaning {
  readonly comparison: Comparison
  readonly negated: boolean
}

const text = (pattern: boolean, ignoreCase: boolean, negated: boolean): Meaning => ({
  comparison: { type: 'String', pattern, ignoreCase },
  negated,
})

const ordered = (type: 'Numeric' | 'Date', relation: Relation, negated = false): Meaning => ({
  comparison: { type, relation },
  negated,
})

const plain = (type: 'Bool' | 'Binary' | 'IpAddress' | 'Arn' | 'Null', negated = false): Meaning => ({
  comparison: { type },
  negated,
})

/**
 * Every operator and what it means.
 *
 * @category model
 * @since 0.1.0
 */
export const operators: Readonly<Record<OperatorName, Meaning>> = {
  StringEquals: text(false, false, false),
  StringNotEquals: text(false, false, true),
  StringEqualsIgnoreCase: text(false, true, false),
  StringNotEqualsIgnoreCase: text(false, true, true),
  StringLike: text(true, false, false),
  StringNotLike: text(true, false, true),
  NumericEquals: ordered('Numeric', 'Equals'),
  NumericNotEquals: ordered('Numeric', 'Equals', true),
  NumericLessThan: ordered('Numeric', 'LessThan'),
  NumericLessThanEquals: ordered('Numeric', 'LessThanEquals'),
  NumericGreaterThan: ordered('Numeric', 'GreaterThan'),
  NumericGreaterThanEquals: ordered('Numeric', 'GreaterThanEquals'),
  DateEquals: ordered('Date', 'Equals'),
  DateNotEquals: ordered('Date', 'Equals', true),
  DateLessThan: ordered('Date', 'LessThan'),
  DateLessThanEquals: ordered('Date', 'LessThanEquals'),
  DateGreaterThan: ordered('Date', 'GreaterThan'),
  DateGreaterThanEquals: ordered('Date', 'GreaterThanEquals'),
  Bool: plain('Bool'),
  BinaryEquals: plain('Binary'),
  IpAddress: plain('IpAddress'),
  NotIpAddress: plain('IpAddress', true),
  ArnEquals: plain('Arn'),
  ArnLike: plain('Arn'),
  ArnNotEquals: plain('Arn', true),
  ArnNotLike: plain('Arn', true),
  Null: plain('Null'),
}

/**
 * The name of an operator, without qualifier and suffix.
 *
 * @category model
 * @since 0.1.0
 */
export type OperatorName =
  | 'StringEquals'
  | 'StringNotEquals'
  | 'StringEqualsIgnoreCase'
  | 'StringNotEqualsIgnoreCase'
  | 'StringLike'
  | 'StringNotLike'
  | 'NumericEquals'
  | 'NumericNotEquals'
  | 'NumericLessThan'
  | 'NumericLessThanEquals'
  | 'NumericGreaterThan'
  | 'NumericGreaterThanEquals'
  | 'DateEquals'
  | 'DateNotEquals'
  | 'DateLessThan'
  | 'DateLessThanEquals'
  | 'DateGreaterThan'
  | 'DateGreaterThanEquals'
  | 'Bool'
  | 'BinaryEquals'
  | 'IpAddress'
  | 'NotIpAddress'
  | 'ArnEquals'
  | 'ArnLike'
  | 'ArnNotEquals'
  | 'ArnNotLike'
  | 'Null'

/**
 * `ForAllValues` or `ForAnyValue`, or `None` for an operator that wants a single value.
 *
 * @category model
 * @since 0.1.0
 */
export type SetQualifier = 'None' | 'ForAllValues' | 'ForAnyValue'

/**
 * An operator as a condition uses it. `Null` takes no `IfExists` (CO-U2).
 *
 * @category model
 * @since 0.1.0
 */
export type ConditionOperator =
  | {
      readonly name: Exclude<OperatorName, 'Null'>
      readonly qualifier: SetQualifier
      readonly ifExists: boolean
    }
  | { readonly name: 'Null'; readonly qualifier: SetQualifier; readonly ifExists: false }

/**
 * The text of an operator, as types: what a policy may write.
 *
 * @category model
 * @since 0.1.0
 */
export type OperatorText =
  `${'' | 'ForAllValues:' | 'ForAnyValue:'}${`${Exclude<OperatorName, 'Null'>}${'' | 'IfExists'}` | 'Null'}`

// ---- refinements ----

/**
 * Is this the name of an operator?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isOperatorName = (name: string): name is OperatorName => Object.hasOwn(operators, name)

// ---- constructors ----

/**
 * Reads an operator with its qualifier and suffix; undefined when there is no such operator.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (written: string): ConditionOperator | undefined => known().get(written)

/** All operators, each made once. */
const known: () => ReadonlyMap<string, ConditionOperator> = /* @__PURE__ */ Remember.once(
  () =>
    new Map(
      operatorTexts.flatMap((text) => {
        const operator = read(text)
        return operator === undefined ? [] : [[text, Frozen.deep(operator)] as const]
      }),
    ),
)

const read = (written: string): ConditionOperator | undefined => {
  const colon = written.indexOf(':')
  const qualifier = colon === -1 ? 'None' : parseQualifier(written.slice(0, colon))
  if (qualifier === undefined) return undefined
  const rest = written.slice(colon + 1)
  const ifExists = rest.endsWith('IfExists')
  const name = ifExists ? rest.slice(0, -'IfExists'.length) : rest
  if (!isOperatorName(name)) return undefined
  if (name !== 'Null') return { name, qualifier, ifExists }
  return ifExists ? undefined : { name, qualifier, ifExists: false }
}

const parseQualifier = (text: string): SetQualifier | undefined =>
  text === 'ForAllValues' || text === 'ForAnyValue' ? text : undefined

/**
 * Every operator text there is, for suggestions.
 *
 * @category model
 * @since 0.1.0
 */
export const operatorTexts: readonly string[] = /* @__PURE__ */ ['', 'ForAllValues:', 'ForAnyValue:'].flatMap(
  (qualifier) =>
    Object.keys(operators).flatMap((name) =>
      name === 'Null' ? [`${qualifier}${name}`] : [`${qualifier}${name}`, `${qualifier}${name}IfExists`],
    ),
)

/**
 * The refusal of an operator that does not exist, with the nearest one that does.
 *
 * @category errors
 * @since 0.1.0
 */
export const unknown = (written: string): Problem => {
  const near = nearest(operatorTexts)(written)
  return problem(
    'InvalidConditionOperator',
    `${quote(written)} is not a condition operator`,
    near === undefined ? undefined : `did you mean \`${near}\`?`,
  )
}

// ---- rendering ----

/**
 * An operator as policies write it.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = ({ name, qualifier, ifExists }: ConditionOperator): string =>
  `${qualifier === 'None' ? '' : `${qualifier}:`}${name}${ifExists ? 'IfExists' : ''}`

// ---- instances ----

/**
 * Equal when written alike. `ArnEquals` and `ArnLike` mean the same (CO-R1) and are not equal.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<ConditionOperator> = { equals: (a, b) => show(a) === show(b) }

/**
 * By text.
 *
 * @category instances
 * @since 0.1.0
 */
export const Ord: Ord_.Ord<ConditionOperator> = /* @__PURE__ */ orderedBy(show)

/**
 * The text.
 *
 * @category instances
 * @since 0.1.0
 */
export const Show: Show_.Show<ConditionOperator> = { show }

// ---- evaluation ----

/**
 * The truth of a condition about one key, as data: what holds when the key is missing, and how the verdicts on single
 * values make the verdict on the key. Simulator and algebra both read this, neither has its own opinion.
 *
 * - `missing`: the truth when the key has no value (CO-4, CO-I1, CO-I2, CO-M2, CO-M4, CO-M6, U-1).
 * - `present`: `One` holds for exactly one value that passes (U-2), `Any` when some value passes (CO-M1), `All` when
 *   every value does (CO-M3), `Always` and `Never` whatever the values (CO-U1, CO-U2, U-4).
 * - `negated`: a value passes when no policy value matches it (CO-3, CO-M5); otherwise when one does.
 *
 * @category evaluation
 * @since 0.1.0
 */
export interface Truth {
  readonly missing: boolean
  readonly present: 'One' | 'Any' | 'All' | 'Always' | 'Never'
  readonly negated: boolean
}

/**
 * The truth of an operator over a list of policy values.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const truth = (operator: ConditionOperator, values: readonly string[]): Truth => {
  if (operator.name === 'Null') return nullTruth(operator.qualifier, values)
  const { negated } = operators[operator.name]
  const missing = missingTruth(operator, negated)
  if (values.length === 0) return { missing, present: 'Never', negated }
  const present = { None: 'One', ForAnyValue: 'Any', ForAllValues: 'All' } as const
  return { missing, present: present[operator.qualifier], negated }
}

const missingTruth = ({ qualifier, ifExists }: ConditionOperator, negated: boolean): boolean => {
  switch (qualifier) {
    case 'ForAllValues':
      return true
    case 'ForAnyValue':
      return false
    case 'None':
      return ifExists || negated
  }
}

const nullTruth = (qualifier: SetQualifier, values: readonly string[]): Truth => {
  if (qualifier === 'ForAllValues') return { missing: true, present: 'Always', negated: false }
  if (qualifier === 'ForAnyValue') return { missing: false, present: 'Never', negated: false }
  const written = values.map((value) => value.toLowerCase())
  return {
    missing: written.includes('true'),
    present: written.includes('false') ? 'Always' : 'Never',
    negated: false,
  }
}
