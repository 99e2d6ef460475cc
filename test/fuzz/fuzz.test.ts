/**
 * No public function throws (but the twins that say so), hangs or changes what all programs share, whatever it is given.
 * Two thousand inputs for readers here, and one for each question; `npm run fuzz` runs a million, in workers with a limit of time and of memory.
 */
import { describe, expect, it } from 'vitest'
import { pools } from './Draw.js'
import { judge } from './judge.js'
import { publicFunctions } from './surface.js'
import { questions, readers } from './targets/index.js'

const SEED = 20_261_122

const defects = (targets: typeof readers, count: number): readonly unknown[] => {
  const one = judge(targets, pools(SEED), SEED)
  return Array.from({ length: count }, (_, input) => one(input)).filter((found) => found !== undefined)
}

describe('fuzzing', () => {
  it('calls every public function', () => {
    const called = [...Object.keys(readers), ...Object.keys(questions)]
    expect([...called].sort()).toStrictEqual([...publicFunctions].sort())
  })

  it('readers of texts and unknown values are total', () => {
    expect(defects(readers, 2_000)).toStrictEqual([])
  })

  it('questions about values of the model are total', () => {
    expect(defects(questions, Object.keys(questions).length)).toStrictEqual([])
  })

  it('a defect is seen', () => {
    const faulty = {
      throws: () => {
        throw new TypeError('boo')
      },
      'refuses.OrThrow': () => {
        throw new Error('so')
      },
      silent: () => ({ _tag: 'Left', left: [] }),
    }
    expect(defects(faulty, 3)).toMatchObject([{ target: 'throws' }, { target: 'silent' }])
  })
})
