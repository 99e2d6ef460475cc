/**
 * What a policy is for, by what lint is told and by the names of its statements: an operation that is only part of a pull or
 * push (EX-5, EX-8, EX-12) is no half one.
 *
 * @since 0.1.0
 */
import type { Statement } from '../../model/index.js'
import { operations } from '../data/operations.js'
import type { LintOptions } from './lintRule.js'
import type { Need, Operation, OperationId } from '../Operation.js'

// ---- destructors ----

/**
 * The actions that an operation needs on its one repository.
 *
 * @category destructors
 * @since 0.1.0
 */
export const onRepository = ({ required }: Pick<Operation, 'required'>): readonly string[] =>
  required.flatMap(({ action, on }) => (on === 'repository' ? [action] : []))

/**
 * The words of a Sid, in lower case: of `AllowPushPull`, `allow-pull`, `ECRPull`.
 *
 * @category destructors
 * @since 0.1.0
 */
export const wordsOf = (sid: string): readonly string[] =>
  (sid.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g) ?? []).map((word) => word.toLowerCase())

// ---- purposes ----

/** How operations are called in Sids beside their ids; those that `grant` writes are among them. */
const otherNames: readonly (readonly [name: string, OperationId])[] = [
  ['fetch-manifest', 'pull-warm'],
  ['upload-image', 'push-legacy'],
  ['mount-layers', 'push-mount'],
]

const all: readonly Operation[] = Object.values(operations)

const names: readonly (readonly [words: readonly string[], Operation])[] = [
  ...all.map((operation) => [operation.id.split('-'), operation] as const),
  ...otherNames.map(([name, id]) => [name.split('-'), operations[id]] as const),
]

const holds = (words: readonly string[], name: readonly string[]): boolean =>
  words.some((_, i) => name.every((word, j) => words[i + j] === word))

/** The operations that a statement is for. */
const purposesOf = (
  { operations: told = [] }: LintOptions,
  { sid }: Statement.Statement,
): readonly Operation[] => {
  const words = sid === undefined ? [] : wordsOf(sid)
  return [
    ...told.map((id) => operations[id]),
    ...names.flatMap(([name, operation]) => (holds(words, name) ? [operation] : [])),
  ]
}

// ---- predicates ----

/**
 * Is a statement for an operation that needs one action and, on the same repository, not the other?
 *
 * @category predicates
 * @since 0.1.0
 */
export const doesWithout =
  (options: LintOptions, action: string, other: string) =>
  (statement: Statement.Statement): boolean =>
    purposesOf(options, statement).some(({ required }) => {
      const needs = (name: string, place: Need['on']): boolean =>
        required.some((need) => need.action === name && need.on === place)
      return required.some(({ on }) => needs(action, on) && !needs(other, on))
    })

/**
 * Is an action needed for what a statement is for?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isPurpose = (
  options: LintOptions,
  statement: Statement.Statement,
): ((action: string) => boolean) => {
  const needs = purposesOf(options, statement).flatMap(({ required }) => required)
  return (action) => needs.some((need) => need.action === action)
}
