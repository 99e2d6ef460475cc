/**
 * The letters that need be tried from one place of a search: those that some edge names, and one for all others.
 *
 * No letter of Unicode is forgotten, since two letters that no edge tells apart lead to the same place.
 *
 * @since 0.1.0
 */
import { caseVariants, fold, isSurrogate, separatorCode } from './CodePoint.js'

// ---- model ----

/**
 * Collects the letters that edges name; `letters` ends the collection.
 *
 * @category model
 * @since 0.1.0
 */
export interface Alphabet {
  /** An edge reads this very letter. */
  readonly exact: (code: number) => void
  /** An edge reads all letters that fold to this one. */
  readonly folded: (code: number) => void
  /** An edge tells the separator from the other letters. */
  readonly separator: () => void
  /** One letter of each class, readable ones first; with `others`, one that no edge names too. */
  readonly letters: (others: boolean) => ReadonlyArray<number>
}

// ---- constructors ----

const readable = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:@+=,'
const readableCodes: ReadonlyArray<number> = Array.from(readable, (letter) => letter.charCodeAt(0))
const readableRank: ReadonlyMap<number, number> = new Map(readableCodes.map((code, rank) => [code, rank]))

/**
 * The place of a letter in the order in which sample words prefer letters: readable ASCII, other print, controls, surrogates.
 *
 * @category destructors
 * @since 0.1.0
 */
export const rank = (code: number): number => {
  const known = readableRank.get(code)
  if (known !== undefined) return known
  if (isSurrogate(code)) return 0x400000 + code
  return isControl(code) ? 0x200000 + code : 0x100 + code
}

const isControl = (code: number): boolean => code < 0x20 || (code >= 0x7f && code < 0xa0)

const unnamed = (isNamed: (code: number) => boolean): number => {
  const short = readableCodes.find((code) => !isNamed(code))
  if (short !== undefined) return short
  let code = 0x21 // local mutation: the next candidate
  while (isNamed(code) || isControl(code) || isSurrogate(code)) code++
  return code
}

/**
 * An empty collection.
 *
 * @category constructors
 * @since 0.1.0
 */
export const alphabet = (): Alphabet => {
  const exact = new Set<number>() // local mutation: the letters collected
  const folded = new Set<number>()
  const letters = (others: boolean): ReadonlyArray<number> => {
    const all = new Set(exact)
    for (const code of folded) {
      const variants = caseVariants(code)
      if (variants.some((variant) => exact.has(variant))) variants.forEach((variant) => all.add(variant))
      else all.add(code)
    }
    if (others) all.add(unnamed((code) => exact.has(code) || folded.has(fold(code))))
    return [...all].sort((x, y) => rank(x) - rank(y))
  }
  return {
    exact: (code) => void exact.add(code),
    folded: (code) => void folded.add(code),
    separator: () => void exact.add(separatorCode),
    letters,
  }
}
