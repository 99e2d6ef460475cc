/**
 * A fleet decided by a worker pool that exists already: `piscina` runs the shards of a matrix, which are plain data, and
 * what they come to is put together. Any other pool, a queue or a cluster does the same with `runShard`.
 */
import { Ecr } from 'ecr-policy'
import type * as E from 'fp-ts/lib/Either.js'
import { Piscina } from 'piscina'

/** A pool whose threads read TypeScript; a program that is built names the built file and needs no `execArgv`. */
const poolOf = (threads: number): Piscina<Ecr.Matrix.Shard, Ecr.Matrix.ShardResult> =>
  new Piscina({
    filename: new URL('./poolWorker.ts', import.meta.url).href,
    execArgv: ['--import', 'tsx'],
    maxThreads: threads,
  })

/** A matrix with everything decided by a pool of threads; several shards a thread, so that none waits for the slowest. */
export const decidedByPool = async (
  matrix: Ecr.AccessMatrix,
  threads: number,
  signal?: AbortSignal,
): Promise<E.Either<Ecr.Matrix.ShardProblem, Ecr.AccessMatrix>> => {
  const pool = poolOf(threads)
  try {
    const shards = Ecr.Matrix.shards(threads * 4)(matrix)
    const results = await Promise.all(shards.map((shard) => pool.run(shard, { signal: signal ?? null })))
    return Ecr.Matrix.mergeShards(results)(matrix)
  } finally {
    await pool.destroy()
  }
}
