/**
 * A matrix in parts: shards are plain data, so any pool of workers or any cluster can run them, and what they come to is
 * put together again.
 *
 * Law: `mergeShards(shards(n)(matrix).map(runShard))(matrix)` answers as `matrix` does
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { answers, withAnswers, type AccessMatrix, type Answered } from './matrixCore.js'
import { decidingIn } from './matrixDecide.js'
import type { Fleet, FleetPrincipal, FleetRepository } from './matrixFleet.js'
import type { Question } from './matrixQuestion.js'

// ---- model ----

/**
 * One of `of` parts of a matrix: a fleet of one caller for each class in it, and what to ask for whom. It can be written
 * as JSON and read back.
 *
 * `principals`, `repositories`: places in the fleet of this shard. `matrix` tells one matrix from another.
 *
 * @category model
 * @since 0.1.0
 */
export interface Shard {
  readonly _tag: 'Shard'
  readonly matrix: string
  readonly index: number
  readonly of: number
  readonly fleet: Fleet
  readonly questions: readonly (Question & {
    readonly principals: readonly number[]
    readonly repositories: readonly number[]
  })[]
}

/**
 * What a shard came to: for each question and each of its callers one digit for each repository. Plain data, too.
 *
 * @category model
 * @since 0.1.0
 */
export interface ShardResult {
  readonly _tag: 'ShardResult'
  readonly matrix: string
  readonly index: number
  readonly of: number
  readonly questions: readonly (readonly string[])[]
}

/**
 * Why results cannot be put together: one is of another matrix, or of another number of shards, or some are not there.
 *
 * @category errors
 * @since 0.1.0
 */
export type ShardProblem =
  | { readonly _tag: 'OtherMatrix'; readonly index: number }
  | { readonly _tag: 'Missing'; readonly indices: readonly number[] }

// ---- constructors ----

/**
 * A matrix in this many parts of about the same work; at least one, and some are empty when there is too little to do.
 *
 * @category constructors
 * @since 0.1.0
 */
export const shards =
  (count: number) =>
  (matrix: AccessMatrix): readonly Shard[] => {
    const of = Math.max(1, Math.floor(count))
    const name = nameOf(matrix)
    return Array.from({ length: of }, (_, index) => {
      const parts = matrix.questions.map(({ question, principals, repositories }) => ({
        ...question,
        principals: ownOf(principals.first, index, of),
        repositories: repositories.first,
      }))
      return packed(matrix.fleet, { _tag: 'Shard', matrix: name, index, of, questions: parts })
    })
  }

/** Every so-manieth, so that neighbours, who are often alike in cost, are spread. */
const ownOf = <A>(all: readonly A[], index: number, of: number): readonly A[] =>
  all.filter((_, i) => i % of === index)

/** With a fleet of only those who are asked about. */
const packed = (fleet: Fleet, shard: Omit<Shard, 'fleet'>): Shard => {
  const who = renumbering(shard.questions.flatMap(({ principals }) => principals))
  const what = renumbering(
    who.kept.length === 0 ? [] : shard.questions.flatMap(({ repositories }) => repositories),
  )
  const principals = who.kept.flatMap((one) => fleet.principals[one] ?? [])
  const repositories = what.kept.flatMap((one) => fleet.repositories[one] ?? [])
  const identity = renumbering(principals.flatMap(documentsOfCaller))
  const resource = renumbering([...fleet.endpointPolicies, ...repositories.flatMap(documentsOfOwner)])
  return {
    ...shard,
    fleet: {
      principals: principals.map(movedCaller(identity.to)),
      repositories: repositories.map(movedOwner(resource.to)),
      endpointPolicies: fleet.endpointPolicies.map(resource.to),
      identity: identity.kept.flatMap((one) => fleet.identity[one] ?? []),
      resource: resource.kept.flatMap((one) => fleet.resource[one] ?? []),
    },
    questions: shard.questions.map((question) => ({
      ...question,
      principals: question.principals.map(who.to),
      repositories: who.kept.length === 0 ? [] : question.repositories.map(what.to),
    })),
  }
}

interface Renumbering {
  readonly kept: readonly number[]
  readonly to: (old: number) => number
}

const renumbering = (used: readonly number[]): Renumbering => {
  const kept = Array.from(new Set(used))
  const places = new Map(kept.map((old, place) => [old, place]))
  return { kept, to: (old) => places.get(old) ?? 0 }
}

const maybe = (place: number | undefined): readonly number[] => (place === undefined ? [] : [place])

const documentsOfCaller = (principal: FleetPrincipal): readonly number[] => [
  ...principal.identityPolicies,
  ...maybe(principal.permissionsBoundary),
  ...principal.sessionPolicies,
  ...(principal.serviceControlPolicies ?? []).flat(),
]

const documentsOfOwner = (repository: FleetRepository): readonly number[] => [
  ...maybe(repository.resourcePolicy),
  ...maybe(repository.registryPolicy),
  ...repository.resourceControlPolicies.flat(),
]

const movedCaller =
  (to: Renumbering['to']) =>
  (principal: FleetPrincipal): FleetPrincipal => ({
    ...principal,
    identityPolicies: principal.identityPolicies.map(to),
    sessionPolicies: principal.sessionPolicies.map(to),
    ...(principal.permissionsBoundary === undefined
      ? {}
      : { permissionsBoundary: to(principal.permissionsBoundary) }),
    ...(principal.serviceControlPolicies === undefined
      ? {}
      : { serviceControlPolicies: principal.serviceControlPolicies.map((level) => level.map(to)) }),
  })

const movedOwner =
  (to: Renumbering['to']) =>
  (repository: FleetRepository): FleetRepository => ({
    ...repository,
    resourceControlPolicies: repository.resourceControlPolicies.map((level) => level.map(to)),
    ...(repository.resourcePolicy === undefined ? {} : { resourcePolicy: to(repository.resourcePolicy) }),
    ...(repository.registryPolicy === undefined ? {} : { registryPolicy: to(repository.registryPolicy) }),
  })

// ---- evaluation ----

/**
 * Decides everything that a shard asks.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const runShard = ({ matrix, index, of, fleet, questions }: Shard): ShardResult => {
  const deciding = decidingIn(fleet)
  return {
    _tag: 'ShardResult',
    matrix,
    index,
    of,
    questions: questions.map((question) => {
      const { decide } = deciding(question)
      return question.principals.map((row) => {
        const decided = decide(row)
        return question.repositories.map((column) => answers.indexOf(decided(column))).join('')
      })
    }),
  }
}

// ---- combinators ----

/**
 * The matrix with everything decided by its shards, whatever the order of the results.
 *
 * **Errors** `OtherMatrix`, `Missing`.
 *
 * @category combinators
 * @since 0.1.0
 */
export const mergeShards =
  (results: readonly ShardResult[]) =>
  (matrix: AccessMatrix): E.Either<ShardProblem, AccessMatrix> => {
    const name = nameOf(matrix)
    const of = results[0]?.of ?? 1
    const other = results.find((result) => result.matrix !== name || result.of !== of)
    if (other !== undefined) return E.left({ _tag: 'OtherMatrix', index: other.index })
    const byIndex = new Map(results.map((result) => [result.index, result]))
    const indices = Array.from({ length: of }, (_, index) => index).filter((index) => !byIndex.has(index))
    if (indices.length > 0) return E.left({ _tag: 'Missing', indices })
    const given = matrix.questions.map(
      ({ principals }, i): Answered =>
        new Map(
          principals.first.map((_, its) => {
            const digits = byIndex.get(its % of)?.questions[i]?.[Math.floor(its / of)] ?? ''
            return [its, Uint8Array.from(digits, Number)]
          }),
        ),
    )
    return E.right(withAnswers(matrix, given))
  }

// ---- names ----

/** Told from others by everything that it was made from: a number for all of that. */
const nameOf = ({ fleet, operations }: AccessMatrix): string => {
  const text = JSON.stringify([fleet, operations])
  let low = 0x811c9dc5 // local mutation: one pass, two lanes of FNV-1a with different starts
  let high = 0xcbf29ce4
  for (let i = 0; i < text.length; i++) {
    low = Math.imul(low ^ text.charCodeAt(i), 0x01000193)
    high = Math.imul(high ^ text.charCodeAt(i), 0x01000193) ^ (low >>> 15)
  }
  return `${text.length}-${(high >>> 0).toString(16)}${(low >>> 0).toString(16)}`
}
