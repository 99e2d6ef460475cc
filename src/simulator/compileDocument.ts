/**
 * Documents compiled once each, whatever number of environments they stand in: an index of their statements by action.
 *
 * @since 0.1.0
 */
import { Action, type Document, type Statement, type Version } from '../model/index.js'
import { Remember } from '../pattern/index.js'
import { fileByPath } from './compileGlob.js'
import { compileStatement, type Bearing, type CompiledStatement } from './compileStatement.js'
import { always, anyOf, type Test } from './compileTest.js'

// ---- model ----

/**
 * What a document says of one action: does an Allow, does a Deny of it match the request? `statements`: those that the
 * action matches.
 *
 * @category model
 * @since 0.1.0
 */
export interface Slice {
  readonly allows: Test<Bearing>
  readonly denies: Test<Bearing>
  readonly statements: Readonly<Record<'allows' | 'denies', readonly CompiledStatement[]>>
}

// ---- constructors ----

/** A document has this many slices at most, so that actions which nobody has heard of take no memory. */
const SLICES = 1_024

/**
 * What a document says of a folded action.
 *
 * **Cost** that of one look at every statement with a wildcard in its actions, when the action is first asked for; a
 * lookup thereafter.
 *
 * @category constructors
 * @since 0.1.0
 */
export const sliceOf: (document: Document.Document) => (action: string) => Slice = Remember.ofValue(
  ({ version, statements }) => {
    const entries = statements.map(entryOf(version))
    const byName = index(entries)
    const general = entries.filter(({ names }) => names === undefined)
    return Remember.ofText(SLICES, (action) => {
      const about = [...(byName.get(action) ?? []), ...general.filter(({ fits }) => fits(action))]
      const ofEffect = (effect: Statement.Effect): readonly CompiledStatement[] =>
        about.filter((entry) => entry.effect === effect).map(({ compiled }) => compiled())
      const [allows, denies] = [ofEffect('Allow'), ofEffect('Deny')]
      return { allows: anyStatement(allows), denies: anyStatement(denies), statements: { allows, denies } }
    })
  },
)

/**
 * Does an Allow, or a Deny, of some documents match? Document by document, each with the index that it has wherever it
 * stands.
 *
 * @category combinators
 * @since 0.1.0
 */
export const anyApart: AnyOfDocuments = (documents, action, element) =>
  anyOf(documents.map((document) => sliceOf(document)(action)[element]))

/**
 * As `anyApart`, with one index of all documents: made for these alone, and looked up once instead of once for each.
 *
 * @category combinators
 * @since 0.1.0
 */
export const anyTogether: AnyOfDocuments = (documents, action, element) =>
  documents.length <= 1
    ? anyApart(documents, action, element)
    : anyStatement(documents.flatMap((document) => sliceOf(document)(action).statements[element]))

/**
 * A way to ask several documents.
 *
 * @category model
 * @since 0.1.0
 */
export type AnyOfDocuments = (
  documents: readonly Document.Document[],
  action: string,
  element: 'allows' | 'denies',
) => Test<Bearing>

/**
 * A statement filed by its actions, and compiled when it is first wanted.
 *
 * `names`: the folded actions it lists; undefined when it has wildcards or lists what it is not about.
 */
interface Entry {
  readonly effect: Statement.Effect
  readonly names: readonly string[] | undefined
  readonly fits: (action: string) => boolean
  readonly compiled: () => CompiledStatement
}

const entryOf =
  (version: Version.Version | undefined) =>
  (statement: Statement.Statement): Entry => {
    const { _tag, patterns } = statement.action
    const isListed = _tag === 'Action'
    return {
      effect: statement.effect,
      names: isListed && patterns.every(isName) ? patterns.map(Action.fold) : undefined,
      fits: (action) => patterns.some((pattern) => Action.fits(pattern)(action)) === isListed,
      compiled: Remember.once(() => compileStatement(version)(statement)),
    }
  }

const isName = (pattern: Action.ActionPattern): boolean => !pattern.includes('*') && !pattern.includes('?')

const index = (entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> => {
  const found = new Map<string, Entry[]>() // local mutation: filled here
  for (const entry of entries)
    for (const name of new Set(entry.names)) {
      const there = found.get(name)
      if (there === undefined) found.set(name, [entry])
      else there.push(entry)
    }
  return found
}

/** One is asked sooner than the resource is looked up. */
const FEW = 1

const anyStatement = (statements: readonly CompiledStatement[]): Test<Bearing> => {
  const tests = statements.map(({ test }) => test)
  if (statements.length <= FEW || tests.includes(always)) return anyOf(tests)
  const files = fileByPath(
    statements.flatMap(({ globs = [], rest }) => globs.map((glob) => ({ glob, item: rest }))),
  )
  const others = statements.filter(({ globs }) => globs === undefined).map(({ test }) => test)
  return anyOf([
    (request, bearing) => files(request.resource, request.paths(), ask, request, bearing),
    ...others,
  ])
}

const ask = (rest: Test<Bearing>, ...[request, bearing]: Parameters<Test<Bearing>>): boolean =>
  rest(request, bearing)
