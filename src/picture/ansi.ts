/**
 * Colours of a terminal, by what they mean.
 *
 * @since 0.1.0
 */

import type { Tone } from './mark.js'

// ---- model ----

/**
 * `colour`: with the escape sequences of a terminal; without unless told.
 *
 * @category model
 * @since 0.1.0
 */
export interface TextOptions {
  readonly colour?: boolean
}

const codes: Readonly<Record<Tone | 'strong', string>> = {
  good: '32',
  bad: '31',
  open: '33',
  faint: '2',
  strong: '1',
}

// ---- rendering ----

/**
 * A text in a tone, or as it is where colours are off.
 *
 * @category rendering
 * @since 0.1.0
 */
export const painter =
  ({ colour = false }: TextOptions) =>
  (tone: Tone | 'strong', text: string): string =>
    colour && text !== '' ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text
