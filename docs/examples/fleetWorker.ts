/** A thread that decides one shard and is done. */
import { parentPort, workerData } from 'node:worker_threads'
import { Ecr } from 'ecr-policy'

parentPort?.postMessage(Ecr.Matrix.runShard(workerData as Ecr.Matrix.Shard))
