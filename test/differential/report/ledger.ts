/** The lines that a deep run writes, one per batch, and their sums. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Order, Report } from '../batch.js'
import type { ComparisonReport } from '../comparisons.js'
import type { Coverage } from '../coverage.js'
import type { DecisionReport } from '../decisions.js'
import type { ProofReport } from '../proofs.js'

export interface Line {
  readonly order: Order
  /** Of the code that was asked and of the code that asked; batches of other code do not count. */
  readonly code: string
  readonly date: string
  /** Processor time. */
  readonly seconds: number
  readonly report: Report
}

const folders = [
  'src/pattern',
  'src/model',
  'src/codec',
  'src/simulator',
  'src/algebra',
  'src/testing',
  'test/oracle',
  'test/z3',
  'test/differential',
]

/** Twelve digits that change when any of the code does that a batch runs. */
export const codeOf = (root: string): string => {
  const hash = createHash('sha256')
  for (const folder of folders)
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort())
      if (name.endsWith('.ts') && !/(^report\/|\.test\.ts$)/.test(name))
        hash.update(name).update(readFileSync(join(root, folder, name)))
  return hash.digest('hex').slice(0, 12)
}

/** A line that was cut off, by a run that was stopped, is passed over. */
const parsed = (text: string): readonly Line[] => {
  try {
    return [JSON.parse(text) as Line]
  } catch {
    return []
  }
}

export const linesOf = (path: string): readonly Line[] =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').flatMap(parsed) : []

export const nameOf = ({ kind, seed, size }: Order): string => `${kind} ${String(seed)} ${String(size)}`

type ReportOf = {
  readonly decisions: DecisionReport
  readonly comparisons: ComparisonReport
  readonly proofs: ProofReport
}

export const reportsOf = <K extends Order['kind']>(lines: readonly Line[], kind: K): readonly ReportOf[K][] =>
  lines.filter(({ order }) => order.kind === kind).map(({ report }) => report as ReportOf[K])

export const total = <A>(reports: readonly A[], of: (report: A) => number): number =>
  reports.reduce((sum, report) => sum + of(report), 0)

/** The sums of all coverages. */
export const coverageOfAll = (reports: readonly DecisionReport[]): Coverage => {
  const ids = Array.from(new Set(reports.flatMap(({ coverage }) => Object.keys(coverage))))
  return Object.fromEntries(
    ids.map((id) => [
      id,
      {
        holds: total(reports, ({ coverage }) => coverage[id]?.holds ?? 0),
        fails: total(reports, ({ coverage }) => coverage[id]?.fails ?? 0),
      },
    ]),
  )
}

const seedsOf = (lines: readonly Line[], kind: Order['kind']): string => {
  const seeds = lines
    .filter(({ order }) => order.kind === kind)
    .map(({ order }) => order.seed)
    .sort((a, b) => a - b)
  const [first, last] = [seeds[0], seeds.at(-1)]
  return first === undefined ? 'no seeds' : `seeds ${String(first)} to ${String(last)}`
}

const secondsOf = (lines: readonly Line[], kind: Order['kind']): string =>
  `${String(
    Math.round(
      total(
        lines.filter(({ order }) => order.kind === kind),
        ({ seconds }) => seconds,
      ),
    ),
  )} s of processor time`

/** What all lines together say, a line for each kind of batch. */
export const summary = (lines: readonly Line[]): string => {
  const [decisions, comparisons, proofs] = [
    reportsOf(lines, 'decisions'),
    reportsOf(lines, 'comparisons'),
    reportsOf(lines, 'proofs'),
  ] as const
  const differ = (reports: readonly Report[]): string =>
    `${String(total(reports, ({ disagreements }) => disagreements.length))} disagreements`
  const sum = <A>(reports: readonly A[], of: (report: A) => number): string =>
    total(reports, of).toLocaleString('en')
  const verdicts = (reports: readonly (ComparisonReport | ProofReport)[]): string =>
    (['Yes', 'No', 'Undecided'] as const)
      .map((tag) => `${sum(reports, ({ answers }) => answers[tag])} ${tag}`)
      .join(', ')
  const outcomes = (['Allowed', 'ImplicitlyDenied', 'ExplicitlyDenied'] as const)
    .map((tag) => `${sum(decisions, (report) => report.outcomes[tag])} ${tag}`)
    .join(', ')
  return [
    `${sum(decisions, (report) => report.decisions)} decisions (${outcomes}), ${seedsOf(lines, 'decisions')}, ${secondsOf(lines, 'decisions')}: ${differ(decisions)}`,
    `${sum(comparisons, (report) => report.comparisons)} comparisons (${verdicts(comparisons)}) over ${sum(comparisons, ({ requests }) => requests)} requests, with ${sum(comparisons, ({ points }) => points)} single ones, ${seedsOf(lines, 'comparisons')}, ${secondsOf(lines, 'comparisons')}: ${differ(comparisons)}`,
    `${sum(proofs, (report) => report.proofs)} comparisons with Z3 (${verdicts(proofs)}; ${sum(proofs, ({ unknownToZ3 }) => unknownToZ3)} unknown to Z3), ${seedsOf(lines, 'proofs')}, ${secondsOf(lines, 'proofs')}: ${differ(proofs)}`,
  ].join('\n')
}
