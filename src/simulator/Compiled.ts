/**
 * Environments compiled: the same decisions as `decide`, at the cost of a few lookups and without a trace.
 *
 * Law: `compile(environment).outcome(request) === decide(environment, request).outcome`
 *
 * @since 0.1.0
 */
import type { Environment, Request } from '../model/index.js'
import { Remember } from '../pattern/index.js'
import { anyApart, anyTogether, type AnyOfDocuments } from './compileDocument.js'
import { prepareRequest, type PreparedRequest } from './compileRequest.js'
import type { Bearing } from './compileStatement.js'
import { allOf, always, anyOf, never, type Test } from './compileTest.js'
import { decide } from './decide.js'
import type { Decision, Outcome } from './Decision.js'
import { layers, requirement, situationOf, type Formula, type Traits } from './flow.js'
import { same, type Layer } from './Layer.js'
import { atLeast } from './Strength.js'

// ---- model ----

/**
 * An environment made ready for many requests.
 *
 * - `outcome`: the outcome alone. It takes a request, or for more speed one made ready by `prepareRequest`, which may be
 *   asked of any number of environments.
 * - `decide`: the decision with reason and trace, as the plain evaluator gives it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Compiled {
  readonly environment: Environment.Environment
  /** The outcome alone, fast. */
  readonly outcome: (request: Request.Request | PreparedRequest) => Outcome
  /** The decision with reason and trace, as `Simulator.decide` gives it. */
  readonly decide: (request: Request.Request) => Decision
}

// ---- constructors ----

/** An environment knows this many ways at most, so that actions which nobody has heard of take no memory. */
const WAYS = 4_096

/**
 * Compiles an environment.
 *
 * Nothing is done before it is needed: a document is compiled when a request first meets it, once for all environments
 * that it stands in, so that changing one policy compiles that one. What is compiled is remembered for as long as the
 * environment and the documents are.
 *
 * **Cost** of compiling constant. The first request of each way (action, kind of caller, relation of the accounts) files
 * the statements about its action by their resources, in time linear in all policies: the first of all takes up to twice as
 * long as a plain decision, the first of each further action about half as long as one. Every other request takes a few
 * lookups, and the tests of the statements about its action whose resources begin as its own does. A way that is asked
 * often gets one index of all policies, made once in time linear in the statements about its action.
 *
 * @example
 * import { Environment, Request, Simulator } from 'ecr-policy'
 *
 * const request = Request.makeOrThrow({
 *   principal: 'arn:aws:iam::111122223333:root',
 *   action: 'ecr:BatchGetImage',
 *   resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
 * })
 * const { outcome, decide } = Simulator.compile(Environment.empty)
 * outcome(request) // => 'Allowed'
 * decide(request).reason._tag // => 'RootUser'
 *
 * @category constructors
 * @since 0.1.0
 */
export const compile: (environment: Environment.Environment) => Compiled = Remember.ofGiven((environment) => {
  const ways = new Map<string, () => Program>() // local mutation: the programs of the ways met so far
  const learn = ({ way, traits }: PreparedRequest): (() => Program) => {
    const made = programs(environment, traits)
    if (ways.size >= WAYS) ways.clear()
    ways.set(way, made)
    return made
  }
  return Object.freeze<Compiled>({
    environment,
    outcome: (given) => {
      const request = given._tag === 'Request' ? prepareRequest(given) : given
      const { denies, allows } = (ways.get(request.way) ?? learn(request))()
      if (denies(request)) return 'ExplicitlyDenied'
      return allows(request) ? 'Allowed' : 'ImplicitlyDenied'
    },
    decide: (request) => decide(environment, request),
  })
})

// ---- programs ----

/** What requests of one way are asked: does a Deny match (DE-3), and does what must hold? */
interface Program {
  readonly denies: Test
  readonly allows: Test
}

/** A way that is asked this often is worth an index of its own. */
const OFTEN = 64

/** The program for a way: of the documents' own indexes at first, of one for all of them when it is asked often. */
const programs = (environment: Environment.Environment, traits: Traits): (() => Program) => {
  const first = program(environment, traits, anyApart)
  const second = Remember.once(() => program(environment, traits, anyTogether))
  let asked = 0 // local mutation: how often, up to the limit
  return () => (asked < OFTEN ? (asked++, first) : second())
}

const program = (environment: Environment.Environment, traits: Traits, any: AnyOfDocuments): Program => {
  const situation = situationOf(environment.facts, traits)
  const looked = layers(situation, environment)
  const hasBoundary = environment.permissionsBoundary !== undefined
  const ask = (among: readonly Layer[], element: 'allows' | 'denies', suffices: Bearing['suffices']): Test =>
    anyOf(
      [false, true].map((accountMeansRoot) => {
        const documents = among
          .filter((layer) => layer.accountMeansRoot === accountMeansRoot)
          .flatMap((layer) => layer.documents)
        return bearingOn({ hasBoundary, accountMeansRoot, suffices })(any(documents, traits.action, element))
      }),
    )
  return {
    denies: ask(looked, 'denies', always),
    allows: holds(({ layer: id, atLeast: least }) =>
      ask(
        looked.filter((layer) => layer.allows && same(layer.id, id)),
        'allows',
        atLeast(least),
      ),
    )(requirement(situation, environment)),
  }
}

const bearingOn =
  (bearing: Bearing) =>
  (test: Test<Bearing>): Test =>
    test === always ? always : test === never ? never : (request) => test(request, bearing)

type Leaf = Extract<Formula, { readonly _tag: 'Allows' }>

/** The formula as a test, branch by branch in the order in which AWS looks. */
const holds =
  (leaf: (formula: Leaf) => Test) =>
  (formula: Formula): Test => {
    switch (formula._tag) {
      case 'All':
        return allOf(formula.of.map(holds(leaf)))
      case 'Any':
        return anyOf(formula.of.map(holds(leaf)))
      case 'Allows':
        return leaf(formula)
      case 'RootUser':
        return always
      case 'Never':
        return never
    }
  }
