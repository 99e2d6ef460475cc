/**
 * A `Document` is one JSON policy: a version, perhaps an id, and one or more statements. What it means is a function
 * from requests to Deny, Silent or a Grant (docs/semantics.md, "Decision core").
 *
 * @since 0.1.0
 */
import type * as Eq_ from 'fp-ts/lib/Eq.js'
import * as Statement from './Statement.js'
import type { Version } from './Version.js'
import { Frozen } from '../pattern/index.js'

// ---- model ----

/**
 * A policy document of statements `S`. `version` is undefined when none was written, which reads as 2008-10-17.
 *
 * @category model
 * @since 0.1.0
 */
export interface Document<S extends Statement.Statement = Statement.Statement> {
  readonly _tag: 'Document'
  readonly version: Version | undefined
  readonly id: string | undefined
  readonly statements: readonly [S, ...(readonly S[])]
}

/**
 * A document without principals.
 *
 * @category model
 * @since 0.1.0
 */
export type IdentityDocument = Document<Statement.IdentityStatement>

/**
 * A document that names principals.
 *
 * @category model
 * @since 0.1.0
 */
export type ResourceDocument = Document<Statement.ResourceStatement>

// ---- constructors ----

/**
 * A document of version 2012-10-17.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = <S extends Statement.Statement>(
  statements: readonly [S, ...(readonly S[])],
): Document<S> => Frozen.own({ _tag: 'Document', version: '2012-10-17', id: undefined, statements })

// ---- refinements ----

/**
 * Has it no statement that names principals? Tells where a document of unknown kind may stand: `identityPolicies` takes
 * one of which this is true.
 *
 * @example
 * import { Document, Ecr } from 'ecr-policy'
 *
 * const found = Document.parseOrThrow({ Statement: { Effect: 'Allow', Action: 'ecr:*', Resource: '*' } })
 * const access = Ecr.accessOrThrow({
 *   principal: 'arn:aws:iam::111122223333:role/node',
 *   ...(Document.isIdentity(found) ? { identityPolicies: [found] } : {}),
 * })
 * access.identityPolicies.length // => 1
 *
 * @category refinements
 * @since 0.1.0
 */
export const isIdentity = (document: Document): document is IdentityDocument =>
  document.statements.every(({ _tag }) => _tag === 'IdentityStatement')

/**
 * Does every statement name principals?
 *
 * @category refinements
 * @since 0.1.0
 */
export const isResource = (document: Document): document is ResourceDocument =>
  document.statements.every(({ _tag }) => _tag === 'ResourceStatement')

// ---- instances ----

/**
 * Equal when version, id and statements are, in order. Documents that are not equal may still mean the same.
 *
 * @category instances
 * @since 0.1.0
 */
export const Eq: Eq_.Eq<Document> = /* @__PURE__ */ Frozen.deep({
  equals: (a, b) =>
    a.version === b.version &&
    a.id === b.id &&
    a.statements.length === b.statements.length &&
    a.statements.every((s, i) => b.statements[i] !== undefined && Statement.Eq.equals(s, b.statements[i])),
})
