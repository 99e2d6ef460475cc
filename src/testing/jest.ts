/**
 * Gives jest's `expect` the matchers, and their types: `import 'ecr-policy/jest'` in a test, or in a file named by
 * `setupFilesAfterEnv`. The types are known to `@jest/globals` and to `@types/jest`.
 *
 * @packageDocumentation
 */
import { expect } from '@jest/globals'
import { matchers, type PolicyMatchers } from './matchers.js'

declare module 'expect' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- merges with jest's own
  interface Matchers<R extends void | Promise<void>, T> extends PolicyMatchers<R> {}
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merges with jest's own
  interface AsymmetricMatchers extends PolicyMatchers<unknown> {}
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how @types/jest is extended
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- merges with its own
    interface Matchers<R, T> extends PolicyMatchers<R> {}
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merges with its own
    interface Expect extends PolicyMatchers<unknown> {}
  }
}

expect.extend(matchers)

export type { PolicyMatchers }
