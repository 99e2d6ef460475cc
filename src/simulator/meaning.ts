/**
 * What one document says of a request, other policies aside: the denotation that the algebra compares.
 *
 * Source: DE-2, DE-3; docs/semantics.md, "Decision core".
 *
 * @since 0.1.0
 */
import type { Document, Request } from '../model/index.js'
import { matchStatement, prepare } from './match.js'
import * as Strength from './Strength.js'

/**
 * Deny if a Deny statement matches; else the strongest Allow that matches; else Silent. Where no principal is named the
 * strength is `Direct`.
 *
 * @category model
 * @since 0.1.0
 */
export type Meaning =
  | { readonly _tag: 'Deny' }
  | { readonly _tag: 'Silent' }
  | { readonly _tag: 'Grant'; readonly strength: Strength.Strength }

/**
 * The meaning of a document for a request. `hasBoundary`: a permissions boundary is set on the caller (PR-11).
 *
 * @category evaluation
 * @since 0.1.0
 */
export const meaning =
  (document: Document.Document, hasBoundary = false) =>
  (request: Request.Request): Meaning => {
    const match = matchStatement(prepare(request, hasBoundary), document.version, false)
    const matched = document.statements.flatMap((statement) => {
      const result = match(statement)
      return result._tag === 'Matched' ? [{ effect: statement.effect, strength: result.strength }] : []
    })
    if (matched.some(({ effect }) => effect === 'Deny')) return { _tag: 'Deny' }
    const strength = matched.reduce<Strength.Strength | undefined>(
      (best, { strength: next }) => Strength.stronger(best, next),
      undefined,
    )
    return strength === undefined ? { _tag: 'Silent' } : { _tag: 'Grant', strength }
  }
