/**
 * Pages in HTML, self-contained: no script, no font and no image from elsewhere, and a rule for the browser that forbids
 * them.
 *
 * @since 0.1.0
 */
import type { Mark } from './mark.js'
import { element, style, type Child, type Markup } from './markup.js'
import { colours, fonts } from './theme.js'

// ---- constructors ----

/**
 * A text of a policy, which may break behind the marks that ARNs are full of.
 *
 * @category constructors
 * @since 0.1.0
 */
export const codeElement = (text: string): Markup => {
  const [first = '', ...rest] = text.split(/(?<=[:/,])(?=[^:/,])/u)
  return element('code', {}, first, ...rest.flatMap((piece) => [element('wbr', {}), piece]))
}

/**
 * A mark with the words that it stands for.
 *
 * @category constructors
 * @since 0.1.0
 */
export const tag = ({ letter, tone }: Mark, words: string): Markup =>
  element('span', { class: `tag ${tone}` }, element('b', { 'aria-hidden': 'true' }, letter), ` ${words}`)

/**
 * A table in a frame of its own that scrolls, by keyboard too. The first cell of a row is its head.
 *
 * @category constructors
 * @since 0.1.0
 */
export const grid = (caption: string, head: readonly Child[], rows: readonly (readonly Markup[])[]): Markup =>
  element(
    'div',
    { class: 'frame', role: 'region', 'aria-label': caption, tabindex: 0 },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...head.map((title) => element('th', { scope: 'col' }, title)))),
      element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells))),
    ),
  )

/**
 * Names and texts, as a list of definitions.
 *
 * @category constructors
 * @since 0.1.0
 */
export const definitions = (entries: readonly (readonly [name: string, text: string])[]): Markup =>
  element(
    'dl',
    {},
    ...entries.flatMap(([name, text]) => [element('dt', {}, name), element('dd', {}, codeElement(text))]),
  )

// ---- rendering ----

const rules = [
  colours(':root'),
  `body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 ${fonts.plain}}`,
  'main{max-width:72rem;margin:0 auto;padding:1.5rem}',
  'h1{font-size:1.35rem;margin:0 0 1rem}h2{font-size:1rem;margin:0}',
  `code{font:.85em/1.5 ${fonts.fixed};overflow-wrap:break-word}`,
  'dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0 0 1.5rem}dt{color:var(--soft)}dd{margin:0}',
  'p{margin:.5rem 0}.note{color:var(--soft)}',
  '.tag{display:inline-block;padding:0 .55em;border:1px solid;border-radius:1em;font-size:.85em;white-space:nowrap}',
  ...['good', 'bad', 'open', 'faint'].map(
    (tone) =>
      `.tag.${tone}{color:var(--${tone});background:var(--${tone}-ground)}.stops.${tone}{border-color:var(--${tone})}`,
  ),
  '.layers{list-style:none;margin:0;padding:0;display:grid;gap:.75rem}',
  '.layer{border:1px solid var(--line);border-radius:8px;background:var(--panel);padding:.75rem 1rem}',
  '.layer header{display:flex;gap:.75rem;justify-content:space-between;align-items:baseline;flex-wrap:wrap}',
  '.layer.stops{border-width:2px}',
  '.frame{overflow:auto;max-height:80vh;margin:.5rem 0;border:1px solid var(--line);border-radius:8px}',
  'table{border-collapse:separate;border-spacing:0;width:100%}',
  'caption{text-align:left;padding:.5rem .75rem;color:var(--soft);font-size:.85em}',
  'th,td{text-align:left;vertical-align:top;padding:.4rem .75rem;border-top:1px solid var(--line);background:var(--ground)}',
  'th{font-weight:600}thead th{position:sticky;top:0;z-index:1;background:var(--panel);min-width:10rem}',
  'tbody th{position:sticky;left:0;font-weight:400;min-width:16rem}thead th:first-child{left:0;z-index:2}',
  '.layer .frame{border:0;max-height:none}.layer table{table-layout:fixed}.layer th,.layer td{background:var(--panel)}',
  '.layer th:first-child{width:30%}.layer th:nth-child(2){width:10%}',
  '.layer caption{position:absolute;width:1px;height:1px;padding:0;overflow:hidden;clip-path:inset(50%)}',
  '.held{white-space:nowrap}',
  'details{font-weight:400;margin:.25rem 0}summary{cursor:pointer}details[open] summary{margin-bottom:.5rem}',
  '.step{border:1px solid var(--line);border-radius:8px;padding:.6rem 1rem;margin:.75rem 0}',
  'ul{margin:.25rem 0;padding-left:1.25rem}',
].join('')

/** Styles of the page itself are all that a browser may use. */
const nothingElse = "default-src 'none'; style-src 'unsafe-inline'"

/**
 * A whole page.
 *
 * @category rendering
 * @since 0.1.0
 */
export const page = (title: string, ...body: readonly Markup[]): string =>
  `<!DOCTYPE html>\n${
    element(
      'html',
      { lang: 'en' },
      element(
        'head',
        {},
        element('meta', { charset: 'utf-8' }),
        element('meta', { 'http-equiv': 'Content-Security-Policy', content: nothingElse }),
        element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
        element('title', {}, title),
        style(rules),
      ),
      element('body', {}, element('main', {}, ...body)),
    ).source
  }\n`
