/**
 * Tests of prepared requests, and their combination: what always holds, or never does, is settled when it is compiled.
 *
 * @since 0.1.0
 */
import { Remember } from '../pattern/index.js'
import type { PreparedRequest } from './compileRequest.js'

// ---- model ----

/**
 * A question about a request, and about something that is the same for all requests.
 *
 * @category model
 * @since 0.1.0
 */
export type Test<Given = void> = (request: PreparedRequest, given: Given) => boolean

// ---- constructors ----

/**
 * Holds of every request.
 *
 * @category constructors
 * @since 0.1.0
 */
export const always = (): boolean => true

/**
 * Holds of no request.
 *
 * @category constructors
 * @since 0.1.0
 */
export const never = (): boolean => false

/**
 * A test that is made when it is first asked.
 *
 * @category constructors
 * @since 0.1.0
 */
export const whenAsked = <Given = void>(make: () => Test<Given>): Test<Given> => {
  const made = Remember.once(make)
  return (request, given) => made()(request, given)
}

// ---- combinators ----

/**
 * Holds when all do, asked in their order up to the first that does not.
 *
 * @category combinators
 * @since 0.1.0
 */
export const allOf = <Given = void>(tests: readonly Test<Given>[]): Test<Given> => {
  const open = tests.filter((test) => test !== always)
  if (open.includes(never)) return never
  const [first, second, ...more] = open
  if (first === undefined) return always
  if (second === undefined) return first
  if (more.length === 0) return (request, given) => first(request, given) && second(request, given)
  return (request, given) => {
    for (const test of open) if (!test(request, given)) return false
    return true
  }
}

/**
 * Holds when one does, asked in their order up to the first that does.
 *
 * @category combinators
 * @since 0.1.0
 */
export const anyOf = <Given = void>(tests: readonly Test<Given>[]): Test<Given> => {
  const open = tests.filter((test) => test !== never)
  if (open.includes(always)) return always
  const [first, second, ...more] = open
  if (first === undefined) return never
  if (second === undefined) return first
  if (more.length === 0) return (request, given) => first(request, given) || second(request, given)
  return (request, given) => {
    for (const test of open) if (test(request, given)) return true
    return false
  }
}
