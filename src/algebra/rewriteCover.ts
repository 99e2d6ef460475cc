/**
 * Patterns read once: their language, a word of it, and whether one surely includes another.
 *
 * @since 0.1.0
 */
import { Condition, Resource } from '../model/index.js'
import type { Variable, Version } from '../model/index.js'
import { Glob } from '../pattern/index.js'
import { sampleWord, surelyIncludes } from './rewriteGlobs.js'

// ---- globs of a document ----

/**
 * Every variable stands for one letter: the same text is the same set.
 *
 * @category model
 * @since 0.1.0
 */
export const opaque: Variable.Lookup = (key) => ({
  _tag: 'Value',
  value: `\u{f0000}${Condition.foldKey(key)}\u{f0000}`,
})

/**
 * Reads the texts of one document, each once.
 *
 * @category model
 * @since 0.1.0
 */
export interface Reader {
  readonly action: (pattern: string) => Entry
  readonly resource: (pattern: string) => Entry
}

/**
 * A pattern, its language, and a word of it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Entry {
  readonly glob: Glob.Glob
  readonly sample: string
  readonly matches: (word: string) => boolean
  readonly hasVariable: boolean
  readonly isLiteral: boolean
}

const entry = (glob: Glob.Glob): Entry => {
  const sample = sampleWord(glob)
  return {
    glob,
    sample,
    matches: Glob.compile(glob),
    isLiteral: Glob.literalText(glob) !== undefined,
    hasVariable: sample.includes('\u{f0000}'),
  }
}

/**
 * A reader for documents of a version.
 *
 * @category constructors
 * @since 0.1.0
 */
export const reader = (version: Version.Version | undefined): Reader => ({
  action: (pattern) => wordEntry(pattern.toLowerCase()) ?? entry(Glob.parse(pattern.toLowerCase())),
  resource: (pattern) =>
    (hasSixSegments(pattern) ? wordEntry(pattern) : undefined) ??
    entry(Resource.glob(version, opaque)(pattern) ?? Glob.empty),
})

/** A text without wildcards and variables is one word. */
const wordEntry = (text: string): Entry | undefined =>
  text.includes('*') || text.includes('?') || text.includes('$')
    ? undefined
    : {
        glob: Glob.literal(text),
        sample: text,
        matches: (word) => word === text,
        isLiteral: true,
        hasVariable: false,
      }

/** U-10: what has fewer is padded with wildcards. */
const hasSixSegments = (pattern: string): boolean => {
  let at = -1 // local mutation: the separators found so far
  for (let i = 0; i < 5; i++) {
    at = pattern.indexOf(Glob.separator, at + 1)
    if (at === -1) return false
  }
  return true
}

// ---- surely covered ----

/**
 * Does one pattern surely include another? A word of the inner one that the outer one has not settles most pairs; for a
 * literal it settles them all.
 *
 * @category predicates
 * @since 0.1.0
 */
export const includes = (outer: Entry, inner: Entry): boolean =>
  !outer.hasVariable &&
  !inner.hasVariable &&
  outer.matches(inner.sample) &&
  (inner.isLiteral || surelyIncludes(outer.glob, inner.glob))
