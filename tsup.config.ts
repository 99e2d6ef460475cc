import { rmSync } from 'node:fs'
import { defineConfig, type Options } from 'tsup'

rmSync('dist', { recursive: true, force: true })

const shared: Options = {
  outDir: 'dist',
  format: ['esm', 'cjs'],
  target: ['node20', 'es2022'],
  platform: 'neutral',
}

/** Declarations are rolled up one entry at a time: a chunk shared by two loses which names are types. */
const declarations = (entry: Record<string, string>): Options => ({ ...shared, entry, dts: { only: true } })

export default defineConfig([
  {
    ...shared,
    entry: { index: 'src/index.ts', testing: 'src/testing.ts' },
    splitting: true,
    treeshake: true,
  },
  // Module by module, for bundlers: they leave out what is not used, which they can't where namespaces are objects.
  {
    ...shared,
    outDir: 'dist/esm',
    entry: ['src/**/*.ts', '!src/testing.ts', '!src/testing/**'],
    format: ['esm'],
    bundle: false,
  },
  declarations({ index: 'src/index.ts' }),
  declarations({ testing: 'src/testing.ts' }),
])
