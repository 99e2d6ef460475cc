/** What a formula demands, as combinations of layers that allow, and of layers whose lack denies. */
import { describe, expect, it } from 'vitest'
import { formulaText, obstacles, ways, type Combinations } from '../../../src/algebra/environmentFormula.js'
import type { Simulator } from '../../../src/simulator/index.js'

type Formula = Simulator.Formula
type Leaf = Extract<Formula, { readonly _tag: 'Allows' }>

/** Layers by type, level and strength: `scp1`, `identity0!` for callers named themselves. */
const leaf = (text: string): Leaf =>
  ({
    _tag: 'Allows',
    layer: { type: text.replace(/[0-9!]/g, ''), level: Number(/[0-9]/.exec(text)?.[0]) },
    atLeast: text.endsWith('!') ? 'Direct' : 'Account',
  }) as unknown as Leaf
const all = (...of: readonly (Formula | string)[]): Formula => joined('All', of)
const any = (...of: readonly (Formula | string)[]): Formula => joined('Any', of)
const joined = (_tag: 'All' | 'Any', of: readonly (Formula | string)[]): Formula => ({
  _tag,
  of: of.map((each) => (typeof each === 'string' ? leaf(each) : each)),
})
const root = { _tag: 'RootUser' } as unknown as Formula
const never = { _tag: 'Never' } as unknown as Formula

const shown = (found: Combinations): readonly string[] =>
  found.map((atoms) =>
    atoms
      .map(({ layer, atLeast }) => `${layer.type}${layer.level}${atLeast === 'Direct' ? '!' : ''}`)
      .join(' '),
  )

describe('a formula', () => {
  it.each<[string, Formula, readonly string[], readonly string[]]>([
    ['of one layer', leaf('a0'), ['a0'], ['a0']],
    ['of both', all('a0', 'b0'), ['a0 b0'], ['a0', 'b0']],
    ['of either', any('a0', 'b0'), ['a0', 'b0'], ['a0 b0']],
    ['of two levels of one type', all('a0', 'a1'), ['a0 a1'], ['a0', 'a1']],
    ['of one layer twice', all('a0', 'a0'), ['a0'], ['a0']],
    ['of one layer or itself', any('a0', 'a0'), ['a0'], ['a0']],
    ['of one layer in two strengths', all('a0', 'a0!'), ['a0!'], ['a0!']],
    ['of one layer in either strength', any('a0', 'a0!'), ['a0'], ['a0']],
    ['of one with or without another', any('a0', all('a0', 'b0')), ['a0'], ['a0']],
    [
      'of either of two pairs',
      any(all('a0', 'b0'), all('c0', 'd0')),
      ['a0 b0', 'c0 d0'],
      ['a0 c0', 'a0 d0', 'b0 c0', 'b0 d0'],
    ],
    [
      'of two choices',
      all(any('a0', 'b0'), any('c0', 'd0')),
      ['a0 c0', 'a0 d0', 'b0 c0', 'b0 d0'],
      ['a0 b0', 'c0 d0'],
    ],
    ['that the root user meets by himself', all(root, 'a0'), ['a0'], ['a0']],
    ['that he meets alone', root, [''], []],
    ['that nobody meets', all('a0', never), [], ['']],
    ['that one layer alone may meet', any('a0', never), ['a0'], ['a0']],
  ])('%s: the ways to meet it, and those not to', (_, formula, toMeet, notTo) => {
    expect(shown(ways(formula))).toEqual(toMeet)
    expect(shown(obstacles(formula))).toEqual(notTo)
  })

  it('has a text of its own', () => {
    const formulas = [leaf('a0'), leaf('a1'), leaf('b0'), leaf('a0!'), root, never]
    const nested = [
      all('a0', 'b0'),
      any('a0', 'b0'),
      all('b0', 'a0'),
      all(any('a0', 'b0')),
      all(any('a0'), 'b0'),
    ]
    const texts = [...formulas, ...nested].map(formulaText)
    expect(new Set(texts).size).toBe(texts.length)
  })
})
