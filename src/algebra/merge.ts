/**
 * Both documents attached: `merge` is their statements side by side, which is what IAM makes of several policies.
 *
 * Laws, up to `interchangeable`, where a result exists: 1. associative  2. commutative  3. `merge(d, d)` is `d`
 * 4. `mergeAll([])` is no document at all, and leaves every other as it is
 *
 * Source: DE-1 to DE-3; GR-7, VA-6 and VA-8 for documents of different versions.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  Arn,
  Condition,
  Operator,
  Resource,
  Variable,
  getOrThrow,
  withStatements,
  type Document,
  type Statement,
  type Version,
} from '../model/index.js'
import { Frozen } from '../pattern/index.js'
import { show, undecided, type Undecided } from './Undecided.js'

// ---- versions ----

/** In 2012-10-17 a dollar before a brace is written `${$}` where variables are read (VA-8). */
const escaped = (text: string): string => text.replaceAll('${', '${$}{')

/** Variables are read after the fifth colon only (VA-1). */
const escapedPattern = (pattern: Resource.ResourcePattern): Resource.ResourcePattern => {
  const parts = Arn.segments(pattern)
  const tail = parts[5]
  if (tail?.includes('${') !== true) return pattern
  const parsed = Resource.parsePattern([...parts.slice(0, 5), escaped(tail)].join(':'))
  return E.isRight(parsed) ? parsed.right : pattern
}

const escapedCondition = (condition: Condition.Condition): Condition.Condition => {
  const { type } = Operator.operators[condition.operator.name].comparison
  return type === 'String' || type === 'Arn'
    ? { ...condition, values: condition.values.map(escaped) } // VA-2
    : condition
}

const escapedStatement = (statement: Statement.Statement): Statement.Statement => {
  const conditions = Condition.block(statement.conditions.map(escapedCondition))
  const { resource } = statement
  const known = E.isRight(conditions) ? conditions.right : statement.conditions
  if (resource._tag === 'Attached') return { ...statement, conditions: known }
  const [first, ...rest] = resource.patterns
  return {
    ...statement,
    conditions: known,
    resource: {
      ...resource,
      patterns: [escapedPattern(first), ...rest.map(escapedPattern)],
    },
  }
}

/**
 * A document that says in version 2012-10-17 what this one says in its own: every `${` that was plain text is escaped.
 *
 * @category combinators
 * @since 0.1.0
 */
export const upgrade = <D extends Document.Document>(document: D): D =>
  Frozen.deep(upgraded(Frozen.own(document)))

const upgraded = <D extends Document.Document>(document: D): D => {
  if (document.version === '2012-10-17') return document
  const [first, ...rest] = document.statements
  return {
    ...document,
    version: '2012-10-17',
    statements: [escapedStatement(first), ...rest.map(escapedStatement)],
  }
}

const isOld = (version: Version.Version | undefined): boolean => version !== '2012-10-17'

/**
 * Two documents in one version that says what each says in its own: the version of both, 2008-10-17 for two old ones,
 * else 2012-10-17.
 *
 * @category combinators
 * @since 0.1.0
 */
export const reconcile = <D extends Document.Document>(
  left: D,
  right: D,
): E.Either<Undecided, readonly [D, D]> => {
  if (left.version === right.version) return E.right([left, right])
  if (isOld(left.version) && isOld(right.version))
    return E.right([
      { ...left, version: '2008-10-17' },
      { ...right, version: '2008-10-17' },
    ])
  const [a, b] = [upgraded(left), upgraded(right)]
  const refused = [a, b].flatMap(unwritable)[0]
  return refused === undefined
    ? E.right([a, b])
    : E.left(
        undecided(
          'NotExpressible',
          `version 2012-10-17 has no way to write ${refused}: no variable may stand before the fifth colon`,
          0,
        ),
      )
}

/**
 * The resources of a document that its version has no way to write: before the fifth colon `${` cannot be escaped, and it is
 * an error where it does not read as a variable (VA-10).
 *
 * @category destructors
 * @since 0.1.0
 */
export const unwritable = ({ statements, version }: Document.Document): readonly string[] =>
  statements.flatMap(({ resource }) =>
    resource._tag === 'Attached'
      ? []
      : resource.patterns.filter((pattern) => E.isLeft(Variable.parse(version)(pattern))),
  )

// ---- Sids ----

/**
 * The statements with Sids that no two share: where one is taken, a number is put after it. Only letters and digits are
 * used, so that what could be a Sid still can (U-20).
 *
 * @category combinators
 * @since 0.1.0
 */
export const uniqueSids = (statements: readonly Statement.Statement[]): readonly Statement.Statement[] => {
  const written = new Set(statements.flatMap(({ sid }) => sid ?? []))
  const taken = new Set<string>() // local mutation: Sids given so far
  const next = new Map<string, number>() // local mutation: numbers below have been tried, so that none is tried twice
  const freeSid = (sid: string): string => {
    let number = next.get(sid) ?? 2 // local mutation: counts up to the first free one
    while (taken.has(`${sid}${number}`) || written.has(`${sid}${number}`)) number++
    next.set(sid, number + 1)
    return `${sid}${number}`
  }
  return statements.map((statement) => {
    const { sid } = statement
    if (sid === undefined || sid === '') return statement
    const free = taken.has(sid) ? freeSid(sid) : sid
    taken.add(free)
    return { ...statement, sid: free }
  })
}

// ---- merge ----

/**
 * Statements that cannot stand in one document, since only some name principals.
 *
 * @category errors
 * @since 0.1.0
 */
export const differentSorts = (left: Document.Document, right: Document.Document): Undecided | undefined =>
  new Set([...left.statements, ...right.statements].map(({ _tag }) => _tag)).size > 1
    ? undecided('NotExpressible', 'statements with principals and statements without make no document', 0)
    : undefined

/**
 * The Id of a document made of two: the one that both have or that only one has.
 *
 * @category combinators
 * @since 0.1.0
 */
export const commonId = (left: string | undefined, right: string | undefined): string | undefined =>
  left === undefined || right === undefined || left === right ? (left ?? right) : undefined

/**
 * One document that means what both mean when both are attached. Statements keep their order, the left one's first.
 *
 * **Details** of two versions the newer is written, with every `${` of the older document escaped. A Sid that both use
 * gets a number in the right document. An Id stays if the other document has no other.
 * **Errors** `NotExpressible`: one document names principals, the other does not; or a text of the older one cannot be
 * written in the newer version.
 *
 * @example
 * import { Algebra, Document } from 'ecr-policy'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * const login = Document.parseOrThrow({
 *   Statement: { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
 * })
 * const list = Document.parseOrThrow({ Statement: { Effect: 'Allow', Action: 'ecr:ListImages', Resource: '*' } })
 * E.isRight(Algebra.merge(login, list)) // => true
 *
 * @category combinators
 * @since 0.1.0
 */
export const merge = <L extends Document.Document, R extends Document.Document>(
  left: L,
  right: R,
): E.Either<Undecided, L | R> => {
  const refusal = differentSorts(left, right)
  return refusal === undefined
    ? Frozen.deep(joined<L | R>(Frozen.own(left), Frozen.own(right)))
    : E.left(refusal)
}

const joined = <D extends Document.Document>(left: D, right: D): E.Either<Undecided, D> =>
  E.map(([a, b]: readonly [D, D]) =>
    attach(a, [...a.statements, ...b.statements], commonId(left.id, right.id)),
  )(reconcile(left, right))

/**
 * One document that means what both mean when both are attached, or throws.
 *
 * @example
 * import { Algebra, Document, Policy } from 'ecr-policy'
 *
 * const login = Policy.identityOrThrow([Policy.allow({ action: 'ecr:GetAuthorizationToken', resource: '*' })])
 * const list = Policy.identityOrThrow([Policy.allow({ action: 'ecr:ListImages', resource: '*' })])
 * const both: Document.IdentityDocument = Algebra.mergeOrThrow(login, list)
 * both.statements.length // => 2
 *
 * @category combinators
 * @since 0.1.0
 */
export const mergeOrThrow = <L extends Document.Document, R extends Document.Document>(
  left: L,
  right: R,
): L | R => getOrThrow(show)(merge(left, right))

/**
 * A document like this one, with these statements and this Id.
 *
 * @category combinators
 * @since 0.1.0
 */
export const attach = <D extends Document.Document>(
  document: D,
  statements: readonly Statement.Statement[],
  id: string | undefined,
): D => ({ ...withStatements(document, uniqueSids(statements)), id })

/**
 * All documents attached, in order; undefined when there are none, since no document says nothing.
 *
 * **Errors** as `merge`.
 *
 * @category combinators
 * @since 0.1.0
 */
export function mergeAll<D extends Document.Document>(
  documents: readonly [D, ...(readonly D[])],
): E.Either<Undecided, D>
export function mergeAll<D extends Document.Document>(
  documents: readonly D[],
): E.Either<Undecided, D | undefined>
export function mergeAll<D extends Document.Document>(
  documents: readonly D[],
): E.Either<Undecided, D | undefined> {
  const all = Frozen.own(documents).reduce<E.Either<Undecided, D | undefined>>((done, document) => {
    if (E.isLeft(done) || done.right === undefined) return E.isLeft(done) ? done : E.right(document)
    const refusal = differentSorts(done.right, document)
    return refusal === undefined ? joined(done.right, document) : E.left(refusal)
  }, E.right(undefined))
  return Frozen.deep(all)
}

/**
 * All documents attached, in order, or throws; undefined when there are none.
 *
 * @category combinators
 * @since 0.1.0
 */
export function mergeAllOrThrow<D extends Document.Document>(documents: readonly [D, ...(readonly D[])]): D
export function mergeAllOrThrow<D extends Document.Document>(documents: readonly D[]): D | undefined
export function mergeAllOrThrow<D extends Document.Document>(documents: readonly D[]): D | undefined {
  return getOrThrow(show)(mergeAll(documents))
}
