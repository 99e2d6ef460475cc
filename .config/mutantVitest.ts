/**
 * What the tests import as `vitest` while mutants run: the same runner and the same `expect`, without the server, the pool and the
 * reporters, whose start costs more than most mutants live.
 */
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  chai,
  setState,
} from '@vitest/expect'
import { restoreAllMocks, spyOn } from '@vitest/spy'

export { afterAll, afterEach, beforeAll, beforeEach, describe, it } from '@vitest/runner'

;[JestExtend, JestChaiExpect, JestAsymmetricMatchers].forEach((plugin) => chai.use(plugin))

const globals = globalThis as unknown as Record<symbol, unknown>

export const expect = Object.assign(
  (value: unknown, message?: string) => chai.expect(value, message),
  chai.expect,
  globals[ASYMMETRIC_MATCHERS_OBJECT],
)
setState({ assertionCalls: 0 }, expect as never)
globals[GLOBAL_EXPECT] = expect

export const vi = { restoreAllMocks, spyOn }

/** Types are gone when a mutant runs. */
export const expectTypeOf = (): unknown => {
  const anything: unknown = new Proxy(() => anything, { get: () => anything })
  return anything
}
