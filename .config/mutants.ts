/**
 * Which mutants a layer has, and which of them a seed draws. Stryker's instrumenter says what may be changed, and places the drawn
 * ones behind a switch, so that one build serves them all.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { Instrumenter } from '@stryker-mutator/instrumenter'

type Instrumented = Awaited<ReturnType<Instrumenter['instrument']>>

/** A change of the code: where, and to what. Positions count from 0. */
export type Mutant = Instrumented['mutants'][number]

const silent = () => undefined
const instrumenter = new Instrumenter({
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  fatal: silent,
})

const options = { plugins: [], excludedMutations: [], ignorers: [], noHeader: false }

/** Left out: tables of facts, which are compared with their source, and lists of what a folder exports. */
const filesOf = (root: string, layer: string): readonly string[] =>
  readdirSync(`${root}src/${layer}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/(^|\/)(data\/|index\.ts$)/u.test(name))
    .map((name) => `${root}src/${layer}/${name}`)
    .sort()

/** The file of a mutant in three: what stands before it, what it replaces, and the rest. */
const around = ({ fileName, location: { start, end } }: Mutant): readonly [string, string, string] => {
  const text = readFileSync(fileName, 'utf8')
  const lines = text.split('\n')
  const at = ({ line, column }: Mutant['location']['start']): number =>
    lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, column)
  return [text.slice(0, at(start)), text.slice(at(start), at(end)), text.slice(at(end))]
}

/** The text that a mutant replaces. */
export const originalOf = (mutant: Mutant): string => around(mutant)[1]

/** The line that a mutant starts in. */
export const lineOf = ({ fileName, location }: Mutant): string =>
  (readFileSync(fileName, 'utf8').split('\n')[location.start.line] ?? '').trim()

/** The file with the mutant in it. */
export const textWith = (mutant: Mutant): string => {
  const [before, , after] = around(mutant)
  return `${before}${mutant.replacement}${after}`
}

/** Left out too: the words of a message, which no test should hold fast. What has no blank between words is a code, and counts. */
const isProse = (mutant: Mutant): boolean =>
  mutant.mutatorName === 'StringLiteral' && /[\p{L}\d}.,:;] | [\p{L}\d$]/u.test(originalOf(mutant))

/** All mutants of a layer that count, in the order of the code. */
export const mutantsOf = async (root: string, layer: string): Promise<readonly Mutant[]> => {
  const files = filesOf(root, layer).map((name) => ({
    name,
    mutate: true,
    content: readFileSync(name, 'utf8'),
  }))
  const { mutants } = await instrumenter.instrument(files, options)
  return mutants.filter((mutant) => !isProse(mutant))
}

/** Marsaglia's xorshift: the sample must be the same wherever it is drawn. */
const dice = (seed: number): ((bound: number) => number) => {
  let state = Math.imul(seed, 2654435761) || 1
  return (bound) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % bound
  }
}

/** The first `count` of the mutants, shuffled by `seed`: a larger sample contains a smaller one. */
export const draw = <A>(all: readonly A[], count: number, seed: number): readonly A[] => {
  const roll = dice(seed)
  const rest = [...all]
  return Array.from({ length: Math.min(count, all.length) }, () => {
    const at = roll(rest.length)
    const drawn = rest[at]
    const last = rest.pop()
    if (at < rest.length && last !== undefined) rest[at] = last
    return drawn
  }).filter((drawn) => drawn !== undefined)
}

const keyOf = ({ fileName, location: { start, end }, mutatorName, replacement }: Mutant): string =>
  JSON.stringify([fileName, start.line, start.column, end.line, end.column, mutatorName, replacement])

/** The code with the given mutants behind switches, and the number of each mutant's switch. */
export const placed = async (
  mutants: readonly Mutant[],
): Promise<{
  readonly contents: ReadonlyMap<string, string>
  readonly switchOf: (mutant: Mutant) => string
}> => {
  const files = [...new Set(mutants.map(({ fileName }) => fileName))].map((name) => ({
    name,
    mutate: mutants.flatMap(({ fileName, location }) => (fileName === name ? [location] : [])),
    content: readFileSync(name, 'utf8'),
  }))
  const instrumented = await instrumenter.instrument(files, options)
  const switches = new Map(instrumented.mutants.map((mutant) => [keyOf(mutant), mutant.id]))
  return {
    contents: new Map(instrumented.files.map(({ name, content }) => [name, content])),
    switchOf: (mutant) => switches.get(keyOf(mutant)) ?? '',
  }
}
