/**
 * A fleet of two accounts, and how several threads decide who may pull and push in it. A shard is plain data: a pool of
 * processes or a cluster would do as well.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Document, Ecr } from 'ecr-policy'
import type * as E from 'fp-ts/lib/Either.js'

// ---- a fleet ----

const accounts = ['111122223333', '444455556666']
const teams = ['search', 'payments', 'mobile']

const developer = Document.parseOrThrow(
  {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: 'arn:aws:ecr:*:*:repository/*',
      },
      {
        Effect: 'Allow',
        Action: [
          'ecr:BatchCheckLayerAvailability',
          'ecr:*LayerUpload',
          'ecr:UploadLayerPart',
          'ecr:PutImage',
        ],
        Resource: 'arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}/*',
      },
    ],
  },
  'identity',
)

const sharedByAll = Document.parseOrThrow(
  {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: accounts },
      Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    },
  },
  'ecr-repository',
)

const everyTeam = accounts.flatMap((account) => teams.map((team) => ({ account, team })))
const five = Array.from({ length: 5 }, (_, i) => i + 1)

export const fleet: Ecr.MatrixInput = {
  principals: everyTeam.flatMap(({ account, team }) =>
    five.map((i) => ({
      principal: `arn:aws:iam::${account}:role/${team}-${i}`,
      identityPolicies: [developer],
      context: { 'aws:PrincipalTag/team': team },
    })),
  ),
  repositories: everyTeam.flatMap(({ account, team }) =>
    five.map((i) => ({
      repository: `${account}.dkr.ecr.eu-west-1.amazonaws.com/${team}/service-${i}`,
      ...(team === 'search' ? { resourcePolicy: sharedByAll } : {}),
    })),
  ),
  operations: ['pull', 'push'],
}

// ---- workers ----

/** Lets a thread read TypeScript; a program that is built hands its worker's file to `Worker`. */
const start = `
  import('tsx/esm/api').then(({ register }) => {
    register()
    return import(${JSON.stringify(new URL('./fleetWorker.ts', import.meta.url).href)})
  })
`

/** What one shard comes to, in a thread of its own. */
const inThread = async (shard: Ecr.Matrix.Shard): Promise<Ecr.Matrix.ShardResult> => {
  const worker = new Worker(start, { eval: true, workerData: shard })
  const [result]: readonly unknown[] = await once(worker, 'message')
  return result as Ecr.Matrix.ShardResult
}

/** A matrix with everything decided by `count` workers. */
export const decided = async (
  matrix: Ecr.AccessMatrix,
  count: number,
): Promise<E.Either<Ecr.Matrix.ShardProblem, Ecr.AccessMatrix>> =>
  Ecr.Matrix.mergeShards(await Promise.all(Ecr.Matrix.shards(count)(matrix).map(inThread)))(matrix)

// ---- the answer ----

/** A line for each group of callers whom nothing tells apart. */
export const lines = (matrix: Ecr.AccessMatrix): readonly string[] => {
  const { rows, columns } = Ecr.Matrix.toTable(matrix)
  return rows.flatMap(({ principals, cells }) => [
    `${principals[0] ?? ''} and ${principals.length - 1} more`,
    ...cells.map((allowed, i) => {
      const repositories = columns[i] ?? []
      return `  ${repositories[0] ?? ''} and ${repositories.length - 1} more: ${allowed.join(', ') || 'nothing'}`
    }),
  ])
}
