/**
 * Looks for a member of an expression over sets of strings.
 *
 * The expression is split at the top into a union of intersections. Of each intersection one plain set is gone through, glob
 * by glob, the rest being a condition on the words.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import * as Bits from './Bits.js'
import * as Budget from './Budget.js'
import { codePoints } from './CodePoint.js'
import { compile, mayHold, parts } from './formula.js'
import type { Expression, Signed } from './formula.js'
import { units } from './Glob.js'
import { surelyIncludes } from './inclusion.js'
import { space } from './Space.js'
import { contains } from './StringSet.js'
import type { Outcome } from './Explore.js'
import type { StringSet } from './StringSet.js'

// The best word so far; in mode `any` the first one ends the search.
interface Find {
  readonly offer: (word: string) => boolean
  readonly tooLong: () => number
  readonly best: () => O.Option<string>
}

const find = (mode: 'any' | 'shortest'): Find => {
  let best: O.Option<string> = O.none // local mutation: improves as the search goes on
  let tooLong = Infinity
  return {
    offer: (word) => {
      best = O.some(word)
      tooLong = codePoints(word).length
      return mode === 'any' || tooLong === 0
    },
    tooLong: () => tooLong,
    best: () => best,
  }
}

const cost = (set: StringSet): number => set.globs.length * 64 + set.literals.length

const driverOf = (conjuncts: ReadonlyArray<Signed>): StringSet | undefined =>
  conjuncts
    .flatMap(({ language, negated }) => (language._tag === 'Strings' && !negated ? [language.set] : []))
    .reduce<StringSet | undefined>(
      (least, set) => (least === undefined || cost(set) < cost(least) ? set : least),
      undefined,
    )

// Few enough globs for a look at every pair to cost less than building a space.
const few = 8

// One small set outside another: often each glob of the one is plainly within some glob of the other.
const isPlainlyEmpty = (conjuncts: ReadonlyArray<Signed>, counter: Budget.Counter): boolean => {
  const [first, second] = conjuncts
  if (
    conjuncts.length !== 2 ||
    first === undefined ||
    second === undefined ||
    first.negated === second.negated
  )
    return false
  const [plain, avoided] = first.negated
    ? [second.language, first.language]
    : [first.language, second.language]
  if (plain._tag !== 'Strings' || avoided._tag !== 'Strings') return false
  if (plain.set.globs.length > few || avoided.set.globs.length > few) return false
  counter.spend(1)
  const outer = avoided.set.globs.map(units)
  return (
    plain.set.globs.map(units).every((inner) => outer.some((each) => surelyIncludes(each, inner))) &&
    plain.set.literals.every(contains(avoided.set))
  )
}

const searchIntersection = (part: Signed, found: Find, counter: Budget.Counter): Outcome => {
  const conjuncts = parts(part, 'All')
  if (isPlainlyEmpty(conjuncts, counter)) return 'Exhausted'
  const formula = compile(conjuncts)
  const driver = driverOf(conjuncts)
  const index = driver === undefined ? -1 : formula.leaves.indexOf(driver)
  return space(formula.leaves).ask(
    {
      driver: index < 0 ? undefined : index,
      relevant: Bits.below(formula.leaves.length),
      preference: { inside: formula.plain, outside: formula.negated },
      tooLong: found.tooLong,
      dead: (certain, possible) => !mayHold(formula, certain, possible),
      accept: (sets, word) => {
        if (!mayHold(formula, sets, sets)) return false
        const text = word()
        return codePoints(text).length < found.tooLong() && found.offer(text)
      },
    },
    counter,
  )
}

/**
 * A member of the expression: in mode `shortest` one that no member is shorter than, in mode `any` the first one met.
 *
 * **Errors** `BudgetExceeded`.
 *
 * @category analysis
 * @since 0.1.0
 */
export const search = (
  expression: Expression,
  mode: 'any' | 'shortest',
  counter: Budget.Counter,
): E.Either<Budget.BudgetExceeded, O.Option<string>> => {
  const found = find(mode)
  for (const part of parts({ language: expression, negated: false }, 'Any')) {
    const outcome = searchIntersection(part, found, counter)
    if (outcome === 'Exceeded') return E.left(Budget.exceeded(counter, 'the search for a member'))
    if (outcome === 'Stopped') break
  }
  return E.right(found.best())
}
