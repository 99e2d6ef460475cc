/**
 * A process of its own for each mutant, so that nothing remembered under one is seen under another. Runs the tests that its parent
 * sends, in their order, and stops at the first failure: exit 1. Answers for each file with the processor time that it took and
 * the mutants that its tests came by.
 */
import { startTests, type TaskResult, type Test, type VitestRunner } from '@vitest/runner'
import './vitest.setup.js'

/** Some tests of a file, or all. */
export type Task = { readonly file: string; readonly testIds?: readonly string[] }

/** What was seen of a test, or of a file before its tests: the mutants that loading it comes by. */
export type Seen = { readonly seconds: number; readonly mutants: readonly string[] }
export type Answer = { readonly loading: Seen; readonly tests: Readonly<Record<string, Seen>> }

/** Where the code with switches counts its mutants: by test, and `static` outside any. */
type Switches = {
  currentTestId?: string | undefined
  readonly mutantCoverage?: {
    readonly static: Readonly<Record<string, number>>
    readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>
  }
}

const switches: Switches = ((globalThis as { __stryker__?: Switches }).__stryker__ ??= {})
const secondsOf = new Map<string, number>()

const now = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

// A test that takes the time asks how much work it was, not how busy the machine is with others.
performance.now = () => now() * 1000

const stopAtFailure = (result: TaskResult | undefined): void => {
  if (result?.state !== 'fail') return
  console.error(result.errors?.map(({ stack }) => stack).join('\n'))
  process.exit(1)
}

const before = ({ id }: Test): void => {
  switches.currentTestId = id
  secondsOf.set(id, -now())
}

const after = ({ id, result }: Test): void => {
  secondsOf.set(id, (secondsOf.get(id) ?? 0) + now())
  switches.currentTestId = undefined
  stopAtFailure(result)
}

const runner: VitestRunner = {
  config: {
    root: '/',
    setupFiles: [],
    name: undefined,
    passWithNoTests: false,
    testNamePattern: undefined,
    allowOnly: false,
    sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
    chaiConfig: undefined,
    maxConcurrency: 1,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    retry: 0,
    includeTaskLocation: false,
    tags: [],
    tagsFilter: undefined,
    strictTags: false,
  },
  importFile: (file) => import(file),
  onBeforeRunTask: (task) => {
    if (task.mode === 'run') before(task)
  },
  onAfterRunTask: (task) => {
    if (secondsOf.has(task.id)) after(task)
  },
  onAfterRunSuite: ({ result }) => {
    stopAtFailure(result)
  },
}

const answer = async ({ file, testIds }: Task): Promise<Answer> => {
  const start = now()
  secondsOf.clear()
  const [ran] = await startTests([{ filepath: file, testIds: testIds && [...testIds] }], runner)
  stopAtFailure(ran?.result)
  const tests = [...secondsOf].map(([id, seconds]): readonly [string, Seen] => [
    id,
    { seconds, mutants: Object.keys(switches.mutantCoverage?.perTest[id] ?? {}) },
  ])
  const inTests = [...secondsOf.values()].reduce((sum, seconds) => sum + seconds, 0)
  const loading = {
    seconds: now() - start - inTests,
    mutants: Object.keys(switches.mutantCoverage?.static ?? {}),
  }
  return { loading, tests: Object.fromEntries(tests) }
}

process.once('message', (tasks: readonly Task[]) => {
  const inTurn = async (): Promise<void> => {
    for (const task of tasks) {
      const seen = await answer(task)
      await new Promise((sent) => process.send?.(seen, undefined, undefined, sent))
    }
    process.exit(0) // threads of a solver would keep it alive
  }
  void inTurn()
})
