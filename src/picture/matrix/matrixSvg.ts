/**
 * A matrix as a drawing.
 *
 * @since 0.1.0
 */
import type { AccessMatrix } from '../../ecr/index.js'
import { element, group, type Markup } from '../markup.js'
import { drawing, label, measure, panel, paragraph, stacked, tallest, type Part } from '../svg.js'
import {
  matrixView,
  named,
  standingSo,
  under,
  type CellView,
  type MatrixOptions,
  type MatrixView,
  type RowView,
  type Standing,
} from './matrixView.js'

// ---- measures ----

const limits = { rows: 60, columns: 20, names: 3 }
const { margin, line, letter } = measure
const NAMES = 300
const PAD = 12

/** The width of what an operation is written in, with its mark, and of a column that has to hold one for each. */
const pillWidth = (operation: string): number => Math.ceil((operation.length + 2) * letter) + 14

const columnWidth = (operations: readonly string[]): number =>
  Math.max(128, operations.reduce((sum, operation) => sum + pillWidth(operation) + 6, 0) + 2 * PAD - 6)

// ---- rendering ----

/**
 * A matrix as a drawing in SVG: an operation that is allowed is written on a green ground, one that a Deny forbids on a red
 * ground after a cross, and one that nothing allows is a dash. 60 rows and 20 columns unless told otherwise.
 *
 * @category rendering
 * @since 0.1.0
 */
export const matrixSvg = (matrix: AccessMatrix, options: MatrixOptions = {}): string => {
  const view = matrixView(matrix, options, limits)
  const most = options.names ?? limits.names
  const inner = NAMES + view.columns.length * columnWidth(view.operations)
  const head = headPart(view, inner)
  const top = margin + head.height
  const board = boardPart(view, { top, inner, most })
  const notes = view.notes.map((note, i) =>
    label(note, { x: margin, y: top + board.height + (i + 1) * line + 6, className: 'open strong' }),
  )
  return drawing(
    {
      width: inner + 2 * margin,
      height: top + board.height + margin + (notes.length === 0 ? 0 : notes.length * line + 6),
      title: `${view.title}: ${view.operations.join(', ')}`,
      description: [...view.rows.map((row) => rowSentence(view, row)), ...view.notes].join('; '),
    },
    [head.drawn, board.drawn, ...notes],
  )
}

/** What the row shows, for those who do not see it. */
const rowSentence = ({ operations, columns }: MatrixView, { names, cells }: RowView): string => {
  const told = (how: Standing, words: string): readonly string[] =>
    cells.flatMap((cell, i) => {
      const such = standingSo(operations, cell, how)
      return such.length === 0 ? [] : [`${words}${such.join(' and ')} ${(columns[i] ?? []).join(', ')}`]
    })
  const granted = told('Allowed', '')
  const said = [...(granted.length === 0 ? ['nothing'] : granted), ...told('Denied', 'denied ')]
  return `${names.join(', ')}: ${said.join(', ')}`
}

const headPart = (view: MatrixView, inner: number): Part => {
  const said = [
    ['callers', view.callers],
    ['repositories', view.repositories],
  ] as const
  const lines = stacked(0)(
    margin + 40,
    said
      .filter(([, prefix]) => prefix !== '')
      .map(([subject, prefix]) => {
        const text = under((name) => name)(subject, prefix)
        return (y: number) => paragraph(text, { x: margin, y, within: inner, className: 'code soft' })
      }),
  )
  return {
    drawn: group([
      label(view.title, { x: margin, y: margin + 16, className: 'title' }),
      lines.drawn,
      label('✓ is allowed, ✗ a Deny forbids it, – nothing allows it', {
        x: margin,
        y: margin + 40 + lines.height,
        className: 'soft',
      }),
    ]),
    height: 34 + lines.height + line,
  }
}

interface Place {
  readonly top: number
  readonly inner: number
  readonly most: number
}

const boardPart = (view: MatrixView, { top, inner, most }: Place): Part => {
  const wide = columnWidth(view.operations)
  const left = (column: number): number => margin + NAMES + column * wide + PAD
  const titles = view.columns.map((names, i) =>
    namesPart(names, most, { x: left(i), y: top + 24, within: wide - 2 * PAD }),
  )
  const head = 20 + tallest(titles, line)
  const rows = stacked(0)(
    top + head,
    view.rows.map((row) => (y: number): Part => {
      const names = namesPart(row.names, most, { x: margin + PAD, y: y + 25, within: NAMES - 2 * PAD })
      const cells = row.cells.map((its, i) => cell(view.operations, its, left(i), y + 10))
      const rule = element('line', { x1: margin, y1: y, x2: margin + inner, y2: y, class: 'rail thin' })
      return { drawn: group([rule, names.drawn, ...cells]), height: Math.max(42, names.height + 22) }
    }),
  )
  return {
    drawn: group([
      panel(margin, top, inner, head + rows.height),
      ...titles.map(({ drawn }) => drawn),
      rows.drawn,
    ]),
    height: head + rows.height,
  }
}

const namesPart = (
  names: readonly string[],
  most: number,
  { x, y, within }: { readonly x: number; readonly y: number; readonly within: number },
): Part => {
  const { shown, rest } = named(names, most)
  return stacked(3)(y, [
    ...shown.map((name) => (at: number) => paragraph(name, { x, y: at, within })),
    ...(rest === undefined
      ? []
      : [(at: number): Part => ({ drawn: label(rest, { x, y: at, className: 'soft' }), height: line })]),
  ])
}

const cell = (operations: readonly string[], standings: CellView, x: number, y: number): Markup =>
  operations.reduce<{ readonly drawn: Markup; readonly x: number }>(
    ({ drawn, x: at }, operation, i) => {
      const width = pillWidth(operation)
      const centre = { x: at + width / 2, y: y + 15, anchor: 'middle' as const }
      const [mark, tone] = standings[i] === 'Allowed' ? ['✓', 'good'] : ['✗', 'bad']
      const shown =
        standings[i] === 'Silent'
          ? label('–', { ...centre, className: 'code soft' })
          : group([
              element('rect', { x: at, y, width, height: 22, rx: 11, class: `card ${tone}` }),
              label(`${mark} ${operation}`, { ...centre, className: `code ${tone}` }),
            ])
      return { drawn: group([drawn, shown]), x: at + width + 6 }
    },
    { drawn: group([]), x },
  ).drawn
