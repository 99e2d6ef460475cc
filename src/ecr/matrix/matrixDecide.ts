/**
 * Decides callers and repositories of a fleet by the tables of its tests: the decision flow is the simulator's own formula
 * over the same layers, only that a statement's outcome is read from its tables.
 *
 * @since 0.1.0
 */
import { Remember } from '../../pattern/index.js'
import { Simulator } from '../../simulator/index.js'
import type { Question as Put } from '../judge.js'
import { bearingOf, ofCaller, type Bearing } from './matrixClasses.js'
import type { Fleet } from './matrixFleet.js'
import { ask, probing, type Probes, type Row } from './matrixProbe.js'
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
 * The answers for a caller, by his place, and for repositories by theirs.
 *
 * @category model
 * @since 0.1.0
 */
export type Decide = (principal: number) => (repository: number) => Answer

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

/** Does it hold for a caller, and then a repository? */
type Holds = (principal: number) => (repository: number) => boolean

/** The most that some of several statements comes out as, for a caller. */
type Strongest = (principal: number) => Row

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
  const make = program(fleet, question, bearing, strongestBy(bearing, probes))
  const programOf = (key: number, principal: number, repository: number): Decide => {
    const known = programs.get(key) ?? make(principal, repository, key % SITUATIONS)
    if (!programs.has(key) && programs.size >= PROGRAMS) programs.clear()
    programs.set(key, known)
    return known
  }
  const [callers, owners] = [bearing.callers.partition, bearing.owners.partition]
  return (principal) => {
    const known = new Map<number, ReturnType<Decide>>() // local mutation: what this caller met so far
    const its = (callers.classOf[principal] ?? 0) * owners.first.length
    const situation = probes.situations.row(principal)
    return (repository) => {
      const key = (its + (owners.classOf[repository] ?? 0)) * SITUATIONS + situation(repository)
      const before = known.get(key)
      if (before !== undefined) return before(repository)
      const made = programOf(key, principal, repository)(principal)
      known.set(key, made)
      return made(repository)
    }
  }
}

/** More than there are situations. */
const SITUATIONS = 2 ** 16

/** Programs are kept up to this number, so that memory stays bounded. */
const PROGRAMS = 50_000

/**
 * How a request is decided, given a caller, a repository and their situation: asked once for all who have the same attached to the
 * repository and layers of the same sorts themselves, whatever stands in these.
 */
const flows = (fleet: Fleet, question: Question, { callers, owners }: Bearing): FlowAt => {
  const put = ask(fleet, question)
  const known = new Map<string, Simulator.Flow | undefined>() // local mutation: the flows met so far
  return (row, column, situation) => {
    const own = callers.layers[callers.partition.classOf[row] ?? 0] ?? []
    const sorts = own.map((layer) => (layer === undefined ? '-' : '+')).join('')
    const key = `${sorts} ${String(owners.partition.classOf[column])} ${String(situation)}`
    if (known.has(key)) return known.get(key)
    const [who, what] = [fleet.principals[row], fleet.repositories[column]]
    const asked = who === undefined || what === undefined ? undefined : put(who, what)
    const flow = asked && flowOf(asked)
    known.set(key, flow)
    return flow
  }
}

/** Of what is never asked no statement is looked at. */
const flowOf = ({ environment, request, never }: Put): Simulator.Flow => {
  const flow = Simulator.flow(environment, request)
  return never === undefined
    ? flow
    : { ...flow, layers: [], requires: { _tag: 'Never', why: never.why, rule: never.rule } }
}

type FlowAt = (row: number, column: number, situation: number) => Simulator.Flow | undefined

/** What is decided for everybody who has the same attached and is in the same situation. */
const program = (
  fleet: Fleet,
  question: Question,
  bearing: Bearing,
  strongest: (some: readonly number[]) => Strongest,
): ((row: number, column: number, situation: number) => Decide) => {
  const { callers, of, contents } = bearing
  const flowAt = flows(fleet, question, bearing)
  return (row, column, situation) => {
    const flow = flowAt(row, column, situation)
    if (flow === undefined) return () => () => 'NotAsked'
    const { layers, requires } = flow
    const own = callers.layers[callers.partition.classOf[row] ?? 0] ?? []
    const those = ({ id, documents }: Simulator.Layer, effect: 'Allow' | 'Deny'): readonly number[] =>
      (ofCaller(id, own) ?? documents.flatMap(of)).filter((content) => contents.effect(content) === effect)
    const denies = strongest(layers.flatMap((layer) => those(layer, 'Deny')))
    const allows = holdsBy(({ layer: { type, level }, atLeast }) => {
      const counted = layers.filter(
        ({ id, allows: counts }) => counts && id.type === type && id.level === level,
      )
      const best = strongest(counted.flatMap((layer) => those(layer, 'Allow')))
      const least = rankOf(atLeast)
      return (principal) => {
        const its = best(principal)
        return (repository) => its(repository) >= least
      }
    })(requires)
    return (principal) => {
      const [denied, allowed] = [denies(principal), allows(principal)]
      return (repository) => {
        if (denied(repository) > 0) return 'ExplicitlyDenied'
        return allowed(repository) ? 'Allowed' : 'ImplicitlyDenied'
      }
    }
  }
}

type Leaf = Extract<Simulator.Formula, { readonly _tag: 'Allows' }>

const holdsBy =
  (leaf: (formula: Leaf) => Holds) =>
  (formula: Simulator.Formula): Holds => {
    switch (formula._tag) {
      case 'All':
        return until(false, formula.of.map(holdsBy(leaf)))
      case 'Any':
        return until(true, formula.of.map(holdsBy(leaf)))
      case 'RootUser':
        return () => () => true
      case 'Never':
        return () => () => false
      case 'Allows':
        return leaf(formula)
    }
  }

/** `end` as soon as one of these comes out so, else the contrary. */
const until =
  (end: boolean, parts: readonly Holds[]): Holds =>
  (principal) => {
    const all = parts.map((holds) => holds(principal))
    return (repository) => {
      for (const holds of all) if (holds(repository) === end) return end
      return !end
    }
  }

/** A statement comes out as the least of its tests, some statements as the most of theirs. */
const strongestBy =
  ({ contents }: Bearing, probes: Probes) =>
  (some: readonly number[]): Strongest => {
    const statements = some.map((content) => contents.tests(content).map((test) => probes.table(test)))
    return (principal) => {
      const rows = statements.map((tables) => leastOf(tables.map(({ row }) => row(principal))))
      return (repository) => {
        let best = 0 // local mutation: the most so far
        for (const row of rows) {
          best = Math.max(best, row(repository))
          if (best === STRONGEST) return best
        }
        return best
      }
    }
  }

const STRONGEST: Rank = 3

const leastOf = (rows: readonly Row[]): Row => {
  const [only, ...others] = rows
  if (only !== undefined && others.length === 0) return only
  return (repository) => {
    let least: number = STRONGEST // local mutation: the least so far
    for (const row of rows) {
      least = Math.min(least, row(repository))
      if (least === 0) return 0
    }
    return least
  }
}
