/**
 * Documents that allow what two documents both allow, or what one allows and the other does not. Where no document says
 * so, the answer is `NotExpressible`, never a document that says nearly so: what is returned has been proven.
 *
 * Laws, where there are results: 1. `intersect(a, b)` allows a request exactly when `a` and `b` do  2. `subtract(a, b)`
 * allows it exactly when `a` does and `b` does not
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { getOrThrow, Principal, type Document, type Request, type Statement } from '../model/index.js'
import { Simulator } from '../simulator/index.js'
import type { Box } from './Box.js'
import { standardBudget, type Options } from './Verdict.js'
import { actions, conditions, principals, resources } from './intersectParts.js'
import { attach, commonId, differentSorts, reconcile } from './merge.js'
import { minimize } from './minimize.js'
import { ask, type Obligation } from './question.js'
import { cells } from './rewriteProver.js'
import { show, undecided, type Undecided } from './Undecided.js'
import type { Universe } from './Universe.js'
import { wellFormed } from './World.js'

type Pair<D extends Document.Document = Document.Document> = readonly [D, D]
type Result<D extends Document.Document> = E.Either<Undecided, D>

const refuse = (detail: string): E.Either<Undecided, never> => E.left(undecided('NotExpressible', detail, 0))

const withEffect = (document: Document.Document, effect: Statement.Effect): readonly Statement.Statement[] =>
  document.statements.filter((statement) => statement.effect === effect)

const prepared = <D extends Document.Document>(left: D, right: D): E.Either<Undecided, Pair<D>> => {
  const refusal = differentSorts(left, right)
  return refusal === undefined ? reconcile(left, right) : E.left(refusal)
}

// ---- what two statements match ----

/** The statement that matches what both match: `Nothing` when they have no request in common, undefined when there is none. */
const both = (
  document: Document.Document,
  a: Statement.Statement,
  b: Statement.Statement,
): Statement.Statement | 'Nothing' | undefined => {
  const action = actions(a.action, b.action)
  const resource = resources(document.version, a.resource, b.resource)
  const who = principal(a, b)
  if (who === 'Nothing' || isEmpty(action?.patterns) || isEmpty(patternsOf(resource))) return 'Nothing'
  const block = conditions(a.conditions, b.conditions)
  const [first, ...rest] = action?.patterns ?? []
  if (action === undefined || first === undefined || block === undefined) return undefined
  const patterns = [first, ...rest] as const
  const common = {
    sid: undefined,
    effect: a.effect,
    action: { _tag: action._tag, patterns },
    conditions: block,
  }
  return resource && who && withWhereAndWho(common, resource, who)
}

const patternsOf = (clause: ReturnType<typeof resources>): readonly string[] | undefined =>
  clause === undefined || clause._tag === 'Attached' ? undefined : clause.patterns

const isEmpty = (patterns: readonly string[] | undefined): boolean => patterns?.length === 0

const withWhereAndWho = (
  common: Omit<Statement.IdentityStatement, '_tag' | 'resource'>,
  resource: NonNullable<ReturnType<typeof resources>>,
  who: Principal.PrincipalClause | 'Any',
): Statement.Statement | undefined => {
  if (resource._tag === 'Attached')
    return who === 'Any' ? undefined : { _tag: 'ResourceStatement', ...common, principal: who, resource }
  const [head, ...tail] = resource.patterns
  if (head === undefined) return undefined
  const listed = { _tag: resource._tag, patterns: [head, ...tail] as const }
  return who === 'Any'
    ? { _tag: 'IdentityStatement', ...common, resource: listed }
    : { _tag: 'ResourceStatement', ...common, principal: who, resource: listed }
}

const principal = (
  a: Statement.Statement,
  b: Statement.Statement,
): Principal.PrincipalClause | 'Any' | 'Nothing' | undefined => {
  if (a._tag === 'IdentityStatement' || b._tag === 'IdentityStatement') return 'Any'
  const found = principals(a.principal, b.principal)
  const [first, ...rest] = found?.principals ?? []
  if (found === undefined) return undefined
  return first === undefined ? 'Nothing' : { _tag: found._tag, principals: Principal.list([first, ...rest]) }
}

// ---- proofs ----

const allows =
  (document: Document.Document) =>
  (request: Request.Request): boolean =>
    Simulator.meaning(document)(request)._tag === 'Grant'

interface Parts {
  readonly allow: readonly Box[]
  readonly deny: readonly Box[]
}

/**
 * What must hold for `result` to allow exactly the requests that `left` allows and that `right` does or, for a difference,
 * does not allow. A request in one of these obligations is one that shows otherwise.
 */
const exactness = (
  left: Parts,
  right: Parts,
  result: Parts,
  isDifference: boolean,
): readonly Obligation[] => {
  const inside = (...boxes: readonly Box[]) => boxes
  const escapes = (allow: Box, outside: readonly Box[], from: Parts): readonly Obligation[] => [
    { inside: [allow], outside: [...outside, ...from.allow] },
    ...from.deny.map((deny) => ({ inside: inside(allow, deny), outside })),
  ]
  const resultWithin = result.allow.flatMap((allow) => [
    ...escapes(allow, result.deny, left),
    ...(isDifference
      ? right.allow.map((other) => ({
          inside: inside(allow, other),
          outside: [...result.deny, ...right.deny],
        }))
      : escapes(allow, result.deny, right)),
  ])
  const missing = (allow: Box, outside: readonly Box[]): readonly Obligation[] =>
    escapes(allow, outside, result)
  const complete = isDifference
    ? left.allow.flatMap((allow) => [
        ...missing(allow, [...left.deny, ...right.allow]),
        ...right.deny.flatMap((deny) => [
          { inside: inside(allow, deny), outside: [...left.deny, ...result.allow] },
          ...result.deny.map((cut) => ({ inside: inside(allow, deny, cut), outside: left.deny })),
        ]),
      ])
    : left.allow.flatMap((allow) =>
        right.allow.flatMap((other) => [
          { inside: inside(allow, other), outside: [...left.deny, ...right.deny, ...result.allow] },
          ...result.deny.map((cut) => ({
            inside: inside(allow, other, cut),
            outside: [...left.deny, ...right.deny],
          })),
        ]),
      )
  return [...resultWithin, ...complete]
}

const proven = <D extends Document.Document>(
  [left, right]: Pair,
  result: D,
  isDifference: boolean,
  options: Options,
): Result<D> => {
  const wanted = (request: Request.Request): boolean =>
    allows(left)(request) && allows(right)(request) !== isDifference
  const world = options.world ?? wellFormed
  const answer = ask(
    {
      documents: [left, right, result],
      world,
      confirms: (request) => allows(result)(request) !== wanted(request),
      obligations: (universe: Universe, lookup) => {
        const parts = (document: Document.Document): Parts => {
          const boxes = (effect: Statement.Effect) =>
            withEffect(document, effect).map((statement) =>
              universe.box(statement, document.version, 'Account', {
                lookup,
                boundary: false,
                accountMeansRoot: false,
              }),
            )
          return { allow: boxes('Allow'), deny: boxes('Deny') }
        }
        return exactness(parts(left), parts(right), parts(result), isDifference)
      },
    },
    options.budget ?? standardBudget,
  )
  switch (answer._tag) {
    case 'None':
      return E.right(result)
    case 'Found':
      return refuse('the result takes a set of requests that one document cannot tell from others')
    case 'Undecided':
      return E.left(answer)
  }
}

const assembled = <D extends Document.Document>(
  [left, right]: Pair<D>,
  statements: readonly Statement.Statement[],
  what: string,
  isDifference: boolean,
  options: Options,
): Result<D> => {
  if (statements.length === 0) return refuse(`${what} is nothing, and a document has at least one statement`)
  const raw = attach(left, statements, commonId(left.id, right.id))
  const result = proven([left, right], raw, isDifference, options)
  if (E.isLeft(result)) return result
  return E.right(minimize(raw, options).document)
}

// ---- intersect ----

/**
 * A document that allows exactly what both allow; the Denies of both are in it.
 *
 * **Details** lists of actions and resources are intersected as globs, conditions are put side by side. Only what is
 * allowed counts, so a grant may name its caller more directly than one of the two did.
 * **Errors** `NotExpressible` with the reason: an element that would have to list and except at once, two tests of a key
 * that no second operator can say, no statement left. `Budget` and `PolicyVariable` when there is no proof.
 *
 * @category combinators
 * @since 0.1.0
 */
export const intersect = <L extends Document.Document, R extends Document.Document>(
  left: L,
  right: R,
  options: Options = {},
): E.Either<Undecided, L | R> =>
  E.chain((pair: Pair<L | R>): Result<L | R> => {
    const [a, b] = pair
    const pieces = withEffect(a, 'Allow').flatMap((x) => withEffect(b, 'Allow').map((y) => both(a, x, y)))
    if (!pieces.every((piece) => piece !== undefined))
      return refuse('two statements have requests in common that no statement describes')
    const denies = [...withEffect(a, 'Deny'), ...withEffect(b, 'Deny')]
    const found = pieces.flatMap((piece) => (piece === 'Nothing' ? [] : [piece]))
    if (found.length === 0 && denies.length === 0)
      return refuse('nothing is allowed by both, and a document has at least one statement')
    return assembled(pair, [...found, ...denies], 'what both allow', false, options)
  })(prepared<L | R>(left, right))

/**
 * A document that allows exactly what both allow, or throws.
 *
 * @category combinators
 * @since 0.1.0
 */
export const intersectOrThrow = <L extends Document.Document, R extends Document.Document>(
  left: L,
  right: R,
  options: Options = {},
): L | R => getOrThrow(show)(intersect(left, right, options))

// ---- subtract ----

/**
 * A document that allows exactly what the left one allows and the right one does not.
 *
 * **Details** what the right one allows is taken out of the left one's lists as far as it is whole values; the rest is
 * denied, if that denies nothing that is to stay. The Denies of the left one are in the result.
 * **Errors** `NotExpressible` with the reason, `Budget` and `PolicyVariable` when there is no proof.
 *
 * @category combinators
 * @since 0.1.0
 */
export const subtract = <L extends Document.Document, R extends Document.Document>(
  left: L,
  right: R,
  options: Options = {},
): E.Either<Undecided, L | R> =>
  E.chain((pair: Pair<L | R>): Result<L | R> => {
    const [a, b] = pair
    const taken = withEffect(b, 'Allow')
    const denies = withEffect(a, 'Deny')
    const kept = withEffect(a, 'Allow').flatMap((statement) => {
      const pieces = cells(statement, MOST_PIECES)
      const rest = pieces.filter((piece) => !isWithin(pair, piece, options))
      return rest.length === pieces.length
        ? [statement]
        : rest.map((piece): Statement.Statement => ({ ...piece, sid: undefined }))
    })
    const touched = taken.filter((other) => kept.some((piece) => both(a, piece, other) !== 'Nothing'))
    const cuts = touched.map((other): Statement.Statement => ({ ...other, sid: undefined, effect: 'Deny' }))
    const nothing = 'what only the left one allows'
    const plain = assembled(pair, [...kept, ...denies], nothing, true, options)
    return E.isRight(plain) || cuts.length === 0
      ? plain
      : assembled(pair, [...kept, ...denies, ...cuts], nothing, true, options)
  })(prepared<L | R>(left, right))

/**
 * A document that allows exactly what the left one allows and the right one does not, or throws.
 *
 * @category combinators
 * @since 0.1.0
 */
export const subtractOrThrow = <L extends Document.Document, R extends Document.Document>(
  left: L,
  right: R,
  options: Options = {},
): L | R => getOrThrow(show)(subtract(left, right, options))

/** Single values that statements are taken apart into. */
const MOST_PIECES = 64

/** Is all that a piece of the left document allows also allowed by the right one? */
const isWithin = ([left, right]: Pair, piece: Statement.Statement, options: Options): boolean => {
  const reading = { boundary: false, accountMeansRoot: false }
  const answer = ask(
    {
      documents: [{ ...left, statements: [piece, ...withEffect(left, 'Deny')] }, right],
      world: options.world ?? wellFormed,
      confirms: () => true,
      obligations: (universe, lookup) => {
        const box = (statement: Statement.Statement): Box =>
          universe.box(statement, left.version, 'Account', { ...reading, lookup })
        const outside = withEffect(left, 'Deny').map(box)
        return [
          { inside: [box(piece)], outside: [...outside, ...withEffect(right, 'Allow').map(box)] },
          ...withEffect(right, 'Deny').map((deny) => ({ inside: [box(piece), box(deny)], outside })),
        ]
      },
    },
    options.budget ?? standardBudget,
  )
  return answer._tag === 'None'
}
