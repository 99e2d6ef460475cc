import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { defineConfig, type Options } from 'tsup'
import { bundledFpTs, straightThroughDoors } from './.config/straight.js'

/** One declaration for each module: the compiler looks through the sources once, and the roll-ups read what it wrote. */
const declared = 'reports/declarations'

for (const folder of ['dist', declared]) rmSync(folder, { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.config/tsconfig.build.json'], {
  stdio: 'inherit',
})
const isForTests = (path: string): boolean =>
  /^testing(?:\/|\.d\.ts$|$)/u.test(path.slice(declared.length + 1))
cpSync(declared, 'dist/esm', { recursive: true, filter: (path) => !isForTests(path) })

const shared: Options = {
  outDir: 'dist',
  format: ['esm', 'cjs'],
  target: ['node20', 'es2022'],
  platform: 'neutral',
  external: ['@jest/globals'],
}

/** What Node loads holds what it needs of these (name and licence): some ninety files less to find, read and compile. */
const bundled = [
  ['fp-ts', 'LICENSE'],
  ['io-ts', 'LICENSE'],
] as const

writeFileSync(
  'dist/THIRD-PARTY-LICENSES.txt',
  bundled
    .map(([name, licence]) => `${name}\n\n${readFileSync(`node_modules/${name}/${licence}`, 'utf8')}`)
    .join('\n\n'),
)

type Entry = Readonly<Record<string, string>>

const doors: Entry = { index: 'index', interop: 'interop', pictures: 'pictures', testing: 'testing' }

/** The matchers, one entry for each test tool that they may be given to. */
const matchers: Entry = {
  matchers: 'testing/matchers',
  vitest: 'testing/vitest',
  jest: 'testing/jest',
}

const filesOf = (entry: Entry, folder: string, ending: string): Record<string, string> =>
  Object.fromEntries(Object.entries(entry).map(([name, path]) => [name, `${folder}/${path}.${ending}`]))

/** A chunk shared by two entries loses which names are types, so that those with namespaces are rolled up alone. */
const declarations = (entry: Entry): Options => ({
  ...shared,
  entry: filesOf(entry, declared, 'd.ts'),
  dts: { only: true },
})

/**
 * What Node loads starts sooner by a third: the engine reads less, and it reads the body of an arrow function without
 * braces at once, that of any other only when it is called. Names stay, for those who read a stack trace.
 */
const quickToStart: Pick<Options, 'esbuildOptions'> = {
  esbuildOptions: (options) => {
    options.supported = { ...options.supported, arrow: false }
    options.minifyWhitespace = true
    options.minifySyntax = true
    options.lineLimit = 200
  },
}

export default defineConfig([
  {
    ...shared,
    ...quickToStart,
    entry: filesOf({ ...doors, ...matchers }, 'src', 'ts'),
    splitting: true,
    treeshake: true,
    noExternal: bundled.map(([name]) => new RegExp(`^${name.replace('.', '\\.')}(?:/|$)`)),
    esbuildPlugins: [straightThroughDoors, bundledFpTs],
  },
  // Module by module, for bundlers: they leave out what is not used, which they can't where namespaces are objects.
  {
    ...shared,
    outDir: 'dist/esm',
    entry: ['src/**/*.ts', '!src/testing.ts', '!src/testing/**'],
    format: ['esm'],
    bundle: false,
    esbuildPlugins: [straightThroughDoors],
  },
  ...Object.entries(doors).map(([name, path]) => declarations({ [name]: path })),
  declarations(matchers),
])
