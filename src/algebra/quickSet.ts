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

/** Globs by the first part of their literal prefix, up to a colon; those without one stand under the empty text. */
interface Index {
  readonly literals: ReadonlySet<string>
  readonly heads: ReadonlyMap<string, Bucket>
  readonly open: Bucket
}

interface Bucket {
  readonly literals: readonly string[]
  readonly prefixes: ReadonlySet<string>
  readonly lengths: readonly number[]
  readonly others: readonly Entry[]
  readonly all: readonly Entry[]
}

// ---- constructors ----

const headOf = (text: string): string => text.slice(0, text.indexOf(':') + 1)

const entry = (glob: Glob.Glob): Entry => ({
  glob,
  prefix: Glob.literalPrefix(glob),
  isPrefix: glob.length === 2 && glob[0]?._tag === 'Text' && !glob[0].ignoreCase && glob[1]?._tag === 'Run',
  test: lazily(() => Glob.compile(glob)),
})

/** A test that is made when first asked: most globs of most sets never are. */
const lazily = (make: () => (word: string) => boolean): ((word: string) => boolean) => {
  let made: ((word: string) => boolean) | undefined // local mutation: made when first asked
  return (word) => (made ??= make())(word)
}

const bucket = (literals: readonly string[], entries: readonly Entry[]): Bucket => {
  const prefixes = new Set(entries.filter(({ isPrefix }) => isPrefix).map(({ prefix }) => prefix))
  return {
    literals,
    prefixes,
    lengths: Array.from(new Set(Array.from(prefixes, ({ length }) => length))),
    others: entries.filter(({ isPrefix }) => !isPrefix),
    all: entries,
  }
}

const grouped = <A>(values: readonly A[], text: (value: A) => string): ReadonlyMap<string, readonly A[]> => {
  const groups = new Map<string, A[]>() // local mutation: an index, built once
  for (const value of values) {
    const head = headOf(text(value))
    const group = groups.get(head)
    if (group === undefined) groups.set(head, [value])
    else group.push(value)
  }
  return groups
}

const index = ({ literals, globs }: StringSet.StringSet): Index => {
  const entries = grouped(globs.map(entry), ({ prefix }) => prefix)
  const words = grouped(literals, (word) => word)
  const heads = new Map<string, Bucket>() // local mutation: filled once
  for (const head of new Set([...entries.keys(), ...words.keys()]))
    heads.set(head, bucket(words.get(head) ?? [], entries.get(head) ?? []))
  return { literals: new Set(literals), heads, open: heads.get('') ?? bucket([], []) }
}

const bucketHas = ({ prefixes, lengths, others }: Bucket, word: string): boolean =>
  lengths.some((length) => prefixes.has(word.slice(0, length))) || others.some(({ test }) => test(word))

const holds = ({ literals, heads, open }: Index, word: string): boolean => {
  if (literals.has(word) || bucketHas(open, word)) return true
  const head = headOf(word)
  const own = head === '' ? undefined : heads.get(head)
  return own !== undefined && bucketHas(own, word)
}

const bucketIncludes = ({ prefixes, lengths, others }: Bucket, glob: Glob.Glob, prefix: string): boolean =>
  lengths.some((length) => length <= prefix.length && prefixes.has(prefix.slice(0, length))) ||
  others.some(
    (other) =>
      prefix.startsWith(other.prefix) && endsAlike(other.glob, glob) && Glob.surelyIncludes(other.glob, glob),
  )

/** Does the glob end in what the other must end in? Most that do not include one another differ there already. */
const endsAlike = (outer: Glob.Glob, inner: Glob.Glob): boolean => {
  const [last, end] = [outer[outer.length - 1], inner[inner.length - 1]]
  if (last?._tag !== 'Text' || last.ignoreCase) return true
  return (
    end?._tag === 'Text' && (end.text.endsWith(last.text) || end.ignoreCase || last.text.endsWith(end.text))
  )
}

const holdsGlob = ({ heads, open }: Index, glob: Glob.Glob): boolean => {
  const prefix = Glob.literalPrefix(glob)
  if (bucketIncludes(open, glob, prefix)) return true
  const head = headOf(prefix)
  const own = head === '' ? undefined : heads.get(head)
  return own !== undefined && bucketIncludes(own, glob, prefix)
}

const apart = (one: string, other: string): boolean => !one.startsWith(other) && !other.startsWith(one)

const bucketMisses = ({ literals, all }: Bucket, prefix: string, test: (word: string) => boolean): boolean =>
  all.every((other) => apart(prefix, other.prefix)) &&
  !literals.some((word) => word.startsWith(prefix) && test(word))

const missesGlob = ({ heads, open }: Index, glob: Glob.Glob): boolean => {
  const prefix = Glob.literalPrefix(glob)
  const test = Glob.compile(glob)
  const head = headOf(prefix)
  if (head === '') return Array.from(heads.values()).every((each) => bucketMisses(each, prefix, test))
  const own = heads.get(head)
  return bucketMisses(open, prefix, test) && (own === undefined || bucketMisses(own, prefix, test))
}

const known = new WeakMap<StringSet.StringSet, QuickSet>() // local mutation: remembers what is made from immutable sets

/**
 * A set made ready; the same set is made ready once.
 *
 * **Cost** linear in the letters of the set.
 *
 * @category constructors
 * @since 0.1.0
 */
export const quickSet = (set: StringSet.StringSet): QuickSet => {
  const before = known.get(set)
  if (before !== undefined) return before
  const made = make(set)
  known.set(set, made)
  return made
}

/** From more globs than this a glob that is one of them is picked by its text. */
const few = 16

const textOf = Remember.ofValue(Glob.show)

const make = (set: StringSet.StringSet): QuickSet => {
  let built: Index | undefined // local mutation: made when first asked
  const own = (): Index => (built ??= index(set))
  const { complement, globs } = set
  const texts = Remember.once(() => new Set(globs.map(textOf)))
  const inside = (glob: Glob.Glob): boolean =>
    (globs.length > few && texts().has(textOf(glob))) || holdsGlob(own(), glob)
  const outside = (glob: Glob.Glob): boolean => missesGlob(own(), glob)
  return {
    set,
    has: (word) => holds(own(), word) !== complement,
    includes: complement ? outside : inside,
    misses: complement ? inside : outside,
  }
}

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

const opposites = new WeakMap<StringSet.StringSet, StringSet.StringSet>() // local mutation: as above

const positive = (set: StringSet.StringSet): StringSet.StringSet => {
  if (!set.complement) return set
  const before = opposites.get(set)
  if (before !== undefined) return before
  const made = StringSet.negate(set)
  opposites.set(set, made)
  return made
}

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
