/**
 * Pictures of a verdict: the actions that an operation takes, by the layers of policies that have a say in them.
 *
 * @since 0.1.0
 */
export { verdictHtml as toHtml } from './verdictHtml.js'
export { verdictMarkdown as toMarkdown } from './verdictMarkdown.js'
export { verdictMermaid as toMermaid } from './verdictMermaid.js'
export { verdictSvg as toSvg } from './verdictSvg.js'
export { verdictText as toText } from './verdictText.js'
