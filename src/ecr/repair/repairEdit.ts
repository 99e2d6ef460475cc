/**
 * From additions to edits of documents: one document for each place, in it as few statements as can be, and of these as
 * many as can be that are there already.
 *
 * @since 0.1.0
 */
import type { Algebra } from '../../algebra/index.js'
import {
  Condition,
  Document,
  DocumentJson,
  Principal,
  Quota,
  type Action,
  type Statement,
} from '../../model/index.js'
import { Groups } from '../../pattern/index.js'
import type { Place } from '../Place.js'
import { grants, kindOf, patterns, statementOf, type Terms } from './repairGrant.js'
import type { Addition } from './repairNeeds.js'
import { remarksOf } from './repairRemarks.js'

// ---- model ----

/**
 * One policy to edit. `document`: which of the policies in this place, counted from 0; left out where a new policy is to
 * be attached: beside the others, or in the place of `before`, where there can be one only and that one is AWS's.
 *
 * `changes` lead from `before` to `after`; `why` are the rules that demand them; `remarks` say what to know before the
 * edit is made.
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
  readonly remarks: readonly string[]
}

/**
 * What is not to be edited: `Kept` as somebody wants it so, `Managed` by AWS.
 *
 * @category model
 * @since 0.1.0
 */
export type Hold = 'Kept' | 'Managed' | undefined

/** Actions granted alike: one statement's worth. */
interface Row {
  readonly terms: Terms
  readonly actions: readonly [Action.Action, ...(readonly Action.Action[])]
  readonly additions: readonly [Addition, ...(readonly Addition[])]
}

// ---- constructors ----

/**
 * The edits that make these additions, in order of first appearance of their places.
 *
 * `documentsAt`: the policies of a place; `holdOn` says which of them are left as they are. Where there can be one policy
 * only (EX-56, PB-1) it is that one which is edited, held or not: a second would take its place.
 *
 * @category constructors
 * @since 0.1.0
 */
export const editsFor = (
  additions: readonly Addition[],
  documentsAt: (place: Place) => readonly Document.Document[],
  holdOn: (document: Document.Document) => Hold,
): readonly Edit[] =>
  listsBy(({ place }: Addition) => JSON.stringify(place))(additions).flatMap((group) => {
    const { place } = group[0]
    const rows = rowsOf(group)
    const drafts = documentsAt(place).flatMap((before, document) => {
      const draft = draftOf(before, document, rows)
      if (isSingle(place)) return [holdOn(before) === 'Managed' ? inPlaceOf(draft) : draft]
      return holdOn(before) === undefined && overflow({ place, after: draft.edit.after }) === 0 ? [draft] : []
    })
    const rewritten = drafts.reduce<Draft | undefined>(extendsMore, undefined)?.edit ?? fresh(rows)
    const why = Array.from(new Set(group.map(({ rule }) => rule)))
    return rewritten === undefined ? [] : [{ place, ...rewritten, why, remarks: remarksOf(group) }]
  })

const listsBy =
  <A>(key: (item: A) => string) =>
  (items: readonly A[]): readonly (readonly [A, ...(readonly A[])])[] =>
    Array.from(Groups.by(items, key).values())

/** A policy of AWS's own is not edited, but replaced. */
const inPlaceOf = ({ edit: { document: _, ...edit }, extended }: Draft): Draft => ({ edit, extended })

// ---- statements ----

/** Actions on the same terms make a row. No operation asks one action on two resources, so rows need no merging. */
const rowsOf = (additions: readonly Addition[]): readonly Row[] =>
  listsBy(({ terms }: Addition) => JSON.stringify(terms))(additions).map((group) => {
    const [first, ...rest] = group
    return {
      terms: first.terms,
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
 * resources must be the row's; its conditions at least as narrow, and met by every request. It has to be about the service
 * already, so that what is for S3, say, stays so.
 */
const suits =
  (row: Row, version: Document.Document['version']) =>
  (statement: Statement.Statement): boolean =>
    statement.effect === 'Allow' &&
    statement.action._tag === 'Action' &&
    isAbout(row, statement) &&
    sameResources(row, statement) &&
    samePrincipal(row, statement) &&
    row.terms.conditions.every((condition) =>
      statement.conditions.some((other) => Condition.Eq.equals(condition, other)),
    ) &&
    row.additions.every(({ step: { decision }, atLeast }) => {
      const { request } = decision
      return grants(request, atLeast, version)(withActions(statement, [request.action]))
    })

const isAbout = ({ actions: [action] }: Row, statement: Statement.Statement): boolean => {
  const service = action.slice(0, action.indexOf(':') + 1).toLowerCase()
  return statement.action.patterns.some((pattern) => pattern.toLowerCase().startsWith(service))
}

const sameResources = (
  { terms, additions: [{ place }] }: Row,
  { resource }: Statement.Statement,
): boolean => {
  switch (resource._tag) {
    case 'Attached':
      return terms.resource === undefined
    case 'NotResource':
      return false
    case 'Resource': {
      // EC-3: in a repository policy the repository is all there is, by whatever name
      if (place._tag === 'ResourcePolicy') return true
      const [only, ...others] = resource.patterns
      return others.length === 0 && only === terms.resource
    }
  }
}

const samePrincipal = ({ terms: { principal } }: Row, statement: Statement.Statement): boolean => {
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

type Rewritten = Omit<Edit, 'place' | 'why' | 'remarks'>

interface Draft {
  readonly edit: Rewritten
  readonly extended: number
}

const draftOf = (before: Document.Document, document: number, rows: readonly Row[]): Draft => {
  const homes = rows.map((row) => before.statements.findIndex(suits(row, before.version)))
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

const newStatement = ({ terms, actions }: Row): Statement.Statement => statementOf(terms, actions)

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

/**
 * Can there be one policy only in this place (EX-56, PB-1)?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isSingle = ({ _tag }: Place): boolean =>
  _tag === 'ResourcePolicy' ||
  _tag === 'RegistryPolicy' ||
  _tag === 'PermissionsBoundary' ||
  _tag === 'VpcEndpointPolicy'

// ---- sizes ----

/**
 * The quota on the policy of a place.
 *
 * @category destructors
 * @since 0.1.0
 */
export const quotaOf = (place: Place): Quota.Quota | undefined => Quota.of(kindOf(place))

/**
 * By how many characters an edited policy is larger than AWS takes it, blanks left out; 0 where it fits.
 *
 * @category destructors
 * @since 0.1.0
 */
export const overflow = ({ place, after }: Pick<Edit, 'place' | 'after'>): number =>
  Math.max(0, DocumentJson.size(after) - (quotaOf(place)?.characters ?? Infinity))
