/**
 * Pictures of what changed hands between two documents.
 *
 * @since 0.1.0
 */
export { diffMarkdown as toMarkdown } from './diffMarkdown.js'
export { diffText as toText } from './diffText.js'
