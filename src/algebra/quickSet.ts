/**
 * String sets made ready for quick answers: is a word in the set, is a glob surely within it, does it surely miss it.
 * What cannot be told at a glance is left to the search, so `false` here never claims anything but "not sure".
 *
 * @since 0.1.0
 */
import { Glob, Remember, StringSet } from '../pattern/index.js'

// ---- model ----

/**
 * Quick answers about one set.
 *
 * @category model
 * @since 0.1.0
 */
export interface QuickSet {
  readonly set: StringSet.StringSet
  /** Is the word in the set? Exact. */
  readonly has: (word: string) => boolean
  /** Is every word of the glob surely in the set? */
  readonly includes: (glob: Glob.Glob) => boolean
  /** Is no word of the glob surely in the set? */
  readonly misses: (glob: Glob.Glob) => boolean
}

/** A glob with its first letters, its text form, and its test. */
interface Entry {
  readonly glob: Glob.Glob
  readonly prefix: string
  readonly isPrefix: boolean
  readonly test: (word: string) => boolean
}

/** The members of a set: words, globs that are a text and what follows it, and all others. */
interface Index {
  readonly words: readonly string[]
  readonly literals: ReadonlySet<string>
  readonly prefixes: ReadonlySet<string>
  readonly lengths: readonly number[]
  readonly others: readonly Entry[]
  readonly all: readonly Entry[]
}

// ---- constructors ----

/** The test is made when first asked: most globs of most sets never are. */
const entry = (glob: Glob.Glob): Entry => {
  const compiled = Remember.once(() => Glob.compile(glob))
  return {
    glob,
    prefix: Glob.literalPrefix(glob),
    isPrefix: glob.length === 2 && glob[0]?._tag === 'Text' && !glob[0].ignoreCase && glob[1]?._tag === 'Run',
    test: (word) => compiled()(word),
  }
}

const index = ({ literals, globs }: StringSet.StringSet): Index => {
  const all = globs.map(entry)
  const prefixes = new Set(all.filter(({ isPrefix }) => isPrefix).map(({ prefix }) => prefix))
  return {
    words: literals,
    literals: new Set(literals),
    prefixes,
    lengths: Array.from(new Set(Array.from(prefixes, ({ length }) => length))),
    others: all.filter(({ isPrefix }) => !isPrefix),
    all,
  }
}

const holds = ({ literals, prefixes, lengths, others }: Index, word: string): boolean =>
  literals.has(word) ||
  lengths.some((length) => prefixes.has(word.slice(0, length))) ||
  others.some(({ test }) => test(word))

const holdsGlob = ({ prefixes, lengths, others }: Index, glob: Glob.Glob): boolean => {
  const prefix = Glob.literalPrefix(glob)
  return (
    lengths.some((length) => length <= prefix.length && prefixes.has(prefix.slice(0, length))) ||
    others.some(
      (other) =>
        prefix.startsWith(other.prefix) &&
        endsAlike(other.glob, glob) &&
        Glob.surelyIncludes(other.glob, glob),
    )
  )
}

/** Does the glob end in what the other must end in? Most that do not include one another differ there already. */
const endsAlike = (outer: Glob.Glob, inner: Glob.Glob): boolean => {
  const [last, end] = [outer.at(-1), inner.at(-1)]
  return last?._tag !== 'Text' || last.ignoreCase || (end?._tag === 'Text' && end.text.endsWith(last.text))
}

const apart = (one: string, other: string): boolean => !one.startsWith(other) && !other.startsWith(one)

const missesGlob = ({ words, all }: Index, glob: Glob.Glob): boolean => {
  const prefix = Glob.literalPrefix(glob)
  const test = Glob.compile(glob)
  return (
    all.every((other) => apart(prefix, other.prefix)) &&
    !words.some((word) => word.startsWith(prefix) && test(word))
  )
}

const textOf = Remember.ofValue(Glob.show)

/**
 * A set made ready; the same set is made ready once.
 *
 * **Cost** linear in the letters of the set.
 *
 * @category constructors
 * @since 0.1.0
 */
export const quickSet: (set: StringSet.StringSet) => QuickSet = Remember.ofValue((set) => {
  const own = Remember.once(() => index(set))
  const { complement, globs } = set
  const texts = Remember.once(() => new Set(globs.map(textOf)))
  const inside = (glob: Glob.Glob): boolean => texts().has(textOf(glob)) || holdsGlob(own(), glob)
  const outside = (glob: Glob.Glob): boolean => missesGlob(own(), glob)
  return {
    set,
    has: (word) => holds(own(), word) !== complement,
    includes: complement ? outside : inside,
    misses: complement ? inside : outside,
  }
})

// ---- two sets ----

const everyMember = (
  { literals, globs }: StringSet.StringSet,
  word: (word: string) => boolean,
  glob: (glob: Glob.Glob) => boolean,
): boolean => literals.every(word) && globs.every(glob)

/**
 * Is every word of the first set surely in the second?
 *
 * @category predicates
 * @since 0.1.0
 */
export const surelyWithin = (inner: QuickSet, outer: QuickSet): boolean =>
  inner === outer ||
  (inner.set.complement
    ? outer.set.complement && surelyWithin(quickSet(positive(outer.set)), quickSet(positive(inner.set)))
    : everyMember(inner.set, outer.has, outer.includes))

/**
 * Do the sets surely have no word in common?
 *
 * @category predicates
 * @since 0.1.0
 */
export const surelyApart = (one: QuickSet, other: QuickSet): boolean => {
  if (one.set.complement) return !other.set.complement && surelyWithin(other, quickSet(positive(one.set)))
  return everyMember(one.set, (word) => !other.has(word), other.misses)
}

const opposite = Remember.ofValue(StringSet.negate)

const positive = (set: StringSet.StringSet): StringSet.StringSet => (set.complement ? opposite(set) : set)

// ---- samples ----

/**
 * Texts put for wildcards, by the number of colons before; the last one stands for all further ones.
 *
 * @category model
 * @since 0.1.0
 */
export type Filling = readonly [string, ...(readonly string[])]

/**
 * A word of the glob, made with a filling. With surrogates in play it may be none: to be checked.
 *
 * @category destructors
 * @since 0.1.0
 */
export const sample = (glob: Glob.Glob, filling: Filling): string => {
  let colons = 0 // local mutation: colons so far
  return glob
    .map((token) => {
      if (token._tag === 'Text') {
        colons += token.text.split(':').length - 1
        return token.text
      }
      if (token._tag === 'One' || token._tag === 'OneWithin') return 'x'
      return filling[Math.min(colons, filling.length - 1)] ?? ''
    })
    .join('')
}
