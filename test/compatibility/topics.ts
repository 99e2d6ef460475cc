/**
 * What programs may have come to rely on: questions, each with what makes the part of the answer that is kept from one
 * version to the next. The wording of explanations, the witness among many and the order of findings are not.
 */
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { Algebra, Document, Ecr, Scenario } from '../../src/index.js'
import { scenario } from '../../src/testing/arbitrary.js'
import { pair as environmentPair } from '../property/environmentPairs.js'
import { pair as documentPair } from '../property/diffPolicies.js'
import { dice, edited, policyOf } from '../property/smallUniverse.js'
import { situation as wish } from '../property/grantSituations.js'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export interface Topic {
  /** Questions, drawn anew: only `npm run record` calls it. */
  readonly draw: () => readonly Json[]
  readonly answer: (question: Json) => Json
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json
const sample = (arbitrary: fc.Arbitrary<unknown>, count: number): readonly Json[] =>
  fc.sample(arbitrary, { seed: 20261122, numRuns: count }).map(plain)

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort()

const identity = (policy: unknown): Document.Document => Document.parseOrThrow(policy, 'identity')
const isIdentity = (policy: Json): boolean => E.isRight(Document.parse(policy, 'identity'))

/** As an identity policy, or, if it names principals, as a resource policy. */
const either = (policy: Json): Document.Document =>
  isIdentity(policy) ? identity(policy) : Document.parseOrThrow(policy, 'resource')

const fields = (question: Json): Readonly<Record<string, Json>> => question as Readonly<Record<string, Json>>

const decisions: Topic = {
  draw: () =>
    fc.sample(scenario(), { seed: 20261122, numRuns: 400 }).map((each) => plain(Scenario.toJson(each))),
  answer: (question) => Scenario.run(Scenario.parseOrThrow(question)).outcome,
}

const comparisons: Topic = {
  draw: () => sample(documentPair, 200),
  answer: (question) => {
    const { left = null, right = null } = fields(question)
    const [one, other] = [either(left), either(right)]
    return [Algebra.compare(one, other).relation, Algebra.interchangeable(one, other)._tag]
  },
}

const variables: Topic = {
  draw: () =>
    Array.from({ length: 100 }, (_, seed) => {
      const roll = dice(seed)
      const left = policyOf(roll, 'identity', 'variables')
      return plain({ left, right: edited(roll, left, 'identity', 'variables') })
    }),
  answer: (question) => {
    const { left, right } = fields(question)
    return Algebra.compare(identity(left), identity(right)).relation
  },
}

const environments: Topic = {
  draw: () => sample(environmentPair, 60),
  answer: (question) => {
    const [left, right] = (question as readonly Json[]).map((parts) => {
      const request = {
        principal: 'arn:aws:iam::111122223333:role/node',
        action: 'ecr:BatchGetImage',
        resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/app',
      }
      return Scenario.parseOrThrow({ ...fields(parts), request }).environment
    })
    return left === undefined || right === undefined
      ? null
      : Algebra.compareEnvironments(left, right).relation
  },
}

const kinds = ['identity', 'managed', 'trust', 'scp', 'rcp', 'ecr-repository', 'resource'] as const

/** One place of a good policy put wrong: what a typing mistake leaves behind. */
const broken = (seed: number): Json => {
  const roll = dice(seed)
  const policy = plain(policyOf(roll, roll(2) === 0 ? 'identity' : 'resource', 'plain'))
  const values = [null, 7, '', 'x', [], {}, ['a:b', 'a:b'], 'arn:aws:iam::1:role/x', 'ecr:*']
  const keys = [
    'Version',
    'Statement',
    'Effect',
    'Action',
    'Resource',
    'Principal',
    'Condition',
    'Sid',
    'Extra',
  ]
  const key = keys[roll(keys.length)] ?? 'Effect'
  const value = values[roll(values.length)] ?? null
  if (key === 'Version' || key === 'Statement') return { ...fields(policy), [key]: value }
  const [first = {}, ...rest] = fields(policy)['Statement'] as readonly Json[]
  return { ...fields(policy), Statement: [{ ...fields(first), [key]: value }, ...rest] }
}

const errors: Topic = {
  draw: () => Array.from({ length: 200 }, (_, seed) => broken(seed)),
  answer: (question) =>
    Object.fromEntries(
      kinds.map((kind) => [
        kind,
        E.match(
          (found: readonly { readonly code: string; readonly pointer: string }[]) =>
            sorted(found.map(({ code, pointer }) => `${code} ${pointer}`)),
          () => [] as readonly string[],
        )(Document.parse(question, kind)),
      ]),
    ),
}

const findings: Topic = {
  draw: () => comparisons.draw().map((question) => fields(question)['left'] ?? null),
  answer: (question) =>
    sorted(
      Ecr.lint(either(question), isIdentity(question) ? 'identity' : 'resource').map(
        ({ id, pointer }) => `${id} ${pointer}`,
      ),
    ),
}

const rewritten: Topic = {
  draw: () => comparisons.draw().map((question) => fields(question)['left'] ?? null),
  answer: (question) => Document.stringify(Algebra.minimize(either(question)).document),
}

const grants: Topic = {
  draw: () => sample(wish, 80),
  answer: (question) =>
    E.match(
      (found: Ecr.GrantErrors): Json => found.map(({ code }) => code),
      ({ policies }: Ecr.Grant): Json =>
        policies.map(({ place, document }) => [Ecr.Place.show(place), Document.stringify(document)]),
    )(Ecr.grant(fields(question) as unknown as Ecr.GrantInput)),
}

export const topics: Readonly<Record<string, Topic>> = {
  decisions,
  comparisons,
  variables,
  environments,
  errors,
  findings,
  rewritten,
  grants,
}
