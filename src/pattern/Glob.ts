/**
 * A `Glob` is a pattern for whole strings: literal text, wildcards, and wildcards that stop at a separator.
 *
 * A letter is a Unicode code point; a lone surrogate is a letter of its own.
 *
 * Laws: 1. `matches(literal(s))(t) <=> s === t`   2. `matches(concat([g, h]))(t) <=> t` splits into a match of `g` and one of `h`
 * (up to surrogates that fuse at the seam)   3. `compile(g)(t) === matches(g)(t)`   4. `normalize` changes no language.
 *
 * @since 0.1.0
 */
/* eslint-disable functional/prefer-readonly-type, house/immutable-data -- work lists are passed between the functions of one pass and never leave it */
import { caseVariants, codePoints, foldText, hasSurrogates, isSurrogate, separator } from './CodePoint.js'
import { surelyIncludes as walkShowsInclusion } from './inclusion.js'
import { gapKind, matchUnits, unitKind } from './Units.js'
import type { Units } from './Units.js'

export { separator }

// ---- model ----

/**
 * One piece of a glob: a literal run, or a wildcard for one letter or for any run of letters.
 *
 * `OneWithin` and `RunWithin` never match the separator. The text of a case-insensitive `Text` is folded.
 *
 * @category model
 * @since 0.1.0
 */
export type Token =
  | { readonly _tag: 'Text'; readonly text: string; readonly ignoreCase: boolean }
  | { readonly _tag: 'One' }
  | { readonly _tag: 'Run' }
  | { readonly _tag: 'OneWithin' }
  | { readonly _tag: 'RunWithin' }

/**
 * A sequence of tokens in normal form: see `normalize`.
 *
 * @category model
 * @since 0.1.0
 */
export type Glob = ReadonlyArray<Token>

// ---- constructors ----

/**
 * Any one letter.
 *
 * @category constructors
 * @since 0.1.0
 */
export const one: Token = /* @__PURE__ */ Object.freeze<Token>({ _tag: 'One' })

/**
 * Any run of letters, the empty one included.
 *
 * @category constructors
 * @since 0.1.0
 */
export const run: Token = /* @__PURE__ */ Object.freeze<Token>({ _tag: 'Run' })

/**
 * Any one letter but the separator.
 *
 * @category constructors
 * @since 0.1.0
 */
export const oneWithin: Token = /* @__PURE__ */ Object.freeze<Token>({ _tag: 'OneWithin' })

/**
 * Any run of letters without the separator, the empty one included.
 *
 * @category constructors
 * @since 0.1.0
 */
export const runWithin: Token = /* @__PURE__ */ Object.freeze<Token>({ _tag: 'RunWithin' })

/**
 * The glob of every string.
 *
 * @category constructors
 * @since 0.1.0
 */
export const all: Glob = /* @__PURE__ */ Object.freeze([run])

/**
 * The glob of the empty string alone.
 *
 * @category constructors
 * @since 0.1.0
 */
export const empty: Glob = /* @__PURE__ */ Object.freeze([])

const textToken = (text: string, ignoreCase: boolean): Token & { readonly _tag: 'Text' } => {
  if (!ignoreCase) return { _tag: 'Text', text, ignoreCase }
  const folded = foldText(text)
  const cased = codePoints(folded).some((code) => caseVariants(code).length > 1)
  return { _tag: 'Text', text: folded, ignoreCase: cased }
}

/**
 * The glob that matches this very text.
 *
 * @category constructors
 * @since 0.1.0
 */
export const literal = (text: string): Glob => (text === '' ? empty : [textToken(text, false)])

/**
 * The glob that matches this text in any mixture of cases, folded letter by letter.
 *
 * @category constructors
 * @since 0.1.0
 */
export const literalIgnoreCase = (text: string): Glob => (text === '' ? empty : [textToken(text, true)])

/**
 * The glob that a text stands for: `*` is any run, `?` any one letter, all else literal.
 *
 * **Cost** linear in the text.
 *
 * @example
 * import * as Glob from './Glob.js'
 * Glob.matches(Glob.parse('team-?/*'))('team-a/app') // => true
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse = (text: string): Glob => normalize(wildcardTokens(text, false))

/**
 * As `parse`, with the literal parts in any mixture of cases.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parseIgnoreCase = (text: string): Glob => normalize(wildcardTokens(text, true))

const wildcardTokens = (text: string, ignoreCase: boolean): ReadonlyArray<Token> => {
  const tokens: Array<Token> = [] // local mutation: built once, left to right
  let from = 0 // local mutation: the start of the current literal run
  const flush = (to: number): void => {
    if (to > from) tokens.push(textToken(text.slice(from, to), ignoreCase))
    from = to + 1
  }
  for (let i = 0; i < text.length; i++) {
    const unit = text[i]
    if (unit !== '*' && unit !== '?') continue
    flush(i)
    tokens.push(unit === '*' ? run : one)
  }
  flush(text.length)
  return tokens
}

// ---- combinators ----

// What a wildcard does to the wildcards before it in the same stretch. Every rewriting keeps the language:
// **=*, ~~=~, *~=~*=* (~ the bounded run, also across single wildcards of one kind), *?=?*, ~!=!~ (! the bounded single).
const pushWildcard = (tokens: Array<Token>, token: Token): void => {
  const last = tokens[tokens.length - 1]
  if (token._tag === 'Run') pushRun(tokens)
  else if (token._tag === 'RunWithin') pushRunWithin(tokens)
  else if (token._tag === 'One' && last?._tag === 'Run') tokens.splice(-1, 1, one, run)
  else if (token._tag === 'OneWithin' && last?._tag === 'RunWithin')
    tokens.splice(-1, 1, oneWithin, runWithin)
  else tokens.push(token)
}

const indexBefore = (tokens: ReadonlyArray<Token>, tag: Token['_tag']): number => {
  let index = tokens.length - 1 // local mutation: walks left over single wildcards
  while (tokens[index]?._tag === tag) index--
  return index
}

const pushRun = (tokens: Array<Token>): void => {
  for (;;) {
    const before = indexBefore(tokens, 'One') // ~?…?* is ?…?*
    if (tokens[before]?._tag !== 'RunWithin') break
    tokens.splice(before, 1)
  }
  if (tokens[tokens.length - 1]?._tag !== 'Run') tokens.push(run)
}

const pushRunWithin = (tokens: Array<Token>): void => {
  const last = tokens[tokens.length - 1]?._tag
  if (last === 'RunWithin' || last === 'Run') return
  if (tokens[indexBefore(tokens, 'OneWithin')]?._tag === 'Run') return // *!…!~ is *!…!
  tokens.push(runWithin)
}

const pushText = (tokens: Array<Token>, token: Token & { readonly _tag: 'Text' }): void => {
  if (token.text === '') return
  const last = tokens[tokens.length - 1]
  const { text, ignoreCase } = token
  if (last?._tag !== 'Text' || last.ignoreCase !== ignoreCase) tokens.push(token)
  else if (ignoreCase && isSurrogate(text.charCodeAt(0)))
    tokens.splice(-1, 1, textToken(last.text + text, true))
  else tokens.splice(-1, 1, { _tag: 'Text', text: last.text + text, ignoreCase })
}

/**
 * The normal form: no empty text, neighbouring texts of one kind joined, wildcard stretches rewritten
 * (`**` to `*`, `*?` to `?*`, a bounded run next to an unbounded one dropped).
 *
 * Keeps the language; equal normal forms have equal languages, but not the other way round.
 * **Cost** linear in the tokens, but for stretches of mixed single wildcards.
 *
 * @category combinators
 * @since 0.1.0
 */
export const normalize = (tokens: ReadonlyArray<Token>): Glob => {
  const result: Array<Token> = [] // local mutation: a stack of finished tokens
  for (const token of tokens) {
    if (token._tag === 'Text') pushText(result, textToken(token.text, token.ignoreCase))
    else pushWildcard(result, token)
  }
  return result
}

/**
 * The globs one after the other.
 *
 * @category combinators
 * @since 0.1.0
 */
export const concat = (globs: ReadonlyArray<Glob>): Glob => normalize(globs.flat())

// ---- predicates ----

/**
 * Whether the glob has no wildcard and no case-insensitive letter, so that it matches one string.
 *
 * @category predicates
 * @since 0.1.0
 */
export const isLiteral = (glob: Glob): boolean =>
  glob.every((token) => token._tag === 'Text' && !token.ignoreCase)

/**
 * The single string that a literal glob matches, `undefined` for any other glob.
 *
 * @category destructors
 * @since 0.1.0
 */
export const literalText = (glob: Glob): string | undefined =>
  isLiteral(glob) ? literalPrefix(glob) : undefined

/**
 * The longest text that every match starts with, as far as the tokens show it.
 *
 * @category destructors
 * @since 0.1.0
 */
export const literalPrefix = (glob: Glob): string => {
  const parts: Array<string> = [] // local mutation: built once
  for (const token of glob) {
    if (token._tag !== 'Text' || token.ignoreCase) break
    parts.push(token.text)
  }
  return parts.join('')
}

/**
 * Whether the two globs are the same token by token.
 *
 * @category predicates
 * @since 0.1.0
 */
export const sameTokens = (left: Glob, right: Glob): boolean =>
  left === right || (left.length === right.length && show(left) === show(right))

// ---- the letter-by-letter form ----

/**
 * The letter-by-letter form of a glob.
 *
 * A case-insensitive letter without variants becomes an exact one.
 * **Cost** linear in the letters, once for each glob.
 *
 * @category destructors
 * @since 0.1.0
 */
export const units = (glob: Glob): Units => {
  const before = known.get(glob)
  if (before !== undefined) return before
  const made = unitsOf(glob)
  known.set(glob, made)
  return made
}

const known = new WeakMap<Glob, Units>() // local mutation: remembers what is made from immutable globs

const unitsOf = (glob: Glob): Units => {
  const kinds: Array<number> = [] // local mutation: three parallel columns, built once
  const codes: Array<number> = []
  const gaps: Array<number> = [gapKind.none]
  const push = (kind: number, code: number): void => {
    kinds.push(kind)
    codes.push(code)
    gaps.push(gapKind.none)
  }
  for (const token of glob) {
    if (token._tag === 'Text')
      for (const code of codePoints(token.text)) push(letterKind(code, token.ignoreCase), code)
    else if (token._tag === 'One') push(unitKind.any, 0)
    else if (token._tag === 'OneWithin') push(unitKind.within, 0)
    else
      gaps[gaps.length - 1] = Math.max(
        gaps[gaps.length - 1] ?? 0,
        token._tag === 'Run' ? gapKind.any : gapKind.within,
      )
  }
  return { kinds, codes, gaps }
}

const letterKind = (code: number, ignoreCase: boolean): number =>
  ignoreCase && caseVariants(code).length > 1 ? unitKind.folded : unitKind.exact

// ---- predicates ----

/**
 * Is every word of `inner` surely one of `outer`? Yes is a proof; no may only mean that the proof is not so short.
 *
 * **Cost** at most the product of the lengths.
 *
 * @category predicates
 * @since 0.1.0
 */
export const surelyIncludes = (outer: Glob, inner: Glob): boolean =>
  outer === inner || walkShowsInclusion(units(outer), units(inner))

// ---- evaluation ----

/**
 * Whether the whole text matches the glob.
 *
 * **Cost** at most the letters of the text times those of the glob, whatever the wildcards. To match many texts use `compile`.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const matches =
  (glob: Glob) =>
  (text: string): boolean =>
    compile(glob)(text)

// The shapes that need no automaton: at most one text with runs around it. With surrogates in the text a unit boundary need
// not be a letter boundary, so those go the general way.
const compileSimple = (glob: Glob): ((text: string) => boolean) | undefined => {
  const shape = glob.map((token) => (token._tag === 'Text' ? 't' : token._tag === 'Run' ? '*' : '-')).join('')
  if (shape === '') return (text) => text === ''
  if (shape === '*') return () => true
  const token = glob.find((each) => each._tag === 'Text')
  if (token?._tag !== 'Text' || (shape !== 't' && hasSurrogates(token.text))) return undefined
  const test = compileShape(shape, token.text)
  if (test === undefined || !token.ignoreCase) return test
  return (text) => test(foldText(text))
}

const compileShape = (shape: string, part: string): ((text: string) => boolean) | undefined => {
  if (shape === 't') return (text) => text === part
  if (shape === 't*') return (text) => text.startsWith(part)
  if (shape === '*t') return (text) => text.endsWith(part)
  if (shape === '*t*') return (text) => text.includes(part)
  return undefined
}

/**
 * The test of a glob as a closure made for its shape: equality, prefix, suffix, factor, all, or the general walk.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const compile = (glob: Glob): ((text: string) => boolean) =>
  compileSimple(glob) ?? matchUnits(units(glob))

// ---- rendering ----

// Most texts are letters, digits and the marks of names: they stand for themselves.
const isPlain = (text: string): boolean => /^[\w:/.@ -]*$/.test(text)

const showText = (text: string): string =>
  isPlain(text)
    ? text
    : codePoints(text)
        .map((code) => {
          if ('*?\\[]<>'.includes(String.fromCodePoint(code))) return `\\${String.fromCodePoint(code)}`
          return code < 0x20 || code === 0x7f || isSurrogate(code)
            ? `\\u{${code.toString(16)}}`
            : String.fromCodePoint(code)
        })
        .join('')

const showToken = (token: Token): string => {
  if (token._tag === 'Text') return token.ignoreCase ? `<${showText(token.text)}>` : showText(token.text)
  if (token._tag === 'One') return '?'
  if (token._tag === 'Run') return '*'
  return token._tag === 'OneWithin' ? '[?]' : '[*]'
}

/**
 * The glob as a line of print, different for different normal forms.
 *
 * `*` and `?` are wildcards, `[*]` and `[?]` the bounded ones, `<...>` is text in any case; special characters that are
 * meant literally carry a backslash.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (glob: Glob): string => glob.map(showToken).join('')
