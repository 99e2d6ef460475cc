/**
 * Rules about lists in which one entry says what another says already.
 *
 * @since 0.1.0
 */
import {
  Action,
  Operand,
  Operator,
  Principal,
  withStatements,
  type Condition,
  type Statement,
  type Version,
} from '../model/index.js'
import { Glob } from '../pattern/index.js'
import type { Remark } from './Finding.js'
import { replacing } from './Fix.js'
import { withoutAction, withoutPrincipal, withoutResource, withoutValue } from './parts.js'
import { fits, fitsResource } from './patterns.js'
import { actionAt, principalAt, resourceAt, valueAt } from './place.js'
import { isOpaque } from './Prover.js'
import { ofStatements, type Options, type Placed, type Rule, type Subject } from './Rule.js'

/**
 * A list of a statement: the texts of its entries, where each stands, the statement without one of them, and whether one
 * may say what another says, by their texts: what a proof need not be asked for, if not.
 */
interface List {
  readonly texts: readonly string[]
  readonly at: (i: number) => string
  readonly without: (i: number) => (statement: Statement.Statement) => Statement.Statement | undefined
  readonly mayCover: (i: number, j: number) => boolean
}

const actionList = ({ statement, index }: Placed): List => {
  const { patterns } = statement.action
  const fitting = patterns.map(fits)
  return {
    texts: patterns.map(Action.fold),
    at: (i) => actionAt(index, statement, i),
    without: withoutAction,
    mayCover: (i, j) => fitting[i]?.(patterns[j] ?? '') === true,
  }
}

const resourceList = ({ statement, index }: Placed): List | undefined => {
  if (statement.resource._tag === 'Attached') return undefined
  const { patterns } = statement.resource
  const fitting = patterns.map(fitsResource)
  return {
    texts: patterns,
    at: (i) => resourceAt(index, statement, i),
    without: withoutResource,
    mayCover: (i, j) => fitting[i]?.(patterns[j] ?? '') === true,
  }
}

const principalList = ({ statement, index }: Placed, kind: string): List | undefined => {
  if (statement._tag === 'IdentityStatement') return undefined
  const clause = statement.principal
  const { principals } = clause
  const covers = (one: Principal.Principal, other: Principal.Principal): boolean =>
    (one._tag === 'Everyone' && Principal.typeOf(other) === 'AWS') || // U-12 is too little to take a service out
    (one._tag === 'Account' && kind !== 'endpoint' && Principal.accountOf(other)?.account === one.account)
  return {
    texts: principals.map((each) => `${Principal.typeOf(each)} ${Principal.show(each)}`),
    at: (i) => principalAt(index, clause, i),
    without: withoutPrincipal,
    mayCover: (i, j) => {
      const [one, other] = [principals[i], principals[j]]
      return (
        clause._tag === 'Principal' && one !== undefined && other !== undefined && covers(one, other) // U-15
      )
    },
  }
}

/** Beyond so many values, only those are compared that are written alike. */
const MANY = 64

const valueList = (
  { index }: Placed,
  condition: Condition.Condition,
  version: Version.Version | undefined,
): List => {
  const { comparison } = Operator.operators[condition.operator.name]
  const operands =
    condition.values.length > MANY
      ? []
      : condition.values.map(Operand.read(comparison, version, () => ({ _tag: 'Missing' })))
  return {
    texts: condition.values,
    at: (i) => valueAt(index, condition, i),
    without: (i) => withoutValue(condition, i),
    mayCover: (i, j) => {
      const [one, other] = [operands[i], operands[j]]
      if (one === undefined || other === undefined || one._tag === 'Nothing' || other._tag === 'Nothing')
        return false
      return one._tag !== 'Strings' || Glob.matches(one.glob)(condition.values[j] ?? '')
    },
  }
}

const listsOf = ({ document, kind }: Subject<Options>, placed: Placed): readonly List[] => {
  const lists = [actionList(placed), resourceList(placed), principalList(placed, kind)]
  return [
    ...lists.flatMap((list) => list ?? []),
    ...placed.statement.conditions.map((condition) => valueList(placed, condition, document.version)),
  ]
}

interface Spare {
  readonly i: number
  readonly by: number
}

/** From the last to the first, each against those that stay, so that all findings hold together. */
const spares = (
  { texts, mayCover, without }: List,
  { document, prover }: Subject<Options>,
  statement: Statement.Statement,
): readonly Spare[] => {
  const found: Spare[] = [] // local mutation: in order of search
  const gone = new Set<number>() // local mutation: entries that others cover
  let rest = statement // local mutation: the statement without those
  const isSpare = (less: Statement.Statement): boolean =>
    prover.isInterchangeable(withStatements(document, [less]), withStatements(document, [rest]))
  for (let i = texts.length - 1; i >= 0; i -= 1) {
    const same = texts.findIndex((text, j) => j < i && text === texts[i])
    const by = same === -1 ? texts.findIndex((_, j) => j !== i && !gone.has(j) && mayCover(j, i)) : same
    const less = by === -1 ? undefined : without(i)(rest)
    if (less === undefined || (same === -1 && (isOpaque(statement) || !isSpare(less)))) continue
    gone.add(i)
    rest = less
    found.push({ i, by })
  }
  return found.reverse()
}

const quoted = (texts: readonly string[], i: number): string => `\`${texts[i] ?? ''}\``

const remarkOf =
  (list: List, placed: Placed) =>
  ({ i, by }: Spare): Remark => {
    const less = list.without(i)(placed.statement)
    return {
      pointer: list.at(i),
      message:
        list.texts[i] === list.texts[by]
          ? `${quoted(list.texts, i)} stands in this list twice`
          : `${quoted(list.texts, i)} is covered by ${quoted(list.texts, by)} in the same list`,
      source: 'SM-1',
      mend: 'take it out',
      fix:
        less === undefined
          ? undefined
          : replacing(`remove ${quoted(list.texts, i)}`, 'Equivalent', placed, [less]),
    }
  }

/**
 * An entry of a list that another entry covers: an action, a resource, a principal, a value.
 *
 * @category analysis
 * @since 0.1.0
 */
export const redundantEntry: Rule<'redundant-entry'> = {
  id: 'redundant-entry',
  severity: 'info',
  title: 'an entry that another entry of the same list covers',
  sources: ['SM-1'],
  check: ofStatements<Options>(
    (subject) => (placed) =>
      listsOf(subject, placed).flatMap((list) =>
        spares(list, subject, placed.statement).map(remarkOf(list, placed)),
      ),
  ),
}
