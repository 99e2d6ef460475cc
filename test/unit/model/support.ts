/** What a parser says of a text: the value that `right` picks, or `Code: message (suggestion)`. */
import * as E from 'fp-ts/lib/Either.js'
import { Problem } from '../../../src/model/index.js'

export const answer = <A, B>(result: E.Either<Problem.Problem, A>, right: (value: A) => B): B | string =>
  E.isRight(result) ? right(result.right) : `${result.left.code}: ${Problem.show(result.left)}`

export const refusal = <A>(result: E.Either<Problem.Problem, A>): string => answer(result, () => 'accepted')
