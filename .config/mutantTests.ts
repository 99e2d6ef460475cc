/**
 * The tests of each layer: its units, its properties, for those that decide something the regressions, and for all of them the answers
 * on record and the comparison with the oracle. A mutant that only other tests notice is one that the layer's own tests missed, so
 * those are asked last and told apart.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { build, type Plugin } from 'esbuild'

const folders: Readonly<Record<string, readonly string[]>> = {
  model: ['unit/model', 'unit/codec', 'unit/simulator', 'cases', 'regression'],
  pattern: ['unit/pattern'],
  simulator: ['unit/simulator', 'cases', 'regression'],
  algebra: ['unit/algebra', 'regression'],
  ecr: ['unit/ecr', 'examples', 'regression'],
}

const properties: Readonly<Record<string, readonly string[]>> = {
  model: ['codec', 'parse'],
  pattern: [],
  simulator: ['compiled', 'oracle'],
  algebra: [
    ...['bruteForce', 'canonical', 'certificate', 'certificateEnvironment', 'compare', 'diff'],
    ...['environment', 'families', 'fit', 'meaning', 'merge', 'minimal', 'minimize', 'z3'],
  ],
  ecr: ['failure', 'grant', 'lint', 'managedPolicies', 'matrix', 'repair'],
}

export const layers: readonly string[] = Object.keys(folders)

const ofAll: readonly string[] = [
  'test/compatibility/answers.test.ts',
  'test/differential/differential.test.ts',
]

/** Two compare tables of facts, which are no part of the mutants, with their source; the third starts threads of its own. */
const leftOut = ['test/unit/ecr/data.test.ts', 'test/unit/ecr/drift.test.ts', 'test/examples/pool.test.ts']

const testsIn = (root: string, folder: string): readonly string[] =>
  readdirSync(`${root}test/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/${folder}/${name}`)
    .filter((file) => !leftOut.includes(file))

export const testsOf = (root: string, layer: string): readonly string[] => [
  ...(folders[layer] ?? []).flatMap((folder) => testsIn(root, folder)),
  ...(properties[layer] ?? []).map((name) => `test/property/${name}.test.ts`),
  ...ofAll,
]

/** All the others that ask the library within one process. */
export const otherTestsOf = (root: string, layer: string): readonly string[] => {
  const own = testsOf(root, layer)
  return ['unit', 'property', 'regression', 'cases', 'examples']
    .flatMap((folder) => testsIn(root, folder))
    .filter((file) => !own.includes(file))
}

/** The code with its switches, in place of the code as it stands; tests find the files beside them where those are. */
const sources = (contents: ReadonlyMap<string, string>): Plugin => ({
  name: 'sources',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: (contents.get(path) ?? readFileSync(path, 'utf8')).replaceAll(
        'import.meta.url',
        JSON.stringify(`file://${path}`),
      ),
    }))
  },
})

/** Makes `mutantWorker.mjs` and one file for each file of tests in a folder. */
export const bundle = async (
  root: string,
  tests: readonly string[],
  contents: ReadonlyMap<string, string>,
  outdir: string,
): Promise<void> => {
  await build({
    entryPoints: [...tests.map((file) => `${root}${file}`), `${root}.config/mutantWorker.ts`],
    outbase: root,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
    external: ['z3-solver'], // finds its other half beside itself
    ignoreAnnotations: true, // what has no side effects in the package does have some here: the seed of all properties
    alias: {
      vitest: `${root}.config/mutantVitest.ts`,
      'ecr-policy': `${root}src/index.ts`,
      'ecr-policy/testing': `${root}src/testing.ts`,
    },
    plugins: [sources(contents)],
    banner: {
      js: "import { createRequire as requiring } from 'node:module'; const require = requiring('/');",
    },
  })
}
