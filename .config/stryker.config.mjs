/**
 * Mutation tests: each layer's code is changed in small ways, and the tests of that layer must notice. The layer comes from
 * `ECR_POLICY_MUTATE` (`pattern`, `model`, `simulator`, `algebra`, `ecr`); `npm run mutate` (`.config/mutate.ts`) sets it.
 */
const layer = process.env['ECR_POLICY_MUTATE'] ?? 'pattern'

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: '.config/vitest.mutation.config.ts', related: true },
  mutate: [`src/${layer}/**/*.ts`, '!src/**/data/**', '!src/**/index.ts'],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  jsonReporter: { fileName: `reports/mutation/${layer}.json` },
  htmlReporter: { fileName: `reports/mutation/${layer}.html` },
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true, reportScoreTable: true },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['dist', 'coverage', 'reports', 'docs/api', '.git', 'test/package', 'test/bench'],
  concurrency: 2,
  timeoutMS: 20_000,
  thresholds: { high: 95, low: 90, break: 90 },
}
