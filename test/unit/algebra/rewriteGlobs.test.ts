/** Quick tests on pairs of globs: what is said is so, and of simple pairs enough is said. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intersectGlobs, sampleWord, surelyIncludes } from '../../../src/algebra/rewriteGlobs.js'
import { Budget, Glob } from '../../../src/pattern/index.js'
import * as Arb from '../../arbitrary/glob.js'

const words = Arb.words(3)
const intersection = (a: Glob.Glob, b: Glob.Glob): readonly Glob.Glob[] | undefined =>
  intersectGlobs(a, b, Budget.start(Budget.standard.limit))

const tokens = { one: Glob.one, oneWithin: Glob.oneWithin, run: Glob.run, runWithin: Glob.runWithin } as const
type Name = keyof typeof tokens
const names = Object.keys(tokens) as readonly Name[]

describe('one glob surely includes another', () => {
  it('only if every word of the one is a word of the other', () => {
    const seen = { yes: 0 } // local mutation: counted
    fc.assert(
      fc.property(Arb.glob(3), Arb.glob(3), (outer, inner) => {
        if (!surelyIncludes(outer, inner)) return true
        seen.yes++
        return words.every((word) => !Glob.matches(inner)(word) || Glob.matches(outer)(word))
      }),
      { numRuns: 1_500 },
    )
    expect(seen.yes).toBeGreaterThan(60)
  })

  it('if it is the same', () => {
    fc.assert(fc.property(Arb.glob(4), (glob) => surelyIncludes(glob, glob)))
  })

  const wider: Readonly<Record<Name, readonly Name[]>> = {
    one: ['one', 'run'],
    oneWithin: ['one', 'oneWithin', 'run', 'runWithin'],
    run: ['run'],
    runWithin: ['run', 'runWithin'],
  }
  it.each(names)('of single wildcards, %s in just those that are wider', (inner) => {
    expect(names.filter((outer) => surelyIncludes([tokens[outer]], [tokens[inner]]))).toEqual(wider[inner])
  })

  it.each([
    ['a letter', 'a', names],
    ['a separator', ':', ['one', 'run']],
  ] as const)('%s in just the wildcards that read it', (_name, letter, readers) => {
    expect(names.filter((outer) => surelyIncludes([tokens[outer]], Glob.literal(letter)))).toEqual(readers)
  })
})

describe('the intersection of two globs', () => {
  it('has just the words that both have', () => {
    const seen = { some: 0, none: 0 } // local mutation: counted
    fc.assert(
      fc.property(Arb.glob(3), Arb.glob(3), (a, b) => {
        const both = intersection(a, b)?.map(Glob.matches)
        seen[both?.length === 0 ? 'none' : 'some']++
        return words.every(
          (word) => both?.some((has) => has(word)) === (Glob.matches(a)(word) && Glob.matches(b)(word)),
        )
      }),
      { numRuns: 1_000 },
    )
    expect(Math.min(seen.some, seen.none)).toBeGreaterThan(100)
  })

  it('is given up for want of steps', () => {
    expect(intersectGlobs(Glob.parse('a*b'), Glob.parse('*'), Budget.start(3))).toBeUndefined()
  })
})

it('the sample of a glob is a word of it', () => {
  fc.assert(fc.property(Arb.glob(5), (glob) => Glob.matches(glob)(sampleWord(glob))))
})
