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
import { Budget, Frozen } from '../pattern/index.js'
import { Simulator } from '../simulator/index.js'
import type { Box } from './Box.js'
import { standardBudget, type Options } from './Verdict.js'
import { actions, conditions, principals, resources } from './intersectParts.js'
import { attach, commonId, differentSorts, reconcile } from './merge.js'
import { minimize } from './minimize.js'
import { ask, askingAgain, type Answer, type Obligation, type Question } from './question.js'
import { cells } from './rewriteProver.js'
import { show, undecided, type Undecided } from './Undecided.js'
import { wellFormed, type World } from './World.js'

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
  counter: Budget.Counter,
): Statement.Statement | 'Nothing' | undefined => {
  const action = actions(a.action, b.action, counter)
  const who = principal(a, b)
  if (who === 'Nothing' || isEmpty(action?.patterns)) return 'Nothing'
  const resource = resources(document.version, a.resource, b.resource, counter)
  if (isEmpty(patternsOf(resource))) return 'Nothing'
  const block = conditions(a.conditions, b.conditions)
  const [first, ...rest] = action?.patterns ?? []
  if (action === undefined || first === undefined || block === undefined) return undefined
  const patterns = [first, ...rest] as const
  const { effect } = a
  const common = { sid: undefined, effect, action: { _tag: action._tag, patterns }, conditions: block }
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

/** What is looked for, in which world, and one count of steps for all of it. */
interface Terms {
  readonly what: string
  readonly isDifference: boolean
  readonly options: Options
  readonly world: World
  readonly counter: Budget.Counter
}

const termsOf = (what: string, isDifference: boolean, options: Options): Terms => ({
  what,
  isDifference,
  options,
  world: options.world ?? wellFormed,
  counter: Budget.start(options.budget ?? standardBudget),
})

/** Asks with the steps that are left. */
const askOf = (counter: Budget.Counter, question: Question): Answer => {
  const left = counter.limit - counter.spent() - askingAgain(question.documents)
  const answer = ask(question, Math.max(0, left))
  counter.spend(answer.spent + askingAgain(question.documents))
  return answer
}

const plainly = { boundary: false, accountMeansRoot: false } as const

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
function* exactness(left: Parts, right: Parts, result: Parts, isDifference: boolean): Generator<Obligation> {
  for (const allow of result.allow) yield* escapes([allow], result.deny, left)
  yield* isDifference ? exactDifference(left, right, result) : exactCommon(left, right, result)
}

/** What is in all of `inside` and not outside, and yet not allowed by `from`. */
function* escapes(inside: readonly Box[], outside: readonly Box[], from: Parts): Generator<Obligation> {
  yield { inside, outside: [...outside, ...from.allow] }
  for (const deny of from.deny) yield { inside: [...inside, deny], outside }
}

function* exactCommon(left: Parts, right: Parts, result: Parts): Generator<Obligation> {
  const denies = [...left.deny, ...right.deny]
  for (const allow of result.allow) yield* escapes([allow], result.deny, right)
  for (const allow of left.allow)
    for (const other of right.allow) yield* escapes([allow, other], denies, result)
}

function* exactDifference(left: Parts, right: Parts, result: Parts): Generator<Obligation> {
  const denies = [...result.deny, ...right.deny]
  for (const allow of result.allow)
    for (const other of right.allow) yield { inside: [allow, other], outside: denies }
  const taken = [...left.deny, ...right.allow]
  for (const allow of left.allow) {
    yield* escapes([allow], taken, result)
    for (const deny of right.deny) yield* escapes([allow, deny], left.deny, result)
  }
}

/** Obligations as long as there are steps for them: each is compared with every box outside. */
function* paid(obligations: Iterable<Obligation>, counter: Budget.Counter): Generator<Obligation> {
  for (const obligation of obligations) {
    if (!counter.spend(1 + obligation.outside.length)) return
    yield obligation
  }
}

const proven = <D extends Document.Document>(
  [left, right]: Pair,
  result: D,
  { isDifference, world, counter }: Terms,
): Result<D> => {
  const wanted = (request: Request.Request): boolean =>
    allows(left)(request) && allows(right)(request) !== isDifference
  const answer = askOf(counter, {
    documents: [left, right, result],
    world,
    confirms: (request) => allows(result)(request) !== wanted(request),
    obligations: (universe, lookup, _, steps) => {
      const parts = (document: Document.Document): Parts => {
        const boxes = (effect: Statement.Effect) =>
          withEffect(document, effect).map((statement) =>
            universe.box(statement, document.version, 'Account', { ...plainly, lookup }),
          )
        return { allow: boxes('Allow'), deny: boxes('Deny') }
      }
      return paid(exactness(parts(left), parts(right), parts(result), isDifference), steps)
    },
  })
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
  terms: Terms,
): Result<D> => {
  if (statements.length === 0)
    return refuse(`${terms.what} is nothing, and a document has at least one statement`)
  const raw = attach(left, statements, commonId(left.id, right.id))
  const result = proven([left, right], raw, terms)
  if (E.isLeft(result)) return result
  return E.right(minimize(raw, terms.options).document)
}

const outOfSteps = (counter: Budget.Counter): E.Either<Undecided, never> =>
  E.left(
    undecided('Budget', 'the steps do not suffice for what the statements have in common', counter.spent()),
  )

// ---- intersect ----

/** What each two Allows have in common; undefined where no statement says it, or when there are no steps left. */
const common = (
  [a, b]: Pair,
  counter: Budget.Counter,
): readonly (Statement.Statement | 'Nothing')[] | undefined => {
  const found: (Statement.Statement | 'Nothing')[] = [] // local mutation: gathered pair by pair
  for (const x of withEffect(a, 'Allow'))
    for (const y of withEffect(b, 'Allow')) {
      const piece = counter.spend(PAIR) ? both(a, x, y, counter) : undefined
      if (piece === undefined) return undefined
      found.push(piece)
    }
  return found
}

/** Steps that it costs to put two statements together. */
const PAIR = 20

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
    const terms = termsOf('what both allow', false, options)
    const pieces = common(pair, terms.counter)
    if (!terms.counter.spend(0)) return outOfSteps(terms.counter)
    if (pieces === undefined)
      return refuse('two statements have requests in common that no statement describes')
    const denies = [...withEffect(a, 'Deny'), ...withEffect(b, 'Deny')]
    const found = pieces.flatMap((piece) => (piece === 'Nothing' ? [] : [piece]))
    if (found.length === 0 && denies.length === 0)
      return refuse('nothing is allowed by both, and a document has at least one statement')
    return Frozen.deep(assembled(pair, [...found, ...denies], terms))
  })(prepared<L | R>(Frozen.own(left), Frozen.own(right)))

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
    const terms = termsOf('what only the left one allows', true, options)
    const { counter } = terms
    const taken = withEffect(b, 'Allow')
    const denies = withEffect(a, 'Deny')
    const kept = withEffect(a, 'Allow').flatMap((statement) => {
      const pieces = cells(statement, MOST_PIECES)
      const rest = pieces.filter((piece) => !isWithin(pair, piece, terms))
      return rest.length === pieces.length
        ? [statement]
        : rest.map((piece): Statement.Statement => ({ ...piece, sid: undefined }))
    })
    const touched = taken.filter((other) =>
      kept.some((piece) => !counter.spend(PAIR) || both(a, piece, other, counter) !== 'Nothing'),
    )
    if (!counter.spend(0)) return outOfSteps(counter)
    const cuts = touched.map((other): Statement.Statement => ({ ...other, sid: undefined, effect: 'Deny' }))
    const plain = assembled(pair, [...kept, ...denies], terms)
    return Frozen.deep(
      E.isRight(plain) || cuts.length === 0 ? plain : assembled(pair, [...kept, ...denies, ...cuts], terms),
    )
  })(prepared<L | R>(Frozen.own(left), Frozen.own(right)))

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

/** Is all that a piece of the left document allows also allowed by the right one? No, where that cannot be told. */
const isWithin = ([left, right]: Pair, piece: Statement.Statement, { world, counter }: Terms): boolean => {
  const answer = askOf(counter, {
    documents: [{ ...left, statements: [piece, ...withEffect(left, 'Deny')] }, right],
    world,
    confirms: () => true,
    obligations: (universe, lookup) => {
      const box = (statement: Statement.Statement): Box =>
        universe.box(statement, left.version, 'Account', { ...plainly, lookup })
      const outside = withEffect(left, 'Deny').map(box)
      return [
        { inside: [box(piece)], outside: [...outside, ...withEffect(right, 'Allow').map(box)] },
        ...withEffect(right, 'Deny').map((deny) => ({ inside: [box(piece), box(deny)], outside })),
      ]
    },
  })
  return answer._tag === 'None'
}
