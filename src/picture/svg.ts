/**
 * Drawings in SVG, self-contained: no script, no font and no image from elsewhere.
 *
 * @since 0.1.0
 */
import type { Mark } from './mark.js'
import { element, group, style, type Markup } from './markup.js'
import { colours, fonts } from './theme.js'
import { visible } from './visible.js'
import { wrapped } from './width.js'

// ---- measures ----

/**
 * Units of the drawing: the height of a line, and the width of a letter of the fixed font at its size (a bit more than any
 * common one has, as the picture cannot measure).
 *
 * @category model
 * @since 0.1.0
 */
export const measure = { line: 18, letter: 7.3, margin: 20 } as const

// ---- model ----

/**
 * A part of a drawing and the height that it takes.
 *
 * @category model
 * @since 0.1.0
 */
export interface Part {
  readonly drawn: Markup
  readonly height: number
}

// ---- constructors ----

/**
 * Text in the fixed font, in lines that fit a width. `height` is what they take.
 *
 * @category constructors
 * @since 0.1.0
 */
export const paragraph = (
  text: string,
  {
    x,
    y,
    within,
    className = 'code',
  }: { readonly x: number; readonly y: number; readonly within: number; readonly className?: string },
): Part => {
  const lines = wrapped(Math.max(8, Math.floor(within / measure.letter)))(visible(text))
  const drawn = lines.map((line, i) => label(line, { x, y: y + i * measure.line, className }))
  return { drawn: group(drawn), height: lines.length * measure.line }
}

/**
 * A text behind the word for what it is.
 *
 * @category constructors
 * @since 0.1.0
 */
export const factPart = (
  word: string,
  text: string,
  { x, y, within }: { readonly x: number; readonly y: number; readonly within: number },
): Part => {
  const its = paragraph(text, { x: x + 32, y, within: within - 32 })
  return { drawn: group([label(word, { x, y, className: 'soft' }), its.drawn]), height: its.height }
}

/**
 * One line of text, `y` being its base.
 *
 * @category constructors
 * @since 0.1.0
 */
export const label = (
  text: string,
  {
    x,
    y,
    className,
    anchor = 'start',
  }: {
    readonly x: number
    readonly y: number
    readonly className: string
    readonly anchor?: 'start' | 'middle' | 'end'
  },
): Markup =>
  element('text', { x, y, class: className, ...(anchor === 'start' ? {} : { 'text-anchor': anchor }) }, text)

/**
 * A rectangle with round corners.
 *
 * @category constructors
 * @since 0.1.0
 */
export const panel = (x: number, y: number, width: number, height: number, className = 'panel'): Markup =>
  element('rect', { x, y, width, height, rx: 8, class: className })

/**
 * A letter in a disc.
 *
 * @category constructors
 * @since 0.1.0
 */
export const badge = (x: number, y: number, { letter, tone }: Mark): Markup =>
  group([
    element('circle', { cx: x, cy: y, r: 11, class: `disc ${tone}` }),
    label(letter, { x, y: y + 5, className: `sign ${tone}`, anchor: 'middle' }),
  ])

// ---- combinators ----

/**
 * Parts one below the other. Each is told where it begins; `gap` is between two of them.
 *
 * @category combinators
 * @since 0.1.0
 */
export const stacked =
  (gap: number) =>
  (top: number, parts: readonly ((y: number) => Part)[]): Part => {
    const done = parts.reduce<{ readonly drawn: readonly Markup[]; readonly y: number }>(
      ({ drawn, y }, make) => {
        const part = make(y)
        return { drawn: [...drawn, part.drawn], y: y + part.height + gap }
      },
      { drawn: [], y: top },
    )
    return { drawn: group(done.drawn), height: parts.length === 0 ? 0 : done.y - gap - top }
  }

/**
 * The height that holds any of the parts, and is no less than the one given.
 *
 * @category destructors
 * @since 0.1.0
 */
export const tallest = (parts: readonly Part[], least: number): number =>
  parts.map(({ height }) => height).reduce((most, height) => Math.max(most, height), least)

// ---- rendering ----

const rules = [
  colours('svg'),
  `text{font:14px ${fonts.plain};fill:var(--ink);white-space:pre}`,
  `.code{font:12px ${fonts.fixed}}`,
  '.title{font-size:18px;font-weight:600}',
  '.strong{font-weight:600}',
  '.soft{fill:var(--soft)}',
  '.ground{fill:var(--ground)}',
  '.panel{fill:var(--panel);stroke:var(--line)}',
  '.rail{stroke:var(--line);stroke-width:2}.thin{stroke-width:1}',
  '.sign{font-weight:700;font-size:13px}',
  ...['good', 'bad', 'open', 'faint'].map(
    (tone) =>
      `text.${tone}{fill:var(--${tone})}.disc.${tone},.card.${tone}{fill:var(--${tone}-ground);stroke:var(--${tone})}`,
  ),
].join('')

/**
 * A drawing with a title and a description for those who do not see it.
 *
 * @category rendering
 * @since 0.1.0
 */
export const drawing = (
  {
    width,
    height,
    title,
    description,
  }: {
    readonly width: number
    readonly height: number
    readonly title: string
    readonly description: string
  },
  parts: readonly Markup[],
): string =>
  element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': 'title description',
    },
    element('title', { id: 'title' }, title),
    element('desc', { id: 'description' }, description),
    style(rules),
    element('rect', { width, height, class: 'ground' }),
    ...parts,
  ).source
