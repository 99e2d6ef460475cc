/**
 * Other statements for a document that stays what it was: of its version, of its Id and of its sort.
 *
 * @since 0.1.0
 */
import type { Document } from './Document.js'
import type { Statement } from './Statement.js'

/**
 * The document with these statements; the document itself when there are none, or when one is of a sort that the document
 * does not have, so that the result is of the document's type.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withStatements = <D extends Document>(document: D, statements: readonly Statement[]): D => {
  const [first, ...rest] = statements
  const isOfSort = ({ _tag }: Statement): boolean => document.statements.some((own) => own._tag === _tag)
  return first === undefined || !statements.every(isOfSort)
    ? document
    : { ...document, statements: [first, ...rest] }
}
