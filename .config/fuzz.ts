/**
 * Fuzzes every public function with a million inputs, in workers that are stopped when one input takes too long or too
 * much memory. Prints each defect with the number of its input, and fails if there is one.
 *
 *     tsx .config/fuzz.ts --count=1000000 --seed=1 --from=0 --group=readers
 *
 * The same seed and number make the same input, so a run goes on where it ended with `--from`, and `--from=N --count=1`
 * shows input N alone.
 */
import { Worker } from 'node:worker_threads'
import { parseArgs } from 'node:util'
import type { Task } from '../test/fuzz/worker.js'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    group: { type: 'string', default: 'readers' },
  },
})

/** Longer than any input should take on a busy machine. */
const SECONDS = 60
const MEGABYTES = 768
/** A worker is begun anew after so many inputs, so that what lingers in its memory is no matter. */
const BATCH = 50_000

/** Workers do not begin in TypeScript by themselves. */
const inTypeScript = `import('tsx/esm/api').then(async ({ register }) => {
  register()
  await import(${JSON.stringify(new URL('../test/fuzz/worker.ts', import.meta.url).href)})
})`

type End = { readonly next: number; readonly why: string | undefined }

const found: string[] = []

const tell = (what: string): void => {
  found.push(what)
  console.log(what)
}

/** Runs a batch until its end, or until an input hangs or needs too much memory. */
const batch = (task: Omit<Task, 'at'>): Promise<End> =>
  new Promise((resolve) => {
    const at = new SharedArrayBuffer(4)
    const now = new Int32Array(at)
    Atomics.store(now, 0, task.from - 1)
    const worker = new Worker(inTypeScript, {
      eval: true,
      workerData: { ...task, at },
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    })
    let [seen, since] = [-1, Date.now()] // of the input at hand, and since when
    const end = (why: string | undefined): void => {
      clearInterval(timer)
      const input = Atomics.load(now, 0)
      resolve({ next: why === undefined ? task.to : input + 1, why: why && `input ${input}: ${why}` })
      void worker.terminate()
    }
    const timer = setInterval(() => {
      const input = Atomics.load(now, 0)
      if (input !== seen || input < task.from) [seen, since] = [input, Date.now()]
      else if (Date.now() - since > SECONDS * 1_000) end(`takes longer than ${SECONDS} s`)
    }, 1_000)
    worker.on('message', ({ input, target, what }) => tell(`input ${input}: ${target} ${what}`))
    worker.on('error', (error) => end(`ends the worker: ${error.message}`))
    worker.on('exit', (code) => end(code === 0 ? undefined : `ends the worker with code ${code}`))
  })

const [from, count, seed] = [Number(values.from), Number(values.count), Number(values.seed)]
const group = values.group === 'questions' ? 'questions' : 'readers'
const begun = Date.now()
let next = from
while (next < from + count) {
  const to = Math.min(next + BATCH, from + count)
  const { next: after, why } = await batch({ group, seed, from: next, to })
  if (why !== undefined) tell(why)
  if (after === next && why !== undefined) break // not even begun
  next = after
  const seconds = Math.round((Date.now() - begun) / 1_000)
  console.log(`${group}, seed ${seed}: ${next - from} inputs, ${found.length} defects, ${seconds} s`)
}
process.exitCode = found.length === 0 ? 0 : 1
