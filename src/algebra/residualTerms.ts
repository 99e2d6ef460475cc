/**
 * Alternatives of needs: a disjunction of conjunctions, made from Allows and Denies and then made short by proof.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Budget } from '../pattern/index.js'
import type { Box } from './Box.js'
import { uncovered } from './cover.js'
import { boxOf, opposite, subjectOf, type ElementNeed, type Need } from './residualNeeds.js'
import { open, type Universe } from './Universe.js'
import { actionsOf, wellFormed } from './World.js'

/**
 * Needs that must all hold, by `subjectOf`.
 *
 * @category model
 * @since 0.1.0
 */
export type Term = ReadonlyMap<string, Need>

const isOpposed = (need: Need, other: Need | undefined): boolean =>
  other?._tag === 'Element' && need._tag === 'Element' && other.holds !== need.holds

const isSame = (need: Need, other: Need | undefined): boolean =>
  other !== undefined && !isOpposed(need, other)

/**
 * A term of these needs; undefined when two of them are opposites.
 *
 * @category constructors
 * @since 0.1.0
 */
export const term = (needs: readonly Need[]): Term | undefined => {
  const made = new Map<string, Need>() // local mutation: built once
  for (const need of needs) {
    const subject = subjectOf(need)
    if (isOpposed(need, made.get(subject))) return undefined
    made.set(subject, need)
  }
  return made
}

/**
 * The term where these needs do not all hold: one term for each that may fail.
 *
 * @category combinators
 * @since 0.1.0
 */
export const without =
  (needs: readonly ElementNeed[]) =>
  (from: Term): readonly Term[] => {
    if (needs.some((need) => isOpposed(need, from.get(subjectOf(need))))) return [from]
    return needs
      .filter((need) => !isSame(need, from.get(subjectOf(need))))
      .map((need) => new Map([...from, [subjectOf(need), opposite(need)]]))
  }

const isWithin = (inner: Term, outer: Term): boolean =>
  Array.from(outer).every(([subject, need]) => isSame(need, inner.get(subject)))

/**
 * Terms without those that lie within another one, word by word.
 *
 * @category combinators
 * @since 0.1.0
 */
export const absorbed = (terms: readonly Term[]): readonly Term[] =>
  terms.filter(
    (inner, i) => !terms.some((outer, j) => isWithin(inner, outer) && (!isWithin(outer, inner) || j < i)),
  )

/** Two terms that differ in one need and its opposite are one term without it. */
const resolved = (terms: readonly Term[]): readonly Term[] => {
  const merge = (a: Term, b: Term): Term | undefined => {
    if (a.size !== b.size) return undefined
    const differing = Array.from(a).filter(([subject, need]) => !isSame(need, b.get(subject)))
    const [only] = differing
    return differing.length === 1 && only !== undefined && isOpposed(only[1], b.get(only[0]))
      ? new Map(Array.from(a).filter(([subject]) => subject !== only[0]))
      : undefined
  }
  for (const [i, a] of terms.entries())
    for (const [j, b] of terms.entries()) {
      const merged = i < j ? merge(a, b) : undefined
      if (merged !== undefined) return absorbed([...terms, merged])
    }
  return terms
}

/** Asks of boxes whether some lie within others; undefined when that cannot be told. */
type Covered = (inside: readonly Box[], outside: readonly Box[]) => boolean | undefined

const inhabitedTerm = (
  needs: Term,
  base: readonly Box[],
  box: (need: ElementNeed) => Box,
  covered: Covered,
): Term | undefined => {
  const elements = (term: Term): readonly ElementNeed[] =>
    Array.from(term.values()).flatMap((need) => (need._tag === 'Element' ? [need] : []))
  const inside = (term: Term): readonly Box[] => [
    ...base,
    ...elements(term)
      .filter(({ holds }) => holds)
      .map(box),
  ]
  const outside = (term: Term): readonly Box[] =>
    elements(term)
      .filter(({ holds }) => !holds)
      .map(box)
  if (covered(inside(needs), outside(needs)) === true) return undefined
  return Array.from(needs).reduce<Term>((term, [subject, need]) => {
    if (need._tag !== 'Element') return term
    const rest = new Map(Array.from(term).filter(([other]) => other !== subject))
    const isImplied = need.holds
      ? covered(inside(rest), [...outside(rest), box(need)])
      : covered([...inside(rest), box(need)], outside(rest))
    return isImplied === true ? rest : term
  }, needs)
}

/**
 * The same terms, shorter: those without a request left out, and needs that follow from the others. `base` are the boxes
 * that the requests of a term lie in anyway.
 *
 * **Cost** some cover questions for each need; what cannot be told within the budget stays as it is.
 *
 * @category combinators
 * @since 0.1.0
 */
export const simplified = (
  terms: readonly Term[],
  base: (universe: Universe) => readonly Box[],
  counter: Budget.Counter,
): readonly Term[] => {
  const universe = open()
  const basic = base(universe)
  const boxes = new Map<string, Box>() // local mutation: filled before the universe is closed
  for (const needs of terms)
    for (const [subject, need] of needs)
      if (need._tag === 'Element') boxes.set(subject, boxOf(universe)(need))
  const closed = universe.close({ actions: actionsOf(wellFormed) }, counter)
  if (E.isLeft(closed) || !closed.right.complete) return stable(absorbed(terms))
  const covered: Covered = (inside, outside) => {
    const cover = uncovered(closed.right.dimensions, inside, outside, counter)
    return E.isLeft(cover) ? undefined : cover.right === 'Covered'
  }
  const box = (need: ElementNeed): Box => boxes.get(subjectOf(need)) ?? { sets: new Map() }
  const shorter = terms.flatMap((needs) => inhabitedTerm(needs, basic, box, covered) ?? [])
  return stable(absorbed(shorter))
}

const stable = (terms: readonly Term[]): readonly Term[] => {
  let now = terms // local mutation: until nothing more is resolved
  for (let next = resolved(now); next !== now; next = resolved(now)) now = next
  return now
}
