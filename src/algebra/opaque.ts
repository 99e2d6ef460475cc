/**
 * The letters that stand for values of variables, and what has to be known of the sets that speak of them for a proof by
 * such letters to hold.
 *
 * Source: VA-1, VA-11.
 *
 * @since 0.1.0
 */
import type { Document } from '../model/index.js'
import { type Glob, type StringSet } from '../pattern/index.js'
import type { Test } from './keyPoints.js'
import { ofValue } from './remember.js'

// ---- model ----

/**
 * - `opaque`: it speaks of the letter that stands for a variable's value.
 * - `positive`: it is a union of globs, not a complement.
 * - `faithful`: that letter stands for the value as it is, not for all its spellings in any case.
 * - `blind`: it may read that letter only as a whole, since no wildcard of it counts letters or stops at a separator.
 *
 * @category model
 * @since 0.1.0
 */
export interface Trait {
  readonly opaque: boolean
  readonly positive: boolean
  readonly faithful: boolean
  readonly blind: boolean
}

// ---- letters ----

/**
 * The letter that stands for the value of a variable: a private one, which no policy has reason to use.
 *
 * @category constructors
 * @since 0.1.0
 */
export const opaqueLetter = (variable: number): string => String.fromCodePoint(OPAQUE + variable)

const OPAQUE = 0xf0000

/**
 * Does a text have such a letter?
 *
 * @category predicates
 * @since 0.1.0
 */
export const hasOpaqueLetter = (text: string): boolean => opaqueLetters.test(text)

/**
 * Do the documents themselves use such letters where a variable may stand?
 *
 * @category predicates
 * @since 0.1.0
 */
export const usesOpaqueLetters = (documents: readonly Document.Document[]): boolean =>
  documents.some(({ statements }) =>
    statements.some(
      ({ resource, conditions }) =>
        (resource._tag !== 'Attached' && resource.patterns.some(isOpaque)) ||
        conditions.some(({ values }) => values.some(isOpaque)),
    ),
  )

const opaqueLetters = /[\u{f0000}-\u{10ffff}]/u

const isOpaque = (text: string): boolean => opaqueLetters.test(text)

const globTrait = (
  glob: Glob.Glob,
  stopsAnywhere: boolean,
): { readonly opaque: boolean; readonly blind: boolean } => {
  const firstRun = glob.findIndex(({ _tag }) => _tag === 'Run')
  return {
    opaque: glob.some((token) => token._tag === 'Text' && isOpaque(token.text)),
    blind: glob.every(
      ({ _tag }, i) =>
        _tag === 'Text' ||
        _tag === 'Run' ||
        (_tag === 'RunWithin' && !stopsAnywhere && (firstRun === -1 || i < firstRun)),
    ),
  }
}

/** In resources a bounded run before the first free one ends before any variable may stand (VA-1). */
const traitOfStrings = (
  { globs, literals, complement }: StringSet.StringSet,
  stopsAnywhere: boolean,
): Trait => {
  const traits = globs.map((glob) => globTrait(glob, stopsAnywhere))
  return {
    opaque: literals.some(isOpaque) || traits.some(({ opaque }) => opaque),
    positive: !complement,
    faithful: true,
    blind: traits.every(({ blind }) => blind),
  }
}

/**
 * Without the globs that count the letters of a variable's value; undefined where there are none, or nothing else.
 *
 * @category destructors
 * @since 0.1.0
 */
export const partlyBlind: (set: StringSet.StringSet) => StringSet.StringSet | undefined = ofValue((set) => {
  const { opaque, positive, blind } = resourceTrait(set)
  if (!opaque || !positive || blind) return undefined
  const globs = set.globs.filter((glob) => globTrait(glob, false).blind)
  return globs.length === 0 && set.literals.length === 0 ? undefined : { ...set, globs }
})

/**
 * What is known of a set of resources.
 *
 * @category destructors
 * @since 0.1.0
 */
export const resourceTrait: (set: StringSet.StringSet) => Trait = ofValue((set) => traitOfStrings(set, false))

/**
 * What is known of a set of other texts.
 *
 * @category destructors
 * @since 0.1.0
 */
export const textTrait: (set: StringSet.StringSet) => Trait = ofValue((set) => traitOfStrings(set, true))

/**
 * What is known of a test of a key.
 *
 * @category destructors
 * @since 0.1.0
 */
export const traitOfTest = (test: Test | undefined): Trait =>
  test === undefined ? plainTrait : testTrait(test)

const plainTrait: Trait = { opaque: false, positive: false, faithful: true, blind: true }

const testTrait = ofValue((test: Test): Trait => {
  const globs = test.operands.flatMap((operand) => (operand._tag === 'Strings' ? [operand.glob] : []))
  const traits = globs.map((glob) => globTrait(glob, true))
  const isPlain = !test.truth.negated && test.truth.present !== 'All' && !test.truth.missing
  return {
    opaque: test.unfaithful === true || traits.some(({ opaque }) => opaque),
    positive: isPlain,
    faithful: test.unfaithful !== true,
    blind:
      traits.every(({ blind }) => blind) &&
      test.operands.every(({ _tag }) => _tag === 'Strings' || _tag === 'Nothing'),
  }
})

/**
 * Does a test speak of the letter of a variable?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isOpaqueTest = ({ operands, unfaithful }: Test): boolean =>
  unfaithful === true ||
  operands.some((operand) => operand._tag === 'Strings' && globTrait(operand.glob, true).opaque)
