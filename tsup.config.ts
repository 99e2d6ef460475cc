import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { defineConfig, type Options } from 'tsup'
import { bundledFpTs, straightThroughDoors } from './.config/straight.js'

rmSync('dist', { recursive: true, force: true })

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

mkdirSync('dist')
writeFileSync(
  'dist/THIRD-PARTY-LICENSES.txt',
  bundled
    .map(([name, licence]) => `${name}\n\n${readFileSync(`node_modules/${name}/${licence}`, 'utf8')}`)
    .join('\n\n'),
)

/** A chunk shared by two entries loses which names are types, so that those with namespaces are rolled up alone. */
const declarations = (entry: Record<string, string>): Options => ({ ...shared, entry, dts: { only: true } })

/** The matchers, one entry for each test tool that they may be given to. */
const matchers = {
  matchers: 'src/testing/matchers.ts',
  vitest: 'src/testing/vitest.ts',
  jest: 'src/testing/jest.ts',
}

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
    entry: {
      index: 'src/index.ts',
      interop: 'src/interop.ts',
      pictures: 'src/pictures.ts',
      testing: 'src/testing.ts',
      ...matchers,
    },
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
  declarations({ index: 'src/index.ts' }),
  declarations({ interop: 'src/interop.ts' }),
  declarations({ pictures: 'src/pictures.ts' }),
  declarations({ testing: 'src/testing.ts' }),
  declarations(matchers),
])
