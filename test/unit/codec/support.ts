/** What the tests of the codec share: policies that are fine, to be changed in one place. */
import * as E from 'fp-ts/lib/Either.js'
import type { PolicyErrors } from '../../../src/codec/index.js'

export const statement = { Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: '*' }

export const granting = { Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }

/** A policy of one identity statement, changed. */
export const identity = (changes: Readonly<Record<string, unknown>>): unknown =>
  policy({ ...statement, ...changes })

/** A policy of one statement with a principal, changed. */
export const resource = (changes: Readonly<Record<string, unknown>>): unknown =>
  policy({ ...granting, ...changes })

export const policy = (...statements: readonly unknown[]): unknown => ({
  Version: '2012-10-17',
  Statement: statements,
})

/** An object without some members. */
export const without = (record: object, ...names: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))

/** Pointer and code of each error; empty when there is none. */
export const outline = (result: E.Either<PolicyErrors, unknown>): readonly (readonly [string, string])[] =>
  E.isRight(result) ? [] : result.left.map(({ pointer, code }) => [pointer, code] as const)

/** The error itself where there must be exactly one. */
export const only = (result: E.Either<PolicyErrors, unknown>): PolicyErrors[0] => {
  if (E.isRight(result) || result.left.length !== 1) throw new Error(JSON.stringify(result))
  return result.left[0]
}

/** The value where there must be one. */
export const right = <A>(result: E.Either<PolicyErrors, A>): A => {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}
