/**
 * Gives vitest's `expect` the matchers, and their types: `import 'ecr-policy/vitest'` in a test, or in a setup file.
 *
 * @packageDocumentation
 */
import { expect } from 'vitest'
import { matchers, type PolicyMatchers } from './matchers.js'

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- merges with vitest's own
  interface Assertion<T> extends PolicyMatchers<void> {}
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merges with vitest's own
  interface AsymmetricMatchersContaining extends PolicyMatchers<unknown> {}
}

expect.extend(matchers)

export type { PolicyMatchers }
