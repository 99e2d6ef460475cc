/**
 * A claim says of statements that every request which some of them match together is matched by one of others. Claims are
 * what comparing comes down to, and most of them are settled here, before any set is built: where documents are versions
 * of one another nearly all statements stand in both word for word. What is left is asked with no more statements than
 * bear on it, so that a variable somewhere in a document costs nothing elsewhere.
 *
 * @since 0.1.0
 */
import { Action, Condition, type Document, type Request, type Statement } from '../model/index.js'
import type { StringSet } from '../pattern/index.js'
import type { Strength } from '../simulator/index.js'
import type { Box } from './Box.js'
import { ask, type Answer, type Obligation } from './question.js'
import { quickSet, surelyApart } from './quickSet.js'
import { ofValue } from './remember.js'
import { undecided, type Undecided } from './Undecided.js'
import { actionSet } from './statementSets.js'
import type { Universe } from './Universe.js'
import type { World } from './World.js'
import { usesVariables } from './variables.js'

// ---- model ----

/**
 * The requests that a statement matches: an Allow for those to whom it grants at least so much, for callers with or
 * without a permissions boundary.
 *
 * @category model
 * @since 0.1.0
 */
export interface Piece {
  readonly document: Document.Document
  readonly statement: Statement.Statement
  readonly atLeast: Strength.Strength
  readonly boundary: boolean
}

/**
 * Every request in all of `inside`, by a caller in `callers` where that is given, is in one of `outside`. Claims with
 * the same `outside` should share the list: what is worked out about it is worked out once.
 *
 * @category model
 * @since 0.1.0
 */
export interface Claim {
  readonly inside: readonly Piece[]
  readonly outside: readonly Piece[]
  readonly callers?: StringSet.StringSet
}

/**
 * The whole question that claims are part of: the documents that it is about, what a refutation has to stand up to, and
 * the requests there are.
 *
 * @category model
 * @since 0.1.0
 */
export interface Terms {
  readonly documents: readonly Document.Document[]
  readonly confirms: (request: Request.Request) => boolean
  readonly world: World
}

// ---- constructors ----

/**
 * The pieces of a document's statements of one effect.
 *
 * @category constructors
 * @since 0.1.0
 */
export const piecesOf = (
  document: Document.Document,
  effect: Statement.Effect,
  atLeast: Strength.Strength = 'Account',
  boundary = false,
): readonly Piece[] =>
  document.statements
    .filter((statement) => statement.effect === effect)
    .map((statement) => ({ document, statement, atLeast, boundary }))

// ---- what can be told from the text ----

const textOf = ofValue(({ effect, action, resource, conditions, ...rest }: Statement.Statement): string =>
  JSON.stringify([
    effect,
    action,
    resource,
    conditions,
    rest._tag === 'ResourceStatement' ? rest.principal : null,
  ]),
)

const listedKeys = ofValue(({ conditions }: Statement.Statement): readonly string[] =>
  conditions.filter(({ operator }) => operator.qualifier !== 'None').map(({ key }) => Condition.foldKey(key)),
)

/** Pieces of one text that are read alike are one set, whatever the values of variables. */
const areSame = (one: Piece, other: Piece): boolean =>
  one.document.version === other.document.version &&
  one.atLeast === other.atLeast &&
  one.boundary === other.boundary

/** Is there a piece that is the same set as the given one, by its text? */
type Holds = (piece: Piece) => boolean

const holdsOf = (pieces: readonly Piece[]): Holds => {
  const found = new Map<string, readonly Piece[]>() // local mutation: gathered once
  for (const piece of pieces) {
    const text = textOf(piece.statement)
    found.set(text, [...(found.get(text) ?? []), piece])
  }
  return (piece) => found.get(textOf(piece.statement))?.some((other) => areSame(piece, other)) === true
}

/**
 * The pieces of which no other has the text.
 *
 * @category combinators
 * @since 0.1.0
 */
export const unmatched = (pieces: readonly Piece[], others: readonly Piece[]): readonly Piece[] => {
  const holds = holdsOf(others)
  return pieces.filter((piece) => !holds(piece))
}

/** The services that an action clause may speak of, folded; undefined where it may be any. */
const servicesOf = ofValue(({ _tag, patterns }: Action.ActionClause): ReadonlySet<string> | undefined => {
  if (_tag === 'NotAction') return undefined
  const services = patterns.flatMap((pattern) => Action.fold(pattern).split(':', 1))
  return services.some((service) => /[*?]/.test(service)) ? undefined : new Set(services)
})

const serviceText = ofValue((clause: Action.ActionClause): string =>
  Array.from(servicesOf(clause) ?? ['*']).join(),
)

const shareService = (one: Piece, other: Piece): boolean => {
  const [a, b] = [servicesOf(one.statement.action), servicesOf(other.statement.action)]
  if (a === undefined || b === undefined) return true
  for (const service of a) if (b.has(service)) return true
  return false
}

const areApart = (one: Piece, other: Piece): boolean =>
  surelyApart(quickSet(actionSet(one.statement.action)), quickSet(actionSet(other.statement.action)))

const haveVariables = ofValue((pieces: readonly Piece[]): boolean =>
  pieces.some(({ document, statement }) => usesVariables(document.version)(statement)),
)

// ---- asking ----

const holds = ofValue(holdsOf)

const isRepeated = ({ inside, outside }: Claim): boolean => inside.some(holds(outside))

/** The claim with those of its outer pieces only that may meet the inner ones. */
const narrowed = (claim: Claim, mayMeet: (one: Piece, other: Piece) => boolean): Claim => ({
  ...claim,
  outside: claim.outside.filter((other) => claim.inside.every((piece) => mayMeet(piece, other))),
})

/** The same by services, with one list for all claims that have one list and speak of the same services. */
const byService = (): ((claim: Claim) => Claim) => {
  const known = new Map<readonly Piece[], Map<string, readonly Piece[]>>() // local mutation: remembered for one question
  return (claim) => {
    const lists = known.get(claim.outside) ?? new Map<string, readonly Piece[]>()
    known.set(claim.outside, lists)
    const key = JSON.stringify(claim.inside.map(({ statement }) => serviceText(statement.action)))
    const outside = lists.get(key) ?? narrowed(claim, shareService).outside
    lists.set(key, outside)
    return { ...claim, outside }
  }
}

/** As far as the first two inner pieces tell: no claim of a comparison has more. */
const cannotMeet = ({ inside: [one, other] }: Claim): boolean =>
  one !== undefined && other !== undefined && (!shareService(one, other) || areApart(one, other))

const dependsOnVariables = ({ inside, outside }: Claim): boolean =>
  haveVariables(inside) || haveVariables(outside)

/** The documents of claims with no other statements. */
const documentsOf = (claims: readonly Claim[]): readonly Document.Document[] => {
  const lists = new Set(claims.flatMap(({ inside, outside }) => [inside, outside]))
  const seen = new Set<Statement.Statement>() // local mutation: gathered once, as is the next
  const found = new Map<Document.Document, Document.Document['statements']>()
  for (const { document, statement } of Array.from(lists).flat()) {
    if (seen.has(statement)) continue
    seen.add(statement)
    found.set(document, [statement, ...(found.get(document) ?? [])])
  }
  return Array.from(found, ([document, statements]) => ({ ...document, statements }))
}

const obligationsOf =
  (claims: readonly Claim[]) =>
  (universe: Universe, lookup: Parameters<Universe['box']>[3]['lookup']): readonly Obligation[] => {
    const boxes = new Map<Piece, Box>() // local mutation: each piece is boxed once
    const box = (piece: Piece): Box => {
      const before = boxes.get(piece)
      if (before !== undefined) return before
      const { statement, document, atLeast, boundary } = piece
      const made = universe.box(statement, document.version, atLeast, {
        lookup,
        boundary,
        accountMeansRoot: false,
      })
      boxes.set(piece, made)
      return made
    }
    const boxed = new Map<readonly Piece[], readonly Box[]>() // local mutation: each list is boxed once
    const boxesOf = (pieces: readonly Piece[]): readonly Box[] => {
      const before = boxed.get(pieces) ?? pieces.map(box)
      boxed.set(pieces, before)
      return before
    }
    return claims.map(({ inside, outside, callers }) => ({
      inside: [...boxesOf(inside), ...(callers === undefined ? [] : [universe.callers(callers)])],
      outside: boxesOf(outside),
    }))
  }

/** U-30: which keys have lists is a matter of the whole question, whatever statements are left of it. */
const askAll = (claims: readonly Claim[], { documents, ...terms }: Terms, limit: number): Answer =>
  ask(
    {
      ...terms,
      documents: documentsOf(claims),
      listed: new Set(documents.flatMap(({ statements }) => statements.flatMap(listedKeys))),
      obligations: obligationsOf(claims),
    },
    limit,
  )

/**
 * A request against one of the claims, confirmed; or none, proven for all of them.
 *
 * **Cost** linear for claims that the texts settle; for the others see `ask`. Those that variables bear on are asked one
 * by one, after all the rest.
 *
 * @category analysis
 * @since 0.1.0
 */
export const against = (claims: readonly Claim[], terms: Terms, limit: number): Answer => {
  const open = claims.filter((claim) => !isRepeated(claim) && !cannotMeet(claim)).map(byService())
  const plain = open.filter((claim) => !dependsOnVariables(claim))
  const others = open
    .filter(dependsOnVariables)
    .map((claim) => narrowed(claim, (one, other) => !areApart(one, other)))
  const groups = [...(plain.length === 0 ? [] : [plain]), ...others.map((claim) => [claim])]
  let spent = 0 // local mutation: over all groups
  let doubt: Undecided | undefined // local mutation: the first group that could not be decided
  for (const group of groups) {
    const answer = askAll(group, terms, limit - spent)
    spent += answer.spent
    if (answer._tag === 'Found') return { ...answer, spent }
    if (answer._tag === 'Undecided') doubt ??= answer
  }
  return doubt === undefined ? { _tag: 'None', spent } : undecided(doubt.reason, doubt.detail, spent)
}
