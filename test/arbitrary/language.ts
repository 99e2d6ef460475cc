/** Languages with their naive twins: the same expression, once for the engine and once as a plain test of words. */
import * as fc from 'fast-check'
import type { Glob } from '../../src/pattern/Glob.js'
import * as Language from '../../src/pattern/Language.js'
import { naiveMatches } from '../laws/naiveGlob.js'
import { glob } from './glob.js'

export interface Twin {
  readonly language: Language.Language
  readonly has: (word: string) => boolean
}

const leafOf = (globs: fc.Arbitrary<Glob>): fc.Arbitrary<Twin> =>
  fc.array(globs, { maxLength: 3 }).map((list) => {
    const tests = list.map(naiveMatches)
    return { language: Language.fromGlobs(list), has: (word) => tests.some((test) => test(word)) }
  })

/** Expressions over globs from the given arbitrary. */
export const twinOf = (globs: fc.Arbitrary<Glob>): fc.Arbitrary<Twin> =>
  fc.letrec<{ twin: Twin }>((tie) => ({
    twin: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: leafOf(globs) },
      {
        weight: 1,
        arbitrary: tie('twin').map(({ language, has }) => ({
          language: Language.complement(language),
          has: (word: string) => !has(word),
        })),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(tie('twin'), tie('twin')).map(([left, right]) => ({
          language: Language.union(left.language, right.language),
          has: (word: string) => left.has(word) || right.has(word),
        })),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(tie('twin'), tie('twin')).map(([left, right]) => ({
          language: Language.intersection(left.language, right.language),
          has: (word: string) => left.has(word) && right.has(word),
        })),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(tie('twin'), tie('twin')).map(([left, right]) => ({
          language: Language.difference(left.language, right.language),
          has: (word: string) => left.has(word) && !right.has(word),
        })),
      },
    ),
  })).twin

export const twin: fc.Arbitrary<Twin> = twinOf(glob(4))
