/**
 * An `AccessMatrix` knows what every caller of a fleet may do on every repository of it. Its answers are exactly those of
 * `can`, `canPull` and `canPush`, asked one by one; but what no policy tells apart is decided once.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Caller, getOrThrow, Problem } from '../../model/index.js'
import { classesOf, type Classes } from './matrixClasses.js'
import { decidingIn, type Answer, type Decide } from './matrixDecide.js'
import { fleet as readFleet, type Fleet, type FleetInput } from './matrixFleet.js'
import { matrixFault } from './matrixGiven.js'
import { byKey, refineAll } from './matrixPartition.js'
import {
  questionsOf,
  type Asked,
  type MatrixOperation,
  type Question,
  type Questions,
} from './matrixQuestion.js'
import { show as showRepository } from '../Repository.js'
import { Frozen } from '../../pattern/index.js'

// ---- model ----

/**
 * What a matrix is made from: a fleet, and the operations to ask of it.
 *
 * @category model
 * @since 0.1.0
 */
export interface MatrixInput extends FleetInput {
  readonly operations: readonly MatrixOperation[]
}

/**
 * One action that an operation is refused for.
 *
 * @category model
 * @since 0.1.0
 */
export interface Refusal {
  readonly action: string
  readonly answer: Exclude<Answer, 'Allowed'>
}

/**
 * A question, the classes of the fleet under it, and its answers: for a class of callers, those for classes of
 * repositories, as places in `answers`.
 *
 * @category model
 * @since 0.1.0
 */
export interface DecidedQuestion extends Classes {
  readonly question: Question
  readonly decide: Decide
  readonly answer: (principalClass: number) => (repositoryClass: number) => number
}

/**
 * A matrix. `principals` and `repositories` are the names of its rows and columns, in the order given; `classes` those
 * that no question tells apart.
 *
 * @category model
 * @since 0.1.0
 */
export interface AccessMatrix {
  readonly _tag: 'AccessMatrix'
  readonly principals: readonly string[]
  readonly repositories: readonly string[]
  readonly operations: readonly MatrixOperation[]
  readonly fleet: Fleet
  readonly classes: Classes
  readonly questions: readonly DecidedQuestion[]
  /** Which questions each operation comes down to. */
  readonly asks: Questions['asks']
}

// ---- constructors ----

/**
 * The matrix of a fleet. Nothing is decided before it is asked for.
 *
 * **Errors** the first of `InvalidAccountId`, `InvalidCaller`, and those of `Repository.parse`; before them what types rule
 * out, such as `UnknownOperation`, and `InvalidType` for JSON in place of a document.
 * **Cost** finding the classes takes each condition once for each two values that it is asked about; deciding takes one
 * decision for each class of callers, class of repositories and group of actions that statements tell apart.
 *
 * @example
 * import { Document, Ecr } from 'ecr-policy'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * const admin = Document.parseOrThrow(
 *   { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
 *   'identity',
 * )
 * const role = (name: string) => ({
 *   principal: `arn:aws:iam::111122223333:role/${name}`,
 *   identityPolicies: [admin],
 * })
 * const matrix = Ecr.accessMatrixOrThrow({
 *   principals: [role('a'), role('b'), role('c')],
 *   repositories: [{ repository: 'arn:aws:ecr:eu-west-1:111122223333:repository/app' }],
 *   operations: ['pull', 'push'],
 * })
 * Ecr.Matrix.classCounts(matrix) // => { principals: 1, repositories: 1, decisions: 2 }
 *
 * @category constructors
 * @since 0.1.0
 */
export const accessMatrix = (input: MatrixInput): E.Either<Problem.Problem, AccessMatrix> => {
  const fault = matrixFault(input, '')
  if (fault !== undefined) return E.left(fault)
  return E.map((fleet: Fleet) => matrixOf(fleet, input.operations))(readFleet(Frozen.own(input)))
}

/**
 * The matrix of a fleet, or throws.
 *
 * @category constructors
 * @since 0.1.0
 */
export const accessMatrixOrThrow = (input: MatrixInput): AccessMatrix =>
  getOrThrow(Problem.show)(accessMatrix(input))

/**
 * The same matrix, to which some answers are given: for each question those of a class of callers.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withAnswers = (matrix: AccessMatrix, given: readonly Answered[]): AccessMatrix => ({
  ...matrix,
  questions: matrix.questions.map((asked, i) => ({
    ...asked,
    answer: answering(asked.decide, asked, given[i]),
  })),
})

const matrixOf = (fleet: Fleet, asked: readonly MatrixOperation[]): AccessMatrix => {
  const operations = Array.from(new Set(asked))
  const { all, asks } = questionsOf(fleet, operations)
  const deciding = decidingIn(fleet)
  const questions = all.map((question) => {
    const { asking, bearing, probes, decide } = deciding(question)
    const its = classesOf(asking, bearing, probes)
    return { question, ...its, decide, answer: answering(decide, its) }
  })
  return {
    _tag: 'AccessMatrix',
    principals: fleet.principals.map(({ caller }) => Caller.show(caller)),
    repositories: fleet.repositories.map(({ repository }) => showRepository(repository)),
    operations,
    fleet,
    classes: {
      principals: refineAll(fleet.principals.length, [
        byKey(fleet.principals.map(({ caller }) => (caller._tag === 'Service' ? 1 : 0))), // EX-20
        ...questions.map(({ principals }) => principals),
      ]),
      repositories: refineAll(fleet.repositories.length, [
        byKey(fleet.repositories.map(({ repository }) => repository._tag)),
        ...questions.map(({ repositories }) => repositories),
      ]),
    },
    questions,
    asks,
  }
}

// ---- deciding ----

/** A question's memory holds this many answers at most; what it forgot is decided again. */
const ANSWERS = 2 ** 22

/**
 * Answers by class of callers, then by class of repositories, as numbers.
 *
 * @category model
 * @since 0.1.0
 */
export type Answered = ReadonlyMap<number, Uint8Array>

/**
 * Answers in the order of their numbers; 0 is no answer yet.
 *
 * @category model
 * @since 0.1.0
 */
export const answers = [undefined, 'Allowed', 'ImplicitlyDenied', 'ExplicitlyDenied', 'NotAsked'] as const

const answering = (
  decide: Decide,
  { principals, repositories }: Classes,
  given: Answered = new Map(),
): DecidedQuestion['answer'] => {
  const width = repositories.first.length
  const rows = new Map<number, Uint8Array>() // local mutation: the answers so far
  const rowOf = (its: number): Uint8Array => {
    const row = given.get(its) ?? rows.get(its) ?? new Uint8Array(width)
    if (!rows.has(its) && rows.size * width >= ANSWERS) rows.clear()
    rows.set(its, row)
    return row
  }
  return (principalClass) => {
    const row = rowOf(principalClass)
    const decided = decide(principals.first[principalClass] ?? 0)
    return (repositoryClass) => {
      const known = row[repositoryClass] ?? 0
      if (known > 0) return known
      const made = answers.indexOf(decided(repositories.first[repositoryClass] ?? 0))
      row[repositoryClass] = made
      return made
    }
  }
}

// ---- one cell ----

/**
 * What became of an operation: allowed exactly when it is refused for nothing.
 *
 * @category model
 * @since 0.1.0
 */
export interface Outcome {
  readonly allowed: boolean
  readonly refusals: readonly Refusal[]
}

/**
 * The outcomes of the operations of a matrix, for a row and then for its columns: those of cells, without the cells.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const outcomesAt =
  ({ fleet, asks, questions, operations }: AccessMatrix) =>
  (row: number): ((column: number) => readonly Outcome[]) => {
    const isService = fleet.principals[row]?.caller._tag === 'Service'
    const rows = questions.map(({ principals, answer }) => answer(principals.classOf[row] ?? 0))
    const answerTo = (question: number, column: number): number =>
      rows[question]?.(questions[question]?.repositories.classOf[column] ?? 0) ?? 0
    const asksOf = (isPublic: boolean): readonly OutcomeOf[] =>
      operations.map((operation) => outcomeOf(asks(operation, { isService, isPublic })))
    const [ofPrivate, ofPublic] = [asksOf(false), asksOf(true)]
    return (column) => {
      const repository = fleet.repositories[column]?.repository
      return repository === undefined
        ? []
        : (repository._tag === 'Repository' ? ofPrivate : ofPublic).map((outcome) =>
            outcome(answerTo, column),
          )
    }
  }

/** The outcome of an operation for a repository, from the answers to its questions. */
type OutcomeOf = (answerTo: (question: number, column: number) => number, column: number) => Outcome

/** There are few outcomes: each is made once, so that cells share them. */
const outcomeOf = (asked: readonly Asked[]): OutcomeOf => {
  const places = Array.from(new Set(asked.map(({ question }) => question)))
  const known = new Map<string, Outcome>() // local mutation: the outcomes met so far
  return (answerTo, column) => {
    let key = '' // local mutation: one pass
    for (const question of places) key += String(answerTo(question, column))
    const before = known.get(key)
    if (before !== undefined) return before
    const made = outcome(asked, (question) => answers[answerTo(question, column)])
    known.set(key, made)
    return made
  }
}

const outcome = (asked: readonly Asked[], answerTo: (question: number) => Answer | undefined): Outcome => {
  const refusals = asked.flatMap(({ action, question }) => {
    const answer = answerTo(question)
    return answer === undefined || answer === 'Allowed' ? [] : [{ action, answer }]
  })
  return Frozen.deep({ allowed: refusals.length === 0, refusals })
}
