/**
 * Gives vitest's `expect` the matchers, and their types: `import 'ecr-policy/vitest'` in a test, or in a setup file.
 *
 * @packageDocumentation
 */
import { expect, type ExpectStatic } from 'vitest'
import { matchers, type PolicyMatchers } from './matchers.js'

/**
 * What a matcher gives, told by vitest itself: so the declarations import vitest's, which have to be read before what is
 * added to them, in whatever order a test imports the two.
 */
type Nothing = ReturnType<ExpectStatic['assertions']>

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- merges with vitest's own
  interface Assertion<T> extends PolicyMatchers<Nothing> {}
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merges with vitest's own
  interface AsymmetricMatchersContaining extends PolicyMatchers<unknown> {}
}

expect.extend(matchers)

export type { PolicyMatchers }
