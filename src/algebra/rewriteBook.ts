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
import { ascending, listMaker, mixed, once, type Kind, type List } from './rewriteLists.js'
import { space, type Space } from './rewriteSpace.js'

// ---- model ----

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
 * All conditions of a statement, ordered by name. A book has one block for equal ones.
 *
 * @category model
 * @since 0.1.0
 */
export interface Tests {
  readonly id: number
  readonly all: readonly Test[]
}

/**
 * A statement. A book has one row for equal ones, so that `id` tells rows apart. Without `principal` it is an identity
 * policy's, without `resource` it speaks of what it is attached to.
 *
 * @category model
 * @since 0.1.0
 */
export interface Row {
  readonly id: number
  readonly effect: Statement.Effect
  readonly principal: Clause | undefined
  readonly action: Clause
  readonly resource: Clause | undefined
  readonly tests: Tests
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
  readonly row: (parts: Omit<Row, 'id'>) => Row
  readonly read: (statement: Statement.Statement) => Row
  readonly write: (row: Row) => Statement.Statement
}

// ---- one for all that are equal ----

const hashTests = (all: readonly Test[]): number => {
  let hash = all.length // local mutation: one pass
  for (const { list } of all) hash = mixed(hash, list.id)
  return hash
}

const blocks: Kind<readonly Test[], Tests> = {
  hash: hashTests,
  isOf: ({ all }, wanted) =>
    all.length === wanted.length &&
    all.every(({ name, list }, i) => name === wanted[i]?.name && list === wanted[i].list),
  make: (all, id) => ({ id, all }),
}

/**
 * A number for an element, which no other has.
 *
 * @category destructors
 * @since 0.1.0
 */
export const hashClause = (clause: Clause | undefined): number =>
  clause === undefined ? -1 : clause.not ? -2 - clause.list.id : clause.list.id

const sameClause = (a: Clause | undefined, b: Clause | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.list === b.list && a.not === b.not)

const hashRow = ({ effect, principal, action, resource, tests }: Omit<Row, 'id'>): number =>
  mixed(
    mixed(mixed(mixed(effect.length, hashClause(principal)), hashClause(action)), hashClause(resource)),
    tests.id,
  )

const rows: Kind<Omit<Row, 'id'>, Row> = {
  hash: hashRow,
  isOf: (known, { effect, principal, action, resource, tests }) =>
    known.effect === effect &&
    known.tests === tests &&
    sameClause(known.action, action) &&
    sameClause(known.resource, resource) &&
    sameClause(known.principal, principal),
  make: ({ effect, principal, action, resource, tests, like }, id) => ({
    id,
    effect,
    principal,
    action,
    resource,
    tests,
    like,
  }),
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
  const known = new Map<Statement.Statement, Row>() // local mutation: statements read so far
  const spaces = spacesOf(statements, version, spelled)
  const { actions, resources, principals, values } = spaces
  const list = listMaker(Math.max(actions.size, resources.size, principals.size, values.size))
  const row = once(rows)
  const listed = <A>(of: Space<A>, all: readonly A[]): List => list(ascending(all.map(of.id)))
  const tests = once(blocks)
  const testOf = (each: Condition.Condition): Test => ({
    name: conditionName(each),
    operator: each.operator,
    key: each.key,
    additive: isAdditive(each),
    list: listed(spaces.values, each.values),
  })
  const read = (statement: Statement.Statement): Row => {
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
  }
  return {
    version,
    ...spaces,
    list,
    tests,
    row,
    read: (statement) => {
      const found = known.get(statement) ?? read(statement)
      known.set(statement, found)
      return found
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
export const spaceOf = (of: Book, name: SlotName): Pick<Space<unknown>, 'text' | 'hit'> =>
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
  return of.row({
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
