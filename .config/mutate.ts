/**
 * Mutation tests on a sample: `npm run mutate -- pattern 40 7` changes what stands on 40 lines of the layer `pattern`, drawn with
 * the seed 7, and runs the layer's tests against each change. All mutants of all layers would take days; a sample with
 * its seed can be repeated, and others drawn. Without a number the whole layer is mutated.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [layer = 'pattern', count, seed = '1'] = process.argv.slice(2)

/** Marsaglia's xorshift: the sample must be the same wherever it is drawn. */
const dice = (start: number): ((bound: number) => number) => {
  let state = start * 2654435761 || 1
  return (bound) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % bound
  }
}

/** Lines with something to change on them: no comment, import, type or lone bracket. */
const isCode = (line: string): boolean =>
  !/^\s*(\/\/|\*|\/\*|import |export \*|export type|export interface|type |interface |readonly |[\])}>,]*$)/u.test(
    line,
  ) && /[=(?:&|<>!+-]/u.test(line)

const lines = (): readonly string[] =>
  readdirSync(`${root}src/${layer}`, { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${layer}/${name}`)
    .filter((file) => file.endsWith('.ts') && !/\/data\/|index\.ts$/u.test(file))
    .sort()
    .flatMap((file) =>
      readFileSync(`${root}${file}`, 'utf8')
        .split('\n')
        .flatMap((line, i) => (isCode(line) ? [`${file}:${String(i + 1)}-${String(i + 1)}`] : [])),
    )

const sample = (): readonly string[] => {
  const all = lines()
  const roll = dice(Number(seed))
  const drawn = new Set<string>()
  while (drawn.size < Math.min(Number(count), all.length)) drawn.add(all[roll(all.length)] ?? '')
  return ['--mutate', [...drawn].join(',')]
}

const { status } = spawnSync(
  `${root}node_modules/.bin/stryker`,
  ['run', '.config/stryker.config.mjs', ...(count === undefined ? [] : sample())],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ECR_POLICY_MUTATE: layer } },
)
process.exitCode = status ?? 1
