/**
 * A matrix as a page.
 *
 * @since 0.1.0
 */
import type { AccessMatrix } from '../../ecr/index.js'
import { element, group, type Markup } from '../markup.js'
import { codeElement, grid, page, tag } from '../page.js'
import { marks } from '../trace/traceView.js'
import { matrixView, named, type CellView, type MatrixOptions } from './matrixView.js'

const limits = { rows: 1000, columns: 200, names: 3 }

// ---- rendering ----

/**
 * A matrix as a self-contained page in HTML that is well-formed XML too: a table whose first row and column stay in view.
 * All names of a row or column are there; those over the limit (1 in a column's head, 3 in a row's, unless told otherwise) unfold. 1,000
 * rows and 200 columns unless told otherwise.
 *
 * @category rendering
 * @since 0.1.0
 */
export const matrixHtml = (matrix: AccessMatrix, options: MatrixOptions = {}): string => {
  const view = matrixView(matrix, options, limits)
  const cell = cellOf(view.operations)
  const { names: most = limits.names } = options
  const title = `${view.title}: ${view.operations.join(', ')}`
  return page(
    title,
    element('h1', {}, view.title),
    prefixes([
      ['callers', view.callers],
      ['repositories', view.repositories],
    ]),
    legend(),
    grid(
      title,
      ['Callers', ...view.columns.map(namesOf(options.names ?? 1))],
      view.rows.map((row) => [
        element('th', { scope: 'row' }, namesOf(most)(row.names)),
        ...row.cells.map(cell),
      ]),
    ),
    ...view.notes.map((note) => element('p', { class: 'note' }, note)),
  )
}

const prefixes = (all: readonly (readonly [subject: string, prefix: string])[]): Markup =>
  group(
    all
      .filter(([, prefix]) => prefix !== '')
      .map(([subject, prefix]) =>
        element('p', { class: 'note' }, `All ${subject} are under `, codeElement(prefix)),
      ),
  )

const namesOf =
  (most: number) =>
  (names: readonly string[]): Markup => {
    const { shown, rest } = named(names, most)
    const lines = (some: readonly string[]): readonly Markup[] =>
      some.map((name) => element('div', {}, codeElement(name)))
    return rest === undefined
      ? group(lines(shown))
      : group([
          ...lines(shown),
          element('details', {}, element('summary', {}, rest), ...lines(names.slice(most))),
        ])
  }

/** Cells that say the same are drawn once, since a large matrix has few kinds of them. */
const cellOf = (operations: readonly string[]): ((cell: CellView) => Markup) => {
  const known = new Map<string, Markup>() // local mutation: the cells so far
  return (cell) => {
    const key = cell.join()
    const drawn = known.get(key) ?? cellWith(operations, cell)
    known.set(key, drawn)
    return drawn
  }
}

const cellWith = (operations: readonly string[], cell: CellView): Markup => {
  const tags = operations.flatMap((operation, i) => {
    if (cell[i] === 'Silent') return []
    return [cell[i] === 'Allowed' ? tag(marks.Grants, operation) : tag(marks.Denies, operation), ' ']
  })
  return tags.length === 0
    ? element('td', {}, tag(marks.Absent, 'nothing'))
    : element('td', { class: 'held' }, ...tags)
}

/** What the marks of cells mean. */
const legend = (): Markup =>
  element(
    'p',
    { class: 'note' },
    tag(marks.Grants, 'is allowed'),
    ' ',
    tag(marks.Denies, 'a Deny forbids it'),
    ' ',
    tag(marks.Absent, 'nothing allows all else'),
  )
