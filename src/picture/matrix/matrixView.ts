/**
 * What a picture of a matrix shows: callers by repositories, those that read the same in one row and one column, within
 * limits that are told when they are reached.
 *
 * @since 0.1.0
 */
import { Matrix, type AccessMatrix } from '../../ecr/index.js'
import { shortened } from '../width.js'

// ---- model ----

/**
 * How much of a matrix is drawn.
 *
 * - `grouped`: callers with the same access share a row, and repositories open to the same callers a column; true unless
 *   told.
 * - `rows`, `columns`: at most so many; what is left out is counted in the picture.
 * - `names`: of a row or column that stands for many, at most so many names; the others are counted.
 *
 * @category model
 * @since 0.1.0
 */
export interface MatrixOptions {
  readonly grouped?: boolean
  readonly rows?: number
  readonly columns?: number
  readonly names?: number
}

/**
 * What became of an operation: allowed; forbidden by a Deny, which no Allow gets round; or allowed by nothing.
 *
 * @category model
 * @since 0.1.0
 */
export type Standing = 'Allowed' | 'Denied' | 'Silent'

/**
 * How each operation of the matrix stands for one caller and one repository, in order.
 *
 * @category model
 * @since 0.1.0
 */
export type CellView = readonly Standing[]

/**
 * A row: whom it stands for, by shortened names, and a cell for each column.
 *
 * @category model
 * @since 0.1.0
 */
export interface RowView {
  readonly names: readonly string[]
  readonly cells: readonly CellView[]
}

/**
 * A matrix to be drawn. All names of callers begin with `callers`, all names of repositories with `repositories`; neither
 * is repeated in the rows and columns.
 *
 * @category model
 * @since 0.1.0
 */
export interface MatrixView {
  readonly title: string
  readonly operations: readonly string[]
  readonly callers: string
  readonly repositories: string
  readonly columns: readonly (readonly string[])[]
  readonly rows: readonly RowView[]
  readonly notes: readonly string[]
}

/**
 * The limits of a format, for what the options do not say.
 *
 * @category model
 * @since 0.1.0
 */
export type Limits = Required<Omit<MatrixOptions, 'grouped'>>

// ---- constructors ----

/**
 * What to draw of a matrix.
 *
 * **Cost** a decision for each class of callers and repositories (`Ecr.Matrix.classCounts`); ungrouped, room for each cell.
 *
 * @category constructors
 * @since 0.1.0
 */
export const matrixView = (matrix: AccessMatrix, options: MatrixOptions, limits: Limits): MatrixView => {
  const { rows: most = limits.rows, columns: mostColumns = limits.columns } = options
  const classes = classesOf(matrix)
  const { rows, columns } = linesOf(matrix, classes, options.grouped ?? true)
  const [callers, repositories] = [shortened(matrix.principals), shortened(matrix.repositories)]
  const shown = columns.slice(0, mostColumns)
  return {
    title: `Access of ${counted(matrix.principals.length, 'caller')} to ${counted(matrix.repositories.length, 'repository', 'repositories')}`,
    operations: matrix.operations,
    callers: callers.prefix,
    repositories: repositories.prefix,
    columns: shown.map((places) => pick(repositories.names, places)),
    rows: rows.slice(0, most).map((places) => ({
      names: pick(callers.names, places),
      cells: shown.map(([column = 0]) => cellAt(matrix, classes, places[0] ?? 0, column)),
    })),
    notes: [
      ...leftOut(rows.slice(most), 'row', 'caller'),
      ...leftOut(columns.slice(mostColumns), 'column', 'repository', 'repositories'),
    ],
  }
}

const pick = (names: readonly string[], places: readonly number[]): readonly string[] =>
  places.flatMap((place) => names[place] ?? [])

/** The cells by classes: for each of callers those of all classes of repositories. */
const classesOf = (matrix: AccessMatrix): readonly (readonly CellView[])[] =>
  matrix.classes.principals.first.map((row) => {
    const outcomes = Matrix.outcomesAt(matrix)(row)
    return matrix.classes.repositories.first.map((column) => outcomes(column).map(standing))
  })

const standing = ({ allowed, refusals }: Matrix.Outcome): Standing => {
  if (allowed) return 'Allowed'
  return refusals.some(({ answer }) => answer === 'ExplicitlyDenied') ? 'Denied' : 'Silent'
}

/** Rows and columns as places of callers and of repositories, in the order in which the first of each was given. */
const linesOf = (
  { principals, repositories, classes }: AccessMatrix,
  rows: readonly (readonly CellView[])[],
  isGrouped: boolean,
): Readonly<Record<'rows' | 'columns', readonly (readonly number[])[]>> => {
  if (!isGrouped)
    return { rows: principals.map((_, row) => [row]), columns: repositories.map((_, column) => [column]) }
  const rowKeys = rows.map((cells) => JSON.stringify(cells))
  const columnKeys = classes.repositories.first.map((_, i) => JSON.stringify(rows.map((cells) => cells[i])))
  return {
    rows: alike(principals.map((_, row) => rowKeys[classes.principals.classOf[row] ?? 0] ?? '')),
    columns: alike(
      repositories.map((_, column) => columnKeys[classes.repositories.classOf[column] ?? 0] ?? ''),
    ),
  }
}

/** The places of equal keys. */
const alike = (keys: readonly string[]): readonly (readonly number[])[] => {
  const groups = new Map<string, number[]>() // local mutation: groups grow as their members come
  keys.forEach((key, place) => {
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [place])
    else group.push(place)
  })
  return Array.from(groups.values())
}

const cellAt = (
  { classes }: AccessMatrix,
  rows: readonly (readonly CellView[])[],
  row: number,
  column: number,
): CellView => rows[classes.principals.classOf[row] ?? 0]?.[classes.repositories.classOf[column] ?? 0] ?? []

/**
 * The operations of a cell that stand so.
 *
 * @category destructors
 * @since 0.1.0
 */
export const standingSo = (operations: readonly string[], cell: CellView, how: Standing): readonly string[] =>
  operations.filter((_, i) => cell[i] === how)

// ---- words ----

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

const leftOut = (
  lines: readonly (readonly number[])[],
  line: string,
  ...member: readonly [one: string, many?: string]
): readonly string[] =>
  lines.length === 0
    ? []
    : [`Left out: ${counted(lines.length, line)} with ${counted(lines.flat().length, ...member)}.`]

/**
 * The names that a row or column stands for, those over the limit as a number.
 *
 * @category rendering
 * @since 0.1.0
 */
export const named = (names: readonly string[], most: number): Named => ({
  shown: names.slice(0, most),
  rest: names.length > most ? `and ${names.length - most} more` : undefined,
})

/**
 * Names that are shown, and how many more there are.
 *
 * @category model
 * @since 0.1.0
 */
export interface Named {
  readonly shown: readonly string[]
  readonly rest: string | undefined
}

/**
 * The names in one line, by a function that makes each fit for the format.
 *
 * @category rendering
 * @since 0.1.0
 */
export const inLine =
  (most: number, fit: (name: string) => string) =>
  (names: readonly string[]): string => {
    const { shown, rest } = named(names, most)
    return [shown.map(fit).join(', '), ...(rest === undefined ? [] : [rest])].join(' ')
  }

/**
 * What the names of callers and repositories go on from, where there is something.
 *
 * @category rendering
 * @since 0.1.0
 */
export const under =
  (fit: (name: string) => string) =>
  (subject: string, prefix: string): string =>
    prefix === '' ? subject : `${subject} under ${fit(prefix)}`
