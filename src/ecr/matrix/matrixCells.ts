/**
 * The answers of a matrix: cell by cell, by repository, by caller, in numbers, and as a table of classes.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { Caller } from '../../model/index.js'
import { outcomesAt, type AccessMatrix, type Outcome, type Refusal } from './matrixCore.js'
import { accessTo, readRepository, targetsAt } from './matrixFleet.js'
import { judge } from '../judge.js'
import { members } from './matrixPartition.js'
import { operationOf, requiredBy, sortOf, type MatrixOperation } from './matrixQuestion.js'
import { show as showRepository, type PublicRepository, type Repository } from '../Repository.js'
import type { Verdict } from '../Verdict.js'

// ---- model ----

/**
 * May this caller do this to this repository? `row` and `column` are their places in what the matrix was made from.
 *
 * @category model
 * @since 0.1.0
 */
export interface Cell {
  readonly principal: string
  readonly repository: string
  readonly operation: MatrixOperation
  readonly row: number
  readonly column: number
  readonly allowed: boolean
  readonly refusals: readonly Refusal[]
}

/**
 * How many callers, and how many repositories, some question tells apart; and how many decisions fill the matrix.
 *
 * @category model
 * @since 0.1.0
 */
export interface ClassCounts {
  readonly principals: number
  readonly repositories: number
  readonly decisions: number
}

/**
 * How far a run of `cells` is: cells handed out, and how many there are.
 *
 * @category model
 * @since 0.1.0
 */
export interface Progress {
  readonly done: number
  readonly total: number
  readonly classes: ClassCounts
}

/**
 * `onProgress` is told after each caller; `isCancelled` and `signal` are asked before each repository, and end the cells.
 * An `AbortSignal` is a signal.
 *
 * @category model
 * @since 0.1.0
 */
export interface CellsOptions {
  /** Told after each caller how far it is. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
  /** Asked before each repository; when true there are no more cells. */
  readonly isCancelled?: (() => boolean) | undefined
  /** Looked at before each repository; when it is aborted there are no more cells. */
  readonly signal?: { readonly aborted: boolean } | undefined
}

// ---- destructors ----

/**
 * The size of the work.
 *
 * @category destructors
 * @since 0.1.0
 */
export const classCounts = ({ classes, questions }: AccessMatrix): ClassCounts => ({
  principals: classes.principals.first.length,
  repositories: classes.repositories.first.length,
  decisions: questions
    .map(({ principals, repositories }) => principals.first.length * repositories.first.length)
    .reduce((sum, each) => sum + each, 0),
})

// ---- evaluation ----

/**
 * All cells, caller by caller: those of one class follow each other, each with his repositories in the order given.
 *
 * Nothing is decided before it is pulled, and whoever stops pulling stops the work. In memory are the answers for one
 * class of callers, and up to a fixed number of decisions.
 *
 * @category evaluation
 * @since 0.1.0
 */
export function* cells(matrix: AccessMatrix, options: CellsOptions = {}): Generator<Cell, void, undefined> {
  const width = matrix.repositories.length * matrix.operations.length
  const total = width * matrix.principals.length
  const classes = classCounts(matrix)
  const { isCancelled, signal } = options
  let done = 0 // local mutation: cells so far
  for (const rows of members(matrix.classes.principals)) {
    const outcomes = outcomesOf(matrix, rows[0] ?? 0)
    for (const row of rows) {
      for (const column of matrix.repositories.keys()) {
        if (signal?.aborted === true || isCancelled?.() === true) return
        yield* cellsAt(matrix, row, column, outcomes(column))
      }
      done += width
      options.onProgress?.({ done, total, classes })
    }
  }
}

const cellsAt = (
  { principals, repositories, operations }: AccessMatrix,
  row: number,
  column: number,
  outcomes: readonly Outcome[],
): readonly Cell[] => {
  const principal = principals[row] ?? ''
  const repository = repositories[column] ?? ''
  return operations.map((operation, i) => {
    const { allowed = false, refusals = [] } = outcomes[i] ?? {}
    return { principal, repository, operation, row, column, allowed, refusals }
  })
}

/** What a caller may do on each repository, by operation; each class of repositories is looked at once. */
const outcomesOf = (matrix: AccessMatrix, row: number): ((column: number) => readonly Outcome[]) => {
  const known: (readonly Outcome[] | undefined)[] = [] // local mutation: filled as classes come
  const { classOf } = matrix.classes.repositories
  const outcomes = outcomesAt(matrix)(row)
  return (column) => {
    const its = classOf[column] ?? 0
    const made = known[its] ?? outcomes(column)
    known[its] = made
    return made
  }
}

/**
 * Why a cell is as it is: its verdict, with the trace of every decision. `undefined` for a place outside the matrix.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const verdictAt =
  ({ row, column, operation }: Pick<Cell, 'row' | 'column' | 'operation'>) =>
  ({ fleet }: AccessMatrix): Verdict | undefined => {
    const [principal, repository] = [fleet.principals[row], fleet.repositories[column]]
    if (principal === undefined || repository === undefined) return undefined
    const sort = sortOf(principal, repository)
    const asked = { id: operationOf(operation, sort), required: requiredBy(operation, sort) }
    return judge(asked)(accessTo(fleet, principal, repository), targetsAt(fleet, repository))
  }

/**
 * Who may do this to this repository, in the order given? `None` when the matrix does not have that operation or
 * repository: then it cannot tell.
 *
 * **Cost** one decision for each class of callers and group of actions, none where it was asked before.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const whoCan =
  (operation: MatrixOperation, repository: string | Repository | PublicRepository) =>
  (matrix: AccessMatrix): O.Option<readonly string[]> => {
    const column = columnOf(matrix, repository)
    if (column === -1 || !matrix.operations.includes(operation)) return O.none
    const { first, classOf } = matrix.classes.principals
    const place = matrix.operations.indexOf(operation)
    const allowed = first.map((row) => outcomesAt(matrix)(row)(column)[place]?.allowed === true)
    return O.some(matrix.principals.filter((_, row) => allowed[classOf[row] ?? 0]))
  }

/**
 * The place of a repository in a matrix, -1 where it has none.
 *
 * @category destructors
 * @since 0.1.0
 */
export const columnOf = (
  { repositories }: AccessMatrix,
  given: string | Repository | PublicRepository,
): number => {
  const read = readRepository(given)
  return E.isLeft(read) ? -1 : repositories.indexOf(showRepository(read.right))
}

/**
 * What one caller may do to one repository; `operations` is never empty.
 *
 * @category model
 * @since 0.1.0
 */
export interface Granted {
  readonly row: number
  readonly repository: string
  readonly operations: readonly MatrixOperation[]
}

/**
 * What may this caller do? Of each of his rows, the repositories on which he may do something. `None` when the matrix
 * does not have him: then it cannot tell.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const whatCan =
  (principal: string | Caller.Caller) =>
  (matrix: AccessMatrix): O.Option<readonly Granted[]> => {
    const rows = rowsOf(matrix, principal)
    return rows.length === 0 ? O.none : O.some(rows.flatMap((row) => grantedTo(matrix, row)))
  }

/**
 * The places of a caller in a matrix.
 *
 * @category destructors
 * @since 0.1.0
 */
export const rowsOf = (
  { fleet }: Pick<AccessMatrix, 'fleet'>,
  principal: string | Caller.Caller,
): readonly number[] => {
  const read = typeof principal === 'string' ? Caller.parse(principal) : E.right(principal)
  if (E.isLeft(read)) return []
  return fleet.principals.flatMap(({ caller }, row) => (Caller.Eq.equals(caller, read.right) ? [row] : []))
}

const grantedTo = (matrix: AccessMatrix, row: number): readonly Granted[] => {
  const outcome = outcomesOf(matrix, row)
  return matrix.repositories.flatMap((repository, column) => {
    const operations = allowedIn(matrix, outcome(column))
    return operations.length === 0 ? [] : [{ row, repository, operations }]
  })
}

const allowedIn = ({ operations }: AccessMatrix, outcomes: readonly Outcome[]): readonly MatrixOperation[] =>
  operations.filter((_, i) => outcomes[i]?.allowed === true)

// ---- in numbers ----

/**
 * A matrix in numbers: of how many cells each operation is allowed in how many.
 *
 * @category model
 * @since 0.1.0
 */
export interface MatrixSummary {
  readonly principals: number
  readonly repositories: number
  readonly classes: ClassCounts
  readonly operations: readonly {
    readonly operation: MatrixOperation
    readonly allowed: number
    readonly cells: number
  }[]
}

/**
 * A matrix in numbers.
 *
 * @category analysis
 * @since 0.1.0
 */
export const summary = (matrix: AccessMatrix): MatrixSummary => {
  const { rows, columns } = toTable(matrix)
  const size = matrix.principals.length * matrix.repositories.length
  return {
    principals: matrix.principals.length,
    repositories: matrix.repositories.length,
    classes: classCounts(matrix),
    operations: matrix.operations.map((operation) => ({
      operation,
      cells: size,
      allowed: rows
        .flatMap(({ principals, cells: its }) =>
          its.map((allowed, i) =>
            allowed.includes(operation) ? principals.length * (columns[i]?.length ?? 0) : 0,
          ),
        )
        .reduce((sum, each) => sum + each, 0),
    })),
  }
}

/**
 * A matrix by classes: in `columns` the repositories that are alike, in each row the callers who are, and for each column
 * what they may do.
 *
 * @category model
 * @since 0.1.0
 */
export interface MatrixTable {
  readonly columns: readonly (readonly string[])[]
  readonly rows: readonly {
    readonly principals: readonly string[]
    readonly cells: readonly (readonly MatrixOperation[])[]
  }[]
}

/**
 * A matrix by classes: small where many are alike, and what a person wants to see of a large one.
 *
 * @category analysis
 * @since 0.1.0
 */
export const toTable = (matrix: AccessMatrix): MatrixTable => {
  const { principals, repositories } = matrix.classes
  const names = (all: readonly string[], those: readonly number[]): readonly string[] =>
    those.flatMap((one) => all[one] ?? [])
  return {
    columns: members(repositories).map((those) => names(matrix.repositories, those)),
    rows: members(principals).map((those) => {
      const outcome = outcomesOf(matrix, those[0] ?? 0)
      return {
        principals: names(matrix.principals, those),
        cells: repositories.first.map((column) => allowedIn(matrix, outcome(column))),
      }
    }),
  }
}
