/**
 * Runs a range of inputs, and before each writes its number where the parent sees it: a worker that hangs cannot say so
 * itself.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { pools } from './Draw.js'
import { judge } from './judge.js'
import { questions, readers } from './targets/index.js'

/** What a worker is to do; `at` holds the number of the input at hand. */
export interface Task {
  readonly group: 'readers' | 'questions'
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly at: SharedArrayBuffer
}

const run = ({ group, seed, from, to, at }: Task): void => {
  const now = new Int32Array(at)
  const one = judge(group === 'readers' ? readers : questions, pools(seed), seed)
  for (let input = from; input < to; input++) {
    Atomics.store(now, 0, input)
    const defect = one(input)
    if (defect !== undefined) parentPort?.postMessage(defect)
  }
  Atomics.store(now, 0, to)
}

run(workerData as Task)
