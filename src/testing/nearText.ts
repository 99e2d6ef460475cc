/**
 * Texts near a text: patterns that match it and patterns that just fail to.
 *
 * @since 0.1.0
 */
import { weighted, type Choices } from './Choices.js'

// ---- combinators ----

const splice = (text: string, at: number, length: number, insert: string): string =>
  text.slice(0, at) + insert + text.slice(at + length)

/** A place within the text from `least` on. */
const place = (choices: Choices, text: string, least: number): number =>
  least + choices.below(Math.max(1, text.length - least))

/**
 * The text with a run of characters, possibly empty, replaced by `*`; places before `least` are left alone.
 *
 * @category combinators
 * @since 0.1.0
 */
export const starred = (choices: Choices, text: string, least = 0): string => {
  const at = place(choices, text, least)
  const toEnd = choices.chance(0.4)
  return splice(text, at, toEnd ? text.length : choices.below(8), '*')
}

/**
 * The text with one character replaced by `?`.
 *
 * @category combinators
 * @since 0.1.0
 */
export const questioned = (choices: Choices, text: string, least = 0): string =>
  splice(text, place(choices, text, least), 1, '?')

const flip = (char: string): string => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase())

/**
 * The text with the letter case of one character, or of all, changed. Only ASCII letters change.
 *
 * @category combinators
 * @since 0.1.0
 */
export const recased = (choices: Choices, text: string): string => {
  const ascii = (part: string): string => part.replace(/[A-Za-z]/g, flip)
  if (choices.chance(0.3)) return ascii(text)
  const at = place(choices, text, 0)
  return text.slice(0, at) + ascii(text.slice(at, at + 3)) + text.slice(at + 3)
}

/**
 * The text with one character altered, dropped or added, from `least` on.
 *
 * @category combinators
 * @since 0.1.0
 */
export const misspelt = (choices: Choices, text: string, least = 0): string => {
  const at = place(choices, text, least)
  return weighted(choices, [
    [0, () => splice(text, at, 1, text[at] === 'x' ? 'y' : 'x')],
    [25, () => splice(text, at, 1, '')],
    [25, () => splice(text, at, 0, 'x')],
    [10, () => splice(text, text.length, 0, 'x')],
  ])
}

/**
 * A pattern that mostly matches the text: itself, or with wildcards in a given share of cases.
 *
 * @category combinators
 * @since 0.1.0
 */
export const matching = (choices: Choices, text: string, wildcards: number, least = 0): string =>
  choices.chance(wildcards)
    ? weighted(choices, [
        [0, () => starred(choices, text, least)],
        [20, () => starred(choices, starred(choices, text, least), least)],
        [25, () => questioned(choices, text, least)],
        [15, () => starred(choices, questioned(choices, text, least), least)],
      ])
    : text

/**
 * A pattern that mostly just fails to match the text.
 *
 * @category combinators
 * @since 0.1.0
 */
export const missing = (choices: Choices, text: string, wildcards: number, least = 0): string => {
  const off = choices.chance(0.15) ? recased(choices, text) : misspelt(choices, text, least)
  return choices.chance(wildcards / 2) ? matching(choices, off, 1, least) : off
}
