/**
 * Do the tests notice? `npm run mutate -- pattern 120 7` makes 120 small changes of the layer `pattern`, drawn with the seed 7, one at
 * a time, and runs the layer's tests against each, until one fails. What neither a test nor the compiler notices is printed and kept
 * in `reports/mutation`; `--again` tries only that. Fails when less than nine tenths were noticed of what could be: a change that
 * no test can notice, as nothing that anyone sees depends on it, is named in `equivalents.json` with the reason.
 *
 * A first run of every file, with no change, tells how long each test takes and by which changes it comes; a change is tried on the
 * tests that come by it, the quickest files first. A change that makes a file take many times as long is noticed as well.
 * `--without property` leaves out the files of that name, `--most 5` what takes more than five seconds of a file, so that fewer changes
 * are noticed, never more; `--again` with all then need only try what is left. `--elsewhere` asks the tests of the other layers in place
 * of the layer's own: with `--again`, what these see of what those left; the score is given without it and with it. `--files residual` draws from the files of that name,
 * `--tests residual` asks the tests of that name: for who works on these.
 */
import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { draw, lineOf, mutantsOf, originalOf, placed, type Mutant } from './mutants.js'
import { bundle, layers, otherTestsOf, testsOf } from './mutantTests.js'
import { refusedByTypes } from './mutantTypes.js'
import type { Answer, Task } from './mutantWorker.js'

const root = fileURLToPath(new URL('..', import.meta.url))

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    again: { type: 'boolean', default: false },
    elsewhere: { type: 'boolean', default: false },
    files: { type: 'string', default: '' },
    most: { type: 'string', default: '600' },
    processes: { type: 'string', default: '2' },
    tests: { type: 'string', default: '' },
    without: { type: 'string', default: '^$' },
  },
})
const [layer = 'pattern', count = '120', seed = '1'] = positionals
const reportFile = `${root}reports/mutation/${layer}${options.files.replaceAll(/\W/gu, '')}-${seed}.json`

type Outcome =
  'killed' | 'timeout' | 'killed elsewhere' | 'survived' | 'not covered' | 'refused' | 'equivalent'
type Row = {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly text: string
  readonly mutator: string
  readonly original: string
  readonly replacement: string
  readonly outcome: Outcome
}

/** Some tests, with the processor time that they take of an unchanged code. */
type Job = Task & { readonly seconds: number }

/** A loaded machine gives little of its time, so only what takes very much longer is taken for an endless loop. */
const limitOf = ({ seconds }: Job): number => 30_000 + 20_000 * seconds

/** Runs tests in a process of their own, with one mutant active or none. */
const run = (
  built: string,
  jobs: readonly Job[],
  active: string,
): Promise<{ readonly outcome: Outcome; readonly answers: readonly Answer[] }> =>
  new Promise((resolve) => {
    const child = fork(join(built, '.config/mutantWorker.mjs'), {
      env: { ...process.env, __STRYKER_ACTIVE_MUTANT__: active },
      execArgv: ['--max-old-space-size=3000'],
      stdio: ['ignore', 'ignore', active === '' ? 'inherit' : 'ignore', 'ipc'],
    })
    const answers: Answer[] = []
    let late = false
    let timer: NodeJS.Timeout
    const wait = (): void => {
      clearTimeout(timer)
      const [job] = jobs.slice(answers.length)
      timer = setTimeout(() => (late = child.kill('SIGKILL')), job === undefined ? 30_000 : limitOf(job))
    }
    wait()
    child.on('message', (answer) => {
      answers.push(answer as Answer)
      wait()
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ outcome: late ? 'timeout' : code === 0 ? 'survived' : 'killed', answers })
    })
    child.send(jobs)
  })

/** Does all the work with so many at a time. */
const inPool = async <A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<readonly B[]> => {
  const results: B[] = []
  const waiting = [...items.entries()]
  const serve = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results[next[0]] = await work(next[1])
  }
  await Promise.all(Array.from({ length: Number(options.processes) }, serve))
  return results
}

type Trial = { readonly file: string; readonly answer: Answer }

/** Every file of tests against the code as it is; of the others, what needs more than this runner gives is not asked. */
const tryUnchanged = async (built: string, files: readonly string[]): Promise<readonly Trial[]> => {
  const trials = await inPool(files, async (name) => {
    const file = join(built, name.replace(/\.ts$/u, '.mjs'))
    const { outcome, answers } = await run(built, [{ file, seconds: 30 }], '')
    const [answer] = answers
    if (outcome === 'survived' && answer !== undefined) return [{ file, answer }]
    if (!options.elsewhere) throw new Error(`${name} fails without any change`)
    console.log(`${name} is not asked: it fails without any change`)
    return []
  })
  return trials.flat()
}

/** How long the tests take, the longest files by name, for whoever is to choose `--most`. */
const cost = (trials: readonly Trial[]): string => {
  const files = trials
    .map(({ file, answer: { loading, tests } }) => ({
      name: basename(file, '.test.mjs'),
      seconds: Object.values(tests).reduce((sum, { seconds }) => sum + seconds, loading.seconds),
    }))
    .sort((a, b) => b.seconds - a.seconds)
  const longest = files.slice(0, 5).map(({ name, seconds }) => `${name} ${seconds.toFixed(0)}`)
  const all = files.reduce((sum, { seconds }) => sum + seconds, 0)
  return `all tests take ${all.toFixed(0)} s of processor time: ${longest.join(', ')}, ...`
}

type Choice = (trial: Trial, active: string) => Job

/** The tests of a file that come by a mutant: all, if loading the file does. */
const covering: Choice = ({ file, answer: { loading, tests } }, active) => {
  const all = Object.entries(tests)
  const those = loading.mutants.includes(active)
    ? all
    : all.filter(([, { mutants }]) => mutants.includes(active))
  const seconds = those.reduce((sum, [, test]) => sum + test.seconds, loading.seconds)
  return { file, testIds: those.map(([id]) => id), seconds }
}

/** All of the file, where one of its tests does: what is made once and kept is made by the first, and seen by others. */
const besides: Choice = (trial, active) => {
  const { testIds } = covering(trial, active)
  const { loading, tests } = trial.answer
  const all = Object.entries(tests)
  const seconds = all.reduce((sum, [, test]) => sum + test.seconds, loading.seconds)
  return { file: trial.file, testIds: testIds?.length === all.length ? [] : all.map(([id]) => id), seconds }
}

const tryOn = async (
  built: string,
  trials: readonly Trial[],
  choice: Choice,
  active: string,
): Promise<Outcome> => {
  const jobs = trials
    .map((trial) => choice(trial, active))
    .filter(({ testIds, seconds }) => testIds?.length !== 0 && seconds <= Number(options.most))
    .sort((a, b) => a.seconds - b.seconds)
  return jobs.length === 0 ? 'not covered' : (await run(built, jobs, active)).outcome
}

const tryChanged = async (built: string, trials: readonly Trial[], active: string): Promise<Outcome> => {
  const first = await tryOn(built, trials, covering, active)
  if (first !== 'survived' || options.elsewhere) return first
  const those = trials.filter((trial) => covering(trial, active).testIds?.length !== 0)
  const second = await tryOn(built, those, besides, active)
  return second === 'not covered' ? first : second
}

const rowOf = (mutant: Mutant, outcome: Outcome): Row => ({
  file: relative(root, mutant.fileName),
  line: mutant.location.start.line + 1,
  column: mutant.location.start.column + 1,
  text: lineOf(mutant),
  mutator: mutant.mutatorName,
  original: originalOf(mutant),
  replacement: mutant.replacement,
  outcome,
})

/** A change that nothing can notice: in which line, whatever its number, what is replaced by what, and why it makes no difference. */
type Equivalent = Pick<Row, 'file' | 'text' | 'original' | 'replacement'> & { readonly why: string }

const equivalents = JSON.parse(
  readFileSync(`${root}.config/equivalents.json`, 'utf8'),
) as readonly Equivalent[]

const isEquivalent = (row: Row): boolean =>
  equivalents.some(
    (known) =>
      known.file === row.file &&
      known.text === row.text &&
      known.original === row.original &&
      known.replacement === row.replacement,
  )

const isNoticedByOwn = ({ outcome }: Row): boolean => outcome === 'killed' || outcome === 'timeout'
const isNoticed = (row: Row): boolean => isNoticedByOwn(row) || row.outcome === 'killed elsewhere'
const isUnnoticed = ({ outcome }: Row): boolean => outcome === 'survived' || outcome === 'not covered'

const show = ({ file, line, mutator, original, replacement, outcome }: Row): string =>
  `${file}:${String(line)} ${mutator}, ${outcome}\n  - ${original}\n  + ${replacement}`.replaceAll(
    '\n',
    '\n    ',
  )

const placeOf = ({ file, line, column, original, replacement }: Row): string =>
  JSON.stringify([file, line, column, original, replacement])

/** The rows of the last run with this seed that `--again` keeps: what was noticed. */
const kept = (): readonly Row[] =>
  options.again ? (JSON.parse(readFileSync(reportFile, 'utf8')) as readonly Row[]) : []

const sample = async (before: readonly Row[]): Promise<readonly Mutant[]> => {
  const all = (await mutantsOf(root, layer)).filter(({ fileName }) =>
    new RegExp(options.files, 'u').test(relative(root, fileName)),
  )
  console.log(`${layer} has ${String(all.length)} mutants`)
  if (!options.again) return draw(all, Number(count), Number(seed))
  const unnoticed = new Set(before.filter(isUnnoticed).map(placeOf))
  const left = all.filter((mutant) => unnoticed.has(placeOf(rowOf(mutant, 'survived'))))
  if (left.length !== unnoticed.size) throw new Error('the code has changed: draw anew')
  return left
}

/** Stryker's score: what the compiler refuses is no program, and counts for nothing. */
const scoreOf = (rows: readonly Row[], isIn = isNoticed): number =>
  rows.filter(isIn).length / rows.filter((row) => isNoticed(row) || isUnnoticed(row)).length

const percent = (score: number): string => `${(100 * score).toFixed(1)} %`

const summary = (rows: readonly Row[]): string => {
  const count = (...outcomes: readonly Outcome[]): string =>
    String(rows.filter(({ outcome }) => outcomes.includes(outcome)).length)
  const noticed = `${count('killed', 'timeout')} noticed (${count('timeout')} of them by time), ${count('killed elsewhere')} by others`
  const others = `${count('survived', 'not covered')} not, ${count('equivalent')} cannot be, ${count('refused')} refused by the compiler`
  const score = `${percent(scoreOf(rows, isNoticedByOwn))} by the own tests, ${percent(scoreOf(rows))} by all`
  return `${layer}, seed ${seed}, ${String(rows.length)} mutants: ${noticed}, ${others}: ${score}`
}

/** What becomes of a mutant, when it may be one that is named. */
const judged = (row: Row): Row => {
  if (isUnnoticed(row) && isEquivalent(row)) return { ...row, outcome: 'equivalent' }
  if (isUnnoticed(row)) console.log(show(row))
  else if (isEquivalent(row)) console.log(`named as one that cannot be noticed, but it is:\n${show(row)}`)
  return isNoticed(row) && options.elsewhere ? { ...row, outcome: 'killed elsewhere' } : row
}

const main = async (built: string): Promise<void> => {
  const before = kept()
  const mutants = await sample(before)
  const isRefused = refusedByTypes(root)
  const refused = mutants.filter(isRefused)
  const valid = mutants.filter((mutant) => !refused.includes(mutant))
  const { contents, switchOf } = await placed(valid)
  const [wanted, unwanted] = [new RegExp(options.tests, 'u'), new RegExp(options.without, 'u')]
  const all = options.elsewhere ? otherTestsOf(root, layer) : testsOf(root, layer)
  const files = all.filter((file) => wanted.test(file) && !unwanted.test(file))
  await bundle(root, files, contents, built)
  const trials = await tryUnchanged(built, files)
  console.log(cost(trials))
  const tried = await inPool(valid, async (mutant) =>
    judged(rowOf(mutant, await tryChanged(built, trials, switchOf(mutant)))),
  )
  const known = [
    ...before.filter((row) => !isUnnoticed(row)),
    ...refused.map((mutant) => rowOf(mutant, 'refused')),
  ]
  const rows = [...known, ...tried]
  mkdirSync(`${root}reports/mutation`, { recursive: true })
  writeFileSync(reportFile, JSON.stringify(rows, undefined, 1))
  console.log(summary(rows))
  if (scoreOf(rows) < 0.9) process.exitCode = 1
}

if (!layers.includes(layer))
  throw new Error(`no tests are known of a layer ${layer}, only of ${layers.join(', ')}`)
setPriority(15)
const cache = `${root}node_modules/.cache/`
mkdirSync(cache, { recursive: true })
const built = mkdtempSync(`${cache}mutants-`)
try {
  await main(built)
} finally {
  rmSync(built, { recursive: true })
}
