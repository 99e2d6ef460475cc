import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts', testing: 'src/testing.ts' },
  outDir: 'dist',
  format: ['esm', 'cjs'],
  target: ['node20', 'es2022'],
  platform: 'neutral',
  dts: true,
  splitting: true,
  treeshake: true,
  clean: true,
})
