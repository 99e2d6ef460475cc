/**
 * A document's statements as rows of numbers. Each value has a number within its sort, in the order of texts, and each
 * list of values one of its own, so that equal statements, statements equal but for one list, and lists that hold a value
 * are found by looking them up.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  type Action,
  Condition,
  Operator,
  Principal,
  type Resource,
  type Statement,
  type Version,
} from '../model/index.js'
import { reader } from './rewriteCover.js'
import {
  conditionName,
  isAdditive,
  principalText,
  speller,
  type SlotName,
  type Speller,
} from './rewriteForm.js'
import { space, type Space } from './rewriteSpace.js'

// ---- model ----

/**
 * A list of values by their numbers, ascending, each once.
 *
 * @category model
 * @since 0.1.0
 */
export interface List {
  readonly id: number
  readonly ids: readonly number[]
  readonly has: (value: number) => boolean
}

/**
 * An element of a statement: what its list names, or with `not` all but that.
 *
 * @category model
 * @since 0.1.0
 */
export interface Clause {
  readonly not: boolean
  readonly list: List
}

/**
 * One condition. `additive`: the union of what it is with each of its values.
 *
 * @category model
 * @since 0.1.0
 */
export interface Test {
  readonly name: SlotName
  readonly operator: Operator.ConditionOperator
  readonly key: Condition.ConditionKey
  readonly additive: boolean
  readonly list: List
}

/**
 * All conditions of a statement, ordered by name.
 *
 * @category model
 * @since 0.1.0
 */
export interface Tests {
  readonly id: number
  readonly all: readonly Test[]
}

/**
 * A statement. `key` is shared by equal rows only. Without `principal` it is an identity policy's, without `resource` it
 * speaks of what it is attached to.
 *
 * @category model
 * @since 0.1.0
 */
export interface Row {
  readonly effect: Statement.Effect
  readonly principal: Clause | undefined
  readonly action: Clause
  readonly resource: Clause | undefined
  readonly tests: Tests
  readonly key: string
  /** A statement of the same sort and with the same elements: what the row is written after. */
  readonly like: Statement.Statement
}

/**
 * A place of a row that holds a list.
 *
 * @category model
 * @since 0.1.0
 */
export interface RowSlot {
  readonly name: SlotName
  readonly additive: boolean
  readonly list: List
}

/**
 * Numbers for the values of some statements; reads statements into rows and writes them back.
 *
 * @category model
 * @since 0.1.0
 */
export interface Book {
  readonly version: Version.Version | undefined
  readonly actions: Space<Action.ActionPattern>
  readonly resources: Space<Resource.ResourcePattern>
  readonly principals: Space<Principal.Principal>
  readonly values: Space<string>
  readonly list: (ids: readonly number[]) => List
  readonly tests: (all: readonly Test[]) => Tests
  readonly read: (statement: Statement.Statement) => Row
  readonly write: (row: Row) => Statement.Statement
}

// ---- lists ----

/** Up to so many values a list is searched from end to end. */
const SHORT = 8

const lists = (): ((ids: readonly number[]) => List) => {
  const singles: (List | undefined)[] = [] // local mutation: lists of one value, by value
  const known = new Map<string, List>() // local mutation: lists made so far
  let count = 0 // local mutation: numbers given
  const make = (ids: readonly number[]): List => {
    const members = ids.length > SHORT ? new Set(ids) : undefined
    return { id: count++, ids, has: (value) => members?.has(value) ?? ids.includes(value) }
  }
  return (ids) => {
    const [only] = ids
    if (ids.length === 1 && only !== undefined) return (singles[only] ??= make(ids))
    const text = ids.join()
    const found = known.get(text) ?? make(ids)
    known.set(text, found)
    return found
  }
}

const ascending = (ids: readonly number[]): readonly number[] => {
  if (ids.every((id, i) => i === 0 || id > (ids[i - 1] ?? 0))) return ids
  return Array.from(new Set(ids)).sort((a, b) => a - b)
}

// ---- constructors ----

const clauseKey = (clause: Clause | undefined): string =>
  clause === undefined ? '' : clause.not ? `!${clause.list.id}` : `${clause.list.id}`

/**
 * A row, with the key that its parts give it.
 *
 * @category constructors
 * @since 0.1.0
 */
export const row = (parts: Omit<Row, 'key'>): Row => ({
  effect: parts.effect,
  principal: parts.principal,
  action: parts.action,
  resource: parts.resource,
  tests: parts.tests,
  like: parts.like,
  key: `${parts.effect}/${clauseKey(parts.principal)}/${clauseKey(parts.action)}/${clauseKey(parts.resource)}/${parts.tests.id}`,
})

const testsMaker = (): ((all: readonly Test[]) => Tests) => {
  const known = new Map<string, Tests>() // local mutation: blocks made so far
  return (all) => {
    const text = all.map(({ name, list }) => `${name} ${list.id}`).join('\n')
    const found = known.get(text) ?? { id: known.size, all }
    known.set(text, found)
    return found
  }
}

type Spaces = Pick<Book, 'actions' | 'resources' | 'principals' | 'values'>

const spacesOf = (
  statements: readonly Statement.Statement[],
  version: Version.Version | undefined,
  spelled: Speller,
): Spaces => {
  const read = reader(version)
  return {
    actions: space(
      statements.flatMap(({ action }) => action.patterns.map(spelled.action)),
      (pattern) => pattern,
      read.action,
    ),
    resources: space(
      statements.flatMap(({ resource }) => (resource._tag === 'Attached' ? [] : resource.patterns)),
      (pattern) => pattern,
      read.resource,
    ),
    principals: space(
      statements.flatMap((each) => (each._tag === 'ResourceStatement' ? each.principal.principals : [])),
      principalText,
    ),
    values: space(
      statements.flatMap(({ conditions }) => conditions.flatMap((each) => each.values)),
      (value) => value,
    ),
  }
}

/**
 * Numbers for all values of these statements, which are of one version.
 *
 * @category constructors
 * @since 0.1.0
 */
export const book = (
  statements: readonly Statement.Statement[],
  version: Version.Version | undefined,
): Book => {
  const spelled = speller(statements)
  const spaces = spacesOf(statements, version, spelled)
  const list = lists()
  const listed = <A>(of: Space<A>, all: readonly A[]): List => list(ascending(all.map(of.id)))
  const tests = testsMaker()
  const testOf = (each: Condition.Condition): Test => ({
    name: conditionName(each),
    operator: each.operator,
    key: each.key,
    additive: isAdditive(each),
    list: listed(spaces.values, each.values),
  })
  return {
    version,
    ...spaces,
    list,
    tests,
    read: (statement) => {
      const { action, resource, conditions } = statement
      const principal = statement._tag === 'IdentityStatement' ? undefined : statement.principal
      return row({
        effect: statement.effect,
        principal: principal && {
          not: principal._tag === 'NotPrincipal',
          list: listed(spaces.principals, principal.principals),
        },
        action: {
          not: action._tag === 'NotAction',
          list: listed(spaces.actions, action.patterns.map(spelled.action)),
        },
        resource:
          resource._tag === 'Attached'
            ? undefined
            : { not: resource._tag === 'NotResource', list: listed(spaces.resources, resource.patterns) },
        tests: tests(conditions.length === 0 ? [] : spelled.conditions(conditions).map(testOf)),
        like: statement,
      })
    },
    write: writer(spaces),
  }
}

// ---- writing ----

const writer =
  ({ actions, resources, principals, values }: Spaces) =>
  ({ like, principal, action, resource, tests }: Row): Statement.Statement => {
    const conditions = Condition.block(
      tests.all.map(({ operator, key, list }) => ({ operator, key, values: values.values(list.ids) })),
    )
    const common = {
      sid: undefined,
      action: { ...like.action, patterns: nonEmpty(actions, action.list) ?? like.action.patterns },
      conditions: E.isRight(conditions) ? conditions.right : like.conditions,
    }
    const listed = (clause: Resource.ListedResources): Resource.ListedResources => ({
      ...clause,
      patterns: nonEmpty(resources, resource?.list) ?? clause.patterns,
    })
    if (like._tag === 'IdentityStatement') return { ...like, ...common, resource: listed(like.resource) }
    const entries = nonEmpty(principals, principal?.list)
    return {
      ...like,
      ...common,
      principal: entries ? { ...like.principal, principals: Principal.list(entries) } : like.principal,
      resource: like.resource._tag === 'Attached' ? like.resource : listed(like.resource),
    }
  }

const nonEmpty = <A>(of: Space<A>, list: List | undefined): readonly [A, ...(readonly A[])] | undefined => {
  const [first, ...rest] = of.values(list?.ids ?? [])
  return first === undefined ? undefined : [first, ...rest]
}

// ---- slots ----

/**
 * The places of a row that hold lists, in the order of canonical JSON.
 *
 * @category destructors
 * @since 0.1.0
 */
export const rowSlots = ({ principal, action, resource, tests }: Row): readonly RowSlot[] => [
  ...(principal === undefined ? [] : [clauseSlot('Principal', principal)]),
  clauseSlot('Action', action),
  ...(resource === undefined ? [] : [clauseSlot('Resource', resource)]),
  ...tests.all,
]

const clauseSlot = (name: 'Principal' | 'Action' | 'Resource', { not, list }: Clause): RowSlot => ({
  name,
  additive: !not,
  list,
})

/**
 * Is it the name of an element that every statement of its sort has, and not of a condition?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isClauseName = (name: SlotName): name is 'Principal' | 'Action' | 'Resource' =>
  name === 'Action' || name === 'Resource' || name === 'Principal'

/**
 * What a slot of a row is called in the document.
 *
 * @category rendering
 * @since 0.1.0
 */
export const elementName = ({ tests }: Row, { name, additive }: RowSlot): string => {
  if (isClauseName(name)) return additive ? name : `Not${name}`
  const test = tests.all.find((each) => each.name === name)
  return test === undefined ? '' : `Condition/${Operator.show(test.operator)}/${test.key}`
}

/**
 * The list in a slot of a row.
 *
 * @category destructors
 * @since 0.1.0
 */
export const slotList = ({ action, resource, principal, tests }: Row, name: SlotName): List | undefined =>
  name === 'Action'
    ? action.list
    : name === 'Resource'
      ? resource?.list
      : name === 'Principal'
        ? principal?.list
        : tests.all.find((test) => test.name === name)?.list

/**
 * The space that the values of a slot are of.
 *
 * @category destructors
 * @since 0.1.0
 */
export const spaceOf = (of: Book, name: SlotName): Pick<Space<unknown>, 'texts' | 'hit'> =>
  name === 'Action'
    ? of.actions
    : name === 'Resource'
      ? of.resources
      : name === 'Principal'
        ? of.principals
        : of.values

/**
 * The row with another list in one slot.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withList = (of: Book, from: Row, name: SlotName, list: List): Row => {
  const { effect, principal, action, resource, tests, like } = from
  const put = (clause: Clause | undefined, isHere: boolean): Clause | undefined =>
    isHere && clause !== undefined ? { not: clause.not, list } : clause
  return row({
    effect,
    principal: put(principal, name === 'Principal'),
    action: name === 'Action' ? { not: action.not, list } : action,
    resource: put(resource, name === 'Resource'),
    tests: isClauseName(name)
      ? tests
      : of.tests(tests.all.map((test) => (test.name === name ? { ...test, list } : test))),
    like,
  })
}
