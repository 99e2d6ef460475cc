/**
 * Rules about statements that change nothing: they match no request, or others say the same already. All by proof.
 *
 * @since 0.1.0
 */
import { withStatements, type Document, type Statement } from '../model/index.js'
import type { Remark } from './Finding.js'
import { replacing, type Fix } from './Fix.js'
import { isAbout, isOnResource } from './patterns.js'
import { statementAt } from './place.js'
import { isOpaque, silenced, type Prover } from './Prover.js'
import { ofStatements, type Options, type Placed, type Rule, type Subject } from './Rule.js'

/** A document has at least one statement, so that its last one cannot go. */
const removal = (document: Document.Document, placed: Placed): Fix | undefined =>
  document.statements.length < 2
    ? undefined
    : replacing(`remove statement ${placed.index + 1}`, 'Equivalent', placed, [])

// ---- matches nothing ----

/** Without a test and with nothing negated, a statement has something to match. */
const mayBeEmpty = ({ action, resource, conditions, ...statement }: Statement.Statement): boolean =>
  conditions.length > 0 ||
  action._tag === 'NotAction' ||
  resource._tag === 'NotResource' ||
  (statement._tag === 'ResourceStatement' && statement.principal._tag === 'NotPrincipal')

/** A Deny with NotPrincipal does not match what an Allow would (U-15, U-16), and then nothing is said. */
const asAllow = (statement: Statement.Statement): Statement.Statement | undefined =>
  statement._tag === 'ResourceStatement' &&
  statement.principal._tag === 'NotPrincipal' &&
  statement.effect === 'Deny'
    ? undefined
    : { ...statement, effect: 'Allow' }

/**
 * Is it proven that no request matches the statement?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isEmpty = (
  statement: Statement.Statement,
  document: Document.Document,
  prover: Prover,
): boolean => {
  const allow = asAllow(statement)
  if (allow === undefined || !mayBeEmpty(statement) || isOpaque(statement)) return false
  const alone = withStatements(document, [allow])
  return prover.isNoBroader(alone, silenced(alone))
}

/**
 * A statement that no request can match: its tests contradict each other, or it excludes everything (SM-1).
 *
 * @category analysis
 * @since 0.1.0
 */
export const matchesNothing: Rule<'matches-nothing'> = {
  id: 'matches-nothing',
  severity: 'error',
  title: 'a statement that no request can match',
  sources: ['SM-1'],
  check: ofStatements<Options>(
    ({ document, prover }) =>
      (placed) =>
        isEmpty(placed.statement, document, prover)
          ? [
              {
                pointer: statementAt(placed.index),
                message:
                  'no request can match this statement: its elements leave none, or its tests exclude each other',
                source: 'SM-1',
                mend: 'take it out, or say what it is to match',
                fix: removal(document, placed),
              },
            ]
          : [],
  ),
}

// ---- statements that cover others ----

/** Texts that whatever covers the statement has to match as well: its patterns, wildcards taken as letters. */
const cellsOf = ({ action, resource }: Statement.Statement): readonly (readonly [string, string])[] => {
  const actions = action._tag === 'Action' ? action.patterns : ['*:*']
  const resources = resource._tag === 'Resource' ? resource.patterns : ['arn:*:*:*:*:*']
  return actions.flatMap((name) => resources.map((text) => [name, text] as const))
}

/** Those of the others that may have a part in covering the statement; undefined when they surely do not suffice. */
const coverOf = (
  statement: Statement.Statement,
  others: readonly Statement.Statement[],
): readonly Statement.Statement[] | undefined => {
  const matches = others.map((other) => {
    const [isAction, isResource] = [isAbout(other), isOnResource(other)]
    return ([name, text]: readonly [string, string]): boolean => isAction(name) && isResource(text)
  })
  const cells = cellsOf(statement)
  return cells.every((cell) => matches.some((match) => match(cell)))
    ? others.filter((_, i) => cells.some((cell) => matches[i]?.(cell) === true))
    : undefined
}

/** In the policy of a gateway endpoint an account is its root user only (U-22), which the algebra does not ask about. */
const namesAccounts = ({ document, kind }: Pick<Subject<Options>, 'document' | 'kind'>): boolean =>
  kind === 'endpoint' &&
  document.statements.some(
    (statement) =>
      statement._tag === 'ResourceStatement' &&
      statement.principal.principals.some(({ _tag }) => _tag === 'Account'),
  )

const isDenied = (statement: Statement.Statement, { document, prover }: Subject<Options>): boolean => {
  const denies = document.statements.filter(({ effect }) => effect === 'Deny')
  const [first, ...rest] = coverOf(statement, denies) ?? []
  if (first === undefined || isOpaque(statement)) return false
  const limits = withStatements(document, [first, ...rest])
  return prover.isNoBroader(withStatements(document, [statement, first, ...rest]), limits)
}

/**
 * An Allow of which a Deny of the same document leaves nothing (DE-3).
 *
 * @category analysis
 * @since 0.1.0
 */
export const allowDenied: Rule<'allow-denied'> = {
  id: 'allow-denied',
  severity: 'warning',
  title: 'an Allow of which the Denies of the same document leave nothing',
  sources: ['DE-3'],
  check: ofStatements<Options>(
    (subject) => (placed) =>
      placed.statement.effect === 'Allow' && !namesAccounts(subject) && isDenied(placed.statement, subject)
        ? [
            {
              pointer: statementAt(placed.index),
              message: 'everything that this allows is denied by other statements of the document',
              source: 'DE-3',
              mend: 'take it out, or narrow the Deny',
              fix: removal(subject.document, placed),
            },
          ]
        : [],
  ),
}

interface Shadow {
  readonly placed: Placed
  readonly by: readonly number[]
}

/** The statements that have to be there for the proof: one alone, if one will do. */
const reasons = (
  statement: Statement.Statement,
  cover: readonly Statement.Statement[],
  { document, prover }: Subject<Options>,
): readonly Statement.Statement[] | undefined => {
  const proves = ([first, ...rest]: readonly Statement.Statement[]): boolean =>
    first !== undefined &&
    prover.isInterchangeable(
      withStatements(document, [first, ...rest]),
      withStatements(document, [statement, first, ...rest]),
    )
  if (!proves(cover)) return undefined
  const one = cover.length > 1 ? cover.find((each) => proves([each])) : undefined
  return one === undefined ? cover : [one]
}

/** From the last to the first, each without those found so far, so that all findings hold together. */
const shadows = (subject: Subject<Options>): readonly Shadow[] => {
  const { document, prover } = subject
  const all = document.statements.map((statement, index): Placed => ({ statement, index }))
  const found: Shadow[] = [] // local mutation: in order of search
  const gone = new Set<number>() // local mutation: what others make superfluous
  for (const placed of Array.from(all).reverse()) {
    const { statement, index } = placed
    if (isOpaque(statement) || isEmpty(statement, document, prover)) continue
    const others = all.filter(
      (other) =>
        other.index !== index && !gone.has(other.index) && other.statement.effect === statement.effect,
    )
    const cover = coverOf(
      statement,
      others.map((other) => other.statement),
    )
    const by = cover === undefined ? undefined : reasons(statement, cover, subject)
    if (by === undefined) continue
    gone.add(index)
    found.push({
      placed,
      by: others.flatMap((other) => (by.includes(other.statement) ? [other.index] : [])),
    })
  }
  return found.reverse()
}

const named = (by: readonly number[]): string =>
  `${by.length === 1 ? 'statement' : 'statements'} ${by.map((index) => String(index + 1)).join(', ')}`

/**
 * A statement that changes nothing because others of the same effect match all that it matches, at least as directly
 * (DE-2).
 *
 * @category analysis
 * @since 0.1.0
 */
export const shadowedStatement: Rule<'shadowed-statement'> = {
  id: 'shadowed-statement',
  severity: 'warning',
  title: 'a statement that adds nothing to others of the same effect',
  sources: ['DE-2'],
  check: (subject) =>
    namesAccounts(subject)
      ? []
      : shadows(subject).map(({ placed, by }): Remark => ({
          pointer: statementAt(placed.index),
          message: `this adds nothing to ${named(by)}`,
          source: 'DE-2',
          mend: 'take it out',
          fix: removal(subject.document, placed),
        })),
}
