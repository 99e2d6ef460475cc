/**
 * One form for all documents that mean the same, and a hash of it.
 *
 * A document is cut into cells, each a single value of every element, and cells that others cover are left out. Where all
 * cells are *plain*, what is left is the same for every document that means the same:
 *
 * A plain cell lists literal texts and free `*`, never `?`, and tests keys for being a text. Put a letter that no document
 * uses for each `*`, and leave every other key missing: whichever plain cell holds that request also holds every request
 * of this cell, since only its own `*` can have read the letter. So a plain cell within a union of plain cells lies
 * within one of them; two sets of such cells with the same union, none of which covers another of its own, are equal.
 *
 * Source: the argument is that for prime implicants of a union; see docs/semantics.md for what patterns mean.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  Action,
  Arn,
  Condition,
  DocumentJson,
  ecrActions,
  type Document,
  type Operator,
  Principal,
  type Statement,
  withStatements,
} from '../model/index.js'
import { Frozen } from '../pattern/index.js'
import * as callerText from './callerText.js'
import { standardBudget, type Options } from './Verdict.js'
import { hashText } from './hash.js'
import { unwritable, upgrade } from './merge.js'
import { minimize } from './minimize.js'
import { compareRows } from './minimizeSize.js'
import { book as bookOf } from './rewriteBook.js'
import { compareText, join, keyOf, normalize, slots } from './rewriteForm.js'
import { cells, prover } from './rewriteProver.js'
import { table } from './rewriteTable.js'
import { wellFormed } from './World.js'

// ---- model ----

/**
 * A form of a document. `reached`: every interchangeable document whose form is reached has this very form. Otherwise it
 * is only a smaller spelling of the same.
 *
 * @category model
 * @since 0.1.0
 */
export interface Canonical<D extends Document.Document = Document.Document> {
  readonly document: D
  readonly reached: boolean
}

/** Cells beyond which the form is not looked for. */
const MOST_CELLS = 2_000

// ---- plain cells ----

/** A name with a blank is no action's (U-31), so that its cell is empty and could be said in many ways. */
const isPlainAction = ({ _tag, patterns: [pattern] }: Action.ActionClause): boolean =>
  _tag === 'Action' &&
  !pattern.includes(' ') &&
  !pattern.includes('?') &&
  !pattern.includes('**') &&
  !/^\*+:\*+$/.test(pattern)

const isSimple = (text: string | undefined): boolean =>
  text === '*' || (text !== undefined && !/[*?$]/.test(text))

/** An account that some ARN has, or any. */
const isSomeAccount = (text: string | undefined): boolean =>
  text !== undefined && (['', 'aws', '*'].includes(text) || Arn.isAccountId(text))

/** Region and account are written out or `*`; no other wildcard stands before the fifth colon. */
const isPlainArn = (pattern: string): boolean => {
  const [, partition, service, region, account, rest = ''] = Arn.segments(pattern)
  return (
    [partition, service].every((text) => text !== '*' && isSimple(text)) &&
    isSimple(region) &&
    isSomeAccount(account) &&
    rest !== '' &&
    !/[?$]|\*\*/.test(rest)
  )
}

/** An account by its id (U-34), or a name in `aws`: those of other partitions are not looked at. */
const isPlainPrincipal = (entry: Principal.Principal | undefined): boolean =>
  entry === undefined ||
  (entry._tag !== 'UniqueId' && (Principal.accountOf(entry)?.partition ?? 'aws') === 'aws')

const plainOperators: ReadonlySet<Operator.OperatorName> = new Set(['StringEquals', 'StringLike', 'Bool'])

const isPlainTest = ({ operator, key, values: [value, ...more] }: Condition.Condition): boolean => {
  const folded = Condition.foldKey(key)
  if (value === undefined || more.length > 0 || operator.qualifier !== 'None' || operator.ifExists)
    return false
  if (callerText.isDerived(folded) || folded === 'aws:resourceaccount') return false
  const isTruth = value.toLowerCase() === 'true' || value.toLowerCase() === 'false'
  return (
    plainOperators.has(operator.name) &&
    !value.includes('${') &&
    isTruth === (operator.name === 'Bool') &&
    !(operator.name === 'StringLike' && /[?]|\*\*|^\*$/.test(value))
  )
}

const isPlain = ({ action, resource, conditions, ...statement }: Statement.Statement): boolean =>
  isPlainAction(action) &&
  (resource._tag === 'Attached' ||
    (resource._tag === 'Resource' && (resource.patterns[0] === '*' || isPlainArn(resource.patterns[0])))) &&
  (statement._tag === 'IdentityStatement' ||
    (statement.principal._tag === 'Principal' && isPlainPrincipal(statement.principal.principals[0]))) &&
  conditions.every(isPlainTest) &&
  new Set(conditions.map(({ key }) => Condition.foldKey(key))).size === conditions.length

/** A key that is tested both as a truth and as a text has two ways to say the same. */
const hasOneType = (pieces: readonly Statement.Statement[]): boolean => {
  const keys = (isBool: boolean) =>
    pieces.flatMap(({ conditions }) =>
      conditions.flatMap(({ operator, key }) =>
        (operator.name === 'Bool') === isBool ? [Condition.foldKey(key)] : [],
      ),
    )
  const truths = new Set(keys(true))
  return !keys(false).some((key) => truths.has(key))
}

// ---- one spelling ----

const spelledActions: ReadonlyMap<string, string> = new Map(
  ecrActions.map((action) => [action.toLowerCase(), action]),
)

const spelledAction = (pattern: Action.ActionPattern): Action.ActionPattern => {
  const parsed = Action.parsePattern(spelledActions.get(pattern.toLowerCase()) ?? pattern.toLowerCase())
  return E.isRight(parsed) ? parsed.right : pattern
}

/** `StringLike` without wildcards is `StringEquals`; truths and names of keys are written in lower case. */
const spelledTest = (test: Condition.Condition, block: Condition.ConditionBlock): Condition.Condition => {
  const key = Condition.parseKey(Condition.foldKey(test.key))
  const named: Condition.Condition = E.isRight(key) ? { ...test, key: key.right } : test
  const { name, qualifier, ifExists } = test.operator
  if (name === 'Bool') return { ...named, values: test.values.map((value) => value.toLowerCase()) }
  const isTaken = block.some(
    ({ operator, key: other }) =>
      operator.name === 'StringEquals' && Condition.foldKey(other) === Condition.foldKey(test.key),
  )
  return name !== 'StringLike' || isTaken || test.values.some((value) => /[*?]/.test(value))
    ? named
    : { ...named, operator: { name: 'StringEquals', qualifier, ifExists } }
}

/** PR-2, U-34: one way to name an account. */
const spelledPrincipal = (entry: Principal.Principal): Principal.Principal =>
  entry._tag === 'Account' ? { ...entry, partition: undefined } : entry

const withSpelledPrincipals = (statement: Statement.Statement): Statement.Statement => {
  if (statement._tag === 'IdentityStatement') return statement
  const [first, ...rest] = statement.principal.principals
  const principals = Principal.list([spelledPrincipal(first), ...rest.map(spelledPrincipal)])
  return { ...statement, principal: { ...statement.principal, principals } }
}

const spelled = (statement: Statement.Statement): Statement.Statement => {
  const [first, ...rest] = statement.action.patterns
  const block = Condition.block(statement.conditions.map((test) => spelledTest(test, statement.conditions)))
  return {
    ...withSpelledPrincipals(statement),
    sid: undefined,
    action: { ...statement.action, patterns: [spelledAction(first), ...rest.map(spelledAction)] },
    conditions: E.isRight(block) ? block.right : statement.conditions,
  }
}

/** Without names, in the newest version in which it can be written. */
const unnamed = <D extends Document.Document>(document: D): D => {
  const newer = upgrade(document)
  const isWritable = unwritable(newer).length === 0
  return { ...(isWritable ? newer : { ...document, version: '2008-10-17' }), id: undefined }
}

// ---- canonical ----

/** Every cell once, those left out that others cover; undefined when the budget is spent. */
const irredundant = (
  document: Document.Document,
  pieces: readonly Statement.Statement[],
  budget: number,
): readonly Statement.Statement[] | undefined => {
  const book = bookOf(pieces, document.version)
  const proofs = prover(document, book, wellFormed, budget)
  const rows = Array.from(new Set(pieces.map(book.read))).sort(compareRows)
  const left = table(book, rows)
  rows.forEach((row, place) => {
    if (proofs.covered(row, { table: left, skip: place, more: [] }) !== undefined)
      left.narrow(place, undefined)
  })
  return proofs.isExhausted() ? undefined : left.rows().map(([, row]) => book.write(row))
}

/**
 * The form that stands for all documents interchangeable with this one: Sids and Id left out, version 2012-10-17, one
 * spelling, one order, and no more said than needed.
 *
 * **Details** `reached` is true for documents of positive elements, patterns with `*` only, and tests of keys by
 * StringEquals, StringLike and Bool, which is most that are written; see the head of the module.
 * **Cost** bounded by `budget`; not reached beyond it.
 *
 * @category combinators
 * @since 0.1.0
 */
export const canonical = <D extends Document.Document>(document: D, options: Options = {}): Canonical<D> =>
  Frozen.deep(canonicalOf(Frozen.own(document), options))

const canonicalOf = <D extends Document.Document>(document: D, options: Options): Canonical<D> => {
  const plain = unnamed(document)
  const start = withStatements(plain, normalize(withStatements(plain, plain.statements.map(spelled))))
  const pieces = start.statements.flatMap((statement) => cells(statement, MOST_CELLS))
  const isSingle = pieces.every((piece) => slots(piece).every(({ values }) => values.length === 1))
  const isReachable = isSingle && pieces.length <= MOST_CELLS && pieces.every(isPlain) && hasOneType(pieces)
  const left = isReachable ? irredundant(start, pieces, options.budget ?? standardBudget / 10) : undefined
  if (left === undefined || left.length === 0)
    return { document: minimize(start, options).document, reached: false }
  return { document: withStatements(start, rows(left)), reached: true }
}

/** Cells with the same of everything but actions, then of everything but resources, put together: a function of the cells. */
const rows = (pieces: readonly Statement.Statement[]): readonly Statement.Statement[] =>
  ['Action', 'Resource', 'Principal']
    .reduce<readonly Statement.Statement[]>((done, name) => {
      const groups = new Map<string, Statement.Statement[]>() // local mutation: in order of appearance
      for (const piece of done)
        groups.set(keyOf(piece, name), [...(groups.get(keyOf(piece, name)) ?? []), piece])
      return Array.from(groups.values()).flatMap((group) => {
        const [first, ...rest] = group
        return first === undefined ? [] : [rest.length === 0 ? first : (join(name, rest)(first) ?? first)]
      })
    }, pieces)
    .map((statement) => ({ statement, key: keyOf(statement) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ statement }) => statement)

/**
 * Sixteen hexadecimal digits, equal for interchangeable documents whose canonical form is reached.
 *
 * @example
 * import { Algebra, Document } from 'ecr-policy'
 *
 * const one = Document.parseOrThrow({
 *   Statement: { Effect: 'Allow', Action: ['ecr:GetRegistryPolicy', 'ecr:Get*'], Resource: '*' },
 * })
 * const other = Document.parseOrThrow({ Statement: { Effect: 'Allow', Action: 'ECR:get*', Resource: '*' } })
 * Algebra.hash(one).hash === Algebra.hash(other).hash // => true
 *
 * @category destructors
 * @since 0.1.0
 */
export const hash = (
  document: Document.Document,
  options: Options = {},
): { readonly hash: string; readonly reached: boolean } => {
  const form = canonical(document, options)
  return { hash: hashText(DocumentJson.stringify(form.document)), reached: form.reached }
}
