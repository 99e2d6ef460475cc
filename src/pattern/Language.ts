/**
 * A `Language` is a set of strings: globs under union, intersection, complement and difference.
 *
 * Building one is cheap, since nothing is decided before it is asked. Every answer is exact, or `BudgetExceeded`.
 *
 * Laws: the laws of a Boolean algebra under `equals`; `member(union(l, r))(s) <=> member(l)(s) || member(r)(s)` and so on;
 * `isEmpty(l)` iff `witness(l)` is none; the witness is a member, and no member is shorter.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import * as Budget from './Budget.js'
import type * as Glob from './Glob.js'
import { compile, contains } from './formula.js'
import type { Expression } from './formula.js'
import { search } from './emptiness.js'
import { ofLiterals, stringSet } from './StringSet.js'
import type { StringSet } from './StringSet.js'

// ---- model ----

/**
 * A set of strings. Its fields are an expression, not a normal form: compare languages with `equals` only.
 *
 * @category model
 * @since 0.1.0
 */
export type Language = Expression

/**
 * How to ask: the budget (`Budget.standard` unless given), and a language that all words are known to lie in.
 *
 * @category model
 * @since 0.1.0
 */
export interface Options {
  readonly budget?: Budget.Budget
  readonly universe?: Language
}

/**
 * An exact answer, or the error of a query that ran out of budget.
 *
 * @category model
 * @since 0.1.0
 */
export type Answer<A> = E.Either<Budget.BudgetExceeded, A>

// ---- constructors ----

/**
 * The language of a set of strings.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromStringSet = (set: StringSet): Language => {
  const positive: Language = { _tag: 'Strings', set: { ...set, complement: false } }
  return set.complement ? complement(positive) : positive
}

/**
 * The strings that match at least one of the globs.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromGlobs = (globs: Iterable<Glob.Glob>): Language => fromStringSet(stringSet(globs))

/**
 * The strings that match the glob.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromGlob = (glob: Glob.Glob): Language => fromGlobs([glob])

/**
 * Just these strings.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromStrings = (texts: Iterable<string>): Language => fromStringSet(ofLiterals(texts))

/**
 * No string.
 *
 * @category constructors
 * @since 0.1.0
 */
export const none: Language = { _tag: 'Union', members: [] }

/**
 * Every string.
 *
 * @category constructors
 * @since 0.1.0
 */
export const all: Language = { _tag: 'Intersection', members: [] }

// ---- combinators ----

/**
 * The strings in some of the languages.
 *
 * @category combinators
 * @since 0.1.0
 */
export const unionAll = (languages: ReadonlyArray<Language>): Language => {
  const members = languages.flatMap((each) => (each._tag === 'Union' ? each.members : [each]))
  const [only] = members
  return only !== undefined && members.length === 1 ? only : { _tag: 'Union', members }
}

/**
 * The strings in all of the languages.
 *
 * @category combinators
 * @since 0.1.0
 */
export const intersectionAll = (languages: ReadonlyArray<Language>): Language => {
  const members = languages.flatMap((each) => (each._tag === 'Intersection' ? each.members : [each]))
  const [only] = members
  return only !== undefined && members.length === 1 ? only : { _tag: 'Intersection', members }
}

/**
 * The strings in either language.
 *
 * @category combinators
 * @since 0.1.0
 */
export const union = (left: Language, right: Language): Language => unionAll([left, right])

/**
 * The strings in both languages.
 *
 * @category combinators
 * @since 0.1.0
 */
export const intersection = (left: Language, right: Language): Language => intersectionAll([left, right])

/**
 * The strings that are not in the language.
 *
 * @category combinators
 * @since 0.1.0
 */
export const complement = (language: Language): Language =>
  language._tag === 'Complement' ? language.of : { _tag: 'Complement', of: language }

/**
 * The strings of `left` that are not in `right`.
 *
 * @category combinators
 * @since 0.1.0
 */
export const difference = (left: Language, right: Language): Language => intersection(left, complement(right))

// ---- evaluation ----

/**
 * The membership test of a language; to be kept when many strings are tested.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const member = (language: Language): ((text: string) => boolean) =>
  contains(compile([{ language, negated: false }]))

// ---- analysis ----

const restrict = (language: Language, { universe }: Options): Language =>
  universe === undefined ? language : intersection(universe, language)

const ask = (language: Language, options: Options, mode: 'any' | 'shortest'): Answer<O.Option<string>> =>
  search(restrict(language, options), mode, Budget.start((options.budget ?? Budget.standard).limit))

/**
 * A shortest member, readable letters first; none if the language is empty.
 *
 * **Cost** as `isEmpty`, but every glob of the language is looked at. **Errors** `BudgetExceeded`.
 *
 * @category analysis
 * @since 0.1.0
 */
export const witness = (language: Language, options: Options = {}): Answer<O.Option<string>> =>
  ask(language, options, 'shortest')

/**
 * Some member, not always a shortest one; none if the language is empty.
 *
 * **Errors** `BudgetExceeded`.
 *
 * @category analysis
 * @since 0.1.0
 */
export const sample = (language: Language, options: Options = {}): Answer<O.Option<string>> =>
  ask(language, options, 'any')

/**
 * Whether no string is in the language.
 *
 * **Cost** about linear in the globs where one of them decides; exponential in the worst case, and then stopped by the
 * budget. **Errors** `BudgetExceeded`.
 *
 * @category analysis
 * @since 0.1.0
 */
export const isEmpty = (language: Language, options: Options = {}): Answer<boolean> =>
  E.map(O.isNone)(sample(language, options))

/**
 * Whether every string of `left` is in `right`.
 *
 * **Errors** `BudgetExceeded`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import * as Glob from './Glob.js'
 * import * as Language from './Language.js'
 * Language.isSubset(Language.fromGlob(Glob.parse('team-a/*')), Language.fromGlob(Glob.parse('team-?/*'))) // => E.right(true)
 *
 * @category analysis
 * @since 0.1.0
 */
export const isSubset = (left: Language, right: Language, options: Options = {}): Answer<boolean> =>
  left === right ? E.right(true) : isEmpty(difference(left, right), options)

/**
 * Whether some string is in both languages.
 *
 * **Errors** `BudgetExceeded`.
 *
 * @category analysis
 * @since 0.1.0
 */
export const intersects = (left: Language, right: Language, options: Options = {}): Answer<boolean> =>
  E.map((empty: boolean) => !empty)(isEmpty(intersection(left, right), options))

/**
 * Whether the two languages hold the same strings. The budget is for each direction.
 *
 * **Errors** `BudgetExceeded`.
 *
 * @category analysis
 * @since 0.1.0
 */
export const equals = (left: Language, right: Language, options: Options = {}): Answer<boolean> =>
  E.chain((below: boolean) => (below ? isSubset(right, left, options) : E.right(false)))(
    isSubset(left, right, options),
  )
