/** Globs taken apart: nothing is lost, and nothing is added. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { after, cuts, field, fieldsOf, withoutSeparator } from '../../../src/algebra/globCalculus.js'
import { Glob } from '../../../src/pattern/index.js'
import * as Arb from '../../arbitrary/glob.js'

const words = Arb.words(2, ['a', 'A', ':', 'z'])
const hasSome =
  (globs: readonly Glob.Glob[]) =>
  (word: string): boolean =>
    globs.some((glob) => Glob.matches(glob)(word))

describe('a glob', () => {
  it('after some letters has the words that it has behind these letters', () => {
    fc.assert(
      fc.property(Arb.glob(4), Arb.word(2), (glob, start) => {
        const rest = hasSome(after(start)(glob))
        return words.every((word) => rest(word) === Glob.matches(glob)(start + word))
      }),
      { numRuns: 500 },
    )
  })

  it('cut in two in all ways has the words that are one of the first and one of the second', () => {
    fc.assert(
      fc.property(Arb.glob(3), (glob) => {
        const ways = cuts(glob).map(([left, right]) => [Glob.matches(left), Glob.matches(right)] as const)
        return words.every((start) =>
          words.every(
            (end) =>
              ways.some(([left, right]) => left(start) && right(end)) === Glob.matches(glob)(start + end),
          ),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('without separators has its words that have none', () => {
    fc.assert(
      fc.property(Arb.glob(4), (glob) => {
        const bounded = withoutSeparator(glob)
        const own = hasSome(bounded === undefined ? [] : [bounded])
        return words.every((word) => own(word) === (!word.includes(':') && Glob.matches(glob)(word)))
      }),
      { numRuns: 300 },
    )
  })

  it('carried back to the fields of a text has the fields with which the text is one of its words', () => {
    fc.assert(
      fc.property(Arb.glob(4), Arb.word(1), (glob, between) => {
        const ways = fieldsOf([between, field, between, field])(glob).map((globs) => globs.map(Glob.matches))
        return words.every((one) =>
          words.every((other) => {
            const isField = !`${one}${other}`.includes(':')
            const found = ways.some(([first, second]) => first?.(one) === true && second?.(other) === true)
            return found === (isField && Glob.matches(glob)(between + one + between + other))
          }),
        )
      }),
      { numRuns: 150 },
    )
  })

  it('is carried back to no fields where there are none but the right text', () => {
    expect(fieldsOf(['ab'])(Glob.parse('a*'))).toEqual([[]])
    expect(fieldsOf(['ab'])(Glob.parse('b*'))).toEqual([])
  })
})
