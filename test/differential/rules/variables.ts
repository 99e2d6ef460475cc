/** The variables of a text, as far as counting them needs. */
import type { Lookup } from '../../oracle/patterns.js'

const VARIABLE = /\$\{([^{}*?$,]+)(, '[^']*')?\}/g

interface Variable {
  readonly key: string
  readonly hasDefault: boolean
}

export const variablesIn = (text: string): readonly Variable[] =>
  Array.from(text.matchAll(VARIABLE), ([, key = '', fallback]) => ({
    key,
    hasDefault: fallback !== undefined,
  }))

export const hasVariable = (text: string): boolean => variablesIn(text).length > 0

export const hasEscape = (text: string): boolean => /\$\{[*?$]\}/.test(text)

/** The number of values that the request has for a variable's key. */
const countOf = (lookup: Lookup, { key }: Variable): number => lookup(key)?.length ?? 0

export const isUnresolved =
  (lookup: Lookup) =>
  (text: string): boolean =>
    variablesIn(text).some((each) => countOf(lookup, each) === 0 && !each.hasDefault)

export const usesDefault =
  (lookup: Lookup) =>
  (text: string): boolean =>
    variablesIn(text).some((each) => countOf(lookup, each) === 0 && each.hasDefault)

export const hasList =
  (lookup: Lookup) =>
  (text: string): boolean =>
    variablesIn(text).some((each) => countOf(lookup, each) > 1)

/** Does a variable bring in a character that would be a wildcard if the policy had it? */
export const bringsWildcard =
  (lookup: Lookup) =>
  (text: string): boolean =>
    variablesIn(text).some(({ key }) => /[*?]/.test(lookup(key)?.join('') ?? ''))

/** Is a variable's key spelt otherwise than the request spells it? */
export const isRespelt =
  (names: readonly string[]) =>
  (text: string): boolean =>
    variablesIn(text).some(({ key }) =>
      names.some((name) => name !== key && name.toLowerCase() === key.toLowerCase()),
    )
