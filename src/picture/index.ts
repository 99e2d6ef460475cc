/**
 * Pictures of decisions, verdicts, matrices and differences.
 *
 * @since 0.1.0
 */
export * as Diff from './diff/diff.js'
export * as Matrix from './matrix/matrix.js'
export * as Trace from './trace/trace.js'
export * as Verdict from './verdict/verdict.js'
export type { TextOptions } from './ansi.js'
