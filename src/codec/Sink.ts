/**
 * A `Sink` gathers what is wrong while a decoder goes on, so that one pass finds everything (up to a limit).
 *
 * @since 0.1.0
 */
import type { Problem } from '../model/index.js'
import { path, type Place } from './Place.js'

// ---- model ----

/**
 * A problem with its place; `line` and `column` count from 1 and are known for text that has been located.
 *
 * @category model
 * @since 0.1.0
 */
export interface Finding {
  readonly path: readonly string[]
  readonly problem: Problem.Problem
  readonly line?: number
  readonly column?: number
}

/**
 * Where findings go.
 *
 * - `add`: one problem at a place.
 * - `graft`: findings of a text that is embedded at a place.
 * - `full`: more than the limit was found, so a decoder may stop.
 *
 * @category model
 * @since 0.1.0
 */
export interface Sink {
  readonly add: (place: Place | undefined, problem: Problem.Problem) => void
  readonly graft: (place: Place | undefined, findings: readonly Finding[]) => void
  readonly full: () => boolean
  readonly findings: () => readonly Finding[]
}

/**
 * So many findings are reported; a last one says when there are more.
 *
 * @category model
 * @since 0.1.0
 */
export const findingsLimit = 100

// ---- constructors ----

/**
 * An empty sink.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (): Sink => {
  const found: Finding[] = [] // local mutation: the sink's purpose
  const put = (finding: Finding): void => {
    if (found.length <= findingsLimit) found.push(finding)
  }
  return {
    add: (place, problem) => put({ path: path(place), problem }),
    graft: (place, findings) => {
      const prefix = path(place)
      findings.forEach((finding) => put({ ...finding, path: [...prefix, ...finding.path] }))
    },
    full: () => found.length > findingsLimit,
    findings: () => found,
  }
}
