/**
 * The deep run: `npm run deep -- --decisions 10000000 --comparisons 100000 --proofs 1000 --from 1`.
 *
 * Every batch that is done is a line of reports/deep.jsonl (`--to` names another file), and is not done again for the same
 * code: a run that was stopped goes on where it was. `--processes 2` at a time; `--minutes 60` ends it early. It closes
 * with the sums over all batches of this code, and fails if any batch has a disagreement. `--table` asks nothing: it
 * writes docs/rule-coverage.md from the batches there are, of the present code or of that which `--code` names.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Order, Report } from '../test/differential/batch.js'
import { codeOf, linesOf, nameOf, summary } from '../test/differential/report/ledger.js'
import { page } from '../test/differential/report/page.js'

const root = fileURLToPath(new URL('..', import.meta.url))

const { values: options } = parseArgs({
  options: {
    decisions: { type: 'string', default: '10000000' },
    comparisons: { type: 'string', default: '100000' },
    proofs: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    processes: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '1440' },
    to: { type: 'string', default: `${root}reports/deep.jsonl` },
    table: { type: 'boolean', default: false },
    code: { type: 'string' },
  },
})

/** What one batch of each kind takes, and brings at the least. */
const batches = {
  decisions: { size: 200, brings: 14_000 },
  comparisons: { size: 100, brings: 290 },
  proofs: { size: 100, brings: 60 },
} as const

const ordersOf = (kind: Order['kind'], wanted: number): readonly Order[] => {
  const { size, brings } = batches[kind]
  const first = Number(options.from)
  return Array.from({ length: Math.ceil(wanted / brings) }, (_, at) => ({
    kind,
    // A batch of decisions has one seed for all its scenarios, the others one for each pair.
    seed: kind === 'decisions' ? first + at : first + at * size,
    size,
  }))
}

/** One of each kind in turn, so that a run that ends early has some of all. */
const inTurn = <A>(lists: readonly (readonly A[])[]): readonly A[] => {
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0)
  return Array.from({ length: longest }, (_, at) =>
    lists.flatMap((list) => {
      const share = list.length / longest
      const index = Math.floor(at * share)
      const item = list[index]
      return item !== undefined && (at === 0 || Math.floor((at - 1) * share) !== index) ? [item] : []
    }),
  ).flat()
}

const code = codeOf(root)
const counted = (options.table ? options.code : undefined) ?? code
const ours = () => linesOf(options.to).filter((line) => line.code === counted)
const done = new Set(ours().map(({ order }) => nameOf(order)))
const waiting = inTurn([
  ordersOf('decisions', Number(options.decisions)),
  ordersOf('comparisons', Number(options.comparisons)),
  ordersOf('proofs', Number(options.proofs)),
])
  .filter((order) => !done.has(nameOf(order)))
  .values()
const end = Date.now() + Number(options.minutes) * 60_000

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

interface Done {
  readonly order: Order
  readonly report: Report
  readonly seconds: number
}

const record = (found: Done): void => {
  appendFileSync(options.to, `${JSON.stringify({ ...found, code, date: new Date().toISOString() })}\n`)
  const { disagreements } = found.report
  if (disagreements.length > 0) say(`${nameOf(found.order)}: ${JSON.stringify(disagreements)}`)
}

const next = (child: ChildProcess): void => {
  const order = Date.now() < end ? waiting.next().value : undefined
  if (order === undefined) child.disconnect()
  else child.send(order)
}

const work = (): Promise<number | null> =>
  new Promise((resolve) => {
    const child = fork(`${root}test/differential/worker.ts`, {
      execArgv: ['--max-semi-space-size=32', '--import', 'tsx'],
    })
    child.on('message', (found: Done) => {
      record(found)
      next(child)
    })
    child.on('exit', resolve)
    next(child)
  })

mkdirSync(dirname(options.to), { recursive: true })
say(`code ${counted}: ${String(done.size)} batches there already`)
const exits = options.table ? [] : await Promise.all(Array.from({ length: Number(options.processes) }, work))
const lines = ours()
say(summary(lines))
if (options.table) writeFileSync(`${root}docs/rule-coverage.md`, page(root, lines))
const isWrong = lines.some(({ report }) => report.disagreements.length > 0)
process.exitCode = isWrong || exits.some((exit) => exit !== 0) ? 1 : 0
