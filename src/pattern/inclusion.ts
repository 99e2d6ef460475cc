/**
 * A quick look at whether one glob includes another: the letters and wildcards of the one are read by the other.
 *
 * `true` is certain. `false` says nothing: inclusion may hold for words taken by different paths.
 *
 * @since 0.1.0
 */
import { gapKind, stepPlaces, unitKind } from './Units.js'
import type { Units } from './Units.js'

// Whether the position reads every letter that a unit of this kind and letter reads.
const readsAll = (form: Units, position: number, kind: number, code: number): boolean => {
  const own = form.kinds[position]
  if (own === unitKind.any) return true
  if (own === unitKind.within) return kind !== unitKind.any
  return own === unitKind.folded && kind === unitKind.folded && form.codes[position] === code
}

// As `stepPlaces`, for a unit that reads many letters: only places reached by all of them.
const stepSurely = (
  form: Units,
  places: ReadonlyArray<number>,
  kind: number,
  code: number,
): ReadonlyArray<number> => {
  const next: Array<number> = [] // local mutation: rising order
  const loops = kind === unitKind.any ? gapKind.any : gapKind.within
  for (const place of places) {
    if ((form.gaps[place] ?? 0) >= loops && next[next.length - 1] !== place) next.push(place)
    if (place < form.kinds.length && readsAll(form, place, kind, code)) next.push(place + 1)
  }
  return next
}

/**
 * Whether the walk of `inner` through `outer` shows that every match of `inner` matches `outer`.
 *
 * **Cost** the letters of `inner` times the places of `outer` that are reached at once.
 *
 * @category predicates
 * @since 0.1.0
 */
export const surelyIncludes = (outer: Units, inner: Units): boolean => {
  let places: ReadonlyArray<number> = [0] // local mutation: walks along
  for (let i = 0; i <= inner.kinds.length && places.length > 0; i++) {
    const gap = inner.gaps[i] ?? gapKind.none
    if (gap !== gapKind.none) places = places.filter((place) => (outer.gaps[place] ?? 0) >= gap)
    if (i === inner.kinds.length) break
    const [kind, code] = [inner.kinds[i] ?? 0, inner.codes[i] ?? 0]
    places = kind === unitKind.exact ? stepPlaces(outer, places, code) : stepSurely(outer, places, kind, code)
  }
  return places[places.length - 1] === outer.kinds.length
}
