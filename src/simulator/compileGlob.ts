/**
 * Many globs at once: which of the things filed under globs belong to a text. Literals are found by a lookup, all others
 * by what they begin with or by a path in them, so that the cost grows with the globs that come near the text and not with
 * all there are.
 *
 * @since 0.1.0
 */
import { CodePoint, Glob, Groups, Remember } from '../pattern/index.js'

// ---- model ----

/**
 * Something filed under a glob.
 *
 * @category model
 * @since 0.1.0
 */
export interface Filed<A> {
  readonly glob: Glob.Glob
  readonly item: A
}

/**
 * Is something filed for this text that the test takes? `request` and `given` are handed on to the test.
 *
 * @category model
 * @since 0.1.0
 */
export type Files<A> = <R, G>(
  text: string,
  takes: (item: A, request: R, given: G) => boolean,
  request: R,
  given: G,
) => boolean

// ---- one glob ----

/**
 * The test of one glob. Literal parts with runs between them are found by the engine's own text search; what else
 * begins with literal text is asked only of texts that begin so.
 *
 * **Cost** at most the letters of the text times those of the glob.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const globTest = (glob: Glob.Glob): ((text: string) => boolean) => {
  if (glob.length < 3) return Glob.compile(glob)
  if (glob.every(isPlain)) return partsTest(glob)
  const prefix = Glob.literalPrefix(glob)
  const compiled = Remember.once(() => Glob.compile(glob))
  return (text) => text.startsWith(prefix) && compiled()(text)
}

/** With half a letter in the glob, where a part ends need not be where a letter does. */
const isPlain = (token: Glob.Token): boolean =>
  token._tag === 'Run' || (token._tag === 'Text' && !token.ignoreCase && !CodePoint.hasSurrogates(token.text))

/** The leftmost place for each part is as good as any, since a run stands between every two. */
const partsTest = (glob: Glob.Glob): ((text: string) => boolean) => {
  const textAt = (index: number): string => {
    const token = glob.at(index)
    return token?._tag === 'Text' ? token.text : ''
  }
  const [start, end] = [textAt(0), textAt(-1)]
  const between = glob.slice(1, -1).flatMap((token) => (token._tag === 'Text' ? [token.text] : []))
  return (text) => {
    const limit = text.length - end.length
    if (limit < start.length || !text.startsWith(start) || !text.endsWith(end)) return false
    let at = start.length // local mutation: how far the text is read
    for (const part of between) {
      const found = text.indexOf(part, at)
      if (found === -1) return false
      at = found + part.length
    }
    return at <= limit
  }
}

// ---- many globs ----

/** As few are asked one by one sooner than they are looked up. */
const FEW = 3

/**
 * Files things under their globs.
 *
 * **Cost** of building `n log n`; of asking a lookup, the logarithm of the globs, and the tests of those that begin as
 * the text does.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fileAll = <A>(all: readonly Filed<A>[]): Files<A> => {
  const literals = new Map<string, A[]>() // local mutation: filled here, as is the next
  const patterns: Pattern<A>[] = []
  for (const { glob, item } of all) {
    const text = Glob.literalText(glob)
    if (text === undefined) patterns.push({ prefix: Glob.literalPrefix(glob), test: whenAsked(glob), item })
    else {
      const there = literals.get(text)
      if (there === undefined) literals.set(text, [item])
      else there.push(item)
    }
  }
  const byPattern = patterns.length <= FEW ? oneByOne(patterns) : byPrefix(patterns)
  if (literals.size === 0) return byPattern
  return (text, takes, request, given) => {
    const listed = literals.get(text)
    if (listed !== undefined) for (const item of listed) if (takes(item, request, given)) return true
    return byPattern(text, takes, request, given)
  }
}

interface Pattern<A> {
  readonly prefix: string
  readonly test: (text: string) => boolean
  readonly item: A
}

/** Of many globs few are ever asked, so their tests are made when they are. */
const whenAsked = (glob: Glob.Glob): Pattern<unknown>['test'] => {
  const test = Remember.once(() => globTest(glob))
  return (text) => test()(text)
}

const oneByOne =
  <A>(patterns: readonly Pattern<A>[]): Files<A> =>
  (text, takes, request, given) => {
    for (const { test, item } of patterns) if (test(text) && takes(item, request, given)) return true
    return false
  }

/** The patterns of one prefix, and the longest other prefix that it begins with. */
interface Link<A> {
  readonly prefix: string
  readonly ask: Files<A>
  readonly shorter: Link<A> | undefined
}

/**
 * The prefixes that a text begins with are a chain, each beginning with the next shorter one. The longest is the last
 * prefix in order that is not after the text, or one of those that this one begins with.
 */
const byPrefix = <A>(patterns: readonly Pattern<A>[]): Files<A> => {
  const links = linksOf(patterns)
  return (text, takes, request, given) => {
    for (let link = longest(lastUpTo(links, text), text); link !== undefined; link = link.shorter)
      if (link.ask(text, takes, request, given)) return true
    return false
  }
}

const linksOf = <A>(patterns: readonly Pattern<A>[]): readonly Link<A>[] => {
  const sorted = Array.from(Groups.by(patterns, ({ prefix }) => prefix)).sort(([a], [b]) => (a < b ? -1 : 1))
  const links: Link<A>[] = [] // local mutation: built once, in order
  for (const [prefix, filed] of sorted)
    links.push({ prefix, ask: oneByOne(filed), shorter: longest(links.at(-1), prefix) })
  return links
}

/** The longest prefix that the text begins with: this one, or one down its chain. */
const longest = <A>(link: Link<A> | undefined, text: string): Link<A> | undefined => {
  let found = link // local mutation: walks down the chain
  while (found !== undefined && !text.startsWith(found.prefix)) found = found.shorter
  return found
}

/** The last prefix that is not after the text. */
const lastUpTo = <A>(sorted: readonly Link<A>[], text: string): Link<A> | undefined => {
  let [low, high] = [0, sorted.length] // local mutation: the place is between them
  while (low < high) {
    const middle = (low + high) >> 1
    const link = sorted[middle]
    if (link !== undefined && link.prefix <= text) low = middle + 1
    else high = middle
  }
  return sorted[low - 1]
}

// ---- paths ----

/** No more slashes of a path are looked at. */
const DEPTH = 3

/**
 * The paths of a text: its last colon-separated segment, and each but the first up to its first slash, its second, its
 * third.
 *
 * **Cost** linear.
 *
 * @category destructors
 * @since 0.1.0
 */
export const paths = (text: string): readonly string[] => {
  const last = text.lastIndexOf(Glob.separator)
  if (last === -1) return []
  const found: string[] = [] // local mutation: from slash to slash, as is where the segment begins and how deep it is
  let from = text.indexOf(Glob.separator) + 1
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const unit = text[at]
    if (unit === Glob.separator) {
      from = at + 1
      depth = 0
    } else if (unit === '/' && depth < DEPTH) {
      found.push(text.slice(from, at + 1))
      depth += 1
    }
  }
  found.push(text.slice(last + 1))
  return found
}

/**
 * One of the `paths` of every text that matches, if the tokens show one: what follows a literal colon up to the end, or up
 * to a slash.
 */
const pathOf = (glob: Glob.Glob): string | undefined => {
  for (let i = glob.length - 1; i >= 0; i--) {
    const token = glob[i]
    if (token?._tag !== 'Text' || token.ignoreCase) continue
    const colon = token.text.lastIndexOf(Glob.separator)
    if (colon === -1) continue
    const known = paths(token.text.slice(colon))
    const path = known.at(i === glob.length - 1 ? -1 : -2)
    if (path !== undefined) return path
  }
  return undefined
}

/**
 * Files things under globs of names whose `paths` are known.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fileByPath = <A>(all: readonly Filed<A>[]): FilesByPath<A> => {
  const byPath = Groups.by(all, ({ glob }) =>
    Glob.isLiteral(glob) || all.length <= FEW ? undefined : pathOf(glob),
  )
  const elsewhere = fileAll(byPath.get(undefined) ?? [])
  const files = new Map(
    Array.from(byPath).flatMap(([path, filed]) =>
      path === undefined ? [] : [[path, fileAll(filed)] as const],
    ),
  )
  if (files.size === 0) return (text, _, ...more) => elsewhere(text, ...more)
  return (text, known, takes, request, given) => {
    if (elsewhere(text, takes, request, given)) return true
    for (const path of known) if (files.get(path)?.(text, takes, request, given) === true) return true
    return false
  }
}

/**
 * As `Files`, for a text and its `paths`.
 *
 * @category model
 * @since 0.1.0
 */
export type FilesByPath<A> = <R, G>(
  text: string,
  known: readonly string[],
  takes: (item: A, request: R, given: G) => boolean,
  request: R,
  given: G,
) => boolean
