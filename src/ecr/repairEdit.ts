/**
 * From additions to edits of documents: one document for each place, in it as few statements as can be, and of these as
 * many as can be that are there already.
 *
 * @since 0.1.0
 */
import type { Algebra } from '../algebra/index.js'
import { Condition, Document, Principal, type Action, type Statement } from '../model/index.js'
import { Simulator, Strength } from '../simulator/index.js'
import type { Place } from './Place.js'
import { patterns, statementOf, type Grant } from './repairGrant.js'
import type { Addition } from './repairNeeds.js'

// ---- model ----

/**
 * One policy to edit. `document`: which of the policies in this place, counted from 0; left out, with `before`, where
 * a new policy is to be attached. `changes` lead from `before` to `after`; `why` are the rules that demand them.
 *
 * @category model
 * @since 0.1.0
 */
export interface Edit {
  readonly place: Place
  readonly document?: number
  readonly before?: Document.Document
  readonly after: Document.Document
  readonly changes: readonly Algebra.Change[]
  readonly why: readonly string[]
}

/** Actions granted alike: one statement's worth. */
interface Row {
  readonly grant: Grant
  readonly actions: readonly [Action.Action, ...(readonly Action.Action[])]
  readonly additions: readonly [Addition, ...(readonly Addition[])]
}

// ---- constructors ----

/**
 * The edits that make these additions, in order of first appearance of their places.
 *
 * `documentsAt`: the policies of a place; those that `isFixed` says so of are left as they are.
 *
 * @category constructors
 * @since 0.1.0
 */
export const editsFor = (
  additions: readonly Addition[],
  documentsAt: (place: Place) => readonly Document.Document[],
  isFixed: (document: Document.Document) => boolean,
  hasBoundary: boolean,
): readonly Edit[] =>
  groupBy(({ place }: Addition) => JSON.stringify(place))(additions).flatMap((group) => {
    const { place } = group[0]
    const rows = rowsOf(group)
    const drafts = documentsAt(place).flatMap((before, document) =>
      isFixed(before) ? [] : [draftOf(before, document, rows, hasBoundary)],
    )
    const draft = drafts.reduce<Draft | undefined>(extendsMore, undefined)?.edit ?? fresh(rows)
    const why = Array.from(new Set(group.map(({ rule }) => rule)))
    return draft === undefined ? [] : [{ place, ...draft, why }]
  })

const groupBy =
  <A>(key: (item: A) => string) =>
  (items: readonly A[]): readonly (readonly [A, ...(readonly A[])])[] => {
    const groups = new Map<string, readonly [A, ...(readonly A[])]>() // local mutation: order of appearance
    for (const item of items) {
      const group = groups.get(key(item))
      groups.set(key(item), group === undefined ? [item] : [...group, item])
    }
    return Array.from(groups.values())
  }

// ---- statements ----

/** Actions with one grant make a row. No operation asks one action on two resources, so rows need no merging. */
const rowsOf = (additions: readonly Addition[]): readonly Row[] =>
  groupBy(({ grant }: Addition) => JSON.stringify(grant))(additions).map((group) => {
    const [first, ...rest] = group
    return {
      grant: first.grant,
      actions: distinct([actionOf(first), ...rest.map(actionOf)]),
      additions: group,
    }
  })

const actionOf = ({ step }: Addition): Action.Action => step.decision.request.action

const distinct = <A>([first, ...rest]: readonly [A, ...(readonly A[])]): readonly [A, ...(readonly A[])] => [
  first,
  ...Array.from(new Set(rest)).filter((item) => item !== first),
]

/**
 * Would the statement, with these actions added, grant what the row does and nothing besides? Its principal and
 * resources must be the row's; its conditions at least as narrow, and met by every request.
 */
const suits =
  (row: Row, version: Document.Document['version'], hasBoundary: boolean) =>
  (statement: Statement.Statement): boolean =>
    statement.effect === 'Allow' &&
    statement.action._tag === 'Action' &&
    sameResources(row, statement) &&
    samePrincipal(row, statement) &&
    row.grant.conditions.every((condition) =>
      statement.conditions.some((other) => Condition.Eq.equals(condition, other)),
    ) &&
    row.additions.every(({ step: { decision }, atLeast }) => {
      const { request } = decision
      const match = Simulator.matchStatement(
        Simulator.prepare(request, hasBoundary),
        version,
        false,
      )(withActions(statement, [request.action]))
      return match._tag === 'Matched' && Strength.atLeast(atLeast)(match.strength)
    })

const sameResources = (
  { grant, additions: [{ place }] }: Row,
  { resource }: Statement.Statement,
): boolean => {
  switch (resource._tag) {
    case 'Attached':
      return grant.resource === undefined
    case 'NotResource':
      return false
    case 'Resource': {
      // EC-3: in a repository policy the repository is all there is, by whatever name
      if (place._tag === 'ResourcePolicy') return true
      const [only, ...others] = resource.patterns
      return others.length === 0 && only === grant.resource
    }
  }
}

const samePrincipal = ({ grant: { principal } }: Row, statement: Statement.Statement): boolean => {
  if (statement._tag === 'IdentityStatement') return principal === undefined
  const [only, ...others] = statement.principal.principals
  return (
    principal !== undefined &&
    statement.principal._tag === 'Principal' &&
    others.length === 0 &&
    Principal.Eq.equals(only, principal)
  )
}

const withActions = <S extends Statement.Statement>(
  statement: S,
  actions: readonly [Action.Action, ...(readonly Action.Action[])],
): S => ({
  ...statement,
  action: { _tag: 'Action', patterns: [...statement.action.patterns, ...patterns(actions)] },
})

// ---- documents ----

type Rewritten = Omit<Edit, 'place' | 'why'>

interface Draft {
  readonly edit: Rewritten
  readonly extended: number
}

const draftOf = (
  before: Document.Document,
  document: number,
  rows: readonly Row[],
  hasBoundary: boolean,
): Draft => {
  const homes = rows.map((row) => before.statements.findIndex(suits(row, before.version, hasBoundary)))
  const extended = rows.flatMap((row, i) => (homes[i] === -1 ? [] : [{ row, place: homes[i] ?? 0 }]))
  const added = rows.filter((_, i) => homes[i] === -1)
  const size = before.statements.length
  const [first, ...rest] = before.statements
  const grown = (statement: Statement.Statement, place: number): Statement.Statement =>
    extended
      .filter((each) => each.place === place)
      .reduce((grown, { row }) => withActions(grown, row.actions), statement)
  const statements = [
    grown(first, 0),
    ...rest.map((statement, i) => grown(statement, i + 1)),
    ...added.map(newStatement),
  ] as const
  const edit: Rewritten = {
    document,
    before,
    after: { ...before, statements },
    changes: [
      ...extended.map(({ row, place }) => grownChange(place, statements[place] ?? statements[0], row)),
      ...added.map((row, i) => addedChange(size + i, newStatement(row))),
    ],
  }
  return { edit, extended: extended.length }
}

const newStatement = ({ grant, actions }: Row): Statement.Statement => statementOf(grant, actions)

const grownChange = (place: number, statement: Statement.Statement, { actions }: Row): Algebra.Change => ({
  _tag: 'Changed',
  before: place,
  after: place,
  statement,
  changes: [{ element: 'Action', added: actions, removed: [] }],
})

const addedChange = (after: number, statement: Statement.Statement): Algebra.Change => ({
  _tag: 'Added',
  after,
  statement,
})

const fresh = ([first, ...rest]: readonly Row[]): Rewritten | undefined => {
  if (first === undefined) return undefined
  const after = Document.make([newStatement(first), ...rest.map(newStatement)])
  return {
    after,
    changes: after.statements.map((statement, i) => addedChange(i, statement)),
  }
}

const extendsMore = (best: Draft | undefined, draft: Draft): Draft =>
  best === undefined || draft.extended > best.extended ? draft : best

// ---- destructors ----

/**
 * How many statements and how many actions the edits touch.
 *
 * @category destructors
 * @since 0.1.0
 */
export const sizeOf = (edits: readonly Edit[]): { readonly statements: number; readonly actions: number } => {
  const changes = edits.flatMap((edit) => edit.changes)
  return {
    statements: changes.length,
    actions: changes.flatMap(actionsOf).length,
  }
}

/**
 * The actions that a change adds.
 *
 * @category destructors
 * @since 0.1.0
 */
export const actionsOf = (change: Algebra.Change): readonly string[] => {
  switch (change._tag) {
    case 'Added':
      return change.statement.action.patterns
    case 'Changed':
      return change.changes.flatMap(({ added }) => added)
    case 'Removed':
    case 'Version':
      return []
  }
}

/**
 * Is the edit one that the owner of the role or of the repository can make?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isOwners = ({ _tag }: Place): boolean =>
  _tag === 'IdentityPolicy' ||
  _tag === 'SessionPolicy' ||
  _tag === 'ResourcePolicy' ||
  _tag === 'RegistryPolicy'
