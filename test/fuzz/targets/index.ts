/** Every public function, and how it is called with anything. */
import { algebraQuestions } from './algebra.js'
import { builders, documentQuestions, documentReaders } from './documents.js'
import { ecrQuestions, ecrReaders } from './ecr.js'
import { interopReaders, inventoryQuestions } from './interop.js'
import { matcherTargets } from './matchers.js'
import { partQuestions, textReaders } from './parts.js'
import { pictures } from './pictures.js'
import type { Targets } from './Target.js'

export type { Targets } from './Target.js'

/** What reads texts and values of unknown origin. */
export const readers: Targets = {
  ...textReaders,
  ...documentReaders,
  ...builders,
  ...ecrReaders,
  ...interopReaders,
  ...matcherTargets,
}

/** What takes values of the model only. */
export const questions: Targets = {
  ...partQuestions,
  ...documentQuestions,
  ...ecrQuestions,
  ...algebraQuestions,
  ...inventoryQuestions,
  ...pictures,
}
