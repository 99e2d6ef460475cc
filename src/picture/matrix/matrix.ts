/**
 * Pictures of a matrix of access: callers by repositories, and what each may do to each.
 *
 * @since 0.1.0
 */
export { matrixHtml as toHtml } from './matrixHtml.js'
export { matrixMarkdown as toMarkdown } from './matrixMarkdown.js'
export { matrixMermaid as toMermaid } from './matrixMermaid.js'
export { matrixSvg as toSvg } from './matrixSvg.js'
export { matrixText as toText } from './matrixText.js'
export type { MatrixOptions } from './matrixView.js'
