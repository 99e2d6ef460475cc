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

// ---- all places at once ----

/** Places are bits; a word of them holds this many, so that no shift meets the sign. */
const WORD = 30

/** Where a letter is read, and which gaps skip it: a bit for each place, in words from the first place on. */
interface Masks {
  readonly words: number
  readonly any: ReadonlyArray<number>
  readonly within: ReadonlyArray<number>
  readonly skipsAny: ReadonlyArray<number>
  readonly skipsWithin: ReadonlyArray<number>
  readonly exact: ReadonlyMap<number, ReadonlyArray<number>>
  readonly folded: ReadonlyMap<number, ReadonlyArray<number>>
}

const masksOf = ({ kinds, codes, gaps }: Units): Masks => {
  const words = Math.floor(kinds.length / WORD) + 1
  const none = (): Array<number> => Array.from({ length: words }, () => 0)
  const [any, within, skipsAny, skipsWithin] = [none(), none(), none(), none()] // local mutation: filled here
  const [exact, folded] = [new Map<number, Array<number>>(), new Map<number, Array<number>>()]
  const set = (mask: Array<number>, place: number): void => {
    const word = Math.floor(place / WORD)
    mask[word] = (mask[word] ?? 0) | (1 << (place % WORD))
  }
  const ofLetter = (masks: Map<number, Array<number>>, code: number): Array<number> => {
    const mask = masks.get(code) ?? none()
    masks.set(code, mask)
    return mask
  }
  kinds.forEach((kind, place) => {
    const code = codes[place] ?? 0
    if (kind === unitKind.exact) set(ofLetter(exact, code), place)
    else if (kind === unitKind.folded) set(ofLetter(folded, code), place)
    else set(kind === unitKind.any ? any : within, place)
  })
  gaps.forEach((gap, place) => {
    if (gap === gapKind.any) set(skipsAny, place)
    else if (gap === gapKind.within) set(skipsWithin, place)
  })
  return { words, any, within, skipsAny, skipsWithin, exact, folded }
}

// With bounded runs the leftmost fit may be the wrong one, so all places in the glob are followed at once.
const matchByPlaces = (form: Units): ((text: string) => boolean) => {
  const masks = masksOf(form)
  const end = form.kinds.length
  return (text) => {
    const places: Array<number> = Array.from({ length: masks.words }, (_, word) => (word === 0 ? 1 : 0)) // local mutation: where the walk is
    for (let at = 0; at < text.length;) {
      const code = text.codePointAt(at) ?? 0
      at += widthOf(code)
      if (!advance(masks, places, code)) return false
    }
    return ((places[Math.floor(end / WORD)] ?? 0) & (1 << (end % WORD))) !== 0
  }
}

const TOP = 1 << (WORD - 1)

const nothing: ReadonlyArray<number> = []

// Moves the places on by a letter, in place; whether any is left.
const advance = (masks: Masks, places: Array<number>, code: number): boolean => {
  const own = masks.exact.get(code) ?? nothing
  const alike = masks.folded.size === 0 ? nothing : (masks.folded.get(fold(code)) ?? nothing)
  const [within, skipsWithin] =
    code === separatorCode ? [nothing, nothing] : [masks.within, masks.skipsWithin]
  const at = (mask: ReadonlyArray<number>, word: number): number => mask[word] ?? 0
  let carry = 0 // local mutation: the place that the next word begins with, and whether any is left
  let left = 0
  for (let word = 0; word < masks.words; word++) {
    const here = at(places, word)
    const moved = here & (at(masks.any, word) | at(own, word) | at(alike, word) | at(within, word))
    const next = ((moved & ~TOP) << 1) | carry | (here & (at(masks.skipsAny, word) | at(skipsWithin, word)))
    carry = (moved & TOP) === 0 ? 0 : 1
    places[word] = next
    left |= next
  }
  return left !== 0
}

// ---- whole texts ----

/**
 * The test of whole texts against the glob.
 *
 * **Cost** at most the letters of the text times those of the glob, whatever the gaps.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const matchUnits = (form: Units): ((text: string) => boolean) =>
  form.gaps.includes(gapKind.within) ? matchByPlaces(form) : (text) => matchGreedily(form, text)
