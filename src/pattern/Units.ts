/**
 * `Units` is a glob letter by letter, the form that matching and the automata walk.
 *
 * @since 0.1.0
 */
/* eslint-disable functional/prefer-readonly-type -- work lists are passed between the functions of one pass and never leave it */
import { fold, separatorCode, widthOf } from './CodePoint.js'

// ---- model ----

/**
 * What one position of a glob reads: an exact letter, a letter in any case, any letter, any but the separator.
 *
 * @category model
 * @since 0.1.0
 */
export const unitKind = { exact: 0, folded: 1, any: 2, within: 3 } as const

/**
 * What a gap between two positions may skip: nothing, letters other than the separator, or anything.
 *
 * @category model
 * @since 0.1.0
 */
export const gapKind = { none: 0, within: 1, any: 2 } as const

/**
 * A glob letter by letter: position `i` reads `codes[i]` in the manner of `kinds[i]`, `gaps[i]` lies before it,
 * and the last gap lies after the last position.
 *
 * @category model
 * @since 0.1.0
 */
export interface Units {
  readonly kinds: ReadonlyArray<number>
  readonly codes: ReadonlyArray<number>
  readonly gaps: ReadonlyArray<number>
}

// ---- predicates ----

/**
 * Whether the position reads the letter.
 *
 * @category predicates
 * @since 0.1.0
 */
export const reads = (form: Units, position: number, code: number): boolean => {
  const kind = form.kinds[position]
  if (kind === unitKind.exact) return form.codes[position] === code
  if (kind === unitKind.folded) return form.codes[position] === fold(code)
  return kind === unitKind.any || (kind === unitKind.within && code !== separatorCode)
}

// ---- evaluation ----

/**
 * The places of the glob that may be reached from `places` (in rising order) by one letter, in rising order.
 *
 * A place is the number of positions read so far. A place before an unbounded gap that has been reached matches no more
 * than that gap does, so it is left out.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const stepPlaces = (form: Units, places: ReadonlyArray<number>, code: number): Array<number> => {
  const next: Array<number> = [] // local mutation: rising order, so the last element is the greatest
  const push = (place: number): void => {
    if (next[next.length - 1] === place) return
    if (form.gaps[place] === gapKind.any) next.length = 0
    next.push(place)
  }
  for (const place of places) {
    const gap = form.gaps[place]
    if (gap === gapKind.any || (gap === gapKind.within && code !== separatorCode)) push(place)
    if (place < form.kinds.length && reads(form, place, code)) push(place + 1)
  }
  return next
}

// Without bounded runs the leftmost fit of each stretch is as good as any, so only the last run need be retried.
const matchGreedily = (form: Units, text: string): boolean => {
  const end = form.kinds.length
  const open = (position: number): boolean => form.gaps[position] === gapKind.any
  let at = 0 // local mutation: place in the text, place in the glob, and both at the last run passed
  let position = 0
  let retryAt = 0
  let retry = open(0) ? 0 : -1
  while (at < text.length) {
    const code = text.codePointAt(at) ?? 0
    if (position < end && reads(form, position, code)) {
      at += widthOf(code)
      position++
      if (open(position)) {
        if (position === end) return true
        retry = position
        retryAt = at
      }
    } else if (retry < 0) return false
    else {
      retryAt += widthOf(text.codePointAt(retryAt) ?? 0)
      at = retryAt
      position = retry
    }
  }
  return position === end
}

// With bounded runs the leftmost fit may be the wrong one, so all places in the glob are followed at once.
const matchByPlaces = (form: Units, text: string): boolean => {
  const end = form.kinds.length
  let places: Array<number> = [0] // local mutation: the places reached, in rising order
  for (let at = 0; at < text.length && places.length > 0;) {
    const code = text.codePointAt(at) ?? 0
    at += widthOf(code)
    places = stepPlaces(form, places, code)
    if (places[0] === end && form.gaps[end] === gapKind.any) return true
  }
  return places[places.length - 1] === end
}

/**
 * The test of whole texts against the glob.
 *
 * **Cost** at most the letters of the text times those of the glob, whatever the gaps.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const matchUnits = (form: Units): ((text: string) => boolean) =>
  form.gaps.includes(gapKind.within)
    ? (text) => matchByPlaces(form, text)
    : (text) => matchGreedily(form, text)
