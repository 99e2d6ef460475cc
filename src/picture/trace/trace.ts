/**
 * Pictures of a decision: what each layer of policies and each statement had to do with it, and where it stopped.
 *
 * @since 0.1.0
 */
export { traceHtml as toHtml } from './traceHtml.js'
export { traceMarkdown as toMarkdown } from './traceMarkdown.js'
export { traceMermaid as toMermaid } from './traceMermaid.js'
export { traceSvg as toSvg } from './traceSvg.js'
export { traceText as toText } from './traceText.js'
