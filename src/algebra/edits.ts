/**
 * What was done to the statements of a document to get another: statements added, removed and changed, element by
 * element. Statements that read the same are no edit wherever they stand; of the rest those with one Sid belong together,
 * then those that have most in common.
 *
 * @since 0.1.0
 */
import type { Document, Statement, Version } from '../model/index.js'
import type { Line } from './regionElement.js'
import { keyOf, normalize, slots } from './rewriteForm.js'

// ---- model ----

/**
 * The values of one element that came and went. An element that turned into its opposite (`Action` into `NotAction`) is
 * two changes.
 *
 * @category model
 * @since 0.1.0
 */
export interface ElementChange {
  readonly element: string
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/**
 * One edit of a document. `before` and `after` are places among the statements of the left and the right document.
 * `Version`: the version changed, and with it the meaning of variables.
 *
 * @category model
 * @since 0.1.0
 */
export type Change =
  | { readonly _tag: 'Added'; readonly after: number; readonly statement: Statement.Statement }
  | { readonly _tag: 'Removed'; readonly before: number; readonly statement: Statement.Statement }
  | {
      readonly _tag: 'Changed'
      readonly before: number
      readonly after: number
      readonly statement: Statement.Statement
      readonly changes: readonly ElementChange[]
    }
  | {
      readonly _tag: 'Version'
      readonly before: Version.Version | undefined
      readonly after: Version.Version | undefined
    }

// ---- pairing ----

/** Below this part of values in common two statements are taken for different ones. */
const LEAST_IN_COMMON = 0.3

/** `values` tell a statement from others; `*` does not. */
interface Entry {
  readonly place: number
  readonly statement: Statement.Statement
  readonly key: string
  readonly values: ReadonlySet<string>
}

const entriesOf = (document: Document.Document): readonly Entry[] => {
  const normal = normalize(document)
  return document.statements.map((statement, place) => ({
    place,
    statement,
    key: keyOf(normal[place] ?? statement),
    values: new Set(
      slots(normal[place] ?? statement).flatMap(({ name, element, values }) =>
        values.flatMap((value) => (value === '*' ? [] : [`${name}\n${element}\n${value}`])),
      ),
    ),
  }))
}

const inCommon = (a: Entry, b: Entry): number => {
  if (a.statement.effect !== b.statement.effect || a.statement._tag !== b.statement._tag) return 0
  const shared = Array.from(a.values).filter((value) => b.values.has(value)).length
  return shared / (a.values.size + b.values.size - shared)
}

interface Pairing {
  readonly pairs: readonly (readonly [Entry, Entry])[]
  readonly lefts: readonly Entry[]
  readonly rights: readonly Entry[]
}

/** Pairs the first that belong together, one by one. */
const pairBy =
  (belong: (left: Entry, right: Entry) => boolean) =>
  ({ pairs, lefts, rights }: Pairing): Pairing => {
    const remaining = [...rights] // local mutation: what was paired is taken out
    const found = lefts.flatMap((left) => {
      const place = remaining.findIndex((right) => belong(left, right))
      return place === -1 ? [] : remaining.splice(place, 1).map((right) => [left, right] as const)
    })
    const paired = new Set(found.map(([left]) => left))
    return {
      pairs: [...pairs, ...found],
      lefts: lefts.filter((left) => !paired.has(left)),
      rights: remaining,
    }
  }

/** Pairs of most in common first. */
const pairByLikeness = ({ pairs, lefts, rights }: Pairing): Pairing => {
  const ranked = lefts
    .flatMap((left) => rights.map((right) => ({ left, right, likeness: inCommon(left, right) })))
    .filter(({ likeness }) => likeness >= LEAST_IN_COMMON)
    .sort((a, b) => b.likeness - a.likeness)
  const taken = new Set<Entry>() // local mutation: entries that have a partner
  const found = ranked.flatMap(({ left, right }) => {
    if (taken.has(left) || taken.has(right)) return []
    taken.add(left).add(right)
    return [[left, right] as const]
  })
  return {
    pairs: [...pairs, ...found],
    lefts: lefts.filter((entry) => !taken.has(entry)),
    rights: rights.filter((entry) => !taken.has(entry)),
  }
}

// ---- changes ----

/**
 * The edits that lead from one document to the other, in the order of the right document, what was removed last.
 *
 * **Cost** the product of the numbers of statements that differ.
 *
 * @category analysis
 * @since 0.1.0
 */
export const changesBetween = (left: Document.Document, right: Document.Document): readonly Change[] => {
  const start: Pairing = { pairs: [], lefts: entriesOf(left), rights: entriesOf(right) }
  const same = pairBy((a, b) => a.key === b.key)(start)
  const named = pairBy(
    (a, b) => a.statement.sid !== undefined && a.statement.sid !== '' && a.statement.sid === b.statement.sid,
  )({ ...same, pairs: [] })
  const { pairs, lefts, rights } = pairByLikeness(named)
  const changed = pairs.map(([a, b]): Change & { readonly after: number } => ({
    _tag: 'Changed',
    before: a.place,
    after: b.place,
    statement: b.statement,
    changes: changesOf(a.statement, b.statement),
  }))
  const added = rights.map(({ place, statement }): Change & { readonly after: number } => ({
    _tag: 'Added',
    after: place,
    statement,
  }))
  return [
    ...(left.version === right.version
      ? []
      : [{ _tag: 'Version', before: left.version, after: right.version } as const]),
    ...[...changed, ...added].sort((a, b) => a.after - b.after),
    ...lefts.map(({ place, statement }): Change => ({ _tag: 'Removed', before: place, statement })),
  ]
}

const valuesBy = (statement: Statement.Statement): ReadonlyMap<string, readonly string[]> =>
  new Map([
    ['Effect', [statement.effect]],
    ...slots(statement).map(({ element, values }) => [element, values] as const),
  ])

const changesOf = (before: Statement.Statement, after: Statement.Statement): readonly ElementChange[] => {
  const [old, now] = [valuesBy(before), valuesBy(after)]
  return Array.from(new Set([...old.keys(), ...now.keys()])).flatMap((element) => {
    const [was, is] = [old.get(element) ?? [], now.get(element) ?? []]
    const change = {
      element,
      added: is.filter((value) => !was.includes(value)),
      removed: was.filter((value) => !is.includes(value)),
    }
    const isNew = old.has(element) !== now.has(element)
    return isNew || change.added.length > 0 || change.removed.length > 0 ? [change] : []
  })
}

// ---- documents with and without an edit ----

/**
 * What undoing a change does to the statements of the right document: one goes, by its place, and one comes in its place, or at
 * the end. `version`: that of all of them.
 *
 * @category model
 * @since 0.1.0
 */
export interface Undoing {
  readonly version: Version.Version | undefined
  readonly goes: number | undefined
  readonly comes: Statement.Statement | undefined
}

/**
 * How the change is undone that led from `left` to `right`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const undoing = (change: Change, left: Document.Document, { version }: Document.Document): Undoing => {
  switch (change._tag) {
    case 'Version':
      return { version: change.before, goes: undefined, comes: undefined }
    case 'Added':
      return { version, goes: change.after, comes: undefined }
    case 'Removed':
      return { version, goes: undefined, comes: left.statements[change.before] }
    case 'Changed':
      return { version, goes: change.after, comes: left.statements[change.before] }
  }
}

/**
 * The lines of the right document with one change undone.
 *
 * @category combinators
 * @since 0.1.0
 */
export const undone = ({ version, goes, comes }: Undoing, lines: readonly Line[]): readonly Line[] => {
  const instead = comes === undefined ? [] : [{ statement: comes, version }]
  const place = goes ?? lines.length
  return [...lines.slice(0, place), ...instead, ...lines.slice(place + 1)].map((line) =>
    line.version === version ? line : { ...line, version },
  )
}

/**
 * The same change the other way: what undoes it.
 *
 * @category combinators
 * @since 0.1.0
 */
export const inverse = (change: Change): Change => {
  switch (change._tag) {
    case 'Version':
      return { ...change, before: change.after, after: change.before }
    case 'Added':
      return { _tag: 'Removed', before: change.after, statement: change.statement }
    case 'Removed':
      return { _tag: 'Added', after: change.before, statement: change.statement }
    case 'Changed':
      return { ...change, before: change.after, after: change.before }
  }
}
