/**
 * Flowcharts of Mermaid, in the part of its language that all its versions read: names that are the library's own, and
 * labels in quotes.
 *
 * @since 0.1.0
 */
import type { Tone } from './mark.js'

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
  readonly tone: Tone
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
const colours: Readonly<Record<Tone, string>> = {
  good: 'fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
  bad: 'fill:#ffebe9,stroke:#cf222e,color:#1f2328',
  open: 'fill:#fff8c5,stroke:#9a6700,color:#1f2328',
  faint: 'fill:#f6f8fa,stroke:#818b98,color:#1f2328',
}

const tones: readonly Tone[] = ['good', 'bad', 'open', 'faint']

const classLines = (tone: Tone, nodes: readonly Node[]): readonly string[] => {
  const names = nodes.filter((node) => node.tone === tone).map(({ name }) => name)
  return names.length === 0 ? [] : [`classDef ${tone} ${colours[tone]}`, `class ${names.join(',')} ${tone}`]
}

/**
 * A flowchart, top down or left to right.
 *
 * @category rendering
 * @since 0.1.0
 */
export const flowchart = (direction: 'TD' | 'LR', nodes: readonly Node[], arrows: readonly Arrow[]): string =>
  [
    `flowchart ${direction}`,
    ...nodes.map(nodeLine),
    ...arrows.map(arrowLine),
    ...tones.flatMap((tone) => classLines(tone, nodes)),
  ].join('\n  ')

const nodeLine = ({ name, shape, lines }: Node): string => {
  const [open, close] = shapes[shape]
  return `${name}${open}"${lines.join('<br/>')}"${close}`
}

const arrowLine = ({ from, to, kind, label }: Arrow): string =>
  `${from} ${heads[kind]}${label === undefined ? '' : `|"${label}"|`} ${to}`
