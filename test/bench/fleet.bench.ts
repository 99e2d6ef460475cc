/** Fleets of 20, 200 and 2,000 roles: as a matrix, and asked one by one (a sample, since the whole takes minutes). */
import { bench, describe } from 'vitest'
import { accessMatrixOrThrow, Matrix, type MatrixInput } from '../../src/ecr/index.js'
import { alike, distinct, oneByOne, tagged } from './fleetWorkloads.js'

const once = { iterations: 1, time: 0, warmupIterations: 1, warmupTime: 0 }

const allowedIn = (input: MatrixInput): number => {
  let allowed = 0
  for (const cell of Matrix.cells(accessMatrixOrThrow(input))) if (cell.allowed) allowed++
  return allowed
}

const sizes = [
  { roles: 20, repositories: 200 },
  { roles: 200, repositories: 200 },
  { roles: 2_000, repositories: 200 },
]

describe.each([
  ['roles by team, with equal policies', alike],
  ['one policy with variables, and tags', tagged],
  ['a policy of its own for each role', distinct],
] as const)('%s', (_, make) => {
  for (const { roles, repositories } of sizes) {
    const input = make(roles, repositories)
    bench(`${roles} roles x ${repositories} repositories, pull and push`, () => void allowedIn(input), once)
  }
  const input = make(200, 200)
  bench('one in 200 cells of 200 x 200, one by one', () => void oneByOne(input, 200), once)
})
