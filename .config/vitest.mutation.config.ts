/**
 * What runs against each mutant: the tests of one layer, its regressions and, for the layers that have one, the property against the
 * oracle with fewer runs. The tests of a layer above are left out: a mutant that only they notice is one that the layer's own tests missed.
 */
import { defineConfig, mergeConfig } from 'vitest/config'
import base from './vitest.config.js'

const layer = process.env['ECR_POLICY_MUTATE'] ?? 'pattern'

const beside: Readonly<Record<string, readonly string[]>> = {
  pattern: [],
  model: ['test/unit/codec/**/*.test.ts', 'test/unit/simulator/**/*.test.ts'],
  simulator: [
    'test/property/compiled.test.ts',
    'test/property/oracle.test.ts',
    'test/cases/decisions.test.ts',
  ],
  algebra: ['test/property/bruteForce.test.ts', 'test/property/certificate.test.ts'],
  ecr: ['test/examples/seeds.test.ts'],
}

export default mergeConfig(
  { ...base, test: { ...base.test, include: [] } },
  defineConfig({
    test: {
      include: [
        `test/unit/${layer}/**/*.test.ts`,
        ...(layer === 'ecr' || layer === 'algebra' || layer === 'simulator'
          ? ['test/regression/*.test.ts']
          : []),
        ...(beside[layer] ?? []),
      ],
    },
  }),
)
