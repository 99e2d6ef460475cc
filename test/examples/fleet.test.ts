import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { decided, fleet, lines } from '../../docs/examples/fleetOfTeams.js'
import { accessMatrixOrThrow, Matrix } from '../../src/ecr/index.js'

describe('the example of a fleet', () => {
  const matrix = accessMatrixOrThrow(fleet)

  it('says the same decided by three threads as decided in one place', async () => {
    const merged = await decided(matrix, 3)
    expect(E.isRight(merged) && Array.from(Matrix.cells(merged.right))).toEqual(
      Array.from(Matrix.cells(matrix)),
    )
  })

  it('has a class for each team and account', () => {
    expect(Matrix.classCounts(matrix)).toEqual({ principals: 6, repositories: 6, decisions: 48 })
    expect(lines(matrix).slice(0, 3)).toEqual([
      'arn:aws:iam::111122223333:role/search-1 and 4 more',
      '  arn:aws:ecr:eu-west-1:111122223333:repository/search/service-1 and 4 more: pull, push',
      '  arn:aws:ecr:eu-west-1:111122223333:repository/payments/service-1 and 4 more: pull',
    ])
  })
})
