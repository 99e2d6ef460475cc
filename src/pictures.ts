/**
 * Pictures of what the library finds out: decisions, verdicts, matrices and differences as strings of text, Markdown, Mermaid,
 * SVG and HTML.
 *
 * One namespace per subject, one function per format, so that a bundler leaves out what is not drawn.
 *
 * @module ecr-policy/pictures
 */
export { Diff, Matrix, Trace, Verdict } from './picture/index.js'
export type { TextOptions } from './picture/index.js'
