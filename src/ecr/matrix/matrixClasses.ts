/**
 * Which callers, and which repositories, no policy that bears on a question tells apart. Exact: two are in one class only
 * if every statement that could match comes out the same for both, whoever stands on the other side.
 *
 * @since 0.1.0
 */
import type { Document, Statement } from '../../model/index.js'
import type { Simulator } from '../../simulator/index.js'
import type { Fleet, FleetPrincipal, FleetRepository } from './matrixFleet.js'
import { byKey, isDiscrete, isShared, members, refine, type Partition } from './matrixPartition.js'
import type { Probes, Table } from './matrixProbe.js'
import { takes, type Question } from './matrixQuestion.js'
import { testsOf, type Test } from './matrixTest.js'

// ---- model ----

/**
 * The classes of a fleet under one question.
 *
 * @category model
 * @since 0.1.0
 */
export interface Classes {
  readonly principals: Partition
  readonly repositories: Partition
}

/**
 * Statements by content: Sid and action element aside, each content once.
 *
 * @category model
 * @since 0.1.0
 */
export interface Contents {
  readonly place: (version: Document.Document['version'], statement: Statement.Statement) => number
  readonly tests: (place: number) => readonly Test[]
  readonly effect: (place: number) => Statement.Effect
}

// ---- statements ----

const contents = (): Contents => {
  const places = new Map<string, number>() // local mutation: grows as statements come, as does the next
  const known: { readonly tests: readonly Test[]; readonly effect: Statement.Effect }[] = []
  return {
    place: (version, statement) => {
      const text = JSON.stringify([version, { ...statement, sid: undefined, action: undefined }])
      const place = places.get(text) ?? known.length
      places.set(text, place)
      if (place === known.length) known.push({ tests: testsOf(version)(statement), effect: statement.effect })
      return place
    },
    tests: (place) => known[place]?.tests ?? [],
    effect: (place) => known[place]?.effect ?? 'Deny',
  }
}

/** For each document, the contents of its statements that an action matches, in order and each once. */
const bearing = (
  { place }: Contents,
  documents: readonly Document.Document[],
  action: string,
): readonly (readonly number[])[] => {
  const fits = new Map<Statement.Statement['action'], boolean>() // local mutation: elements are often shared
  const isFit = ({ action: clause }: Statement.Statement): boolean => {
    const does = fits.get(clause) ?? takes(clause)(action)
    fits.set(clause, does)
    return does
  }
  return documents.map(({ version, statements }) =>
    inOrder(statements.filter(isFit).map((statement) => place(version, statement))),
  )
}

const inOrder = (places: readonly number[]): readonly number[] =>
  Array.from(new Set(places)).sort((a, b) => a - b)

// ---- constructors ----

/** Where statements stand: documents by layer, undefined where it makes a difference that there is no layer. */
type Layers = readonly (readonly number[] | undefined)[]

const layersOfCaller = (principal: FleetPrincipal): Layers => [
  principal.identityPolicies,
  principal.permissionsBoundary === undefined ? undefined : [principal.permissionsBoundary],
  principal.sessionPolicies.length === 0 ? undefined : principal.sessionPolicies,
  ...(principal.serviceControlPolicies ?? []),
]

/**
 * The statements that a caller has in a layer; undefined where a layer is not of callers.
 *
 * @category destructors
 * @since 0.1.0
 */
export const ofCaller = (
  { type, level }: Simulator.LayerId,
  [identity, boundary, session, ...levels]: Gathered,
): readonly number[] | undefined => {
  switch (type) {
    case 'IdentityPolicy':
      return identity
    case 'PermissionsBoundary':
      return boundary
    case 'SessionPolicy':
      return session
    case 'ServiceControlPolicy':
      return levels[level]
    case 'ResourcePolicy':
    case 'RegistryPolicy':
    case 'ResourceControlPolicy':
    case 'VpcEndpointPolicy':
      return undefined
  }
}

const layersOfOwner = (repository: FleetRepository): Layers => [
  repository.resourcePolicy === undefined ? [] : [repository.resourcePolicy],
  repository.registryPolicy === undefined ? [] : [repository.registryPolicy],
  ...repository.resourceControlPolicies,
]

/**
 * The statements of each layer, undefined where it makes a difference that there is no layer.
 *
 * @category model
 * @since 0.1.0
 */
export type Gathered = readonly (readonly number[] | undefined)[]

/** Statements of a layer, whichever of its documents they stand in: documents of a layer are ORed (DE-2). */
const gathered = (statements: readonly (readonly number[])[], layers: Layers): Gathered =>
  layers.map((documents) => documents && inOrder(documents.flatMap((document) => statements[document] ?? [])))

/**
 * What is attached to each of several things, as layers of statements by content: who has the same, what those of each
 * class have, and who holds a statement.
 *
 * @category model
 * @since 0.1.0
 */
export interface Attached {
  readonly partition: Partition
  readonly layers: readonly Gathered[]
  readonly holders: ReadonlyMap<number, readonly number[]>
}

const attached = (layers: readonly Layers[], statements: readonly (readonly number[])[]): Attached => {
  const bundles = byKey(layers.map((its) => JSON.stringify(its)))
  const kept = bundles.first.map((first) => gathered(statements, layers[first] ?? []))
  const keys = kept.map((its) => JSON.stringify(its))
  const partition = byKey(bundles.classOf.map((bundle) => keys[bundle] ?? ''))
  const layersOf = partition.first.map((first) => kept[bundles.classOf[first] ?? 0] ?? [])
  const things = members(partition)
  const holders = new Map<number, number[]>() // local mutation: one pass over the classes
  for (const [its, own] of layersOf.entries()) {
    for (const content of new Set(own.flatMap((layer) => layer ?? []))) {
      const before = holders.get(content) ?? []
      for (const thing of things[its] ?? []) before.push(thing)
      holders.set(content, before)
    }
  }
  return { partition, layers: layersOf, holders }
}

/**
 * The statements of a fleet that an action matches, and who holds them.
 *
 * @category model
 * @since 0.1.0
 */
export interface Bearing {
  readonly callers: Attached
  readonly owners: Attached
  readonly endpoint: readonly number[]
  readonly contents: Contents
  /** The contents of a document's statements. */
  readonly of: (document: Document.Document) => readonly number[]
}

/**
 * The statements of a fleet that bear on a question.
 *
 * @category constructors
 * @since 0.1.0
 */
export const bearingOf = (fleet: Fleet, question: Question): Bearing => {
  const [need] = question.required
  const action = need.action.toLowerCase()
  const known = contents()
  const resource = bearing(known, fleet.resource, action)
  // a service that asks in its own name has none of the caller's policies
  const identity = need.by === undefined ? bearing(known, fleet.identity, action) : []
  const byDocument = new Map<Document.Document, readonly number[]>([
    ...fleet.identity.map((document, i) => [document, identity[i] ?? []] as const),
    ...fleet.resource.map((document, i) => [document, resource[i] ?? []] as const),
  ])
  return {
    callers: attached(fleet.principals.map(layersOfCaller), identity),
    owners: attached(fleet.repositories.map(layersOfOwner), resource),
    endpoint: fleet.endpointPolicies.flatMap((document) => resource[document] ?? []),
    contents: known,
    of: (document) => byDocument.get(document) ?? [],
  }
}

/**
 * The classes of a fleet under a question.
 *
 * **Cost** each test once for each pair of callers and repositories that differ in what it reads, and never more than
 * once for each caller and repository.
 *
 * @category constructors
 * @since 0.1.0
 */
export const classesOf = (
  fleet: Fleet,
  { callers, owners, endpoint, contents: known }: Bearing,
  probes: Probes,
): Classes => {
  const everybody = fleet.principals.map((_, i) => i)
  const everything = fleet.repositories.map((_, i) => i)
  const start = { principals: callers.partition, repositories: owners.partition }
  const related = split(start, probes.situations, everybody, everything)
  return [
    ...testsIn(known, new Map(endpoint.map((content) => [content, []]))).map(
      ({ test }) => [test, everybody, everything] as const,
    ),
    ...testsIn(known, callers.holders).map(({ test, holders }) => [test, holders, everything] as const),
    ...testsIn(known, owners.holders).map(({ test, holders }) => [test, everybody, holders] as const),
  ].reduce((classes, [test, who, what]) => split(classes, probes.table(test), who, what), related)
}

interface Held {
  readonly test: Test
  readonly holders: readonly number[]
}

/** The tests of statements, each once, with all who hold a statement that has it. */
const testsIn = ({ tests }: Contents, holders: ReadonlyMap<number, readonly number[]>): readonly Held[] => {
  const found = new Map<string, { readonly test: Test; readonly holders: Set<number> }>() // local mutation: grows
  for (const [content, those] of holders)
    for (const test of tests(content)) {
      const its = found.get(test.key) ?? { test, holders: new Set() }
      for (const holder of those) its.holders.add(holder)
      found.set(test.key, its)
    }
  return Array.from(found.values(), ({ test, holders: all }) => ({ test, holders: Array.from(all) }))
}

// ---- splitting ----

/**
 * Classes told apart by one table among those on whom it bears. Who reads alike comes out alike, so that one of each is
 * asked; who is alone in his class already is asked for others' sake only.
 */
const split = (classes: Classes, table: Table, who: readonly number[], what: readonly number[]): Classes => {
  const { principals, repositories } = classes
  if (isDiscrete(principals) && isDiscrete(repositories)) return classes
  const rows = groups(table.principals, who, isShared(principals))
  const columns = groups(table.repositories, what, isShared(repositories))
  const value = (row: Group, column: Group): number =>
    row.isOpen || column.isOpen ? table.value(row.first, column.first) : 0
  return {
    principals: rows.some(({ isOpen }) => isOpen)
      ? refine(principals, outcomes(principals.classOf.length, rows, columns, value))
      : principals,
    repositories: columns.some(({ isOpen }) => isOpen)
      ? refine(
          repositories,
          outcomes(repositories.classOf.length, columns, rows, (a, b) => value(b, a)),
        )
      : repositories,
  }
}

/** Things that are alike to a test: `first` stands for them, `isOpen` when some could yet be told apart from others. */
interface Group {
  readonly first: number
  readonly of: readonly number[]
  readonly isOpen: boolean
}

const groups = (
  { classOf, first }: Partition,
  among: readonly number[],
  isOpen: (thing: number) => boolean,
): readonly Group[] => {
  const found = new Map<number, number[]>() // local mutation: one pass
  for (const thing of among) {
    const its = classOf[thing] ?? 0
    const before = found.get(its)
    if (before === undefined) found.set(its, [thing])
    else before.push(thing)
  }
  return Array.from(found, ([its, of]) => ({ first: first[its] ?? 0, of, isOpen: of.some(isOpen) }))
}

/** Things are together when their groups came out the same throughout; those on whom the table does not bear, too. */
const outcomes = (
  size: number,
  found: readonly Group[],
  others: readonly Group[],
  value: (one: Group, other: Group) => number,
): Partition => {
  const keys = Array.from({ length: size }, () => '') // local mutation: filled group by group
  for (const group of found) {
    const key = `=${others.map((other) => value(group, other)).join()}`
    for (const thing of group.of) keys[thing] = key
  }
  return byKey(keys)
}
