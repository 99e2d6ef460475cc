/**
 * `Simulator.compileMeaning(document, hasBoundary)(request)` equals `Simulator.meaning(document, hasBoundary)(request)`
 *
 * For each document of drawn scenarios, with its own request and with those of others; from a fixed seed.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Document, Request } from '../../src/model/index.js'
import { Simulator, Strength } from '../../src/simulator/index.js'
import { arbitrary } from '../../src/testing/index.js'

const told = new Map<string, number>()

const noted = (meaning: Simulator.Meaning): Simulator.Meaning => {
  const kind = meaning._tag === 'Grant' ? meaning.strength : meaning._tag
  told.set(kind, (told.get(kind) ?? 0) + 1)
  return meaning
}

const meanings = (document: Document.Document, request: Request.Request) =>
  [false, true].map((hasBoundary) => noted(Simulator.meaning(document, hasBoundary)(request)))

const compiled = (document: Document.Document, request: Request.Request) =>
  [false, true].map((hasBoundary) => Simulator.compileMeaning(document, hasBoundary)(request))

describe('the compiled meaning of a document', () => {
  it('is its meaning, whatever is asked', () => {
    fc.assert(
      fc.property(arbitrary.scenario(), arbitrary.scenario(), ({ environment, request }, other) => {
        const { layers } = Simulator.flow(environment, request)
        for (const document of layers.flatMap(({ documents }) => documents)) {
          for (const asked of [request, other.request])
            expect(compiled(document, asked)).toStrictEqual(meanings(document, asked))
        }
      }),
      { seed: 20_261_122, numRuns: 400 },
    )
  })

  it('was asked where it denies, is silent, and grants at every strength', () => {
    for (const kind of ['Deny', 'Silent', ...Strength.strengths])
      expect(told.get(kind) ?? 0).toBeGreaterThan(5)
  })
})
