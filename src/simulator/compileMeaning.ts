/**
 * What one document says of a request, compiled: the same as `meaning`, at the cost of a few lookups once the document's
 * statements on the action are known.
 *
 * Law: `compileMeaning(document, hasBoundary)(request)` equals `meaning(document, hasBoundary)(request)`
 *
 * @since 0.1.0
 */
import type { Document, Request } from '../model/index.js'
import { sliceOf } from './compileDocument.js'
import { prepareRequest } from './compileRequest.js'
import { always } from './compileTest.js'
import type { Meaning } from './meaning.js'
import { atLeast, strengths } from './Strength.js'

const strongestFirst = [...strengths].reverse()

/**
 * The meaning of a document, made ready for many requests. `hasBoundary`: as for `meaning`.
 *
 * **Cost** that of `sliceOf`, which is paid once for a document and an action, and is remembered for as long as the
 * document is; then of the statements about the action whose resources begin as the request's does.
 *
 * @category evaluation
 * @since 0.1.0
 */
export const compileMeaning =
  (document: Document.Document, hasBoundary = false) =>
  (request: Request.Request): Meaning => {
    const prepared = prepareRequest(request)
    const { denies, allows } = sliceOf(document)(prepared.traits.action)
    const bearing = { hasBoundary, accountMeansRoot: false }
    if (denies(prepared, { ...bearing, suffices: always })) return { _tag: 'Deny' }
    const strength = strongestFirst.find((least) =>
      allows(prepared, { ...bearing, suffices: atLeast(least) }),
    )
    return strength === undefined ? { _tag: 'Silent' } : { _tag: 'Grant', strength }
  }
