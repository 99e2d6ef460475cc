/** The lines that a deep run writes, one per batch, and their sums. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
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

/** The files of this project that a batch runs, but for the catalogue of ECR, from which it takes words only. */
const filesOf = (root: string): readonly string[] => {
  const { metafile } = buildSync({
    entryPoints: ['test/differential/worker.ts'],
    absWorkingDir: root,
    bundle: true,
    external: ['z3-solver'],
    format: 'esm',
    logLevel: 'error',
    metafile: true,
    platform: 'node',
    write: false,
  })
  return Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .flatMap(([name, { bytesInOutput }]) => (bytesInOutput > 0 ? [name] : []))
    .filter((name) => /^(src|test)\/(?!ecr\/)/.test(name))
    .sort()
}

/** Twelve digits that change when any of the code does that a batch runs. */
export const codeOf = (root: string): string => {
  const hash = createHash('sha256')
  for (const name of filesOf(root)) hash.update(name).update(readFileSync(join(root, name)))
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

/** No question is asked twice in a batch; if batches have some in common, their samples have as large a share in common. */
const distinct = (reports: readonly { readonly sample: readonly number[] }[]): string => {
  const sample = reports.flatMap((report) => report.sample)
  const share = sample.length === 0 ? 1 : new Set(sample).size / sample.length
  return `${(share * 100).toFixed(2)}% of them distinct by a sample of ${sample.length.toLocaleString('en')}`
}

const reasonsOf = (reports: readonly ComparisonReport[]): string => {
  const reasons = Array.from(new Set(reports.flatMap(({ undecided }) => Object.keys(undecided)))).sort()
  return reasons
    .map(
      (reason) =>
        `${total(reports, ({ undecided }) => undecided[reason] ?? 0).toLocaleString('en')} ${reason}`,
    )
    .join(', ')
}

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
  const tail = (kind: Order['kind'], reports: readonly Report[]): string =>
    `${seedsOf(lines, kind)}, ${secondsOf(lines, kind)}: ${differ(reports)}`
  return [
    [
      `${sum(decisions, (report) => report.decisions)} decisions (${outcomes})`,
      `${sum(decisions, ({ environments }) => environments)} environments`,
      `${sum(decisions, ({ ways }) => ways)} ways through statements`,
      distinct(decisions),
      tail('decisions', decisions),
    ],
    [
      `${sum(comparisons, (report) => report.comparisons)} comparisons (${verdicts(comparisons)}: ${reasonsOf(comparisons)})`,
      `${sum(comparisons, ({ pairs }) => pairs)} pairs`,
      distinct(comparisons),
      `${sum(comparisons, ({ requests }) => requests)} requests against a Yes`,
      `${sum(comparisons, ({ points }) => points)} single ones`,
      `${sum(comparisons, ({ certificates }) => certificates.accepted)} certificates accepted, ${sum(comparisons, ({ certificates }) => certificates.skipped)} not to be checked and ${sum(comparisons, ({ certificates }) => certificates.missing)} missing`,
      tail('comparisons', comparisons),
    ],
    [
      `${sum(proofs, (report) => report.proofs)} comparisons with Z3 (${verdicts(proofs)}; ${sum(proofs, ({ unknownToZ3 }) => unknownToZ3)} unknown to Z3)`,
      tail('proofs', proofs),
    ],
  ]
    .map((parts) => parts.join(', '))
    .join('\n')
}
