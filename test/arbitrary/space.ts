/** Families of string sets, complements included, with their naive twins. */
import * as fc from 'fast-check'
import * as Glob from '../../src/pattern/Glob.js'
import { stringSet } from '../../src/pattern/StringSet.js'
import type { StringSet } from '../../src/pattern/StringSet.js'
import { naiveMatches } from '../laws/naiveGlob.js'
import { glob, word } from './glob.js'

export interface SetTwin {
  readonly set: StringSet
  readonly has: (word: string) => boolean
}

const member = fc.oneof(
  { weight: 2, arbitrary: glob(4) },
  { weight: 1, arbitrary: word(3).map(Glob.literal) },
)

export const setTwin: fc.Arbitrary<SetTwin> = fc
  .tuple(fc.array(member, { maxLength: 4 }), fc.integer({ min: 0, max: 3 }))
  .map(([globs, sign]) => {
    const complement = sign === 0
    const tests = globs.map(naiveMatches)
    return {
      set: stringSet(globs, complement),
      has: (text) => tests.some((test) => test(text)) !== complement,
    }
  })
