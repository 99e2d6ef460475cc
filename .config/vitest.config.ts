import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))
const deep = process.env['ECR_POLICY_DEEP'] === '1'

export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^ecr-policy\/testing$/, replacement: `${root}src/testing.ts` },
      { find: /^ecr-policy\/(matchers|vitest|jest)$/, replacement: `${root}src/testing/$1.ts` },
      { find: /^ecr-policy\/pictures$/, replacement: `${root}src/pictures.ts` },
      { find: /^ecr-policy\/interop$/, replacement: `${root}src/interop.ts` },
      { find: /^ecr-policy$/, replacement: `${root}src/index.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: [`${root}.config/vitest.setup.ts`],
    testTimeout: deep ? 1_200_000 : process.env['CI'] === 'true' ? 300_000 : 60_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    // Modules are pure: files may share them, which saves loading the library 150 times.
    isolate: false,
    passWithNoTests: false,
    allowOnly: false,
    benchmark: { include: ['test/bench/**/*.bench.ts'] },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/data/**'],
      reporter: ['text-summary', 'html', 'json-summary'],
      reportsDirectory: `${root}coverage`,
    },
  },
})
