/**
 * Flowcharts of Mermaid, in the part of its language that all its versions read: names that are the library's own, and
 * labels in quotes.
 *
 * @since 0.1.0
 */
import type { Tone } from './ansi.js'

// ---- model ----

/**
 * A box. `lines`: text that went through `mermaid` before.
 *
 * @category model
 * @since 0.1.0
 */
export interface Node {
  readonly name: string
  readonly shape: 'box' | 'round' | 'hexagon'
  readonly tone: Exclude<Tone, 'strong'>
  readonly lines: readonly string[]
}

/**
 * An arrow; `heavy` is the one that decides, `dotted` the one that decides nothing.
 *
 * @category model
 * @since 0.1.0
 */
export interface Arrow {
  readonly from: string
  readonly to: string
  readonly kind: 'plain' | 'heavy' | 'dotted'
  readonly label?: string
}

// ---- rendering ----

const shapes: Readonly<Record<Node['shape'], readonly [string, string]>> = {
  box: ['[', ']'],
  round: ['([', '])'],
  hexagon: ['{{', '}}'],
}

const heads: Readonly<Record<Arrow['kind'], string>> = { plain: '-->', heavy: '==>', dotted: '-.->' }

/** Dark letters on a light ground, so that they can be read whatever the ground of the page. */
const classes: readonly string[] = [
  'classDef good fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
  'classDef bad fill:#ffebe9,stroke:#cf222e,color:#1f2328',
  'classDef open fill:#fff8c5,stroke:#9a6700,color:#1f2328',
  'classDef faint fill:#f6f8fa,stroke:#818b98,color:#1f2328',
]

/**
 * A flowchart, top down or left to right.
 *
 * @category rendering
 * @since 0.1.0
 */
export const flowchart = (
  direction: 'TD' | 'LR',
  nodes: readonly Node[],
  arrows: readonly Arrow[],
): string =>
  [
    `flowchart ${direction}`,
    ...nodes.map(nodeLine),
    ...arrows.map(arrowLine),
    ...classes,
    ...nodes.map(({ name, tone }) => `class ${name} ${tone}`),
  ].join('\n  ')

const nodeLine = ({ name, shape, lines }: Node): string => {
  const [open, close] = shapes[shape]
  return `${name}${open}"${lines.join('<br/>')}"${close}`
}

const arrowLine = ({ from, to, kind, label }: Arrow): string =>
  `${from} ${heads[kind]}${label === undefined ? '' : `|"${label}"|`} ${to}`
