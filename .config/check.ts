/**
 * Every check of the project, two at a time, and one closing line: `N passed, N failed`. It counts each vitest test
 * and each other step. With names as arguments it runs these steps only (and what they need): `npm test -- lint types`.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

interface Step {
  readonly name: string
  readonly command: readonly string[]
  /** Steps that must have passed before. */
  readonly needs?: readonly string[]
  /** Where vitest writes its counts, when the step runs vitest. */
  readonly counts?: string
}

interface Outcome {
  readonly name: string
  readonly passed: number
  readonly failed: number
}

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = `${root}reports/check`

const vitest = (name: string, ...rest: readonly string[]): Step => {
  const counts = `${reports}/${name}.json`
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${counts}`]
  return {
    name,
    counts,
    command: ['vitest', 'run', '--config', '.config/vitest.config.ts', ...reporters, ...rest],
  }
}

/** The longest ones first, so that both cores stay busy to the end. */
const steps: readonly Step[] = [
  { name: 'build', command: ['tsup', '--silent'] },
  { name: 'names of types', command: ['tsx', '.config/nameable.ts'], needs: ['build'] },
  vitest('tests', '--exclude', 'test/package/**'),
  { ...vitest('package', 'test/package'), needs: ['names of types'] },
  {
    name: 'size',
    command: ['size-limit', '--silent', '--config', '.config/.size-limit.json'],
    needs: ['build'],
  },
  { name: 'lint', command: ['eslint', '-c', '.config/eslint.config.js', '--max-warnings', '0', '.'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types of src alone', command: ['tsc', '-p', '.config/tsconfig.src.json'] },
  { name: 'reference', command: ['typedoc', '--logLevel', 'Warn'] },
  { name: 'layers', command: ['depcruise', '--config', '.config/layers.config.mjs', 'src', 'test'] },
  { name: 'unused', command: ['knip', '--config', '.config/knip.json', '--no-config-hints'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
]

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

const execute = (step: Step): Promise<{ readonly code: number; readonly output: string }> =>
  new Promise((resolve) => {
    const [tool = '', ...args] = step.command
    const child = spawn(`${root}node_modules/.bin/${tool}`, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', ECR_POLICY_BUILT: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const chunks: string[] = []
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
    child.on('error', (error) => {
      resolve({ code: 1, output: error.message })
    })
    child.on('close', (code) => {
      resolve({ code: code ?? 1, output: chunks.join('') })
    })
  })

/** A test file that does not even load has no failed test, but a failed step. */
const counted = (step: Step, code: number): Outcome => {
  const single = { name: step.name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
  if (step.counts === undefined) return single
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(step.counts, 'utf8')) as {
      readonly numPassedTests: number
      readonly numFailedTests: number
    }
    if (code === 0 && numPassedTests === 0) return { name: step.name, passed: 0, failed: 1 }
    return {
      name: step.name,
      passed: numPassedTests,
      failed: code === 0 ? numFailedTests : Math.max(1, numFailedTests),
    }
  } catch {
    return { ...single, passed: 0, failed: 1 }
  }
}

const run = async (step: Step): Promise<Outcome> => {
  const start = performance.now()
  const { code, output } = await execute(step)
  const outcome = counted(step, code)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const verdict = outcome.failed === 0 ? 'ok    ' : 'FAILED'
  const tests =
    step.counts === undefined ? '' : `: ${String(outcome.passed)} passed, ${String(outcome.failed)} failed`
  say(`${verdict} ${seconds.padStart(6)} s  ${step.name}${tests}`)
  if (outcome.failed > 0) say(`\n--- ${step.command.join(' ')}\n${output.trimEnd()}\n---\n`)
  return outcome
}

const chosen = (names: readonly string[]): readonly Step[] => {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length > 0) {
    say(`no step is called ${unknown.join(', ')}; there are: ${steps.map((step) => step.name).join(', ')}`)
    process.exit(2)
  }
  if (names.length === 0) return steps
  const wanted = new Set(
    names.flatMap((name) => [name, ...(steps.find((s) => s.name === name)?.needs ?? [])]),
  )
  return steps.filter((step) => wanted.has(step.name))
}

const runAll = async (all: readonly Step[]): Promise<readonly Outcome[]> => {
  const waiting = [...all]
  const outcomes = new Map<string, Outcome>()
  const next = (): Step | undefined => {
    const index = waiting.findIndex(({ needs = [] }) => needs.every((name) => outcomes.has(name)))
    return index < 0 ? undefined : waiting.splice(index, 1)[0]
  }
  const work = async (): Promise<void> => {
    for (let step = next(); step !== undefined; step = next()) {
      const broken = (step.needs ?? []).filter((name) => outcomes.get(name)?.failed !== 0)
      if (broken.length > 0) say(`FAILED          ${step.name}: needs ${broken.join(', ')}`)
      outcomes.set(step.name, broken.length > 0 ? { name: step.name, passed: 0, failed: 1 } : await run(step))
    }
  }
  await Promise.all(Array.from({ length: Math.min(4, Math.max(2, availableParallelism())) }, work))
  // A worker may have stopped while the step that others wait for was still running.
  await work()
  return [...outcomes.values()]
}

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const outcomes = await runAll(chosen(process.argv.slice(2)))
const failures = outcomes.filter(({ failed }) => failed > 0).map(({ name }) => name)
const sum = (pick: (outcome: Outcome) => number): number =>
  outcomes.reduce((total, one) => total + pick(one), 0)
if (failures.length > 0) say(`failed: ${failures.join(', ')}`)
say(`${String(sum(({ passed }) => passed))} passed, ${String(sum(({ failed }) => failed))} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
