/**
 * `PolicyDocument` and `PolicyStatement` of AWS CDK, in and out. CDK itself is not imported: what is used of it is
 * described by its shape.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { Arn, DocumentJson, PolicyKind, type Document, type Statement } from '../../model/index.js'
import { identity, resource, type Bounded } from '../Bounded.js'
import type { CloudFormationOptions } from '../cloudformation/Scope.js'
import { document as fromTemplate } from '../cloudformation/template.js'
import { gap, isSome, orThrow, type Gaps } from '../Gap.js'
import { printed, resolvedBy, withHoles } from './tokens.js'

// ---- model ----

/**
 * What is used of a CDK `Stack`: it resolves tokens, and may know its account and Region.
 *
 * @category model
 * @since 0.1.0
 */
export interface CdkStack {
  /** Gives a value without tokens, or throws. */
  readonly resolve: (value: unknown) => unknown
  readonly account?: string
  readonly region?: string
}

/**
 * With a `stack`, tokens become what they will be in its template, and are worked out from there as CloudFormation's
 * intrinsic functions are; `template` is that template, if names of its resources are needed. Without, they stay unknown.
 *
 * @category model
 * @since 0.1.0
 */
export interface CdkOptions extends Omit<CloudFormationOptions, 'stack'> {
  readonly stack?: CdkStack | undefined
  readonly template?: unknown
}

// ---- in ----

/**
 * A `PolicyDocument` of CDK, or its JSON, of which parts may be tokens: what it grants at least and at most, with a gap
 * for each token that is not resolved.
 *
 * **Errors** `InvalidInput`, when it is not JSON, or the stack cannot resolve it.
 *
 * @category codecs
 * @since 0.1.0
 */
export const bounds =
  (kind: PolicyKind.PolicyKind, options: CdkOptions = {}) =>
  (document: unknown): E.Either<Gaps, Bounded> => {
    const { stack, template, ...rest } = options
    if (stack !== undefined)
      return E.map((json: unknown) => fromTemplate(kind, placed(stack, rest), template ?? {})(json))(
        resolvedBy(stack, document),
      )
    return E.map((json: unknown): Bounded => {
      const policy = { name: 'the document', pointer: '', json }
      return PolicyKind.isResourceKind(kind) ? resource(kind)(policy) : identity(kind)(policy)
    })(withHoles(document))
  }

/** A stack with an environment knows where it will be; others have tokens there. */
const placed = (
  { account = '', region = '' }: CdkStack,
  options: CloudFormationOptions,
): CloudFormationOptions => ({
  ...options,
  parameters: {
    ...(Arn.isAccountId(account) ? { 'AWS::AccountId': account } : {}),
    ...(region === '' || region.includes('{Token[') ? {} : { 'AWS::Region': region }),
    ...options.parameters,
  },
})

/**
 * Reads a `PolicyDocument` of CDK, or its JSON.
 *
 * **Errors** `UnresolvedToken` or `UnresolvedReference` for each part that is not known, with its pointer;
 * `InvalidPolicy`, `InvalidInput`.
 *
 * @example
 * import { Cdk } from 'ecr-policy/interop'
 *
 * const document = { Statement: [{ Effect: 'Allow', Action: 'ecr:PutImage', Resource: '${Token[TOKEN.7]}' }] }
 * const read = Cdk.fromPolicyDocument('identity')(document)
 * read._tag === 'Left' ? [read.left[0].pointer, read.left[0].subject] : [] // => ['/Statement/0/Resource', 'TOKEN.7']
 *
 * @category codecs
 * @since 0.1.0
 */
export const fromPolicyDocument =
  (kind: PolicyKind.PolicyKind, options: CdkOptions = {}) =>
  (document: unknown): E.Either<Gaps, Document.Document> => {
    const found = bounds(kind, options)(document)
    if (E.isLeft(found)) return found
    const { gaps, least } = found.right
    if (isSome(gaps)) return E.left(gaps)
    return least === undefined
      ? E.left([gap('InvalidPolicy', '', 'the document', 'it has no statement')])
      : E.right(least)
  }

/**
 * Reads a `PolicyDocument` of CDK, or throws one error that lists what is not known.
 *
 * @category codecs
 * @since 0.1.0
 */
export const fromPolicyDocumentOrThrow =
  (kind: PolicyKind.PolicyKind, options: CdkOptions = {}) =>
  (document: unknown): Document.Document =>
    orThrow(fromPolicyDocument(kind, options)(document))

/**
 * Reads a `PolicyStatement` of CDK, or its JSON, as a document of that one statement.
 *
 * **Errors** those of `fromPolicyDocument`, with pointers into such a document.
 *
 * @category codecs
 * @since 0.1.0
 */
export const fromPolicyStatement =
  (kind: PolicyKind.PolicyKind, options: CdkOptions = {}) =>
  (statement: unknown): E.Either<Gaps, Document.Document> =>
    E.chain((json: unknown) =>
      fromPolicyDocument(kind, options)({ Version: '2012-10-17', Statement: [json] }),
    )(printed(statement))

// ---- out ----

/**
 * JSON for `PolicyDocument.fromJson`.
 *
 * **Errors** `NotExpressible`: CDK writes every document with version 2012-10-17, in which `${...}` is a variable, and in
 * this one of an earlier version it is not.
 *
 * @example
 * import { Document } from 'ecr-policy'
 * import { Cdk } from 'ecr-policy/interop'
 *
 * const document = Document.parseOrThrow({
 *   Version: '2012-10-17',
 *   Statement: { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
 * })
 * Cdk.toPolicyDocument(document)._tag // => 'Right'
 *
 * @category codecs
 * @since 0.1.0
 */
export const toPolicyDocument = (document: Document.Document): E.Either<Gaps, DocumentJson.JsonObject> => {
  const json = DocumentJson.toJson(document)
  return document.version !== '2012-10-17' && JSON.stringify(json).includes('${')
    ? E.left([
        gap(
          'NotExpressible',
          '/Version',
          'Version',
          'CDK writes version 2012-10-17, in which `${...}` is a policy variable, and here it is plain text',
          'write `${$}` for a dollar sign, and version 2012-10-17',
        ),
      ])
    : E.right({ ...json, Version: '2012-10-17' })
}

/**
 * JSON for `PolicyDocument.fromJson`, or throws.
 *
 * @category codecs
 * @since 0.1.0
 */
export const toPolicyDocumentOrThrow = (document: Document.Document): DocumentJson.JsonObject =>
  orThrow(toPolicyDocument(document))

/**
 * JSON for `PolicyStatement.fromJson`. Its `${...}` are policy variables in CDK's documents.
 *
 * @category codecs
 * @since 0.1.0
 */
export const toPolicyStatement = (statement: Statement.Statement): DocumentJson.JsonObject =>
  DocumentJson.statementToJson(statement)
