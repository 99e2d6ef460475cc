import { defineConfig, type Options } from 'tsup'

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
    clean: true,
  },
  declarations({ index: 'src/index.ts' }),
  declarations({ testing: 'src/testing.ts' }),
])
