/**
 * Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}` and the escapes `${*}`, `${?}`, `${$}`.
 * A `Template` is a text taken apart into plain pieces, escaped characters and variables.
 *
 * Only documents of version 2012-10-17 have variables; in every other version the text is as it stands (VA-6).
 *
 * Laws: 1. a text without `${` is its own single piece  2. `show(parse(version)(text))` is `text`
 * Source: VA-1 to VA-11.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Glob } from '../pattern/index.js'
import { problem, quote, type Problem } from './Problem.js'
import type { Version } from './Version.js'

// ---- model ----

/**
 * A piece of a template.
 *
 * - `Text`: as written; wildcards in it are wildcards wherever the element takes them.
 * - `Character`: one of `*`, `?`, `$`, escaped and so never a wildcard (VA-8).
 * - `Variable`: replaced by the value of a context key, as literal text (VA-11), or by `fallback` when the key is
 *   missing (VA-5).
 *
 * @category model
 * @since 0.1.0
 */
export type Piece =
  | { readonly _tag: 'Text'; readonly text: string }
  | { readonly _tag: 'Character'; readonly char: '*' | '?' | '$' }
  | { readonly _tag: 'Variable'; readonly key: string; readonly fallback: string | undefined }

/**
 * A text with its variables found.
 *
 * @category model
 * @since 0.1.0
 */
export type Template = readonly Piece[]

/**
 * What a context key's value is for a variable: undefined when the key is missing, or has several values (VA-9).
 *
 * `key` is looked up whatever its letter case (VA-3).
 *
 * @category model
 * @since 0.1.0
 */
export type Lookup = (key: string) => Resolution

/**
 * The single value of a key, or why there is none. A default stands in for a missing key only (VA-5).
 *
 * @category model
 * @since 0.1.0
 */
export type Resolution =
  | { readonly _tag: 'Value'; readonly value: string }
  | { readonly _tag: 'Missing' }
  | { readonly _tag: 'Multivalued' }

// ---- constructors ----

/**
 * Takes a text apart, as its document's version has it read.
 *
 * **Errors** `InvalidVariable`: no closing brace, no name, a space in the name, a default that is not
 * `, '...'` (VA-5, VA-10).
 * **Cost** linear.
 *
 * @category constructors
 * @since 0.1.0
 */
export const parse =
  (version: Version | undefined) =>
  (text: string): E.Either<Problem, Template> =>
    version === '2012-10-17' ? pieces(text) : E.right(plain(text))

const plain = (text: string): Template => (text === '' ? [] : [{ _tag: 'Text', text }])

const pieces = (text: string): E.Either<Problem, Template> => {
  const found: Piece[] = [] // local mutation: one pass over the text
  let from = 0
  for (let open = text.indexOf('${'); open !== -1; open = text.indexOf('${', from)) {
    if (open > from) found.push({ _tag: 'Text', text: text.slice(from, open) })
    const close = closing(text, open + 2)
    if (close === -1) return refuse(text, 'a variable is not closed with `}`')
    const piece = parsePiece(text.slice(open + 2, close))
    if (E.isLeft(piece)) return refuse(text, piece.left)
    found.push(piece.right)
    from = close + 1
  }
  if (from < text.length) found.push({ _tag: 'Text', text: text.slice(from) })
  return E.right(found)
}

/** Where the variable that starts at `from` closes: the first `}` outside a quoted default. */
const closing = (text: string, from: number): number => {
  const brace = text.indexOf('}', from)
  const quoteAt = text.slice(from, Math.max(from, brace)).indexOf("'") // no further: the whole stays linear
  if (brace === -1 || quoteAt === -1) return brace
  const unquote = text.indexOf("'", from + quoteAt + 1)
  return unquote === -1 ? brace : text.indexOf('}', unquote)
}

const refuse = (text: string, why: string): E.Either<Problem, never> =>
  E.left(problem('InvalidVariable', `${quote(text)}: ${why}`))

const parsePiece = (inner: string): E.Either<string, Piece> => {
  if (inner === '*' || inner === '?' || inner === '$') return E.right({ _tag: 'Character', char: inner })
  const comma = inner.indexOf(',')
  const key = comma === -1 ? inner : inner.slice(0, comma)
  if (key === '') return E.left('a variable has no name')
  if (/[{'\s]/.test(key)) return E.left(`${quote(key)} is not the name of a context key`)
  return comma === -1
    ? E.right({ _tag: 'Variable', key, fallback: undefined })
    : withFallback(key, inner.slice(comma))
}

const withFallback = (key: string, rest: string): E.Either<string, Piece> => {
  const text = rest.slice(3, -1)
  return rest.startsWith(", '") && rest.endsWith("'") && rest.length >= 4 && !text.includes("'")
    ? E.right({ _tag: 'Variable', key, fallback: text })
    : E.left("a default is written after a comma and one space, in single quotes: `${key, 'text'}`")
}

// ---- evaluation ----

/**
 * The glob that a text with variables stands for: its plain pieces read by `read`, everything else literal (VA-8,
 * VA-11). Undefined when a variable has neither value nor default. A malformed variable is literal text.
 *
 * **Cost** linear in the text and the values.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const glob =
  (version: Version | undefined, lookup: Lookup, read: (text: string) => Glob.Glob) =>
  (text: string): Glob.Glob | undefined => {
    const template = parse(version)(text)
    if (E.isLeft(template)) return read(text)
    const globs = template.right.map(pieceGlob(lookup, read))
    return globs.every((glob) => glob !== undefined) ? Glob.concat(globs) : undefined
  }

const pieceGlob =
  (lookup: Lookup, read: (text: string) => Glob.Glob) =>
  (piece: Piece): Glob.Glob | undefined => {
    switch (piece._tag) {
      case 'Text':
        return read(piece.text)
      case 'Character':
        return Glob.literal(piece.char)
      case 'Variable': {
        const value = resolve(lookup)(piece)
        return value === undefined ? undefined : Glob.literal(value)
      }
    }
  }

/**
 * The text that a variable stands for in a request, or undefined (VA-4, VA-5, VA-9).
 *
 * @category evaluation
 * @since 0.1.0
 */
export const resolve =
  (lookup: Lookup) =>
  ({
    key,
    fallback,
  }: {
    readonly key: string
    readonly fallback: string | undefined
  }): string | undefined => {
    const found = lookup(key)
    if (found._tag === 'Value') return found.value
    return found._tag === 'Missing' ? fallback : undefined
  }

// ---- rendering ----

/**
 * The text of a template, as documents write it.
 *
 * @category rendering
 * @since 0.1.0
 */
export const show = (template: Template): string => template.map(showPiece).join('')

const showPiece = (piece: Piece): string => {
  switch (piece._tag) {
    case 'Text':
      return piece.text
    case 'Character':
      return `\${${piece.char}}`
    case 'Variable':
      return piece.fallback === undefined ? `\${${piece.key}}` : `\${${piece.key}, '${piece.fallback}'}`
  }
}

// ---- predicates ----

/**
 * Does the template depend on the request?
 *
 * @category predicates
 * @since 0.1.0
 */
export const hasVariables = (template: Template): boolean =>
  template.some((piece) => piece._tag === 'Variable')
