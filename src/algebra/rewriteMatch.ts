/**
 * What surely holds between a row and a cell by their texts alone: that the row covers the cell, or that a request of the
 * cell escapes the row. Most steps of a rewriting are settled here; the rest goes to the search.
 *
 * A cell is a row cut down to a single action, principal and resource wherever it lists them.
 *
 * @since 0.1.0
 */
import { Condition, Operand, Operator, Principal } from '../model/index.js'
import { Glob, Groups } from '../pattern/index.js'
import * as callerText from './callerText.js'
import type { Book, Clause, Row, Test, Tests } from './rewriteBook.js'
import { opaque } from './rewriteCover.js'
import { sampleWord } from './rewriteGlobs.js'
import { contains, containsAny, type List } from './rewriteLists.js'
import type { Space } from './rewriteSpace.js'
import { testOf } from './statementSets.js'

// ---- model ----

/**
 * What the keys of a request of a cell are, as far as it can be told at a glance.
 *
 * - `values`: the value of each folded key that has one; a key in `unknown` may have any; others are missing.
 *
 * @category model
 * @since 0.1.0
 */
export interface Probe {
  readonly id: number
  readonly values: ReadonlyMap<string, string>
  readonly unknown: ReadonlySet<string>
}

/**
 * A row with one value for each list that is a union, by number; `none` where a list tells what is not meant, or where
 * the row speaks of the resource that it is attached to. Without `probe` no request of it is known.
 *
 * @category model
 * @since 0.1.0
 */
export interface Cell {
  readonly row: Row
  readonly action: number
  readonly principal: number
  readonly resource: number
  readonly probe: Probe | undefined
}

/**
 * No single value.
 *
 * @category model
 * @since 0.1.0
 */
export const none = -1

/**
 * What rows and cells of one book are judged by; what is found about conditions is remembered.
 *
 * - `anything`, `everything`, `everyone`: the numbers of the action, the resource and the principal `*`, -1 without them.
 * - `attachedHit`: the resources that match what something is attached to.
 * - `implied`: do all requests that satisfy the second block satisfy the first? Yes is a proof.
 * - `holds`: might a request with these keys satisfy a block?
 * - `probe`: a request's keys that satisfy a block; with `against`, and fail that test.
 *
 * @category model
 * @since 0.1.0
 */
export interface Judge {
  readonly book: Book
  readonly anything: number
  readonly everything: number
  readonly everyone: number
  readonly attachedHit: readonly number[]
  readonly implied: (outer: Tests, inner: Tests) => boolean
  readonly holds: (tests: Tests, probe: Probe) => boolean
  readonly probe: (tests: Tests, against?: Test) => Probe
}

/** A resource that something is attached to, which no pattern has reason to name. */
const attachedSample = 'arn:ǂǂ'

interface Numbered {
  readonly id: number
}

/** For two values, each numbered among its like. */
const remembered = <A extends Numbered, B extends Numbered>(
  make: (a: A, b: B) => boolean,
): ((a: A, b: B) => boolean) => {
  const known: (boolean | undefined)[][] = [] // local mutation: answers so far
  return (a, b) => {
    const row = (known[a.id] ??= [])
    return (row[b.id] ??= make(a, b))
  }
}

// ---- conditions ----

const isWithin = (inner: Test, outer: Test): boolean =>
  inner.list.ids.every((value) => contains(outer.list, value))

/** More values hold more often, or less often under a negated operator; an empty list is a case of its own (U-4). */
const implies = (given: Test, test: Test): boolean => {
  const { name } = given.operator
  if (given.list.id === test.list.id || name === 'Null') return given.list.id === test.list.id
  return Operator.operators[name].negated
    ? test.list.ids.length > 0 && isWithin(test, given)
    : isWithin(given, test)
}

const impliedBy = (outer: Tests, inner: Tests): boolean =>
  outer.all.every((test) => inner.all.some((given) => given.name === test.name && implies(given, test)))

/** A value that passes a test, or that fails it; undefined where that cannot be told at a glance. */
const sampleOf = ({ operator }: Test, [value]: readonly string[], passes: boolean): string | undefined => {
  const { comparison, negated } = Operator.operators[operator.name]
  if (operator.qualifier === 'ForAllValues' || value === undefined || value.includes('${')) return undefined
  if (negated === passes || (comparison.type !== 'String' && comparison.type !== 'Bool')) return undefined
  return comparison.type === 'String' && comparison.pattern ? sampleWord(Glob.parse(value)) : value
}

const truthOf = (book: Book, { operator, key, list }: Test) =>
  testOf(book.version, opaque)({ operator, key, values: book.values.values(list.ids) })

const mayHold = (book: Book, test: Test, { values, unknown }: Probe): boolean => {
  const key = Condition.foldKey(test.key)
  if (unknown.has(key) || callerText.isDerived(key) || key === 'aws:resourceaccount') return true
  const { truth, operands } = truthOf(book, test)
  const value = values.get(key)
  if (value === undefined) return truth.missing
  if (truth.present === 'Always' || truth.present === 'Never') return truth.present === 'Always'
  if (book.values.values(test.list.ids).some((text) => text.includes('${'))) return true
  return operands.some((operand) => Operand.admits(operand)(value)) !== truth.negated
}

/** A test that a request is to pass, or to fail. */
interface Demand {
  readonly test: Test
  readonly passes: boolean
}

const demandsOf = (tests: Tests, against: Test | undefined): readonly Demand[] => [
  ...tests.all.map((test) => ({ test, passes: true })),
  ...(against === undefined ? [] : [{ test: against, passes: false }]),
]

const probeMaker = (book: Book): Judge['probe'] => {
  const known = new Map<string, Probe>() // local mutation: probes by what they were made for
  const make = (tests: Tests, against: Test | undefined): Probe => {
    const values = new Map<string, string>() // local mutation: filled key by key, as is the next
    const unknown = new Set<string>()
    const byKey = Groups.by(demandsOf(tests, against), ({ test }) => Condition.foldKey(test.key))
    for (const [key, demands] of byKey) {
      if (demands.every(({ test, passes }) => truthOf(book, test).truth.missing === passes)) continue
      const [{ test, passes }, ...more] = demands
      const value = more.length === 0 ? sampleOf(test, book.values.values(test.list.ids), passes) : undefined
      if (value === undefined) unknown.add(key)
      else values.set(key, value)
    }
    return { id: known.size, values, unknown }
  }
  return (tests, against) => {
    const key = against === undefined ? `${tests.id}` : `${tests.id} ${against.name} ${against.list.id}`
    const found = known.get(key) ?? make(tests, against)
    known.set(key, found)
    return found
  }
}

// ---- elements ----

/** Every exception of the outer clause lies within one of the inner clause's. */
const exceptsLess = (outer: Clause, inner: Clause, up: (id: number) => readonly number[]): boolean =>
  outer.list.id === inner.list.id || outer.list.ids.every((id) => containsAny(inner.list, up(id)))

/** U-15, U-16: `NotPrincipal` reads differently in Allow and Deny. */
const isComparable = (outer: Row, inner: Row): boolean =>
  outer.effect === inner.effect || outer.principal?.not !== true

const isUnknowable = ({ _tag }: Principal.Principal): boolean =>
  _tag === 'CanonicalUser' || _tag === 'UniqueId'

const mayBeNamed =
  (ours: Principal.Principal, isDeny: boolean) =>
  (other: Principal.Principal): boolean => {
    if (other._tag === 'Everyone') return true
    const [named, account] = [Principal.accountOf(other), Principal.accountOf(ours)]
    return named !== undefined && named.account === account?.account && (isDeny || other._tag === ours._tag)
  }

// ---- constructors ----

/**
 * A judge for rows of a book.
 *
 * @category constructors
 * @since 0.1.0
 */
export const judge = (book: Book): Judge => {
  const { actions, resources, principals } = book
  const star = <A extends string>(of: Space<A>): number =>
    of.hitWord('ǂ').find((id) => of.values([id])[0] === '*') ?? none
  return {
    book,
    anything: star(actions),
    everything: star(resources),
    everyone: principals.id(Principal.everyone),
    attachedHit: resources.hitWord(attachedSample),
    implied: remembered(impliedBy),
    holds: remembered((tests: Tests, probe: Probe) => tests.all.every((test) => mayHold(book, test, probe))),
    probe: probeMaker(book),
  }
}

// ---- judgements ----

/**
 * Does the row, by itself, match whatever the cell matches, as directly? Yes is a proof.
 *
 * @category predicates
 * @since 0.1.0
 */
export const covers = (judge: Judge, outer: Row, cell: Cell): boolean =>
  isComparable(outer, cell.row) &&
  coversAction(judge, outer, cell) &&
  coversResource(judge, outer, cell) &&
  coversPrincipal(judge, outer, cell) &&
  (outer.tests.all.length === 0 ||
    outer.tests === cell.row.tests ||
    judge.implied(outer.tests, cell.row.tests))

const coversAction = ({ book, anything }: Judge, { action }: Row, cell: Cell): boolean => {
  if (!action.not && contains(action.list, anything)) return true
  if (action.not !== cell.row.action.not) return false
  return action.not
    ? exceptsLess(action, cell.row.action, book.actions.up)
    : containsAny(action.list, book.actions.up(cell.action))
}

const coversResource = ({ book, everything }: Judge, outer: Row, cell: Cell): boolean => {
  const wide = outer.resource
  const narrow = cell.row.resource
  if (wide === undefined) return narrow === undefined || (!narrow.not && cell.resource !== everything)
  if (!wide.not && contains(wide.list, everything)) return true
  if (narrow === undefined || wide.not !== narrow.not) return false
  return wide.not
    ? exceptsLess(wide, narrow, book.resources.up)
    : containsAny(wide.list, book.resources.up(cell.resource))
}

const coversPrincipal = ({ everyone }: Judge, { principal: wide }: Row, cell: Cell): boolean => {
  const narrow = cell.row.principal
  if (wide === undefined || narrow === undefined) return true
  if (!wide.not && contains(wide.list, everyone)) return true
  if (wide.not !== narrow.not) return false
  return wide.not ? wide.list === narrow.list : contains(wide.list, cell.principal)
}

/**
 * Might the row match the request at hand? No is only as good as the request, and so may cost a rewriting, never make a
 * wrong one.
 *
 * @category predicates
 * @since 0.1.0
 */
export const meets = (judge: Judge, outer: Row, cell: Cell): boolean =>
  cell.probe === undefined ||
  (meetsAction(judge, outer, cell) &&
    meetsResource(judge, outer, cell) &&
    meetsPrincipal(judge, outer, cell) &&
    (outer.tests.all.length === 0 || judge.holds(outer.tests, cell.probe)))

const meetsAction = ({ book }: Judge, { action }: Row, cell: Cell): boolean =>
  cell.action === none || containsAny(action.list, book.actions.hit(cell.action)) !== action.not

const meetsResource = (
  { book, attachedHit }: Judge,
  { resource }: Row,
  { row, resource: value }: Cell,
): boolean => {
  if (resource === undefined)
    return row.resource === undefined || value === none || book.resources.values([value])[0] !== '*'
  if (row.resource !== undefined && value === none) return true
  const hit = row.resource === undefined ? attachedHit : book.resources.hit(value)
  if (!resource.not) return containsAny(resource.list, hit)
  return hasVariable(book, value) || !surelyExcepts(book, resource.list, hit)
}

/** A pattern with a variable matches now and then only. */
const hasVariable = ({ resources }: Book, id: number): boolean => resources.entry(id)?.hasVariable === true

const surelyExcepts = (book: Book, exceptions: List, hit: readonly number[]): boolean =>
  hit.some((id) => contains(exceptions, id) && !hasVariable(book, id))

const meetsPrincipal = ({ book }: Judge, { effect, principal }: Row, cell: Cell): boolean => {
  if (principal === undefined || principal.not || cell.principal === none) return true
  if (contains(principal.list, cell.principal)) return true
  const [ours] = book.principals.values([cell.principal])
  if (ours === undefined || isUnknowable(ours)) return true
  const isDeny = effect === 'Deny' || cell.row.effect === 'Deny'
  return book.principals.values(principal.list.ids).some(mayBeNamed(ours, isDeny))
}
