/** Prints who may do what in a fleet, decided by two threads: `npx tsx docs/examples/fleet.ts`. */
import { Ecr } from 'ecr-policy'
import * as E from 'fp-ts/lib/Either.js'
import { decided, fleet, lines } from './fleetOfTeams.js'

const matrix = await decided(Ecr.accessMatrixOrThrow(fleet), 2)

console.log(E.isRight(matrix) ? lines(matrix.right).join('\n') : `not decided: ${matrix.left._tag}`)
