/**
 * Conjunctions of elements made short: what a region says twice, or says of requests that it does not have, is left
 * out. Every step keeps the set of requests; what cannot be told stays as it is.
 *
 * @since 0.1.0
 */
import type { Document } from '../model/index.js'
import type { Box } from './Box.js'
import { ask, askingAgain } from './question.js'
import {
  alternatives,
  conjunctionBoxes,
  keepValues,
  literalKey,
  subjectOf,
  type Element,
  type Literal,
} from './regionElement.js'
import type { World } from './World.js'

// ---- model ----

/**
 * What questions about regions are asked with. `left()` are the steps that remain, `spend` takes some.
 *
 * @category model
 * @since 0.1.0
 */
export interface Means {
  readonly documents: readonly Document.Document[]
  readonly world: World
  readonly left: () => number
  readonly spend: (steps: number) => void
}

type Conjunction = readonly Literal[]

/** Values looked at one by one; longer lists stay as they are written. */
const MOST_VALUES = 400

/** Values compared pair by pair. */
const MOST_PAIRED = 24

// ---- asking ----

/**
 * Which of the conjunctions may have a request? False is a proof that there is none.
 *
 * @category analysis
 * @since 0.1.0
 */
export const mayHold = (means: Means, conjunctions: readonly Conjunction[]): readonly boolean[] => {
  if (conjunctions.length === 0) return []
  if (means.left() === 0) return conjunctions.map(() => true)
  const possible = new Set<number>() // local mutation: gathered case by case
  const answer = ask(
    {
      documents: means.documents,
      world: means.world,
      confirms: () => false,
      obligations: (universe, lookup, inhabited) => {
        const boxes = conjunctions.map(conjunctionBoxes(universe, lookup))
        return lazily(() => {
          boxes.forEach((choices, place) => {
            if (choices.some((box: Box) => inhabited([box]))) possible.add(place)
          })
        })
      },
    },
    means.left(),
  )
  means.spend(answer.spent + askingAgain(means.documents))
  return conjunctions.map((_, place) => answer._tag !== 'None' || possible.has(place))
}

/** No obligations, after something was done when they were first looked for. */
function* lazily(action: () => void): Iterable<never> {
  action()
}

// ---- steps ----

/**
 * The same requests in fewer words.
 *
 * **Cost** a few questions about single dimensions; the number of values squared, within limits.
 *
 * @category combinators
 * @since 0.1.0
 */
export const simplify = (means: Means, conjunction: Conjunction): Conjunction =>
  [merged, withoutIdleIncludes, withoutIdleExcludes, withoutSubsumed, withoutImplied].reduce(
    (done, step) => step(means, done),
    conjunction,
  )

type Step = (means: Means, conjunction: Conjunction) => Conjunction

/** Each literal once; excluded lists of one kind as one list. */
const merged: Step = (_, conjunction) => {
  const distinct = Array.from(new Map(conjunction.map((each) => [literalKey(each), each])).values())
  return distinct.reduce<Conjunction>((done, literal) => {
    const place = done.findIndex((other) => unite(other, literal) !== undefined)
    const other = done[place]
    const both = other && unite(other, literal)
    return both === undefined ? [...done, literal] : done.map((each) => (each === other ? both : each))
  }, [])
}

const unite = (a: Literal, b: Literal): Literal | undefined => {
  if (a.holds || b.holds) return undefined
  const [x, y] = [a.element, b.element]
  if (x._tag === 'Action' && y._tag === 'Action')
    return { element: { ...x, patterns: union(x.patterns, y.patterns) }, holds: false }
  if (x._tag === 'Resource' && y._tag === 'Resource' && x.version === y.version)
    return { element: { ...x, patterns: union(x.patterns, y.patterns) }, holds: false }
  if (x._tag === 'Principal' && y._tag === 'Principal')
    return { element: { ...x, principals: union(x.principals, y.principals) }, holds: false }
  return undefined
}

const union = <A>(first: readonly A[], second: readonly A[]): readonly A[] =>
  Array.from(new Map([...first, ...second].map((value) => [JSON.stringify(value), value])).values())

/** A value and the conjunction that has a request exactly if the value counts. */
interface Probe {
  readonly literal: Literal
  readonly place: number
  readonly conjunction: Conjunction
}

const filtered = (means: Means, conjunction: Conjunction, probes: readonly Probe[]): Conjunction => {
  const possible = mayHold(
    means,
    probes.map((probe) => probe.conjunction),
  )
  const idle = probes.filter((_, i) => possible[i] === false)
  return conjunction.flatMap((literal) => {
    const places = new Set(idle.flatMap((probe) => (probe.literal === literal ? [probe.place] : [])))
    if (places.size === 0) return [literal]
    const count = alternatives(literal.element)?.length ?? 0
    if (places.size >= count) return literal.holds ? [literal] : []
    return [{ ...literal, element: keepValues((place) => !places.has(place))(literal.element) }]
  })
}

const valuesIn = (
  conjunction: Conjunction,
  holds: boolean,
): readonly { readonly literal: Literal; readonly choices: readonly Element[] }[] => {
  const found = conjunction.flatMap((literal) => {
    const choices = literal.holds === holds ? alternatives(literal.element) : undefined
    return choices === undefined ? [] : [{ literal, choices }]
  })
  return found.reduce((sum, { choices }) => sum + choices.length, 0) > MOST_VALUES ? [] : found
}

/** A listed value stays if some request of the region has it. */
const withoutIdleIncludes: Step = (means, conjunction) =>
  filtered(
    means,
    conjunction,
    valuesIn(conjunction, true).flatMap(({ literal, choices }) =>
      choices.length === 1
        ? []
        : choices.map((element, place) => ({
            literal,
            place,
            conjunction: conjunction.map((each) => (each === literal ? { element, holds: true } : each)),
          })),
    ),
  )

/** An excluded value stays if some request that is included has it. */
const withoutIdleExcludes: Step = (means, conjunction) => {
  const includes = conjunction.filter(({ holds }) => holds)
  return filtered(
    means,
    conjunction,
    valuesIn(conjunction, false).flatMap(({ literal, choices }) =>
      choices.map((element, place) => ({
        literal,
        place,
        conjunction: [...includes, { element, holds: true }],
      })),
    ),
  )
}

/** Of two values of a list the one goes that the other covers; of two that are the same, the later. */
const withoutSubsumed: Step = (means, conjunction) => {
  const lists = [...valuesIn(conjunction, true), ...valuesIn(conjunction, false)].filter(
    ({ choices }) => choices.length > 1 && choices.length <= MOST_PAIRED,
  )
  const pairs = lists.flatMap(({ literal, choices }) =>
    choices.flatMap((inner, i) =>
      choices.flatMap((outer, j) =>
        i === j
          ? []
          : [
              {
                literal,
                i,
                j,
                conjunction: [
                  { element: inner, holds: true },
                  { element: outer, holds: false },
                ],
              },
            ],
      ),
    ),
  )
  const apart = mayHold(
    means,
    pairs.map((pair) => pair.conjunction),
  )
  const within = pairs.filter((_, place) => apart[place] === false)
  const covers = (literal: Literal, i: number, j: number): boolean =>
    within.some((pair) => pair.literal === literal && pair.i === i && pair.j === j)
  return conjunction.map((literal) => {
    const places = (alternatives(literal.element) ?? []).map((_, place) => place)
    const gone = places.filter((i) =>
      places.some((j) => j !== i && covers(literal, i, j) && (j < i || !covers(literal, j, i))),
    )
    if (gone.length === 0) return literal
    return { ...literal, element: keepValues((place) => !gone.includes(place))(literal.element) }
  })
}

/** A literal goes that the others imply; the only word on its subject stays. */
const withoutImplied: Step = (means, conjunction) => {
  let kept = conjunction // local mutation: shrinks literal by literal
  for (;;) {
    const rest = (literal: Literal): Conjunction => kept.filter((each) => each !== literal)
    const candidates = kept.filter((literal) => isSpare(kept, literal))
    const needed = mayHold(
      means,
      candidates.map((literal) => [...rest(literal), { ...literal, holds: !literal.holds }]),
    )
    const implied = candidates.find((_, place) => needed[place] === false)
    if (implied === undefined) return kept
    kept = rest(implied)
  }
}

const isSpare = (conjunction: Conjunction, literal: Literal): boolean =>
  !literal.holds ||
  conjunction.some(
    (other) => other !== literal && other.holds && subjectOf(other.element) === subjectOf(literal.element),
  )
