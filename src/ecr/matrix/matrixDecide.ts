/**
 * Decides callers and repositories of a fleet by the tables of its tests: the decision flow is the simulator's own formula
 * over the same layers, only that a statement's outcome is read from its tables.
 *
 * @since 0.1.0
 */
import { Remember } from '../../pattern/index.js'
import { Simulator } from '../../simulator/index.js'
import { bearingOf, type Bearing } from './matrixClasses.js'
import type { Fleet } from './matrixFleet.js'
import { ask, probing, type Probes, type Table } from './matrixProbe.js'
import type { Question } from './matrixQuestion.js'
import { fleetAsked } from './matrixReplication.js'
import { rankOf, type Rank } from './matrixTest.js'

// ---- model ----

/**
 * What became of one action: the outcome, or `NotAsked` where the repository is of a sort that it is never asked on.
 *
 * @category model
 * @since 0.1.0
 */
export type Answer = Simulator.Outcome | 'NotAsked'

/**
 * The answer for a caller and a repository, by their places.
 *
 * @category model
 * @since 0.1.0
 */
export type Decide = (principal: number, repository: number) => Answer

/**
 * A question made ready: the fleet that it is put to, what of it bears on it, and who decides.
 *
 * @category model
 * @since 0.1.0
 */
export interface Deciding {
  readonly asking: Fleet
  readonly bearing: Bearing
  readonly probes: Probes
  readonly decide: Decide
}

/** Does it hold for a caller and a repository? */
type Holds = (principal: number, repository: number) => boolean

/** The most that some of several statements comes out as. */
type Strongest = (principal: number, repository: number) => number

// ---- evaluation ----

/**
 * Makes the questions of a fleet ready; what they have in common is looked at once.
 *
 * @category constructors
 * @since 0.1.0
 */
export const decidingIn = (fleet: Fleet): ((question: Question) => Deciding) => {
  const asked = fleetAsked(fleet)
  const probingOf = Remember.ofValue(probing)
  return (question) => {
    const asking = asked(question)
    const bearing = bearingOf(asking, question)
    const probes = probingOf(asking)(question)
    return { asking, bearing, probes, decide: decideCell(asking, question, bearing, probes) }
  }
}

/**
 * The answer to a question for a caller and a repository of a fleet, by their places; the one place where a pair is decided.
 *
 * **Cost** the first pair of a combination (policies attached to the caller, policies attached to the repository,
 * situation) as much as the documents are long; each further one a few look-ups for each test of a statement that bears.
 *
 */
const decideCell = (fleet: Fleet, question: Question, bearing: Bearing, probes: Probes): Decide => {
  const programs = new Map<number, Decide>() // local mutation: the programs met so far
  const strongest = strongestBy(bearing, probes)
  const make = program(fleet, question, bearing, strongest)
  const [callers, owners] = [bearing.callers.partition, bearing.owners.partition]
  return (principal, repository) => {
    const combination =
      (callers.classOf[principal] ?? 0) * owners.first.length + (owners.classOf[repository] ?? 0)
    const key = combination * SITUATIONS + probes.situations.value(principal, repository)
    const known = programs.get(key)
    if (known !== undefined) return known(principal, repository)
    if (programs.size >= PROGRAMS) programs.clear()
    const made = make(principal, repository)
    programs.set(key, made)
    return made(principal, repository)
  }
}

/** More than there are situations. */
const SITUATIONS = 2 ** 16

/** Programs are kept up to this number, so that memory stays bounded. */
const PROGRAMS = 50_000

/** What is decided for everybody who has the same attached and is in the same situation. */
const program = (
  fleet: Fleet,
  question: Question,
  { of, contents }: Bearing,
  strongest: (some: readonly number[]) => Strongest,
): ((row: number, column: number) => Decide) => {
  const put = ask(fleet, question)
  const those = (layer: Simulator.Layer, effect: 'Allow' | 'Deny'): readonly number[] =>
    layer.documents.flatMap(of).filter((content) => contents.effect(content) === effect)
  return (row, column) => {
    const [who, what] = [fleet.principals[row], fleet.repositories[column]]
    const asked = who === undefined || what === undefined ? undefined : put(who, what)
    if (asked === undefined) return () => 'NotAsked'
    const { layers, requires } = Simulator.flow(asked.environment, asked.request)
    const denies = strongest(layers.flatMap((layer) => those(layer, 'Deny')))
    const allows = holdsBy(({ layer: { type, level }, atLeast }) => {
      const counted = layers.filter(
        ({ id, allows: counts }) => counts && id.type === type && id.level === level,
      )
      const best = strongest(counted.flatMap((layer) => those(layer, 'Allow')))
      const least = rankOf(atLeast)
      return (principal, repository) => best(principal, repository) >= least
    })(requires)
    return (principal, repository) => {
      if (denies(principal, repository) > 0) return 'ExplicitlyDenied'
      return allows(principal, repository) ? 'Allowed' : 'ImplicitlyDenied'
    }
  }
}

type Leaf = Extract<Simulator.Formula, { readonly _tag: 'Allows' }>

const holdsBy =
  (leaf: (formula: Leaf) => Holds) =>
  (formula: Simulator.Formula): Holds => {
    switch (formula._tag) {
      case 'All': {
        const parts = formula.of.map(holdsBy(leaf))
        return (principal, repository) => parts.every((holds) => holds(principal, repository))
      }
      case 'Any': {
        const parts = formula.of.map(holdsBy(leaf))
        return (principal, repository) => parts.some((holds) => holds(principal, repository))
      }
      case 'RootUser':
        return () => true
      case 'Never':
        return () => false
      case 'Allows':
        return leaf(formula)
    }
  }

/** A statement comes out as the least of its tests, some statements as the most of theirs. */
const strongestBy =
  ({ contents }: Bearing, probes: Probes) =>
  (some: readonly number[]): Strongest => {
    const statements = some.map((content) => contents.tests(content).map((test) => probes.table(test)))
    return (principal, repository) => {
      let best = 0 // local mutation: the most so far
      for (const tables of statements) {
        best = Math.max(best, leastOf(tables, principal, repository))
        if (best === STRONGEST) return best
      }
      return best
    }
  }

const STRONGEST: Rank = 3

const leastOf = (tables: readonly Table[], principal: number, repository: number): number => {
  let least: number = STRONGEST // local mutation: the least so far
  for (const { value } of tables) {
    least = Math.min(least, value(principal, repository))
    if (least === 0) return 0
  }
  return least
}
