/**
 * Quick tests on single globs: a sure sign that one includes another, a word of a glob that few others have, and the
 * intersection of two as a union of globs.
 *
 * @since 0.1.0
 */
import { Glob, type Budget } from '../pattern/index.js'

// ---- letters ----

/** A glob letter by letter, wildcards as they are. */
const letters = (glob: Glob.Glob): readonly Glob.Token[] =>
  glob.flatMap((token) =>
    token._tag === 'Text' ? Array.from(token.text, (text): Glob.Token => ({ ...token, text })) : [token],
  )

const isRun = (token: Glob.Token | undefined): boolean => token?._tag === 'Run' || token?._tag === 'RunWithin'

const isSeparator = (token: Glob.Token): boolean => token._tag === 'Text' && token.text === Glob.separator

/** Does one token of a pattern read a whole token of another, whatever that one stands for, if need be again and again? */
const reads = (token: Glob.Token, read: Glob.Token): boolean => {
  switch (token._tag) {
    case 'Text':
      return read._tag === 'Text' && sameLetter(token, read)
    case 'OneWithin':
      return !isSeparator(read) && read._tag !== 'One'
    case 'One':
    case 'Run':
      return true
    case 'RunWithin':
      return !isSeparator(read) && read._tag !== 'Run' && read._tag !== 'One'
  }
}

const sameLetter = (
  token: Glob.Token & { readonly _tag: 'Text' },
  read: Glob.Token & { readonly _tag: 'Text' },
): boolean =>
  read.ignoreCase ? token.ignoreCase && token.text === read.text : Glob.matches([token])(read.text)

/**
 * Is every word of `inner` surely one of `outer`? Yes is a proof; no may only mean that the proof is not so short.
 *
 * **Cost** the product of the lengths.
 *
 * @category predicates
 * @since 0.1.0
 */
export const surelyIncludes = (outer: Glob.Glob, inner: Glob.Glob): boolean => {
  const pattern = letters(outer)
  const skipRuns = (place: number): readonly number[] =>
    isRun(pattern[place]) ? [place, ...skipOne(place + 1)] : [place]
  const skipOne = (place: number): readonly number[] => (isRun(pattern[place]) ? [place, place + 1] : [place])
  const close = (places: Iterable<number>): ReadonlySet<number> =>
    new Set(Array.from(places).flatMap(skipRuns))
  let places = close([0]) // local mutation: the places in the pattern reached so far
  for (const read of letters(inner)) {
    const next = Array.from(places).flatMap((place) => {
      const token = pattern[place]
      if (token === undefined || !reads(token, read)) return []
      return isRun(token) ? [place] : isRun(read) ? [] : [place + 1]
    })
    if (next.length === 0) return false
    places = close(next)
  }
  return places.has(pattern.length)
}

/**
 * A word of the glob, with letters that no pattern has reason to name where it has wildcards: whatever else matches it
 * most likely does so by a wildcard of its own.
 *
 * @category destructors
 * @since 0.1.0
 */
export const sampleWord = (glob: Glob.Glob): string =>
  glob
    .map((token) => {
      switch (token._tag) {
        case 'Text':
          return token.text
        case 'One':
        case 'OneWithin':
          return 'ǂ'
        case 'Run':
        case 'RunWithin':
          return 'ǂǂ'
      }
    })
    .join('')

// ---- intersection ----

/** Globs that an intersection may have before it is given up. */
const MOST_GLOBS = 400

/** When two letters count as one; of two that do, either is kept. */
type SameLetter = (a: string, b: string) => boolean

const exactly: SameLetter = (a, b) => a === b

type Way = readonly Glob.Token[]

/**
 * The words in both globs, as a union of globs; undefined when that takes too many, or more steps than are left.
 *
 * Where both have a run, one of the two ends first, which makes two cases; a run against a letter either ends before it
 * or reads it. So the result is exact.
 *
 * **Cost** up to exponential in the number of runs, and therefore bounded; some steps for each two globs that
 * are left from a pair of places on.
 *
 * @category combinators
 * @since 0.1.0
 */
export const intersectGlobs = (
  left: Glob.Glob,
  right: Glob.Glob,
  counter: Budget.Counter,
  isSame: SameLetter = exactly,
): readonly Glob.Glob[] | undefined => {
  const [a, b] = [letters(left), letters(right)]
  const known = new Map<number, readonly Way[]>() // local mutation: ways from a pair of places to the ends, last places first
  const at = (i: number, j: number): readonly Way[] => known.get(i * (b.length + 2) + j) ?? []
  for (let i = a.length; i >= 0; i--)
    for (let j = b.length; j >= 0; j--) {
      const ways = distinct(waysFrom([a[i], b[j]], i, j, at, isSame))
      if (ways.length > MOST_GLOBS || !counter.spend(stepsFor(ways.length))) return undefined
      known.set(i * (b.length + 2) + j, ways)
    }
  return at(0, 0)
}

/** More ways than this are not compared with one another. */
const MOST_COMPARED = 24

const stepsFor = (ways: number): number => 1 + (ways > MOST_COMPARED ? ways : 8 * ways * ways)

/** Without those that another one includes: of two in normal form at most one includes the other. */
const distinct = (ways: readonly Way[]): readonly Way[] => {
  const found = Array.from(
    new Map(ways.map((way) => Glob.normalize(way)).map((way) => [JSON.stringify(way), way])).values(),
  )
  return found.length > MOST_COMPARED
    ? found
    : found.filter((way) => !found.some((other) => other !== way && surelyIncludes(other, way)))
}

const waysFrom = (
  [a, b]: readonly [Glob.Token | undefined, Glob.Token | undefined],
  i: number,
  j: number,
  at: (i: number, j: number) => readonly Way[],
  isSame: SameLetter,
): readonly Way[] => {
  if (a !== undefined && isRun(a))
    return b !== undefined && isRun(b)
      ? [...at(i + 1, j), ...at(i, j + 1)].map((way) => [a._tag === 'RunWithin' ? a : b, ...way])
      : [...at(i + 1, j), ...read(a, b, at, i, j + 1)]
  if (b !== undefined && isRun(b)) return [...at(i, j + 1), ...read(b, a, at, i + 1, j)]
  if (a === undefined || b === undefined) return a === b ? [[]] : []
  const both = meet(a, b, isSame)
  return both === undefined ? [] : at(i + 1, j + 1).map((way) => [both, ...way])
}

const read = (
  run: Glob.Token,
  token: Glob.Token | undefined,
  at: (i: number, j: number) => readonly Way[],
  i: number,
  j: number,
): readonly Way[] => {
  const letter = token && meet(run._tag === 'Run' ? Glob.one : Glob.oneWithin, token, exactly)
  return letter === undefined ? [] : at(i, j).map((way) => [letter, ...way])
}

/** What two tokens of one letter each have in common. */
const meet = (a: Glob.Token, b: Glob.Token, isSame: SameLetter): Glob.Token | undefined => {
  if (a._tag === 'Text') return b._tag === 'Text' ? meetLetters(a, b, isSame) : reads(b, a) ? a : undefined
  if (b._tag === 'Text') return reads(a, b) ? b : undefined
  return a._tag === 'OneWithin' ? a : b
}

type Letter = Glob.Token & { readonly _tag: 'Text' }

const meetLetters = (a: Letter, b: Letter, isSame: SameLetter): Letter | undefined => {
  const [strict, loose] = a.ignoreCase ? [b, a] : [a, b]
  const fits =
    strict.ignoreCase === loose.ignoreCase
      ? isSame(strict.text, loose.text)
      : Glob.matches([loose])(strict.text)
  return fits ? strict : undefined
}
