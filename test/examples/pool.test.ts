import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { fleet } from '../../docs/examples/fleetOfTeams.js'
import { decidedByPool } from '../../docs/examples/pool.js'
import { accessMatrixOrThrow, Matrix } from '../../src/ecr/index.js'

describe('the example of a worker pool', () => {
  const matrix = accessMatrixOrThrow(fleet)

  it('says the same decided by a pool of threads as decided in one place', async () => {
    const merged = await decidedByPool(matrix, 2)
    expect(E.isRight(merged) && Array.from(Matrix.cells(merged.right))).toEqual(
      Array.from(Matrix.cells(matrix)),
    )
  }, 120_000)

  it('stops when it is told to', async () => {
    await expect(decidedByPool(matrix, 1, AbortSignal.abort())).rejects.toThrow(/abort/i)
  }, 120_000)
})
