/**
 * Marks: a letter and a tone that say the same, so that nothing is said by colour alone.
 *
 * @since 0.1.0
 */

// ---- model ----

/**
 * What a colour stands for: allowed, denied, not allowed by anything, of no consequence.
 *
 * @category model
 * @since 0.1.0
 */
export type Tone = 'good' | 'bad' | 'open' | 'faint'

/**
 * A letter, and what it means as a tone.
 *
 * @category model
 * @since 0.1.0
 */
export interface Mark {
  readonly letter: string
  readonly tone: Tone
}
