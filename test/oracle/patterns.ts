/**
 * Oracle, part 1: texts with wildcards and variables. Slow on purpose; shares nothing with `src/`.
 * A pattern is a list of tokens, so that a character that came out of a variable can never be a wildcard (VA-11).
 */
import { keptForText, keptForTexts } from './kept.js'

/** One literal character, or a wildcard: one or many characters, with or without the colon among them. */
export type Token = { readonly char: string } | { readonly many: boolean; readonly colon: boolean }

/** The values of a context key; `undefined` or an empty list when it is not present. */
export type Lookup = (key: string) => readonly string[] | undefined

/** Without letter case, letter by letter: `Σ` is `σ` at the end of a word too. */
const lowerLetter = (letter: string): string => {
  const small = letter.toLowerCase()
  return [...small].length === 1 ? small : letter
}
export const lower = keptForText((text) => [...text].map(lowerLetter).join(''))

const VARIABLES_VERSION = '2012-10-17'

const literals = (text: string): Token[] => [...text].map((char) => ({ char }))

const wildcards = (text: string): Token[] =>
  [...text].map((char) => (char === '*' || char === '?' ? { many: char === '*', colon: true } : { char })) // SM-A2

/** Do the tokens spell the whole text? Naive recursion with a memo; a character is a code point. */
export const tokensMatch = (tokens: readonly Token[], text: string): boolean => {
  const chars = [...text]
  const memo = new Map<number, boolean>()
  const from = (t: number, c: number): boolean => {
    const key = t * (chars.length + 1) + c
    const known = memo.get(key)
    if (known !== undefined) return known
    const answer = step(t, c)
    memo.set(key, answer)
    return answer
  }
  const step = (t: number, c: number): boolean => {
    const token = tokens[t]
    if (token === undefined) return c === chars.length
    if ('char' in token) return chars[c] === token.char && from(t + 1, c + 1)
    const takes = (at: number): boolean => at < chars.length && (token.colon || chars[at] !== ':')
    if (!token.many) return takes(c) && from(t + 1, c + 1)
    for (let end = c; ; end += 1) {
      if (from(t + 1, end)) return true
      if (!takes(end)) return false
    }
  }
  return from(0, 0)
}

/** SM-A2, CO-S3: `*` any run, `?` one character, anchored, case-sensitive. */
export const globMatches = (pattern: string, text: string): boolean => tokensMatch(wildcards(pattern), text)

/** SM-A1, SM-A4/U-8: an action is one glob over `prefix:name`, letter case aside. */
export const actionMatches = keptForTexts((pattern, action) =>
  globMatches(pattern.toLowerCase(), action.toLowerCase()),
)

const VARIABLE = /\$\{(?:([*?$])|([^{}\s,']+)(?:, '([^']*)')?)\}/y

/** The tokens of a text with variables; `undefined` when one of them has no value. Malformed ones throw (VA-10). */
export const expand = (
  text: string,
  lookup: Lookup,
  version: string | undefined,
  plain: (text: string) => Token[],
): readonly Token[] | undefined => {
  if (version !== VARIABLES_VERSION) return plain(text) // VA-6
  const at = text.indexOf('${')
  if (at < 0) return plain(text)
  VARIABLE.lastIndex = at
  const found = VARIABLE.exec(text)
  if (found === null) throw new Error(`malformed variable in ${text}`) // VA-10
  const [whole, character, key, fallback] = found
  const values = key === undefined ? [character ?? ''] : (lookup(key) ?? []) // VA-8, VA-3
  if (values.length > 1) return undefined // VA-9
  const value = values[0] ?? fallback // VA-5, U-1
  const rest = expand(text.slice(at + whole.length), lookup, version, plain)
  if (value === undefined || rest === undefined) return undefined // VA-4, VA-7, U-7
  return [...plain(text.slice(0, at)), ...literals(value), ...rest] // VA-11
}

/** Text without wildcards (StringEquals): still with variables and `${*}` (VA-8). */
export const expandLiteral = (text: string, lookup: Lookup, version?: string): string | undefined =>
  expand(text, lookup, version, literals)
    ?.map((token) => ('char' in token ? token.char : ''))
    .join('')

/** Text with wildcards (StringLike, ArnLike). */
export const expandGlob = (text: string, lookup: Lookup, version?: string): readonly Token[] | undefined =>
  expand(text, lookup, version, wildcards)

/** Resource patterns: SM-R1..R10, U-9, U-10, VA-1. */
export const resourceMatches = (
  patternText: string,
  resource: string,
  lookup: Lookup = () => undefined,
  version?: string,
): boolean =>
  version === VARIABLES_VERSION && patternText.includes('${')
    ? matchesResource(patternText, resource, lookup, version)
    : matchesPlainly(patternText, resource) // the request's other parts have no say

const matchesResource = (
  patternText: string,
  resource: string,
  lookup: Lookup,
  version: string | undefined,
): boolean => {
  if (patternText === '*') return true // SM-R1
  if (resource === '*') return false // SM-R7
  const segments = patternText.split(':')
  while (segments.length < 6) segments.push('*') // SM-R10, U-10
  const head = segments.slice(0, 5).flatMap((segment) => [
    ...wildcards(segment).map(
      (token, i, all) =>
        'char' in token ? token : { many: token.many, colon: token.many && i === all.length - 1 }, // SM-R5, U-9
    ),
    { char: ':' },
  ])
  const tail = expand(segments.slice(5).join(':'), lookup, version, wildcards) // VA-1, SM-R4
  return tail !== undefined && tokensMatch([...head, ...tail], resource) // VA-4
}

const matchesPlainly = keptForTexts((patternText, resource) =>
  matchesResource(patternText, resource, () => undefined, undefined),
)

/** The six parts of a list of tokens, the sixth with the rest; `undefined` when there are fewer (CO-R2, U-10). */
const sixParts = (tokens: readonly Token[]): readonly (readonly Token[])[] | undefined => {
  const parts: Token[][] = [[]]
  for (const token of tokens) {
    if ('char' in token && token.char === ':' && parts.length < 6) parts.push([])
    else parts[parts.length - 1]?.push(token)
  }
  return parts.length === 6 ? parts : undefined
}

/** CO-R1, CO-R2: six parts against six parts, so `*` never crosses the first five colons. */
export const arnTokensMatch = (tokens: readonly Token[], value: string): boolean => {
  const patterns = sixParts(tokens)
  const parts = sixParts(literals(value))
  if (patterns === undefined || parts === undefined) return false // U-10
  const spelled = parts.map((part) => part.map((token) => ('char' in token ? token.char : '')).join(''))
  return patterns.every((pattern, i) => tokensMatch(pattern, spelled[i] ?? ''))
}

/** ArnLike without variables. */
export const arnLike = (pattern: string, value: string): boolean => arnTokensMatch(wildcards(pattern), value)
