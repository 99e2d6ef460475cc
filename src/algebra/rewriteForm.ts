/**
 * Statements as slots: the places of a statement that hold lists of values, read and rewritten alike, so that rewriting
 * need not know whether it moves actions, resources, principals or condition values.
 *
 * Here is also the canonical order: two documents that differ only in the order of statements and values, in repeated
 * values or in the letter case of actions and key names, are the same text after `normalize`.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  Action,
  Condition,
  DocumentJson,
  Operator,
  Principal,
  type Document,
  type Statement,
} from '../model/index.js'

// ---- model ----

/**
 * The name of a slot: `Action`, `Principal`, `Resource`, or operator and folded key of a condition.
 *
 * @category model
 * @since 0.1.0
 */
export type SlotName = string

/**
 * A list of values of a statement. `additive`: the statement is the union of what it is with each single value;
 * otherwise values take away, or hold only together (`NotAction`, negated operators, `ForAllValues`).
 *
 * @category model
 * @since 0.1.0
 */
export interface Slot {
  readonly name: SlotName
  readonly element: string
  readonly additive: boolean
  readonly values: readonly string[]
}

// ---- reading ----

/**
 * The text of a principal entry, told apart by type.
 *
 * @category destructors
 * @since 0.1.0
 */
export const principalText = (entry: Principal.Principal): string =>
  `${Principal.typeOf(entry)} ${Principal.show(entry)}`

/**
 * The name of a condition's slot: operator and folded key.
 *
 * @category destructors
 * @since 0.1.0
 */
export const conditionName = ({ operator, key }: Condition.Condition): SlotName =>
  `${Operator.show(operator)} ${Condition.foldKey(key)}`

/**
 * CO-2, CO-3, CO-M1: only a test that one of the listed values passes is the union of its values.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isAdditive = ({ operator }: Condition.Condition): boolean =>
  operator.name !== 'Null' &&
  operator.qualifier !== 'ForAllValues' &&
  !Operator.operators[operator.name].negated

/**
 * The slots of a statement, in the order of canonical JSON.
 *
 * @category destructors
 * @since 0.1.0
 */
export const slots = (statement: Statement.Statement): readonly Slot[] => [
  ...(statement._tag === 'ResourceStatement'
    ? [
        {
          name: 'Principal',
          element: statement.principal._tag,
          additive: statement.principal._tag === 'Principal',
          values: statement.principal.principals.map(principalText),
        },
      ]
    : []),
  {
    name: 'Action',
    element: statement.action._tag,
    additive: statement.action._tag === 'Action',
    values: statement.action.patterns,
  },
  ...(statement.resource._tag === 'Attached'
    ? []
    : [
        {
          name: 'Resource',
          element: statement.resource._tag,
          additive: statement.resource._tag === 'Resource',
          values: statement.resource.patterns,
        },
      ]),
  ...statement.conditions.map((condition) => ({
    name: conditionName(condition),
    element: `Condition/${Operator.show(condition.operator)}/${condition.key}`,
    additive: isAdditive(condition),
    values: condition.values,
  })),
]

/**
 * A text that two statements share exactly when they are equal but for their Sids and the values of `except`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const keyOf = (statement: Statement.Statement, except?: SlotName): string =>
  JSON.stringify([
    statement.effect,
    statement._tag,
    ...slots(statement).map(({ name, element, values }) => [name, element, name === except ? null : values]),
  ])

// ---- rewriting ----

/** A statement with a list changed; undefined when nothing would be left of the list. */
type Rewriting = (statement: Statement.Statement) => Statement.Statement | undefined

const withConditions = (
  statement: Statement.Statement,
  conditions: readonly Condition.Condition[],
): Statement.Statement => {
  const block = Condition.block(conditions)
  return E.isLeft(block) ? statement : { ...statement, conditions: block.right }
}

/**
 * The statement with another list in one slot, made by `change` from what stands there; undefined when the list would be
 * empty.
 *
 * @category combinators
 * @since 0.1.0
 */
export const mapSlot =
  (
    name: SlotName,
    change: <A>(values: readonly A[], text: (value: A) => string, of: Source<A>) => readonly A[],
  ): Rewriting =>
  (statement) => {
    if (name === 'Action') {
      const [first, ...rest] = change(statement.action.patterns, same, (other) => other.action.patterns)
      return first && { ...statement, action: { ...statement.action, patterns: [first, ...rest] } }
    }
    if (name === 'Principal') {
      if (statement._tag !== 'ResourceStatement') return undefined
      const [first, ...rest] = change(statement.principal.principals, principalText, principalsOf)
      return (
        first && {
          ...statement,
          principal: { ...statement.principal, principals: Principal.list([first, ...rest]) },
        }
      )
    }
    if (name === 'Resource') {
      if (statement.resource._tag === 'Attached') return undefined
      const [first, ...rest] = change(statement.resource.patterns, same, patternsOf)
      return first && { ...statement, resource: { ...statement.resource, patterns: [first, ...rest] } }
    }
    const values = change(valuesOf(name)(statement), same, valuesOf(name))
    return values.length === 0
      ? undefined
      : withConditions(
          statement,
          statement.conditions.map((each) => (conditionName(each) === name ? { ...each, values } : each)),
        )
  }

/** Where the same slot of another statement is read. */
type Source<A> = (other: Statement.Statement) => readonly A[]

const same = (text: string): string => text

const principalsOf: Source<Principal.Principal> = (other) =>
  other._tag === 'ResourceStatement' ? other.principal.principals : []

const patternsOf = (other: Statement.Statement) =>
  other.resource._tag === 'Attached' ? [] : other.resource.patterns

const valuesOf =
  (name: SlotName): Source<string> =>
  (other) =>
    other.conditions.find((each) => conditionName(each) === name)?.values ?? []

/**
 * The statement with only those values of a slot that a predicate holds for; undefined when none are left.
 *
 * @category combinators
 * @since 0.1.0
 */
export const keep = (name: SlotName, holds: (value: string) => boolean): Rewriting =>
  mapSlot(name, (values, text) => values.filter((value) => holds(text(value))))

/**
 * The statement with a slot's values and those of another statement's same slot, in order, each once.
 *
 * @category combinators
 * @since 0.1.0
 */
export const join = (name: SlotName, others: readonly Statement.Statement[]): Rewriting =>
  mapSlot(name, (values, text, of) => tidy([...values, ...others.flatMap(of)], text))

/** In order of code units, each once. */
const tidy = <A>(values: readonly A[], text: (value: A) => string): readonly A[] =>
  Array.from(new Map(values.map((value) => [text(value), value])), ([key, value]) => ({ key, value }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ value }) => value)

/**
 * By code units, which does not depend on any locale.
 *
 * @category instances
 * @since 0.1.0
 */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

// ---- canonical order ----

/** Of the spellings of each folded name, the least. */
const spelling = <A extends string>(names: readonly A[], fold: (name: A) => string): ((name: A) => A) => {
  const folded = new Map<A, string>() // local mutation: one pass, as is the next
  const least = new Map<string, A>()
  for (const name of names) {
    if (folded.has(name)) continue
    const text = fold(name)
    const known = least.get(text)
    folded.set(name, text)
    if (known === undefined || compareText(name, known) < 0) least.set(text, name)
  }
  return (name) => least.get(folded.get(name) ?? fold(name)) ?? name
}

/** `ArnEquals` and `ArnLike` are one test with two names (CO-R1), the shorter of which is kept. */
const plainer = (
  condition: Condition.Condition,
  block: readonly Condition.Condition[],
): Condition.Condition => {
  const { name } = condition.operator
  if (name !== 'ArnEquals' && name !== 'ArnNotEquals') return condition
  const renamed: Condition.Condition = {
    ...condition,
    operator: { ...condition.operator, name: name === 'ArnEquals' ? 'ArnLike' : 'ArnNotLike' },
  }
  return block.some((other) => conditionName(other) === conditionName(renamed)) ? condition : renamed
}

/**
 * One spelling for names that differ in letter case only, and one order for conditions.
 *
 * @category model
 * @since 0.1.0
 */
export interface Speller {
  readonly action: (pattern: Action.ActionPattern) => Action.ActionPattern
  readonly conditions: (block: readonly Condition.Condition[]) => readonly Condition.Condition[]
}

/**
 * The speller for some statements: of the spellings that they use it takes the least.
 *
 * @category constructors
 * @since 0.1.0
 */
export const speller = (statements: readonly Statement.Statement[]): Speller => {
  const spelledKey = spelling(
    statements.flatMap(({ conditions }) => conditions.map(({ key }) => key)),
    Condition.foldKey,
  )
  return {
    action: spelling(
      statements.flatMap(({ action }) => action.patterns),
      Action.fold,
    ),
    conditions: (block) =>
      block
        .map((each) => plainer({ ...each, key: spelledKey(each.key) }, block))
        .sort((a, b) => compareText(conditionName(a), conditionName(b))),
  }
}

/**
 * The document in canonical order: values sorted, each once; conditions by operator and key; statements by their text.
 * It means the same as the original (SM-A1, RC-4, CO-2, DE-1).
 *
 * @category combinators
 * @since 0.1.0
 */
export const normalize = (document: Document.Document): readonly Statement.Statement[] => {
  const spelled = speller(document.statements)
  return document.statements.map((statement) => {
    const [first, ...rest] = tidy(statement.action.patterns.map(spelled.action), same)
    const named: Statement.Statement = withConditions(
      first === undefined
        ? statement
        : { ...statement, action: { ...statement.action, patterns: [first, ...rest] } },
      spelled.conditions(statement.conditions),
    )
    return slots(named).reduce<Statement.Statement>(
      (done, { name }) => mapSlot(name, (values, text) => tidy(values, text))(done) ?? done,
      named,
    )
  })
}

// ---- size ----

/**
 * A statement as compact canonical JSON.
 *
 * @category rendering
 * @since 0.1.0
 */
export const statementText = (statement: Statement.Statement): string =>
  JSON.stringify(DocumentJson.statementToJson(statement))
